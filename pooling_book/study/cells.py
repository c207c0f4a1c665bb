"""Networks in which what a pool does is taken apart: a wider field, a smaller map, neighbours. Imports TensorFlow.

A 2x2 pool with a stride of 2 does three things. The taps of later convolutions come to stand further apart (*field*), a
quarter of the places is left (*size*), and each is made of four (*neighbours*). A *cell* does some of them in the place
of both pools of a network, and the parameters stay as many. Without the smaller map the field is widened by dilation;
a network *dilated* and one that is *subsampled*, with equal weights, give the same numbers at every fourth place.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf


class Cell(NamedTuple):
    """What stands in the place of a pool: does it widen the field, make the map smaller, and combine neighbours how?"""

    field: bool
    size: bool
    neighbours: str = ""


CELLS = {
    "none": Cell(False, False),
    "dilated": Cell(True, False),
    "end subsample": Cell(False, True),
    "subsample": Cell(True, True),
    "max, stride 1": Cell(False, False, "max"),
    "dilated max": Cell(True, False, "max"),
    "end subsample, max": Cell(False, True, "max"),
    "max": Cell(True, True, "max"),
    "average": Cell(True, True, "average"),
    "L2": Cell(True, True, "L2"),
    "strided conv": Cell(True, True, "conv"),
    "max 3/2": Cell(True, True, "max 3/2"),
    "max 4/4": Cell(True, True, "max 4/4"),
    "max-blur": Cell(True, True, "max-blur"),
    "unshuffle": Cell(True, True, "unshuffle"),
}


class Body(NamedTuple):
    """A network around the cells: its filters, its head, whether it is normalised, whether it is residual."""

    widths: tuple[int, ...]
    head: str
    normalised: bool
    residual: bool = False


BODIES = {
    "plain, flatten": Body((8, 16, 16), "flatten", False),
    "plain, global": Body((8, 16, 16), "global", False),
    "normalised, global": Body((8, 16, 32), "global", True),
    "residual, global": Body((8, 16, 32), "global", True, True),
}


def with_cell(body: str, cell: str, shape: tuple[int, int, int] = (28, 28, 1), classes: int = 10) -> keras.Model:
    """Build a network with a cell in the place of both its pools.

    Parameters
    ----------
    body : str
        One of `BODIES`.
    cell : str
        One of `CELLS`; 'max 3/2' is a maximum with window 3 and stride 2. A cell with weights of its own ('strided
        conv', 'unshuffle') has the widest filters that need no more parameters than 'max'.
    shape : tuple of int
        Height, width and channels of the images; the sides are multiples of 4.
    classes : int
        Outputs: one logit for each class.

    Raises
    ------
    ValueError
        If there is no such body or cell, or if the body is residual and the cell is none that makes the map smaller.

    Examples
    --------
    >>> [with_cell("normalised, global", cell).count_params() for cell in ("none", "dilated max", "strided conv")]
    [6386, 6386, 6023]
    """
    if body not in BODIES:
        raise ValueError(f"body is {body!r}, but must be one of {', '.join(map(repr, BODIES))}")
    if cell not in CELLS:
        raise ValueError(f"cell is {cell!r}, but must be one of {', '.join(map(repr, CELLS))}")
    if BODIES[body].residual and not (CELLS[cell].field and CELLS[cell].size):
        raise ValueError(
            f"cell is {cell!r}, but a residual body takes only what widens the field and makes maps smaller"
        )
    shrink = SHRINK.get(CELLS[cell].neighbours)
    if CELLS[cell].neighbours not in ("conv", "unshuffle"):
        return _build(BODIES[body], CELLS[cell], shrink, shape, classes, BODIES[body].widths)
    return _narrowed(body, CELLS[cell], shrink, shape, classes, 0)


def with_shrink(
    body: str, make: Callable[[], keras.layers.Layer], shape: tuple[int, int, int], classes: int, spare: int = 0
) -> keras.Model:
    """Build a network with a layer of one's own in the place of both its pools.

    Parameters
    ----------
    body : str
        One of `BODIES`, but no residual one.
    make : callable
        It makes a new layer, which halves both sides of a map.
    shape, classes
        As for `with_cell`.
    spare : int
        The network may need so many more parameters than with a maximum; else its filters are fewer.

    Raises
    ------
    ValueError
        If there is no such body, or if it is residual.
    """
    plain = [name for name, one in BODIES.items() if not one.residual]
    if body not in plain:
        raise ValueError(f"body is {body!r}, but must be one of {', '.join(map(repr, plain))}")
    return _narrowed(body, Cell(True, True, "own"), lambda x, width, normalised: make()(x), shape, classes, spare)


def _narrowed(body, cell, shrink, shape, classes, spare):
    """The network with the widest filters that needs no more parameters than 'max' and a few to spare."""
    most = _build(BODIES[body], CELLS["max"], SHRINK["max"], shape, classes, BODIES[body].widths).count_params()
    for last in range(BODIES[body].widths[-1], 1, -1):
        share = last / BODIES[body].widths[-1]
        widths = tuple(max(1, math.ceil(share * width)) for width in BODIES[body].widths)
        built = _build(BODIES[body], cell, shrink, shape, classes, widths)
        if built.count_params() <= most + spare:
            return built
    raise ValueError(f"no widths need as few parameters as 'max' in {body!r} with what stands in the place of a pool")


def _build(body, cell, shrink, shape, classes, widths):
    inputs = keras.Input(shape)
    maps = (_residual if body.residual else _plain)(inputs, body, cell, shrink, widths)
    head = keras.layers.GlobalAveragePooling2D() if body.head == "global" else keras.layers.Flatten()
    return keras.Model(inputs, keras.layers.Dense(classes)(head(maps)))


def _plain(x, body, cell, shrink, widths):
    apart = 1  # how far apart the taps of a convolution stand
    for position, width in enumerate(widths):
        x = _convolution(x, width, body.normalised, dilation=apart)
        if position + 1 == len(widths):
            break
        if cell.field and cell.size:
            x = shrink(x, width, body.normalised)
            continue
        x = _Max(apart)(x) if cell.neighbours else x
        apart *= 2 if cell.field else 1
    if cell.size and not cell.field:
        x = _every(x, 2 ** (len(widths) - 1))
    return x


def _residual(x, body, cell, shrink, widths):
    """Three blocks; the map becomes smaller before the second and the third, or in their first convolution."""
    x = _convolution(x, widths[0], True)
    for stage, width in enumerate(widths):
        stride = 2 if stage and cell.neighbours == "conv" else 1
        if stage and stride == 1:
            x = shrink(x, x.shape[-1], True)
        y = _convolution(x, width, True, stride=stride)
        y = _convolution(y, width, True, relu=False)
        if stage:
            x = _convolution(x, width, True, window=1, stride=stride, relu=False)
        x = keras.layers.ReLU()(keras.layers.Add()([x, y]))
    return x


def _convolution(x, width, normalised, *, window=3, stride=1, dilation=1, relu=True):
    if stride > 1 and window > 1:  # the taps of a stride of 1, at every second place from the first on
        x, padding = keras.layers.ZeroPadding2D(window // 2)(x), "valid"
    else:
        padding = "same"
    x = keras.layers.Conv2D(
        width, window, stride, padding, dilation_rate=dilation, use_bias=not normalised
    )(x)  # fmt: skip
    x = keras.layers.BatchNormalization(momentum=0.9)(x) if normalised else x
    return keras.layers.ReLU()(x) if relu else x


#: What makes a map smaller, for each way to treat neighbours: by 2, or as the name says.
SHRINK: dict[str, Callable] = {
    "": lambda x, width, normalised: _every(x, 2),
    "max": lambda x, width, normalised: keras.layers.MaxPooling2D(2)(x),
    "max 3/2": lambda x, width, normalised: keras.layers.MaxPooling2D(3, 2, "same")(x),
    "max 4/4": lambda x, width, normalised: keras.layers.MaxPooling2D(4, 4, "same")(x),
    "average": lambda x, width, normalised: keras.layers.AveragePooling2D(2)(x),
    "L2": lambda x, width, normalised: _L2()(x),
    "conv": lambda x, width, normalised: _convolution(x, width, normalised, window=2, stride=2),
    "max-blur": lambda x, width, normalised: Blur()(_Max(1)(x)),
    "unshuffle": lambda x, width, normalised: _convolution(_Unshuffle()(x), width, normalised, window=1),
}


def _every(x, step):
    return keras.layers.MaxPooling2D(1, step)(x)


class _Max(keras.layers.Layer):
    """A 2x2 maximum at every place, its taps so far apart; what lies outside never wins."""

    def __init__(self, apart):
        super().__init__()
        self.apart = apart

    def call(self, x):
        rows, columns, channels = x.shape[1:]
        d = self.apart
        # Of every d-th row and column a map of its own: there the taps are neighbours, and TensorFlow's pool is fast.
        x = tf.reshape(x, (-1, rows // d, d, columns // d, d, channels))
        x = tf.reshape(tf.transpose(x, (0, 2, 4, 1, 3, 5)), (-1, rows // d, columns // d, channels))
        x = tf.reshape(tf.nn.max_pool2d(x, 2, 1, "SAME"), (-1, d, d, rows // d, columns // d, channels))
        return tf.reshape(tf.transpose(x, (0, 3, 1, 4, 2, 5)), (-1, rows, columns, channels))


class _L2(keras.layers.Layer):
    """The root of the sum of four squares: TensorFlow has no such layer, but a fast average."""

    def call(self, x):
        squares = 4 * tf.nn.avg_pool2d(x * x, 2, 2, "VALID")
        return tf.sqrt(tf.maximum(squares, 1e-12))  # at 0 a root has no slope


def blur_weights(channels: int) -> np.ndarray:
    """Weights 1, 2, 1 along both axes, (3, 3, channels, 1): a filter for each channel, as tf.nn takes them."""
    weights = np.outer([1, 2, 1], [1, 2, 1]).astype(np.float32)[:, :, None, None]
    return np.repeat(weights, channels, axis=2)


class Blur(keras.layers.Layer):
    """Weights 1, 2, 1 along each axis, a stride of 2; what lies outside is not counted."""

    def call(self, x: tf.Tensor) -> tf.Tensor:
        """The smaller map."""
        weights = blur_weights(x.shape[-1])
        total, share = (
            tf.nn.depthwise_conv2d(part, weights, (1, 2, 2, 1), "SAME") for part in (x, tf.ones_like(x[:1]))
        )
        return total / share


class _Unshuffle(keras.layers.Layer):
    """Each 2x2 block becomes one place with four times the channels: nothing is lost."""

    def call(self, x):
        return tf.nn.space_to_depth(x, 2)
