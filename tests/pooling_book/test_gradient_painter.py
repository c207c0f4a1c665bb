"""The gradient painter as Python sees it: its arrays, its call, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book import palette
from pooling_book.chapters.try05 import things_to_try
from pooling_book.show import pictures
from pooling_book.widgets.gradient_painter import GradientPainter, tinted
from pooling_book.widgets.page import FOLDER
from pooling_book.widgets.photos import small_photos
from pooling_book.widgets.things_to_try import goal
from pooling_lib import avg_pool_backward, max_pool, max_pool_backward


def state_of(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])


@pytest.mark.parametrize("pattern", ["one output", "all ones", "left and right", "random", "clear"])
@pytest.mark.parametrize(
    "settings",
    [
        dict(),
        dict(operation="avg", window=3, stride=1, padding="same"),
        dict(operation="avg", window=(2, 3), stride=(1, 2), padding="same", count_include_pad=True),
        dict(window=2, stride=3, source="numbers with ties"),
        dict(images=small_photos(), source="coffee", window=5),
    ],
)
def test_dx_is_what_the_call_computes(settings, pattern):
    painter = GradientPainter(**settings, pattern=pattern)
    names = {
        "dy": painter.dy,
        "x": painter.x,
        "max_pool_backward": max_pool_backward,
        "avg_pool_backward": avg_pool_backward,
    }
    if painter.operation == "max":
        names["where"] = max_pool(painter.x, painter.window, painter.stride, painter.padding, return_indices=True)[1]
    assert painter.dy.shape == painter.y.shape and painter.dx.shape == painter.x.shape
    np.testing.assert_array_equal(painter.dx, eval(painter.call, names))


def test_patterns_send_what_they_say():
    dy = {
        pattern: GradientPainter(window=2, stride=1, pattern=pattern).dy
        for pattern in ("one output", "all ones", "left and right", "random", "clear")
    }
    assert np.argwhere(dy["one output"]).tolist() == [[2, 2]] and dy["one output"].sum() == 1
    assert (dy["all ones"] == 1).all() and (dy["clear"] == 0).all()
    assert (dy["left and right"] == [1, 1, 0, -1, -1]).all()
    assert set(np.unique(dy["random"])) == {-3, -2, -1, 0, 1, 2, 3}


def test_dx_follows_what_the_page_paints_and_a_painting_its_output():
    painter = GradientPainter()
    painter.painting = {"rows": 3, "columns": 3, "values": "ddedddcdd"}
    painter.pattern = "painted"
    assert painter.dy.tolist() == [[0, 0, 1], [0, 0, 0], [-1, 0, 0]]
    assert np.argwhere(painter.dx > 0).tolist() == [[0, 5]] and np.argwhere(painter.dx < 0).tolist() == [[5, 0]]
    painter.window = painter.stride = [1, 1]  # six rows of outputs: each of the three was painted for two
    assert painter.dy[:2].tolist() == [[0, 0, 0, 0, 1, 1]] * 2
    painter.window = painter.stride = [3, 3]
    assert painter.dy.tolist() == [[0, 0], [0, 0]]
    painter.photo, painter.source = GradientPainter(images=small_photos()).images["cat"], "photo"
    assert painter.dx.shape == (64, 64)


def test_the_grid_with_ties_has_the_ties_it_promises():
    x = GradientPainter(source="numbers with ties").x
    windows = x.reshape(3, 2, 3, 2).swapaxes(1, 2).reshape(9, 4)
    assert ((windows == windows.max(1, keepdims=True)).sum(1) > 1).sum() == 6


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    painter = GradientPainter(images=small_photos(), source="cat", window=(3, 2), pattern="random", identity="here")
    state = state_of(painter.html())
    assert state == json.loads(json.dumps(painter.state()))
    assert state["window"] == [3, 2] and state["pattern"] == "random" and 'id="here"' in painter.html()
    assert len(json.dumps(state)) < 40_000


def test_the_output_of_a_cell_is_the_same_each_time():
    bundles = [GradientPainter(images=small_photos())._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["text/html"] == bundles[1]["text/html"]
    assert bundles[0]["text/plain"] == "<gradient_painter gradient>"
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


def test_the_fallback_shows_what_is_sent_and_what_arrives():
    numbers, photo = (
        GradientPainter().fallback(),
        GradientPainter(images=small_photos(), source="cat", operation="avg", window=4).fallback(),
    )
    assert numbers.count("<table") == 4
    assert photo.count("<img") == 2 and "avg_pool_backward(dy, x.shape, window=4)" in photo


def test_a_tint_tells_the_sign_by_its_lightness_and_the_size_by_its_strength():
    image = np.arange(256.0).reshape(16, 16)
    lightness = lambda value: tinted(image, np.full(image.shape, value), largest=4) @ [0.299, 0.587, 0.114]
    none, much, little = tinted(image, np.zeros(image.shape)) @ [0.299, 0.587, 0.114], lightness(4), lightness(1)
    assert (much > little).all() and (little > none).all()
    assert (lightness(-4) < lightness(-1)).all() and (lightness(-1) < none).all()
    assert min(palette.rgb("positive")[:2]) - max(palette.rgb("negative")[:2]) > 150


def test_a_tint_is_full_from_its_largest_on_and_the_browser_s_largest_is_1():
    gradients, black = [1 / 64, 1 / 4, 1, 3, -1 / 4, -9], palette.rgb("positive")[2]
    found = front_end("drawing", "given.map(it.opacity)", gradients)
    assert found == pytest.approx([0.3 + 0.55 / 64, 0.4375, 0.85, 0.85, 0.4375, 0.85])
    blue = tinted(np.zeros((1, 4)), np.array([gradients[:4]]), largest=1)[0, :, 2]
    assert blue == pytest.approx([92 + opacity * (black - 92) for opacity in found[:4]])


def test_the_fallback_shows_a_little_as_faint_and_all_as_full():
    painter = GradientPainter(images=small_photos(), source="cat", operation="avg", window=8, pattern="all ones")
    pair = tinted(painter.x, painter.dx, largest=1), tinted(painter.y, painter.dy, largest=1)
    sources = lambda html: re.findall(r'src="([^"]+)"', html)
    assert sources(painter.fallback()) == sources(pictures.images(*pair, captions="ab", alts="ab").html)


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(window=9), ["window=9", "fits nowhere"]),
        (dict(source="dog"), ["source='dog'", "numbers with ties"]),
        (dict(operation="sum"), ["operation='sum'", "'max', 'avg'"]),
        (dict(padding=[(1, 1), (1, 1)]), ["padding=[(1, 1), (1, 1)]", "'same'"]),
        (dict(pattern="painted"), ["pattern='painted'", "'clear'"]),
        (dict(images={"grey": np.zeros((2, 2))}), ["images['grey']", "float64", "uint8"]),
    ],
)
def test_errors_come_from_python_and_name_what_is_wrong(settings, words):
    with pytest.raises(ValueError) as error:
        GradientPainter(**settings)
    assert all(word in str(error.value) for word in words)


# ---- The front end's state and words ----

KIT, STATE = ((FOLDER / file).as_uri() for file in ("kit/settings.js", "gradient_painter/state.js"))


def front_end(file, expression, given):
    return js(f"gradient_painter/{file}.js", expression, given)


@pytest.mark.parametrize("pattern", ["one output", "all ones", "left and right", "random", "clear", "painted"])
def test_the_browser_sends_what_python_sends(pattern):
    painter, states, wanted = GradientPainter(), [], []
    painter.pattern, painter.seed = pattern, 977
    painter.painting = {"rows": 3, "columns": 4, "values": "abcdefgfedcb"}
    for window in ([1, 1], [2, 2], [1, 3], [3, 2], [6, 6]):
        painter.window = painter.stride = window
        states.append(json.loads(json.dumps(painter.state())))
        wanted.append([painter.dy.ravel().tolist(), painter.dx.ravel().tolist()])
    sent = "given.map((values) => it.sent(values, it.pooled(values)))"
    lists = ".map(({ upstream, arrived }) => [[...upstream], [...arrived.values]])"
    for found, expected in zip(front_end("state", sent + lists, states), wanted, strict=True):
        np.testing.assert_allclose(found[0], expected[0])
        np.testing.assert_allclose(found[1], expected[1])


def test_a_painting_that_is_none_sends_nothing():
    state = GradientPainter().state() | {"pattern": "painted"}
    assert front_end("state", "[...it.painted(given, { rows: 1, columns: 2 })]", state) == [0, 0]


def test_what_cannot_be_pooled_says_why_and_sends_nothing():
    state = GradientPainter().state() | {"window": [7, 7]}
    found = front_end("state", "it.sent(given, it.pooled(given))", state)
    assert "fits nowhere" in found["failure"] and found["upstream"] is found["arrived"] is None


def test_paint_leaves_the_rest_and_what_lies_beside_the_output():
    scene = "{ result: { rows: 2, columns: 3 }, upstream: [0, 1, -3, 0, 0, 3] }"
    paint = f"given.map((places) => it.withPaint({scene}, places, -1))"
    found = front_end("state", paint, [[[0, 0], [1, 2], [0, 3], [-1, 0]], [[2, 0]], []])
    painted = {"painting": {"rows": 2, "columns": 3, "values": "ceaddc"}, "pattern": "painted"}
    assert found == [painted, {}, {}]
    assert (
        front_end("state", "it.withPaint(given, [[0, 1]], 1)", {"result": painted["painting"], "upstream": [0, 1]})
        == {}
    )


def test_a_stroke_has_no_gaps_whichever_way_it_goes():
    lines = front_end(
        "state", "given.map(([from, to]) => it.line(from, to))", [[[0, 0], [0, 3]], [[4, 1], [1, 0]], [[2, 2]] * 2]
    )
    assert lines[0] == [[0, 0], [0, 1], [0, 2], [0, 3]] and lines[2] == [[2, 2]] * 2
    assert lines[1][0] == [4, 1] and lines[1][-1] == [1, 0]
    assert all(max(abs(a - c), abs(b - d)) == 1 for (a, b), (c, d) in zip(lines[1], lines[1][1:]))


def test_a_stride_that_is_the_window_stays_so_and_random_is_another_each_time():
    both = {"window": [2, 2], "stride": [2, 2]}
    resized = "given.map(([values, key]) => it.resized(values, key, 3))"
    found = front_end("state", resized, [[both, "window"], [both, "stride"], [both | {"stride": [1, 1]}, "window"]])
    assert found == [{"window": [3, 3], "stride": [3, 3]}, {"stride": [3, 3]}, {"window": [3, 3]}]
    now = [{"pattern": "random", "seed": 1}, {"pattern": "random", "seed": 1000}, {"pattern": "clear", "seed": 1}]
    found = front_end("state", 'given.map((now) => it.withPattern("random", now))', now)
    assert found == [{"pattern": "random", "seed": 2}, {"pattern": "random", "seed": 1}, {"pattern": "random"}]


PAINTING = {"rows": 2, "columns": 2, "values": "adgd"}


@pytest.mark.parametrize(
    "key, sound, unsound",
    [
        (
            "source",
            ["numbers", "cat", "numbers with ties"],
            ["photo", "dog", "__proto__", "constructor", 3, None, [[]]],
        ),
        ("operation", ["max", "avg"], ["sum", None, ["max"]]),
        ("window", [[1, 8]], [[0, 1], [9, 1], [2], 2, [2.5, 2], "22", [4096, 4096]]),
        ("padding", ["same"], ["full", 0, [[1, 1], [1, 1]]]),
        ("pattern", ["painted", "clear"], ["ones", "constructor", "toString", 1, None]),
        ("seed", [1, 1000], [0, 1001, 1.5, "1", None]),
        (
            "painting",
            [None, PAINTING],
            [PAINTING | {"values": values} for values in ("adg", "adgdd", "adgh", [0, 0, 0, 0], "", None)]
            + [PAINTING | {"rows": rows} for rows in (0, 4, 2.5, -2, "2")]
            + [{"rows": 1e9, "columns": 1e9, "values": "d"}, {**PAINTING, "more": 1}, {}, [], "dddd"],
        ),
        ("selected", [[0, 4096]], [[-1, 0], [0, 4097], [], [None, None]]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, sound, unsound):
    state = json.loads(json.dumps(GradientPainter(images=small_photos()).state()))
    checked = "given.values.map((value) => it.settings[given.key](value, given.state))"
    found = front_end("state", checked, {"key": key, "state": state, "values": sound + unsound})
    assert found == [True] * len(sound) + [False] * len(unsound)


def test_the_largest_painting_has_room_in_an_address():
    painting = {"rows": 64, "columns": 64, "values": "adgd" * 1024}
    state = json.loads(json.dumps(GradientPainter(images=small_photos(), source="cat").state()))
    query = f"((kit) => String(new URLSearchParams(kit.toQuery(it, given))))(await import({KIT!r}))"
    found = front_end("state", query, state | {"painting": painting, "pattern": "painted"})
    assert painting["values"] in found and len(found) < 6000  # servers take 8,000


SCENE = f"((state) => state.sent(given.state, state.pooled(given.state)))(await import({STATE!r}))"


def say(function, *place, **settings):
    """A sentence of words.js for a painter with these settings."""
    arguments = {"balance": "scene"}.get(function, "given.state, scene, given.place")
    given = {"state": GradientPainter(**settings).state(), "place": place}
    return front_end("words", f"((scene) => it.{function}({arguments}))({SCENE})", given)


def test_the_words_of_an_output_an_element_and_the_whole():
    many = dict(operation="avg", window=6, stride=1, padding="same", pattern="all ones")
    assert say("explain", 1, 1).startswith("Output (1, 1) sends 1 to row 2, column 2: its maximum")
    assert "sends 1/16 to each of the 16 elements it covers" in say("explain", 0, 0, **many)
    shared = say("explainElement", 2, 2, **many)
    assert shared.startswith("Element (2, 2), 9, receives 1/16 from (0, 0), 1/20 from (0, 1)")
    assert ", …, " in shared and shared.count(" from ") == 6 and shared.endswith(" in all.")
    assert say("balance", **many, count_include_pad=True).startswith("Sent 36, arrived ")
    assert say("balance", pattern="clear") == "Sent 0, arrived 0; 36 of 36 elements get nothing."


@pytest.mark.parametrize(
    "settings",
    [
        dict(),
        dict(window=3, stride=1, padding="same", count_include_pad=True),
        dict(operation="avg", window=(2, 3), stride=(1, 2), padding="same", count_include_pad=True),
    ],
)
def test_the_call_is_python_s(settings):
    painter = GradientPainter(**settings)
    assert front_end("words", "it.call(given)", painter.state()) == painter.call


# ---- Things to try ----


def asked(kind, values, what, **given):
    """What tasks.js makes of a painter's settings: the truth of a guess, or how far a goal is."""
    one = {"guesses": "it.guesses[given.what].truth", "goals": "it.goals[given.what]"}[kind]
    scene = f"((state) => state.sent(given.state, state.pooled(given.state)))(await import({STATE!r}))"
    expression = f"{one}({{ values: given.state, ...{scene} }}, given.given)"
    return front_end("tasks", expression, {"state": values, "what": what, "given": given})


