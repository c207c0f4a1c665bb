"""Tests of large windows: no step of Python for each of their elements, and errors before memory goes."""

import functools
import sys
import time
import types

import numpy as np
import pytest
from budget import many
from hypothesis import given, settings
from hypothesis import strategies as st
from pools import INF, NAN, geometries, numbers

import pooling_lib
from pooling_lib import geometry, gradients, kernels, naive, plans, pooling, walks
from pooling_lib.geometry import Windows

LINE = np.random.default_rng(0).random(100_000)
IMAGE = np.random.default_rng(1).random((1, 256, 256, 3)).astype(np.float32)
WHOLE = LINE.size
ONE = np.ones(1)

LARGE = {
    "maximum, back": lambda: pooling_lib.global_max_pool_backward(1.0, LINE),
    "average, back": lambda: pooling_lib.global_avg_pool_backward(1.0, (10**6,)),
    "average of an image, back": lambda: pooling_lib.global_avg_pool_backward(np.ones((1, 3)), IMAGE.shape),
    "maximum of an image, back": lambda: pooling_lib.global_max_pool_backward(np.ones((1, 3)), IMAGE),
    "norm": lambda: pooling_lib.global_lp_pool(LINE),
    "norm, back": lambda: pooling_lib.global_lp_pool_backward(1.0, LINE),
    "softly": lambda: pooling_lib.soft_pool(LINE, WHOLE),
    "softly, back": lambda: pooling_lib.soft_pool_backward(ONE, LINE, WHOLE),
    "power mean": lambda: pooling_lib.power_mean_pool(LINE, WHOLE),
    "power mean, back": lambda: pooling_lib.power_mean_pool_backward(ONE, LINE, WHOLE),
    "weighted by itself": lambda: pooling_lib.stochastic_pool(LINE, WHOLE),
    "weighted by itself, back": lambda: pooling_lib.stochastic_pool_backward(ONE, LINE, WHOLE),
    "drawn": lambda: pooling_lib.stochastic_pool(LINE, WHOLE, rng=np.random.default_rng(0)),
    "mixed, back": lambda: pooling_lib.mixed_pool_backward(ONE, LINE, WHOLE),
    "smallest, back": lambda: pooling_lib.min_pool_backward(ONE, LINE, WHOLE),
    "masked maximum, back": lambda: pooling_lib.masked_max_pool_backward(ONE, LINE, LINE > 0.5),
    "masked average, back": lambda: pooling_lib.masked_avg_pool_backward(ONE, LINE, LINE > 0.5),
    "places in blocks": lambda: pooling_lib.max_pool(LINE, 5000, return_indices=True),
    "places in windows that slide": lambda: pooling_lib.max_pool(LINE, 5000, 1, return_indices=True),
    "average, sliding, back": lambda: pooling_lib.avg_pool_backward(np.ones(WHOLE - 4999), LINE.shape, 5000, 1),
    "maximum, sliding, back": lambda: pooling_lib.max_pool_backward(
        np.ones((1, 193, 193, 3)), sliding()[1], IMAGE.shape, 64, 1
    ),
    "one bin": lambda: pooling_lib.adaptive_max_pool(LINE, 1, return_indices=True),
    "few bins": lambda: pooling_lib.adaptive_max_pool(LINE, 3),
    "few bins, with places": lambda: pooling_lib.adaptive_max_pool(LINE, 3, return_indices=True),
    "many bins": lambda: pooling_lib.adaptive_max_pool(LINE, 30_001, return_indices=True),
    "many bins, average": lambda: pooling_lib.adaptive_avg_pool(LINE, 30_001),
    "many bins, average, back": lambda: pooling_lib.adaptive_avg_pool_backward(np.ones(30_001), LINE.shape),
    "many bins, back": lambda: pooling_lib.adaptive_max_pool_backward(np.ones(30_001), bins()[1], LINE.shape),
    "a window beyond all sizes": lambda: pooling_lib.max_pool(np.ones(8), 10**30, 1, "same", return_indices=True),
}


@functools.cache  # and not while tests are collected: what is broken shall be a test's failure
def sliding():
    return pooling_lib.max_pool(IMAGE, 64, 1, return_indices=True)


@functools.cache
def bins():
    return pooling_lib.adaptive_max_pool(LINE, 30_001, return_indices=True)


