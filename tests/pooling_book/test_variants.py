"""Every exercise against its list of right and of wrong answers: see variants/."""

import functools
import importlib.util
from pathlib import Path

import pytest
from javascript import js

from pooling_book.exercise import AnswerExercise, FunctionExercise

FOLDER = Path(__file__).parent / "variants"
CHAPTERS = sorted(path.stem for path in FOLDER.glob("chapter*.py"))
# in these each exercise that is checked has its list
COMPLETE = [f"chapter{number:02}" for number in range(1, 13)]
FEWEST_RIGHT, FEWEST_WRONG = 5, 10


@functools.cache
def variants_of(chapter):
    spec = importlib.util.spec_from_file_location(f"variants_{chapter}", FOLDER / f"{chapter}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.VARIANTS


def exercises_of(chapter):
    return importlib.import_module(f"pooling_book.chapters.{chapter}").exercises


def name_of(answer):
    """An answer in the id of its test: a function by its name or its line, anything else as it is written."""
    code = getattr(answer, "__code__", None)
    if code is None:
        return repr(answer)[:40]
    return f"line-{code.co_firstlineno}" if code.co_name == "<lambda>" else code.co_name


def answers():
    return [
        pytest.param(chapter, number, answer, kind, id=f"{chapter}-{number}-{kind}-{name_of(answer)}")
        for chapter in CHAPTERS
        for number, lists in variants_of(chapter).items()
        for kind, given in zip(("right", "wrong"), lists)
        for answer in given
    ]


@functools.cache
def on_the_page(chapter, number):
    """What the page says of each typed answer to an exercise, asked all at once."""
    typed = [answer for given in variants_of(chapter)[number] for answer in given if isinstance(answer, str)]
    given = {"texts": typed, "state": exercises_of(chapter)[number].state()}
    said = js("exercise/answers.js", "given.texts.map((text) => it.check(text, given.state))", given)
    return dict(zip(typed, said))


@pytest.mark.parametrize(("chapter", "number", "answer", "kind"), answers())
def test_right_ones_are_accepted_and_wrong_ones_refused(chapter, number, answer, kind):
    exercise = exercises_of(chapter)[number]
    verdict = exercise.check(answer)
    assert (verdict.status == "right") == (kind == "right"), verdict
    if isinstance(exercise, AnswerExercise) and isinstance(answer, str):
        said = {"status": verdict.status, "sentence": verdict.sentence}
        assert on_the_page(chapter, number)[answer] == said


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_list_is_long_enough_and_no_text_stands_there_twice(chapter):
    for number, (right, wrong) in variants_of(chapter).items():
        assert number in range(1, len(exercises_of(chapter)) + 1)
        assert len(right) >= FEWEST_RIGHT, f"exercise {number}: {len(right)} right ones"
        assert len(wrong) >= FEWEST_WRONG, f"exercise {number}: {len(wrong)} wrong ones"
        typed = [answer for answer in [*right, *wrong] if isinstance(answer, str)]
        assert len(set(typed)) == len(typed), f"exercise {number}: {typed}"


def test_every_exercise_that_is_checked_has_its_list():
    for chapter in COMPLETE:
        checked = [
            each.number for each in exercises_of(chapter) if isinstance(each, (AnswerExercise, FunctionExercise))
        ]
        assert sorted(variants_of(chapter)) == checked, chapter
