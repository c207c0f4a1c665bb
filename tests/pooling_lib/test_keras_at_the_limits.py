"""Tests of the Keras layers where arithmetic ends: infinities, NaN, sums that overflow, a power of 0, empty batches.

There a layer does what the function of `pooling_lib` does that it is named after.
"""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import itertools  # noqa: E402
import math  # noqa: E402
from decimal import Decimal, localcontext  # noqa: E402

import numpy as np  # noqa: E402
import pytest  # noqa: E402

import pooling_lib  # noqa: E402

tf = pytest.importorskip("tensorflow")

from pooling_lib import keras_layers as kl  # noqa: E402

inf, nan = math.inf, math.nan

# Each layer with its settings, and the function it is named after. A function takes the same settings.
LAYERS = {
    "min": (kl.MinPooling, {}, pooling_lib.min_pool),
    "max": (kl.MaskedMaxPooling, {}, pooling_lib.max_pool),
    "sum": (kl.SumPooling, {}, pooling_lib.sum_pool),
    "average": (kl.MaskedAveragePooling, {}, pooling_lib.avg_pool),
    "l1": (kl.LpPooling, {"p": 1}, pooling_lib.lp_pool),
    "l2": (kl.LpPooling, {"p": 2}, pooling_lib.lp_pool),
    "l10^40": (kl.LpPooling, {"p": 10**40}, pooling_lib.lp_pool),
    "linf": (kl.LpPooling, {"p": inf}, pooling_lib.lp_pool),
    "power 3": (kl.PowerMeanPooling, {"p": 3.0}, pooling_lib.power_mean_pool),
    "power -1": (kl.PowerMeanPooling, {"p": -1.0}, pooling_lib.power_mean_pool),
    "soft": (kl.SoftPooling, {}, pooling_lib.soft_pool),
    "soft hot": (kl.SoftPooling, {"temperature": 1e300}, pooling_lib.soft_pool),
    "soft cold": (kl.SoftPooling, {"temperature": 1e-300}, pooling_lib.soft_pool),
    "soft mean": (kl.SoftPooling, {"temperature": inf}, pooling_lib.soft_pool),
    "stochastic": (kl.StochasticPooling, {}, pooling_lib.stochastic_pool),
    "mixed": (kl.MixedPooling, {"mix": 0.25}, pooling_lib.mixed_pool),
    "mixed, all mean": (kl.MixedPooling, {"mix": 0}, pooling_lib.mixed_pool),
    "mixed, all max": (kl.MixedPooling, {"mix": 1}, pooling_lib.mixed_pool),
    "blur": (kl.BlurPooling, {}, pooling_lib.blur_pool),
    "max blur": (kl.MaxBlurPooling, {"blur": 2}, pooling_lib.max_blur_pool),
}

ROWS = [
    [2, -3, 1],
    [0, 0, 0],
    [1, 4, 4],
    [0, 5, 1],
    [inf, 5, 1],
    [5, inf, inf],
    [inf, inf, inf],
    [-inf, 5, 1],
    [5, -inf, -inf],
    [-inf, -inf, -inf],
    [-inf, inf, 1],
    [nan, 5, 1],
    [5, 1, nan],
    [nan, inf, 1],
    [-inf, nan, inf],
]


def line(*values, dtype="float32"):
    return np.array(values, dtype).reshape(1, -1, 1)


def rows(name):
    """What the function of that name takes, as (N, L, C)."""
    x = np.array(ROWS, float)[..., None]
    if "power" in name or name == "stochastic":
        x = x[~(x < 0).any((1, 2))]
    return x[np.isfinite(x).all((1, 2))] if name == "stochastic" else x


def value_and_gradient(layer, x, **how):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, **how)
    return y.numpy(), tape.gradient(y, x).numpy()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", LAYERS)
def test_what_is_not_finite_is_pooled_as_by_the_function(name, dtype):
    make, own, function = LAYERS[name]
    more = {"epsilon": 1e-30} if "power" in name else {}
    x = rows(name)
    for size, padding in [(1, "valid"), (2, "valid"), (2, "same")]:
        y, dx = value_and_gradient(make(size, 1, padding, dtype=dtype, **own, **more), x.astype(dtype))
        with np.errstate(all="ignore"):
            expected = function(x, size, 1, padding, axes=(1,), **own)
        np.testing.assert_allclose(y, expected, rtol=1e-5, atol=1e-12)
        assert np.isfinite(dx[~np.isnan(x).any((1, 2))]).all()


def test_the_other_layers_do_as_their_functions():
    x = np.array(ROWS, "float32")[..., None]
    np.testing.assert_array_equal(kl.SpatialPyramidPooling((2, 1))(x), pooling_lib.pyramid_pool(x, (2, 1), axes=(1,)))
    np.testing.assert_allclose(kl.GlobalLpPooling()(x), pooling_lib.global_lp_pool(x, axes=(1,)), rtol=1e-6)
    indices = np.tile([[3], [0], [2]], (len(x), 1, 1))
    np.testing.assert_array_equal(kl.MaxUnpooling(4)([x, indices]), pooling_lib.max_unpool(x, indices, (4,), axes=(1,)))


