"""The fast folds: what lies under each window combined by a NumPy function, and the one rule that picks the algorithm.

One axis is folded after the other, so that a k x k window costs k + k steps. An algorithm sees the axis as the middle
one of three: `x` of (before, length, after) is contiguous and holds every window whole; `y` of (before, windows, after)
takes the result. `fold` puts the padding in, and works in slabs that stay in the processor's cache.

Why not six lines? Milliseconds for the maximum of float32, best of 15 turns in one thread of a 2-core x86-64 with NumPy
2.4; in brackets as a multiple of ours. Taps are k x k strided slices, combined; separable are k along one axis, then k
along the other.

===================  ==============  =====  ===========  ==========
images               window, stride  ours   taps         separable
===================  ==============  =====  ===========  ==========
8 x 112 x 112 x 64   2, 2            2.7    5.2 (2.0)    5.6 (2.1)
8 x 112 x 112 x 64   3, 2            3.4    11.3 (3.3)   9.4 (2.7)
1 x 28 x 28 x 1      2, 2            0.004  0.005 (1.6)  0.006 (1.7)
1 x 1024 x 1024 x 1  2, 2            0.41   0.41 (1.0)   0.45 (1.1)
1 x 1024 x 1024 x 1  15, 1           1.5    56 (38)      5.1 (3.5)
1 x 1024 x 1024 x 3  31, 1           6.0    1332 (223)   56 (9.3)
===================  ==============  =====  ===========  ==========

Places and gradients have the same choice, between a step for each element of a window and a few for any number. What
the first costs, as a multiple of the other, in one interleaved run:

- Places in windows that share no element are searched for: 16 x 16 2.1, 128 x 128 10, a whole line of 1,000,000 3900;
  7 x 7, and in a line 30, about 1: hence `SEARCHED`.
- Places in windows that share elements come by doubling, as the maximum: 64 x 64 at stride 1 3.2.
- Gradients follow the index: 64 x 64 at stride 1 500, 7 x 7 3.5, 3 x 3 1.4; 2 x 2 at best 1.0, and 0.3 in arrays
  beyond the cache: hence `COMPARED`.
"""

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import overload

import numpy as np

from pooling_lib.geometry import Windows, extent
from pooling_lib.plans import Bins, Plan, column, starts

#: Bytes of input in a slab. It is read from memory once; what comes between a slab's input and output stays in cache.
SLAB = 1 << 19
#: Bytes of an array so small that the calls cost more than the work.
SMALL = 1 << 13
#: Starting one more contiguous run costs a NumPy function about as much as this many elements of it.
RUN = 400
#: Windows of so many elements that share none are searched for their largest, rather than folded with its place.
SEARCHED = 32
#: Up to so many elements of a window are compared with the index one by one; with more, the index is followed.
COMPARED = 8
#: NumPy copies runs shorter than its buffer into it: from this many elements on that costs more than it gains.
BUFFER = 1024
#: Combining an element with itself changes nothing: windows may be joined with an overlap.
IDEMPOTENT = (np.maximum, np.minimum, np.fmax, np.fmin, np.bitwise_and, np.bitwise_or)

#: Room for what comes between, given its number and size.
Scratch = Callable[[int, int], np.ndarray]
Algorithm = Callable[[np.ufunc, np.ndarray, np.ndarray, int, int, int, Scratch], None]


def strided(
    combine: np.ufunc, x: np.ndarray, y: np.ndarray, window: int, stride: int, dilation: int, scratch: Scratch
) -> None:
    """One step for each element of the window, for all windows at once: x[0::stride] with x[1::stride], ... ."""
    span = (y.shape[1] - 1) * stride + 1
    combine(x[:, :span:stride], x[:, dilation : dilation + span : stride], out=y)
    for tap in range(2 * dilation, window * dilation, dilation):
        combine(y, x[:, tap : tap + span : stride], out=y)


def halving(
    combine: np.ufunc, x: np.ndarray, y: np.ndarray, window: int, stride: int, dilation: int, scratch: Scratch
) -> None:
    """Windows that touch: lay one half of every window over the other, until two or three elements are left."""
    parts = x[:, : y.shape[1] * window].reshape(x.shape[0], y.shape[1], window, x.shape[2])
    while parts.shape[2] > 3:
        half, odd = divmod(parts.shape[2], 2)
        rest = parts[:, :, 2 * half :]
        parts = combine(parts[:, :, :half], parts[:, :, half : 2 * half])
        if odd:
            combine(parts[:, :, :1], rest, out=parts[:, :, :1])
    combine(parts[:, :, 0], parts[:, :, 1], out=y)
    if parts.shape[2] == 3:
        combine(y, parts[:, :, 2], out=y)


