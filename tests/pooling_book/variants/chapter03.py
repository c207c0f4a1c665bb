"""Right and wrong answers to the exercises of chapter 03."""

import math

import numpy as np

from pooling_lib import max_pool, output_size
from pooling_lib.cost import Pool, stack
from pooling_lib.geometry import windows

# ---- 1: three layers by hand ----

THREE = (
    ["15 11 6", "15, 11, 6", "[15, 11, 6]", "(15; 11; 6)", "15.0 11.0 6.0", "15 and 11 and 6", "15\t11\t6"],
    [
        "14 10 5",
        "14 9 5",
        "15 13 7",
        "15 10 5",
        "15 11 5",
        "15 11 11",
        "16 12 6",
        "30 26 13",
        "6 11 15",
        "15 11",
        "6",
        "15 13 6",
        "15 11 6 6",
        "15.5 11 6",
    ],
)

# ---- 2: how large is the output? ----


def counted(shape, window, stride, padding, ceil_mode):
    """Windows placed one by one."""
    sizes = []
    for n, k, S, (before, after) in zip(shape, window, stride, padding):
        start, count, over = -before, 0, S - 1 if ceil_mode else 0
        while start + k <= n + after + over and (start < n or not ceil_mode):
            start, count = start + S, count + 1
        sizes.append(count)
    return np.array(sizes)


def counted_in_a_list(*case):
    return counted(*case).tolist()


def counted_in_a_tuple(*case):
    return tuple(counted(*case))


def counted_in_float32(*case):
    return counted(*case).astype(np.float32)


def as_pytorch_does(shape, window, stride, padding, ceil_mode):
    """Rounded up, then taken back by one where the last window starts too far."""
    sizes = []
    for n, k, S, (before, after) in zip(shape, window, stride, padding):
        room = n + before + after - k
        m = math.floor((room + (S - 1 if ceil_mode else 0)) / S) + 1
        if ceil_mode and (m - 1) * S >= n + before:
            m -= 1
        sizes.append(max(m, 0))
    return np.array(sizes)


def by_output_size(shape, window, stride, padding, ceil_mode):
    """The library's, where it takes the pool."""
    sizes = []
    for n, k, S, ends in zip(shape, window, stride, padding):
        try:
            sizes.append(output_size(n, k, S, ends, ceil_mode=ceil_mode))
        except ValueError:
            sizes.append(0)
    return np.array(sizes)


def axis_by_axis(size):
    """The sizes by a rule for one axis."""
    return lambda shape, window, stride, padding, ceil_mode: np.array(
        [size(n, k, S, *ends, ceil_mode) for n, k, S, ends in zip(shape, window, stride, padding)]
    )


