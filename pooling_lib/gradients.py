"""The backward pass of each pool: how the gradient of a loss by the outputs becomes one by the inputs.

The settings are those of the forward pass. Where windows overlap, an element belongs to several
outputs and its gradients add up; padding receives nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from pooling_lib import plans, reductions
from pooling_lib.arguments import (
    as_array,
    as_dtype,
    as_gradient,
    as_indices,
    as_shape,
    floating,
    lowest,
    masked,
    mean_power,
    named_padding,
    norm_power,
    not_negative,
    positive,
    pyramid_levels,
    regular,
    shares,
    wide,
)
from pooling_lib.geometry import Axes, Ints, Padding, Shape, Stride, flag
from pooling_lib.kernels import fold, fold_argmax
from pooling_lib.plans import Plan, adaptive_plan, spatial_axes
from pooling_lib.reductions import Reduction, portion
from pooling_lib.walks import (
    PART,
    adaptive_argmax,
    added,
    binned,
    binomial,
    binomial_sums,
    flat_planes,
    from_planes,
    picked,
    reduced_back,
    routed,
    states,
    weighted_back,
)


def pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    reduce: Reduction,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `pool` with a reduction that has a slope.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    reduce : Reduction, or a function such as np.median
        What happens under the window. A function is called as ``reduce(elements, axis=-1)`` on
        arrays that hold the real elements of many windows, one window along the last axis; it never
        sees padding. A `Reduction` is faster, and can have a gradient.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: the sum of ``dy * slope`` over the windows it lies under.
        It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if `reduce` is no Reduction with a slope.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element.

    Notes
    -----
    The chain rule: Rumelhart, Hinton and Williams, *Learning representations by back-propagating
    errors*, Nature 323 (1986).

    Examples
    --------
    >>> log_sum_exp = Reduction(np.logaddexp, -np.inf, slope=lambda x, y, state, count: np.exp(x - y))
    >>> pool_backward([1.0], [2.0, 2.0], window=2, reduce=log_sum_exp)
    array([0.5, 0.5])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    if getattr(reduce, "slope", None) is None:
        raise TypeError(
            f"reduce={reduce!r} has no slope, so nothing is known of its gradient; "
            "give Reduction(combine, identity, ..., slope=...)"
        )
    return reduced_back(as_gradient(dy, plan.result), x, plan, reduce)


def max_pool_backward(
    dy: ArrayLike,
    indices: ArrayLike,
    input_shape: Shape,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `max_pool`: each output's goes to the element that won, and nowhere else.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    indices : array_like of int, shape of the outputs
        Where the elements were found, from ``max_pool(..., return_indices=True)``; for stochastic
        pooling in training from `stochastic_pool`.
    input_shape : sequence of int
        Shape of the forward pass's input.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        An element that won under several windows receives the sum. Of a tie the first in row-major
        order receives all.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if a number is not an integer; if the indices are not integers.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match; if a number is out of range; if the
        padding is unknown, or 'same' with ceil_mode; if no window fits or one covers no real
        element; if an index does not lie under its window.

    Notes
    -----
    At a tie the maximum has no derivative; any choice among the tied is a subgradient. The first is
    what TensorFlow and PyTorch choose, too.

    Examples
    --------
    >>> from pooling_lib import max_pool
    >>> x = np.array([3, 5, 4, 4])
    >>> y, where = max_pool(x, window=2, stride=1, return_indices=True)
    >>> max_pool_backward([1.0, 10.0, 100.0], where, x.shape, window=2, stride=1)
    array([  0.,  11., 100.,   0.])
    """
    plan = plans.plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    return routed(dy, as_indices(indices, plan.result), plan)


def min_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `min_pool`: each output's goes to the first smallest element under its window.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: an element that won under several windows receives the
        sum. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element.

    Notes
    -----
    Of a tie the first in row-major order receives all, as of `max_pool_backward`.

    Examples
    --------
    >>> min_pool_backward([1.0, 10.0], [3, -1, 4, 1], window=2)
    array([ 0.,  1.,  0., 10.])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    upside_down = -x if x.dtype.kind == "f" else ~x  # of integers -x may wrap around, ~x never does
    _, indices = fold_argmax(upside_down, plan, lowest(x.dtype))
    return routed(as_gradient(dy, plan.result), indices, plan)


