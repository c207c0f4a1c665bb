"""The sliding picture as Python sees it: its shifts, its comparison, its state, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import js

from pooling_book.chapters.try08 import shifts_to_try
from pooling_book.show import pictures
from pooling_book.widgets import page
from pooling_book.widgets.slide import FARTHEST_SHIFT, OPERATIONS, Slide
from pooling_book.widgets.things_to_try import goal, guess
from pooling_lib import naive

POOLS = {
    "max": lambda x, k, S: naive.max_pool(x, k, S),
    "avg": lambda x, k, S: naive.avg_pool(x, k, S),
    "subsample": lambda x, k, S: x[::S, ::S],
    "blur": lambda x, k, S: naive.blur_pool(x, k, S),
    "max_blur": lambda x, k, S: naive.max_blur_pool(x, k, S),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_outputs_and_change_are_those_of_the_definition(operation):
    for window, stride, shift in [(2, 2, 0), (2, 2, 1), (3, 2, 5), (2, 3, 16)]:
        slide = Slide(source="brick", operation=operation, window=window, stride=stride, shift=shift)
        image = Slide(source="brick").x  # unshifted
        assert image.shape == slide.x.shape == (48, 48)
        np.testing.assert_array_equal(slide.x[:, shift:], image[:, : 48 - shift])
        y, y0 = (POOLS[operation](x.astype(float), window, stride) for x in (slide.x, image))
        np.testing.assert_allclose(slide.y, y, rtol=1e-12)
        q = shift // stride
        back = abs(y[:, q:] - y0[:, : y0.shape[1] - q])
        assert slide.change["moved"] == pytest.approx(back.mean()) and slide.change["still"] == pytest.approx(
            abs(y - y0).mean()
        )
        assert slide.change["changed"] == pytest.approx((back > 1e-9).mean())


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("stride", [1, 2, 3, 8])
def test_whole_strides_change_nothing_and_other_shifts_do(operation, stride):
    for shift in range(FARTHEST_SHIFT + 1):
        slide = Slide(source="grass", operation=operation, window=3, stride=stride, shift=shift)
        assert (slide.change["changed"] == 0) == (shift % stride == 0)
        assert slide.moved * stride + slide.rest == shift


def test_python_follows_what_the_page_sets():
    slide = Slide()
    slide.operation, slide.window, slide.stride, slide.shift, slide.source = "avg", 4, 4, 6, "cat"
    assert slide.change == Slide(source="cat", operation="avg", window=4, stride=4, shift=6).change
    slide.photo, slide.source = slide.images["brick"], "photo"
    assert slide.change == Slide(source="brick", operation="avg", window=4, stride=4, shift=6).change


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    slide = Slide(shift=3, identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', slide.html(), re.S)[1])
    assert state == json.loads(json.dumps(slide.state())) and 'id="here"' in slide.html()
    assert len(json.dumps(state)) < 40_000 and state["visited"] == [0, 3]


def test_the_fallback_says_what_a_shift_by_one_changes():
    fallback = Slide().fallback()
    change = Slide(shift=1).change
    mean = pictures.two_decimals(change["moved"])
    said = f"{change['changed']:.0%} of the outputs have changed; on average an output changes by {mean} grey levels"
    assert fallback.count("<img") == 3 and said in fallback


# ---- The front end's state and words ----

PUSHES = """given.map((values, n) => {
  if (n) Object.assign(given[0], it.shiftedTo(given[0], values));
  return [given[0].shift, given[0].visited];
}).slice(1)"""


def test_a_push_ends_at_the_last_shift_and_is_noted_on_the_curve():
    found = js("slide/state.js", PUSHES, [{"shift": 0, "visited": [0]}, 3.4, -2, 99, 3])
    assert found == [[3, [0, 3]], [0, [0, 3]], [16, [0, 3, 16]], [3, [0, 3, 16]]]
    assert js("slide/state.js", "it.newCurve(given)", {"shift": 5, "visited": [0, 1, 5]}) == {"visited": [0, 5]}


@pytest.mark.parametrize(
    "key, sound, unsound",
    [
        ("source", ["cat", "photo"], ["dog", 1, None]),
        ("operation", list(OPERATIONS), ["median", None]),
        ("window", [1, 8], [0, 9, 2.5, "2"]),
        ("stride", [1, 8], [0, 9, True]),
        ("shift", [0, 16], [-1, 17, 0.5]),
        ("visited", [[], [0, 16]], [[17], 3, [[0]], list(range(17)) + [0]]),
    ],
)
def test_settings_are_checked_before_a_link_or_the_store_may_set_them(key, sound, unsound):
    state = {**Slide().state(), "photo": {}}
    checked = "given.values.map((value) => it.settings[given.key](value, given.state))"
    found = js("slide/state.js", checked, {"key": key, "state": state, "values": sound + unsound})
    assert found == [True] * len(sound) + [False] * len(unsound)


def test_the_sentence_says_how_far_and_what_changed():
    # Three shifts of a plane, with what a comparison would have found.
    plane = {"rows": 1, "columns": 2, "values": [4, 6]}
    one = {"plane": plane, "y": {"rows": 2, "columns": 3}, "moved": 0, "rest": 0, "still": 7.25}
    back = {"values": [0] * 6, "changed": 0.514, "mean": 3.04}
    shifts = [{**one, "back": back}, {**one, "rest": 1, "back": back}, {**one, "moved": 1, "back": back}]
    said = js(
        "slide/words.js",
        "[0, 1, 2].map((shift) => it.explain({ shift, stride: 2 }, given))",
        shifts,
    )
    means = "Mean change in grey levels: moved back 3, left where they stand 7.3, pixels 0."
    assert said == [
        ["Not shifted.", "2 × 3 outputs: how many of them will a pixel change?"],
        ["Shifted by 1: 51 % of the outputs have changed.", f"1 = 0 · 2 + 1. {means}"],
        [
            "Shifted by 2, moved back by 1: the same numbers.",
            f"2 = 1 · 2 + 0. All 6 outputs that have a partner are equal. {means}",
        ],
    ]


def test_the_chart_to_draw_on_says_its_scale_and_what_is_given():
    points = [[0, 0], [1, 13.08]]
    assert js("slide/words.js", "it.toDraw([0, 40], given)", points) == (
        "Mean change against shift, yours to draw, from 0 to 40 grey levels. Given: shift 0: 0, shift 1: 13.1. "
        "Left and right arrow keys choose a shift, up and down set the height"
    )


# ---- Things to try ----

TASKS = """given.tasks.map(({ scene, guess, goal, given: about }) => {
  const values = { ...given.state, ...scene }, facts = { values, shifts: it.pooledShifts(values) };
  const unsound = Object.keys(scene).filter((key) => !it.settings[key](values[key], values));
  const { truth } = tasks.guesses[guess] ?? {};
  return { unsound, truth: truth?.(facts, about), progress: goal ? tasks.goals[goal](facts, about) : null };
})"""


def opened(tasks, **settings):
    """Each task opened: settings of its scene that are unsound, the truth of its guess, how far its goal is."""
    file = (page.FOLDER / "slide" / "tasks.js").as_uri()
    given = {"state": Slide(tasks=tasks).state() | settings, "tasks": list(tasks)}
    return js("slide/state.js", f"await import({json.dumps(file)}).then((tasks) => {TASKS})", given)


def test_the_tasks_of_the_chapter_can_be_done_and_are_not_done_at_their_start():
    found = opened(shifts_to_try)
    assert [one["unsound"] for one in found] == [[]] * len(shifts_to_try)
    for task, one in zip(shifts_to_try, found, strict=True):
        assert ("guess" in task) == (one.get("truth") is not None), task["say"]
        if "goal" in task:
            assert one["progress"]["met"] < one["progress"]["of"], task["say"]
    first, drawn, _, height, _ = (one.get("truth") for one in found)
    assert first == pytest.approx(100 * Slide(source="camera", shift=1).change["changed"])
    moved = [Slide(source="grass", stride=3, shift=shift).change["moved"] for shift in range(2, 17)]
    assert drawn == pytest.approx(moved)
    most = {kind: highest(Slide(source="grass", operation=kind)) for kind in ("max", "max_blur")}
    assert round(most["max"]) == 14 and height == "50–90 %" and 0.5 < most["max_blur"] / most["max"] < 0.9


def highest(slide):
    def at(shift):
        slide.shift = shift
        return slide.change["moved"]

    return max(map(at, range(17)))


def test_the_goals_are_reached_by_what_their_tasks_ask_for():
    _, _, visited, _, steady = shifts_to_try
    half = {**visited, "scene": visited["scene"] | {"shift": 1, "visited": [0, 2]}}
    everywhere = {**visited, "scene": visited["scene"] | {"visited": list(range(17))}}
    average = {**steady, "scene": steady["scene"] | {"operation": "avg", "window": 8, "stride": 8}}
    found = [one["progress"] for one in opened([visited, half, everywhere, steady, average])]
    assert [(one["met"], one["of"]) for one in found] == [(0, 16), (2, 16), (16, 16), (0, 1), (1, 1)]


def test_a_share_may_be_asked_of_one_shift_wherever_the_reader_has_slid():
    asked = [guess("?", "changed", {"source": "camera", "shift": 2}, **given) for given in ({}, {"shift": 1})]
    here, at_one = (one["truth"] for one in opened(asked))
    assert here == 0 and at_one == pytest.approx(100 * Slide(source="camera", shift=1).change["changed"])


def test_a_curve_may_be_asked_of_the_outputs_left_where_they_are_and_a_height_in_three_words():
    scene = {"source": "camera", "operation": "max", "window": 2, "stride": 2, "shift": 0}
    asked = [guess("?", "curve", scene, left=True)]
    asked += [guess("?", "height", scene | {"operation": kind}, beside="max") for kind in ("max", "max_blur", "avg")]
    asked += [guess("?", "height", scene, beside=kind) for kind in ("subsample",)]
    left, *heights = (one["truth"] for one in opened(asked))
    assert left == pytest.approx([Slide(source="camera", shift=shift).change["still"] for shift in range(1, 17)])
    most = {kind: highest(Slide(source="camera", operation=kind)) for kind in ("max", "max_blur", "avg", "subsample")}
    ratios = [most[kind] / most["max"] for kind in ("max", "max_blur", "avg")] + [most["max"] / most["subsample"]]
    assert heights == ["> 90 %" if r > 0.9 else "50–90 %" if r >= 0.5 else "< 50 %" for r in ratios]
    assert len(set(heights)) == 2, ratios


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(tasks=[guess("?", "size")]), ("tasks[0]['guess']='size'", "'curve'")),
        (dict(tasks=[goal("?", "steady", {"dilation": 2})]), ("'dilation'", "'stride'")),
        (dict(operation="median"), ("operation='median'", "'max_blur'")),
        (dict(window=0), ("window=0", "from 1 to 8")),
        (dict(stride=9), ("stride=9", "from 1 to 8")),
        (dict(stride=True), ("stride=True", "from 1 to 8")),
        (dict(shift=17), ("shift=17", "from 0 to 16")),
        (dict(shift=-1), ("shift=-1", "from 0 to 16")),
        (dict(source="dog"), ("source='dog'", "'camera'")),
        (dict(images={}), ("images={}", "give at least one")),
        (dict(images={"small": np.zeros((32, 32), np.uint8)}), ("'small'", "(32, 32)", "(64, 64)")),
        (dict(images={"float": np.zeros((64, 64))}), ("'float'", "uint8")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        Slide(**settings)
    assert all(word in str(error.value) for word in words), error.value
