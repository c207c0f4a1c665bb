"""Right and wrong answers to the exercises of chapter 06."""

import numpy as np

from pooling_lib import avg_pool, max_pool

# ---- 1: four layers ----

FOUR = (
    [
        "14 15 14 16 14 10 1 1",
        "14, 15, 14, 16, 14, 10, 1, 1",
        "(14, 15), (14, 16), (14, 10), (1, 1)",
        "14;15;14;16;14;10;1;1",
        "[14 15] [14 16] [14 10] [1 1]",
        "14.0 15.0 14.0 16.0 14.0 10.0 1.0 1.0",
        [14, 15, 14, 16, 14, 10, 1, 1],
        np.array([[14, 15], [14, 16], [14, 10], [1, 1]], np.float32),
    ],
    [
        "27 30 14 16 27 29 1 1",
        "14 15 14 16 14 15 1 1",
        "14 16 14 16 14 11 1 1",
        "14 15 13 15 14 10 1 1",
        "14 15 14 15 14 10 1 1",
        "14 15 28 31 14 10 1 1",
        "14 15 14 16 14 10",
        "14 15 14 16 14 10 3",
        "14 15 14 16 9 15 1 1",
        "15 14 16 14 10 14 1 1",
        "14 15 9 10 14 10 1 1",
        "14 15 3 14 16 3 14 10 3 1 1 3",
        "1 1 14 10 14 16 14 15",
    ],
)

# ---- 2: who was it? ----

WHO = (
    ["2 4 1 5 3", "2, 4, 1, 5, 3", "(2; 4; 1; 5; 3)", "2.0 4.0 1.0 5.0 3.0", [2, 4, 1, 5, 3], "[2, 4, 1, 5, 3]"],
    [
        "1 4 2 5 3",
        "5 4 1 2 3",
        "2 3 1 5 4",
        "2 4 5 1 3",
        "2 13/3 9/2 5 16/3",
        "3 1 5 2 4",
        "1 2 3 4 5",
        "24153",
        "2 4 1 5",
        "2 4 1 5 3 3",
        "2 4 1 3 5",
        "4 2 1 5 3",
    ],
)

# ---- 3: a layer's output shape ----


