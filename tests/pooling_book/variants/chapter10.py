"""Right and wrong answers to the exercises of chapter 10."""

import numpy as np

# ---- 1: six answers ----

ANSWERS = (
    [
        "4 5 6.75 9.0625 325/27 325",
        "4, 5, 6.75, 9.0625, 12.037, 325",
        "4; 5; 27/4; 145/16; 12.0370; 325",
        "(4, 5, 6.75, 9.0625, 12.037037, 325)",
        [4, 5, 6.75, 9.0625, 325 / 27, 325],
        np.array([4, 5, 6.75, 9.0625, 325 / 27, 325]),
    ],
    [
        "4 5 6.75 9.0625 6.75 325",
        "4 5 6.75 9.0625 16 325",
        "4 5 6.75 13.6875 325/27 325",
        "4 5 6.75 9.0625 325/27 81.25",
        "4 2 6.75 9.0625 325/27 325",
        "256 5 6.75 9.0625 325/27 325",
        "16 5 6.75 9.0625 325/27 325",
        "4 5 6.75 9.0625 12.037",
        "5 4 6.75 9.0625 325/27 325",
        "4 5 6.75 9.0625 325/27 18.03",
        "4 5 6.75 9.0625 325/27 18.028",
        "4 5 6.75 9.0625 12.04 325",
        "4 8 6.75 9.0625 325/27 325",
    ],
)

# ---- 2: scales ----

SCALES = (
    [
        "10 45 30 30",
        "10, 45, 30, 30",
        "(10, 45, 30, 30)",
        "10; 45; 30; 30.0",
        [10, 45, 30, 30],
        np.array([10, 45, 30, 30]),
    ],
    [
        "2 45 30 30",
        "20 45 30 30",
        "0.4 45 30 30",
        "10 35 30 30",
        "10 45 20 30",
        "10 45 30 750",
        "10 45 30 40",
        "10 7 4 6",
        "10 45 30",
        "12 45 30 30",
        "10 45 30 6",
    ],
)

# ---- 3: the power ----


def by_scan(x, answer):
    p = np.linspace(0.1, 50, 200_001)
    flat = np.log(np.ravel(x))
    means = np.exp(np.log(np.exp(np.multiply.outer(p, flat)).mean(axis=1)) / p)
    return p[np.abs(means - answer).argmin()]


def by_secants(x, answer):
    from scipy.optimize import brentq

    return brentq(lambda p: (x**p).mean() ** (1 / p) - answer, 0.05, 60, xtol=1e-9)


def by_slope(x, answer):
    logs, p = np.log(x), 1.0
    for _ in range(4000):
        w = np.exp(p * (logs - logs.max()))
        mean = np.exp(logs.max() + np.log(w.mean()) / p)
        slope = mean / p**2 * (w / w.sum() * np.log(w / w.mean())).sum()
        p = min(50.0, max(0.1, p + np.clip((answer - mean) / slope, -p / 3, 1)))
    return p


def by_thirds(x, answer):
    low, high = 0.1, 50.0
    while high - low > 1e-7:
        one, other = low + (high - low) / 3, high - (high - low) / 3
        if np.mean(x**one) ** (1 / one) >= answer:
            high = one
        elif np.mean(x**other) ** (1 / other) < answer:
            low = other
        else:
            low, high = one, other
    return low


def by_logarithm(x, answer):
    low, high = 0.1, 50.0
    for _ in range(80):
        p = (low * high) ** 0.5
        too_little = np.log(np.mean(x**p)) / p < np.log(answer)
        low, high = (p, high) if too_little else (low, p)
    return np.array(p)


def whole_numbers(x, answer):
    return min(range(1, 51), key=lambda p: abs(np.mean(x**p) ** (1 / p) - answer))


def halving(mean):
    def function(x, answer):
        low, high = 0.1, 50.0
        for _ in range(60):
            p = (low + high) / 2
            low, high = (p, high) if mean(x, p) < answer else (low, p)
        return p

    return function


POWER = (
    [by_scan, by_secants, by_slope, by_thirds, by_logarithm],
    [
        whole_numbers,
        halving(lambda x, p: np.sum(x**p) ** (1 / p)),
        halving(lambda x, p: np.mean(x**p)),
        halving(lambda x, p: np.mean(x) ** p),
        halving(lambda x, p: -(np.mean(x**p) ** (1 / p))),
        halving(lambda x, p: np.mean(x ** (1 / p)) ** p),
        lambda x, answer: answer,
        lambda x, answer: np.log(answer) / np.log(np.mean(x)),
        lambda x, answer: 1.0,
        lambda x, answer: float("nan"),
        lambda x, answer: by_secants(x, answer) + 0.01,
        lambda x, answer: [by_secants(x, answer), 0.0],
    ],
)

# ---- 4: ranks ----


def by_sorting_pairs(x, weights, k):
    dx = np.zeros(x.shape)
    for i in range(0, len(x), k):
        for j in range(0, len(x[0]), k):
            cells = [(-x[i + a, j + b], a, b) for a in range(k) for b in range(k)]
            for weight, (_, a, b) in zip(weights, sorted(cells)):
                dx[i + a, j + b] = weight
    return dx


def by_counting(x, weights, k):
    dx = np.zeros(x.shape)
    for i, j in np.ndindex(x.shape):
        top, left = i // k * k, j // k * k
        window = x[top : top + k, left : left + k].ravel()
        own = (i - top) * k + j - left
        rank = (window > x[i, j]).sum() + (window[:own] == x[i, j]).sum()
        dx[i, j] = weights[rank]
    return dx


