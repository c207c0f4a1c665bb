"""Pools that every_library.py does not ask for: global, adaptive, Lp, unpooling, and pools of one axis and of three.

    python experiments/more_pools.py             # half a minute; what is not installed is left out, and named
    python experiments/more_pools.py --page      # write their tables in appendix/libraries.md anew from the results

The lines of code are in pools_to_ask.py, the tables in more_tables.py. What is beside the libraries of the book is of
the group `peers`: pip install --group peers. The result, results/more_pools.json, holds

    about     how it was made: versions, processor, run time
    inputs    the arrays, images first and channels last: shape, and elements in one row
    asked     for each topic and question its input and, of each library, the call and what came out of it
    export    of PyTorch's adaptive pools, by both of its exporters: the ONNX operators, and whether they agree

What came out is {call, shape, dtype, output}, the output in one row, or {call, error}. Of a question called "gradient"
the output is what each element of the input gets if every output sends 1. Where two numbers go to one place the call
is made many times: `also` holds what came out now and then.
"""

import argparse
import contextlib
import io
import json
import logging
import os
import platform
import time
import warnings
from collections import Counter
from functools import partial
from typing import NamedTuple

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import every_library
import numpy as np
from pools_to_ask import ASKED, INPUTS
from results_file import RESULTS, write_lines

import pooling_lib

RESULT = RESULTS / "more_pools.json"


# ---- How each library is loaded and fed ----


def bare(x):
    """Without images and channels where there is one of each."""
    return x[0, ..., 0] if x.shape[0] == x.shape[-1] == 1 else x


def channels_first(x):
    return np.ascontiguousarray(np.moveaxis(x, -1, 1))


class Library(NamedTuple):
    """A library's names, how an array is made its own, and how a gradient is had, if it is."""

    names: dict
    feed: object
    gradient: object = None


def load_pooling_lib():
    names = {name: getattr(pooling_lib, name) for name in pooling_lib.__all__}
    return Library({"np": np, **names}, bare, lambda call, x: call(x))


def by_tape(call, x):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        y = call(x)
    return tape.gradient(y, x)


def load_tensorflow():
    import tensorflow as tf

    return Library({"tf": tf}, tf.constant, by_tape)


def load_keras():
    import tensorflow as tf
    from tensorflow import keras

    return Library({**vars(keras.layers), "ops": keras.ops}, tf.constant, by_tape)


def load_torch():
    import torch
    from torch.nn import functional

    def gradient(call, x):
        x.requires_grad_()
        call(x).sum().backward()
        return x.grad

    return Library({"np": np, "torch": torch, "F": functional}, lambda x: torch.tensor(channels_first(x)), gradient)


def by_jax(call, x):
    import jax

    return jax.grad(lambda x: call(x).sum())(x)


def load_jax():
    from jax import lax
    from jax import numpy as jnp

    names = {"np": np, "jnp": jnp, "lax": lax, "reduce_window": lax.reduce_window, "inf": np.inf, "zeros": jnp.zeros}
    return Library(names, jnp.asarray, by_jax)


def load_flax():
    from flax import nnx
    from jax import numpy as jnp

    return Library({"nnx": nnx}, jnp.asarray, by_jax)


def load_equinox():
    import equinox
    from jax import numpy as jnp
    from jax import vmap

    return Library({"eqx": equinox, "vmap": vmap}, lambda x: jnp.asarray(channels_first(x)), by_jax)


def node(run, name, *inputs, outputs=1, opset=22, **attributes):
    """What an ONNX operator gives, alone in a model."""
    from onnx import helper

    kind = lambda x: helper.np_dtype_to_tensor_dtype(x.dtype)
    ins, outs = [f"x{i}" for i in range(len(inputs))], ["y", "where"][:outputs]
    made = helper.make_node(name, ins, outs, **attributes)
    kinds = [kind(inputs[0]), kind(np.array(0, np.int64))]
    graph = helper.make_graph(
        [made],
        "pool",
        [helper.make_tensor_value_info(one, kind(x), x.shape) for one, x in zip(ins, inputs)],
        [helper.make_tensor_value_info(one, kind, None) for one, kind in zip(outs, kinds)],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=10)
    found = run(model, dict(zip(ins, inputs)))
    return found if outputs > 1 else found[0]


def operators(run):
    names = "MaxPool AveragePool LpPool GlobalMaxPool GlobalAveragePool GlobalLpPool MaxUnpool".split()
    return Library({"np": np, **{name: partial(node, run, name) for name in names}}, channels_first)


def load_onnx():
    from onnx.reference import ReferenceEvaluator

    return operators(lambda model, inputs: ReferenceEvaluator(model).run(None, inputs))


def by_runtime(model, inputs):
    import onnxruntime

    onnxruntime.set_default_logger_severity(4)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


def load_onnxruntime():
    import onnxruntime  # noqa: F401 - to notice that it is not installed

    return operators(by_runtime)


def alone(load):
    """A library of every_library.py that is given one plane, without images and channels."""
    return lambda: Library(load()[0], bare)


