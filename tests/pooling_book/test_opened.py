"""The explorer that another widget opens: what it begins with, and that a widget's style sheet then holds its own."""

import json

import numpy as np
from javascript import js

from pooling_book.widgets import page
from pooling_book.widgets.base import values_of
from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.texts import grid

RNG = np.random.default_rng(3)
POOL = {"operation": "avg", "window": 3, "stride": 2, "padding": "same"}


def begun(values, given_range=None):
    rows, columns = values.shape
    plane = {"name": "0", "rows": rows, "columns": columns, "values": values.ravel().tolist()}
    given = {"plane": plane, "pool": POOL, "range": given_range}
    return js("explorer/opened.js", "it.beginning(given.plane, given.pool, given.range)", given)


def test_it_begins_with_all_that_an_explorer_holds_and_the_explorer_takes_each():
    state = begun(RNG.normal(size=(14, 14)))
    assert sorted(state) == sorted(Explorer().state()), "a new setting of the explorer needs its first value here, too"
    unsound = "Object.entries(settings).filter(([key, isSound]) => !isSound(given[key], given))"
    file = json.dumps((page.FOLDER / "explorer" / "state.js").as_uri())
    assert js("kit/core.js", f"await import({file}).then(({{ settings }}) => {unsound})", state) == []
    assert (state["operation"], state["window"], state["stride"], state["padding"]) == ("avg", [3, 3], [2, 2], "same")


def test_numbers_have_two_decimals_and_the_picture_shows_the_largest_white():
    values = RNG.normal(2, 1, (14, 12))
    state = begun(values)
    np.testing.assert_allclose(grid(state["numbers"]), values, atol=0.00501)
    assert state["source"] == "numbers"
    (image,) = state["images"].values()
    grey = values_of(image["pixels"], np.uint8).reshape(14, 12)
    assert grey.max() == 255 and (image["rows"], image["columns"]) == (14, 12)
    np.testing.assert_allclose(grey, np.clip(255 * values / values.max(), 0, 255), atol=0.51)
    i, j = np.unravel_index(values.argmax(), values.shape)
    assert state["selected"] == [i // 2, j // 2]


def test_a_large_plane_is_a_picture_first_and_its_numbers_are_those_of_a_corner():
    photo = RNG.integers(0, 200, (40, 20)).astype(float)
    state = begun(photo, [0, 255])
    assert state["source"] in state["images"]
    np.testing.assert_array_equal(values_of(state["images"][state["source"]]["pixels"], np.uint8), photo.ravel())
    np.testing.assert_array_equal(grid(state["numbers"]), photo)  # 800 numbers
    large = RNG.integers(0, 200, (64, 64)).astype(float)
    np.testing.assert_array_equal(grid(begun(large)["numbers"]), large[:30, :30])


def test_a_plane_of_nothing_is_black():
    state = begun(np.zeros((3, 3)))
    assert not values_of(next(iter(state["images"].values()))["pixels"], np.uint8).any()


def test_a_widget_that_opens_the_explorer_brings_its_style_sheet():
    own = (page.FOLDER / "explorer" / "explorer.css").read_text(encoding="utf-8")
    assert own in page.styles("pushed_digit") and own not in page.styles("slide")
