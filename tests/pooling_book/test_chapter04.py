"""What chapter 04 defines on its page and its exercises rely on."""

import ast
import json
from pathlib import Path

import pytest

[PATH] = (Path(__file__).parents[2] / "chapters").glob("04_*.ipynb")


@pytest.fixture(scope="module")
def front():
    """The chapter's function of that name, as its cell has it."""
    for cell in json.loads(PATH.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "def front(" in source:
            [function] = [one for one in ast.parse(source).body if getattr(one, "name", "") == "front"]
            names = {}
            exec(ast.unparse(function), names)
            return names["front"]
    raise AssertionError("no cell defines front")


def test_of_two_equal_settings_the_front_keeps_both(front):
    assert front({"a": (16, 0.9), "b": (16, 0.9), "c": (16, 0.8), "d": (9, 0.5)}) == ["d", "a", "b"]


@pytest.mark.parametrize(
    ("settings", "kept"),
    [
        ({"a": (16, 0.9), "b": (16, 0.8)}, ["a"]),
        ({"a": (16, 0.9), "b": (9, 0.9)}, ["b"]),
        ({"a": (16, 0.9, 0.1), "b": (9, 0.8, 0.2)}, ["b", "a"]),
        ({"a": (16, 0.7), "b": (9, 0.8), "c": (9, 0.8)}, ["b", "c"]),
        ({"a": (1, 0.0)}, ["a"]),
    ],
)
def test_the_front_drops_what_another_beats(front, settings, kept):
    assert front(settings) == kept
