"""The kit's settings without a browser: what may join a state, what goes into an address and comes out of it."""

from pathlib import Path

import pytest
from javascript import js

SETTINGS = """{
  photo: it.isPhoto,
  source: it.isSource("numbers"),
  window: it.isPair(1, 16),
  ceil_mode: it.isFlag,
  layers: it.isList(it.isRecord({ kind: it.isOneOf("pool", "convolution"), size: it.isWhole(1, 9) }), 1, 2),
  share: it.isNumber(0, 1),
  padding: it.isEither(it.isOneOf("valid"), it.isWhole(0, 5)),
  words: it.isText(5),
}"""
STATE = {
    "images": {"cat": {}},
    "photo": None,
    "source": "numbers",
    "window": [2, 2],
    "ceil_mode": False,
    "layers": [{"kind": "pool", "size": 2}],
    "share": 0.5,
    "padding": "valid",
    "words": "",
}
PHOTO = {"rows": 64, "columns": 64, "pixels": "A" * 5462 + "=="}

SOUND = {
    "source": ["cat"],
    "window": [[1, 16], [3, 3]],
    "ceil_mode": [True],
    "layers": [[{"kind": "convolution", "size": 9}], [{"kind": "pool", "size": 1}] * 2],
    "share": [0, 1, 0.25],
    "padding": [0, 5],
    "words": ["", "hello"],
    "photo": [PHOTO],
}
HOSTILE = {
    "source": ["elsewhere", "photo", "constructor", "__proto__", 3, ["cat"], {"a": 1}, None],
    "window": [[0, 1], [1, 17], [2.5, 2], [2], [2, 2, 2], "22", {"0": 2, "1": 2, "length": 2}, [None, 2], [True, True]],
    "ceil_mode": [1, "true", None, []],
    "layers": [
        [],
        [{"kind": "pool", "size": 1}] * 3,
        [{"kind": "pool"}],
        [{"kind": "pool", "size": 1, "more": 1}],
        [[]],
    ]
    + [[None], "pool", {"kind": "pool", "size": 1}, [{"kind": "__proto__", "size": 1}], [{"kind": "pool", "size": 0}]],
    "share": [-0.1, 1.1, "0.5", None],
    "padding": ["same", 6, -1, [0], None],
    "words": ["longer", 5, ["a"], None],
    "photo": [{}, PHOTO | {"rows": 63}, PHOTO | {"pixels": "!" * 5464}, PHOTO | {"pixels": 3}, "photo", [PHOTO]],
}


def joined(*givens, agree=None):
    """The state after each of these has been given."""
    widget = f"{{ settings: {SETTINGS}{f', agree: {agree}' if agree else ''} }}"
    return js("kit/settings.js", f"given.givens.map((one) => it.joined({widget}, given.state, one))", locals_of(givens))


def locals_of(givens):
    return {"state": STATE, "givens": givens}


def test_what_is_sound_joins_the_state():
    givens = [{key: value} for key, values in SOUND.items() for value in values]
    assert joined(*givens) == [STATE | given for given in givens]


def test_what_is_hostile_is_left_by_itself():
    givens = [{key: value, "words": "still"} for key, values in HOSTILE.items() if key != "words" for value in values]
    assert joined(*givens) == [STATE | {"words": "still"}] * len(givens)
    assert joined(*({"words": value} for value in HOSTILE["words"])) == [STATE] * len(HOSTILE["words"])


def test_what_no_widget_declares_is_left():
    assert joined({"images": {}, "unheard": 1, "__proto__": {"window": [3, 3]}}) == [STATE]


def test_a_photo_may_be_the_source_once_it_is_there():
    assert joined({"photo": PHOTO, "source": "photo"}) == [STATE | {"photo": PHOTO, "source": "photo"}]


@pytest.mark.parametrize("agree", ["(state) => state.window[0] < 3", "(state) => state.nothing.at(0)"])
def test_settings_that_do_not_agree_are_left_together(agree):
    assert joined({"window": [3, 3], "ceil_mode": True}, agree=agree) == [STATE]


def test_an_address_gives_back_what_was_put_into_it():
    state = STATE | {"photo": PHOTO, "source": "photo", "window": [3, 2], "words": "a&b=é"}
    there = f"const widget = {{ settings: {SETTINGS} }}, pairs = it.toQuery(widget, given);"
    back = "return it.fromQuery(widget, new URLSearchParams(new URLSearchParams(pairs).toString()));"
    found = js("kit/settings.js", f"(() => {{ {there} {back} }})()", state)
    # The reader's photo is not for others, so that it cannot be the source either.
    assert found == {key: value for key, value in state.items() if key not in ("images", "photo", "source")}


def test_words_of_an_address_that_are_no_json_are_left():
    query = 'new URLSearchParams("window=[3,3]&ceil_mode=tr&words=%22&photo=null&share=")'
    assert js("kit/settings.js", f"it.fromQuery({{ settings: {SETTINGS} }}, {query})") == {"window": [3, 3]}


