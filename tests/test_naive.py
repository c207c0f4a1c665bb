"""Tests of the definition itself: it borrows nothing from the fast code, and agrees with NumPy where NumPy can say.

The rules worked out by hand in test_pooling.py run on the definition too.
"""

import ast
import inspect

import numpy as np
import pytest

import pooling_lib
from pooling_lib import naive

SEEDS = pytest.mark.parametrize("seed", range(5))


def test_the_definition_shares_no_code_with_the_fast_functions():
    imported = [node for node in ast.walk(ast.parse(inspect.getsource(naive))) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in imported for alias in node.names} | {getattr(node, "module", None) for node in imported}
    assert not any("pooling" in (name or "") for name in names)


@pytest.mark.parametrize("name", ["max_pool", "avg_pool"])
def test_the_definition_takes_the_same_arguments(name):
    slow, fast = (inspect.signature(getattr(lib, name)).parameters.values() for lib in (naive, pooling_lib))
    assert [(p.name, p.kind, p.default) for p in slow] == [(p.name, p.kind, p.default) for p in fast]


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
    np.testing.assert_allclose(naive.avg_pool(x, 3, 1, pairs, count_include_pad=True), windows(0).mean((2, 3)), atol=1e-15)


@SEEDS
def test_the_index_is_numpys_argmax_of_the_flat_window(seed):
    x = np.random.default_rng(seed).integers(0, 3, (3, 4, 5))  # many ties
    assert naive.max_pool(x, (3, 4, 5), axes=(0, 1, 2), return_indices=True)[1].item() == x.argmax()
    np.testing.assert_array_equal(naive.max_pool(x, (3, 4), return_indices=True)[1][0, 0], x.reshape(12, 5).argmax(0))


def test_the_mean_is_rounded_once():
    assert naive.avg_pool([1.0, 2.0**-53, 2.0**-53, 0.0], 4).item() == (1 + 2.0**-52) / 4  # a running sum stays at 1
