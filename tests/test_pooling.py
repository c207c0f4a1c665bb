"""Tests of max_pool and avg_pool: one for each rule they hold, their refusals, and random cases against the definition."""

import runpy
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pooling_lib
from pooling_lib import avg_pool, max_pool, naive

# Signed, with ties, and in no order: on a ramp 'take the last element' would pass for a maximum.
PLANE = np.array([[3, -1, 4, -1, 0], [-5, 9, -2, 6, 6], [5, -3, -5, 8, 9], [-9, 7, 9, -3, -2]])
NAN, INF = np.nan, np.inf

INTEGERS = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
FLOATS = ["float16", "float32", "float64", "longdouble"]
SWAPPED = [">i2", "<i2", ">u8", ">f2", ">f4", "<f4", ">f8"]


@pytest.fixture(params=[pooling_lib, naive], ids=["fast", "naive"])
def lib(request):
    """What is worked out by hand holds for the fast functions and for the definition alike."""
    return request.param


def lowest(dtype):
    return -INF if np.dtype(dtype).kind == "f" else np.iinfo(dtype).min


def argmax_pool(*args, **kwargs):
    return max_pool(*args, **kwargs, return_indices=True)[1]


def blocks(x, window):
    """The windows of a plane at stride 1, flattened: for what NumPy itself can say about them."""
    return np.lib.stride_tricks.sliding_window_view(x, window).reshape(*(n - k + 1 for n, k in zip(x.shape, window)), -1)


# --- what the arguments mean ---


def test_stride_defaults_to_the_window(lib):
    assert lib.max_pool(PLANE, 2).tolist() == [[9, 6], [7, 9]]
    assert lib.max_pool(PLANE, (2, 3)).tolist() == [[9], [9]]
    assert lib.avg_pool(PLANE, (1, 2)).tolist() == [[1, 1.5], [2, 2], [1, 1.5], [-1, 3]]


def test_windows_may_overlap_and_may_skip(lib):
    assert lib.max_pool([3, -1, 4, -1, 0], 2, 1).tolist() == [3, 4, 4, 0]
    assert lib.max_pool([-3, -1, 4, -1, -7], 1, 2).tolist() == [-3, 4, -7]
    assert lib.avg_pool([3, -1, 4, -1, 5], 2, 3).tolist() == [1, 2]


def test_each_spatial_axis_has_its_own_window_stride_padding_and_dilation(lib):
    y, where = lib.max_pool(PLANE, (1, 2), (2, 1), [(0, 0), (0, 1)], dilation=(1, 2), return_indices=True)
    assert y.tolist() == [[4, -1, 4, -1], [5, 8, 9, 8]]
    assert where.tolist() == [[2, 1, 2, 3], [10, 13, 14, 13]]
    assert lib.avg_pool(PLANE, (2, 1), (1, 2), [(0, 1), (0, 0)], dilation=(3, 1)).tolist() == [[-3, 6.5, -1], [-5, -2, 6]]


def test_dilation_leaves_gaps_in_the_window(lib):
    assert lib.max_pool([3, -1, 4, -1, 0], 2, 1, dilation=3).tolist() == [3, 0]
    assert lib.avg_pool([3, -1, 4, -1, 0], 3, 1, dilation=2).tolist() == [7 / 3]


def test_same_padding_puts_the_odd_row_at_the_end(lib):
    assert lib.max_pool([-3, -1, -4, -2], 2, 1, "same").tolist() == [-1, -1, -2, -2]
    assert lib.avg_pool([-3, -1, -4], 2, padding="same").tolist() == [-2, -4]
    assert lib.max_pool([[-3], [-1], [-4]], (2, 1), 1, "same").tolist() == [[-1], [-1], [-4]]


def test_same_padding_rounds_the_output_size_up(lib):
    assert lib.max_pool(np.zeros((5, 7)), (2, 3), (2, 3), "same").shape == (3, 3)
    assert lib.max_pool(np.zeros((5, 7)), 1, 3, "same").shape == (2, 3)


@pytest.mark.parametrize(
    "shape, pooled",
    [((4,), (2,)), ((4, 6), (2, 3)), ((4, 6, 3), (2, 3, 3)), ((3, 4, 6, 5), (3, 2, 3, 5)), ((3, 4, 6, 2, 5), (3, 2, 3, 1, 5))],
)
def test_spatial_axes_are_channels_last_by_default(lib, shape, pooled):
    assert lib.max_pool(np.zeros(shape), 2).shape == lib.avg_pool(np.zeros(shape), 2).shape == pooled


