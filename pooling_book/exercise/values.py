"""What a reader's value is, and whether two are the same. Nothing here trusts a class of the reader's own making."""

import numpy as np


def kind(value: object) -> str:
    """What a value is, in words; two values can be compared only if these agree.

    >>> kind(np.zeros(3)), kind(2.5), kind(None), kind({})
    ('an array', 'a number', '`None`', 'a value of type `dict`')
    """
    found = type(value)
    if issubclass(found, np.ndarray):
        return "an array"
    if issubclass(found, (int, float, np.generic)):
        return "a number"
    words = {list: "a list", tuple: "a tuple", str: "text", type(None): "`None`", type(...): "`...`"}
    return words.get(found, f"a value of type `{found.__name__}`")


def array_of(value: object) -> np.ndarray:
    """The values of an array, number, list or tuple; of dtype object if they are no plain numbers or texts."""
    try:
        return np.asarray(value)
    except Exception:  # a ragged list, or one that holds anything
        return np.empty(0, object)


def same(a: object, b: object) -> bool:
    """Whether two values are the same to within rounding.

    >>> same([0.1 + 0.2], [0.3]), same([1, 2], (1, 2)), same(np.nan, np.nan)
    (True, False, True)
    """
    if kind(a) != kind(b):
        return False
    a, b = array_of(a), array_of(b)
    if a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return a.dtype.kind == b.dtype.kind == "U" and a.tolist() == b.tolist()
    return a.shape == b.shape and np.allclose(a, b, equal_nan=True)
