"""The nearest neighbours of a digit as Python sees them: its arrays, its state, and what it refuses."""

import json
import re

import numpy as np
import pytest
from javascript import given_by_addresses, js

from pooling_book.study import data
from pooling_book.widgets.neighbours import DIGIT_METHODS, Neighbours, images_of, letters_of, split_digits, vote
from pooling_lib import avg_pool, max_pool


def by_the_definition(x, method, window, stride):
    """Pooled form, and labels and distances of all training digits, the nearest first."""
    pool = {
        "none": lambda image: image,
        "subsample": lambda image: image[::stride, ::stride],
        "max": lambda image: max_pool(image, window, stride),
        "avg": lambda image: avg_pool(image, window, stride),
    }[method]
    training, labels = split_digits()[0]
    distances = np.array([np.sqrt(((pool(x) - pool(image.astype(int))) ** 2).sum()) for image in training])
    order = np.lexsort((np.arange(len(distances)), distances.round(9)))
    return pool(x), [(int(labels[n]), distances[n]) for n in order]


@pytest.mark.parametrize("method", DIGIT_METHODS)
@pytest.mark.parametrize("window, stride", [(1, 1), (2, 2), (3, 2), (2, 3), (8, 1)])
def test_pooled_form_and_neighbours_are_those_of_the_definition(method, window, stride):
    for digit in (0, 17, 49):
        widget = Neighbours(digit=digit, method=method, window=window, stride=stride)
        pooled, nearest = by_the_definition(widget.x, method, window, stride)
        np.testing.assert_allclose(widget.pooled, pooled)
        assert [label for label, _ in widget.neighbours] == [label for label, _ in nearest[:5]]
        np.testing.assert_allclose(
            [distance for _, distance in widget.neighbours], [distance for _, distance in nearest[:5]]
        )
        assert widget.multiplications == 400 * pooled.size


def test_the_test_digits_are_counted_by_their_verdicts():
    for settings in (dict(), dict(method="max", voters=3), dict(method="avg", window=4, stride=4)):
        widget = Neighbours(**settings)
        right = 0
        for digit, label in enumerate(widget.test["labels"]):
            one = Neighbours(digit=digit, **settings)
            right += one.verdict == int(label)
        assert widget.right == right


def test_the_digits_are_a_fixed_choice_and_none_is_on_both_sides():
    training, testing = split_digits()
    assert np.bincount(training.labels).tolist() == [40] * 10 and np.bincount(testing.labels).tolist() == [5] * 10
    images = data.digits().images
    places = lambda part: {int(np.flatnonzero((images == image).all(axis=(1, 2)))[0]) for image in part.images}
    assert not places(training) & places(testing)


def test_letters_hold_every_value():
    images = np.random.default_rng(0).integers(0, 17, (3, 8, 8))
    np.testing.assert_array_equal(images_of(letters_of(images)), images)


def test_a_vote_goes_to_the_most_frequent_and_of_equals_to_the_nearest():
    assert [vote(labels) for labels in ([4], [3, 8, 8], [8, 3, 8], [3, 8, 5], [5, 5, 1])] == [4, 8, 8, 3, 5]


def test_python_follows_what_the_page_sets():
    widget = Neighbours()
    widget.pixels = letters_of(np.eye(8, dtype=int) * 16)
    widget.digit, widget.method, widget.window, widget.stride = -1, "max", 4, 4
    np.testing.assert_array_equal(widget.pooled, [[16, 0], [0, 16]])


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    widget = Neighbours(digit=7, method="avg", window=3, stride=2, voters=3, identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', widget.html(), re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in widget.html()
    assert len(json.dumps(state)) < 40_000
    assert widget.html() == Neighbours(digit=7, method="avg", window=3, stride=2, voters=3, identity="here").html()


def test_the_fallback_shows_both_forms_and_names_the_neighbours():
    widget = Neighbours(digit=48, method="avg")
    fallback = widget.fallback()
    assert fallback.count("<table") == 2 and "What is compared, 4 × 4" in fallback
    assert fallback.count("at distance") == 5 and "an 8 at distance" in Neighbours(digit=48).fallback()


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(digit=50), ("digit=50", "from 0 to 49")),
        (dict(digit=-1), ("digit=-1", "from 0 to 49")),
        (dict(method="mean"), ("method='mean'", "'avg'")),
        (dict(window=9), ("window=9", "from 1 to 8")),
        (dict(window=2.5), ("window=2.5", "from 1 to 8")),
        (dict(stride=0), ("stride=0", "from 1 to 8")),
        (dict(stride=True), ("stride=True", "from 1 to 8")),
        (dict(voters=2), ("voters=2", "one of 1, 3")),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(settings, words):
    with pytest.raises(ValueError) as error:
        Neighbours(**settings)
    assert all(word in str(error.value) for word in words), error.value


