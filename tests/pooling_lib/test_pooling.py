"""Tests of max_pool and avg_pool: one for each rule they hold, what they refuse, and their definition at random."""

import itertools
from collections import Counter

import numpy as np
import pytest
from budget import many
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import ONES, REFUSED, geometries, numbers

import pooling_lib
from pooling_lib import adaptive_avg_pool, adaptive_max_pool, avg_pool, max_pool, naive

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
    return np.lib.stride_tricks.sliding_window_view(x, window).reshape(
        *(n - k + 1 for n, k in zip(x.shape, window)), -1
    )


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
    assert lib.avg_pool(PLANE, (2, 1), (1, 2), [(0, 1), (0, 0)], dilation=(3, 1)).tolist() == [
        [-3, 6.5, -1],
        [-5, -2, 6],
    ]


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
    [
        ((4,), (2,)),
        ((4, 6), (2, 3)),
        ((4, 6, 3), (2, 3, 3)),
        ((3, 4, 6, 5), (3, 2, 3, 5)),
        ((3, 4, 6, 2, 5), (3, 2, 3, 1, 5)),
    ],
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
    assert lib.avg_pool([-3, -1, -4], 2, padding=[(1, 3)], ceil_mode=True, count_include_pad=True).tolist() == [
        -1.5,
        -2.5,
    ]


def test_overhang_is_never_counted(lib):
    assert lib.avg_pool([6, -2, 4], 2, ceil_mode=True).tolist() == [2, 4]
    assert lib.avg_pool([[6, -2, 4]], (2, 2), (2, 2), [(0, 1), (0, 0)], ceil_mode=True).tolist() == [[2, 4]]


def test_overhang_is_never_counted_not_even_with_count_include_pad(lib):
    assert lib.avg_pool([6, -2, 4], 2, ceil_mode=True, count_include_pad=True).tolist() == [2, 4]
    # The second window covers 4, one zero of padding, and one place beyond it: two elements.
    assert lib.avg_pool([6, -2, 3, 4], 3, padding=[(0, 1)], ceil_mode=True, count_include_pad=True).tolist() == [
        7 / 3,
        2,
    ]


# --- ties, NaN, infinities, indices ---


def test_ties_go_to_the_first_in_row_major_order(lib):
    assert lib.max_pool([1, 1, 1, 0, 1], 3, 1, return_indices=True)[1].tolist() == [0, 1, 2]
    # The 9 of row 1 comes before the 9 of column 0.
    assert lib.max_pool([[0, 0, 0], [0, 0, 9], [9, 9, 0]], 3, return_indices=True)[1].tolist() == [[5]]
    assert lib.max_pool(np.zeros((3, 3)), 2, 1, [(1, 0), (1, 0)], return_indices=True)[1].tolist() == [
        [0, 0, 1],
        [0, 0, 1],
        [3, 3, 4],
    ]


@pytest.mark.parametrize("dtype", [*FLOATS, ">f2", ">f4"])
def test_nan_wins_a_max_and_the_first_nan_gives_the_index(lib, dtype):
    x = np.array([[1, INF, NAN], [NAN, 2, NAN], [-1, -INF, 0]], dtype)
    y, where = lib.max_pool(x, 2, 1, return_indices=True)
    np.testing.assert_array_equal(y, [[NAN, NAN], [NAN, NAN]])
    np.testing.assert_array_equal(lib.max_pool(x, 2, 1), y)
    assert where.tolist() == [[3, 2], [3, 5]]
    assert lib.max_pool(x, 3, return_indices=True)[1].tolist() == [[2]]
    assert lib.max_pool(x, 3, 2, "same", return_indices=True)[1].tolist() == [[3, 2], [3, 5]]


@pytest.mark.parametrize("dtype", [*FLOATS, ">f4"])
@pytest.mark.parametrize("shape, window", [((64,), 4), ((16, 12), (4, 3))])
def test_of_0_and_minus_0_the_first_is_found(lib, dtype, shape, window):
    rng = np.random.default_rng(6)
    x = (rng.integers(-3, 1, shape) * rng.choice([0.0, 1.0], shape)).astype(dtype)
    y, where = lib.max_pool(x, window, return_indices=True)
    np.testing.assert_array_equal(np.signbit(y), np.signbit(x.ravel()[where]))
    assert np.signbit(y[y == 0]).any() and not np.signbit(y[y == 0]).all()


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


@pytest.mark.parametrize("name", ["window", "stride", "dilation"])
def test_true_is_refused_where_1_was_taken_just_before(name, refuses):
    settings = dict(window=1, stride=1, dilation=1)
    max_pool(np.ones(7), **settings)
    refuses(TypeError, lambda: max_pool(np.ones(7), **settings | {name: True}), name, "True", "must be an int")


def test_float16_is_summed_in_float32(lib):
    assert lib.avg_pool(np.full((8, 8), 60000, np.float16), 8).tolist() == [[60000]]  # a float16 sum is infinite
    assert lib.avg_pool(np.full((64, 64), 1.25, np.float16), 64).tolist() == [
        [1.25]
    ]  # a float16 sum stops growing at 4096
    assert lib.avg_pool(np.full((63, 65), 0.1, np.float16), (63, 65)) == np.float16(
        0.1
    )  # a float16 sum rounds every time


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


