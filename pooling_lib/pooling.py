"""The core, `pool`: slide a window, reduce it. And the pools of frameworks and papers, each a few lines on it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias, overload

import numpy as np
from numpy.typing import ArrayLike

from pooling_lib import plans, reductions
from pooling_lib.arguments import (
    as_array,
    as_dtype,
    as_indices,
    floating,
    highest,
    lowest,
    masked,
    mean_power,
    named_padding,
    norm_power,
    not_negative,
    of_windows,
    positive,
    pyramid_levels,
    shares,
    wide,
)
from pooling_lib.geometry import Axes, Ints, Padding, Stride, flag, ints
from pooling_lib.kernels import fold, fold_argmax, window_sizes
from pooling_lib.plans import adaptive_plan, spatial_axes
from pooling_lib.reductions import Reduction, portion
from pooling_lib.walks import (
    PART,
    adaptive_argmax,
    binned,
    binomial,
    binomial_sums,
    drawn,
    flat_planes,
    flattened,
    from_planes,
    gathered,
    reduced,
    summed,
    unless_too_large,
    weighted,
)

# Names for types keep a signature readable: help() writes them as they stand here.
Outputs = np.ndarray | tuple[np.ndarray, np.ndarray]  # with return_indices two
Rng: TypeAlias = "np.random.Generator | None"  # in quotes: numpy.random, as long to load as the rest of NumPy, waits


def pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    reduce: Reduction | Callable[..., np.ndarray],
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Slide a window over `x` and reduce the elements under it to one number: every pool, and yours.

    Parameters
    ----------
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. The dtype is as the
        reduction makes it.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if `reduce` is neither a Reduction nor a function.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if the function does not give one number for each
        window.

    Notes
    -----
    Average and maximum are two reductions of the same windows: Boureau, Ponce and LeCun, *A theoretical
    analysis of feature pooling in visual recognition*, ICML 2010.

    Examples
    --------
    >>> pool([3, -1, 4, 1, 5], window=3, stride=1, reduce=np.median)
    array([3., 1., 4.])
    >>> pool([3, -1, 4, 1, 5], window=3, stride=1, reduce=Reduction(np.multiply, 1))
    array([-12,  -4,  20])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    if isinstance(reduce, Reduction):
        return reduced(x, plan, reduce)
    return gathered(x, plan, of_windows(reduce))


@overload
def max_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = ...,
    padding: Padding = ...,
    *,
    dilation: Ints = ...,
    ceil_mode: bool = ...,
    axes: Axes = ...,
    return_indices: Literal[False] = ...,
) -> np.ndarray: ...


@overload
def max_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = ...,
    padding: Padding = ...,
    *,
    dilation: Ints = ...,
    ceil_mode: bool = ...,
    axes: Axes = ...,
    return_indices: Literal[True],
) -> tuple[np.ndarray, np.ndarray]: ...


def max_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
    return_indices: bool = False,
) -> Outputs:
    """Largest element under each window.

    Parameters
    ----------
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
    return_indices : bool
        Also return where each maximum was found.

    Returns
    -------
    y : ndarray, dtype of `x`
        The spatial axes shrink to the number of windows; the others stay. A window that holds a
        NaN gives NaN.
    indices : ndarray of int64, shape of `y`
        With `return_indices` only: position of the winner in the flattened spatial plane
        (``row * W + column``). A tie goes to the first in row-major order, a NaN to the first NaN.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element.

    Notes
    -----
    ``y[i, j] = max over a, b of x[i * stride + a, j * stride + b]``: Ranzato, Huang, Boureau and
    LeCun, *Unsupervised learning of invariant feature hierarchies with applications to object
    recognition*, CVPR 2007.

    Examples
    --------
    >>> x = np.array([[3, -1, 4, 1], [-5, 9, -2, 6]])
    >>> max_pool(x, window=2)
    array([[9, 6]])
    >>> y, where = max_pool(x, window=(1, 3), stride=1, return_indices=True)
    >>> y
    array([[4, 4],
           [9, 9]])
    >>> where
    array([[2, 2],
           [5, 5]])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    if not flag("return_indices", return_indices):
        return as_dtype(x.dtype, fold(x, plan, np.maximum, lowest(x.dtype)))
    y, indices = fold_argmax(x, plan, lowest(x.dtype))
    return as_dtype(x.dtype, y), indices


