"""Tests of every chapter's quiz and exercises, and of how its notebook shows them, whichever chapters there are."""

import importlib
import pkgutil
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from pooling_book import chapters
from pooling_book.exercise import AnswerExercise, FunctionExercise, OpenExercise
from pooling_book.exercise.answers import canonical

CHAPTERS = {
    name: importlib.import_module(f"pooling_book.chapters.{name}")
    for _, name, _ in pkgutil.iter_modules(chapters.__path__)
    if re.fullmatch(r"chapter\d\d", name)
}
EXERCISES = {exercise.identity: exercise for chapter in CHAPTERS.values() for exercise in chapter.exercises}
FUNCTIONS = {name: exercise for name, exercise in EXERCISES.items() if isinstance(exercise, FunctionExercise)}
ANSWERS = {name: exercise for name, exercise in EXERCISES.items() if isinstance(exercise, AnswerExercise)}
#: Exercises whose numbers are not negative by definition: errors, numbers with a power mean, chances.
NOT_SIGNED = {"exercise-07-4", "exercise-07-6", "exercise-10-3", "exercise-10-5"}


PATHS = sorted((Path(__file__).parents[2] / "chapters").glob("[0-9][0-9]_*.ipynb"))
NOTEBOOKS = {path.name: path for path in PATHS if f"chapter{path.name[:2]}" in CHAPTERS}


def mistakes():
    pairs = [(exercise, mistake) for exercise in FUNCTIONS.values() for mistake in exercise.mistakes]
    return [
        pytest.param(exercise, mistake, id=f"{exercise.identity}-{i}") for i, (exercise, mistake) in enumerate(pairs)
    ]


def foreseen():
    pairs = [(exercise, pair) for exercise in ANSWERS.values() for pair in exercise.foreseen]
    return [pytest.param(exercise, *pair, id=f"{exercise.identity}-{i}") for i, (exercise, pair) in enumerate(pairs)]


def of(exercises):
    return [pytest.param(exercise, id=name) for name, exercise in exercises.items()]


def written(stub):
    """The function that a stub defines."""
    names = {}
    exec(stub, names)
    return next(value for name, value in names.items() if name != "__builtins__")


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_chapter_has_what_its_number_says(name):
    chapter, number = CHAPTERS[name], name.removeprefix("chapter")
    assert chapter.quiz.identity == f"quiz-{number}"
    assert [exercise.identity for exercise in chapter.exercises] == [
        f"exercise-{number}-{i}" for i in range(1, len(chapter.exercises) + 1)
    ]


@pytest.mark.parametrize("exercise", of(FUNCTIONS))
def test_the_solution_passes(exercise):
    verdict = exercise.check(exercise.solution)
    assert verdict.status == "right", verdict


@pytest.mark.parametrize("exercise", of(FUNCTIONS))
def test_the_stub_is_not_an_attempt(exercise):
    assert exercise.stub.endswith('"""\n    ...\n')
    assert exercise.check(written(exercise.stub)).status == "open"
    assert exercise.check(...).status == "open"


@pytest.mark.parametrize("exercise", of(FUNCTIONS))
def test_solution_and_mistakes_leave_their_input_alone_and_inputs_forgive_little(exercise):
    for case in exercise.cases:
        before = [np.copy(argument) for argument in case]
        for function in [exercise.solution, *(mistake.function for mistake in exercise.mistakes)]:
            function(*case)
            assert all(map(np.array_equal, before, case))
    arrays = [argument for case in exercise.cases for argument in case if isinstance(argument, np.ndarray)]
    if arrays:
        assert exercise.identity in NOT_SIGNED or any((array < 0).any() and (array > 0).any() for array in arrays)
        assert any(len(np.unique(array)) < array.size for array in arrays)  # ties


@pytest.mark.parametrize(("exercise", "mistake"), mistakes())
def test_a_known_mistake_is_named(exercise, mistake):
    verdict = exercise.check(mistake.function)
    assert (verdict.status, verdict.sentence) == ("wrong", mistake.sentence)


@pytest.mark.parametrize("exercise", [param for param in of(FUNCTIONS) if not param.values[0].judge])
def test_one_wrong_value_is_found_and_shown_where_it_stands(exercise):
    def slipped(*arguments):
        result = exercise.solution(*arguments)
        if not isinstance(result, np.ndarray):
            return result + 1
        result = result.astype(float)
        result.flat[-1] += 1
        return result

    verdict = exercise.check(slipped)
    assert verdict.status == "wrong"
    for _, array, mark in verdict.pictures:
        assert mark is None or np.zeros(array.shape)[mark].size
    verdict._repr_html_()


GARBAGE = [
    3,
    "text",
    np.zeros(2),
    int,
    print,
    lambda: 1,
    lambda *_: "text",
    lambda *_: np.nan,
    lambda *_: np.zeros((0, 0)),
    lambda *_: {},
]


