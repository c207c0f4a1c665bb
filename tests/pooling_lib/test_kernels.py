"""Tests of the fast folds: whichever algorithm is taken, in however many pieces, the result is the definition's."""

import contextlib

import numpy as np
import pytest
from budget import many
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import geometries, numbers

from pooling_lib import avg_pool, kernels, max_pool, max_pool_backward, min_pool, naive, plans, sum_pool

ALGORITHMS = [kernels.strided, kernels.halving, kernels.doubling]
EACH = pytest.mark.parametrize("algorithm", ALGORITHMS, ids=lambda algorithm: algorithm.__name__)


def forget():
    """Empty the caches of all that was decided with other limits."""
    for function in vars(kernels).values():
        if hasattr(function, "cache_clear"):
            function.cache_clear()


@contextlib.contextmanager
def forced(algorithm, **limits):
    """This algorithm is taken wherever it is able to, and `limits` hold."""

    def choose(window, stride, dilation, after, idempotent):
        able = algorithm is not kernels.halving or (stride == window and dilation == 1)
        return kernels.skipping if window == 1 else algorithm if able else kernels.strided

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "choose", choose)
        for name, value in limits.items():
            patch.setattr(kernels, name, value)
        forget()
        try:
            yield
        finally:
            forget()


FOLDS = {
    "max": (max_pool, naive.max_pool, ["int8", "int64", "uint16", "float16", "float64", ">f4"]),
    "min": (min_pool, naive.min_pool, ["uint8", "int64", "float32", ">f2"]),
    "sum": (sum_pool, naive.sum_pool, ["int64", "uint8", "int16"]),
    "average": (avg_pool, naive.avg_pool, ["float64", "float32", "float16", "int8"]),
}


@EACH
@pytest.mark.parametrize("what", FOLDS)
@settings(max_examples=many(200))
@given(data=st.data())
def test_every_algorithm_is_the_definition_on_200_random_cases(what, algorithm, data):
    fast, slow, dtypes = FOLDS[what]
    shape, how, _ = data.draw(geometries().filter(lambda geometry: not geometry[2]))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    axes = naive._axes(shape, how["axes"])
    # Channels decide how long the runs are; RUN how long is long; SLAB how many pieces there are.
    shape, how = (*shape, int(rng.choice([1, 1, 3, 6]))), how | dict(axes=axes)
    limits = dict(SMALL=0, SLAB=int(rng.choice([1, 64, 1 << 19])), RUN=int(rng.choice([1, 5, 400])))
    x = numbers(rng.choice(dtypes), rng.choice(["ties", "wide", "special"]), rng.integers(2**32), shape)
    with forced(algorithm, **limits), np.errstate(all="raise", under="ignore"):
        y = fast(x, **how)
    with np.errstate(all="ignore"):
        expected = slow(x, **how)
        size = slow(abs(x.astype(float)), **how) if what == "average" else 0
        near = abs(y.astype(float) - expected.astype(float)) <= {2: 1e-3, 4: 1e-6}.get(y.dtype.itemsize, 1e-14) * size
    assert y.dtype == expected.dtype and y.shape == expected.shape
    assert np.all(near | (y == expected) | (y != y) & (expected != expected)), (y, expected)


@pytest.mark.parametrize("what", FOLDS)
@settings(max_examples=many(200))
@given(data=st.data())
def test_tiny_arrays_without_padding_go_a_short_way_to_the_same_end(what, data):
    fast, slow, dtypes = FOLDS[what]
    shape, how, _ = data.draw(
        geometries().filter(lambda geometry: not geometry[2] and plans.plan(geometry[0], **geometry[1]).inner)
    )
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    x = numbers(rng.choice(dtypes), "ties", rng.integers(2**32), shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "slabs", None)  # the long way is closed
        np.testing.assert_allclose(fast(x, **how), slow(x, **how), rtol=1e-3 if x.dtype.itemsize == 2 else 1e-6)


def test_the_rule_that_picks():
    picks = {
        kernels.skipping: [(1, 1, 1, 1), (1, 3, 1, 64), (1, 1, 2, 1)],
        kernels.strided: [(2, 2, 1, 7168), (3, 2, 1, 5000), (2, 5, 1, 1000)],  # long runs, small windows
        kernels.doubling: [
            (2, 2, 1, 64),
            (3, 1, 1, 64),
            (31, 1, 1, 1),
            (31, 1, 1, 3000),
            (5, 1, 3, 64),
        ],  # short runs, shared elements
        kernels.halving: [(512, 512, 1, 3), (31, 31, 1, 64), (100, 100, 1, 100)],  # large windows that touch
    }
    for algorithm, cases in picks.items():
        for case in cases:
            assert [kernels.choose(*case, idempotent) for idempotent in (True, False)] == [algorithm] * 2, case


