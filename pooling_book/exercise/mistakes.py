"""Known mistakes, each with the sentence that names it, and inputs on which they show."""

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


def shuffled(seed: int, *shape: int) -> np.ndarray:
    """Signed integers from -9 to 9 in no order, with ties: an input that forgives few mistakes.

    >>> shuffled(1, 2, 3)
    array([[-1,  0,  5],
           [ 9, -9, -7]])
    """
    return np.random.default_rng(seed).integers(-9, 10, shape)
