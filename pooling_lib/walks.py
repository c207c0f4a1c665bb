"""The general walk over windows, and its adjoint: what pools and gradients are made of where no fast fold will do.

The walk takes the windows piece by piece, and within a piece tap by tap: one element of every window at a time. Its
adjoint goes the same way and leads each window's gradient back to the elements that it covers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pooling_lib import reductions
from pooling_lib.arguments import as_dtype, floating, lowest, sum_dtype, wide
from pooling_lib.geometry import Windows
from pooling_lib.kernels import argmax_bins, depth, fold, fold_argmax, route, spread
from pooling_lib.plans import Plan, column, outer
from pooling_lib.reductions import Reduction

#: Elements that the general walk takes at a time: its several arrays of float64 stay small beside the input.
PART = 1 << 16


def reduced(x: np.ndarray, plan: Plan, reduction: Reduction, dtype: np.dtype | None = None) -> np.ndarray:
    """`x` reduced under its windows, piece by piece; with `dtype`, computed in float64 and returned in that."""
    y: Any = None
    with np.errstate(all="ignore"):  # infinities and zeros take care of themselves
        for reads, makes, part in plan.parts(PART):
            piece = x[reads] if dtype is None else as_dtype(wide(dtype), x[reads])
            out = np.asarray(reduction.finish(states(piece, part, reduction), part.counts()))
            y = _room(y, plan.result, dtype or out.dtype)
            y[makes] = out
    return y


def _room(y, shape, dtype):
    """`y`, made when its dtype is known, in one that holds what stands in it and what is to come."""
    if y is None:
        return np.empty(shape, dtype)
    return y if np.can_cast(dtype, y.dtype) else y.astype(np.promote_types(y.dtype, dtype))


def states(x: np.ndarray, plan: Plan, reduction: Reduction) -> Any:
    """The state of each window: an array, or a tuple of arrays."""
    identity = reduction.identity if isinstance(reduction.identity, tuple) else (reduction.identity,)
    start = reduction.start(x)
    if isinstance(reduction.combine, np.ufunc):
        one = start.reshape(-1)[:1]
        # An infinite identity makes floats of integers.
        dtype = np.result_type(reduction.combine(one, one).dtype, identity[0])
        return fold(as_dtype(dtype, start), plan, reduction.combine, identity[0])
    several = isinstance(start, tuple)
    state = start if several else (start,)

    def combine(a, b):
        return reduction.combine(a, b) if several else (reduction.combine(*a, *b),)

    one = tuple(array.reshape(-1)[:1] for array in state)
    dtypes = [np.result_type(array.dtype, nothing) for array, nothing in zip(combine(one, one), identity)]
    state = tuple(as_dtype(dtype, array) for dtype, array in zip(dtypes, state))
    for axis, along in zip(plan.axes, plan.placed):
        shape = list(state[0].shape)
        shape[axis] = along.count
        merged = [np.full(shape, one, dtype) for one, dtype in zip(identity, dtypes)]
        before = (slice(None),) * axis
        for outputs, inputs in along.steps():
            # One element of many windows, or many of one, which first become one.
            part = _halved(tuple(array[(*before, inputs)] for array in state), axis, outputs, combine)
            now = combine(tuple(array[(*before, outputs)] for array in merged), part)
            for array, value in zip(merged, now):
                array[(*before, outputs)] = value
        state = tuple(merged)
    return state if several else state[0]


def _halved(state, axis, outputs, combine):
    """The state of several elements of one window combined, half with half; of one element each, as it is."""
    wanted, before = outputs.stop - outputs.start, (slice(None),) * axis
    while (length := state[0].shape[axis]) > wanted:
        half = length // 2
        first, second, odd = (
            tuple(array[(*before, slice(*ends))] for array in state)
            for ends in ((0, half), (half, 2 * half), (2 * half, length))
        )
        state = combine(first, second)
        if length % 2:
            state = tuple(np.concatenate(both, axis) for both in zip(state, odd))
    return state


def reduced_back(dy: np.ndarray, x: np.ndarray, plan: Plan, reduction: Reduction) -> np.ndarray:
    """The adjoint of `reduced`: to each element go the gradients of the outputs it feeds, times the slope there."""
    assert reduction.slope is not None  # pool_backward refuses others
    dx = np.zeros(x.shape, wide(dy.dtype))
    with np.errstate(all="ignore"):  # infinities and zeros take care of themselves
        for reads, makes, part in plan.parts(PART):
            state = states(x[reads], part, reduction)
            count = np.broadcast_to(part.counts(), part.result)
            y, gradients, target = reduction.finish(state, count), dy[makes], dx[reads]
            for outputs, inputs in part.steps():
                there = tuple(array[outputs] for array in state) if isinstance(state, tuple) else state[outputs]
                slope = reduction.slope(x[reads][inputs], y[outputs], there, count[outputs])
                target[inputs] += reductions.where_nan(gradients[outputs] * slope, slope == 0, 0)
        return as_dtype(dy.dtype, dx)


def added(dy: np.ndarray, plan: Plan, divisors: np.ndarray | None = None) -> np.ndarray:
    """Each gradient, divided, added to all elements under its window, in a dtype that keeps such a sum accurate."""
    dtype = sum_dtype(dy.dtype, plan.overlap - 1)
    share = as_dtype(dtype, dy)
    with np.errstate(invalid="ignore", over="ignore"):  # inf - inf is a NaN, as it should be
        if divisors is not None:
            share = share / as_dtype(dtype, divisors)
        return as_dtype(dy.dtype, spread(share, plan))


def routed(dy: np.ndarray, indices: np.ndarray, plan: Plan) -> np.ndarray:
    """Each gradient added to the element that its index names, in a dtype that keeps such a sum accurate."""
    dtype = sum_dtype(dy.dtype, plan.overlap - 1) if plan.overlap > 1 else dy.dtype
    with np.errstate(invalid="ignore", over="ignore"):
        return as_dtype(dy.dtype, route(as_dtype(dtype, dy), indices, plan))


def undivided(dtype: np.dtype) -> None:
    """What the sums are divided by: nothing."""


def summed(
    x: np.ndarray, plan: Plan, dtype: np.dtype, sizes: Callable[[np.dtype], np.ndarray | None] = undivided
) -> np.ndarray:
    """Sums under the windows, over their sizes in the dtype computed in: no sum overflows where the result does not."""
    narrow, broad = sum_dtype(dtype, depth(plan)), wide(dtype)
    y: Any = None
    with np.errstate(invalid="ignore", over="ignore"):  # inf - inf is a NaN, as it should be
        if narrow != broad:
            y = fold(x, plan, np.add, 0, narrow, sizes(narrow), unless_infinite=True)
        if y is None:
            y = unless_too_large(lambda x: fold(x, plan, np.add, 0, broad, sizes(broad)), x)
        return as_dtype(dtype, y)


def unless_too_large(sums: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> np.ndarray:
    """`sums` of `x`, and where they overflow those of `x` in a larger unit."""
    y = sums(x)
    if x.dtype.itemsize < 8 or np.isfinite(y).all():
        return y
    return np.where(np.isfinite(y), y, sums(x * 2.0**-60) * 2.0**60)


def gathered(x: np.ndarray, plan: Plan, function: Callable[..., np.ndarray]) -> np.ndarray:
    """`x` reduced by a function: windows that cover equally many elements are copied out, and given to it together."""
    y: Any = None
    for reads, makes, part in plan.parts(PART):
        out: Any = None
        for groups in itertools.product(*(_alike(along) for along in part.placed)):
            elements = x[reads]
            for axis, (_, covered) in zip(part.axes, groups):
                elements = np.moveaxis(np.take(elements, covered, axis), axis + 1, -1)
                windows, number = elements.shape[: x.ndim], math.prod(elements.shape[x.ndim :])
                elements = elements.reshape(*windows, number)
            values = np.asarray(function(elements, axis=-1))
            if values.shape != windows:
                asked = f"{windows} windows; it must give one number for each, along axis=-1"
                raise ValueError(f"reduce={function!r} gave shape {values.shape} for {asked}")
            out = _room(out, part.result, values.dtype)
            place = [slice(None)] * x.ndim
            for axis, (outputs, _) in zip(part.axes, groups):
                place[axis] = outputs
            out[tuple(place)] = values
        y = _room(y, plan.result, out.dtype)
        y[makes] = out
    return y


def _alike(along: Windows):
    """The windows along one axis in groups that cover equally many elements: the outputs, the elements' positions."""
    inner = along.inner()
    if inner:
        yield slice(inner.start, inner.stop), np.array([along.covered(output) for output in inner])
    for output in [*range(inner.start), *range(inner.stop, along.count)]:
        yield slice(output, output + 1), np.array([along.covered(output)])


