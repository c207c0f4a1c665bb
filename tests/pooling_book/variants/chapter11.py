"""Right and wrong answers to the exercises of chapter 11."""

import math

import numpy as np

from pooling_lib import adaptive_avg_pool, adaptive_avg_pool_backward, avg_pool

# ---- 1: three are read twice ----

THREE = (
    [
        "21 27 33",
        "21, 27, 33",
        "[21, 27, 33]",
        "21; 27; 33",
        "21.0 27.0 33.0",
        [21, 27, 33],
        np.array([21, 27, 33]),
    ],
    [
        "24 30",
        "21 24 27 30 33",
        "22 26 28 32 34",
        "23 25 29 31 35",
        "21 27",
        "27 33",
        "21 23 25 27 29 31 33 35",
        "33 27 21",
        "21",
        "3",
        "15 21 27 33",
        "21 27 33 39",
    ],
)

# ---- 2: votes on larger paper ----

VOTES = (
    [
        "4.5 3 0.75 1.5",
        "4.5, 3, 0.75, 1.5",
        "9/2 3 3/4 3/2",
        "4.5 3; 0.75 1.5",
        "[4.5, 3.0, 0.75, 1.5]",
        [4.5, 3, 0.75, 1.5],
        np.array([[4.5, 3], [0.75, 1.5]]),
    ],
    [
        "4 2 0.25 0.5",
        "4.5 3 1.125 0.75",
        "4.5 3 4.5 3",
        "4.5 3 1.5 1.5",
        "16.5 9 4.5 9",
        "6.5 3 6.5 3",
        "4.5 0.75 3 1.5",
        "4.5 3",
        "0.75 1.5",
        "4.5 3 0.25 0.5",
        "3 4.5 1.5 0.75",
        "4.5 3 0.75 1",
    ],
)

# ---- 3: the surest window ----


def by_sliding(votes, bias, side):
    scores = avg_pool(votes, side, 1, axes=(0, 1)) + bias
    return np.array(np.unravel_index(scores.round(9).argmax(), scores.shape))


def by_sorting(votes, bias, side):
    rows, columns, classes = votes.shape
    found = []
    for i in range(rows - side + 1):
        for j in range(columns - side + 1):
            for c in range(classes):
                score = sum(float(votes[i + a, j + b, c]) for a in range(side) for b in range(side)) / side**2 + float(
                    bias[c]
                )
                found.append((-score, i, j, c))
    return list(min(found)[1:])


def by_class(votes, bias, side):
    best = None
    for c in range(votes.shape[2]):
        windows = np.lib.stride_tricks.sliding_window_view(votes[..., c], (side, side))
        scores = windows.mean(axis=(2, 3)) + bias[c]
        i, j = np.unravel_index(scores.argmax(), scores.shape)
        candidate = (-scores[i, j], i, j, c)
        best = candidate if best is None or candidate < best else best
    return best[1:]


def by_added_bias(votes, bias, side):
    return by_sliding(votes + bias, np.zeros_like(bias), side)


def by_sums(votes, bias, side):
    """Sums, beside a bias for each place."""
    k = side * side
    return by_sliding(k * votes, k * bias, side)


def windowed(score, first=True, step=1, order=(0, 1, 2)):
    def function(votes, bias, side):
        rows, columns, _ = votes.shape
        best, found = -math.inf, (0, 0, 0)
        for i in range(0, rows - side + 1, step or side):
            for j in range(0, columns - side + 1, step or side):
                scores = score(votes[i : i + side, j : j + side], bias)
                if scores.max() > best or (not first and scores.max() == best):
                    best, found = scores.max(), (i, j, int(scores.argmax()))
        return np.array([found[k] for k in order])

    return function


def fair(window, bias):
    return window.mean((0, 1)) + bias


SUREST = (
    [by_sliding, by_sorting, by_class, by_added_bias, by_sums],
    [
        windowed(lambda w, b: w.mean((0, 1))),
        windowed(lambda w, b: w.sum((0, 1)) + b),
        windowed(lambda w, b: w.max((0, 1)) + b),
        windowed(fair, first=False),
        windowed(fair, step=0),
        windowed(fair, order=(2, 0, 1)),
        windowed(fair, order=(1, 0, 2)),
        windowed(lambda w, b: w.mean((0, 1)) - b),
        windowed(lambda w, b: -w.mean((0, 1)) - b),
        lambda v, b, s: np.array(np.unravel_index((v + b).argmax(), v.shape)),
        lambda v, b, s: by_sliding(v, b, s)[:2],
        lambda v, b, s: by_sliding(v, b, s) + 1,
        lambda v, b, s: by_sliding(v, b, max(1, s - 1)),
        lambda v, b, s: np.array([0, 0, (v.mean((0, 1)) + b).argmax()]),
    ],
)

# ---- 4: back through the bins ----


def by_matrix(dy, n):
    matrix = adaptive_avg_pool(np.eye(n), len(dy), axes=(1,)).T  # m x n
    return dy @ matrix


def by_library(dy, n):
    return adaptive_avg_pool_backward(np.asarray(dy, float), (n,))


def by_elements(dy, n):
    m = len(dy)
    dx = [0.0] * n
    for j in range(n):
        for i in range(m):
            start, stop = math.floor(i * n / m), math.ceil((i + 1) * n / m)
            if start <= j < stop:
                dx[j] += dy[i] / (stop - start)
    return dx


