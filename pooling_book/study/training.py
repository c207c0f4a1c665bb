"""Small networks, alike but for how they pool: building, training, measuring. Imports TensorFlow."""

import multiprocessing
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
import tensorflow as tf

from pooling_book.study.tasks import Task, shifted
from pooling_lib.keras_layers import StochasticPooling

WIDTHS = (8, 16, 16)
HEADS = ("global", "flatten")

#: For each method the layers that take the place of a pool, given window, stride and channels.
POOL_LAYERS = {
    "none": lambda window, stride, channels: [],
    "none, matched": lambda window, stride, channels: [],
    "subsample": lambda window, stride, channels: [_same(keras.layers.MaxPooling2D, 1, stride)],
    "strided conv": lambda window, stride, channels: [
        keras.layers.Conv2D(channels, window, stride, padding="same", activation="relu")
    ],
    "max": lambda window, stride, channels: [_same(keras.layers.MaxPooling2D, window, stride)],
    "average": lambda window, stride, channels: [_same(keras.layers.AveragePooling2D, window, stride)],
    "L2": lambda window, stride, channels: [_L2(window, stride)],
    "stochastic": lambda window, stride, channels: [_Fused(_same(StochasticPooling, window, stride))],
    "max-blur": lambda window, stride, channels: [_same(keras.layers.MaxPooling2D, window, 1), _Blur(stride)],
}


