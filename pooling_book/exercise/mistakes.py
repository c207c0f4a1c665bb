"""Known mistakes, each with the sentence that names it, inputs on which they show, and where an output comes from."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Mistake(NamedTuple):
    """A known mistake: a sentence that says what is wrong, and what a function with the mistake in it returns."""

    sentence: str
    function: Callable


def transposed(solution: Callable) -> Mistake:
    """The mistake of writing each value at [column, row].

    >>> transposed(lambda x: x).function(np.array([[1, 2, 3]])).shape
    (3, 1)
    """
    sentence = "Rows and columns of the output are swapped: row `i` of the output belongs to row `i` of the windows."
    return Mistake(sentence, lambda *arguments: np.swapaxes(solution(*arguments), 0, 1))


def starts_at_zero(solution: Callable) -> Mistake:
    """The mistake of a running maximum that starts at 0, or of a max pool padded with zeros.

    >>> starts_at_zero(lambda x: x).function(np.array([-2, 3]))
    array([0, 3])
    """
    sentence = "A window of negative numbers gives 0, which it does not hold: where does your running maximum start?"
    return Mistake(sentence, lambda *arguments: np.maximum(solution(*arguments), 0))


def rounded(solution: Callable) -> Mistake:
    """The mistake of putting fractions into an array of integers.

    >>> rounded(lambda x: x).function(np.array([1.75, -1.75]))
    array([ 1, -1])
    """
    sentence = "The fractions are cut off: what is the `dtype` of the array you fill?"
    return Mistake(sentence, lambda *arguments: solution(*arguments).astype(int))


def overlapping(pool: Callable) -> Mistake:
    """The mistake of windows one pixel apart, all of them; `pool` takes the exercise's arguments and a stride.

    >>> from pooling_lib import max_pool
    >>> overlapping(max_pool).function(np.array([3, 1, 2, 0]), 2)
    array([3, 2, 2])
    """
    sentence = "The windows overlap: they start one pixel apart, but should stand side by side."
    return Mistake(sentence, lambda *arguments: pool(*arguments, stride=1))


def one_apart(pool: Callable) -> Mistake:
    """The mistake of windows one pixel apart, as many as are asked for; `pool` as of `overlapping`.

    >>> from pooling_lib import max_pool
    >>> one_apart(max_pool).function(np.array([[3, 1, 2, 0], [1, 2, 1, 0]]), 2)
    array([[3, 2]])
    """
    sentence = (
        "The output has the right shape, but its windows start one pixel apart: "
        "how far along `x` must a window move for each step of the output?"
    )

    def function(*arguments):
        rows, columns, *_ = pool(*arguments).shape
        return pool(*arguments, stride=1)[:rows, :columns]

    return Mistake(sentence, function)


def window_of(index: tuple[int, ...], x: np.ndarray, window: int, stride: int | None = None) -> tuple[slice, ...]:
    """The `source` of an output of a pool without padding: its window, and its channel if there are any.

    >>> window_of((1, 0), np.zeros((4, 4)), 2)
    (slice(2, 4, None), slice(0, 2, None))
    >>> window_of((1, 0, 5), np.zeros((4, 4, 8)), 3, 1)
    (slice(1, 4, None), slice(0, 3, None), slice(5, 6, None))
    """
    step = window if stride is None else stride
    return (*(slice(step * i, step * i + window) for i in index[:2]), *(slice(c, c + 1) for c in index[2:]))


def shuffled(seed: int, *shape: int) -> np.ndarray:
    """Signed integers from -9 to 9 in no order, with ties: an input that forgives few mistakes.

    >>> shuffled(1, 2, 3)
    array([[-1,  0,  5],
           [ 9, -9, -7]])
    """
    return np.random.default_rng(seed).integers(-9, 10, shape)
