"""The runs as Python sees them: groups, values, verdicts, what the widget holds and says, and what it refuses."""

import itertools
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from javascript import js
from scipy import stats
from trained import EVERY, SEEDS, TO_TRY, made

from pooling_book.chapters.try07 import things_to_try
from pooling_book.study.contrasts import PAIRED, PRIMARY, SECONDARY, Contrast, errors_of, judge
from pooling_book.study.runs import BLOCKS, CELL_WORDS, DATA_SETS, EXPERIMENT, by_setting, steps_to
from pooling_book.widgets.things_to_try import guess
from pooling_book.widgets.trained_runs import COMPARISON, QUANTITIES, TrainedRuns, errors_in, texts_of

FOUND = made()
FILE = Path(__file__).parents[2] / "experiments" / "results" / f"{EXPERIMENT}.json"
WATCHED = dict(block="whole, global", data="clothes", pair=("max", "average"), level=150, step=260)


# ---- Runs and their names ----


def test_the_words_are_those_of_the_script_and_of_its_cells_in_their_order():
    pytest.importorskip("keras")
    import parts_of_a_pool as script
    import planned

    from pooling_book.study.cells import CELLS

    assert list(BLOCKS) == list(script.BLOCKS) and tuple(DATA_SETS) == planned.DATA and list(CELL_WORDS) == list(CELLS)


def test_runs_are_grouped_in_the_order_of_their_seeds_up_to_the_first_that_is_missing():
    grouped = by_setting(FOUND["runs"])
    assert [run["seed"] for run in grouped["few", "digits", "max"]] == list(range(7))
    without = [run for run in FOUND["runs"] if (run["cell"], run["seed"]) != ("max", 2)]
    assert [run["seed"] for run in by_setting(without)["few", "digits", "max"]] == [0, 1]
    again = [run | {"seed": run["seed"] + 1000} for run in without]
    assert [run["seed"] for run in by_setting(again)["few", "digits", "max"]] == [1000, 1001]
    late = [run for run in FOUND["runs"] if run["cell"] != "max" or run["seed"]]
    assert ("few", "digits", "max") not in by_setting(late) and by_setting([]) == {}


def test_steps_are_those_of_the_first_time_or_none():
    assert [steps_to([0.6, 0.4, 0.5, 0.3], error, 10) for error in (0.6, 0.4, 0.35, 0.2)] == [10, 20, 40, None]


def test_errors_survive_their_way_into_texts_exactly():
    runs = by_setting(FOUND["runs"])["whole, flatten", "clothes", "max"]
    text = texts_of(FOUND)["whole, flatten"]["clothes"]["max"]
    assert errors_in(text) == [[run["test"] / 10_000, run["train"], *run["curve"]] for run in runs]


def test_what_is_not_trained_yet_is_left_out():
    some = [run for run in FOUND["runs"] if run["block"] == "parts" and run["data"] == "digits"]
    alone = [run for run in FOUND["runs"] if run["block"] == "few" and (run["cell"], run["seed"]) == ("max", 0)]
    found = FOUND | {"runs": [run for run in some if run["cell"] != "L2" or run["seed"] == 0] + alone}
    texts = texts_of(found)
    assert list(texts) == ["parts"] and list(texts["parts"]) == ["digits"]
    assert list(texts["parts"]["digits"]) == [cell for cell in CELL_WORDS if cell in SEEDS["parts"] and cell != "L2"]
    widget = TrainedRuns(found=found)
    assert widget.comparison and [block["name"] for block in widget.blocks] == ["parts"]


# ---- The widget ----


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_values_follow_what_the_page_sets(quantity):
    widget = TrainedRuns(**WATCHED, found=FOUND)
    widget.quantity = quantity
    one = {
        "test": lambda run: run["test"] / 100,
        "train": lambda run: 100 * run["train"],
        "steps": lambda run: steps_to(run["curve"], 0.15, EVERY),
        "after": lambda run: 100 * run["curve"][1],
    }[quantity]
    runs = by_setting(FOUND["runs"])
    assert list(widget.values) == list(SEEDS["whole, global"])
    for cell, values in widget.values.items():
        wanted = [one(run) for run in runs["whole, global", "clothes", cell]]
        assert [value is None for value in values] == [value is None for value in wanted]
        assert [value or 0 for value in values] == pytest.approx([value or 0 for value in wanted])


