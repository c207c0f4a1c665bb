"""What the long experiments left: every run that the script describes, once, and little to download."""

from collections import Counter
from pathlib import Path

import numpy as np
import parts_of_a_pool as parts
import planned
import pytest
import step_costs
import the_family

from pooling_book.study import results
from pooling_book.study.family_contrasts import FAMILY_EXPERIMENT
from pooling_book.study.results import read_wrongly
from pooling_book.study.results import results as load
from pooling_book.study.runs import AGAIN, EXPERIMENT

FOLDER = Path(__file__).parents[2] / "experiments" / "results"
#: The experiments with a plan: their script, and the first seed of what counts.
PLANNED = {
    EXPERIMENT: (parts, 0),
    AGAIN: (parts, parts.AGAIN_SEED),
    FAMILY_EXPERIMENT: (the_family, the_family.FIRST_SEED),
}


@pytest.fixture(scope="module", params=PLANNED)
def planned_one(request):
    return request.param, load(request.param), *PLANNED[request.param]


def test_settings_are_those_of_the_script(planned_one):
    _, found, script, _ = planned_one
    as_json = {name: {**block._asdict()} for name, block in script.BLOCKS.items()}
    listed = {
        name: {key: list(v) if isinstance(v, tuple) else v for key, v in one.items()} for name, one in as_json.items()
    }
    assert found["about"]["settings"]["blocks"] == listed
    assert {"python", "numpy", "keras", "tensorflow_cpu"} <= set(found["about"]["versions"])
    assert found["about"]["minutes"] > 0


def test_no_network_stands_there_twice_and_none_that_the_script_does_not_train(planned_one):
    _, found, script, first = planned_one
    runs = Counter((run["block"], run["data"], run["cell"], run["seed"]) for run in found["runs"])
    wanted = {
        (*setting, seed) for setting in script.PLAN.settings()
        for seed in range(first, first + script.BLOCKS[setting[0]].seeds[setting[2]])
    }  # fmt: skip
    assert set(runs.values()) <= {1} and set(runs) <= wanted
    tuned = Counter((run["block"], run["data"], run["cell"], run["rate"], run["seed"]) for run in found["tuning"])
    assert set(tuned.values()) <= {1} and all(seed >= planned.TUNING_SEED for *_, seed in tuned)


def test_every_network_of_the_script_stands_there(planned_one):
    name, found, script, first = planned_one
    tuning = load(EXPERIMENT) if name == AGAIN else found
    assert not script.PLAN.to_tune(tuning) and not script.PLAN.to_run(found, tuning, first)
    assert len(found["runs"]) == sum(script.BLOCKS[block].seeds[cell] for block, _, cell in script.PLAN.settings())


def test_every_network_has_what_the_docstring_says(planned_one):
    _, found, script, _ = planned_one
    for run in found["runs"]:
        block = script.BLOCKS[run["block"]]
        assert len(run.get("curve", [])) == block.looks, run
        assert 0 < run["test"] < 10_000 and isinstance(run["test"], int) and run["parameters"] > 0, run
        for value in (run["train"], *run.get("curve", ())):
            assert 0 <= value <= 1 and round(value * 10_000) / 10_000 == value, run


def test_every_run_has_the_rate_that_tuning_chose(planned_one):
    name, found, script, _ = planned_one
    tuning = load(EXPERIMENT) if name == AGAIN else found
    for run in found["runs"]:
        assert run["rate"] == script.PLAN.rate_of(tuning, run["block"], run["data"], run["cell"]), run


def test_what_pools_learnt_stands_there_for_every_moment():
    names = {"GeM": "p", "softmax, learnt": "temperature", "mixed": "alpha", "gated": "mask"}
    first = {"p": 3, "temperature": 1, "alpha": 0.5, "mask": [0] * 4}
    for run in load(FAMILY_EXPERIMENT)["runs"]:
        learnt = run.get("learnt", {})
        assert [*learnt] == [names[cell] for cell in [run["cell"]] if cell in names], run
        for name, path in learnt.items():
            assert len(path) == 1 + the_family.BLOCKS[run["block"]].steps // 50, run
            assert path[0] == [first[name]] * 2 and np.isfinite(path).all() and np.shape(path)[1] == 2, run


def test_which_test_images_are_missed_agrees_with_how_many(planned_one):
    name, found, _, _ = planned_one
    with np.load(FOLDER / f"{name}_wrong.npz", allow_pickle=False) as wrong:
        keys = [
            "/".join(map(str, (run[key] for key in ("block", "data", "cell", "rate", "seed")))) for run in found["runs"]
        ]
        assert set(keys) <= set(wrong.files)
        for key, run in zip(keys, found["runs"], strict=True):
            assert np.unpackbits(wrong[key]).sum() == run["test"], key


def test_which_images_are_missed_is_read_by_block_data_cell_and_seed(planned_one):
    name, found, _, _ = planned_one
    wrong = read_wrongly(name)
    assert len(wrong) == len(found["runs"])
    for run in found["runs"]:
        assert wrong[run["block"], run["data"], run["cell"], run["seed"]].sum() == run["test"]


def test_files_are_small():
    for name in PLANNED:
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
