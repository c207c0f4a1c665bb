"""The pixels widget as Python sees it: its photo, its window, both answers, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.chapters.try02 import things_to_try
from pooling_book.widgets.page import FOLDER
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


# ---- The front end's pure parts, in Node ----

LOOK = "it.looked(given, { rows: 6, columns: 8, values: given.photo })"
WORDS = "it.explain(given), it.sums(given), given.values.map((value, n) => [it.brief(n, given.now), it.told(n, given)])"


def seen(**changes):
    """What is under the window of the front end, and what it says of that."""
    values = {"photo": PHOTO.ravel().tolist(), "window": 2, "corner": [1, 1], "edits": []} | changes
    look = js("pixel_sliders/state.js", LOOK, values)
    return look, *js("pixel_sliders/words.js", f"[{WORDS}]", look)


def test_the_front_end_sees_the_window_as_python_does():
    for window, corner, edits in [(2, [1, 1], []), (3, [2, 4], [[2, 4, 7], [0, 0, 9]]), (4, [1, 3], [[4, 6, 255]])]:
        python = PixelSliders({"steps": PHOTO}, window=window, corner=corner)
        python.edits = edits
        look, *_ = seen(window=window, corner=corner, edits=edits)
        assert look["values"] == python.patch.ravel().tolist()
        assert {"max": look["now"]["max"], "mean": look["now"]["mean"]} == python.answers


def test_a_window_left_outside_by_another_photo_is_brought_inside():
    look, *_ = seen(window=4, corner=[60, 60])
    assert look["corner"] == [2, 4]


def test_the_words_tell_a_pixel_s_room_and_what_changed():
    look, sentence, sums, words = seen()
    assert look["values"] == [45, 50, 85, 90]
    assert sentence == "From row 1, column 1: maximum 90, mean 67.5."
    assert sums == ["max(45, 50, 85, 90) = 90, from row 1, column 1", "mean = (45 + 50 + 85 + 90) / 4 = 67.5"]
    assert words[0] == [
        "room 45",
        "Row 0, column 0: may rise by 45 before the maximum notices. +1 moves the mean by 1/4.",
    ]
    falls = "Row 1, column 1: the maximum, which rises with it, and falls with it down to 85. +1 moves the mean by 1/4."
    assert words[3] == ["the max", falls]
    for edits, moved in [
        ([[1, 1, 40]], "Row 0, column 0 lowered by 5: maximum stays, mean −5 / 4 = −1.25."),
        ([[2, 2, 91]], "Row 1, column 1 raised by 1: maximum +1, mean +1 / 4 = +0.25."),
        ([[1, 1, 46], [2, 2, 93]], "2 pixels changed: maximum +3, mean +4 / 4 = +1."),
        ([[1, 1, 46], [2, 2, 89]], "2 pixels changed: maximum −1, mean stays."),
        ([[1, 1, 50], [1, 2, 45]], "The pixels only changed places: maximum stays, mean stays."),
    ]:
        assert seen(edits=edits)[1] == moved
    _, _, sums, words = seen(edits=[[2, 1, 90]])
    assert sums[0].endswith("from row 1, column 0 and 1 more") and words[2][0] == words[3][0] == "tied max"


def test_a_large_window_s_sums_and_every_sentence_are_short():
    look, sentence, sums, words = seen(window=4, edits=[[1, 1, 0], [4, 4, 255], [2, 2, 7]])
    assert sums == ["max(16 pixels) = 255, from row 3, column 3", f"mean = {look['now']['sum']} / 16 ≈ 109.19"]
    assert len(sentence.split()) <= 12 and all(len(full.split()) < 24 for _, full in words)


# ---- Tasks ----

ASK = """await import(given.file).then(({ guesses, goals }) => given.cases.map(({ photo, what, of, ...state }) => {
  const look = it.looked(state, photo);
  return what in guesses && !of.goal ? guesses[what].truth(look, of) : goals[what](look, of);
}))"""


def answers(*cases):
    """What tasks.js says of each (what, what is given, changed settings): a guess's truth, or how far a goal is."""
    own = {"photo": {"rows": 6, "columns": 8, "values": PHOTO.ravel().tolist()}, "window": 2, "corner": [1, 1]}
    given = [own | {"edits": []} | state | {"what": what, "of": of} for what, of, state in cases]
    file = (FOLDER / "pixel_sliders" / "tasks.js").as_uri()
    return js("pixel_sliders/state.js", ASK, {"file": file, "cases": given})


