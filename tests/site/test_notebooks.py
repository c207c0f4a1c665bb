"""site/notebooks.py: each rule about stored notebooks, broken in a small notebook, is named."""

import difflib
import json
from pathlib import Path

import nbformat
import notebooks
import pytest
from digest import digest
from nbformat import v4
from small_book import CHAPTER, small_book

from pooling_book.show import Picture


@pytest.fixture
def root(tmp_path):
    return small_book(tmp_path)


def save(root, *cells, **metadata):
    path = root / "chapters" / "01_sample.ipynb"
    # as plain JSON: nbformat would mend what the tests break
    path.write_text(json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}))
    return path


def code(source, outputs=(), tags=(), count=1, id="cell-1"):
    return v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)}, execution_count=count, id=id)


def stored(root, *cells):
    """Save a notebook whose digest is current, without running it."""
    notebook = nbformat.from_dict({"cells": cells})
    return save(root, *cells, pooling={"digest": digest(notebooks.code_cells(notebook), root)})


def widget_view(**others):
    return v4.new_output("display_data", data={notebooks.WIDGET_VIEW: {"model_id": "1"}, **others})


# check


def test_check_passes_a_sound_notebook(root):
    error = v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    path = stored(
        root,
        code("raise ValueError('no')", [error], tags=["raises-exception"]),
        v4.new_markdown_cell("text", id="text"),
    )
    assert notebooks.check(path, root) == []


def test_check_names_notebook_cell_cause_and_mend(root):
    path = stored(root, v4.new_markdown_cell("text", id="text"), code("\n# first line\n1", count=None))
    assert notebooks.check(path, root) == [f"{path}, cell 2 (# first line): never run. Mend: make execute"]


@pytest.mark.parametrize(
    "cell, cause",
    [
        (code("1", count=None), "never run"),
        (
            code("1/0", [v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])]),
            "ZeroDivisionError: division by zero",
        ),
        (code("1", [widget_view()]), "a widget view is stored"),
        ({**code("1"), "id": "not valid"}, "no valid id"),
        ({key: value for key, value in code("1").items() if key != "id"}, "no valid id"),
    ],
)
def test_check_finds_a_bad_cell(root, cell, cause):
    [finding] = notebooks.check(stored(root, nbformat.from_dict(cell)), root)
    assert "cell 1" in finding and cause in finding


def test_check_finds_a_stale_notebook(root):
    path = stored(root, code("import pooling_lib.geometry"))
    (root / "pooling_lib" / "geometry.py").write_text("size = 3\n")
    [finding] = notebooks.check(path, root)
    assert "has changed since it was run: pooling_lib.geometry. Mend: make execute" in finding


def test_check_finds_a_notebook_of_which_only_the_questions_are_stale(root):
    path = stored(root, code("import pooling_lib.geometry"), code(ASKS, id="cell-2"))
    CHAPTER.edit(root, "old", "new")
    [finding] = notebooks.check(path, root)
    assert "has changed since it was run: pooling_book.chapters.chapter01. Mend: make questions" in finding


def test_check_finds_stored_widget_state(root):
    path = save(root, pooling={"digest": digest([], root)}, widgets={})
    [finding] = notebooks.check(path, root)
    assert "widget state is stored" in finding


def test_check_lists_all_findings(root):
    path = save(root, code("1", count=None, id="same"), code("2", count=None, id="same"))
    found = "\n".join(notebooks.check(path, root))
    assert found.count("never run") == 2
    assert "has changed" in found and "another cell has its id, same" in found


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": []}'])
def test_check_names_a_file_that_is_no_notebook(root, text):
    path = root / "chapters" / "broken.ipynb"
    path.write_text(text)
    [finding] = notebooks.check(path, root)
    assert "broken.ipynb: not a notebook" in finding


def test_check_exits_with_1_and_prints_every_file(root, capsys):
    good, bad = stored(root, code("1")), root / "chapters" / "02_bad.ipynb"
    bad.write_text("{")
    assert notebooks.main(["check", str(good)]) == 0
    assert notebooks.main(["check", str(bad), str(good), str(bad)]) == 1
    assert capsys.readouterr().err.count("02_bad") == 2


# The stable form