def doubling(
    combine: np.ufunc, x: np.ndarray, y: np.ndarray, window: int, stride: int, dilation: int, scratch: Scratch
) -> None:
    """Windows that share elements share work: join windows of 1 to windows of 2, of 4, ...; keep each stride-th.

    They are joined at every place. The array is taken as one long line, so that every step is a single
    contiguous run. Windows that run over the end of a row come out as nonsense, and are not kept.
    """
    _, length, after = x.shape
    pitch = length * after * x.itemsize, stride * after * x.itemsize, x.itemsize
    whole = line = x.reshape(-1)
    *steps, last = _chain(window, combine in IDEMPOTENT)

    def pair(itself, distance):
        other = (line if itself else whole)[distance * dilation * after :]
        return line[: other.size], other

    for turn, step in enumerate(steps):
        a, b = pair(*step)
        line = combine(a, b, out=scratch(turn % 2, b.size))
    a, b = pair(*last)
    if stride == 1 or after >= RUN:  # long runs: the last step goes straight to its place
        combine(np.ndarray(y.shape, x.dtype, a, 0, pitch), np.ndarray(y.shape, x.dtype, b, 0, pitch), out=y)
        return
    line = combine(a, b, out=scratch(len(steps) % 2, b.size))
    kept = np.ndarray(y.shape, x.dtype, line, 0, pitch)
    if after <= 4:  # runs this short cost more than one long run for each channel
        for channel in range(after):
            y[..., channel] = kept[..., channel]
    else:
        y[...] = kept


def skipping(
    combine: np.ufunc, x: np.ndarray, y: np.ndarray, window: int, stride: int, dilation: int, scratch: Scratch
) -> None:
    """Windows of one element: there is nothing to combine."""
    y[...] = x[:, : (y.shape[1] - 1) * stride + 1 : stride]


@lru_cache
def _chain(window, idempotent):
    """How windows of 1 grow to `window`: joined with themselves (True) or one element (False), at which distance."""
    width, steps = 1, []
    if idempotent:
        while width < window:
            steps.append((True, min(width, window - width)))
            width += steps[-1][1]
    else:
        for bit in bin(window)[3:]:
            steps.append((True, width))
            width *= 2
            if bit == "1":
                steps.append((False, width))
                width += 1
    return steps


def choose(window: int, stride: int, dilation: int, after: int, idempotent: bool) -> Algorithm:
    """The algorithm that touches the fewest elements for one output, with `RUN` elements for starting a run.

    >>> choose(2, 2, 1, after=64, idempotent=True).__name__, choose(2, 2, 1, after=7168, idempotent=True).__name__
    ('doubling', 'strided')
    >>> choose(31, 1, 1, after=1, idempotent=True).__name__, choose(512, 512, 1, after=3, idempotent=False).__name__
    ('doubling', 'halving')
    """
    if window == 1:
        return skipping
    run = RUN if after > 1 else 2  # without channels, all windows of a row are one run
    steps = len(_chain(window, idempotent))
    price: dict[Algorithm, float] = {
        strided: (window - 1) * (after + run),
        doubling: steps * stride * after + after + run / 3,
    }
    if stride == window and dilation == 1:
        price[halving] = window * after + run * math.log2(window)
    return min(price, key=price.__getitem__)


@lru_cache(maxsize=1024)
def stages(plan: Plan, idempotent: bool) -> list[tuple[Algorithm, int, int, int]]:
    """For each spatial axis: its algorithm, with the window, stride and dilation that it works on."""
    chosen, after = [], _form(plan)[2]
    for along in reversed(plan.placed):
        stride = along.stride if along.count > 1 else along.window  # one window has no stride
        chosen.append(
            (choose(along.window, stride, along.dilation, after, idempotent), along.window, stride, along.dilation)
        )
        after *= along.size
    return chosen[::-1]


