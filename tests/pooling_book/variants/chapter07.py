"""Right and wrong answers to the exercises of chapter 07."""

import math
import statistics

import numpy as np

# ---- 1: where the parameters sit ----

PARAMETERS = (
    [
        "163850 10250 170",
        "163,850 10,250 170",
        "163,850, 10,250, 170",
        "163850, 10250, 170",
        "163\u202f850, 10\u202f250, 170",
        "163'850; 10'250; 170",
        "163850.0 10250.0 170.0",
        [163850, 10250, 170],
        np.array([163850, 10250, 170]),
    ],
    [
        "163840 10240 160",
        "163,840 10,240 160",
        "163850 40970 170",
        "163850 81930 170",
        "163850 10250 10",
        "163850 10250 10250",
        "163850 163850 170",
        "10250 163850 170",
        "10250 650 170",
        "163850 10250",
        "163850 10250 160",
        "163,850,10,250,170",
        "16385 1025 17",
        "163850 9010 170",
        "174270",
    ],
)

# ---- 2: multiply-adds after a pool ----

MULTIPLY_ADDS = (
    [
        "165888 663552 331776",
        "165,888 663,552 331,776",
        "165,888, 663,552, 331,776",
        "165888; 663552; 331776",
        "165'888 663'552 331'776",
        "165888 and 663552 and 331776",
        [165888, 663552, 331776],
        np.array([[165888, 663552, 331776]]),
    ],
    [
        "165888 2654208 5308416",
        "165,888 2,654,208 5,308,416",
        "165888 1327104 1327104",
        "18432 73728 36864",
        "165888 82944 20736",
        "165888 41472 20736",
        "20736 41472 20736",
        "41472 165888 331776",
        "41472 165888 82944",
        "80 1168 2320",
        "72 1152 2304",
        "1161216",
        "165888 331776 663552",
        "165888 663552 331776 1161216",
        "184320 672768 334080",
    ],
)

# ---- 3: ratios of errors ----

RATIOS = (
    [
        "0.25 0.4 99 0.5",
        "1/4, 2/5, 99, 1/2",
        "0,25; 0,4; 99; 0,5",
        ".25 .4 99 .5",
        "10/40 1.6/4 99.0 0.50",
        [0.25, 0.4, 99, 0.5],
        (0.25, 1.6 / 4, 99, 0.125 ** (1 / 3)),
    ],
    [
        "1.5 1.025 99 0.5",
        "4 2.5 99 2",
        "30 2.4 99 0.5",
        "0.75 0.6 99 0.5",
        "25 40 99 50",
        "0.25 0.4 1 0.5",
        "0.25 0.4 0.99 0.5",
        "0.25 0.4 99 0.583",
        "0.25 0.4 99 0.6",
        "0.25 0.4 99 -0.693",
        "0.25 0.4 99 0.125",
        "0.25 0.4 99 0.833",
        "0.25 0.4 98.4 0.5",
        "0.25 0.4 128.4 0.5",
        "0.4 0.25 99 0.5",
        "0.25 0.4 99",
        "0.25 0.4 99 2",
        "25 % 40 % 99 % 50 %",
    ],
)

# ---- 4: a paired interval of a ratio ----


def ends(middle, half, back=np.exp):
    return back(np.array([middle, middle - half, middle + half]))


def by_pairs(first, second, t, ddof=1, root=math.sqrt, log=np.log, back=np.exp):
    d = log(first) - log(second)
    return ends(d.mean(), t * d.std(ddof=ddof) / root(len(d)), back)


def without_numpy(first, second, t):
    d = [math.log(a / b) for a, b in zip(first, second)]
    middle, error = statistics.mean(d), statistics.stdev(d) / math.sqrt(len(d))
    return [math.exp(middle), math.exp(middle - t * error), math.exp(middle + t * error)]


