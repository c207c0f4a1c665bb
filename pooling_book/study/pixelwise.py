"""Networks that answer at every pixel: which ink on a sheet is the digit's? Imports TensorFlow.

A sheet holds a digit among pieces of other digits. Eight normalised convolutions read it. The networks differ in how a
map comes back to its full size: by the places of the maxima, by interpolation, by interpolation and the map from before
the pool, or not at all, for nothing made it smaller. Their parameters are equally many.
"""

from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from pooling_lib.keras_layers import MaxUnpooling

SHEET_SIDE, PIECE, PIECES = 40, 8, 8


class Sheets(NamedTuple):
    """Sheets (N, 40, 40, 1) uint8, ink 255 on paper 0, and labels (N, 40, 40) int32: 1 where ink is the digit's."""

    images: np.ndarray
    labels: np.ndarray


def sheets(digits: np.ndarray, count: int, seed: int) -> Sheets:
    """Draw sheets, each with one digit anywhere among eight pieces of 8x8 pixels cut from others.

    Parameters
    ----------
    digits : numpy.ndarray
        (M, 28, 28) uint8, what digits and pieces are drawn from.
    count, seed : int
        How many sheets; what is drawn.

    Returns
    -------
    Sheets
        A pixel is the digit's where the digit has more than half of the full ink there.

    Notes
    -----
    Made as the cluttered digits of Mnih, Heess, Graves and Kavukcuoglu, Recurrent models of visual attention, NIPS
    2014.
    """
    rng = np.random.default_rng(seed)
    images = np.zeros((count, SHEET_SIDE, SHEET_SIDE), np.uint8)
    labels = np.zeros((count, SHEET_SIDE, SHEET_SIDE), np.int32)
    for image, label, own in zip(images, labels, rng.integers(len(digits), size=count), strict=True):
        for other in rng.integers(len(digits), size=PIECES):
            top, left = rng.integers(4, 28 - PIECE - 3, size=2)  # where ink is
            down, right = rng.integers(0, SHEET_SIDE - PIECE + 1, size=2)
            room = image[down : down + PIECE, right : right + PIECE]
            np.maximum(room, digits[other, top : top + PIECE, left : left + PIECE], out=room)
        down, right = rng.integers(0, SHEET_SIDE - 28 + 1, size=2)
        room = image[down : down + 28, right : right + 28]
        np.maximum(room, digits[own], out=room)
        label[down : down + 28, right : right + 28] = digits[own] > 127
    return Sheets(images[..., None], labels)


def packed(answers: np.ndarray) -> str:
    """One answer for each pixel, 0 or 1, as a text; `unpacked` gives them back.

    >>> unpacked(packed(np.eye(40))).shape
    (40, 40)
    """
    return np.packbits(np.asarray(answers, bool)).tobytes().hex()


def unpacked(text: str) -> np.ndarray:
    """The answers, (40, 40), that `packed` made a text of."""
    return np.unpackbits(np.frombuffer(bytes.fromhex(text), np.uint8)).reshape(SHEET_SIDE, SHEET_SIDE)


def to_boundary(labels: np.ndarray) -> np.ndarray:
    """How far each pixel is from one of the other class: 1, 2, or 3 for all that are further.

    A step goes to any of the eight neighbours.

    >>> to_boundary(np.array([[[0, 0, 0, 0, 1, 1]]]))
    array([[[3, 3, 2, 1, 1, 2]]])
    """
    far = np.full(labels.shape, 3)
    for steps in (2, 1):
        padded = np.pad(labels, [(0, 0), (steps, steps), (steps, steps)], mode="edge")
        around = np.lib.stride_tricks.sliding_window_view(padded, (2 * steps + 1,) * 2, axis=(1, 2))
        far[around.min(axis=(-2, -1)) != around.max(axis=(-2, -1))] = steps
    return far


#: How the maps come back to full size.
WAYS = ("indices", "interpolation", "interpolation, skips", "dilation")


def pixel_network(way: str) -> keras.Model:
    """Build one of the networks.

    Parameters
    ----------
    way : str
        One of `WAYS`. The first three have two 2x2 max pools, and undo them one after the other. A skip adds the map
        from before the pool (U-Net appends it, which takes more weights). 'dilation' has no pools: where the others
        have a map of a half or a quarter of the side, its windows have gaps, and their taps stand 2 or 4 apart.

    Returns
    -------
    keras.Model
        It takes sheets (N, 40, 40, 1) and returns logits (N, 40, 40, 2).

    Raises
    ------
    ValueError
        If there is no such way.

    Examples
    --------
    >>> {pixel_network(way).count_params() for way in WAYS}
    {10842}
    """
    if way not in WAYS:
        raise ValueError(f"way is {way!r}, but must be one of {', '.join(map(repr, WAYS))}")
    pooled = way != "dilation"

    def convolved(x, *widths, apart=1):
        for width in widths:
            x = keras.layers.Conv2D(width, 3, padding="same", dilation_rate=1 if pooled else apart, use_bias=False)(x)
            x = keras.layers.ReLU()(keras.layers.BatchNormalization(momentum=0.9)(x))
        return x

    def down(x):
        if not pooled:
            return x, None
        return _MaxAndPlaces()(x) if way == "indices" else (keras.layers.MaxPooling2D(2)(x), None)

    def up(x, before, indices):
        if way == "indices":
            return MaxUnpooling(before.shape[1])([x, indices])
        if pooled:
            x = keras.layers.UpSampling2D(2, interpolation="bilinear")(x)
        return keras.layers.Add()([x, before]) if "skips" in way else x

    image = keras.Input((SHEET_SIDE, SHEET_SIDE, 1))
    whole = convolved(image, 8, 8)
    half, of_whole = down(whole)
    half = convolved(half, 16, 16, apart=2)
    quarter, of_half = down(half)
    quarter = convolved(quarter, 16, 16, apart=4)
    half = convolved(up(quarter, half, of_half), 8, apart=2)
    whole = convolved(up(half, whole, of_whole), 8)
    return keras.Model(image, keras.layers.Conv2D(2, 1)(whole))


class _MaxAndPlaces(keras.layers.Layer):
    """A 2x2 max pool that says, too, where in the plane each maximum stood."""

    def call(self, x):
        largest, places = tf.nn.max_pool_with_argmax(x, 2, 2, "VALID")
        return largest, places // x.shape[-1]  # TensorFlow counts the channels, too