@lru_cache(maxsize=1024)
def depth(plan: Plan) -> int:
    """How many additions may follow one another in a sum over a window: its rounding error grows with that number."""
    one_by_one = _planes(plan.trimmed)
    return sum(
        window - 1 if one_by_one or algorithm is strided else 2 * (window.bit_length() - 1)
        for algorithm, window, *_ in stages(plan.trimmed, False)
    )


@overload
def fold(
    x: np.ndarray,
    plan: Plan,
    combine: np.ufunc,
    identity: float,
    dtype: np.dtype | None = ...,
    divisor: np.ndarray | None = ...,
) -> np.ndarray: ...


@overload
def fold(
    x: np.ndarray,
    plan: Plan,
    combine: np.ufunc,
    identity: float,
    dtype: np.dtype | None = ...,
    divisor: np.ndarray | None = ...,
    *,
    unless_infinite: bool,
) -> np.ndarray | None: ...


def fold(
    x: np.ndarray,
    plan: Plan,
    combine: np.ufunc,
    identity: float,
    dtype: np.dtype | None = None,
    divisor: np.ndarray | None = None,
    unless_infinite: bool = False,
) -> np.ndarray | None:
    """Combine the elements under each window, then divide.

    Parameters
    ----------
    x : ndarray
        Its shape is the plan's.
    plan : Plan
        Where the windows stand.
    combine : ufunc
        Does not care how its operands are grouped and ordered, such as np.maximum and np.add.
    identity : number
        What padding counts as: combined with it, every element stays what it is.
    dtype : dtype, optional
        What to compute in; by default as `x`.
    divisor : ndarray, optional
        From `window_sizes`: what the outputs are divided by.
    unless_infinite : bool
        Give up where a result is infinite or NaN, for a sum may have overflowed.

    Returns
    -------
    ndarray of that dtype, in the machine's byte order; None if it gave up

    Examples
    --------
    >>> from pooling_lib.plans import plan
    >>> x = np.array([3, -1, 4, 1])
    >>> fold(x, plan(x.shape, 2, 1, "valid", 1, False, None), np.multiply, 1)
    array([-3, -4,  4])
    """
    if x.size == 0:
        return np.empty(plan.result, (dtype or x.dtype).newbyteorder("="))
    if x.nbytes <= SMALL and plan.inner:
        y = _fold_small(x if dtype is None else x.astype(dtype, copy=False), plan, combine)
        return y if _divided(y, divisor, unless_infinite) else None
    plan, dtype = plan.trimmed, np.dtype((dtype or x.dtype).char)  # the machine's byte order
    if _planes(plan):
        y = _fold_planes(together(x, plan), plan, combine, dtype)
        divided = _divided(y, divisor, unless_infinite)
    else:
        y, divided = _fold_slabs(together(x, plan), plan, combine, identity, dtype, divisor, unless_infinite)
    return apart(y, plan) if divided else None


def _fold_slabs(whole, plan, combine, identity, dtype, divisor, unless_infinite):
    """Slab by slab, each through all stages while it is in cache: the outputs, and whether all is well."""
    steps = stages(plan, combine in IDEMPOTENT)
    y = np.empty((len(whole), *(along.count for along in plan.placed), whole.shape[-1]), dtype)
    lines: dict[int, np.ndarray] = {}
    between: dict[tuple[int, ...], tuple[list[np.ndarray], list[np.ndarray]]] = {}  # for slabs of each size

    def scratch(name, size):
        if name not in lines or lines[name].size < size:
            lines[name] = np.empty(size, dtype)
        return lines[name][:size]

    with _Buffer():
        for part, slab in slabs(whole, plan, identity, dtype):
            out = y[slab]
            if out.shape[:2] not in between:
                between[out.shape[:2]] = _between(out.shape[:2], plan, whole.shape[-1], identity, dtype)
            inside, padded = between[out.shape[:2]]
            last = out.reshape(-1, *out.shape[-2:])
            for (algorithm, window, stride, dilation), source, target in zip(steps, (part, *padded), (*inside, last)):
                algorithm(combine, source, target, window, stride, dilation, scratch)
            counts = divisor if divisor is None or divisor.ndim == 0 else divisor[:, slab[1]]
            if not _divided(out, counts, unless_infinite):
                return y, False
    return y, True


def _divided(y, divisor, unless_infinite):
    """Divide in place; whether all is well. A sum of squares, of what is in cache, tells whether `y` is finite."""
    if divisor is not None:
        np.divide(y, divisor, out=y)
    return not unless_infinite or math.isfinite(np.vdot(y, y))


