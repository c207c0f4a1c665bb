"""Tests of the backward passes: each is its definition on random cases, its forward pass's slope, and TensorFlow's."""

import os

from budget import many

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402
from pools import (  # noqa: E402
    CASES,
    GEOMETRIES,
    INF,
    KINDS,
    NAMES,
    NAN,
    ONES,
    POOLS,
    REFUSED,
    SLIDING,
    Pool,
    accepted,
    assert_gradient_is_that_of_finite_differences,
    assert_near,
    backward,
    calls,
    first,
    laid_out,
    numbers,
    strictly,
)

import pooling_lib  # noqa: E402
from pooling_lib import Reduction, naive  # noqa: E402

PLAIN = {
    "max": Pool("max_pool", dtype="kept"),
    "average": Pool("avg_pool"),
    "average over padding": Pool("avg_pool", dict(count_include_pad=True)),
}
#: Every pool with a gradient, and what it is tried on: NaN and infinities where only their order or place matters.
BACK = {
    what: pool._replace(takes={"positive": "finite"}.get(pool.takes, pool.takes))
    for what, pool in (PLAIN | POOLS).items()
}
BACK |= {what: pool._replace(takes="bounded") for what, pool in POOLS.items() if "norm" in what or "soft" in what}
GRADIENT_DTYPES = ["int16", "float16", "float32", "float64", ">f2", ">f4", ">f8"]


def gradient(rng, shape):
    """A gradient to begin with, of any dtype and layout."""
    dy = numbers(rng.choice(GRADIENT_DTYPES), rng.choice(KINDS), rng.integers(2**32), shape)
    return laid_out((dy / 8).astype(dy.dtype), rng.integers(5))  # so that no float16 sum overflows


# --- against the definition ---


@pytest.mark.parametrize("what", BACK)
@settings(max_examples=many(150))
@given(data=st.data())
def test_every_gradient_is_its_definition_on_random_cases(what, data):
    pool = BACK[what]
    how, arrays = data.draw(calls(pool))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    for x, piecewise in arrays:
        dy = gradient(rng, first(getattr(pooling_lib, pool.name)(x, **how)).shape)
        with strictly(piecewise):
            got = backward(pooling_lib, pool.name, dy, x, how)
        with np.errstate(all="ignore"):
            wide = x if pool.takes == "any" else x.astype(float)
            exact = backward(naive, pool.name, dy.astype(float), wide, how)
            bounded = np.where(np.isfinite(dy), abs(dy.astype(float)), 0)
            if "soft" in what or what == "stochastic":  # slopes of both signs
                size = 4 * bounded.max() * (1 + abs(wide).max() / how.get("temperature", 1 if "soft" in what else INF))
            else:
                size = first(backward(naive, pool.name, bounded, abs(wide) if "norm" in what else wide, how))
        floats = dy.dtype if dy.dtype.kind == "f" else np.dtype(float)
        assert_near(first(got), first(exact), floats, size, 1e-6 if floats.itemsize < 8 else 1e-12)
        if isinstance(got, tuple) and np.isfinite(dy).all():
            terms = abs(dy.astype(float)) * naive.power_mean_pool(wide, **how) / abs(how.get("p", 3))
            assert isinstance(got[1], float)
            np.testing.assert_allclose(
                got[1], exact[1], rtol=1e-11, atol=1e-11 * np.sum(terms * (1 + np.log(1 + abs(wide).max())))
            )


@settings(max_examples=many(150))
@given(calls(BACK["max"]))
def test_gathering_is_its_definition_on_random_cases(case):
    how, arrays = case
    for x, _ in arrays:
        axes, rng = how["axes"], np.random.default_rng(x.size)
        dx = gradient(rng, x.shape)
        where = rng.integers(
            np.prod([x.shape[axis] for axis in naive._axes(x.shape, axes)]),
            size=first(pooling_lib.max_pool(x, **how)).shape,
        )
        got, expected = (lib.max_unpool_backward(dx, laid_out(where, 2), axes=axes) for lib in (pooling_lib, naive))
        np.testing.assert_array_equal(got, expected, strict=True)
        assert got.flags.c_contiguous and got.flags.writeable and not np.shares_memory(got, dx)


@settings(max_examples=many(150))
@given(calls(BACK["stochastic"]))
def test_a_drawn_element_receives_its_gradient_on_random_cases(case):
    how, arrays = case
    for x, _ in arrays:
        rng = np.random.default_rng(x.size)
        y, where = pooling_lib.stochastic_pool(x, **how, rng=rng, return_indices=True)
        dy = rng.standard_normal(y.shape)
        dx = pooling_lib.max_pool_backward(dy, where, x.shape, **how)
        np.testing.assert_allclose(dx, naive.max_pool_backward(dy, where, x.shape, **how), rtol=1e-12, atol=1e-14)


