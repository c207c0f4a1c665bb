"""The break-it list, tests/mutations.py: each of its entries still breaks the code that it names."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIST = runpy.run_path(str(ROOT / "tests" / "mutations.py"))
MUTATIONS, mutated = LIST["MUTATIONS"], LIST["mutated"]


@pytest.mark.parametrize(
    "rule, file, old, new", MUTATIONS, ids=[f"{number}: {rule}" for number, (rule, *_) in enumerate(MUTATIONS)]
)
def test_an_entry_applies_once_and_breaks_what_it_names(rule, file, old, new):
    mutated((ROOT / "pooling_lib" / file).read_text(encoding="utf-8"), old, new)  # or an error that says why not


@pytest.mark.parametrize(
    "old, new, why",
    [
        ("x = 1", "x = 2", "occurs 2 times"),
        ("x = 3", "x = 2", "occurs 0 times"),
        ("y = x", "y = (x)", "changes nothing"),
        ("y = x", "y = x)", "unmatched"),
    ],
)
def test_an_entry_that_breaks_nothing_is_refused(old, new, why):
    with pytest.raises((ValueError, SyntaxError), match=why):
        mutated("x = 1\nx = 1\ny = x  # x = 3\n", old, new)


LAYOUTS = ["def f(x):\n    'It.'\n    return (x,\n        'a')\n", 'def f(x): return x, "a" # so']


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_comments_and_docstrings_do_not_matter(layout):
    assert mutated(layout, "(x, 'a')", "x") == "def f(x):\n    return x\n"


def test_every_file_of_the_list_has_guards_that_are_there():
    assert set(LIST["GUARDS"]) == {file for _, file, *_ in MUTATIONS}
    for guard in {test for tests in LIST["GUARDS"].values() for test in tests}:
        assert (ROOT / "tests" / "pooling_lib" / guard).is_file(), guard
