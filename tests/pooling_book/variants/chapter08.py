"""Right and wrong answers to the exercises of chapter 08."""

import math

import numpy as np

# ---- 1: two phases ----

PHASES = (
    [
        "7 2 9 6 6 7 9 4",
        "7, 2, 9, 6, 6, 7, 9, 4",
        "7 2 9 6; 6 7 9 4",
        "[7, 2, 9, 6] [6, 7, 9, 4]",
        "7.0 2.0 9.0 6.0 6.0 7.0 9.0 4.0",
        [7, 2, 9, 6, 6, 7, 9, 4],
        np.array([[7, 2, 9, 6], [6, 7, 9, 4]]),
    ],
    [
        "7 2 9 6 7 9 4 6",
        "7 2 9 6 6 7 2 9",
        "7 2 9 6 7 2 9 6",
        "7 9 9 6 7 9 9 6",
        "7 7 2 9 9 4 6 6",
        "7 2 9 6",
        "6 7 9 4 7 2 9 6",
        "7 2 9 6 0 7 9 4",
        "7 2 9 6 2 9 6 7",
        "6 7 9 4",
        "7 2 9 4 6 7 9 6",
        "2 6 7 9 4 6 7 9",
    ],
)

# ---- 2: a map made larger on the way ----

LARGER = (
    ["12 3", "12, 3", "(12, 3)", "12; 3", "12.0 3.0", [12, 3], np.array([12, 3])],
    [
        "24 1.5",
        "48 0.75",
        "6 6",
        "3 12",
        "9 4",
        "12 36",
        "12 24",
        "12",
        "3 12 3",
        "3",
        "11 36/11",
        "4 9",
        "24 2",
        "12 6",
    ],
)

# ---- 3: consistency ----


def in_a_loop(before, after):
    kept = 0
    for a, b in zip(before, after):
        kept += int(list(a).index(max(a)) == list(b).index(max(b)))
    return kept / len(before)


def by_a_mask(before, after):
    first = [np.flatnonzero(row == row.max())[0] for row in before]
    return sum(f == np.flatnonzero(row == row.max())[0] for f, row in zip(first, after)) / len(first)


CONSISTENCY = (
    [
        lambda a, b: np.mean(a.argmax(1) == b.argmax(1)),
        lambda a, b: float((np.argmax(a, axis=1) == np.argmax(b, axis=1)).sum() / len(a)),
        lambda a, b: 1 - np.count_nonzero(a.argmax(1) - b.argmax(1)) / a.shape[0],
        in_a_loop,
        by_a_mask,
    ],
    [
        lambda a, b: np.mean(a == b),
        lambda a, b: np.mean(a.max(1) == b.max(1)),
        lambda a, b: np.sum(a.argmax(1) == b.argmax(1)),
        lambda a, b: 100 * np.mean(a.argmax(1) == b.argmax(1)),
        lambda a, b: np.mean(a.argmax(1) != b.argmax(1)),
        lambda a, b: np.mean(a.argmax(0) == b.argmax(0)),
        lambda a, b: float(a.argmax() == b.argmax()),
        lambda a, b: np.mean(a.argmin(1) == b.argmin(1)),
        lambda a, b: np.mean(a[:, ::-1].argmax(1) == b[:, ::-1].argmax(1)),
        lambda a, b: np.mean((a == b).all(axis=1)),
        lambda a, b: np.mean(a.argmax(1) == b.argmax(1)) * len(a) / (len(a) - 1),
        lambda a, b: np.corrcoef(a.ravel(), b.ravel())[0, 1],
    ],
)

# ---- 4: how long a blur ----


def by_logarithms(p, most):
    if most >= 1:
        return 1
    left = math.cos(math.pi / p)
    if left < 1e-12:
        return 2
    return 1 + math.ceil(math.log(most) / math.log(left) - 1e-9)


def by_the_weights(p, most):
    weights = np.array([1.0])
    while abs(np.exp(-2j * np.pi * np.arange(len(weights)) / p) @ weights) > most + 1e-9:
        weights = np.convolve(weights, [0.5, 0.5])
    return len(weights)


def by_multiplying(p, most):
    k, share = 1, 1.0
    while share > most + 1e-9:
        share *= abs(math.cos(math.pi / p))
        k += 1
    return k


def by_searching(p, most):
    shares = abs(math.cos(math.pi / p)) ** np.arange(2000)
    return int(np.argmax(shares <= most + 1e-9)) + 1


