"""What every_library.py asks beside its cases: names and defaults, ties, NaN, integers, axes, and how much padding."""

import inspect

import numpy as np
from every_library import LIBRARIES, Setting, rounded, run

#: Windows with ties, two by two: in the first three elements of four are the largest, the upper left among them; in the
#: second it is not.
TIES = [np.array([[2, 2], [1, 2]], np.float32), np.array([[1, 2], [2, 2]], np.float32)]

INDICES = {
    "pooling_lib": "max_pool(x, 2, return_indices=True)[1]",
    "TensorFlow": 'tf.nn.max_pool_with_argmax(x, 2, 2, "VALID").argmax',
    "PyTorch": "F.max_pool2d(x, 2, return_indices=True)[1]",
    "ONNX": "MaxPool(kernel_shape=[2, 2], outputs=2)[1:]",
    "ONNX Runtime": "MaxPool(kernel_shape=[2, 2], outputs=2)[1:]",
}
FLAT = {"TensorFlow", "Keras", "PyTorch", "JAX", "Flax", "pooling_lib"}  # those that hand a gradient back


def gradient(name, x):
    """What each element of one window gets from its maximum, where the output sends 1."""
    code = LIBRARIES[name].ask(Setting("max", 2), 2)
    names, feed, _ = LIBRARIES[name].load()
    if name == "pooling_lib":
        import pooling_lib

        _, where = pooling_lib.max_pool(x, 2, return_indices=True)
        return pooling_lib.max_pool_backward(np.ones((1, 1)), where, x.shape, 2)
    if name in ("TensorFlow", "Keras"):
        import tensorflow as tf

        fed = feed(x)
        with tf.GradientTape() as tape:
            tape.watch(fed)
            y = eval(code, {**names, "x": fed})
        return tape.gradient(y, fed).numpy()
    if name == "PyTorch":
        fed = feed(x).requires_grad_()
        eval(code, {**names, "x": fed}).sum().backward()
        return fed.grad.numpy()
    import jax

    return np.asarray(jax.grad(lambda fed: eval(code, {**names, "x": fed}).sum())(feed(x)))


def ties(name):
    """The index of the winner, and what the tied elements get, for both windows."""
    found = {}
    if name in INDICES:
        found["index"] = [int(np.ravel(run(name, INDICES[name], x))[0]) for x in TIES]
    if name in FLAT:
        found["gradient"] = [rounded(np.reshape(gradient(name, x), (1, 4)))[0] for x in TIES]
    return found


#: Windows of nine that are not all finite.
SPECIALS = {
    "NaN first": [np.nan, *range(1, 9)],
    "NaN last": [*range(1, 9), np.nan],
    "all NaN": [np.nan] * 9,
    "all -inf": [-np.inf] * 9,
}


def short(value):
    """A number as text that does not depend on the last digit."""
    return f"{float(value):.4g}"


#: OpenCV has two functions that give means of 3 x 3 side by side; `ask` takes cv2.resize.
BLUR = "cv2.blur(x, (3, 3))[1:-1:3, 1:-1:3]"


def specials(name):
    """The maximum and the mean of each such window; and how many of the 4 means of a 6 x 6 grid a single NaN spoils."""
    found = {}
    for kind in ("max", "avg"):
        code = LIBRARIES[name].ask(Setting(kind, 3, 3), 3)
        for title, window in SPECIALS.items():
            y = run(name, code, np.reshape(window, (3, 3)).astype(np.float32))
            found[f"{kind}, {title}"] = y.__name__ if isinstance(y, type) else short(y.ravel()[0])
    x = np.ones((6, 6), np.float32)
    x[0, 0] = np.nan
    code = LIBRARIES[name].ask(Setting("avg", 3, 3), 6)
    spoilt = {"": code} if name != "OpenCV" else {"": code, ", blur": BLUR}
    return found | {f"means spoilt{which}": int(np.isnan(run(name, code, x)).sum()) for which, code in spoilt.items()}


#: A window of nine integers whose mean is no integer.
WHOLE = {"int32": [[7, -2, 0], [3, 5, -9], [1, 4, 2]], "uint8": [[250, 251, 255], [253, 255, 252], [254, 255, 250]]}


def integers(name):
    """What becomes of integers: the dtype and the value, or the error."""
    found = {}
    for dtype, window in WHOLE.items():
        asked = {kind: LIBRARIES[name].ask(Setting(kind, 3, 3), 3) for kind in ("max", "avg")}
        for kind, code in (asked | ({"avg, blur": BLUR} if name == "OpenCV" else {})).items():
            y = run(name, code, np.array(window, dtype))
            found[f"{dtype} {kind}"] = (
                {"error": y.__name__} if isinstance(y, type) else {"dtype": str(y.dtype), "value": short(y.ravel()[0])}
            )
    return found


