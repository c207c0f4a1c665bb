"""The explorer as Python sees it: its arrays, its call, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.widgets import base as widget
from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.page import FOLDER
from pooling_book.widgets.photos import small_photos
from pooling_lib import avg_pool, max_pool


def state_of(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])


def test_y_is_what_the_call_computes():
    for settings in [
        dict(),
        dict(operation="avg", window=3, stride=1, padding="same"),
        dict(operation="avg", window=(2, 3), padding=[(1, 0), (0, 2)], count_include_pad=True),
        dict(window=2, dilation=2, stride=3, ceil_mode=True),
    ]:
        explorer = Explorer(**settings)
        computed = eval(explorer.call, {"max_pool": max_pool, "avg_pool": avg_pool, "x": explorer.x})
        np.testing.assert_array_equal(explorer.y, computed)


def test_y_follows_what_the_page_sets():
    explorer = Explorer()
    explorer.operation, explorer.window, explorer.stride = "avg", [3, 3], [1, 1]
    np.testing.assert_array_equal(explorer.y, avg_pool(explorer.x, 3, 1))
    explorer.numbers = "1 nan\n-inf 4"
    explorer.window = explorer.stride = [1, 1]
    np.testing.assert_array_equal(explorer.y, [[1, np.nan], [-np.inf, 4]])


def test_an_image_and_the_readers_photo_arrive_pixel_by_pixel():
    photos = small_photos()
    explorer = Explorer(images=photos, source="cat")
    np.testing.assert_array_equal(explorer.x, photos["cat"])
    explorer.photo = explorer.images["camera"]
    explorer.source = "photo"
    np.testing.assert_array_equal(explorer.x, photos["camera"])


def test_the_state_in_the_page_is_that_of_the_widget():
    explorer = Explorer(images=small_photos(), window=(3, 2), padding=[(1, 1), (0, 0)], covered=True, identity="here")
    state = state_of(explorer.html())
    assert state == json.loads(json.dumps(explorer.state()))
    assert state["window"] == [3, 2] and state["padding"] == [[1, 1], [0, 0]] and state["covered"]
    assert 'id="here"' in explorer.html()


def test_a_script_end_in_the_state_does_not_end_the_state():
    page = widget.html("quiz", {"text": "</script><b>"}, "", "here")
    assert page.count("</script>") == 1 and state_of(page) == {"text": "</script><b>"}


def test_the_output_of_a_cell_is_the_same_each_time():
    bundles = [Explorer(images=small_photos())._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["text/html"] == bundles[1]["text/html"]
    assert bundles[0]["text/plain"] == bundles[1]["text/plain"] == "<explorer explorer>"
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


def test_the_fallback_shows_input_and_output():
    numbers, photo = (
        Explorer(padding="same", window=3).fallback(),
        Explorer(images=small_photos(), source="cat").fallback(),
    )
    assert numbers.count("<table") == 2 and 'max_pool(x, window=3, padding="same")' in numbers.replace("&quot;", '"')
    assert photo.count("<img") == 2


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(window=9), ["window=9", "fits nowhere"]),
        (dict(source="dog"), ["source='dog'", "numbers"]),
        (dict(numbers="1 2\n3"), ["numbers", "one length"]),
        (dict(numbers="1 two"), ["numbers", "two"]),
        (dict(images={"grey": np.zeros((2, 2))}), ["images['grey']", "float64", "uint8"]),
        (dict(padding="full"), ["padding='full'"]),
    ],
)
def test_errors_come_from_python_and_name_what_is_wrong(settings, words):
    with pytest.raises(ValueError) as error:
        Explorer(**settings)
    assert all(word in str(error.value) for word in words)


# ---- The front end's pure parts, in Node ----

SAID = """given.map(({ at, element, ...values }) => {
  const scene = state.pooled(values);
  return [it.call(values), it.explain(values, scene, at), it.explainElement(scene, element)];
})"""


def said(*asked):
    """What the explorer says with these settings: its call, an output, an element of the input."""
    asked = [Explorer(**settings).state() | {"at": at, "element": element} for settings, at, element in asked]
    state = json.dumps((FOLDER / "explorer" / "state.js").as_uri())
    return js("explorer/words.js", f"await import({state}).then((state) => {SAID})", asked)


def test_the_words_spell_out_an_output_and_name_the_readers_of_an_element():
    numbers = "1 -2 3\n4 nan 6\n7 8 9"
    assert said(
        ({}, (1, 2), (0, 0)),
        ({"numbers": "1 -2\n3 4", "operation": "avg", "stride": 1}, (0, 0), (1, 1)),
        ({"numbers": numbers, "window": 1, "operation": "avg"}, (0, 1), (9, 9)),
        ({"numbers": numbers, "window": 2, "stride": 2, "padding": [(1, 0), (1, 0)]}, (0, 0), (1, 1)),
        ({"numbers": numbers, "operation": "avg", "padding": [(1, 0), (1, 0)]}, (0, 0), (2, 2)),
        ({"numbers": numbers, "stride": 3, "ceil_mode": True, "window": 2}, (0, 0), (2, 1)),
        ({"numbers": numbers, "window": 2, "stride": 1, "dilation": 2}, (0, 0), (1, 1)),
    ) == [
        [
            "max_pool(x, window=2)",
            "Output (1, 2): max(−2, 3, −6, 4) = 4, at row 3, column 5.",
            "Element (0, 0), 3, is read by output (0, 0).",
        ],
        [
            "avg_pool(x, window=2, stride=1)",
            "Output (0, 0): (1 − 2 + 3 + 4) / 4 = 6 / 4 = 1.5.",
            "Element (1, 1), 4, is read by output (0, 0).",
        ],
        ["avg_pool(x, window=1)", "Output (0, 1): −2 / 1 = −2.", ""],
        [
            "max_pool(x, window=2, padding=[(1, 0), (1, 0)])",
            "Output (0, 0): max(−∞, −∞, −∞, 1) = 1, at row 0, column 0.",
            "Element (1, 1), NaN, is read by output (1, 1).",
        ],
        [
            "avg_pool(x, window=2, padding=[(1, 0), (1, 0)])",
            "Output (0, 0): 1 / 1 = 1. (3 of padding not counted.)",
            "Element (2, 2), 9, is read by output (1, 1).",
        ],
        [
            "max_pool(x, window=2, stride=3, ceil_mode=True)",
            "Output (0, 0): max(1, −2, 4, NaN) = NaN, at row 1, column 1.",
            "Element (2, 1), 8, is read by no window.",
        ],
        [
            "max_pool(x, window=2, stride=1, dilation=2)",
            "Output (0, 0): max(1, 3, 7, 9) = 9, at row 2, column 2.",
            "Element (1, 1), NaN, is read by no window.",
        ],
    ]


def test_long_lists_are_cut_short_in_the_middle():
    [[_, output, element]] = said(
        ({"window": 5, "stride": 1, "padding": "same", "operation": "avg", "count_include_pad": True}, (3, 3), (3, 3))
    )
    terms = re.search(r"\((.*)\) / 25 = ", output.partition(": ")[2])[1].split()
    assert len([term for term in terms if term not in "+−"]) == 11 and "…" in terms
    assert element.count("(") == 1 + 6 and "…, (5, 5)." in element


def test_the_front_end_writes_the_call_that_python_writes():
    cases = [
        dict(),
        dict(window=(3, 2), stride=1, padding="same", dilation=(1, 2)),
        dict(operation="avg", window=3, padding=[(1, 0), (0, 2)], count_include_pad=True),
        dict(window=2, dilation=2, stride=3, ceil_mode=True, count_include_pad=True),
    ]
    states = [Explorer(**settings).state() for settings in cases]
    assert js("explorer/words.js", "given.map(it.call)", states) == [Explorer(**settings).call for settings in cases]


def test_a_window_pulled_by_its_corner_is_as_large_as_fits():
    placed = [{"dilation": 1, "size": 6, "before": 1, "after": 0}, {"dilation": 2, "size": 6, "before": 0, "after": 0}]
    pulled = lambda padding, apart: js(
        "explorer/state.js",
        "it.pulled({ padding: given.padding }, given.placed, [0, 0], [99, 4.2], given.apart)",
        {"placed": placed, "padding": padding, "apart": apart},
    )
    assert pulled("valid", True) == [7, 3]
    assert pulled("valid", False) == [7, 7]
    assert pulled("same", True) == [6, 3]


def test_the_output_is_stepped_through_round_and_round():
    steps = "[[0, 0, 1], [0, 2, 1], [1, 2, 1], [0, 0, -1]]"
    found = js("explorer/state.js", f"{steps}.map(([i, j, by]) => it.stepped([i, j], by, {{ rows: 2, columns: 3 }}))")
    assert found == [[0, 1], [1, 0], [0, 0], [1, 2]]


def test_an_address_gives_only_what_the_explorer_can_show():
    own = Explorer(images=small_photos()).state()
    sound = {"source": "cat", "numbers": "nan -inf\n1 2", "padding": [[0, 9], [1, 1]], "selected": [4096, 0]}
    assert given_by_addresses("explorer", own, sound) == [own | sound]
    unsound = [
        {"source": "photo"},
        {"numbers": "9 " * 901},
        {"numbers": "one"},
        {"padding": [[0, 10], [0, 0]]},
        {"window": [17, 1]},
        {"dilation": [5, 1]},
        {"selected": [-1, 0]},
    ]
    assert given_by_addresses("explorer", own, *unsound) == [own] * len(unsound)