@pytest.mark.parametrize("block, data", [("parts", "digits"), ("few", "clothes"), ("whole, global", "clothes")])
def test_a_verdict_is_that_of_the_analysis_plan_among_the_pairs_of_the_panel(block, data):
    widget = TrainedRuns(block, data, ("max", "average"), found=FOUND)
    pairs = list(itertools.combinations(SEEDS[block], 2))
    contrasts = [Contrast("", block, data, *pair) for pair in pairs if {*pair} != {"max", "average"}]
    one = Contrast("", block, data, "average", "max")
    wanted = judge([one, *contrasts], errors_of(FOUND["runs"]))[0]
    here = widget.comparison
    assert (here.ratio, here.alone, here.beside, here.p, here.verdict) == (
        pytest.approx(wanted.ratio), pytest.approx(wanted.alone), pytest.approx(wanted.beside),
        pytest.approx(wanted.p), wanted.verdict,
    )  # fmt: skip
    assert len(widget.judged) == len(pairs)


def test_without_errors_or_without_reaching_one_there_is_no_ratio():
    widget = TrainedRuns("few", quantity="train", found=FOUND)
    assert widget.comparison is None and widget.judged == {} and "95 %" not in widget.fallback()
    widget = TrainedRuns(**WATCHED | {"level": 5}, quantity="steps", found=FOUND)
    assert widget.comparison is None and "not reached" in widget.fallback()


def test_networks_that_are_all_alike_have_no_interval():
    runs = [run | ({"curve": [0.04, 0.03, 0.02]} if "curve" in run else {}) for run in FOUND["runs"]]
    widget = TrainedRuns(**WATCHED | {"level": 30}, quantity="steps", found=FOUND | {"runs": runs})
    assert widget.values["max"] == [260] * 4 and widget.comparison is None


def test_the_state_in_the_page_is_that_of_the_widget():
    widget = TrainedRuns(identity="here", found=FOUND, tasks=TO_TRY)
    html = widget.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in html
    assert [widget.html(), repr(widget)] == [html, "<trained_runs here>"]


def test_the_state_of_the_whole_experiment_is_small():
    import parts_of_a_pool as script

    seeds = {name: block.seeds for name, block in script.BLOCKS.items()}
    found = made(seeds=seeds, looks=9)
    assert len(found["runs"]) > 560
    assert len(json.dumps(TrainedRuns(found=found).state())) < 20_000


def test_the_fallback_is_a_table_of_every_seed_with_the_ratio():
    fallback = TrainedRuns("few", found=FOUND).fallback()
    assert fallback.count("<tr>") == 1 + len(SEEDS["few"]) and "seed 6" in fallback
    one = TrainedRuns("few", found=FOUND).comparison
    assert f"max / subsample: {one.ratio:.2f}, 95 % interval {one.alone[0]:.2f} to " in fallback
    assert fallback.endswith(f": {one.verdict}.</p>")


@pytest.mark.parametrize(
    "given, words",
    [
        ({"block": "cats"}, ["block='cats'", "'parts'"]),
        ({"data": "cats"}, ["data='cats'", "block='parts'", "'digits'"]),
        ({"block": "residual"}, ["data='digits'", "block='residual'", "'clothes'"]),
        ({"quantity": "speed"}, ["quantity='speed'", "'train'"]),
        ({"quantity": "steps"}, ["quantity='steps'", "block='parts'"]),
        ({"pair": ("max", "max")}, ["pair=('max', 'max')", "'average'"]),
        ({"pair": ("max",)}, ["pair=('max',)", "two of"]),
        ({"pair": ("max", "unshuffle")}, ["pair=('max', 'unshuffle')", "'subsample'"]),
        ({"step": 60}, ["step=60", "multiple of 130", "390"]),
        ({"step": 520}, ["step=520"]),
        ({"level": 7}, ["level=7", "multiple of 5"]),
    ],
)
def test_errors_name_what_is_wrong(given, words):
    with pytest.raises(ValueError) as error:
        TrainedRuns(found=FOUND, **given)
    assert all(word in str(error.value) for word in words), error.value


