"""site/form.py: what a chapter's parts are, how long they take, and each rule, broken in a small chapter."""

import form
import notebooks
import pytest
from sample_chapter import sample_chapter

CHAPTERS = {path.stem: notebooks.read(path)[0] for path in sorted((notebooks.ROOT / "chapters").glob("*.ipynb"))}
FORMED = {
    name: notebook for name, notebook in CHAPTERS.items() if any(form.BOX.search(c.source) for c in notebook.cells)
}


def test_the_chapters_have_an_opening_box():
    assert {name[:2] for name in FORMED} >= {f"{number:02}" for number in range(1, 13)}


@pytest.mark.parametrize("name", FORMED)
def test_a_chapter_has_its_form(name):
    found = form.findings(FORMED[name])
    assert not found, f"{name}:\n" + "\n".join(found)


def test_the_sample_has_its_form():
    assert form.findings(sample_chapter()) == []


# ---- Parts, words, minutes ----


def test_core_and_further_are_told_apart():
    pieces = form.pieces(sample_chapter())
    further = [(piece.section, piece.further, piece.text.split("\n")[0]) for piece in pieces if not piece.core]
    assert further == [
        ("Concepts", "A longer way", "### Further: A longer way"),
        ("Concepts", "A longer way", "long = 3"),
        ("Concepts", "A longer way", "#### Its end"),
        ("Formulas", "another $k$", "### Further: another $k$"),
    ]


@pytest.mark.parametrize(
    "text, count",
    [
        ("One, two – three.", 3),
        ("a 2 × 2 window", 4),
        ("The size is $m = (n - k) / s + 1$.", 4),
        ("So:\n\n$$\na = b\n$$\n\nand", 3),
        ("\\begin{aligned}\na &= b \\\\\n\\end{aligned}", 1),
        ("see [the pitfalls below](#pitfalls-of-it) of [Boureau et al. (2010)](cite:boureau2010)", 6),
        ("**After** `max_pool(x, 2)`", 3),
        ("- one\n- two\n> three", 3),
    ],
)
def test_a_word_is_what_is_read_as_one(text, count):
    assert form.words(text) == count


@pytest.mark.parametrize(
    "counts, minutes",
    [((1800, 14, 6, 5), 30), ((450, 0, 0, 0), 5), ((450, 1, 0, 0), 5), ((0, 0, 7, 0), 5), ((0, 1, 7, 0), 10)],
)
def test_minutes_follow_the_formula(counts, minutes):
    assert form.Counts(*counts).minutes == minutes


def test_a_heading_in_a_fence_is_none():
    assert form.split("# A\n\n```\n# a comment\n```\n\n## B\n") == ["# A\n\n```\n# a comment\n```\n\n", "## B\n"]


@pytest.mark.parametrize(
    "data, drawn",
    [
        ({"text/html": '<div class="pool-picture" data-a><img>'}, True),
        ({"text/html": '<div class="pool-widget" id="slide">'}, True),
        ({"text/html": '<div class="pool-picture"><table class="pool-grid">'}, True),
        ({"text/html": '<div class="pool-picture"><table class="pool-words">'}, False),
        ({"text/html": '<div class="pool-widget" id="runs"><table class="pool-words">'}, True),
        ({"text/html": '<p class="pool-note">a remark'}, False),
        ({"image/svg+xml": "<svg>"}, True),
        ({"text/plain": "4"}, False),
    ],
)
def test_a_picture_is_what_is_drawn(data, drawn):
    assert form.is_drawn(data) == drawn


# ---- What is wrong ----

NOT_LAST = "### Further: A longer way"
TOO_MANY = "\n\n".join(["%%code: 1"] * 11)


@pytest.mark.parametrize(
    "old, new, named",
    [
        ("## Formulas\n", "## Theory\n", "its sections are Concepts, Theory"),
        (NOT_LAST, f"### Further: First\n\nText.\n\n### Back\n\nText.\n\n{NOT_LAST}", "'Back' stands after a Further"),
        ("#### Its end", "### Its end", "'Its end' stands after a Further"),
        ("> **After this chapter you can**", "> **You will**", "it has no opening box"),
        ("> - find a mean;\n", "", "says 2 things"),
        ("**It builds on**", "It builds on", "does not say what the chapter builds on"),
        ("about 5 minutes", "about 10 minutes", "by the formula it is '> **Time:** about 5 minutes for the core, 10"),
        ("**Time:** about", "Time: about", "the box says 'no time'"),
        ("None.\n\n## The chapter", "word " * 1500 + "\n\n## The chapter", "words; 1800 at most"),
        ("None.\n\n## The chapter", f"{TOO_MANY}\n\n## The chapter", "its core has 15 code cells"),
        ("%%code drawn: grid\n\n", "", "has 0 pictures"),
        ("{fillings}\n\n%%code drawn", "%%code drawn", "words; make it 150 to 300"),
        ("%%code covered: print", "%%code: print", "nothing covers the answer to '**Predict:** which"),
        ("It ends.", "**Guess** how.", "nothing covers the answer to '**Guess** how.'"),
        ("short = 2", "short = long", "'short = long' uses long, which Further 'A longer way' binds"),
        ("short = 2", "def f():\n    return long", "uses long, which Further"),
        ("my_answer = ...", "my_answer = long", "uses long, which Further"),
    ],
)
def test_each_rule_broken_is_named(old, new, named):
    found = form.findings(sample_chapter(old, new))
    assert any(named in one for one in found), found


@pytest.mark.parametrize(
    "source",
    ["long = 4\nlong", "[long for long in (1, 2)]", "def f(long):\n    return long", "x = {'long': 3}\nx['long']"],
)
def test_a_name_of_its_own_is_not_borrowed(source):
    assert not list(form.borrowed(form.pieces(sample_chapter("short = 2", source))))


def test_what_the_core_has_imported_too_is_not_borrowed():
    notebook = sample_chapter("long = 3", "import math")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[2].source = "math.pi"
    assert len(list(form.borrowed(form.pieces(notebook)))) == 1
    code[0].source = "import math"
    assert not list(form.borrowed(form.pieces(notebook)))


def test_a_cell_that_shows_its_output_alone_does_so_in_jupyterlab():
    notebook = sample_chapter()
    [drawn] = [cell for cell in notebook.cells if cell.source == "grid"]
    del drawn.metadata["jupyter"]
    assert form.findings(notebook) == ["JupyterLab shows the source of 'grid'; run the notebook again"]


def test_the_command_prints_numbers_and_findings(tmp_path, capsys):
    path = tmp_path / "sample.ipynb"
    path.write_text(notebooks.serialise(sample_chapter("about 5 minutes", "about 10 minutes")))
    assert notebooks.main(["form", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "core" in printed and "Further" in printed and "- the box says" in printed
