"""The runs as Python sees them: intervals, steps, what the widget holds and says, and what it refuses."""

import json
import re

import numpy as np
import pytest
from trained import made

from pooling_book.study.runs import METHODS, by_setting, steps_to
from pooling_book.study.statistics import paired, quantile
from pooling_book.widgets.trained_runs import QUANTITIES, TrainedRuns, accuracies, texts_of

FOUND = made()


def test_an_interval_is_the_textbooks():
    from scipy import stats

    d = np.array([0.02, -0.01, 0.05, 0.03])
    found = paired(d)
    low, high = stats.t.interval(0.95, 3, d.mean(), stats.sem(d))
    assert (found.mean - found.half, found.mean + found.half) == pytest.approx((low, high))
    assert found.deviation == pytest.approx(d.std(ddof=1)) and found.verdict == "cannot tell"
    assert quantile(4, 10) == pytest.approx(stats.t.ppf(1 - 0.0025, 3)) and paired(d, 10).half > found.half


@pytest.mark.parametrize(
    "differences, verdict",
    [
        ([0.1, 0.11, 0.1], "higher"),
        ([-0.1, -0.11, -0.1], "lower"),
        ([0, 0], "cannot tell"),
        ([1, -1], "cannot tell"),
        ([0.5, 0.5], "higher"),
    ],
)
def test_a_verdict_says_on_which_side_of_zero_the_interval_lies(differences, verdict):
    assert paired(differences).verdict == verdict


def test_one_difference_makes_no_interval(refuses):
    refuses(ValueError, lambda: paired([0.1]), "differences", "[0.1]", "two or more")


def test_steps_are_those_of_the_first_time_or_none():
    assert [steps_to([0.2, 0.6, 0.5, 0.7], level, 10) for level in (0.1, 0.6, 0.65, 0.8)] == [10, 20, 40, None]


def test_runs_are_grouped_by_setting_in_the_order_of_their_seeds():
    grouped = by_setting(FOUND)
    assert [run["seed"] for run in grouped["few", "global", "max", 2, 2]] == [0, 1, 2]


def test_accuracies_survive_their_way_into_texts_exactly():
    runs = by_setting(FOUND)["clutter", "global", "L2", 2, 2]
    assert [accuracies(text) for text in texts_of(FOUND)["clutter"]["global"]["L2"]] == [
        [run["test"], run["train"], *run["curve"]] for run in runs
    ]


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_values_differences_and_interval_follow_what_the_page_sets(quantity):
    widget = TrainedRuns("few", "global", ("none", "max"), found=FOUND)
    widget.quantity, widget.percent, widget.step = quantity, 30, 100
    runs = {method: by_setting(FOUND)["few", "global", method, 2, 2] for method in ("none", "max")}
    one = {
        "test": lambda run: run["test"],
        "gap": lambda run: run["train"] - run["test"],
        "steps": lambda run: steps_to(run["curve"], 0.3),
        "after": lambda run: run["curve"][1],
    }[quantity]
    values = {method: [one(run) for run in rows] for method, rows in runs.items()}
    assert {method: widget.values[method] for method in values} == values
    if None not in values["none"] + values["max"]:
        assert widget.differences == [b - a for a, b in zip(values["none"], values["max"], strict=True)]
        assert widget.interval == paired(widget.differences)


def test_an_accuracy_never_reached_leaves_no_difference():
    widget = TrainedRuns("few", "global", quantity="steps", percent=100, found=FOUND)
    assert set(widget.differences) == {None} and widget.interval is None
    assert "not reached" in widget.fallback()


def test_the_number_of_pairs_is_that_of_the_methods_there():
    widget = TrainedRuns("digits", "global", found=FOUND)
    assert widget.compared == 21
    widget.head = "flatten"
    assert widget.compared == 28 and widget.quantiles["28"] == pytest.approx(quantile(3, 28), abs=1e-5)


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    widget = TrainedRuns(identity="here")
    html = widget.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in html
    assert len(json.dumps(state)) < 40_000
    assert [widget.html(), repr(widget)] == [html, "<trained_runs here>"]


def test_the_fallback_is_a_table_of_every_seed():
    fallback = TrainedRuns("few", "flatten", found=FOUND).fallback()
    assert fallback.count("<tr>") == 1 + len(METHODS) + 1 and "max less subsample" in fallback and "seed 2" in fallback


@pytest.mark.parametrize(
    "given, words",
    [
        ({"task": "cats"}, ["task='cats'", "'digits'"]),
        ({"head": "dense"}, ["head='dense'", "'global'"]),
        ({"task": "clutter", "head": "flatten"}, ["head='flatten'", "task='clutter'", "'global'"]),
        ({"quantity": "speed"}, ["quantity='speed'", "'steps'"]),
        ({"pair": ("max", "max")}, ["pair=('max', 'max')", "'average'"]),
        ({"pair": ("max",)}, ["pair=('max',)", "two of"]),
        ({"pair": ("none", "none, matched")}, ["pair=('none', 'none, matched')", "'subsample'"]),
        ({"step": 60}, ["step=60", "multiple of 50", "200"]),
        ({"step": 250}, ["step=250"]),
        ({"percent": 0}, ["percent=0", "1 to 100"]),
    ],
)
def test_errors_name_what_is_wrong(given, words):
    with pytest.raises(ValueError) as error:
        TrainedRuns(found=FOUND, **given)
    assert all(word in str(error.value) for word in words), error.value
