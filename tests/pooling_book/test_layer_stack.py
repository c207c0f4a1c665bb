"""The stack calculator as Python sees it: its sizes, its receptive field, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.chapters.try03 import things_to_try
from pooling_book.widgets.layer_stack import LayerStack
from pooling_book.widgets.page import FOLDER
from pooling_book.widgets.photos import small_photos
from pooling_lib.geometry import output_size

GREY = {"grey": np.zeros((64, 64), np.uint8)}


def test_settings_that_are_not_said_are_those_of_a_pool_or_a_convolution():
    stack = LayerStack([{}, {"kind": "convolution", "window": 3}, {"window": 3, "padding": 1, "dilation": 2}], GREY)
    assert stack.layers == [
        {"kind": "pool", "window": 2, "stride": 2, "padding": "valid", "dilation": 1},
        {"kind": "convolution", "window": 3, "stride": 1, "padding": "valid", "dilation": 1},
        {"kind": "pool", "window": 3, "stride": 3, "padding": 1, "dilation": 2},
    ]
    assert stack.sizes == [64, 32, 30, output_size(30, 3, 3, (1, 1), 2)]


def test_sizes_and_field_follow_what_the_page_sets():
    stack = LayerStack([{}], GREY)
    assert (stack.receptive_field.size, stack.receptive_field.jump) == (2, 2)
    stack.layers = [*stack.layers, {"kind": "pool", "window": 3, "stride": 2, "padding": "same", "dilation": 1}]
    stack.layer = 1
    assert stack.sizes == [64, 32, 16]
    assert (stack.receptive_field.size, stack.receptive_field.jump, stack.receptive_field.start) == (6, 4, 0)
    stack.layer = 0
    assert stack.receptive_field.size == 2


def test_what_is_seen_is_that_of_the_chosen_output():
    stack = LayerStack([{"window": 3, "stride": 2, "padding": 1}], GREY)
    stack.selected = [0, 31]
    assert stack.seen == (range(-1, 2), range(61, 64))
    stack.selected = [99, 99]  # settings may have left it outside
    assert stack.seen == (range(61, 64), range(61, 64))


def test_a_layer_that_does_not_fit_ends_the_sizes():
    stack = LayerStack([{"window": 16}], GREY)
    stack.layers = [*stack.layers, {**stack.layers[0], "window": 5}, stack.layers[0]]
    assert stack.sizes == [64, 4]
    stack.layer = 2
    assert stack.receptive_field.size == 16
    stack.layers = [{**stack.layers[0], "window": 65}]
    assert stack.sizes == [64] and stack.receptive_field.size == 1


def test_the_readers_photo_counts():
    stack = LayerStack([{}], {"small": np.zeros((8, 8), np.uint8)})
    stack.photo = LayerStack([{}], small_photos()).images["cat"]
    stack.source = "photo"
    assert stack.sizes == [64, 32]


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    stack = LayerStack([{"padding": 1}, {"padding": "same"}], small_photos(), identity="here")
    html = stack.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])
    assert state == json.loads(json.dumps(stack.state())) and 'id="here"' in html
    assert len(json.dumps(state)) < 40_000
    assert [stack.html(), repr(stack)] == [html, "<layer_stack here>"]


def test_the_fallback_says_sizes_and_fields():
    fallback = LayerStack([{"window": 3, "stride": 2}, {}], GREY).fallback()
    assert "64 → 31, receptive field 3, jump 2" in fallback and "31 → 15, receptive field 5, jump 4" in fallback
    assert fallback.count("<img") == 1 and fallback.count("<li>") == 2


@pytest.mark.parametrize(
    "layers, images, words",
    [
        ([{"window": 65}], GREY, ["window=65", "fits nowhere", "layers[0]"]),
        ([{}, {"padding": 2}], GREY, ["padding=(2, 2)", "real element", "layers[1]"]),
        ([{"window": 0}], GREY, ["window=0", "at least 1"]),
        ([{"padding": "full"}], GREY, ["layers[0]", "'full'", "same"]),
        ([{"padding": (1, 1)}], GREY, ["layers[0]", "(1, 1)", "number"]),
        ([{"kind": "dense"}], GREY, ["layers[0]", "'dense'", "convolution"]),
        ([{}, {"size": 2}], GREY, ["layers[1]", "'size'", "window"]),
        ([], GREY, ["layers", "0", "1 to 6"]),
        ([{}] * 7, GREY, ["7", "1 to 6"]),
        ([{}], {}, ["images", "small_photos"]),
        ([{}], {"wide": np.zeros((2, 4), np.uint8)}, ["'wide'", "(2, 4)", "square"]),
        ([{}], {"float": np.zeros((4, 4))}, ["'float'", "uint8"]),
    ],
)
def test_errors_name_what_is_wrong(layers, images, words):
    with pytest.raises(ValueError) as error:
        LayerStack(layers, images)
    assert all(word in str(error.value) for word in words), error.value


def test_an_unknown_image_is_refused():
    with pytest.raises(ValueError, match="source='dog'"):
        LayerStack([{}], GREY, source="dog")


# ---- The front end's pure parts, in Node ----


def looked_at(**changes):
    """What the front end looks at in a stack of two pools on an image of 8 x 8, or null."""
    values = {"layers": [pool_of(3, 2), pool_of(2, 2)], "layer": 1, "selected": [9, 0]} | changes
    look = "it.looked(given, { rows: it.chain(8, given.layers) })"
    return js("layer_stack/state.js", f"((look) => look && {{ ...look, down: [...look.down] }})({look})", values)


def pool_of(window, stride, padding="valid"):
    return {"kind": "pool", "window": window, "stride": stride, "padding": padding, "dilation": 1}


def test_the_front_end_looks_at_the_last_layer_that_fits_and_at_an_output_inside():
    look = looked_at()
    assert (look["layer"], look["at"], look["starts"]) == (1, [0, 0], [0, 0])
    assert look["field"] == {"size": 5, "jump": 4, "start": 0}
    assert sorted(look["down"]) == [[0, 1], [1, 1], [2, 2], [3, 1], [4, 1]]
    look = looked_at(layers=[pool_of(3, 2), pool_of(9, 1)])
    assert (look["layer"], look["at"]) == (0, [2, 0])
    assert looked_at(layers=[pool_of(9, 1)]) is None


def test_another_layer_looks_at_about_the_same_place():
    kept = "it.kept(it.looked(given, { rows: it.chain(64, given.layers) }), { image: { rows: 64 } }, given.layers, 1)"
    values = {"layers": [pool_of(2, 2), pool_of(2, 2)], "layer": 0, "selected": [20, 7]}
    assert js("layer_stack/state.js", kept, values) == {"selected": [10, 3]}


def test_the_words_fill_in_the_formulas_and_say_what_is_seen():
    filled = js("layer_stack/words.js", "it.filled(given, 'valid')", first_row(7, [pool_of(3, 2)]))
    assert filled == ["⌊(7 − 3) / 2⌋ + 1 = 3", "receptive field 1 + (3 − 1)·1·1 = 3, jump 1·2 = 2"]
    row = first_row(7, [pool_of(3, 2, "same")])
    assert js("layer_stack/words.js", "it.filled(given, 'same')[0]", row) == (
        "⌈7 / 2⌉ = 4, with padding 1 before and 1 after"
    )
    layers = [pool_of(3, 2, 1), pool_of(3, 2) | {"dilation": 3}, pool_of(3, 2, 2) | {"dilation": 2}]
    rows = [first_row(7, [layer]) for layer in layers]
    assert js("layer_stack/words.js", "given.map((row) => it.filled(row, 0)[0])", rows) == [
        "⌊(7 + 1 + 1 − 3) / 2⌋ + 1 = 4",
        "⌊(7 − 3·(3 − 1) − 1) / 2⌋ + 1 = 1",
        "⌊(7 + 2 + 2 − 2·(3 − 1) − 1) / 2⌋ + 1 = 4",
    ]
    look = {
        "layer": 0,
        "at": [0, 1],
        "starts": [-1, 1],
        "field": {"size": 3},
        "ways": [[[0, 1], [1, 1]], [[1, 1], [3, 2]]],
    }
    maps = "{ ...given, down: new Map(given.ways[0]), across: new Map(given.ways[1]) }"
    said = f"[it.explain, it.paths].map((say) => say({{ image: {{ rows: 7 }} }}, {maps}))"
    assert js("layer_stack/words.js", said, look) == [
        "Output (0, 1) of layer 1 sees 3 × 3 pixels, rows −1 to 1 and columns 1 to 3; 6 of the 9 lie on the image.",
        "It reads 4 of the 6: rows 0, 1 and columns 1, 3. From the strongest tint 1 · 2 = 2 paths lead to it.",
    ]
    whole = look | {"starts": [2, 2], "ways": [[[row, 1] for row in (2, 3, 4)]] * 2}
    assert js("layer_stack/words.js", said, whole) == [
        "Output (0, 1) of layer 1 sees 3 × 3 pixels, rows 2 to 4 and columns 2 to 4.",
        "From each pixel it reads, one path leads to it.",
    ]
    assert js("layer_stack/words.js", "it.explain({}, null)").startswith("No layer works with these settings")


def test_a_layer_is_told_in_short_and_in_full():
    layers = [pool_of(2, 2), {"kind": "convolution", "window": 3, "stride": 1, "padding": "same", "dilation": 4}]
    layers += [pool_of(3, 1, 2)]
    rows = [{"placed": {"size": 64, "count": 32}}, {"error": "no"}, {"waits": 1}]
    both = "[false, true].flatMap((covered) => [it.sizes, it.named].map((say) => say(...args(say, n, covered))))"
    told = (
        "((args) => given.layers.map((layer, n) => [it.brief(layer), "
        f"...{both}]))"
        "((say, n, covered) => [...(say === it.named ? [n, given.layers[n]] : []), given.rows[n], covered])"
    )
    found = js("layer_stack/words.js", told, {"layers": layers, "rows": rows})
    name, short, full, hidden, less = zip(*found)
    assert name == ("pool 2/2", "conv 3 same d4", "pool 3 p2")
    assert short == ("64 → 32", "no fit", "waits") and hidden == ("? → ?", "no fit", "waits")
    assert full[0] == "Layer 1: pool, window 2, stride 2, padding valid, dilation 1; 64 to 32"
    assert full[1].endswith("dilation 4; does not fit") and full[2].endswith("; waits for layer 2")
    assert less[0] == "Layer 1: pool, window 2, stride 2, padding valid, dilation 1"


def first_row(size, layers):
    return js("layer_stack/state.js", "it.chain(given[0], given[1])[0]", [size, layers])


def test_presets_are_known_by_their_layers():
    found = js("layer_stack/state.js", "[...Object.values(it.PRESETS), given].map(it.presetOf)", [pool_of(2, 1)])
    assert found == [*js("layer_stack/state.js", "Object.keys(it.PRESETS)"), ""]


def test_an_address_gives_only_stacks_that_can_be_drawn():
    own = LayerStack([{}], small_photos()).state()
    sound = {"layers": [pool_of(11, 4, 5)] * 6, "layer": 5, "selected": [4, 4]}
    assert given_by_addresses("layer_stack", own, sound) == [own | sound]
    unsound = [
        {"layers": []},
        {"layers": [pool_of(2, 2)] * 7},
        {"layers": [pool_of(0, 1)]},
        {"layers": [pool_of(2, 0)]},
        {"layers": [pool_of(2, 2, "full")]},
        {"layers": [pool_of(2, 2) | {"kind": "constructor"}]},
        {"layers": [{"window": 2}]},
        {"layer": 6},
        {"source": "numbers"},
    ]
    assert given_by_addresses("layer_stack", own, *unsound) == [own] * len(unsound)


# ---- Tasks ----

ASK = """await import(given.file).then(({ guesses, goals }) => given.cases.map(({ what, of, image, ...state }) => {
  const rows = it.chain(image, state.layers), facts = { image: { rows: image }, rows, layers: state.layers };
  facts.look = it.looked(state, facts);
  return what in goals ? goals[what](facts, of) : guesses[what].truth(facts, of);
}))"""


def answers(*cases, image=64):
    """What tasks.js says of each (what, what is given, layers, selected output): a guess's truth, how far a goal is."""
    given = [
        {"what": what, "of": of, "image": image, "layers": layers, "layer": len(layers) - 1, "selected": selected}
        for what, of, layers, selected in cases
    ]
    file = (FOLDER / "layer_stack" / "tasks.js").as_uri()
    return js("layer_stack/state.js", ASK, {"file": file, "cases": given})