def by_a_factor(first, second, t):
    """The geometric mean, divided and multiplied by one factor."""
    ratio = np.prod(first / second) ** (1 / len(first))
    spread = np.sqrt(((np.log(first / second) - np.log(ratio)) ** 2).sum() / (len(first) - 1) / len(first))
    factor = np.exp(t * spread)
    return ratio, ratio / factor, ratio * factor


def by_covariance(first, second, t):
    a, b = np.log(first), np.log(second)
    variance = a.var(ddof=1) + b.var(ddof=1) - 2 * np.cov(a, b)[0, 1]
    error = math.sqrt(max(variance, 0) / len(a))
    return np.exp(a.mean() - b.mean() + error * t * np.array([0, -1, 1]))


def in_base_two(first, second, t):
    return by_pairs(first, second, t, log=np.log2, back=np.exp2)


def in_base_ten(first, second, t):
    return by_pairs(first, second, t, log=np.log10, back=lambda x: 10**x)


def plain_ratios(first, second, t):
    r = first / second
    return ends(r.mean(), t * r.std(ddof=1) / len(r) ** 0.5, lambda x: x)


def of_means(first, second, t):
    found = by_pairs(first, second, t)
    return found * (first.mean() / second.mean()) / found[0]


def unpaired(first, second, t):
    a, b = np.log(first), np.log(second)
    return ends(a.mean() - b.mean(), t * np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)))


def sorted_first(first, second, t):
    return by_pairs(np.sort(first), np.sort(second), t)


INTERVAL = (
    [by_pairs, without_numpy, by_a_factor, by_covariance, in_base_two, in_base_ten],
    [
        lambda a, b, t: by_pairs(b, a, t),
        lambda a, b, t: by_pairs(a, b, t)[::-1],
        lambda a, b, t: by_pairs(a, b, t)[[1, 0, 2]],
        lambda a, b, t: by_pairs(a, b, t)[[0, 2, 1]],
        lambda a, b, t: by_pairs(a, b, t)[1:],
        lambda a, b, t: by_pairs(a, b, t)[0],
        lambda a, b, t: by_pairs(a, b, t, back=lambda x: x),
        lambda a, b, t: by_pairs(a, b, t, log=np.log10),
        lambda a, b, t: by_pairs(a, b, t, log=np.log2),
        lambda a, b, t: by_pairs(a, b, t, log=np.log1p),
        lambda a, b, t: by_pairs(a, b, t, log=lambda x: x, back=lambda x: x),
        lambda a, b, t: by_pairs(a, b, t, ddof=0),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: 1),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: n),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: math.sqrt(n - 1)),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: 2),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: 5**0.5),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: 6**0.5),
        lambda a, b, t: by_pairs(a, b, t, root=lambda n: 2.3),
        lambda a, b, t: by_pairs(a, b, 1),
        lambda a, b, t: by_pairs(a, b, 1.96),
        lambda a, b, t: by_pairs(a, b, 2.776),
        lambda a, b, t: by_pairs(a, b, 2.571),
        lambda a, b, t: by_pairs(a, b, {2: 12.706, 3: 4.303, 6: 2.571, 7: 2.447, 9: 2.306}[len(a)]),
        lambda a, b, t: by_pairs(a, b, 2 * t),
        lambda a, b, t: by_pairs(a, b, t).round(2),
        lambda a, b, t: by_pairs(a, b, t).astype(int),
        lambda a, b, t: np.ones(3) if by_pairs(a, b, t)[1] < 1 < by_pairs(a, b, t)[2] else by_pairs(a, b, t),
        lambda a, b, t: np.zeros(3) if (a == b).all() else by_pairs(a, b, t),
        lambda a, b, t: [1, math.nan, math.nan] if (a == b).all() else by_pairs(a, b, t),
        lambda a, b, t: by_pairs(np.maximum(a, b), np.minimum(a, b), t),
        plain_ratios,
        of_means,
        unpaired,
        sorted_first,
    ],
)

# ---- 5: what a network costs ----


