"""How the elements under a window become one number, and how its gradient goes back: each method's mathematics."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

#: A power nearer to 0 than this is reckoned by how far its powers are from 1: those of itself are all alike.
NEAR_0 = 0.1
#: A power nearer to 0 than this counts as this: no digit of a power mean tells them apart.
AT_0 = 1e-30


def _same(state, count=None):
    return state


@dataclass(frozen=True)
class Reduction:
    """How the elements under a window become one number.

    Every element becomes a state, states are combined two by two until one is left for each window,
    and this one becomes the output. A state is an array, or a tuple of arrays where one number for
    each element is not enough. All functions work on whole arrays, element by element.

    Attributes
    ----------
    combine : callable(state, state) -> state
        Does not care about grouping and order. With a NumPy function of two arguments (np.maximum,
        np.add, np.multiply, np.logaddexp) the fast algorithms of `kernels` are used.
    identity : number, or a tuple of one for each array of the state
        State of a window that holds nothing: combined with it, every state stays what it is.
    start : callable(x) -> state
        State of a single element. By default the element itself.
    finish : callable(state, count) -> output
        Output of a window of `count` real elements. By default the state itself.
    slope : callable(x, y, state, count) -> array, optional
        How fast the output y rises with the element x. Without it there is no backward pass.

    Examples
    --------
    The product of the elements under each window, a pool this library does not have:

    >>> from pooling_lib import Reduction, pool, pool_backward
    >>> product = Reduction(np.multiply, 1, slope=lambda x, y, state, count: y / x)
    >>> pool([2, 3, 4, 5], window=2, reduce=product)
    array([ 6, 20])
    >>> pool_backward([1.0, 1.0], [2, 3, 4, 5], window=2, reduce=product)
    array([3., 2., 5., 4.])
    """

    combine: Callable[..., Any]
    identity: float | tuple[float, ...]
    start: Callable[[np.ndarray], Any] = _same
    finish: Callable[..., np.ndarray] = _same
    slope: Callable[..., np.ndarray] | None = None

    def __post_init__(self) -> None:
        """Check what would fail late, and without a word of the reduction."""
        if not callable(self.combine):
            raise TypeError(f"combine={self.combine!r} must be a function of two states, such as np.maximum")
        several = self.identity if isinstance(self.identity, tuple) else (self.identity,)
        if not all(isinstance(one, (int, float, np.number)) for one in several):
            raise TypeError(
                f"identity={self.identity!r} must be a number, or a tuple of one for each array of the state"
            )


def power_sum(p: float, root: Callable[..., np.ndarray], slope: Callable[..., np.ndarray]) -> Reduction:
    """Sum of ``|x| ** p``, kept as (m, s) with the sum ``m**p * s``: m is the largest |x| (the smallest for p < 0).

    So nothing overflows and nothing vanishes that would not in the result; the norms of BLAS work
    like this. `root` finishes, `slope` is the gradient.

    >>> m, s = power_sum(2, None, None).combine((np.array(3e200), 1), (np.array(4e200), 1))
    >>> print(f"{m * s**0.5:.6g}")
    5e+200
    """
    extreme = np.maximum if p > 0 else np.minimum

    def combine(a, b):
        m = extreme(a[0], b[0])
        return m, a[1] * power_ratio(a[0], m, p) + b[1] * power_ratio(b[0], m, p)

    return Reduction(combine, (0, 0) if p > 0 else (np.inf, 0), lambda x: (np.abs(x), np.ones_like(x)), root, slope)


def power_ratio(x: np.ndarray, m: np.ndarray, p: float) -> np.ndarray:
    """``(x / m) ** p``, and 1 where both are 0 or both infinite."""
    return where_nan(x / m, x == m, 1) ** p


def where_nan(values: np.ndarray, condition: np.ndarray, instead: float) -> np.ndarray:
    """`values`, or `instead` where the condition holds."""
    # Only if there is a NaN: np.where costs as much as ten additions.
    return np.where(condition, instead, values) if np.isnan(values).any() else values


def lp(p: float) -> Reduction:
    """``(sum of |x| ** p) ** (1 / p)``, and its limit max |x| for p = inf."""
    if p == np.inf:
        return Reduction(np.maximum, 0, np.abs)

    def slope(x, y, state, count):
        return np.sign(x) * power_ratio(np.abs(x), y, p - 1)

    return power_sum(p, lambda state, count: state[0] * state[1] ** (1 / p), slope)


def power_mean(p: float) -> Reduction:
    """``(mean of x ** p) ** (1 / p)`` of elements that are not negative."""

    def slope(x, y, state, count):
        return power_ratio(x, y, p - 1) * (y != 0) / count

    if abs(p) < NEAR_0:
        return power_excess(p, slope)
    return power_sum(p, lambda state, count: state[0] * (state[1] / count) ** (1 / p), slope)


def power_excess(p: float, slope: Callable[..., np.ndarray] | None = None) -> Reduction:
    """Power mean, kept as (m, d, n): n elements, m the largest (the smallest for p < 0), d sum of ``(x / m)**p - 1``.

    Near p = 0 every power is near 1, and the root magnifies by 1 / p what rounding took from it: d keeps it.

    >>> y = power_excess(1e-12).finish((np.array(4.0), np.expm1(1e-12 * np.log(1 / 4)), 2), 2)
    >>> print(f"{y:.12f}")
    2.000000000000
    """
    p = math.copysign(max(abs(p), AT_0), p)
    extreme = np.maximum if p > 0 else np.minimum

    def scaled(state, m):
        less = power_less_1(state[0], m, p)
        return state[1] * (1 + less) + state[2] * less

    def combine(a, b):
        m = extreme(a[0], b[0])
        return m, scaled(a, m) + scaled(b, m), a[2] + b[2]

    def root(state, count):
        m, d, _ = state
        return np.where((m == 0) | (m == np.inf), m, m * np.exp(np.log1p(d / count) / p))

    identity = (0, 0, 0) if p > 0 else (np.inf, 0, 0)
    return Reduction(combine, identity, lambda x: (x, np.zeros_like(x), np.ones_like(x)), root, slope)


def power_less_1(x: np.ndarray, m: np.ndarray, p: float) -> np.ndarray:
    """``(x / m) ** p - 1`` with all its digits: for p near 0, and for x near m; 0 where both are 0 or both infinite."""
    off = where_nan((x - m) / m, x == m, 0)
    return np.expm1(p * np.where(np.abs(off) < 0.5, np.log1p(off), np.log(x) - np.log(m)))


def power_slope(x: np.ndarray, y: np.ndarray, state: Any, count: np.ndarray, p: float) -> np.ndarray:
    """What an element adds to the slope of a power mean by p; `state` is that of `power_excess`.

    All of them make y / p**2 times the divergence of the weights ``x**p / sum of x**p`` from equal ones. No summand is
    negative, so that none cancels another; d is how far n times a weight is from 1.
    """
    p = math.copysign(max(abs(p), AT_0), p)
    mean = state[1] / count
    d = (power_less_1(x, state[0], p) - mean) / (1 + mean)
    exact = where_nan((1 + d) * np.log1p(d), d == -1, 0) - d
    series = np.zeros_like(d)
    for n in range(9, 1, -1):  # near 0, where the two are almost the same
        series = 1 / (n * (n - 1)) - d * series
    divergence = np.where(np.abs(d) < 0.01, d * d * series, exact)
    return divergence / p / p * y / count


def soft(temperature: float) -> Reduction:
    """Mean with the weights ``exp(x / T)``, kept as (m, s, y): maximum m, sum s of ``exp((x - m) / T)``, mean y.

    No exponent is positive, so none overflows.
    """
    if temperature == np.inf:
        return mean

    def weight(m, s, largest):
        return s * np.exp(where_nan(m - largest, m == largest, 0) / temperature)

    def combine(a, b):
        m = np.maximum(a[0], b[0])
        v, w = weight(a[0], a[1], m), weight(b[0], b[1], m)
        s = v + w
        # What weighs nothing adds nothing, not even an infinity.
        return m, s, where_nan(a[2] * (v / s), v == 0, 0) + where_nan(b[2] * (w / s), w == 0, 0)

    def slope(x, y, state, count):
        m, s, _ = state
        w = np.exp((x - m) / temperature) / s
        return where_nan(w * (1 + (x - y) / temperature), w == 0, 0)

    return Reduction(combine, (-np.inf, 0, 0), lambda x: (x, np.ones_like(x), x), lambda state, count: state[2], slope)


mean = Reduction(np.add, 0, finish=lambda total, count: total / count, slope=lambda x, y, state, count: 1 / count)


def _join_weighted(a, b):
    """The largest element, and the sums of all and of their squares as shares of it: so neither sum overflows."""
    m = np.maximum(a[0], b[0])
    v, w = power_ratio(a[0], m, 1), power_ratio(b[0], m, 1)
    return m, a[1] * v + b[1] * w, a[2] * v * v + b[2] * w * w


def _slope_weighted(x, y, state, count):
    m, sums, squares = state
    return (2 * power_ratio(x, m, 1) - squares / sums) / sums * (m != 0)


# The sum of squares over the sum: what sampling with chances in proportion to the elements gives on average.
weighted_by_itself = Reduction(
    _join_weighted,
    (0, 0, 0),
    lambda x: (x, np.ones_like(x), np.ones_like(x)),
    lambda state, count: state[0] * (state[2] / state[1]),
    _slope_weighted,
)


def portion(share: np.ndarray, values: np.ndarray) -> np.ndarray:
    """``share * values``, and nothing where the share is 0, were the value infinite.

    >>> portion(np.array([0, 0.5]), np.array([np.inf, 4]))
    array([0., 2.])
    """
    return np.multiply(share, values, out=np.zeros(share.shape, np.result_type(share, values)), where=share != 0)