@lru_cache(maxsize=1024)
def window_sizes(plan: Plan, padding: bool, dtype: np.dtype) -> np.ndarray:
    """The plan's counts, to divide the outputs of `fold` by: in their form, or a single number where all are alike."""
    sizes = [along.counts(padding) for along in plan.placed]
    if all(min(along) == max(along) for along in sizes):
        return np.array(math.prod(along[0] for along in sizes), dtype)
    counts = np.moveaxis(plan.counts(padding), plan.axes, range(-len(plan.axes), 0))  # of one element along the others
    return counts.reshape(1, *(along.count for along in plan.placed), 1).astype(dtype)


class _Buffer:
    """While it is entered, NumPy's own buffer has the size that suits long runs."""

    def __enter__(self):
        self.size = np.setbufsize(BUFFER)

    def __exit__(self, *error):
        np.setbufsize(self.size)


def _fold_small(x, plan, combine):
    """`doubling` along all axes at once, where calls cost more than work: few, and all on one contiguous line."""
    axes, kept = _small(plan, combine in IDEMPOTENT)
    line = x.reshape(-1)
    for steps in axes:
        whole = line
        for itself, here, there in steps:
            line = combine(line[here], (line if itself else whole)[there])
    return line[kept]


@lru_cache(maxsize=256)
def _small(plan, idempotent):
    """For each axis, the parts of the line that meet in each step; and in the last line the places of all outputs."""
    axes, kept, size = [], np.zeros((), np.int64), math.prod(plan.shape)
    placed = dict(zip(plan.axes, plan.placed))
    for axis, outputs in enumerate(plan.result):
        pitch, stride = math.prod(plan.shape[axis + 1 :]), 1
        if axis in placed:
            along, whole, steps = placed[axis], size, []
            stride = along.stride if outputs > 1 else 1
            for itself, distance in _chain(along.window, idempotent):
                shift = distance * along.dilation * pitch
                size = (size if itself else whole) - shift
                steps.append((itself, slice(size), slice(shift, shift + size)))
            axes.append(steps)
        kept = kept[..., np.newaxis] + np.arange(outputs) * stride * pitch
    return axes, kept


@lru_cache(maxsize=1024)
def _planes(plan):
    """Whether one window covers each whole plane, in few and long runs."""
    whole = all(along.window == along.size and along.dilation == along.count == 1 for along in plan.placed)
    return whole and plan.inner and _form(plan)[2] >= RUN and sum(along.size for along in plan.placed) <= 16


def _fold_planes(x, plan, combine, dtype):
    """The last axis first, so that what is combined with stays in the fastest cache."""
    for axis in range(len(plan.placed), 0, -1):
        x = combine.reduce(x, axis, dtype=dtype, keepdims=True)
    return x


@lru_cache(maxsize=1024)
def _form(plan):
    """The array seen as (lead, spatial sizes, after): the order of its axes (None: as it is), lead and after."""
    first, stop = plan.axes[0], plan.axes[0] + len(plan.axes)
    if plan.axes == tuple(range(first, stop)):
        return None, math.prod(plan.shape[:first]), math.prod(plan.shape[stop:])
    others = [axis for axis in range(len(plan.shape)) if axis not in plan.axes]
    return (*others, *plan.axes), math.prod(plan.shape[axis] for axis in others), 1


def together(x: np.ndarray, plan: Plan) -> np.ndarray:
    """`x`, or an array of outputs, contiguous, as (lead, the spatial axes in their order, after)."""
    order, lead, after = _form(plan)
    moved = x if order is None else x.transpose(order)
    spatial = [x.shape[axis] for axis in plan.axes]
    # NumPy's own dtype object, not a new one of the same kind: with another its functions go the long way.
    return np.ascontiguousarray(moved, np.dtype(x.dtype.char)).reshape(lead, *spatial, after)


def apart(y: np.ndarray, plan: Plan) -> np.ndarray:
    """The reverse of `together`, for an array of outputs, or of inputs where it has their sizes."""
    order, *_ = _form(plan)
    sizes = dict(zip(plan.axes, y.shape[1:-1]))
    shape = [sizes.get(axis, size) for axis, size in enumerate(plan.shape)]
    if order is None:
        return y.reshape(shape)
    return np.ascontiguousarray(y.reshape([shape[axis] for axis in order]).transpose(np.argsort(order)))


