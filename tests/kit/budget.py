"""How much is tried: a quarter of the random cases in every run, all of them in a thorough one (pytest --thorough)."""

THOROUGH = False  # tests/conftest.py sets it by the option, before any test file is read


def many(cases: int) -> int:
    """So many random cases, or a quarter of them if the run is not thorough."""
    return cases if THOROUGH else cases // 4