def test_the_truth_of_each_guess():
    two, padded = [pool_of(3, 2)] * 2, [pool_of(3, 2, 1)]
    found = answers(
        ("size", {}, two, [0, 0]),
        ("field", {}, two, [0, 0]),
        ("corners", {}, two, [0, 1]),
        ("inside", {}, two, [3, 3]),
        ("corners", {}, padded, [0, 31]),
        ("inside", {}, padded, [0, 0]),
    )
    assert found == [15, 7, ["0, 4", "6, 10"], 49, ["-1, 61", "1, 63"], 4]


def test_how_far_a_goal_is_and_that_a_stack_that_does_not_fit_reaches_nothing():
    one, both = [pool_of(2, 2)], {"size": 32, "field": 2}
    found = answers(
        ("reach", both, one, [0, 0]),
        ("reach", both | {"layers": 1}, one * 2, [0, 0]),
        ("reach", {"size": 32, "layers": 1}, one, [0, 0]),
        ("reach", {"field": 4}, [*one, pool_of(99, 1)], [0, 0]),
    )
    assert [tuple(part.values()) for part in found] == [(2, 2), (0, 2), (1, 1), (0, 1)]


def test_what_a_guess_covers():
    hidden = "['size', 'field', 'corners', 'inside'].map((what) => it.hidden({ what, over: false }))"
    assert js("layer_stack/tasks.js", hidden) == [
        ["sizes", "frame", "words"],
        ["frame", "words"],
        ["frame", "words"],
        ["words"],
    ]
    assert js("layer_stack/tasks.js", "[null, { what: 'size', over: true }].map(it.hidden)") == [[], []]


