"""The same pools in every library: what each is asked, in its own words, and what it answers.

    python experiments/every_library.py             # half a minute; what is not installed is left out, and named
    python experiments/every_library.py --page      # write the tables of appendix/libraries.md anew from the results

Every call is kept as the line of code that was run. The libraries beside TensorFlow, Keras, SciPy and scikit-image are
those of the group `peers`: pip install --group peers. The result, results/every_library.json, holds

    about       how it was made: versions, processor, run time
    inputs      two grids of small signed numbers in no order, by their size, with negative numbers only in two corners
    before      what stands before a call of each library in a program of its own; `grid` is the input
    cases       for each setting and size, an answer of each library
    questions   what is asked beside that: ties, NaN, integers, axes, how much padding

An answer is {call, output} or {call, error}. An output that is not pooling_lib's has a `why`: the sentence of the first
of `REASONS` whose rule, computed by pooling_lib or NumPy, gives just that output. If none does, the script stops. Every
call runs on `MORE` grids as well, one of negative numbers only: it has to agree there, or to differ for the same
reason.
"""

import argparse
import json
import os
import platform
import time
import warnings
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from results_file import RESULTS, write_lines

import pooling_lib

RESULT = RESULTS / "every_library.json"
PAGE = Path(__file__).parents[1] / "appendix" / "libraries.md"
SIZES = (6, 5)
CLOSE = 1e-4


