"""What more_pools.py asks: its inputs, and each library's line of code for each question.

An input has images first and channels last. Each library gets it as it wants it, under the name `x`: NumPy and the
libraries for images without images and channels where there is one of each, PyTorch and ONNX with channels after
images, Equinox with channels and no images. A name with a comma is a second way to ask a library.
"""

import numpy as np

NAN = np.nan
LINE = [3, -1, 4, 1, -5, 9, 2, 6, -8, 7]


def batch(*shape):
    """Whole numbers around 0, each there once, in no order."""
    size = int(np.prod(shape))
    return (np.random.default_rng(0).permutation(size) - size // 2).reshape(shape).astype(np.float32)


def alone(values, dtype=np.float32):
    """One image with one channel."""
    return np.array(values, dtype)[None, ..., None]


#: One number above zeros, at row 1, column 1, channel 1 of image 1.
MARKED = np.zeros((2, 4, 4, 2), np.float32)
MARKED[1, 1, 1, 1] = 9

INPUTS = {
    "batch": batch(2, 4, 6, 3),
    "NaN first": alone([[NAN, 1], [2, 3]]),
    "NaN last": alone([[3, 1], [2, NAN]]),
    "nothing": np.zeros((1, 0, 4, 1), np.float32),
    "tie": alone([[1, 3], [3, 3]]),
    "ten": alone(LINE),
    "three": alone(LINE[:3]),
    "five": alone([3, -4, -1, -2, 5]),
    "zeros": alone([0, 0]),
    "marked": MARKED,
    "two NaN": alone([[NAN, 1], [2, NAN]]),
    "two": alone([2, 7]),
    "six": alone(LINE[:6]),
    "cube": alone(batch(4, 4, 4)),
    "ones on a line": alone(np.ones(2)),
    "ones in a cube": alone(np.ones((2, 2, 2))),
    "int32 line": alone([1, 4, 2, 3], np.int32),
    "int32 cube": alone(np.arange(8).reshape(2, 2, 2), np.int32),
    "float64 cube": alone(np.arange(8).reshape(2, 2, 2), np.float64),
}

GLOBAL = {
    "pooling_lib": "global_max_pool(x)",
    "NumPy": "x.max((-3, -2))",
    "TensorFlow": "tf.reduce_max(x, (1, 2))",
    "Keras": "GlobalMaxPooling2D()(x)",
    "PyTorch, `amax`": "x.amax((2, 3))",
    "PyTorch, `adaptive_max_pool2d`": "F.adaptive_max_pool2d(x, 1)",
    "JAX": "x.max((1, 2))",
    "Flax": "nnx.max_pool(x, x.shape[1:3])",
    "Equinox": "vmap(eqx.nn.AdaptiveMaxPool2d(1))(x)",
    "ONNX": "GlobalMaxPool(x)",
    "ONNX Runtime": "GlobalMaxPool(x)",
    "scikit-image": "block_reduce(x, (1, *x.shape[1:3], 1), np.max)",
}
#: NumPy's and scikit-image's planes stand alone.
PLANE = {"NumPy": "x.max()", "scikit-image": "block_reduce(x, x.shape, np.max)"}
KEPT = {
    "pooling_lib": "global_max_pool(x, keepdims=True)",
    "NumPy": "x.max((-3, -2), keepdims=True)",
    "TensorFlow": "tf.reduce_max(x, (1, 2), keepdims=True)",
    "Keras": "GlobalMaxPooling2D(keepdims=True)(x)",
    "PyTorch, `amax`": "x.amax((2, 3), keepdim=True)",
    "JAX": "x.max((1, 2), keepdims=True)",
}
MEANS = {
    "pooling_lib": "global_avg_pool(x)",
    "NumPy": "x.mean()",
    "TensorFlow": "tf.reduce_mean(x, (1, 2))",
    "Keras": "GlobalAveragePooling2D()(x)",
    "PyTorch, `amax`": "x.mean((2, 3))",
    "PyTorch, `adaptive_max_pool2d`": "F.adaptive_avg_pool2d(x, 1)",
    "JAX": "x.mean((1, 2))",
    "Flax": "nnx.avg_pool(x, x.shape[1:3])",
    "Equinox": "vmap(eqx.nn.AdaptiveAvgPool2d(1))(x)",
    "ONNX": "GlobalAveragePool(x)",
    "ONNX Runtime": "GlobalAveragePool(x)",
    "scikit-image": "block_reduce(x, x.shape, np.mean)",
}
DIFFERENTIABLE = ("TensorFlow", "Keras", "PyTorch", "JAX", "Flax", "Equinox")


def differentiable(calls, ours):
    """The calls of those that hand back a gradient, ours first."""
    return {"pooling_lib": ours} | {name: code for name, code in calls.items() if name.startswith(DIFFERENTIABLE)}


def bins(count):
    """Means of so many bins along a line."""
    return {
        "pooling_lib": f"adaptive_avg_pool(x, {count})",
        "Keras": f"AdaptiveAveragePooling1D({count})(x)",
        "PyTorch": f"F.adaptive_avg_pool1d(x, {count})",
        "PyTorch, `interpolate`": f'F.interpolate(x, {count}, mode="area")',
        "Equinox": f"vmap(eqx.nn.AdaptiveAvgPool1d({count}))(x)",
        "TensorFlow, `image.resize`": f'tf.image.resize(x[:, None], (1, {count}), "area")',
        "OpenCV, `resize`": f"cv2.resize(x[None], ({count}, 1), interpolation=cv2.INTER_AREA)",
    }


LARGEST_OF_BINS = {
    "pooling_lib": "adaptive_max_pool(x, 4)",
    "Keras": "AdaptiveMaxPooling1D(4)(x)",
    "PyTorch": "F.adaptive_max_pool1d(x, 4)",
    "Equinox": "vmap(eqx.nn.AdaptiveMaxPool1d(4))(x)",
}


def norms(p, ceil=False):
    """Norms of two elements, stride 2; ONNX takes whole powers only."""
    power, rounded = "np.inf" if p == np.inf else p, ", ceil_mode=True" if ceil else ""
    node = f"LpPool(x, kernel_shape=[2], strides=[2], p={p}{', ceil_mode=1' if ceil else ''})"
    calls = {
        "pooling_lib": f"lp_pool(x, 2, p={power}{rounded})",
        "NumPy": f"np.linalg.norm(x[:4].reshape(2, 2), {power}, axis=1)",
        "PyTorch": f"F.lp_pool1d(x, {power}, 2{rounded})",
        "ONNX": node,
        "ONNX Runtime": node,
    }
    dropped = {"NumPy"} if ceil else {"ONNX", "ONNX Runtime"} if p == np.inf else set()
    return {name: code for name, code in calls.items() if name not in dropped}


INDEX = {
    "pooling_lib": "max_pool(x, 2, return_indices=True)[1]",
    "TensorFlow": 'tf.nn.max_pool_with_argmax(x, 2, 2, "VALID").argmax',
    "TensorFlow, batch in index": 'tf.nn.max_pool_with_argmax(x, 2, 2, "VALID", include_batch_in_index=True).argmax',
    "PyTorch": "F.max_pool2d(x, 2, return_indices=True)[1]",
    "ONNX": "MaxPool(x, kernel_shape=[2, 2], strides=[2, 2], outputs=2)[1]",
    "ONNX Runtime": "MaxPool(x, kernel_shape=[2, 2], strides=[2, 2], outputs=2)[1]",
}


def unpooled(first, second, size):
    """Two numbers back to two places of so many; the stride is what fits that size."""
    step = 2 if size > 3 else 1
    node = f"MaxUnpool(x, np.int64([[[{first}, {second}]]]), kernel_shape=[2], strides=[{step}])"
    return {
        "pooling_lib": f"max_unpool(x, [{first}, {second}], {size})",
        "TensorFlow, `scatter_nd`": f"tf.scatter_nd([[{first}], [{second}]], tf.squeeze(x), [{size}])",
        "Keras, `ops.scatter`": f"ops.scatter([[{first}], [{second}]], ops.squeeze(x), ({size},))",
        "PyTorch": f"F.max_unpool1d(x, torch.tensor([[[{first}, {second}]]]), 2, {step})",
        "JAX, `at[].set`": f"zeros({size}).at[np.array([{first}, {second}])].set(x.ravel())",
        "ONNX": node,
        "ONNX Runtime": node,
    }


def sizeless(first, second, size=None):
    """Two numbers back to where they were, with the size said or not."""
    place, node = f"[[[{first}, {second}]]]", "kernel_shape=[2], strides=[2]"
    said, shape = (f", output_size=({size},)", f" np.int64([1, 1, {size}]),") if size else ("", "")
    return {
        "PyTorch": f"F.max_unpool1d(x, torch.tensor({place}), 2, 2{said})",
        "ONNX": f"MaxUnpool(x, np.int64({place}),{shape} {node})",
        "ONNX Runtime": f"MaxUnpool(x, np.int64({place}),{shape} {node})",
    }


def lines(window, stride=None):
    """A maximum along a line."""
    step = f", {stride}" if stride else ""
    filtered = f"[::{stride}]" if stride else ""
    return {
        "pooling_lib": f"max_pool(x, {window}{step})",
        "TensorFlow": f'tf.nn.max_pool1d(x, {window}, {stride}, "VALID")'
        if stride
        else f'tf.nn.pool(x, ({window},), "MAX")',
        "Keras": f"MaxPooling1D({window}{step})(x)",
        "PyTorch": f"F.max_pool1d(x, {window}{step})",
        "JAX": f"reduce_window(x[0, :, 0], -inf, lax.max, ({window},){step and f', ({stride},)'}, 'VALID')"
        if stride
        else f"reduce_window(x[0, :, 0], -inf, lax.max, ({window},), padding='VALID')",
        "Flax": f"nnx.max_pool(x, ({window},){step and f', strides=({stride},)'})",
        "Equinox": f"vmap(eqx.nn.MaxPool1d({window}{step}))(x)",
        "ONNX": f"MaxPool(x, kernel_shape=[{window}]{step and f', strides=[{stride}]'})",
        "ONNX Runtime": f"MaxPool(x, kernel_shape=[{window}]{step and f', strides=[{stride}]'})",
        "scikit-image": f"block_reduce(x, {window}, np.max)",
        "SciPy ndimage": f"ndimage.maximum_filter(x, {window}, origin=-{window // 2}){filtered}",
        "OpenCV": f"cv2.dilate(x[None], np.ones((1, {window}))){stride and f'[:, 1::{stride}]' or ''}",
    }


CUBES = {
    "pooling_lib": "max_pool(x, 2, axes=(0, 1, 2))",
    "TensorFlow": 'tf.nn.max_pool3d(x, 2, 2, "VALID")',
    "Keras": "MaxPooling3D(2)(x)",
    "PyTorch": "F.max_pool3d(x, 2)",
    "JAX": "reduce_window(x[0, ..., 0], -inf, lax.max, (2, 2, 2), (2, 2, 2), 'VALID')",
    "Flax": "nnx.max_pool(x, (2, 2, 2), strides=(2, 2, 2))",
    "Equinox": "vmap(eqx.nn.MaxPool3d(2, 2))(x)",
    "ONNX": "MaxPool(x, kernel_shape=[2, 2, 2], strides=[2, 2, 2])",
    "ONNX Runtime": "MaxPool(x, kernel_shape=[2, 2, 2], strides=[2, 2, 2])",
    "scikit-image": "block_reduce(x, 2, np.max)",
    "SciPy ndimage": "ndimage.maximum_filter(x, 2)[1::2, 1::2, 1::2]",
    "OpenCV": "cv2.dilate(x, np.ones((2, 2, 2)))[1::2, 1::2, 1::2]",
}
#: pooling_lib's gradient of a maximum of twos.
OURS = (
    "max_pool_backward(np.ones({ones}), max_pool(x, 2, axes={axes}, return_indices=True)[1], x.shape, 2, axes={axes})"
)
#: A whole number has no −∞ to begin with.
LOWEST = {"JAX": ("-inf", "np.int32(-2**31)")}


def of_integers(calls):
    return {name: code.replace(*LOWEST.get(name, ("", ""))) for name, code in calls.items() if name != "OpenCV"}


#: For each topic and question the input and the calls. Of a question called "gradient" the call's is asked, for the sum
#: of its outputs; pooling_lib has functions for it.
ASKED = {
    "global": {
        "maximum": ("batch", GLOBAL),
        "kept": ("batch", KEPT),
        "NaN first": ("NaN first", GLOBAL | PLANE),
        "NaN last": ("NaN last", GLOBAL | PLANE),
        "mean of nothing": ("nothing", MEANS),
        "maximum of nothing": ("nothing", GLOBAL | PLANE),
        "gradient": ("tie", differentiable(GLOBAL, "global_max_pool_backward(1.0, x)")),
    },
    "adaptive": {
        "10 to 4": ("ten", bins(4)),
        "10 to 5": ("ten", bins(5)),
        "3 to 5": ("three", bins(5)),
        "maximum, 10 to 4": ("ten", LARGEST_OF_BINS),
    },
    "norms": {
        **{f"p = {p}": ("five", norms(p)) for p in (1, 2, 3, np.inf)},
        "hangs over, p = 1": ("five", norms(1, ceil=True)),
        "hangs over, p = 2": ("five", norms(2, ceil=True)),
        "whole": (
            "five",
            {
                "pooling_lib": "global_lp_pool(x)",
                "NumPy": "np.linalg.norm(x)",
                "ONNX": "GlobalLpPool(x, opset=18)",
                "ONNX Runtime": "GlobalLpPool(x, opset=18)",
            },
        ),
        "gradient": (
            "zeros",
            {
                "pooling_lib": "lp_pool_backward(np.ones(1), x, 2)",
                "PyTorch": "F.lp_pool1d(x, 2, 2)",
                "TensorFlow, by hand": "tf.sqrt(tf.reduce_sum(x**2))",
                "JAX, by hand": "jnp.sqrt(jnp.sum(x**2))",
            },
        ),
    },
    "unpool": {
        "index": ("marked", INDEX),
        "two NaN": ("two NaN", INDEX),
        "one place twice": ("two", unpooled(1, 1, 3)),
        "place 4 of 4": ("two", unpooled(1, 4, 4)),
        "no size": ("two", sizeless(1, 3)),
        "size 5": ("two", sizeless(1, 3, 5)),
    },
    "axes": {
        "line": ("six", lines(2, 2)),
        "cube": ("cube", CUBES),
        "no stride": ("six", lines(3)),
        "gradient on a line": ("ones on a line", differentiable(lines(2, 2), OURS.format(ones="1", axes="(0,)"))),
        "gradient in a cube": (
            "ones in a cube",
            differentiable(CUBES, OURS.format(ones="(1, 1, 1)", axes="(0, 1, 2)")),
        ),
        "int32 line": ("int32 line", of_integers(lines(2, 2))),
        "int32 cube": ("int32 cube", of_integers(CUBES)),
        "float64 cube": ("float64 cube", {n: c for n, c in CUBES.items() if n not in ("JAX", "Flax", "Equinox")}),
    },
}
