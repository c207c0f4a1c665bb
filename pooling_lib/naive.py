"""The definition of every pool and its gradient, as nested loops a beginner can read: the oracle of all the others.

Slow on purpose. It shares no code with the fast functions, so that a test which compares the two
can fail. Arguments and results are those of the function of the same name in `pooling_lib`;
nothing is checked.

A pool is a formula of the values under a window, its gradient a formula of one partial derivative
for each of them. The loops that bring the windows to the formulas stand at the end of the file.
"""

import functools
import itertools
import math
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction

import numpy as np

# --- any function of a window's values ---


def pool(x, window, stride=None, padding="valid", *, reduce, dilation=1, ceil_mode=False, axes=None):
    """y = reduce(values), the list of the window's real values in row-major order.

    >>> pool([3, 1, 4, 1, 5], window=3, stride=2, reduce=np.median)
    array([3., 4.])
    """
    x = np.asarray(x)
    y = _slide(x, _place(x.shape, window, stride, padding, dilation, ceil_mode, axes), _values(reduce), object)
    return np.array(y.tolist(), x.dtype if x.dtype.kind == "f" else None)


# --- the largest, the smallest ---


def _largest(elements):
    """The first of the largest (position, value), or the first NaN; None where there is none."""
    best = None
    for position, value in elements:
        if position is None:
            continue  # padding never wins
        if best is None or value > best[1] or (math.isnan(value) and not math.isnan(best[1])):
            best = position, value
    return best


def _max(values):
    return _largest(enumerate(values))[1]


def _max_partials(values):
    best = _largest(enumerate(values))
    return [float(i == best[0]) for i in range(len(values))]


def _min(values):
    return -_max([-v for v in values])


def max_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, return_indices=False):
    """y = the largest x under the window; its index is the first of ties, the first NaN.

    >>> max_pool(np.array([[3, 1, 4, 1], [5, 9, 2, 6]]), window=2)
    array([[9, 6]])
    """
    return _max_pool(x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), return_indices)


def _max_pool(x, placed, return_indices):
    y = _slide(x, placed, lambda elements: _largest(elements)[1], np.asarray(x).dtype)
    return (y, _slide(x, placed, lambda elements: _largest(elements)[0], np.int64)) if return_indices else y


def max_pool_backward(
    dy, indices, input_shape, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None
):
    """dx[index of y] += dy, for every window; the indices say it all, whatever the windows were.

    >>> max_pool_backward([1.0, 10.0, 100.0], [1, 1, 2], (4,), window=2, stride=1)
    array([  0.,  11., 100.,   0.])
    """
    dx, axes = np.zeros(input_shape), _axes(input_shape, axes)
    for given, where, plane in zip(_planes(dy, axes), _planes(indices, axes), _planes(dx, axes)):
        for one, i in zip(given, where):
            plane[i] += float(one)
    return dx.astype(_floating(dy))


def min_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """y = the smallest x under the window = -max(-x).

    >>> min_pool([3, -1, 4, 2], window=2)
    array([-1,  2])
    """
    return _slide(
        x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), _values(_min), np.asarray(x).dtype
    )


def min_pool_backward(dy, x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """dy/dx = 1 for the first of the smallest, 0 for the others.

    >>> min_pool_backward([1.0, 10.0], [3, -1, 2, 2], window=2)
    array([ 0.,  1., 10.,  0.])
    """
    rule = _values(lambda values: _max_partials([-v for v in values]))
    return _spread(dy, x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), rule)


# --- sums and means ---


def _sum(counted, n=1):
    try:
        return math.fsum(counted) / n  # rounded once
    except ValueError:  # infinities of both signs
        return math.nan
    except OverflowError:  # sums on the way that no float holds
        infinities = [v for v in counted if not math.isfinite(v)]
        return sum(infinities) if infinities else _rounded(sum(map(Fraction, counted)) / n)


def _rounded(fraction):
    try:
        return float(fraction)
    except OverflowError:
        return math.inf if fraction > 0 else -math.inf


def _mean(values):
    return _sum(values, len(values))


