"""The one small network of the book, drawn, with the part marked that a chapter is about."""

import html
from collections.abc import Sequence
from typing import NamedTuple

from pooling_book.show.pictures import Picture
from pooling_lib.cost import Activation, Conv, Dense, Flatten, Layer, Pool, stack

_IMAGE = (28, 28, 1)


class _Part(NamedTuple):
    """A part of the network: its name as it is written, the layer, what that does, and the pixels it takes across."""

    name: str
    layer: Layer | None
    does: str
    wide: int


_ROWS = (
    [
        _Part("image", None, "pixels", 104),
        _Part("convolution 1", Conv(8, 3, padding="same"), "3×3", 118),
        _Part("ReLU 1", Activation(), "max(0, x)", 112),
        _Part("pool 1", Pool("max", 2), "max, 2×2", 110),
    ],
    [
        _Part("convolution 2", Conv(16, 3, padding="same"), "3×3", 116),
        _Part("ReLU 2", Activation(), "max(0, x)", 98),
        _Part("pool 2", Pool("max", 2), "max, 2×2", 90),
        _Part("flatten", Flatten(), "a row", 74),
        _Part("dense", Dense(10), "scores", 66),
    ],
)
_PARTS = {part.name.lower(): part for row in _ROWS for part in row}

# Pixels. A phone shows 460 of them on 328, and letters of 16 as 11.
_WIDE, _HIGH = 460, 190  # of a row
_EDGE = 8  # beside a row
_MIDDLE = 76  # of what is drawn, from the row's top
_LINES = 136, 156, 176  # the lines of text below it


def shapes() -> dict[str, tuple[int, ...]]:
    """The shape that each part of the network gives, by `pooling_lib.cost`.

    >>> shapes()["pool 1"], shapes()["flatten"]
    ((14, 14, 8), (784,))
    """
    rows = stack(_IMAGE, [part.layer for part in _PARTS.values() if part.layer])
    return dict(zip(_PARTS, [_IMAGE, *(row.output_shape for row in rows)]))


def network(mark: str | Sequence[str] = (), word: str = "here") -> Picture:
    """The small network of the book, from image to scores, with the shape that every part gives.

    The convolutions are padded, 'same': they keep rows and columns as they are.

    Parameters
    ----------
    mark : str or sequence of str, optional
        The parts to frame: 'image', 'convolution 1', 'relu 1', 'pool 1', 'convolution 2', 'relu 2', 'pool 2',
        'flatten', 'dense'.
    word : str, optional
        What stands above a frame.

    Raises
    ------
    ValueError
        If there is no such part.

    Examples
    --------
    >>> network(mark="pool 1")
    <picture: A small network: image 28×28×1, convolution 1 28×28×8, ReLU 1 28×28×8, pool 1 14×14×8 (here), \
convolution 2 14×14×16, ReLU 2 14×14×16, pool 2 7×7×16, flatten 784, dense 10>
    """
    marked = [mark.lower()] if isinstance(mark, str) else [name.lower() for name in mark]
    for name in marked:
        if name not in _PARTS:
            raise ValueError(f"mark={name!r} is no part of the network; use one of {', '.join(map(repr, _PARTS))}")
    words = dict.fromkeys(marked, word)
    said = [
        f"{_PARTS[name].name} {_written(shape)}{f' ({word})' if name in words else ''}"
        for name, shape in shapes().items()
    ]
    alt = f"A small network: {', '.join(said)}"
    drawn = "".join(_row(row, n * _HIGH, words) for n, row in enumerate(_ROWS))
    high = len(_ROWS) * _HIGH
    svg = (
        f'<svg class="pool-network" role="img" aria-label="{html.escape(alt)}" width="{_WIDE}" height="{high}" '
        f'viewBox="0 0 {_WIDE} {high}" font-size="16" text-anchor="middle" fill="none" stroke="currentColor">'
        f"{drawn}</svg>"
    )
    return Picture(f'<div class="pool-picture">{svg}</div>', alt)


def _written(shape):
    return "×".join(map(str, shape))


def _row(parts, top, words):
    """Parts beside each other, an arrow between two, and one from the end of a row to the next row's beginning."""
    drawn, left, known = "", _EDGE, shapes()
    for part in parts:
        name = part.name.lower()
        if part is not _ROWS[0][0]:
            drawn += f'<path d="M{left - 8} {top + _MIDDLE}h15m-5 -4l5 4l-5 4"/>'
        drawn += _part(part, known[name], left + part.wide / 2, top)
        if name in words:
            drawn += _frame(left, top, part.wide, words[name])
        left += part.wide
    more = part is not _ROWS[-1][-1]
    return drawn + (f'<path d="M{left - 7} {top + _MIDDLE}h15m-5 -4l5 4l-5 4"/>' if more else "")


def _part(part, shape, middle, top):
    look = _planes(shape, middle, top + _MIDDLE) if len(shape) == 3 else _cells(*shape, middle, top + _MIDDLE)
    kind = type(part.layer).__name__.lower() if part.layer else "image"
    title = part.name.rstrip(" 12")
    texts = f"{title[0].upper()}{title[1:]}", part.does, _written(shape)
    return f'<g class="pool-network-{kind}">{look}</g>' + "".join(
        _text(text, middle, top + y, bold=n == 0) for n, (text, y) in enumerate(zip(texts, _LINES))
    )


def _planes(shape, middle, height):
    """Planes that stand one before the other: larger for more rows, more for more channels."""
    rows, _, channels = shape
    side, count = 16 + 1.75 * rows, {1: 1, 8: 3, 16: 5}[channels]
    first = (side + 5 * (count - 1)) / 2
    left, upper = middle - first, height - first
    planes = "".join(
        f'<rect x="{left + 5 * n:g}" y="{upper + 5 * n:g}" width="{side:g}" height="{side:g}"/>' for n in range(count)
    )
    digit = f'<path d="M{left + 20:g} {upper + 16:g}h26l-14 33" stroke-width="5"/>'  # a 7
    return planes + (digit if channels == 1 else "")


def _cells(count, middle, height):
    """Numbers in a row, which stands upright: ten as they are, more of them as finer cells than can be counted."""
    shown, side = (count, 9) if count <= 10 else (30, 3)
    upper = height - shown * side / 2
    return "".join(
        f'<rect x="{middle - 6:g}" y="{upper + n * side:g}" width="12" height="{side}"/>' for n in range(shown)
    )


def _frame(left, top, wide, word):
    frame = f'<rect x="{left + 2}" y="{top + 22}" width="{wide - 4}" height="{_HIGH - 26}" rx="8" stroke-width="3"/>'
    return f'<g class="pool-network-mark">{frame}{_text(f"▼ {word}", left + wide / 2, top + 16, bold=True)}</g>'


def _text(text, x, y, bold):
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x:g}" y="{y}" fill="currentColor" stroke="none"{weight}>{html.escape(text)}</text>'
