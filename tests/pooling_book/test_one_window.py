"""One window as Python sees it: every method's answer, its state, its tasks, and what it refuses."""

import json
import math
import re
import statistics
from decimal import Decimal, getcontext

import numpy as np
import pytest
from javascript import js

from pooling_book.chapters.try10 import windows_to_try
from pooling_book.widgets import page
from pooling_book.widgets.family import METHODS, NAMES, POWERS, TEMPERATURES
from pooling_book.widgets.one_window import OneWindow
from pooling_book.widgets.things_to_try import goal, guess

getcontext().prec = 34  # and exponents far beyond those of floats
FACE = [126, 75, 172, 161]


# ---- The arithmetic ----


def power_mean(values, p):
    """By its definition, in 34 digits; and its limits."""
    if math.isinf(p):
        return max(values) if p > 0 else min(values)
    if p == 0:
        return statistics.geometric_mean(values) if min(values) else 0
    if p < 0 and min(values) == 0:
        return 0
    p = Decimal(str(p))
    mean = sum(Decimal(value) ** p if value else Decimal(0) for value in values) / len(values)
    return float(mean ** (1 / p)) if mean else 0


def softmax_weighted(values, temperature):
    if temperature == 0:
        return max(values)
    if math.isinf(temperature):
        return statistics.fmean(values)
    weights = [(Decimal(value) / Decimal(temperature)).exp() for value in values]
    return float(sum(weight * value for weight, value in zip(weights, values)) / sum(weights))


def by_rank(values):
    """The mean of the two halves of the weight: that of the largest, and that of all after it, at the last of them."""
    first, *others = sorted(values, reverse=True)
    if not others:
        return first
    n = len(values)
    share = 2 ** (n - 1) / (2**n - 1)
    return share * first + (1 - share) * by_rank(others)


ORACLES = {
    "min": lambda values, p, T: sorted(values)[0],
    "geometric": lambda values, p, T: power_mean(values, 0),
    "avg": lambda values, p, T: statistics.fmean(values),
    "median": lambda values, p, T: statistics.median(values),
    "rms": lambda values, p, T: math.hypot(*values) / math.sqrt(len(values)),
    "power": lambda values, p, T: power_mean(values, p),
    "soft": lambda values, p, T: softmax_weighted(values, T),
    "rank": lambda values, p, T: by_rank(values),
    "mixed": lambda values, p, T: (statistics.fmean(values) + sorted(values)[-1]) / 2,
    "stochastic": lambda values, p, T: statistics.fmean(values, values) if any(values) else 0,
    "max": lambda values, p, T: sorted(values)[-1],
}


def cases(count):
    """Windows of 1 to 16 values, some with zeros, with ties, all alike; a power and a temperature for each."""
    rng = np.random.default_rng(10)
    for n in range(count):
        values = rng.integers(0, 256, rng.choice([1, 4, 4, 4, 9, 9, 16]))
        if n % 3 == 0:
            values[rng.random(values.size) < 0.3] = 0
        if n % 7 == 0:
            values[:] = values[0]
        yield values.tolist(), POWERS[n % len(POWERS)], TEMPERATURES[n % len(TEMPERATURES)]


ANSWERS = """given.map(([values, power, temperature]) =>
  Object.fromEntries(it.METHODS.map(([method]) => [method, it.answer(method, values, { power, temperature })])))"""


def word(number):
    """A number as a state has it."""
    return number if math.isfinite(number) else str(float(number))


def test_browser_and_python_answer_as_the_definitions_do_on_thousands_of_windows():
    tried = list(cases(2000))
    found = js("kit/family.js", ANSWERS, [[values, word(p), word(T)] for values, p, T in tried])
    for n, ((values, p, T), browser) in enumerate(zip(tried, found, strict=True)):
        wanted = pytest.approx({name: oracle(values, p, T) for name, oracle in ORACLES.items()}, rel=1e-9, abs=1e-9)
        assert browser == wanted, (values, p, T)
        if n % 5 == 0:  # the library has tests of its own
            assert answers(values, p, T) == wanted, (values, p, T)


def test_nothing_overflows_or_vanishes_where_the_answer_does_not():
    tried = [[[1e300, 2e300], 100, 1], [[1e-300, 2e-300], -100, 1], [[1e-300, 1], -100, 1], [[1, 4], 1e-13, 1e-3]]
    tall, low, lowest, geometric = js("kit/family.js", ANSWERS, tried)
    assert 1.98e300 < tall["power"] < 2e300 and 1e-300 < low["power"] < 1.01e-300
    assert lowest["power"] == pytest.approx(1e-300 * 2**0.01) and geometric["power"] == pytest.approx(2)
    assert geometric["soft"] == 4