def test_axes_name_any_other_layout(lib):
    x = np.random.default_rng(1).permutation(2 * 3 * 4 * 5).reshape(2, 3, 4, 5) - 60
    channels_first = x.transpose(0, 3, 1, 2)
    expected = lib.max_pool(x, (2, 3), 1, return_indices=True)
    for got, wanted in zip(lib.max_pool(channels_first, (2, 3), 1, axes=(2, -1), return_indices=True), expected):
        np.testing.assert_array_equal(got.transpose(0, 2, 3, 1), wanted)
    across_channels = np.stack([x[..., i : i + 3].mean(-1) for i in range(3)], -1)
    np.testing.assert_allclose(lib.avg_pool(x, 3, 1, axes=(-1,)), across_channels, atol=1e-13)


def test_more_than_five_axes_are_welcome_when_named(lib):
    x = np.random.default_rng(2).permutation(2**6).reshape((2,) * 6)
    assert lib.max_pool(x, 2, axes=(5,)).tolist() == x.max(axis=5, keepdims=True).tolist()
    assert lib.avg_pool(x, 2, axes=(0, 1, 4, 5)).tolist() == x.mean(axis=(0, 1, 4, 5), keepdims=True).tolist()


# --- padding and overhang ---


@pytest.mark.parametrize("dtype", ["int8", "int16", "int32", "int64", *FLOATS, ">i2", ">f4"])
def test_padding_never_wins_a_max_of_negative_numbers(lib, dtype):
    x = np.array([[-3, -1, -4], [-1, -5, -9], [-2, -6, -5]], dtype)
    y, where = lib.max_pool(x, 2, 2, [(1, 1), (1, 1)], return_indices=True)
    assert y.tolist() == lib.max_pool(x, 2, 2, [(1, 1), (1, 1)]).tolist() == [[-3, -1], [-1, -5]]
    assert where.tolist() == [[0, 1], [3, 4]]
    assert lib.max_pool(x, 3, 2, "same").tolist() == [[-1, -1], [-1, -5]]


@pytest.mark.parametrize("dtype", INTEGERS + FLOATS)
def test_padding_never_wins_a_max_of_the_lowest_value_there_is(lib, dtype):
    x = np.full((3, 2), lowest(dtype), dtype)
    y, where = lib.max_pool(x, 2, 1, [(1, 1), (1, 1)], return_indices=True)
    np.testing.assert_array_equal(y, np.full((4, 3), lowest(dtype), dtype))
    np.testing.assert_array_equal(lib.max_pool(x, 2, 1, [(1, 1), (1, 1)]), y)
    assert where.tolist() == [[0, 0, 1], [0, 0, 1], [2, 2, 3], [4, 4, 5]]


def test_padding_is_not_counted_by_the_average(lib):
    assert lib.avg_pool([6, -2, 4], 2, 1, [(1, 1)]).tolist() == [6, 2, 1, 4]
    assert lib.avg_pool([[6, -2], [4, 8]], 2, 1, "same").tolist() == [[4, 3], [6, 8]]


def test_count_include_pad_counts_every_padding_element_as_a_zero(lib):
    assert lib.avg_pool([6, -2, 4], 2, 1, [(1, 1)], count_include_pad=True).tolist() == [3, 2, 1, 2]
    assert lib.avg_pool([[6, -2], [4, 8]], 2, 1, "same", count_include_pad=True).tolist() == [[4, 1.5], [3, 2]]


def test_ceil_mode_keeps_the_last_window(lib):
    y, where = lib.max_pool([-3, -1, -4, -1, -5], 2, ceil_mode=True, return_indices=True)
    assert (y.tolist(), where.tolist()) == ([-1, -1, -5], [1, 3, 4])


def test_a_ceil_mode_window_that_would_start_in_the_end_padding_is_dropped(lib):
    assert lib.max_pool([-3, -1, -4], 2, padding=[(1, 1)], ceil_mode=True).tolist() == [-3, -1]
    assert lib.avg_pool([-3, -1, -4], 2, padding=[(1, 3)], ceil_mode=True, count_include_pad=True).tolist() == [-1.5, -2.5]