@pytest.mark.parametrize("window", [2, 3, 4, 5, 6, 7, 12, 13, 31])
@pytest.mark.parametrize("channels", [1, 3, 64, 150, 600])
def test_blocks_of_any_size_are_numpys(window, channels):
    x = np.random.default_rng(0).integers(-(2**15), 2**15, (2, 3 * window + 1, 2 * window + 1, channels), np.int16)
    blocks = x[:, : 3 * window, : 2 * window].reshape(2, 3, window, 2, window, channels)
    np.testing.assert_array_equal(max_pool(x, window), blocks.max((2, 4)))
    np.testing.assert_array_equal(min_pool(x, window), blocks.min((2, 4)))
    np.testing.assert_array_equal(sum_pool(x, window), blocks.sum((2, 4)))
    np.testing.assert_allclose(avg_pool(x.astype(np.float32), window), blocks.mean((2, 4)), atol=1e-6 * 2**14)


@pytest.mark.parametrize(
    "how",
    [
        dict(window=3, stride=1),
        dict(window=5, stride=2),
        dict(window=9, stride=4, dilation=2),
        dict(window=31, stride=1),
    ],
)
@pytest.mark.parametrize("channels", [1, 3, 40])
def test_sliding_windows_on_several_slabs_are_numpys(how, channels):
    x = np.random.default_rng(1).integers(-99, 99, (2, 300, 90, channels))
    k, step = how["window"], how.get("dilation", 1)
    rows = np.lib.stride_tricks.sliding_window_view(x, step * (k - 1) + 1, 1)[:, :: how["stride"], ..., ::step]
    lines = rows.max(-1), rows.sum(-1)  # one axis after the other, as no 31 x 31 window view would be quick
    for pool, by_rows, name in zip((max_pool, sum_pool), lines, ("max", "sum")):
        both = np.lib.stride_tricks.sliding_window_view(by_rows, step * (k - 1) + 1, 2)[
            :, :, :: how["stride"], ..., ::step
        ]
        np.testing.assert_array_equal(pool(x, **how), getattr(both, name)(-1))


@pytest.mark.parametrize("window", [2, 255, 256, 257, 258, 300])
def test_indices_of_long_windows_do_not_wrap_around(window):
    rng = np.random.default_rng(window)
    x = rng.permutation(900)
    for size in window, (window, 2), (2, window):
        plane = x if size == window else x.reshape(-1, 3) if size[0] == window else x.reshape(3, -1)
        windows = np.lib.stride_tricks.sliding_window_view(plane, size)
        y, where = max_pool(plane, size, 1, return_indices=True)
        np.testing.assert_array_equal(y, windows.max(tuple(range(plane.ndim, 2 * plane.ndim))))
        np.testing.assert_array_equal(plane.ravel()[where], y)
        dx = max_pool_backward(np.ones(y.shape), where, plane.shape, size, 1)
        np.testing.assert_array_equal(dx.ravel(), np.bincount(where.ravel(), minlength=900))


NUMBERS = {
    "a tenth everywhere": lambda rng, shape: np.full(shape, 0.1),  # every addition rounds to the same side
    "signed": lambda rng, shape: rng.standard_normal(shape),
    "an offset with noise": lambda rng, shape: 1e4 + rng.standard_normal(shape),
    "a few huge ones": lambda rng, shape: np.where(rng.random(shape) < 0.01, 1e30, 1) * rng.standard_normal(shape),
}


@EACH
@pytest.mark.parametrize("kind", NUMBERS)
def test_float32_averages_are_within_a_millionth_whatever_the_algorithm(kind, algorithm):
    rng = np.random.default_rng(5)
    planes, lines = (
        [((40, 36), 8, 1), ((40, 36), 15, 3), ((48, 48), 16, 16), ((40, 40), 31, 1)],
        [((5000,), 4096, 100), ((8192,), 2048, 2048)],
    )
    for shape, window, stride in planes + lines:
        x = NUMBERS[kind](rng, shape).astype(np.float32)
        every = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), (window,) * x.ndim)[
            (slice(None, None, stride),) * x.ndim
        ]
        over = tuple(range(x.ndim, 2 * x.ndim))
        with forced(algorithm, SMALL=0, SLAB=4096):
            y = avg_pool(x, window, stride)
        assert y.dtype == np.float32
        assert np.all(abs(y - every.mean(over)) <= 1e-6 * abs(every).mean(over)), (shape, window)


