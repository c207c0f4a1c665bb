"""Right and wrong answers to the exercises of chapter 01."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

# ---- 1: by hand ----

BY_HAND = (
    ["-1 4 7 5", "-1, 4, 7, 5", "[[-1, 4], [7, 5]]", "(-1; 4; 7; 5)", "−1 4 7 5", "-1.0 4.0 7.0 5.0"],
    [
        "1 4 7 5",
        "0 4 7 5",
        "-1 4 7",
        "-1 4 7 5 5",
        "-1 7 4 5",
        "-3 4 7 5",
        "-2.75 2.5 3 -2.75",
        "-5 0 -4 -9",
        "-1 4 4 7 6 4 7 6 5",
        "5",
        "-1 4 7 6",
    ],
)

# ---- 2: a max pool ----


def by_windows(x):
    return sliding_window_view(x, (2, 2))[::2, ::2].max(axis=(2, 3))


def by_reshape(x):
    rows, columns = x.shape[0] // 2, x.shape[1] // 2
    return x[: 2 * rows, : 2 * columns].reshape(rows, 2, columns, 2).max(axis=(1, 3))


def by_four_slices(x):
    rows, columns = x.shape[0] // 2 * 2, x.shape[1] // 2 * 2
    a, b = x[0:rows:2, 0:columns:2], x[0:rows:2, 1:columns:2]
    c, d = x[1:rows:2, 0:columns:2], x[1:rows:2, 1:columns:2]
    return np.maximum(np.maximum(a, b), np.maximum(c, d))


def in_float32(x):
    return by_windows(x.astype(np.float32))


def running(x, start=-np.inf, size=lambda n: n // 2):
    """The largest element of each window by a running maximum that begins at `start`."""
    y = np.full((size(x.shape[0]), size(x.shape[1])), start)
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            for pixel in x[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].flat:
                y[i, j] = max(y[i, j], pixel)
    return y


MAX_POOL = (
    [by_windows, by_reshape, by_four_slices, in_float32, running],
    [
        lambda x: running(x, start=0),
        lambda x: running(x, start=-1),
        lambda x: running(x, size=lambda n: -(-n // 2)),
        lambda x: running(x, size=lambda n: (n - 1) // 2),
        lambda x: by_windows(x).T,
        lambda x: -by_windows(-x),
        lambda x: by_windows(x).astype(int),
        lambda x: by_windows(abs(x)),
        lambda x: sliding_window_view(x, (2, 2)).max(axis=(2, 3)),
        lambda x: x[0::2, 0::2],
        lambda x: np.maximum(x[:-1:2, :-1:2], x[1::2, 1::2]),
        lambda x: sliding_window_view(x, (2, 2))[::2, ::2].mean(axis=(2, 3)),
    ],
)

VARIANTS = {1: BY_HAND, 2: MAX_POOL}