def test_overhang_is_never_counted(lib):
    assert lib.avg_pool([6, -2, 4], 2, ceil_mode=True).tolist() == [2, 4]
    assert lib.avg_pool([[6, -2, 4]], (2, 2), (2, 2), [(0, 1), (0, 0)], ceil_mode=True).tolist() == [[2, 4]]


def test_overhang_is_never_counted_not_even_with_count_include_pad(lib):
    assert lib.avg_pool([6, -2, 4], 2, ceil_mode=True, count_include_pad=True).tolist() == [2, 4]
    # The second window covers 4, one zero of padding, and one place beyond it: two elements.
    assert lib.avg_pool([6, -2, 3, 4], 3, padding=[(0, 1)], ceil_mode=True, count_include_pad=True).tolist() == [7 / 3, 2]


# --- ties, NaN, infinities, indices ---


def test_ties_go_to_the_first_in_row_major_order(lib):
    assert lib.max_pool([1, 1, 1, 0, 1], 3, 1, return_indices=True)[1].tolist() == [0, 1, 2]
    # The 9 of row 1 comes before the 9 of column 0.
    assert lib.max_pool([[0, 0, 0], [0, 0, 9], [9, 9, 0]], 3, return_indices=True)[1].tolist() == [[5]]
    assert lib.max_pool(np.zeros((3, 3)), 2, 1, [(1, 0), (1, 0)], return_indices=True)[1].tolist() == [[0, 0, 1], [0, 0, 1], [3, 3, 4]]


@pytest.mark.parametrize("dtype", [*FLOATS, ">f2", ">f4"])
def test_nan_wins_a_max_and_the_first_nan_gives_the_index(lib, dtype):
    x = np.array([[1, INF, NAN], [NAN, 2, NAN], [-1, -INF, 0]], dtype)
    y, where = lib.max_pool(x, 2, 1, return_indices=True)
    np.testing.assert_array_equal(y, [[NAN, NAN], [NAN, NAN]])
    np.testing.assert_array_equal(lib.max_pool(x, 2, 1), y)
    assert where.tolist() == [[3, 2], [3, 5]]
    assert lib.max_pool(x, 3, return_indices=True)[1].tolist() == [[2]]
    assert lib.max_pool(x, 3, 2, "same", return_indices=True)[1].tolist() == [[3, 2], [3, 5]]


def test_nan_stays_in_its_own_windows(lib):
    np.testing.assert_array_equal(lib.max_pool([NAN, 1, 2, 3], 2), [NAN, 3])
    np.testing.assert_array_equal(lib.avg_pool([NAN, 1, 2, 3], 2), [NAN, 2.5])


def test_infinities_of_both_signs_average_to_nan(lib):
    with np.errstate(all="raise"):
        np.testing.assert_array_equal(lib.avg_pool([INF, 1, -INF, 2, INF, -INF], 2), [INF, -INF, NAN])


def test_indices_are_flat_in_the_spatial_plane(lib):
    def indices(shape, **arguments):
        """Where the only 1 is found, among zeros, in every image and channel."""
        x = np.zeros(shape)
        x[tuple(n - 1 for n in shape)] = 1
        return lib.max_pool(x, **arguments, return_indices=True)[1]

    assert indices((5,), window=5).tolist() == [4]
    assert indices((3, 4), window=(3, 4)).tolist() == [[11]]
    assert indices((3, 4, 2), window=(3, 4)).tolist() == [[[0, 11]]]
    assert indices((2, 3, 4, 2), window=(3, 4)).tolist() == [[[[0, 0]]], [[[0, 11]]]]
    assert indices((2, 2, 3, 4, 2), window=(2, 3, 4)).ravel().tolist() == [0, 0, 0, 23]
    assert indices((2, 2, 3, 4), window=(3, 4), axes=(2, 3)).ravel().tolist() == [0, 0, 0, 11]


def test_indices_point_back_at_the_maxima_through_padding_stride_and_dilation():
    x = np.random.default_rng(3).permutation(9 * 8 * 3).reshape(9, 8, 3) - 100
    y, where = max_pool(x, 3, 2, [(2, 1), (1, 2)], dilation=2, ceil_mode=True, return_indices=True)
    assert where.dtype == np.int64 and where.shape == y.shape
    np.testing.assert_array_equal(np.take_along_axis(x.reshape(-1, 3), where.reshape(-1, 3), 0).reshape(y.shape), y)