@EACH
def test_averages_near_overflow_are_finite_whatever_the_algorithm(algorithm):
    top = np.finfo(np.float32).max
    x = np.repeat(np.array([top, -top, top, np.inf, 1], np.float32), 6)
    with forced(algorithm, SMALL=0), np.errstate(all="raise"):
        np.testing.assert_allclose(avg_pool(x, 6), [top, -top, top, np.inf, 1], rtol=1e-6)
        np.testing.assert_allclose(avg_pool(x, 6, 3)[:3], [top, 0, -top], rtol=1e-6)


def test_numpys_buffer_has_its_size_again_after_a_fold_and_after_an_error(monkeypatch):
    monkeypatch.setattr(kernels, "SMALL", 0)
    before = np.setbufsize(4096)
    max_pool(np.eye(6), 2)
    y, where = max_pool(np.eye(6), 2, return_indices=True)
    with pytest.raises(ValueError):
        max_pool_backward(y, where - 1, (6, 6), 2)
    assert np.setbufsize(before) == 4096


def test_overlapping_windows_of_many_channels_are_not_halved():
    assert kernels.choose(8, 7, 1, after=1000, idempotent=True) is not kernels.halving
    assert (
        kernels.choose(2, 2, 1, after=1, idempotent=True) is kernels.strided
    )  # a row without channels is a single run


def test_the_stride_of_a_single_window_may_be_huge():
    x = np.random.default_rng(0).permutation(5000)
    assert max_pool(x, 4999, 10**30).tolist() == [x[:4999].max()]


def test_sums_of_many_elements_one_by_one_are_accurate():
    x = np.full(4000, 0.1, np.float32)
    expected = 300 * np.float64(np.float32(0.1))
    np.testing.assert_allclose(sum_pool(x, 300, 1000, dilation=2), np.full(4, expected), rtol=1e-6)


def test_windows_with_gaps_are_not_halved():
    x = np.random.default_rng(2).integers(-99, 99, (100, 7200))
    rows = np.lib.stride_tricks.sliding_window_view(x, 61, 0)[::31, ..., ::2]
    np.testing.assert_array_equal(max_pool(x, 31, dilation=2, axes=(0,)), rows.max(-1))
    np.testing.assert_array_equal(sum_pool(x, 31, dilation=2, axes=(0,)), rows.sum(-1))


def test_a_huge_stride_leaves_the_first_window_of_large_arrays_too(monkeypatch):
    monkeypatch.setattr(kernels, "SMALL", 0)
    assert max_pool([3, -1, 4], 2, 10**30).tolist() == [3]
    assert sum_pool([3, -1, 4], 2, 10**30).tolist() == [2]


@pytest.mark.parametrize("window", range(1, 65))
def test_the_depth_of_a_sum_covers_its_additions_one_after_the_other(window):
    line = plans.plan((1000,), window, 1, "valid", 1, False, None)
    assert kernels.stages(line, False)[0][0] is not kernels.strided
    assert len(kernels._chain(window, False)) <= kernels.depth(line) <= 2 * np.log2(window)


def test_a_whole_plane_of_halves_is_added_up_in_float32():
    x = np.random.default_rng(0).uniform(500, 1000, size=(1, 8, 8, 400)).astype(np.float16)
    mean = x.astype(np.float64).mean(axis=(1, 2), keepdims=True)
    assert abs(avg_pool(x, 8) / mean - 1).max() <= 2.0**-11  # rounded once, to float16


@pytest.mark.parametrize("dtype", [">f4", ">i2", ">f8"])
def test_a_fold_returns_the_machines_byte_order(dtype):
    for shape in ((4, 4), (2, 300, 300, 3)):  # at once, and in slabs
        x = np.ones(shape, dtype)
        plan = plans.plan(shape, 2, 3, ((1, 1), (1, 1)), 1, False, None)
        assert kernels.fold(x, plan, np.maximum, 0).dtype.isnative
