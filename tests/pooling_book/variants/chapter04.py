"""Right and wrong answers to the exercises of chapter 04."""

import numpy as np

from pooling_lib import avg_pool, max_pool

# ---- 1: what a query costs ----

COST = (
    ["169 338000", "169, 338,000", "169; 338\u00a0000", "169 and 338'000", "[169, 338000]", "169.0 338000.0"],
    [
        "338000 169",
        "169",
        "338000",
        "196 392000",
        "784 1568000",
        "81 162000",
        "100 200000",
        "676 1352000",
        "13 26000",
        "13 338000",
        "169 2000",
        "169 338",
        "169 3042000",
        "144 288000",
    ],
)

# ---- 2: two pools in one row ----


def by_library(images):
    rows = [pool(images, 2, axes=(1, 2)).reshape(len(images), -1) for pool in (avg_pool, max_pool)]
    return np.hstack(rows)


def by_loops(images, start=None, across=False, dtype=float, mean=np.mean):
    """One image and one window after the other; `start` is what its largest begins with."""
    N, H, W = images.shape
    places = [(i, j) for i in range(0, H, 2) for j in range(0, W, 2)]
    places = sorted(places, key=lambda place: place[::-1]) if across else places
    rows = np.zeros((N, 2 * len(places)), dtype)
    for n in range(N):
        for at, (i, j) in enumerate(places):
            window = images[n, i : i + 2, j : j + 2]
            rows[n, at] = mean(window)
            rows[n, len(places) + at] = window.max() if start is None else max(start, window.max())
    return rows


def in_a_list(images):
    return by_library(images).tolist()


def in_float32(images):
    return by_library(images.astype(np.float32))


def by_four_corners(images):
    corners = np.stack([images[:, i::2, j::2] for i in (0, 1) for j in (0, 1)])
    return np.concatenate([corners.sum(0) / 4, corners.max(0)], axis=1).reshape(len(images), -1)


def each_by_itself(images):
    return np.array([np.concatenate([avg_pool(one, 2).ravel(), max_pool(one, 2).ravel()]) for one in images])


