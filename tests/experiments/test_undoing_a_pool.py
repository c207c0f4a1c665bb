"""The experiment that undoes pools: which networks are trained, on what, and what is written down."""

import numpy as np
import pytest
import undoing_a_pool as undoing

from pooling_book.study.results import results

FOUND = results("undoing_a_pool")


def tuned(errors):
    """All the tuning there is, with made-up errors."""
    found = {"tuning": [], "runs": []}
    while jobs := undoing.to_tune(found):
        found["tuning"] += [{**job._asdict(), "watched": errors(job)} for job in jobs]
    return found


def test_a_rate_is_tried_beyond_an_end_of_the_grid_once():
    found = tuned(lambda job: 1 / job.rate)
    assert len(found["tuning"]) == len(undoing.WAYS) * (len(undoing.RATES) + 1)
    assert {job.rate for job in undoing.to_run(found)} == {0.3}
    assert len(tuned(lambda job: abs(job.rate - undoing.RATES[1]))["tuning"]) == len(undoing.WAYS) * len(undoing.RATES)


def test_each_way_runs_at_its_own_rate_with_every_seed_and_what_is_done_is_not_done_again():
    found = tuned(lambda job: abs(job.rate - undoing.RATES[1 + (job.way == "dilation")] * 0.99))
    jobs = undoing.to_run(found)
    assert len(jobs) == len(undoing.WAYS) * undoing.SEEDS and [job.seed for job in jobs] == sorted(
        job.seed for job in jobs
    )
    assert all(job.rate == undoing.RATES[1 + (job.way == "dilation")] for job in jobs)
    found["runs"] = [job._asdict() for job in jobs[:5]]
    assert undoing.to_run(found) == jobs[5:]


def test_the_file_holds_what_its_script_says():
    settings = FOUND["about"]["settings"]
    assert settings == {**undoing.SETTINGS, "rates": list(undoing.RATES)}
    assert {(run["way"], run["seed"]) for run in FOUND["runs"]} == {
        (way, seed) for way in undoing.WAYS for seed in range(undoing.SEEDS)
    }
    rates = {job.way: job.rate for job in undoing.to_run({**FOUND, "runs": []})}
    assert all(run["rate"] == rates[run["way"]] for run in FOUND["runs"])
    assert not undoing.to_tune(FOUND)
    assert len({run["parameters"] for run in FOUND["runs"]}) == 1


def test_its_sheets_are_those_that_can_be_drawn_again_and_its_answers_fit_its_counts():
    pytest.importorskip("keras")
    from pooling_book.study import pixelwise

    learnt, watched, tested = undoing.drawn(0)
    assert [len(some.images) for some in (learnt, watched, tested)] == [3000, 500, 1000]
    far = pixelwise.to_boundary(tested.labels)
    assert np.bincount(far.ravel())[1:].tolist() == FOUND["about"]["pixels"]
    assert np.bincount(far[tested.labels == 1])[1:].tolist() == FOUND["about"]["digit"]
    for run in FOUND["runs"]:
        assert ("answers" in run) == (run["seed"] == 0)
        for answer, truth in zip(run.get("answers", []), tested.labels):
            assert np.mean(pixelwise.unpacked(answer) != truth) < 0.1
