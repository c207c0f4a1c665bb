"""The experiment that takes a pool apart: its networks, which of them are trained, and what is written down."""

import json
from itertools import pairwise

import numpy as np
import parts_of_a_pool as parts
import planned
import pytest
from numpy.testing import assert_array_equal

SAME_WEIGHTS = [
    ("subsample", "dilated"),
    ("max", "dilated max"),
    ("end subsample", "none"),
    ("end subsample, max", "max, stride 1"),
]


@pytest.fixture
def found():
    return {"about": {}, "tuning": [], "runs": []}


def tuned(found, errors=lambda job: 0.5):
    """Do all the tuning there is, with made-up errors; how many rounds it took."""
    rounds = 0
    while jobs := parts.PLAN.to_tune(found):
        found["tuning"] += [{**job._asdict(), "watched": errors(job)} for job in jobs]
        rounds += 1
    return rounds


@pytest.mark.parametrize("body", ["plain, global", "normalised, global"])
@pytest.mark.parametrize("small, full", SAME_WEIGHTS)
def test_a_smaller_map_is_every_fourth_place_of_the_full_one(body, small, full):
    keras = pytest.importorskip("keras")
    from pooling_book.study.cells import with_cell

    one, other = with_cell(body, small), with_cell(body, full)
    other.set_weights(one.get_weights())
    image = np.random.default_rng(0).random((2, 28, 28, 1)).astype(np.float32)
    maps = [keras.Model(each.inputs[0], each.layers[-3].output)(image).numpy() for each in (one, other)]
    assert_array_equal(maps[0], maps[1][:, ::4, ::4])


def test_all_cells_of_a_block_have_as_many_parameters_or_a_little_fewer():
    pytest.importorskip("keras")
    from pooling_book.study.cells import with_cell

    for name, block in parts.BLOCKS.items():
        counts = {cell: with_cell(block.body, cell).count_params() for cell in block.seeds}
        most = counts["max"]
        assert all(0.9 * most < count <= most for count in counts.values()), (name, counts)


def test_a_rate_beyond_the_grid_is_tried_once(found):
    block = parts.BLOCKS["parts"]
    assert tuned(found, lambda job: 1 / job.rate) == 2
    rates = planned.tried(found, "parts", "digits", "max")
    assert [*rates] == [*block.rates, pytest.approx(block.rates[-1] * 3.16, rel=0.1)]
    assert parts.PLAN.rate_of(found, "parts", "digits", "max") == max(rates)
    assert parts.PLAN.rate_of(found, "clutter", "digits", "max") == parts.PLAN.rate_of(
        found, "whole, global", "digits", "max"
    )


def test_what_is_done_is_not_done_again(found):
    tuned(found)
    jobs = parts.PLAN.to_run(found, found, 0)
    assert len({job.key for job in jobs}) == len(jobs) > 400
    found["runs"] = [job._asdict() for job in jobs[::2]]
    assert parts.PLAN.to_run(found, found, 0) == jobs[1::2]
    assert not {job.seed for job in jobs} & {job.seed for job in parts.PLAN.to_run(found, found, parts.AGAIN_SEED)}


def test_nothing_is_run_before_its_rate_is_chosen(found):
    with pytest.raises(ValueError):
        parts.PLAN.to_run(found, found, 0)


def test_a_network_is_written_down_with_what_it_reads_wrongly(found, tmp_path, monkeypatch):
    monkeypatch.setattr(planned, "RESULTS", tmp_path)
    monkeypatch.setattr(planned.long_runs, "RESULTS", tmp_path)
    wrong = np.arange(10_000) % 37 == 0
    for seed in range(2):
        job = planned.Job("few", "digits", "max", 0.01, seed, False)
        for _ in range(2):  # once more after an interruption between the two files
            planned.keep(
                "trial", found, job, {"seed": seed, "test": int(wrong.sum()), "seconds": 30.0}, np.packbits(wrong)
            )
    assert len(json.loads((tmp_path / "trial.json").read_text())["runs"]) == 4
    with np.load(tmp_path / "trial_wrong.npz") as bits:
        assert sorted(bits) == ["few/digits/max/0.01/0", "few/digits/max/0.01/1"]
        assert_array_equal(np.unpackbits(bits["few/digits/max/0.01/1"]).astype(bool), wrong)


def test_a_canvas_holds_its_image_whole_and_pieces_of_others():
    images = np.zeros((20, 28, 28, 1), np.uint8)
    images += np.arange(1, 21, dtype=np.uint8)[:, None, None, None]
    for number, canvas in enumerate(planned.scattered(images, np.random.default_rng(0)), 1):
        assert canvas.shape == (48, 48, 1)
        own = canvas[..., 0] >= number
        rows, columns = (np.flatnonzero(own.any(axis)) for axis in (1, 0))
        assert len(rows) >= 28 and len(columns) >= 28
        assert 0 < (canvas > 0).sum() <= 28 * 28 + 8 * 64


def test_the_long_networks_stand_first():
    assert all(a in parts.BLOCKS for a, _, _ in parts.PLAN.settings())
    order = [name for name, _, _ in parts.PLAN.settings()]
    assert [a for a, b in pairwise([*order, None]) if a != b] == [*parts.BLOCKS]
