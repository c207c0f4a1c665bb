"""The pooling layers that Keras lacks. The only module here that imports TensorFlow.

One class serves 1-D, 2-D and 3-D inputs. It is a formula on the elements of a window, which
`_Windowed` has stacked on the last axis, beside a mask of those that are real.

Sums of float16 and bfloat16 are taken in float32. XLA (``jit_compile=True``) fuses the stack away;
uncompiled, a layer takes many times as long as a pool of Keras's own. Sizes that a graph does not know
cannot be checked: there, a window that is too large gives an empty output.
"""

import inspect
import itertools
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import numpy as np

try:
    import keras
    import tensorflow as tf
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        f"pooling_lib.keras_layers needs {error.name}; run: pip install 'pooling-lib[tensorflow]'", name=error.name
    ) from None

from pooling_lib.arguments import mean_power, norm_power, number, positive, pyramid_levels, shares
from pooling_lib.geometry import extent, ints, place
from pooling_lib.plans import bounded

Shape = Sequence[int | None]
Sizes = int | Sequence[int]


class _Pooling(keras.layers.Layer):
    """What all layers share: where the channels are, and how a model file knows them."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # By package, so that a reader's subclass of the same name takes nothing's place.
        keras.saving.register_keras_serializable(cls.__module__.partition(".")[0])(cls)

    def __init__(self, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not tf.as_dtype(self.compute_dtype).is_floating:
            raise ValueError(
                f"dtype={self.compute_dtype!r} is no float, and these layers compute with floats; "
                "use 'float32': integer inputs are converted"
            )
        # Nothing here waits for the inputs' shape. A subclass's own `build` may.
        self.built = type(self).build is keras.layers.Layer.build
        self.data_format = keras.config.image_data_format() if data_format is None else data_format
        if self.data_format not in ("channels_last", "channels_first"):
            raise ValueError(f"data_format={data_format!r} is unknown; use 'channels_last' or 'channels_first'")

    def get_config(self) -> dict[str, Any]:
        """The arguments that make this layer again: each layer keeps its own under their names."""
        inits = [inspect.getfullargspec(layer.__init__) for layer in type(self).__mro__ if issubclass(layer, _Pooling)]
        return super().get_config() | {
            name: getattr(self, name) for init in inits for name in init.args[1:] + init.kwonlyargs
        }

    def _axes(self, shape: Shape) -> range:
        """The spatial axes of inputs of that shape."""
        if not 3 <= len(shape) <= 5:
            raise ValueError(
                f"inputs have shape {tuple(shape)}; "
                "give them a batch axis, one to three spatial axes and a channel axis"
            )
        axes = range(1, len(shape) - 1) if self.data_format == "channels_last" else range(2, len(shape))
        if 0 in [shape[axis] for axis in axes]:
            raise ValueError(
                f"inputs have shape {tuple(shape)} and so an empty plane; give one element or more along axes {[*axes]}"
            )
        return axes

    def _flat(self, x: tf.Tensor) -> tf.Tensor:
        """The whole spatial plane in row-major order on the last axis: (N, C, elements)."""
        if self.data_format == "channels_last":
            x = tf.transpose(x, (0, len(x.shape) - 1, *self._axes(x.shape)))
        return tf.reshape(x, (*keras.ops.shape(x)[:2], math.prod(keras.ops.shape(x)[2:])))


class _Windowed(_Pooling):
    """Gathers the elements under every window; a subclass says how `_reduce` makes one of them."""

    def __init__(
        self,
        pool_size: Sizes | None = 2,
        strides: Sizes | None = None,
        padding: str = "valid",
        dilation_rate: Sizes = 1,
        data_format: str | None = None,
        keepdims: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data_format, **kwargs)
        self.supports_masking = True
        if padding not in ("valid", "same"):
            raise ValueError(f"padding={padding!r} is unknown; use 'valid' or 'same'")
        if pool_size is None and (strides, padding, dilation_rate) != (None, "valid", 1):
            given = f"strides={strides!r}, padding={padding!r}, dilation_rate={dilation_rate!r}"
            raise ValueError(
                f"pool_size=None pools the whole plane and takes no {given}; leave them out, or give a pool_size"
            )
        self.pool_size = None if pool_size is None else _sizes("pool_size", pool_size)
        self.strides = self.pool_size if strides is None else _sizes("strides", strides)
        self.padding, self.dilation_rate, self.keepdims = padding, _sizes("dilation_rate", dilation_rate), keepdims

    def compute_output_shape(self, input_shape: Shape) -> tuple[int | None, ...]:
        """The shape that inputs of that shape are pooled to, or an error if they cannot be; None stays None."""
        axes, shape = self._axes(input_shape), list(input_shape)
        if self.pool_size is None:
            return tuple(1 if a in axes else n for a, n in enumerate(shape) if self.keepdims or a not in axes)
        window, stride, dilation = self._along(len(axes))
        sizes = [extent(k, d) if n is None else n for n, k, d in zip(shape[axes.start : axes.stop], window, dilation)]
        try:
            placed = place(sizes, window, stride, self.padding, dilation)
        except ValueError as error:
            raise ValueError(
                f"inputs of shape {tuple(shape)} do not suit pool_size={self.pool_size!r}: {error}"
            ) from None
        for axis, along in zip(axes, placed):
            shape[axis] = shape[axis] and along.count
        return tuple(shape)

    def compute_mask(self, inputs: tf.Tensor, previous_mask: tf.Tensor | None = None) -> tf.Tensor | None:
        """Which windows hold a real element, for the layers after this one."""
        if previous_mask is None or self.pool_size is None:
            return None
        # Keras asks this of symbolic masks too. So it has to be a layer that answers.
        largest = MaskedMaxPooling(
            self.pool_size, self.strides, self.padding, self.dilation_rate, "channels_last", dtype="float32"
        )
        return keras.ops.squeeze(largest(keras.ops.expand_dims(previous_mask, -1)), -1) > 0

    def call(self, inputs: tf.Tensor, mask: tf.Tensor | None = None) -> tf.Tensor:
        """Pool `inputs`; elements where `mask`, of shape (N, spatial...), is False count as padding."""
        return self._pool(inputs, mask, self._reduce)

    def _pool(self, inputs: tf.Tensor, mask: tf.Tensor | None, reduce: Callable[..., tf.Tensor]) -> tf.Tensor:
        self.compute_output_shape(inputs.shape)  # refuses what it cannot pool
        # A sum of half floats needs more digits, and more room, than they have.
        wide = "float32" if self.compute_dtype in ("float16", "bfloat16") else self.compute_dtype
        plane = self._real(inputs, mask)
        elements, real = self._gather(tf.where(plane, tf.cast(inputs, wide), 0)), self._gather(plane)
        # A window without a real element pools the zeros that stand there: 0, and never 0 / 0.
        y = reduce(elements, real | ~tf.reduce_any(real, -1, keepdims=True))
        if self.pool_size is None and self.keepdims:
            for axis in self._axes(inputs.shape):
                y = tf.expand_dims(y, axis)
        return tf.cast(y, self.compute_dtype)

    def _real(self, inputs: tf.Tensor, mask: tf.Tensor | None) -> tf.Tensor:
        """Which elements are real: `mask` with the axes of `inputs`, or all of them, in one image and channel."""
        axes = self._axes(inputs.shape)
        real = tf.ones([n if axis in axes else 1 for axis, n in enumerate(keras.ops.shape(inputs))], bool)
        if mask is None:
            return real
        mask, steps = tf.cast(mask, bool), [0, *axes]
        if not mask.shape.is_compatible_with([inputs.shape[axis] for axis in steps]):
            raise ValueError(
                f"mask has shape {tuple(mask.shape)} for inputs of shape {tuple(inputs.shape)}; "
                f"give one of shape (N, spatial...), as axes {steps} of the inputs have it"
            )
        # What the graph does not know yet must not be broadcast, either.
        wrong = "mask must have the shape (N, spatial...) of the inputs"
        right = tf.debugging.assert_equal(tf.shape(mask), tf.gather(tf.shape(inputs), steps), wrong)
        return real & tf.expand_dims(_after(right, mask), -1 if self.data_format == "channels_last" else 1)

    def _gather(self, x: tf.Tensor) -> tf.Tensor:
        """The elements under every window, row-major on a new last axis; padding is 0 or False."""
        if self.pool_size is None:
            return self._flat(x)
        axes, shape = self._axes(x.shape), keras.ops.shape(x)
        pads, parts = [(0, 0)] * len(shape), [[slice(None)]] * len(shape)
        for axis, k, s, d in zip(axes, *self._along(len(axes))):
            span = extent(k, d)
            if self.padding == "same":
                clip = max if isinstance(shape[axis], int) else tf.maximum
                missing = clip(0, span - s + -shape[axis] % s)  # what ceil(size / s) windows lack
                pads[axis] = missing // 2, missing - missing // 2
            # Tap number t starts there, and ends as far before the end as the taps after it need.
            parts[axis] = [slice(t * d, t * d + 1 - span or None, s) for t in range(k)]
        x = tf.pad(x, pads)
        return tf.stack([x[part] for part in itertools.product(*parts)], -1)

    def _along(self, axes: int) -> Iterator[tuple[int, ...]]:
        """Window, stride and dilation, each as one int for each axis."""
        return (_sizes(name, getattr(self, name), axes) for name in ("pool_size", "strides", "dilation_rate"))


class _Random(_Windowed):
    """A layer that draws in training, by `_draw`."""

    def __init__(self, *args: Any, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seed, self.seed_generator = seed, keras.random.SeedGenerator(seed)

    def call(self, inputs: tf.Tensor, mask: tf.Tensor | None = None, training: bool | None = None) -> tf.Tensor:
        """Pool `inputs`, at random if `training`."""
        return self._pool(inputs, mask, self._draw if training else self._reduce)


class MinPooling(_Windowed):
    """Smallest element under each window: ``y = min x``.

    Parameters
    ----------
    pool_size : int, one per spatial axis, or None
        Elements in the window. None pools the whole plane, of whatever size, as Keras's Global layers do.
    strides : int or one per spatial axis, optional
        Steps between windows. Defaults to `pool_size`.
    padding : 'valid' or 'same'
        As in Keras. Padding is never an element.
    dilation_rate : int or one per spatial axis
        Steps between the elements of one window.
    data_format : 'channels_last' or 'channels_first', optional
        Defaults to ``keras.config.image_data_format()``.
    keepdims : bool
        With ``pool_size=None``: keep the spatial axes, each of length 1.
    **kwargs
        `name`, `dtype` and the other arguments of every Keras layer.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first; NaN and infinities are pooled as by the
        functions of `pooling_lib`.

    Notes
    -----
    A Keras mask, of shape (N, spatial...), makes padding of the elements where it is False; a window
    without a real element gives 0. Settings out of range or of the wrong type raise ValueError or
    TypeError.

    The gradient goes to the first of tied elements in row-major order.

    Source: a flat erosion, subsampled; Serra, *Image analysis and mathematical morphology*, 1982.

    Examples
    --------
    >>> x = tf.reshape([3.0, -1.0, 4.0, 1.0, -5.0], (1, 5, 1))
    >>> MinPooling(2)(x).numpy().ravel().tolist()
    [-1.0, 1.0]
    >>> MinPooling(2, padding="same")(x).numpy().ravel().tolist()
    [-1.0, 1.0, -5.0]
    >>> MinPooling(None)(x).numpy().tolist()
    [[-5.0]]
    """

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        return _extreme(elements, real, tf.reduce_min, math.inf)


class SumPooling(_Windowed):
    """Sum of the elements under each window: ``y = sum x``.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    Source: Babenko and Lempitsky, *Aggregating local deep features for image retrieval*, ICCV 2015,
    who sum the whole plane.

    Examples
    --------
    >>> x = tf.reshape([3.0, -1.0, 4.0, 1.0, -5.0], (1, 5, 1))
    >>> SumPooling(2, padding="same")(x).numpy().ravel().tolist()
    [2.0, 5.0, -5.0]
    """

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        return _sum(elements)


class LpPooling(_Windowed):
    """Lp norm of the elements under each window: ``y = (sum |x|^p)^(1/p)``.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.
    p : float
        From 1, the sum of magnitudes, to infinity, the largest of them.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    Magnitudes are divided by the largest before they are raised, so that nothing overflows on the
    way. The gradient of a window of zeros is 0. Source: Sermanet, Chintala and LeCun,
    *Convolutional neural networks applied to house numbers digit classification*, ICPR 2012.

    Examples
    --------
    >>> x = tf.reshape([3.0, -4.0, 0.0, 2.0], (1, 4, 1))
    >>> LpPooling(2)(x).numpy().ravel().tolist()
    [5.0, 2.0]
    >>> LpPooling(2, p=float("inf"))(x).numpy().ravel().tolist()
    [4.0, 2.0]
    """

    def __init__(self, *args: Any, p: float = 2.0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.p = norm_power(p)

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        size = tf.abs(elements)
        if self.p == 1:
            return _sum(size)
        if math.isinf(self.p):
            return _largest(size, real)
        # The scale cancels out, so that it needs no gradient. 1 stands in where it would not divide.
        endless = tf.math.is_inf(size)
        held = tf.where(~endless, size, 0)
        some, top = tf.reduce_any(held != 0, -1), tf.stop_gradient(tf.reduce_max(held, -1))
        top = tf.where(some, top, 1)
        total = tf.reduce_sum((held / top[..., None]) ** _held(self.p, size), -1)
        # The root of 0 has an infinite slope: keep it from being taken, not only from being used.
        norm = tf.where(some, top * tf.where(some, total, 1) ** (1 / self.p), 0)
        beyond = tf.where(endless | tf.math.is_nan(size), size, 0)
        return tf.where(tf.reduce_any(endless, -1), tf.reduce_sum(beyond, -1), norm)


class GlobalLpPooling(LpPooling):
    """Lp norm of the whole spatial plane: `LpPooling` with ``pool_size=None``.

    Parameters
    ----------
    p : float
        As for `LpPooling`.
    data_format, keepdims, **kwargs
        As for `MinPooling`.

    Returns
    -------
    tensor of the compute dtype
        (N, C), or with `keepdims` also the spatial axes, each of length 1. Integers are converted
        first.

    Notes
    -----
    Source: as `LpPooling`.

    Examples
    --------
    >>> GlobalLpPooling()(tf.reshape([3.0, -4.0], (1, 2, 1, 1))).numpy().tolist()
    [[5.0]]
    """

    def __init__(self, p: float = 2.0, data_format: str | None = None, keepdims: bool = False, **kwargs: Any) -> None:
        super().__init__(None, data_format=data_format, keepdims=keepdims, p=p, **kwargs)

    def get_config(self) -> dict[str, Any]:
        """The arguments that make this layer again."""
        return {
            name: value
            for name, value in super().get_config().items()
            if name not in ("pool_size", "strides", "padding", "dilation_rate")
        }


class PowerMeanPooling(_Windowed):
    """Power mean of the elements under each window, whose power is trained: ``y = (mean x^p)^(1/p)``.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`. With ``pool_size=None`` this is GeM, generalised mean pooling.
    p : float
        The first value of the weight `power`, finite and not 0: 1 is the mean, larger tends to the
        maximum, negative to the minimum. ``trainable=False`` keeps it.
    epsilon : float
        Above 0. A smaller element counts as this one and gets no gradient: so inputs must not be
        negative. Feed the layer a ReLU, say.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    Computed in logarithms, so that no power overflows. Value and gradient keep their digits where
    `power` comes near 0 in training, and at 0, where this is the geometric mean. Source:
    Radenović, Tolias and Chum, *Fine-tuning CNN image retrieval with no human annotation*, TPAMI
    2019.

    Examples
    --------
    >>> x = tf.reshape([1.0, 7.0, 0.0, 2.0], (1, 4, 1))
    >>> PowerMeanPooling(2, p=2.0)(x).numpy().ravel().round(4)
    array([5.    , 1.4142], dtype=float32)
    """

    def __init__(self, *args: Any, p: float = 3.0, epsilon: float = 1e-6, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.p, self.epsilon = mean_power(p), number("epsilon", epsilon, "give a small one above 0, such as 1e-6")
        if not 0 < self.epsilon < math.inf:
            raise ValueError(f"epsilon={epsilon!r} must be above 0 and finite; 1e-6 is small")
        # Without autocast: a float16 would round it.
        self.power = self.add_weight(
            name="power", shape=(), initializer=keras.initializers.Constant(self.p), autocast=False
        )

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        p = tf.cast(self.power, elements.dtype)
        beside = _held(0, elements) ** 0.25  # a p of 0 becomes this one, and so divides; value and slope are those of 0
        p += tf.stop_gradient(tf.where(tf.abs(p) < beside, beside - p, 0))
        elements = tf.where(real, tf.maximum(elements, _held(self.epsilon, elements)), 0)
        infinite = tf.math.is_inf(elements)
        logs = tf.math.log(tf.where(real, tf.minimum(elements, _held(math.inf, elements)), 1))
        centre = _mean(logs, real)  # logarithms far from 0 would hide what p does
        powers = tf.where(real, p * (logs - centre[..., None]), 0)
        log_mean = _log_mean_exp(powers, real & ~(infinite & (p < 0)), real)
        # A power of infinity is infinite, or 0.
        endless = tf.reduce_any(infinite, -1) & (p > 0) | tf.reduce_all(infinite | ~real, -1)
        return tf.where(
            endless, _mean(tf.where(~tf.math.is_finite(elements), elements, 0), real), tf.exp(centre + log_mean / p)
        )


class SoftPooling(_Windowed):
    """Mean that weighs each element by its exponential: ``y = sum x e^(x/T) / sum e^(x/T)``.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.
    temperature : float
        T, above 0: small tends to the maximum, and infinity is the mean.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    The maximum is taken off before the exponential, which so cannot overflow. Source: Stergiou,
    Poppe and Kalliatakis, *Refining activation downsampling with SoftPool*, ICCV 2021.

    Examples
    --------
    >>> x = tf.math.log(tf.reshape([1.0, 3.0], (1, 2, 1)))
    >>> SoftPooling(2)(x).numpy().ravel().round(4)  # 3/4 log(3)
    array([0.824], dtype=float32)
    """

    def __init__(self, *args: Any, temperature: float = 1.0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.temperature = positive("temperature", temperature)

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        if math.isinf(self.temperature):
            return _mean(elements, real)
        top = tf.stop_gradient(tf.reduce_max(tf.where(real, elements, -math.inf), -1, keepdims=True))
        # Beside +inf, and among -inf alone, only equals weigh: inf - inf would not say so.
        equal = tf.math.log(tf.cast(elements == top, elements.dtype))
        below = tf.where(tf.math.is_inf(top), equal, elements - top)
        weights = tf.exp(tf.where(real, below / _held(self.temperature, elements), -math.inf))
        weights /= tf.reduce_sum(weights, -1, keepdims=True)
        # What weighs nothing adds nothing, not even an infinity.
        return tf.reduce_sum(weights * tf.where(weights != 0, elements, 0), -1)


class StochasticPooling(_Random):
    """One element of each window, drawn with probability ``x / sum x`` in training; their expectation at test.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.
    seed : int, optional
        Repeats the draws. Without it, ``keras.utils.set_random_seed`` does. A layer compiled by XLA
        repeats too, but draws other numbers than one that is not.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    At test ``y = sum x^2 / sum x``. Inputs must not be negative: a negative element counts as 0 and
    is never drawn. A window of zeros gives 0. Source: Zeiler and Fergus, *Stochastic pooling for
    regularization of deep convolutional neural networks*, ICLR 2013.

    Examples
    --------
    >>> x = tf.reshape([1.0, 3.0], (1, 2, 1))
    >>> StochasticPooling(2)(x).numpy().ravel().tolist()
    [2.5]
    >>> StochasticPooling(2)(x, training=True).numpy().item() in (1.0, 3.0)
    True
    """

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        shares, chances = self._shares(elements)
        return tf.reduce_sum(chances * (shares / tf.maximum(tf.reduce_sum(shares, -1, keepdims=True), 1)), -1)

    def _draw(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        shares, chances = self._shares(elements)
        reached = tf.cumsum(shares, -1)
        drawn = keras.random.uniform(
            (*keras.ops.shape(elements)[:-1], 1), dtype=elements.dtype.name, seed=self.seed_generator
        )
        possible = shares > 0
        return _first(chances, possible, possible & (reached > drawn * reached[..., -1:]))

    def _shares(self, elements: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """Chances, none of them negative, as parts of the largest, so that no sum overflows; and the chances."""
        chances = tf.maximum(elements, 0)
        top = tf.stop_gradient(tf.reduce_max(chances, -1, keepdims=True))
        endless = tf.math.is_inf(top)
        shares = chances / tf.where(endless | (top == 0), tf.ones_like(top), top)
        return tf.where(endless, tf.cast(chances == top, chances.dtype), shares), chances


class MixedPooling(_Random):
    """Maximum and mean of each window, mixed: ``y = mix max x + (1 - mix) mean x``.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.
    mix : float
        From 0, the mean, to 1, the maximum. In training, each channel of each image draws one of the
        two: the maximum with this probability.
    seed : int, optional
        As for `StochasticPooling`.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    The mixture at test is the expectation of the draws. Source: Yu, Wang, Chen and Wei, *Mixed
    pooling for convolutional neural networks*, RSKT 2014.

    Examples
    --------
    >>> x = tf.reshape([1.0, 3.0], (1, 2, 1))
    >>> MixedPooling(2, mix=0.25)(x).numpy().ravel().tolist()
    [2.25]
    """

    def __init__(self, *args: Any, mix: float = 0.5, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mix = float(shares(mix, ()))

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        # Without the side whose share is 0: an infinity in it would give NaN.
        largest = self.mix * _largest(elements, real) if self.mix > 0 else 0
        return largest + (1 - self.mix) * _mean(elements, real) if self.mix < 1 else largest

    def _draw(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        shape = keras.ops.shape(elements)[:-1]
        channel = len(shape) - 1 if self.data_format == "channels_last" else 1
        one_each = [n if axis in (0, channel) else 1 for axis, n in enumerate(shape)]
        drawn = keras.random.uniform(one_each, dtype=elements.dtype.name, seed=self.seed_generator) < self.mix
        return tf.where(drawn, _largest(elements, real), _mean(elements, real))


class BlurPooling(_Windowed):
    """Mean of each window with binomial weights, [1, 2, 1] for 3: a blur, subsampled.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, **kwargs
        As for `MinPooling`, but a window of 3 every 2 steps by default, and no ``pool_size=None``.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows. Integers are converted
        first.

    Notes
    -----
    ``y = sum w x / sum w`` over the real elements, where w is the product over the axes of
    ``comb(pool_size - 1, i)``: a constant stays constant, at the border too. Source: Zhang, *Making
    convolutional networks shift-invariant again*, ICML 2019.

    Examples
    --------
    >>> x = tf.reshape([0.0, 0.0, 4.0, 0.0, 0.0], (1, 5, 1))
    >>> BlurPooling(strides=1)(x).numpy().ravel().tolist()
    [1.0, 2.0, 1.0]
    """

    def __init__(self, pool_size: Sizes = 3, strides: Sizes | None = 2, *args: Any, **kwargs: Any) -> None:
        super().__init__(_sizes("pool_size", pool_size), strides, *args, **kwargs)

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        window, *_ = self._along(len(elements.shape) - 3)
        along = [[math.comb(k - 1, tap) / 2 ** (k - 1) for tap in range(k)] for k in window]
        weights = tf.constant([math.prod(w) for w in itertools.product(*along)], tf.float64)
        # The outer ones of a large window are too small for a float: none becomes 0, before or after their sum is 1.
        weights = tf.where(real, tf.maximum(weights, _held(0, weights)), 0)
        weights = tf.cast(weights / tf.reduce_sum(weights, -1, keepdims=True), elements.dtype)
        weights = tf.where(real, tf.maximum(weights, _held(0, elements)), 0)
        return tf.reduce_sum(weights * elements, -1)


class MaskedMaxPooling(_Windowed):
    """Largest element under each window, or of the whole plane, that a Keras mask lets through.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    Keras's MaxPooling and GlobalMaxPooling drop the mask and let padded steps win. Here the mask
    comes as for every layer of this module, from an Embedding with ``mask_zero=True`` or as
    ``mask=``; a window without a real element gives 0, and the layers after this one are told.
    Without a mask this is max pooling, whose gradient goes to the first of tied elements. Source:
    Collobert and others, *Natural language processing (almost) from scratch*, JMLR 2011.

    Examples
    --------
    >>> x = tf.reshape([-3.0, -1.0, 9.0, 9.0], (1, 4, 1))
    >>> mask = tf.constant([[True, True, False, False]])
    >>> MaskedMaxPooling(2)(x, mask=mask).numpy().ravel().tolist()
    [-1.0, 0.0]
    >>> MaskedMaxPooling(None)(x, mask=mask).numpy().tolist()
    [[-1.0]]
    """

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        return _largest(elements, real)


class MaskedAveragePooling(_Windowed):
    """Mean of the elements under each window, or of the whole plane, that a Keras mask lets through.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, keepdims, **kwargs
        As for `MinPooling`.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows; (N, C) with
        ``pool_size=None``. Integers are converted first.

    Notes
    -----
    Keras's AveragePooling drops the mask; its GlobalAveragePooling1D keeps it, but gives NaN for a
    sequence without a real step. Here that gives 0. Source: as `MaskedMaxPooling`.

    Examples
    --------
    >>> x = tf.reshape([-3.0, -1.0, 9.0, 9.0], (1, 4, 1))
    >>> MaskedAveragePooling(None)(x, mask=tf.constant([[True, True, False, False]])).numpy().tolist()
    [[-2.0]]
    """

    def _reduce(self, elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
        return _mean(elements, real)


class MaxBlurPooling(_Windowed):
    """Max pooling without the aliasing: the maximum at every position, then `BlurPooling` with the strides.

    Parameters
    ----------
    pool_size, strides, padding, dilation_rate, data_format, **kwargs
        As for `MinPooling`, but no ``pool_size=None``. The dilation is the maximum's.
    blur : int or one per spatial axis
        Elements in the window of the blur.

    Returns
    -------
    tensor of the compute dtype
        The axes of the inputs, (N, spatial..., C), or (N, C, spatial...) with 'channels_first', of
        which the one to three spatial ones shrink to the number of windows. Integers are converted
        first.

    Notes
    -----
    A mask is dropped, with Keras's warning. Source: as `BlurPooling`.

    Examples
    --------
    >>> x = tf.reshape([0.0, 8.0, 0.0, 0.0, 0.0, 0.0], (1, 6, 1))
    >>> MaxBlurPooling(2)(x).numpy().ravel().tolist()
    [6.0, 0.0]
    """

    def __init__(self, *args: Any, blur: Sizes = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supports_masking, self.blur = False, _sizes("blur", blur)
        same = {"padding": self.padding, "data_format": self.data_format, "dtype": self.dtype_policy}
        self.largest = MaskedMaxPooling(self.pool_size, 1, dilation_rate=self.dilation_rate, **same)
        self.blurred = BlurPooling(self.blur, self.strides, **same)

    def compute_output_shape(self, input_shape: Shape) -> tuple[int | None, ...]:
        """The shape that inputs of that shape are pooled to, or an error if they cannot be."""
        return self.blurred.compute_output_shape(self.largest.compute_output_shape(input_shape))

    def call(self, inputs: tf.Tensor) -> tf.Tensor:  # type: ignore[override]  # Keras drops a mask where call takes none
        """Pool `inputs`."""
        return self.blurred(self.largest(inputs))


class SpatialPyramidPooling(_Pooling):
    """Largest element of each bin, for ever coarser grids of bins: as many outputs whatever the input's size.

    Parameters
    ----------
    levels : sequence of int
        Bins along each spatial axis, for each grid. Bin i of m along n elements holds those from
        ``floor(i n / m)`` to before ``ceil((i + 1) n / m)``.
    data_format, **kwargs
        As for `MinPooling`.

    Returns
    -------
    tensor of the compute dtype
        (N, bins, C) or, with 'channels_first', (N, C, bins), of inputs as of `MinPooling`: the bins
        of each level in row-major order, one level after the other, ``sum(level ** axes)`` of them.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, *Spatial pyramid pooling in deep convolutional networks for visual
    recognition*, ECCV 2014.

    Examples
    --------
    >>> x = tf.reshape([3.0, -1.0, 4.0, 1.0, -5.0], (1, 5, 1))
    >>> SpatialPyramidPooling((2, 1))(x).numpy().ravel().tolist()
    [4.0, 4.0, 4.0]
    """

    def __init__(self, levels: Sequence[int] = (4, 2, 1), data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.levels = pyramid_levels(levels)

    def compute_output_shape(self, input_shape: Shape) -> tuple[int | None, ...]:
        """The shape that inputs of that shape are pooled to."""
        bins = sum(level ** len(self._axes(input_shape)) for level in self.levels)
        bounded("levels", self.levels, bins, 0, "give fewer bins")
        return (
            (input_shape[0], bins, input_shape[-1]) if self.data_format == "channels_last" else (*input_shape[:2], bins)
        )

    def call(self, inputs: tf.Tensor) -> tf.Tensor:
        """Pool `inputs`."""
        self.compute_output_shape(inputs.shape)  # refuses too many bins
        x, axes, bins = tf.cast(inputs, self.compute_dtype), self._axes(inputs.shape), []
        for level in self.levels:
            parts = [
                [slice(i * n // level, -(-(i + 1) * n // level)) for i in range(level)] for n in keras.ops.shape(x)
            ]
            parts = [part if axis in axes else [slice(None)] for axis, part in enumerate(parts)]
            bins += [_largest(self._flat(x[part]), True) for part in itertools.product(*parts)]
        return tf.stack(bins, axes.start)


class MaxUnpooling(_Pooling):
    """Puts maxima back where max pooling found them, on a plane of zeros: called on ``[y, indices]``.

    Parameters
    ----------
    size : int or one per spatial axis
        The plane's size.
    data_format, **kwargs
        As for `MinPooling`.

    Returns
    -------
    tensor of the compute dtype
        The axes of y, the spatial ones of `size`. A place that is named twice keeps the last in
        row-major order.

    Notes
    -----
    The indices are integers of the shape of y that say where each element belongs in the flattened
    spatial plane, as ``pooling_lib.max_pool(..., return_indices=True)`` gives them. (Those of
    ``tf.nn.max_pool_with_argmax`` count channels too: floor-divide them by C.)
    Source: Zeiler, Taylor and Fergus, *Adaptive deconvolutional networks for mid and high level
    feature learning*, ICCV 2011.

    Examples
    --------
    >>> y, indices = tf.reshape([4.0, 6.0], (1, 2, 1)), tf.reshape([2, 3], (1, 2, 1))
    >>> MaxUnpooling(5)([y, indices]).numpy().ravel().tolist()
    [0.0, 0.0, 4.0, 6.0, 0.0]
    """

    def __init__(self, size: Sizes, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(data_format, **kwargs)
        self.size = _sizes("size", size)

    def compute_output_shape(self, input_shape: Sequence[Shape]) -> tuple[int | None, ...]:
        """The shape that [y, indices] of these shapes are put back to, or an error if they differ."""
        if len(input_shape) != 2 or not tf.TensorShape(input_shape[0]).is_compatible_with(input_shape[1]):
            raise ValueError(f"inputs have shapes {input_shape}; call the layer on [y, indices], two of the same shape")
        shape, axes = list(input_shape[0]), self._axes(input_shape[0])
        shape[axes.start : axes.stop] = sizes = _sizes("size", self.size, len(axes))
        bounded("size", self.size, math.prod(sizes), 0, "give that of the map that was pooled")
        return tuple(shape)

    def call(self, inputs: Sequence[tf.Tensor]) -> tf.Tensor:
        """Put ``y, indices = inputs`` back."""
        shape = self.compute_output_shape([part.shape for part in inputs])
        y, indices = self._flat(tf.cast(inputs[0], self.compute_dtype)), self._flat(inputs[1])
        if not indices.dtype.is_integer:
            raise TypeError(
                f"indices have dtype {indices.dtype.name}; call the layer on [y, indices], where indices are integers"
            )
        sizes = _sizes("size", self.size, len(shape) - 2)
        area, (batch, channels, _) = math.prod(sizes), keras.ops.shape(y)
        inside = tf.debugging.Assert(
            tf.reduce_all((indices >= 0) & (indices < area)),
            [f"indices must lie from 0 to {area - 1}, as size={self.size} has it"],
        )
        indices = _after(inside, indices)
        # Every image and channel has a stretch of its own in one long row of places.
        planes = tf.range(tf.cast(batch * channels, tf.int64))
        places = tf.reshape(tf.cast(indices, tf.int64) + area * tf.reshape(planes, (batch, channels, 1)), [-1])
        last = tf.math.unsorted_segment_max(
            tf.range(tf.size(places)), places, area * tf.size(planes, tf.int64)
        )  # negative: none
        row = tf.where(last >= 0, tf.gather(tf.reshape(y, [-1]), tf.maximum(last, 0)), 0)
        x = tf.reshape(row, (batch, channels, *sizes))
        return x if self.data_format == "channels_first" else tf.transpose(x, (0, *range(2, len(shape)), 1))


def _after(check: tf.Operation | None, x: tf.Tensor) -> tf.Tensor:
    """`x` that a graph uses only after a check; outside a graph there is none left to wait for."""
    with tf.control_dependencies([check] if check is not None else []):
        return tf.identity(x)


def _largest(elements: tf.Tensor, real: tf.Tensor | bool) -> tf.Tensor:
    """The largest real element."""
    return _extreme(elements, real, tf.reduce_max, -math.inf)


def _extreme(elements: tf.Tensor, real: tf.Tensor | bool, best: Callable[..., tf.Tensor], worst: float) -> tf.Tensor:
    """The best real element. The gradient goes to the first of tied ones: `best` alone would share it out."""
    elements = tf.where(real, elements, worst)
    return _first(elements, real & (elements == best(elements, -1, keepdims=True)))


def _first(elements: tf.Tensor, *wanted: tf.Tensor) -> tf.Tensor:
    """The first element that meets the most of what is wanted; the first NaN, if there is one."""
    score = sum(tf.cast(wish, tf.int32) for wish in wanted)
    score = tf.where(tf.math.is_nan(elements), len(wanted) + 1, score)
    chosen = tf.one_hot(tf.argmax(score, -1), keras.ops.shape(elements)[-1], True, False, dtype=tf.bool)
    return tf.reduce_sum(tf.where(chosen, elements, 0), -1)


def _sum(elements: tf.Tensor, over: tf.Tensor | float = 1.0) -> tf.Tensor:
    """The sum of the elements, divided. Where it overflows on the way, that of their shares does not."""
    total, count = tf.reduce_sum(elements, -1), tf.cast(keras.ops.shape(elements)[-1], elements.dtype)
    return tf.where(tf.math.is_finite(total), total / over, tf.reduce_sum(elements / count, -1) * (count / over))


def _mean(elements: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
    """The mean of the real elements; the others are 0."""
    return _sum(elements, tf.reduce_sum(tf.cast(real, elements.dtype), -1))


def _held(value: float, elements: tf.Tensor) -> float:
    """`value`, or the nearest number above 0 that the elements' dtype holds."""
    limits = np.finfo(elements.dtype.as_numpy_dtype)
    return min(max(value, float(limits.tiny)), float(limits.max))


def _log_mean_exp(x: tf.Tensor, counted: tf.Tensor, real: tf.Tensor) -> tf.Tensor:
    """``log(mean(e^x))`` over the real elements, of which those not counted have e^x = 0; the others' mean is 0.

    Where all x are near 0, so is the result: it keeps its digits, and its slope those of x * x.
    """
    near = (tf.reduce_max(tf.abs(x), -1, keepdims=True) < 0.25) & tf.reduce_all(counted == real, -1, keepdims=True)
    small, series = tf.where(near, x, 0), tf.constant(1.0, x.dtype)
    for k in range(13, 2, -1):
        series = 1 + small / k * series
    curved = tf.math.log1p(_mean(small * small / 2 * series, real))  # e^x - 1 - x: the mean of x is 0
    x = tf.where(counted, x, -math.inf)
    top = tf.stop_gradient(tf.maximum(tf.reduce_max(x, -1), x.dtype.min))  # cancels out
    steep = top + tf.math.log1p(_mean(tf.where(real, tf.math.expm1(x - top[..., None]), 0), real))
    return tf.where(near[..., 0], curved, steep)


def _sizes(name: str, value: Sizes, axes: int | None = None) -> Any:
    """`value`, one int or one for each axis, checked; one for each of `axes`, where their number is known."""
    several = len(value) if isinstance(value, Collection) and not isinstance(value, str) else 0
    checked = ints(name, value, axes or several or 1, least=1, mend="1 is the smallest")
    return checked if several or axes else checked[0]