def test_axes_in_another_order_flatten_the_plane_in_that_order(lib):
    y, where = lib.max_pool([[0, 7, 0], [7, 0, 0]], (3, 2), axes=(1, 0), return_indices=True)
    assert (y.tolist(), where.tolist()) == ([[7]], [[1]])  # column 0, row 1; the 7 of column 1 is at 1 * 2 + 0


# --- dtypes and arrays ---


@pytest.mark.parametrize("dtype", INTEGERS + FLOATS + SWAPPED)
def test_max_keeps_the_dtype(lib, dtype):
    x = np.abs(PLANE).astype(dtype)
    y, _ = lib.max_pool(x, 2, 1, return_indices=True)
    assert y.dtype == lib.max_pool(x, 2, 1).dtype == np.dtype(dtype)
    assert y.astype(int).tolist() == lib.max_pool(np.abs(PLANE), 2, 1).tolist()


@pytest.mark.parametrize("dtype", INTEGERS + FLOATS + SWAPPED)
def test_average_of_integers_is_float64_and_floats_keep_their_dtype(lib, dtype):
    x = np.abs(PLANE).astype(dtype)
    y = lib.avg_pool(x, 2, 1)
    assert y.dtype == (dtype if x.dtype.kind == "f" else np.float64)
    assert y.tolist() == lib.avg_pool(np.abs(PLANE), 2, 1).tolist()


@pytest.mark.parametrize("dtype", INTEGERS)
def test_integers_at_the_ends_of_their_range_neither_wrap_nor_lose_a_max(lib, dtype):
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    assert lib.max_pool(np.array([low, high, high - 1, low], dtype), 2, 1).tolist() == [high, high, high - 1]
    assert lib.avg_pool(np.full(4, high, dtype), 4).tolist() == [float(high)]


def test_float16_is_summed_in_float32(lib):
    assert lib.avg_pool(np.full((8, 8), 60000, np.float16), 8).tolist() == [[60000]]  # a float16 sum is infinite
    assert lib.avg_pool(np.full((64, 64), 1.25, np.float16), 64).tolist() == [[1.25]]  # a float16 sum stops growing at 4096


def test_longdouble_keeps_its_precision():
    x = np.array([1, 1], "longdouble") + np.finfo("longdouble").eps
    assert np.all(avg_pool(x, 2) == x[:1]) and np.all(max_pool(x, 2) == x[:1])


@pytest.mark.parametrize("pool", [max_pool, avg_pool, argmax_pool])
def test_any_memory_layout_pools_alike_and_the_input_is_never_modified(pool):
    rng = np.random.default_rng(4)
    x = rng.integers(-9, 9, (2, 6, 5, 3)).astype(np.float64)
    x[0, 0, 0] = NAN
    expected = pool(x, 2, 1, "same")
    read_only = x.copy()
    read_only.flags.writeable = False
    wide = np.repeat(x, 2, axis=3)
    swapped = np.ascontiguousarray(x.swapaxes(1, 2))
    backwards = np.ascontiguousarray(x[:, ::-1])[:, ::-1]
    for same in [read_only, np.asfortranarray(x), wide[..., ::2], swapped.swapaxes(1, 2), backwards, x.tolist()]:
        np.testing.assert_array_equal(pool(same, 2, 1, "same"), expected)
    np.testing.assert_array_equal(x, read_only)
    broadcast = np.broadcast_to(x[:, :1], x.shape)
    np.testing.assert_array_equal(pool(broadcast, 2, 1, "same"), pool(broadcast.copy(), 2, 1, "same"))


@pytest.mark.parametrize("dtype", ["int8", "float16", "float32", "float64", "longdouble", ">f4"])
def test_the_result_is_a_new_array_even_when_nothing_is_pooled(dtype):
    x = np.array([[3, -1], [-4, 1]], dtype)
    for y in [max_pool(x, 1), avg_pool(x, 1), *max_pool(x, 1, return_indices=True)]:
        assert not np.shares_memory(x, y) and y.flags.writeable and y.flags.c_contiguous
        y += 1
    assert x.tolist() == [[3, -1], [-4, 1]]


def test_a_subclass_is_pooled_as_a_plain_array():
    class Picture(np.ndarray):
        pass

    for pooled in [max_pool(PLANE.view(Picture), 2), avg_pool(PLANE.view(Picture), 2)]:
        assert type(pooled) is np.ndarray


