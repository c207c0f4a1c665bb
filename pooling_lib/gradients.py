"""The backward pass of each pool: how the gradient of a loss by the outputs becomes one by the inputs.

The settings are those of the forward pass. Where windows overlap, an element belongs to several
outputs and its gradients add up; padding receives nothing.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from pooling_lib import reductions
from pooling_lib.arguments import (
    adaptive_bins,
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
    plan,
    positive,
    pyramid_levels,
    regular,
    shares,
    spatial_axes,
    sum_dtype,
    wide,
)
from pooling_lib.geometry import Axes, Ints, Padding, Plan, extent
from pooling_lib.kernels import fold_argmax, route, spread
from pooling_lib.pooling import (
    PART,
    adaptive_argmax,
    binomial,
    binomial_sums,
    column,
    flat_planes,
    from_planes,
    max_pool,
    picked,
    real_counts,
    states,
    sum_pool,
)
from pooling_lib.reductions import Reduction


def pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
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
    x, window, stride, padding, reduce, dilation, ceil_mode, axes
        As of the forward pass.

    Returns
    -------
    ndarray, shape of `x`
        Gradient of the loss by each element: the sum of ``dy * slope`` over the windows it lies under.
        It has the dtype of `dy`; integers give float64.

    Raises
    ------
    TypeError
        If `reduce` is no Reduction with a slope; otherwise as `max_pool`.
    ValueError
        If `dy` has not the outputs' shape; otherwise as `max_pool`.

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
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    if getattr(reduce, "slope", None) is None:
        raise TypeError(
            f"reduce={reduce!r} has no slope, so nothing is known of its gradient; give Reduction(combine, identity, ..., slope=...)"
        )
    return descended(as_gradient(dy, windows.result), x, windows, reduce)


def max_pool_backward(
    dy: ArrayLike,
    indices: ArrayLike,
    input_shape: Sequence[int],
    window: Ints,
    stride: Ints | None = None,
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
    window, stride, padding, dilation, ceil_mode, axes
        As of the forward pass.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        An element that won under several windows receives the sum. Of a tie the first in row-major
        order receives all.

    Raises
    ------
    TypeError
        If the indices are not integers; otherwise as `max_pool`.
    ValueError
        If a shape does not fit, or an index does not lie under its window; otherwise as `max_pool`.

    Notes
    -----
    At a tie the maximum has no derivative; any choice among the tied is a subgradient. The first is
    what TensorFlow and PyTorch choose, too.

    Examples
    --------
    >>> x = np.array([3, 5, 4, 4])
    >>> y, where = max_pool(x, window=2, stride=1, return_indices=True)
    >>> max_pool_backward([1.0, 10.0, 100.0], where, x.shape, window=2, stride=1)
    array([  0.,  11., 100.,   0.])
    """
    windows = plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    return routed(dy, as_indices(indices, windows.result), windows)


def min_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `min_pool`: each output's goes to the first smallest element under its window.

    Parameters, result and errors as of `pool_backward`, without `reduce`.

    >>> min_pool_backward([1.0, 10.0], [3, -1, 4, 1], window=2)
    array([ 0.,  1.,  0., 10.])
    """
    x = as_array(x)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    upside_down = -x if x.dtype.kind == "f" else ~x  # of integers -x may wrap around, ~x never does
    _, indices = fold_argmax(upside_down, windows, lowest(x.dtype))
    return routed(as_gradient(dy, windows.result), indices, windows)


def avg_pool_backward(
    dy: ArrayLike,
    input_shape: Sequence[int],
    window: Ints,
    stride: Ints | None = None,
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
    window, stride, padding, count_include_pad, dilation, ceil_mode, axes
        As of the forward pass.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        Every element receives ``dy / n`` of each window it lies under, n being that window's divisor.

    Raises
    ------
    TypeError, ValueError
        As `pool_backward`.

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
    windows = plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    return added(as_gradient(dy, windows.result), windows, real_counts(windows, count_include_pad))


def sum_pool_backward(
    dy: ArrayLike,
    input_shape: Sequence[int],
    window: Ints,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `sum_pool`: every element receives ``dy`` of each window it lies under.

    Parameters, result and errors as of `avg_pool_backward`.

    >>> sum_pool_backward([6.0, 3.0], (4,), window=3, stride=1)
    array([6., 9., 9., 3.])
    """
    windows = plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    return added(as_gradient(dy, windows.result), windows)