def slabs(
    whole: np.ndarray, plan: Plan, identity: float, dtype: np.dtype
) -> Iterator[tuple[np.ndarray, tuple[slice, slice]]]:
    """The work in pieces: each one's input, (images, rows, after), padded and of that dtype; and its outputs' place."""
    top = plan.placed[0]
    lines = whole.reshape(*whole.shape[:2], -1)
    halo = extent(top.window, top.dilation) - 1
    rows = max(SLAB // (lines.shape[2] * dtype.itemsize * top.stride), 2 * halo // top.stride, 1)
    images, rows = max(1, rows // top.count), -(-top.count // -(-top.count // rows))  # slabs of about one size
    for image in range(0, len(lines), images):
        for row in range(0, top.count, rows):
            some, stop = lines[image : image + images], min(row + rows, top.count)
            low, high = top.start(row), top.start(stop - 1) + halo + 1
            if low < 0 or high > top.size:
                part = np.full((len(some), high - low, some.shape[2]), identity, dtype)
                begin, end = (min(max(place, 0), top.size) for place in (low, high))
                part[:, begin - low : end - low] = some[:, begin:end]
            else:
                part = (some[:, low:high] if rows < top.count else some).astype(dtype, copy=False)
            yield part, (slice(image, image + images), slice(row, stop))


def _between(rows, plan, after, identity, dtype):
    """For every spatial axis but the first, its padded input: the part that the stage before fills, and all of it."""
    inside, padded, before = [], [], list(rows)
    for axis, along in enumerate(plan.placed[1:], 1):
        run = after * math.prod(later.size for later in plan.placed[axis + 1 :])
        length = max(
            along.before + along.size,
            along.start(along.count - 1) + along.before + extent(along.window, along.dilation),
        )
        whole = np.full((math.prod(before), length, run), identity, dtype)
        lines = whole.reshape(math.prod(before[:-1]), before[-1], -1)
        inside.append(lines[:, :, along.before * run : (along.before + along.size) * run])
        padded.append(whole)
        before.append(along.count)
    return inside, padded


def fold_argmax(x: np.ndarray, plan: Plan, lowest: float) -> tuple[np.ndarray, np.ndarray]:
    """Largest element under each window, and its position in the flattened spatial plane.

    The last axis goes first, and a later element has to be larger to win: so the first in row-major
    order keeps a tie. Beside each largest element goes a small code: which element of the window it is.
    `lowest` is no larger than any element; where it wins, it stands for the first real one.
    """
    if x.size == 0:
        return np.empty(plan.result, x.dtype), np.empty(plan.result, np.int64)
    plan, whole = plan.trimmed, together(x, plan)
    if plan.overlap == 1 and math.prod(along.window for along in plan.placed) >= SEARCHED:
        where = _first_places(whole, together(fold(x, plan, np.maximum, lowest), plan), plan)
        planes, places = (array.reshape(len(whole), -1, whole.shape[-1]) for array in (whole, where))
        y = np.take_along_axis(planes, places, 1).reshape(where.shape)  # of 0.0 and -0.0 the first
        return apart(y, plan), apart(where, plan)
    counts = [along.count for along in plan.placed]
    y, where = (np.empty((len(whole), *counts, whole.shape[-1]), dtype) for dtype in (whole.dtype, np.int64))
    with _Buffer():
        for part, slab in slabs(whole, plan, lowest, whole.dtype):
            best = _padded(part.reshape(*part.shape[:2], *whole.shape[2:]), plan, lowest)
            careful = x.dtype.kind == "f" and (np.isnan(best.min()) or (np.signbit(best) & (best == 0)).any())
            codes: list[np.ndarray] = []
            for axis, along in reversed(list(enumerate(plan.placed, 1))):
                best, codes = _argmax_along(axis, y[slab].shape[axis], along, best, codes, careful)
            y[slab] = best
            where[slab] = _positions(codes, plan, slab[1])
    return apart(y, plan), apart(where, plan)


def _first_places(whole, y, plan):
    """Where each window's largest element comes first: a search for what is equal to it, as no two share an element."""
    top, lead = plan.placed[0], len(whole)
    if whole.shape[-1] == 1 and all(along.count == 1 and along.window == along.size for along in plan.placed):
        return np.argmax(whole.reshape(lead, -1), 1).astype(np.int64).reshape(y.shape)
    wide = y  # along all axes but the first, each output as often as its window has elements
    for axis, along in enumerate(plan.placed[1:], 2):
        wide = np.repeat(wide, _reaches(along), axis)
    lines, wide = whole.reshape(lead, top.size, -1), wide.reshape(lead, top.count, -1)
    outputs = np.repeat(np.arange(top.count), _reaches(top)) if top.count > 1 else None
    where, nan = np.empty(y.shape, np.int64), whole.dtype.kind == "f" and np.isnan(y.min())
    for images, rows in reversed(list(pieces(lines))):  # from the end: what comes first is written last
        some = lines[images, rows]
        best = wide[images] if outputs is None else wide[images].take(outputs[rows], 1)
        hits = some == best
        if nan:
            hits |= (some != some) & (best != best)
        places = np.unravel_index(np.flatnonzero(hits)[::-1], (*hits.shape[:2], *whole.shape[2:]))
        _put_places(where, [places[0] + images.start, places[1] + rows.start, *places[2:]], plan)
    return where


def _reaches(along):
    """How many elements lie from each window's start to the next one's: all of the axis, once."""
    begins = np.maximum(starts(along), 0)
    return np.diff(begins, append=along.size).astype(np.intp)


def _put_places(where, places, plan):
    """Each element's flat position, put down for the output whose window it lies under, if it does."""
    flat, under, outputs = np.zeros((), np.int64), np.True_, []
    for along, place in zip(plan.placed, places[1:]):
        output, after = np.divmod(place + along.before, along.stride)
        under = under & (output < along.count) & (after < extent(along.window, along.dilation))
        under = under & (after % along.dilation == 0)
        outputs.append(output)
        flat = flat * along.size + place
    to = places[0], *outputs, places[-1]
    where[tuple(index[under] for index in to)] = flat[under]


def pieces(lines: np.ndarray, share: int = 1) -> Iterator[tuple[slice, slice]]:
    """An array of (images, rows, ...) in pieces of a slab, or a share of it: several images, or some rows of one."""
    rows = max(1, SLAB // share // lines[0, 0].nbytes)
    images, rows = max(1, rows // lines.shape[1]), min(rows, lines.shape[1])
    for image, row in itertools.product(range(0, len(lines), images), range(0, lines.shape[1], rows)):
        yield slice(image, image + images), slice(row, min(row + rows, lines.shape[1]))


def _padded(part, plan, identity):
    """`part` with the padding of every spatial axis but the first, which has its own already."""
    for axis, along in enumerate(plan.placed[1:], 2):
        after = max(0, along.start(along.count - 1) + extent(along.window, along.dilation) - along.size)
        if along.before or after:
            ends = [(along.before, after) if a == axis else (0, 0) for a in range(part.ndim)]
            part = np.pad(part, ends, constant_values=identity)
    return part


def _argmax_along(axis, count, along, part, codes, careful):
    """Fold one axis: the largest elements, and their codes along this axis and along those folded before."""
    span, doublings = (count - 1) * along.stride + 1, (along.window - 1).bit_length()
    if 3 * doublings * part.shape[axis] < (along.window - 1) * count:
        best, codes = _argmax_doubling(axis, along, part, codes, careful)
        kept = (slice(None),) * axis + (slice(0, span, along.stride),)
        return best[kept], [code[kept] for code in codes]

    def tap(array, number):
        begin = number * along.dilation
        return array[(slice(None),) * axis + (slice(begin, begin + span, along.stride),)]

    return _argmax_taps(tap, along.window, part, codes, careful)


def _argmax_taps(tap, window, part, codes, careful):
    """Element by element of the window, where `tap` gives that of all windows.

    np.maximum is fast, but knows no first of two NaN, nor of 0.0 and -0.0: where there are any, be careful.
    """
    best, kept = tap(part, 0).copy(), [tap(code, 0).copy() for code in codes]
    own = np.zeros(best.shape, np.min_scalar_type(window - 1))
    for number in range(1, window):
        new = tap(part, number)
        wins = new > best
        if careful:
            wins |= np.isnan(new) & ~np.isnan(best)
        np.maximum(own, wins * own.dtype.type(number), out=own)
        for code, old in zip(codes, kept):
            old += (tap(code, number) - old) * wins  # unsigned: what wraps around wraps back
        if careful:
            np.copyto(best, new, where=wins)
        else:
            np.maximum(best, new, out=best)
    return best, [own, *kept]


def argmax_bins(
    axis: int, along: Bins, x: np.ndarray, codes: list[np.ndarray], careful: bool
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Fold one axis under bins: the largest elements, and their codes along this axis and along those folded before."""
    if along.count >= along.window:
        return _argmax_taps(
            lambda array, number: array.take(along.taken(number), axis), along.window, x, codes, careful
        )
    before, found = (slice(None),) * axis, []
    for inside in along.slices():  # a few long bins: one by one
        own = np.expand_dims(np.argmax(x[(*before, inside)], axis), axis)
        others = [np.take_along_axis(array[(*before, inside)], own, axis) for array in (x, *codes)]
        found.append([others[0], own.astype(np.min_scalar_type(along.window - 1)), *others[1:]])
    best, *codes = [np.concatenate(parts, axis) for parts in zip(*found)]
    return best, codes


def _argmax_doubling(axis, along, part, codes, careful):
    """As `doubling`, at every place: windows of 1, of 2, of 4, ...; the later half has to be larger to win."""
    own = np.zeros(part.shape, np.min_scalar_type(along.window - 1))
    best, codes = part, [own, *codes]
    for _, further in _chain(along.window, True):
        first, later = ((slice(None),) * axis + (half,) for half in _halves(best.shape[axis], further * along.dilation))
        wins = best[later] > best[first]
        if careful:
            wins |= np.isnan(best[later]) & ~np.isnan(best[first])
        own, *others = codes
        own = own[first] + (own[later] + own.dtype.type(further) - own[first]) * wins
        codes = [own, *(code[first] + (code[later] - code[first]) * wins for code in others)]
        best = np.where(wins, best[later], best[first])
    return best, codes


def _halves(length, further):
    return slice(0, length - further), slice(further, length)


def _positions(codes, plan, rows):
    """Flat positions from the codes along each axis, for the outputs of some rows."""
    where = np.zeros((), np.int64)
    for axis, (code, along) in enumerate(zip(codes, plan.placed), 1):
        begins = starts(along, rows if axis == 1 else slice(None))
        before = np.maximum(-(begins // along.dilation), 0)  # elements of the window in the padding
        number = np.maximum(code, column(before, axis, code.ndim).astype(code.dtype)).astype(np.int64)
        where = where * along.size + column(begins, axis, code.ndim) + number * along.dilation
    return where


def route(dy: np.ndarray, indices: np.ndarray, plan: Plan) -> np.ndarray:
    """Add each gradient up at its output's index.

    Raises
    ------
    ValueError
        If an index is not under its output's window: its gradient would be lost.
    """
    if dy.size == 0:
        return np.zeros(plan.shape, dy.dtype)
    plan, gradients, where = plan.trimmed, together(dy, plan), together(indices, plan)
    dx = np.zeros((len(gradients), *(along.size for along in plan.placed), gradients.shape[-1]), gradients.dtype)
    few = isinstance(plan.placed[0], Windows) and math.prod(along.window for along in plan.placed) <= COMPARED
    with _Buffer():
        found = (_route_by_taps if few else _route_by_index)(gradients, where, dx, plan)
    if found < dy.size:
        mend = "give the indices that max_pool or adaptive_max_pool returned, and its settings"
        raise ValueError(f"{dy.size - found} of {dy.size} indices do not lie under their windows; {mend}")
    return apart(dx, plan)


def _route_by_taps(gradients, where, dx, plan):
    """For every element of the window, the outputs whose index it is. How many indices were found.

    Not the gradient's value is multiplied by 0 or 1 but its bits: infinity times 0 would be NaN.
    """
    (begins, taps), top, found = _offsets(plan), plan.placed[0], 0
    for images, rows in pieces(gradients, 4):
        ours, target = gradients[images, rows], dx[images]
        # Where in its window each index lies: so many elements of the plane after the window's first.
        offsets = where[images, rows] - begins[:, rows]
        for (offset, outputs, inputs), *others in itertools.product(*taps):
            first, last = max(outputs.start, rows.start), min(outputs.stop, rows.stop)
            if first < last:
                start = inputs.start + (first - outputs.start) * top.stride
                to = (
                    slice(None),
                    slice(start, start + (last - first - 1) * top.stride + 1, top.stride),
                    *(into for _, _, into in others),
                )
                of = (slice(None), slice(first - rows.start, last - rows.start), *(out for _, out, _ in others))
                hits = offsets[of] == offset + sum(further for further, *_ in others)
                found += int(np.count_nonzero(hits))
                if plan.overlap > 1:
                    target[to] += _where(hits, ours[of])
                else:
                    target[to] = _where(hits, ours[of])
    return found


@lru_cache(maxsize=1024)
def _offsets(plan):
    """Each window's first flat position; and for each axis how far after it each element lies, beside its `taps`."""
    pitches = [math.prod(along.size for along in plan.placed[axis:]) for axis in range(1, len(plan.placed) + 1)]
    begins, rank = np.zeros((), np.int64), len(pitches) + 2
    for axis, (along, pitch) in enumerate(zip(plan.placed, pitches), 1):
        begins = begins + column(pitch * starts(along), axis, rank)
    return begins, [
        [(pitch * along.dilation * number, *tap) for number, *tap in along.numbered_taps()]
        for along, pitch in zip(plan.placed, pitches)
    ]


def _route_by_index(gradients, where, dx, plan):
    """Each gradient to its place at once, whatever the window. How many indices were found; none go astray."""
    planes = column(np.arange(len(dx), dtype=np.int64) * dx[:1].size, 0, dx.ndim)
    corners, flat, found = planes + np.arange(dx.shape[-1]), dx.reshape(-1), 0
    for images, rows in pieces(where):
        some, numbers = where[images, rows], gradients[images, rows].reshape(-1)
        under = int(np.count_nonzero(_under(some, plan, rows)))
        found += under
        if under == some.size:
            places = (some * dx.shape[-1] + corners[images]).reshape(-1)
            if plan.overlap > 1:
                np.add.at(flat, places, numbers)
            else:
                flat[places] = numbers
    return found


def _under(where, plan, rows):
    """Whether each flat position lies under its own window."""
    under, rest = np.True_, where
    for axis, along in reversed(list(enumerate(plan.placed, 1))):
        above = rest // along.size if axis > 1 else 0
        place = rest - above * along.size
        begins = starts(along, rows if axis == 1 else slice(None))
        after = place - column(begins, axis, where.ndim)
        under = under & (place.view(np.uint64) < along.size)  # what is negative is large
        if isinstance(along, Bins):
            lengths = along.lengths[rows if axis == 1 else slice(None)]
            under = under & (after.view(np.uint64) < column(lengths, axis, where.ndim).view(np.uint64))
        else:
            under = under & (after.view(np.uint64) < extent(along.window, along.dilation))
            under = under & (after % along.dilation == 0) if along.dilation > 1 else under
        rest = above
    return under


def _where(hits, numbers):
    """The numbers where `hits`, and 0 elsewhere: much faster than np.where."""
    if numbers.itemsize > 8:
        return np.where(hits, numbers, 0)
    bits = f"u{numbers.itemsize}"
    return (numbers.view(bits) * hits).view(numbers.dtype)


def spread(dy: np.ndarray, plan: Plan) -> np.ndarray:
    """Add each gradient to all elements under its window, one axis after the other: the adjoint of the sum.

    At stride 1 it is a sum itself: an element lies under as many windows in a row as one has elements.
    """
    if plan.overlap > 1 and all(along.stride == 1 or along.count == 1 for along in plan.placed):
        turned = []
        for along in plan.trimmed.placed:
            padding = extent(along.window, along.dilation) - 1 - along.before
            turned.append(replace(along, size=along.count, stride=1, before=padding, count=along.size))
        return fold(dy, Plan(dy.shape, plan.axes, tuple(turned)), np.add, 0)
    dx, shared = together(dy, plan), plan.overlap > 1
    for axis, along in reversed(list(enumerate(plan.placed, 1))):
        dy, dx = dx, np.zeros((*dx.shape[:axis], along.size, *dx.shape[axis + 1 :]), dx.dtype)
        before = (slice(None),) * axis
        for outputs, inputs in along.steps():
            if shared:
                dx[(*before, inputs)] += dy[(*before, outputs)]
            else:
                dx[(*before, inputs)] = dy[(*before, outputs)]
    return apart(dx, plan)