# ---- The front end's arithmetic ----


def test_the_t_distribution_is_scipys():
    rng = np.random.default_rng(0)
    freedom = [*(1.0, 2.0, 15.0), *rng.uniform(1, 30, 300).tolist()]
    cases = [[float(10 ** rng.uniform(-3, 3)), float(10 ** rng.uniform(-6, -0.1)), one] for one in freedom]
    found = js(
        "trained_runs/student.js", "given.map(([t, often, n]) => [it.tails(t, n), it.quantile(often, n)])", cases
    )
    for (t, often, n), (tails, quantile) in zip(cases, found, strict=True):
        assert tails == pytest.approx(2 * stats.t.sf(t, n), rel=1e-10), (t, n)
        assert quantile == pytest.approx(stats.t.isf(often / 2, n), rel=1e-10), (often, n)
    assert js("trained_runs/student.js", "[it.tails(0, 3), it.tails(1e9, 3) < 1e-20]") == [1, True]


def test_verdicts_are_those_of_the_analysis_plan_on_random_runs():
    told, cases, wanted = set(), [], []
    for seed in range(6):
        found = made(seed, spread=0.03 + 0.02 * (seed % 5), apart=0.1 + 0.05 * (seed % 3))
        for block, data in itertools.product(SEEDS, DATA_SETS):
            if data not in texts_of(found)[block]:
                continue
            for pair in itertools.islice(itertools.permutations(SEEDS[block], 2), seed % 4, None, 4):
                python = TrainedRuns(block, data, pair, found=found)
                cases.append({"values": python.values, "pair": pair, "paired": block in PAIRED})
                wanted.append((python.comparison, len(python.judged)))
    expression = "given.map(({ values, pair, paired }) => it.judge(values, pair, { paired, same: [0.87, 1.15] }))"
    for case, (python, pairs), here in zip(
        cases, wanted, js("trained_runs/judging.js", expression, cases), strict=True
    ):
        assert (here["ratio"], *here["alone"], *here["beside"], here["p"]) == pytest.approx(
            (python.ratio, *python.alone, *python.beside, python.p), rel=1e-9
        ), case
        assert (here["verdict"], here["pairs"]) == (python.verdict, pairs), case
        told.add(here["verdict"])
    assert told == {"lower error", "higher error", "the same", "cannot tell"} and len(cases) > 150


def test_the_middle_of_a_row_is_that_of_its_logarithms_where_none_is_zero():
    rows = [[2.0, 3.0, 5.0], [0.0, 0.02, 0.07], [300, 450]]
    found = js("trained_runs/judging.js", "given.map(it.middle)", rows)
    for row, here, back in zip(rows, found, (np.log, np.asarray, np.log)):
        some = back(row)
        ends = stats.t.interval(0.95, len(row) - 1, some.mean(), stats.sem(some))
        wanted = np.array([some.mean(), *ends])
        assert [here["mean"], *here["ends"]] == pytest.approx(np.exp(wanted) if back is np.log else wanted), row


def test_steps_to_an_error_are_pythons_on_the_dot_too():
    rng, cases = np.random.default_rng(3), []
    for _ in range(1000):
        level = int(rng.integers(1, 80)) * 5
        curve = rng.integers(0, 5001, rng.integers(1, 17))
        curve = np.where(rng.random(curve.size) < 0.2, level * 10, curve)  # exactly there
        cases.append({"curve": curve.tolist(), "level": level, "every": int(rng.choice([1, 130]))})
    steps = "given.map(({ curve, level, every }) => it.stepsTo(curve, level, every))"
    found = js("trained_runs/state.js", steps, cases)
    for case, here in zip(cases, found, strict=True):
        assert here == steps_to([value / 10_000 for value in case["curve"]], case["level"] / 1000, case["every"]), case
    assert None in found


