"""The pixels widget as Python sees it: its photo, its window, both answers, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest

from pooling_book.widgets.photos import small_photos
from pooling_book.widgets.pixel_sliders import PixelSliders
from pooling_lib import avg_pool, max_pool

PHOTO = np.arange(48, dtype=np.uint8).reshape(6, 8) * 5


def test_patch_and_answers_are_those_of_the_window():
    for window in (2, 3, 4):
        for row in range(6 - window + 1):
            for column in range(8 - window + 1):
                pixels = PixelSliders({"steps": PHOTO}, window=window, corner=(row, column))
                np.testing.assert_array_equal(pixels.patch, PHOTO[row : row + window, column : column + window])
                assert pixels.answers == {
                    "max": max_pool(PHOTO, window, stride=1)[row, column],
                    "mean": avg_pool(PHOTO, window, stride=1)[row, column],
                }


def test_changes_of_the_page_are_in_the_photo_and_leave_the_original_alone():
    pixels = PixelSliders({"steps": PHOTO}, corner=(1, 1))
    pixels.edits = [[1, 2, 255], [5, 7, 0]]
    changed = PHOTO.copy()
    changed[1, 2], changed[5, 7] = 255, 0
    np.testing.assert_array_equal(pixels.x, changed)
    np.testing.assert_array_equal(pixels.patch, changed[1:3, 1:3])
    pixels.edits = []
    np.testing.assert_array_equal(pixels.x, PHOTO)


def test_the_readers_photo_arrives_pixel_by_pixel():
    photos = small_photos()
    pixels = PixelSliders(photos, source="cat", corner=(10, 10))
    np.testing.assert_array_equal(pixels.x, photos["cat"])
    pixels.photo, pixels.source = pixels.images["camera"], "photo"
    np.testing.assert_array_equal(pixels.x, photos["camera"])


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    pixels = PixelSliders(small_photos(), window=3, corner=(4, 5), identity="here")
    html = pixels.html()
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])
    assert state == json.loads(json.dumps(pixels.state()))
    assert (state["window"], state["corner"], state["edits"], state["source"]) == (3, [4, 5], [], "camera")
    assert 'id="here"' in html and len(json.dumps(state)) < 40_000


def test_the_output_of_a_cell_is_the_same_each_time():
    bundles = [PixelSliders(small_photos())._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["text/html"] == bundles[1]["text/html"]
    assert bundles[0]["text/plain"] == "<pixel_sliders pixels>"


def test_the_fallback_shows_photo_pixels_and_both_answers():
    fallback = PixelSliders(small_photos(), corner=(18, 28)).fallback()
    assert fallback.count("<img") == 1 and fallback.count("<table") == 1
    for words in ("rows 18 to 19, columns 28 to 29", "Maximum 172", "Mean 133.5"):
        assert words in fallback


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"images": {}}, ["images", "give at least one"]),
        ({"source": "dog"}, ["source='dog'", "steps"]),
        ({"window": 5}, ["window=5", "from 2 to 4"]),
        ({"window": 1}, ["window=1", "from 2 to 4"]),
        ({"corner": (5, 0)}, ["corner=(5, 0)", "(4, 6)"]),
        ({"corner": (0, -1)}, ["corner=(0, -1)", "(0, 0)"]),
        ({"corner": (0,)}, ["corner=(0,)"]),
        ({"images": {"steps": PHOTO / 255}}, ["images['steps']", "float64", "uint8"]),
        ({"images": {"steps": PHOTO[:3]}}, ["images['steps']", "(3, 8)", "at least 4"]),
    ],
)
def test_errors_name_argument_value_and_mend(arguments, words):
    with pytest.raises(ValueError) as error:
        PixelSliders(**{"images": {"steps": PHOTO}} | arguments)
    assert all(word in str(error.value) for word in words), error.value
