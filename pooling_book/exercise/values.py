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


def plain(value: object) -> object:
    """Lists, tuples and truth values as an array of numbers, an array without axes as its number; the rest as it is.

    >>> plain([[True, 2]]), plain(np.array(3.5)), plain([1, [2]]), plain("3")
    (array([[1, 2]]), np.float64(3.5), [1, [2]], '3')
    """
    array = array_of(value) if type(value) in (list, tuple, np.ndarray) else None
    if array is None or array.dtype.kind not in "biuf":
        return value
    return (array.astype(int) if array.dtype.kind == "b" else array)[()]


def close(value: object, model: object) -> np.ndarray:
    """Where numbers of one shape agree: whole numbers exactly, others to the precision of float32.

    What is left of numbers that cancel counts beside the largest of the model.

    >>> close([0.3, 6e-8, 1e-5], [0.1 + 0.2, 0, 0]), close([10**8], [10**8 + 1])
    (array([ True,  True, False]), array([False]))
    """
    a, b = array_of(value), array_of(model)
    if b.dtype.kind != "f":
        return a == b if a.dtype.kind != "f" else np.isclose(a, b, rtol=1e-6, atol=0)
    largest = np.max(np.abs(b), initial=0, where=np.isfinite(b))
    return np.isclose(a, b, rtol=1e-5, atol=1e-6 * largest, equal_nan=True)


def same(a: object, b: object) -> bool:
    """Whether two values are the same to within rounding, `b` being the model.

    >>> same([0.1 + 0.2], [0.3]), same([1, 2], (1, 2)), same(np.nan, np.nan)
    (True, False, True)
    """
    if kind(a) != kind(b):
        return False
    a, b = array_of(a), array_of(b)
    if a.dtype.kind not in "biuf" or b.dtype.kind not in "biuf":
        return a.dtype.kind == b.dtype.kind == "U" and a.tolist() == b.tolist()
    return a.shape == b.shape and bool(close(a, b).all())