def small_network(
    method: str,
    shape: tuple[int, int, int] = (28, 28, 1),
    classes: int = 10,
    *,
    head: str = "flatten",
    window: int = 2,
    stride: int = 2,
) -> keras.Model:
    """Build a small network: convolution, pool, convolution, pool, convolution, head.

    Every convolution is 3x3, 'same', and followed by a ReLU; they have 8, 16 and 16 filters.

    Parameters
    ----------
    method : str
        What stands in the place of the two pools, one of `POOL_LAYERS`. 'none': nothing. 'none, matched': nothing, but
        a 1x1 convolution with one filter before the head 'flatten', so that the network has about as many parameters as
        the others. 'subsample': every second element, which is what the convolution before it would give with a stride.
        'strided conv': a convolution with window and stride of the pool; all widths are smaller, so that the
        parameters match. 'max', 'average', 'L2', 'stochastic', 'max-blur': that pool.
    shape : tuple of int, optional
        Height, width and channels of the images.
    classes : int, optional
        Outputs: one logit for each class.
    head : str, optional
        'flatten': Flatten and Dense. 'global': global average pooling and Dense.
    window, stride : int, optional
        Of the pools, padded 'same'.

    Returns
    -------
    keras.Model
        Compiled with Adam and cross-entropy, and with accuracy as its metric.

    Raises
    ------
    ValueError
        If there is no such method or head.

    Examples
    --------
    >>> [small_network(method, head="global").count_params() for method in ("max", "none")]
    [3738, 3738]
    >>> [small_network(method).count_params() for method in ("max", "none", "none, matched", "strided conv")]
    [11418, 129018, 11435, 10615]
    """
    if method not in POOL_LAYERS:
        raise ValueError(f"method is {method!r}, but must be one of {', '.join(map(repr, POOL_LAYERS))}")
    if head not in HEADS:
        raise ValueError(f"head is {head!r}, but must be 'flatten' or 'global'")
    settings = dict(head=head, window=window, stride=stride)
    if method != "strided conv":
        return _build(method, shape, classes, WIDTHS, **settings)
    wanted = _build("max", shape, classes, WIDTHS, **settings).count_params()
    for last in range(WIDTHS[-1], 1, -1):  # the widest that has no more parameters than the pooled one
        network = _build(method, shape, classes, (-(-last // 2), last, last), **settings)
        if network.count_params() <= wanted:
            return network
    raise ValueError(f"window is {window}: no network with such strided convolutions has as few as {wanted} parameters")


def train(
    network: keras.Model,
    task: Task,
    *,
    seed: int,
    steps: int,
    every: int | None = None,
    batch: int = 64,
    watched: int = 2000,
) -> list[float]:
    """Train a network, and watch it.

    Parameters
    ----------
    network : keras.Model
        From `small_network`. Draw its weights after ``keras.utils.set_random_seed``.
    task : Task
        Its training images are learnt, some of its test images watched.
    seed : int
        The order of the training images.
    steps : int
        Batches to train on.
    every : int, optional
        Steps from one look at the test accuracy to the next. By default only the last is looked at.
    batch : int, optional
        Images in a batch.
    watched : int, optional
        Test images, evenly spread, whose accuracy is followed on the way.

    Returns
    -------
    list of float
        Accuracy on the watched test images after every `every` steps.
    """
    images = tf.data.Dataset.from_tensor_slices((task.train_images, task.train_labels))
    batches = images.shuffle(len(task.train_labels), seed=seed).repeat().batch(batch, drop_remainder=True)
    some = slice(None, None, max(1, len(task.test_labels) // watched))
    every = every or steps
    history = network.fit(
        batches,
        steps_per_epoch=every,
        epochs=steps // every,
        validation_data=(task.test_images[some], task.test_labels[some]),
        validation_batch_size=500,
        shuffle=False,  # the batches are shuffled already
        verbose=0,
    )
    return [round(float(value), 4) for value in history.history["val_accuracy"]]


def answers(network: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return the class that the network gives each image, (N,) int64."""
    logits = [network.predict_on_batch(images[first : first + 500]) for first in range(0, len(images), 500)]
    return np.concatenate(logits).argmax(axis=1)


def accuracy(network: keras.Model, images: np.ndarray, labels: np.ndarray) -> float:
    """Return the fraction of the images that the network gives their label."""
    return float(np.mean(answers(network, images) == labels))


def under_shifts(
    network: keras.Model, images: np.ndarray, labels: np.ndarray, shifts: Iterable[tuple[int, int]]
) -> list[tuple[float, float]]:
    """Return for each shift (down, right) the accuracy, and the fraction of answers as of the unmoved images."""
    still = answers(network, images)
    moved = [answers(network, shifted(images, *shift)) for shift in shifts]
    return [(float(np.mean(answer == labels)), float(np.mean(answer == still))) for answer in moved]


class StepCost(NamedTuple):
    """What a training step costs: milliseconds of processor time, and mebibytes of memory at its peak."""

    ms: float
    MiB: float


def step_costs(
    builders: Mapping[str, Callable[[], keras.Model]], *, batch: int = 64, rounds: int = 8
) -> dict[str, StepCost]:
    """Measure a step of training of each network. Linux only.

    Parameters
    ----------
    builders : mapping of str to callable
        What builds each network; it is built anew in a process of its own, and must be picklable:
        ``functools.partial(cells.with_cell, "normalised, global", "max", (112, 112, 1))``, say. Networks return logits.
    batch : int
        Images in the step.
    rounds : int
        Steps of each network, taken in turn: the time is their median.

    Returns
    -------
    dict
        For each name a `StepCost`. The memory is what the peak of a fresh process rises by in three steps, once it has
        taken a step of a tiny network: about ten seconds for each.
    """
    steps = [_step(build(), batch) for build in builders.values()]
    for step in steps:
        step()  # is traced
    taken = np.empty((rounds, len(steps)))
    for row in taken:
        for position, step in enumerate(steps):
            start = time.process_time()
            step()
            row[position] = time.process_time() - start
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        sizes = pool.starmap(_memory, [(build, batch) for build in builders.values()], chunksize=1)
    times = 1000 * np.median(taken, axis=0)
    return {
        name: StepCost(round(float(ms), 1), round(size, 1))
        for name, ms, size in zip(builders, times, sizes, strict=True)
    }


def _step(network, batch):
    """A step of training on images that are all zero, as a function."""
    images, labels = tf.zeros((batch, *network.input_shape[1:])), tf.zeros(batch, tf.int32)
    optimizer = keras.optimizers.Adam(1e-3)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            logits = network(images, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
        return loss

    return lambda: step().numpy()


def _memory(build, batch):
    """How much the peak memory of this fresh process, on one thread, rises in three steps, in MiB."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)

    def peak():
        status = Path("/proc/self/status").read_text()  # what getrusage tells starts at the parent's peak
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    _step(small_network("max", (8, 8, 1)), batch)()  # TensorFlow's own start-up
    step = _step(build(), batch)
    before = peak()
    for _ in range(3):
        step()
    return peak() - before


class _Fused(keras.layers.Wrapper):
    """A layer of the library compiled by XLA into one loop: a training step takes a third of the time."""

    def __init__(self, layer):
        super().__init__(layer)
        self.built = True
        # Keras hands `training` down past tf.function, which would not see it change
        self.fused = {training: tf.function(layer, jit_compile=True) for training in (True, False)}

    def call(self, inputs, training=False):
        return self.fused[bool(training)](inputs)

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)


class _L2(keras.layers.Layer):
    """`keras_layers.LpPooling` with p=2 and 'same' padding, by TensorFlow's average: as fast as that."""

    def __init__(self, window, stride):
        super().__init__()
        self.window, self.stride = window, stride

    def call(self, inputs):
        # The average leaves out what lies outside, the sum has zeros there: so they are put there first.
        outside = [self._outside(size) for size in inputs.shape[1:3]]
        padded = inputs * inputs
        if outside != [(0, 0), (0, 0)]:
            padded = tf.pad(padded, [(0, 0), *outside, (0, 0)])
        squares = self.window**2 * tf.nn.avg_pool2d(padded, self.window, self.stride, "VALID")
        positive = squares > 0  # at 0 a root has no slope
        return tf.where(positive, tf.sqrt(tf.where(positive, squares, 1)), 0)

    def _outside(self, size):
        """Zeros before and after."""
        total = max(0, (-(-size // self.stride) - 1) * self.stride + self.window - size)
        return total // 2, total - total // 2


class _Blur(keras.layers.Layer):
    """`keras_layers.BlurPooling` with a window of 3 and 'same' padding, as a convolution: ten times as fast."""

    def __init__(self, stride):
        super().__init__()
        self.stride = (1, stride, stride, 1)

    def call(self, inputs):
        weights = np.outer([1, 2, 1], [1, 2, 1]).astype(np.float32)[:, :, None, None]
        total, share = (
            tf.nn.depthwise_conv2d(x, np.repeat(weights, x.shape[-1], axis=2), self.stride, "SAME")
            for x in (inputs, tf.ones_like(inputs[:1]))
        )
        return total / share


def _same(layer, window, stride, **settings):
    return layer(window, strides=stride, padding="same", **settings)


def _build(method, shape, classes, widths, head, window, stride):
    hidden = [keras.Input(shape)]
    for position, width in enumerate(widths):
        hidden.append(keras.layers.Conv2D(width, 3, padding="same", activation="relu"))
        if position + 1 < len(widths):
            hidden += POOL_LAYERS[method](window, stride, width)
    if head == "global":
        hidden.append(keras.layers.GlobalAveragePooling2D())
    else:
        if method == "none, matched":
            hidden.append(keras.layers.Conv2D(1, 1))
        hidden.append(keras.layers.Flatten())
    network = keras.Sequential([*hidden, keras.layers.Dense(classes)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(3e-3), loss, metrics=["accuracy"])
    return network
