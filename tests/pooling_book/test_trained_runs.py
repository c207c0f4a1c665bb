"""The runs as Python sees them: intervals, steps, what the widget holds and says, and what it refuses."""

import itertools
import json
import re

import numpy as np
import pytest
from javascript import js
from trained import made

from pooling_book.chapters.try07 import things_to_try
from pooling_book.study.runs import METHODS, by_setting, steps_to
from pooling_book.study.statistics import paired, quantile
from pooling_book.widgets.things_to_try import guess
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


# ---- The front end's state and words ----


def front(expression, given=None, file="state", **settings):
    """What a file of the front end makes of a widget's state, as `state`, and of `given`."""
    state = TrainedRuns(found=FOUND, **settings).state()
    expression = f"((state, given) => {expression})(given.state, given.given)"
    return js(f"trained_runs/{file}.js", expression, {"state": state, "given": given})


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_the_page_compares_as_python_does(quantity):
    settings = dict(learnt="few", head="flatten", pair=("none", "max"), quantity=quantity, percent=30, step=100)
    found, python = front("it.compared(state)", **settings), TrainedRuns(found=FOUND, **settings)
    assert found["names"] == list(python.values) and found["last"] == 200
    for method, values in python.values.items():
        assert [value is None for value in found["values"][method]] == [value is None for value in values]
        assert [value or 0 for value in found["values"][method]] == pytest.approx([value or 0 for value in values])
    assert [value or 0 for value in found["found"]] == pytest.approx([value or 0 for value in python.differences])
    assert front("it.agree(state)", **settings) is True


@pytest.mark.parametrize(
    "change, wanted",
    [
        ({"head": "global"}, {"learnt": "digits", "head": "global", "pair": ["none", "max"], "step": 200}),
        ({"learnt": "few"}, {"learnt": "few", "head": "flatten", "pair": ["none, matched", "max"], "step": 200}),
        ({"learnt": "clutter"}, {"learnt": "clutter", "head": "global", "pair": ["none", "max"], "step": 200}),
    ],
)
def test_another_task_or_head_keeps_what_is_there(change, wanted):
    settings = dict(learnt="digits", head="flatten", pair=("none, matched", "max"))
    assert front("it.changed(state, given)", change, **settings) == wanted
    changed = "it.agree({ ...state, ...it.changed(state, given) })"
    assert front(changed, change, **settings) is True


def test_a_pair_changes_places_when_one_of_it_is_chosen_again():
    chosen = "given.map((method) => it.chosen(state.pair, method).pair)"
    assert front(chosen, ["L2", "max", "subsample"]) == [["max", "L2"], ["max", "subsample"], ["max", "subsample"]]
    placed = "given.map(([place, method]) => it.placed(state.pair, place, method).pair)"
    assert front(placed, [[0, "L2"], [1, "L2"], [0, "max"]]) == [
        ["L2", "max"],
        ["subsample", "L2"],
        ["max", "subsample"],
    ]


