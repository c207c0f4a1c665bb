"""The explorer as Python sees it: its arrays, its call, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest

from pooling_book.widgets import base as widget
from pooling_book.widgets.explorer import Explorer
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