def by_counting(p, most):
    return 1 + int(sum(abs(math.cos(math.pi / p)) ** n > most + 1e-9 for n in range(2000)))


def other(share, start=1, most_times=1.0):
    def function(p, most):
        k = start
        while share(p, k) > most * most_times + 1e-9 and k < 500:
            k += 1
        return k

    return function


BLUR = (
    [by_logarithms, by_the_weights, by_multiplying, by_searching, by_counting],
    [
        other(lambda p, k: abs(math.cos(math.pi / p)) ** k),
        other(lambda p, k: abs(math.cos(math.pi * p)) ** (k - 1)),
        other(lambda p, k: abs(math.cos(2 * math.pi / p)) ** (k - 1)),
        other(lambda p, k: abs(np.exp(-2j * np.pi * np.arange(k) / p).mean())),
        lambda p, most: by_logarithms(p, most) - 1,
        lambda p, most: by_logarithms(p, most) + 1,
        lambda p, most: max(2, by_logarithms(p, most)),
        lambda p, most: by_logarithms(p, most) + (1 - by_logarithms(p, most) % 2),
        lambda p, most: abs(math.cos(math.pi / p)) ** (by_logarithms(p, most) - 1),
        lambda p, most: by_logarithms(p, 1 - most) if most < 1 else 1,
        other(lambda p, k: abs(math.cos(math.pi / p)) ** (2 * (k - 1))),
        other(lambda p, k: abs(math.cos(math.pi / p)) ** (k - 1), most_times=0.5),
        lambda p, most: 3,
    ],
)

# ---- 5: shifts that a line forgives ----


def read(x, k, S):
    """The pool's outputs, by loops."""
    n = len(x)
    return [max(x[(i + a) % n] for a in range(k)) for i in range(0, n, S)]


def by_lists(x, k, S):
    old = read(x, k, S)
    turned = [old[q:] + old[:q] for q in range(len(old))]
    return [d for d in range(len(x)) if read(np.roll(x, d), k, S) in turned]


def by_text(x, k, S):
    twice = ",".join(map(str, read(x, k, S) * 2)) + ","
    return [d for d in range(len(x)) if ("," + ",".join(map(str, read(np.roll(x, d), k, S))) + ",") in "," + twice]


def by_phases(x, k, S):
    """A shift by d brings the phase -d: which phases are the first one, moved?"""
    dense = np.array(read(x, k, 1))
    rings = [dense[a::S] for a in range(S)]
    like = [any(np.array_equal(np.roll(rings[0], q), ring) for q in range(len(ring))) for ring in rings]
    return np.flatnonzero([like[-d % S] for d in range(len(x))])


def as_a_tuple(x, k, S):
    return tuple(by_lists(x, k, S))


def by_padding(x, k, S):
    def outputs(d):
        line = np.roll(x, d)
        windows = np.lib.stride_tricks.sliding_window_view(np.concatenate([line, line])[: len(x) + k - 1], k)
        return windows.max(axis=1)[::S].tolist()

    found = []
    for d in range(len(x)):
        now = outputs(d)
        if any(now[q:] + now[:q] == outputs(0) for q in range(len(now))):
            found.append(d)
    return np.array(found, float)


def only(same):
    return lambda x, k, S: [d for d in range(len(x)) if same(read(x, k, S), read(np.roll(x, d), k, S), d, S)]


FORGIVEN = (
    [by_lists, by_text, by_phases, as_a_tuple, by_padding],
    [
        lambda x, k, S: np.arange(0, len(x), S),
        only(lambda old, new, d, S: old == new),
        only(lambda old, new, d, S: np.roll(old, d // S).tolist() == new),
        only(lambda old, new, d, S: sorted(old) == sorted(new)),
        only(lambda old, new, d, S: sum(old) == sum(new)),
        lambda x, k, S: by_lists(x, 1, S),
        lambda x, k, S: by_lists(x, k, 1),
        lambda x, k, S: by_lists(x, k, S)[1:],
        lambda x, k, S: len(by_lists(x, k, S)),
        lambda x, k, S: by_lists(-x, k, S),
        lambda x, k, S: [d for d in by_lists(x, k, S) if d < S],
        lambda x, k, S: np.arange(len(x)),
        lambda x, k, S: [d for d in range(len(x)) if np.array_equal(np.roll(x, d), x)],
    ],
)

VARIANTS = {1: PHASES, 2: LARGER, 3: CONSISTENCY, 4: BLUR, 5: FORGIVEN}