# --- against the forward pass ---


@pytest.mark.parametrize("name, shape, how", CASES, ids=NAMES)
def test_the_gradient_is_that_of_finite_differences(name, shape, how):
    assert_gradient_is_that_of_finite_differences(pooling_lib, name, shape, how)


@pytest.mark.parametrize("p", [-1.5, 0.5, 3])
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_the_gradient_by_the_power_is_that_of_finite_differences(geometry, p):
    (shape, how), rng, step = GEOMETRIES[geometry], np.random.default_rng(8), 1e-5
    x = rng.permutation(np.prod(shape)).reshape(shape) / 10.0  # with a zero
    dy = rng.standard_normal(pooling_lib.power_mean_pool(x, **how).shape)
    up, down = (pooling_lib.power_mean_pool(x, **how, p=q) for q in (p + step, p - step))
    _, dp = pooling_lib.power_mean_pool_backward(dy, x, **how, p=p)
    np.testing.assert_allclose(dp, np.sum(dy * (up - down)) / (2 * step), rtol=1e-6, atol=1e-8)


NEAR_0 = [1.0, 0.1001, 0.0999, 1e-3, 1e-6, 1e-8, 1e-12, 1e-16, 1e-20, 1e-29, 1e-31, 5e-324]
ELEMENTS = {
    "two numbers": [1.0, 4.0],
    "numbers of all sizes": [1e200, 1e-200, 2.0],
    "numbers almost alike": [1e10, 1.001e10, 1e10],
    "numbers alike to six digits": [1e10, 1e10 + 1e4, 1e10],
    "many": np.random.default_rng(0).random(50),
}


@pytest.mark.parametrize("window", ELEMENTS)
@pytest.mark.parametrize("p", [sign * p for p in NEAR_0 for sign in (1, -1)])
def test_the_gradient_of_a_power_mean_keeps_its_digits_near_0(p, window):
    x = np.array(ELEMENTS[window])
    dx, dp = pooling_lib.power_mean_pool_backward([2.0], x, x.size, p=p)
    exact_dx, exact_dp = naive.power_mean_pool_backward([2.0], x, x.size, p=p)
    np.testing.assert_allclose(dx, exact_dx, rtol=1e-12)
    np.testing.assert_allclose(dp, exact_dp, rtol=1e-11)
    if abs(p) < 1e-16:
        np.testing.assert_allclose(dp, np.exp(np.mean(np.log(x))) * np.var(np.log(x)), rtol=1e-9)


def test_a_power_that_crosses_0_takes_small_steps():
    x, p = np.array([1.0, 4.0]), 3e-12
    for _ in range(3):
        p -= 5e-12 * pooling_lib.power_mean_pool_backward([1.0], x, 2, p=p)[1]
    assert -1e-11 < p < 0


LINEAR = {
    "sum": ("sum_pool", {}),
    "average": ("avg_pool", {}),
    "average over padding": ("avg_pool", dict(count_include_pad=True)),
    "blur": ("blur_pool", {}),
    "masked average": ("masked_avg_pool", {}),
}


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("what", LINEAR)
def test_the_gradient_of_a_linear_pool_is_its_transpose(what, geometry):
    (name, more), (shape, how), rng = LINEAR[what], GEOMETRIES[geometry], np.random.default_rng(1)
    more = more | (dict(mask=rng.random(shape) < 0.6) if "masked" in what else {})
    x = rng.standard_normal(shape)
    y = first(getattr(pooling_lib, name)(x, **how, **more))
    dy = rng.standard_normal(y.shape)
    np.testing.assert_allclose(np.sum(y * dy), np.sum(x * backward(pooling_lib, name, dy, x, how | more)), rtol=1e-12)


@pytest.mark.parametrize("output_size", [1, 3, (4, 7), (9, 2)])
def test_adaptive_and_global_averages_and_unpooling_are_transposed_too(output_size):
    rng = np.random.default_rng(2)
    x = rng.standard_normal((2, 5, 6, 3))
    y = pooling_lib.adaptive_avg_pool(x, output_size)
    dy = rng.standard_normal(y.shape)
    np.testing.assert_allclose(
        np.sum(y * dy), np.sum(x * pooling_lib.adaptive_avg_pool_backward(dy, x.shape)), rtol=1e-12
    )
    y = pooling_lib.global_avg_pool(x, axes=(3, 1))
    dy = rng.standard_normal(y.shape)
    np.testing.assert_allclose(
        np.sum(y * dy), np.sum(x * pooling_lib.global_avg_pool_backward(dy, x.shape, axes=(3, 1))), rtol=1e-12
    )
    _, where = pooling_lib.max_pool(x, (2, 3), return_indices=True)  # each index once
    y, dx = rng.standard_normal(where.shape), rng.standard_normal(x.shape)
    there, back = pooling_lib.max_unpool(y, where, (5, 6)), pooling_lib.max_unpool_backward(dx, where)
    np.testing.assert_allclose(np.sum(there * dx), np.sum(y * back), rtol=1e-12)


