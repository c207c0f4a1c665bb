"""Tests of the other pools: each is its definition on random cases, keeps its promises, refuses what it cannot take."""

import functools

import numpy as np
import pytest
from budget import many
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import (
    BY_HAND,
    GEOMETRIES,
    INF,
    NAN,
    ONES,
    POOLS,
    REFUSED,
    SLIDING,
    Draws,
    accepted,
    assert_near,
    calls,
    first,
    strictly,
)

import pooling_lib
from pooling_lib import (
    Reduction,
    adaptive_avg_pool,
    adaptive_max_pool,
    avg_pool,
    blur_pool,
    global_avg_pool,
    global_lp_pool,
    global_max_pool,
    lp_pool,
    masked_avg_pool,
    masked_max_pool,
    max_blur_pool,
    max_pool,
    max_unpool,
    max_unpool_backward,
    min_pool,
    mixed_pool,
    naive,
    pool,
    power_mean_pool,
    pyramid_pool,
    soft_pool,
    stochastic_pool,
    sum_pool,
)

SEEDS = pytest.mark.parametrize("seed", range(5))


def signed(seed, shape=(2, 7, 6, 3)):
    return np.random.default_rng(seed).standard_normal(shape)


def positive(seed, shape=(2, 7, 6, 3)):
    return np.random.default_rng(seed).random(shape)


# --- random cases against the definition ---


@pytest.mark.parametrize("what", POOLS)
@settings(max_examples=many(150))
@given(data=st.data())
def test_every_pool_is_its_definition_on_random_cases(what, data):
    pool = POOLS[what]
    how, arrays = data.draw(calls(pool))
    for x, piecewise in arrays:
        with strictly(piecewise):
            got = getattr(pooling_lib, pool.name)(x, **how)
        wide = x if pool.dtype != "floating" and x.dtype.kind != "f" else x.astype(float)
        with np.errstate(all="ignore"):
            exact = getattr(naive, pool.name)(wide, **how)
            size = (
                first(getattr(naive, pool.name)(abs(np.where(np.isfinite(wide), wide, 0)), **how))
                if pool.cancels and wide is not x
                else 0
            )
        if isinstance(exact, tuple):
            np.testing.assert_array_equal(got[1], exact[1], strict=True)
        dtype = (
            x.dtype
            if x.dtype.kind == "f" or pool.dtype == "kept"
            else {"floating": float, "sum": f"{x.dtype.kind}8"}[pool.dtype]
        )
        # Averages and sums of float16 and float32 are those of float32.
        short = (
            pool.name in ("sum_pool", "mixed_pool", "global_avg_pool") and x.dtype.kind == "f" and x.dtype.itemsize < 8
        )
        halfway = pool.name == "mixed_pool" and x.dtype.itemsize == 2  # its average is rounded, too
        assert_near(first(got), first(exact), dtype, size, 5e-4 if halfway else 1e-6 if short else 1e-12)
        assert not np.shares_memory(first(got), x)


def assert_same(lib_call):
    """The call gives the same with the fast functions and by the definition, in new arrays."""
    for got, expected in zip(*(lib_call(lib) for lib in (pooling_lib, naive)), strict=True):
        np.testing.assert_array_equal(got, expected, strict=True)
        assert got.flags.c_contiguous and got.flags.writeable and got.flags.aligned


@settings(max_examples=many(150))
@given(calls(POOLS["stochastic"]))
def test_a_drawn_element_is_that_of_the_definition_on_random_cases(case):
    how, arrays = case
    for x, _ in arrays:
        assert_same(lambda lib: lib.stochastic_pool(x, **how, rng=np.random.default_rng(x.size), return_indices=True))
        assert_same(lambda lib: [lib.stochastic_pool(x, **how, rng=np.random.default_rng(x.size))])


@settings(max_examples=many(150))
@given(calls(POOLS["adaptive max"]))
def test_adaptive_indices_are_those_of_the_definition_on_random_cases(case):
    how, arrays = case
    for x, _ in arrays:
        assert_same(lambda lib: lib.adaptive_max_pool(x, **how, return_indices=True))


@settings(max_examples=many(150))
@given(calls(POOLS["min"]))
def test_unpooling_is_its_definition_on_450_random_cases(case):
    how, arrays = case
    y, axes = arrays[0][0], how["axes"]
    rng = np.random.default_rng(y.size)
    size = rng.integers(
        1, 4, len(naive._axes(y.shape, axes))
    ).tolist()  # often too small for each index to be named once
    where = rng.integers(np.prod(size), size=y.shape)
    for indices in where, np.flip(where), where.astype("u1").T.copy().T:
        assert_same(lambda lib: [lib.max_unpool(y, indices, size, axes=axes)])


def join_variances(a, b):
    """The states are numbers of elements, their sums, and their sums of squared distances from the mean."""
    n, m = a[0], b[0]
    apart = (a[1] * m - b[1] * n) ** 2 / np.maximum(n * m * (n + m), 1)
    return n + m, a[1] + b[1], a[2] + b[2] + apart


# Functions of one's own, and how the same is said of a list of values.
OWN = {
    "the median": (np.median, np.median),
    "the spread": (np.ptp, np.ptp),
    "the standard deviation": (np.std, np.std),
    "a count": (np.count_nonzero, np.count_nonzero),
    "the first of them": (lambda elements, axis: elements[..., 0], lambda values: values[0]),
    "a product": (Reduction(np.multiply, 1), np.prod),
    "a sum of exponentials": (Reduction(np.logaddexp, -INF), np.logaddexp.reduce),
    "the largest, from -inf": (Reduction(np.maximum, -INF), np.max),
    "the smallest, from inf": (Reduction(np.minimum, INF), np.min),
    "the smallest, by a function that is no ufunc": (Reduction(lambda a, b: np.where(a < b, a, b), INF), np.min),
    "a sum by a function that is no ufunc": (Reduction(lambda a, b: a + b, 0), np.sum),
    "the variance": (
        Reduction(
            join_variances,
            (0, 0, 0),
            lambda x: (np.ones(x.shape), x.astype(float), np.zeros(x.shape)),
            lambda state, count: state[2] / count,
        ),
        np.var,
    ),
}