#: How a library is loaded, and the package that it comes in.
LIBRARIES = {
    "pooling_lib": (load_pooling_lib, ""),
    "NumPy": (alone(every_library.load_numpy), "numpy"),
    "TensorFlow": (load_tensorflow, "tensorflow"),
    "Keras": (load_keras, "keras"),
    "PyTorch": (load_torch, "torch"),
    "JAX": (load_jax, "jax"),
    "Flax": (load_flax, "flax"),
    "Equinox": (load_equinox, "equinox"),
    "ONNX": (load_onnx, "onnx"),
    "ONNX Runtime": (load_onnxruntime, "onnxruntime"),
    "scikit-image": (alone(every_library.load_skimage), "scikit-image"),
    "SciPy ndimage": (alone(every_library.load_ndimage), "scipy"),
    "OpenCV": (alone(every_library.load_opencv), "opencv-python-headless"),
}


def library_of(name):
    """The library of a row: what stands before its comma."""
    return name.partition(",")[0]


# ---- Asking ----


#: How often a call is made whose answer may be another each time.
TIMES = {"one place twice": 500}


def ask(topic, title, name):
    """What a library says to a question, as the result file holds it."""
    place, calls = ASKED[topic][title]
    library = LIBRARIES[library_of(name)][0]()
    call = lambda x: eval(calls[name], {**library.names, "x": x})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            x = library.feed(INPUTS[place])
            if title.startswith("gradient"):
                found = [library.gradient(call, x)]
            else:
                found = [call(x) for _ in range(TIMES.get(title, 1))]
        except Exception as error:
            return {"call": calls[name], "error": type(error).__name__}
    found = [y.detach().numpy() if hasattr(y, "detach") else np.asarray(y) for y in found]
    (most, _), *others = Counter(tuple(numbers(y)) for y in found).most_common()
    result = {"call": calls[name], "shape": list(found[0].shape), "dtype": str(found[0].dtype), "output": list(most)}
    return result | ({"also": [list(output) for output, _ in others]} if others else {})


def numbers(y):
    """As JSON holds them: in one row, whole numbers as such, others with four digits, what is not finite as text."""
    return every_library.rounded(np.reshape(y, (1, -1)))[0]


def answers(names):
    return {
        topic: {
            title: {
                "input": place,
                "answers": {name: ask(topic, title, name) for name in calls if library_of(name) in names},
            }
            for title, (place, calls) in questions.items()
        }
        for topic, questions in ASKED.items()
    }


#: What is exported: ten elements to so many bins.
EXPORTED = {
    f"{kind}, 10 to {bins}, {exporter}": (f"Adaptive{kind}Pool1d", bins, exporter == "dynamo")
    for kind in ("Avg", "Max")
    for exporter in ("dynamo", "TorchScript")
    for bins in (5, 4, 1)
}


def exported(kind, bins, dynamo):
    """The ONNX operators that a pool of PyTorch becomes, and whether ONNX Runtime finds the same; or the error."""
    import onnx
    import torch

    made, x = io.BytesIO(), torch.tensor(channels_first(INPUTS["ten"]))
    pool = getattr(torch.nn, kind)(bins).eval()
    logging.disable(logging.WARNING)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        try:
            torch.onnx.export(pool, (x,), made, dynamo=dynamo, input_names=["x"], verbose=False)
        except Exception as error:
            return {"error": type(error).__name__}
    model = onnx.load_from_string(made.getvalue())
    (found,) = by_runtime(model, {"x": x.numpy()})
    return {
        "operators": [one.op_type for one in model.graph.node],
        "agrees": bool(np.allclose(found, pool(x).numpy(), atol=every_library.CLOSE)),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", action="store_true", help="write the tables of the page anew, and run nothing")
    if parser.parse_args().page:
        import library_tables
        import more_tables

        found = json.loads(RESULT.read_text(encoding="utf-8"))
        text = every_library.PAGE.read_text(encoding="utf-8")
        every_library.PAGE.write_text(
            library_tables.page(text, found, more_tables.TABLES, "more_pools"), encoding="utf-8"
        )
        return
    began, names = time.time(), list(installed())
    found = {
        "about": about(names),
        "inputs": {name: [list(x.shape), numbers(x)] for name, x in INPUTS.items()},
        "asked": answers(names),
        "export": {title: exported(*one) for title, one in EXPORTED.items()} if "PyTorch" in names else {},
    }
    found["about"]["run time"] = f"{time.time() - began:.0f} s"
    write_lines(RESULT, found, depth=5)  # a line for each answer


def installed():
    for name, (load, _) in LIBRARIES.items():
        try:
            load()
        except ImportError:
            print(f"{name} is not installed and is left out")
            continue
        yield name


def about(names):
    packages = {name: LIBRARIES[name][1] for name in names} | {"ONNX Script": "onnxscript"}
    return {
        "script": "experiments/more_pools.py",
        "processor": f"{platform.machine()}, {platform.system()}, no graphics card",
        "python": platform.python_version(),
        "versions": {name: every_library.version(package) for name, package in packages.items() if package},
    }


if __name__ == "__main__":
    main()
