"""What the long experiments left: every run that the script describes, once, and little to download."""

from collections import Counter
from pathlib import Path

import numpy as np
import parts_of_a_pool as parts
import pytest
import step_costs

from pooling_book.study import results
from pooling_book.study.results import read_wrongly
from pooling_book.study.results import results as load
from pooling_book.study.runs import AGAIN, EXPERIMENT

FOLDER = Path(__file__).parents[2] / "experiments" / "results"
NAMES = (EXPERIMENT, AGAIN)


@pytest.fixture(scope="module", params=NAMES)
def taken_apart(request):
    return request.param, load(request.param)


def test_settings_of_the_parts_are_those_of_the_script(taken_apart):
    about = taken_apart[1]["about"]
    as_json = {name: {**block._asdict()} for name, block in parts.BLOCKS.items()}
    listed = {
        name: {key: list(v) if isinstance(v, tuple) else v for key, v in one.items()} for name, one in as_json.items()
    }
    assert about["settings"]["blocks"] == listed
    assert {"python", "numpy", "keras", "tensorflow_cpu"} <= set(about["versions"]) and about["minutes"] > 0


def test_no_network_stands_there_twice_and_none_that_the_script_does_not_train(taken_apart):
    name, found = taken_apart
    first = parts.AGAIN_SEED if name.endswith("again") else 0
    runs = Counter((run["block"], run["data"], run["cell"], run["seed"]) for run in found["runs"])
    wanted = {
        (*setting, seed) for setting in parts.settings()
        for seed in range(first, first + parts.BLOCKS[setting[0]].seeds[setting[2]])
    }  # fmt: skip
    assert set(runs.values()) <= {1} and set(runs) <= wanted
    tuned = Counter((run["block"], run["data"], run["cell"], run["rate"], run["seed"]) for run in found["tuning"])
    assert set(tuned.values()) <= {1} and all(seed >= parts.TUNING_SEED for *_, seed in tuned)


def test_every_network_of_the_script_stands_there(taken_apart):
    name, found = taken_apart
    first = parts.AGAIN_SEED if name.endswith("again") else 0
    assert not parts.to_tune(load(NAMES[0])) and not parts.to_run(found, load(NAMES[0]), first)
    assert len(found["runs"]) == sum(parts.BLOCKS[block].seeds[cell] for block, _, cell in parts.settings())


def test_every_network_has_what_the_docstring_says(taken_apart):
    for run in taken_apart[1]["runs"]:
        block = parts.BLOCKS[run["block"]]
        assert len(run.get("curve", [])) == block.looks, run
        assert 0 < run["test"] < 10_000 and isinstance(run["test"], int) and run["parameters"] > 0, run
        for value in (run["train"], *run.get("curve", ())):
            assert 0 <= value <= 1 and round(value * 10_000) / 10_000 == value, run


def test_every_run_has_the_rate_that_tuning_chose(taken_apart):
    tuning = load(NAMES[0])
    for run in taken_apart[1]["runs"]:
        assert run["rate"] == parts.rate_of(tuning, run["block"], run["data"], run["cell"]), run


def test_which_test_images_are_missed_agrees_with_how_many(taken_apart):
    name, found = taken_apart
    with np.load(FOLDER / f"{name}_wrong.npz", allow_pickle=False) as wrong:
        keys = [
            "/".join(map(str, (run[key] for key in ("block", "data", "cell", "rate", "seed")))) for run in found["runs"]
        ]
        assert set(keys) <= set(wrong.files)
        for key, run in zip(keys, found["runs"], strict=True):
            assert np.unpackbits(wrong[key]).sum() == run["test"], key


def test_which_images_are_missed_is_read_by_block_data_cell_and_seed(taken_apart):
    name, found = taken_apart
    wrong = read_wrongly(name)
    assert len(wrong) == len(found["runs"])
    for run in found["runs"]:
        assert wrong[run["block"], run["data"], run["cell"], run["seed"]].sum() == run["test"]


def test_files_are_small():
    for name in NAMES:
        assert (FOLDER / f"{name}.json").stat().st_size < 250_000
        assert (FOLDER / f"{name}_wrong.npz").stat().st_size < 1_000_000


def test_a_step_was_measured_for_each_cell():
    found = load("step_costs")
    assert set(found["steps"]) == set(step_costs.CELLS) and found["about"]["settings"]["side"] == step_costs.SIDE
    for cost in found["steps"].values():
        assert 0 < cost["least"] <= cost["ms"] and cost["MiB"] > 0


def test_results_that_are_not_there_say_which_script_makes_them(refuses):
    refuses(
        ValueError, lambda: results.results("nothing_yet"), "name", "'nothing_yet'", "python experiments/nothing_yet.py"
    )