def lp_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    p: float = 2.0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `lp_pool`: ``dy * sign(x) * (|x| / y) ** (p - 1)``.

    Parameters, result and errors as of `pool_backward`, with the `p` of `lp_pool`. A window of zeros,
    where the norm has no derivative, passes 0; for p = inf the first largest |x| receives all.

    >>> lp_pool_backward([5.0, 1.0], [3, -4, 0, 0], window=2)
    array([ 3., -4.,  0.,  0.])
    """
    x = as_array(x)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy, p = as_gradient(dy, windows.result), norm_power(p)
    if p < np.inf:
        return descended(dy, as_dtype(wide(x.dtype), x), windows, reductions.lp(p))
    _, indices = fold_argmax(np.abs(as_dtype(wide(x.dtype), x)), windows, -np.inf)
    sign = np.sign(picked(x, indices, windows.axes)).astype(dy.dtype)
    return routed(np.multiply(dy, sign, out=np.zeros_like(dy), where=sign != 0), indices, windows)


def power_mean_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
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
    dy, x, window, stride, padding, dilation, ceil_mode, axes
        As of `pool_backward`.
    p : float
        As of `power_mean_pool`.

    Returns
    -------
    dx : ndarray, shape of `x`
        ``dy / n * (x / y) ** (p - 1)``; 0 from a window whose mean is 0. Dtype of `dy`.
    dp : float
        The sum of ``dy * y / p * (sum of w ln x - ln y)`` over all windows, with the weights
        ``w = x ** p / sum of x ** p``; a window whose mean is 0 adds nothing.

    Raises
    ------
    TypeError, ValueError
        As `power_mean_pool` and `pool_backward`.

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
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy, p = as_gradient(dy, windows.result), mean_power(p)
    x, reduction = as_dtype(wide(x.dtype), x), reductions.power_mean(p)
    dp = 0.0
    with np.errstate(all="ignore"):
        for reads, makes, part in windows.parts(PART):
            state = states(x[reads], part, reduction)
            y, logs = reduction.finish(state, real_counts(part)), np.zeros(part.result)
            for outputs, inputs in part.taps():
                element, m, s = x[reads][inputs], state[0][outputs], state[1][outputs]
                share = reductions.power_ratio(element, m, p) / s
                logs[outputs] += np.where(share == 0, 0, share * np.log(element))
            dp += float(np.sum(np.where(y == 0, 0, dy[makes] * y / p * (logs - np.log(y)))))
    return descended(dy, x, windows, reduction), dp


def soft_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    temperature: float = 1.0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `soft_pool`: ``dy * w * (1 + (x - y) / T)``, with the weights w = ``exp(x / T)`` over their sum.

    Parameters, result and errors as of `pool_backward`, with the `temperature` of `soft_pool`. An
    element below ``y - T`` has a negative gradient: raising it moves weight to itself, from larger ones.

    >>> print(soft_pool_backward([1.0], [0.0, 3.0], window=2).round(4))
    [-0.0881  1.0881]
    """
    x = as_array(x)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    return descended(dy, as_dtype(wide(x.dtype), x), windows, reductions.soft(positive("temperature", temperature)))


def stochastic_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `stochastic_pool` in testing: ``dy * (2 x - y) / sum of x``; 0 from a window of zeros.

    Parameters, result and errors as of `pool_backward` and `stochastic_pool`. In training the drawn
    element receives all: that is `max_pool_backward` with the drawn indices.

    >>> stochastic_pool_backward([8.0], [1, 3], window=2)
    array([-1.,  7.])
    """
    x = not_negative(as_array(x), "stochastic pooling", finite=True)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    return descended(dy, as_dtype(wide(x.dtype), x), windows, reductions.weighted_by_itself)


def mixed_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    mix: ArrayLike = 0.5,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `mixed_pool`: the maximum's and the average's, each with its share.

    Parameters, result and errors as of `pool_backward`, with the `mix` of `mixed_pool`.

    >>> mixed_pool_backward([8.0], [3, -1], window=2, mix=0.25)
    array([5., 3.])
    """
    x = as_array(x)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    share, gain = shares(mix, dy.shape), as_dtype(wide(dy.dtype), dy)
    _, indices = fold_argmax(x, windows, lowest(x.dtype))
    with np.errstate(invalid="ignore"):
        return as_dtype(
            dy.dtype, routed(gain * share, indices, windows) + added(gain * (1 - share), windows, real_counts(windows))
        )