def by_concatenation(dy, n):
    m = len(dy)
    return sum(
        np.concatenate([np.zeros(a), np.full(b - a, g / (b - a)), np.zeros(n - b)])
        for g, a, b in ((dy[i], i * n // m, (i * n + n + m - 1) // m) for i in range(m))
    )


def by_adding_at(dy, n):
    m, dx = len(dy), np.zeros(n)
    for i, g in enumerate(dy):
        places = np.arange(i * n // m, -(-(i + 1) * n // m))
        np.add.at(dx, places, g / len(places))
    return dx


def back(share, add=True, end=lambda i, n, m: -(-(i + 1) * n // m)):
    def function(dy, n):
        m, dx = len(dy), np.zeros(n)
        for i in range(m):
            a, b = i * n // m, max(i * n // m + 1, end(i, n, m))
            dx[a:b] = (dx[a:b] if add else 0) + share(dy[i], b - a, n, m)
        return dx

    return function


BACK = (
    [by_matrix, by_library, by_elements, by_concatenation, by_adding_at],
    [
        back(lambda g, k, n, m: g / k, add=False),
        back(lambda g, k, n, m: g),
        back(lambda g, k, n, m: g * m / n),
        back(lambda g, k, n, m: g / k, end=lambda i, n, m: (i + 1) * n // m),
        back(lambda g, k, n, m: g, end=lambda i, n, m: 0),
        lambda dy, n: by_library(dy, n) / np.maximum(1, back(lambda g, k, n, m: 1)(dy, n)),
        lambda dy, n: by_library(dy, n)[::-1],
        lambda dy, n: by_library(np.asarray(dy)[::-1], n),
        lambda dy, n: -by_library(dy, n),
        lambda dy, n: np.resize(dy, n),
        lambda dy, n: np.full(n, np.mean(dy)),
        lambda dy, n: adaptive_avg_pool(np.asarray(dy, float), n),
        lambda dy, n: by_library(dy, n).round(),
    ],
)

# ---- 5: fair shares ----


def by_repeating(x, m):
    return np.repeat(x, m).reshape(m, len(x)).mean(axis=1)


def by_sums_so_far(x, m):
    n = len(x)
    total = np.concatenate([[0], np.cumsum(x)])
    at = np.interp(np.arange(m + 1) * n / m, np.arange(n + 1), total)
    return np.diff(at) * m / n


def by_hand(x, m):
    n, y = len(x), []
    for i in range(m):
        a, b = i * n / m, (i + 1) * n / m
        y.append(sum(float(x[j]) * max(0, min(j + 1, b) - max(j, a)) for j in range(n)) / (b - a))
    return y


def by_shares(x, m):
    n = len(x)
    left, element = (np.arange(m) * n)[:, None], np.arange(n) * m
    shares = np.clip(np.minimum(left + n, element + m) - np.maximum(left, element), 0, None)
    return shares @ x / n


def by_a_pool(x, m):
    return avg_pool(np.repeat(np.asarray(x, float), m), len(x))


def plain(start, stop):
    def function(x, m):
        n = len(x)
        return np.array([np.mean(x[start(i, n, m) : max(start(i, n, m) + 1, stop(i, n, m))]) for i in range(m)])

    return function


FAIR = (
    [by_repeating, by_sums_so_far, by_hand, by_shares, by_a_pool],
    [
        plain(lambda i, n, m: i * n // m, lambda i, n, m: -(-(i + 1) * n // m)),
        plain(lambda i, n, m: i * n // m, lambda i, n, m: (i + 1) * n // m),
        lambda x, m: by_repeating(x, m) * len(x) / m,
        lambda x, m: by_repeating(x, m) * len(x) / m**2,
        lambda x, m: np.interp((np.arange(m) + 0.5) * len(x) / m - 0.5, np.arange(len(x)), x),
        lambda x, m: np.interp(np.linspace(0, len(x) - 1, m), np.arange(len(x)), x),
        lambda x, m: by_repeating(x, m)[::-1],
        lambda x, m: np.full(m, x.mean()),
        lambda x, m: by_repeating(np.sort(x), m),
        lambda x, m: by_repeating(x, m).round(),
        lambda x, m: by_repeating(np.abs(x), m),
        lambda x, m: np.tile(x, m).reshape(m, len(x)).mean(axis=1),
        lambda x, m: np.repeat(x, m).reshape(m, len(x)).max(axis=1),
    ],
)

# ---- 6: a pyramid's bill ----

BILL = (
    [
        "12800 1280100 1280100",
        "12,800 1,280,100 1,280,100",
        "12800; 1280100; 1280100",
        "[12800, 1280100, 1280100]",
        "12800.0 1280100.0 1280100.0",
        [12800, 1280100, 1280100],
        np.array([12800, 1280100, 1280100]),
    ],
    [
        "3072 307300 307300",
        "50 5100 5100",
        "12800 1280000 1280000",
        "12800 1280100 5120100",
        "12800 1280100 2560100",
        "43264 4326500 17305700",
        "256 25700 25700",
        "12800 1280100",
        "12800",
        "1280100 12800 1280100",
        "12800 1280001 1280001",
        "12750 1275100 1275100",
    ],
)

VARIANTS = {1: THREE, 2: VOTES, 3: SUREST, 4: BACK, 5: FAIR, 6: BILL}
