"""Where windows stand on an array: along which axes, and what each window reads and makes."""

import itertools
import math
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pooling_lib.geometry import Axes, Ints, Padding, Windows, extent, ints, listed, place

#: More numbers than this (2 GiB in float64), made of far fewer elements, are a slip of a digit and not a pool.
MOST = 1 << 28

#: The spatial axes of an array of each rank, channels last as in TensorFlow:
#: (L,), (H, W), (H, W, C), (N, H, W, C), (N, D, H, W, C).
SPATIAL_AXES = {1: (0,), 2: (0, 1), 3: (0, 1), 4: (1, 2), 5: (1, 2, 3)}


@dataclass(frozen=True)
class Bins:
    """Bins along one axis: number i from floor(i n / m) to ceil((i + 1) n / m). They cover it, and may share elements.

    Attributes
    ----------
    size : int
        Elements along the axis: n.
    count : int
        Bins: m.

    Examples
    --------
    >>> some = Bins(5, 3)
    >>> some.starts, some.lengths
    (array([0, 1, 3]), array([2, 3, 2]))
    """

    size: int
    count: int

    @cached_property
    def starts(self) -> np.ndarray:
        """Position of each bin's first element."""
        return np.arange(self.count, dtype=np.int64) * self.size // self.count

    @cached_property
    def lengths(self) -> np.ndarray:
        """Elements in each bin."""
        return -(-np.arange(1, self.count + 1, dtype=np.int64) * self.size // self.count) - self.starts

    @cached_property
    def window(self) -> int:
        """Elements in the longest bin."""
        return int(self.lengths.max())

    @property
    def overlap(self) -> int:
        """How many bins may share an element: element j lies in the bins that make bin j of m elements in n bins."""
        return Bins(self.count, self.size).window

    def counts(self, padding: bool = False) -> np.ndarray:
        """Elements in each bin, as `Windows.counts`."""
        return self.lengths

    def slices(self) -> list[slice]:
        """The elements of each bin."""
        return [slice(start, start + length) for start, length in zip(self.starts.tolist(), self.lengths.tolist())]

    def taken(self, number: int) -> np.ndarray:
        """Position of that element of each bin, in a shorter one of its last, as NumPy's `take` wants it."""
        return (self.starts + np.minimum(number, self.lengths - 1)).astype(np.intp)


@dataclass(frozen=True, eq=False)
class Plan:
    """Where the windows stand on an array: its shape, its spatial axes, and the windows along each.

    Attributes
    ----------
    shape : tuple of int
        Shape of the array.
    axes : tuple of int
        Its spatial axes.
    placed : tuple of Windows or Bins
        The windows along each of them.
    """

    shape: tuple[int, ...]
    axes: tuple[int, ...]
    placed: tuple[Any, ...]

    @cached_property
    def result(self) -> tuple[int, ...]:
        """Shape of the array of outputs.

        >>> Plan((5, 3), (0,), place((5,), 2)).result
        (2, 3)
        """
        counts = dict(zip(self.axes, (along.count for along in self.placed)))
        return tuple(counts.get(axis, size) for axis, size in enumerate(self.shape))

    def counts(self, padding: bool = False) -> np.ndarray:
        """How many elements each window covers, real ones or those in the padding too: broadcasts to the outputs.

        >>> Plan((5, 3), (0,), place((5,), 2, ceil_mode=True)).counts()
        array([[2.],
               [2.],
               [1.]])
        """
        return outer([along.counts(padding) for along in self.placed], self.axes, len(self.shape))

    @cached_property
    def inner(self) -> bool:
        """Whether every window lies on real elements only."""
        return all(len(along.inner()) == along.count for along in self.placed)

    @cached_property
    def trimmed(self) -> "Plan":
        """The same windows without what lies in the padding wherever they stand: what a padded array must hold."""
        placed = (along.trimmed() if isinstance(along, Windows) else along for along in self.placed)
        return Plan(self.shape, self.axes, tuple(placed))

    @cached_property
    def overlap(self) -> int:
        """How many windows may share an element."""
        return math.prod(along.overlap for along in self.placed)

    def parts(self, most: int) -> Iterator[tuple[tuple[slice, ...], tuple[slice, ...], "Plan"]]:
        """The work in pieces of about `most` elements: what each reads, what it makes, and the plan between the two.

        >>> [(reads, makes) for reads, makes, _ in Plan((5,), (0,), place((5,), 3, stride=1)).parts(most=2)]
        [((slice(0, 4, None),), (slice(0, 2, None),)), ((slice(2, 5, None),), (slice(2, 3, None),))]
        """
        if 0 in self.shape:
            yield (slice(None),) * len(self.shape), (slice(None),) * len(self.shape), self
            return
        axis, along = self.axes[0], self.placed[0]
        images = 1 if 0 in self.axes else self.shape[0]
        image = math.prod(self.shape) // images
        several = max(1, most // image)
        rows = along.count if image <= most else max(1, most * along.size // (image * along.stride))
        for first in range(0, images, several):
            for row in range(0, along.count, rows):
                reads, makes, shape = [slice(None)] * len(self.shape), [slice(None)] * len(self.shape), list(self.shape)
                if 0 not in self.axes:
                    reads[0] = makes[0] = slice(first, min(first + several, images))
                    shape[0] = reads[0].stop - first
                makes[axis] = slice(row, min(row + rows, along.count))
                reads[axis], some = along.part(row, makes[axis].stop)
                shape[axis] = some.size
                yield tuple(reads), tuple(makes), Plan(tuple(shape), self.axes, (some, *self.placed[1:]))

    def taps(self) -> Iterator[tuple[tuple[slice, ...], tuple[slice, ...]]]:
        """For each element of the window, in row-major order: the outputs it feeds, and the elements that feed them.

        >>> [inputs for outputs, inputs in Plan((2, 5), (1,), place((5,), 2)).taps()]
        [(slice(None, None, None), slice(0, 3, 2)), (slice(None, None, None), slice(1, 4, 2))]
        """
        return self._product([along.taps() for along in self.placed])

    def steps(self) -> Iterator[tuple[tuple[slice, ...], tuple[slice, ...]]]:
        """The outputs and the elements that feed them, to be broadcast: along each axis taps, or windows if fewer.

        So n elements under windows that do not overlap take no more than the root of n steps.

        >>> [inputs for outputs, inputs in Plan((2, 5), (1,), place((5,), 5)).steps()]
        [(slice(None, None, None), slice(0, 5, 1))]
        """
        return self._product([along.steps() for along in self.placed])

    def each(self) -> Iterator[tuple[tuple[slice, ...], tuple[slice, ...]]]:
        """For each window: its output, and the real elements that it covers."""
        return self._product([along.each() for along in self.placed])

    def _product(self, alongs):
        for pairs in itertools.product(*alongs):
            index = [[slice(None)] * len(self.shape) for side in ("outputs", "inputs")]
            for axis, pair in zip(self.axes, pairs):
                index[0][axis], index[1][axis] = pair
            yield tuple(index[0]), tuple(index[1])


def plan(
    shape: tuple[int, ...],
    window: Ints,
    stride: Ints | None,
    padding: Padding,
    dilation: Ints,
    ceil_mode: bool,
    axes: Axes,
    name: str = "x",
) -> Plan:
    """Where the windows stand on an array of that shape. Networks ask for the same few over and over: they are kept.

    >>> plan((1, 28, 28, 3), 2, None, "valid", 1, False, None).result
    (1, 14, 14, 3)
    """
    # A key of plain numbers; in a tuple True would pass for the 1 that was asked for before.
    if (
        axes is None
        and type(window) is int
        and type(dilation) is int
        and type(stride) in (int, type(None))
        and type(padding) is str
        and type(ceil_mode) is bool
    ):
        return _plan_of_numbers(shape, window, stride, padding, dilation, ceil_mode, name)
    axes = spatial_axes(axes, shape, name)
    return kept_plan(shape, axes, place([shape[axis] for axis in axes], window, stride, padding, dilation, ceil_mode))


@lru_cache(maxsize=1024)
def _plan_of_numbers(shape, window, stride, padding, dilation, ceil_mode, name):
    axes = spatial_axes(None, shape, name)
    return kept_plan(shape, axes, place([shape[axis] for axis in axes], window, stride, padding, dilation, ceil_mode))


@lru_cache(maxsize=1024)
def kept_plan(shape: tuple[int, ...], axes: tuple[int, ...], placed: tuple[Windows, ...]) -> Plan:
    """The plan, if memory can hold what it makes and what it has to pad."""
    made, elements = Plan(shape, axes, placed), math.prod(shape)
    padding, dilation = [(along.before, along.after) for along in placed], [along.dilation for along in placed]
    bounded("padding", padding, math.prod(made.result), 2 * elements, "pad by less than a window")
    lengths = [along.before + along.size + extent(along.window, along.dilation) for along in made.trimmed.placed]
    padded = math.prod(lengths) * elements // math.prod(along.size for along in placed)
    bounded("dilation", dilation, padded, 4 ** len(axes) * elements, "use one below the size of its axis")
    return made


def bounded(name: str, value: object, makes: int, fair: int, mend: str) -> None:
    """Refuse an argument that makes more than `MOST` numbers, and more than is fair, before memory goes."""
    if makes > max(MOST, fair):
        raise ValueError(f"{name}={value!r} makes {makes} numbers, more than memory holds; {mend}")


def spatial_axes(
    axes: Axes | int,
    shape: tuple[int, ...],
    name: str = "x",
    default: Mapping[int, tuple[int, ...]] = SPATIAL_AXES,
) -> tuple[int, ...]:
    """The spatial axes of an array of that shape, counted from the front: `axes`, or the default if None.

    Along each of them it must hold an element. The others may be empty: so is then what is pooled.

    >>> spatial_axes(None, (1, 28, 28, 3)), spatial_axes((-2, -1), (1, 3, 28, 28))
    ((1, 2), (2, 3))
    """
    spatial = _axes_of(axes, len(shape), name, default)
    if empty := [axis for axis in spatial if shape[axis] == 0]:
        mend = "give at least one element along each spatial axis"
        raise ValueError(f"{name} has shape {shape} and nothing along spatial axis {empty[0]}; {mend}")
    return spatial


def _axes_of(axes, rank, name, default):
    if axes is None:
        if rank not in default:
            mend = "name them with axes=(...)" if rank else "give an array with at least one axis"
            raise ValueError(f"{name} has rank {rank} and only ranks 1 to 5 have default spatial axes; {mend}")
        return default[rank]
    try:
        if isinstance(axes, bool) or (listed(axes) and any(isinstance(axis, bool) for axis in axes)):
            raise TypeError
        spatial = np.lib.array_utils.normalize_axis_tuple(tuple(axes) if listed(axes) else operator.index(axes), rank)
    except TypeError:
        raise TypeError(f"axes={axes!r} must hold ints: the spatial axes of {name}") from None
    except ValueError:  # an axis that is not there, or twice
        spatial = ()
    if not spatial:
        raise ValueError(
            f"axes={axes!r} must name one or more different axes of {name}, each from {-rank} to {rank - 1}"
        )
    return spatial


def adaptive_plan(shape: tuple[int, ...], output_size: Ints, axes: Axes, name: str = "output_size") -> Plan:
    """The bins of an adaptive pool; if all along each axis are alike and touch, they are windows.

    >>> adaptive_plan((6,), 3, None).placed[0].window, adaptive_plan((5,), 3, None).placed
    (2, (Bins(size=5, count=3),))
    """
    axes = spatial_axes(axes, shape)
    counts = ints(name, output_size, len(axes), least=1, mend="a size of 1 is the global pool")
    sizes = [shape[axis] for axis in axes]
    outputs = math.prod(counts) * math.prod(shape) // math.prod(sizes)
    bounded(name, output_size, outputs, 2 * math.prod(shape), "give fewer bins")
    if any(size % count for size, count in zip(sizes, counts)):
        return Plan(shape, axes, tuple(map(Bins, sizes, counts)))
    return kept_plan(shape, axes, place(sizes, [size // count for size, count in zip(sizes, counts)]))


def starts(along: Windows | Bins, outputs: slice = slice(None)) -> np.ndarray:
    """Position of the first element of each window.

    >>> starts(place((5,), 2, padding=[(1, 0)])[0])
    array([-1,  1,  3])
    """
    if isinstance(along, Bins):
        return along.starts[outputs]
    return np.arange(along.count, dtype=np.int64)[outputs] * along.stride - along.before


def column(values: ArrayLike, axis: int, rank: int) -> np.ndarray:
    """`values` along one axis of an array of that rank."""
    return np.array(values).reshape([-1 if a == axis else 1 for a in range(rank)])


def outer(values: Iterable[ArrayLike], axes: Iterable[int], rank: int) -> np.ndarray:
    """The products of values along several axes of an array of that rank.

    >>> outer([[1, 2], [3, 4, 5]], (0, 1), rank=2)
    array([[ 3.,  4.,  5.],
           [ 6.,  8., 10.]])
    """
    product = np.ones((1,) * rank)
    for along, axis in zip(values, axes):
        product = product * column(along, axis, rank)
    return product
