"""What the tests of the pools share: cases by hand, refusals, random geometries and numbers, every pool in a table."""

import contextlib
import inspect
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import strategies as st

from pooling_lib import gradients, kernels, naive, pooling, walks

NAN, INF = np.nan, np.inf
LN3 = np.log(3)

# --- worked by hand ---


class Draws(np.random.Generator):
    """A generator whose draws are known beforehand."""

    def __init__(self, *draws):
        super().__init__(np.random.PCG64())
        self.draws = draws

    def random(self, shape):
        return np.reshape(self.draws, shape).astype(float)


PLANE = np.array([[3, -1, 4], [-5, 9, -2], [5, -3, -5]])
LINE = [3, -1, 4, 1, -5]
PADS = dict(window=3, stride=2, padding=[(1, 1)])  # of LINE: (3, -1), (-1, 4, 1), (1, -5)

BY_HAND = {
    "any function has the real values in row-major order": (
        lambda lib: lib.pool(PLANE, 2, 1, reduce=lambda v: v[1] - v[2]),
        [[4, -5], [4, 1]],
    ),
    "any function sees neither padding nor overhang": (
        lambda lib: lib.pool(LINE, 2, 3, [(1, 0)], ceil_mode=True, reduce=len),
        [1, 2],
    ),
    # the smallest
    "the smallest": (lambda lib: lib.min_pool(PLANE, 2, 1), [[-5, -2], [-5, -5]]),
    "padding is never the smallest": (lambda lib: lib.min_pool([3, 1, 4, 1, 5], **PADS), [1, 1, 1]),
    "the smallest of unsigned numbers": (lambda lib: lib.min_pool(np.array([0, 255, 7, 9], np.uint8), 2), [0, 7]),
    "NaN wins a minimum": (lambda lib: lib.min_pool([-INF, NAN, -INF, 1], 2), [NAN, -INF]),
    "the gradient of ties goes to the first smallest": (
        lambda lib: lib.min_pool_backward([1, 10], [2, 1, 1, 1], 3, 1),
        [0, 11, 0, 0],
    ),
    "the gradient of a NaN goes to the first NaN": (
        lambda lib: lib.min_pool_backward([1], [-INF, NAN, NAN], 3),
        [0, 1, 0],
    ),
    "an infinite gradient leaves the others alone": (
        lambda lib: lib.min_pool_backward([-INF], [2, 1, 3], 3),
        [0, -INF, 0],
    ),
    # the largest, back
    "overlapping windows add up at their maximum": (
        lambda lib: lib.max_pool_backward([[1, 2], [3, 4]], [[4, 4], [4, 8]], (3, 3), 2, 1),
        [[0, 0, 0], [0, 6, 0], [0, 0, 4]],
    ),
    "indices are of each channel's own plane": (
        lambda lib: lib.max_pool_backward([[[1, 2]]], [[[3, 0]]], (2, 2, 2), 2),
        [[[0, 2], [0, 0]], [[0, 0], [1, 0]]],
    ),
    "indices follow the order of the axes": (
        lambda lib: lib.max_pool_backward([[7]], [[1]], (2, 3), (3, 2), axes=(1, 0)),
        [[0, 0, 0], [7, 0, 0]],
    ),
    # sums and means
    "the sum leaves padding and overhang out": (lambda lib: lib.sum_pool(LINE, 2, 3, [(1, 0)], ceil_mode=True), [3, 5]),
    "no window starts in the padding at the end": (
        lambda lib: lib.sum_pool([3, 1, 4], 2, padding=[(1, 1)], ceil_mode=True),
        [3, 5],
    ),
    "the sum of a cube": (lambda lib: lib.sum_pool(np.arange(8).reshape(2, 2, 2), 2, axes=(0, 1, 2)), [[[28]]]),
    "the sum skips the gaps": (lambda lib: lib.sum_pool(LINE, 2, 1, dilation=3), [4, -6]),
    "sums of integers wrap around at the end": (lambda lib: lib.sum_pool(np.array([2**63 - 1, 1]), 2), [-(2**63)]),
    "sums of unsigned integers do, too": (lambda lib: lib.sum_pool(np.array([2**64 - 1, 2], np.uint64), 2), [1]),
    "the sum hands its gradient to everyone": (
        lambda lib: lib.sum_pool_backward([1, 10, 100], (5,), **PADS),
        [1, 11, 10, 110, 100],
    ),
    "the mean shares among the real elements": (
        lambda lib: lib.avg_pool_backward([6, 6, 6], (5,), **PADS),
        [3, 5, 2, 5, 3],
    ),
    "the mean shares with the padding if that counts": (
        lambda lib: lib.avg_pool_backward([6, 6, 6], (5,), **PADS, count_include_pad=True),
        [2, 4, 2, 4, 2],
    ),
    "the mean never shares with the overhang": (
        lambda lib: lib.avg_pool_backward([6, 6], (4,), 3, padding=[(0, 1)], ceil_mode=True, count_include_pad=True),
        [2, 2, 2, 3],
    ),
    "mixed: one share for all": (lambda lib: lib.mixed_pool([0, 4, 2, 2], 2, mix=0.25), [2.5, 2]),
    "mixed: a share for each channel": (lambda lib: lib.mixed_pool([[[0, 0], [4, 4]]], (1, 2), mix=[0, 1]), [[[2, 4]]]),
    "mixed gradients: the largest has more": (
        lambda lib: lib.mixed_pool_backward([4], [1, 3, 3, 0], 4, mix=0.5),
        [0.5, 2.5, 0.5, 0.5],
    ),
    "mixed gradients: a share for each channel": (
        lambda lib: lib.mixed_pool_backward([[[2, 2]]], [[[0, 0], [4, 4]]], (1, 2), mix=[0, 1]),
        [[[1, 0], [1, 2]]],
    ),
    # powers
    "the 2-norm of 3 and -4 is 5": (lambda lib: lib.lp_pool([3, -4], 2), [5]),
    "the 1-norm is the sum of sizes": (lambda lib: lib.lp_pool(LINE, 3, 1, p=1), [8, 6, 10]),
    "the inf-norm is the largest size": (lambda lib: lib.lp_pool(LINE, **PADS, p=INF), [3, 4, 5]),
    "the 3-norm of 3, 4 and 5 is 6": (lambda lib: lib.lp_pool([[3, 4], [5, 0]], 2, p=3), [[6]]),
    "the norm of zeros is 0": (lambda lib: lib.lp_pool([0, 0], 2), [0]),
    "norms of huge and of tiny numbers": (lambda lib: lib.lp_pool([3e300, 4e300, 3e-300, -4e-300], 2), [5e300, 5e-300]),
    "norms of NaN and of infinities": (lambda lib: lib.lp_pool([NAN, INF, 1, -INF], 2), [NAN, INF]),
    "the gradient of a norm is the direction": (
        lambda lib: lib.lp_pool_backward([5, 5], [3, -4, 0, 0], 2),
        [3, -4, 0, 0],
    ),
    "the gradient of the 3-norm": (lambda lib: lib.lp_pool_backward([36], [3, -4, 5], 3, p=3), [9, -16, 25]),
    "the gradient of the 1-norm is the sign": (
        lambda lib: lib.lp_pool_backward([2, 2], [3, -4, 0, 0], 2, p=1),
        [2, -2, 0, 0],
    ),
    "the gradient of the inf-norm goes to the first largest": (
        lambda lib: lib.lp_pool_backward([2, 2], [3, -4, 4, 0, 0, 0], 3, p=INF),
        [0, -2, 0, 0, 0, 0],
    ),
    "the gradient of a tiny norm": (lambda lib: lib.lp_pool_backward([5], [3e-300, 4e-300], 2), [3, 4]),
    "the power mean with p = 1 is the mean": (lambda lib: lib.power_mean_pool([1, 2, 6], 3, p=1), [3]),
    "the power mean with p = 2 is the root of the mean square": (
        lambda lib: lib.power_mean_pool([1, 7, 0, 0], 2, p=2),
        [5, 0],
    ),
    "the power mean with p = -1 is the harmonic mean": (lambda lib: lib.power_mean_pool([2, 6, 6, 3], 2, p=-1), [3, 4]),
    "a zero pulls the harmonic mean to 0": (lambda lib: lib.power_mean_pool([2, 0], 2, p=-1), [0]),
    "infinities in a power mean": (lambda lib: lib.power_mean_pool([2, INF, INF, INF], 2, 1, p=2), [INF, INF, INF]),
    "an infinity wins however near 0 the power is": (lambda lib: lib.power_mean_pool([2, INF], 2, p=1e-4), [INF]),
    "a zero wins however near 0 the power is": (
        lambda lib: lib.power_mean_pool([2, 0, 0, NAN], 2, p=-1e-4),
        [0, NAN],
    ),
    "the power mean near p = 0 is the geometric mean": (lambda lib: lib.power_mean_pool([2, 18], 2, p=1e-16), [6]),
    "so it is from below": (lambda lib: lib.power_mean_pool([2, 18], 2, p=-1e-16), [6]),
    "infinities in a harmonic mean": (lambda lib: lib.power_mean_pool([2, INF, INF], 2, 1, p=-1), [4, INF]),
    "NaN in a power mean": (lambda lib: lib.power_mean_pool([0, NAN, NAN, INF], 2, p=-1), [NAN, NAN]),
    "power means of huge and of tiny numbers": (
        lambda lib: lib.power_mean_pool([1e300, 7e300, 1e-300, 7e-300], 2, p=2),
        [5e300, 5e-300],
    ),
    "harmonic means of huge and of tiny numbers": (
        lambda lib: lib.power_mean_pool([2e300, 6e300, 2e-300, 6e-300], 2, p=-1),
        [3e300, 3e-300],
    ),
    "the gradient of the root mean square": (
        lambda lib: lib.power_mean_pool_backward([10, 10], [1, 7, 0, 0], 2, p=2)[0],
        [1, 7, 0, 0],
    ),
    "the gradient of the harmonic mean": (
        lambda lib: lib.power_mean_pool_backward([8, 8], [2, 6, 0, 6], 2, p=-1)[0],
        [9, 1, 0, 0],
    ),
    "the gradient of a root at 0": (lambda lib: lib.power_mean_pool_backward([1], [0, 4], 2, p=0.5)[0], [INF, 0.25]),
    "equal values do not care about the power": (
        lambda lib: lib.power_mean_pool_backward([1, 1], [5, 5, 0, 0], 2, p=2)[1],
        0,
    ),
    "the gradient by the power": (lambda lib: lib.power_mean_pool_backward([2, 1], [0, 1, 0, 0], 2, p=1)[1], np.log(2)),
    "the gradient by the power near 0: the geometric mean times half the variance of the logarithms": (
        lambda lib: lib.power_mean_pool_backward([1], [1, 4], 2, p=-1e-14)[1],
        np.log(2) ** 2,
    ),
    "the gradient by the power, beside an infinity": (
        lambda lib: lib.power_mean_pool_backward([1], [2, INF], 2, p=-1)[1],
        4 * np.log(2),
    ),
    # weights from the values
    "soft: three times the weight for ln 3 more": (lambda lib: lib.soft_pool([0, LN3], 2), [0.75 * LN3]),
    "soft: the temperature divides": (lambda lib: lib.soft_pool([0, 2 * LN3], 2, temperature=2), [1.5 * LN3]),
    "soft: infinitely hot is the mean": (lambda lib: lib.soft_pool([1, 2, 6], 3, temperature=INF), [3]),
    "soft: infinitely hot, everyone weighs": (
        lambda lib: lib.soft_pool([-INF, 3, INF, -INF], 2, temperature=INF),
        [-INF, NAN],
    ),
    "soft: padding has no weight": (lambda lib: lib.soft_pool([7, 7, 7, 7, 7], **PADS), [7, 7, 7]),
    "soft: huge numbers": (lambda lib: lib.soft_pool([1e300, 5e299, -1e300, -1e300], 2), [1e300, -1e300]),
    "soft: infinities": (lambda lib: lib.soft_pool([INF, -INF, -INF, 3, -INF, -INF], 2), [INF, 3, -INF]),
    "soft: NaN": (lambda lib: lib.soft_pool([NAN, INF], 2), [NAN]),
    "soft gradients: equal values share": (
        lambda lib: lib.soft_pool_backward([[8]], [[5, 5], [5, 5]], 2),
        [[2, 2], [2, 2]],
    ),
    "soft gradients: two values": (
        lambda lib: lib.soft_pool_backward([1], [0, 2 * LN3], 2, temperature=2),
        [0.25 * (1 - 0.75 * LN3), 0.75 * (1 + 0.25 * LN3)],
    ),
    "soft gradients: -inf gets nothing": (lambda lib: lib.soft_pool_backward([1], [-INF, 3], 2), [0, 1]),
    "stochastic: the expected value": (lambda lib: lib.stochastic_pool([[1, 3], [0, 4]], 2), [[26 / 8]]),
    "stochastic: zeros expect 0": (lambda lib: lib.stochastic_pool([0, 0, 2, 0], 2), [0, 2]),
    "stochastic: a draw falls into the running sums": (
        lambda lib: lib.stochastic_pool([1, 3] * 4, 2, rng=Draws(0, 0.24, 0.25, 0.99)),
        [1, 1, 3, 3],
    ),
    "stochastic: a zero is never drawn beside another": (
        lambda lib: lib.stochastic_pool([0, 3, 0, 2], 4, rng=Draws(0.625)),
        [2],
    ),
    "stochastic: the first real element of zeros": (
        lambda lib: lib.stochastic_pool(
            [[0, 0], [0, 2]], 2, 1, [(1, 0), (1, 0)], rng=Draws(0.9, 0.9, 0.9, 0.9), return_indices=True
        )[1],
        [[0, 0], [0, 3]],
    ),
    "stochastic: draws go window by window, the channels last": (
        lambda lib: lib.stochastic_pool(
            [[[1, 2], [1, 2], [1, 2], [1, 2]]], (1, 2), rng=Draws(0, 0.9, 0, 0.9), return_indices=True
        )[1],
        [[[0, 1], [2, 3]]],
    ),
    "stochastic gradients": (lambda lib: lib.stochastic_pool_backward([8, 1], [1, 3, 0, 0], 2), [-1, 7, 0, 0]),
    # blur
    "blur weighs 1 2 1": (lambda lib: lib.blur_pool([4, 8, 0, 4, 0], 3, 2), [5, 2]),
    "blur weighs anew at the border": (lambda lib: lib.blur_pool([3, 6, 0, 9, 3], 3, 2, "same"), [4, 3.75, 5]),
    "blur keeps a constant": (lambda lib: lib.blur_pool(np.full((3, 5), 7), 4, 2, "same"), np.full((2, 3), 7)),
    "blur weighs anew where the window hangs over": (
        lambda lib: lib.blur_pool([4, 8, 0, 6], 3, 2, ceil_mode=True),
        [5, 4],
    ),
    "blur weighs the product of both axes": (lambda lib: lib.blur_pool(np.diag([16, 32, 48]), 3), [[1 + 8 + 3]]),
    "blur has a size for each axis": (lambda lib: lib.blur_pool([[4, 8], [0, 2], [4, 4]], (3, 2), 1), [[3]]),
    "blur gradients at the border": (lambda lib: lib.blur_pool_backward([3, 4], (4,), 3, 2, [(1, 0)]), [2, 2, 2, 1]),
    "blur gradients in the plane": (
        lambda lib: lib.blur_pool_backward([[16]], (3, 3)),
        [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
    ),
    "blur after the maxima": (lambda lib: lib.max_blur_pool([0, 4, 1, 0, 8, 0, 0], 2), [3.25, 6.25]),
    "blur after the maxima, with same": (
        lambda lib: lib.max_blur_pool([[0, 3, 0]], (1, 2), 1, "same", blur=(1, 3)),
        [[3, 2.25, 1]],
    ),
    "blur gradients go to the maxima": (
        lambda lib: lib.max_blur_pool_backward([4, 4], [0, 4, 1, 0, 8, 0, 0], 2),
        [0, 3, 2, 0, 3, 0, 0],
    ),
    # global
    "global maximum of each channel": (
        lambda lib: lib.global_max_pool([[[3, -1], [-5, 9]], [[5, -3], [4, 0]]]),
        [5, 9],
    ),
    "global pools may keep the axes": (lambda lib: lib.global_avg_pool(PLANE[:2, :2], keepdims=True), [[1.5]]),
    "global mean of a cube, in another layout": (
        lambda lib: lib.global_avg_pool(np.arange(8).reshape(2, 2, 2), axes=(1, -1)),
        [1.5, 5.5],
    ),
    "global norm": (lambda lib: lib.global_lp_pool([[3, 4], [5, 0]], p=3), 6),
    "global maximum, back": (lambda lib: lib.global_max_pool_backward(7, [[1, 2], [2, 1]]), [[0, 7], [0, 0]]),
    "global mean, back": (
        lambda lib: lib.global_avg_pool_backward([4, 8], (2, 2, 2)),
        [[[1, 2], [1, 2]], [[1, 2], [1, 2]]],
    ),
    "global mean, back, with its axes": (
        lambda lib: lib.global_avg_pool_backward([[4, 8]], (2, 2), (0,), True),
        [[2, 4], [2, 4]],
    ),
    "global norm, back": (lambda lib: lib.global_lp_pool_backward([5, 1], [[3, 0], [-4, 0]], (0,)), [[3, 0], [-4, 0]]),
    # adaptive and pyramid
    "adaptive: five to three, bins that overlap": (lambda lib: lib.adaptive_max_pool([3, 9, 4, 1, 5], 3), [9, 9, 5]),
    "adaptive: five to three, the indices": (
        lambda lib: lib.adaptive_max_pool([3, 9, 4, 1, 5], 3, return_indices=True)[1],
        [1, 1, 4],
    ),
    "adaptive: five to three, the means": (lambda lib: lib.adaptive_avg_pool([3, 9, 6, 1, 5], 3), [6, 16 / 3, 3]),
    "adaptive: more bins than elements": (lambda lib: lib.adaptive_avg_pool([3, 9], 3), [3, 6, 9]),
    "adaptive: a size for each axis": (lambda lib: lib.adaptive_avg_pool(PLANE, (1, 3)), [[1, 5 / 3, -1]]),
    "adaptive: maxima, back": (lambda lib: lib.adaptive_max_pool_backward([1, 2, 3], [1, 1, 4], (5,)), [0, 3, 0, 0, 3]),
    "adaptive: means, back": (lambda lib: lib.adaptive_avg_pool_backward([2, 6, 4], (5,)), [1, 3, 2, 4, 2]),
    "pyramid: level by level, row by row": (lambda lib: lib.pyramid_pool(PLANE, (2, 1)), [9, 9, 9, 9, 9]),
    "pyramid: the first level is in row-major order": (
        lambda lib: lib.pyramid_pool([[1, 2], [3, 4]], (1, 2)),
        [4, 1, 2, 3, 4],
    ),
    "pyramid: one axis for all spatial ones, where the first was": (
        lambda lib: lib.pyramid_pool(np.arange(8).reshape(1, 2, 2, 2), (2, 1)),
        [[[0, 1], [2, 3], [4, 5], [6, 7], [6, 7]]],
    ),
    "pyramid: gradients of all levels add up": (
        lambda lib: lib.pyramid_pool_backward([1, 2, 3], [4, 7, 7], (2, 1)),
        [0, 6, 0],
    ),
    # masked
    "masked: the largest of what the mask shows": (
        lambda lib: lib.masked_max_pool([-3, 9, -4, -1], [True, False, True, True], 2),
        ([-3, -1], [True, True]),
    ),
    "masked: the mean of nothing is 0 and False": (
        lambda lib: lib.masked_avg_pool([3, 9, NAN, INF], [True, True, False, False], 2),
        ([6, 0], [True, False]),
    ),
    "masked: the largest of nothing is 0 and False": (
        lambda lib: lib.masked_max_pool([-3, 9], [False, False], 1),
        ([0, 0], [False, False]),
    ),
    "masked: one window by default, rows of a batch": (
        lambda lib: lib.masked_avg_pool(
            [[[1], [3], [8]], [[2], [4], [6]]], [[True, True, False], [False] * 3], axes=(1,)
        ),
        ([[[2]], [[0]]], [[[True]], [[False]]]),
    ),
    "masked: largest, back": (
        lambda lib: lib.masked_max_pool_backward([5, 7], [3, 9, 4, 1], [True, False, False, False], 2),
        [5, 0, 0, 0],
    ),
    "masked: mean, back": (
        lambda lib: lib.masked_avg_pool_backward([6], [3, 9, NAN, 1], [True, True, False, True]),
        [2, 2, 0, 2],
    ),
    # unpool
    "unpool: a place named twice keeps the last": (
        lambda lib: lib.max_unpool([[5, 7], [6, 1]], [[4, 4], [4, 8]], 3),
        [[0, 0, 0], [0, 6, 0], [0, 0, 1]],
    ),
    "unpool: a size for each axis, in each channel": (
        lambda lib: lib.max_unpool([[[5, 7]]], [[[2, 0]]], (1, 3)),
        [[[0, 7], [0, 0], [5, 0]]],
    ),
    "unpool, back: of a place named twice the last reads": (
        lambda lib: lib.max_unpool_backward([[1, 2], [3, 4]], [[3, 3], [0, 3]]),
        [[0, 0], [1, 4]],
    ),
    "unpool, back: an overwritten element has no influence": (
        lambda lib: lib.max_unpool_backward(np.arange(7.0), [4, 2, 3, 5, 2]),
        [4, 0, 3, 5, 2],
    ),
    # shares of 0 and 1, sums that overflow where the result does not
    "mixed: the maximum alone beside -inf": (lambda lib: lib.mixed_pool([-INF, 5], 2, mix=1), [5]),
    "mixed: the average alone of an infinity": (lambda lib: lib.mixed_pool([INF, 1, -INF, 1], 2, mix=0), [INF, -INF]),
    "mixed: the maximum alone of huge numbers": (lambda lib: lib.mixed_pool([1.7e308] * 2, 2, mix=1), [1.7e308]),
    "mixed: shares of each channel beside infinities": (
        lambda lib: lib.mixed_pool([[[-INF, INF], [4, 4]]], (1, 2), mix=[1, 0]),
        [[[4, INF]]],
    ),
    "mixed gradients: infinite, of the average alone": (
        lambda lib: lib.mixed_pool_backward([INF], [1, 2], 2, mix=0),
        [INF, INF],
    ),
    "mixed gradients: infinite, of the maximum alone": (
        lambda lib: lib.mixed_pool_backward([INF], [1, 2], 2, mix=1),
        [0, INF],
    ),
    "the mean of huge numbers": (lambda lib: lib.avg_pool([1.7e308, 1.5e308, 1, 3], 2), [1.6e308, 2]),
    "the mean of huge numbers beside infinities": (
        lambda lib: lib.avg_pool([INF, 1.7e308, 1.7e308, 1.7e308, -1.7e308, -1.7e308], 3),
        [INF, -1.7e308 / 3],
    ),
    "the mean of huge numbers in one bin": (
        lambda lib: lib.adaptive_avg_pool([1.7e308, 1.5e308, 2], 1),
        [1.7e308 / 3 + 1.5e308 / 3],
    ),
    "the mean of huge numbers that a mask keeps": (
        lambda lib: lib.masked_avg_pool([1.7e308, 1.5e308, 9], [True, True, False]),
        ([1.6e308], [True]),
    ),
    "the sum of huge numbers of both signs": (
        lambda lib: lib.sum_pool([1.7e308, 1.7e308, -1.7e308, -1.5e308], 4),
        [0.2e308],
    ),
    "the sum of numbers that are huge in float32": (
        lambda lib: lib.sum_pool(np.array([3e38, 3e38, -3e38, -3e38], np.float32), 4),
        [0],
    ),
    "a sum that is too large is infinite": (
        lambda lib: lib.sum_pool([1.7e308, 1.7e308, -1.7e308, -1.7e308], 2),
        [INF, -INF],
    ),
    "stochastic: the expected value of huge numbers": (lambda lib: lib.stochastic_pool([1.5e308] * 2, 2), [1.5e308]),
    "stochastic: the second of two huge numbers is drawn, too": (
        lambda lib: lib.stochastic_pool([1.5e308, 1.25e308] * 2, 2, rng=Draws(0.1, 0.9), return_indices=True),
        ([1.5e308, 1.25e308], [0, 3]),
    ),
    "stochastic: the second of two tiny numbers is drawn, too": (
        lambda lib: lib.stochastic_pool([5e-324] * 4, 2, rng=Draws(0.1, 0.9), return_indices=True)[1],
        [0, 3],
    ),
    "stochastic gradients of huge numbers": (
        lambda lib: lib.stochastic_pool_backward([1], [1.5e308, 1.5e308], 2),
        [0.5, 0.5],
    ),
    "blur keeps a huge constant": (lambda lib: lib.blur_pool([1.7e308] * 3, 3, 1, "same"), [1.7e308] * 3),
    "blur keeps a constant under the widest window": (lambda lib: lib.blur_pool(np.ones(1031), 1031, 1), [1]),
    # masked: a batch by default
    "masked: sentences (N, L, C) never mix": (
        lambda lib: lib.masked_max_pool([[[1, 9], [2, 8]], [[3, 7], [4, 6]]], [[True, True], [True, False]]),
        ([[[2, 9]], [[3, 7]]], [[[True, True]], [[True, True]]]),
    ),
    "masked: nor do rows (N, L)": (
        lambda lib: lib.masked_avg_pool([[1, 3], [5, 9]], [[True, True], [True, False]]),
        ([[2], [5]], [[True], [True]]),
    ),
    "masked: one sentence (L, C), by a mask (L,)": (
        lambda lib: lib.masked_avg_pool([[1, 3], [5, 9], [6, 6]], [True, True, False]),
        ([[3, 6]], [[True, True]]),
    ),
    "masked: an image, if the axes say so": (
        lambda lib: lib.masked_max_pool([[1, 3], [5, 9]], [[True, True], [True, False]], axes=(0, 1)),
        ([[5]], [[True]]),
    ),
    "masked, back: sentences never mix": (
        lambda lib: lib.masked_max_pool_backward(
            [[[1, 2]], [[3, 4]]], [[[1, 9], [2, 8]], [[3, 7], [4, 6]]], [[True, True], [True, False]]
        ),
        [[[0, 2], [1, 0]], [[3, 4], [0, 0]]],
    ),
    "masked, back: nor do their means": (
        lambda lib: lib.masked_avg_pool_backward([[2], [5]], [[1, 3], [5, 9]], [[True, True], [True, False]]),
        [[1, 1], [5, 0]],
    ),
}


# --- refused by every pool with a window: the error, the arguments, and what its message names ---

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
    "a tuple of arrays of different shapes": (
        TypeError,
        dict(x=(ONES, ONES[:2])),
        "x ",
        "tuple of 2",
        "np.concatenate",
    ),
    "ragged rows": (ValueError, dict(x=[[1, 2], [3]]), "x ", "ragged", "pad or crop"),
    "ragged rows one level down": (
        ValueError,
        dict(x=[[[1, 2], [3]], [[1, 2], [3, 4]]]),
        "x ",
        "ragged",
        "pad or crop",
    ),
    "an empty list": (ValueError, dict(x=[]), "x ", "(0,)", "at least one element"),
    "an empty axis": (ValueError, dict(x=np.ones((0, 4))), "x ", "(0, 4)", "at least one element"),
    "a number": (ValueError, dict(x=3), "x ", "rank 0", "at least one axis"),
    "a rank of 6": (ValueError, dict(x=np.ones((1,) * 6)), "x ", "rank 6", "axes=("),
    "an axis that is not there": (ValueError, dict(axes=(0, 2)), "axes", "(0, 2)", "from -2 to 1"),
    "an axis named twice": (ValueError, dict(axes=(1, -1)), "axes", "(1, -1)", "different"),
    "no axes": (ValueError, dict(axes=()), "axes", "()", "one or more"),
    "True as an axis": (TypeError, dict(axes=(0, True)), "axes", "True", "axes of x"),
    "axes to be read once": (TypeError, dict(axes=iter((0, 1))), "axes", "iterator", "axes of x"),
    "axes in no order": (TypeError, dict(axes={0, 1}), "axes", "{0, 1}", "axes of x"),
    "an axis that is no integer": ((TypeError, ValueError), dict(axes=(0.0,)), "axes", "(0.0,)", "axes of x"),
    "more windows than axes": (ValueError, dict(axes=(0,), window=(2, 2)), "window", "(2, 2)", "one for each axis"),
    "a window of 0": (ValueError, dict(window=(2, 0)), "window", "(2, 0)", "at least 1"),
    "a stride of -1": (ValueError, dict(stride=-1), "stride", "-1", "at least 1"),
    "a dilation of 0": (ValueError, dict(dilation=0), "dilation", "0", "at least 1"),
    "True as a window": (TypeError, dict(window=True), "window", "True", "must be an int"),
    "a window to be read once": (TypeError, dict(window=iter((2, 2))), "window", "iterator", "must be an int"),
    "strides in no order": (TypeError, dict(stride={2, 3}), "stride", "{2, 3}", "must be an int"),
    "a window by names": (TypeError, dict(window={0: 2, 1: 2}), "window", "{0: 2, 1: 2}", "must be an int"),
    "a whole float as a stride": (TypeError, dict(stride=2.0), "stride", "2.0", "must be an int"),
    "negative padding": (ValueError, dict(padding=[(0, -1), (0, 0)]), "padding", "(0, -1)", "use 0 or more"),
    "an unknown padding": (ValueError, dict(padding="full"), "padding", "'full'", "use 'valid', 'same'"),
    "one pair for two axes": (ValueError, dict(padding=[(1, 1)]), "padding", "[(1, 1)]", "write [(1, 1), (1, 1)]"),
    "padding to be read once": (ValueError, dict(padding=iter([(1, 1)] * 2)), "padding", "iterator", "(1, 1)"),
    "a text as ceil_mode": (TypeError, dict(ceil_mode="False"), "ceil_mode", "'False'", "True or False"),
    "ceil_mode with same": (
        ValueError,
        dict(padding="same", ceil_mode=True),
        "ceil_mode=True",
        "padding='same'",
        "drop one",
    ),
    "a window that fits nowhere": (ValueError, dict(window=(2, 5)), "window", "5", "smaller window or more padding"),
    "a window of padding only": (ValueError, dict(padding=[(2, 0), (0, 0)]), "padding", "(2, 0)", "less padding"),
}


