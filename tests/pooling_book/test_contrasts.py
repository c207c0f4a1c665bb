"""The verdicts of the experiment that takes a pool apart, on made-up errors whose truth is known."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from pooling_book.study.contrasts import (
    PARTS,
    PRIMARY,
    SECONDARY,
    Contrast,
    difference,
    errors_of,
    holm,
    judge,
    power,
    repeated,
    shares,
)  # fmt: skip

ONE = Contrast("a claim", "parts", "digits", "max", "none")


def made(ratio, spread, seeds=8):
    """Errors of two cells of which one makes exactly so many times as many on the whole; the rest spreads about it."""
    rng = np.random.default_rng(0)
    common = 300 * np.exp(rng.normal(0, 0.3, seeds))
    about = rng.permutation(stats.norm.ppf((np.arange(seeds) + 0.5) / seeds))
    return {
        ("parts", "digits", "none"): common,
        ("parts", "digits", "max"): common * ratio * np.exp(spread * about),
    }


@pytest.mark.parametrize(
    "ratio, spread, verdict",
    [(0.5, 0.05, "lower error"), (2, 0.05, "higher error"), (1.02, 0.03, "the same"), (0.95, 0.4, "cannot tell")],
)
def test_a_verdict(ratio, spread, verdict):
    [found] = judge([ONE], made(ratio, spread))
    assert found.verdict == verdict
    assert found.alone == found.beside and found.alone[0] < found.ratio < found.alone[1]


def test_an_interval_is_that_of_scipy():
    errors = made(0.8, 0.1)
    first, second = (np.log(errors["parts", "digits", cell]) for cell in ("max", "none"))
    [found] = judge([ONE], errors)
    theirs = stats.ttest_rel(first, second)
    assert found.p == pytest.approx(theirs.pvalue)
    assert np.log(found.alone) == pytest.approx([*theirs.confidence_interval(0.95)])
    mean, error, freedom = difference(first, second, paired=False)
    welch = stats.ttest_ind(first, second, equal_var=False)
    assert (mean / error, freedom) == pytest.approx((welch.statistic, welch.df))


def test_holm_rejects_what_a_search_over_all_sets_rejects():
    # A closed test by Bonferroni: a hypothesis falls if each set that holds it has a p of at most level / size.
    rng = np.random.default_rng(0)
    for _ in range(200):
        p = rng.random(5) ** 3 / 5
        sets = [one for size in range(1, 6) for one in itertools.combinations(range(5), size)]
        closed = [all(min(p[list(one)]) <= 0.05 / len(one) for one in sets if place in one) for place in range(5)]
        assert holm(p) == closed


def test_among_many_contrasts_an_interval_is_wider_and_a_verdict_rarer():
    many = [ONE._replace(claim=str(number)) for number in range(20)]
    [alone], together = judge([ONE], made(0.9, 0.1)), judge(many, made(0.9, 0.1))
    assert alone.verdict == "lower error" and {found.verdict for found in together} == {"cannot tell"}
    assert together[0].beside[0] < alone.beside[0] and together[0].alone == alone.alone


def test_a_verdict_that_a_second_run_does_not_repeat_cannot_be_told():
    contrasts = [ONE._replace(claim=str(number)) for number in range(3)]
    first, second = (judge(contrasts, made(ratio, 0.05)) for ratio in (0.5, 0.6))
    other = judge(contrasts, made(1.02, 0.03))
    left = repeated(first, [second[0], other[1], second[2]])
    assert [one.verdict for one in left] == ["lower error", "cannot tell", "lower error"]
    assert [one[:-1] for one in left] == [one[:-1] for one in first]


def test_runs_that_judge_different_contrasts_are_refused(refuses):
    first = judge([ONE], made(0.5, 0.05))
    refuses(ValueError, lambda: repeated(first, []), "first", "1 contrasts and second 0", "same order")


def test_the_shares_add_up_and_are_found_where_parts_do_not_meet():
    rng = np.random.default_rng(1)
    effect = {"field": -0.7, "size": 0.3, "neighbours": -0.2}
    base = rng.normal(6, 0.2, 5)
    errors = {cell: np.exp(base + sum(effect[one] for one in some)) for some, cell in PARTS.items()}
    found = shares(errors)
    assert {name: pytest.approx([value] * 5) for name, value in effect.items()} == found
    errors["max"] = errors["max"] * np.exp(rng.normal(0, 0.5, 5))
    whole = np.log(errors["max"]) - np.log(errors["none"])
    assert sum(shares(errors).values()) == pytest.approx(whole)


def test_power_is_how_often_simulated_seeds_show_the_difference():
    rng = np.random.default_rng(2)
    for seeds, effect, compared in [(5, 2, 1), (8, 1, 1), (8, 1.5, 20)]:
        drawn = rng.normal(effect, 1, (20_000, seeds))
        t = drawn.mean(1) / drawn.std(1, ddof=1) * math.sqrt(seeds)
        shown = np.mean(abs(t) > stats.t.ppf(1 - 0.025 / compared, seeds - 1))
        assert power(seeds, effect, compared) == pytest.approx(shown, abs=0.01)
        each = rng.normal(0, math.sqrt(0.5), (2, 20_000, seeds))  # of two kinds; a difference spreads by 1
        shown = np.mean(stats.ttest_ind(each[0] + effect, each[1], axis=1).pvalue < 0.05 / compared)
        assert power(seeds, effect, compared, paired=False) == pytest.approx(shown, abs=0.01)


def test_large_differences_are_told_for_sure():
    assert power(16, 20, 24) == power(5, 200, paired=False) == 1


def test_every_contrast_is_of_cells_that_are_trained():
    import parts_of_a_pool as parts

    for one in [*PRIMARY, *SECONDARY]:
        block = parts.BLOCKS[one.block]
        assert one.data in block.data and {one.cell, one.against} <= set(block.seeds), one
    assert len({one[1:] for one in [*PRIMARY, *SECONDARY]}) == len(PRIMARY) + len(SECONDARY)
    assert len(PRIMARY) == 24


def test_errors_stand_in_the_order_of_their_seeds():
    runs = [dict(block="few", data="digits", cell="max", seed=seed, test=100 + seed) for seed in (2, 0, 1)]
    assert errors_of(runs)["few", "digits", "max"].tolist() == [100, 101, 102]