def test_the_truth_of_each_guess():
    found = answers(
        ("answers", {}, {}),
        ("moves", {}, {"edits": [[1, 1, 65], [2, 2, 86]]}),
        ("room", {"at": [1, 0]}, {}),
        ("room", {"at": [1, 1]}, {}),
        ("deciders", {}, {}),
        ("deciders", {}, {"edits": [[1, 1, 90]]}),
        ("moved", {}, {}),
        ("moved", {}, {"edits": [[1, 1, 50], [1, 2, 45]]}),
        ("moved", {}, {"edits": [[1, 1, 46]]}),
        ("moved", {}, {"edits": [[2, 2, 91], [1, 1, 44]]}),
        ("moved", {}, {"edits": [[2, 2, 91]]}),
    )
    assert found[:4] == [[90, 67.5], [-4, 4], 5, 0]
    assert found[4:6] == [["1, 1"], ["0, 0", "1, 1"]]
    assert found[6:] == ["none", "none", "mean", "max", "both"]


def test_how_far_each_goal_is():
    all_equal = [[1, 1, 90], [1, 2, 90], [2, 1, 90]]
    by = {"by": 20, "goal": True}
    both = {"max": 90, "mean": 68, "goal": True}
    found = answers(
        *(("equal", {}, {"edits": all_equal[:n]}) for n in range(4)),
        *(("apart", by, {"edits": edits}) for edits in ([], [[2, 2, 110]], [[2, 2, 109], [1, 1, 26]])),
        ("apart", by, {"edits": [[2, 2, 110], [1, 1, 25]]}),
        ("answers", both, {}),
        ("answers", both, {"edits": [[1, 1, 47]]}),
        ("answers", {"mean": 67.5, "goal": True}, {}),
    )
    parts = [tuple(one.values()) for one in found]
    assert parts == [(0, 3), (1, 3), (2, 3), (3, 3), (0, 20), (0, 20), (19, 20), (20, 20), (1, 2), (2, 2), (1, 1)]


def test_python_names_the_same_guesses_and_goals():
    found = js("pixel_sliders/tasks.js", "[it.guesses, it.goals].map(Object.keys)")
    assert found == [list(PixelSliders.guesses), list(PixelSliders.goals)]


def test_every_task_of_the_chapter_stands_on_a_sound_scene_and_is_open_at_first():
    photos = small_photos()
    own = PixelSliders(photos, corner=(18, 28), tasks=things_to_try).state()
    states = given_by_addresses("pixel_sliders", own, *(task["scene"] for task in things_to_try))
    cases = []
    for state, task in zip(states, things_to_try, strict=True):
        assert {key: state[key] for key in task["scene"]} == task["scene"], task["say"]
        photo = {"rows": 64, "columns": 64, "values": photos[state["source"]].ravel().tolist()}
        settings = {key: state[key] for key in ("window", "corner", "edits")}
        of = task["given"] | ({"goal": True} if "goal" in task else {})
        cases.append((task.get("guess") or task["goal"], of, settings | {"photo": photo}))
    wanted = [[0, 5], 97, [161, 115.5], ["1, 2", "2, 1"], "none", {"met": 0, "of": 20}]
    assert answers(*cases) == wanted


def test_only_what_differs_from_the_photo_is_kept_as_a_change():
    change = "it.withPixels(given, { rows: 6, columns: 8, values: given.photo }, given.pixels)"
    given = {"photo": PHOTO.ravel().tolist(), "window": 2, "corner": [1, 1], "edits": [[1, 1, 0], [5, 5, 1]]}
    assert js("pixel_sliders/state.js", change, given | {"pixels": [45, 50, 85, 99]}) == {
        "edits": [[5, 5, 1], [2, 2, 99]]
    }


def test_shuffled_pixels_change_places_unless_all_are_equal():
    for values in ([1, 2, 3, 4], [0, 0, 0, 1]):
        found = js("pixel_sliders/state.js", "it.reordered(given)", values)
        assert sorted(found) == sorted(values) and found != values
    assert js("pixel_sliders/state.js", "it.reordered(given)", [7, 7, 7, 7]) == [7, 7, 7, 7]


def test_an_address_gives_only_windows_and_changes_that_the_photo_has():
    own = PixelSliders(small_photos()).state()
    sound = {"window": 4, "corner": [60, 60], "edits": [[63, 63, 255], [0, 0, 0]], "source": "cat"}
    assert given_by_addresses("pixel_sliders", own, sound) == [own | sound]
    unsound = [
        {"window": 5},
        {"corner": [-1, 0]},
        {"edits": [[64, 0, 1]]},
        {"edits": [[0, 0, 256]]},
        {"edits": [[0, 0]]},
        {"edits": [[0, 0, 1]] * 4097},
        {"source": "photo"},
    ]
    assert given_by_addresses("pixel_sliders", own, *unsound) == [own] * len(unsound)