# ---- The front end's arithmetic, state and words ----

COMPUTE = """given.cases.map(({ pixels, settings, voters }) => {
  const values = { ...settings, voters, pixels, digit: -1, pushed: [0, 0], train: given.train };
  const training = it.trained(values), query = it.features(it.readDigits(pixels)[0], values).values;
  return { ...it.looked(values, training), places: it.nearest(query, training, 5).map(({ n }) => n) };
})"""


def random_query(rng, n):
    image = rng.integers(0, 17, (8, 8)) if n % 3 else rng.choice([0, 16], (8, 8))
    image = split_digits()[1].images[n % 50] if n % 2 else image
    settings = {
        "method": str(rng.choice(DIGIT_METHODS)),
        "window": int(rng.integers(1, 9)),
        "stride": int(rng.integers(1, 9)),
    }
    return {"pixels": letters_of(image), "settings": settings, "voters": int(rng.choice([1, 3]))}


def test_the_browser_finds_the_neighbours_that_numpy_finds():
    rng = np.random.default_rng(8)
    python, cases = Neighbours(), [random_query(rng, n) for n in range(120)]
    found = js("neighbours/state.js", COMPUTE, {"cases": cases, "train": python.train})
    ties = 0
    for case, answer in zip(cases, found, strict=True):
        python.pixels, python.voters = case["pixels"], case["voters"]
        python.method, python.window, python.stride = case["settings"].values()
        squares = python._squares(images_of(case["pixels"]))[0]
        ties += len(np.unique(np.sort(squares)[:6])) < 6
        assert (answer["rows"], answer["columns"]) == python.pooled.shape, case
        np.testing.assert_allclose(answer["compared"], python.pooled.ravel(), rtol=1e-12)
        assert answer["places"] == np.argsort(squares, kind="stable")[:5].tolist(), case
        assert [one["n"] for one in answer["found"]] == answer["places"]
        distances = [one["distance"] for one in answer["found"]]
        np.testing.assert_allclose(distances, [distance for _, distance in python.neighbours], rtol=1e-12)
        voted = vote([label for label, _ in python.neighbours[: python.voters]])
        assert int(answer["verdict"]) == python.verdict == voted, case
    assert ties > 10, "ties are what such a comparison is most likely to get wrong"


def test_the_browser_counts_the_right_verdicts_as_python_does():
    chosen = [dict(), dict(method="max", voters=3), dict(method="avg", window=4, stride=4), dict(method="subsample")]
    score = "given.map((values) => it.scored(values, it.trained(values)))"
    found = js("neighbours/state.js", score, [Neighbours(**settings).state() for settings in chosen])
    assert found == [{"right": Neighbours(**settings).right, "of": 50} for settings in chosen]


def changed(expression, widget, **more):
    """What a function of state.js makes of a widget's settings."""
    return js("neighbours/state.js", f"(({{ values }}) => it.{expression})(given)", {"values": widget.state() | more})


def test_test_digits_go_round_and_begin_anew_after_the_readers_own():
    widget = Neighbours(digit=49)
    for by, more, wanted in [(1, {}, 0), (-1, {}, 48), (1, {"digit": -1}, 0), (-1, {"digit": -1}, 49)]:
        found = changed(f"following(values, {by})", widget, **more)
        assert found == {"digit": wanted, "pixels": Neighbours(digit=wanted).pixels, "pushed": [0, 0]}


def test_a_push_moves_the_ink_and_ends_where_none_is_left():
    widget = Neighbours(digit=8)
    found = changed("pushedBy(values, 1, -2)", widget, pushed=[3, 0])
    after = np.zeros((8, 8), int)
    after[1:, :-2] = widget.x[:-1, 2:]
    assert found == {"pixels": letters_of(after), "pushed": [4, -2]}
    assert changed("pushedBy(values, -1, 0)", widget, pixels="a" * 64, pushed=[-8, 0])["pushed"] == [-8, 0]