def avg_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Mean of the elements under each window.

    Parameters
    ----------
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
    count_include_pad : bool
        Count every element of padding as a zero. By default padding is not counted: a window at the
        border divides by the number of real elements it covers. What hangs over the end in
        ceil_mode is never counted.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Integers give float64,
        floats keep their dtype, and float16 is summed in float32. The error stays below a millionth
        of the mean size of the window's elements (in float32; in float64 far below): where a sum of
        float32 would be too long for that, it is one of float64. A NaN, or infinities of both
        signs, give NaN; no sum overflows where the mean does not.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element.

    Notes
    -----
    ``y[i, j] = mean over a, b of x[i * stride + a, j * stride + b]``: LeCun, Bottou, Bengio and
    Haffner, *Gradient-based learning applied to document recognition*, Proc. IEEE 86 (1998), whose
    subsampling layers also learn a scale and a bias.

    Examples
    --------
    >>> x = np.array([[3, -1, 4, 1], [-5, 9, -2, 6]])
    >>> avg_pool(x, window=2)
    array([[1.5 , 2.25]])
    >>> avg_pool(x, window=2, padding=[(0, 0), (1, 1)])
    array([[-1. ,  2.5,  3.5]])
    >>> avg_pool(x, window=2, padding=[(0, 0), (1, 1)], count_include_pad=True)
    array([[-0.5 ,  2.5 ,  1.75]])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    padding_too = flag("count_include_pad", count_include_pad)
    return summed(x, plan, floating(x.dtype), lambda dtype: window_sizes(plan, padding_too, dtype))


def min_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Smallest element under each window: ``-max_pool(-x)``, and right for unsigned integers, too.

    Parameters
    ----------
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
    ndarray, dtype of `x`
        The spatial axes shrink to the number of windows; the others stay. A window that holds a NaN
        gives NaN.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element.

    Notes
    -----
    In image processing it is the erosion: Serra, *Image analysis and mathematical morphology*,
    1982.

    Examples
    --------
    >>> min_pool([3, -1, 4, 1, 5], window=2)
    array([-1,  1])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    return as_dtype(x.dtype, fold(x, plan, np.minimum, highest(x.dtype)))


def sum_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Sum of the elements under each window: the average without its division.

    Parameters
    ----------
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype
        and are summed as by `avg_pool`; integers give int64, unsigned ones uint64, and wrap around
        where that overflows, as np.sum does.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element.

    Notes
    -----
    Over whole planes: Babenko and Lempitsky, *Aggregating local deep features for image retrieval*,
    ICCV 2015.

    Examples
    --------
    >>> sum_pool([3, -1, 4, 1, 5], window=2, stride=1)
    array([2, 3, 5, 6])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    if x.dtype.kind == "f":
        return summed(x, plan, x.dtype)
    return fold(x, plan, np.add, 0, np.dtype(np.int64 if x.dtype.kind == "i" else np.uint64))