@pytest.mark.parametrize(
    "settings",
    [
        dict(pattern="random", window=3, stride=1),
        dict(pattern="random", operation="avg", window=3, stride=2, padding="same", count_include_pad=True),
        dict(pattern="left and right", source="numbers with ties"),
    ],
)
def test_the_truth_of_a_guess_is_what_the_library_sends_back(settings):
    painter = GradientPainter(**settings)
    state = painter.state()
    assert asked("guesses", state, "received", at=[2, 2]) == pytest.approx(painter.dx[2, 2])
    assert asked("guesses", state, "total") == pytest.approx(painter.dx.sum(), abs=1e-9)
    places = asked("guesses", state, "receivers")
    assert asked("guesses", state, "idle") == painter.dx.size - len(places)
    for row, column in np.argwhere(np.abs(painter.dx) > 1e-9):
        assert f"{row}, {column}" in places


def painted(shape, **outputs):
    """The settings of a painting of that shape: what each output named sends, e1_2=-1 say; the others 0."""
    letters = np.full(shape, "d")
    for name, value in outputs.items():
        letters[tuple(map(int, name[1:].split("_")))] = "abcdefg"[value + 3]
    values = "".join(letters.ravel())
    return {"pattern": "painted", "painting": {"rows": shape[0], "columns": shape[1], "values": values}}


