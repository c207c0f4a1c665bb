"""The convolution as Python sees it, and its front end's arithmetic, words and tasks by Node."""

import json
import re

import numpy as np
import pytest
from javascript import js

from pooling_book.chapters.try01 import filters_to_try
from pooling_book.widgets.convolution import FILTERS, Convolution
from pooling_book.widgets.photos import small_photos
from pooling_book.widgets.things_to_try import goal, guess, look

EDGES = FILTERS["edge left-right"]


def slid(x, weights):
    """The definition, as loops: weights laid on every window as they stand."""
    rows, columns = len(x) - 2, len(x[0]) - 2
    return [
        [sum(x[i + r][j + c] * weights[r][c] for r in range(3) for c in range(3)) for j in range(columns)]
        for i in range(rows)
    ]


def front_end(file, expression, given):
    return js(f"convolution/{file}.js", expression, given)


def random_cases(count=200):
    rng = np.random.default_rng(7)
    for _ in range(count):
        shape = rng.integers(3, 10, 2)
        yield rng.integers(-9, 10, shape) / rng.choice([1, 4]), rng.integers(-5, 6, (3, 3)) / rng.choice([1, 8, 9])


def text_of(x):
    return "\n".join(" ".join(map(repr, row)) for row in np.asarray(x, float).tolist())


# ---- In Python ----


@pytest.mark.parametrize("relu", [False, True])
def test_y_is_what_the_definition_and_what_scipy_make_of_it(relu):
    signal = pytest.importorskip("scipy.signal")
    for x, weights in random_cases(40):
        widget = Convolution(text_of(x), filter=weights, relu=relu)
        wanted = np.array(slid(x.tolist(), weights.tolist()))
        np.testing.assert_allclose(widget.before, wanted, atol=1e-12)
        np.testing.assert_allclose(widget.y, np.maximum(wanted, 0) if relu else wanted, atol=1e-12)
        names = {"correlate2d": signal.correlate2d, "np": np, "x": widget.x, "filter": np.array(widget.filter)}
        np.testing.assert_allclose(widget.y, eval(widget.call, names), atol=1e-12)


def test_the_filter_is_not_flipped():
    x = np.zeros((3, 3))
    x[0, 2] = 1
    weights = np.arange(9.0).reshape(3, 3)
    assert Convolution(text_of(x), filter=weights).y.tolist() == [[2]]


def test_each_preset_does_what_its_name_says():
    x = np.random.default_rng(1).integers(0, 9, (8, 9)).astype(float)
    found = {name: Convolution(text_of(x), filter=name).y for name in FILTERS}
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3))
    np.testing.assert_allclose(found["average"], windows.mean((2, 3)))
    np.testing.assert_array_equal(found["copy"], x[1:-1, 1:-1])
    np.testing.assert_array_equal(found["edge left-right"], windows[..., 2].sum(2) - windows[..., 0].sum(2))
    np.testing.assert_array_equal(found["edge up-down"], windows[:, :, 2].sum(2) - windows[:, :, 0].sum(2))
    even = Convolution("\n".join(["7 7 7 7"] * 4), filter="sharpen")
    assert (even.y == 7).all() and found["sharpen"].std() > x.std()