def _mean_partials(values):
    return [1 / len(values) for _ in values]


def sum_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """y = sum x; integers give the largest integers, and wrap around where these end, as np.sum's do.

    >>> sum_pool(np.array([100, 100, 3, 4], np.int8), window=2)
    array([200,   7])
    """
    x = np.asarray(x)
    dtype = {"f": x.dtype, "i": np.int64, "u": np.uint64}[x.dtype.kind]
    total = _sum if x.dtype.kind == "f" else lambda values: np.sum(np.array(values, dtype))
    return _slide(x, _place(x.shape, window, stride, padding, dilation, ceil_mode, axes), _values(total), dtype)


def sum_pool_backward(dy, input_shape, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """dy/dx = 1.

    >>> sum_pool_backward([1.0, 10.0], (3,), window=2, stride=1)
    array([ 1., 11., 10.])
    """
    x, rule = np.zeros(input_shape), _values(lambda values: [1.0 for _ in values])
    return _spread(dy, x, _place(input_shape, window, stride, padding, dilation, ceil_mode, axes), rule)


def avg_pool(
    x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, count_include_pad=False, axes=None
):
    """y = sum x / n, of the n real elements; with count_include_pad, n counts the padding too.

    >>> avg_pool(np.array([[3, 1, 4, 1], [5, 9, 2, 6]]), window=2)
    array([[4.5 , 3.25]])
    """
    return _slide(
        x,
        _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes),
        _values(_mean, count_include_pad=count_include_pad),
    )


def avg_pool_backward(
    dy,
    input_shape,
    window,
    stride=None,
    padding="valid",
    *,
    dilation=1,
    ceil_mode=False,
    count_include_pad=False,
    axes=None,
):
    """dy/dx = 1 / n.

    >>> avg_pool_backward([2.0, 20.0], (3,), window=2, stride=1)
    array([ 1., 11., 10.])
    """
    x, rule = np.zeros(input_shape), _values(_mean_partials, count_include_pad=count_include_pad)
    return _spread(dy, x, _place(input_shape, window, stride, padding, dilation, ceil_mode, axes), rule)


def mixed_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, mix=0.5):
    """y = mix max + (1 - mix) mean.

    >>> mixed_pool([0, 4, 2, 2], window=2, mix=0.75)
    array([3.5, 2. ])
    """
    placed, mix = _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), np.asarray(mix, float)
    y = _part(mix, _slide(x, placed, _values(_max), float)) + _part(1 - mix, _slide(x, placed, _values(_mean), float))
    return y.astype(_floating(x))


def _part(share, values):
    return np.array([s and s * v for s, v in np.broadcast(share, values)]).reshape(np.shape(values))  # 0 takes nothing


def mixed_pool_backward(
    dy, x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, mix=0.5
):
    """dy/dx = mix (1 for the first of the largest, 0 for the others) + (1 - mix) / n.

    >>> mixed_pool_backward([1.0, 10.0], [0, 4, 2, 2], window=2, mix=0.5)
    array([0.25, 0.75, 7.5 , 2.5 ])
    """
    placed, mix, gain = (
        _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes),
        np.asarray(mix, float),
        np.asarray(dy, float),
    )
    dx = _spread(_part(mix, gain), x, placed, _values(_max_partials)) + _spread(
        _part(1 - mix, gain), x, placed, _values(_mean_partials)
    )
    return dx.astype(_floating(dy))


# --- powers ---


def _exact(p):
    """Decimal numbers of so many digits that a root loses none that a float could hold; none is too large or small."""
    digits = 30 - 2 * min(0, Decimal(p).adjusted())
    return localcontext(Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[]))


@functools.lru_cache(maxsize=1 << 14)
def _log(value, p):
    with _exact(p):
        return Decimal(value).ln()


def _powers(values, p):
    return [(_log(float(v), p) * Decimal(p)).exp() for v in values]  # x^p = e^(p ln x)


def _root(powers, n, p):
    return ((sum(powers) / n).ln() / Decimal(p)).exp()


