"""Keras's layers as rows of `pooling_lib.cost`, and what Keras itself says that they cost."""

from math import prod

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from pooling_lib.cost import Activation, Add, BatchNorm, Concat, Conv, Dense, Flatten, GlobalPool, Pool, Upsample, stack


def ours(layer, padding=None):
    """Our layer for one of Keras's; `padding` is that of a ZeroPadding2D layer before it."""
    kind, padding = type(layer).__name__, padding or getattr(layer, "padding", None)
    if kind.startswith("Conv"):
        return Conv(
            layer.filters, layer.kernel_size, layer.strides, padding, layer.dilation_rate, layer.groups, layer.use_bias
        )
    if kind.startswith("Depthwise"):
        channels = layer.input.shape[-1]
        return Conv(
            channels * layer.depth_multiplier,
            layer.kernel_size,
            layer.strides,
            padding,
            layer.dilation_rate,
            channels,
            layer.use_bias,
        )
    if "Pooling" in kind:
        name = "max" if "Max" in kind else "average"
        if "Global" not in kind:
            return Pool(name, layer.pool_size, layer.strides, padding)
        return Pool(name, layer.input.shape[1:-1]) if layer.keepdims else GlobalPool(name)
    if kind.startswith("UpSampling"):
        return Upsample(layer.size)
    if kind == "Dense":
        return Dense(layer.units, layer.use_bias)
    if kind == "BatchNormalization":
        return BatchNorm(layer.scale)
    if kind == "Concatenate":
        return Concat(sum(x.shape[-1] for x in layer.input[1:]))
    return {"Flatten": Flatten, "Add": Add}.get(kind, Activation)()


def costed(model):
    """(Keras layer, what it reads, zeros padded to that, our row) for each layer of a network of any wiring."""
    for layer in model.layers:
        if isinstance(layer, (layers.InputLayer, layers.ZeroPadding2D, layers.Reshape)):
            continue
        inputs, padding = layer.input if isinstance(layer.input, list) else [layer.input], None
        if isinstance(before := inputs[0]._keras_history.operation, layers.ZeroPadding2D):
            inputs, padding = [before.input], before.padding
        yield layer, inputs, padding, stack(inputs[0].shape[1:], [ours(layer, padding)])[0]


def operations(layer, inputs, padding):
    """(multiply-adds, comparisons, additions, divisions) from the weights that Keras made and the output it gives."""
    kind, outputs = type(layer).__name__, prod(layer.output.shape[1:])
    if isinstance(layer, layers.BatchNormalization):
        return outputs, 0, 0, 0
    if isinstance(getattr(layer, "kernel", None), keras.Variable):
        weights = layer.kernel.shape[:-2] if kind.startswith("Depthwise") else layer.kernel.shape[:-1]
        return outputs * prod(weights), 0, 0, 0
    if "Pooling" in kind:
        *spatial, channels = inputs[0].shape[1:]
        if "Global" in kind:
            covered = np.array([prod(spatial)])
        else:  # ones through a convolution of ones: zeros of padding do not count
            ones, window = (
                np.pad(np.ones(spatial, np.float32), padding or 0)[None, ..., None],
                tf.ones((*layer.pool_size, 1, 1)),
            )
            covered = tf.nn.convolution(ones, window, layer.strides, layer.padding.upper()).numpy()
        merged = channels * int((covered - 1).sum())
        return (0, merged, 0, 0) if "Max" in kind else (0, 0, merged, outputs)
    return 0, 0, outputs if kind == "Add" else 0, 0
