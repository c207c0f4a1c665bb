"""Right and wrong answers to the exercises of chapter 01."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pooling_lib import max_pool, pool

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

# ---- 2: a pool of rectangles ----


def windows_of(x, window, stride):
    return sliding_window_view(x, window)[:: stride[0], :: stride[1]]


def by_windows(x, window, stride):
    return np.ptp(windows_of(x, window, stride), axis=(2, 3))


def in_a_list(x, window, stride):
    return by_windows(x, window, stride).tolist()


def by_two_max_pools(x, window, stride):
    x = np.asarray(x, float)
    return max_pool(x, window, stride) + max_pool(-x, window, stride)


def by_any_pool(x, window, stride):
    return pool(x, window, stride, reduce=np.ptp)


def in_float32(x, window, stride):
    return by_windows(x.astype(np.float32), window, stride)


def by_running(x, window, stride, start=None, beyond=0):
    """Loops over starts, with a running largest and smallest that begin at `start`, or at the first element."""
    rows = []
    for top in range(0, x.shape[0] - window[0] + 1 + beyond, stride[0]):
        rows.append([])
        for left in range(0, x.shape[1] - window[1] + 1 + beyond, stride[1]):
            part = x[top : top + window[0], left : left + window[1]].astype(float)
            largest = smallest = part[0, 0] if start is None else start
            for element in part.flat:
                largest, smallest = max(largest, element), min(smallest, element)
            rows[-1].append(largest - smallest)
    return np.array(rows)


def by_column_of_windows(x, window, stride):
    """One axis after the other: largest and smallest of columns, then of those."""
    high = sliding_window_view(x, window[0], axis=0)[:: stride[0]]
    largest, smallest = high.max(axis=2), high.min(axis=2)
    wide = [sliding_window_view(one, window[1], axis=1)[:, :: stride[1]] for one in (largest, smallest)]
    return wide[0].max(axis=2) - wide[1].min(axis=2)


RECTANGLES = (
    [by_windows, in_a_list, by_two_max_pools, by_any_pool, in_float32, by_running, by_column_of_windows],
    [
        lambda x, window, stride: by_windows(x, window[::-1], stride),
        lambda x, window, stride: by_windows(x, window, stride[::-1]),
        lambda x, window, stride: by_windows(x, window, window),
        lambda x, window, stride: by_windows(x, window, (1, 1)),
        lambda x, window, stride: by_windows(x, window, (stride[0], stride[0])),
        lambda x, window, stride: by_windows(x, (window[0], window[0]), stride),
        lambda x, window, stride: by_windows(x, window, stride).T,
        lambda x, window, stride: -by_windows(x, window, stride),
        lambda x, window, stride: by_windows(x, window, stride).astype(int),
        lambda x, window, stride: by_windows(x.astype(np.int8) * 8, window, stride) / 8,
        lambda x, window, stride: max_pool(x, window, stride) + max_pool(-x, window, stride),
        lambda x, window, stride: max_pool(x, window, stride),
        lambda x, window, stride: max_pool(abs(x.astype(float)), window, stride),
        lambda x, window, stride: by_running(x, window, stride, start=0),
        lambda x, window, stride: by_running(x, window, stride, beyond=-1),
        lambda x, window, stride: pool(x, window, stride, reduce=np.ptp, ceil_mode=True),
        lambda x, window, stride: windows_of(x, window, stride).std(axis=(2, 3)),
        lambda x, window, stride: (
            windows_of(x, window, stride)[:, :, -1, -1] - windows_of(x, window, stride)[:, :, 0, 0]
        ),
    ],
)

# ---- 3: whole pixels ----


def kept(x, k, choose=np.argmax, worth=lambda pixels: pixels.sum(axis=-1)):
    """Of each window the pixel that `choose` names by what `worth` gives the pixels."""
    rows, columns, channels = x.shape[0] // k, x.shape[1] // k, x.shape[2]
    whole = x[: rows * k, : columns * k].reshape(rows, k, columns, k, channels).swapaxes(1, 2)
    pixels = whole.reshape(rows, columns, k * k, channels)
    best = choose(worth(pixels), axis=-1)
    return np.take_along_axis(pixels, best[:, :, None, None], axis=2)[:, :, 0]


def last_largest(sums, axis):
    return sums.shape[axis] - 1 - np.flip(sums, axis).argmax(axis)


def by_comparing(x, k, later=lambda new, old: new > old, start=None, whole=True):
    """Loops that remember the best sum so far, which begins at the first pixel's or at `start`."""
    rows, columns = (n // k if whole else -(-n // k) for n in x.shape[:2])
    y = np.zeros((rows, columns, x.shape[2]))
    for i in range(rows):
        for j in range(columns):
            best = start
            for row in x[i * k : i * k + k, j * k : j * k + k].tolist():
                for pixel in row:
                    if best is None or later(sum(pixel), best):
                        best, y[i, j] = sum(pixel), pixel
    return y


def by_sorting(x, k):
    return kept(x, k, choose=lambda sums, axis: np.argsort(-sums, axis=axis, kind="stable")[..., 0])


def pixels_in_a_list(x, k):
    return kept(x, k).tolist()


def whole_in_float32(x, k):
    return kept(x.astype(np.float32), k)


def by_mean_of_channels(x, k):
    return kept(x, k, worth=lambda pixels: pixels.mean(axis=-1))


PIXELS = (
    [kept, pixels_in_a_list, by_comparing, by_sorting, whole_in_float32, by_mean_of_channels],
    [
        max_pool,
        lambda x, k: kept(x, k, choose=last_largest),
        lambda x, k: kept(x, k, choose=np.argmin),
        lambda x, k: kept(x, k, worth=lambda pixels: pixels.max(axis=-1)),
        lambda x, k: kept(x, k, worth=lambda pixels: pixels[..., 0]),
        lambda x, k: kept(x, k, worth=lambda pixels: abs(pixels).sum(axis=-1)),
        lambda x, k: kept(x, k, worth=lambda pixels: (pixels.astype(float) ** 2).sum(axis=-1)),
        lambda x, k: kept(x, k, worth=lambda pixels: pixels.sum(axis=-1, dtype=pixels.dtype)),
        lambda x, k: kept(x, k, worth=lambda pixels: pixels.astype(int).sum(axis=-1)),
        lambda x, k: kept(x.swapaxes(0, 1), k).swapaxes(0, 1),
        lambda x, k: kept(x, k).swapaxes(0, 1),
        lambda x, k: kept(x, k).astype(int),
        lambda x, k: kept(x, k).sum(axis=2),
        lambda x, k: x[: x.shape[0] // k * k : k, : x.shape[1] // k * k : k],
        lambda x, k: by_comparing(x, k, start=0),
        lambda x, k: by_comparing(x, k, start=-1),
        lambda x, k: by_comparing(x, k, whole=False),
        lambda x, k: by_comparing(x, k, later=lambda new, old: new >= old),
    ],
)

# ---- 4: how often is a pixel read? ----


def by_adding_slices(size, window, stride):
    times = np.zeros(size)
    for start in range(0, size - window + 1, stride):
        times[start : start + window] += 1
    return times


def by_asking_each_pixel(size, window, stride):
    starts = range(0, size - window + 1, stride)
    return np.array([sum(start <= pixel < start + window for start in starts) for pixel in range(size)])


def by_bincount(size, window, stride):
    starts = np.arange(0, size - window + 1, stride)
    return np.bincount(np.add.outer(starts, np.arange(window)).ravel(), minlength=size)


def times_in_a_list(size, window, stride):
    return by_bincount(size, window, stride).tolist()


def by_differences(size, window, stride):
    steps = np.zeros(size + 1, np.float32)
    for start in range(0, size - window + 1, stride):
        steps[start] += 1
        steps[start + window] -= 1
    return steps.cumsum()[:-1]


def by_first_and_last(size, window, stride):
    count = (size - window) // stride + 1
    pixels = np.arange(size)
    first = np.maximum(0, -(-(pixels - window + 1) // stride))
    last = np.minimum(count - 1, pixels // stride)
    return np.maximum(0, last - first + 1)


TIMES = (
    [by_adding_slices, by_asking_each_pixel, times_in_a_list, by_bincount, by_differences, by_first_and_last],
    [
        lambda size, window, stride: np.minimum(by_bincount(size, window, stride), 1),
        lambda size, window, stride: by_bincount(size, window, 1),
        lambda size, window, stride: by_bincount(size, window, window),
        lambda size, window, stride: by_bincount(size, stride, window) if stride <= size else None,
        lambda size, window, stride: by_bincount(size + window, window, stride)[:size],
        lambda size, window, stride: (
            np.append(by_bincount(size - 1, window, stride)[: size - 1], 0) if window < size else np.zeros(size)
        ),
        lambda size, window, stride: by_bincount(size, window, stride)[::-1],
        lambda size, window, stride: by_bincount(size, window, stride) - 1,
        lambda size, window, stride: by_bincount(size, window, stride)[:-1],
        lambda size, window, stride: np.full(size, -(-window // stride)),
        lambda size, window, stride: np.full(size, window / stride),
        lambda size, window, stride: by_first_and_last(size, window, stride).sum(),
    ],
)

# ---- 5: one pixel changes ----

CHANGE = (
    ["2 3", "2, 3", "[2, 3]", "(2; 3)", "2.0 3.0", "2\t3"],
    ["3 4", "2", "3", "4 5 6", "4 6", "3 2", "2 3 4", "1 2 3", "6", "5 6 7", "2-3-4", "1 2", "4 5 6 7 8", "23"],
)

# ---- 6: two images, one output ----


def changed(x, change):
    y = x.astype(float)
    change(y)
    return y


def lowers_the_least(x):
    return changed(x, lambda y: y.__setitem__(np.unravel_index(y[:2, :2].argmin(), (2, 2)), y[:2, :2].min() - 7))


def lowers_one_of_each(x):
    y = x.copy()
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            window = y[i : i + 2, j : j + 2]
            window[np.unravel_index(window.argmin(), (2, 2))] -= 1
    return y


def keeps_one_largest(x):
    """The first largest element of each window stays; all others fall."""
    y = x.astype(np.float32) - 100
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            k = np.unravel_index(x[i : i + 2, j : j + 2].argmax(), (2, 2))
            y[i : i + 2, j : j + 2][k] = x[i : i + 2, j : j + 2][k]
    return y


def as_a_list(x):
    return lowers_one_of_each(x).tolist()


def lowers_the_last_least(x):
    y = x.copy()
    window = y[-2:, -2:]
    window[np.unravel_index(window.argmin(), (2, 2))] -= 5
    return y


TWINS = (
    [lowers_the_least, lowers_one_of_each, keeps_one_largest, as_a_list, lowers_the_last_least],
    [
        lambda x: x,
        lambda x: x.copy(),
        lambda x: x + 1,
        lambda x: x - 1,
        lambda x: x[::-1],
        lambda x: x.T if x.shape[0] == x.shape[1] else x[:, ::-1],
        lambda x: max_pool(x, 2),
        lambda x: max_pool(x, 2).repeat(2, 0).repeat(2, 1),
        lambda x: changed(x, lambda y: y.__setitem__((0, 0), 0)),
        lambda x: changed(x, lambda y: y.__setitem__((0, 0), y[0, 0] - 1)),
        lambda x: changed(x, lambda y: y.__setitem__((1, 1), -10)),
        lambda x: changed(x, lambda y: y.__setitem__((0, 1), y.min())),
        lambda x: np.where(x < max_pool(x, 2).repeat(2, 0).repeat(2, 1), x - 1, x),
        lambda x: np.rot90(x) if x.shape[0] == x.shape[1] else x[::-1, ::-1],
        lambda x: x.astype(np.int8) - 1,
    ],
)

VARIANTS = {1: BY_HAND, 2: RECTANGLES, 3: PIXELS, 4: TIMES, 5: CHANGE, 6: TWINS}
