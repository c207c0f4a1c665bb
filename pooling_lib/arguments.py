"""What may be pooled: checks, whose errors name argument, value and mend; and the dtypes of what comes out."""

import inspect
import math
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from pooling_lib.geometry import Axes, Ints, ints, listed
from pooling_lib.plans import SPATIAL_AXES, spatial_axes


def as_array(x: ArrayLike, name: str = "x") -> np.ndarray:
    """`x` as a plain array of real numbers.

    Raises
    ------
    TypeError
        If `x` is boolean, complex, text, of objects, masked or a list of arrays.
    ValueError
        If `x` is ragged.

    Examples
    --------
    >>> as_array([[1, 2], [3, 4]]).shape
    (2, 2)
    """
    if type(x) is np.ndarray and x.dtype.kind in "iuf":
        return x  # all is well, and in a hurry
    if isinstance(x, (list, tuple)) and any(hasattr(item, "__array__") and np.ndim(item) for item in x):
        raise TypeError(
            f"{name} is a {type(x).__name__} of {len(x)} arrays and pooling takes one; "
            "merge them first, with np.stack or np.concatenate"
        )
    x = regular(x, name)
    if x.dtype.kind not in "iuf":
        mend = f"convert it first ({name}.astype(np.float32); np.abs({name}) if complex)"
        raise TypeError(f"{name} has dtype {x.dtype}; pooling takes real integers and floats: {mend}")
    return x


def regular(x: ArrayLike, name: str) -> np.ndarray:
    """`x` as an array, if its rows are of one length and none of its elements is masked."""
    if isinstance(x, np.ma.MaskedArray):
        raise TypeError(
            f"{name} is a masked array, whose mask pooling would ignore; "
            f"fill it first, {name}.filled(value), or use a masked pool"
        )
    try:
        return np.asarray(x)
    except ValueError:
        raise ValueError(f"{name} is ragged: its rows differ in length; pad or crop them to one length") from None