@pytest.mark.parametrize(
    "key, unsound",
    [
        ("learnt", ["cats", "constructor", ["digits"], None]),
        ("head", ["dense", ["global"], None]),
        ("pair", [["max"], ["max", "max"], ["max", "cats"], "max", None, ["none, matched", "max"]]),
        ("quantity", ["speed", "constructor"]),
        ("percent", [0, 101, 2.5, "5"]),
        ("step", [0, 60, 250, "50"]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, unsound):
    checked = f"[state.{key}, ...given].map((value) => it.settings.{key}(value, state))"
    assert front(checked, unsound) == [True] + [False] * len(unsound)
    alone = f"given.map((value) => it.agree({{ ...state, {key}: value }}))"
    assert front(alone, unsound[:1]) == [False]


def test_the_sentence_says_what_python_finds():
    python = TrainedRuns("few", "global", ("none", "max"), found=FOUND)
    said = front(
        "it.explain(state, given)",
        front("it.compared(state)", **dict(learnt="few", pair=("none", "max"))),
        "words",
        learnt="few",
        pair=("none", "max"),
    )
    mean, half = python.interval.mean, python.interval.half
    assert said.startswith(f"Max less none, test accuracy: {mean:+.4f} ± {half:.4f}. ".replace("-", "−"))
    zero = "That holds zero: these seeds cannot tell the two apart."
    assert (zero in said) == (python.interval.verdict == "cannot tell")
    given = dict(learnt="few", pair=("none", "max"))
    worked = front("it.worked(state, given)", front("it.compared(state)", **given), "words", **given)
    listed = ", ".join(f"{one:+.3f}" for one in python.differences).replace("-", "−")
    assert worked.startswith(f"{listed}: mean ") and worked.endswith(f"/ √3 = ± {half:.4f}.")


def test_a_hint_is_told_from_what_stands_among_all_pairs():
    state = {"pair": ["none", "max"], "quantity": "test", "quantiles": {"1": 2, "3": 9}}
    say = lambda found: js(
        "trained_runs/words.js", "it.explain(...given)", [state, {"names": list("abc"), "found": found}]
    )
    assert say([0.1, 0.1, 0.1]).endswith("max is more accurate. It stands even if all 3 pairs are compared: ± 0.0000.")
    hint = "max is more accurate. But there are 3 pairs: an interval for all of them, ± "
    assert hint in say([0.1, 0.2, 0.15]) and say([0.1, 0.2, 0.15]).endswith("holds zero. Take this as a hint.")
    assert "max is less accurate" in say([-0.1, -0.1, -0.1])
    assert say([0.1, None, 0.1]).endswith("one of the two never got there, and there is no difference to average.")


@pytest.mark.parametrize(
    "given, words",
    [
        ({"learnt": "cats"}, ["learnt='cats'", "'digits'"]),
        ({"head": "dense"}, ["head='dense'", "'global'"]),
        ({"learnt": "clutter", "head": "flatten"}, ["head='flatten'", "learnt='clutter'", "'global'"]),
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


# ---- Things to try ----


def asked(kind, what, given=None, settings=None, found=FOUND):
    """What a guess's truth is, or how far a goal is reached, for some settings."""
    state = TrainedRuns(found=found, **(settings or {})).state()
    call = {
        "guesses": "it.guesses[what].truth(it.facts(state), given)",
        "goals": "it.goals[what](it.facts(state), given)",
    }
    return js(
        "trained_runs/tasks.js",
        f"(({{ state, what, given }}) => {call[kind]})(given)",
        {"state": state, "what": what, "given": given or {}},
    )


def test_truths_are_pythons():
    for method in ("max", "L2"):
        settings = dict(learnt="few", head="flatten", pair=("none", method))
        python = TrainedRuns(found=FOUND, **settings)
        means = {name: np.mean(values) for name, values in python.values.items()}
        drawn = asked("guesses", "means", {"at": ["none", method]}, settings)
        assert drawn == pytest.approx([means["none"], means[method]])
        assert asked("guesses", "largest", settings=settings) == max(means, key=means.get)
        two = sorted(means, key=means.get)[:2]
        assert asked("guesses", "largest", {"options": two}, settings) == two[1]
        words = {
            "cannot tell": "these seeds cannot tell",
            "higher": f"{method} is more accurate",
            "lower": f"{method} is less accurate",
        }
        assert asked("guesses", "verdict", settings=settings) == words[python.interval.verdict]


def test_goals_follow_the_intervals_of_one_pair_and_of_all():
    there = {"settings": {"learnt": "few", "head": "flatten"}}
    reached = {"apart": set(), "together": set()}
    for pair in itertools.combinations(METHODS, 2):
        settings = dict(learnt="few", head="flatten", pair=pair)
        python = TrainedRuns(found=FOUND, **settings)
        apart = paired(python.differences, python.compared).verdict != "cannot tell"
        for what, met in (("apart", apart), ("together", python.interval.verdict == "cannot tell")):
            assert asked("goals", what, there, settings) == {"met": int(met), "of": 1}, (what, pair)
            reached[what].add(met)
    assert reached["together"] == {True, False}
    elsewhere = dict(learnt="digits", head="flatten", pair=pair)
    assert asked("goals", "together", there, elsewhere)["met"] == 0


@pytest.mark.parametrize("task", things_to_try, ids=lambda task: task.get("guess") or task["goal"])
def test_the_chapters_tasks_hold_for_the_runs_as_they_are(task):
    scene = {key: tuple(value) if key == "pair" else value for key, value in task["scene"].items()}
    if "guess" in task:
        truth = asked("guesses", task["guess"], task["given"], scene, None)
        assert truth and (task["guess"] != "means" or all(0 < one < 1 for one in truth))
        return
    first = asked("goals", task["goal"], task["given"], scene, None)
    methods = TrainedRuns(**scene).values
    pairs = itertools.permutations(methods, 2)
    tried = (asked("goals", task["goal"], task["given"], scene | {"pair": pair}, None) for pair in pairs)
    assert first["met"] < first["of"] and any(one["met"] == one["of"] for one in tried)


def test_a_task_begins_with_its_scene_and_an_unknown_one_is_refused(refuses):
    assert TrainedRuns(tasks=things_to_try, task=3).learnt == "few"
    refuses(ValueError, lambda: TrainedRuns(tasks=[guess("?", "output")]), "tasks[0]['guess']", "'output'", "'means'")
