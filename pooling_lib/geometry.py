"""Where windows stand on one axis: sizes, padding, positions. Plain integers, no arrays."""

import itertools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeGuard

Pair = tuple[int, int]
#: One int for all spatial axes, or one for each.
Ints = int | Sequence[int]
#: The same for strides; None: as the window.
Stride = Ints | None
#: The sizes along all axes.
Shape = Sequence[int]
#: 'valid', 'same', or one (before, after) pair for each spatial axis.
Padding = str | Sequence[Pair]
#: The spatial axes; None: the default for the array's rank.
Axes = Sequence[int] | None


@dataclass(frozen=True)
class Windows:
    """The windows along one axis: where each one starts, and which real elements it covers.

    Position 0 is the axis's first real element. Padding and overhang lie at negative positions
    and from `size` on; nothing ever reads them.

    Attributes
    ----------
    size : int
        Real elements along the axis.
    window : int
        Elements in a window.
    stride : int
        Steps from one window's start to the next.
    dilation : int
        Steps from one element of a window to the next.
    before, after : int
        Padding at the start and at the end of the axis.
    count : int
        Windows along the axis: the output's size.
    """

    size: int
    window: int
    stride: int
    dilation: int
    before: int
    after: int
    count: int

    def start(self, output: int) -> int:
        """Position of the first element of window number `output`.

        >>> windows(5, 2, padding=(1, 0)).start(0)
        -1
        """
        return output * self.stride - self.before

    @property
    def overlap(self) -> int:
        """How many windows may share an element.

        >>> windows(9, 5, stride=2).overlap, windows(9, 2).overlap
        (3, 1)
        """
        return min(self.count, -(-extent(self.window, self.dilation) // self.stride))

    def covered(self, output: int, padding: bool = False) -> range:
        """The positions that window number `output` covers: the real ones, or those in the padding too.

        The part of a ceil_mode window that hangs over the padding's end is never covered.

        >>> w = windows(5, 3, stride=2, padding=(1, 1), ceil_mode=True)
        >>> [list(w.covered(i)) for i in range(w.count)]
        [[0, 1], [1, 2, 3], [3, 4]]
        >>> list(w.covered(0, padding=True))
        [-1, 0, 1]
        """
        low, high = (-self.before, self.size + self.after) if padding else (0, self.size)
        start = self.start(output)
        skipped = max(0, -((start - low) // self.dilation))
        stop = start + extent(self.window, self.dilation)
        return range(start + skipped * self.dilation, min(stop, high), self.dilation)

    def inner(self) -> range:
        """The outputs whose window lies on real elements only.

        >>> windows(6, 3, stride=1, padding=(1, 1)).inner()
        range(1, 5)
        """
        first = -(-self.before // self.stride)
        last = (self.size - extent(self.window, self.dilation) + self.before) // self.stride
        return range(min(first, self.count), max(min(first, self.count), min(last + 1, self.count)))

    def counts(self, padding: bool = False) -> list[int]:
        """How many elements each window covers: real ones, or those in the padding too.

        >>> windows(6, 3, stride=2, padding=(1, 1), ceil_mode=True).counts()
        [2, 3, 3, 1]
        """
        inner = self.inner()
        edge = {output: len(self.covered(output, padding)) for output in self._edges()}
        return (
            [edge[o] for o in range(inner.start)]
            + [self.window] * len(inner)
            + [edge[o] for o in range(inner.stop, self.count)]
        )

    def _edges(self) -> Iterable[int]:
        """The outputs that are not inner."""
        return itertools.chain(range(self.inner().start), range(self.inner().stop, self.count))

    def empty(self) -> int | None:
        """A window that covers no real element, if there is one: found in `size` + 2 steps, however many there are.

        >>> windows(5, 2).empty(), Windows(2, 1, 3, 1, before=3, after=0, count=2).empty()
        (None, 0)
        """
        ends: Iterable[int] = (0, self.count - 1)
        if self.dilation > self.size:
            # Windows that start before the axis may step over it. Their starts repeat, modulo the dilation, and only
            # `size` of the remainders hit: of `size` + 1 in a row one misses, or all that come after them hit.
            ends = itertools.chain(itertools.islice(self._edges(), self.size + 1), ends)
        return next((output for output in ends if not self.covered(output)), None)

    def trimmed(self) -> "Windows":
        """The same windows without those of their elements that lie in the padding wherever the window stands.

        However large the window was, what is left spans no more than the places where it stands; a single
        window strides over the whole axis.

        >>> windows(8, 10**6, stride=1, padding="same").trimmed()
        Windows(size=8, window=15, stride=1, dilation=1, before=7, after=0, count=8)
        """
        first, last = self._taps()
        first = min(first, self.before // self.dilation)  # so that no window starts after the axis does
        before = self.before - first * self.dilation
        return replace(
            self,
            window=last - first + 1,
            stride=self.stride if self.count > 1 else before + self.size,
            dilation=self.dilation if first < last else 1,
            before=before,
            after=0,
        )

    def _taps(self) -> Pair:
        """The first and the last element of the window that lie on a real element in at least one place."""
        return (
            max(0, -(((self.count - 1) * self.stride - self.before) // self.dilation)),
            min(self.window - 1, (self.size - 1 + self.before) // self.dilation),
        )

    def steps(self) -> Iterator[tuple[slice, slice]]:
        """The outputs and the elements that feed them, to be broadcast: `taps`, or window by window if these are fewer.

        >>> list(windows(10**6, 10**6).steps())
        [(slice(0, 1, 1), slice(0, 1000000, 1))]
        """
        first, last = self._taps()
        return self.taps() if self.count > last - first else self.each()

    def each(self) -> Iterator[tuple[slice, slice]]:
        """For each window: its output, and the real elements that it covers.

        >>> list(windows(5, 2, padding=(1, 0)).each())
        [(slice(0, 1, 1), slice(0, 1, 1)), (slice(1, 2, 1), slice(1, 3, 1)), (slice(2, 3, 1), slice(3, 5, 1))]
        """
        for output in range(self.count):
            inside = self.covered(output)
            yield slice(output, output + 1, 1), slice(inside.start, inside.stop, inside.step)

    def part(self, begin: int, end: int) -> tuple[slice, "Windows"]:
        """The real elements under windows `begin` to `end` - 1, and these windows as they stand on them alone.

        >>> elements, some = windows(6, 3, stride=1, padding=(1, 1)).part(0, 2)
        >>> elements, [list(some.covered(i)) for i in range(some.count)]
        (slice(0, 3, None), [[0, 1], [0, 1, 2]])
        """
        low, high = self.start(begin), self.start(end - 1) + extent(self.window, self.dilation)
        inside = slice(max(low, 0), min(high, self.size))
        before, after = inside.start - low, high - inside.stop
        return inside, Windows(
            inside.stop - inside.start, self.window, self.stride, self.dilation, before, after, end - begin
        )

    def taps(self) -> Iterator[tuple[slice, slice]]:
        """For each element of the window: the outputs it feeds, and the real elements that feed them.

        Padding needs no value this way: it is what no slice reads.

        >>> list(windows(4, 2, padding=(1, 0)).taps())
        [(slice(1, 2, 1), slice(1, 2, 2)), (slice(0, 2, 1), slice(0, 3, 2))]
        """
        for _, outputs, inputs in self.numbered_taps():
            yield outputs, inputs

    def numbered_taps(self) -> Iterator[tuple[int, slice, slice]]:
        """`taps`, each with its number in the window; an element that lies in the padding everywhere is left out.

        >>> [number for number, *_ in windows(2, 4, 1, padding=(3, 3)).numbered_taps()]
        [0, 1, 2, 3]
        """
        first_tap, last_tap = self._taps()
        for tap in range(first_tap, last_tap + 1):
            offset = tap * self.dilation - self.before
            first = max(0, -(offset // self.stride))
            last = min(self.count - 1, (self.size - 1 - offset) // self.stride)
            if first <= last:
                begin, end = first * self.stride + offset, last * self.stride + offset
                yield tap, slice(first, last + 1, 1), slice(begin, end + 1, self.stride)


def extent(window: int, dilation: int = 1) -> int:
    """Length of axis that a window spans, gaps included.

    >>> extent(3), extent(3, dilation=2)
    (3, 5)
    """
    return dilation * (window - 1) + 1


def windows(
    size: int,
    window: int,
    stride: int | None = None,
    padding: str | Pair = "valid",
    dilation: int = 1,
    ceil_mode: bool = False,
) -> Windows:
    """Place the windows along one axis.

    Parameters
    ----------
    size : int
        Elements along the axis, at least 1.
    window, stride, dilation : int
        At least 1. `stride` defaults to `window`.
    padding : 'valid', 'same' or (before, after)
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` windows, and an odd
        element of padding goes to the end. A pair gives the padding at the start and the end.
    ceil_mode : bool
        Also place a last window that hangs over the end by less than a stride, if it starts
        inside the input or in the padding before it.

    Returns
    -------
    Windows

    Raises
    ------
    ValueError
        If a number is out of range, the padding unknown, or ceil_mode asked for with 'same'; if no
        window fits, or one would not cover a single real element.
    TypeError
        If a number is not an integer.

    Notes
    -----
    Sizes follow Dumoulin and Visin, *A guide to convolution arithmetic for deep learning*,
    arXiv:1603.07285; ceil_mode follows PyTorch's rule for where the last window may start.

    Examples
    --------
    >>> windows(5, 2).count, windows(5, 2, ceil_mode=True).count, windows(5, 2, padding="same").count
    (2, 3, 3)
    """
    (size,) = ints("size", size, 1, least=1, mend="an empty axis has nothing to pool")
    if not isinstance(padding, str) and not _is_pair(padding):
        raise ValueError(
            f"padding={padding!r} is not 'valid', 'same' or a pair (before, after); "
            "for one element at each end write (1, 1)"
        )
    return place((size,), window, stride, padding if isinstance(padding, str) else [padding], dilation, ceil_mode)[0]


def output_size(
    size: int,
    window: int,
    stride: int | None = None,
    padding: str | Pair = "valid",
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Number of windows along an axis; the arguments and errors are those of `windows`.

    >>> output_size(28, 2), output_size(28, 3, stride=2), output_size(28, 3, stride=2, padding="same")
    (14, 13, 14)
    """
    return windows(size, window, stride, padding, dilation, ceil_mode).count


def place(
    shape: Sequence[int],
    window: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: str | Sequence[Pair] = "valid",
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
) -> tuple[Windows, ...]:
    """Place the windows along several axes: `windows`, once for each size in `shape`.

    `window`, `stride` and `dilation` are one int for all axes or one for each; `padding` is
    'valid', 'same' or one (before, after) pair for each.

    >>> [w.count for w in place((6, 5), window=(2, 3), stride=1, padding="same")]
    [6, 5]
    """
    axes = len(shape)
    sizes = ints("size", tuple(shape), axes, least=1, mend="an empty axis has nothing to pool")
    window = ints("window", window, axes, least=1, mend="a window of 1 keeps every element")
    stride = (
        window if stride is None else ints("stride", stride, axes, least=1, mend="a stride of 1 visits every position")
    )
    dilation = ints("dilation", dilation, axes, least=1, mend="a dilation of 1 leaves no gaps")
    padding, ceil_mode = _padding(padding, axes), flag("ceil_mode", ceil_mode)
    if ceil_mode and padding == "same":
        raise ValueError(
            "ceil_mode=True goes with padding 'valid' or pairs, not with padding='same', "
            "which rounds the output size up already; drop one of the two"
        )
    return _place(sizes, window, stride, padding, dilation, ceil_mode)


@lru_cache(maxsize=1024)  # a network asks for the same few geometries over and over
def _place(sizes, window, stride, padding, dilation, ceil_mode):
    placed = []
    for axis, (n, k, s, d) in enumerate(zip(sizes, window, stride, dilation)):
        if padding == "same":
            count = -(-n // s)
            total = max(0, (count - 1) * s + extent(k, d) - n)
            before, after = total // 2, total - total // 2
        else:
            before, after = (0, 0) if padding == "valid" else padding[axis]
            room = n + before + after - extent(k, d)
            count = (-(-room // s) if ceil_mode else room // s) + 1
            if ceil_mode:  # no window starts in the padding at the end
                count = min(count, (n - 1 + before) // s + 1)
        if count < 1:
            raise ValueError(
                f"window={k} fits nowhere along spatial axis {axis}: it spans {extent(k, d)} (dilation={d}), the axis "
                f"has {n} + padding ({before}, {after}) = {n + before + after}; use a smaller window or more padding"
            )
        along = Windows(n, k, s, d if k > 1 else 1, before, after, count)  # one element has no gaps, however wide
        output = along.empty()
        if output is not None:
            given, less = ("'same'", "") if padding == "same" else ((before, after), "less padding, ")
            raise ValueError(
                f"padding={given} along spatial axis {axis} leaves window {output} "
                f"(window={k}, stride={s}, dilation={d}) without a single real element; "
                f"use {less}a larger window or a smaller dilation"
            )
        placed.append(along)
    return tuple(placed)


def ints(name: str, value: Ints, axes: int, least: int, mend: str) -> tuple[int, ...]:
    """`value`, one int or one for each axis, as one int for each axis."""
    values = tuple(value) if listed(value) else (value,) * axes
    if len(values) != axes:
        raise ValueError(
            f"{name}={value!r} has {len(values)} entries for {axes} spatial axes; give one int, or one for each axis"
        )
    numbers = tuple(_int(name, value, one) for one in values)
    if any(number < least for number in numbers):
        raise ValueError(f"{name}={value!r} must be at least {least}; {mend}")
    return numbers


def listed(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether it holds entries in an order: a list, a tuple, an array; no text, no set, and nothing to be read once.

    >>> listed((1, 2)), listed(1), listed({1, 2}), listed(iter([1, 2]))
    (True, False, False, False)
    """
    ordered = hasattr(value, "__len__") and hasattr(value, "__getitem__") and getattr(value, "ndim", 1) > 0
    return ordered and not isinstance(value, (str, bytes, Mapping))


def flag(name: str, value: object) -> bool:
    """`value`, if it is True or False: a text such as 'False' would count as True."""
    if isinstance(value, bool) or str(getattr(value, "dtype", "")) == "bool":
        return bool(value)
    raise TypeError(f"{name}={value!r} must be True or False, not {type(value).__name__}")


def _int(name, value, one):
    """`one`, an entry of the argument `value`, as an int; True and 2.0 are refused, NumPy's integers are welcome."""
    try:
        if isinstance(one, bool):
            raise TypeError
        return operator.index(one)
    except TypeError:
        raise TypeError(
            f"{name}={value!r} must be an int or one int for each spatial axis, not {type(one).__name__}"
        ) from None


def _padding(padding, axes):
    """'valid', 'same', or a tuple of `axes` pairs of ints that are not negative."""
    if isinstance(padding, str):
        if padding in ("valid", "same"):
            return padding
        raise ValueError(
            f"padding={padding!r} is unknown; use 'valid', 'same' or one (before, after) pair for each spatial axis"
        )
    pairs = tuple(padding) if listed(padding) else ()
    if len(pairs) != axes or not all(map(_is_pair, pairs)):
        example = "[" + ", ".join(["(1, 1)"] * axes) + "]"
        raise ValueError(
            f"padding={padding!r} is not one (before, after) pair of ints for each of the {axes} spatial axes; "
            f"for one element on every side write {example}"
        )
    pairs = tuple(tuple(_int("padding", padding, n) for n in pair) for pair in pairs)
    if any(n < 0 for pair in pairs for n in pair):
        raise ValueError(f"padding={padding!r} is negative; use 0 or more, and slice the input to crop it")
    return pairs


def _is_pair(value):
    return listed(value) and len(value) == 2