# --- every pool on a few geometries ---

GEOMETRIES = {
    "windows that touch": ((4, 6), dict(window=2)),
    "windows that overlap, with same": ((5, 4, 2), dict(window=3, stride=2, padding="same")),
    "gaps, overhang and padding": ((9,), dict(window=3, stride=2, padding=[(1, 2)], dilation=2, ceil_mode=True)),
    "three axes of a batch": (
        (2, 3, 3, 4, 1),
        dict(window=(2, 3, 2), stride=(1, 1, 2), padding=[(1, 0), (1, 1), (0, 0)]),
    ),
    "axes in another order": ((2, 3, 4), dict(window=(3, 2), stride=1, axes=(2, 0))),
}
WINDOWED = [
    ("max_pool", {}),
    ("min_pool", {}),
    ("sum_pool", {}),
    ("avg_pool", {}),
    ("avg_pool", dict(count_include_pad=True)),
    ("mixed_pool", dict(mix=0.3)),
    *(("lp_pool", dict(p=p)) for p in (1, 2, 3.5, INF)),
    *(("power_mean_pool", dict(p=p)) for p in (-1.5, 0.5, 3)),
    *(("soft_pool", dict(temperature=t)) for t in (0.7, INF)),
    ("stochastic_pool", {}),
    ("blur_pool", {}),
]
MASK = [[True, False, False, True, True], [False, False, True, True, False]]
LINES = dict(axes=(1,), window=2, stride=1)
ELSEWHERE = [
    ("max_blur_pool", (4, 5, 2), dict(window=2, padding="same")),
    ("max_blur_pool", (2, 7), dict(window=2, stride=1, blur=4, axes=(1,))),
    ("global_max_pool", (2, 3, 4, 2), {}),
    ("global_avg_pool", (3, 4, 2), dict(keepdims=True)),
    ("global_lp_pool", (2, 3, 4), dict(axes=(2, 0), p=3)),
    ("adaptive_max_pool", (5, 4, 2), dict(output_size=(3, 5))),
    ("adaptive_avg_pool", (2, 5, 4), dict(output_size=3, axes=(2, 1))),
    ("pyramid_pool", (2, 5, 4, 2), {}),
    ("pyramid_pool", (3, 2, 4), dict(levels=(1, 3), axes=(2, 0))),
    ("masked_max_pool", (2, 5), dict(mask=MASK, **LINES)),
    ("masked_avg_pool", (2, 5, 2), dict(mask=MASK, **LINES)),
    ("masked_avg_pool", (3, 4), dict(mask=[True, False, True])),
]
CASES = [(name, shape, how | more) for name, more in WINDOWED for shape, how in GEOMETRIES.values()] + ELSEWHERE
NAMES = [f"{name} {more} {of}" for name, more in WINDOWED for of in GEOMETRIES] + [
    f"{name} {how}" for name, _, how in ELSEWHERE
]