def test_numpy_integers_are_as_good_as_ints():
    plain = max_pool(PLANE, (2, 3), (1, 2), [(1, 0), (0, 1)], dilation=1, axes=(0, 1))
    one, two, three, none = np.int64(1), np.uint8(2), np.int16(3), np.intp(0)
    same = max_pool(PLANE, [two, three], [one, two], [[one, none], [none, one]], dilation=one, axes=[none, one])
    np.testing.assert_array_equal(plain, same)


def test_a_huge_stride_leaves_the_first_window():
    assert max_pool([3, -1, 4], 2, 10**30).tolist() == [3]
    assert avg_pool([3, -1, 4], 2, 10**30).tolist() == [1]


def test_no_warnings_from_ordinary_special_values():
    x = np.array([NAN, 1, INF, -INF, 0, -0.0], np.float16)
    with np.errstate(all="raise"):
        max_pool(x, 2, 1), max_pool(x, 2, 1, return_indices=True), avg_pool(x, 2, 1)


# --- accuracy ---


@pytest.mark.parametrize("kind", ["a tenth everywhere", "a third everywhere", "uniform", "normal", "sorted", "an offset with noise"])
@pytest.mark.parametrize("shape, window", [((40, 40), 31), ((512, 512), 512), ((2**18,), 2**18)], ids=["31x31", "512x512", "262144"])
def test_float32_averages_are_within_a_millionth_of_the_mean_size(kind, shape, window):
    rng = np.random.default_rng(5)
    x = {
        "a tenth everywhere": lambda: np.full(shape, 0.1),  # every addition rounds to the same side
        "a third everywhere": lambda: np.full(shape, 1 / 3),
        "uniform": lambda: rng.random(shape),
        "normal": lambda: rng.standard_normal(shape),
        "sorted": lambda: np.sort(rng.random(shape) ** 4, axis=None)[::-1].reshape(shape),
        "an offset with noise": lambda: 1e4 + rng.standard_normal(shape),
    }[kind]().astype(np.float32)
    y = avg_pool(x, window, 1)
    every = np.lib.stride_tricks.sliding_window_view(x.astype(np.float64), (window,) * x.ndim).reshape(*y.shape, -1)
    assert y.dtype == np.float32
    assert np.all(np.abs(y - every.mean(-1)) <= 1e-6 * np.abs(every).mean(-1))


@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_averages_near_overflow_stay_finite(dtype):
    top = np.finfo(dtype).max
    x = np.array([[top, top, -top], [top, top, -top]], dtype)
    with np.errstate(all="raise"):
        y = avg_pool(x, 2, 1)
    np.testing.assert_allclose(y, [[top, 0]], rtol=1e-6)


# --- metamorphic properties: what must hold whatever the numbers are ---


RANDOM = pytest.mark.parametrize("seed", range(5))
SETTINGS = pytest.mark.parametrize(
    "how",
    [
        pytest.param(dict(window=2), id="2x2"),
        pytest.param(dict(window=3, stride=1, padding="same"), id="3x3 same"),
        pytest.param(dict(window=(3, 2), stride=(2, 1), padding=[(1, 2), (0, 1)], dilation=(1, 2)), id="dilated, with pairs"),
    ],
)


def integers(seed, shape=(2, 7, 6, 3)):
    """Shuffled signed integers with ties."""
    return np.random.default_rng(seed).integers(-20, 20, shape)


@SETTINGS
@RANDOM
def test_pooling_commutes_with_a_permutation_of_the_channels(seed, how):
    x, order = integers(seed), np.random.default_rng(seed).permutation(3)
    for pool in max_pool, avg_pool:
        np.testing.assert_array_equal(pool(x[..., order], **how), pool(x, **how)[..., order])


@RANDOM
def test_max_of_the_negative_is_minus_the_minimum(seed):
    x = integers(seed, (7, 6))
    np.testing.assert_array_equal(max_pool(-x, (3, 2), 1), -blocks(x, (3, 2)).min(-1))


@RANDOM
def test_a_window_of_one_keeps_everything(seed):
    x = integers(seed)
    y, where = max_pool(x, 1, return_indices=True)
    np.testing.assert_array_equal(y, x)
    np.testing.assert_array_equal(avg_pool(x, 1), x)
    np.testing.assert_array_equal(where[1, :, :, 2], np.arange(42).reshape(7, 6))


@SETTINGS
@RANDOM
def test_output_lies_within_the_input_and_average_below_max(seed, how):
    x = integers(seed)
    y, z = max_pool(x, **how), avg_pool(x, **how)
    assert x.min() <= z.min() and np.all(z <= y) and y.max() <= x.max()


