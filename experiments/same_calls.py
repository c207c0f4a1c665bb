"""The same call in Keras, PyTorch and JAX, with what each printed: what `pooling_book.show.same_call` shows.

    python experiments/same_calls.py        # a minute; needs TensorFlow, PyTorch, JAX and Flax

The snippets are in calls_to_compare.py. Each is run in a namespace of its own. PyTorch, JAX and Flax are of the group
`peers`: pip install --group peers. The result, results/same_calls.json, holds

    about       versions, processor, run time
    calls       for each name: title, note, and of each library the code and what it printed
"""

import contextlib
import io
import os
import platform
import time
from importlib import metadata

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from calls_to_compare import CALLS, LIBRARIES
from results_file import RESULTS, write_lines

RESULT = RESULTS / "same_calls.json"
VERSIONS = {"Keras": ("keras", "tensorflow"), "PyTorch": ("torch",), "JAX": ("jax", "flax")}
NAMES = {"keras": "Keras", "tensorflow": "TensorFlow", "torch": "PyTorch", "jax": "JAX", "flax": "Flax"}


def printed(code):
    """What a snippet prints, run by itself."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "snippet", "exec"), {"__name__": "snippet"})
    return out.getvalue().rstrip("\n")


def version(package):
    """A package's version without what its build adds to it; TensorFlow may be installed as tensorflow-cpu."""
    for name in (package, f"{package}-cpu", f"{package}_cpu"):
        with contextlib.suppress(metadata.PackageNotFoundError):
            return metadata.version(name).partition("+")[0]
    raise ModuleNotFoundError(f"{package} is not installed; run pip install --group peers")


def main():
    """Run every snippet, and write what was found."""
    start = time.perf_counter()
    versions = {
        library: " and ".join(f"{NAMES[one]} {version(one)}" for one in VERSIONS[library]) for library in VERSIONS
    }
    calls, wrong = {}, []
    for name, call in CALLS.items():
        calls[name] = {"title": call.title, "note": call.note}
        for library, code in call.snippets().items():
            calls[name][library] = {"code": code, "printed": printed(code)}
            if calls[name][library]["printed"] != printed(call.expected(library)):
                wrong.append(
                    f"{name} in {library}:\n{calls[name][library]['printed']}\n{printed(call.expected(library))}"
                )
    if wrong:
        raise SystemExit("\n".join(["what is printed is not what `same` prints; mend one of them", *wrong]))
    about = {
        "versions": versions,
        "processor": platform.machine(),
        "seconds": round(time.perf_counter() - start),
    }
    write_lines(RESULT, {"about": about, "calls": calls}, 2)
    print(f"{len(calls)} calls in {', '.join(LIBRARIES)}: {RESULT}")


if __name__ == "__main__":
    main()