@pytest.mark.parametrize("exercise", of(FUNCTIONS))
@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_wrong_and_nothing_worse(exercise, garbage):
    verdict = exercise.check(garbage)
    assert verdict.status == "wrong"
    assert "def " not in repr(verdict)


@pytest.mark.parametrize("exercise", of(ANSWERS))
def test_the_answer_passes_and_nothing_is_not_an_attempt(exercise):
    assert exercise.check(exercise.answer).status == "right"
    assert exercise.check(str(np.asarray(exercise.answer).tolist())).status == "right"
    assert exercise.check(...).status == "open"
    assert exercise.check([12345.678]).status == "wrong"


@pytest.mark.parametrize(("exercise", "answer", "sentence"), foreseen())
def test_a_foreseen_answer_gets_its_sentence_which_does_not_tell_the_right_one(exercise, answer, sentence):
    verdict = exercise.check(answer)
    assert (verdict.status, verdict.sentence) == ("wrong", sentence)
    numbers = re.findall(r"-?\d+(?:\.\d+)?", sentence)
    assert not numbers or canonical(exercise.answer) not in canonical(" ".join(numbers))


@pytest.mark.parametrize("exercise", of(ANSWERS))
def test_the_answer_stands_only_in_the_folded_solution(exercise):
    state = re.sub(r"\b[0-9a-f]{8,}\b", "", repr(exercise.state()))  # its hashes may hold any digit
    assert canonical(exercise.answer) not in state
    assert str(np.ravel(exercise.answer).tolist())[1:-1] not in state


@pytest.mark.parametrize("exercise", of(EXERCISES))
def test_hints_go_before_the_solution(exercise):
    html = exercise.check(...)._repr_html_()
    solution = ">Model answer<" if isinstance(exercise, OpenExercise) else ">Solution<"
    hints = [f">Hint {i} of {len(exercise.hints)}<" for i in range(1, len(exercise.hints) + 1)]
    places = [html.index(part) for part in (*hints, solution)]
    assert places == sorted(places)
    assert len(set(exercise.hints)) == len(exercise.hints)
    assert html.count(f'id="{exercise.identity}"') == 1


@pytest.mark.parametrize("exercise", of(EXERCISES))
def test_what_is_shown_is_the_same_each_time(exercise):
    for attempt in (..., lambda *_: object(), getattr(exercise, "answer", 0)):
        first, second = exercise.check(attempt), exercise.check(attempt)
        assert repr(first) == repr(second)
        assert first._repr_html_() == second._repr_html_()
        assert " at 0x" not in first._repr_html_()


# the notebook


@pytest.fixture
def notebook(request):
    """A chapter's module, and its cells as pairs of the heading above and the cell."""
    heading, cells = "", []
    for cell in nbformat.read(NOTEBOOKS[request.param], as_version=4).cells:
        if cell.cell_type == "markdown":
            heading = (re.findall(r"^#+ .*", cell.source, flags=re.M) or [heading])[-1]
        cells.append((heading, cell))
    return CHAPTERS[f"chapter{request.param[:2]}"], cells


@pytest.mark.parametrize("notebook", NOTEBOOKS, indirect=True)
def test_the_quiz_is_shown_once_before_the_exercises(notebook):
    _, cells = notebook
    places = [
        i for i, (_, cell) in enumerate(cells) if cell.cell_type == "code" and cell.source.splitlines()[-1:] == ["quiz"]
    ]
    assert len(places) == 1
    assert not any(heading.startswith("### Exercise 1.") for heading, _ in cells[: places[0]])  # it brings their style


@pytest.mark.parametrize("notebook", NOTEBOOKS, indirect=True)
def test_each_exercise_has_its_heading_its_stub_and_its_check(notebook):
    chapter, cells = notebook
    headings = [line for _, cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    shown = [line for line in headings if line.startswith("### Exercise ")]
    assert shown == [f"### Exercise {exercise.number}. {exercise.title}" for exercise in chapter.exercises]
    for exercise, heading in zip(chapter.exercises, shown):
        code = [cell for above, cell in cells if above == heading and cell.cell_type == "code"]
        if isinstance(exercise, FunctionExercise):
            stub, check = (
                exercise.stub.rstrip("\n"),
                f"exercises[{exercise.number}].check({exercise.solution.__name__})",
            )
            assert [cell.source for cell in code] == [stub, check]
        else:
            assert (
                "\n\n".join(cell.source for cell in code)
                == f"my_answer = ...\n\nexercises[{exercise.number}].check(my_answer)"
            )
        if code[-1].execution_count is not None:
            (output,) = code[-1].outputs
            assert f"Exercise {exercise.number}. {exercise.title}\nNot attempted yet." in output.data["text/plain"]
            assert "Not attempted yet." in output.data["text/html"]