@RANDOM
def test_a_shift_by_the_stride_shifts_the_output(seed):
    x = integers(seed, (12, 9))
    for pool in max_pool, avg_pool:
        np.testing.assert_array_equal(pool(x[2:, 3:], 3, (2, 3)), pool(x, 3, (2, 3))[1:, 1:])


@SETTINGS
@RANDOM
def test_average_is_linear(seed, how):
    x, y = integers(seed), integers(seed + 100)
    np.testing.assert_allclose(avg_pool(3 * x - 2 * y, **how), 3 * avg_pool(x, **how) - 2 * avg_pool(y, **how), atol=1e-12)


@SETTINGS
@RANDOM
def test_max_commutes_with_an_increasing_map(seed, how):
    x = integers(seed)
    increasing = np.cumsum(np.random.default_rng(seed).integers(1, 50, 40)) - 500
    y, where = max_pool(x, **how, return_indices=True)
    z, there = max_pool(increasing[x + 20], **how, return_indices=True)
    np.testing.assert_array_equal(z, increasing[y + 20])
    np.testing.assert_array_equal(there, where)


@RANDOM
def test_averages_times_counts_sum_to_the_whole(seed):
    x = integers(seed, (8, 6))
    counted = avg_pool(np.ones_like(x), 3, padding="same", count_include_pad=True) * 9  # real elements in each window
    np.testing.assert_allclose((avg_pool(x, 3, padding="same") * counted).sum(), x.sum())
    assert round(counted.sum()) == x.size
    np.testing.assert_array_equal(avg_pool(np.ones_like(x), 3, 1, "same"), 1)


# --- refusals: each message names the argument, its value, and what to do ---


ONES = np.ones((4, 4))
REFUSED = {
    "booleans": (TypeError, dict(x=np.ones((4, 4), bool)), "x ", "bool", "astype"),
    "complex numbers": (TypeError, dict(x=ONES * 1j), "x ", "complex128", "astype"),
    "objects": (TypeError, dict(x=ONES.astype(object)), "x ", "object", "astype"),
    "strings": (TypeError, dict(x=[["a", "b"], ["c", "d"]]), "x ", "<U1", "astype"),
    "dates": (TypeError, dict(x=np.zeros((4, 4), "M8[s]")), "x ", "datetime64", "astype"),
    "an integer that no dtype holds": (TypeError, dict(x=[[2**64] * 2] * 2), "x ", "object", "astype"),
    "a masked array": (TypeError, dict(x=np.ma.masked_equal(ONES, 1)), "x ", "masked", "filled"),
    "a list of two arrays": (TypeError, dict(x=[ONES, ONES]), "x ", "list of 2", "np.stack"),
    "a tuple of arrays of different shapes": (TypeError, dict(x=(ONES, ONES[:2])), "x ", "tuple of 2", "np.concatenate"),
    "ragged rows": (ValueError, dict(x=[[1, 2], [3]]), "x ", "ragged", "pad or crop"),
    "ragged rows one level down": (ValueError, dict(x=[[[1, 2], [3]], [[1, 2], [3, 4]]]), "x ", "ragged", "pad or crop"),
    "an empty list": (ValueError, dict(x=[]), "x ", "(0,)", "at least one element"),
    "no channels": (ValueError, dict(x=np.ones((4, 4, 0))), "x ", "(4, 4, 0)", "at least one element"),
    "an empty axis": (ValueError, dict(x=np.ones((0, 4))), "x ", "(0, 4)", "at least one element"),
    "a number": (ValueError, dict(x=3), "x ", "rank 0", "at least one axis"),
    "a rank of 6": (ValueError, dict(x=np.ones((1,) * 6)), "x ", "rank 6", "axes=("),
    "an axis that is not there": (ValueError, dict(axes=(0, 2)), "axes", "(0, 2)", "from -2 to 1"),
    "an axis named twice": (ValueError, dict(axes=(1, -1)), "axes", "(1, -1)", "different"),
    "no axes": (ValueError, dict(axes=()), "axes", "()", "one or more"),
    "an axis that is no integer": ((TypeError, ValueError), dict(axes=(0.0,)), "axes", "(0.0,)", "axes of x"),
    "more windows than axes": (ValueError, dict(axes=(0,), window=(2, 2)), "window", "(2, 2)", "one for each axis"),
    "a window of 0": (ValueError, dict(window=(2, 0)), "window", "(2, 0)", "at least 1"),
    "a stride of -1": (ValueError, dict(stride=-1), "stride", "-1", "at least 1"),
    "a dilation of 0": (ValueError, dict(dilation=0), "dilation", "0", "at least 1"),
    "True as a window": (TypeError, dict(window=True), "window", "True", "must be an int"),
    "a whole float as a stride": (TypeError, dict(stride=2.0), "stride", "2.0", "must be an int"),
    "negative padding": (ValueError, dict(padding=[(0, -1), (0, 0)]), "padding", "(0, -1)", "use 0 or more"),
    "an unknown padding": (ValueError, dict(padding="full"), "padding", "'full'", "use 'valid', 'same'"),
    "one pair for two axes": (ValueError, dict(padding=[(1, 1)]), "padding", "[(1, 1)]", "write [(1, 1), (1, 1)]"),
    "ceil_mode with same": (ValueError, dict(padding="same", ceil_mode=True), "ceil_mode=True", "padding='same'", "drop one"),
    "a window that fits nowhere": (ValueError, dict(window=(2, 5)), "window", "5", "smaller window or more padding"),
    "a window of padding only": (ValueError, dict(padding=[(2, 0), (0, 0)]), "padding", "(2, 0)", "less padding"),
}
REFUSED_NAMES = pytest.mark.parametrize("name", REFUSED)