def at_once(x, weights, k):
    H, W = x.shape
    blocks = x.reshape(H // k, k, W // k, k).swapaxes(1, 2).reshape(H // k, W // k, k * k)
    ranks = np.argsort(np.argsort(-blocks, axis=-1, kind="stable"), axis=-1, kind="stable")
    paid = np.asarray(weights)[ranks]
    return paid.reshape(H // k, W // k, k, k).swapaxes(1, 2).reshape(H, W)


def by_taking_the_largest(x, weights, k):
    dx = np.zeros(x.shape)
    for i in range(0, x.shape[0], k):
        for j in range(0, x.shape[1], k):
            window = x[i : i + k, j : j + k].astype(float)
            for weight in weights:
                a, b = np.unravel_index(window.argmax(), (k, k))
                dx[i + a, j + b] += weight
                window[a, b] = -np.inf
    return dx


def as_lists(x, weights, k):
    return by_counting(x, weights, k).tolist()


def paid_by(rule):
    def function(x, weights, k):
        dx = np.zeros(x.shape)
        for i in range(0, x.shape[0], k):
            for j in range(0, x.shape[1], k):
                dx[i : i + k, j : j + k] = rule(x[i : i + k, j : j + k].ravel(), np.asarray(weights)).reshape(k, k)
        return dx

    return function


def placed(order, weights):
    paid = np.zeros(len(order))
    paid[order] = weights
    return paid


def evenly(window, weights):
    paid = placed(np.argsort(-window, kind="stable"), weights)
    return np.array([paid[window == value].mean() for value in window])


RANKS = (
    [by_sorting_pairs, by_counting, at_once, by_taking_the_largest, as_lists],
    [
        paid_by(lambda w, c: placed(np.argsort(w, kind="stable"), c)),
        paid_by(lambda w, c: placed(np.argsort(w, kind="stable")[::-1], c)),
        paid_by(lambda w, c: c[np.argsort(-w, kind="stable")]),
        paid_by(evenly),
        paid_by(lambda w, c: w * placed(np.argsort(-w, kind="stable"), c)),
        paid_by(lambda w, c: c),
        paid_by(lambda w, c: np.full(len(w), c.mean())),
        paid_by(lambda w, c: placed([w.argmax()], c[:1]) if False else (np.arange(len(w)) == w.argmax()) * c[0]),
        paid_by(lambda w, c: np.sort(w)[::-1] * c),
        lambda x, weights, k: at_once(x, weights, k).T,
        lambda x, weights, k: at_once(x, weights, k) / k**2,
        lambda x, weights, k: placed(np.argsort(-x.ravel(), kind="stable"), np.resize(weights, x.size)).reshape(
            x.shape
        ),
    ],
)

# ---- 5: draws ----


def by_powers(x, draws):
    one, two, three = (np.sum(x**p) for p in (1, 2, 3))
    return np.array([two / one, (three / one - (two / one) ** 2) / draws])


def by_loops(x, draws):
    total = float(sum(x.flat))
    expected = sum(v / total * v for v in x.flat)
    return [expected, sum(v / total * (v - expected) ** 2 for v in x.flat) / draws]


def by_average(x, draws):
    expected = np.average(x, weights=x)
    return np.array([expected, np.average((x - expected) ** 2, weights=x) / draws])


def by_pairs(x, draws):
    """The variance as half the expected square of the difference of two draws."""
    chances = (x / x.sum()).ravel()
    flat = x.ravel()
    apart = np.subtract.outer(flat, flat) ** 2
    return np.array([chances @ flat, chances @ apart @ chances / 2 / draws])


def by_cases(x, draws):
    """One draw, listed; averages of independent draws by adding variances."""
    flat, chances = x.ravel(), (x / x.sum()).ravel()
    mean = float(flat @ chances)
    total = sum(chances[i] * flat[i] ** 2 for i in range(flat.size)) - mean**2
    return (mean, draws * total / draws**2)


DRAWS = (
    [by_powers, by_loops, by_average, by_pairs, by_cases],
    [
        lambda x, n: np.array([x.mean(), by_powers(x, n)[1]]),
        lambda x, n: by_powers(x, 1),
        lambda x, n: np.array([by_powers(x, 1)[0], by_powers(x, 1)[1] / n**0.5]),
        lambda x, n: np.array([by_powers(x, n)[0], by_powers(x, n)[1] ** 0.5]),
        lambda x, n: np.array([by_powers(x, 1)[0], x.var() / n]),
        lambda x, n: np.array([by_powers(x, 1)[0], np.sum(x**3) / x.sum() / n]),
        lambda x, n: np.array([by_powers(x, 1)[0] / n, by_powers(x, n)[1]]),
        lambda x, n: by_powers(x, n)[::-1],
        lambda x, n: by_powers(x, n)[0],
        lambda x, n: np.array([x.max(), by_powers(x, n)[1]]),
        lambda x, n: np.array([x.mean(), x.var() / n]),
        lambda x, n: np.array([by_powers(x, n)[0], by_powers(x, n)[1] / n]),
    ],
)

VARIANTS = {1: ANSWERS, 2: SCALES, 3: POWER, 4: RANKS, 5: DRAWS}
