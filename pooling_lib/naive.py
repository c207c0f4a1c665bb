"""The definition of pooling, as nested loops a beginner can read: the oracle of every other implementation.

Slow on purpose. It shares no code with the fast functions, so that a test which compares the two
can fail.
"""

import itertools
import math

import numpy as np


def max_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, return_indices=False):
    """Largest element under each window; arguments and results as `pooling_lib.max_pool`.

    >>> max_pool(np.array([[3, 1, 4, 1], [5, 9, 2, 6]]), window=2)
    array([[9, 6]])
    """
    x = np.asarray(x)

    def largest(elements):
        best = None
        for position, value in elements:
            if position is None:
                continue  # padding never wins
            if best is None or value > best[1] or (math.isnan(value) and not math.isnan(best[1])):
                best = position, value
        return best

    def pool(part, dtype):
        return _slide(x, window, stride, padding, dilation, ceil_mode, axes, lambda elements: largest(elements)[part], dtype)

    return (pool(1, x.dtype), pool(0, np.int64)) if return_indices else pool(1, x.dtype)


def avg_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, count_include_pad=False, axes=None):
    """Mean of the elements under each window; arguments and results as `pooling_lib.avg_pool`.

    >>> avg_pool(np.array([[3, 1, 4, 1], [5, 9, 2, 6]]), window=2)
    array([[4.5 , 3.25]])
    """
    x = np.asarray(x)

    def mean(elements):
        counted = [value for position, value in elements if position is not None or count_include_pad]
        try:
            return math.fsum(counted) / len(counted)
        except (OverflowError, ValueError):  # too large a sum, or infinities of both signs
            return sum(counted) / len(counted)

    return _slide(x, window, stride, padding, dilation, ceil_mode, axes, mean, x.dtype if x.dtype.kind == "f" else np.float64)


def _slide(x, window, stride, padding, dilation, ceil_mode, axes, reduce, dtype):
    """Put a window at every place it may stand and hand its elements, in row-major order, to `reduce`.

    An element is a pair (flat position in the spatial plane, value); an element of the padding is
    (None, 0.0). What hangs over the padding's end is no element at all.
    """
    axes = {1: (0,), 2: (0, 1), 3: (0, 1), 4: (1, 2), 5: (1, 2, 3)}[x.ndim] if axes is None else tuple(a % x.ndim for a in axes)
    sizes = [x.shape[axis] for axis in axes]
    window = [window] * len(axes) if np.ndim(window) == 0 else window
    stride = window if stride is None else [stride] * len(axes) if np.ndim(stride) == 0 else stride
    dilation = [dilation] * len(axes) if np.ndim(dilation) == 0 else dilation

    # Along each axis: walk from the start of the padding, one stride at a time.
    pads, starts = [], []
    for i, (n, k, s, d) in enumerate(zip(sizes, window, stride, dilation)):
        span = d * (k - 1) + 1
        if padding == "same":
            outputs = math.ceil(n / s)
            missing = max(0, (outputs - 1) * s + span - n)
            pads.append((missing // 2, missing - missing // 2))
        else:
            pads.append((0, 0) if padding == "valid" else padding[i])
        before, after = pads[i]
        places, place = [], -before
        while place + span <= n + after or (ceil_mode and place < n and place + span < n + after + s):
            if not (ceil_mode and place >= n):
                places.append(place)
            place += s
        starts.append(places)

    shape = list(x.shape)
    for axis, places in zip(axes, starts):
        shape[axis] = len(places)
    y = np.empty(shape, dtype)
    others = [range(n) if axis not in axes else [0] for axis, n in enumerate(x.shape)]
    for rest in itertools.product(*others):  # every image and every channel by itself
        for output in itertools.product(*(range(len(places)) for places in starts)):
            elements = []
            for tap in itertools.product(*(range(k) for k in window)):
                place = [starts[i][output[i]] + tap[i] * dilation[i] for i in range(len(axes))]
                if any(p >= n + after for p, n, (_, after) in zip(place, sizes, pads)):
                    continue  # overhang
                if any(p < 0 or p >= n for p, n in zip(place, sizes)):
                    elements.append((None, 0.0))  # padding
                    continue
                flat = 0
                for p, n in zip(place, sizes):
                    flat = flat * n + p
                elements.append((flat, x[_index(rest, axes, place)].item()))
            y[_index(rest, axes, output)] = reduce(elements)
    return y


def _index(rest, axes, place):
    """The full index: `place` along the spatial axes, `rest` along the others."""
    index = list(rest)
    for axis, p in zip(axes, place):
        index[axis] = p
    return tuple(index)
