"""The small networks: what they are made of, that their fast layers are the library's, and how they are measured."""

import sys
from functools import partial

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import keras
import tensorflow as tf

from pooling_book.study import training
from pooling_book.study.cells import with_cell
from pooling_book.study.tasks import Task, shifted
from pooling_book.study.training import HEADS, POOL_LAYERS, small_network, train, under_shifts
from pooling_lib import keras_layers
from pooling_lib.cost import Conv, Dense, Flatten, GlobalPool, Pool, stack, total

SHAPE = (12, 12, 1)


@pytest.fixture(autouse=True)
def forget():
    yield
    keras.backend.clear_session()


def counted(method, shape, head, window=2, stride=2):
    """The same network for pooling_lib.cost; what a method's own pool adds in operations does not matter here."""
    layers = []
    for number, width in enumerate(training.WIDTHS):
        layers.append(Conv(width, 3, padding="same"))
        if number < 2 and not method.startswith("none"):
            layers.append(Pool("max", 1 if method == "subsample" else window, stride, "same"))
    layers += (
        [GlobalPool("average")]
        if head == "global"
        else [Conv(1, 1), Flatten()]
        if method == "none, matched"
        else [Flatten()]
    )
    return total(stack(shape, [*layers, Dense(10)]))


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("method", [method for method in POOL_LAYERS if method != "strided conv"])
def test_parameters_are_those_that_the_library_counts(method, head):
    if (method, head) == ("none, matched", "global"):
        pytest.skip("it is 'none'")
    assert small_network(method, (28, 28, 1), head=head).count_params() == counted(method, (28, 28, 1), head).parameters


@pytest.mark.parametrize("window, stride", [(3, 1), (3, 2), (4, 4)])
def test_window_and_stride_reach_the_pools(window, stride):
    network = small_network("average", (28, 28, 1), head="flatten", window=window, stride=stride)
    assert network.count_params() == counted("average", (28, 28, 1), "flatten", window, stride).parameters
    pools = [layer for layer in network.layers if isinstance(layer, keras.layers.AveragePooling2D)]
    assert [(pool.pool_size, pool.strides, pool.padding) for pool in pools] == [
        ((window, window), (stride, stride), "same")
    ] * 2


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("shape", [(28, 28, 1), (40, 40, 1), (24, 24, 1)])
def test_matched_networks_have_about_as_many_parameters(shape, head):
    pooled = small_network("max", shape, head=head).count_params()
    assert 0.85 * pooled < small_network("strided conv", shape, head=head).count_params() <= pooled
    if head == "flatten":
        assert abs(small_network("none, matched", shape, head=head).count_params() - pooled) < 0.25 * pooled
        assert small_network("none", shape, head=head).count_params() > 5 * pooled


def test_there_is_one_linear_layer_at_the_end_and_a_relu_after_every_other():
    network = small_network("strided conv", SHAPE, head="flatten")
    weighted = [layer for layer in network.layers if isinstance(layer, (keras.layers.Conv2D, keras.layers.Dense))]
    assert [layer.activation.__name__ for layer in weighted] == ["relu"] * 5 + ["linear"]
    assert network.output_shape == (None, 10)


