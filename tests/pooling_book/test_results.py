"""What the long experiments left: every run that the script describes, once, and little to download."""

from collections import Counter
from itertools import product
from pathlib import Path

import numpy as np
import parts_of_a_pool as parts
import pytest
import what_pooling_buys as script

from pooling_book.study import results
from pooling_book.study.results import results as load
from pooling_book.study.results import small_networks
from pooling_lib.cost import Conv, Dense, Flatten, GlobalPool, Pool, stack, total

FOLDER = Path(__file__).parents[2] / "experiments" / "results"
SIDES = {"digits": (28, 10), "few": (28, 10), "clutter": (40, 10), "pictures": (24, 8)}


@pytest.fixture(scope="module")
def found():
    return load("what_pooling_buys")


def test_every_setting_was_run_once_with_every_seed(found):
    seeds = found["about"]["settings"]["seeds"]
    assert seeds >= 2
    runs = [tuple(run[key] for key in ("task", "head", "method", "window", "stride", "seed")) for run in found["runs"]]
    assert sorted(runs) == sorted((*setting, seed) for setting, seed in product(script.settings(), range(seeds)))


def test_settings_are_those_of_the_script_and_versions_are_there(found):
    settings = found["about"]["settings"]
    assert settings["every"] == script.EVERY and settings["steps"] == script.STEPS
    assert {"python", "numpy", "keras", "tensorflow_cpu"} <= set(found["about"]["versions"])
    assert found["about"]["minutes"] > 0 and "thread" in found["about"]["machine"]


def test_every_run_has_what_the_docstring_says(found):
    for run in found["runs"]:
        name = f"{run['task']}, {run['head']}, {run['method']}, {run['window']}/{run['stride']}, seed {run['seed']}"
        assert len(run["curve"]) == script.STEPS[run["task"]] // script.EVERY, name
        assert all(0 <= value <= 1 for value in (run["test"], run["train"], *run["curve"])), name
        # The last look at the curve is on a part of the test images.
        assert abs(run["curve"][-1] - run["test"]) < 0.05, name


def test_accuracies_have_four_decimals_so_that_they_travel_exactly(found):
    values = np.array([value for run in found["runs"] for value in (run["test"], run["train"], *run["curve"])])
    assert np.array_equal(np.round(values * 10_000) / 10_000, values)


def test_parameters_are_those_that_the_library_counts(found):
    for run in found["runs"]:
        if run["method"] == "strided conv":
            continue
        side, classes = SIDES[run["task"]]
        pool = (
            []
            if run["method"].startswith("none")
            else [Pool("max", 1 if run["method"] == "subsample" else run["window"], run["stride"], "same")]
        )
        head = (
            [GlobalPool("average")]
            if run["head"] == "global"
            else [Conv(1, 1), Flatten()]
            if run["method"] == "none, matched"
            else [Flatten()]
        )
        layers = [
            layer
            for filters, pools in ((8, pool), (16, pool), (16, []))
            for layer in (Conv(filters, 3, padding="same"), *pools)
        ]
        assert run["parameters"] == total(stack((side, side, 1), [*layers, *head, Dense(classes)])).parameters, run


def test_a_step_was_timed_for_each_method(found):
    assert set(found["steps"]) == ({run["method"] for run in found["runs"]} | {"max-blur"}) - {"none, matched"}
    assert all(cost["ms"] > 0 and cost["MiB"] > 0 for cost in found["steps"].values())


def test_the_networks_for_the_page_are_whole():
    networks = small_networks()
    assert set(networks) == {f"{head}/{method}" for head, method in product(("flatten", "global"), script.EXPORTED)}
    for name, weights in networks.items():
        inputs = 16 if name.startswith("global") else 7 * 7 * 16
        assert [array.shape for array in weights] == [
            (3, 3, 1, 8),
            (8,),
            (3, 3, 8, 16),
            (16,),
            (3, 3, 16, 16),
            (16,),
            (inputs, 10),
            (10,),
        ], name
        assert all(array.dtype == np.float16 and np.isfinite(array).all() for array in weights), name


# ---- Parts of a pool ----

NAMES = [name for name in ("parts_of_a_pool", "parts_of_a_pool_again") if (FOLDER / f"{name}.json").is_file()]


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


def test_a_finished_experiment_has_every_network(taken_apart):
    name, found = taken_apart
    first = parts.AGAIN_SEED if name.endswith("again") else 0
    if parts.to_tune(load(NAMES[0])) or parts.to_run(found, load(NAMES[0]), first):
        pytest.skip(f"{name}.json is not finished")
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


def test_files_are_small():
    for name in NAMES:
        assert (FOLDER / f"{name}.json").stat().st_size < 250_000
        assert (FOLDER / f"{name}_wrong.npz").stat().st_size < 1_000_000
    assert (FOLDER / "what_pooling_buys.json").stat().st_size < 300_000
    assert (FOLDER / "small_networks.npz").stat().st_size < 150_000


def test_results_that_are_not_there_say_which_script_makes_them(refuses):
    refuses(
        ValueError, lambda: results.results("nothing_yet"), "name", "'nothing_yet'", "python experiments/nothing_yet.py"
    )
