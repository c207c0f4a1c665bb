"""Training as the long experiments do it: all images in memory, a rate that rises and falls. Imports TensorFlow."""

import math
from collections.abc import Callable, Sequence

import keras
import numpy as np
import tensorflow as tf

AT_ONCE = 50  # steps inside one call of TensorFlow
WARM = 0.05  # of the steps: the rate rises


class RiseAndFall(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that rises in a line for 5 % of the steps and falls to zero as a cosine does."""

    def __init__(self, rate: float, steps: int) -> None:
        self.rate, self.steps = rate, steps

    def __call__(self, step: tf.Tensor) -> tf.Tensor:
        step = tf.cast(step, tf.float32)
        rising = tf.minimum((step + 1) / max(1, int(WARM * self.steps)), 1)
        return self.rate * rising * (1 + tf.cos(math.pi * tf.minimum(step / self.steps, 1))) / 2

    def get_config(self) -> dict:
        """The settings."""
        return {"rate": self.rate, "steps": self.steps}


def fit(
    network: keras.Model,
    images: np.ndarray,
    labels: np.ndarray,
    *,
    rate: float,
    steps: int,
    batch: int,
    seed: int,
    watched: tuple[np.ndarray, np.ndarray] | None = None,
    looks: int = 0,
    each: Callable[[], None] | None = None,
) -> list[float]:
    """Train a network with Adam on the cross-entropy.

    Parameters
    ----------
    network : keras.Model
        It returns logits. Draw its weights after ``keras.utils.set_random_seed``.
    images, labels : numpy.ndarray
        (N, H, W, C) uint8, read as 0..1; (N,) int32.
    rate : float
        The largest rate; see `RiseAndFall`.
    steps, batch : int
        Batches, and images in each.
    seed : int
        The order of the images: all of them once, in a new order all of them again, and so on.
    watched : pair of arrays, optional
        Images and labels whose errors are followed on the way.
    looks : int
        How often they are looked at, evenly spread, the last time at the end.
    each : callable, optional
        Called at the start and after every 50 steps, to follow what else there is.

    Returns
    -------
    list of float
        The part of the watched images that is read wrongly, at each look.
    """
    order = tf.constant(_order(len(labels), steps * batch, seed).reshape(steps, batch))
    held = tf.constant(images), tf.constant(labels)
    optimizer = keras.optimizers.Adam(RiseAndFall(rate, steps))
    optimizer.build(network.trainable_variables)

    @tf.function
    def some(first, last):
        for step in tf.range(first, last):
            chosen = tf.gather(order, step)
            _update(network, optimizer, tf.gather(held[0], chosen), tf.gather(held[1], chosen))

    stops = [steps * look // looks for look in range(1, looks + 1)] or [steps]
    curve, first = [], 0
    if each:
        each()
    for stop in stops:
        while first < stop:
            last = min(first + AT_ONCE, stop)
            some(tf.constant(first), tf.constant(last))
            first = last
            if each:
                each()
        if watched is not None:
            curve.append(round(float(np.mean(missed(network, *watched))), 4))
    return curve


def stepper(network: keras.Model, images: np.ndarray, labels: np.ndarray) -> Callable[[], None]:
    """Return what trains a network one step on these images, as `fit` does, whenever it is called: to be measured."""
    held = tf.constant(images), tf.constant(labels)
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(network.trainable_variables)
    return tf.function(lambda: _update(network, optimizer, *held))


def missed(network: keras.Model, images: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return which images (N, H, W, C) uint8 the network gives another class than their label, (N,) bool."""
    read = tf.function(lambda x: tf.argmax(network(_scaled(x), training=False), -1), reduce_retracing=True)
    answers = [read(tf.constant(images[first : first + 1000])).numpy() for first in range(0, len(images), 1000)]
    return np.concatenate(answers) != labels


def _update(network, optimizer, images, labels):
    with tf.GradientTape() as tape:
        logits = network(_scaled(images), training=True)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
    optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)


def _scaled(images):
    return tf.cast(images, tf.float32) / 255


def _order(count: int, wanted: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rounds: Sequence[np.ndarray] = [rng.permutation(count) for _ in range(-(-wanted // count))]
    return np.concatenate(rounds)[:wanted].astype(np.int32)