CONSERVING = [
    "max",
    "min",
    "average",
    "mixed",
    "blur",
    "max blur",
    "global max",
    "global average",
    "adaptive max",
    "adaptive average",
    "pyramid",
]


@pytest.mark.parametrize("what", CONSERVING)
@settings(max_examples=many(30))
@given(data=st.data())
def test_what_comes_in_goes_out_to_the_real_elements(what, data):
    pool = BACK[what]
    how, arrays = data.draw(calls(pool, ["float64"]))
    for x, _ in arrays:
        dy = np.random.default_rng(x.size).integers(-9, 10, first(getattr(pooling_lib, pool.name)(x, **how)).shape)
        dx = backward(pooling_lib, pool.name, dy, x, how)
        np.testing.assert_allclose(dx.sum(), dy.sum(), atol=1e-12 * (1 + abs(dy).sum()))


@pytest.mark.parametrize("what", BACK)
def test_the_gradient_is_linear_in_the_one_that_comes_in(what):
    pool, rng = BACK[what], np.random.default_rng(4)
    x = rng.random((5, 6)) + 0.1
    how = (
        accepted(pool.name, dict(window=3, stride=2, padding="same", output_size=4, mask=x > 0.3, levels=(3, 1)))
        | pool.more
    )
    one, other = rng.standard_normal((2, *first(getattr(pooling_lib, pool.name)(x, **how)).shape))
    apart, apart_too, both = (
        first(backward(pooling_lib, pool.name, dy, x, how)) for dy in (one, other, 2 * one - 3 * other)
    )
    np.testing.assert_allclose(both, 2 * apart - 3 * apart_too, atol=1e-13)


# --- against TensorFlow ---

tf = pytest.importorskip("tensorflow")


def tf_windows(kind):
    return lambda x, how: getattr(tf.nn, f"{kind}_pool2d")(x, how["window"], how["stride"], how["padding"].upper())


def tf_mean(x, how):
    return tf_windows("avg")(x, how)


def tf_sum(x, how):  # without padding
    return tf_mean(x, how) * np.prod(how["window"])


def tf_blur(x, how):
    kernel = np.outer(*([1, 2, 1][:k] if k == 3 else [1] * k for k in how["window"])).astype(float)
    kernel = np.tile((kernel / kernel.sum())[:, :, None, None], (1, 1, x.shape[-1], 1))
    stride = how["stride"][0]
    return tf.nn.depthwise_conv2d(x, kernel, [1, stride, stride, 1], "VALID")


def tf_mixed(x, how):
    return 0.3 * tf_windows("max")(x, how) + 0.7 * tf_mean(x, how)


# What each pool is in TensorFlow's words, and whether also with padding.
TENSORFLOW = {
    "max": (tf_windows("max"), True),
    "average": (tf_mean, True),
    "min": (lambda x, how: -tf_windows("max")(-x, how), True),
    "sum": (tf_sum, False),
    "1-norm": (lambda x, how: tf_sum(abs(x), how), False),
    "2-norm": (lambda x, how: tf_sum(x**2, how) ** 0.5, False),
    "3.5-norm": (lambda x, how: tf_sum(abs(x) ** 3.5, how) ** (1 / 3.5), False),
    "power mean": (lambda x, how: tf_mean(x**3, how) ** (1 / 3), True),
    "power mean below 0": (lambda x, how: tf_mean(x**-1.5, how) ** (-1 / 1.5), True),
    "soft": (lambda x, how: tf_mean(x * tf.exp(x), how) / tf_mean(tf.exp(x), how), True),
    "stochastic": (lambda x, how: tf_mean(x * x, how) / tf_mean(x, how), True),
    "mixed": (tf_mixed, True),
    "blur": (tf_blur, False),
}