def as_gradient(dy: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """`dy`, the gradient of a loss by each output of a pool, as an array of floats of the outputs' shape.

    >>> as_gradient([1, 2], (2,)).dtype
    dtype('float64')
    """
    dy = as_array(dy, "dy")
    if dy.shape != shape:
        mend = "give one number for each output, and the settings of the forward pass"
        raise ValueError(f"dy has shape {dy.shape}, and the outputs of this pool have {shape}; {mend}")
    return dy if dy.dtype.kind == "f" else dy.astype(np.float64)


def as_shape(input_shape: Sequence[int]) -> tuple[int, ...]:
    """`input_shape` as a tuple of ints, none below 0.

    >>> as_shape([2, 3])
    (2, 3)
    """
    mend = "of an array x it is x.shape"
    try:
        return ints("input_shape", input_shape, len(input_shape), least=0, mend=mend)
    except TypeError:
        raise TypeError(f"{input_shape=} must be a sequence of ints; {mend}") from None


def not_negative(x: np.ndarray, what: str, finite: bool = False) -> np.ndarray:
    """`x`, if no element is negative (and, if `finite`, none is infinite or NaN)."""
    lowest = x.min(initial=0)
    if np.isnan(lowest):
        lowest = np.nanmin(x, initial=0)
    if lowest < 0:
        raise ValueError(
            f"x holds {lowest}, and {what} takes no negative elements; clip them, np.maximum(x, 0), or take np.abs(x)"
        )
    if finite and not np.isfinite(x).all():
        raise ValueError(
            f"x holds {x[~np.isfinite(x)][0]}, and {what} needs finite elements; "
            "replace it, for example with np.nan_to_num(x)"
        )
    return x


def number(name: str, value: float, mend: str) -> float:
    """`value` as a float that is not NaN."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name}={value!r} must be a number, not {type(value).__name__}; {mend}")
    try:
        as_float = float(value)
    except OverflowError:  # an int of more than 308 digits
        raise ValueError(f"{name} is larger than every float; {mend}") from None
    if math.isnan(as_float):
        raise ValueError(f"{name}={value!r} is not a number; {mend}")
    return as_float


def norm_power(p: float) -> float:
    """`p` of a p-norm."""
    mend = "use 2 for the Euclidean norm, np.inf for the maximum"
    if (power := number("p", p, mend)) < 1:
        raise ValueError(f"p={p!r} gives no norm: it must be at least 1; {mend}")
    return power


def mean_power(p: float) -> float:
    """`p` of a power mean."""
    mend = (
        "use 1 for the mean, and for its limits geometric mean, maximum and minimum "
        "np.exp(avg_pool(np.log(x), ...)), max_pool and min_pool"
    )
    if (power := number("p", p, mend)) == 0 or math.isinf(power):
        raise ValueError(f"p={p!r} must be finite and not 0; {mend}")
    return power


def positive(name: str, value: float) -> float:
    """A number above 0, perhaps infinite."""
    mend = "give a number above 0: near 0 the maximum comes out, at np.inf the mean"
    if (above := number(name, value, mend)) <= 0:
        raise ValueError(f"{name}={value!r} must be above 0; {mend}")
    return above


def shares(mix: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    """The share of the maximum in each output: an array of that shape of numbers from 0 to 1."""
    share = regular(mix, "mix")
    if share.dtype.kind not in "iuf":
        raise TypeError(f"mix={mix!r} must be a number, or an array of numbers, from 0 to 1")
    if not (np.min(share, initial=0) >= 0 and np.max(share, initial=0) <= 1):
        raise ValueError(f"mix={mix!r} must lie between 0, the average alone, and 1, the maximum alone")
    try:
        return np.broadcast_to(share, shape)
    except ValueError:
        raise ValueError(
            f"mix has shape {share.shape}, and the outputs {shape}; give one number, or one for each image and channel"
        ) from None


def pyramid_levels(levels: Sequence[int]) -> tuple[int, ...]:
    """The levels of a pyramid as ints; an empty pyramid is refused."""
    values = tuple(levels) if listed(levels) else ()
    if not values:
        raise ValueError(
            f"levels={levels!r} must hold one int or more, the bins along each axis level by level; use (4, 2, 1)"
        )
    return ints("levels", values, len(values), least=1, mend="a level of 1 is one bin over everything")


def as_indices(indices: ArrayLike, shape: tuple[int, ...], plane: int | None = None) -> np.ndarray:
    """Flat positions, one for each output; with `plane`, in a plane of that many elements."""
    where = regular(indices, "indices")
    if where.dtype.kind not in "iu":
        raise TypeError(
            f"indices has dtype {where.dtype}; give the int64 indices that max_pool(..., return_indices=True) returned"
        )
    if where.shape != shape:
        raise ValueError(f"indices has shape {where.shape}, and the outputs {shape}; give one index for each output")
    if plane is not None and where.size and not (where.min() >= 0 and where.max() < plane):
        wrong = where.min() if where.min() < 0 else where.max()
        raise ValueError(
            f"indices holds {wrong}, outside the plane of {plane} elements; give the spatial size that max_pool had"
        )
    return where.astype(np.int64, copy=False)


def masked(
    x: ArrayLike, mask: ArrayLike, window: Ints | None, axes: Axes
) -> tuple[np.ndarray, np.ndarray, Ints, tuple[int, ...]]:
    """The array, a mask of its shape, the window (by default the whole of each spatial axis) and the spatial axes.

    By default the spatial axes are those of a batch of sequences, as of the layers of Keras: these never mix. Of a
    mask without a batch it is that of one sequence (L, C).
    """
    x, keep = as_array(x), regular(mask, "mask")
    batch = SPATIAL_AXES | {2: (1,) if keep.ndim > 1 else (0,), 3: (1,)}
    axes = spatial_axes(axes, x.shape, default=batch)
    if keep.dtype != bool:
        raise TypeError(f"mask has dtype {keep.dtype}; give booleans, True where an element is real: mask.astype(bool)")
    if keep.shape != x.shape[: keep.ndim]:
        raise ValueError(
            f"mask has shape {keep.shape}, and x {x.shape}; give it the shape of x, or of its leading axes"
        )
    keep = np.broadcast_to(keep.reshape(keep.shape + (1,) * (x.ndim - keep.ndim)), x.shape)
    return x, keep, [x.shape[axis] for axis in axes] if window is None else window, axes


def of_windows(reduce: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """`reduce`, if it can be called as a function of elements and an axis."""
    mend = "give one that can, such as np.median or np.max, or a Reduction, such as Reduction(np.maximum, -np.inf)"
    if not callable(reduce):
        raise TypeError(f"reduce={reduce!r} is neither a Reduction nor a function; {mend}")
    try:
        inspect.signature(reduce).bind(None, axis=-1)
        takes_an_axis = True
    except TypeError:
        takes_an_axis = False
    except ValueError:  # max and others that are built in tell nothing
        takes_an_axis = getattr(reduce, "__module__", None) != "builtins"
    if not takes_an_axis or isinstance(reduce, np.ufunc):
        raise TypeError(f"reduce={reduce!r} cannot be called as reduce(elements, axis=-1); {mend}")
    return reduce


def named_padding(padding: str) -> str:
    """The padding of a pool made of two, which have windows of different sizes."""
    if not isinstance(padding, str):
        mend = "use 'valid' or 'same', or call max_pool and blur_pool"
        raise ValueError(f"padding={padding!r} would have to serve two windows of different size; {mend}")
    return padding


def floating(dtype: np.dtype) -> np.dtype:
    """The dtype of results that are no elements of the input: floats stay, integers become float64."""
    return dtype if dtype.kind == "f" else np.dtype(np.float64)


def wide(dtype: np.dtype) -> np.dtype:
    """The dtype in which to compute such results: float64, or the longer one."""
    return np.promote_types(dtype, np.float64)


def sum_dtype(dtype: np.dtype, depth: int) -> np.dtype:
    """The dtype of a sum of `depth` additions in a row, whose mean is to err by less than a millionth of its elements.

    Each of n additions, and the division, errs by at most half a unit in the last place: (n + 1) * 6e-8 in float32.
    """
    if dtype.itemsize == 2:  # float16, in either byte order
        return np.dtype(np.float32)
    return dtype if dtype.itemsize > 4 or depth <= 14 else wide(dtype)


def as_dtype(dtype: np.dtype, x: np.ndarray) -> np.ndarray:
    """`x` with that dtype; itself if it has it."""
    return x if x.dtype is dtype else x.astype(dtype, copy=False)


@lru_cache
def lowest(dtype: np.dtype) -> float:
    """The value that never wins a maximum: the maximum's identity."""
    return np.iinfo(dtype).min if dtype.kind in "iu" else -np.inf


@lru_cache
def highest(dtype: np.dtype) -> float:
    """The value that never wins a minimum: the minimum's identity."""
    return np.iinfo(dtype).max if dtype.kind in "iu" else np.inf