def by_axes(shape, pool_size, strides, padding, unknown=-1, size=None, axes=(1, 2)):
    """The right sizes, unless another rule for a size, or other axes, are given."""
    S = strides if strides > 0 else pool_size

    def usual(n):
        return -(-n // S) if padding == "same" else (n - pool_size) // S + 1

    return [
        n if axis not in axes or n == unknown else (size or (lambda n, k, S, p: usual(n)))(n, pool_size, S, padding)
        for axis, n in enumerate(shape)
    ]


def by_counting(shape, pool_size, strides, padding):
    step = strides or pool_size
    found = list(shape)
    for axis in (1, 2):
        if shape[axis] >= 0:
            last = shape[axis] if padding == "same" else shape[axis] - pool_size + 1
            found[axis] = len(range(0, last, step))
    return tuple(found)


def by_ceiling(shape, pool_size, strides, padding):
    step = strides or pool_size
    less = {"same": 0, "valid": pool_size - 1}[padding]
    sizes = [-1 if n == -1 else int(np.ceil((n - less) / step)) for n in shape[1:3]]
    return np.array([shape[0], *sizes, shape[3]])


def other(size=None, **more):
    return lambda *given: by_axes(*given, size=size, **more)


SHAPES = (
    [
        by_axes,
        by_counting,
        by_ceiling,
        lambda *given: tuple(by_axes(*given)),
        lambda *given: np.array(by_axes(*given), np.int32),
        lambda *given: np.array(by_axes(*given), float),
    ],
    [
        lambda shape, k, S, p: by_axes(shape, k, S or 1, p),
        lambda shape, k, S, p: by_axes(shape, k, k, p),
        other(unknown=None),
        other(axes=(2, 3)),
        other(axes=(1,)),
        other(axes=(1, 2, 3)),
        other(lambda n, k, S, p: n if p == "same" else (n - k) // S + 1),
        other(lambda n, k, S, p: (n - k) // S + 1),
        other(lambda n, k, S, p: -(-n // S)),
        other(lambda n, k, S, p: n // S),
        other(lambda n, k, S, p: -(-n // S) if p == "same" else n // k),
        other(lambda n, k, S, p: n // S if p == "same" else (n - k) // S + 1),
        other(lambda n, k, S, p: -(-n // S) if p == "same" else (n - k) // S),
        other(lambda n, k, S, p: -(-n // S) if p == "same" else -(-(n - k) // S) + 1),
        lambda *given: by_axes(*given)[1:3],
        lambda *given: [None if n == -1 else n for n in by_axes(*given)],
    ],
)

# ---- 4: the other same ----


def pads_of(n, k, S):
    return max(0, (-(-n // S) - 1) * S + k - n)


def by_numbers(x, k, S, first=lambda p: p - p // 2, pool=avg_pool, total=pads_of, **more):
    """The library's mean with its padding given as numbers."""
    padding = [(first(total(n, k, S)), total(n, k, S) - first(total(n, k, S))) for n in x.shape]
    return pool(x, k, S, padding, **more)


def by_nan(x, k, S, start=0):
    """A window of NaN around, and the mean of what is none."""
    p = [pads_of(n, k, S) for n in x.shape]
    padded = np.pad(x.astype(float), [(one - one // 2, one // 2) for one in p], constant_values=np.nan)
    rows, columns = (-(-n // S) for n in x.shape)
    return [
        [float(np.nanmean(padded[i * S : i * S + k, j * S : j * S + k])) for j in range(start, columns)]
        for i in range(rows)
    ]


def by_clipping(x, k, S):
    """Loops over the outputs; a window is cut at the map's border."""
    y = np.zeros([-(-n // S) for n in x.shape], np.float32)
    for i, j in np.ndindex(y.shape):
        top, left = (at * S - (pads_of(n, k, S) + 1) // 2 for at, n in zip((i, j), x.shape))
        y[i, j] = x[max(0, top) : top + k, max(0, left) : left + k].mean()
    return y


def by_ones(x, k, S):
    pads = [((p + 1) // 2, p // 2) for p in (pads_of(n, k, S) for n in x.shape)]
    ones = np.pad(np.ones_like(x, float), pads)
    return avg_pool(np.pad(x, pads), k, S) / avg_pool(ones, k, S)


def by_turning(x, k, S):
    """The library's *same* from the other end, where something is padded; nothing else differs between the two."""
    if any((-(-n // S) - 1) * S + k < n for n in x.shape):
        return by_clipping(x, k, S)
    return avg_pool(x[::-1, ::-1], k, S, "same")[::-1, ::-1]


LOWER = (
    [by_numbers, by_nan, by_clipping, by_ones, by_turning],
    [
        lambda x, k, S: avg_pool(x, k, S, "same"),
        lambda x, k, S: avg_pool(x[::-1, ::-1], k, S, "same")[::-1, ::-1],
        lambda x, k, S: by_numbers(x, k, S, first=lambda p: p // 2),
        lambda x, k, S: by_numbers(x, k, S, first=lambda p: p),
        lambda x, k, S: by_numbers(x, k, S, first=lambda p: 0),
        lambda x, k, S: by_numbers(x, k, S, count_include_pad=True),
        lambda x, k, S: by_numbers(x, k, S, pool=max_pool),
        lambda x, k, S: by_numbers(x, k, S, total=lambda n, k, S: k - 1),
        lambda x, k, S: by_numbers(x, k, S).T,
        lambda x, k, S: by_numbers(x, k, S).astype(int),
        lambda x, k, S: by_numbers(x, k, S).round(1),
        lambda x, k, S: by_nan(x, k, S, start=1),
        lambda x, k, S: avg_pool(x, k, S) if min(x.shape) >= k else None,
        lambda x, k, S: by_numbers(x, k, 1),
        lambda x, k, S: by_numbers(abs(x), k, S),
    ],
)

# ---- 5: unpool with TensorFlow's indices ----


def by_loops(y, where, shape, place=None, value=lambda v: v):
    """Element by element; `place` gives image, channel, row and column, if they are not the right ones."""
    N, H, W, C = shape
    x = np.zeros((N, C, H, W))
    for b, i, j, k in np.ndindex(y.shape):
        pixel, c = divmod(int(where[b, i, j, k]), C)
        right = b, c, pixel // W, pixel % W
        x[place(*right, k, shape) if place else right] = value(y[b, i, j, k])
    return x


def by_flat_batch(y, where, shape):
    x = np.zeros(shape, np.float32)
    each = shape[1] * shape[2] * shape[3]
    x.reshape(-1)[where + each * np.arange(shape[0])[:, None, None, None]] = y
    return x.transpose(0, 3, 1, 2)


def by_unravel(y, where, shape):
    N, H, W, C = shape
    row, column, channel = np.unravel_index(where, (H, W, C))
    x = np.zeros((N, C, H, W))
    image = np.broadcast_to(np.arange(N)[:, None, None, None], where.shape)
    x[image, channel, row, column] = y
    return x


def by_planes(y, where, shape):
    N, H, W, C = shape
    x = np.zeros((N, C, H * W))
    for b in range(N):
        for c in range(C):
            x[b, c, where[b, :, :, c].ravel() // C] = y[b, :, :, c].ravel()
    return x.reshape(N, C, H, W)


def by_put_along_axis(y, where, shape):
    x = np.zeros((shape[0], shape[1] * shape[2] * shape[3]))
    np.put_along_axis(x, where.reshape(shape[0], -1), y.reshape(shape[0], -1), axis=1)
    return np.moveaxis(x.reshape(shape), 3, 1)


def elsewhere(place):
    return lambda y, where, shape: by_loops(y, where, shape, place)


def added(y, where, shape):
    x = np.zeros((shape[0], shape[1] * shape[2] * shape[3]))
    for b in range(shape[0]):
        np.add.at(x[b], where[b].ravel(), y[b].ravel())
    return np.moveaxis(x.reshape(shape), 3, 1)


BACK = (
    [by_loops, by_flat_batch, by_unravel, by_planes, by_put_along_axis, lambda *given: by_planes(*given).tolist()],
    [
        added,
        lambda y, where, shape: np.moveaxis(by_loops(y, where, shape), 1, 3),
        lambda y, where, shape: np.moveaxis(by_loops(y, where, shape), 1, 3).reshape(
            shape[0], shape[3], shape[1], shape[2]
        ),
        lambda y, where, shape: by_loops(y, where, shape).swapaxes(2, 3),
        lambda y, where, shape: by_loops(y, where, shape, value=lambda v: 1),
        lambda y, where, shape: by_loops(y, where, shape, value=lambda v: max(v, 0)),
        lambda y, where, shape: by_loops(y, where, shape, value=abs),
        lambda y, where, shape: by_loops(y, where, shape).astype(bool),
        lambda y, where, shape: by_loops(y, where, shape)[:1],
        elsewhere(lambda b, c, r, q, k, shape: (0, c, r, q)),
        elsewhere(lambda b, c, r, q, k, shape: (b, 0, r, q)),
        elsewhere(lambda b, c, r, q, k, shape: (b, c, q % shape[1], r % shape[2])),
        elsewhere(lambda b, c, r, q, k, shape: (b, shape[3] - 1 - c, r, q)),
        elsewhere(lambda b, c, r, q, k, shape: (b, c, r, shape[2] - 1 - q)),
        lambda y, where, shape: np.moveaxis(y, 3, 1),
        lambda y, where, shape: None,
    ],
)

VARIANTS = {1: FOUR, 2: WHO, 3: SHAPES, 4: LOWER, 5: BACK}
