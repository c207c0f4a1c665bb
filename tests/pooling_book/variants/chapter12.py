"""Right and wrong answers to the exercises of chapter 12."""

import math

import numpy as np

from pooling_lib import masked_max_pool

# ---- 1: padding that counts ----

FILLED = (
    [
        "-4 -2.4 -1 0",
        "-4, -2.4, -1, 0",
        "−4 −2.4 −1 0",
        "-4; -12/5; -1; 0",
        "(-4.0, -2.40, -1, 0)",
        [-4, -2.4, -1, 0],
        np.array([[-4, -2.4], [-1, 0]]),
    ],
    [
        "-4 -4 -1 -1",
        "-2.4 -4 0 -1",
        "-4 -2.4 -1 -1",
        "-4 -2.4 -8 0",
        "-4 -2.4 -8 -8",
        "-12 -12 -1 0",
        "-4 -3 -1 0",
        "-4 -2.4 -1",
        "4 2.4 1 0",
        "-4 -2.4 0 0",
        "-4 -6 -1 0",
        "-3 -2.4 -1 0",
    ],
)

# ---- 2: three that look like two ----

ALIKE = (
    ["8 9 12 18", "8, 9, 12, 18", "(8, 9) (12, 18)", "8.0 9.0 12.0 18.0", [8, 9, 12, 18], np.array([8, 9, 12, 18])],
    [
        "2 9 12 12",
        "9 8 12 18",
        "8 9 18 12",
        "5 9 12 15",
        "7 10 12 18",
        "8.5 8.5 12 18",
        "8 9 6 6",
        "8 9",
        "8 9 12 12",
        "3 9 12 13",
        "1 9 12 19",
        "9 9 12 19",
    ],
)

# ---- 3: weights by hand ----

BY_HAND = (
    [
        "0.75 16/3 6",
        "3/4, 16/3, 6",
        "0.75; 5.333; 6",
        "(6/8 16/3 24/4)",
        [0.75, 16 / 3, 6],
        np.array([0.75, 16 / 3, 6]),
    ],
    [
        "0.75 2 6",
        "6 16 20",
        "10/3 6 20/3",
        "0.75 16/3 16/3",
        "8 8 8",
        "0.75 6 6",
        "0.75 16/3",
        "6 16/3 0.75",
        "3.25 16/3 6",
        "-2 8 8",
        "0.75 5 6",
        "1 16/3 6",
    ],
)

# ---- 4: the largest of each bag ----


def by_split(x, sizes, empty):
    parts = np.split(x, np.cumsum(sizes)[:-1])
    return np.array([part.max(axis=0) if len(part) else np.full(x.shape[1], empty) for part in parts], float)


def by_at(x, sizes, empty):
    y = np.full((len(sizes), x.shape[1]), -np.inf)
    np.maximum.at(y, np.repeat(np.arange(len(sizes)), sizes), x)
    y[np.asarray(sizes) == 0] = empty
    return y


def by_lists(x, sizes, empty):
    rows, rest = [], x.tolist()
    for size in sizes:
        bag, rest = rest[:size], rest[size:]
        rows.append([max(column) for column in zip(*bag)] if bag else [empty] * x.shape[1])
    return rows


def by_mask(x, sizes, empty):
    most = max(1, max(sizes))
    mask = np.arange(most) < np.asarray(sizes)[:, None]
    padded = np.zeros((len(sizes), most, x.shape[1]))
    padded[mask] = x
    y, real = masked_max_pool(padded, mask)
    return np.where(real, y, empty)[:, 0]


def by_reduceat(x, sizes, empty):
    sizes = np.asarray(sizes)
    full = np.flatnonzero(sizes)
    y = np.full((len(sizes), x.shape[1]), float(empty))
    y[full] = np.maximum.reduceat(x, (np.cumsum(sizes) - sizes)[full], axis=0)
    return y


LARGEST = (
    [by_split, by_at, by_lists, by_mask, by_reduceat],
    [
        lambda x, sizes, empty: by_at(x, sizes, 0),
        lambda x, sizes, empty: by_at(x, sizes, empty).T,
        lambda x, sizes, empty: by_at(x, sizes, empty)[:-1],
        lambda x, sizes, empty: np.maximum(by_at(x, sizes, empty), 0),
        lambda x, sizes, empty: np.maximum(by_at(x, sizes, empty), empty),
        lambda x, sizes, empty: -by_at(-x, sizes, empty),
        lambda x, sizes, empty: by_at(x, sizes, empty).max(axis=1),
        lambda x, sizes, empty: by_at(x, sizes, -np.inf),
        lambda x, sizes, empty: by_at(x, sizes[::-1], empty),
        lambda x, sizes, empty: by_at(x[::-1], sizes, empty),
        lambda x, sizes, empty: by_at(x, sizes, empty)[np.asarray(sizes) > 0],
        lambda x, sizes, empty: np.nan_to_num(by_at(x, sizes, np.nan)),
        lambda x, sizes, empty: by_at(x, sizes, empty)[:, ::-1],
        lambda x, sizes, empty: np.maximum.reduceat(x, np.minimum(np.cumsum(sizes) - sizes, len(x) - 1), axis=0),
    ],
)

# ---- 5: attention on a batch ----


