"""The core: slide a window, reduce it. `max_pool` and `avg_pool` are its two thin wrappers."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from pooling_lib.geometry import Pair, place

#: The spatial axes of an array of each rank, channels last as in TensorFlow:
#: (L,), (H, W), (H, W, C), (N, H, W, C), (N, D, H, W, C).
SPATIAL_AXES = {1: (0,), 2: (0, 1), 3: (0, 1), 4: (1, 2), 5: (1, 2, 3)}


def max_pool(
    x: ArrayLike,
    window: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: str | Sequence[Pair] = "valid",
    *,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
    axes: Sequence[int] | None = None,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
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
        'valid' adds nothing. 'same' is TensorFlow's: ``ceil(size / stride)`` outputs, an odd row
        of padding goes to the end. Padding never wins, not even over negative numbers.
    dilation : int or one per spatial axis
        Steps between the elements of one window; above 1 there are gaps.
    ceil_mode : bool
        Keep a last window that hangs over the end, unless it would start in the end padding.
        Not with 'same', which rounds up already.
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
        If `x` is boolean, complex, text, of objects, masked or a list of arrays; if a number is
        not an integer.
    ValueError
        If `x` is empty or ragged; if its rank or `axes` do not match; if a number is out of range;
        if the padding is unknown, or 'same' with ceil_mode; if no window fits or one covers no
        real element.

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
    x, axes, placed = _prepare(x, window, stride, padding, dilation, ceil_mode, axes)
    if return_indices:
        return _fold_argmax(x, axes, placed)
    return _fold(x, axes, placed, np.maximum, _lowest(x.dtype))


def avg_pool(
    x: ArrayLike,
    window: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: str | Sequence[Pair] = "valid",
    *,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
    axes: Sequence[int] | None = None,
) -> np.ndarray:
    """Mean of the elements under each window.

    Parameters
    ----------
    x, window, stride, padding, dilation, ceil_mode, axes
        As for `max_pool`.
    count_include_pad : bool
        Count every element of padding as a zero. By default padding is not counted: a window at
        the border divides by the number of real elements it covers. What hangs over the end in
        ceil_mode is never counted.

    Returns
    -------
    ndarray
        Shape as `max_pool`. Integers give float64. Floats keep their dtype; float16 is summed in
        float32, float32 in float64. A NaN, or infinities of both signs, give NaN; so large
        float64 values that their sum overflows give an infinity or NaN.

    Raises
    ------
    TypeError, ValueError
        As `max_pool`.

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
    x, axes, placed = _prepare(x, window, stride, padding, dilation, ceil_mode, axes)
    dtype = x.dtype if x.dtype.kind == "f" else np.dtype(np.float64)
    # A sum needs more digits, and more room, than the mean it leads to.
    wide = np.float32 if dtype == np.float16 else np.promote_types(dtype, np.float64)
    with np.errstate(invalid="ignore"):  # inf - inf is a NaN, as it should be
        total = _fold(x.astype(wide, copy=False), axes, placed, np.add, 0)
    counts = np.ones((), total.dtype)
    for axis, windows in zip(axes, placed):
        along = np.array(windows.counts(padding=count_include_pad), total.dtype)
        counts = counts * along.reshape([-1 if a == axis else 1 for a in range(x.ndim)])
    total /= counts  # one division, so that it rounds once
    return total.astype(dtype, copy=False)


def _prepare(x, window, stride, padding, dilation, ceil_mode, axes):
    """The array, its spatial axes and the windows along each, or an error that says what to mend."""
    if isinstance(x, (list, tuple)) and any(hasattr(item, "__array__") and np.ndim(item) for item in x):
        raise TypeError(f"x is a {type(x).__name__} of {len(x)} arrays and pooling takes one; merge them first, with np.stack or np.concatenate")
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError("x is a masked array, whose mask pooling would ignore; fill it first: x.filled(value)")
    try:
        x = np.asarray(x)
    except ValueError:
        raise ValueError("x is ragged: its rows differ in length; pad or crop them to one length") from None
    if x.dtype.kind not in "iuf":
        raise TypeError(f"x has dtype {x.dtype}; pooling takes real integers and floats: convert it first (x.astype(np.float32); np.abs(x) if complex)")
    if x.size == 0:
        raise ValueError(f"x has shape {x.shape}: it is empty; give at least one element along every axis")
    if axes is None:
        if x.ndim not in SPATIAL_AXES:
            mend = "name them with axes=(...)" if x.ndim else "give an array with at least one axis"
            raise ValueError(f"x has rank {x.ndim} and only ranks 1 to 5 have default spatial axes; {mend}")
        axes = SPATIAL_AXES[x.ndim]
    else:
        axes = _spatial(axes, x.ndim)
    return x, axes, place([x.shape[axis] for axis in axes], window, stride, padding, dilation, ceil_mode)


def _spatial(axes, rank):
    """`axes` as a tuple of different axes of an array of that rank, counted from the front."""
    try:
        spatial = np.lib.array_utils.normalize_axis_tuple(axes, rank)
    except TypeError:
        raise TypeError(f"axes={axes!r} must hold ints: the spatial axes of x") from None
    except ValueError:  # an axis that is not there, or twice
        spatial = ()
    if not spatial:
        raise ValueError(f"axes={axes!r} must name one or more different axes of x, each from {-rank} to {rank - 1}")
    return spatial


def _lowest(dtype):
    """The value that never wins a maximum: the maximum's identity."""
    return np.iinfo(dtype).min if dtype.kind in "iu" else -np.inf


def _fold(x, axes, placed, combine, identity):
    """Combine the elements under each window, one axis after the other.

    `combine` must not care how its operands are grouped; then a k x k window costs k + k steps,
    not k * k. Each step is one element of the window, for all windows at once.
    """
    for axis, windows in zip(reversed(axes), reversed(placed)):
        y = np.full(_resized(x.shape, axis, windows.count), identity, x.dtype)
        for outputs, inputs in windows.taps():
            part = y[_along(axis, outputs)]
            combine(part, x[_along(axis, inputs)], out=part)
        x = y
    return x


def _fold_argmax(x, axes, placed):
    """Largest element under each window, and its position in the flattened spatial plane.

    The last axis goes first and a later element has to be strictly larger: so the first in
    row-major order keeps a tie. -1 marks 'nothing seen yet', which even the lowest value beats.
    """
    where = np.zeros(x.shape, np.int64)
    stride = 1
    for axis, windows in zip(reversed(axes), reversed(placed)):
        # A position is known along the axes already folded; add this one's share.
        where += stride * np.arange(windows.size).reshape([-1 if a == axis else 1 for a in range(x.ndim)])
        stride *= windows.size
        shape = _resized(x.shape, axis, windows.count)
        best, best_where = np.zeros(shape, x.dtype), np.full(shape, -1, np.int64)
        for outputs, inputs in windows.taps():
            kept, kept_where = best[_along(axis, outputs)], best_where[_along(axis, outputs)]
            new, new_where = x[_along(axis, inputs)], where[_along(axis, inputs)]
            wins = (kept_where < 0) | (new > kept) | (np.isnan(new) & ~np.isnan(kept))
            np.copyto(kept, new, where=wins)
            np.copyto(kept_where, new_where, where=wins)
        x, where = best, best_where
    return x, where


def _resized(shape, axis, size):
    return (*shape[:axis], size, *shape[axis + 1 :])


def _along(axis, part):
    return (*[slice(None)] * axis, part)