def numbers(n, seed):
    """A grid of n x n whole numbers around 0, each there once, in no order."""
    shuffled = np.random.default_rng(seed).permutation(np.arange(-n * n // 2, n * n // 2))[: n * n]
    return shuffled.reshape(n, n).astype(np.float32)


def dark(x):
    """Whether the first and the last 2 x 2 hold negative numbers only.

    Zeros beyond the border do not pass for nothing there, in a maximum over whatever window.
    """
    return (x[:2, :2] < 0).all() and (x[-2:, -2:] < 0).all()


#: For each size, the first of these grids whose two corners are dark.
INPUTS = {n: next(x for x in (numbers(n, seed) for seed in range(10_000)) if dark(x)) for n in SIZES}
#: Other grids: an answer counts as the same only if it is so on all of them, and a reason has to hold there as well.
MORE = {n: [-1 - abs(numbers(n, 1)), 1 + abs(numbers(n, 2)), *(numbers(n, seed) for seed in (3, 4, 5))] for n in SIZES}


class Setting(NamedTuple):
    """What is asked of a pool. A stride or a divisor of None is left to the library."""

    kind: str  # 'max' or 'avg'
    window: int
    stride: int | None = 2
    padding: str | int = "valid"  # or 'same', or 1: one element at each end
    ceil: bool = False
    divisor: str | None = None  # 'real' elements, or the 'whole' window, padding counted


def settings():
    """Every setting that is asked, a plain 2 x 2 maximum first."""
    for kind in ("max", "avg"):
        for window in (2, 3):
            yield Setting(kind, window)
            yield Setting(kind, window, ceil=True)
            for padding in ("same", 1):
                for divisor in (None, "real", "whole")[: 1 if kind == "max" else 3]:
                    yield Setting(kind, window, padding=padding, divisor=divisor)
            yield Setting(kind, window, padding=1, ceil=True)
            yield Setting(kind, window, stride=None)


# ---- The libraries, each in its own words ----


def ends(s, n):
    """Elements before and after: the setting's padding as a pair, with what the ceil mode lets hang over."""
    if s.padding == "same":
        along = pooling_lib.geometry.windows(n, s.window, s.stride, "same")
        return along.before, along.after
    before = after = 0 if s.padding == "valid" else s.padding
    if s.ceil:
        count = pooling_lib.output_size(n, s.window, s.stride, (before, after), ceil_mode=True)
        after = max(after, (count - 1) * s.stride + s.window - n - before)
    return before, after


def call(name, *arguments):
    return f"{name}({', '.join(one for one in arguments if one)})"


def said_divisor(s, yes="True", no="False"):
    return s.divisor and f"count_include_pad={yes if s.divisor == 'whole' else no}"


def of_pooling_lib(s, n):
    padding = {"valid": "", "same": 'padding="same"', 1: "padding=[(1, 1), (1, 1)]"}[s.padding]
    return call(
        f"{s.kind}_pool",
        "x",
        str(s.window),
        s.stride and str(s.stride),
        padding,
        s.ceil and "ceil_mode=True",
        said_divisor(s),
    )


def of_tensorflow(s, n):
    k = s.window
    if s.stride is None:
        return call("tf.nn.pool", "x", f"({k}, {k})", f'"{s.kind.upper()}"')
    p, q = ends(s, n)
    by_hand = f"[[0, 0], [{p}, {q}], [{p}, {q}], [0, 0]]"
    padding = '"SAME"' if s.padding == "same" else by_hand if s.padding == 1 or s.ceil else '"VALID"'
    return call(
        f"tf.nn.{s.kind}_pool2d", "x", str(k), str(s.stride), padding, s.divisor == "whole" and "count_include_pad=True"
    )


def of_keras(s, n):
    padding = {"valid": "", "same": '"same"', 1: "padding=1"}[s.padding]
    name = {"max": "MaxPooling2D", "avg": "AveragePooling2D"}[s.kind]
    return (
        call(
            name,
            str(s.window),
            s.stride and str(s.stride),
            padding,
            s.ceil and "ceil_mode=True",
            s.divisor == "whole" and "count_include_pad=True",
        )
        + "(x)"
    )


def of_torch(s, n):
    padding = {"valid": "", "same": 'padding="same"', 1: "padding=1"}[s.padding]
    return call(
        f"F.{s.kind}_pool2d",
        "x",
        str(s.window),
        s.stride and str(s.stride),
        padding,
        s.ceil and "ceil_mode=True",
        said_divisor(s),
    )


def of_jax(s, n):
    k, S = (f"({one}, {one})" if one else "" for one in (s.window, s.stride))
    p, q = ends(s, n) if s.stride else (0, 0)
    padding = f'"{s.padding.upper()}"' if not s.ceil and s.padding != 1 else f"[({p}, {q}), ({p}, {q})]"
    padding = padding if s.stride else 'padding="VALID"'
    if s.kind == "max":
        return call("reduce_window", "x", "-inf", "lax.max", k, S, padding)
    add = lambda of: call("reduce_window", of, "0.", "lax.add", k, S, padding)
    return f"{add('x')} / {add('ones') if s.divisor == 'real' or s.ceil else s.window**2}"


def of_flax(s, n):
    p, q = ends(s, n) if s.stride else (0, 0)
    by_hand = f"padding=(({p}, {q}), ({p}, {q}))"
    padding = 'padding="SAME"' if s.padding == "same" else by_hand if s.padding == 1 or s.ceil else ""
    strides = s.stride and f"strides=({s.stride}, {s.stride})"
    return call(f"nnx.{s.kind}_pool", "x", f"({s.window}, {s.window})", strides, padding, said_divisor(s))


def of_onnx(s, n):
    two = lambda one: f"[{one}, {one}]"
    padding = {"valid": "", "same": 'auto_pad="SAME_UPPER"', 1: "pads=[1, 1, 1, 1]"}[s.padding]
    strides = s.stride and f"strides={two(s.stride)}"
    name = {"max": "MaxPool", "avg": "AveragePool"}[s.kind]
    return call(
        name, f"kernel_shape={two(s.window)}", strides, padding, s.ceil and "ceil_mode=1", said_divisor(s, 1, 0)
    )


def of_skimage(s, n):
    reduce = {"max": "np.max", "avg": "np.mean"}[s.kind]
    nothing = "cval=-np.inf" if s.kind == "max" and (s.ceil or s.padding != "valid") else ""
    x = "x" if s.padding != 1 else f"np.pad(x, 1{', constant_values=-np.inf' if s.kind == 'max' else ''})"
    return call(
        "block_reduce",
        x,
        str(s.window),
        reduce,
        nothing,
        s.stride not in (None, s.window) and f"stride={s.stride}",
        s.divisor == "real" and "count_include_pad=False",
    )


def padded(s, n, nothing):
    """x, or x padded by hand with what counts as nothing."""
    p, q = ends(s, n)
    if s.padding == "valid" and not s.ceil or p == q == 0:
        return "x"
    widths = f"{p}" if p == q else f"(({p}, {q}), ({p}, {q}))"
    return f"np.pad(x, {widths}{nothing and f', constant_values={nothing}'})"


def every(s, first=0, last=0):
    """An index that keeps every stride-th row and column, from the first window that fits to the last."""
    one = f"{first or ''}:{-last if last else ''}:{s.stride}"
    return f"[{one}, {one}]"


def of_numpy(s, n):
    k, axes = s.window, "(2, 3)"
    p, q = ends(s, n) if s.stride else (0, 0)
    reduce, nothing = ("max", "-np.inf") if s.kind == "max" else ("mean", "")
    x = padded(s, n, nothing) if s.stride else "x"
    if x == "x" and k == s.stride:
        return f"x.reshape({n // k}, {k}, {n // k}, {k}).{reduce}((1, 3))"
    view = f"sliding_window_view({{}}, ({k}, {k})){every(s) if s.stride else ''}"
    if s.kind == "avg" and p + q and (s.divisor == "real" or s.ceil):
        return f"np.nanmean({view.format(padded(s, n, 'np.nan'))}, {axes})"
    return f"{view.format(x)}.{reduce}({axes})"


def filtered(s, n, filter_):
    """A filter of one output for each element, then every stride-th of them."""
    before, after = s.window // 2, (s.window - 1) // 2
    if s.stride is None:
        return filter_("x")
    if s.padding == "same":  # as one writes it: the filter keeps the size, then every stride-th element
        return filter_("x") + every(s)
    x = padded(s, n, "-np.inf" if s.kind == "max" else "")
    right = every(s, before, after)
    if s.kind == "avg" and x != "x" and (s.divisor == "real" or s.ceil):
        return f"{filter_(x)}{right} / {filter_(x.replace('(x', '(ones'))}{right}"
    return filter_(x) + right


def of_ndimage(s, n):
    name = {"max": "maximum_filter", "avg": "uniform_filter"}[s.kind]
    return filtered(s, n, lambda x: f"ndimage.{name}({x}, {s.window})")


def of_signal(s, n):
    k = s.window
    if s.kind == "max":
        return filtered(s, n, lambda x: f"signal.order_filter({x}, np.ones(({k}, {k})), {k * k - 1})")
    mean = f"np.full(({k}, {k}), 1/{k * k})"
    if s.padding == "same":
        return f'signal.convolve2d(x, {mean}, "same"){every(s)}'
    valid = lambda x: f'signal.convolve2d({x}, {mean}, "valid"){every(s) if s.stride else ""}'
    x = padded(s, n, "") if s.stride else "x"
    return (
        f"{valid(x)} / {valid(x.replace('(x', '(ones'))}" if x != "x" and (s.divisor == "real" or s.ceil) else valid(x)
    )


def of_opencv(s, n):
    k = s.window
    if s.kind == "max":
        return filtered(s, n, lambda x: f"cv2.dilate({x}, np.ones(({k}, {k})))")
    if s.stride == k and s.padding == "valid" and not s.ceil:
        return f"cv2.resize(x, None, fx=1/{k}, fy=1/{k}, interpolation=cv2.INTER_AREA)"
    return filtered(s, n, lambda x: f"cv2.blur({x}, ({k}, {k}))")


# ---- How each is loaded, fed and read ----


def plain(**names):
    return names, lambda x: x, np.asarray


def load_pooling_lib():
    return plain(max_pool=pooling_lib.max_pool, avg_pool=pooling_lib.avg_pool)


def load_tensorflow():
    import tensorflow as tf

    return {"tf": tf}, lambda x: tf.constant(x[None, :, :, None]), lambda y: y.numpy()[0, :, :, 0]


def load_keras():
    from tensorflow import keras

    _, feed, read = load_tensorflow()
    return {name: getattr(keras.layers, name) for name in ("MaxPooling2D", "AveragePooling2D")}, feed, read


def load_torch():
    import torch
    from torch.nn import functional

    return {"F": functional, "torch": torch}, lambda x: torch.tensor(x[None, None]), lambda y: y.detach().numpy()[0, 0]


def load_jax():
    import jax
    from jax import lax
    from jax import numpy as jnp

    return {"lax": lax, "reduce_window": lax.reduce_window, "inf": np.inf, "jax": jax}, jnp.asarray, np.asarray


def load_flax():
    from flax import nnx
    from jax import numpy as jnp

    return {"nnx": nnx}, lambda x: jnp.asarray(x[None, :, :, None]), lambda y: np.asarray(y)[0, :, :, 0]


def operator(run):
    """ONNX's two pools as functions of their attributes; `run` answers for a model and an input."""

    def named(name):
        def pool(*, of=None, outputs=1, **attributes):
            from onnx import TensorProto, helper

            x = of if of is not None else pool.x
            kinds = {np.float32: TensorProto.FLOAT, np.int32: TensorProto.INT32, np.uint8: TensorProto.UINT8}
            kind, names = kinds[x.dtype.type], ["y", "where"][:outputs]
            node = helper.make_node(name, ["x"], names, **attributes)
            results = [
                helper.make_tensor_value_info(one, kind if one == "y" else TensorProto.INT64, None) for one in names
            ]
            graph = helper.make_graph([node], "pool", [helper.make_tensor_value_info("x", kind, x.shape)], results)
            model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
            return run(model, x)

        return pool

    pools = {name: named(name) for name in ("MaxPool", "AveragePool")}

    def feed(x):
        for pool in pools.values():
            pool.x = x[None, None]
        return x

    return pools, feed, lambda y: np.asarray(y[0])[0, 0]


def load_onnx():
    from onnx.reference import ReferenceEvaluator

    return operator(lambda model, x: ReferenceEvaluator(model).run(None, {"x": x}))


def load_onnxruntime():
    import onnxruntime

    onnxruntime.set_default_logger_severity(4)
    return operator(
        lambda model, x: onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        ).run(None, {"x": x})
    )


def load_numpy():
    return plain(np=np, sliding_window_view=np.lib.stride_tricks.sliding_window_view)


def load_skimage():
    from skimage.measure import block_reduce

    return plain(np=np, block_reduce=block_reduce)


def load_ndimage():
    from scipy import ndimage

    return plain(np=np, ndimage=ndimage)


def load_signal():
    from scipy import signal

    return plain(np=np, signal=signal)


def load_opencv():
    import cv2

    return plain(np=np, cv2=cv2)


class Library(NamedTuple):
    """How a library is loaded and asked, and the package that it comes in.

    Loading returns its names, how to feed it an array, and how to read its answer.
    """

    load: object
    ask: object
    package: str


LIBRARIES = {
    "pooling_lib": Library(load_pooling_lib, of_pooling_lib, ""),
    "NumPy": Library(load_numpy, of_numpy, "numpy"),
    "TensorFlow": Library(load_tensorflow, of_tensorflow, "tensorflow"),
    "Keras": Library(load_keras, of_keras, "keras"),
    "PyTorch": Library(load_torch, of_torch, "torch"),
    "JAX": Library(load_jax, of_jax, "jax"),
    "Flax": Library(load_flax, of_flax, "flax"),
    "ONNX": Library(load_onnx, of_onnx, "onnx"),
    "ONNX Runtime": Library(load_onnxruntime, of_onnx, "onnxruntime"),
    "scikit-image": Library(load_skimage, of_skimage, "scikit-image"),
    "SciPy ndimage": Library(load_ndimage, of_ndimage, "scipy"),
    "SciPy signal": Library(load_signal, of_signal, "scipy"),
    "OpenCV": Library(load_opencv, of_opencv, "opencv-python-headless"),
}


def run(name, code, x):
    """The answer of a library to a line of code on an array of shape (H, W)."""
    names, feed, read = LIBRARIES[name].load()
    fed = feed(x)  # ONNX's pools are told of x here, since their line names none
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read(eval(code, {**names, "x": fed, "ones": np.ones_like(x)}))
        except Exception as error:
            return type(error)


_ONNX = """from functools import partial

import numpy as np
from onnx import TensorProto, helper
{load}

x = np.float32(grid)[None, None]

def pool(kind, **settings):
    made = helper.make_node(kind, ["x"], ["y"], **settings)
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in [("x", x.shape), ("y", None)]]
    model = helper.make_model(
        helper.make_graph([made], "pool", ends[:1], ends[1:]),
        opset_imports=[helper.make_opsetid("", 22)], ir_version=10)
    return {run}.run(None, {{"x": x}})[0]

MaxPool, AveragePool = partial(pool, "MaxPool"), partial(pool, "AveragePool")"""

#: What stands before a call in a program of its own. `grid` is the input.
BEFORE = {
    "pooling_lib": "import numpy as np\nfrom pooling_lib import avg_pool, max_pool\n\nx = np.float32(grid)",
    "NumPy": """import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

x = np.float32(grid)""",
    "TensorFlow": """import numpy as np
import tensorflow as tf

x = tf.constant(np.float32(grid)[None, :, :, None])""",
    "Keras": """import numpy as np
from keras.layers import AveragePooling2D, MaxPooling2D

x = np.float32(grid)[None, :, :, None]""",
    "PyTorch": """import numpy as np
import torch
from torch.nn import functional as F

x = torch.tensor(np.float32(grid)[None, None])""",
    "JAX": """import numpy as np
from jax import lax
from jax.lax import reduce_window
from numpy import inf

x = np.float32(grid)
ones = np.ones_like(x)""",
    "Flax": """import numpy as np
from flax import nnx

x = np.float32(grid)[None, :, :, None]""",
    "ONNX": _ONNX.format(load="from onnx.reference import ReferenceEvaluator", run="ReferenceEvaluator(model)"),
    "ONNX Runtime": _ONNX.format(
        load="from onnxruntime import InferenceSession", run="InferenceSession(model.SerializeToString())"
    ),
    "scikit-image": "import numpy as np\nfrom skimage.measure import block_reduce\n\nx = np.float32(grid)",
    "SciPy ndimage": "import numpy as np\nfrom scipy import ndimage\n\nx = np.float32(grid)\nones = np.ones_like(x)",
    "SciPy signal": "import numpy as np\nfrom scipy import signal\n\nx = np.float32(grid)\nones = np.ones_like(x)",
    "OpenCV": "import cv2\nimport numpy as np\n\nx = np.float32(grid)\nones = np.ones_like(x)",
}


def program(name, code, x):
    """A whole program that asks a library for one answer, and prints it: what a reader may paste."""
    return f"{BEFORE[name]}\n\nprint({code})".replace("grid", str(x.astype(int).tolist()))


def pasted(name, code, x):
    """What the program computes, of shape (H, W), or the error's type."""
    names = {}
    exec(BEFORE[name].replace("grid", str(x.astype(int).tolist())), names)
    try:
        return np.squeeze(np.asarray(eval(code, names)))
    except Exception as error:
        return type(error)


# ---- The cases ----


def ours(s, x, **changed):
    """pooling_lib's answer to a setting, or to one that differs."""
    s = s._replace(**changed)
    padding = s.padding if isinstance(s.padding, str) else [(s.padding,) * 2] * 2
    more = {"count_include_pad": s.divisor == "whole"} if s.kind == "avg" else {}
    pool = {"max": pooling_lib.max_pool, "avg": pooling_lib.avg_pool}[s.kind]
    return pool(x, s.window, s.stride, padding, ceil_mode=s.ceil, **more)


def dense(s, x, mode, **more):
    """One window around each element, an even one reaching back, borders filled by NumPy; then every stride-th."""
    k = s.window
    filled = np.pad(x, (k // 2, (k - 1) // 2), mode, **more)
    y = ours(s, filled, stride=1, padding="valid", ceil=False)
    return y[:: s.stride, :: s.stride]


def around(s, x):
    """The same, but what lies beyond the border counts for nothing.

    A rule for maxima: a mirrored element may leave a mean as it is by chance.
    """
    k = s.window
    pool = {"max": pooling_lib.max_pool, "avg": pooling_lib.avg_pool}[s.kind]
    return pool(x, k, 1, [(k // 2, (k - 1) // 2)] * 2)[:: s.stride, :: s.stride]


def blocks(s, x):
    """Blocks side by side, the last ones completed with zeros; first a border, if padding is asked for."""
    if s.padding == 1:
        x = np.pad(x, 1, constant_values=-np.inf if s.kind == "max" else 0)
    nothing = -np.inf if s.kind == "max" and s.padding == 1 else 0
    return ours(
        s,
        np.pad(x, (0, -len(x) % s.window), constant_values=nothing),
        stride=s.window,
        padding="valid",
        ceil=False,
        divisor=None,
    )


def hanging(s, x):
    """A mean that counts what hangs over as zeros: it divides by the whole window."""
    p, q = ends(s, len(x))
    return ours(s, np.pad(x, (p, q)), padding="valid", ceil=False, divisor=None)


def centred(s, x):
    """Whether the windows of *same* are those of a filter: one around each element that the stride keeps."""
    return s.padding == "same" and pooling_lib.geometry.windows(len(x), s.window, s.stride, "same").before == (
        s.window // 2
    )


def hangs(s, x):
    """Whether rounding up adds a window, one that hangs over."""
    return s.ceil and ours(s, x).shape != ours(s, x, ceil=False).shape


def rounded_up(s, x):
    """Windows that hang over: the ceil mode."""
    return ours(s, x, ceil=True)


#: Why an output is another: a sentence, and the rule that it states. The first rule that gives the output is the
#: reason.
REASONS = [
    ("Its stride is 1 unless you set it.", lambda s, x: ours(s, x, stride=1) if s.stride is None else None),
    (
        "It is a filter: one output for each element, with a window around it. Set a stride by slicing.",
        lambda s, x: around(s._replace(stride=1), x) if s.stride is None and s.kind == "max" else None,
    ),
    (
        "It is a filter: one output for each element, with a window around it. "
        "Beyond the border stand mirrored elements.",
        lambda s, x: dense(s._replace(stride=1), x, "reflect") if s.stride is None else None,
    ),
    (
        "It is a filter: one output for each element, with a window around it. "
        "Beyond the border stand mirrored elements, the last one first.",
        lambda s, x: dense(s._replace(stride=1), x, "symmetric") if s.stride is None else None,
    ),
    (
        "It is a filter: one output for each element, with a window around it. Beyond the border stand zeros.",
        lambda s, x: dense(s._replace(stride=1), x, "constant") if s.stride is None else None,
    ),
    (
        "Padding counts in its divisor unless you say otherwise.",
        lambda s, x: (
            ours(s, x, divisor="whole")
            if s.kind == "avg" and s.divisor is None and s.padding != "valid" and not hangs(s, x)
            else None
        ),
    ),
    (
        "Padding counts in its divisor unless you say otherwise; what hangs over does not.",
        lambda s, x: ours(s, x, divisor="whole") if s.kind == "avg" and s.divisor is None and s.padding == 1 else None,
    ),
    ("It divides by the real elements.", lambda s, x: ours(s, x, divisor="real") if s.divisor == "whole" else None),
    (
        "It divides by the whole window, padding included.",
        lambda s, x: ours(s, x, divisor="whole") if s.divisor == "real" else None,
    ),
    (
        "Its windows stand around rows and columns 0, 2, 4; those of *same* begin elsewhere.",
        lambda s, x: around(s, x) if s.padding == "same" and s.kind == "max" else None,
    ),
    (
        "Beyond the border stand zeros, which count.",
        lambda s, x: hanging(s, x) if s.padding == 1 or s.ceil or centred(s, x) else None,
    ),
    (
        "Beyond the border stand mirrored elements, which count.",
        lambda s, x: dense(s, x, "reflect") if centred(s, x) else None,
    ),
    (
        "Beyond the border stand mirrored elements, the last one first, which count.",
        lambda s, x: dense(s, x, "symmetric") if centred(s, x) else None,
    ),
    ("It completes the last blocks with zeros.", lambda s, x: blocks(s, x) if s.padding != 1 else None),
    (
        "It completes the last blocks, where others leave the rest out.",
        lambda s, x: blocks(s, x) if s.padding == 1 else None,
    ),
    (
        "Its windows stand around rows and columns 0, 2, 4, and beyond the border stand mirrored elements.",
        lambda s, x: dense(s, x, "reflect") if s.padding == "same" else None,
    ),
    (
        "Its windows stand around rows and columns 0, 2, 4, "
        "and beyond the border stand mirrored elements, the last one first.",
        lambda s, x: dense(s, x, "symmetric") if s.padding == "same" else None,
    ),
    (
        "Its windows stand around rows and columns 0, 2, 4, and beyond the border stand zeros, which count.",
        lambda s, x: dense(s, x, "constant") if s.padding == "same" else None,
    ),
    ("What hangs over counts as zeros.", lambda s, x: hanging(s._replace(padding="valid"), x) if s.ceil else None),
    ("It rounds the size up.", lambda s, x: rounded_up(s, x)),
]

#: Why a call fails, by library: the first whose condition holds.
REFUSALS = {
    "TensorFlow": [
        (
            lambda s: s.kind == "avg" and (s.padding == 1 or s.ceil),
            "Its average takes no padding but `VALID` and `SAME`.",
        ),
        (lambda s: s.divisor == "whole", "It has no such argument: it always divides by the real elements."),
    ],
    "Keras": [
        (lambda s: s.ceil, "It has no ceil mode."),
        (lambda s: s.padding == 1, "It takes no padding but `valid` and `same`."),
        (lambda s: s.divisor == "whole", "It has no such argument: it always divides by the real elements."),
    ],
    "PyTorch": [(lambda s: s.padding == "same", "Its pools know no padding by name: give numbers.")],
    "NumPy": [(lambda s: True, "Reshaping needs sides that the window divides: crop first.")],
    "scikit-image": [
        (lambda s: s.stride not in (None, s.window), "It has no stride: blocks lie side by side."),
        (lambda s: s.divisor == "real", "It has no such argument: it divides by the whole block."),
    ],
    "SciPy signal": [
        (lambda s: s.kind == "max" and s.window % 2 == 0, "Its windows are odd: an even one has no middle.")
    ],
}


def answer(name, s, n):
    """What a library is asked for a setting and what it says, as the result file holds it."""
    x, code = INPUTS[n], LIBRARIES[name].ask(s, n)
    found = run(name, code, x)
    if isinstance(found, type):
        said = next((sentence for holds, sentence in REFUSALS.get(name, []) if holds(s)), None)
        if said is None:
            raise SystemExit(f"{name} refuses {code} with {found.__name__}, and REFUSALS does not say why")
        return {"call": code, "error": found.__name__, "why": said}
    result = {"call": code, "output": rounded(found)}
    if not agrees(pasted(name, code, x), np.squeeze(found)):
        raise SystemExit(f"{program(name, code, x)}\nprints something else than was recorded of {name}:\n{found}")
    if not agrees(found, ours(s, x)):
        result["why"] = reason(name, s, x, found, code)
    rule = dict(REASONS).get(result.get("why"), ours)
    for more in MORE[n]:
        theirs = run(name, code, more)
        if not agrees(theirs, rule(s, more)):
            raise SystemExit(f"{name} answers {code} to {more.tolist()} with\n{theirs}\nand not as {result}")
    return result


def reason(name, s, x, found, code):
    for sentence, rule in REASONS:
        try:
            expected = rule(s, x)
        except ValueError:  # that rule does not fit the setting
            continue
        if expected is not None and agrees(found, expected):
            return sentence
    raise SystemExit(
        f"{name} answers {code} on {len(x)} x {len(x)} with\n{found}\nand no reason explains it; ours is\n{ours(s, x)}"
    )


def agrees(a, b):
    return np.shape(a) == np.shape(b) and np.allclose(a, b, atol=CLOSE)


def rounded(y):
    """As JSON holds it: four digits behind the point, whole numbers as such, what is not finite as text."""
    whole = lambda v: int(v) if v == int(v) else v
    short = lambda v: whole(round(v, 4)) if np.isfinite(v) else str(v)
    return [[short(v) for v in row] for row in np.asarray(y, np.float64).tolist()]


def cases(names):
    return [
        {**s._asdict(), "size": n, "answers": {name: answer(name, s, n) for name in names}}
        for s in settings()
        for n in INPUTS
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", action="store_true", help="write the tables of the page anew, and run nothing")
    if parser.parse_args().page:
        import library_tables

        found = json.loads(RESULT.read_text(encoding="utf-8"))
        PAGE.write_text(library_tables.page(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
        return
    import library_questions

    began, names = time.time(), list(installed())
    found = {
        "about": about(names),
        "inputs": {str(n): x.astype(int).tolist() for n, x in INPUTS.items()},
        "before": {name: BEFORE[name] for name in names},
        "cases": cases(names),
        "questions": library_questions.answers(names),
    }
    found["about"]["run time"] = f"{time.time() - began:.0f} s"
    write_lines(RESULT, found, depth=4)  # a line for each answer


def installed():
    for name, library in LIBRARIES.items():
        try:
            library.load()
        except ImportError:
            print(f"{name} is not installed and is left out")
            continue
        yield name


def about(names):
    packages = {name: LIBRARIES[name].package for name in names}
    return {
        "script": "experiments/every_library.py",
        "processor": f"{platform.machine()}, {platform.system()}, no graphics card",
        "python": platform.python_version(),
        "settings": {
            "sizes": list(SIZES),
            "more grids": len(MORE[SIZES[0]]),
            "settings of a pool": len(list(settings())),
            "tolerance": CLOSE,
        },
        "versions": {name: version(package) for name, package in packages.items() if package},
    }


def version(package):
    for name in (package, f"{package}-cpu"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            pass
    return "unknown"


if __name__ == "__main__":
    main()