def _lp(values, p):
    if p == math.inf:
        return _max([abs(v) for v in values])
    with _exact(p):
        return float(_root(_powers([abs(v) for v in values], p), 1, p))


def _lp_partials(values, p):
    y = _lp(values, p)
    if p == math.inf:
        return [np.sign(v) if first else 0.0 for v, first in zip(values, _max_partials([abs(v) for v in values]))]
    return [np.sign(v) * (abs(v) / y) ** (p - 1) if y else 0.0 for v in values]


def lp_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, p=2.0):
    """y = (sum |x|^p)^(1/p); p = inf: the largest |x|.

    >>> lp_pool([3, -4, 0, 0], window=2)
    array([5., 0.])
    """
    return _slide(x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), _values(_lp, p))


def lp_pool_backward(dy, x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, p=2.0):
    """dy/dx = sign(x) (|x| / y)^(p - 1), 0 where y is 0; p = inf: sign(x) for the first largest |x|.

    >>> lp_pool_backward([10.0, 10.0], [3, -4, 0, 0], window=2)
    array([ 6., -8.,  0.,  0.])
    """
    return _spread(
        dy, x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), _values(_lp_partials, p)
    )


def _power_mean(values, p):
    with _exact(p):
        return float(_root(_powers(values, p), len(values), p))


def _power_mean_partials(values, p):
    y = _power_mean(values, p)
    if y == 0:
        return [0.0 for _ in values]
    with np.errstate(all="ignore"):  # a root's slope at 0 is infinite
        return [np.float64(v / y) ** (p - 1) / len(values) for v in values]


def _power_mean_by_p(values, p):
    """The partial derivative by p, of an infinite or an infinitely small x none."""
    if not _power_mean(values, p):
        return 0.0
    with _exact(p):
        powers = _powers(values, p)
        y = _root(powers, len(values), p)
        logs = [w * _log(float(v), p) for w, v in zip(powers, values) if w]
        return float(y / Decimal(p) * (sum(logs) / sum(powers) - y.ln()))


def power_mean_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, p=3.0):
    """y = (sum x^p / n)^(1/p), of x >= 0.

    >>> power_mean_pool([1, 7, 0, 3], window=2, p=2)
    array([5.        , 2.12132034])
    """
    return _slide(x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), _values(_power_mean, p))


def power_mean_pool_backward(
    dy, x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, p=3.0
):
    """dy/dx = (x / y)^(p - 1) / n, 0 where y is 0; dy/dp = y / p (sum w ln x - ln y), w = x^p / sum x^p.

    >>> dx, dp = power_mean_pool_backward([10.0], [1, 7], window=2, p=2)
    >>> dx, round(dp, 3)
    (array([1., 7.]), 7.439)
    """
    placed = _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes)
    dp = np.asarray(dy, float) * _slide(x, placed, _values(_power_mean_by_p, p), float)
    return _spread(dy, x, placed, _values(_power_mean_partials, p)), _sum(dp.ravel().tolist())


# --- weights that the values give themselves ---


def _soft_weights(values, temperature):
    largest = _max(values)
    weights = [math.exp((v - largest) / temperature) for v in values]  # the largest weighs 1: nothing overflows
    total = _sum(weights)
    return [w / total for w in weights]


def _soft(values, temperature):
    if temperature == math.inf:
        return _mean(values)
    largest = _max(values)
    if not math.isfinite(largest):  # NaN, +inf, or nothing but -inf
        return largest
    return _sum([w * v for w, v in zip(_soft_weights(values, temperature), values) if w])  # -inf weighs nothing


def _soft_partials(values, temperature):
    y = _soft(values, temperature)
    return [w * (1 + (v - y) / temperature) if w else 0.0 for w, v in zip(_soft_weights(values, temperature), values)]


def soft_pool(x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, temperature=1.0):
    """y = sum w x, of the weights w = e^(x/T) / sum e^(x/T).

    >>> soft_pool([0, np.log(3), 5, 5], window=2)
    array([0.82395922, 5.        ])
    """
    return _slide(
        x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), _values(_soft, temperature)
    )