def test_a_photo_is_filtered_too_and_a_wrong_one_refused():
    widget = Convolution(images=small_photos(), source="cat", filter="average")
    assert widget.x.dtype == np.uint8 and widget.y.shape == (62, 62) and 0 <= widget.y.min() < widget.y.max() <= 255
    with pytest.raises(ValueError, match=r"images\['thin'\] has shape \(2, 9\).*at least 3 x 3"):
        Convolution(images={"thin": np.zeros((2, 9), np.uint8)})


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(numbers="1 2\n3 4"), ["numbers=", "at least 3 rows of 3"]),
        (dict(numbers="1 2 3\n4 nan 6\n7 8 9"), ["numbers=", "finite"]),
        (dict(filter="blur"), ["filter='blur'", "'average'"]),
        (dict(filter=[[1, 2], [3, 4]]), ["filter=[[1, 2], [3, 4]]", "3 rows of 3", "'copy'"]),
        (dict(filter=np.full((3, 3), np.nan)), ["filter=", "from -99 to 99"]),
        (dict(filter=[["a"] * 3] * 3), ["filter=", "numbers"]),
        (dict(source="dog"), ["source='dog'", "'numbers'"]),
        (dict(tasks=[guess("?", "size")]), ["tasks[0]['guess']='size'", "'lights'"]),
        (dict(tasks=[look("?", {"filter": "blur"})]), ["tasks[0]['scene']['filter']='blur'", "'average'"]),
        (dict(tasks=[look("?", {"weights": EDGES})]), ["'weights'", "'filter'"]),
    ],
)
def test_errors_come_from_python_and_name_what_is_wrong(settings, words):
    with pytest.raises(ValueError) as error:
        Convolution(**settings)
    assert all(word in str(error.value) for word in words)


def test_a_scene_may_name_its_filter():
    tasks = [look("See.", {"filter": "copy", "relu": True}), goal("Do.", "averages")]
    widget = Convolution(tasks=tasks, task=0)
    assert widget.filter == FILTERS["copy"] and widget.relu
    assert widget.tasks[0]["scene"]["filter"] == FILTERS["copy"] and tasks[0]["scene"]["filter"] == "copy"


