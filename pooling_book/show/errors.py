"""Errors that a chapter shows on purpose: their type and our sentence."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def expected_error(error: type[Exception], sentence: str) -> Iterator[None]:
    """Run code that must fail, and say in our words why it does.

    Another library's message changes from version to version; its type and our sentence do not.

    Parameters
    ----------
    error : type
        The exception that the code under `with` has to raise.
    sentence : str
        What went wrong.

    Raises
    ------
    AssertionError
        If the code does not fail: then the sentence is no longer true.

    Examples
    --------
    >>> with expected_error(ZeroDivisionError, "nothing can be divided by zero"):
    ...     1 / 0
    ZeroDivisionError. In our words: nothing can be divided by zero.
    """
    try:
        yield
    except error:
        print(f"{error.__name__}. In our words: {sentence}.")
    else:
        raise AssertionError(f"no {error.__name__} was raised, so this is no longer true: {sentence}")