def soft_pool_backward(
    dy, x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, temperature=1.0
):
    """dy/dx = w (1 + (x - y) / T).

    >>> soft_pool_backward([1.0, 10.0], [0, np.log(3), 5, 5], window=2)
    array([0.0440102, 0.9559898, 5.       , 5.       ])
    """
    return _spread(
        dy,
        x,
        _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes),
        _values(_soft_partials, temperature),
    )


def _expected(values):
    total = sum(map(Fraction, values))
    return float(sum(Fraction(v) ** 2 for v in values) / total) if total else 0.0


def _expected_partials(values):
    total, y = sum(map(Fraction, values)), Fraction(_expected(values))
    return [_rounded((2 * Fraction(v) - y) / total) if total else 0.0 for v in values]


def _drawn(elements, u):
    """Position of the first element whose running sum exceeds the share u of the whole."""
    real = [(position, Fraction(value)) for position, value in elements if position is not None]
    sums = list(itertools.accumulate(value for _, value in real))
    return next((position for (position, _), so_far in zip(real, sums) if so_far > Fraction(u) * sums[-1]), real[0][0])


def stochastic_pool(
    x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None, rng=None, return_indices=False
):
    """y = sum w x, w = x / sum x; with rng: one x, drawn with the chances w; an all-zero window gives 0.

    >>> stochastic_pool([1.0, 3.0, 0.0, 0.0], window=2)
    array([2.5, 0. ])
    >>> stochastic_pool([1.0, 3.0, 0.0, 0.0], window=2, rng=np.random.default_rng(3), return_indices=True)
    (array([1., 0.]), array([0, 2]))
    """
    placed = _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes)
    y = _slide(x, placed, _values(_expected))
    if rng is None:
        return y
    draws = itertools.chain.from_iterable(_planes(rng.random(y.shape), placed))  # in the order in which _slide goes
    where = _slide(x, placed, lambda elements: _drawn(elements, next(draws)), np.int64)
    y = np.empty(where.shape, _floating(x))
    for taken, plane, places in zip(*(_planes(of, placed) for of in (y, x, where))):
        taken[:] = [plane[i] for i in places]
    return (y, where) if return_indices else y


def stochastic_pool_backward(dy, x, window, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """dy/dx = (2 x - y) / sum x, 0 for an all-zero window; of the form without rng.

    >>> stochastic_pool_backward([8.0, 1.0], [1, 3, 0, 0], window=2)
    array([-1.,  7.,  0.,  0.])
    """
    return _spread(
        dy, x, _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes), _values(_expected_partials)
    )


# --- blur ---


def _blurred(elements, window):
    weighed = [
        (math.comb(window - 1, tap), value) for tap, (position, value) in enumerate(elements) if position is not None
    ]
    if not all(math.isfinite(v) for _, v in weighed):
        return _sum([v for _, v in weighed if not math.isfinite(v)])
    return float(sum(w * Fraction(v) for w, v in weighed) / sum(w for w, _ in weighed))


def _blurred_partials(elements, window):
    weights = [math.comb(window - 1, tap) for tap, (position, _) in enumerate(elements) if position is not None]
    return [w / sum(weights) for w in weights]


def blur_pool(x, window=3, stride=2, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """y = sum w x / sum w, w = (window - 1 choose tap), along one axis after the other.

    >>> blur_pool([0, 4, 8, 0, 4], padding=[(1, 0)])
    array([1.33333333, 5.        ])
    """
    y, placed = np.asarray(x, float), _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes)
    for axis, k in zip(placed, _each(window, placed)):
        y = _slide(y, {axis: placed[axis]}, lambda elements, k=k: _blurred(elements, k))
    return y.astype(_floating(x))