def test_ids_are_stable_and_kept():
    def ids():
        cells = [{}, {"id": "mine"}, {"id": "mine"}, {"id": "not valid"}]
        notebooks.give_ids(cells, "01_sample")
        return [cell["id"] for cell in cells]

    assert ids() == ids()
    assert ids()[1] == "mine"
    assert len(set(ids())) == 4 and all(map(notebooks.valid_id, ids()))


def test_normalise_keeps_what_matters_and_drops_the_rest():
    cell = code("1", tags=["hide-input"], count=7)
    cell.metadata.update(mystnb={"image": {"width": "50%"}}, execution={"started": "now"}, collapsed=True)
    cell.metadata.jupyter = {"outputs_hidden": True}  # a reader's fold
    cell.outputs = [
        v4.new_output("stream", name="stdout", text="a\n"),
        v4.new_output("stream", name="stderr", text="a warning\n"),
        v4.new_output("stream", name="stdout", text="b\n"),
        widget_view(),
        widget_view(**{"text/html": "<p>"}),
        v4.new_output("display_data", data={"text/html": f"{Picture('', '')._repr_html_()}<style>p {{}}</style><p>"}),
        v4.new_output("execute_result", data={"text/plain": "1"}, execution_count=7),
    ]
    notebook = v4.new_notebook(
        cells=[cell], metadata={"widgets": {}, "language_info": {"name": "python", "version": "3.11.4"}, "toc": 1}
    )
    notebooks.normalise(notebook)
    assert notebook.metadata == notebooks.NOTEBOOK_METADATA
    kept = {"tags": ["hide-input"], "mystnb": {"image": {"width": "50%"}}}
    assert cell.metadata == {**kept, "jupyter": {"source_hidden": True}}
    assert [output.get("text") or output.data for output in cell.outputs] == [
        "a\nb\n",
        {"text/html": "<p>"},
        {"text/html": "<style>p {}</style><p>"},
        {"text/plain": "1"},
    ]
    assert cell.execution_count == cell.outputs[-1].execution_count == 1


@pytest.mark.parametrize(
    "source, metadata, folded",
    [
        ("1", {"tags": ["hide-input"]}, {"source_hidden": True}),
        ("my_answer = ...", {"tags": ["hide-input"]}, None),  # a reader fills it in
        ("1", {"guess": {"form": "number", "answer": 1}}, {"outputs_hidden": True}),
        ("1", {"jupyter": {"source_hidden": True}}, None),
    ],
)
def test_jupyterlab_folds_and_covers_what_the_site_does(source, metadata, folded):
    cell = code(source)
    cell.metadata = nbformat.from_dict(metadata)
    notebooks.normalise(v4.new_notebook(cells=[cell]))
    assert cell.metadata.get("jupyter") == folded


@pytest.mark.parametrize(
    "text, named",
    [
        ("{root}/data/x.npz", True),
        ("'{home}'", True),
        ("/tmp/ipykernel_1/2.py", True),
        ("https://example.org/tmp/x", False),
        ("/tmporary", False),
    ],
)
def test_machine_paths(root, text, named):
    text = text.format(root=root, home=Path.home())
    notebook = v4.new_notebook(cells=[code("1", [v4.new_output("display_data", data={"text/html": text})])])
    assert bool(notebooks.machine_paths(notebook, root)) == named


def test_machine_paths_leaves_images_alone(root):
    notebook = v4.new_notebook(cells=[code("1", [v4.new_output("display_data", data={"image/png": "+/tmp/+"})])])
    assert notebooks.machine_paths(notebook, root) == []


# execute