def backward(lib, name, dy, x, how):
    """The gradient of the pool of that name, whatever it is to be told: x, its shape or the indices."""
    function = getattr(lib, name + "_backward")
    parameters = inspect.signature(function).parameters
    if "indices" in parameters:
        told = (getattr(lib, name)(x, **how, return_indices=True)[1], x.shape)
    else:
        told = (x,) if "x" in parameters else (x.shape,)
    return function(dy, *told, **{key: value for key, value in how.items() if key in parameters})


def accepted(name, own):
    """Of these settings, those that the function of that name has."""
    return {
        setting: value
        for setting, value in own.items()
        if setting in inspect.signature(getattr(naive, name)).parameters
    }


def first(result):
    """The outputs of a pool, or the gradient by the elements, without what comes beside them."""
    return result[0] if isinstance(result, tuple) else result


def assert_gradient_is_that_of_finite_differences(lib, name, shape, how):
    rng, step = np.random.default_rng(7), 1e-5
    x = (rng.permutation(np.prod(shape)).reshape(shape) + 1) / 10.0  # distinct: no step changes who is the largest
    if name in ("max_pool", "min_pool", "lp_pool", "soft_pool", "global_lp_pool"):
        x *= rng.choice([-1, 1], shape)  # where negative numbers are welcome
    y = first(getattr(lib, name)(x, **how))
    dy = rng.standard_normal(y.shape)
    expected = np.zeros(shape)
    for place in np.ndindex(shape):
        moved = np.zeros(shape)
        moved[place] = step
        up, down = (first(getattr(lib, name)(x + sign * moved, **how)) for sign in (1, -1))
        expected[place] = np.sum(dy * (up - down)) / (2 * step)
    np.testing.assert_allclose(first(backward(lib, name, dy, x, how)), expected, rtol=1e-6, atol=1e-7)