@pytest.mark.parametrize(
    "how",
    [
        dict(window=2),
        dict(window=3, stride=2, padding="same"),
        dict(window=3, stride=2, ceil_mode=True),
        dict(window=2, padding=[(1, 0), (0, 1)]),
        dict(window=2, dilation=2),
        dict(window=(5, 6)),
    ],
    ids=str,
)
@pytest.mark.parametrize("shape", [(0, 5, 6, 2), (3, 5, 6, 0)])
@pytest.mark.parametrize("pool", ["max_pool", "avg_pool"])
def test_an_empty_batch_gives_an_empty_result_wherever_the_windows_stand(lib, pool, shape, how):
    y = getattr(lib, pool)(np.zeros(shape, "float32"), **how)
    full = getattr(lib, pool)(np.zeros([max(1, n) for n in shape], "float32"), **how)
    assert y.dtype == full.dtype and y.shape == tuple(n if m else 0 for n, m in zip(full.shape, shape))


@pytest.mark.parametrize("pool", [adaptive_max_pool, adaptive_avg_pool, max_pool, avg_pool])
@pytest.mark.parametrize("size", [1, 2, 4])
def test_whatever_the_order_in_memory_the_result_is_in_rows(pool, size):
    x = np.random.default_rng(5).normal(size=(3, 5, 6, 4))
    for order in itertools.permutations(range(4)):
        same = np.ascontiguousarray(x.transpose(order)).transpose(np.argsort(order))
        y = pool(same, size)
        np.testing.assert_array_equal(y, pool(x, size))
        assert y.flags.c_contiguous and y.flags.writeable, order


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


@pytest.mark.parametrize(
    "kind", ["a tenth everywhere", "a third everywhere", "uniform", "normal", "sorted", "an offset with noise"]
)
@pytest.mark.parametrize(
    "shape, window", [((40, 40), 31), ((512, 512), 512), ((2**18,), 2**18)], ids=["31x31", "512x512", "262144"]
)
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


@pytest.mark.parametrize("window, stride", [(16, 16), (16, 23), (33, 40)])
def test_of_many_tiny_elements_after_a_large_one_none_is_lost(window, stride):
    # Added one by one in float32, 1 and 2**-24 make 1, and again 1.
    x = np.full((1, stride * 3, 400), 2.0**-24, "float32")
    x[:, ::stride] = 1
    exact = (1 + (window - 1) * 2.0**-24) / window
    np.testing.assert_allclose(avg_pool(x, window, stride, axes=(1,)), exact, rtol=3e-7)


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
        pytest.param(
            dict(window=(3, 2), stride=(2, 1), padding=[(1, 2), (0, 1)], dilation=(1, 2)), id="dilated, with pairs"
        ),
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
    np.testing.assert_allclose(
        avg_pool(3 * x - 2 * y, **how), 3 * avg_pool(x, **how) - 2 * avg_pool(y, **how), atol=1e-12
    )


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


REFUSED_NAMES = pytest.mark.parametrize("name", REFUSED)


@pytest.mark.parametrize("pool", [max_pool, avg_pool])
@REFUSED_NAMES
def test_refuses(name, pool, refuses):
    error, arguments, argument, value, mend = REFUSED[name]
    refuses(error, lambda: pool(**{"x": ONES, "window": 2} | arguments), argument, value, mend)


def test_a_list_of_numbers_is_one_array_and_not_many():
    assert max_pool([[3, -1], [np.float32(4), np.int8(-1)]], 2).tolist() == [[4]]


# --- random cases against the definition ---


EXAMPLES = many(2900)  # for each of max, argmax and average: about one in five is refused, the others are pooled
DTYPES = ["int8", "uint8", "int64", "uint16", ">i2", "float16", "float32", "float64", ">f4", "longdouble"]


@st.composite
def cases(draw):
    """An array, the arguments that pool it, and whether they have to be refused."""
    shape, arguments, refused = draw(geometries())
    x = numbers(
        draw(st.sampled_from(DTYPES)),
        draw(st.sampled_from(["ties", "wide", "special"])),
        draw(st.integers(0, 2**32)),
        shape,
    )
    return x, arguments, refused


def run(name, check, pool):
    """Run `check` on random cases, `pool` on those that have to be refused; at least many(2000) have to be checked."""
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
    assert seen["pooled"] >= many(2000) and seen["refused"] >= many(50)


def test_max_is_the_definition_on_random_cases():
    def check(x, arguments):
        y = max_pool(x, **arguments)
        assert y.dtype == x.dtype
        np.testing.assert_array_equal(y, naive.max_pool(x, **arguments))

    run("max", check, max_pool)


def test_argmax_is_the_definition_on_random_cases():
    def check(x, arguments):
        both = [lib.max_pool(x, **arguments, return_indices=True) for lib in (pooling_lib, naive)]
        for got, expected in zip(*both):
            assert got.dtype == expected.dtype
            np.testing.assert_array_equal(got, expected)

    run("argmax", check, argmax_pool)


def test_average_is_the_definition_on_random_cases():
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