@st.composite
def images(draw, padded):
    """A batch of images with ties, settings that TensorFlow knows, and whether its numbers are positive."""
    window, same = [draw(st.integers(1, 3)) for _ in "hw"], padded and draw(st.booleans())
    sizes = [k + draw(st.integers(0, 4)) for k in window]
    shape = draw(st.integers(1, 2)), *sizes, draw(st.integers(1, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x = rng.integers(-4, 5, shape) / 2 if draw(st.booleans()) else rng.standard_normal(shape)
    stride = [draw(st.integers(1, 4))] * 2
    return x, dict(window=window, stride=stride, padding="same" if same else "valid"), rng


@pytest.mark.parametrize("what", TENSORFLOW)
@settings(max_examples=many(60))
@given(data=st.data())
def test_the_gradient_is_tensorflows(what, data):
    pool, (theirs, padded) = BACK[what], TENSORFLOW[what]
    x, how, rng = data.draw(images(padded))
    if what != "max" and what != "min" and what != "mixed":
        x = x + 0.25  # no norm is 0
    x = abs(x) + 0.25 if pool.takes == "finite" else x
    with tf.GradientTape() as tape:
        tape.watch(given := tf.constant(x))
        y = theirs(given, how)
    dy = rng.standard_normal(y.shape)
    np.testing.assert_allclose(first(getattr(pooling_lib, pool.name)(x, **how, **pool.more)), y, rtol=1e-11, atol=1e-12)
    dx = first(backward(pooling_lib, pool.name, dy, x, how | pool.more))
    np.testing.assert_allclose(dx, tape.gradient(y, given, tf.constant(dy)), rtol=1e-11, atol=1e-12)


def test_the_gradient_by_the_power_is_tensorflows():
    rng, how = np.random.default_rng(5), dict(window=[3, 2], stride=[2, 2], padding="same")
    x, p = rng.random((2, 6, 7, 3)), tf.constant(2.5, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(p)
        y = tf_mean(x**p, how) ** (1 / p)
    dy = rng.standard_normal(y.shape)
    np.testing.assert_allclose(
        pooling_lib.power_mean_pool_backward(dy, x, **how, p=2.5)[1], tape.gradient(y, p, tf.constant(dy)), rtol=1e-11
    )


# --- infinities, NaN, zeros ---


@pytest.mark.parametrize("special", [INF, -INF, NAN])
def test_an_infinite_or_nan_gradient_stays_with_its_element(special):
    x = np.array([[3.0, 1, 4, 1], [5, 9, 2, 6], [5, 3, 5, 8], [9, 7, 9, 3]])
    dy = np.ones((2, 2))
    dy[1, 1] = special
    expected = np.array([[0, 0, 0, 0], [0, 1, 0, 1], [0, 0, 0, 0], [1, 0, special, 0]])
    largest = ["max_pool", "lp_pool", "global_max_pool", "adaptive_max_pool", "pyramid_pool", "masked_max_pool"]
    with np.errstate(all="raise"):
        for name in largest:
            own = {
                "max_pool": dict(window=2),
                "lp_pool": dict(window=2, p=INF),
                "adaptive_max_pool": dict(output_size=2),
                "pyramid_pool": dict(levels=[2]),
                "masked_max_pool": dict(window=2, mask=np.ones((4, 4), bool), axes=(0, 1)),
            }.get(name)
            if own:
                given = dy.ravel() if name == "pyramid_pool" else dy
                np.testing.assert_array_equal(backward(pooling_lib, name, given, x, own), expected, name)
        np.testing.assert_array_equal(pooling_lib.min_pool_backward(dy, -x, 2), expected)
        apart = np.zeros((4, 4))
        apart[2:, 2:] = special
        np.testing.assert_array_equal(
            pooling_lib.sum_pool_backward(dy - 1, (4, 4), 2), np.where(apart == 0, 0, special)
        )
        np.testing.assert_array_equal(
            pooling_lib.avg_pool_backward(dy - 1, (4, 4), 2), np.where(apart == 0, 0, special)
        )


def test_infinite_gradients_of_both_signs_meet_in_a_nan_without_a_warning():
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(pooling_lib.max_pool_backward([INF, -INF], [1, 1], (3,), 2, 1), [0, NAN, 0])
        np.testing.assert_array_equal(pooling_lib.sum_pool_backward([INF, -INF], (3,), 2, 1), [INF, NAN, -INF])
        np.testing.assert_array_equal(pooling_lib.blur_pool_backward([INF, -INF], (3,), 2, 1), [INF, NAN, -INF])
        np.testing.assert_array_equal(pooling_lib.adaptive_avg_pool_backward([INF, -INF], (3,)), [INF, NAN, -INF])
        np.testing.assert_array_equal(pooling_lib.adaptive_max_pool_backward([INF, -INF], [1, 1], (3,)), [0, NAN, 0])
        np.testing.assert_array_equal(pooling_lib.soft_pool_backward([INF, -INF], [1, 1, 1], 2, 1), [INF, NAN, -INF])


@pytest.mark.parametrize("p", [1, 2, 3.5, INF])
@pytest.mark.parametrize("dy", [1.0, INF, NAN])
def test_a_window_of_zeros_passes_no_gradient_through_a_norm(p, dy):
    with np.errstate(all="raise"):
        assert pooling_lib.lp_pool_backward([dy, 1], [0.0, -0.0, 0, 7], 2, p=p).tolist() == [0, 0, 0, 1]
        assert pooling_lib.global_lp_pool_backward(dy, np.zeros((2, 3)), p=p).tolist() == [[0] * 3] * 2


@pytest.mark.parametrize("dy", [1.0, INF, NAN])
def test_a_window_of_zeros_passes_no_gradient_through_the_others_that_divide(dy):
    with np.errstate(all="raise"):
        assert pooling_lib.stochastic_pool_backward([dy, 1], [0, 0, 0, 7], 2).tolist() == [0, 0, -1, 1]
        for p in (-2, 0.5, 1, 3):
            dx, dp = pooling_lib.power_mean_pool_backward([dy], [0, 0], 2, p=p)
            assert dx.tolist() == [0, 0] and dp == 0


def test_gradients_of_huge_and_tiny_elements_neither_overflow_nor_vanish():
    for scale in (1e300, 1e-300):
        x = scale * np.array([3.0, 4])
        np.testing.assert_allclose(pooling_lib.lp_pool_backward([5.0], x, 2), [3, 4], rtol=1e-14)
        np.testing.assert_allclose(pooling_lib.stochastic_pool_backward([49.0], x, 2), [17, 31], rtol=1e-14)
        dx, dp = pooling_lib.power_mean_pool_backward([1.0], x, 2, p=2)
        np.testing.assert_allclose(dx, np.array([3, 4]) / (2 * 12.5**0.5), rtol=1e-14)
        weights = np.array([9, 16]) / 25
        np.testing.assert_allclose(
            dp / scale, 12.5**0.5 / 2 * (weights @ np.log([3, 4]) - np.log(12.5) / 2), rtol=1e-11
        )
    np.testing.assert_allclose(pooling_lib.soft_pool_backward([1.0], [1e300, -1e300], 2), [1, 0])


def test_beside_an_infinity_nothing_has_weight():
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(pooling_lib.soft_pool_backward([2.0], [-INF, 1, 1], 3), [0, 1, 1])
        np.testing.assert_array_equal(pooling_lib.lp_pool_backward([2.0], [-INF, 1], 2), [-2, 0])


# --- ties, sums, dtypes ---


def test_of_tied_elements_the_first_in_row_major_order_receives_all():
    x = np.zeros((4, 4))
    first_of_each = np.array([[1, 0, 1, 0], [0] * 4] * 2)
    for name, more in [("min_pool", {}), ("max_pool", {}), ("mixed_pool", dict(mix=1))]:
        assert backward(pooling_lib, name, np.ones((2, 2)), x, dict(window=2) | more).tolist() == first_of_each.tolist()
    assert pooling_lib.lp_pool_backward([1.0], [-2, 2, -2], 3, p=INF).tolist() == [-1, 0, 0]
    assert pooling_lib.masked_max_pool_backward([1.0], [7, 2, 2], [False, True, True], 3).tolist() == [0, 1, 0]
    assert pooling_lib.masked_max_pool_backward([1.0], [7, -INF, -INF], [False, True, True], 3).tolist() == [0, 1, 0]
    assert pooling_lib.masked_max_pool_backward(
        [1.0], np.array([7, -128, -128], np.int8), [False, True, True], 3
    ).tolist() == [0, 1, 0]
    assert pooling_lib.masked_max_pool_backward([1.0], [-INF, NAN, NAN], [True] * 3, 3).tolist() == [0, 1, 0]
    assert pooling_lib.min_pool_backward([1.0], np.array([255, 0, 0], np.uint8), 3).tolist() == [0, 1, 0]
    assert pooling_lib.min_pool_backward([1.0], np.array([0, -128, -128], np.int8), 3).tolist() == [0, 1, 0]


@pytest.mark.parametrize("name", ["max_pool", "sum_pool", "min_pool", "adaptive_max_pool", "masked_max_pool"])
def test_float16_gradients_are_summed_in_more_precision(name):
    x = np.zeros(5001)
    x[2500] = -1 if name == "min_pool" else 1  # under all 2501 windows
    how = (
        dict(output_size=5000)
        if "adaptive" in name
        else dict(window=2501, stride=1) | (dict(mask=x >= 0) if "masked" in name else {})
    )
    dy = np.ones(first(getattr(pooling_lib, name)(x, **how)).shape, np.float16)
    dx = backward(pooling_lib, name, dy, x, how)
    assert dx.dtype == np.float16 and dx[2500] == np.float16(
        2 if "adaptive" in name else 2501
    )  # a float16 sum stops at 2048


def test_float16_gradients_are_shared_among_more_elements_than_float16_can_count():
    shape, dy = (300, 300), np.array(60000, np.float16)
    share = np.float16(60000 / 90000)
    for dx in [
        pooling_lib.global_avg_pool_backward(dy, shape),
        pooling_lib.avg_pool_backward(dy[None, None], shape, 300),
        pooling_lib.adaptive_avg_pool_backward(dy[None, None], shape),
        pooling_lib.mixed_pool_backward(dy[None, None], np.zeros(shape), 300, mix=0),
        pooling_lib.masked_avg_pool_backward(dy[None, None], np.zeros(shape), np.ones(shape, bool), axes=(0, 1)),
    ]:
        assert dx.dtype == np.float16 and (dx == share).all()


@pytest.mark.parametrize("dtype", ["int8", "uint16", "float16", "float32", "float64", "longdouble", ">f4"])
def test_a_gradient_has_the_dtype_of_the_one_that_comes_in(dtype):
    expected = np.dtype(dtype if np.dtype(dtype).kind == "f" else float)
    for what, pool in BACK.items():
        x = np.arange(1, 5, dtype=np.float32).reshape(2, 2)
        how = (
            accepted(pool.name, dict(window=2, output_size=1, mask=x > 0, levels=[1], keepdims=True, blur=1))
            | pool.more
        )
        dy = np.ones(first(getattr(pooling_lib, pool.name)(x, **how)).shape, dtype)
        assert first(backward(pooling_lib, pool.name, dy, x, how)).dtype == expected, what
    assert pooling_lib.max_unpool_backward(np.ones(3, dtype), [1]).dtype == expected
    assert pooling_lib.pool_backward(np.ones(1, dtype), [1, 2], 2, reduce=SUM).dtype == expected


@pytest.mark.parametrize("shape", [(0, 4, 4, 3), (2, 4, 4, 0)])
@pytest.mark.parametrize("what", BACK)
def test_the_gradient_of_nothing_is_nothing(what, shape):
    pool, x = BACK[what], np.ones(shape, np.float32)
    how = accepted(pool.name, dict(window=2, output_size=2, mask=x > 0, levels=(2, 1))) | pool.more
    dy = first(getattr(pooling_lib, pool.name)(x, **how))
    dx = backward(pooling_lib, pool.name, dy.astype(np.float32), x, how)
    assert first(dx).shape == shape and first(dx).dtype == np.float32
    assert not isinstance(dx, tuple) or dx[1] == 0  # by the power


# --- a reduction of one's own ---

SUM = Reduction(np.add, 0, slope=lambda x, y, state, count: np.ones(np.broadcast(x, y).shape))
OWN = {
    "a sum": (SUM, "sum_pool"),
    "a mean": (Reduction(np.add, 0, finish=lambda s, n: s / n, slope=lambda x, y, s, n: 1 / n), "avg_pool"),
    "a norm": (
        Reduction(lambda a, b: a + b, 0, lambda x: x * x, lambda s, n: s**0.5, lambda x, y, s, n: x / y),
        "lp_pool",
    ),
    "a mean of a tuple": (
        Reduction(
            lambda a, b: (a[0] + b[0], a[1] + b[1]),
            (0, 0),
            lambda x: (x, x**0),
            lambda s, n: s[0] / s[1],
            lambda x, y, s, n: 1 / s[1],
        ),
        "avg_pool",
    ),
}


@pytest.mark.parametrize("what", OWN)
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_the_gradient_of_a_reduction_of_ones_own(what, geometry):
    reduction, name = OWN[what]
    shape, how = GEOMETRIES[geometry]
    rng = np.random.default_rng(6)
    x = rng.standard_normal(shape)
    dy = rng.standard_normal(getattr(pooling_lib, name)(x, **how).shape)
    for piecewise in (False, True):
        with strictly(piecewise):
            dx = pooling_lib.pool_backward(dy, x, **how, reduce=reduction)
        np.testing.assert_allclose(dx, backward(naive, name, dy, x, how), atol=1e-13)


# --- refusals ---

WINDOWED = PLAIN | SLIDING


@pytest.mark.parametrize("what", WINDOWED)
def test_a_gradient_refuses_what_its_pool_refuses(what, refuses):
    pool, dy = WINDOWED[what], np.ones((2, 2))
    function = getattr(pooling_lib, pool.name + "_backward")
    told = accepted(pool.name + "_backward", dict(x=ONES, input_shape=(4, 4), indices=dy.astype(int), mask=[True] * 4))
    for error, arguments, argument, value, mend in REFUSED.values():
        image = dict(axes=(0, 1)) if "masked" in what and "x" not in arguments else {}  # by default a row is a sequence
        if "x" in told or "x" not in arguments:
            call = told | {"window": 2} | pool.more | image | arguments
            refuses(error, lambda: function(dy, **call), argument, value, mend)


@pytest.mark.parametrize("what", BACK)
def test_a_gradient_of_another_shape_or_kind_is_refused(what, refuses):
    pool, x = BACK[what], np.arange(1.0, 17).reshape(4, 4)
    how = accepted(pool.name, dict(window=2, output_size=2, mask=x > 0, levels=[2])) | pool.more
    y = first(getattr(pooling_lib, pool.name)(x, **how))
    wrong = np.ones((*y.shape, 1))
    refuses(
        ValueError,
        lambda: backward(pooling_lib, pool.name, wrong, x, how),
        "dy ",
        str(wrong.shape),
        "settings of the forward pass",
    )
    refuses(TypeError, lambda: backward(pooling_lib, pool.name, y > 0, x, how), "dy ", "bool", "astype")
    refuses(TypeError, lambda: backward(pooling_lib, pool.name, y * 1j, x, how), "dy ", "complex", "astype")
    if "adaptive" not in what:
        fewer = np.ones([n + 1 for n in y.shape]) if y.ndim else np.ones(2)
        refuses(
            ValueError, lambda: backward(pooling_lib, pool.name, fewer, x, how), "dy ", str(fewer.shape), str(y.shape)
        )


DY, WHERE = np.ones((2, 2)), np.array([[0, 2], [8, 10]])


STRAY = (
    "indices",
    "do not lie under their windows",
    "give the indices that max_pool or adaptive_max_pool returned, and its settings",
)


def max_back(indices=WHERE, dy=DY, shape=(4, 4)):
    return pooling_lib.max_pool_backward(dy, indices, shape, 2)


REFUSALS = {
    "an index outside the plane": (ValueError, lambda: max_back([[0, 2], [8, 16]]), "1 of 4 indices", *STRAY[1:]),
    "an index far outside": (ValueError, lambda: max_back([[2**32, 2], [8, 10]]), "1 of 4 indices", *STRAY[1:]),
    "an index far before the start": (
        ValueError,
        lambda: max_back([[0, 2], [8 - 2**34, 10]]),
        "1 of 4 indices",
        *STRAY[1:],
    ),
    "a negative index": (ValueError, lambda: max_back([[-1, 2], [8, 10]]), "1 of 4 indices", *STRAY[1:]),
    "an index of another window": (ValueError, lambda: max_back([[2, 2], [8, 10]]), "1 of 4 indices", *STRAY[1:]),
    "indices that count three channels": (ValueError, lambda: max_back(WHERE * 3), "2 of 4 indices", *STRAY[1:]),
    "the indices of another stride": (
        ValueError,
        lambda: max_back(pooling_lib.max_pool(np.eye(3), 2, 1, return_indices=True)[1]),
        *STRAY,
    ),
    "an index in a gap": (
        ValueError,
        lambda: pooling_lib.max_pool_backward([1.0], [1], (3,), 2, dilation=2),
        "1 of 1 indices",
        *STRAY[1:],
    ),
    "an index in the rest": (
        ValueError,
        lambda: pooling_lib.max_pool_backward([1.0, 1], [0, 4], (5,), 2),
        "1 of 2 indices",
        *STRAY[1:],
    ),
    "indices of floats": (TypeError, lambda: max_back(WHERE * 1.0), "indices ", "float64", "int64 indices"),
    "indices of another shape": (ValueError, lambda: max_back(WHERE.ravel()), "indices ", "(4,)", "one index for each"),
    "ragged indices": (ValueError, lambda: max_back([[0, 2], [8]]), "indices ", "ragged", "pad or crop"),
    "a shape of text": (TypeError, lambda: max_back(shape="44"), "input_shape=", "'44'", "x.shape"),
    "a number as a shape": (TypeError, lambda: max_back(shape=4), "input_shape=", "4", "x.shape"),
    "a shape of floats": (TypeError, lambda: max_back(shape=(4.0, 4.0)), "input_shape=", "(4.0, 4.0)", "x.shape"),
    "a shape with True": (TypeError, lambda: max_back(shape=(4, True)), "input_shape=", "(4, True)", "x.shape"),
    "an empty shape": (ValueError, lambda: max_back(shape=()), "x ", "rank 0", "at least one"),
    "a shape with a 0": (ValueError, lambda: max_back(shape=(4, 0)), "x ", "(4, 0)", "one element along each"),
    "a shape below 0": (ValueError, lambda: max_back(shape=(-4, 4)), "input_shape=", "(-4, 4)", "x.shape"),
    "no slope": (
        TypeError,
        lambda: pooling_lib.pool_backward(DY, ONES, 2, reduce=Reduction(np.add, 0)),
        "reduce=",
        "slope",
        "slope=...",
    ),
    "a function": (
        TypeError,
        lambda: pooling_lib.pool_backward(DY, ONES, 2, reduce=np.median),
        "reduce=",
        "median",
        "slope=...",
    ),
    "a norm below 1": (ValueError, lambda: pooling_lib.lp_pool_backward(DY, ONES, 2, p=0.5), "p=", "0.5", "at least 1"),
    "a power of 0": (ValueError, lambda: pooling_lib.power_mean_pool_backward(DY, ONES, 2, p=0), "p=", "0", "np.log"),
    "powers of negative numbers": (
        ValueError,
        lambda: pooling_lib.power_mean_pool_backward(DY, -ONES, 2),
        "x ",
        "-1.0",
        "np.abs(x)",
    ),
    "chances below 0": (
        ValueError,
        lambda: pooling_lib.stochastic_pool_backward(DY, -ONES, 2),
        "x ",
        "-1.0",
        "np.abs(x)",
    ),
    "infinite chances": (
        ValueError,
        lambda: pooling_lib.stochastic_pool_backward(DY, ONES * INF, 2),
        "x ",
        "inf",
        "nan_to_num",
    ),
    "a temperature of 0": (
        ValueError,
        lambda: pooling_lib.soft_pool_backward(DY, ONES, 2, temperature=0),
        "temperature=",
        "0",
        "above 0",
    ),
    "a share above 1": (
        ValueError,
        lambda: pooling_lib.mixed_pool_backward(DY, ONES, 2, mix=1.5),
        "mix=",
        "1.5",
        "between 0",
    ),
    "max blur with pairs": (
        ValueError,
        lambda: pooling_lib.max_blur_pool_backward(DY, ONES, 2, 2, [(1, 1)] * 2),
        "padding=",
        "(1, 1)",
        "'same'",
    ),
    "an adaptive index outside": (
        ValueError,
        lambda: pooling_lib.adaptive_max_pool_backward([1.0], [4], (4,)),
        "indices ",
        "4",
        "plane of 4",
    ),
    "an adaptive index outside its bin": (
        ValueError,
        lambda: pooling_lib.adaptive_max_pool_backward([1.0, 1.0], [3, 0], (4,)),
        "indices ",
        "2 of 2",
        "adaptive_max_pool returned",
    ),
    "an adaptive index just after its bin": (
        ValueError,
        lambda: pooling_lib.adaptive_max_pool_backward([[1.0, 1.0]], [[2, 3]], (2, 4)),
        "indices ",
        "1 of 2",
        "adaptive_max_pool returned",
    ),
    "an empty pyramid": (
        ValueError,
        lambda: pooling_lib.pyramid_pool_backward([1.0], ONES, ()),
        "levels=",
        "()",
        "use (4, 2, 1)",
    ),
    "a pyramid of other levels": (
        ValueError,
        lambda: pooling_lib.pyramid_pool_backward(np.ones(21), ONES, (2, 1)),
        "dy ",
        "(21,)",
        "(5,)",
    ),
    "a mask of numbers": (
        TypeError,
        lambda: pooling_lib.masked_avg_pool_backward(DY, ONES, ONES, 2),
        "mask ",
        "float64",
        "astype(bool)",
    ),
    "a gathered index outside": (
        ValueError,
        lambda: pooling_lib.max_unpool_backward([1.0, 2], [0, 2]),
        "indices ",
        "2",
        "plane of 2",
    ),
    "gathered with fewer axes": (
        ValueError,
        lambda: pooling_lib.max_unpool_backward(ONES, [0, 1]),
        "indices ",
        "(2,)",
        "one index for each",
    ),
    "gathered with more axes": (
        ValueError,
        lambda: pooling_lib.max_unpool_backward([1.0], [[0]]),
        "indices ",
        "(1, 1)",
        "one index for each",
    ),
    "gathered in other channels": (
        ValueError,
        lambda: pooling_lib.max_unpool_backward([[[1.0]]], [[[0, 0]]]),
        "indices ",
        "(1, 1, 2)",
        "(1, 1, 1)",
    ),
    "gathering booleans": (TypeError, lambda: pooling_lib.max_unpool_backward([True], [0]), "dx ", "bool", "astype"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_refuses(what, refuses):
    refuses(*REFUSALS[what])


def test_gradients_of_windows_that_meet_in_their_gaps_are_summed_in_float32():
    x = np.zeros(13, np.float16)
    x[6] = 1
    how = dict(window=3, stride=3, dilation=3)
    y, where = pooling_lib.max_pool(x, **how, return_indices=True)
    for dy in ([2048, 1, 1], [1, 1, 2048]):  # float16 knows no 2049
        assert pooling_lib.max_pool_backward(np.array(dy, np.float16), where, x.shape, **how)[6] == 2050


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_between_blur_and_maximum_nothing_is_rounded(dtype):
    rng = np.random.default_rng(0)
    x, dy = rng.standard_normal(60), rng.standard_normal(28).astype(dtype)
    got, exact = (pooling_lib.max_blur_pool_backward(one, x, 4, 2) for one in (dy, dy.astype(np.float64)))
    assert got.dtype == dtype
    np.testing.assert_array_equal(got, exact.astype(dtype))