# What a reader does to reach each goal of the chapter, and the truths that its texts speak of.
REACHED = {
    5: painted((4, 4), e0_1=1, e0_2=1, e1_1=1, e1_2=1, e2_1=1),
    6: painted((4, 4), e1_1=1, e1_2=-1),
}
TRUTHS = {0: ["1, 1", "2, 2", "5, 0"], 1: 27, 2: 6, 3: pytest.approx(28.44, abs=0.01), 4: ["0, 4"]}


def test_the_chapter_s_tasks_are_what_they_claim():
    painter = lambda **settings: GradientPainter(images=small_photos(), tasks=things_to_try, **settings)
    before = json.loads(json.dumps(painter(pattern="random").state()))
    for n, task in enumerate(things_to_try):
        scene = json.loads(json.dumps(task["scene"]))
        assert given_by_addresses("gradient_painter", before, scene) == [before | scene], f"task {n}: no sound scene"
        state = json.loads(json.dumps(painter(task=n).state()))
        if "guess" in task:
            assert asked("guesses", state, task["guess"], **task["given"]) == TRUTHS[n], task["say"]
        if "goal" in task:
            values = [state, state | REACHED[n]]
            first, then = (asked("goals", one, task["goal"], **task["given"]) for one in values)
            assert first["met"] < first["of"] and then["met"] == then["of"], task["say"]
    # Three 2s are in that window, and the average reaches everyone.
    assert (GradientPainter(source="numbers with ties").x[:2, 4:] == 2).sum() == 3
    assert (GradientPainter(operation="avg", pattern="all ones").dx != 0).all()


