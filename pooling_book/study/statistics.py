"""How sure a difference between two lists of results is: intervals for paired differences."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Interval(NamedTuple):
    """Mean of some paired differences, their standard deviation, and the half width of an interval.

    The interval is for what the mean would be in the long run.
    """

    mean: float
    deviation: float
    half: float

    @property
    def verdict(self) -> str:
        """'higher', 'lower', or 'cannot tell' where the interval holds zero."""
        return "cannot tell" if abs(self.mean) <= self.half else "higher" if self.mean > 0 else "lower"


def paired(differences: Sequence[float], compared: int = 1) -> Interval:
    """A 95 % t interval of paired differences.

    Parameters
    ----------
    differences : sequence of float
        One for each seed, at least two.
    compared : int
        How many such intervals are made: with Bonferroni's correction all of them hold together in 95 % of all cases.

    Raises
    ------
    ValueError
        If there are fewer than two differences.

    Examples
    --------
    >>> found = paired([0.02, 0.03, 0.01, 0.02])
    >>> f"{found.mean:.3f} ± {found.half:.3f}", found.verdict
    ('0.020 ± 0.013', 'higher')
    >>> paired([0.02, 0.03, 0.01, 0.02], compared=100).verdict
    'cannot tell'
    """
    if len(differences) < 2:
        raise ValueError(
            f"differences={list(differences)!r} must be two or more, one for each seed; train more networks"
        )
    deviation = float(np.std(differences, ddof=1))
    half = quantile(len(differences), compared) * deviation / math.sqrt(len(differences))
    return Interval(float(np.mean(differences)), deviation, half)


def quantile(seeds: int, compared: int = 1) -> float:
    """How many standard errors a 95 % interval reaches to each side, with so many seeds.

    >>> round(quantile(5), 3)
    2.776
    """
    from scipy import stats  # the site is built without it

    return float(stats.t.ppf(1 - 0.025 / compared, seeds - 1))