def test_what_the_reader_paints_is_the_readers_own():
    widget = Neighbours(digit=8)
    empty = {"digit": -1, "pixels": "a" * 64, "pushed": [0, 0]}
    assert changed("emptied()", widget) == empty
    dot = changed("painted(values, [2.5, 3.5])", widget, **empty)
    image = images_of(dot["pixels"])[0]
    assert image[2, 3] == 16 and image[2, 4] == image[1, 3] == 8 and (image > 0).sum() == 9 - 4 * (image[1, 2] == 0)
    toggled = changed("toggled(values, [2, 3])", widget, **dot)
    assert images_of(toggled["pixels"])[0][2, 3] == 0 and toggled["digit"] == -1
    assert changed("toggled(values, [2, 3])", widget, **toggled) == dot


STATE_KEYS = ("digit", "pixels", "pushed", "method", "window", "stride", "voters")


def test_what_a_reader_makes_comes_back_and_nothing_else_does():
    state = json.loads(json.dumps(Neighbours(digit=8, method="max").state()))
    other = Neighbours(digit=9).pixels
    gone = letters_of(np.vstack([np.zeros((1, 8), int), images_of(state["pixels"])[0][:-1]]))
    sound = [
        {"digit": 9, "pixels": other},
        {"digit": -1, "pixels": "q" * 64, "method": "avg", "window": 8, "stride": 1, "voters": 3},
        {"pixels": gone, "pushed": [1, 0]},
        {"pixels": "a" * 64, "pushed": [0, 8]},
    ]
    assert given_by_addresses("neighbours", state, *sound) == [state | one for one in sound]
    hostile = {
        "digit": [50, -2, 1.5, "8", None, [8]],
        "pixels": ["q" * 63, "r" * 64, "A" * 64, "", 3, None, ["a"] * 64],
        "pushed": [[9, 0], [0], [0.5, 0], "00", None],
        "method": ["mean", "constructor", "__proto__", None],
        "window": [0, 9, 2.5, "2", [2, 2]],
        "stride": [0, 1e9],
        "voters": [2, "3", True, None],
    }
    assert hostile.keys() == set(STATE_KEYS)
    givens = [{key: value} for key, values in hostile.items() for value in values]
    # Pixels that are not the digit's, under its label; the same where the digit is pushed elsewhere.
    givens += [{"digit": 9}, {"pixels": other}, {"pixels": "q" * 64}, {"pixels": gone}, {"pushed": [1, 0]}]
    assert given_by_addresses("neighbours", state, *givens) == [state] * len(givens)


LOOK = {
    "image": [1],
    "label": "3",
    "pushed": [0, 0],
    "compared": [1, 2, 3, 4.5],
    "found": [{"label": "8", "distance": 2.5, "compared": [0, 0, 1.5, 0]}, {"label": "3"}, {"label": "5"}],
    "voters": 1,
    "verdict": "8",
    "training": 400,
}
SUM = "√(1² + 2² + 1.5² + …) = 2.5: 4 of the 4 numbers differ."


@pytest.mark.parametrize(
    "changes, words",
    [
        ({}, f"This 3 is taken for an 8, which is wrong. The nearest is an 8 at distance {SUM}"),
        (
            {"label": None, "voters": 3, "verdict": "3", "pushed": [-2, 1]},
            "Your digit, pushed 2 up and 1 to the right, is taken for a 3. "
            f"The three nearest are 8, 3, 5. The nearest is an 8 at distance {SUM}",
        ),
        (
            {"compared": [0, 0, 1.5, 0], "verdict": "3"},
            "This 3 is taken for a 3, which is right. The nearest is an 8 at distance 0: 0 of the 4 numbers differ.",
        ),
        (
            {"compared": [1], "found": [{"label": "3", "distance": 0, "compared": [1]}]},
            "This 3 is taken for an 8, which is wrong. The nearest is a 3 at distance 0: the one number is the same.",
        ),
        ({"image": [0, 0]}, "The grid is empty: there is no digit to read."),
    ],
)
def test_the_sentence_says_verdict_and_distance(changes, words):
    assert js("neighbours/words.js", "it.explain(given)", LOOK | changes) == words


def test_the_score_and_the_cursor_are_said():
    said = "[it.scoreOf({ right: 7, of: 50 }, given), it.placeOf([0, 0], given)]"
    assert js("neighbours/words.js", said, LOOK) == [
        "With these settings 7 of the 50 test digits are right, at 400 × 4 = 1,600 multiplications for each.",
        "Row 0, column 0: 1",
    ]
