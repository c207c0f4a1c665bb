"""Networks whose answers are to stay when a picture is shifted: pools, blurs, phases by content. Imports TensorFlow."""

from collections.abc import Callable, Iterator

import keras
import numpy as np
import tensorflow as tf

from pooling_book.study.cells import BODIES, Blur, blur_weights
from pooling_book.study.shifts import shifted

#: What stands in the place of both pools.
STEADY = ("subsample", "max", "average", "max-blur", "adaptive")
ROOM = 12  # pixels of paper around a digit: on a ring no place of the last map sees it from two sides


def steady_network(method: str, body: str = "normalised, global", ring: bool = False) -> keras.Model:
    """Build a network with a method in the place of both its pools.

    Parameters
    ----------
    method : str
        One of `STEADY`. 'adaptive' is adaptive polyphase sampling of a dense 2x2 maximum: of its four phases the one
        with the largest sum of squares over all places and channels.
    body : str
        'normalised, global', which takes images of any size whose sides are multiples of 4, or 'plain, flatten' for
        those of 28x28. See `cells.BODIES`.
    ring : bool
        Whether its convolutions, maxima and blurs read on at the other side (circular padding). By default zeros stand
        around every map.

    Raises
    ------
    ValueError
        If there is no such method.

    Notes
    -----
    Source: A. Chaman and I. Dokmanic, Truly shift-invariant convolutional neural networks, CVPR 2021.

    Examples
    --------
    >>> [steady_network(method, ring=True).count_params() for method in ("max", "adaptive")]
    [6386, 6386]
    """
    if method not in STEADY:
        raise ValueError(f"method is {method!r}, but must be one of {', '.join(map(repr, STEADY))}")
    widths, head, normalised, _ = BODIES[body]
    x = inputs = keras.Input((None, None, 1) if head == "global" else (28, 28, 1))
    for number, width in enumerate(widths):
        x = _Ring(1, 1)(x) if ring else x
        x = keras.layers.Conv2D(width, 3, padding="valid" if ring else "same", use_bias=not normalised)(x)
        x = keras.layers.BatchNormalization(momentum=0.9)(x) if normalised else x
        x = keras.layers.ReLU()(x)
        x = _SMALLER[method](x, ring) if number + 1 < len(widths) else x
    x = keras.layers.GlobalAveragePooling2D()(x) if head == "global" else keras.layers.Flatten()(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


def _dense_max(x, ring):
    x = _Ring(0, 1)(x) if ring else x
    return keras.layers.MaxPooling2D(2, 1, "valid" if ring else "same")(x)


_SMALLER: dict[str, Callable] = {
    "subsample": lambda x, ring: keras.layers.MaxPooling2D(1, 2)(x),
    "max": lambda x, ring: keras.layers.MaxPooling2D(2)(x),
    "average": lambda x, ring: keras.layers.AveragePooling2D(2)(x),
    "max-blur": lambda x, ring: (_RingBlur() if ring else Blur())(_dense_max(x, ring)),
    "adaptive": lambda x, ring: _Adaptive()(_dense_max(x, ring)),
}


def _around(x, before, after):
    """A map with so many rows and columns of its end before it, and of its start after it."""
    rows, columns = tf.shape(x)[1], tf.shape(x)[2]
    x = tf.concat([x[:, rows - before :], x, x[:, :after]], axis=1)
    return tf.concat([x[:, :, columns - before :], x, x[:, :, :after]], axis=2)


class _Ring(keras.layers.Layer):
    """A map that reads on at the other side."""

    def __init__(self, before, after):
        super().__init__()
        self.before, self.after = before, after

    def call(self, x):
        return _around(x, self.before, self.after)

    def compute_output_shape(self, shape):
        more = self.before + self.after
        return (shape[0], *(side and side + more for side in shape[1:3]), shape[3])


class _RingBlur(keras.layers.Layer):
    """Weights 1, 2, 1 along each axis, a stride of 2; what lies outside is the other side."""

    def call(self, x):
        return tf.nn.depthwise_conv2d(_around(x, 0, 1), blur_weights(x.shape[-1]) / 16, (1, 2, 2, 1), "VALID")


class _Adaptive(keras.layers.Layer):
    """Of the four phases of a map the one with the largest sum of squares; of equal ones the first."""

    def call(self, x):
        blocks = tf.nn.space_to_depth(x, 2)
        phases = tf.reshape(blocks, (-1, tf.shape(blocks)[1], tf.shape(blocks)[2], 4, x.shape[-1]))
        largest = tf.argmax(tf.reduce_sum(phases**2, axis=(1, 2, 4)), axis=1)
        kept = tf.one_hot(largest, 4, dtype=x.dtype)[:, None, None, :, None]
        return tf.reduce_sum(kept * phases, axis=3)  # faster than to gather it


def scores(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return what a network says of images (N, H, W, 1) uint8, (N, 10)."""
    said = [
        network.predict_on_batch(images[first : first + 500].astype(np.float32) / 255)
        for first in range(0, len(images), 500)
    ]
    return np.concatenate(said)


def moves(images: np.ndarray, farthest: int) -> Iterator[list[np.ndarray]]:
    """For each distance from 0 on, images (N, H, W, 1) moved so far to the right, and down; what leaves is gone."""
    for distance in range(farthest + 1):
        yield [shifted(images, 0, distance), shifted(images, distance, 0)]


def rolls(images: np.ndarray, farthest: int) -> Iterator[list[np.ndarray]]:
    """For each distance from 0 on, images moved so far to the right, and down; what leaves comes in opposite."""
    for distance in range(farthest + 1):
        yield [np.roll(images, distance, axis=2), np.roll(images, distance, axis=1)]


def on_a_sheet(images: np.ndarray, farthest: int) -> Iterator[list[np.ndarray]]:
    """For each distance from 0 on, images moved to the right on a sheet, a ring so large that nothing comes round.

    >>> [sheet.shape for [sheet] in on_a_sheet(np.ones((1, 28, 28, 1)), 8)][-1]
    (1, 52, 60, 1)
    """
    sheets = np.pad(images, [(0, 0), (ROOM, ROOM), (ROOM, ROOM + farthest), (0, 0)])
    for distance in range(farthest + 1):
        yield [np.roll(sheets, distance, axis=2)]


def scores_on_sheets(network: keras.Model, sheets: np.ndarray) -> np.ndarray:
    """Scores of a network with a global average, as if the average of what a digit adds were over 28x28 places.

    What the digits add to the scores of an empty sheet is multiplied by how much larger the sheet is, and put on the
    scores of an empty 28x28: the scores are linear in the average, and a larger sheet dilutes it.
    """
    small = scores(network, np.zeros((1, 28, 28, 1), np.uint8))
    empty = scores(network, np.zeros_like(sheets[:1]))
    return small + sheets.shape[1] * sheets.shape[2] / 28**2 * (scores(network, sheets) - empty)


def plain_weights(network: keras.Model) -> list[np.ndarray]:
    """Weights with every normalisation put into the convolution before it: kernel and bias of each layer in turn."""
    weights: list[np.ndarray] = []
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            scale, offset, mean, variance = layer.get_weights()
            factor = scale / np.sqrt(variance + layer.epsilon)
            weights += [weights.pop() * factor, offset - mean * factor]
        else:
            weights += layer.get_weights()
    return weights