SIZES = (
    [counted, counted_in_a_list, counted_in_a_tuple, counted_in_float32, as_pytorch_does, by_output_size],
    [
        lambda *c: counted(*c)[::-1],
        lambda n, k, S, p, c: counted(n[::-1], k, S, p, c),
        lambda n, k, S, p, c: counted(n, k[::-1], S, p, c),
        lambda n, k, S, p, c: counted(n, k, S[::-1], p, c),
        lambda n, k, S, p, c: counted(n, k, S, p[::-1], c),
        lambda n, k, S, p, c: counted(n, k, S, [ends[::-1] for ends in p], c),
        lambda n, k, S, p, c: counted(n, k, S, [(0, 0), (0, 0)], c),
        lambda n, k, S, p, c: counted(n, k, S, [(before, before) for before, _ in p], c),
        lambda n, k, S, p, c: counted(n, k, S, [(after, after) for _, after in p], c),
        lambda n, k, S, p, c: counted(n, k, S, p, False),
        lambda n, k, S, p, c: counted(n, k, S, p, not c),
        lambda n, k, S, p, c: counted(n, [k[0], k[0]], [S[0], S[0]], p, c),
        lambda *c: int(counted(*c)[0]),
        lambda *c: counted(*c)[:1],
        lambda *c: counted(*c) - 1,
        lambda *c: np.maximum(counted(*c), 1),
        axis_by_axis(lambda n, k, S, b, a, ceil: max(0, int((n + b + a - k) / S) + 1)),
        axis_by_axis(lambda n, k, S, b, a, ceil: max(0, math.ceil((n + b + a - k) / S) + 1)),
        axis_by_axis(lambda n, k, S, b, a, ceil: (n + b + a - k) // S + 1),
        axis_by_axis(lambda n, k, S, b, a, ceil: max(0, (n + b + a - k) / S + 1)),
        axis_by_axis(
            lambda n, k, S, b, a, ceil: max(0, (-(-(n + b + a - k) // S) if ceil else (n + b + a - k) // S) + 1)
        ),
        axis_by_axis(lambda n, k, S, b, a, ceil: -(-n // S) if ceil else n // S),
        axis_by_axis(lambda n, k, S, b, a, ceil: counted([n], [k], [S], [(b, a)], ceil)[0] if n + b + a >= k else 0),
    ],
)

# ---- 3: SAME by hand ----


def by_pairs(x, window, stride, pair, fill=-np.inf):
    ends = [pair(*axis) for axis in zip(x.shape, window, stride)]
    return np.pad(x.astype(float), ends, constant_values=fill)


def pair_of_same(n, k, S):
    total = max((-(-n // S) - 1) * S + k - n, 0)
    return total // 2, total - total // 2


def with_infinity(x, window, stride):
    return by_pairs(x, window, stride, pair_of_same)


def with_a_remainder(x, window, stride):
    """The rule as TensorFlow writes it."""
    pair = lambda n, k, S: (lambda total: (total // 2, total - total // 2))(max(k - (n % S or S), 0))
    return by_pairs(x, window, stride, pair)


def with_the_least_whole_number(x, window, stride):
    ends = [pair_of_same(*axis) for axis in zip(x.shape, window, stride)]
    return np.pad(x, ends, constant_values=np.iinfo(x.dtype).min)


def with_the_smallest_element(x, window, stride):
    return by_pairs(x, window, stride, pair_of_same, x.min())


def with_the_edge(x, window, stride):
    """The border goes on: it wins no window that it has not won before."""
    return np.pad(x, [pair_of_same(*axis) for axis in zip(x.shape, window, stride)], mode="edge")


def in_a_large_array(x, window, stride):
    rows, columns = (windows(n, k, S, "same") for n, k, S in zip(x.shape, window, stride))
    y = np.full([one.before + one.size + one.after for one in (rows, columns)], -np.inf, np.float32)
    y[rows.before :, columns.before :][: x.shape[0], : x.shape[1]] = x
    return y


def padded_in_a_list(x, window, stride):
    return with_infinity(x, window, stride).tolist()


PADDED = (
    [
        with_infinity,
        with_a_remainder,
        with_the_least_whole_number,
        with_the_smallest_element,
        with_the_edge,
        in_a_large_array,
        padded_in_a_list,
    ],
    [
        lambda x, k, S: by_pairs(x, k, S, pair_of_same, 0),
        lambda x, k, S: by_pairs(x, k, S, pair_of_same, -1),
        lambda x, k, S: by_pairs(x, k, S, pair_of_same, np.inf),
        lambda x, k, S: by_pairs(x, k, S, pair_of_same, np.nan),
        lambda x, k, S: by_pairs(x, k, S, pair_of_same, x.mean()),
        lambda x, k, S: by_pairs(x, k, S, lambda *c: pair_of_same(*c)[::-1]),
        lambda x, k, S: by_pairs(x, k, S, lambda *c: (0, sum(pair_of_same(*c)))),
        lambda x, k, S: by_pairs(x, k, S, lambda *c: (sum(pair_of_same(*c)),) * 2),
        lambda x, k, S: by_pairs(x, k, S, lambda *c: (pair_of_same(*c)[1],) * 2),
        lambda x, k, S: by_pairs(x, k, S, lambda n, k, S: ((k - 1) // 2, k // 2)),
        lambda x, k, S: by_pairs(x, k, S, lambda n, k, S: (k // 2, k // 2)),
        lambda x, k, S: by_pairs(x, k, S, lambda n, k, S: (0, -n % S)),
        lambda x, k, S: by_pairs(x, k[::-1], S, pair_of_same),
        lambda x, k, S: by_pairs(x, k, S[::-1], pair_of_same),
        lambda x, k, S: by_pairs(x, k, (1, 1), pair_of_same),
        lambda x, k, S: max_pool(x, k, S, "same"),
        lambda x, k, S: np.pad(x, [pair_of_same(*axis) for axis in zip(x.shape, k, S)], mode="wrap"),
        lambda x, k, S: x,
        lambda x, k, S: with_infinity(x, k, S).T,
        lambda x, k, S: np.pad(x, 1, constant_values=-99),
    ],
)

# ---- 4: the divisors ----


def from_ones(n, k, S, before, after):
    line = np.pad(np.ones(n), (before, after))
    return np.array([line[start : start + k].sum() for start in range(0, len(line) - k + 1, S)])


def from_the_ends(n, k, S, before, after):
    starts = np.arange(-before, n + after - k + 1, S)
    return np.maximum(np.minimum(starts + k, n) - np.maximum(starts, 0), 0)


def from_sets(n, k, S, before, after):
    real = set(range(n))
    return [len(real & set(range(start, start + k))) for start in range(-before, n + after - k + 1, S)]


def divisors_in_float32(*case):
    return from_ones(*case).astype(np.float32)


def by_convolution(n, k, S, before, after):
    return np.convolve(np.pad(np.ones(n), (before, after)), np.ones(k), "valid")[::S].round()


def by_sums_so_far(n, k, S, before, after):
    so_far = np.concatenate([[0], np.cumsum(np.pad(np.ones(n, int), (before, after)))])
    return (so_far[k:] - so_far[:-k])[::S]


DIVISORS = (
    [from_ones, from_the_ends, from_sets, divisors_in_float32, by_convolution, by_sums_so_far],
    [
        lambda n, k, S, b, a: np.array([min(s + k, n) - max(s, 0) for s in range(-b, n + a - k + 1, S)]),
        lambda n, k, S, b, a: np.array([abs(min(s + k, n) - max(s, 0)) for s in range(-b, n + a - k + 1, S)]),
        lambda n, k, S, b, a: np.maximum(from_the_ends(n, k, S, b, a), 1),
        lambda n, k, S, b, a: np.full(len(from_ones(n, k, S, b, a)), k),
        lambda n, k, S, b, a: k - from_ones(n, k, S, b, a),
        lambda n, k, S, b, a: from_ones(n, k, 1, b, a),
        lambda n, k, S, b, a: from_ones(n, k, k, b, a),
        lambda n, k, S, b, a: from_ones(n, k, S, a, b),
        lambda n, k, S, b, a: from_ones(n, k, S, 0, a),
        lambda n, k, S, b, a: from_ones(n, k, S, b, 0),
        lambda n, k, S, b, a: from_ones(n, k, S, 0, 0) if n >= k else np.zeros(0),
        lambda n, k, S, b, a: from_ones(n + b, k, S, 0, a),
        lambda n, k, S, b, a: from_ones(n, k, S, b, a) / k,
        lambda n, k, S, b, a: from_ones(n, k, S, b, a)[:-1],
        lambda n, k, S, b, a: from_ones(n, k, S, b, a + k - 1),
        lambda n, k, S, b, a: windows(n, k, S, (b, a)).counts(),
        lambda n, k, S, b, a: int(from_ones(n, k, S, b, a).sum()),
    ],
)

# ---- 5: five came out ----

FIVE = (
    ["18 19 20 21", "18, 19, 20, 21", "[18, 19, 20, 21]", "18;19;20;21", "18.0 19.0 20.0 21.0", "18, 19, 20 and 21"],
    [
        "18 22",
        "18-21",
        "18 – 21",
        "18 to 21",
        "18..21",
        "18 21",
        "17 20",
        "19 22",
        "18",
        "21",
        "20",
        "17 18 19 20",
        "19 20 21 22",
        "21 20 19 18",
        "18 19 20",
        "19 20 21",
        "18 19 20 21 22",
        "17 18 19 20 21",
        "14 15 16 17",
        "18 19 20 21 18",
        "5",
    ],
)

# ---- 6: the middle of the view ----


def fields(size, layers):
    """The receptive field by pooling_lib, and how many outputs there are."""
    last = stack((size, 1), [Pool("max", k, S, [(p, p)]) for k, S, p in layers])[-1]
    return last.receptive_field[0], last.output_shape[0]


def by_fields(size, layers):
    field, count = fields(size, layers)
    covered = [field.covered(i) for i in range(count)]
    return np.array([(one.start + one.stop - 1) / 2 for one in covered])


def by_middles(size, layers):
    """Without a width: the middle of an output is the middle of the middles that it reads."""
    middles, jump = np.arange(size, dtype=float), 1
    for k, S, p in layers:
        before, after = middles[0] - jump * np.arange(p, 0, -1), middles[-1] + jump * np.arange(1, p + 1)
        middles = np.concatenate([before, middles, after])
        middles = np.array([middles[i : i + k].mean() for i in range(0, len(middles) - k + 1, S)])
        jump *= S
    return middles


def by_first_and_last(size, layers):
    """The first and the last pixel of each field, back through the layers."""
    count = size
    for k, S, p in layers:
        count = (count + 2 * p - k) // S + 1
    first = last = np.arange(count)
    for k, S, p in layers[::-1]:
        first, last = first * S - p, last * S - p + k - 1
    return (first + last) / 2


def middles_in_a_list(size, layers):
    return by_first_and_last(size, layers).tolist()


def middles_in_float32(size, layers):
    return by_middles(size, layers).astype(np.float32)


MIDDLES = (
    [by_fields, by_middles, by_first_and_last, middles_in_a_list, middles_in_float32],
    [
        lambda size, layers: by_fields(size, layers) + 0.5,
        lambda size, layers: by_fields(size, layers) + 1,
        lambda size, layers: np.floor(by_fields(size, layers)),
        lambda size, layers: by_fields(size, layers).astype(int),
        lambda size, layers: np.ceil(by_fields(size, layers)),
        lambda size, layers: by_fields(size, layers)[:-1],
        lambda size, layers: by_fields(size, layers)[0],
        lambda size, layers: by_fields(size, layers[::-1]),
        lambda size, layers: by_fields(size, [(k, S, 0) for k, S, _ in layers]),
        lambda size, layers: np.array(
            [fields(size, layers)[0].covered(i).start for i in range(fields(size, layers)[1])]
        ),
        lambda size, layers: np.array(
            [fields(size, layers)[0].covered(i).stop for i in range(fields(size, layers)[1])]
        ),
        lambda size, layers: np.arange(fields(size, layers)[1]) * fields(size, layers)[0].jump,
        lambda size, layers: np.linspace(0, size - 1, fields(size, layers)[1]),
        lambda size, layers: (np.arange(fields(size, layers)[1]) + 0.5) * size / fields(size, layers)[1],
        lambda size, layers: np.clip(by_fields(size, layers), 0, size - 1) + fields(size, layers)[0].start,
        lambda size, layers: by_fields(size, layers)[:, None],
        lambda size, layers: np.clip(by_fields(size, layers), 0, size - 1),
        lambda size, layers: [middle for middle in by_fields(size, layers) if 0 <= middle < size],
    ],
)

VARIANTS = {1: THREE, 2: SIZES, 3: PADDED, 4: DIVISORS, 5: FIVE, 6: MIDDLES}