def test_browser_and_python_offer_the_same_methods_powers_and_temperatures():
    methods, powers, temperatures = js("kit/family.js", "[it.METHODS, it.POWERS, it.TEMPERATURES]")
    assert methods == [[name, NAMES[name]] for name in METHODS] and list(NAMES) == list(METHODS)
    assert powers == [word(p) for p in POWERS] and temperatures == [word(T) for T in TEMPERATURES]
    assert sorted(POWERS) == POWERS and sorted(TEMPERATURES) == TEMPERATURES
    assert {-np.inf, 0, 1, 2, np.inf} < set(POWERS)


def answers(values, power=3, temperature=20):
    """Every answer to these values, in Python."""
    x = np.array(values, float)
    return {name: float(pool(x, x.size, power, temperature)[0]) for name, pool in METHODS.items()}


def test_power_mean_and_softmax_go_up_and_down_from_limit_to_limit():
    for values in (FACE, [0, 9, 9, 255], list(range(9))):
        means = [answers(values, power=p)["power"] for p in POWERS]
        assert means == pytest.approx(sorted(means)) and (means[0], means[-1]) == (min(values), max(values))
        softs = [answers(values, temperature=T)["soft"] for T in TEMPERATURES]
        assert softs == pytest.approx(sorted(softs, reverse=True)) and softs[0] == max(values)
        assert softs[-1] == pytest.approx(np.mean(values))


def test_what_is_drawn_has_a_chance_in_proportion_to_its_value():
    values, numbers = [40, 0, 100, 60], [n / 200 for n in range(200)]
    found = js("kit/family.js", "given[1].map((number) => it.drawn(given[0], number))", [values, numbers])
    assert [found.count(n) for n in range(4)] == [40, 0, 100, 60]
    assert js("kit/family.js", "it.chances(given)", values) == [0.2, 0, 0.5, 0.3]
    nothing = js(
        "kit/family.js", "[it.chances(given), it.drawn(given, 0.9), it.answer('stochastic', given, {})]", [0, 0]
    )
    assert nothing == [[1, 0], 0, 0]


# ---- The widget in Python ----