def blur_pool_backward(dy, input_shape, window=3, stride=2, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """dy/dx = w / sum w, along one axis after the other.

    >>> blur_pool_backward([3.0, 4.0], (5,), padding=[(1, 0)])
    array([2., 2., 2., 1., 0.])
    """
    dx, placed = np.asarray(dy, float), _place(input_shape, window, stride, padding, dilation, ceil_mode, axes)
    for axis, k in zip(placed, _each(window, placed)):
        x = np.zeros([*dx.shape[:axis], input_shape[axis], *dx.shape[axis + 1 :]])
        dx = _spread(dx, x, {axis: placed[axis]}, lambda elements, k=k: _blurred_partials(elements, k))
    return dx.astype(_floating(dy))


def max_blur_pool(x, window, stride=None, padding="valid", *, blur=3, axes=None):
    """The maximum at every place (stride 1), then blur_pool at the stride.

    >>> max_blur_pool([0, 4, 1, 0, 8], window=2)
    array([3.25])
    """
    return blur_pool(
        max_pool(x, window, 1, padding, axes=axes), blur, window if stride is None else stride, padding, axes=axes
    )


def max_blur_pool_backward(dy, x, window, stride=None, padding="valid", *, blur=3, axes=None):
    """The gradient of the blur, routed to the maxima.

    >>> max_blur_pool_backward([4.0], [0, 4, 1, 0, 8], window=2)
    array([0., 3., 1., 0., 0.])
    """
    y, where = max_pool(x, window, 1, padding, axes=axes, return_indices=True)
    gain = blur_pool_backward(
        np.asarray(dy, float), y.shape, blur, window if stride is None else stride, padding, axes=axes
    )
    return max_pool_backward(gain, where, np.shape(x), window, 1, padding, axes=axes).astype(_floating(dy))


# --- global: one window, the whole plane ---


def _whole(shape, axes):
    return {axis: [range(shape[axis])] for axis in _axes(shape, axes)}


def _global(x, axes, keepdims, rule, dtype=None):
    y = _slide(x, _whole(np.shape(x), axes), rule, dtype)
    return y if keepdims else y.squeeze(_axes(np.shape(x), axes))


def global_max_pool(x, axes=None, keepdims=False):
    """y = the largest x of the plane.

    >>> global_max_pool([[3, 1], [4, 1]], keepdims=True)
    array([[4]])
    """
    return _global(x, axes, keepdims, _values(_max), np.asarray(x).dtype)


def global_max_pool_backward(dy, x, axes=None, keepdims=False):
    """dy/dx = 1 for the first of the largest, 0 for the others.

    >>> global_max_pool_backward([1.0, 10.0], [[3, 1], [4, 1]], axes=[1])
    array([[ 1.,  0.],
           [10.,  0.]])
    """
    return _spread(dy, x, _whole(np.shape(x), axes), _values(_max_partials))


def global_avg_pool(x, axes=None, keepdims=False):
    """y = sum x / n of the plane.

    >>> global_avg_pool([[3, 1], [4, 1]], axes=[1])
    array([2. , 2.5])
    """
    return _global(x, axes, keepdims, _values(_mean))


def global_avg_pool_backward(dy, input_shape, axes=None, keepdims=False):
    """dy/dx = 1 / n.

    >>> global_avg_pool_backward([1.0, 10.0], (2, 2), axes=[1])
    array([[0.5, 0.5],
           [5. , 5. ]])
    """
    return _spread(dy, np.zeros(input_shape), _whole(input_shape, axes), _values(_mean_partials))


def global_lp_pool(x, axes=None, keepdims=False, *, p=2.0):
    """y = (sum |x|^p)^(1/p) of the plane.

    >>> global_lp_pool([[3, -4], [5, 12]], axes=[1])
    array([ 5., 13.])
    """
    return _global(x, axes, keepdims, _values(_lp, p))


def global_lp_pool_backward(dy, x, axes=None, keepdims=False, *, p=2.0):
    """dy/dx as `lp_pool_backward`.

    >>> global_lp_pool_backward([5.0, 0.0], [[3, -4], [5, 12]], axes=[1])
    array([[ 3., -4.],
           [ 0.,  0.]])
    """
    return _spread(dy, x, _whole(np.shape(x), axes), _values(_lp_partials, p))


# --- adaptive: a given number of windows, whatever the size ---


def _bins(shape, output_size, axes):
    """Bin i of m along an axis of n: from floor(i n / m) up to, not including, ceil((i + 1) n / m)."""
    placed, axes = {}, _axes(shape, axes)
    for axis, m in zip(axes, _each(output_size, axes)):
        n = shape[axis]
        placed[axis] = [range(i * n // m, math.ceil((i + 1) * n / m)) for i in range(m)]
    return placed


def adaptive_max_pool(x, output_size, *, axes=None, return_indices=False):
    """y = the largest x of each bin.

    >>> adaptive_max_pool([5, 4, 3, 2, 1], 3)
    array([5, 4, 2])
    """
    return _max_pool(x, _bins(np.shape(x), output_size, axes), return_indices)


def adaptive_max_pool_backward(dy, indices, input_shape, *, axes=None):
    """dx[index of y] += dy.

    >>> adaptive_max_pool_backward([1.0, 10.0, 100.0], [0, 1, 3], (5,))
    array([  1.,  10.,   0., 100.,   0.])
    """
    return max_pool_backward(dy, indices, input_shape, None, axes=axes)


def adaptive_avg_pool(x, output_size, *, axes=None):
    """y = sum x / n of each bin.

    >>> adaptive_avg_pool([5, 4, 3, 2, 1], 3)
    array([4.5, 3. , 1.5])
    """
    return _slide(x, _bins(np.shape(x), output_size, axes), _values(_mean))


def adaptive_avg_pool_backward(dy, input_shape, *, axes=None):
    """dy/dx = 1 / n.

    >>> adaptive_avg_pool_backward([2.0, 30.0, 200.0], (5,))
    array([  1.,  11.,  10., 110., 100.])
    """
    sizes = [np.shape(dy)[axis] for axis in _axes(input_shape, axes)]
    return _spread(dy, np.zeros(input_shape), _bins(input_shape, sizes, axes), _values(_mean_partials))


def pyramid_pool(x, levels=(4, 2, 1), *, axes=None):
    """y = the adaptive maxima of each level, one after the other along one axis, at the place of the first spatial one.

    >>> pyramid_pool([[1, 2], [3, 4]], levels=(2, 1))
    array([1, 2, 3, 4, 4])
    """
    axes, parts = _axes(np.shape(x), axes), []
    for level in levels:
        y = np.moveaxis(adaptive_max_pool(x, level, axes=axes), axes, range(-len(axes), 0))
        parts.append(y.reshape(*y.shape[: -len(axes)], -1))
    return np.moveaxis(np.concatenate(parts, -1, dtype=parts[0].dtype), -1, min(axes))


def pyramid_pool_backward(dy, x, levels=(4, 2, 1), *, axes=None):
    """dx = the sum of what comes back from every level.

    >>> pyramid_pool_backward([1.0, 2.0, 3.0, 4.0, 10.0], [[1, 2], [3, 4]], levels=(2, 1))
    array([[ 1.,  2.],
           [ 3., 14.]])
    """
    axes, dx = _axes(np.shape(x), axes), np.zeros(np.shape(x))
    rest = np.moveaxis(np.asarray(dy, float), min(axes), -1)
    for level in levels:
        part, rest = np.split(rest, [level ** len(axes)], axis=-1)
        part = part.reshape(*part.shape[:-1], *[level] * len(axes))
        dx += _spread(
            np.moveaxis(part, range(-len(axes), 0), axes), x, _bins(np.shape(x), level, axes), _values(_max_partials)
        )
    return dx.astype(_floating(dy))


# --- masked: what the mask hides counts as padding ---


def _masked(x, mask, window, stride, padding, dilation, ceil_mode, axes):
    """The windows, or the whole plane, and the mask with as many axes as x; by default of a batch, not of an image."""
    if axes is None:
        axes = {1: (0,), 2: (np.ndim(mask) - 1,), 3: (1,)}.get(np.ndim(x))
    placed = (
        _whole(np.shape(x), axes)
        if window is None
        else _place(np.shape(x), window, stride, padding, dilation, ceil_mode, axes)
    )
    return placed, np.reshape(mask, np.shape(mask) + (1,) * (np.ndim(x) - np.ndim(mask)))


def masked_max_pool(x, mask, window=None, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """y = the largest x where the mask is True, 0 where there is none; and whether there is one.

    >>> masked_max_pool([-3, 9, 4, 1], [True, False, False, False], window=2)
    (array([-3,  0]), array([ True, False]))
    """
    placed, mask = _masked(x, mask, window, stride, padding, dilation, ceil_mode, axes)
    rule = _values(lambda values: _max(values) if values else 0)
    return _slide(x, placed, rule, np.asarray(x).dtype, mask), _slide(x, placed, _values(bool), bool, mask)


def masked_max_pool_backward(
    dy, x, mask, window=None, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None
):
    """dy/dx = 1 for the first of the largest where the mask is True, 0 for the others.

    >>> masked_max_pool_backward([1.0, 10.0], [-3, 9, 4, 1], [True, False, False, False], window=2)
    array([1., 0., 0., 0.])
    """
    placed, mask = _masked(x, mask, window, stride, padding, dilation, ceil_mode, axes)
    return _spread(dy, x, placed, _values(_max_partials), mask)


def masked_avg_pool(x, mask, window=None, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None):
    """y = sum x / n of the n elements where the mask is True, 0 where there is none; and whether there is one.

    >>> masked_avg_pool([3, 9, 4, 1], [True, True, True, False])
    (array([5.33333333]), array([ True]))
    """
    placed, mask = _masked(x, mask, window, stride, padding, dilation, ceil_mode, axes)
    rule = _values(lambda values: _mean(values) if values else 0.0)
    return _slide(x, placed, rule, None, mask), _slide(x, placed, _values(bool), bool, mask)


def masked_avg_pool_backward(
    dy, x, mask, window=None, stride=None, padding="valid", *, dilation=1, ceil_mode=False, axes=None
):
    """dy/dx = 1 / n where the mask is True.

    >>> masked_avg_pool_backward([3.0], [3, 9, 4, 1], [True, True, True, False])
    array([1., 1., 1., 0.])
    """
    placed, mask = _masked(x, mask, window, stride, padding, dilation, ceil_mode, axes)
    return _spread(dy, x, placed, _values(_mean_partials), mask)


# --- back to where the maxima came from ---


def max_unpool(y, indices, size, *, axes=None):
    """x[index of y] = y, 0 elsewhere; a place named twice keeps the last.

    >>> max_unpool([5, 7], [1, 2], 4)
    array([0, 5, 7, 0])
    """
    y = np.asarray(y)
    axes = _axes(y.shape, axes)
    x = np.zeros(_shape(y, {axis: range(n) for axis, n in zip(axes, _each(size, axes))}), y.dtype)
    for given, where, plane in zip(_planes(y, axes), _planes(indices, axes), _planes(x, axes)):
        for one, i in zip(given, where):
            plane[i] = one
    return x


def max_unpool_backward(dx, indices, *, axes=None):
    """dy = dx[index of y]; of those that name a place only the last stands there, and the others get 0.

    >>> max_unpool_backward([1.0, 2.0, 3.0, 4.0], [1, 2])
    array([2., 3.])
    """
    y, axes = np.zeros(np.shape(indices), _floating(dx)), _axes(np.shape(dx), axes)
    for plane, where, taken in zip(_planes(dx, axes), _planes(indices, axes), _planes(y, axes)):
        where = list(where)
        for o, i in enumerate(where):
            if i not in where[o + 1 :]:
                taken[o] = plane[i]
    return y


# --- the walk over the windows ---


def _place(shape, window, stride, padding, dilation, ceil_mode, axes):
    """For each spatial axis its windows, each a list of positions; None stands for padding.

    What hangs over the padding's end is no element at all.
    """
    placed: dict[int, list[list[int | None]]] = {}
    axes = _axes(shape, axes)
    settings = [_each(setting, axes) for setting in (window, window if stride is None else stride, dilation)]
    for i, (axis, k, s, d) in enumerate(zip(axes, *settings)):
        n, span = shape[axis], d * (k - 1) + 1
        if padding == "same":
            missing = max(0, (math.ceil(n / s) - 1) * s + span - n)
            before, after = (missing // 2, missing - missing // 2)
        else:
            before, after = (0, 0) if padding == "valid" else padding[i]
        # Walk from the start of the padding, one stride at a time.
        placed[axis], place = [], -before
        while place + span <= n + after or (ceil_mode and place < n and place + span < n + after + s):
            positions = []
            for tap in range(k):
                p = place + tap * d
                if p >= n + after:
                    continue  # overhang
                positions.append(p if 0 <= p < n else None)
            if not (ceil_mode and place >= n):
                placed[axis].append(positions)
            place += s
    return placed


def _elements(x, placed, mask):
    """For each image and channel by itself, the elements under each window, in row-major order.

    An element is a pair (flat position in the spatial plane, value); one of the padding, or that
    the mask hides, is (None, 0.0).
    """
    sizes = [x.shape[axis] for axis in placed]
    # A window of the plane is one window along each axis.
    windows = [
        [_flat(place, sizes) for place in itertools.product(*along)] for along in itertools.product(*placed.values())
    ]
    for plane, real in zip(_planes(x, placed), _planes(np.broadcast_to(mask, x.shape), placed)):
        yield [
            [(None, 0.0) if p is None or not real[p] else (p, plane[p].item()) for p in window] for window in windows
        ]


def _flat(place, sizes):
    """Position in the flattened plane; None in the padding."""
    if None in place:
        return None
    flat = 0
    for p, n in zip(place, sizes):
        flat = flat * n + p
    return flat


def _slide(x, placed, rule, dtype=None, mask=True):
    """Put a window at every place it may stand and hand its elements to `rule`, which makes one number of them."""
    x = np.asarray(x)
    y = np.empty(_shape(x, placed), _floating(x) if dtype is None else dtype)
    for windows, pooled in zip(_elements(x, placed, mask), _planes(y, placed)):
        for o, elements in enumerate(windows):
            pooled[o] = rule(elements)
    return y


def _spread(dy, x, placed, rule, mask=True):
    """The way back: `rule` makes one partial derivative dy/dx for each real element; add dy times each in its place."""
    x, dx = np.asarray(x), np.zeros(np.shape(x))
    gains = np.reshape(dy, _shape(x, placed))  # what a global pool dropped comes back
    for windows, given, plane in zip(_elements(x, placed, mask), _planes(gains, placed), _planes(dx, placed)):
        for one, elements in zip(given, windows):
            for p, partial in zip((position for position, _ in elements if position is not None), rule(elements)):
                if partial != 0:  # 0 times infinity would be NaN
                    plane[p] += float(one) * partial
    return dx.astype(_floating(dy))


def _values(formula, *settings, count_include_pad=False):
    """The rule that hands a window's real values, and the zeros of its padding where they count, to `formula`."""

    def rule(elements):
        return formula([value for position, value in elements if position is not None or count_include_pad], *settings)

    return rule


def _planes(x, axes):
    """A view of the spatial plane of each image and channel, flat in the order of `axes`."""
    x = np.moveaxis(np.asarray(x), tuple(axes), range(-len(axes), 0))
    return [x[rest].flat for rest in np.ndindex(x.shape[: -len(axes)])]


def _axes(shape, axes):
    rank = len(shape)
    return (
        {1: (0,), 2: (0, 1), 3: (0, 1), 4: (1, 2), 5: (1, 2, 3)}[rank]
        if axes is None
        else tuple(a % rank for a in axes)
    )


def _each(setting, axes):
    return [setting] * len(axes) if np.ndim(setting) == 0 else setting


def _shape(x, placed):
    return [len(placed[axis]) if axis in placed else n for axis, n in enumerate(x.shape)]


def _floating(x):
    dtype = np.asarray(x).dtype
    return dtype if dtype.kind == "f" else np.dtype(float)
