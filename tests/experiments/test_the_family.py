"""The experiment with the family of pools: what its plan trains, and what is written down."""

import numpy as np
import parts_of_a_pool
import planned
import pytest
import the_family

from pooling_book.study.contrasts import PAIRED, judge
from pooling_book.study.family_contrasts import (
    FAMILY_EXPERIMENT,
    FAMILY_PAIRS,
    FAMILY_POOLS,
    FAMILY_PRIMARY,
    FAMILY_SECONDARY,
)

PLAN = the_family.PLAN


@pytest.fixture
def tuned():
    found = {"about": {}, "tuning": [], "runs": []}
    found["tuning"] = [{**job._asdict(), "watched": abs(job.rate - 0.1)} for job in PLAN.to_tune(found)]
    return found


def test_its_blocks_are_those_of_chapter_07_but_for_pools_seeds_and_rates():
    for name, block in the_family.BLOCKS.items():
        there = parts_of_a_pool.BLOCKS[name]
        own = {"seeds": there.seeds, "rates": there.rates, "tuning_seeds": there.tuning_seeds}
        assert block._replace(**own) == there and set(block.rates) <= set(there.rates)
        assert tuple(block.seeds) == FAMILY_POOLS[name] and name in PAIRED


def test_its_pools_are_in_the_family_and_each_is_built():
    family = pytest.importorskip("pooling_book.study.family")
    for name, pools in FAMILY_POOLS.items():
        assert set(pools) <= set(family.FAMILY)
        counts = [family.with_pool(the_family.BLOCKS[name].body, pool).count_params() for pool in pools]
        assert all(0.9 * counts[0] < count <= counts[0] + 8 for count in counts), counts


def test_no_seed_is_that_of_another_experiment(tuned):
    seeds = {job.seed for job in PLAN.to_run(tuned, tuned, the_family.FIRST_SEED)}
    others = {planned.TUNING_SEED + extra for extra in range(10)} | set(range(100))
    assert not seeds & (others | {parts_of_a_pool.AGAIN_SEED + seed for seed in range(100)})


def test_a_rate_is_chosen_from_the_grid_alone(tuned):
    assert not PLAN.to_tune(tuned)
    assert PLAN.rate_of(tuned, "parts", "digits", "GeM") == 0.1
    assert PLAN.rate_of(tuned, "few", "clothes", "stochastic") == max(the_family.BLOCKS["few"].rates)


def test_what_is_done_is_not_done_again(tuned):
    jobs = PLAN.to_run(tuned, tuned, the_family.FIRST_SEED)
    assert len({job.key for job in jobs}) == len(jobs)
    tuned["runs"] = [job._asdict() for job in jobs[::2]]
    assert PLAN.to_run(tuned, tuned, the_family.FIRST_SEED) == jobs[1::2]


def test_contrasts_are_of_pools_that_are_trained_and_none_stands_there_twice():
    assert the_family.__name__ == FAMILY_EXPERIMENT
    for one in [*FAMILY_PRIMARY, *FAMILY_SECONDARY, *FAMILY_PAIRS]:
        block = the_family.BLOCKS[one.block]
        assert one.data in block.data and {one.cell, one.against} <= set(block.seeds), one
    assert len({one[1:] for one in [*FAMILY_PRIMARY, *FAMILY_SECONDARY]}) == len(FAMILY_PRIMARY) + len(FAMILY_SECONDARY)
    assert (len(FAMILY_PRIMARY), len(FAMILY_SECONDARY)) == (30, 22)
    pairs = {(one.block, one.data, frozenset(one[3:])) for one in FAMILY_PAIRS}
    assert len(pairs) == len(FAMILY_PAIRS) == sum(len(pools) * (len(pools) - 1) for pools in FAMILY_POOLS.values())
    assert {(one.block, one.data, frozenset(one[3:])) for one in FAMILY_PRIMARY} <= pairs


def test_the_machinery_of_chapter_07_judges_them_in_pairs():
    rng = np.random.default_rng(0)
    errors = {}
    for block, pools in FAMILY_POOLS.items():
        for data in planned.DATA:
            common = 300 * np.exp(rng.normal(0, 0.5, 8))  # what the images of a seed do to all pools
            for pool in pools:
                worse = 1.5 if pool == "max" else 1
                errors[block, data, pool] = worse * common * np.exp(rng.normal(0, 0.02, 8))
    for found in judge(FAMILY_PRIMARY, errors):
        better = found.contrast.against == "max"
        assert found.verdict == ("lower error" if better else "the same"), found


@pytest.mark.parametrize("pool, names", [("GeM", ["p"]), ("gated", ["mask"]), ("max", [])])
def test_what_a_pool_learns_is_followed(pool, names, monkeypatch):
    pytest.importorskip("keras")
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (200, 28, 28, 1), np.uint8), np.arange(200, dtype=np.int32) % 10

    class Data:
        train_images = watched_images = test_images = images
        train_labels = watched_labels = test_labels = labels

    monkeypatch.setitem(the_family.BLOCKS, "few", the_family.BLOCKS["few"]._replace(steps=120))
    monkeypatch.setattr(planned, "_read", {"digits": Data})
    job = planned.Job("few", "digits", pool, 0.01, 2000, False)
    told, entry, missed = the_family.train(job)
    assert told is job and np.unpackbits(missed)[:200].sum() == entry["test"]
    learnt = entry.get("learnt", {})
    assert list(learnt) == names
    for path in learnt.values():
        assert len(path) == 4 and all(len(moment) == 2 for moment in path)  # 0, 50, 100 and 120 steps; two pools
        assert path[0] != path[-1]
    if pool == "GeM":
        assert learnt["p"][0] == [3, 3] and all(p >= 1 for moment in learnt["p"] for p in moment)
