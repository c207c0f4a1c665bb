"""The contrasts of the experiment that takes a pool apart, and how they are judged; fixed before it was run.

A contrast compares the test errors of two cells in one block and on one data set: the difference of their logarithms,
so that a ratio of 0.5 means half as many errors wherever they start. Where a seed draws the training images, cells are
compared in pairs; where all images are used, two cells share no more than first weights and order, and Welch's interval
is used.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pooling_book.study.runs import by_setting

#: Ratios of errors that count as the same: 15 % more or fewer.
SAME = (0.87, 1.15)
#: Blocks in which a seed draws the images.
PAIRED = ("parts", "few", "clutter", "residual")


class Contrast(NamedTuple):
    """Is the first cell's error lower than the second's, in a block and on a data set?"""

    claim: str
    block: str
    data: str
    cell: str
    against: str


def _on_both(*entries):
    return [
        Contrast(claim, block, data, cell, against)
        for claim, blocks, cell, against in entries
        for block in blocks
        for data in ("digits", "clothes")
    ]


#: Judged together by Holm's method.
PRIMARY = _on_both(
    ("a wider field helps", ["parts"], "dilated", "none"),
    ("a smaller map helps", ["parts"], "subsample", "dilated"),
    ("a maximum of neighbours helps", ["parts"], "max", "subsample"),
    ("a mean of neighbours helps", ["parts"], "average", "subsample"),
    ("the maximum is better than the mean", ["parts", "whole, global", "few", "whole, flatten"], "max", "average"),
    ("a pool helps with as many parameters", ["few", "whole, flatten"], "max", "end subsample"),
    ("a strided convolution does as well", ["whole, global", "whole, flatten"], "strided conv", "max"),
)
#: Judged together as well, by themselves.
SECONDARY = [
    *_on_both(
        ("a pool helps", ["parts"], "max", "none"),
        ("a pool reads better than taps spread as wide", ["parts"], "max", "dilated"),
        ("a pool helps on a cluttered canvas", ["clutter"], "max", "subsample"),
        ("the maximum is better than the mean", ["clutter"], "max", "average"),
        ("the root mean square is better than the maximum", ["parts", "few"], "L2", "max"),
        ("windows that overlap help", ["parts"], "max 3/2", "max"),
        ("a larger window and stride help", ["parts"], "max 4/4", "max"),
    ),
    *(
        Contrast(
            "in a residual network a strided convolution does as well", "residual", "clothes", cell, "strided conv"
        )
        for cell in ("max", "average", "subsample", "max-blur", "unshuffle")
    ),
    Contrast("longer training changes no order", "twice as long", "digits", "max", "average"),
    Contrast("longer training changes no order", "twice as long", "digits", "max", "subsample"),
]


class Found(NamedTuple):
    """A contrast judged: the ratio of errors, its 95 % interval alone and beside all others, p, and a verdict."""

    contrast: Contrast
    ratio: float
    alone: tuple[float, float]
    beside: tuple[float, float]
    p: float
    verdict: str


def errors_of(runs: Sequence[Mapping]) -> dict[tuple, np.ndarray]:
    """Test errors under (block, data, cell), as `by_setting` groups them."""
    return {
        setting: np.array([run["test"] for run in some], float) for setting, some in by_setting(runs).items()
    }  # fmt: skip


def judge(contrasts: Sequence[Contrast], errors: Mapping[tuple, np.ndarray]) -> list[Found]:
    """Judge contrasts together.

    Parameters
    ----------
    contrasts : sequence of Contrast
        What is compared.
    errors : mapping
        From `errors_of`.

    Returns
    -------
    list of Found
        In the same order. The verdict is 'lower error' or 'higher error' where Holm's method at 5 % says so; else 'the
        same' where the 90 % interval of the contrast lies within `SAME`; else 'cannot tell'. The interval `beside` is
        Bonferroni's: all of them hold together in 95 % of such experiments.

    Notes
    -----
    Sources: S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6,
    1979; D. J. Schuirmann, A comparison of the two one-sided tests procedure, Journal of Pharmacokinetics and
    Biopharmaceutics 15, 1987.
    """
    from scipy import stats  # the site is built without it

    estimates = [
        difference(
            np.log(errors[one.block, one.data, one.cell]),
            np.log(errors[one.block, one.data, one.against]),
            one.block in PAIRED,
        )
        for one in contrasts
    ]
    p_values = [float(2 * stats.t.sf(abs(mean) / error, freedom)) for mean, error, freedom in estimates]
    told = holm(p_values)
    found = []
    for one, p, different, (mean, error, freedom) in zip(contrasts, p_values, told, estimates, strict=True):
        alone, beside, narrow = (_ratios(mean, error, freedom, tail) for tail in (0.05, 0.05 / len(contrasts), 0.1))
        same = SAME[0] < narrow[0] and narrow[1] < SAME[1]
        verdict = (
            ("lower error" if mean < 0 else "higher error") if different else "the same" if same else "cannot tell"
        )
        found.append(Found(one, math.exp(mean), alone, beside, p, verdict))
    return found


def repeated(first: Sequence[Found], second: Sequence[Found]) -> list[Found]:
    """What a second run with other seeds leaves of a first: a verdict that it does not repeat becomes 'cannot tell'.

    Parameters
    ----------
    first, second : sequence of Found
        The same contrasts in the same order, from `judge`.

    Returns
    -------
    list of Found
        The first, with its ratios and intervals, and with those verdicts that both runs came to.

    Raises
    ------
    ValueError
        If the two do not judge the same contrasts.
    """
    if [one.contrast for one in first] != [one.contrast for one in second]:
        raise ValueError(
            f"first judges {len(first)} contrasts and second {len(second)}, but not the same ones; "
            "judge the same ones in the same order"
        )
    return [
        one if one.verdict == other.verdict else one._replace(verdict="cannot tell")
        for one, other in zip(first, second, strict=True)
    ]


def _ratios(mean: float, error: float, freedom: float, tail: float) -> tuple[float, float]:
    """The interval that misses so often, as ratios."""
    from scipy import stats

    half = error * float(stats.t.ppf(1 - tail / 2, freedom))
    return math.exp(mean - half), math.exp(mean + half)


def difference(first: np.ndarray, second: np.ndarray, paired: bool) -> tuple[float, float, float]:
    """Mean difference, its standard error, and the degrees of freedom: of pairs, or Welch's.

    >>> [round(value, 3) for value in difference(np.array([1.0, 2, 4]), np.array([0.0, 1, 2]), True)]
    [1.333, 0.333, 2]
    >>> [round(value, 3) for value in difference(np.array([1.0, 2, 4]), np.array([0.0, 1, 2]), False)]
    [1.333, 1.054, 3.448]
    """
    if paired:
        count = min(len(first), len(second))
        apart = first[:count] - second[:count]
        return float(apart.mean()), float(apart.std(ddof=1) / math.sqrt(count)), count - 1
    shares = [float(values.var(ddof=1) / len(values)) for values in (first, second)]
    freedom = sum(shares) ** 2 / sum(share**2 / (len(values) - 1) for share, values in zip(shares, (first, second)))
    return float(first.mean() - second.mean()), math.sqrt(sum(shares)), freedom


def holm(p_values: Sequence[float], level: float = 0.05) -> list[bool]:
    """Which of n hypotheses Holm's method rejects: the least p against level / n, the next against level / (n - 1)...

    >>> holm([0.04, 0.001, 0.02])
    [True, True, True]
    >>> holm([0.03, 0.04, 0.001])
    [False, False, True]
    """
    rejected = [False] * len(p_values)
    for passed, place in enumerate(np.argsort(p_values, kind="stable")):
        if p_values[place] > level / (len(p_values) - passed):
            break
        rejected[place] = True
    return rejected


def shares(errors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What field, size and neighbours each contribute to log(error of 'max' / error of 'none'), seed by seed.

    Parameters
    ----------
    errors : mapping
        For each of the eight cells that do some of the three (`PARTS`), the test errors of the same seeds.

    Returns
    -------
    dict
        For each part an array, one number for each seed: the mean, over the six orders in which the parts can be added
        one after the other, of what the part adds to the logarithm. The three add up to the whole.

    Notes
    -----
    Source: L. S. Shapley, A value for n-person games, Contributions to the Theory of Games II, 1953.
    """
    logs = {parts: np.log(errors[cell]) for parts, cell in PARTS.items()}
    names = ("field", "size", "neighbours")
    total = dict.fromkeys(names, np.zeros(len(errors["none"])))
    for order in itertools.permutations(names):
        for place, name in enumerate(order):
            total[name] = total[name] + logs[frozenset(order[: place + 1])] - logs[frozenset(order[:place])]
    return {name: value / 6 for name, value in total.items()}


#: The cell that does these of the three things.
PARTS = {
    frozenset(): "none",
    frozenset({"field"}): "dilated",
    frozenset({"size"}): "end subsample",
    frozenset({"neighbours"}): "max, stride 1",
    frozenset({"field", "size"}): "subsample",
    frozenset({"field", "neighbours"}): "dilated max",
    frozenset({"size", "neighbours"}): "end subsample, max",
    frozenset({"field", "size", "neighbours"}): "max",
}


def power(seeds: int, effect: float, compared: int = 1, paired: bool = True) -> float:
    """How often a mean difference of so many standard deviations is told, among so many contrasts.

    The standard deviation is that of the difference of one network of each kind; `paired` or not, there are so many
    seeds of each.

    >>> round(power(5, 2), 2), round(power(5, 2, compared=24), 2), round(power(5, 2, paired=False), 2)
    (0.91, 0.21, 0.97)
    """
    from scipy import stats  # the site is built without it

    freedom = (seeds - 1) * (1 if paired else 2)
    limit = stats.t.ppf(1 - 0.025 / compared, freedom)
    return float(stats.ncf.sf(limit**2, 1, freedom, seeds * effect**2))  # the square of a noncentral t
