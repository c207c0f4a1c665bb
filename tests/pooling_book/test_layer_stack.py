"""The stack calculator as Python sees it: its sizes, its receptive field, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.widgets.layer_stack import LayerStack
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
    assert filled == ["⌊(7 + 0 + 0 − 1·(3 − 1) − 1) / 2⌋ + 1 = 3", "receptive field 1 + (3 − 1)·1·1 = 3, jump 1·2 = 2"]
    row = first_row(7, [pool_of(3, 2, "same")])
    assert js("layer_stack/words.js", "it.filled(given, 'same')[0]", row) == (
        "⌈7 / 2⌉ = 4, with padding 1 before and 1 after"
    )
    look = {
        "layer": 0,
        "at": [0, 1],
        "starts": [-1, 1],
        "field": {"size": 3},
        "ways": [[[0, 1], [1, 1]], [[1, 1], [3, 2]]],
    }
    said = (
        "it.explain({ image: { rows: 7 } }, { ...given, down: new Map(given.ways[0]), across: new Map(given.ways[1]) })"
    )
    assert js("layer_stack/words.js", said, look) == (
        "Output (0, 1) of layer 1 sees rows −1 to 1 and columns 1 to 3: 3 × 3 pixels. 1 of its rows lies outside the "
        "image; 6 of its 9 pixels are there. Of the 6 pixels inside it reads 4: rows 0, 1 and columns 1, 3. "
        "From the most strongly tinted pixel 1 · 2 = 2 paths lead to it."
    )
    assert js("layer_stack/words.js", "it.explain({}, null)").startswith("No layer works with these settings")


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