def lp_pool(
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
    """The p-norm of the elements under each window: ``(sum of |x| ** p) ** (1 / p)``.

    Parameters
    ----------
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype,
        integers give float64; it is computed in float64. Nothing overflows or vanishes on the way
        that does not in the result. A window that holds a NaN gives NaN.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if `p` is no number.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if `p` is below 1.

    Notes
    -----
    A sum, as in ONNX's LpPool and PyTorch's; of odd powers PyTorch does not take the absolute value.
    Sermanet, Chintala and LeCun, *Convolutional neural networks applied to house numbers digit
    classification*, ICPR 2012.

    Examples
    --------
    >>> lp_pool([3, -4, 0, 0, -2, 0], window=2)
    array([5., 0., 2.])
    >>> lp_pool([3, -4, 0, 0, -2, 0], window=2, p=np.inf)
    array([4., 0., 2.])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    return reduced(x, plan, reductions.lp(norm_power(p)), floating(x.dtype))


def power_mean_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    p: float = 3.0,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """The power mean of the elements under each window: ``(mean of x ** p) ** (1 / p)``.

    Parameters
    ----------
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype,
        integers give float64; it is computed in float64. Nothing overflows or vanishes on the way
        that does not in the result. A window that holds a NaN gives NaN.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if `p` is no number.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if an element is negative; if `p` is 0 or not finite.

    Notes
    -----
    With one window over the whole image and a learned p it is generalised-mean (GeM) pooling:
    Radenovic, Tolias and Chum, *Fine-tuning CNN image retrieval with no human annotation*,
    arXiv:1711.02512.

    Examples
    --------
    >>> power_mean_pool([1, 7, 5, 5], window=2, p=2)
    array([5., 5.])
    >>> power_mean_pool([1, 7, 5, 5], window=2, p=1)
    array([4., 5.])
    """
    x = not_negative(as_array(x), "the power mean")
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    return reduced(x, plan, reductions.power_mean(mean_power(p)), floating(x.dtype))


def soft_pool(
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
    """The mean of the elements under each window, each with the weight ``exp(x / temperature)``.

    Parameters
    ----------
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype,
        integers give float64; it is computed in float64. A NaN gives NaN, +inf gives +inf, and -inf
        weighs nothing unless it is alone.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if the temperature is no number.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if the temperature is not above 0.

    Notes
    -----
    With temperature 1: Stergiou, Poppe and Kalliatakis, *Refining activation downsampling with
    SoftPool*, arXiv:2101.00440.

    Examples
    --------
    >>> print(soft_pool([0.0, np.log(3.0)], window=2))
    [0.82395922]
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    return reduced(x, plan, reductions.soft(positive("temperature", temperature)), floating(x.dtype))


@overload
def stochastic_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = ...,
    padding: Padding = ...,
    *,
    rng: Rng = ...,
    return_indices: Literal[False] = ...,
    dilation: Ints = ...,
    ceil_mode: bool = ...,
    axes: Axes = ...,
) -> np.ndarray: ...


@overload
def stochastic_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = ...,
    padding: Padding = ...,
    *,
    rng: np.random.Generator,
    return_indices: Literal[True],
    dilation: Ints = ...,
    ceil_mode: bool = ...,
    axes: Axes = ...,
) -> tuple[np.ndarray, np.ndarray]: ...


def stochastic_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    rng: Rng = None,
    return_indices: bool = False,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> Outputs:
    """One element under each window, drawn with chances in proportion to the elements; in testing their weighted mean.

    Parameters
    ----------
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
    rng : numpy.random.Generator, optional
        Draws one number for each window: training. Without it the weights are the chances, and the
        output is ``sum of x ** 2 / sum of x``: testing.
    return_indices : bool
        Also return where each element was drawn, for `max_pool_backward`; only with `rng`.
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
    y : ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype,
        integers give float64. A window of zeros gives 0.
    indices : ndarray of int64, shape of `y`
        With `return_indices` only, as of `max_pool`. In a window of zeros the first element.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if `rng` is no Generator.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if an element is negative, infinite or NaN; if indices
        are asked for without `rng`.

    Notes
    -----
    Zeiler and Fergus, *Stochastic pooling for regularization of deep convolutional neural networks*,
    arXiv:1301.3557.

    Examples
    --------
    >>> stochastic_pool([1, 3, 0, 0], window=2)
    array([2.5, 0. ])
    >>> stochastic_pool([1, 3, 0, 0], window=2, rng=np.random.default_rng(0))
    array([3., 0.])
    """
    x = not_negative(as_array(x), "stochastic pooling", finite=True)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    if rng is None:
        if flag("return_indices", return_indices):
            mend = "give rng=np.random.default_rng(seed)"
            raise ValueError(
                f"return_indices=True needs rng: without it the output is a mean, which comes from no one place; {mend}"
            )
        return reduced(x, plan, reductions.weighted_by_itself, floating(x.dtype))
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng={rng!r} is not a numpy.random.Generator; make one with np.random.default_rng(seed)")
    y, indices = drawn(x, plan, rng)
    return (y, indices) if flag("return_indices", return_indices) else y