@pytest.mark.parametrize("what", OWN)
@settings(max_examples=many(100))
@given(case=calls(POOLS["min"], ["int64", "float64"]))
def test_a_reduction_of_ones_own_is_what_it_says_on_200_random_cases(what, case):
    ours, by_values = OWN[what]
    how, arrays = case
    for x, piecewise in arrays:
        x = np.where(abs(x.astype(float)) < 1e3, x, 1)
        with strictly(piecewise):
            got = pool(x, **how, reduce=ours)
        np.testing.assert_allclose(got, naive.pool(x, **how, reduce=by_values), rtol=1e-12, atol=1e-9)
        assert got.flags.c_contiguous and got.flags.writeable


@pytest.mark.parametrize("what", [what for what in BY_HAND if "any function" not in what])
def test_worked_by_hand(what):
    call, expected = BY_HAND[what]
    got = call(pooling_lib)
    for one, by_hand in zip(got, expected, strict=True) if isinstance(expected, tuple) else [(got, expected)]:
        np.testing.assert_allclose(one, by_hand, rtol=1e-14, atol=1e-15)
        assert np.shape(one) == np.shape(by_hand)


def test_a_function_sees_the_real_values_of_each_window_in_row_major_order():
    seen = []

    def watch(elements, axis):
        seen.extend(elements.reshape(-1, elements.shape[-1]).tolist())
        return elements[..., 0]

    pool(
        np.arange(12).reshape(3, 4), 2, 1, [(1, 0), (0, 0)], axes=(1, 0), reduce=watch
    )  # column by column, as `axes` says
    windows = [(columns, rows) for columns in ([0], [0, 1], [1, 2], [2, 3]) for rows in ([0, 1], [1, 2])]
    assert sorted(seen) == sorted([c + 4 * r for c in columns for r in rows] for columns, rows in windows)


def test_a_result_of_ones_own_may_be_whole_here_and_broken_there():
    def half_at_the_border(elements, axis):
        return elements.max(axis) if elements.shape[axis] == 2 else elements.max(axis) + 0.5

    y = pool(np.arange(5), 2, padding="same", reduce=half_at_the_border)
    assert y.tolist() == [1, 3, 4.5]
    large = pool(np.arange(200_001), 2, padding="same", reduce=half_at_the_border)  # in pieces
    assert large[-1] == 200_000.5 and large[0] == 1


def test_a_function_of_ones_own_takes_40_axes():
    x = np.arange(2.0**12).reshape((2,) * 12 + (1,) * 28)
    assert pool(x, 2, padding="same", axes=range(40), reduce=np.ptp).ravel().tolist() == [4095]


@pytest.mark.parametrize("function", [np.maximum.reduce, np.max, np.ptp, functools.partial(np.quantile, q=0.5)])
def test_whatever_takes_an_axis_is_a_function_of_windows(function):
    assert pool([3, -1, 4, 1], 2, reduce=function).shape == (2,)


def test_a_boolean_result_of_ones_own_stays_boolean():
    y = pool([3, -1, 4, 1, 5], 2, reduce=lambda elements, axis: (elements > 0).all(axis))
    assert y.dtype == bool and y.tolist() == [False, True]


# --- limits ---


def test_the_p_norm_nears_the_largest_size_and_reaches_it_at_infinity():
    x = signed(0)
    largest = max_pool(abs(x), 3, 2)
    np.testing.assert_array_equal(lp_pool(x, 3, 2, p=INF), largest)
    distances = [np.max(lp_pool(x, 3, 2, p=p) / largest) - 1 for p in (2, 8, 32, 128, 1e6)]
    assert distances == sorted(distances)[::-1] and distances[-1] < 9 ** (1 / 1e6) - 1 + 1e-12


def test_the_power_mean_lies_between_smallest_and_largest_and_nears_both():
    x = positive(0) + 0.1
    how = dict(window=3, stride=2, padding="same")
    rising = [
        min_pool(x, **how),
        *(power_mean_pool(x, **how, p=p) for p in (-1e6, -10, -1, 0.1, 1, 3, 1e6)),
        max_pool(x, **how),
    ]
    assert all(np.all(a <= b * (1 + 1e-15)) for a, b in zip(rising, rising[1:]))
    np.testing.assert_allclose(rising[1], rising[0], rtol=1e-5)
    np.testing.assert_allclose(rising[-2], rising[-1], rtol=1e-5)
    np.testing.assert_allclose(power_mean_pool(x, **how, p=1), avg_pool(x, **how), rtol=1e-14)
    np.testing.assert_allclose(power_mean_pool(x, **how, p=-1), 1 / avg_pool(1 / x, **how), rtol=1e-14)