def images(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("window, stride", [(2, 2), (3, 2), (3, 1), (2, 3)])
@pytest.mark.parametrize("side", [7, 8])
def test_the_fast_l2_pool_is_the_librarys(window, stride, side):
    x = tf.constant(images(2, side, side, 3)) * [0.0, 1, 2]
    fast, own = (
        POOL_LAYERS["L2"](window, stride, 3)[0],
        keras_layers.LpPooling(window, strides=stride, padding="same", p=2),
    )
    np.testing.assert_allclose(fast(x), own(x), rtol=1e-6, atol=1e-6)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = fast(x)
    slope = tape.gradient(y, x).numpy()
    assert np.isfinite(slope).all() and not slope[..., 0].any() and slope[..., 1].any()


def test_the_fused_stochastic_pool_hears_whether_it_is_trained():
    x = tf.constant(np.abs(images(1, 8, 8, 2)))
    fused, own = POOL_LAYERS["stochastic"](2, 2, 2)[0], keras_layers.StochasticPooling(2, strides=2, padding="same")
    np.testing.assert_allclose(fused(x, training=False), own(x, training=False), rtol=1e-5)
    drawn = [fused(x, training=True).numpy() for _ in range(3)]
    assert not np.array_equal(drawn[0], drawn[1]) or not np.array_equal(drawn[0], drawn[2])
    parts = np.moveaxis(x.numpy().reshape(1, 4, 2, 4, 2, 2), 2, 3).reshape(1, 4, 4, 4, 2)
    for values in drawn:  # each is one of its window's elements
        assert np.isclose(values[:, :, :, None], parts).any(axis=3).all()


def test_the_training_flag_reaches_the_stochastic_pool_in_a_network():
    network = small_network("stochastic", SHAPE, head="global")
    x = tf.constant(np.abs(images(2, *SHAPE)))
    still = [network(x, training=False).numpy() for _ in range(2)]
    drawn = [network(x, training=True).numpy() for _ in range(2)]
    assert np.array_equal(*still) and not np.array_equal(*drawn)
    np.testing.assert_allclose(network.predict_on_batch(x), still[0], rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("side, stride", [(8, 2), (7, 2), (5, 1)])
def test_max_and_blur_are_the_librarys_max_blur_pool(side, stride):
    x = tf.constant(images(2, side, side, 3))
    y = x
    for layer in POOL_LAYERS["max-blur"](2, stride, 3):
        y = layer(y)
    np.testing.assert_allclose(
        y, keras_layers.MaxBlurPooling(2, strides=stride, padding="same")(x), rtol=1e-5, atol=1e-6
    )


def test_subsampling_is_the_convolution_with_a_stride():
    keras.utils.set_random_seed(0)
    x = tf.constant(images(2, 9, 9, 1))
    dense = keras.layers.Conv2D(4, 3, padding="valid", activation="relu")
    every_second = POOL_LAYERS["subsample"](2, 2, 4)[0](dense(x))
    strided = keras.layers.Conv2D(4, 3, strides=2, padding="valid", activation="relu")
    strided.build(x.shape)
    strided.set_weights(dense.get_weights())
    np.testing.assert_allclose(every_second, strided(x), rtol=1e-5, atol=1e-6)


# ---- Training and measuring ----


def bars(count, seed):
    """A task that a small network learns in seconds: is the bright bar upright or lying?"""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(0, 0.1, (count, *SHAPE)), rng.integers(0, 2, count)
    for image, label in zip(x, y, strict=True):
        at = rng.integers(2, 10)
        image[(slice(None), at) if label else (at,)] += 1
    return x.astype(np.float32), y.astype(np.int32)


TASK = Task(*bars(128, 0), *bars(100, 1), 2)


def test_training_is_watched_and_the_same_again():
    curves = []
    for _ in range(2):
        keras.utils.set_random_seed(3)
        network = small_network("max", SHAPE, 2, head="global")
        curves.append(train(network, TASK, seed=3, steps=60, every=20, batch=32))
    assert len(curves[0]) == 3 and np.allclose(*curves, atol=0.05)
    assert training.accuracy(network, TASK.test_images, TASK.test_labels) == pytest.approx(curves[1][-1], abs=1e-4)
    assert curves[0][-1] > 0.7


def test_shifts_count_right_answers_and_unchanged_ones(monkeypatch):
    # A network that answers with the column of the brightest pixel.
    monkeypatch.setattr(training, "answers", lambda network, images: images[:, 0, :, 0].argmax(axis=1))
    x = np.zeros((2, 3, 8, 1), np.float32)
    x[0, 0, 1] = x[1, 0, 5] = 1
    assert under_shifts(None, x, np.array([1, 6]), [(0, 0), (0, 1), (1, 0)]) == [(0.5, 1.0), (0.5, 0.0), (0.0, 0.0)]
    assert shifted(x, 1, 0)[:, 0].max() == 0


def test_answers_come_in_batches_and_in_order():
    network = small_network("none", SHAPE, 2, head="global")
    x = images(501, *SHAPE)
    assert np.array_equal(training.answers(network, x)[-1:], network.predict_on_batch(x[-1:]).argmax(axis=1))


def test_a_step_of_each_network_is_timed_and_its_memory_measured():
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is read from /proc")
    built = {cell: partial(with_cell, "plain, global", cell, (64, 64, 1)) for cell in ("none", "max")}
    costs = training.step_costs(built, batch=32, rounds=2)
    assert list(costs) == ["none", "max"]
    assert costs["none"].ms > costs["max"].ms > 0 and costs["none"].MiB > costs["max"].MiB > 0


def test_wrong_arguments_are_refused(refuses):
    refuses(ValueError, lambda: small_network("median"), "method", "'median'", "'max'")
    refuses(ValueError, lambda: small_network("max", head="dense"), "head", "'dense'", "'global'")
    refuses(
        ValueError, lambda: small_network("strided conv", (8, 8, 1), head="global", window=40), "window", "40", "3738"
    )
