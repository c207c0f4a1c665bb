"""Right and wrong answers to the exercises of chapter 09."""

from itertools import combinations, product

import numpy as np

# ---- 1: VGG16 at 384 pixels, with four pools ----

LARGER = (
    [
        "24 294912",
        "24, 294912",
        "24 294,912",
        "24, 294,912",
        "(24; 294912)",
        "24.0 294912.0",
        [24, 294912],
        np.array([24, 294912]),
    ],
    [
        "294912 24",
        "294912",
        "24",
        "24 12288",
        "24 589824",
        "24 147456",
        "12 73728",
        "48 1179648",
        "14 100352",
        "24 576",
        "24 294",
        "24 24 294912",
        "24 294913",
    ],
)

# ---- 2: if VGG16's pools had learnt ----

LEARNT = (
    ["2944", "2,944", "2944.0", " 2944 ", 2944, [2944], np.int64(2944)],
    ["1472", "10", "5888", "5120", "7360", "1024", "1920", "8448", "2,943", "-2944", "294400", "2944 10"],
)

# ---- 3: the work of a stack ----


def by_lists(side, channels, layers):
    sides, depths = [side], [channels]
    for filters, window, stride in layers:
        sides.append(len(range(0, sides[-1] - window + 1, stride)))
        depths.append(filters or depths[-1])
    return sum(
        after**2 * filters * window**2 * depth
        for (filters, window, _), after, depth in zip(layers, sides[1:], depths)
        if filters
    )


def by_recursion(side, channels, layers):
    if not layers:
        return 0
    (filters, window, stride), *rest = layers
    side = (side - window + stride) // stride
    work = side * side * filters * window * window * channels
    return work + by_recursion(side, filters if filters else channels, rest)


def by_library(side, channels, layers):
    from pooling_lib.cost import Conv, Pool, stack, total

    parts = [Conv(f, k, s) if f else Pool("max", k, s) for f, k, s in layers]
    return total(stack((side, side, channels), parts)).multiply_adds


def by_floats(side, channels, layers):
    return float(by_lists(side, channels, layers))


def in_place(side, channels, layers):
    work = 0
    for f, k, s in layers:
        side = 1 + (side - k) // s
        if f != 0:
            work += (side * k) ** 2 * f * channels
            channels = f
    return np.int64(work)


def worked(
    side,
    channels,
    layers,
    *,
    size=lambda n, k, s: (n - k) // s + 1,
    work=lambda n, f, k, c, before: n * n * f * k * k * c,
    deep=lambda f, c: f or c,
):
    total = 0
    for filters, window, stride in layers:
        before, side = side, size(side, window, stride)
        total += work(side, filters, window, channels, before)
        channels = deep(filters, channels)
    return total


def halving(side, channels, layers):
    total = 0
    for filters, window, stride in layers:
        side = (side - window) // stride + 1 if filters else side // 2
        total += side**2 * filters * window**2 * channels
        channels = filters or channels
    return total