def test_execute_twice_gives_the_same_bytes_and_check_is_content(root):
    cells = [
        v4.new_markdown_cell("# Title"),
        code("import os, sys\nprint(os.path.basename(os.getcwd()))\nprint('log', file=sys.stderr)", count=None),
        code("hash('a'), os.environ['TF_CPP_MIN_LOG_LEVEL']", count=9, id="cell-2"),
        code("raise KeyError('expected')", tags=["raises-exception"], count=None, id="cell-3"),
    ]
    path = save(root, *cells)
    notebooks.execute(path, root)
    first = path.read_bytes()
    notebooks.execute(path, root)
    assert path.read_bytes() == first
    assert first.endswith(b"\n}\n") and b'\n "cells": [' in first
    assert notebooks.check(path, root) == []
    outputs = [cell.outputs for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    assert outputs[0] == [v4.new_output("stream", name="stdout", text="chapters\n")]
    assert outputs[1][0].data["text/plain"].endswith("'3')")


@pytest.mark.parametrize(
    "source, cause",
    [
        ("# a division\n1/0", r"cell 2 \(# a division\): ZeroDivisionError: division by zero"),
        ("import os\nprint(os.getcwd())", r"cell 2 \(import os\): its output names the folder"),
        ("import os\nos._exit(1)", r"cell 2 \(import os\): the kernel died"),
    ],
)
def test_execute_stops_with_nothing_written(root, source, cause):
    path = save(root, v4.new_markdown_cell("text"), code(source, count=None))
    before = path.read_bytes()
    with pytest.raises(notebooks.NotebookError, match=cause):
        notebooks.execute(path, root)
    assert path.read_bytes() == before


# questions

ASKS = "from pooling_book.chapters.chapter01 import quiz\n\nquiz"


def test_a_changed_question_is_a_diff_of_three_lines_and_needs_no_tensorflow(root, monkeypatch):
    above = "import pooling_lib.geometry, sys\nassert 'tensorflow' not in sys.modules, 'this cell runs again'"
    path = save(root, code(above, id="a"), code(ASKS, id="b"), code("print('stays')", id="c"))
    monkeypatch.setenv("PYTHONPATH", str(root))
    notebooks.execute(path, root)
    before = path.read_text().splitlines()
    # what stands above must not run again: here, and wherever there is no TensorFlow, it would fail
    (root / "sitecustomize.py").write_text("import sys\nsys.modules['tensorflow'] = None\n")
    CHAPTER.edit(root, "old", "new")
    with pytest.raises(notebooks.NotebookError, match="this cell runs again"):
        notebooks.execute(path, root)

    notebooks.execute_questions(path, root)
    changes = list(difflib.ndiff(before, path.read_text().splitlines()))
    added = [line for line in changes if line[0] == "+"]
    assert len(added) == len([line for line in changes if line[0] == "-"]) == 2  # the third line is the question itself
    assert "new" in added[0] and "pooling_book.chapters.chapter01" in added[1]
    assert notebooks.check(path, root) == []

    whole = path.read_bytes()
    (root / "sitecustomize.py").unlink()
    notebooks.execute(path, root)
    assert path.read_bytes() == whole


def test_questions_leaves_a_current_notebook_alone(root):
    path = stored(root, code("raise ValueError('runs')"), code(ASKS, id="cell-2"))
    before = path.read_bytes()
    notebooks.execute_questions(path, root)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "file, old, new, cause",
    [
        ("pooling_lib/geometry.py", "size = 2", "size = 3", "but pooling_lib.geometry. Mend: make execute"),
        ("chapters/01_sample.ipynb", "above = 1", "above = 2", "but cells. Mend: make execute"),
        ("chapters/01_sample.ipynb", "below = 1", "below = above", "its questions use above from the cells above"),
    ],
)
def test_questions_refuses_when_they_would_not_be_enough(root, file, old, new, cause):
    cells = [code("import pooling_lib.geometry\nabove = 1"), code(ASKS, id="b"), code("below = 1", id="c")]
    path = stored(root, *cells)
    for changed in (CHAPTER.path(root), root / file):
        text = changed.read_text()
        changed.write_text(text.replace("old", "new").replace(old, new))
    before = path.read_bytes()
    with pytest.raises(notebooks.NotebookError, match=cause):
        notebooks.execute_questions(path, root)
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", sorted((notebooks.ROOT / "chapters").glob("*.ipynb")), ids=lambda path: path.stem[:2])
def test_the_questions_of_every_chapter_need_nothing_from_above(path):
    notebook, _ = notebooks.read(path)
    cells = notebooks.code_cells(notebook)
    questions = notebooks.questions_of(cells)
    assert 5 < len(questions) < len(cells)
    assert notebooks.names_not_bound([cell.source for cell in questions]) == []
    chapter = f"pooling_book.chapters.chapter{path.stem[:2]}"
    assert chapter not in notebooks.used_above(cells, notebooks.ROOT)