def blur_pool_backward(
    dy: ArrayLike,
    input_shape: Sequence[int],
    window: Ints = 3,
    stride: Ints | None = 2,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `blur_pool`: each output's is spread over its window in the proportions of the weights.

    Parameters, result and errors as of `avg_pool_backward`, with the window and stride of `blur_pool`.

    >>> blur_pool_backward([4.0, 8.0], (5,))
    array([1., 2., 3., 4., 2.])
    """
    windows = plan(as_shape(input_shape), window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    dx = dy / binomial_sums(windows)
    with np.errstate(invalid="ignore", over="ignore"):
        for axis, along in zip(windows.axes, windows.placed):
            weights, before = binomial(along.window), (slice(None),) * axis
            dx, y = np.zeros((*dx.shape[:axis], along.size, *dx.shape[axis + 1 :]), dx.dtype), dx
            for number, outputs, inputs in along.numbered_taps():
                dx[(*before, inputs)] += weights[number] * y[(*before, outputs)]
        return as_dtype(dy.dtype, dx)


def max_blur_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    window: Ints,
    stride: Ints | None = None,
    padding: str = "valid",
    *,
    blur: Ints = 3,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `max_blur_pool`: back through the blur, then through the maximum.

    Parameters, result and errors as of `pool_backward`, with the settings of `max_blur_pool`.

    >>> max_blur_pool_backward([4.0], [0, 0, 0, 8, 0], window=2)
    array([1., 2., 0., 1., 0.])
    """
    x, dy = as_array(x), as_array(dy, "dy")
    y, indices = max_pool(x, window, 1, named_padding(padding), axes=axes, return_indices=True)
    between = blur_pool_backward(
        as_dtype(wide(dy.dtype), dy), y.shape, blur, window if stride is None else stride, padding, axes=axes
    )
    return as_dtype(floating(dy.dtype), max_pool_backward(between, indices, x.shape, window, 1, padding, axes=axes))


def global_max_pool_backward(dy: ArrayLike, x: ArrayLike, axes: Axes = None, keepdims: bool = False) -> np.ndarray:
    """Gradient of `global_max_pool`: to the first largest element of each plane.

    Parameters, result and errors as of `pool_backward`, with the settings of `global_max_pool`.

    >>> global_max_pool_backward(5.0, [[3, 4], [4, 1]])
    array([[0., 5.],
           [0., 0.]])
    """
    x = as_array(x)
    dy, axes, sizes = _of_planes(dy, x.shape, axes, keepdims)
    _, indices = max_pool(x, sizes, axes=axes, return_indices=True)
    return max_pool_backward(dy, indices, x.shape, sizes, axes=axes)


def global_avg_pool_backward(
    dy: ArrayLike, input_shape: Sequence[int], axes: Axes = None, keepdims: bool = False
) -> np.ndarray:
    """Gradient of `global_avg_pool`: spread evenly over each plane.

    Parameters, result and errors as of `avg_pool_backward`, with the settings of `global_avg_pool`.

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

    Parameters, result and errors as of `lp_pool_backward`, with the settings of `global_lp_pool`.

    >>> global_lp_pool_backward(5.0, [[3, 0], [-4, 0]])
    array([[ 3.,  0.],
           [-4.,  0.]])
    """
    x = as_array(x)
    dy, axes, sizes = _of_planes(dy, x.shape, axes, keepdims)
    return lp_pool_backward(dy, x, sizes, axes=axes, p=p)


def adaptive_max_pool_backward(
    dy: ArrayLike, indices: ArrayLike, input_shape: Sequence[int], *, axes: Axes = None
) -> np.ndarray:
    """Gradient of `adaptive_max_pool`: each output's goes to the element that won.

    Parameters
    ----------
    dy : array_like of floats, shape of the outputs
        Gradient of a loss by each output; its spatial sizes are the `output_size`.
    indices : array_like of int, shape of the outputs
        From ``adaptive_max_pool(..., return_indices=True)``.
    input_shape, axes
        As of `max_pool_backward`.

    Returns
    -------
    ndarray of `input_shape`, dtype of `dy` (integers give float64)
        An element that won in several bins receives the sum.

    Raises
    ------
    TypeError, ValueError
        As `max_pool_backward`.

    Examples
    --------
    >>> adaptive_max_pool_backward([1.0, 10.0, 100.0], [0, 2, 4], (5,))
    array([  1.,   0.,  10.,   0., 100.])
    """
    dy, shape, axes = _of_bins(dy, input_shape, axes)
    sizes = [shape[axis] for axis in axes]
    places = flat_planes(as_indices(indices, dy.shape, int(np.prod(sizes))), axes)
    gradients = flat_planes(dy, axes)
    dx = np.zeros((*gradients.shape[:-1], int(np.prod(sizes))), wide(dy.dtype))
    others = np.ogrid[tuple(slice(size) for size in gradients.shape)][:-1]
    with np.errstate(invalid="ignore", over="ignore"):
        np.add.at(dx, (*others, places), gradients)
        return from_planes(as_dtype(dy.dtype, dx), axes, sizes, dy.ndim)


def adaptive_avg_pool_backward(dy: ArrayLike, input_shape: Sequence[int], *, axes: Axes = None) -> np.ndarray:
    """Gradient of `adaptive_avg_pool`: each output's is spread evenly over its bin.

    Parameters, result and errors as of `adaptive_max_pool_backward`, without the indices.

    >>> adaptive_avg_pool_backward([6.0, 6.0], (3,))
    array([3., 6., 3.])
    """
    dy, shape, axes = _of_bins(dy, input_shape, axes)
    _, bins = adaptive_bins(shape, [dy.shape[axis] for axis in axes], axes)
    dx = as_dtype(wide(dy.dtype), dy)
    with np.errstate(invalid="ignore", over="ignore"):
        for axis, ranges in zip(axes, bins):
            before = (slice(None),) * axis
            y = dx / column([len(r) for r in ranges], axis, dx.ndim)
            dx = np.zeros((*y.shape[:axis], shape[axis], *y.shape[axis + 1 :]), y.dtype)
            for output, r in enumerate(ranges):
                dx[(*before, slice(r.start, r.stop))] += y[(*before, slice(output, output + 1))]
        return as_dtype(dy.dtype, dx)


def pyramid_pool_backward(
    dy: ArrayLike, x: ArrayLike, levels: Sequence[int] = (4, 2, 1), *, axes: Axes = None
) -> np.ndarray:
    """Gradient of `pyramid_pool`: the sum of its levels', each to the first largest element of each bin.

    Parameters, result and errors as of `pool_backward`, with the settings of `pyramid_pool`.

    >>> pyramid_pool_backward([1.0, 10.0, 100.0], [3, 4], levels=(2, 1))
    array([  1., 110.])
    """
    x = as_array(x)
    axes = spatial_axes(axes, x.ndim)
    levels = pyramid_levels(levels)
    bins = [level ** len(axes) for level in levels]
    others = [size for axis, size in enumerate(x.shape) if axis not in axes]
    dy = as_gradient(dy, (*others[: min(axes)], sum(bins), *others[min(axes) :]))
    dx = np.zeros(x.shape, wide(dy.dtype))
    for level, some in zip(levels, np.split(as_dtype(dx.dtype, dy), np.cumsum(bins)[:-1], min(axes))):
        _, indices = adaptive_argmax(x, axes, adaptive_bins(x.shape, level, axes)[1])
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
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `masked_max_pool`: to the first largest element that the mask keeps.

    Parameters, result and errors as of `pool_backward`, with the settings of `masked_max_pool`. A
    window that keeps nothing passes nothing.

    >>> masked_max_pool_backward([[5.0]], [[3, 4, 9]], [[True, True, False]], axes=(1,))
    array([[0., 5., 0.]])
    """
    x, mask, window, axes = masked(x, mask, window, axes)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    _, indices = fold_argmax(np.where(mask, x, lowest(x.dtype)).astype(x.dtype, copy=False), windows, lowest(x.dtype))
    kept, first = fold_argmax(mask.astype(np.uint8), windows, 0)
    # A hidden element can win only where all that are kept are the lowest value, too: then the first of these.
    indices = np.where(picked(mask, indices, windows.axes), indices, first)
    return routed(np.where(kept, dy, 0).astype(dy.dtype), indices, windows)


def masked_avg_pool_backward(
    dy: ArrayLike,
    x: ArrayLike,
    mask: ArrayLike,
    window: Ints | None = None,
    stride: Ints | None = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Gradient of `masked_avg_pool`: spread evenly over the elements that the mask keeps.

    Parameters, result and errors as of `pool_backward`, with the settings of `masked_avg_pool`.

    >>> masked_avg_pool_backward([[6.0]], [[3, 4, 9]], [[True, True, False]], axes=(1,))
    array([[3., 3., 0.]])
    """
    x, mask, window, axes = masked(x, mask, window, axes)
    windows = plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dy = as_gradient(dy, windows.result)
    count = sum_pool(mask.astype(np.int64), window, stride, padding, dilation=dilation, ceil_mode=ceil_mode, axes=axes)
    dx = added(dy, windows, np.maximum(count, 1))
    return np.where(mask, dx, 0).astype(dy.dtype, copy=False)


def max_unpool_backward(dx: ArrayLike, indices: ArrayLike, *, axes: Axes = None) -> np.ndarray:
    """Gradient of `max_unpool`: each element's is read where it was put.

    Parameters
    ----------
    dx : array_like of floats, shape of the unpooled array
        Gradient of a loss by each of its elements.
    indices, axes
        As of `max_unpool`.

    Returns
    -------
    ndarray, shape of `indices`, dtype of `dx` (integers give float64)
        Where a place was named twice, both read it, as in PyTorch.

    Raises
    ------
    TypeError, ValueError
        As `max_unpool`.

    Examples
    --------
    >>> max_unpool_backward([1.0, 2.0, 3.0, 4.0], [0, 2])
    array([1., 3.])
    """
    dx, where = as_array(dx, "dx"), regular(indices, "indices")
    axes = spatial_axes(axes, dx.ndim, "dx")
    sizes = where.shape if where.ndim == dx.ndim else dx.shape
    shape = tuple(sizes[axis] if axis in axes else size for axis, size in enumerate(dx.shape))
    where = as_indices(where, shape, int(np.prod([dx.shape[axis] for axis in axes])))
    return as_dtype(floating(dx.dtype), picked(dx, where, axes))


# --- what the gradients above are made of ---


def descended(dy: np.ndarray, x: np.ndarray, windows: Plan, reduction: Reduction) -> np.ndarray:
    """For each element of the window, the outputs it feeds: their gradients times the slope there, added up."""
    assert reduction.slope is not None  # pool_backward refuses others
    dx = np.zeros(x.shape, wide(dy.dtype))
    with np.errstate(all="ignore"):  # infinities and zeros take care of themselves
        for reads, makes, part in windows.parts(PART):
            state = states(x[reads], part, reduction)
            count = np.broadcast_to(real_counts(part), part.result)
            y, gradients, target = reduction.finish(state, count), dy[makes], dx[reads]
            for outputs, inputs in part.taps():
                there = tuple(array[outputs] for array in state) if isinstance(state, tuple) else state[outputs]
                slope = reduction.slope(x[reads][inputs], y[outputs], there, count[outputs])
                target[inputs] += reductions.where_nan(gradients[outputs] * slope, slope == 0, 0)
        return as_dtype(dy.dtype, dx)


def added(dy: np.ndarray, windows: Plan, divisors: np.ndarray | None = None) -> np.ndarray:
    """Each gradient, divided, added to all elements under its window, in a dtype that keeps such a sum accurate."""
    dtype = sum_dtype(dy.dtype, sum(along.window - 1 for along in windows.placed))
    share = as_dtype(dtype, dy)
    with np.errstate(invalid="ignore", over="ignore"):  # inf - inf is a NaN, as it should be
        if divisors is not None:
            share = share / as_dtype(dtype, divisors)
        return as_dtype(dy.dtype, spread(share, windows))


def routed(dy: np.ndarray, indices: np.ndarray, windows: Plan) -> np.ndarray:
    """Each gradient added to the element that its index names, in a dtype that keeps such a sum accurate."""
    most = math.prod(-(-extent(along.window, along.dilation) // along.stride) for along in windows.placed)
    dtype = sum_dtype(dy.dtype, most - 1) if most > 1 else dy.dtype
    with np.errstate(invalid="ignore", over="ignore"):
        return as_dtype(dy.dtype, route(as_dtype(dtype, dy), indices, windows))


def _of_planes(
    dy: ArrayLike, shape: tuple[int, ...], axes: Axes, keepdims: bool
) -> tuple[np.ndarray, tuple[int, ...], list[int]]:
    """The gradient of a global pool with its spatial axes, these, and their sizes."""
    axes = spatial_axes(axes, len(shape))
    kept = tuple(1 if axis in axes else size for axis, size in enumerate(shape))
    flat = tuple(size for axis, size in enumerate(shape) if axis not in axes)
    return as_gradient(dy, kept if keepdims else flat).reshape(kept), axes, [shape[axis] for axis in axes]


def _of_bins(
    dy: ArrayLike, input_shape: Sequence[int], axes: Axes
) -> tuple[np.ndarray, tuple[int, ...], tuple[int, ...]]:
    """The gradient of an adaptive pool, whose spatial sizes are any, the input's shape, and the spatial axes."""
    shape, sizes = as_shape(input_shape), np.shape(dy)
    axes = spatial_axes(axes, len(shape))
    bins = sizes if len(sizes) == len(shape) else shape
    return as_gradient(dy, tuple(bins[axis] if axis in axes else size for axis, size in enumerate(shape))), shape, axes