def test_a_text_s_mark_is_another_for_another_text():
    texts = ["", "a", "b", "ab", "ba", "a" * 1000, "a" * 999 + "b"]
    assert len(set(js("kit/store.js", "given.map(it.marked)", texts))) == len(texts)


def test_a_store_that_refuses_breaks_nothing():
    ask = 'it.remember("a", 1), it.forget("a"), it.forgetAll(), it.recall("a")'
    assert js("kit/store.js", f"(delete globalThis.localStorage, [{ask}])") == [None] * 4


def test_pressed_within_reach_holds_a_box_and_beside_it_only_a_mouse_does():
    box = [{"start": 2, "span": 4}, {"start": 0, "span": 4}]
    grips = js(
        "kit/pointer.js",
        "given.at.map((at) => [it.grip(at, given.box, 1, false), it.grip(at, given.box, 1, true)])",
        {"box": box, "at": [[3, 1], [1.5, 4.5], [9, 9]]},
    )
    assert grips == [[[1, 1], [1, 1]], [[-0.5, 4.5], [-0.5, 4.5]], [[2, 2], None]]


def test_arrow_keys_lead_to_the_next_place():
    keys = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "Tab"]
    found = js("kit/pointer.js", "given.map((key) => it.arrow(key, [5, 5], 2) ?? null)", keys)
    assert found == [[3, 5], [7, 5], [5, 3], [5, 7], [0, 0], None]


@pytest.mark.parametrize(
    "low, high, count, wanted",
    [(0, 10, 5, [0, 2, 4, 6, 8, 10]), (0.13, 0.42, 3, [0.2, 0.3, 0.4]), (-3, 3, 2, [0])],
)
def test_the_ticks_of_an_axis_are_round_numbers_within_it(low, high, count, wanted):
    found = js("kit/plot.js", "it.ticks(...given)", [low, high, count])
    assert [value for value in found if value in wanted] == wanted and all(low <= value <= high for value in found)


# ---- Numbers that a reader types ----

PLANE = """(() => {
  try {
    return [...it.parsePlane(given).values].map((value) => it.show(value));
  } catch (error) {
    return error.message;
  }
})()"""


def test_typed_numbers_may_have_the_minus_that_the_book_prints():
    assert js("kit/core.js", PLANE, "−3 4\n-0.5, −inf") == ["−3", "4", "−0.5", "−∞"]


@pytest.mark.parametrize("rows, columns", [(1, 65), (65, 1), (400, 400)])
def test_a_grid_too_large_to_be_seen_is_refused_in_words(rows, columns):
    text = "\n".join(["7 " * columns] * rows)
    refusal = js("kit/core.js", PLANE, text)
    assert f"{rows} rows" in refusal and f"{columns} numbers" in refusal and "at most 64" in refusal, refusal
    assert len(js("kit/core.js", PLANE, "\n".join(["7 " * 64] * 64))) == 64 * 64


def test_the_extremes_of_very_many_numbers_are_found():
    many = "Float64Array.from({ length: 300_000 }, (_, n) => (n === 7 ? -1 : n === 9 ? Infinity : n % 5))"
    assert js("kit/core.js", f"it.extremes({many})") == [-1, 4]


# ---- Places that are marked on a picture ----


def test_a_place_that_is_marked_again_is_taken_back():
    steps = "given.reduce((guess, place) => it.withPlace(guess, place), null)"
    assert js("kit/places.js", steps, [[0, 1], [2, 10]]) == ["0, 1", "2, 10"]
    assert js("kit/places.js", steps, [[0, 1], [2, 10], [0, 1]]) == ["2, 10"]


def test_marks_show_the_truth_only_when_the_guess_is_uncovered():
    asked = {"form": "places", "guess": ["0, 1", "2, 10"]}
    marks = "it.marksOf({ ...given, truth: () => ['2, 10', '3, 3'] })"
    hidden, told = (js("kit/places.js", marks, asked | {"over": over}) for over in (False, True))
    assert hidden == [{"place": [0, 1], "mark": "guess"}, {"place": [2, 10], "mark": "guess"}]
    assert told == [
        {"place": [0, 1], "mark": "wrong"},
        {"place": [2, 10], "mark": "right"},
        {"place": [3, 3], "mark": "missed"},
    ]
    assert js("kit/places.js", "[it.marksOf(null), it.marksOf({ form: 'number' })]") == [[], []]


def test_what_pages_and_widgets_keep_has_one_prefix_so_that_it_can_be_erased_together():
    prefix = js("kit/store.js", 'it.entryOf("", "")', None).removesuffix("#")
    switches = (Path(__file__).parents[2] / "site" / "pooling_site" / "switches.js").read_text(encoding="utf-8")
    assert f"`{prefix}${{name}}`" in switches