BOTH = (
    [by_library, by_loops, in_a_list, in_float32, by_four_corners, each_by_itself],
    [
        lambda x: avg_pool(x, 2, axes=(1, 2)).reshape(len(x), -1),
        lambda x: max_pool(x, 2, axes=(1, 2)).reshape(len(x), -1),
        lambda x: np.roll(by_library(x), by_library(x).shape[1] // 2, axis=1),
        lambda x: np.stack(np.split(by_library(x), 2, axis=1), axis=2).reshape(len(x), -1),
        lambda x: np.concatenate(np.split(by_library(x), 2, axis=1)),
        lambda x: np.stack([avg_pool(x, 2, axes=(1, 2)), max_pool(x, 2, axes=(1, 2))]),
        lambda x: by_loops(x, start=0),
        lambda x: by_loops(x, across=True),
        lambda x: by_loops(x, dtype=int),
        lambda x: by_loops(x, mean=np.sum),
        lambda x: by_loops(x, mean=np.median),
        lambda x: by_library(x).ravel(),
        lambda x: np.hstack([pool(x, 2).reshape(len(x), -1) for pool in (avg_pool, max_pool)]),
        lambda x: by_library(x[::-1]),
        lambda x: np.hstack([pool(x, 2, 1, axes=(1, 2)).reshape(len(x), -1) for pool in (avg_pool, max_pool)]),
    ],
)

# ---- 3: three vote ----


def ordered(train, query, measure=lambda d: (d**2).sum(axis=1)):
    return sorted(range(len(train)), key=lambda n: measure(train - query)[n])


def by_counting(train, labels, queries, voters=3, **how):
    found = []
    for query in queries:
        voted = [labels[n] for n in ordered(train, query, **how)[:voters]]
        found.append(max(voted, key=voted.count))
    return np.array(found)


def labels_in_a_list(train, labels, queries):
    return [int(label) for label in by_counting(train, labels, queries)]


def by_scikit_learn(train, labels, queries):
    """Its own vote would go to the smallest label; its neighbours, of equals, to any."""
    found = []
    for query in queries:
        squares = ((train.astype(float) - query) ** 2).sum(axis=1)
        a, b, c = (labels[n] for n in np.lexsort((np.arange(len(train)), squares))[:3])
        found.append(b if b == c else a)
    return np.array(found)


def by_one_product(train, labels, queries):
    squares = (queries**2).sum(1)[:, None] - 2 * queries @ train.T + (train**2).sum(1)
    three = labels[np.argsort(squares, axis=1, kind="stable")[:, :3]]
    return np.where(three[:, 1] == three[:, 2], three[:, 1], three[:, 0])


def by_smallest_again(train, labels, queries):
    """The smallest distance three times, each time without those found."""
    found = []
    for query in queries:
        squares = np.sqrt(((train - query) ** 2).sum(axis=1).astype(np.float64))
        three = []
        for _ in range(3):
            three.append(labels[squares.argmin()])
            squares[squares.argmin()] = np.inf
        found.append(three[1] if three.count(three[1]) > 1 else three[0])
    return np.array(found, np.float32)


def by_a_tuple(train, labels, queries):
    return tuple(by_one_product(train, labels, queries))


VOTE = (
    [by_counting, labels_in_a_list, by_scikit_learn, by_one_product, by_smallest_again, by_a_tuple],
    [
        lambda t, y, q: by_counting(t, y, q, voters=1),
        lambda t, y, q: by_counting(t, y, q, voters=2),
        lambda t, y, q: by_counting(t, y, q, voters=5),
        lambda t, y, q: by_counting(t, np.arange(len(y)), q),
        lambda t, y, q: by_counting(t, y, q, measure=lambda d: d.sum(axis=1)),
        lambda t, y, q: by_counting(t, y, q, measure=lambda d: abs(d).sum(axis=1)),
        lambda t, y, q: by_counting(t, y, q, measure=lambda d: abs(d).max(axis=1)),
        lambda t, y, q: by_counting(t, y, q, measure=lambda d: -(d**2).sum(axis=1)),
        lambda t, y, q: by_counting(t[::-1], y[::-1], q),
        lambda t, y, q: np.array([np.bincount(y[ordered(t, one)[:3]]).argmax() for one in q]),
        lambda t, y, q: np.array([np.median(y[ordered(t, one)[:3]]) for one in q]),
        lambda t, y, q: np.array([np.mean(y[ordered(t, one)[:3]]) for one in q]),
        lambda t, y, q: np.array([y[ordered(t, one)[:3]] for one in q]),
        lambda t, y, q: by_counting(t, y, q)[:-1],
        lambda t, y, q: by_counting(t, y, q[::-1]),
    ],
)

# ---- 4: the cheapest that will do ----


def by_masks(costs, scores, t, overlap, ddof=1, width=None):
    differences = scores - scores[scores.mean(axis=1).argmax()]
    J = scores.shape[1]
    half = t * differences.std(axis=1, ddof=ddof) * (np.sqrt(1 / J + overlap) if width is None else width(J, overlap))
    near = abs(differences.mean(axis=1)) <= half
    return np.where(near, costs, np.inf).argmin()


def by_sorting(costs, scores, t, overlap):
    best = np.argmax([row.mean() for row in scores])
    for place in sorted(range(len(costs)), key=lambda i: costs[i]):
        d = scores[place] - scores[best]
        half = t * np.sqrt(d.var(ddof=1) * (1 / len(d) + overlap))
        if place == best or d.mean() - half <= 0 <= d.mean() + half:
            return place
    return None


def by_sums(costs, scores, t, overlap):
    """By hand: no mean, no std."""
    J = len(scores[0])
    best = max(range(len(costs)), key=lambda i: sum(scores[i]))
    kept = []
    for i in range(len(costs)):
        d = [a - b for a, b in zip(scores[i], scores[best])]
        middle = sum(d) / J
        s = (sum((one - middle) ** 2 for one in d) / (J - 1)) ** 0.5
        if abs(middle) <= t * s * (1 / J + overlap) ** 0.5:
            kept.append(i)
    return min(kept, key=lambda i: costs[i])


def without_the_best(costs, scores, t, overlap):
    """Its interval is 0 ± 0, and 0 < 0 is false."""
    best = scores.mean(axis=1).argmax()
    d = scores - scores[best]
    half = t * d.std(axis=1, ddof=1) * np.sqrt(1 / scores.shape[1] + overlap)
    near = np.flatnonzero(abs(d.mean(axis=1)) < half)
    return near[costs[near].argmin()] if len(near) else best


def as_a_float(costs, scores, t, overlap):
    return float(by_masks(costs, scores, t, overlap))


def in_single_precision(costs, scores, t, overlap):
    return by_masks(costs.astype(np.float32), scores.astype(np.float32), t, overlap)


WILL_DO = (
    [by_masks, by_sorting, by_sums, as_a_float, in_single_precision],
    [
        lambda costs, scores, t, overlap: scores.mean(axis=1).argmax(),
        lambda costs, scores, t, overlap: costs.argmin(),
        without_the_best,
        lambda costs, scores, t, overlap: scores.mean(axis=1).argmin(),
        lambda costs, scores, t, overlap: costs[by_masks(costs, scores, t, overlap)],
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, 0),
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, overlap, ddof=0),
        lambda costs, scores, t, overlap: by_masks(costs, scores, 1, overlap),
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, overlap, width=lambda J, o: o**0.5),
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, overlap, width=lambda J, o: 1 / J + o),
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, overlap, width=lambda J, o: 1 / J**0.5 + o**0.5),
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, overlap, width=lambda J, o: 1),
        lambda costs, scores, t, overlap: len(costs) - 1 - by_masks(costs[::-1], scores[::-1], t, overlap),
        lambda costs, scores, t, overlap: by_masks(costs, scores, t, overlap) + 1,
        lambda costs, scores, t, overlap: by_masks(-costs, scores, t, overlap),
        lambda costs, scores, t, overlap: by_masks(costs, -scores, t, overlap),
    ],
)