def row_by_row(x, scores, mask):
    rows = []
    for tokens, s, m in zip(x, scores, mask):
        if not m.any():
            rows.append(np.zeros(x.shape[2]))
            continue
        powers = np.exp(s[m] - s[m].max())
        rows.append((powers / powers.sum()) @ tokens[m])
    return np.array(rows)


def in_lists(x, scores, mask):
    out = []
    for tokens, s, m in zip(x.tolist(), scores.tolist(), mask.tolist()):
        top = max([v for v, real in zip(s, m) if real], default=0)
        powers = [math.exp(v - top) if real else 0 for v, real in zip(s, m)]
        total = sum(powers) or 1
        out.append([sum(p * t[c] for p, t in zip(powers, tokens)) / total for c in range(x.shape[2])])
    return out


def by_einsum(x, scores, mask):
    s = np.where(mask, scores, -1e30)
    powers = np.exp(s - s.max(axis=1, keepdims=True)) * mask
    total = powers.sum(axis=1, keepdims=True)
    return np.einsum("nl,nlc->nc", powers / np.maximum(total, 1e-300), x)


def by_nan(x, scores, mask):
    with np.errstate(invalid="ignore"):
        s = np.where(mask, scores, -np.inf)
        powers = np.exp(s - s.max(axis=1, keepdims=True))
        y = (powers[..., None] * x).sum(1) / powers.sum(1)[:, None]
    return np.nan_to_num(y)


def by_logsum(x, scores, mask):
    s = np.where(mask, scores, -np.inf)
    weights = np.exp(s - np.logaddexp.reduce(s, axis=1, initial=-1e300)[:, None])
    return np.sum(weights[..., None] * x, axis=1)


def shifted_by_the_batch(x, scores, mask):
    powers = np.exp(np.where(mask, scores, -np.inf) - scores[mask].max())
    total = powers.sum(axis=1, keepdims=True)
    return np.einsum("nl,nlc->nc", powers / np.where(total, total, 1), x)


ATTENTION = (
    [row_by_row, in_lists, by_einsum, by_nan, by_logsum],
    [
        lambda x, s, m: row_by_row(x, s, np.ones_like(m)),
        lambda x, s, m: row_by_row(x, -s, m),
        lambda x, s, m: row_by_row(x, 0 * s, m),
        lambda x, s, m: row_by_row(x, 2 * s, m),
        lambda x, s, m: row_by_row(x, s, ~m),
        lambda x, s, m: row_by_row(x, s * m, np.ones_like(m)),
        lambda x, s, m: row_by_row(x, s, m).sum(axis=1),
        lambda x, s, m: row_by_row(x, s, m)[:, ::-1] if x.shape[2] > 1 else row_by_row(x, s, m) + 1,
        lambda x, s, m: row_by_row(x, s, m) * m.sum(axis=1)[:, None],
        lambda x, s, m: row_by_row(x, s, m) / x.shape[1],
        lambda x, s, m: (np.exp(s - s.max())[..., None] * m[..., None] * x).sum(axis=1),
        lambda x, s, m: row_by_row(x, s, m) + ~m.any(axis=1)[:, None],
        lambda x, s, m: np.where(m[..., None], x, -np.inf).max(axis=1),
        lambda x, s, m: row_by_row(x, np.clip(s, -50, 50), m),
        shifted_by_the_batch,
    ],
)

# ---- 6: a set that three pools cannot tell apart ----


def spread_out(x):
    """More numbers are not allowed by the mean: others of the same sum, evenly between."""
    y = np.sort(np.asarray(x, float))
    rest = y[:-1]
    level = np.full(len(rest), rest.mean())
    if np.allclose(level, rest):
        level[0], level[1] = level[0] - (y[-1] - level[1]) / 3, level[1] + (y[-1] - level[1]) / 3
    return np.append(level, y[-1])


def two_lower(x):
    y = np.array(x, float)
    order = np.argsort(y)
    room = y[order[-1]] - y[order[1]]
    if room > 0:
        y[order[1]] += room / 2
        y[order[0]] -= room / 2
        return y
    y[order[0]] += (y[order[1]] - y[order[0]]) / 2
    y[order[1]] -= (x[order[1]] - x[order[0]]) / 2
    return y


def in_a_list(x):
    return spread_out(x).tolist()


def turned_round(x):
    return spread_out(x)[::-1]


def twice(x):
    return two_lower(two_lower(x))


LOOKALIKE = (
    [spread_out, two_lower, in_a_list, turned_round, twice],
    [
        lambda x: x,
        lambda x: np.sort(x),
        lambda x: x[::-1],
        lambda x: x + 0.0,
        lambda x: np.tile(x, 2),
        lambda x: np.full(len(x), x.mean()),
        lambda x: np.append(x, 0),
        lambda x: spread_out(x) + 1,
        lambda x: np.append(spread_out(x), x.mean()),
        lambda x: np.minimum(two_lower(x), x.max() - 0.25),
        lambda x: spread_out(x)[None],
        lambda x: -spread_out(x) if x.sum() else x,
        lambda x: np.append(spread_out(x)[:-1], np.nan),
        lambda x: [],
    ],
)

VARIANTS = {1: FILLED, 2: ALIKE, 3: BY_HAND, 4: LARGEST, 5: ATTENTION, 6: LOOKALIKE}
