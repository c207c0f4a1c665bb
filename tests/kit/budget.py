"""How much is tried: a part of the cases in every run, all of them in a thorough one (pytest --thorough)."""

import itertools

THOROUGH = False  # tests/conftest.py sets it by the option, before any test file is read


def many(cases: int) -> int:
    """So many random cases, or a quarter of them if the run is not thorough."""
    return cases if THOROUGH else cases // 4


def crossed(*lists) -> list:
    """Every combination of these in a thorough run; else so few that each value of each list is in one.

    crossed(["light", "dark"], [1280, 360]) is [("light", 1280), ("dark", 360)] then.
    """
    if THOROUGH:
        return list(itertools.product(*lists))
    return [tuple(one[n % len(one)] for one in lists) for n in range(max(map(len, lists)))]


def besides(*cases) -> list:
    """Cases that only a thorough run tries, beside those of every run."""
    return list(cases) if THOROUGH else []