@pytest.mark.parametrize("pool", [max_pool, avg_pool])
@REFUSED_NAMES
def test_refuses(name, pool, refuses):
    error, arguments, argument, value, mend = REFUSED[name]
    refuses(error, lambda: pool(**{"x": ONES, "window": 2} | arguments), argument, value, mend)


def test_a_list_of_numbers_is_one_array_and_not_many():
    assert max_pool([[3, -1], [np.float32(4), np.int8(-1)]], 2).tolist() == [[4]]


# --- random cases against the definition ---


EXAMPLES = 2900  # for each of max, argmax and average: about one in five is refused, and 2,000 have to be pooled
DTYPES = ["int8", "uint8", "int64", "uint16", ">i2", "float16", "float32", "float64", ">f4", "longdouble"]


@st.composite
def cases(draw):
    """An array, the arguments that pool it, and whether they have to be refused."""
    rank = draw(st.integers(1, 5))
    if draw(st.booleans()):
        axes, spatial = None, {1: (0,), 2: (0, 1), 3: (0, 1), 4: (1, 2), 5: (1, 2, 3)}[rank]
    else:
        spatial = tuple(draw(st.permutations(range(rank)))[: draw(st.integers(1, min(rank, 3)))])
        axes = tuple(a - rank * draw(st.booleans()) for a in spatial)
    ranks = len(spatial)

    def each(values):
        return [draw(values) for _ in spatial]

    sizes = each(st.integers(1, {1: 9, 2: 6, 3: 4}[ranks]))
    window = each(st.integers(1, 4 - (ranks == 3)))
    stride = each(st.integers(1, 4)) if draw(st.booleans()) else None
    dilation = each(st.integers(1, 3)) if draw(st.integers(0, 2)) == 0 else [1] * ranks
    ceil_mode = draw(st.booleans())
    kind = draw(st.sampled_from(["valid", "same", "pairs"]))
    if kind == "pairs":
        # Up to the window's own extent, so that a window of padding only is possible but not the rule.
        most = [(k - 1) * d + draw(st.sampled_from([0, 0, 0, 1])) for k, d in zip(window, dilation)]
        padding = [(draw(st.integers(0, m)), draw(st.integers(0, m))) for m in most]
    else:
        padding = kind
        ceil_mode = ceil_mode and (kind == "valid" or draw(st.integers(0, 9)) == 0)

    shape = [draw(st.integers(1, 2)) for _ in range(rank)]
    for axis, size in zip(spatial, sizes):
        shape[axis] = size
    x = numbers(draw(st.sampled_from(DTYPES)), draw(st.sampled_from(["ties", "wide", "special"])), draw(st.integers(0, 2**32)), shape)

    per_axis = zip(sizes, window, stride or window, dilation, padding if kind == "pairs" else [kind] * ranks)
    covered = [real_elements(*one, ceil_mode) for one in per_axis]
    refused = (ceil_mode and kind == "same") or any(not windows or 0 in windows for windows in covered)
    arguments = dict(window=window, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode, axes=axes)
    return x, arguments, refused


