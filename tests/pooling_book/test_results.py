"""What the long experiments left: every run that the script describes, once, and little to download."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
import what_pooling_buys as script

from pooling_book.study import results
from pooling_book.study.results import results as load
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


def test_the_file_is_small():
    assert (FOLDER / "what_pooling_buys.json").stat().st_size < 300_000


def test_results_that_are_not_there_say_which_script_makes_them(refuses):
    refuses(
        ValueError, lambda: results.results("nothing_yet"), "name", "'nothing_yet'", "python experiments/nothing_yet.py"
    )