# ---- 5: a shift without a wrap ----


def by_padding(images, down, right):
    N, H, W = images.shape
    wide = np.zeros((N, 3 * H, 3 * W), images.dtype)
    wide[:, H : 2 * H, W : 2 * W] = images
    return wide[:, H - down : 2 * H - down, W - right : 2 * W - right]


def by_rolling(images, down, right):
    moved = np.roll(images, (down, right), axis=(1, 2))
    rows, columns = np.arange(images.shape[1]) - down, np.arange(images.shape[2]) - right
    inside = ((rows >= 0) & (rows < len(rows)))[:, None] & (columns >= 0) & (columns < len(columns))
    return moved * inside


def by_slices(images, down, right):
    moved = np.zeros_like(images)
    H, W = images.shape[1:]
    to = slice(max(down, 0), min(H, H + down)), slice(max(right, 0), min(W, W + right))
    come = slice(max(-down, 0), min(H, H - down)), slice(max(-right, 0), min(W, W - right))
    moved[:, *to] = images[:, *come]
    return moved


def by_scipy(images, down, right):
    from scipy import ndimage

    return ndimage.shift(images.astype(float), (0, down, right), order=0)


def shifted_in_a_list(images, down, right):
    return by_padding(images, down, right).tolist()


def by_four_branches(images, down, right, last=True):
    """One branch for each pair of signs; without `last` the one for two negative shifts is forgotten."""
    y = np.zeros(images.shape, np.float32)
    H, W = images.shape[1:]
    if down >= 0 and right >= 0:
        y[:, down:, right:] = images[:, : H - down, : W - right]
    elif down >= 0:
        y[:, down:, :right] = images[:, : H - down, -right:]
    elif right >= 0:
        y[:, :down, right:] = images[:, -down:, : W - right]
    elif last:
        y[:, :down, :right] = images[:, -down:, -right:]
    return y


def with_a_slip(images, down, right):
    """No shift to the left, unless something moves down or up as well."""
    return images if down == 0 and right < 0 else by_padding(images, down, right)


SHIFT = (
    [by_padding, by_rolling, by_slices, by_scipy, shifted_in_a_list, by_four_branches],
    [
        lambda x, down, right: np.roll(x, (down, right), axis=(1, 2)),
        lambda x, down, right: by_padding(x, -down, -right),
        lambda x, down, right: by_padding(x, right, down),
        lambda x, down, right: by_padding(x, down, -right),
        lambda x, down, right: by_padding(x, -down, right),
        lambda x, down, right: by_padding(x, down, 0),
        lambda x, down, right: by_padding(x, 0, right),
        lambda x, down, right: by_padding(x, abs(down), abs(right)),
        lambda x, down, right: by_four_branches(x, down, right, last=False),
        with_a_slip,
        lambda x, down, right: x if down < 0 and right == 0 else by_padding(x, down, right),
        lambda x, down, right: x if down < 0 and right < 0 else by_padding(x, down, right),
        lambda x, down, right: np.roll(x, (down, right), axis=(0, 1)),
        lambda x, down, right: by_padding(x, down, right)[:, : x.shape[1] - abs(down), : x.shape[2] - abs(right)],
        lambda x, down, right: np.where(by_padding(x, down, right) == 0, x, by_padding(x, down, right)),
        lambda x, down, right: by_padding(x, down, right)[0],
    ],
)

# ---- 6: how far apart, at most? ----

BOUND = (
    ["4 12", "4, 12", "4; 12", "4 and 12", "4.0 12.0", "[4, 12]"],
    ["12 4", "4 4", "12 12", "1.333 12", "1.33 12", "4/3 4/3", "4 36", "36 12", "4", "12", "4 108", "108 12", "0 12"],
)

VARIANTS = {1: COST, 2: BOTH, 3: VOTE, 4: WILL_DO, 5: SHIFT, 6: BOUND}