def real_elements(size, window, stride, dilation, padding, ceil_mode):
    """How many real elements each window along an axis covers, from the definition: one walk, one count."""
    span = dilation * (window - 1) + 1
    total = max(0, (-(-size // stride) - 1) * stride + span - size)
    before, after = {"valid": (0, 0), "same": (total // 2, total - total // 2)}.get(padding, padding)
    end = size + after
    starts = [p for p in range(-before, end, stride) if p + span <= end or (ceil_mode and p - stride + span < end)]
    return [sum(0 <= p + tap * dilation < size for tap in range(window)) for p in starts if p < size or not ceil_mode]


def numbers(dtype, kind, seed, shape):
    """Shuffled signed data: with many ties, over a wide range, or with NaN, infinities and the dtype's extremes."""
    rng, dtype = np.random.default_rng(seed), np.dtype(dtype)
    if dtype.kind == "f":
        if kind == "ties":
            return rng.integers(-2, 3, shape).astype(dtype)
        if kind == "wide":
            return (rng.standard_normal(shape) * 10.0 ** rng.integers(-2, 4, shape)).astype(dtype)
        return rng.choice([NAN, INF, -INF, -1, 0.5, 2], shape, p=[0.1, 0.1, 0.3, 0.2, 0.2, 0.1]).astype(dtype)
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    if kind == "special":
        return rng.choice(np.array([low, low + 1, high], dtype), shape, p=[0.6, 0.3, 0.1])
    middle = 0 if low else 2
    if kind == "ties":
        return rng.integers(middle - 2, middle + 3, shape).astype(dtype)
    return rng.integers(low, high, shape, dtype.newbyteorder("="), endpoint=True).astype(dtype)


def run(name, check, pool):
    """Run `check` on random cases, `pool` on those that have to be refused; at least 2,000 have to be checked."""
    seen = Counter()

    def case_by_case(case):
        x, arguments, refused = case
        seen["refused" if refused else "pooled"] += 1
        if refused:
            with pytest.raises(ValueError):
                pool(x, **arguments)
        else:
            check(x, arguments)

    case_by_case.__name__ = name  # the random seed comes from the name: each check draws cases of its own
    settings(max_examples=EXAMPLES)(given(cases())(case_by_case))()
    print(f"random cases: {seen['pooled']} pooled, {seen['refused']} refused")
    assert seen["pooled"] >= 2000 and seen["refused"] >= 50


def test_max_is_the_definition_on_2000_random_cases():
    def check(x, arguments):
        y = max_pool(x, **arguments)
        assert y.dtype == x.dtype
        np.testing.assert_array_equal(y, naive.max_pool(x, **arguments))

    run("max", check, max_pool)


def test_argmax_is_the_definition_on_2000_random_cases():
    def check(x, arguments):
        both = [lib.max_pool(x, **arguments, return_indices=True) for lib in (pooling_lib, naive)]
        for got, expected in zip(*both):
            assert got.dtype == expected.dtype
            np.testing.assert_array_equal(got, expected)

    run("argmax", check, argmax_pool)


def test_average_is_the_definition_on_2000_random_cases():
    def check(x, arguments):
        arguments = arguments | dict(count_include_pad=bool(x.size % 2))
        y = avg_pool(x, **arguments)
        precision = {2: 1e-3, 4: 1e-6}.get(y.dtype.itemsize, 1e-12)
        with np.errstate(all="ignore"):  # infinities of both signs
            expected = naive.avg_pool(x, **arguments)
            size = naive.avg_pool(np.abs(x.astype(np.float64)), **arguments)
            near = np.abs(y.astype(np.float64) - expected) <= precision * size
        assert y.dtype == expected.dtype
        assert np.all(near | (y == expected) | (np.isnan(y) & np.isnan(expected))), (y, expected)

    run("average", check, avg_pool)


# --- the tests themselves ---


MUTATIONS = runpy.run_path(str(Path(__file__).with_name("mutations.py")))["MUTATIONS"]


@pytest.mark.parametrize("rule, file, old, new", MUTATIONS, ids=[f"{number}: {rule}" for number, (rule, *_) in enumerate(MUTATIONS)])
def test_the_break_it_list_still_finds_its_text(rule, file, old, new):
    assert old != new
    text = (Path(pooling_lib.__file__).parent / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{rule}: {old!r} occurs {text.count(old)} times in {file}; choose a distinctive text"