@pytest.mark.parametrize("most", [4, 6])
def test_ticks_of_a_logarithmic_axis_are_round_within_and_few(most):
    ranges = [(-0.05, 0.09), (-0.4, 0.06), (0, 1), (-1.3, 1.5), (1.0, 1.3), (-3.2, 2.1), (-0.01, 0.01), (0.3, 0.62)]
    found = js("trained_runs/scale.js", f"given.map((one) => it.logTicks(...one, {most}))", ranges)
    for (low, high), ticks in zip(ranges, found, strict=True):
        assert 2 <= len(ticks) <= most + 1 and low - 1e-9 <= ticks[0] and ticks[-1] <= high + 1e-9, (low, high, ticks)
        assert ticks == sorted(ticks)
        assert all(float(f"{10**tick:.3g}") == pytest.approx(10**tick, rel=1e-9) for tick in ticks)


# ---- The front end's state and words ----


def front(expression, given=None, file="state", **settings):
    """What a file of the front end makes of a widget's state, as `state`, and of `given`."""
    state = TrainedRuns(found=FOUND, **settings).state()
    expression = f"((state, given) => {expression})(given.state, given.given)"
    return js(f"trained_runs/{file}.js", expression, {"state": state, "given": given})


@pytest.mark.parametrize("settings", [{}, {"block": "few"}, *(WATCHED | {"quantity": one} for one in QUANTITIES)])
def test_the_page_compares_as_python_does(settings):
    found, python = front("it.compared(state)", **settings), TrainedRuns(found=FOUND, **settings)
    assert found["names"] == list(python.values) and found["paired"] == (python.block in PAIRED)
    for cell, values in python.values.items():
        assert [value is None for value in found["values"][cell]] == [value is None for value in values]
        assert [value or 0 for value in found["values"][cell]] == pytest.approx([value or 0 for value in values])
    assert (found["found"] is None) == (python.comparison is None)
    if python.comparison:
        assert found["found"]["verdict"] == python.comparison.verdict
    first, second = (python.values[cell] for cell in python.pair)
    ratios = [b / a for a, b in zip(first, second)] if found["paired"] else []
    assert found["ratios"] == pytest.approx(ratios)
    assert front("it.agree(state)", **settings) is True


def test_pairs_are_of_the_seeds_that_both_cells_have():
    found = front("it.compared(state)", pair=("none", "max"))
    assert len(found["ratios"]) == SEEDS["parts"]["none"] and found["found"]["freedom"] == SEEDS["parts"]["none"] - 1


@pytest.mark.parametrize(
    "change, wanted",
    [
        (
            {"data": "clothes"},
            {"block": "whole, global", "data": "clothes", "pair": ["L2", "max"], "quantity": "after"},
        ),
        ({"block": "parts"}, {"block": "parts", "data": "digits", "pair": ["L2", "max"], "quantity": "test"}),
        (
            {"block": "residual"},
            {"block": "residual", "data": "clothes", "pair": ["average", "max"], "quantity": "test"},
        ),
        (
            {"block": "whole, flatten"},
            {"block": "whole, flatten", "data": "digits", "pair": ["end subsample", "max"], "quantity": "after"},
        ),
    ],
)
def test_another_block_or_data_set_keeps_what_is_there(change, wanted):
    settings = dict(block="whole, global", data="digits", pair=("L2", "max"), quantity="after")
    found = front("it.changed(state, given)", change, **settings)
    if change == {"block": "residual"}:
        wanted = wanted | {"pair": [found["pair"][0], "max"]}
        assert found["pair"][0] != "max"
    assert found == wanted
    assert front("it.agree({ ...state, ...it.changed(state, given) })", change, **settings) is True