def avg_pool_backward(
    dy: ArrayLike,
    input_shape: Shape,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    count_include_pad: bool = False,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `avg_pool`: each output's is spread evenly over its window. The adjoint of the average.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    input_shape : sequence of int
        Shape of the forward pass's input.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    count_include_pad : bool
        Count every element of padding as a zero. By default padding is not counted: a window at the
        border divides by the number of real elements it covers. What hangs over the end in
        ceil_mode is never counted.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        Every element receives ``dy / n`` of each window it lies under, n being that window's divisor.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if a number is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match; if a number is out of range; if the
        padding is unknown, or 'same' with ceil_mode; if no window fits or one covers no real
        element.

    Notes
    -----
    The average is linear, so that its gradient is its transposed matrix, whatever the input:
    ``sum(avg_pool(x) * dy) == sum(x * avg_pool_backward(dy))``. That also makes it the counterpart of
    `max_unpool` for averages.

    Examples
    --------
    >>> avg_pool_backward([6.0, 3.0], (4,), window=3, stride=1)
    array([2., 3., 3., 1.])
    """
    plan = plans.plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    return added(as_gradient(dy, plan.result), plan, plan.counts(flag("count_include_pad", count_include_pad)))


def sum_pool_backward(
    dy: ArrayLike,
    input_shape: Shape,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `sum_pool`: every element receives ``dy`` of each window it lies under.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    input_shape : sequence of int
        Shape of the forward pass's input.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        Every element receives ``dy`` of each window it lies under.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if a number is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match; if a number is out of range; if the
        padding is unknown, or 'same' with ceil_mode; if no window fits or one covers no real
        element.

    Notes
    -----
    The adjoint of the sum, as `avg_pool_backward` is of the average.

    Examples
    --------
    >>> sum_pool_backward([6.0, 3.0], (4,), window=3, stride=1)
    array([6., 9., 9., 3.])
    """
    plan = plans.plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    return added(as_gradient(dy, plan.result), plan)


def lp_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    p: float = 2.0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `lp_pool`: ``dy * sign(x) * (|x| / y) ** (p - 1)``.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    p : float
        At least 1. With 1 the outputs are sums of |x|, with inf the largest |x|.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if `p` is no number.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if `p` is below 1.

    Notes
    -----
    A window of zeros, where the norm has no derivative, passes 0; for p = inf the first largest |x|
    receives all.

    Examples
    --------
    >>> lp_pool_backward([5.0, 1.0], [3, -4, 0, 0], window=2)
    array([ 3., -4.,  0.,  0.])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy, p = as_gradient(dy, plan.result), norm_power(p)
    if p < np.inf:
        return reduced_back(dy, as_dtype(wide(x.dtype), x), plan, reductions.lp(p))
    _, indices = fold_argmax(np.abs(as_dtype(wide(x.dtype), x)), plan, -np.inf)
    sign = np.sign(picked(x, indices, plan.axes)).astype(dy.dtype)
    return routed(np.multiply(dy, sign, out=np.zeros_like(dy), where=sign != 0), indices, plan)


def power_mean_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    p: float = 3.0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> tuple[np.ndarray, float]:
    """Gradients of `power_mean_pool` by its elements and by p.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself. No element may be
        negative.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    p : float
        Finite and not 0. 1 gives the mean, -1 the harmonic mean; far above the maximum comes near,
        far below the minimum.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    dx : ndarray, shape of `x`
        ``dy / n * (x / y) ** (p - 1)``; 0 from a window whose mean is 0. Dtype of `dy`.
    dp : float
        The sum of ``dy * y / p * (sum of w ln x - ln y)`` over all windows, with the weights
        ``w = x ** p / sum of x ** p``; a window whose mean is 0 adds nothing.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if `p` is no number.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if an element is
        negative; if `p` is 0 or not finite.

    Notes
    -----
    A learned p: Radenovic, Tolias and Chum, arXiv:1711.02512.

    Examples
    --------
    >>> dx, dp = power_mean_pool_backward([10.0], [1, 7], window=2, p=2)
    >>> print(dx, round(dp, 4))
    [1. 7.] 7.4389
    """
    x = not_negative(as_array(x), "the power mean")
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy, p = as_gradient(dy, plan.result), mean_power(p)
    x, reduction = as_dtype(wide(x.dtype), x), reductions.power_excess(p)
    dp = 0.0
    with np.errstate(all="ignore"):
        for reads, makes, part in plan.parts(PART):
            state, count = states(x[reads], part, reduction), np.broadcast_to(part.counts(), part.result)
            y, slope = reduction.finish(state, count), np.zeros(part.result, x.dtype)
            for outputs, inputs in part.steps():
                there = tuple(array[outputs] for array in state)
                slopes = reductions.power_slope(x[reads][inputs], y[outputs], there, count[outputs], p)
                several = tuple(axis for axis in part.axes if slopes.shape[axis] > y[outputs].shape[axis])
                slope[outputs] += slopes.sum(several, keepdims=True)
            dp += float(np.sum(reductions.where_nan(dy[makes] * slope, slope == 0, 0)))
    return reduced_back(dy, x, plan, reductions.power_mean(p)), dp


def soft_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    temperature: float = 1.0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `soft_pool`: ``dy * w * (1 + (x - y) / T)``, with the weights w = ``exp(x / T)`` over their sum.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    temperature : float
        Above 0. Near 0 the maximum comes out, at infinity the mean.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if the temperature is no number.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if the temperature
        is not above 0.

    Notes
    -----
    An element below ``y - T`` has a negative gradient: raising it moves weight to itself, from
    larger ones.

    Examples
    --------
    >>> print(soft_pool_backward([1.0], [0.0, 3.0], window=2).round(4))
    [-0.0881  1.0881]
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    return reduced_back(dy, as_dtype(wide(x.dtype), x), plan, reductions.soft(positive("temperature", temperature)))


def stochastic_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `stochastic_pool` in testing: ``dy * (2 x - y) / sum of x``; 0 from a window of zeros.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself. No element may be
        negative, infinite or NaN.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if an element is
        negative, infinite or NaN.

    Notes
    -----
    In training the drawn element receives all: that is `max_pool_backward` with the drawn indices.

    Examples
    --------
    >>> stochastic_pool_backward([8.0], [1, 3], window=2)
    array([-1.,  7.])
    """
    x = not_negative(as_array(x), "stochastic pooling", finite=True)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    return reduced_back(dy, as_dtype(wide(x.dtype), x), plan, reductions.weighted_by_itself)


def mixed_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    mix: ArrayLike = 0.5,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `mixed_pool`: the maximum's and the average's, each with its share.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    mix : float, or an array that broadcasts to the outputs' shape
        Share of the maximum, from 0 to 1. To choose one of the two at random, draw 0 or 1 for each
        image and channel: ``rng.integers(2, size=(n, 1, 1, channels))``; 0.5 is the mean of such
        draws.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: the first largest under a window receives the
        maximum's share, and all of them theirs of the average's. It has the dtype of `dy`; integers
        give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if `mix` holds no numbers.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if `mix` leaves [0,
        1] or does not broadcast.

    Examples
    --------
    >>> mixed_pool_backward([8.0], [3, -1], window=2, mix=0.25)
    array([5., 3.])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    share, gain = shares(mix, dy.shape), as_dtype(wide(dy.dtype), dy)
    _, indices = fold_argmax(x, plan, lowest(x.dtype))
    with np.errstate(invalid="ignore"):
        largest, average = portion(share, gain), portion(1 - share, gain)
        return as_dtype(dy.dtype, routed(largest, indices, plan) + added(average, plan, plan.counts()))


def blur_pool_backward(
    dy: ArrayLike,
    input_shape: Shape,
    window: Ints = 3,
    stride: Stride = 2,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `blur_pool`: each output's is spread over its window in the proportions of the weights.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    input_shape : sequence of int
        Shape of the forward pass's input.
    window : int or one per spatial axis
        2 gives the weights 1 1, 3 gives 1 2 1, 5 gives 1 4 6 4 1; of two axes they are multiplied.
    stride : int or one per spatial axis, optional
        Steps between windows; 2 by default. None: as the window.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        Every element receives of each window it lies under ``dy`` times its weight, over the sum of
        the weights of real elements.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if a number is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match; if a number is out of range; if the
        padding is unknown, or 'same' with ceil_mode; if no window fits or one covers no real
        element.

    Notes
    -----
    The adjoint of the blur, as `avg_pool_backward` is of the average.

    Examples
    --------
    >>> blur_pool_backward([4.0, 8.0], (5,))
    array([1., 2., 3., 4., 2.])
    """
    plan = plans.plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    dx = dy / binomial_sums(plan)
    with np.errstate(invalid="ignore", over="ignore"):
        for axis, along in zip(plan.axes, plan.placed):
            dx = weighted_back(dx, axis, along, binomial(along.window))
        return as_dtype(dy.dtype, dx)


def max_blur_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: str = "valid",
    *,
    blur: Ints = 3,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `max_blur_pool`: back through the blur, then through the maximum.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    window : int or one per spatial axis
        Elements in the window.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid' or 'same'
        For both steps.
    blur : int or one per spatial axis
        Window of the blur.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: of a tie the first in row-major order receives all. It
        has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if `padding` is
        neither of the two names.

    Examples
    --------
    >>> max_blur_pool_backward([4.0], [0, 0, 0, 8, 0], window=2)
    array([1., 2., 0., 1., 0.])
    """
    x, dy = as_array(x), as_array(dy, "dy")
    plan = plans.plan(x.shape, window, 1, named_padding(padding), 1, False, axes)
    _, indices = fold_argmax(x, plan, lowest(x.dtype))
    dy, dtype = as_dtype(wide(dy.dtype), dy), floating(dy.dtype)
    between = blur_pool_backward(dy, plan.result, blur, window if stride is None else stride, padding, axes=axes)
    return as_dtype(dtype, routed(between, indices, plan))


def global_max_pool_backward(dy: ArrayLike, x: ArrayLike, axes: Axes = None, keepdims: bool = False) -> np.ndarray:
    """Gradient of `global_max_pool`: to the first largest element of each plane.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.
    keepdims : bool
        Keep the spatial axes, with one element each.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: of a tie the first in row-major order receives all. It
        has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if an axis
        is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match.

    Examples
    --------
    >>> global_max_pool_backward(5.0, [[3, 4], [4, 1]])
    array([[0., 5.],
           [0., 0.]])
    """
    x = as_array(x)
    dy, axes, sizes = _of_planes(dy, x.shape, axes, keepdims)
    plan = plans.plan(x.shape, sizes, None, "valid", 1, False, axes)
    _, indices = fold_argmax(x, plan, lowest(x.dtype))
    return routed(dy, indices, plan)


def global_avg_pool_backward(
    dy: ArrayLike, input_shape: Shape, axes: Axes = None, keepdims: bool = False
) -> np.ndarray:
    """Gradient of `global_avg_pool`: spread evenly over each plane.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    input_shape : sequence of int
        Shape of the forward pass's input.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.
    keepdims : bool
        Keep the spatial axes, with one element each.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        Every element receives ``dy`` over its plane's number of elements.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if an axis is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match.

    Examples
    --------
    >>> global_avg_pool_backward(8.0, (2, 2))
    array([[2., 2.],
           [2., 2.]])
    """
    shape = as_shape(input_shape)
    dy, axes, sizes = _of_planes(dy, shape, axes, keepdims)
    return avg_pool_backward(dy, shape, sizes, axes=axes)


def global_lp_pool_backward(
    dy: ArrayLike, x: ArrayLike, axes: Axes = None, keepdims: bool = False, *, p: float = 2.0
) -> np.ndarray:
    """Gradient of `global_lp_pool`: that of `lp_pool` with one window over each plane.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.
    keepdims : bool
        Keep the spatial axes, with one element each.
    p : float
        At least 1. With 1 the outputs are sums of |x|, with inf the largest |x|.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if an axis
        is not an integer; if `p` is no number.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if `p` is below 1.

    Notes
    -----
    A plane of zeros, where the norm has no derivative, passes 0; for p = inf the first largest |x|
    receives all.

    Examples
    --------
    >>> global_lp_pool_backward(5.0, [[3, 0], [-4, 0]])
    array([[ 3.,  0.],
           [-4.,  0.]])
    """
    x = as_array(x)
    dy, axes, sizes = _of_planes(dy, x.shape, axes, keepdims)
    return lp_pool_backward(dy, x, sizes, axes=axes, p=p)


def adaptive_max_pool_backward(
    dy: ArrayLike, indices: ArrayLike, input_shape: Shape, *, axes: Axes = None
) -> np.ndarray:
    """Gradient of `adaptive_max_pool`: each output's goes to the element that won.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output; its spatial sizes are the `output_size`.
    indices : array_like of int, shape of the outputs
        Where the elements were found, from ``adaptive_max_pool(..., return_indices=True)``.
    input_shape : sequence of int
        Shape of the forward pass's input.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        An element that won in several bins receives the sum.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if an axis is not an integer; if the indices are not integers.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match; if an index lies outside the plane.

    Examples
    --------
    >>> adaptive_max_pool_backward([1.0, 10.0, 100.0], [0, 2, 4], (5,))
    array([  1.,   0.,  10.,   0., 100.])
    """
    dy, plan = _of_bins(dy, input_shape, axes)
    return routed(dy, as_indices(indices, dy.shape, math.prod(along.size for along in plan.placed)), plan)


def adaptive_avg_pool_backward(dy: ArrayLike, input_shape: Shape, *, axes: Axes = None) -> np.ndarray:
    """Gradient of `adaptive_avg_pool`: each output's is spread evenly over its bin.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output; its spatial sizes are the `output_size`.
    input_shape : sequence of int
        Shape of the forward pass's input.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        Every element receives ``dy`` over the bin's number of elements, of each bin that holds it.

    Raises
    ------
    TypeError
        If `dy` is boolean, complex, text, of objects, masked or a list of arrays; if `input_shape`
        holds no integers; if an axis is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `input_shape` has an entry below 0, or below 1 along
        a spatial axis; if its length or `axes` do not match.

    Examples
    --------
    >>> adaptive_avg_pool_backward([6.0, 6.0], (3,))
    array([3., 6., 3.])
    """
    dy, plan = _of_bins(dy, input_shape, axes)
    # Bin j of the elements, among as many bins as there are, holds the outputs in whose bins element j lies.
    back = adaptive_plan(dy.shape, [along.size for along in plan.placed], plan.axes)
    with np.errstate(invalid="ignore", over="ignore"):
        return as_dtype(dy.dtype, binned(as_dtype(wide(dy.dtype), dy) / plan.counts(), back, np.add, 0))


def pyramid_pool_backward(
    dy: ArrayLike, x: ArrayLike, levels: Sequence[int] = (4, 2, 1), *, axes: Axes = None
) -> np.ndarray:
    """Gradient of `pyramid_pool`: the sum of its levels', each to the first largest element of each bin.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    levels : sequence of int
        Bins along each spatial axis, level by level.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: an element that won in several bins receives the sum,
        and of a tie the first receives all. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if an axis
        is not an integer; if a level is not an integer.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if `levels` is empty or one of them below 1.

    Examples
    --------
    >>> pyramid_pool_backward([1.0, 10.0, 100.0], [3, 4], levels=(2, 1))
    array([  1., 110.])
    """
    x = as_array(x)
    axes = spatial_axes(axes, x.shape)
    levels = pyramid_levels(levels)
    bins = [level ** len(axes) for level in levels]
    others = [size for axis, size in enumerate(x.shape) if axis not in axes]
    dy = as_gradient(dy, (*others[: min(axes)], sum(bins), *others[min(axes) :]))
    dx = np.zeros(x.shape, wide(dy.dtype))
    for level, some in zip(levels, np.split(as_dtype(dx.dtype, dy), np.cumsum(bins)[:-1], min(axes))):
        _, indices = adaptive_argmax(x, adaptive_plan(x.shape, level, axes))
        gradients = from_planes(np.moveaxis(some, min(axes), -1), axes, [level] * len(axes), x.ndim)
        with np.errstate(invalid="ignore"):
            dx += adaptive_max_pool_backward(gradients, indices, x.shape, axes=axes)
    with np.errstate(over="ignore"):
        return as_dtype(dy.dtype, dx)


def masked_max_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    mask: ArrayLike,
    window: Ints | None = None,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `masked_max_pool`: to the first largest element that the mask keeps.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        A batch, channels last, as Keras has it: sequences (N, L) or (N, L, C), images (N, H, W, C),
        (N, D, H, W, C); or one sequence, (L,) or (L, C) with a mask (L,). Any other layout, such as
        a single image, through `axes`. Every channel of every sequence is pooled by itself.
    mask : array_like of bool, shape of `x` or of its leading axes
        False: the element counts as padding. For sequences (N, L).
    window : int or one per spatial axis, optional
        Elements in the window. Defaults to the whole of every spatial axis.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where those of a batch are not meant: ``axes=(0, 1)`` of a single image
        (H, W) or (H, W, C). Settings follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: of a tie the first that the mask keeps receives all. A
        window that keeps nothing passes nothing. It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if the mask is not boolean.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if the mask has
        another shape than `x` or its leading axes.

    Examples
    --------
    >>> masked_max_pool_backward([[5.0]], [[3, 4, 9]], [[True, True, False]])
    array([[0., 5., 0.]])
    """
    x, mask, window, axes = masked(x, mask, window, axes)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    _, indices = fold_argmax(np.where(mask, x, lowest(x.dtype)).astype(x.dtype, copy=False), plan, lowest(x.dtype))
    kept, first = fold_argmax(mask.astype(np.uint8), plan, 0)
    # A hidden element can win only where all that are kept are the lowest value, too: then the first of these.
    indices = np.where(picked(mask, indices, plan.axes), indices, first)
    return routed(np.where(kept, dy, 0).astype(dy.dtype), indices, plan)


def masked_avg_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    mask: ArrayLike,
    window: Ints | None = None,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `masked_avg_pool`: spread evenly over the elements that the mask keeps.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output.
    x : array_like of integers or floats
        A batch, channels last, as Keras has it: sequences (N, L) or (N, L, C), images (N, H, W, C),
        (N, D, H, W, C); or one sequence, (L,) or (L, C) with a mask (L,). Any other layout, such as
        a single image, through `axes`. Every channel of every sequence is pooled by itself.
    mask : array_like of bool, shape of `x` or of its leading axes
        False: the element counts as padding. For sequences (N, L).
    window : int or one per spatial axis, optional
        Elements in the window. Defaults to the whole of every spatial axis.
    stride : int or one per spatial axis, optional
        Steps between windows. Defaults to `window`: windows that touch and do not overlap.
    padding : 'valid', 'same' or one (before, after) pair per spatial axis
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row of
        padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding. Not
        with 'same', which rounds up already.
    axes : sequence of int, optional
        The spatial axes, where those of a batch are not meant: ``axes=(0, 1)`` of a single image
        (H, W) or (H, W, C). Settings follow their order.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element; what the mask hides receives 0. It has the dtype of
        `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `x` or `dy` is boolean, complex, text, of objects, masked or a list of arrays; if a
        number is not an integer; if the mask is not boolean.
    ValueError
        If `dy` has not the outputs' shape; if `x` is ragged, or empty along a spatial axis; if its
        rank or `axes` do not match; if a number is out of range; if the padding is unknown, or
        'same' with ceil_mode; if no window fits or one covers no real element; if the mask has
        another shape than `x` or its leading axes.

    Examples
    --------
    >>> masked_avg_pool_backward([[6.0]], [[3, 4, 9]], [[True, True, False]])
    array([[3., 3., 0.]])
    """
    x, mask, window, axes = masked(x, mask, window, axes)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, plan.result)
    count = fold(mask.astype(np.int64), plan, np.add, 0)
    dx = added(dy, plan, np.maximum(count, 1))
    return np.where(mask, dx, 0).astype(dy.dtype, copy=False)


def max_unpool_backward(dx: ArrayLike, indices: ArrayLike, *, axes: Axes = None) -> np.ndarray:
    """Gradient of `max_unpool`: each element's is read where it was put.

    Parameters
    ----------
    dx : array_like of floats, shape of the unpooled array
        Gradient of a loss by each of its elements.
    indices : array_like of int, shape of `y`
        Its indices.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `y` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, shape of `indices`, dtype of `dx` (integers give float64)
        Where a place was named twice, the last reads it, which stands there; the others get 0.

    Raises
    ------
    TypeError
        If `dx` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not an
        integer; if the indices are not integers.
    ValueError
        If `dx` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if an
        index lies outside the plane; if the shapes differ.

    Examples
    --------
    >>> max_unpool_backward([1.0, 2.0, 3.0, 4.0], [0, 2])
    array([1., 3.])
    """
    dx, where = as_array(dx, "dx"), regular(indices, "indices")
    axes = spatial_axes(axes, dx.shape, "dx")
    # The outputs have the indices' spatial sizes. Indices of another rank have none: as_indices is to refuse them.
    sizes = where.shape if where.ndim == dx.ndim else dx.shape
    shape = tuple(sizes[axis] if axis in axes else size for axis, size in enumerate(dx.shape))
    where = as_indices(where, shape, math.prod(dx.shape[axis] for axis in axes))
    # Of those that name a place the last stands there, and only it has a say in what follows.
    places = flat_planes(where, axes)
    numbers = np.broadcast_to(np.arange(places.shape[-1]), places.shape)
    last = np.zeros((*places.shape[:-1], math.prod(dx.shape[axis] for axis in axes)), np.int64)
    np.put_along_axis(last, np.ascontiguousarray(places), numbers, -1)
    stands = np.take_along_axis(last, places, -1) == numbers
    dy = np.where(stands, np.take_along_axis(flat_planes(dx, axes), places, -1), 0)
    return as_dtype(floating(dx.dtype), from_planes(dy, axes, [shape[axis] for axis in axes], dx.ndim))


def _of_planes(
    dy: ArrayLike, shape: tuple[int, ...], axes: Axes, keepdims: bool
) -> tuple[np.ndarray, tuple[int, ...], list[int]]:
    """The gradient of a global pool with its spatial axes, these, and their sizes."""
    axes = spatial_axes(axes, shape)
    kept = tuple(1 if axis in axes else size for axis, size in enumerate(shape))
    flat = tuple(size for axis, size in enumerate(shape) if axis not in axes)
    return (
        as_gradient(dy, kept if flag("keepdims", keepdims) else flat).reshape(kept),
        axes,
        [shape[axis] for axis in axes],
    )


def _of_bins(dy: ArrayLike, input_shape: Shape, axes: Axes) -> tuple[np.ndarray, Plan]:
    """The gradient of an adaptive pool, whose spatial sizes are any, and the bins."""
    shape, sizes = as_shape(input_shape), np.shape(dy)
    axes = spatial_axes(axes, shape)
    bins = sizes if len(sizes) == len(shape) else shape
    dy = as_gradient(dy, tuple(bins[axis] if axis in axes else size for axis, size in enumerate(shape)))
    return dy, adaptive_plan(shape, [dy.shape[axis] for axis in axes], axes)