# --- random geometries and numbers ---


@st.composite
def geometries(draw):
    """The shape of an array, the arguments that pool it, and whether they have to be refused."""
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

    per_axis = zip(sizes, window, stride or window, dilation, padding if kind == "pairs" else [kind] * ranks)
    covered = [real_elements(*one, ceil_mode) for one in per_axis]
    refused = (ceil_mode and kind == "same") or any(not windows or 0 in windows for windows in covered)
    arguments = dict(window=window, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode, axes=axes)
    return tuple(shape), arguments, refused


def real_elements(size, window, stride, dilation, padding, ceil_mode):
    """How many real elements each window along an axis covers, from the definition: one walk, one count."""
    span = dilation * (window - 1) + 1
    total = max(0, (-(-size // stride) - 1) * stride + span - size)
    before, after = {"valid": (0, 0), "same": (total // 2, total - total // 2)}.get(padding, padding)
    end = size + after
    starts = [p for p in range(-before, end, stride) if p + span <= end or (ceil_mode and p - stride + span < end)]
    return [sum(0 <= p + tap * dilation < size for tap in range(window)) for p in starts if p < size or not ceil_mode]


def numbers(dtype, kind, seed, shape):
    """Shuffled signed data: many ties, a wide range, mostly zeros, or NaN, infinities and the dtype's extremes."""
    rng, dtype = np.random.default_rng(seed), np.dtype(dtype)
    if dtype.kind == "f":
        if kind == "ties":
            return rng.integers(-2, 3, shape).astype(dtype)
        if kind == "zeros":
            return (rng.integers(-2, 3, shape) * (rng.random(shape) < 0.2)).astype(dtype)
        if kind == "wide":
            return (rng.standard_normal(shape) * 10.0 ** rng.integers(-2, 4, shape)).astype(dtype)
        return rng.choice([NAN, INF, -INF, -1, 0.5, 2], shape, p=[0.1, 0.1, 0.3, 0.2, 0.2, 0.1]).astype(dtype)
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    if kind == "special":
        return rng.choice(np.array([low, low + 1, high], dtype), shape, p=[0.6, 0.3, 0.1])
    middle = 0 if low else 2
    if kind == "ties":
        return rng.integers(middle - 2, middle + 3, shape).astype(dtype)
    if kind == "zeros":
        return rng.choice(np.array([0, 1, high], dtype), shape, p=[0.8, 0.1, 0.1])
    return rng.integers(low, high, shape, dtype.newbyteorder("="), endpoint=True).astype(dtype)


# --- every pool on random geometries ---


class Pool(NamedTuple):
    """A pool, its settings, what numbers it takes, its results' dtype, and whether large terms may cancel in it."""

    name: str
    more: dict[str, Any] = {}
    takes: str = (
        "any"  # "positive": no negative elements; "bounded": no infinities and no NaN; "finite": none of all these
    )
    dtype: str = "floating"  # "kept", or "sum"
    cancels: bool = False


POOLS = {
    "min": Pool("min_pool", dtype="kept"),
    "sum": Pool("sum_pool", dtype="sum", cancels=True),
    "1-norm": Pool("lp_pool", dict(p=1)),
    "2-norm": Pool("lp_pool"),
    "3.5-norm": Pool("lp_pool", dict(p=3.5)),
    "inf-norm": Pool("lp_pool", dict(p=INF)),
    "power mean": Pool("power_mean_pool", takes="positive"),
    "power mean of a root": Pool("power_mean_pool", dict(p=0.5), "positive"),
    "power mean below 0": Pool("power_mean_pool", dict(p=-1.5), "positive"),
    "power mean near 0": Pool("power_mean_pool", dict(p=1e-9), "positive"),
    "power mean near 0, below": Pool("power_mean_pool", dict(p=-1e-9), "positive"),
    "soft": Pool("soft_pool", cancels=True),
    "soft, cold": Pool("soft_pool", dict(temperature=0.01), cancels=True),
    "soft, infinitely hot": Pool("soft_pool", dict(temperature=INF), cancels=True),
    "stochastic": Pool("stochastic_pool", takes="finite"),
    "mixed": Pool("mixed_pool", dict(mix=0.3), cancels=True),
    "blur": Pool("blur_pool", cancels=True),
    "max blur": Pool("max_blur_pool", cancels=True),
    "global max": Pool("global_max_pool", dtype="kept"),
    "global average": Pool("global_avg_pool", cancels=True),
    "global norm": Pool("global_lp_pool", dict(p=3)),
    "adaptive max": Pool("adaptive_max_pool", dtype="kept"),
    "adaptive average": Pool("adaptive_avg_pool", cancels=True),
    "pyramid": Pool("pyramid_pool", dtype="kept"),
    "masked max": Pool("masked_max_pool", dtype="kept"),
    "masked average": Pool("masked_avg_pool", cancels=True),
}
#: Those that slide a window with all of its settings.
SLIDING = {
    what: pool for what, pool in POOLS.items() if "dilation" in inspect.signature(getattr(naive, pool.name)).parameters
}
DTYPES = ["int8", "uint8", "int64", "uint16", ">i2", "float16", "float32", "float64", ">f2", ">f4", ">f8"]


KINDS = ["ties", "wide", "zeros", "special"]


@st.composite
def calls(draw, pool, dtypes=DTYPES):
    """The settings of a pool, and two arrays it takes: one to be pooled as it is, one to be pooled in small pieces."""
    shape, how, _ = draw(geometries().filter(lambda geometry: not geometry[2]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    arrays = [numbers(rng.choice(dtypes), rng.choice(KINDS), rng.integers(2**32), shape) for piecewise in (False, True)]
    return settings(pool, shape, how, rng), [
        (laid_out(welcome(x, pool.takes), rng.integers(5)), bool(i)) for i, x in enumerate(arrays)
    ]


def welcome(x, takes):
    """`x` without what the pool does not take."""
    if takes in ("positive", "finite"):
        x = np.abs(x) if x.dtype.kind == "f" else np.where(x < 0, ~x, x)
    return np.where(np.isfinite(x), x, 1).astype(x.dtype) if takes in ("finite", "bounded") else x


def laid_out(x, layout):
    """The same array, read-only, in one of several layouts in memory."""
    layout = layout if x.ndim else 0
    if layout == 1:
        x = np.asfortranarray(x)
    elif layout == 2:
        x = x[::-1].copy()[::-1]
    elif layout == 3:
        x = np.repeat(x, 2, -1)[..., ::2]
    elif layout == 4:
        x = np.moveaxis(np.moveaxis(x, -1, 0).copy(), 0, -1)
    x = x[...]
    x.flags.writeable = False
    return x


def settings(pool, shape, how, rng):
    """The settings of that pool on a geometry."""
    axes = how["axes"]
    spatial = naive._axes(shape, axes)
    if pool.name.startswith("global"):
        return dict(axes=axes, keepdims=bool(rng.integers(2))) | pool.more
    if pool.name.startswith("adaptive"):
        return dict(axes=axes, output_size=rng.integers(1, 6, len(spatial)).tolist())
    if pool.name == "pyramid_pool":
        return dict(axes=axes, levels=rng.integers(1, 4, rng.integers(1, 4)).tolist())
    if pool.name == "max_blur_pool":
        blur = rng.integers(1, 4, len(spatial)).tolist()
        fits = all(shape[axis] >= k + b - 1 for axis, k, b in zip(spatial, how["window"], blur))
        return dict(
            axes=axes, window=how["window"], stride=how["stride"], blur=blur, padding="valid" if fits else "same"
        )
    if pool.name.startswith("masked"):
        mask = rng.random(shape[: rng.integers(1, len(shape) + 1)]) < 0.6
        windows = how | dict(axes=spatial) if rng.integers(3) else dict(axes=axes)  # for these, as many as axes
        return dict(mask=mask) | windows
    if pool.name == "mixed_pool" and rng.integers(2):  # 0 or 1 for each image and channel
        return how | dict(mix=rng.integers(2, size=[1 if axis in spatial else n for axis, n in enumerate(shape)]))
    return how | pool.more


@contextlib.contextmanager
def strictly(piecewise):
    """No warning passes. If `piecewise`, arrays as tiny as a test's are several pieces, and no kernel is short."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(all="raise", under="ignore"):
        for module, limit, value in [
            (walks, "PART", 8),
            (pooling, "PART", 8),
            (gradients, "PART", 8),
            (kernels, "SMALL", 0),
            (kernels, "SLAB", 64),
        ]:
            if piecewise:
                patch.setattr(module, limit, value)
        yield


def assert_near(got, exact, dtype, size, precision):
    """`got` has this dtype and is `exact` but for rounding and `precision` times `size`, the sum of what went in."""
    assert got.dtype == dtype and got.shape == exact.shape, (got.dtype, dtype, got.shape, exact.shape)
    assert got.flags.c_contiguous and got.flags.writeable
    with np.errstate(all="ignore"):
        rounded = exact.astype(dtype)
        rounding = np.spacing(abs(rounded)).astype(float) / 2 if got.dtype.kind == "f" and got.dtype.itemsize < 8 else 0
        near = abs(got.astype(float) - exact.astype(float)) <= rounding + precision * (abs(exact) + size)
        same = (got == rounded) | (np.isnan(got) & np.isnan(rounded)) if got.dtype.kind == "f" else got == rounded
    assert np.all(near | same), (got, exact)