def test_goals_are_met_in_part_and_only_as_the_task_has_it():
    overlap = GradientPainter(window=3, stride=1, pattern="clear").state()
    five = overlap | REACHED[5]
    wanted = {"at": [2, 2], "value": 5, "settings": {"window": [3, 3], "stride": [1, 1]}}
    assert asked("goals", five, "receives", **wanted)["met"] == 1
    assert asked("goals", five, "receives", **wanted | {"value": 4})["met"] == 0
    assert asked("goals", five, "receives", **wanted | {"settings": {"window": [2, 2]}})["met"] == 0
    assert asked("goals", overlap, "cancel") == {"met": 0, "of": 2}
    assert asked("goals", five, "cancel") == {"met": 1, "of": 2}


def test_where_nothing_can_be_pooled_nothing_is_true_and_no_goal_is_reached():
    state = GradientPainter(pattern="all ones").state() | {"window": [7, 7]}
    assert asked("guesses", state, "receivers") == [] and asked("guesses", state, "total") is None  # NaN in JSON
    assert asked("goals", state, "cancel")["met"] == 0
    assert asked("goals", state, "receives", at=[0, 0], value=0, settings={})["met"] == 0


def test_a_task_is_refused_that_the_painter_does_not_know():
    with pytest.raises(ValueError, match="tasks.0..'goal'.='hold'.*'receives'"):
        GradientPainter(tasks=[goal("Do.", "hold")])