WORKING = (
    [by_lists, by_recursion, by_library, by_floats, in_place],
    [
        lambda *g: worked(*g, size=lambda n, k, s: n // s),
        lambda *g: worked(*g, size=lambda n, k, s: -(-n // s)),
        lambda *g: worked(*g, size=lambda n, k, s: n - k + 1),
        lambda *g: worked(*g, size=lambda n, k, s: (n - k) // s),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: before * before * f * k * k * c),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: n * n * f * k * c),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: n * f * k * k * c),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: n * n * f * k * k),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: n * n * f * (k * k * c + 1)),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: 2 * n * n * f * k * k * c),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: n * n * (f or c) * k * k * c),
        lambda *g: worked(*g, work=lambda n, f, k, c, before: f * (k * k * c + 1)),
        lambda *g: worked(*g, deep=lambda f, c: f),
        lambda *g: worked(*g, deep=lambda f, c: c),
        halving,
        lambda *g: None,
    ],
)

# ---- 4: where the pools go ----


def cost_of(side, filters, places):
    work, channels, field, jump = 0, 1, 1, 1
    for count, pooled in zip(filters, places):
        work += 9 * side**2 * channels * count
        channels, field = count, field + 2 * jump
        if pooled:
            side, field, jump = side // 2, field + jump, 2 * jump
    return work, field


def best(side, filters, pools, most, key=min, allowed=lambda n, pools: n == pools):
    ways = [w for w in product([0, 1], repeat=len(filters)) if allowed(sum(w), pools)]
    seen = [(cost_of(side, filters, way), way) for way in ways]
    return key((work, way) for (work, field), way in seen if field <= most)[1]


def by_places(side, filters, pools, most):
    found = []
    for chosen in combinations(range(len(filters)), pools):
        way = [int(i in chosen) for i in range(len(filters))]
        work, field = cost_of(side, filters, way)
        if field <= most:
            found.append((work, way))
    return min(found)[1]


def by_counting(side, filters, pools, most):
    answer, least = None, float("inf")
    for number in range(2 ** len(filters)):
        way = np.array([number >> i & 1 for i in range(len(filters))])
        work, field = cost_of(side, filters, way)
        if way.sum() == pools and field <= most and work < least:
            answer, least = way, work
    return answer


def by_search(side, filters, pools, most):
    def grown(way):
        if len(way) == len(filters):
            work, field = cost_of(side, filters, way)
            return [(work, way)] if sum(way) == pools and field <= most else []
        return grown([*way, 0]) + grown([*way, 1])

    return tuple(min(grown([]))[1])


PLACING = (
    [best, by_places, by_counting, by_search, lambda *g: np.array(best(*g), float)],
    [
        lambda side, filters, pools, most: best(side, filters, pools, 10**9),
        lambda *g: best(*g, key=max),
        lambda *g: best(*g, allowed=lambda n, pools: n <= pools),
        lambda *g: best(*g, allowed=lambda n, pools: True),
        lambda side, filters, pools, most: [1] * pools + [0] * (len(filters) - pools),
        lambda side, filters, pools, most: [0] * (len(filters) - pools) + [1] * pools,
        lambda side, filters, pools, most: [1] * len(filters),
        lambda side, filters, pools, most: [0] * len(filters),
        lambda *g: best(*g)[::-1],
        lambda *g: best(*g)[:-1],
        lambda *g: [2 * one for one in best(*g)],
        lambda *g: np.flatnonzero(best(*g)),
        lambda *g: cost_of(g[0], g[1], best(*g))[0],
        lambda *g: None,
    ],
)

# ---- 5: which images fit a U-Net ----

FITTING = (
    ["96 208 256", "96, 208, 256", "(96; 208; 256)", "[96 208 256]", "96.0 208.0 256.0", [96, 208, 256]],
    [
        "256 208 96",
        "96 208",
        "208 256",
        "256",
        "96 256",
        "96 208 256 360",
        "96 180 208 256",
        "96 208 250 256",
        "96 100 180 208 250 256 360",
        "100 180 250 360",
        "96 208 256 256",
        "3",
    ],
)

# ---- 6: a global pool is a dense layer that shares ----


def by_rows(weights, side):
    return np.array([row / side**2 for _ in range(side * side) for row in weights])


def by_concatenation(weights, side):
    return np.concatenate([weights / (side * side)] * side**2)


def by_broadcast(weights, side):
    channels, units = weights.shape
    whole = np.broadcast_to(weights / side**2, (side, side, channels, units))
    return whole.reshape(side * side * channels, units)


def by_index(weights, side):
    places = np.arange(side * side * len(weights)) % len(weights)
    return weights[places] / (side * side)


def by_product(weights, side):
    return np.kron(np.full((side * side, 1), 1 / side**2), weights)


SHARED = (
    [by_rows, by_concatenation, by_broadcast, by_index, by_product, lambda *g: by_rows(*g).tolist()],
    [
        lambda w, s: np.tile(w, (s * s, 1)),
        lambda w, s: np.tile(w, (s * s, 1)) / s,
        lambda w, s: np.repeat(w, s * s, axis=0) / s**2,
        lambda w, s: np.tile(w, (s, 1)) / s**2,
        lambda w, s: np.tile(w, (1, s * s)) / s**2,
        lambda w, s: np.tile(w, (s * s, 1)) / w.size,
        lambda w, s: np.tile(w, (s * s, 1)) * s**2,
        lambda w, s: np.tile(w[::-1], (s * s, 1)) / s**2,
        lambda w, s: np.tile(w, (s * s, 1)).T / s**2,
        lambda w, s: w / s**2,
        lambda w, s: w,
        lambda w, s: np.tile(w.mean(axis=0), (s * s * len(w), 1)) / s**2,
        lambda w, s: None,
    ],
)

VARIANTS = {1: LARGER, 2: LEARNT, 3: WORKING, 4: PLACING, 5: FITTING, 6: SHARED}