@pytest.mark.parametrize("name", LAYERS)
def test_an_empty_batch_gives_an_empty_result(name):
    make, own, function = LAYERS[name]
    for x in (np.zeros((0, 4, 5, 2), "float32"), np.zeros((2, 4, 5, 0), "float32")):
        layer = make(2, 1, **own)
        y, dx = value_and_gradient(layer, x)
        assert y.shape == layer.compute_output_shape(x.shape) == function(x, 2, 1, **own).shape
        assert dx.shape == x.shape


def test_an_empty_batch_in_the_other_layers():
    x, indices = np.zeros((0, 4, 2), "float32"), np.zeros((0, 4, 2), int)
    assert kl.GlobalLpPooling()(x).shape == (0, 2)
    assert kl.SpatialPyramidPooling((2, 1))(x).shape == (0, 3, 2)
    assert kl.MaxUnpooling(9)([x, indices]).shape == (0, 9, 2)


@pytest.mark.parametrize("training", [False, True])
def test_sums_that_overflow_where_the_result_does_not(training):
    for dtype in ("float32", "float64"):
        big = np.finfo(dtype).max * 0.9
        for make in (
            kl.MaskedAveragePooling,
            kl.BlurPooling,
            kl.StochasticPooling,
            lambda size, **how: kl.MixedPooling(size, mix=0.5, **how),
            lambda size, **how: kl.SoftPooling(size, temperature=inf, **how),
        ):
            layer = make(3, dtype=dtype)
            how = {"training": training} if isinstance(layer, (kl.StochasticPooling, kl.MixedPooling)) else {}
            y, dx = value_and_gradient(layer, line(big, big, big, dtype=dtype), **how)
            np.testing.assert_allclose(y, big, rtol=1e-6)
            np.testing.assert_allclose(dx.sum(), 1, rtol=1e-6)
        assert kl.SumPooling(4, dtype=dtype)(line(big, big, -big, -big, dtype=dtype)).numpy().item() == 0
        assert kl.SumPooling(2, dtype=dtype)(line(big, big, dtype=dtype)).numpy().item() == inf


def test_large_elements_are_drawn_in_proportion_too():
    x = np.tile(line(1e38, 3e38), (2000, 1, 1))
    y = kl.StochasticPooling(2, seed=0)(x, training=True).numpy()
    assert abs((y == np.float32(3e38)).mean() - 0.75) < 5 * math.sqrt(0.25 * 0.75 / 2000)
    assert set(kl.StochasticPooling(2, seed=0)(np.tile(line(5, inf), (9, 1, 1)), training=True).numpy().flat) == {inf}
    assert np.isnan(kl.StochasticPooling(3, seed=0)(line(1, nan, 2), training=True)).all()


def test_a_draw_of_maximum_or_mean_leaves_the_other_out():
    x = np.tile(line(-inf, 5), (40, 1, 1))
    y, dx = value_and_gradient(lambda x: kl.MixedPooling(2, seed=3)(x, training=True), x)
    assert set(y.flat) == {5, -inf} and np.isfinite(dx).all()


@pytest.mark.parametrize("compiled", [False, True])
def test_zeros_have_no_sign(compiled):
    layer = tf.function(kl.MinPooling(2), jit_compile=compiled)
    assert not np.signbit(layer(np.zeros((1, 4, 1), "float32"))).any()


def test_a_blur_of_many_elements_has_weights_for_all_of_them():
    for size in (201, 1031):  # the outer weights are too small for a float32, and for any float
        x = np.ones((1, size, 1), "float32")
        np.testing.assert_allclose(kl.BlurPooling(size)(x), 1, rtol=1e-5)
        x[0, 0] = inf
        assert kl.BlurPooling(size)(x).numpy().item() == inf
        only_the_first = np.arange(size)[None] == 0
        x[0, 0] = 7
        assert kl.BlurPooling(size)(x, mask=only_the_first).numpy().item() == 7


def power_mean(x, p):
    """The power mean of numbers, and its slope by p, in 60 digits."""
    with localcontext() as digits:
        digits.prec = 60
        logs, p, step = [Decimal(float(number)).ln() for number in x], Decimal(float(p)), Decimal("1e-20")

        def at(p):
            mean = sum(logs) / len(x) if p == 0 else (sum((p * log).exp() for log in logs) / len(x)).ln() / p
            return mean.exp()

        return float(at(p)), float((at(p + 2 * step) - at(p - 2 * step)) / (4 * step))


@pytest.mark.parametrize("p", [0, 1e-12, -1e-12, 1e-8, 1e-6, -1e-3, 0.05, 0.3, -2, 9])
def test_a_power_near_0_keeps_its_digits_and_those_of_its_gradient(p):
    for dtype, rounding in [("float32", 1e-5), ("float64", 1e-12)]:
        for numbers in ([1, 4], [0.001, 0.5, 3, 20, 700], [3, 3]):
            x, layer = line(*numbers, dtype=dtype), kl.PowerMeanPooling(len(numbers), dtype=dtype)
            layer.power.assign(p)
            with tf.GradientTape() as tape:
                y = layer(x)
            found = y.numpy().item(), tape.gradient(y, layer.power).numpy().item()
            expected = power_mean(x.flat, layer.power.numpy())
            np.testing.assert_allclose(found, expected, rtol=rounding, atol=rounding)


