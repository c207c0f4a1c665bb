"""Tests of the definition itself: it borrows nothing from the fast code, agrees with pencil and paper, with NumPy where
NumPy can say, and its gradients with finite differences.

The rules worked out by hand in test_pooling.py run on the definition too.
"""

import ast
import inspect

import numpy as np
import pytest
from pools import BY_HAND, CASES, GEOMETRIES, NAMES, Draws, assert_gradient_is_that_of_finite_differences, first

import pooling_lib
from pooling_lib import naive

SEEDS = pytest.mark.parametrize("seed", range(5))


def test_the_definition_shares_no_code_with_the_fast_functions():
    imported = [
        node for node in ast.walk(ast.parse(inspect.getsource(naive))) if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    names = {alias.name for node in imported for alias in node.names} | {
        getattr(node, "module", None) for node in imported
    }
    assert not any("pooling" in (name or "") for name in names)


# A function of one's own has no gradient in the definition, and only its values to go by.
POOLS = [
    name
    for name in vars(pooling_lib)
    if "pool" in name and inspect.isfunction(vars(pooling_lib)[name]) and name != "pool_backward"
]


@pytest.mark.parametrize("name", POOLS)
def test_every_pool_has_its_definition_with_the_same_arguments(name):
    slow, fast = (inspect.signature(getattr(lib, name)).parameters.values() for lib in (naive, pooling_lib))
    in_order = [[(p.name, p.default) for p in of if p.kind is not p.KEYWORD_ONLY] for of in (slow, fast)]
    by_name = [{p.name: p.default for p in of if p.kind is p.KEYWORD_ONLY} for of in (slow, fast)]
    assert in_order[0] == in_order[1] and by_name[0] == by_name[1]


@SEEDS
def test_windows_that_touch_are_a_reshape(seed):
    x = np.random.default_rng(seed).integers(-9, 10, (2, 6, 8, 3))
    blocks = x.reshape(2, 3, 2, 2, 4, 3)
    np.testing.assert_array_equal(naive.max_pool(x, (2, 4)), blocks.max((2, 4)))
    np.testing.assert_allclose(naive.avg_pool(x, (2, 4)), blocks.mean((2, 4)), rtol=1e-15)


@SEEDS
def test_windows_that_overlap_are_numpys_sliding_windows(seed):
    x = np.random.default_rng(seed).integers(-9, 10, (7, 8))
    every = np.lib.stride_tricks.sliding_window_view(x, (5, 3))[::2, :, ::2]  # a window of 3 with gaps, and one without
    y, where = naive.max_pool(x, 3, (2, 1), dilation=(2, 1), return_indices=True)
    np.testing.assert_array_equal(y, every.max((2, 3)))
    np.testing.assert_array_equal(x.ravel()[where], y)
    np.testing.assert_allclose(naive.avg_pool(x, 3, (2, 1), dilation=(2, 1)), every.mean((2, 3)), atol=1e-15)


@SEEDS
def test_padding_is_numpys_pad_with_what_the_reduction_ignores(seed):
    x = np.random.default_rng(seed).standard_normal((5, 6))
    pairs = [(1, 2), (2, 0)]

    def windows(value):
        return np.lib.stride_tricks.sliding_window_view(np.pad(x, pairs, constant_values=value), (3, 3))

    np.testing.assert_array_equal(naive.max_pool(x, 3, 1, pairs), windows(-np.inf).max((2, 3)))
    np.testing.assert_allclose(naive.avg_pool(x, 3, 1, pairs), np.nanmean(windows(np.nan), (2, 3)), atol=1e-15)
    np.testing.assert_allclose(
        naive.avg_pool(x, 3, 1, pairs, count_include_pad=True), windows(0).mean((2, 3)), atol=1e-15
    )


@SEEDS
def test_the_index_is_numpys_argmax_of_the_flat_window(seed):
    x = np.random.default_rng(seed).integers(0, 3, (3, 4, 5))  # many ties
    assert naive.max_pool(x, (3, 4, 5), axes=(0, 1, 2), return_indices=True)[1].item() == x.argmax()
    np.testing.assert_array_equal(naive.max_pool(x, (3, 4), return_indices=True)[1][0, 0], x.reshape(12, 5).argmax(0))


def test_the_mean_is_rounded_once():
    assert naive.avg_pool([1.0, 2.0**-53, 2.0**-53, 0.0], 4).item() == (1 + 2.0**-52) / 4  # a running sum stays at 1


# --- worked by hand: the cases stand in pools.py ---


@pytest.mark.parametrize("what", BY_HAND)
def test_worked_by_hand(what):
    call, expected = BY_HAND[what]
    got = call(naive)
    for one, by_hand in zip(got, expected, strict=True) if isinstance(expected, tuple) else [(got, expected)]:
        np.testing.assert_allclose(one, by_hand, rtol=1e-14)
        assert np.shape(one) == np.shape(by_hand)


# --- dtypes ---

KEEPING = ["max_pool", "min_pool"]
FLOATING = ["lp_pool", "power_mean_pool", "soft_pool", "stochastic_pool", "mixed_pool"]


@pytest.mark.parametrize("dtype", ["int8", "uint16", "float16", "float32", "float64", ">f4"])
def test_maxima_keep_the_dtype_and_what_is_computed_is_float64_for_integers(dtype):
    x = np.array([3, 1, 4, 1, 5], dtype)
    kept = [
        *(getattr(naive, name)(x, 2) for name in KEEPING),
        *(naive.global_max_pool(x), naive.adaptive_max_pool(x, 2), naive.pyramid_pool(x)),
        *(naive.masked_max_pool(x, x > 2)[0], naive.max_unpool(x, x.astype(int), 9)),
    ]
    computed = [
        *(getattr(naive, name)(x, 2) for name in [*FLOATING, "avg_pool", "blur_pool", "max_blur_pool"]),
        *(naive.global_avg_pool(x), naive.global_lp_pool(x), naive.adaptive_avg_pool(x, 2)),
        *(naive.masked_avg_pool(x, x > 2)[0], naive.stochastic_pool(x, 2, rng=Draws(0, 0))),
    ]
    assert {y.dtype for y in kept} == {x.dtype}
    assert {y.dtype for y in computed} == {x.dtype if x.dtype.kind == "f" else np.dtype(float)}
    assert naive.sum_pool(x, 2).dtype == {"f": x.dtype, "i": np.int64, "u": np.uint64}[x.dtype.kind]


@pytest.mark.parametrize("dtype", ["int8", "uint16", "float16", "float32", "float64", ">f4"])
def test_a_gradient_has_the_dtype_of_the_one_that_comes_in(dtype):
    dy, x = np.array([3, 1], dtype), np.ones(5)
    gradients = [
        *(first(getattr(naive, name + "_backward")(dy, x, 2)) for name in ["min_pool", *FLOATING]),
        *(getattr(naive, name + "_backward")(dy, (5,), 2) for name in ["sum_pool", "avg_pool", "blur_pool"]),
        *(naive.max_pool_backward(dy, [0, 2], (5,), 2), naive.max_unpool_backward(dy, [0, 1])),
        *(naive.pyramid_pool_backward(dy, x, (1, 1)), naive.max_blur_pool_backward(dy[:1], x, 2)),
        naive.global_max_pool_backward(dy[:1], x, keepdims=True),
        *(naive.adaptive_avg_pool_backward(dy, (5,)), naive.masked_avg_pool_backward(dy, x, x > 0, 2)),
    ]
    assert {dx.dtype for dx in gradients} == {dy.dtype if dy.dtype.kind == "f" else np.dtype(float)}


# --- gradients against finite differences ---


@pytest.mark.parametrize("name, shape, how", CASES, ids=NAMES)
def test_the_gradient_is_that_of_finite_differences(name, shape, how):
    assert_gradient_is_that_of_finite_differences(naive, name, shape, how)


@pytest.mark.parametrize("p", [-1.5, 0.5, 3])
@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_the_gradient_by_the_power_is_that_of_finite_differences(geometry, p):
    (shape, how), rng, step = GEOMETRIES[geometry], np.random.default_rng(8), 1e-5
    x = rng.permutation(np.prod(shape)).reshape(shape) / 10.0  # with a zero
    dy = rng.standard_normal(naive.power_mean_pool(x, **how).shape)
    up, down = (naive.power_mean_pool(x, **how, p=q) for q in (p + step, p - step))
    with np.errstate(all="ignore"):  # the root at the zero
        _, dp = naive.power_mean_pool_backward(dy, x, **how, p=p)
    np.testing.assert_allclose(dp, np.sum(dy * (up - down)) / (2 * step), rtol=1e-6, atol=1e-8)