def mixed_pool(
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
    """Maximum and average, mixed: ``mix * max + (1 - mix) * average``.

    Parameters
    ----------
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype,
        integers give float64.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if `mix` holds no numbers.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if `mix` leaves [0, 1] or does not broadcast.

    Notes
    -----
    Max or average at random: Yu, Wang, Chen and Wei, *Mixed pooling for convolutional neural networks*,
    RSKT 2014. With a learned share: Lee, Gallagher and Tu, *Generalizing pooling functions in
    convolutional neural networks*, arXiv:1509.08985.

    Examples
    --------
    >>> mixed_pool([3, -1, 4, 0], window=2, mix=0.25)
    array([1.5, 2.5])
    """
    average = avg_pool(x, window, stride, padding, dilation=dilation, ceil_mode=ceil_mode, axes=axes)
    largest = max_pool(x, window, stride, padding, dilation=dilation, ceil_mode=ceil_mode, axes=axes)
    share = shares(mix, average.shape)
    with np.errstate(invalid="ignore"):
        return as_dtype(average.dtype, portion(share, largest) + portion(1 - share, average))


def blur_pool(
    x: ArrayLike,
    window: Ints = 3,
    stride: Stride = 2,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> np.ndarray:
    """Smooth, then subsample: the mean under each window with binomial weights, 1 2 1 for a window of 3.

    Parameters
    ----------
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
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
    ndarray
        The spatial axes shrink to the number of windows; the others stay. Floats keep their dtype,
        integers give float64; it is computed in float64. At the border the weights of the real
        elements are scaled up to a sum of 1, so that a constant stays what it is.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element.

    Notes
    -----
    Zhang, *Making convolutional networks shift-invariant again*, arXiv:1904.11486, reflects the
    image at its border; for that pad it first: ``np.pad(x, ..., mode="reflect")``.

    Examples
    --------
    >>> blur_pool([0, 0, 8, 0, 4], stride=1)
    array([2., 4., 3.])
    >>> blur_pool([0, 0, 8, 0, 4], padding="same")
    array([0.        , 4.        , 2.66666667])
    """
    x = as_array(x)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dtype = floating(x.dtype)
    y = np.empty(plan.result, dtype)
    with np.errstate(invalid="ignore"):  # inf - inf is a NaN, as it should be
        for reads, makes, part in plan.parts(PART):
            total = as_dtype(wide(dtype), x[reads])
            for axis, along in zip(part.axes, part.placed):
                total = weighted(total, axis, along, binomial(along.window))
            y[makes] = total / binomial_sums(part)
    return y


def max_blur_pool(
    x: ArrayLike,
    window: Ints,
    stride: Stride = None,
    padding: str = "valid",
    *,
    blur: Ints = 3,
    axes: Axes = None,
) -> np.ndarray:
    """Max pooling that blurs before it subsamples: the maximum at every position, then `blur_pool`.

    Parameters
    ----------
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
    ndarray
        With 'same' the shape of `max_pool`; floats keep their dtype, integers give float64.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if `padding` is neither of the two names.

    Notes
    -----
    Zhang, *Making convolutional networks shift-invariant again*, arXiv:1904.11486.

    Examples
    --------
    >>> max_blur_pool([0, 0, 0, 8, 0, 0, 0, 0], window=2, padding="same")
    array([2., 6., 0., 0.])
    """
    return blur_pool(
        max_pool(x, window, 1, named_padding(padding), axes=axes),
        blur,
        window if stride is None else stride,
        padding,
        axes=axes,
    )


def global_max_pool(x: ArrayLike, axes: Axes = None, keepdims: bool = False) -> np.ndarray:
    """Largest element of each whole plane: `max_pool` with one window over everything.

    Parameters
    ----------
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
    ndarray, dtype of `x`
        Without the spatial axes: (N, C) of (N, H, W, C).

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match.

    Notes
    -----
    Oquab, Bottou, Laptev and Sivic, *Is object localization for free?*, CVPR 2015.

    Examples
    --------
    >>> global_max_pool([[3, -1], [4, 1]])
    array(4)
    """
    return _globally(max_pool, x, axes, keepdims)


def global_avg_pool(x: ArrayLike, axes: Axes = None, keepdims: bool = False) -> np.ndarray:
    """Mean of each whole plane: `avg_pool` with one window over everything.

    Parameters
    ----------
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
    ndarray
        Without the spatial axes: (N, C) of (N, H, W, C). Integers give float64, floats keep their
        dtype; accuracy as of `avg_pool`.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not
        an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match.

    Notes
    -----
    Lin, Chen and Yan, *Network in network*, arXiv:1312.4400.

    Examples
    --------
    >>> global_avg_pool([[3, -1], [4, 1]])
    array(1.75)
    """
    return _globally(avg_pool, x, axes, keepdims)


def global_lp_pool(x: ArrayLike, axes: Axes = None, keepdims: bool = False, *, p: float = 2.0) -> np.ndarray:
    """The p-norm of each whole plane: `lp_pool` with one window over everything, as ONNX's GlobalLpPool.

    Parameters
    ----------
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
    ndarray
        Without the spatial axes: (N, C) of (N, H, W, C). Floats keep their dtype, integers give
        float64; it is computed in float64.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not
        an integer; if `p` is no number.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if `p`
        is below 1.

    Notes
    -----
    ONNX's GlobalLpPool.

    Examples
    --------
    >>> global_lp_pool([[3, 0], [-4, 0]])
    array(5.)
    """
    return _globally(lp_pool, x, axes, keepdims, p=p)


def _globally(pool_by, x, axes, keepdims, **settings):
    x = as_array(x)
    axes = spatial_axes(axes, x.shape)
    y = pool_by(x, [x.shape[axis] for axis in axes], axes=axes, **settings)
    return (
        y if flag("keepdims", keepdims) else y.reshape([size for axis, size in enumerate(x.shape) if axis not in axes])
    )


@overload
def adaptive_max_pool(
    x: ArrayLike, output_size: Ints, *, axes: Axes = ..., return_indices: Literal[False] = ...
) -> np.ndarray: ...


@overload
def adaptive_max_pool(
    x: ArrayLike, output_size: Ints, *, axes: Axes = ..., return_indices: Literal[True]
) -> tuple[np.ndarray, np.ndarray]: ...


def adaptive_max_pool(x: ArrayLike, output_size: Ints, *, axes: Axes = None, return_indices: bool = False) -> Outputs:
    """Largest element in each of a given number of bins, whatever the size of `x`.

    Parameters
    ----------
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    output_size : int or one per spatial axis
        Number of bins. Bin i of m along an axis of n elements holds those from ``floor(i * n / m)``
        to below ``ceil((i + 1) * n / m)``: neighbours may share one, and m may exceed n.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.
    return_indices : bool
        Also return where each maximum was found.

    Returns
    -------
    y : ndarray, dtype of `x`
        The spatial axes have `output_size`. A bin that holds a NaN gives NaN.
    indices : ndarray of int64, shape of `y`
        With `return_indices` only: position of the winner in the flattened spatial plane
        (``row * W + column``). A tie goes to the first in row-major order, a NaN to the first NaN.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not
        an integer; if `output_size` holds no integers.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if
        `output_size` is not one int above 0, or one for each spatial axis.

    Notes
    -----
    PyTorch's AdaptiveMaxPool; the bins are those of spatial pyramids, see `pyramid_pool`.

    Examples
    --------
    >>> adaptive_max_pool([3, -1, 4, 1, 5], 3)
    array([3, 4, 5])
    """
    x = as_array(x)
    plan = adaptive_plan(x.shape, output_size, axes)
    if not flag("return_indices", return_indices):
        return as_dtype(x.dtype, binned(x, plan, np.maximum, lowest(x.dtype)))
    y, indices = adaptive_argmax(x, plan)
    return as_dtype(x.dtype, y), indices


def adaptive_avg_pool(x: ArrayLike, output_size: Ints, *, axes: Axes = None) -> np.ndarray:
    """Mean of each of a given number of bins, whatever the size of `x`.

    Parameters
    ----------
    x : array_like of integers or floats
        Channels last: (L,), (H, W), (H, W, C), (N, H, W, C) or (N, D, H, W, C); any other layout
        through `axes`. Every channel of every image is pooled by itself.
    output_size : int or one per spatial axis
        Number of bins. Bin i of m along an axis of n elements holds those from ``floor(i * n / m)``
        to below ``ceil((i + 1) * n / m)``: neighbours may share one, and m may exceed n.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `x` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray
        The spatial axes have `output_size`. Integers give float64, floats keep their dtype;
        accuracy as of `avg_pool`.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not
        an integer; if `output_size` holds no integers.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if
        `output_size` is not one int above 0, or one for each spatial axis.

    Notes
    -----
    PyTorch's AdaptiveAvgPool; the bins are those of `adaptive_max_pool`.

    Examples
    --------
    >>> adaptive_avg_pool([3, -1, 4, 1, 5], 3)
    array([1.        , 1.33333333, 3.        ])
    """
    x = as_array(x)
    plan, dtype = adaptive_plan(x.shape, output_size, axes), floating(x.dtype)

    def means(x):
        return binned(x, plan, np.add, 0, wide(dtype)) / plan.counts()

    with np.errstate(invalid="ignore", over="ignore"):
        return as_dtype(dtype, unless_too_large(means, x))


def pyramid_pool(x: ArrayLike, levels: Sequence[int] = (4, 2, 1), *, axes: Axes = None) -> np.ndarray:
    """Spatial pyramid: the maxima of 4 x 4 bins, of 2 x 2, and of the whole, one after the other.

    Parameters
    ----------
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
    ndarray, dtype of `x`
        In place of the spatial axes, at the first of them, one axis of ``sum of level ** axes`` maxima:
        (N, 21, C) of (N, H, W, C), whatever H and W. Within a level they are in row-major order.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not
        an integer; if a level is not an integer.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if
        `levels` is empty or one of them below 1.

    Notes
    -----
    He, Zhang, Ren and Sun, *Spatial pyramid pooling in deep convolutional networks for visual
    recognition*, arXiv:1406.4729.

    Examples
    --------
    >>> pyramid_pool([[1, 2, 3], [4, 5, 6], [7, 8, 9]], levels=(2, 1))
    array([5, 6, 8, 9, 9])
    """
    x = as_array(x)
    axes = spatial_axes(axes, x.shape)
    plans_of_levels = [adaptive_plan(x.shape, level, axes, "levels") for level in pyramid_levels(levels)]
    parts = [flattened(binned(x, plan, np.maximum, lowest(x.dtype)), axes) for plan in plans_of_levels]
    return np.ascontiguousarray(np.concatenate(parts, min(axes), dtype=x.dtype))


def masked_max_pool(
    x: ArrayLike,
    mask: ArrayLike,
    window: Ints | None = None,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Largest of the elements under each window that the mask keeps: for sequences of different lengths in one array.

    Parameters
    ----------
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
    y : ndarray, dtype of `x`
        The spatial axes shrink to the number of windows; the others stay. 0 where a window keeps
        nothing.
    real : ndarray of bool, shape of `y`
        Which windows keep an element: the mask for the layer that follows.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if the mask is not boolean.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if the mask has another shape than `x` or its leading
        axes.

    Notes
    -----
    The maximum over time: Collobert et al., *Natural language processing (almost) from scratch*,
    JMLR 12 (2011).

    Examples
    --------
    >>> y, real = masked_max_pool([[-3, -1, 0], [0, 0, 0]], [[True, True, False], [False, False, False]])
    >>> y.tolist(), real.tolist()
    ([[-1], [0]], [[True], [False]])
    """
    x, mask, window, axes = masked(x, mask, window, axes)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    y = fold(np.where(mask, x, lowest(x.dtype)).astype(x.dtype, copy=False), plan, np.maximum, lowest(x.dtype))
    real = fold(mask.astype(np.uint8), plan, np.maximum, 0).astype(bool)
    return np.where(real, y, 0).astype(x.dtype, copy=False), real


def masked_avg_pool(
    x: ArrayLike,
    mask: ArrayLike,
    window: Ints | None = None,
    stride: Stride = None,
    padding: Padding = "valid",
    *,
    dilation: Ints = 1,
    ceil_mode: bool = False,
    axes: Axes = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Mean of the elements under each window that the mask keeps: for sequences of different lengths in one array.

    Parameters
    ----------
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
    y : ndarray
        The spatial axes shrink to the number of windows; the others stay. 0 where a window keeps
        nothing. Integers give float64, floats keep their dtype; accuracy as of `avg_pool`.
    real : ndarray of bool, shape of `y`
        Which windows keep an element: the mask for the layer that follows.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is not
        an integer; if the mask is not boolean.
    ValueError
        If `x` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if a
        number is out of range; if the padding is unknown, or 'same' with ceil_mode; if no window
        fits or one covers no real element; if the mask has another shape than `x` or its leading
        axes.

    Notes
    -----
    The mean of a sentence's word vectors, as in Iyyer et al., *Deep unordered composition rivals
    syntactic methods for text classification*, ACL 2015.

    Examples
    --------
    >>> y, real = masked_avg_pool([[3, 5, 0, 0]], [[True, True, False, False]])
    >>> y.tolist(), real.tolist()
    ([[4.0]], [[True]])
    """
    x, mask, window, axes = masked(x, mask, window, axes)
    plan = plans.plan(x.shape, window, stride, padding, dilation, ceil_mode, axes)
    dtype = floating(x.dtype)
    count = fold(mask.astype(np.int64), plan, np.add, 0)
    kept = np.where(mask, x, 0).astype(wide(dtype))
    with np.errstate(invalid="ignore", over="ignore"):
        y = unless_too_large(lambda kept: fold(kept, plan, np.add, 0) / np.maximum(count, 1), kept)
    return as_dtype(dtype, y), count > 0


def max_unpool(y: ArrayLike, indices: ArrayLike, size: Ints, *, axes: Axes = None) -> np.ndarray:
    """Put each element back where it was found, and zeros everywhere else.

    Parameters
    ----------
    y : array_like of integers or floats
        What `max_pool` returned, or a later layer made of it.
    indices : array_like of int, shape of `y`
        Its indices.
    size : int or one per spatial axis
        The spatial sizes before pooling.
    axes : sequence of int, optional
        The spatial axes, where the default for the rank of `y` is not meant. Settings and flat
        indices follow their order.

    Returns
    -------
    ndarray, dtype of `y`
        Where windows overlap, a place may be named twice: it keeps the last element in row-major order.

    Raises
    ------
    TypeError
        If `y` is boolean, complex, text, of objects, masked or a list of arrays; if an axis is not an
        integer; if the indices or the size are not integers.
    ValueError
        If `y` is ragged, or empty along a spatial axis; if its rank or `axes` do not match; if an
        index lies outside the plane; if the shapes differ; if the size is below 1.

    Notes
    -----
    Zeiler, Taylor and Fergus, *Adaptive deconvolutional networks for mid and high level feature
    learning*, ICCV 2011. The counterpart for averages is their adjoint, `avg_pool_backward`.

    Examples
    --------
    >>> x = np.array([3, -1, 4, 1, 5, 9])
    >>> y, where = max_pool(x, window=2, return_indices=True)
    >>> max_unpool(y, where, size=6)
    array([3, 0, 4, 0, 0, 9])
    """
    y = as_array(y, "y")
    axes = spatial_axes(axes, y.shape, "y")
    mend = "give the spatial size that max_pool had"
    sizes = ints("size", size, len(axes), least=1, mend=mend)
    plans.bounded("size", size, math.prod(sizes), 1024 * y.size, mend)
    flat_y, flat_indices = flat_planes(y, axes), flat_planes(as_indices(indices, y.shape, math.prod(sizes)), axes)
    x = np.zeros((*flat_y.shape[:-1], math.prod(sizes)), y.dtype)
    np.put_along_axis(x, np.ascontiguousarray(flat_indices), flat_y, -1)  # backwards in memory NumPy may go backwards
    return from_planes(x, axes, sizes, y.ndim)
