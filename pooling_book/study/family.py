"""The pools of the family as layers that a network can hold: window 2x2, stride 2, channels last. Imports TensorFlow.

All expect maps after a ReLU: *stochastic* and *by activation* need numbers that are not negative, the power means take
a number below 1e-6 for 1e-6. What a pool learns, each layer learns for itself, and all but *LIP*, for which filters are
narrower, start from the weights that a network with *max* has; a pool with draws takes its seed from theirs.
"""

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from pooling_book.study.cells import Blur, with_shrink

#: Below this a power mean takes a number for this: at 0 a root has no slope, and a logarithm no value.
LEAST = 1e-6
#: Where learnt numbers start: the exponent of GeM, and the factor (one over the temperature) of a softmax.
FIRST_P, FIRST_SHARPNESS = 3.0, 1.0


def quarters(x: tf.Tensor) -> list[tf.Tensor]:
    """The four elements of each window, row by row: four maps of half the sides. An odd row or column is left out.

    >>> [int(part[0, 0, 0, 0]) for part in quarters(tf.reshape(tf.range(6), (1, 2, 3, 1)))]
    [0, 1, 3, 4]
    """
    height, width = (side // 2 * 2 for side in x.shape[1:3])
    return tf.split(tf.nn.space_to_depth(x[:, :height, :width], 2), 4, axis=-1)


def total(parts: list[tf.Tensor]) -> tf.Tensor:
    """The sum of four maps."""
    return (parts[0] + parts[1]) + (parts[2] + parts[3])


def most(parts: list[tf.Tensor]) -> tf.Tensor:
    """The largest of four maps, place by place."""
    return tf.maximum(tf.maximum(parts[0], parts[1]), tf.maximum(parts[2], parts[3]))


def weighted(parts: list[tf.Tensor], logits: list[tf.Tensor]) -> tf.Tensor:
    """The mean of four maps, each place weighted by the exponential of its logit."""
    top = tf.stop_gradient(most(logits))  # so that no exponential is too large
    weights = [tf.exp(logit - top) for logit in logits]
    return total([part * weight for part, weight in zip(parts, weights)]) / total(weights)


def power_mean(parts: list[tf.Tensor], p: tf.Tensor | float) -> tf.Tensor:
    """The p-th root of the mean of p-th powers, by logarithms, so that no power is too large."""
    logs = [tf.math.log(tf.maximum(part, LEAST)) for part in parts]
    top = tf.stop_gradient(most(logs))
    return tf.exp(top + tf.math.log(total([tf.exp(p * (log - top)) for log in logs]) / 4) / p)


def in_order(parts: list[tf.Tensor]) -> list[tf.Tensor]:
    """The four elements of each window, the largest first."""
    a, b, c, d = parts
    high, low, high_2, low_2 = tf.maximum(a, b), tf.minimum(a, b), tf.maximum(c, d), tf.minimum(c, d)
    one, other = tf.minimum(high, high_2), tf.maximum(low, low_2)
    return [tf.maximum(high, high_2), tf.maximum(one, other), tf.minimum(one, other), tf.minimum(low, low_2)]


def by_activation(parts: list[tf.Tensor]) -> tf.Tensor:
    """The mean of four maps, each place weighted by itself; 0 where all are 0."""
    return tf.math.divide_no_nan(total([part * part for part in parts]), total(parts))


class Pool(keras.layers.Layer):
    """What all pools here share: they give a map of half the sides, and say what they have learnt."""

    def learnt(self) -> dict:
        """The learnt numbers by name; a pool without any gives none."""
        return {}

    def _number(self, name, start, shape=()):
        return self.add_weight(name=name, shape=shape, initializer=keras.initializers.Constant(start))


class Subsample(Pool):
    """The first element of the four (LeCun et al., 1989, have such a stride without a pool)."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return tf.nn.max_pool2d(x, 1, 2, "VALID")[:, : x.shape[1] // 2, : x.shape[2] // 2]


class Max(Pool):
    """The largest of the four."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return tf.nn.max_pool2d(x, 2, 2, "VALID")


class Average(Pool):
    """The mean of the four."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return tf.nn.avg_pool2d(x, 2, 2, "VALID")


class Power(Pool):
    """The power mean with a fixed p: 1 is the average, 2 the root mean square (L2), infinity the maximum."""

    def __init__(self, p: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.p = p

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return power_mean(quarters(x), self.p)


class LearntPower(Pool):
    """The generalised mean, GeM, with a learnt p for each layer (Radenovic, Tolias and Chum, 2018); p stays over 1."""

    def build(self, shape: tuple) -> None:
        self.a = self._number("a", _inverse_softplus(FIRST_P - 1))

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return power_mean(quarters(x), 1 + tf.math.softplus(self.a))

    def learnt(self) -> dict:
        return {"p": float(1 + tf.math.softplus(self.a))}


class Softmax(Pool):
    """The mean weighted by exp(x / temperature); with temperature 1 it is SoftPool (Stergiou et al., 2021)."""

    def __init__(self, temperature: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.temperature = temperature

    def call(self, x: tf.Tensor) -> tf.Tensor:
        parts = quarters(x)
        return weighted(parts, [part / self.temperature for part in parts])


class LearntSoftmax(Pool):
    """The mean weighted by exp(x / temperature) with a learnt temperature for each layer; it stays over 0."""

    def build(self, shape: tuple) -> None:
        self.a = self._number("a", _inverse_softplus(FIRST_SHARPNESS))

    def call(self, x: tf.Tensor) -> tf.Tensor:
        parts = quarters(x)
        return weighted(parts, [part * tf.math.softplus(self.a) for part in parts])

    def learnt(self) -> dict:
        return {"temperature": float(1 / tf.math.softplus(self.a))}


class Stochastic(Pool):
    """In training one of the four, drawn with its share of the sum; else `ByActivation` (Zeiler and Fergus, 2013)."""

    def __init__(self, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.draws = keras.random.SeedGenerator(seed)

    def call(self, x: tf.Tensor, training: bool = False) -> tf.Tensor:
        parts = quarters(x)
        if not training:
            return by_activation(parts)
        a, b, c, d = parts
        drawn = keras.random.uniform(tf.shape(a), seed=self.draws) * total(parts)
        # Where the sum is 0 all four are; rounding cannot draw a zero, except where it gives the last its turn.
        last = tf.where(d > 0, d, most(parts))
        return tf.where(drawn < a, a, tf.where(drawn < a + b, b, tf.where(drawn < (a + b) + c, c, last)))


class ByActivation(Pool):
    """The mean in which each number is weighted by itself: stochastic pooling without its draws, a control."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return by_activation(quarters(x))


class Mixed(Pool):
    """A learnt share of the maximum, the rest of the average (Lee, Gallagher and Tu, 2016); it starts at one half."""

    def build(self, shape: tuple) -> None:
        self.a = self._number("a", 0.0)

    def call(self, x: tf.Tensor) -> tf.Tensor:
        parts, share = quarters(x), tf.sigmoid(self.a)
        return share * most(parts) + (1 - share) * total(parts) / 4

    def learnt(self) -> dict:
        return {"alpha": float(tf.sigmoid(self.a))}


class Gated(Pool):
    """As `Mixed`, but four learnt weights and the window itself decide the share (Lee, Gallagher and Tu, 2016)."""

    def build(self, shape: tuple) -> None:
        self.mask = self._number("mask", 0.0, (4,))

    def call(self, x: tf.Tensor) -> tf.Tensor:
        parts = quarters(x)
        share = tf.sigmoid(total([part * weight for part, weight in zip(parts, tf.unstack(self.mask))]))
        return share * most(parts) + (1 - share) * total(parts) / 4

    def learnt(self) -> dict:
        return {"mask": [float(weight) for weight in self.mask.numpy()]}


class Median(Pool):
    """The mean of the two middle ones of the four."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        _, second, third, _ = in_order(quarters(x))
        return (second + third) / 2


class Rank(Pool):
    """Weights alpha (1 - alpha)^(rank - 1), the largest of the four first (Shi, Ye and Wu, 2016)."""

    def __init__(self, alpha: float = 0.5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, x: tf.Tensor) -> tf.Tensor:
        weights = [self.alpha * (1 - self.alpha) ** place for place in range(4)]
        return total([part * weight for part, weight in zip(in_order(quarters(x)), weights)])


class Importance(Pool):
    """Local importance pooling, LIP (Gao, Wang and Wu, 2019): the mean weighted by exp(G(x)).

    Here G is 12 times the sigmoid of a learnt 1x1 convolution; it starts as the average.
    """

    def build(self, shape: tuple) -> None:
        channels = shape[-1]
        self.kernel = self._number("kernel", 0.0, (1, 1, channels, channels))
        self.bias = self._number("bias", 0.0, (channels,))

    def call(self, x: tf.Tensor) -> tf.Tensor:
        logits = 12 * tf.sigmoid(tf.nn.conv2d(x, self.kernel, 1, "VALID") + self.bias)
        return weighted(quarters(x), quarters(logits))


class MaxBlur(Pool):
    """The largest of 2x2 at every place, then weights 1, 2, 1 with a stride of 2 (Zhang, 2019); odd sides round up."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        return Blur()(tf.nn.max_pool2d(x, 2, 1, "SAME"))


class Dropped(Pool):
    """A maximum, and in training some of its results are 0 and the others larger (Srivastava et al., 2014)."""

    def __init__(self, rate: float = 0.5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.dropout = keras.layers.Dropout(rate)

    def call(self, x: tf.Tensor, training: bool = False) -> tf.Tensor:
        return self.dropout(tf.nn.max_pool2d(x, 2, 2, "VALID"), training=training)


#: What makes each pool of the family, in the order in which they are shown.
FAMILY: dict[str, Callable[[], Pool]] = {
    "subsample": Subsample,
    "average": Average,
    "max": Max,
    "power 2": lambda: Power(2.0),
    "power 3": lambda: Power(3.0),
    "GeM": LearntPower,
    "softmax": Softmax,
    "softmax, learnt": LearntSoftmax,
    "mixed": Mixed,
    "gated": Gated,
    "median": Median,
    "rank": Rank,
    "by activation": ByActivation,
    "stochastic": Stochastic,
    "LIP": Importance,
    "max-blur": MaxBlur,
    "max, dropout 0.25": lambda: Dropped(0.25),
    "max, dropout 0.5": lambda: Dropped(0.5),
}


def with_pool(body: str, pool: str, shape: tuple[int, int, int] = (28, 28, 1), classes: int = 10) -> keras.Model:
    """Build a network of chapter 07 with a pool of the family in the place of both its pools.

    Parameters
    ----------
    body : str
        One of `cells.BODIES`.
    pool : str
        One of `FAMILY`. *LIP* has narrower filters, so that the network needs no more parameters than with *max*; the
        few numbers that others learn (at most eight in a network) are its own.
    shape : tuple of int
        Height, width and channels of the images; the sides are multiples of 4.
    classes : int
        Outputs: one logit for each class.

    Raises
    ------
    ValueError
        If there is no such body or pool.

    Examples
    --------
    >>> [with_pool("normalised, global", pool).count_params() for pool in ("max", "GeM", "gated", "LIP")]
    [6386, 6388, 6394, 6036]
    """
    if pool not in FAMILY:
        raise ValueError(f"pool is {pool!r}, but must be one of {', '.join(map(repr, FAMILY))}")
    return with_shrink(body, FAMILY[pool], shape, classes, spare=8)


def learnt(network: keras.Model) -> dict[str, list]:
    """What the pools of a network have learnt: under its name a list, one entry for each pool from the image on.

    >>> learnt(with_pool("plain, flatten", "mixed")), learnt(with_pool("plain, flatten", "max"))
    ({'alpha': [0.5, 0.5]}, {})
    """
    found: dict[str, list] = {}
    for layer in network.layers:
        for name, value in layer.learnt().items() if isinstance(layer, Pool) else ():
            found.setdefault(name, []).append(np.round(value, 4).tolist())
    return found


def _inverse_softplus(value):
    return math.log(math.expm1(value))