def test_a_marked_square_is_two_places_and_moves_within_its_limits():
    made = "[it.cornersOf([5, 2], [3, 9]), it.markedBy(it.cornersOf([5, 2], [3, 9])), it.markedBy(null)]"
    assert js("layer_stack/state.js", made) == [["3, 2", "5, 9"], [[3, 2], [5, 9]], None]
    nudged = "given.map(([by, grows]) => it.nudged([[3, 2], [5, 9]], by, grows, [-2, 11]))"
    ways = [[[1, -1], False], [[-99, 99], False], [[1, 1], True], [[-99, -99], True], [[99, 99], True]]
    assert js("layer_stack/state.js", nudged, ways) == [
        [[4, 1], [6, 8]],
        [[-2, 3], [0, 10]],
        [[3, 2], [6, 10]],
        [[3, 2], [3, 2]],
        [[3, 2], [10, 10]],
    ]


def test_python_names_the_same_guesses_and_goals():
    found = js("layer_stack/tasks.js", "[it.guesses, it.goals].map(Object.keys)")
    assert found == [list(LayerStack.guesses), list(LayerStack.goals)]


def test_every_task_of_the_chapter_stands_on_a_sound_scene_is_open_at_first_and_can_be_done():
    own = LayerStack([{"window": 2}], small_photos(), tasks=things_to_try).state()
    states = given_by_addresses("layer_stack", own, *(task["scene"] for task in things_to_try))
    for state, task in zip(states, things_to_try, strict=True):
        assert {key: state[key] for key in task["scene"]} == task["scene"], task["say"]
    case = lambda state, task: (task.get("guess") or task["goal"], task["given"], state["layers"], state["selected"])
    same = {"kind": "convolution", "window": 3, "stride": 1, "padding": "same", "dilation": 1}
    ways = [[pool_of(3, 2)], [pool_of(2, 2, 1)], [same, pool_of(2, 2)] * 3]  # how the goals are reached
    goals = [task for task in things_to_try if "goal" in task]
    done = [(task["goal"], task["given"], layers, [0, 0]) for task, layers in zip(goals, ways, strict=True)]
    found = answers(*map(case, states, things_to_try), *done)
    open_ = [15, {"met": 0, "of": 1}, {"met": 0, "of": 1}, 7, ["0, 4", "6, 10"], 100, {"met": 0, "of": 2}]
    assert found == [*open_, {"met": 1, "of": 1}, {"met": 1, "of": 1}, {"met": 2, "of": 2}]
