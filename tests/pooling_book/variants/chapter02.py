"""Right and wrong answers to the exercises of chapter 02."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pooling_lib import avg_pool, max_pool, pool

# ---- 1: one pixel rises ----

RISE = (
    ["15 17.5", "15, 17.5", "[15, 17.5]", "15; 17,5", "15 and 17.5", "15.0 17.50", "(15 35/2)", [15, 17.5]],
    [
        "70 17.5",
        "0 17.5",
        "15 17",
        "15 18",
        "17.5 15",
        "15",
        "17.5",
        "110 87.5",
        "15 17.5 0",
        "55 17.5",
        "-15 17.5",
        "15 175",
        "15 70",
        "25 17.5",
        "15 23.3",
    ],
)

# ---- 2: how far the largest may fall ----


def ranked(x, k, S, dtype=float):
    parts = sliding_window_view(np.asarray(x, dtype), (k, k))[::S, ::S]
    return np.sort(parts.reshape(*parts.shape[:2], k * k), axis=2)


def by_sorting(x, k, S):
    return ranked(x, k, S)[..., -1] - ranked(x, k, S)[..., -2]


def in_a_list(x, k, S):
    return by_sorting(x, k, S).tolist()


def in_float32(x, k, S):
    return ranked(x, k, S, np.float32)[..., -1] - ranked(x, k, S, np.float32)[..., -2]


def by_partition(x, k, S):
    parts = sliding_window_view(x.astype(float), (k, k))[::S, ::S]
    two = np.partition(parts.reshape(*parts.shape[:2], k * k), -2, axis=2)[..., -2:]
    return two[..., 1] - two[..., 0]


def by_loops(x, k, S, start=None, later=lambda new, old: new > old, wide=float):
    """Loops over outputs, with a running largest and second that begin at `start`."""
    rows = []
    for top in range(0, x.shape[0] - k + 1, S):
        rows.append([])
        for left in range(0, x.shape[1] - k + 1, S):
            first = second = -math.inf if start is None else start
            for element in map(wide, x[top : top + k, left : left + k].flat):
                if later(element, first):
                    first, second = element, first
                elif element > second:
                    second = element
            rows[-1].append(first - second)
    return np.array(rows)


def by_leaving_one_out(x, k, S):
    """The largest, less what is largest without its first place."""
    y = []
    parts = sliding_window_view(x.astype(float), (k, k))[::S, ::S]
    for row in parts:
        y.append([])
        for part in row:
            rest = list(part.flat)
            largest = rest.pop(int(part.argmax()))
            y[-1].append(largest - max(rest))
    return np.array(y)


def among_different(x, k, S):
    def difference(part):
        values = sorted({*part.tolist()})
        return values[-1] - values[-2] if len(values) > 1 else 0

    return np.apply_along_axis(difference, 2, ranked(x, k, S))


FALL = (
    [by_sorting, in_a_list, in_float32, by_partition, by_loops, by_leaving_one_out],
    [
        lambda x, k, S: by_sorting(x, k, S).T,
        lambda x, k, S: -by_sorting(x, k, S),
        lambda x, k, S: by_sorting(x, k, 1),
        lambda x, k, S: by_sorting(x, k, k),
        lambda x, k, S: by_sorting(x, k, S).astype(int),
        lambda x, k, S: ranked(x, k, S, x.dtype)[..., -1] - ranked(x, k, S, x.dtype)[..., -2],
        lambda x, k, S: max_pool(x, k, S).astype(float),
        lambda x, k, S: ranked(x, k, S)[..., -2],
        lambda x, k, S: np.ptp(ranked(x, k, S), axis=2),
        lambda x, k, S: max_pool(x, k, S) + max_pool(-x, k, S),
        lambda x, k, S: max_pool(x, k, S) - avg_pool(x, k, S),
        lambda x, k, S: ranked(x, k, S)[..., -1] - ranked(x, k, S)[..., -3],
        lambda x, k, S: ranked(abs(x.astype(float)), k, S)[..., -1] - ranked(abs(x.astype(float)), k, S)[..., -2],
        lambda x, k, S: by_loops(x, k, S, start=0),
        lambda x, k, S: by_loops(x, k, S, start=-10),
        lambda x, k, S: by_sorting(x, k, S) + 1,
        lambda x, k, S: pool(x.astype(float), k, S, reduce=np.ptp, ceil_mode=True),
        among_different,
    ],
)

# ---- 3: the middle one, by ReLUs ----


def relu(x):
    return np.maximum(x, 0)


def by_a_sorted_pair(a, b, c):
    low, high = a - relu(a - b), a + relu(b - a)
    top = high - relu(high - c)  # the smaller of high and c
    return low + relu(top - low)


def by_median(a, b, c):
    return np.median([a, b, c], axis=0)


def by_sort(a, b, c):
    return np.sort([a, b, c], axis=0)[1]


def by_comparing(a, b, c):
    return np.maximum(np.maximum(np.minimum(a, b), np.minimum(b, c)), np.minimum(a, c))


def by_a_place(a, b, c):
    return np.where((a > b) == (a > c), np.where((b > a) == (b > c), c, b), a)


def middle_in_a_list(a, b, c):
    return by_a_sorted_pair(a, b, c).tolist()


def middle_in_float32(a, b, c):
    return by_a_sorted_pair(*(np.float32(one) for one in (a, b, c)))


def by_largest_of_smaller_ones(a, b, c):
    def smaller(a, b):
        return a - relu(a - b)

    def larger(a, b):
        return a + relu(b - a)

    return larger(larger(smaller(a, b), smaller(b, c)), smaller(a, c))


def what_is_left(a, b, c):
    top = a + relu(b - a) + relu(c - a - relu(b - a))
    low = a - np.maximum(0, a - b)
    return a + b + c - top - (low - relu(low - c))


MIDDLE = (
    [by_a_sorted_pair, middle_in_a_list, middle_in_float32, by_largest_of_smaller_ones, what_is_left],
    [
        by_median,
        by_sort,
        by_comparing,
        by_a_place,
        lambda a, b, c: np.max([a, b, c], axis=0),
        lambda a, b, c: np.min([a, b, c], axis=0),
        lambda a, b, c: (a + b + c) / 3,
        lambda a, b, c: a * 1,
        lambda a, b, c: c * 1,
        lambda a, b, c: by_sort(a, b, c) + 1,
        lambda a, b, c: -by_sort(a, b, c),
        lambda a, b, c: by_sort(a, b, c).astype(int),
        lambda a, b, c: by_sort(abs(a), abs(b), abs(c)),
        lambda a, b, c: relu(by_sort(a, b, c)),
        lambda a, b, c: np.maximum(np.minimum(a, b), c),
        lambda a, b, c: np.minimum(np.maximum(a, b), c),
        lambda a, b, c: a + relu(b - a) - relu(c - b),
        lambda a, b, c: a + b + c - np.max([a, b, c], axis=0),
        lambda a, b, c: np.ptp([a, b, c], axis=0),
        lambda a, b, c: (np.max([a, b, c], axis=0) + np.min([a, b, c], axis=0)) / 2,
    ],
)

# ---- 4: the smaller of two dice ----

TWO_DICE = (
    ["91/36", "2.528", "2,528", "2.5278", "2.52777", "91 / 36", 91 / 36, "182/72"],
    [
        "2.5",
        "2.52",
        "2.53",
        "2.529",
        "161/36",
        "4.472",
        "4,472",
        "3.5",
        "7",
        "91",
        "1.755",
        "36/91",
        "25.28",
        "-2.528",
        "2 528",
        "1",
        "56/21",
    ],
)

# ---- 5: other numbers, the same two answers ----


def each_window(change):
    """A function that puts each 2 x 2 window, as four floats, through `change`."""

    def function(x):
        y = x.astype(float)
        for i in range(0, x.shape[0], 2):
            for j in range(0, x.shape[1], 2):
                y[i : i + 2, j : j + 2] = np.reshape(change(y[i : i + 2, j : j + 2].ravel()), (2, 2))
        return y

    return function


def evened(four):
    """All but one largest become their mean; if they are equal, two of them part."""
    largest = int(four.argmax())
    rest = np.delete(four, largest)
    if np.ptp(rest) == 0:
        step = (four[largest] - rest[0]) / 2
        rest = rest + [step, -step, 0]
    else:
        rest = np.full(3, rest.mean())
    return np.insert(rest, largest, four[largest])


def apart(four):
    """One of the three others rises half the way to the top, the next falls as far."""
    order = np.argsort(four, kind="stable")
    second, third = order[2], order[1]
    step = (four[order[3]] - four[second]) / 2 or (four[second] - four[third]) / 4
    new = four.copy()
    if four[order[3]] > four[second]:
        new[second] += step
        new[third] -= step
    elif four[third] < four[second]:
        new[third] += step
        new[order[0]] -= step
    else:
        step = (four[second] - four[order[0]]) / 2
        new[order[0]] += step
        new[second] -= step
    return new


def only_the_first_that_is_not_flat(x):
    y = x.astype(float)
    for i in range(0, x.shape[0], 2):
        for j in range(0, x.shape[1], 2):
            window = x[i : i + 2, j : j + 2]
            if np.ptp(window):
                y[i : i + 2, j : j + 2] = evened(window.astype(float).ravel()).reshape(2, 2)
                return y
    return y


def evened_in_float32(x):
    return each_window(evened)(x).astype(np.float32)


def evened_in_a_list(x):
    return each_window(evened)(x).tolist()


OTHERS = (
    [each_window(evened), each_window(apart), only_the_first_that_is_not_flat, evened_in_float32, evened_in_a_list],
    [
        lambda x: x,
        lambda x: x.astype(float),
        lambda x: x[::-1],
        lambda x: x + 1,
        lambda x: x.T,
        lambda x: x[:2, :2],
        each_window(lambda four: four[::-1]),
        each_window(lambda four: np.sort(four)),
        each_window(lambda four: np.full(4, four.max())),
        each_window(lambda four: np.full(4, four.mean())),
        each_window(lambda four: four + [1, 0, 0, -1]),
        each_window(lambda four: four + [0, 1, -1, 0]),
        each_window(lambda four: np.where(four == four.max(), four, four - 1)),
        each_window(lambda four: np.where(four == four.max(), four, np.median(four))),
        each_window(lambda four: np.where(four == four.min(), four.min() - 1, four)),
        lambda x: each_window(evened)(x).astype(int),
        lambda x: max_pool(x, 2),
    ],
)

# ---- 6: a window large enough ----


def enough(k, alpha, chance):
    return 1 - (1 - alpha) ** (k * k) >= chance


def by_search(alpha, chance):
    return next(k for k in range(1, 10_000) if enough(k, alpha, chance))


def as_a_float(alpha, chance):
    return float(by_search(alpha, chance))


def as_an_array(alpha, chance):
    return np.array(by_search(alpha, chance))


def by_logarithms(alpha, chance):
    places = math.log(1 - chance) / math.log(1 - alpha)
    return max(1, math.ceil(math.sqrt(places) - 1e-9))


def by_doubling(alpha, chance):
    """Double until it is enough, then halve the steps."""
    high = 1
    while not enough(high, alpha, chance):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle, alpha, chance) else (middle, high)
    return high


def by_silent_places(alpha, chance):
    silent, places, k = 1 - alpha, 1, 1
    while silent > (1 - chance) * (1 + 1e-12):
        k += 1
        while places < k * k:
            silent, places = silent * (1 - alpha), places + 1
    return k


LARGE_ENOUGH = (
    [by_search, as_a_float, as_an_array, by_logarithms, by_doubling, by_silent_places],
    [
        lambda alpha, chance: by_search(alpha, chance) + 1,
        lambda alpha, chance: by_search(alpha, chance) - 1,
        lambda alpha, chance: max(1, by_search(alpha, chance) - 1),
        lambda alpha, chance: by_search(alpha, chance) ** 2,
        lambda alpha, chance: next(n for n in range(1, 10**6) if 1 - (1 - alpha) ** n >= chance),
        lambda alpha, chance: next(k for k in range(1, 10**4) if 1 - (1 - alpha) ** (k * k) > chance + 1e-15),
        lambda alpha, chance: next(k for k in range(10**4) if enough(k, alpha, chance)),
        lambda alpha, chance: next(k for k in range(1, 10**4) if alpha * k * k >= chance),
        lambda alpha, chance: next(k for k in range(1, 10**4) if (1 - alpha) ** (k * k) <= chance or k > 200),
        lambda alpha, chance: math.sqrt(math.log(1 - chance) / math.log(1 - alpha)),
        lambda alpha, chance: round(math.sqrt(math.log(1 - chance) / math.log(1 - alpha))),
        lambda alpha, chance: math.ceil(math.sqrt(chance / alpha)),
        lambda alpha, chance: math.ceil(1 / alpha),
        lambda alpha, chance: math.floor(math.sqrt(math.log(1 - chance) / math.log(1 - alpha))) + 1,
    ],
)

VARIANTS = {1: RISE, 2: FALL, 3: MIDDLE, 4: TWO_DICE, 5: OTHERS, 6: LARGE_ENOUGH}