def drawn(x: np.ndarray, plan: Plan, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One element of each window, and its place: where a number below the window's sum falls among its sums so far."""
    places, chances = positions(plan), rng.random(plan.result)
    indices = np.empty(plan.result, np.int64)
    for reads, makes, part in plan.parts(PART):
        elements, there = as_dtype(wide(x.dtype), x[reads]), places[reads]
        few = math.prod(along.count for along in part.placed) < math.prod(along.window for along in part.trimmed.placed)
        indices[makes] = (_drawn_each if few else _drawn_taps)(elements, there, chances[makes], part)
    return as_dtype(floating(x.dtype), picked(x, indices, plan.axes)), indices


def _drawn_taps(elements, places, chances, part):
    """The places drawn, for all windows at once: one of their elements after the other."""
    total, seen, top = (np.zeros(part.result, elements.dtype) for what in ("total", "seen", "top"))
    place, done, taps = np.zeros(part.result, np.int64), np.zeros(part.result, bool), list(part.taps())
    for outputs, inputs in taps:
        np.maximum(top[outputs], elements[inputs], out=top[outputs])
    scale = -np.frexp(top)[1]  # a power of 2 for each window: no sum overflows, and no digit changes
    for outputs, inputs in taps:
        total[outputs] += np.ldexp(elements[inputs], scale[outputs])
    goal = chances * total
    for outputs, inputs in reversed(taps):
        place[outputs] = places[inputs]  # in the end the first of them: for a window of zeros
    for outputs, inputs in taps:
        seen[outputs] += np.ldexp(elements[inputs], scale[outputs])
        found = (seen[outputs] > goal[outputs]) & ~done[outputs]
        place[outputs] = np.where(found, places[inputs], place[outputs])
        done[outputs] |= found
    return place


def _drawn_each(elements, places, chances, part):
    """The same, one window after the other: all of its elements at once."""
    place = np.zeros(part.result, np.int64)
    for outputs, inputs in part.each():
        some = flat_planes(elements[inputs], part.axes)
        sums = np.cumsum(np.ldexp(some, -np.frexp(some.max(-1, keepdims=True))[1]), -1)
        found = sums > flat_planes(chances[outputs], part.axes) * sums[..., -1:]
        first = np.argmax(found, -1)[..., np.newaxis]  # of zeros, the first
        drawn = np.take_along_axis(flat_planes(places[inputs], part.axes), first, -1)
        place[outputs] = from_planes(drawn, part.axes, [1] * len(part.axes), elements.ndim)
    return place


def weighted(x: np.ndarray, axis: int, along: Windows, weights: np.ndarray) -> np.ndarray:
    """Weighted sums over the windows along one axis; padding adds nothing."""
    before = (slice(None),) * axis
    y = np.zeros((*x.shape[:axis], along.count, *x.shape[axis + 1 :]), x.dtype)
    for number, outputs, inputs in along.numbered_taps():
        y[(*before, outputs)] += weights[number] * x[(*before, inputs)]
    return y


def weighted_back(dy: np.ndarray, axis: int, along: Windows, weights: np.ndarray) -> np.ndarray:
    """The adjoint of `weighted`: each gradient times the weights, added to the elements under its window."""
    before = (slice(None),) * axis
    dx = np.zeros((*dy.shape[:axis], along.size, *dy.shape[axis + 1 :]), dy.dtype)
    for number, outputs, inputs in along.numbered_taps():
        dx[(*before, inputs)] += weights[number] * dy[(*before, outputs)]
    return dx


def binomial(window: int) -> np.ndarray:
    """The weights of a blur, 1 2 1 for a window of 3, as shares of their sum: so no sum overflows.

    >>> binomial(5) * 16
    array([1., 4., 6., 4., 1.])
    """
    return np.array([math.comb(window - 1, number) / 2 ** (window - 1) for number in range(window)])


def binomial_sums(plan: Plan) -> np.ndarray:
    """The sum of the weights that fall on real elements, for each window: an array that broadcasts to the outputs."""
    sums = [weighted(np.ones(along.size), 0, along, binomial(along.window)) for along in plan.placed]
    for along, some in zip(plan.placed, sums):
        if not some.all():
            raise ValueError(
                f"window={along.window} with padding=({along.before}, {along.after}) leaves outputs only such weights "
                "as no float can hold; use less padding or a smaller window"
            )
    return outer(sums, plan.axes, len(plan.shape))


def positions(plan: Plan) -> np.ndarray:
    """The flat position of every element in its spatial plane, broadcast to the array's shape."""
    flat = np.zeros((), np.int64)
    for axis, along in zip(plan.axes, plan.placed):
        flat = flat * along.size + column(np.arange(along.size, dtype=np.int64), axis, len(plan.shape))
    return np.broadcast_to(flat, plan.shape)


def picked(x: np.ndarray, indices: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """The elements at flat positions in their planes."""
    values = np.take_along_axis(flat_planes(x, axes), flat_planes(indices, axes), -1)
    return from_planes(values, axes, [indices.shape[axis] for axis in axes], x.ndim)


def binned(x: np.ndarray, plan: Plan, combine: np.ufunc, identity: float, dtype: np.dtype | None = None) -> np.ndarray:
    """The elements of each bin of an adaptive pool combined, in that dtype, along one axis after the other."""
    if all(isinstance(along, Windows) for along in plan.placed):
        return fold(x, plan, combine, identity, dtype)
    for axis, along in zip(plan.axes, plan.placed):
        before: tuple[Any, ...] = (slice(None),) * axis
        if along.count < along.window:  # a few long bins: one by one
            x = np.stack([combine.reduce(x[(*before, inside)], axis, dtype) for inside in along.slices()], axis)
            continue
        whole, x = x, as_dtype(dtype or x.dtype, x.take(along.taken(0), axis))
        for number in range(1, along.window):  # their elements one by one; the shorter ones have one or two fewer
            longer = np.flatnonzero(along.lengths > number)
            later = whole.take(along.taken(number)[longer], axis)
            if len(longer) == along.count:
                combine(x, later, out=x)
            else:
                x[(*before, longer)] = combine(x[(*before, longer)], later)
    return np.ascontiguousarray(x)  # np.stack keeps the order in memory that its parts have


def adaptive_argmax(x: np.ndarray, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Largest element of each bin, and its flat position."""
    if all(isinstance(along, Windows) for along in plan.placed):
        return fold_argmax(x, plan, lowest(x.dtype))
    best, codes = x, list[np.ndarray]()
    nan = x.dtype.kind == "f" and bool(np.isnan(x).any())
    for axis, along in reversed(list(zip(plan.axes, plan.placed))):
        best, codes = argmax_bins(axis, along, best, codes, nan)
    indices = np.zeros((), np.int64)
    for axis, along, code in zip(plan.axes, plan.placed, codes):
        indices = indices * along.size + column(along.starts, axis, x.ndim) + code
    return picked(x, indices, plan.axes), indices  # of 0.0 and -0.0 the first


def flat_planes(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """`x` with the spatial axes flattened into one, at the end."""
    last = np.moveaxis(x, axes, range(x.ndim - len(axes), x.ndim))
    return last.reshape(*last.shape[: x.ndim - len(axes)], math.prod(last.shape[x.ndim - len(axes) :]))


def from_planes(planes: np.ndarray, axes: tuple[int, ...], sizes: Sequence[int], rank: int) -> np.ndarray:
    """The reverse of `flat_planes`, where the spatial axes have those sizes."""
    apart = planes.reshape(*planes.shape[:-1], *sizes)
    return np.ascontiguousarray(np.moveaxis(apart, range(rank - len(axes), rank), axes))


def flattened(y: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """`y` with the spatial axes flattened into one, where the first of them was."""
    return np.moveaxis(flat_planes(y, axes), -1, min(axes))