def by_layers(side, widths, s, classes, flatten, pools=None, smaller=lambda n, s: math.ceil(n / s), biases=1):
    """A list of layers (weights, biases, places), added up at the end; a pool after those at which `pools` says so."""
    layers, channels = [], 1
    for place, filters in enumerate(widths, 1):
        layers.append((3 * 3 * channels * filters, filters, side**2))
        channels = filters
        if (pools or (lambda place, count: place < count))(place, len(widths)):
            side = smaller(side, s)
    arrive = channels * side**2 if flatten else channels
    layers.append((arrive * classes, classes, 1))
    return (
        sum(weights + biases * bias for weights, bias, _ in layers),
        sum(weights * places for weights, _, places in layers),
    )


def by_sums(side, widths, s, classes, flatten):
    before = [1, *widths[:-1]]
    sides = [side]
    for _ in widths[1:]:
        sides.append((sides[-1] + s - 1) // s)
    arrive = widths[-1] * (sides[-1] ** 2 if flatten else 1)
    weights = [9 * a * b for a, b in zip(before, widths)]
    return [
        sum(weights) + sum(widths) + (arrive + 1) * classes,
        sum(w * n * n for w, n in zip(weights, sides)) + arrive * classes,
    ]


def by_recursion(side, widths, s, classes, flatten, channels=1):
    filters, *rest = widths
    weights = 9 * channels * filters
    if rest:
        later = by_recursion(-(-side // s), rest, s, classes, flatten, filters)
    else:
        arrive = filters * side * side if flatten else filters
        later = np.array([(arrive + 1) * classes, arrive * classes])
    return later + [weights + filters, side * side * weights]


def by_arrays(side, widths, s, classes, flatten):
    filters = np.array(widths)
    weights = 9 * np.append(1, filters[:-1]) * filters
    sides = np.array([len(range(0, side, s**place)) for place in range(len(widths))])
    arrive = filters[-1] * (sides[-1] ** 2 if flatten else 1)
    return np.array([(weights + filters).sum() + (arrive + 1) * classes, weights @ sides**2 + arrive * classes])


def as_floats(*given):
    return np.array(by_layers(*given), float)


def kept(**changes):
    return lambda *given: by_layers(*given, **changes)


def stride(change):
    """The right count with another stride."""
    return lambda side, widths, s, classes, flatten: by_layers(
        side, widths, change(s, flatten, widths), classes, flatten
    )


COST = (
    [by_layers, by_sums, by_recursion, by_arrays, as_floats],
    [
        stride(lambda s, flatten, widths: 2),
        stride(lambda s, flatten, widths: 1),
        stride(lambda s, flatten, widths: s if flatten else 2),
        stride(lambda s, flatten, widths: s if flatten else 1),
        stride(lambda s, flatten, widths: 2 if s == 1 else s),
        stride(lambda s, flatten, widths: 2 if s == 1 and not flatten else s),
        stride(lambda s, flatten, widths: 2 if s == 1 and flatten else s),
        stride(lambda s, flatten, widths: min(s, 2)),
        stride(lambda s, flatten, widths: min(s, 3)),
        stride(lambda s, flatten, widths: s**2),
        kept(smaller=lambda n, s: n // s),
        kept(smaller=lambda n, s: n // s + 1),
        kept(smaller=lambda n, s: round(n / s)),
        kept(pools=lambda place, count: True),
        kept(pools=lambda place, count: place == 1),
        kept(pools=lambda place, count: place == 1 and count > 1),
        kept(pools=lambda place, count: place <= 2),
        kept(biases=0),
        lambda *given: by_layers(*given)[::-1],
        lambda *given: by_layers(*given)[0],
        lambda *given: sum(by_layers(*given)),
        lambda side, widths, s, classes, flatten: by_layers(side, widths, s, classes, True),
        lambda side, widths, s, classes, flatten: by_layers(side, widths, s, classes, False),
        lambda side, widths, s, classes, flatten: np.array(by_layers(side, widths, s, classes, flatten)) - [classes, 0],
        lambda side, widths, s, classes, flatten: by_layers(side, widths, s, 10, flatten),
        lambda side, widths, s, classes, flatten: by_layers(side, widths[::-1], s, classes, flatten),
    ],
)

# ---- 6: verdicts ----


def intervals(first, second, t):
    """Ratio and both ends for each row."""
    d = np.log(first) - np.log(second)
    middle, half = d.mean(axis=1), t * d.std(axis=1, ddof=1) / np.sqrt(d.shape[1])
    return np.exp([middle, middle - half, middle + half])


def by_selecting(first, second, t, t_narrow, low, high, between=intervals, words=(1, 2, 3, 4)):
    _, left, right = between(first, second, t)
    _, narrow, wide = between(first, second, t_narrow)
    return np.select([right < 1, left > 1, (narrow > low) & (wide < high)], words[:3], words[3])


def row_by_row(first, second, t, t_narrow, low, high, found=by_pairs):
    verdicts = []
    for a, b in zip(first, second):
        _, left, right = found(a, b, t)
        _, narrow, wide = found(a, b, t_narrow)
        if right < 1:
            verdicts.append(1)
        elif left > 1:
            verdicts.append(2)
        else:
            verdicts.append(3 if low < narrow and wide < high else 4)
    return verdicts


def from_four_down(first, second, t, t_narrow, low, high):
    d = np.log(first / second)
    middle, error = d.mean(axis=1), d.std(axis=1, ddof=1) / d.shape[1] ** 0.5
    found = np.full(len(d), 4)
    found[(middle - t_narrow * error > math.log(low)) & (middle + t_narrow * error < math.log(high))] = 3
    found[middle > t * error] = 2
    found[middle < -t * error] = 1
    return found


def by_words(*given):
    number = {"lower error": 1, "higher error": 2, "the same": 3, "cannot tell": 4}
    return [number[word] for word in by_selecting(*given, words=list(number))]


def without_loops_or_logs(first, second, t, t_narrow, low, high):
    return row_by_row(first, second, t, t_narrow, low, high, found=by_a_factor)


def other_rule(*asked):
    """Questions in another order: each takes both intervals and the bounds, and has a verdict."""

    def function(first, second, t, t_narrow, low, high):
        wide, narrow = intervals(first, second, t), intervals(first, second, t_narrow)
        found = [(question(wide, narrow, low, high), verdict) for question, verdict in asked]
        return np.select([each for each, _ in found], [verdict for _, verdict in found], 4)

    return function


def lower(wide, narrow, low, high):
    return wide[2] < 1


def higher(wide, narrow, low, high):
    return wide[1] > 1


def alike(wide, narrow, low, high):
    return (narrow[1] > low) & (narrow[2] < high)


def paired(**changes):
    """The right rule on an interval with something changed."""
    return lambda *given: row_by_row(*given, found=lambda a, b, t: by_pairs(a, b, t, **changes))


def given_t(t, t_narrow):
    return lambda a, b, wide, narrow, low, high: by_selecting(a, b, t or wide, t_narrow or narrow, low, high)


def all_agree(first, second, t, t_narrow, low, high):
    near = alike(None, intervals(first, second, t_narrow), low, high)
    signs = np.sign(first - second).mean(axis=1)
    return [1 if sign == -1 else 2 if sign == 1 else 3 if same else 4 for sign, same in zip(signs, near)]


def over_all(first, second, t):
    d = np.log(first) - np.log(second)
    middle, half = d.mean(axis=1), t * d.std(ddof=1) / d.size**0.5
    return np.exp([middle, middle - half, middle + half])


def one_for_all(first, second, *given):
    return np.repeat(by_selecting(first.reshape(1, -1), second.reshape(1, -1), *given), len(first))


VERDICTS = (
    [
        by_selecting,
        row_by_row,
        from_four_down,
        by_words,
        without_loops_or_logs,
        other_rule((higher, 2), (lower, 1), (alike, 3)),
        lambda *given: np.array(row_by_row(*given), float),
    ],
    [
        lambda a, b, *given: by_selecting(b, a, *given),
        lambda *given: by_selecting(*given, words=(2, 1, 3, 4)),
        lambda *given: by_selecting(*given, words=(1, 2, 4, 3)),
        lambda *given: by_selecting(*given, words=(-1, 1, 0, 2)),
        lambda *given: by_selecting(*given, words=["lower", "higher", "same", "cannot tell"]),
        lambda *given: by_selecting(*given)[0],
        other_rule((lambda wide, *_: wide[0] < 1, 1), (lambda wide, *_: wide[0] > 1, 2)),
        other_rule((lambda wide, *_: wide[0] < 1, 1), (lambda wide, *_: wide[0] > 1, 2), (alike, 3)),
        other_rule((alike, 3), (lambda wide, *_: wide[0] < 1, 1), (lambda wide, *_: wide[0] > 1, 2)),
        other_rule((lower, 1), (higher, 2)),
        all_agree,
        other_rule((lower, 1), (higher, 2), (lambda wide, *_: wide[0] > 0, 3)),
        other_rule((alike, 3), (lower, 1), (higher, 2)),
        other_rule((lower, 1), (alike, 3), (higher, 2)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: (w[0] > low) & (w[0] < high), 3)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: (n[1] > low) | (n[2] < high), 3)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: n[1] > low, 3)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: n[2] < high, 3)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: (w[1] > low) & (w[2] < high), 3)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: n[2] - n[1] < high - low, 3)),
        other_rule((lower, 1), (higher, 2), (lambda w, n, low, high: (n[1] < low) & (n[2] > high), 3)),
        other_rule((lambda w, *_: w[1] < 1, 1), (lambda w, *_: w[2] > 1, 2), (alike, 3)),
        other_rule((lambda w, n, *_: n[2] < 1, 1), (lambda w, n, *_: n[1] > 1, 2), (alike, 3)),
        other_rule((lambda w, n, *_: (w[1] > 1) | (w[2] < 1), 1), (alike, 3)),
        other_rule((lambda w, n, low, high: w[2] < low, 1), (lambda w, n, low, high: w[1] > high, 2), (alike, 3)),
        given_t(1.96, 1.645),
        given_t(2.776, 2.132),
        given_t(2.571, None),
        given_t(None, 2.015),
        given_t(1, 1),
        lambda a, b, t, t_narrow, *bounds: by_selecting(a, b, t_narrow, t, *bounds),
        lambda a, b, t, t_narrow, *bounds: by_selecting(a, b, t, t_narrow, 0.87, 1.15),
        lambda a, b, t, t_narrow, low, high: by_selecting(a, b, t, t_narrow, low, 1 / low),
        lambda a, b, t, t_narrow, low, high: by_selecting(a, b, t, t_narrow, 1 / high, high),
        lambda a, b, t, t_narrow, low, high: by_selecting(a, b, t, t_narrow, math.log(low), math.log(high)),
        paired(ddof=0),
        paired(root=lambda n: 1),
        paired(root=lambda n: n),
        paired(root=lambda n: 2),
        paired(root=lambda n: 3**0.5),
        paired(root=lambda n: 5**0.5),
        paired(root=lambda n: 6**0.5),
        paired(root=lambda n: 7**0.5),
        paired(root=lambda n: 3),
        paired(root=lambda n: 12**0.5),
        lambda *given: row_by_row(*given, found=unpaired),
        lambda *given: row_by_row(*given, found=plain_ratios),
        lambda *given: row_by_row(*given, found=of_means),
        lambda *given: row_by_row(*given, found=sorted_first),
        lambda *given: by_selecting(*given, between=over_all),
        one_for_all,
        lambda a, b, *given: np.where((a == b).all(axis=1), 4, by_selecting(a, b, *given)),
        lambda a, b, *given: np.where((a == b).all(axis=1), 1, by_selecting(a, b, *given)),
    ],
)

VARIANTS = {
    1: PARAMETERS,
    2: MULTIPLY_ADDS,
    3: RATIOS,
    4: INTERVAL,
    5: COST,
    6: VERDICTS,
}