def test_python_follows_what_the_page_sets():
    one = OneWindow(corner=(18, 28))
    assert one.values.tolist() == FACE
    one.window, one.corner = 3, [18, 28]
    assert one.values.tolist() == [126, 75, 102, 172, 161, 196, 162, 153, 178]
    one.bars, one.power, one.temperature = [10] * 8 + [255], "-inf", "inf"
    answers = one.answers
    assert answers["power"] == answers["min"] == 10 and answers["soft"] == pytest.approx(answers["avg"])
    one.bars, one.photo, one.source = None, one.images["cat"], "photo"
    assert one.values.tolist() == OneWindow(source="cat", window=3, corner=(18, 28)).values.tolist()


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    one = OneWindow(power=np.inf, temperature=np.inf, identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', one.html(), re.S)[1])
    assert state == json.loads(json.dumps(one.state())) and 'id="here"' in one.html()
    assert (state["power"], state["temperature"], state["bars"]) == ("inf", "inf", None)
    assert len(json.dumps(state)) < 20_000


def test_the_fallback_names_every_answer():
    fallback = OneWindow(corner=(18, 28), power=-np.inf).fallback()
    assert (
        "with p = −∞ and T = 20" in fallback and "average 133.5" in fallback and "root mean square 138.75" in fallback
    )
    assert all(name in fallback for name in NAMES.values())


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(tasks=[guess("?", "size")]), ("tasks[0]['guess']='size'", "'moved'")),
        (dict(tasks=[goal("?", "meet", {"stride": 2})]), ("'stride'", "'power'")),
        (dict(window=4), ("window=4", "2, 3")),
        (dict(corner=(63, 0)), ("corner=(63, 0)", "to (62, 62)")),
        (dict(bars=[1, 2, 3]), ("bars=[1, 2, 3]", "use 4")),
        (dict(bars=[1, 2, 3, 256]), ("a value of bars=256", "from 0 to 255")),
        (dict(power=3.3), ("power=3.3", "2.5")),
        (dict(temperature=-1), ("temperature=-1", "200")),
        (dict(source="dog"), ("source='dog'", "'camera'")),
        (dict(images={}), ("images={}", "give at least one")),
        (dict(images={"thin": np.zeros((2, 9), np.uint8)}), ("'thin'", "(2, 9)", "at least 3")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        OneWindow(**settings)
    assert all(word in str(error.value) for word in words), error.value


# ---- The front end's state and words ----

PLANE = {"rows": 4, "columns": 5, "values": list(range(20))}


def test_what_is_under_the_window_and_what_the_reader_has_made_of_it():
    state = {"window": 2, "corner": [9, 1], "bars": None}
    look = js("one_window/state.js", "it.under(given.state, given.plane)", {"state": state, "plane": PLANE})
    assert look == {"side": 2, "corner": [2, 1], "before": [11, 12, 16, 17], "values": [11, 12, 16, 17]}
    for bars, values in (([1, 2, 3, 4], [1, 2, 3, 4]), ([1] * 9, [11, 12, 16, 17])):  # of another window
        given = {"state": state | {"bars": bars}, "plane": PLANE}
        assert js("one_window/state.js", "it.under(given.state, given.plane)", given)["values"] == values


def test_a_bar_stays_on_its_scale_and_what_was_drawn_is_forgotten_with_the_window():
    changed = "[it.withBar([1, 2], 1, 300.2), it.withBar([1, 2], 0, -4), it.moved([3, 4]), it.resized(3)]"
    none = {"draws": [], "last": None}
    assert js("one_window/state.js", changed) == [
        {"bars": [1, 255], **none},
        {"bars": [0, 2], **none},
        {"corner": [3, 4], "bars": None, **none},
        {"window": 3, "bars": None, **none},
    ]


def test_draws_add_up():
    values = [50, 0, 100, 50]
    first = js("one_window/state.js", "it.drawnBy(given, { draws: [] }, [0.1, 0.9, 0.95])", values)
    assert first == {"draws": [1, 0, 0, 2], "last": 3}
    more = js("one_window/state.js", "it.drawnBy(given[0], given[1], [0.5])", [values, first])
    assert more == {"draws": [1, 0, 1, 2], "last": 2}
    found = js(
        "one_window/state.js", "[it.drawings(given[0], given[1]), it.drawings(given[0], { draws: [] })]", [values, more]
    )
    assert found == [{"count": 4, "mean": 62.5, "last": 100}, None]


@pytest.mark.parametrize(
    "key, sound, unsound",
    [
        ("source", ["cat", "photo"], ["dog", 1, None]),
        ("window", [2, 3], [1, 4, "2", None]),
        ("corner", [[0, 62]], [[-1, 0], [1], "11", None]),
        ("bars", [None, [0, 255, 1, 2]], [[256], [], [1.5], [1] * 10, "9", [None]]),
        ("power", ["-inf", "inf", 0, 2, -0.4], [3.3, "2", None, [2]]),
        ("temperature", [0, 20, "inf"], [-1, "-inf", 21, None]),
        ("draws", [[], [3, 0, 0, 1]], [[-1], [1] * 10, 3, None]),
        ("last", [None, 0, 8], [9, -1, "1"]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, sound, unsound):
    state = {**OneWindow().state(), "photo": {}}
    checked = "given.values.map((value) => it.settings[given.key](value, given.state))"
    found = js("one_window/state.js", checked, {"key": key, "state": state, "values": sound + unsound})
    assert found == [True] * len(sound) + [False] * len(unsound)


def test_bars_and_draws_have_to_be_those_of_the_window():
    states = [
        {"window": 2, "bars": None, "draws": [], "last": None},
        {"window": 2, "bars": [1] * 4, "draws": [0, 1, 0, 0], "last": 1},
        {"window": 3, "bars": [1] * 4, "draws": [], "last": None},
        {"window": 2, "bars": None, "draws": [1] * 9, "last": None},
        {"window": 2, "bars": None, "draws": [0, 1, 0, 0], "last": 2},
        {"window": 2, "bars": None, "draws": [], "last": 0},
    ]
    assert js("one_window/state.js", "given.map(it.agree)", states) == [True, True, False, False, False, False]


def said(changed, **more):
    """What is said after such a change."""
    now = {"values": FACE, "power": 3, "temperature": 20, "drawings": None, **more}
    now["answers"] = answers(now["values"], float(now["power"]), float(now["temperature"]))
    chances = [value / sum(FACE) for value in FACE]
    now["weights"] = {"soft": [0.059, 0.005, 0.59, 0.346], "stochastic": chances}
    return js("one_window/words.js", "it.explain(...given)", [changed, now])


def test_the_sentence_is_about_what_has_changed():
    soft = "Softmax weights: 6\u00a0%, 1\u00a0%, 59\u00a0%, 35\u00a0%."
    assert said("bars") == ["Minimum 75, median 143.5, average 133.5, maximum 172.", soft]
    assert said("power")[0] == "Power mean with p = 3: 142.9, between root mean square and maximum."
    assert said("power", power=-5)[0] == "Power mean with p = −5: 96.9, between minimum and geometric mean."
    assert said("power", power=2)[0] == "Power mean with p = 2: 138.7, this is the root mean square."
    assert said("power", power="-inf")[0] == "Power mean with p = −∞: 75, this is the minimum."
    assert said("temperature")[0] == "Softmax-weighted at T = 20: 165."
    assert said("temperature", temperature="inf")[0] == "Softmax-weighted at T = ∞: 133.5, this is the average."
    assert said("draws") == said("bars")  # put back
    assert said("draws", drawings={"count": 1, "mean": 75, "last": 75}) == [
        "Drawn: 75. 1 draw, mean 75; expected 144.2.",
        "Chances: 24\u00a0%, 14\u00a0%, 32\u00a0%, 30\u00a0%.",
    ]
    none = said("draws", values=[0] * 4, drawings={"count": 1, "mean": 0, "last": 0})
    assert none[1] == "All are black: no chance is defined; the answer is 0."


# ---- Things to try ----

TASKS = """given.tasks.map(({ scene, guess, goal, given: about }) => {
  const values = { ...given.state, ...scene }, facts = tasks.facts(values);
  const unsound = Object.keys(scene).filter((key) => !it.settings[key](values[key], values));
  if (!it.agree(values)) unsound.push("together");
  const { truth } = tasks.guesses[guess] ?? {};
  return { unsound, truth: truth?.(facts, about), progress: goal ? tasks.goals[goal](facts, about) : null };
})"""


def opened(*tasks):
    """Each task opened: settings of its scene that are unsound, the truth of its guess, how far its goal is."""
    file = (page.FOLDER / "one_window" / "tasks.js").as_uri()
    given = {"state": OneWindow(tasks=tasks).state(), "tasks": list(tasks)}
    return js("one_window/state.js", f"await import({json.dumps(file)}).then((tasks) => {TASKS})", given)


def test_the_tasks_of_the_chapter_can_be_done_and_their_words_are_true():
    found = opened(*windows_to_try)
    assert [one["unsound"] for one in found] == [[]] * len(windows_to_try)
    assert "guess" in windows_to_try[0]  # a prediction opens
    zero, drawn, speck, near, meet = found
    assert zero["truth"] == ["minimum", "geometric mean"] and drawn["truth"] == 200
    assert answers([203, 62, 119, 1])["geometric"] == pytest.approx(35, abs=0.05)
    assert OneWindow(corner=(11, 20)).values.tolist() == [203, 62, 119, 19]
    assert speck["truth"] == ["average", "root mean square", "maximum"]
    before, after = (
        OneWindow(window=3, corner=(11, 20), bars=bars).values for bars in (None, windows_to_try[2]["scene"]["bars"])
    )
    assert [n for n in range(9) if before[n] != after[n]] == [2] and (before[2], after[2]) == (18, 255)
    assert (near["progress"], meet["progress"]) == ({"met": 0, "of": 1},) * 2


def met(task, *scenes):
    """Which of these scenes reach the goal."""
    found = opened(*({**task, "scene": task["scene"] | scene} for scene in scenes))
    return [scene for scene, one in zip(scenes, found) if one["progress"]["met"] == one["progress"]["of"]]


def test_the_goals_are_reached_by_what_their_tasks_ask_for_and_not_by_a_limit():
    near, meet = windows_to_try[3:]
    alike = {"bars": [9] * 4}
    assert met(near, alike, *({"power": word(p)} for p in POWERS)) == [{"power": 50}, {"power": 100}]
    assert met(meet, alike, *({"temperature": word(T)} for T in TEMPERATURES)) == [{"temperature": 100}]
    apart = goal("!", "apart", method="median", beside="avg", by=60)
    assert met(apart, {"bars": [0, 0, 0, 255]}, {"bars": [0, 0, 255, 255]}) == [{"bars": [0, 0, 0, 255]}]
    some = [{"draws": draws} for draws in ([], [1, 1, 0, 0], [2, 1, 0, 0], [9, 0, 0, 0])]
    assert met(goal("!", "drawn", times=3), *some) == some[2:]


def test_the_other_guesses_have_their_answers():
    scene = {"bars": FACE, "power": 1, "temperature": 20}
    asked = [
        guess("?", "answer", scene, method="mixed"),
        guess("?", "largest", scene, among=["median", "avg", "rank"]),
        guess("?", "side", scene, method="power", than="avg"),
        guess("?", "side", scene, method="min", than="avg"),
        guess("?", "moved", scene | {"corner": [18, 28]}),
    ]
    assert [one["truth"] for one in opened(*asked)] == [152.75, "rank-weighted", "equal", "below", []]