NEAR_0 = [0.1001, 0.0999, 1e-3, 1e-6, 1e-8, 1e-12, 1e-15, 1e-16, 1e-20, 1e-29, 1e-31, 1e-100, 5e-324]
WINDOWS = {
    "two numbers": [1.0, 4.0],
    "numbers of all sizes": [1e300, 1e-300, 2.0],
    "numbers almost alike": [1e10, 1.001e10, 1e10],
    "many": np.random.default_rng(0).random(50),
    "large numbers": [2e300, 7e300],
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("p", [sign * p for p in NEAR_0 for sign in (1, -1)])
def test_the_power_mean_keeps_its_digits_near_0(p, window):
    x = np.array(WINDOWS[window])
    y = power_mean_pool(x, x.size, p=p)
    np.testing.assert_allclose(y, naive.power_mean_pool(x, x.size, p=p), rtol=1e-12)
    if abs(p) < 1e-19:
        np.testing.assert_allclose(y, np.exp(np.mean(np.log(x))), rtol=1e-12)


def test_soft_pooling_is_the_maximum_when_cold_and_the_mean_when_hot():
    x, how = signed(0), dict(window=3, stride=2, padding="same")
    np.testing.assert_array_equal(soft_pool(x, **how, temperature=1e-9), max_pool(x, **how))
    np.testing.assert_array_equal(soft_pool(x, **how, temperature=5e-324), max_pool(x, **how))
    np.testing.assert_allclose(soft_pool(x, **how, temperature=INF), avg_pool(x, **how), atol=1e-15)
    np.testing.assert_allclose(soft_pool(x, **how, temperature=1e9), avg_pool(x, **how), atol=1e-8)


def test_nothing_overflows_or_vanishes_that_does_not_in_the_result():
    with np.errstate(all="raise", under="ignore"):
        for scale in (1e300, 1e-300):
            x = scale * np.array([1.0, 2, 2, 4])
            for p in (1, 2, 7, 300.5):
                np.testing.assert_allclose(
                    lp_pool(x, 4, p=p), scale * np.sum([1, 2**p, 2**p, 4**p]) ** (1 / p), rtol=1e-13
                )
            for p in (-7, -1, 0.5, 7):
                np.testing.assert_allclose(
                    power_mean_pool(x, 4, p=p), scale * np.mean([1, 2**p, 2**p, 4**p]) ** (1 / p), rtol=1e-13
                )
            np.testing.assert_allclose(stochastic_pool(x, 4), scale * 25 / 9, rtol=1e-14)
            np.testing.assert_allclose(blur_pool(x, 3, 1), scale * np.array([7 / 4, 10 / 4]), rtol=1e-14)
        np.testing.assert_allclose(soft_pool([1e4, 1e4 + np.log(3)], 2), 1e4 + 0.75 * np.log(3), rtol=1e-15)
        np.testing.assert_array_equal(soft_pool([-1e308, 1e308, -1e4, -1e4], 2), [1e308, -1e4])


def test_beside_a_sum_that_overflows_the_tiny_ones_stay():
    assert avg_pool([1.7e308, 1.7e308, 5e-324, 5e-324], 2).tolist() == [1.7e308, 5e-324]


@pytest.mark.parametrize("p", [1, 2, 2.5, INF])
def test_norms_of_the_lowest_integer_do_not_wrap_around(p):
    assert lp_pool(np.array([-128, 0], np.int8), 2, p=p).tolist() == [128]
    assert lp_pool(np.array([-(2**63), 0]), 2, p=p).tolist() == [2.0**63]


def test_longdouble_keeps_its_precision():
    x = np.array([1, 1], "longdouble") + np.finfo("longdouble").eps
    for y in [
        lp_pool(x, 2, p=INF),
        power_mean_pool(x, 2, p=1),
        soft_pool(x, 2),
        stochastic_pool(x, 2),
        mixed_pool(x, 2),
        blur_pool(x, 2),
    ]:
        assert y.dtype == x.dtype and np.all(y == x[:1])


# --- rules that hold whatever the numbers are ---


PERMUTED = {
    "min": 0,
    "sum": 1e-13,
    "2-norm": 1e-13,
    "power mean": 1e-13,
    "soft": 1e-13,
    "stochastic": 1e-13,
    "mixed": 1e-13,
}


@pytest.mark.parametrize("what", PERMUTED)
@SEEDS
def test_the_order_within_a_window_does_not_matter(what, seed):
    pool, x = POOLS[what], positive(seed, (6, 8))
    blocks = x.reshape(2, 3, 2, 4).transpose(0, 2, 1, 3).reshape(2, 2, 12)
    shuffled = (
        np.random.default_rng(seed).permuted(blocks, axis=2).reshape(2, 2, 3, 4).transpose(0, 2, 1, 3).reshape(6, 8)
    )
    function = getattr(pooling_lib, pool.name)
    np.testing.assert_allclose(
        function(shuffled, (3, 4), **pool.more), function(x, (3, 4), **pool.more), rtol=PERMUTED[what]
    )


@pytest.mark.parametrize("constant", [7, 0.1, 1e30])
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_a_constant_stays_a_constant(constant, dtype):
    x = np.full((9, 7), min(constant, 1e3) if dtype == "float16" else constant, dtype)
    how = dict(padding=[(1, 2), (0, 1)], ceil_mode=True)
    for y in [
        *(
            avg_pool(x, 3, 2, **how),
            power_mean_pool(x, 3, 2, **how),
            power_mean_pool(x, 3, 2, **how, p=-2),
            soft_pool(x, 3, 2, **how),
        ),
        *(
            stochastic_pool(x, 3, 2, **how),
            mixed_pool(x, 3, 2, **how),
            blur_pool(x, 3, 2, **how),
            blur_pool(x, 4, padding="same"),
        ),
        *(
            max_blur_pool(x, 2, padding="same"),
            adaptive_avg_pool(x, (4, 10)),
            masked_avg_pool(x, x > 0, 3, 2, **how, axes=(0, 1))[0],
            global_avg_pool(x),
        ),
    ]:
        np.testing.assert_allclose(y, x.flat[0], rtol=2 * np.finfo(dtype).eps)


@SEEDS
def test_soft_pooling_shifts_and_the_others_scale_with_their_input(seed):
    x, how = signed(seed), dict(window=3, stride=2, padding="same")
    np.testing.assert_allclose(soft_pool(x + 5, **how), soft_pool(x, **how) + 5, rtol=1e-13)
    np.testing.assert_allclose(soft_pool(3 * x, **how, temperature=3), 3 * soft_pool(x, **how), atol=1e-14)
    np.testing.assert_allclose(lp_pool(-3 * x, **how, p=2.5), 3 * lp_pool(x, **how, p=2.5), rtol=1e-14)
    np.testing.assert_array_equal(lp_pool(-4 * x, **how), 4 * lp_pool(x, **how))
    np.testing.assert_allclose(
        power_mean_pool(3 * abs(x), **how, p=-0.3), 3 * power_mean_pool(abs(x), **how, p=-0.3), rtol=1e-13
    )
    np.testing.assert_allclose(stochastic_pool(3 * abs(x), **how), 3 * stochastic_pool(abs(x), **how), rtol=1e-13)
    np.testing.assert_allclose(blur_pool(3 * x + 1, **how), 3 * blur_pool(x, **how) + 1, atol=1e-14)
    np.testing.assert_allclose(sum_pool(x, **how) / sum_pool(np.ones_like(x), **how), avg_pool(x, **how), atol=1e-14)


@pytest.mark.parametrize("what", SLIDING)
def test_every_pool_lies_between_the_smallest_and_the_largest_or_is_a_sum_or_norm(what):
    pool, x = SLIDING[what], positive(1)
    how = dict(window=3, stride=2, padding="same")
    y = first(getattr(pooling_lib, pool.name)(x, **how, **pool.more, **accepted(pool.name, dict(mask=x > 0.2))))
    n = 9 if "sum" in what or "norm" in what else 1
    assert np.all(min_pool(x, **how) * (1 - 1e-15) <= y) and np.all(y <= n * max_pool(x, **how) * (1 + 1e-15))


@pytest.mark.parametrize("what", SLIDING)
def test_a_huge_stride_leaves_the_first_window(what):
    pool = SLIDING[what]

    def outputs(x, **how):
        return first(
            getattr(pooling_lib, pool.name)(
                x, window=2, **how, **pool.more, **accepted(pool.name, dict(mask=[True] * len(x)))
            )
        )

    np.testing.assert_array_equal(outputs([3.0, 1.0, 4.0], stride=10**30), outputs([3.0, 1.0]))


# --- stochastic pooling ---


def test_the_same_seed_draws_the_same_and_another_draws_anew():
    x = positive(0)
    one, same, other = (stochastic_pool(x, 2, rng=np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert 0.4 < np.mean(one != other) < 1


@SEEDS
def test_elements_are_drawn_in_proportion_to_their_size_each_window_by_itself(seed):
    window, windows = np.array([1.0, 0, 3, 4]), 20_000
    y, where = stochastic_pool(np.tile(window, windows), 4, rng=np.random.default_rng(seed), return_indices=True)
    place = where % 4
    np.testing.assert_array_equal(where // 4, np.arange(windows))
    np.testing.assert_array_equal(y, window[place])
    chances = window / window.sum()
    # Five standard deviations: one chance in a million to fail, and the seeds are fixed.
    frequencies = np.bincount(place, minlength=4) / windows
    assert np.all(abs(frequencies - chances) <= 5 * np.sqrt(chances * (1 - chances) / windows))
    pairs = np.bincount(place[:-1] * 4 + place[1:], minlength=16).reshape(4, 4) / (windows - 1)
    both = np.outer(chances, chances)
    assert np.all(abs(pairs - both) <= 5 * np.sqrt(both * (1 - both) / windows))


def test_testing_gives_the_mean_of_what_training_draws():
    x = positive(3, (4, 4))
    drawn = np.mean([stochastic_pool(x, 2, rng=np.random.default_rng(seed)) for seed in range(3000)], axis=0)
    np.testing.assert_allclose(drawn, stochastic_pool(x, 2), atol=5 * 0.5 / np.sqrt(3000))


def test_an_all_zero_window_gives_zero_and_its_first_real_element():
    x = np.zeros((3, 3), np.float32)
    for draw in 0.0, 0.5, 0.999:
        y, where = stochastic_pool(x, 2, 1, [(1, 0), (0, 1)], rng=Draws(*[draw] * 9), return_indices=True)
        assert not y.any() and y.dtype == np.float32 and where.tolist() == [[0, 1, 2], [0, 1, 2], [3, 4, 5]]
    assert not stochastic_pool(x, 2).any()


def test_the_generator_is_asked_for_one_number_a_window():
    rng, twin = np.random.default_rng(5), np.random.default_rng(5)
    stochastic_pool(positive(0), (3, 2), rng=rng)
    twin.random((2, 2, 3, 3))
    assert rng.random() == twin.random()


# --- mixed, masked, adaptive, pyramid, global, unpool ---


def test_mixed_pooling_may_draw_maximum_or_average_for_each_image_and_channel():
    x, how = signed(0), dict(window=3, stride=2, padding="same")
    mix = np.random.default_rng(0).integers(2, size=(2, 1, 1, 3))
    np.testing.assert_array_equal(mixed_pool(x, **how, mix=mix), np.where(mix, max_pool(x, **how), avg_pool(x, **how)))
    np.testing.assert_array_equal(mixed_pool(x, **how, mix=0), avg_pool(x, **how))
    np.testing.assert_array_equal(mixed_pool(x, **how, mix=1), max_pool(x, **how))
    each = positive(1, mixed_pool(x, **how).shape)
    np.testing.assert_allclose(
        mixed_pool(x, **how, mix=each), each * max_pool(x, **how) + (1 - each) * avg_pool(x, **how), rtol=1e-14
    )


@pytest.mark.parametrize("masked_pool, plain", [(masked_max_pool, max_pool), (masked_avg_pool, avg_pool)])
@pytest.mark.parametrize("hidden", [NAN, INF, -INF, 1e300, 0])
def test_what_the_mask_hides_never_matters(masked_pool, plain, hidden):
    x, mask = signed(0), positive(1, (2, 7, 6)) < 0.5
    mask[0, :3, :3] = False
    y, real = masked_pool(x, mask, 3, 1, "same")
    filled = np.where(mask[..., None], x, hidden)
    with np.errstate(all="raise", under="ignore"):
        for got, expected in zip(masked_pool(filled, mask, 3, 1, "same"), (y, real)):
            np.testing.assert_array_equal(got, expected, strict=True)
    assert real.dtype == bool and not real.all() and not y[~real].any()
    np.testing.assert_array_equal(
        real, max_pool(np.broadcast_to(mask[..., None], x.shape).astype(int), 3, 1, "same") > 0
    )
    np.testing.assert_allclose(
        masked_pool(x, np.ones(x.shape, bool), 3, 1, "same")[0], plain(x, 3, 1, "same"), atol=1e-15
    )


def test_a_mask_of_sentences_pools_each_to_its_own_length():
    x, lengths = signed(0, (4, 9, 3)), np.array([9, 4, 1, 0])
    mask = np.arange(9) < lengths[:, None]
    y, real = masked_max_pool(x, mask)
    z, _ = masked_avg_pool(x, mask)
    assert y.shape == real.shape == (4, 1, 3) and real[:, 0, 0].tolist() == [True, True, True, False]
    for i, n in enumerate(lengths[:3]):
        np.testing.assert_array_equal(y[i, 0], x[i, :n].max(0))
        np.testing.assert_allclose(z[i, 0], x[i, :n].mean(0), atol=1e-15)
    assert not y[3].any() and not z[3].any()


def test_masked_maxima_of_the_lowest_value_are_real():
    y, real = masked_max_pool(np.array([-128, 5], np.int8), [True, False], 2)
    assert (y.tolist(), real.tolist(), y.dtype) == ([-128], [True], np.int8)
    y, real = masked_max_pool(np.array([2**64 - 1, 2**64 - 2, 0, 7], np.uint64), [True, True, True, False], 2)
    assert y.tolist() == [2**64 - 1, 0] and y.dtype == np.uint64
    assert masked_max_pool([-INF, 5.0], [True, False], 2)[0].tolist() == [-INF]


@SEEDS
def test_adaptive_pools_are_plain_ones_where_the_size_divides_evenly(seed):
    x = signed(seed, (2, 12, 8, 3))
    np.testing.assert_array_equal(adaptive_max_pool(x, (3, 4)), max_pool(x, (4, 2)))
    np.testing.assert_allclose(adaptive_avg_pool(x, (3, 4)), avg_pool(x, (4, 2)), atol=1e-15)
    for got, expected in zip(
        adaptive_max_pool(x, (3, 4), return_indices=True), max_pool(x, (4, 2), return_indices=True)
    ):
        np.testing.assert_array_equal(got, expected)
    np.testing.assert_array_equal(adaptive_max_pool(x, (12, 8)), x)
    np.testing.assert_array_equal(adaptive_max_pool(x, 1), max_pool(x, (12, 8)))


@pytest.mark.parametrize("size", [(4, 4), (5, 9), (1, 7), (20, 3)])
def test_a_pyramids_shape_does_not_depend_on_the_size_of_its_input(size):
    x = signed(0, (2, *size, 3))
    y = pyramid_pool(x)
    assert y.shape == (2, 21, 3)
    np.testing.assert_array_equal(y[:, :16], adaptive_max_pool(x, 4).reshape(2, 16, 3))
    np.testing.assert_array_equal(y[:, 20], global_max_pool(x))
    assert pyramid_pool(x.transpose(0, 3, 1, 2), (3, 1), axes=(2, 3)).shape == (2, 3, 10)


@pytest.mark.parametrize("axes", [None, (2, 1), (-1,), (0, 3), (0, 1, 2, 3)])
@pytest.mark.parametrize("keepdims", [False, True])
def test_global_pools_are_numpys_reductions(axes, keepdims):
    x, over = signed(0), (1, 2) if axes is None else axes
    np.testing.assert_array_equal(global_max_pool(x, axes, keepdims), x.max(over, keepdims=keepdims), strict=True)
    np.testing.assert_allclose(
        global_avg_pool(x, axes, keepdims), x.mean(over, keepdims=keepdims), atol=1e-14, strict=True
    )
    for p in (1, 2, 3):
        expected = np.sum(abs(x) ** p, over, keepdims=keepdims) ** (1 / p)
        np.testing.assert_allclose(global_lp_pool(x, axes, keepdims, p=p), expected, rtol=1e-13)


@SEEDS
def test_unpooling_puts_each_maximum_back_and_pooling_again_finds_it(seed):
    x = np.random.default_rng(seed).permutation(2 * 6 * 8 * 3).reshape(2, 6, 8, 3) + 1
    y, where = max_pool(x, (3, 2), return_indices=True)
    back = max_unpool(y, where, (6, 8))
    assert back.shape == x.shape and back.dtype == x.dtype and np.count_nonzero(back) == y.size
    np.testing.assert_array_equal(back[back > 0], x[back > 0])
    for got, expected in zip(max_pool(back, (3, 2), return_indices=True), (y, where)):
        np.testing.assert_array_equal(got, expected)


def test_lists_are_as_good_as_arrays():
    x = [[3, -1, 4], [-1, 5, -9], [2, -6, 5]]
    how = dict(window=2, output_size=2, mask=[True, False, True], blur=2, levels=[1])
    for what, pooled in POOLS.items():
        numbers = np.abs(x).tolist() if pooled.takes != "any" else x
        settings = accepted(pooled.name, how) | pooled.more
        results = [getattr(pooling_lib, pooled.name)(one, **settings) for one in (numbers, np.array(numbers))]
        np.testing.assert_array_equal(first(results[0]), first(results[1]), what)


@pytest.mark.parametrize("shape", [(0, 4, 4, 3), (2, 4, 4, 0)])
@pytest.mark.parametrize("what", ["max", *POOLS, *OWN])
def test_a_batch_of_nothing_gives_nothing_of_the_right_shape_and_dtype(what, shape):
    name = "max_pool" if what == "max" else "pool" if what in OWN else POOLS[what].name
    more = {} if what == "max" else dict(reduce=OWN[what][0]) if what in OWN else POOLS[what].more

    def outputs(shape):
        x = np.ones(shape, np.int16)
        indices = {} if name == "stochastic_pool" else dict(return_indices=True)
        settings = accepted(name, dict(window=2, output_size=2, mask=x > 0, levels=(2, 1)) | indices)
        y = getattr(pooling_lib, name)(x, **settings | more)
        return y if isinstance(y, tuple) else [y]

    for nothing, one in zip(outputs(shape), outputs((2, 4, 4, 3)), strict=True):
        assert nothing.shape == ((0, *one.shape[1:]) if shape[0] == 0 else (*one.shape[:-1], 0))
        assert nothing.dtype == one.dtype


@pytest.mark.parametrize("rng", [None, 0])
def test_of_an_empty_batch_nothing_is_drawn_and_nothing_put_back(rng):
    x = np.ones((0, 4, 4, 3))
    y = stochastic_pool(x, 2, rng=None if rng is None else np.random.default_rng(rng))
    assert y.shape == (0, 2, 2, 3)
    assert max_unpool(y, np.zeros(y.shape, int), 4).shape == x.shape
    assert max_unpool_backward(x, np.zeros(y.shape, int)).shape == y.shape


def test_an_array_without_axes_is_as_good_as_a_number():
    x, two = np.arange(16.0).reshape(4, 4), np.array(2)
    np.testing.assert_array_equal(max_pool(x, two, two, dilation=np.array(1)), max_pool(x, 2))
    np.testing.assert_array_equal(adaptive_avg_pool(x, two), adaptive_avg_pool(x, 2))
    np.testing.assert_array_equal(mixed_pool(x, np.array([2, 1])), mixed_pool(x, (2, 1)))
    assert max_pool(x, 2, ceil_mode=np.bool_(True)).shape == (2, 2)


def test_numbers_beyond_every_dtype_are_numbers():
    assert lp_pool([3.0, 4.0], 2, p=10**20).tolist() == [4]
    assert soft_pool([3.0, 4.0], 2, temperature=10**20).tolist() == [3.5]
    assert max_pool([3.0, 1, 2], 1, dilation=2**63, return_indices=True)[1].tolist() == [0, 1, 2]
    assert avg_pool([3.0, 1, 2], 1, 2, dilation=10**30).tolist() == [3, 2]


# --- refusals: each message names the argument, its value, and what to do ---


OTHERS = [pool.name for what, pool in POOLS.items() if what not in SLIDING]


@pytest.mark.parametrize("what", [*SLIDING, "a function of one's own", "a reduction of one's own"])
def test_a_pool_with_a_window_refuses_what_max_pool_refuses(what, refuses):
    own = {"a function of one's own": np.median, "a reduction of one's own": Reduction(np.add, 0)}.get(what)
    name, more = ("pool", dict(reduce=own)) if own else (SLIDING[what].name, SLIDING[what].more)
    function, more = getattr(pooling_lib, name), more | accepted(name, dict(mask=[True] * 4))
    for error, arguments, argument, value, mend in REFUSED.values():
        image = dict(axes=(0, 1)) if "masked" in name and "x" not in arguments else {}  # by default a row is a sequence
        refuses(error, lambda: function(**{"x": ONES, "window": 2} | more | image | arguments), argument, value, mend)


@pytest.mark.parametrize("name", OTHERS)
def test_a_pool_without_a_window_refuses_arrays_and_axes_as_max_pool_does(name, refuses):
    own = accepted(name, dict(output_size=2, window=2))
    for error, arguments, argument, value, mend in REFUSED.values():
        if set(arguments) <= {"x"} or ("axes" in arguments and "window" not in arguments):
            refuses(error, lambda: getattr(pooling_lib, name)(**{"x": ONES} | own | arguments), argument, value, mend)


MASK = np.ones((4, 4), bool)
REFUSALS = {
    "no reduction": (TypeError, lambda: pool(ONES, 2, reduce="max"), "reduce", "'max' is neither", "such as np.median"),
    "a function of two elements": (TypeError, lambda: pool(ONES, 2, reduce=np.maximum), "reduce", "maximum", "np.max,"),
    "the largest of Python": (TypeError, lambda: pool(ONES, 2, reduce=max), "reduce", "max", "Reduction(np.maximum"),
    "the sum of Python": (TypeError, lambda: pool(ONES, 2, reduce=sum), "reduce", "sum", "axis=-1"),
    "a function without an axis": (TypeError, lambda: pool(ONES, 2, reduce=lambda v: v[0]), "reduce", "lambda", "axis"),
    "a reduction of no function": (TypeError, lambda: Reduction("max", 0), "combine=", "'max'", "np.maximum"),
    "an identity in a list": (TypeError, lambda: Reduction(np.add, [0, 0]), "identity=", "[0, 0]", "a tuple"),
    "an identity of text": (TypeError, lambda: Reduction(np.add, "0"), "identity=", "'0'", "a number"),
    "a text as return_indices": (
        TypeError,
        lambda: max_pool(ONES, 2, return_indices="no"),
        "return_indices=",
        "'no'",
        "True",
    ),
    "a text as keepdims": (
        TypeError,
        lambda: global_max_pool(ONES, keepdims="no"),
        "keepdims=",
        "'no'",
        "True or False",
    ),
    "a text as count_include_pad": (
        TypeError,
        lambda: avg_pool(ONES, 2, count_include_pad="False"),
        "count_include_pad=",
        "'False'",
        "True or False",
    ),
    "two numbers a window": (
        ValueError,
        lambda: pool(ONES, 2, reduce=lambda elements, axis: elements[..., :2]),
        "reduce",
        "(2, 2, 2)",
        "one number",
    ),
    "one number for all": (
        ValueError,
        lambda: pool(ONES, 2, reduce=lambda elements, axis: elements.sum()),
        "reduce",
        "()",
        "one number for each",
    ),
    "a norm below 1": (ValueError, lambda: lp_pool(ONES, 2, p=0.5), "p=", "0.5", "at least 1"),
    "a norm of 400 digits": (ValueError, lambda: lp_pool(ONES, 2, p=10**400), "p ", "larger", "np.inf"),
    "a norm of NaN": (ValueError, lambda: lp_pool(ONES, 2, p=NAN), "p=", "nan", "use 2"),
    "a norm of text": (TypeError, lambda: lp_pool(ONES, 2, p="2"), "p=", "'2'", "use 2"),
    "a norm of True": (TypeError, lambda: lp_pool(ONES, 2, p=True), "p=", "True", "use 2"),
    "several norms": (TypeError, lambda: lp_pool(ONES, 2, p=[1, 2]), "p=", "[1, 2]", "use 2"),
    "a global norm below 1": (ValueError, lambda: global_lp_pool(ONES, p=0), "p=", "0", "at least 1"),
    "a power of 0": (ValueError, lambda: power_mean_pool(ONES, 2, p=0), "p=", "0", "np.log"),
    "an infinite power": (ValueError, lambda: power_mean_pool(ONES, 2, p=-INF), "p=", "-inf", "min_pool"),
    "a power of NaN": (ValueError, lambda: power_mean_pool(ONES, 2, p=NAN), "p=", "nan", "use 1"),
    "no power": (TypeError, lambda: power_mean_pool(ONES, 2, p=None), "p=", "None", "use 1"),
    "a power mean of negative numbers": (
        ValueError,
        lambda: power_mean_pool(-ONES, 2),
        "x ",
        "-1.0",
        "np.maximum(x, 0)",
    ),
    "of negative ones beside NaN": (ValueError, lambda: power_mean_pool([NAN, -1.0], 2), "x ", "-1.0", "np.abs(x)"),
    "of -inf": (ValueError, lambda: power_mean_pool([1, -INF], 2), "x ", "-inf", "np.abs(x)"),
    "a temperature of 0": (ValueError, lambda: soft_pool(ONES, 2, temperature=0), "temperature=", "0", "above 0"),
    "a negative temperature": (
        ValueError,
        lambda: soft_pool(ONES, 2, temperature=-1.5),
        "temperature=",
        "-1.5",
        "above 0",
    ),
    "a temperature of NaN": (ValueError, lambda: soft_pool(ONES, 2, temperature=NAN), "temperature=", "nan", "above 0"),
    "a temperature of text": (
        TypeError,
        lambda: soft_pool(ONES, 2, temperature="warm"),
        "temperature=",
        "'warm'",
        "above 0",
    ),
    "chances below 0": (ValueError, lambda: stochastic_pool(-ONES, 2), "x ", "-1.0", "np.maximum(x, 0)"),
    "chances of NaN": (ValueError, lambda: stochastic_pool([NAN, 1], 2), "x ", "nan", "np.nan_to_num"),
    "infinite chances": (
        ValueError,
        lambda: stochastic_pool([INF, 1], 2, rng=np.random.default_rng(0)),
        "x ",
        "inf",
        "np.nan_to_num",
    ),
    "a seed in place of a generator": (
        TypeError,
        lambda: stochastic_pool(ONES, 2, rng=7),
        "rng=",
        "7",
        "np.random.default_rng(seed)",
    ),
    "an old generator": (
        TypeError,
        lambda: stochastic_pool(ONES, 2, rng=np.random.RandomState(0)),
        "rng=",
        "RandomState",
        "np.random.default_rng",
    ),
    "indices of a mean": (
        ValueError,
        lambda: stochastic_pool(ONES, 2, return_indices=True),
        "return_indices=True",
        "mean",
        "give rng=",
    ),
    "a share above 1": (ValueError, lambda: mixed_pool(ONES, 2, mix=1.5), "mix=", "1.5", "between 0"),
    "a negative share": (ValueError, lambda: mixed_pool(ONES, 2, mix=[-0.1, 0.5]), "mix=", "-0.1", "between 0"),
    "a share of NaN": (ValueError, lambda: mixed_pool(ONES, 2, mix=NAN), "mix=", "nan", "between 0"),
    "a share of text": (TypeError, lambda: mixed_pool(ONES, 2, mix="half"), "mix=", "'half'", "from 0 to 1"),
    "a share of True": (TypeError, lambda: mixed_pool(ONES, 2, mix=True), "mix=", "True", "from 0 to 1"),
    "shares of another shape": (
        ValueError,
        lambda: mixed_pool(ONES, 2, mix=[0.1, 0.2, 0.3]),
        "mix ",
        "(3,)",
        "one for each image",
    ),
    "shares of too many axes": (
        ValueError,
        lambda: mixed_pool(ONES, 2, mix=np.ones((3, 1, 1))),
        "mix ",
        "(3, 1, 1)",
        "one for each image",
    ),
    "max blur with pairs": (
        ValueError,
        lambda: max_blur_pool(ONES, 2, padding=[(1, 1), (1, 1)]),
        "padding=",
        "(1, 1)",
        "'valid' or 'same'",
    ),
    "max blur with another word": (
        ValueError,
        lambda: max_blur_pool(ONES, 2, padding="full"),
        "padding=",
        "'full'",
        "'valid', 'same'",
    ),
    "a blur of 0": (ValueError, lambda: max_blur_pool(ONES, 2, blur=0), "window", "0", "at least 1"),
    "a blur of nothing but its thin end": (
        ValueError,
        lambda: blur_pool(np.ones(3), 3000, 1, [(2998, 0)]),
        "window=3000",
        "(2998, 0)",
        "less padding",
    ),
    "gaps that leave nothing to 'same'": (
        ValueError,
        lambda: max_pool(np.ones(6), 4, 1, "same", dilation=60),
        "padding='same'",
        "dilation=60",
        "use a larger window or a smaller dilation",
    ),
    "no bins": (ValueError, lambda: adaptive_max_pool(ONES, 0), "output_size=", "0", "at least 1"),
    "bins of a third axis": (
        ValueError,
        lambda: adaptive_avg_pool(ONES, (2, 2, 2)),
        "output_size=",
        "(2, 2, 2)",
        "one for each axis",
    ),
    "half a bin": (TypeError, lambda: adaptive_max_pool(ONES, 1.5), "output_size=", "1.5", "must be an int"),
    "masked shares": (
        TypeError,
        lambda: mixed_pool(ONES, 2, mix=np.ma.masked_equal(np.ones((2, 2)), 1)),
        "mix ",
        "masked",
        "filled",
    ),
    "masked indices": (
        TypeError,
        lambda: max_unpool([1], np.ma.masked_equal([0], 0), 4),
        "indices ",
        "masked",
        "filled",
    ),
    "a masked mask": (
        TypeError,
        lambda: masked_max_pool(ONES, np.ma.masked_equal(MASK, True)),
        "mask ",
        "masked",
        "filled",
    ),
    "levels to be read once": (
        ValueError,
        lambda: pyramid_pool(ONES, iter((2, 1))),
        "levels=",
        "iterator",
        "(4, 2, 1)",
    ),
    "levels in no order": (ValueError, lambda: pyramid_pool(ONES, {2, 1}), "levels=", "{1, 2}", "(4, 2, 1)"),
    "an empty pyramid": (ValueError, lambda: pyramid_pool(ONES, ()), "levels=", "()", "use (4, 2, 1)"),
    "a level of 0": (ValueError, lambda: pyramid_pool(ONES, (2, 0)), "levels=", "(2, 0)", "at least 1"),
    "one level without its brackets": (ValueError, lambda: pyramid_pool(ONES, 4), "levels=", "4", "use (4, 2, 1)"),
    "half a level": (TypeError, lambda: pyramid_pool(ONES, (2, 0.5)), "levels=", "(2, 0.5)", "must"),
    "a mask of numbers": (TypeError, lambda: masked_max_pool(ONES, ONES), "mask ", "float64", "astype(bool)"),
    "a mask of trailing axes": (
        ValueError,
        lambda: masked_avg_pool(np.ones((2, 3)), [True] * 3),
        "mask ",
        "(3,)",
        "leading axes",
    ),
    "a mask of too many axes": (
        ValueError,
        lambda: masked_max_pool(ONES, MASK[..., None]),
        "mask ",
        "(4, 4, 1)",
        "leading axes",
    ),
    "a ragged mask": (ValueError, lambda: masked_max_pool(ONES, [[True], [True, False]]), "mask", "ragged", "pad"),
    "indices of floats": (TypeError, lambda: max_unpool([1], [0.0], 4), "indices ", "float64", "int64"),
    "indices of another shape": (
        ValueError,
        lambda: max_unpool([1, 2], [0], 4),
        "indices ",
        "(1,)",
        "one index for each",
    ),
    "an index outside": (ValueError, lambda: max_unpool([1, 2], [0, 4], 4), "indices ", "4", "spatial size"),
    "an index before the start": (ValueError, lambda: max_unpool([1, 2], [0, -1], 4), "indices ", "-1", "spatial size"),
    "two sizes for one axis": (
        ValueError,
        lambda: max_unpool([1], [0], (2, 2)),
        "size=",
        "(2, 2)",
        "one for each axis",
    ),
    "a size of 0": (ValueError, lambda: max_unpool([1], [0], 0), "size=", "0", "at least"),
    "a size of 1.5": (TypeError, lambda: max_unpool([1], [0], 1.5), "size=", "1.5", "int"),
    "unpooling booleans": (TypeError, lambda: max_unpool([True], [0], 4), "y ", "bool", "y.astype"),
    "unpooling nothing": (ValueError, lambda: max_unpool([], [], 4), "y ", "(0,)", "at least one element"),
    "unpooling an axis that is not there": (
        ValueError,
        lambda: max_unpool([1], [0], 4, axes=(1,)),
        "axes=",
        "(1,)",
        "axes of y",
    ),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_refuses(what, refuses):
    refuses(*REFUSALS[what])


# --- what random cases find late ---


@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.parametrize("what", [*SLIDING, *OWN])
def test_pieces_of_the_work_fit_together(what, geometry):
    shape, how = GEOMETRIES[geometry]
    x = positive(2, shape)
    if what in OWN:
        name, (fast, slow) = "pool", [dict(reduce=own) for own in OWN[what]]
    else:
        name = SLIDING[what].name
        fast = slow = SLIDING[what].more | accepted(name, dict(mask=x < 0.6))
    with strictly(piecewise=True):
        y = first(getattr(pooling_lib, name)(x, **how, **fast))
    np.testing.assert_allclose(y, first(getattr(naive, name)(x, **how, **slow)), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int64", "uint64"])
def test_sums_of_integers_have_numpys_dtype(dtype):
    x = np.ones(2, dtype)
    assert sum_pool(x, 2).dtype == x.sum().dtype


def test_long_sums_of_float32_are_accurate():
    x = np.full((512, 512), 0.1, np.float32)  # every addition rounds to the same side
    np.testing.assert_allclose(sum_pool(x, 512), [[x.sum(dtype=float)]], rtol=1e-6)


def test_a_global_pool_keeps_an_axis_of_one_that_is_not_its_own():
    assert global_max_pool(np.ones((1, 3, 3, 1))).shape == (1, 1)
