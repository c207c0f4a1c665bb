"""The workloads, and how pooling_lib and each of its peers pools them: everything but the timing.

A peer answers for a workload with its ways: {name: a call without arguments that does the pooling and nothing else}.
What can be done beforehand is done beforehand: the input is a tensor already, in the peer's own layout, and jitted code
is compiled. Or it answers with a few words: why it cannot.
"""

import importlib
import math
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

import pooling_lib
from pooling_lib import kernels, naive
from pooling_lib.geometry import place

KINDS = "max", "average"
ALGORITHMS = kernels.strided, kernels.halving, kernels.doubling


@dataclass(frozen=True)
class Work:
    """Square windows over a batch of images, channels last; or the way back through them."""

    shape: tuple[int, int, int, int]
    window: int
    stride: int
    padding: str = "valid"
    dtype: str = "float32"
    backward: bool = False

    @property
    def how(self):
        return dict(window=self.window, stride=self.stride, padding=self.padding)

    @property
    def windows(self):
        return place(self.shape[1:3], self.window, self.stride, self.padding)

    @property
    def output_shape(self):
        images, _, _, channels = self.shape
        return images, *(along.count for along in self.windows), channels

    @property
    def outputs(self):
        return math.prod(self.output_shape)

    @property
    def blocks(self):
        """Whether the windows part the image without rest, as reshape and its like need."""
        return (
            self.padding == "valid"
            and self.window == self.stride
            and not any(size % self.window for size in self.shape[1:3])
        )

    @property
    def counts(self):
        """Real elements of each window: (rows, columns, 1), for a library whose sums take padding in."""
        rows, columns = (along.counts() for along in self.windows)
        return np.outer(rows, columns).astype(np.float32)[..., None]

    def crop(self, elements):
        """The part of the work whose windows read about that many: fewer outputs, channels, images; no padding."""
        area = self.window**2
        if self.outputs * area <= elements:
            return self
        images, *sizes, channels = self.shape
        side = max(1, min((min(sizes) - self.window) // self.stride + 1, math.isqrt(elements // area)))
        channels = max(1, min(channels, elements // (area * side**2)))
        images = max(1, min(images, elements // (area * side**2 * channels)))
        size = (side - 1) * self.stride + self.window
        return replace(self, shape=(images, size, size, channels), padding="valid")


WORKLOADS = {
    "a": Work((32, 112, 112, 64), 2, 2),
    "b": Work((32, 112, 112, 64), 3, 2, "same"),
    "c": Work((1, 28, 28, 1), 2, 2),
    "d": Work((64, 28, 28, 32), 2, 2),
    "e": Work((1, 1024, 1024, 1), 2, 2),
    "f": Work((1, 1024, 1024, 3), 15, 1, "same"),
    "g": Work((1, 2048, 2048, 1), 31, 1, "same"),
    "h": Work((1, 1024, 1024, 3), 2, 2, dtype="uint8"),
    "i": Work((32, 7, 7, 2048), 7, 7),
    "bwd a": Work((32, 112, 112, 64), 2, 2, backward=True),
    "bwd d": Work((64, 28, 28, 32), 2, 2, backward=True),
}


def data(work, seed=0):
    """The input, and the gradient of the output (None on the way forward)."""
    rng = np.random.default_rng(seed)
    if not work.backward:
        return (
            rng.integers(0, 256, work.shape, np.uint8)
            if work.dtype == "uint8"
            else rng.standard_normal(work.shape, np.float32)
        ), None
    # Shuffled, signed, and no two alike in an image: libraries need not agree on who of a tie gets the gradient
    each = math.prod(work.shape[1:])
    x = rng.permuted(np.tile(np.arange(each, dtype=np.float32) - each // 2, (work.shape[0], 1)), axis=1)
    return x.reshape(work.shape), rng.standard_normal(work.output_shape, np.float32)


def cut(array, shape):
    return None if array is None else np.ascontiguousarray(array[tuple(map(slice, shape))])


# The library


def ours(kind, work, x, dy):
    """The ways of the library: "ours", as it picks by itself, and "ours: NAME" with one algorithm for all axes."""
    call = through(pooling_lib, kind, work, x, dy)
    able = () if work.backward else ALGORITHMS if work.window == work.stride else (kernels.strided, kernels.doubling)
    return {"ours": call} | {f"ours: {algorithm.__name__}": forced(algorithm, work, call) for algorithm in able}


def forced(algorithm, work, call):
    """The call, while the library's choice among its algorithms is replaced by one of them, for small arrays, too."""
    stages = [(algorithm, work.window, work.stride, 1)] * 2

    def run():
        kept = kernels.stages, kernels.SMALL, kernels._planes
        kernels.stages, kernels.SMALL, kernels._planes = lambda plan, idempotent: stages, 0, lambda plan: False
        try:
            return call()
        finally:
            kernels.stages, kernels.SMALL, kernels._planes = kept

    return run


def through(library, kind, work, x, dy):
    pool = {"max": library.max_pool, "average": library.avg_pool}[kind]
    if not work.backward:
        return lambda: pool(x, **work.how)
    if kind == "average":
        return lambda: library.avg_pool_backward(dy, x.shape, **work.how)
    _, indices = pool(x, **work.how, return_indices=True)
    return lambda: library.max_pool_backward(dy, indices, x.shape, **work.how)


# NumPy as one would first write it


def loops(kind, work, x, dy):
    return {"": through(naive, kind, work, x, dy)}


def numpy_windows(kind, work, x, dy):
    k, s = work.window, work.stride
    padding = [(0, 0), *((along.before, along.after) for along in work.windows), (0, 0)]

    def pool():
        padded = x if work.padding == "valid" else np.pad(x, padding, constant_values=lowest(x) if kind == "max" else 0)
        windows = np.lib.stride_tricks.sliding_window_view(padded, (k, k), (1, 2))[:, ::s, ::s]
        return windows.max((-2, -1)) if kind == "max" else windows.sum((-2, -1)) / work.counts

    return {"": pool}


def numpy_reshape(kind, work, x, dy):
    if not work.blocks:
        return "windows overlap or leave a rest"
    n, h, w, c = work.shape
    blocks = x.reshape(n, h // work.window, work.window, w // work.window, work.window, c)
    reduce = {"max": blocks.max, "average": blocks.mean}[kind]
    return {"": lambda: reduce((2, 4))}


# Libraries of images and signals, which pool forward only


def scikit_image(kind, work, x, dy):
    from skimage.measure import block_reduce

    if not work.blocks:
        return "windows overlap or leave a rest"
    function = {"max": np.max, "average": np.mean}[kind]
    return {"": lambda: block_reduce(x, (1, work.window, work.window, 1), function)}


def scipy(kind, work, x, dy):
    from scipy import ndimage

    size = (1, work.window, work.window, 1)
    picked, strips = decimation(work, 1), border(work, 1, 4)
    how = dict(mode="constant", origin=(0, *(along.before - along.window // 2 for along in work.windows), 0))
    if kind == "max":
        return {"": lambda: ndimage.maximum_filter(x, size, cval=lowest(x), **how)[picked]}
    output = np.float64 if work.dtype == "uint8" else np.float32
    return {"": lambda: corrected(ndimage.uniform_filter(x, size, output, **how)[picked], strips)}


def opencv(kind, work, x, dy):
    import cv2

    if work.shape[-1] > 128:
        return "at most 128 channels"
    images = [image[..., 0] if work.shape[-1] == 1 else image for image in x]  # it knows no batches
    size, anchor = (work.window, work.window), tuple(along.before for along in reversed(work.windows))
    picked, strips = decimation(work, 0), border(work, 0, images[0].ndim)
    if kind == "max":
        window = np.ones(size, np.uint8)
        # Its default border never wins. Every second row and column is a view; the others' answers are arrays, so its
        # answer is made one.
        return {
            "dilate": lambda: [
                np.ascontiguousarray(cv2.dilate(image, window, anchor=anchor)[picked]) for image in images
            ]
        }
    if work.blocks:
        smaller = tuple(along.count for along in reversed(work.windows))
        return {"INTER_AREA": lambda: [cv2.resize(image, smaller, interpolation=cv2.INTER_AREA) for image in images]}
    how = dict(ddepth=-1, ksize=size, anchor=anchor, borderType=cv2.BORDER_CONSTANT)
    return {
        "boxFilter": lambda: [
            corrected(np.ascontiguousarray(cv2.boxFilter(image, **how)[picked]), strips) for image in images
        ]
    }


def decimation(work, first):
    """Where a filter over every position has the workload's outputs, if the first window stands behind the padding."""
    return (slice(None),) * first + tuple(
        slice(0, (along.count - 1) * along.stride + 1, along.stride) for along in work.windows
    )


def border(work, first, rank):
    """The strips at the border, and what to multiply them with to make an average over padding one over elements."""
    strips = []
    for axis, along in enumerate(work.windows, first):
        factor = (along.window / np.array(along.counts(), np.float32)).reshape(-1, *[1] * (rank - axis - 1))
        for edge in slice(0, along.inner().start), slice(along.inner().stop, along.count):
            if edge.start < edge.stop:
                strips.append(((slice(None),) * axis + (edge,), factor[edge]))
    return strips


def corrected(y, strips):
    for strip, factor in strips:
        y[strip] *= factor
    return y


def lowest(x):
    return 0 if x.dtype == np.uint8 else -np.inf


# Libraries of networks


def tensorflow(kind, work, x, dy):
    import tensorflow as tf

    if kind == "average" and work.dtype == "uint8":
        return "averages floats only"
    k, s, padding = work.window, work.stride, work.padding.upper()
    pool = {"max": tf.nn.max_pool2d, "average": tf.nn.avg_pool2d}[kind]
    x = tf.constant(x)
    if not work.backward:
        ways = {"": lambda: pool(x, k, s, padding)}
        if work.output_shape[1:3] == (1, 1) and work.blocks:  # its global pools are reductions
            reduce = {"max": tf.reduce_max, "average": tf.reduce_mean}[kind]
            ways["reduce"] = lambda: reduce(x, (1, 2))
        return ways
    dy, how = tf.constant(dy), dict(ksize=[1, k, k, 1], strides=[1, s, s, 1], padding=padding)
    if kind == "average":
        return {"": lambda: tf.raw_ops.AvgPoolGrad(orig_input_shape=x.shape, grad=dy, **how)}
    y = pool(x, k, s, padding)
    return {"": lambda: tf.raw_ops.MaxPoolGrad(orig_input=x, orig_output=y, grad=dy, **how)}


def keras(kind, work, x, dy):
    import keras
    import tensorflow as tf

    if work != WORKLOADS["c"]:
        return "on c only: elsewhere as TensorFlow"
    layer = {"max": keras.layers.MaxPooling2D, "average": keras.layers.AveragePooling2D}[kind](
        work.window, work.stride, work.padding
    )
    x = tf.constant(x)
    return {"": lambda: layer(x)}


def pytorch(kind, work, x, dy):
    import torch

    if kind == "average" and work.dtype == "uint8":
        return "averages floats only"
    k, s, (along, across) = work.window, work.stride, work.windows
    if along.before == along.after and across.before == across.after:
        padding, ceil = (along.before, across.before), False
    elif along.before == across.before == 0:  # padding at the end only: a last window that hangs over
        padding, ceil = (0, 0), True
    else:
        return "pads both sides alike"
    functional, backward = torch.nn.functional, torch.ops.aten

    def way(layout):
        images, gradient = (
            None if a is None else torch.tensor(a).permute(0, 3, 1, 2).clone(memory_format=layout) for a in (x, dy)
        )
        if kind == "average":
            if work.backward:
                return lambda: backward.avg_pool2d_backward(
                    gradient, images, [k, k], [s, s], padding, ceil, False, None
                )
            return lambda: functional.avg_pool2d(images, k, s, padding, ceil, count_include_pad=False)
        if work.backward:
            _, indices = functional.max_pool2d(images, k, s, padding, ceil_mode=ceil, return_indices=True)
            return lambda: backward.max_pool2d_with_indices_backward(
                gradient, images, [k, k], [s, s], padding, [1, 1], ceil, indices
            )
        return lambda: functional.max_pool2d(images, k, s, padding, ceil_mode=ceil)

    ways = {"NCHW": way(torch.contiguous_format)}
    if work.dtype != "uint8":  # channels last, it counts the places of a plane in the data's own type
        ways["channels last"] = way(torch.channels_last)
    return ways


def jax(kind, work, x, dy):
    import jax
    from jax import lax

    if kind == "average" and work.dtype == "uint8":
        return "averages floats only"
    k, s = work.window, work.stride
    how = (1, k, k, 1), (1, s, s, 1), [(0, 0), *((along.before, along.after) for along in work.windows), (0, 0)]
    pool = {
        "max": lambda x: lax.reduce_window(x, x.dtype.type(lowest(x)), lax.max, *how),
        "average": lambda x: lax.reduce_window(x, x.dtype.type(0), lax.add, *how) / work.counts,
    }[kind]
    run = jax.jit((lambda x, dy: jax.vjp(pool, x)[1](dy)[0]) if work.backward else lambda x, dy: pool(x))
    x, dy = jax.device_put((x, dy))
    return {"": lambda: run(x, dy).block_until_ready()}


class Peer(NamedTuple):
    ways: Callable
    module: str
    backward: bool = False


PEERS = {
    "loops": Peer(loops, "numpy", backward=True),
    "NumPy windows": Peer(numpy_windows, "numpy"),
    "NumPy reshape": Peer(numpy_reshape, "numpy"),
    "scikit-image": Peer(scikit_image, "skimage"),
    "SciPy": Peer(scipy, "scipy"),
    "OpenCV": Peer(opencv, "cv2"),
    "TensorFlow": Peer(tensorflow, "tensorflow", backward=True),
    "Keras": Peer(keras, "keras"),
    "PyTorch": Peer(pytorch, "torch", backward=True),
    "JAX": Peer(jax, "jax", backward=True),
}


def ways(name, kind, work, x, dy):
    """The ways of a peer through a workload, {"NAME: WAY": call}, or in a few words why it has none."""
    peer = PEERS[name]
    if not find(peer.module):
        return "not installed"
    if work.backward and not peer.backward:
        return "forward only"
    found = peer.ways(kind, work, x, dy)
    return found if isinstance(found, str) else {f"{name}: {way}" if way else name: call for way, call in found.items()}


def find(module):
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def as_array(answer, shape):
    """Any peer's answer as an array of ours's layout: PyTorch has channels first, OpenCV a list of images."""
    return np.asarray(answer.permute(0, 2, 3, 1) if hasattr(answer, "permute") else answer).reshape(shape)


def one_thread():
    """Hold every peer to one thread. Before anything imports one: some read this only once."""
    single = [
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "TF_NUM_INTRAOP_THREADS",
        "TF_NUM_INTEROP_THREADS",
    ]
    os.environ |= dict.fromkeys(single, "1")
    os.environ |= {
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    if hasattr(os, "sched_setaffinity"):  # and to one processor, where the system can
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if tf := find("tensorflow"):
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    if torch := find("torch"):
        torch.set_num_threads(1)
    if cv2 := find("cv2"):
        cv2.setNumThreads(1)
