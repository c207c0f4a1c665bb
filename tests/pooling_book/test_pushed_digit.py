"""The networks in the page as Python sees them: their arithmetic against Keras, their state, and what they refuse."""

import json
import re

import numpy as np
import pytest
from weights import halved

from pooling_book.study import data
from pooling_book.study.pretrained import POOLS, Trained, trained
from pooling_book.study.tasks import shifted
from pooling_book.widgets.base import values_of
from pooling_book.widgets.pushed_digit import FARTHEST_PUSH, PushedDigit, one_of_each_class

RNG = np.random.default_rng(0)


def random(pool="max", channels=(3, 4)):
    shapes, before = [], 1
    for after in channels:
        shapes += [(3, 3, before, after), (after,)]
        before = after
    return Trained(pool, [RNG.normal(0, 0.5, shape) for shape in [*shapes, (before, 10), (10,)]])


def in_keras(network):
    """The same network, built of Keras' layers."""
    import keras

    from pooling_lib.keras_layers import MaxBlurPooling

    pools = {
        "max": lambda: keras.layers.MaxPooling2D(2, padding="same"),
        "average": lambda: keras.layers.AveragePooling2D(2, padding="same"),
        "max-blur": lambda: MaxBlurPooling(2, padding="same"),
        "subsample": lambda: keras.layers.MaxPooling2D(1, strides=2, padding="same"),
    }
    widths = [kernel.shape[3] for kernel in network.weights[:-2:2]]
    layers = [keras.layers.Conv2D(widths[0], 3, padding="same", activation="relu")]
    for width in widths[1:]:
        layers += [pools[network.pool](), keras.layers.Conv2D(width, 3, padding="same", activation="relu")]
    built = keras.Sequential(
        [keras.Input((28, 28, 1)), *layers, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10)]
    )
    built.set_weights(list(network.weights))
    return built


@pytest.mark.parametrize("pool", POOLS)
def test_the_logits_are_those_of_keras(pool):
    images = data.mnist().test_images[:50] / 255
    network = random(pool, (3, 4, 5))
    np.testing.assert_allclose(
        network.logits(images), in_keras(network)(images[..., None].astype("float32")), atol=1e-4
    )
    assert [one.shape[1:] for one in network.maps(images[:2])] == [(14, 14, 3), (7, 7, 4), (7, 7, 5)]


def test_the_networks_of_the_book_are_those_that_the_experiment_trained():
    from pooling_book.study.training import small_network

    images = data.mnist().test_images[:500:5] / 255
    for pool, network in trained().items():
        built = small_network(pool, head="global")
        built.set_weights([one.astype(np.float32) for one in network.weights])
        np.testing.assert_allclose(
            network.logits(images), built.predict_on_batch(images[..., None].astype("float32")), atol=1e-4
        )


def test_a_push_moves_the_digit_and_what_leaves_comes_back_with_it():
    for down, across in [(0, 0), (3, -2), (-8, 8)]:
        widget = PushedDigit({"one": random()}, digit=5, pushed=(down, across))
        image = one_of_each_class()[0][5]
        wanted = np.zeros_like(image)
        for row, column in np.argwhere(image):
            if 0 <= row + down < 28 and 0 <= column + across < 28:
                wanted[row + down, column + across] = image[row, column]
        np.testing.assert_array_equal(widget.x, wanted)
        widget.pushed = [0, 0]
        np.testing.assert_array_equal(widget.x, image)
    np.testing.assert_array_equal(shifted(np.ones((2, 3, 3)), 1, 0)[:, 0], 0)


def test_python_follows_what_the_page_sets():
    network = random()
    widget = PushedDigit({"one": network})
    widget.pixels, widget.digit, widget.pushed = PushedDigit({"one": network}, digit=7).pixels, 7, [1, 2]
    image = shifted(one_of_each_class()[0][7:8], 1, 2)[0]
    np.testing.assert_array_equal(widget.x, image)
    np.testing.assert_allclose(
        widget.logits["one"], Trained("max", halved(network.weights)).logits(image[None] / 255)[0], rtol=1e-5
    )
    assert widget.verdicts["one"] == widget.logits["one"].argmax()


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    widget = PushedDigit(trained(), digit=2, pushed=(0, 1), identity="here")
    state = json.loads(re.search(r'<script type="application/json">(.*?)</script>', widget.html(), re.S)[1])
    assert state == json.loads(json.dumps(widget.state())) and 'id="here"' in widget.html()
    assert len(json.dumps(state)) < 50_000
    held = [values_of(one, np.uint8).reshape(28, 28) for one in state["test"]["pixels"]]
    np.testing.assert_array_equal(held, one_of_each_class()[0])


def test_the_fallback_says_what_the_networks_read():
    widget = PushedDigit({"one": random(), "two": random("average")}, digit=3)
    assert (
        f"one {widget.verdicts['one']}, two {widget.verdicts['two']}" in widget.fallback()
        and "a handwritten 3" in widget.fallback()
    )


ODD = Trained("max", random().weights[:-2])


@pytest.mark.parametrize(
    "networks, settings, words",
    [
        ({}, {}, ("holds 0", "1 to 3")),
        (dict.fromkeys("abcd", random()), {}, ("holds 4", "1 to 3")),
        ({"one": random()}, dict(digit=10), ("digit=10", "from 0 to 9")),
        ({"one": random()}, dict(digit=True), ("digit=True", "from 0 to 9")),
        ({"one": random()}, dict(pushed=(0, FARTHEST_PUSH + 1)), ("pushed=(0, 9)", "from -8 to 8")),
        ({"one": random()}, dict(pushed=(1,)), ("pushed=(1,)", "two whole numbers")),
        ({"one": random("median")}, {}, ("'one'", "'median'", "'max-blur'")),
        ({"one": ODD}, {}, ("'one'", "(3, 10)")),
        (
            {"one": Trained("max", [np.zeros((3, 3, 2, 4)), np.zeros(4), *random().weights[-2:]])},
            {},
            ("'one'", "(3, 3, 2, 4)", "(3, 3, 1, c)"),
        ),
    ],
)
def test_errors_name_the_argument_the_value_and_the_mend(networks, settings, words):
    with pytest.raises(ValueError) as error:
        PushedDigit(networks, **settings)
    assert all(word in str(error.value) for word in words), error.value