def test_the_state_in_the_page_is_that_of_the_widget_and_the_output_of_a_cell_is_the_same_each_time():
    widget = Convolution(images=small_photos(), source="cat", filter="average", relu=True, identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', widget.html(), re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in widget.html()
    html = [Convolution(images=small_photos())._repr_mimebundle_()[0]["text/html"] for _ in range(2)]
    assert html[0] == html[1]


def test_the_fallback_shows_input_filter_and_output():
    numbers = Convolution().fallback()
    assert numbers.count("<table") == 3 and "pool-signed" in numbers and "−12" in numbers
    photo = Convolution(images=small_photos(), source="cat", filter="copy").fallback()
    assert photo.count("<img") == 2 and "after the filter 0 0 0; 0 1 0; 0 0 0" in photo


# ---- The front end's arithmetic ----


def test_the_browser_computes_what_the_definition_says():
    cases = [
        {"plane": {"rows": x.shape[0], "columns": x.shape[1], "values": x.ravel().tolist()}, "filter": w.tolist()}
        for x, w in random_cases()
    ]
    correlated = "given.map(({ plane, filter }) => it.correlated(plane, filter))"
    found = front_end("state", f"{correlated}.map((map) => ({{ ...map, sums: [...map.sums] }}))", cases)
    for (x, weights), one in zip(random_cases(), found, strict=True):
        wanted = np.array(slid(x.tolist(), weights.tolist()))
        assert (one["rows"], one["columns"]) == wanted.shape
        np.testing.assert_allclose(one["sums"], wanted.ravel(), atol=1e-12)


def scene(values):
    lists = "({ sums, values, ...more }) => ({ ...more, sums: [...sums], values: [...values] })"
    filtered = f"(({{ result, failure }}) => ({{ failure, result: result && ({lists})(result) }}))(it.filtered(given))"
    return front_end("state", filtered, values)


@pytest.mark.parametrize("settings", [dict(), dict(filter="average", relu=True), dict(source="cat", relu=True)])
def test_the_browser_shows_what_python_says(settings):
    widget = Convolution(images=small_photos(), **settings)
    found = scene(widget.state())["result"]
    np.testing.assert_allclose(np.reshape(found["values"], widget.y.shape), widget.y, atol=1e-9)
    np.testing.assert_allclose(np.reshape(found["sums"], widget.y.shape), widget.before, atol=1e-9)


@pytest.mark.parametrize(
    "numbers, words",
    [("1 2\n3 4", "the input is 2 × 2"), ("1 2 3\n4 inf 6\n7 8 9", "finite"), ("1 a", "“a” is not a number")],
)
def test_numbers_that_no_window_fits_say_why(numbers, words):
    found = scene(Convolution().state() | {"numbers": numbers})
    assert words in found["failure"] and found["result"] is None


@pytest.mark.parametrize(
    "key, sound, unsound",
    [
        ("source", ["numbers", "cat"], ["photo", "dog", None]),
        ("numbers", ["1 2 3\n4 5 6\n7 8 9"], ["1 2\n3 4", "1 2 3\n4 nan 6\n7 8 9", "a", 3]),
        (
            "filter",
            [EDGES, [[99, -99, 0.5]] * 3],
            [[[100, 0, 0]] * 3, [[0, 0]] * 3, EDGES[:2], "copy", [["1"] * 3] * 3],
        ),
        ("relu", [True], [1, None]),
        ("selected", [[0, 4096]], [[-1, 0], [0], None]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, sound, unsound):
    state = json.loads(json.dumps(Convolution(images=small_photos()).state()))
    checked = "given.values.map((value) => it.settings[given.key](value, given.state))"
    found = front_end("state", checked, {"key": key, "state": state, "values": sound + unsound})
    assert found == [True] * len(sound) + [False] * len(unsound)


# ---- Words ----


def say(expression, **settings):
    widget = Convolution(**settings)
    given = {"values": widget.state(), "scene": scene(widget.state()), "plane": plane_of(widget)}
    return front_end("words", expression, given)


def plane_of(widget):
    return {"rows": widget.x.shape[0], "columns": widget.x.shape[1], "values": widget.x.ravel().tolist()}


EXPLAIN = "it.explain(given.values, { ...given.scene, plane: given.plane }, [1, 3])"


def test_the_sentence_of_an_output_names_its_sum_and_what_relu_makes_of_it():
    said, seen = say(EXPLAIN)
    assert said == "Output (1, 3): nine products, −8 in all." and seen == "−1 + 0 + 1 − 5 + 0 + 1 − 5 + 0 + 1 = −8"
    assert say(EXPLAIN, relu=True)[0].endswith("−8 in all. ReLU makes it 0.")
    assert say(EXPLAIN, relu=True, filter="copy")[0].endswith("5 in all. ReLU leaves it as it is.")


def test_weights_are_short_and_ninths_are_fractions():
    weights = [1 / 9, -2 / 9, 3 / 9, 1, -1, 0, 0.25, -0.5, 10 / 9, 0.11]
    wanted = ["1/9", "−2/9", "1/3", "1", "−1", "0", "0.25", "−0.5", "10/9", "0.11"]
    assert front_end("words", "given.map(it.weightOf)", weights) == wanted


def test_signs_are_counted_and_what_is_almost_0_is_0():
    found = front_end("words", "it.signs({ values: given })", [1, -2, 1e-15, -1e-15, 0, 3])
    assert found == {"positive": 2, "zero": 3, "negative": 1}


@pytest.mark.parametrize("settings", [dict(), dict(relu=True)])
def test_the_call_is_python_s(settings):
    assert say("it.call(given.values)", **settings) == Convolution(**settings).call


def test_a_filter_has_its_name_until_a_weight_is_changed():
    named = "[given.values, { ...given.values, filter: [[1, 0, 1], [-1, 0, 1], [-1, 0, 1]] }].map(it.filterName)"
    assert say(named) == ["edge left-right", "your own"]


# ---- Things to try ----


def asked(kind, values, what, **given):
    """What tasks.js makes of a state: the truth of a guess, or how far a goal is."""
    one = {"guesses": "it.guesses[given.what].truth", "goals": "it.goals[given.what]"}[kind]
    return front_end(
        "tasks", f"{one}(it.facts(given.state), given.given)", {"state": values, "what": what, "given": given}
    )


@pytest.mark.parametrize("settings", [dict(), dict(relu=True), dict(filter="sharpen"), dict(filter="average")])
def test_the_truth_of_a_guess_is_what_python_computes(settings):
    widget = Convolution(**settings)
    for at in ([0, 0], [2, 3], [4, 4]):
        assert asked("guesses", widget.state(), "output", at=at) == pytest.approx(widget.y[tuple(at)])
    zeros = [f"{row}, {column}" for row, column in np.argwhere(np.abs(widget.y) < 1e-9)]
    assert asked("guesses", widget.state(), "zeros") == zeros


def test_which_filter_lights_an_edge_is_computed_whatever_filter_is_chosen():
    state = Convolution(filter="copy").state()
    assert asked("guesses", state, "lights", at=[2, 0], off=[0, 2]) == "edge left-right"
    assert asked("guesses", state, "lights", at=[0, 2], off=[2, 0]) == "edge up-down"
    assert asked("guesses", state, "lights", at=[2, 0], off=[2, 2], filters=["copy", "edge up-down"]) == "edge up-down"


ONE_UP = [[0, 0, 0], [0, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize(
    "what, given, reached, missed",
    [
        ("silent", {}, [EDGES, [[1, -1, 0], [0] * 3, [0] * 3]], [FILTERS["copy"], [[0] * 3] * 3]),
        ("copies", {"by": [0, 0]}, [FILTERS["copy"]], [ONE_UP, FILTERS["sharpen"], FILTERS["average"]]),
        ("copies", {"by": [-1, 0]}, [ONE_UP], [FILTERS["copy"]]),
        ("averages", {}, [FILTERS["average"], [[0.11] * 3] * 3], [[[0.1] * 3] * 3, FILTERS["copy"]]),
        ("output", {"at": [2, 0], "value": 12}, [EDGES], [FILTERS["copy"]]),
    ],
)
def test_a_goal_is_reached_by_these_filters_and_no_others(what, given, reached, missed):
    met = lambda filter: asked("goals", Convolution(filter=filter).state(), what, **given)
    assert [met(filter) for filter in reached] == [{"met": 1, "of": 1}] * len(reached)
    assert [met(filter) for filter in missed] == [{"met": 0, "of": 1}] * len(missed)


def test_a_filter_that_copies_by_a_row_moves_the_picture_so():
    widget = Convolution(filter=ONE_UP)  # the goal `copies` by (-1, 0): one row up
    np.testing.assert_array_equal(widget.y, widget.x[2:, 1:-1])


# What a reader does to reach each goal of chapter 01, and the truths that its texts speak of.
REACHED = {2: EDGES, 3: [[0, 0, 0], [1, 0, 0], [0, 0, 0]]}
TRUTHS = {0: 12, 1: 0}


def test_every_task_of_the_chapter_has_the_truth_that_its_text_tells_and_is_reached():
    assert set(REACHED) | set(TRUTHS) == set(range(len(filters_to_try)))
    for n, task in enumerate(filters_to_try):
        state = Convolution(tasks=filters_to_try, task=n).state()
        if n in TRUTHS:
            assert asked("guesses", state, task["guess"], **task["given"]) == TRUTHS[n]
            continue
        assert asked("goals", state, task["goal"], **task["given"])["met"] == 0
        assert asked("goals", state | {"filter": REACHED[n]}, task["goal"], **task["given"])["met"] == 1


def test_where_no_window_fits_nothing_is_true_and_no_output_is_reached():
    state = Convolution().state() | {"numbers": "1 2\n3 4"}
    assert asked("guesses", state, "zeros") == [] and asked("guesses", state, "output", at=[0, 0]) is None
    assert asked("guesses", state, "lights", at=[0, 0], off=[0, 0]) == ""
    assert asked("goals", state, "output", at=[0, 0], value=0)["met"] == 0