def test_a_pair_changes_places_when_one_of_it_is_chosen_again():
    chosen = "given.map((name) => it.chosen(state.pair, name).pair)"
    assert front(chosen, ["L2", "max", "subsample"]) == [["max", "L2"], ["max", "subsample"], ["max", "subsample"]]
    placed = "given.map(([place, name]) => it.placed(state.pair, place, name).pair)"
    assert front(placed, [[0, "L2"], [1, "L2"], [0, "max"]]) == [
        ["L2", "max"],
        ["subsample", "L2"],
        ["max", "subsample"],
    ]


@pytest.mark.parametrize(
    "key, unsound",
    [
        ("block", ["cats", "constructor", ["parts"], None]),
        ("data", ["cats", ["digits"], None]),
        ("pair", [["max"], ["max", "max"], ["max", "cats"], "max", None, ["max", "unshuffle"]]),
        ("quantity", ["speed", "constructor", "steps"]),
        ("level", [0, 405, 7, 2.5, "5"]),
        ("step", [0, 60, 520, "130"]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, unsound):
    checked = f"[state.{key}, ...given].map((value) => it.settings.{key}(value, state))"
    assert front(checked, unsound) == [True] + [False] * len(unsound)
    alone = f"given.map((value) => it.agree({{ ...state, {key}: value }}))"
    assert front(alone, unsound[:1]) == [False]


def said(settings, scene=None):
    """What is said of a comparison, and how it is worked out."""
    scene = scene or front("it.compared(state)", **settings)
    return front("[it.explain(state, given), it.worked(given)]", scene, "words", **settings)


def test_the_sentence_says_what_python_finds():
    settings = dict(block="parts", data="clothes", pair=("none", "max"))
    python = TrainedRuns(**settings, found=FOUND).comparison
    sentence, working = said(settings)
    two = lambda ends: " to ".join(f"{end:.2f}" for end in ends)
    assert sentence.startswith(
        f"Max / none, test error: ratio {python.ratio:.2f}, 95 % interval {two(python.alone)}, "
        f"beside all 21 pairs {two(python.beside)}. "
    )
    assert working.startswith("In pairs of 3 seeds: exp(")
    assert working.endswith(f") = {two(python.alone)}, t for 2 degrees of freedom.")
    assert said(WATCHED)[1].startswith("By Welch's interval, not in pairs, as all learn from the same images: exp(")


@pytest.mark.parametrize(
    "found, words",
    [
        (dict(verdict="lower error", alone=[0.5, 0.7], beside=[0.4, 0.8], narrow=[0.5, 0.7]),
         "Lower error, even if all 3 pairs are compared."),
        (dict(verdict="higher error", alone=[1.2, 1.7], beside=[0.9, 1.8], narrow=[1.3, 1.6]),
         "Higher error, by Holm's method, which asks less of a pair once clearer ones are told."),
        (dict(verdict="the same", alone=[0.9, 1.1], beside=[0.8, 1.2], narrow=[0.92, 1.08]),
         "The same: the 90 % interval, 0.92 to 1.08, lies within 0.87 to 1.15."),
        (dict(verdict="cannot tell", alone=[0.7, 1.1], beside=[0.6, 1.2], narrow=[0.72, 1.08]),
         "Cannot tell: the interval holds 1, and that of 90 % reaches beyond 0.87 to 1.15."),
        (dict(verdict="cannot tell", alone=[0.7, 0.95], beside=[0.6, 1.2], narrow=[0.72, 0.92]),
         "Cannot tell among 3 pairs, though alone it leaves out 1: a hint."),
    ],
)  # fmt: skip
def test_each_verdict_says_why(found, words):
    scene = {"values": {}, "found": found | {"ratio": 0.9, "pairs": 3}}
    assert front("it.explain(state, given)", scene, "words").endswith(words)


@pytest.mark.parametrize(
    "values, words",
    [
        (
            {"max": [390, None], "subsample": [390, None]},
            "2 of these 4 networks never got there, so there is no ratio.",
        ),
        ({"max": [0, 0.1], "subsample": [0.1, 0.1]}, "1 of these 4 networks make no error, so there is no ratio."),
        ({"max": [390], "subsample": [260]}, "the seeds are all alike, and without a spread there is no interval."),
    ],
)
def test_why_there_is_no_ratio_is_said(values, words):
    assert front("it.explain(state, given)", {"values": values, "found": None}, "words").endswith(f": {words}")


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
    for cell in ("max", "L2"):
        settings = dict(block="parts", data="clothes", pair=("none", cell))
        python = TrainedRuns(found=FOUND, **settings)
        means = {name: np.mean(np.log10(values)) for name, values in python.values.items()}
        drawn = asked("guesses", "means", {"at": ["none", cell]}, settings)
        assert drawn == pytest.approx([means["none"], means[cell]])
        assert asked("guesses", "largest", settings=settings) == max(means, key=means.get)
        assert asked("guesses", "smallest", settings=settings) == min(means, key=means.get)
        two = sorted(means, key=means.get)[:2]
        assert asked("guesses", "largest", {"options": two}, settings) == two[1]
        words = {
            "lower error": f"{cell}: lower error",
            "higher error": f"{cell}: higher error",
            "the same": "the same",
            "cannot tell": "cannot tell",
        }
        assert asked("guesses", "verdict", settings=settings) == words[python.comparison.verdict]


def test_goals_follow_the_verdict():
    there = {"settings": {"block": "parts", "data": "digits"}}
    reached = {"apart": set(), "together": set(), "same": set()}
    judged = TrainedRuns(found=FOUND).judged.values()
    for verdict in {one.verdict for one in judged}:
        one = next(one.contrast for one in judged if one.verdict == verdict)
        pair = (one.against, one.cell)
        mets = {"apart": "error" in verdict, "together": verdict == "cannot tell", "same": verdict == "the same"}
        for what, met in mets.items():
            assert asked("goals", what, there, {"pair": pair}) == {"met": int(met), "of": 1}, (what, pair)
            reached[what].add(met)
    assert all(True in one and False in one for one in reached.values()), reached
    elsewhere = {"settings": {"block": "few", "data": "digits"}}
    assert {asked("goals", what, elsewhere)["met"] for what in reached} == {0}


@pytest.mark.skipif(not FILE.is_file(), reason="the experiment has not been run")
@pytest.mark.parametrize("task", things_to_try, ids=lambda task: task.get("guess") or task.get("goal") or "look")
def test_the_chapters_tasks_hold_for_the_runs_as_they_are(task):
    scene = {key: tuple(value) if key == "pair" else value for key, value in task["scene"].items()}
    if "guess" in task:
        truth = asked("guesses", task["guess"], task["given"], scene, None)
        assert truth and (task["guess"] != "means" or all(math.isfinite(one) for one in truth))
    if "goal" in task:
        first = asked("goals", task["goal"], task["given"], scene, None)
        there = scene | {key: value for key, value in task["given"].get("settings", {}).items() if key in COMPARISON}
        pairs = itertools.permutations(TrainedRuns(**there).values, 2)
        tried = (asked("goals", task["goal"], task["given"], there | {"pair": pair}, None) for pair in pairs)
        assert first["met"] < first["of"] and any(one["met"] == one["of"] for one in tried)


def test_a_task_begins_with_its_scene_and_an_unknown_one_is_refused(refuses):
    assert TrainedRuns(found=FOUND, tasks=TO_TRY, task=3).block == "few"
    refuses(
        ValueError, lambda: TrainedRuns(found=FOUND, tasks=[guess("?", "output")]),
        "tasks[0]['guess']", "'output'", "'means'",
    )  # fmt: skip


def test_every_contrast_of_the_plan_can_be_shown():
    for one in [*PRIMARY, *SECONDARY]:
        assert one.block in BLOCKS and one.data in DATA_SETS and {one.cell, one.against} <= set(CELL_WORDS)