def steps(call):
    """How many functions, Python's and NumPy's, are called."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    call()  # once before: what is kept is made
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", LARGE)
def test_no_step_of_python_for_each_element(name):
    assert steps(LARGE[name]) < 4000  # of 100,000 elements or more


def test_windows_that_do_not_overlap_take_no_more_steps_than_the_root_of_the_elements():
    for window in (10, 300, 10_000):
        plan = plans.plan(LINE.shape, window, None, "valid", 1, False, None)
        assert len(list(plan.steps())) <= WHOLE**0.5


# The fastest of several interleaved turns, in processor time of this process: a busy machine is slow for both.
def ratio(ours, other, turns=7):
    best = [INF, INF]
    for _ in range(turns):
        for number, call in enumerate((ours, other)):
            begin = time.process_time()
            call()
            best[number] = min(best[number], time.process_time() - begin)
    return best[0] / best[1]


def added_at():
    dx = np.zeros(IMAGE.shape, np.float32)
    image, _, _, channel = np.ogrid[tuple(map(slice, sliding()[1].shape))]
    np.add.at(dx, (image, sliding()[1] // 256, sliding()[1] % 256, channel), np.ones(sliding()[1].shape, np.float32))
    return dx


def test_gradients_of_large_windows_cost_little_more_than_np_add_at():
    dy = np.ones(sliding()[1].shape, np.float32)

    def ours():
        return pooling_lib.max_pool_backward(dy, sliding()[1], IMAGE.shape, 64, 1)

    np.testing.assert_array_equal(ours(), added_at())
    assert ratio(ours, added_at) < 3


def test_adaptive_maxima_cost_little_more_than_averages():
    for bins in (128, 100):
        most = ratio(
            lambda bins=bins: pooling_lib.adaptive_max_pool(IMAGE, bins),
            lambda bins=bins: pooling_lib.adaptive_avg_pool(IMAGE, bins),
        )
        assert most < 5


# --- the same results, whichever way ---


@pytest.fixture
def forget():
    """Caches forget what was decided with other limits."""

    def emptied():
        for function in vars(kernels).values():
            if hasattr(function, "cache_clear"):
                function.cache_clear()

    yield emptied
    emptied()


def assert_same(mine, definition, dtype):
    near = {2: 2e-2, 4: 1e-5}.get(np.dtype(dtype).itemsize, 1e-12)
    np.testing.assert_allclose(mine.astype(float), definition.astype(float), near, near)


@pytest.mark.parametrize("searched, compared", [(1, 0), (1, 8), (10**9, 0)])
@settings(max_examples=many(100))
@given(data=st.data())
def test_every_way_back_is_the_definition_on_random_cases(searched, compared, data):
    shape, how, _ = data.draw(geometries().filter(lambda geometry: not geometry[2]))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    x = numbers(rng.choice(["int8", "uint16", "float32", "float64", ">f4"]), "special", rng.integers(2**32), shape)
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
        patch.setattr(kernels, "SEARCHED", searched)
        patch.setattr(kernels, "COMPARED", compared)
        patch.setattr(kernels, "SLAB", int(rng.choice([1, 64, 1 << 19])))
        y, places = pooling_lib.max_pool(x, **how, return_indices=True)
        _, expected = naive.max_pool(x, **how, return_indices=True)
        np.testing.assert_array_equal(places, expected)
        dy = numbers("float64", "wide", rng.integers(2**32), y.shape)
        assert_same(
            pooling_lib.max_pool_backward(dy, places, shape, **how),
            naive.max_pool_backward(dy, places, shape, **how),
            dy.dtype,
        )
        assert_same(
            pooling_lib.sum_pool_backward(dy, shape, **how), naive.sum_pool_backward(dy, shape, **how), dy.dtype
        )


TIES = {
    "NaN, the first": ([1, NAN, INF, NAN], 1),
    "a tie, the first": ([1, 7, -3, 7], 1),
    "nothing but -inf": ([-INF] * 4, 0),
}


@pytest.mark.parametrize("name", TIES)
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("stride", [None, 41, 1])
def test_a_large_window_keeps_the_rules(name, channels, stride):
    """Searched, with padding before and after, gaps, and pieces; or sliding, by doubling."""
    values, first = TIES[name]
    line = np.full(200, -INF)
    line[50:90:10] = values
    x = np.stack([line] * channels, -1)
    padding = [(40, 39)] if stride else "valid"
    y, where = pooling_lib.max_pool(x, (200 if stride is None else 41), stride, padding, axes=(0,), return_indices=True)
    _, expected = naive.max_pool(x, (200 if stride is None else 41), stride, padding, axes=(0,), return_indices=True)
    np.testing.assert_array_equal(where, expected)
    if stride is None:
        assert where.ravel().tolist() == [50 + 10 * first if name != "nothing but -inf" else 0] * channels


def test_two_windows_of_as_many_elements_as_the_plane_are_two(monkeypatch):
    monkeypatch.setattr(kernels, "SEARCHED", 1)
    x = np.random.default_rng(4).permutation(6).reshape(2, 3)
    how = dict(window=(3, 2), padding=[(2, 2), (0, 1)], return_indices=True)  # 6 elements each, of which few are real
    for mine, definition in zip(pooling_lib.max_pool(x, **how), naive.max_pool(x, **how)):
        np.testing.assert_array_equal(mine, definition)
    x = np.random.default_rng(4).permutation(3)
    how = dict(window=3, padding=[(2, 2)], return_indices=True)
    for mine, definition in zip(pooling_lib.max_pool(x, **how), naive.max_pool(x, **how)):
        np.testing.assert_array_equal(mine, definition)


def test_large_windows_with_gaps_that_slide():
    x = np.random.default_rng(5).integers(-9, 10, 200)
    how = dict(window=41, stride=1, dilation=3, padding=[(20, 9)], return_indices=True)
    for mine, definition in zip(pooling_lib.max_pool(x, **how), naive.max_pool(x, **how)):
        np.testing.assert_array_equal(mine, definition)


@pytest.mark.parametrize("dilation", [1, 3])
def test_windows_that_share_nothing_are_searched_in_several_pieces(monkeypatch, dilation):
    monkeypatch.setattr(kernels, "SLAB", 2048)
    x = np.random.default_rng(3).integers(-9, 10, (3, 70, 50, 2)).astype(np.float32)
    how = dict(window=(8, 9), stride=(23, 27), padding=[(3, 5), (2, 8)], dilation=dilation, return_indices=True)
    for mine, definition in zip(pooling_lib.max_pool(x, **how), naive.max_pool(x, **how)):
        np.testing.assert_array_equal(mine, definition)


@pytest.mark.parametrize("size, bins", [(12, 4), (12, 5), (5, 12), (7, 7), (30, 4), (31, 29), (4, 8)])
def test_bins_of_every_kind_are_the_definition(size, bins):
    rng = np.random.default_rng(size)
    x = numbers("float64", "ties", 5, (2, size, size + 3, 2))
    y, where = pooling_lib.adaptive_max_pool(x, bins, return_indices=True)
    expected, places = naive.adaptive_max_pool(x, bins, return_indices=True)
    np.testing.assert_array_equal(where, places)
    np.testing.assert_array_equal(y, expected)
    np.testing.assert_array_equal(pooling_lib.adaptive_max_pool(x, bins), expected)
    np.testing.assert_allclose(pooling_lib.adaptive_avg_pool(x, bins), naive.adaptive_avg_pool(x, bins))
    dy = rng.standard_normal(y.shape)
    back = pooling_lib.adaptive_avg_pool_backward(dy, x.shape), naive.adaptive_avg_pool_backward(dy, x.shape)
    np.testing.assert_allclose(*back, atol=1e-12)
    back = (
        pooling_lib.adaptive_max_pool_backward(dy, where, x.shape),
        naive.adaptive_max_pool_backward(dy, where, x.shape),
    )
    np.testing.assert_allclose(*back, atol=1e-12)


def test_bins_of_one_size_are_windows():
    assert isinstance(plans.adaptive_plan((8,), 4, None).placed[0], Windows)
    assert isinstance(plans.adaptive_plan((8,), 3, None).placed[0], plans.Bins)


def test_an_index_outside_its_bin_is_refused():
    assert pooling_lib.adaptive_max_pool_backward([1.0, 1.0], [1, 3], (5,)).tolist() == [0, 1, 0, 1, 0]
    for wrong in ([3, 3], [0, 1]):
        with pytest.raises(ValueError, match="1 of 2 indices do not lie under their windows"):
            pooling_lib.adaptive_max_pool_backward([1.0, 1.0], wrong, (5,))


@pytest.mark.parametrize("wrong", [-1, 0, 13, 26, 52, 143, 10**12, -(10**12)])  # 39 is the first that is right
def test_an_index_outside_its_large_window_is_refused(wrong):
    x = np.arange(144.0).reshape(12, 12)
    y, where = pooling_lib.max_pool(x, 4, dilation=2, stride=3, return_indices=True)
    where[1, 1] = wrong
    with pytest.raises(ValueError, match="1 of 4 indices"):
        pooling_lib.max_pool_backward(np.ones_like(y), where, x.shape, 4, 3, dilation=2)


def test_an_index_in_the_padding_under_its_large_window_is_refused():
    x = np.arange(36.0).reshape(6, 6)
    y, where = pooling_lib.max_pool(x, 4, 3, [(0, 3), (0, 3)], return_indices=True)
    where[1, 1] = 6 * 6 + 4  # row 6 of rows 3 to 6
    with pytest.raises(ValueError, match="1 of 4 indices"):
        pooling_lib.max_pool_backward(np.ones_like(y), where, x.shape, 4, 3, [(0, 3), (0, 3)])


# --- sizes ---

HUGE = {
    "bins": (lambda: pooling_lib.adaptive_max_pool(np.ones((1, 3, 5, 6)), (125091515651,) * 2), "output_size", "bins"),
    "bins beyond all": (lambda: pooling_lib.adaptive_avg_pool([1.0], 10**30), "output_size", "fewer bins"),
    "levels": (lambda: pooling_lib.pyramid_pool([1.0], (4, 10**12)), "levels", "fewer bins"),
    "padding": (
        lambda: pooling_lib.avg_pool(np.ones(8), 10**12, 1, [(10**12 - 1, 10**12 - 1)]),
        "padding",
        "less than a window",
    ),
    "padding only": (lambda: pooling_lib.max_pool(np.ones(8), 1, 1, [(10**12, 0)]), "padding", "less padding"),
    "dilation": (
        lambda: pooling_lib.max_pool(np.ones(8), 2, 10**12, [(10**12, 10**12)], dilation=10**12),
        "dilation",
        "size of its axis",
    ),
    "unpooled": (lambda: pooling_lib.max_unpool([1.0], [0], 10**30), "size", "max_pool had"),
}


@pytest.mark.parametrize("name", HUGE)
def test_what_no_memory_holds_is_refused_at_once(name):
    call, argument, mend = HUGE[name]
    begin = time.process_time()
    with pytest.raises(ValueError) as caught:
        call()
    assert time.process_time() - begin < 1
    assert argument in str(caught.value) and mend in str(caught.value) and "000" in str(caught.value) + "000"


def test_a_window_may_be_larger_than_all_memory():
    x = np.array([3.0, 1, 4, 1, 5, 9, 2, 6])
    for huge in (10**6, 10**9, 10**30):
        y, where = pooling_lib.max_pool(x, huge, 1, "same", return_indices=True)
        assert y.tolist() == [9] * 8 and where.tolist() == [5] * 8
        assert pooling_lib.avg_pool(x, huge, 1, "same").tolist() == [x.mean()] * 8
        assert pooling_lib.avg_pool_backward(np.ones(8), (8,), huge, 1, "same").tolist() == [1] * 8
        assert pooling_lib.max_pool_backward(np.ones(8), where, (8,), huge, 1, "same")[5] == 8
    assert pooling_lib.max_pool(x, 1, dilation=2**63, return_indices=True)[1].tolist() == [*range(8)]


def test_a_fair_number_of_outputs_may_be_large(monkeypatch):
    monkeypatch.setattr(plans, "MOST", 10)
    plans.bounded("x", 1, 20, 20, "")
    with pytest.raises(ValueError, match="makes 21 numbers"):
        plans.bounded("x", 1, 21, 20, "")


@settings(max_examples=many(400))
@given(*[st.integers(1, most) for most in (7, 6, 9, 9)], st.integers(0, 30), st.integers(1, 12))
def test_empty_windows_are_found_and_trimmed_ones_cover_the_same(size, window, stride, dilation, before, count):
    along = Windows(size, window, stride, dilation, before, 0, count)
    covered = [list(along.covered(output)) for output in range(count)]
    empty = along.empty()
    assert (empty is None) == all(covered) and (empty is None or not covered[empty])
    if all(covered):
        trimmed = along.trimmed()
        assert [list(trimmed.covered(output)) for output in range(count)] == covered
        assert trimmed.window <= window and trimmed.before >= 0
        assert trimmed.dilation == (dilation if trimmed.window > 1 else 1)
        assert trimmed.stride == (stride if count > 1 else trimmed.before + size)
        each = [list(range(size))[inputs] for _, inputs in along.each()]
        assert each == covered


def test_a_window_that_steps_over_a_short_axis_is_found_between_two_that_do_not():
    along = Windows(2, 3, 1, 3, 6, 0, 7)  # at -6, -3 and 0; at -5, -2 and 1; at -4, -1 and 2; ...
    assert [len(along.covered(output)) for output in range(7)] == [1, 1, 0, 1, 1, 0, 1]
    assert along.empty() == 2


def test_a_window_is_looked_for_in_few_steps():
    along = Windows(3, 10**9, 2, 4, 4 * 10**9 - 4, 0, 10**9)  # all of them hit, though they step over the axis
    assert along.empty() is None
    assert geometry.extent(along.window, along.dilation) > 10**9


# --- 32 bits ---


class Narrow(types.ModuleType):
    """NumPy as on a machine of 32 bits: its own indices and default integers are int32, and it takes no longer ones."""

    int_ = intp = np.int32

    def __getattr__(self, name):
        return getattr(np, name)


def short(function):
    def call(*args, **kwargs):
        made = function(*args, **kwargs)
        if isinstance(made, tuple):
            return tuple(one.astype(np.int32) for one in made)
        given = "dtype" in kwargs or isinstance(args[0], np.ndarray) and made.shape == args[0].shape
        return made.astype(np.int32) if made.dtype == np.int64 and not given else made

    return call


def careful(function):
    def call(array, index, *args, **kwargs):
        index = np.asarray(index)
        assert index.dtype == np.int32, f"{function.__name__} casts {index.dtype} to int32 only if told"
        return function(array, index.astype(np.int64), *args, **kwargs)

    return call


@pytest.fixture
def narrow(monkeypatch):
    numpy = Narrow("numpy")
    for name in "arange argmax argsort array flatnonzero ravel_multi_index unravel_index".split():
        setattr(numpy, name, short(getattr(np, name)))
    for name in "repeat bincount".split():
        setattr(numpy, name, careful(getattr(np, name)))
    for module in (kernels, plans, walks, pooling, gradients):
        monkeypatch.setattr(module, "np", numpy)


PLACES = {
    "windows": lambda x: pooling_lib.max_pool(x, 2, 1, return_indices=True),
    "large windows": lambda x: pooling_lib.max_pool(x, 9, 1, return_indices=True),
    "blocks": lambda x: pooling_lib.max_pool(x, 6, return_indices=True),
    "the whole": lambda x: pooling_lib.max_pool(x, x.shape[1:3], return_indices=True),
    "alike bins": lambda x: pooling_lib.adaptive_max_pool(x, 3, return_indices=True),
    "many bins": lambda x: pooling_lib.adaptive_max_pool(x, 7, return_indices=True),
    "few bins": lambda x: pooling_lib.adaptive_max_pool(x, 2, return_indices=True),
    "draws": lambda x: pooling_lib.stochastic_pool(x, 2, rng=np.random.default_rng(0), return_indices=True),
    "draws, few windows": lambda x: pooling_lib.stochastic_pool(
        x, 9, rng=np.random.default_rng(0), return_indices=True
    ),
}


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize("channels", [1, 2])
def test_indices_are_int64_where_numpys_are_not(name, channels, narrow):
    x = np.random.default_rng(7).permutation(2 * 12 * 15 * channels).reshape(2, 12, 15, channels).astype(float)
    y, where = PLACES[name](x)
    assert where.dtype == np.int64
    np.testing.assert_array_equal(walks.picked(x, where, (1, 2)), y)


def test_gradients_find_their_way_where_numpys_indices_are_int32(narrow):
    x = np.random.default_rng(7).permutation(360).reshape(2, 12, 15, 1).astype(float)
    for window, stride in ((2, 2), (3, 1), (9, 1), (6, 6)):
        y, where = pooling_lib.max_pool(x, window, stride, return_indices=True)
        dx = pooling_lib.max_pool_backward(np.ones(y.shape), where, x.shape, window, stride)
        assert dx.sum() == y.size and np.all(x[dx > 0] >= y.min())
    y, where = pooling_lib.adaptive_max_pool(x, 7, return_indices=True)
    assert pooling_lib.adaptive_max_pool_backward(np.ones(y.shape), where, x.shape).sum() == y.size
