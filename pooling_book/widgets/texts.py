"""Texts that widgets read and write: grids of numbers, and the settings of a pool as a call has them."""

from collections.abc import Sequence

import numpy as np

#: What a new explorer shows: shuffled, signed, with ties, and one window without a positive number.
NUMBERS = """\
 3  1  4 -1  5  9
-2  6  5  3  5  8
 9 -7  9 -3 -2  3
 8  4 -6 -2 -6  4
 3  3  8 -3  2  7
 9  5  0  2  8  8"""


def grid(numbers: str) -> np.ndarray:
    """A grid of numbers from its text, one row on each line.

    >>> grid("3 -1\\n4 2")
    array([[ 3., -1.],
           [ 4.,  2.]])
    """
    lines = [line.replace(",", " ").replace("−", "-").split() for line in numbers.splitlines() if line.strip()]
    try:
        return np.array([[float(word) for word in line] for line in lines])
    except ValueError as error:
        raise ValueError(f"numbers must hold one row of numbers on each line, all of one length ({error})") from None


def settings(
    window: Sequence[int],
    stride: Sequence[int],
    padding: str | Sequence[Sequence[int]] = "valid",
    dilation: Sequence[int] = (1, 1),
    **flags: bool,
) -> str:
    """The settings of a pool as a call has them; defaults are left out.

    >>> settings([2, 2], [2, 1], "same", ceil_mode=True, count_include_pad=False)
    'window=2, stride=(2, 1), padding="same", ceil_mode=True'
    """
    named = [f"window={_short(window)}"]
    if tuple(stride) != tuple(window):
        named.append(f"stride={_short(stride)}")
    if isinstance(padding, str):
        named += [f'padding="{padding}"'] * (padding != "valid")
    else:
        named.append(f"padding={[tuple(pair) for pair in padding]}")
    if tuple(dilation) != (1, 1):
        named.append(f"dilation={_short(dilation)}")
    return ", ".join([*named, *(f"{flag}=True" for flag, given in flags.items() if given)])


def _short(pair: Sequence[int]) -> str:
    """A pair for rows and columns: one number where both are alike."""
    return str(pair[0]) if pair[0] == pair[1] else str(tuple(pair))
