"""The cover of a plain cell's output: what a notebook may say of it, and what is said of a guess."""

import re
from pathlib import Path

import nbformat
import pytest
from javascript import js

from pooling_book.widgets.covered import covered

CHAPTERS = sorted((Path(__file__).parents[2] / "chapters").glob("*.ipynb"))


def guesses():
    """Every cell whose output is covered: its chapter, its guess, and what it prints and shows."""
    for path in CHAPTERS:
        for cell in nbformat.read(path, 4).cells:
            if "guess" in cell.metadata:
                texts = [one.get("text") or one.data.get("text/html") or one.data["text/plain"] for one in cell.outputs]
                shown = re.sub(r"<[^>]*>", " ", " ".join(texts)).replace("−", "-")
                yield pytest.param(cell, shown, id=cell.id)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"answer": 3}, r"guess\['form'\]=None is not allowed; use one of 'number', 'numbers'"),
        ({"form": "number"}, "lacks 'answer', which the form 'number' needs; add it"),
        ({"form": "numbers", "answer": [1]}, "lacks 'names', which the form 'numbers' needs"),
        ({"form": "choice", "answer": "a"}, "lacks 'options'"),
        ({"form": "choice", "answer": "a", "options": ["b"]}, r"guess\['answer'\]='a' is not allowed; use one of 'b'"),
        ({"form": "choices", "answer": ["c"], "options": ["b"]}, r"guess\['answer'\]='c' is not allowed"),
        ({"form": "number", "answer": 1, "hint": "?"}, "a key of guess='hint' is not allowed; use one of 'form'"),
    ],
)
def test_a_cover_that_cannot_be_is_refused(asked, message):
    with pytest.raises(ValueError, match=message):
        covered("guess-1", asked)


@pytest.mark.parametrize(
    ("asked", "guess", "said"),
    [
        ({"form": "number", "answer": 405, "within": 50, "then": "Many."}, "430", "✓ Right: 405. Many."),
        ({"form": "number", "answer": 405, "within": 50}, "4", "You said 4; it is 405."),
        ({"form": "choices", "answer": ["a"], "options": ["a", "b"]}, ["a", "b"], "1 of 2 judged right."),
    ],
)
def test_a_guess_is_judged_by_what_the_notebook_says(asked, guess, said):
    found = js("covered/covered.js", "it.found(given.asked, given.guess)", {"asked": asked, "guess": guess})
    assert found.startswith(said)


@pytest.mark.parametrize(("cell", "shown"), [*guesses()])
def test_the_answer_stands_in_the_output(cell, shown):
    asked = cell.metadata["guess"]
    covered("guess-1", asked)
    if asked["form"] in ("number", "numbers"):
        printed = [float(word.replace(",", "")) for word in re.findall(r"-?\d[\d,]*\.?\d*", shown)]
        for answer in asked["answer"] if asked["form"] == "numbers" else [asked["answer"]]:
            assert answer in printed, f"{cell.id} does not print {answer}"
    assert shown, f"{cell.id} shows nothing that could be covered"
    assert cell.metadata["jupyter"]["outputs_hidden"], f"JupyterLab shows the answer of {cell.id}"
