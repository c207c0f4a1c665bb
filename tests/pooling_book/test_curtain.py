"""The curtain as Python sees it: both results, how they compare, its state, its tasks, and what it refuses."""

import json
import re
import statistics

import numpy as np
import pytest
from javascript import js

from pooling_book.chapters.try10 import photos_to_compare
from pooling_book.show import pictures
from pooling_book.widgets import page
from pooling_book.widgets.curtain import COMPARABLE, TITLES, Curtain, by_window, drawn, numbers, through
from pooling_book.widgets.family import METHODS, POWERS, TEMPERATURES
from pooling_book.widgets.things_to_try import goal, guess
from pooling_lib import naive


def word(number):
    """A number as a state has it."""
    return number if np.isfinite(number) else str(float(number))


# ---- Each method on a plane ----


def windows(x, k):
    """The elements of each window as lists, found by their places."""
    rows, columns = (size // k for size in x.shape)
    inside = [(a, b) for a in range(k) for b in range(k)]
    return [[[x[k * i + a, k * j + b] for a, b in inside] for j in range(columns)] for i in range(rows)]


BY_LOOPS = {
    "subsample": lambda x, k: x[: x.shape[0] // k * k : k, : x.shape[1] // k * k : k],
    "min": lambda x, k: naive.min_pool(x, k),
    "avg": lambda x, k: naive.avg_pool(x, k),
    "median": lambda x, k: [[statistics.median(one) for one in row] for row in windows(x, k)],
    "rms": lambda x, k: [[statistics.fmean(v * v for v in one) ** 0.5 for one in row] for row in windows(x, k)],
    "power": lambda x, k: naive.power_mean_pool(x, k, p=3),
    "soft": lambda x, k: naive.soft_pool(x, k, temperature=20),
    "max": lambda x, k: naive.max_pool(x, k),
}


@pytest.mark.parametrize("method", BY_LOOPS)
@pytest.mark.parametrize("window", [2, 3, 5])
def test_a_plane_is_pooled_window_by_window_and_what_is_left_over_is_left_out(method, window):
    x = np.random.default_rng(window).integers(0, 256, (11, 16)).astype(float)
    found = through(x, method, window, 3, 20, 0)
    assert found.shape == (11 // window, 16 // window)
    np.testing.assert_allclose(found, BY_LOOPS[method](x, window), rtol=1e-9)


def test_max_blur_has_a_result_for_every_window():
    x = np.random.default_rng(1).integers(0, 256, (19, 19)).astype(float)
    for window in range(2, 9):
        whole = x[: 19 // window * window, : 19 // window * window]
        found = through(x, "max_blur", window, 3, 20, 0)
        assert found.shape == through(x, "avg", window, 3, 20, 0).shape
        np.testing.assert_allclose(found, naive.max_blur_pool(whole, window, window, "same"))


def test_ranks_weigh_half_as_much_from_one_to_the_next():
    x = np.array([[8.0, 0.0], [4.0, 2.0]])
    assert through(x, "rank", 2, 3, 20, 0)[0, 0] == pytest.approx((8 * 8 + 4 * 4 + 2 * 2 + 0) / 15)


def test_what_is_drawn_is_one_of_the_window_with_chances_in_proportion():
    x = np.tile([[30, 0], [60, 10]], (40, 40))
    y = drawn(x, 2, seed=3)
    shares = {value: float((y == value).mean()) for value in (0, 10, 30, 60)}
    assert shares[0] == 0 and sum(shares.values()) == 1
    assert shares[10] == pytest.approx(0.1, abs=0.03) and shares[60] == pytest.approx(0.6, abs=0.04)
    assert (y != drawn(x, 2, seed=4)).any() and (y == drawn(x, 2, seed=3)).all()
    assert (drawn(np.zeros((4, 4)), 2, seed=0) == 0).all()


# ---- The browser against Python ----

BOTH = """given.cases.map((one) => {
  const { left, right, compared } = it.both({ images: given.images, photo: null, ...one });
  return { shape: [left.rows, left.columns], left: Array.from(left.values), right: Array.from(right.values), compared };
})"""


def test_the_browser_pools_and_compares_as_python_does():
    rng = np.random.default_rng(12)
    images = {f"noise {n}": rng.integers(0, 256, (64, 64)).astype(np.uint8) for n in range(3)}
    images["dark"] = images["noise 0"] * (rng.random((64, 64)) < 0.1)
    images["flat"] = np.full((64, 64), 77, np.uint8)
    any_of = lambda values: values[int(rng.integers(len(values)))]
    cases = [
        {
            "source": any_of(list(images)),
            "left": COMPARABLE[n % len(COMPARABLE)],
            "right": any_of(COMPARABLE),
            "window": int(rng.integers(2, 9)),
            "power": any_of(POWERS),
            "temperature": any_of(TEMPERATURES),
            "seed": int(rng.integers(1000)),
        }
        for n in range(121)
    ]
    state = Curtain(images).images
    given = [case | {"power": word(case["power"]), "temperature": word(case["temperature"])} for case in cases]
    for case, found in zip(cases, js("curtain/state.js", BOTH, {"images": state, "cases": given}), strict=True):
        python = Curtain(images, **case)
        left, right = python.outputs
        assert tuple(found["shape"]) == left.shape == right.shape, case
        np.testing.assert_allclose(found["left"], left.ravel(), rtol=1e-9, atol=1e-9, err_msg=str(case))
        np.testing.assert_allclose(found["right"], right.ravel(), rtol=1e-9, atol=1e-9, err_msg=str(case))
        assert found["compared"] == pytest.approx(python.compared, rel=1e-9, abs=1e-9), case


def test_the_browser_draws_the_numbers_that_python_draws():
    seeds = [0, 1, 7, 999]
    found = js("curtain/state.js", "given.map((seed) => Array.from({ length: 500 }, it.numbers(seed)))", seeds)
    assert found == [[next(random) for _ in range(500)] for random in map(numbers, seeds)]
    every = np.ravel(found)
    assert 0 <= every.min() < every.max() < 1 and every.mean() == pytest.approx(0.5, abs=0.02)


def test_browser_and_python_offer_the_same_methods():
    assert js("curtain/state.js", "it.METHODS") == [[name, TITLES[name]] for name in COMPARABLE]
    assert set(COMPARABLE) - {"subsample", "max_blur"} < set(METHODS)


# ---- The widget in Python ----


def test_python_follows_what_the_page_sets_and_compares_what_it_sees():
    curtain = Curtain(source="cat", left="min", right="max", window=4)
    photo = curtain.image.astype(float)
    left, right = naive.min_pool(photo, 4), naive.max_pool(photo, 4)
    assert curtain.compared == pytest.approx(
        {
            "left": left.mean(),
            "right": right.mean(),
            "photo": photo.mean(),
            "apart": (right - left).mean(),
            "most": (right - left).max(),
        }
    )
    curtain.left, curtain.power = "power", "inf"
    assert curtain.compared["apart"] == 0
    curtain.photo, curtain.source, curtain.window = curtain.images["grass"], "photo", 3
    assert curtain.compared == Curtain(source="grass", left="max", right="max", window=3).compared
    assert by_window(curtain.image, 3).shape == (21, 21, 9)


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    curtain = Curtain(temperature=np.inf, identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', curtain.html(), re.S)[1])
    assert state == json.loads(json.dumps(curtain.state())) and 'id="here"' in curtain.html()
    assert state["temperature"] == "inf" and len(json.dumps(state)) < 40_000


def test_the_fallback_shows_both_results_and_their_numbers():
    curtain = Curtain(left="median", right="rms", window=4)
    apart = pictures.two_decimals(curtain.compared["apart"])
    fallback = curtain.fallback()
    assert fallback.count("<img") == 3 and f"the results are {apart} grey levels apart on average" in fallback
    assert "median" in fallback and "root mean square" in fallback


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(tasks=[guess("?", "size")]), ("tasks[0]['guess']='size'", "'nearest'")),
        (dict(tasks=[goal("?", "close", {"stride": 2})]), ("'stride'", "'window'")),
        (dict(left="mode"), ("left='mode'", "'median'")),
        (dict(right="geometric"), ("right='geometric'", "'max_blur'")),
        (dict(window=1), ("window=1", "from 2 to 8")),
        (dict(power=0.3), ("power=0.3", "0.4")),
        (dict(temperature=-3), ("temperature=-3", "100")),
        (dict(seed=1000), ("seed=1000", "from 0 to 999")),
        (dict(at=101), ("at=101", "from 0 to 100")),
        (dict(source="dog"), ("source='dog'", "'camera'")),
        (dict(images={"small": np.zeros((32, 32), np.uint8)}), ("'small'", "(32, 32)", "(64, 64)")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        Curtain(**settings)
    assert all(word in str(error.value) for word in words), error.value


# ---- The front end's state and words ----


@pytest.mark.parametrize(
    "key, sound, unsound",
    [
        ("source", ["cat", "photo"], ["dog", 1, None]),
        ("left", list(COMPARABLE), ["geometric", None, 1]),
        ("right", list(COMPARABLE), ["", None]),
        ("window", [2, 8], [1, 9, 2.5, "2"]),
        ("power", ["-inf", 3], [3.3, None]),
        ("temperature", [0, "inf"], ["-inf", -1]),
        ("seed", [0, 999], [-1, 1000, 0.5]),
        ("at", [0, 100], [-1, 101, "50", None]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, sound, unsound):
    state = {**Curtain().state(), "photo": {}}
    checked = "given.values.map((value) => it.settings[given.key](value, given.state))"
    found = js("curtain/state.js", checked, {"key": key, "state": state, "values": sound + unsound})
    assert found == [True] * len(sound) + [False] * len(unsound)


def test_the_curtain_stays_in_its_frame_and_seeds_begin_again():
    acts = (
        "[it.hung(-3), it.hung(41.6), it.hung(200), it.swapped({ left: 'a', right: 'b' }), it.drawnAnew({ seed: 999 })]"
    )
    assert js("curtain/state.js", acts) == [
        {"at": 0}, {"at": 42}, {"at": 100}, {"left": "b", "right": "a"}, {"seed": 0},
    ]  # fmt: skip


VALUES = {"left": "avg", "right": "power", "window": 4, "power": "inf", "temperature": 20, "at": 30}
COMPARED = {"left": 100.04, "right": 120.25, "photo": 100.04, "apart": 20.5, "most": 99}


def test_the_sentence_says_how_far_apart_and_the_rest_how_bright():
    found = {"left": {"rows": 16, "columns": 16}, "compared": COMPARED}
    same = {**found, "compared": COMPARED | {"apart": 0, "most": 0}}
    asked = "[it.explain(given[0], given[1]), it.explain(given[0], given[2]), it.covered(given[0], given[1])]"
    first, second, third = js("curtain/words.js", asked, [VALUES, found, same])
    sizes = "16 × 16 outputs of windows of 4 × 4."
    brightness = f"Mean brightness: average: 100; power mean, p = ∞: 120.3; photo: 100. {sizes}"
    assert first == ["On average 20.5 grey levels apart, at most 99.", brightness]
    assert second == ["The two are the same, number for number.", brightness]
    covered = "The right result is covered until you uncover your guess."
    assert third == [covered, f"Mean brightness: average: 100; photo: 100. {sizes}"]


def test_a_screen_reader_hears_where_the_curtain_hangs():
    said = js("curtain/words.js", "[it.hanging(given, false), it.hanging(given, true)]", VALUES)
    assert said == [
        "Average on 30 % from the left, power mean, p = ∞ on the other 70 %",
        "Average on 30 % from the left, covered on the other 70 %",
    ]


# ---- Things to try ----

TASKS = """given.tasks.map(({ scene, guess, goal, given: about }) => {
  const values = { ...given.state, ...scene }, facts = tasks.facts(values);
  const unsound = Object.keys(scene).filter((key) => !it.settings[key](values[key], values));
  const { truth } = tasks.guesses[guess] ?? {};
  return { unsound, truth: truth?.(facts, about), progress: goal ? tasks.goals[goal](facts, about) : null };
})"""


def opened(*tasks):
    """Each task opened: settings of its scene that are unsound, the truth of its guess, how far its goal is."""
    file = (page.FOLDER / "curtain" / "tasks.js").as_uri()
    given = {"state": Curtain(tasks=tasks).state(), "tasks": list(tasks)}
    return js("curtain/state.js", f"await import({json.dumps(file)}).then((tasks) => {TASKS})", given)


def test_the_tasks_of_the_chapter_can_be_done_and_their_words_are_true():
    found = opened(*photos_to_compare)
    assert [one["unsound"] for one in found] == [[]] * len(photos_to_compare)
    assert "guess" in photos_to_compare[0]  # a prediction opens
    bright, nearest, brighter, near, close = found
    four = Curtain(window=4).compared
    assert round(four["left"], 1) == 129.2 and bright["truth"] == pytest.approx(four["right"])
    apart = {
        method: Curtain(source="brick", right=method, window=4).compared["apart"]
        for method in photos_to_compare[1]["given"]["among"]
    }
    assert nearest["truth"] == TITLES[min(apart, key=apart.get)] == "root mean square"
    grass = Curtain(source="grass", left="subsample", right="avg", window=4).compared
    assert brighter["truth"] == "almost equal" and abs(grass["left"] - grass["right"]) < 1 < 20 < grass["apart"]
    assert (near["progress"], close["progress"]) == ({"met": 0, "of": 1},) * 2


def met(task, *scenes):
    """Which of these scenes reach the goal."""
    found = opened(*({**task, "scene": task["scene"] | scene} for scene in scenes))
    return [scene for scene, one in zip(scenes, found) if one["progress"]["met"] == one["progress"]["of"]]


def test_the_goals_are_reached_by_what_their_tasks_ask_for_and_not_by_a_limit():
    near, close = photos_to_compare[3:]
    assert met(near, *({"temperature": word(T)} for T in TEMPERATURES), {"left": "max"}) == [
        {"temperature": 1},
        {"temperature": 2},
        {"temperature": 3},
    ]
    one_name = [{"left": "avg", "right": "avg"}, {"left": "power", "power": "inf"}, {"left": "soft", "temperature": 0}]
    assert met(close, *one_name, {"right": "rms"}, {"right": "median"}) == [{"right": "rms"}]
    apart = goal("!", "apart", {"source": "grass", "window": 4}, least=45, left="avg")
    assert met(apart, {"left": "avg", "right": "min"}, {"left": "min", "right": "avg"}) == [
        {"left": "avg", "right": "min"}
    ]


def test_the_difference_may_be_asked_for_and_which_is_brighter():
    scene = {"source": "cat", "left": "max", "right": "min", "window": 4}
    difference, brighter, darker = opened(
        guess("?", "difference", scene),
        guess("?", "brighter", scene),
        guess("?", "brighter", scene | {"left": "min", "right": "avg"}),
    )
    assert difference["truth"] == pytest.approx(Curtain(**scene).compared["apart"])
    assert (brighter["truth"], darker["truth"]) == ("left", "right")