#: Shapes that are handed over as they are.
SHAPES = [(4, 6), (4, 6, 8), (2, 4, 6, 8)]


def axes(name):
    """The shapes that come out of a maximum with window 2 and stride 2 of arrays of two to four axes, or the error."""
    names, *_ = LIBRARIES[name].load()
    found = []
    for shape in SHAPES:
        x = np.random.default_rng(0).permutation(int(np.prod(shape))).reshape(shape).astype(np.float32)
        code = (
            "cv2.resize(x, None, fx=1/2, fy=1/2, interpolation=cv2.INTER_AREA)"
            if name == "OpenCV"
            else LIBRARIES[name].ask(Setting("max", 2), 4)
        )
        if name in ("TensorFlow", "Keras"):
            import tensorflow as tf

            fed = tf.constant(x)
        elif name == "PyTorch":
            import torch

            fed = torch.tensor(x)
        elif name in ("JAX", "Flax"):
            from jax import numpy as jnp

            fed = jnp.asarray(x)
        else:
            fed = x
            if name.startswith("ONNX"):
                for pool in names.values():
                    pool.x = x
        if name == "SciPy signal":
            code = LIBRARIES[name].ask(Setting("avg", 2), 4)
        try:
            y = eval(code, {**names, "x": fed})
            y = y[0] if name.startswith("ONNX") else y
            found.append(list(y.shape))
        except Exception as error:
            found.append(type(error).__name__)
    return found


def most_padding(name):
    """The upper left output for a window of 3 with 1, 2, 3 and 4 elements of padding at each end, or the error."""
    pads = {
        "pooling_lib": "max_pool(x, 3, 3, padding=[({p}, {p}), ({p}, {p})])",
        "TensorFlow": "tf.nn.max_pool2d(x, 3, 3, [[0, 0], [{p}, {p}], [{p}, {p}], [0, 0]])",
        "PyTorch": "F.max_pool2d(x, 3, 3, padding={p})",
        "JAX": "reduce_window(x, -inf, lax.max, (3, 3), (3, 3), [({p}, {p}), ({p}, {p})])",
        "Flax": "nnx.max_pool(x, (3, 3), strides=(3, 3), padding=(({p}, {p}), ({p}, {p})))",
        "ONNX": "MaxPool(kernel_shape=[3, 3], strides=[3, 3], pads=[{p}, {p}, {p}, {p}])",
        "ONNX Runtime": "MaxPool(kernel_shape=[3, 3], strides=[3, 3], pads=[{p}, {p}, {p}, {p}])",
    }
    if name not in pads:
        return None
    answers = [run(name, pads[name].format(p=p), np.full((6, 6), 5, np.float32)) for p in (1, 2, 3, 4)]
    return [y.__name__ if isinstance(y, type) else short(y.ravel()[0]) for y in answers]


SIGNATURES = {
    "pooling_lib": ["max_pool", "avg_pool"],
    "TensorFlow": ["tf.nn.max_pool2d", "tf.nn.avg_pool2d", "tf.nn.pool"],
    "Keras": ["MaxPooling2D", "AveragePooling2D"],
    "PyTorch": ["torch.nn.MaxPool2d", "torch.nn.AvgPool2d"],
    "JAX": ["reduce_window"],
    "Flax": ["nnx.max_pool", "nnx.avg_pool"],
    "scikit-image": ["block_reduce"],
    "SciPy ndimage": ["ndimage.maximum_filter", "ndimage.uniform_filter"],
    "SciPy signal": ["signal.order_filter", "signal.convolve2d"],
}


def defaults(name):
    """Each function's arguments and their defaults, as Python knows them."""
    names, *_ = LIBRARIES[name].load()
    found = {}
    for function in SIGNATURES.get(name, []):
        parameters = inspect.signature(eval(function, dict(names))).parameters.values()
        found[function] = {
            p.name: "required" if p.default is p.empty else getattr(p.default, "__name__", repr(p.default))
            for p in parameters
            if p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        }
    return found


def answers(names):
    """Each question, and what each library says to it; None where it has nothing of the kind."""
    questions = {
        "defaults": defaults,
        "ties": ties,
        "specials": specials,
        "integers": integers,
        "axes": axes,
        "padding": most_padding,
    }
    skip = {"axes": {"NumPy"}}
    return {
        title: {name: found for name in names if name not in skip.get(title, ()) and (found := question(name))}
        for title, question in questions.items()
    }
