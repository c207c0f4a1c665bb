"""What is wrong with the results of a reader's function, in a sentence that does not say what would be right.

Each finder takes the exercise, a call and the solution's result, and returns a sentence and pictures,
or None if the call does not have this problem.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pooling_book.exercise import attempt
from pooling_book.exercise.values import array_of, close, kind, plain, same
from pooling_book.show.markup import four_digits

if TYPE_CHECKING:
    from pooling_book.exercise.kinds import FunctionExercise


def judged(exercise: "FunctionExercise", calls: Sequence[attempt.Call]) -> tuple[str, str, Sequence[tuple]]:
    """Status, sentence and pictures of a verdict on all calls: the first problem that is found."""
    models = [plain(exercise.solution(*call.arguments)) for call in calls]
    calls = [call._replace(value=plain(call.value)) for call in calls]
    if not any(call.error for call in calls):
        for mistake in exercise.mistakes:
            if all(same(call.value, plain(mistake.function(*call.arguments))) for call in calls):
                return "wrong", mistake.sentence, ()
    for find in (_failure, _wrong_shape, _changed, _refused if exercise.judge else _wrong_value):
        for call, model in zip(calls, models):
            if problem := find(exercise, call, model):
                return "wrong", *problem
    found = "It does what is asked" if exercise.judge else "It agrees with the solution"
    return "right", f"{found} on all cases ({len(calls)} of {len(calls)}).", ()


def _failure(exercise, call, model):
    """No result, or one of the wrong type."""
    if isinstance(call.error, attempt.TimeUp):
        sentence = (
            f"It was still running after {attempt.LIMIT:g} seconds and was stopped: does every loop come to its end?"
        )
    elif call.error:
        sentence = f"It raised {call.raised()} for {_described(exercise, call)}."
    elif call.value is None:
        sentence = "It returned `None`: does it end with `return` and the result?"
    elif kind(call.value) != kind(model):
        sentence = f"It returned {kind(call.value)}, but should return {kind(model)}."
        if kind(model) == "an array" and type(call.value) in (list, tuple):
            sentence += " Only numbers, in rows of one length, make one."
    elif (dtype := array_of(call.value).dtype).kind not in "iuf":
        sentence = f"It returned values of type `{dtype.name}`, but should return plain numbers."
    else:
        return None
    return sentence, ()


def _wrong_shape(exercise, call, model):
    shape, right = np.shape(call.value), np.shape(model)
    if shape == right:
        return None
    if len(shape) != len(right):
        wrong = f"that has too {'many' if len(shape) > len(right) else 'few'} axes"
    else:
        wrong = " and ".join(
            f"axis {i} is too {'long' if n > m else 'short'}" for i, (n, m) in enumerate(zip(shape, right)) if n != m
        )
    return f"It returned shape {shape} for {_described(exercise, call)}: {wrong}.", ()


def _changed(exercise, call, model):
    sentence = "It changes the array it is given, which its caller may still need: write into one of your own."
    return (sentence, ()) if call.changed else None


def _refused(exercise, call, model):
    """A result that the exercise's own judge refuses."""
    sentence = exercise.judge(call.value, *call.arguments)
    return sentence and (sentence, _pictures(exercise, call))


def _wrong_value(exercise, call, model):
    """The first wrong value: where it stands and what it comes from."""
    if same(call.value, model):
        return None
    value = np.asarray(call.value)
    index = tuple(map(int, np.argwhere(~close(value, model))[0]))
    place = f" at output [{', '.join(map(str, index))}]" if index else ""
    sentence = f"A wrong value{place} for {_described(exercise, call)}: yours is {four_digits(value[index])}."
    source = exercise.source and exercise.source(index, *call.arguments)
    if isinstance(source, str):
        return f"{sentence} {source}", _pictures(exercise, call, index)
    if source:
        sentence += f" Its window holds {', '.join(map(four_digits, call.arguments[0][source].flat))}."
    return sentence, _pictures(exercise, call, index, source)


def _pictures(exercise, call, index: tuple | None = None, window: tuple | None = None) -> list[tuple]:
    """Triples (caption, array, what is marked) of the arguments and the result, as far as they fit a small table."""
    arrays = [*zip(exercise.names, call.arguments), ("your output", call.value)]
    marks = [window, *[None] * (len(arrays) - 2), index]
    pictures = []
    for (caption, array), mark in zip(arrays, marks):
        if np.ndim(array) == 3 and index:
            if window:  # the one channel that holds what is wrong
                caption, array, mark = f"{caption}[:, :, {index[2]}]", array[:, :, index[2]], mark and mark[:2]
            elif len(array) == len(call.value):  # the one image of a batch
                caption, array, mark = f"{caption}[{index[0]}]", array[index[0]], mark and mark[1:]
        if np.ndim(array) in (1, 2) and max(np.shape(array)) <= 8:
            pictures.append((caption, np.asarray(array), mark))
    return pictures


def _described(exercise, call) -> str:
    """The arguments of a call in words."""
    return ", ".join(
        f"{name} of shape {argument.shape}" if isinstance(argument, np.ndarray) else f"{name} = {argument}"
        for name, argument in zip(exercise.names, call.arguments)
    )