def test_a_power_crosses_0_in_training():
    x = line(1, 4)
    layer = kl.PowerMeanPooling(2, p=0.01)
    for _ in range(40):
        with tf.GradientTape() as tape:
            y = layer(x)
        slope = tape.gradient(y, layer.power)
        assert 0.45 < slope < 0.5
        layer.power.assign_sub(0.0005 * slope)
    assert -0.001 < layer.power.numpy() < 0.001


def test_a_mask_of_the_wrong_shape_is_refused_even_where_the_graph_does_not_know_it():
    layer = kl.SumPooling(None)
    unknown = [tf.TensorSpec([None] * 3), tf.TensorSpec([None] * 2, tf.bool)]
    call = tf.function(lambda x, mask: layer(x, mask=mask), input_signature=unknown)
    x = np.ones((2, 3, 1), "float32")
    assert call(x, np.ones((2, 3), bool)).numpy().tolist() == [[3], [3]]
    for shape in [(1, 3), (2, 1), (2, 5), (4, 3)]:
        with pytest.raises(tf.errors.InvalidArgumentError, match="mask must have the shape"):
            call(x, np.ones(shape, bool))


WINDOWED = [make for make, *_ in LAYERS.values() if issubclass(make, kl._Windowed) and make is not kl.MaxBlurPooling]
EVERY = [*dict.fromkeys(make for make, *_ in LAYERS.values()), kl.GlobalLpPooling, kl.SpatialPyramidPooling]


@pytest.mark.parametrize("make", dict.fromkeys(WINDOWED))
def test_every_layer_refuses_a_mask_that_does_not_fit(make, refuses):
    x = np.ones((2, 4, 3), "float32")
    for shape in [(2, 5), (1, 4), (4, 4), (2, 1), (2,), (2, 4, 3)]:
        mask = np.ones(shape, bool)
        refuses(ValueError, lambda: make(2)(x, mask=mask), "mask has shape", str(shape), "(N, spatial...)")


@pytest.mark.parametrize("make", EVERY)
def test_every_layer_refuses_integers_as_its_dtype_and_an_empty_plane(make, refuses):
    for dtype in ("int32", "uint8", "bool"):
        refuses(ValueError, lambda: make(dtype=dtype), "dtype", repr(dtype), "use 'float32'")
    for shape in [(1, 0, 4, 1), (2, 4, 0, 3)]:
        refuses(ValueError, lambda: make()(np.ones(shape)), "inputs have shape", str(shape), "one element or more")


def test_unpooling_refuses_them_too(refuses):
    refuses(ValueError, lambda: kl.MaxUnpooling(3, dtype="int32"), "dtype", "'int32'", "use 'float32'")
    y, indices = np.ones((1, 0, 1)), np.ones((1, 0, 1), int)
    refuses(ValueError, lambda: kl.MaxUnpooling(3)([y, indices]), "inputs", "(1, 0, 1)", "one element or more")


@pytest.mark.parametrize("window", [*itertools.product((1, 3), repeat=2)])
def test_masks_are_lists_or_arrays_of_any_dtype(window):
    x = np.arange(12.0, dtype="float32").reshape(1, 3, 4, 1)
    mask = np.arange(12).reshape(1, 3, 4) % 3 > 0
    expected = kl.MaskedMaxPooling(window, 1)(x, mask=mask)
    for other in (mask.tolist(), mask.astype("float32"), tf.constant(mask), mask.astype("int8")):
        np.testing.assert_array_equal(kl.MaskedMaxPooling(window, 1)(x, mask=other), expected)


@pytest.mark.parametrize(
    "make, shape, said",
    [
        (lambda: kl.SpatialPyramidPooling((10**6, 1)), (1, 4, 4, 1), "levels=.*makes 1000000000001 numbers"),
        (lambda: kl.MaxUnpooling(10**6), [(1, 4, 4, 1)] * 2, "size=.*makes 1000000000000 numbers"),
    ],
    ids=["pyramid", "unpooling"],
)
def test_more_than_memory_holds_is_refused_before_it_is_made(make, shape, said):
    inputs = [np.zeros(one, "int64") for one in shape] if isinstance(shape, list) else np.zeros(shape, "float32")
    for call in (lambda: make().compute_output_shape(shape), lambda: make()(inputs)):
        with pytest.raises(ValueError, match=said):
            call()


def test_indices_that_lie_outside_are_refused_in_a_graph_before_they_are_used():
    call = tf.function(lambda y, indices: kl.MaxUnpooling(4)([y, indices]))
    for place in (-1, 4, 10**12):
        with pytest.raises(tf.errors.InvalidArgumentError, match="indices must lie from 0 to 3"):
            call(tf.ones((1, 1, 1)), tf.fill((1, 1, 1), tf.constant(place, tf.int64)))
