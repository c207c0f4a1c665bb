"""The nearest neighbours of a digit as Python sees them: its arrays, its state, and what it refuses."""

import json
import re

import numpy as np
import pytest

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
