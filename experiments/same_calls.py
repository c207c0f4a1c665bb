"""The same call in Keras, PyTorch and JAX, with what each printed: what `pooling_book.show.same_call` shows.

    python experiments/same_calls.py        # a minute; needs TensorFlow, PyTorch, JAX and Flax
    python experiments/same_calls.py --new  # only what is not recorded yet; needs the versions of what is

The snippets are in calls_to_compare.py. Each is run in a namespace of its own. PyTorch, JAX and Flax are of the group
`peers`: pip install --group peers. The result, results/same_calls.json, holds

    about       versions, processor, run time of all calls
    calls       for each name: title, note, and of each library the code and what it printed
"""

import argparse
import contextlib
import io
import json
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


def recorded(name, call, wrong):
    """What is kept of a call: its texts, and what each library printed; `wrong` gains what pooling_lib prints else."""
    found = {"title": call.title, "note": call.note}
    for library, code in call.snippets().items():
        found[library] = {"code": code, "printed": printed(code)}
        expected = printed(call.expected(library))
        if found[library]["printed"] != expected:
            wrong.append(f"{name} in {library}:\n{found[library]['printed']}\n{expected}")
    return found


def kept(about):
    """The calls that are recorded as they stand in the table, by the same versions; and how they were made."""
    before = json.loads(RESULT.read_text(encoding="utf-8"))
    other = [key for key in ("versions", "processor") if before["about"][key] != about[key]]
    if other:
        raise SystemExit(f"{', '.join(other)}: {about}, and recorded were {before['about']}; run all calls again")
    same = {
        name: found
        for name, found in before["calls"].items()
        if name in CALLS
        and (found["title"], found["note"]) == CALLS[name][:2]
        and CALLS[name].snippets() == {library: found[library]["code"] for library in LIBRARIES}
    }
    return same, before["about"]


def main():
    """Run every snippet, or the new ones, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--new", action="store_true", help="run only the calls that are not recorded as they stand")
    new = parser.parse_args().new
    start = time.perf_counter()
    versions = {
        library: " and ".join(f"{NAMES[one]} {version(one)}" for one in VERSIONS[library]) for library in VERSIONS
    }
    about, wrong = {"versions": versions, "processor": platform.machine()}, []
    same, before = kept(about) if new else ({}, {})
    calls = {name: same[name] if name in same else recorded(name, call, wrong) for name, call in CALLS.items()}
    if wrong:
        raise SystemExit("\n".join(["what is printed is not what `same` prints; mend one of them", *wrong]))
    about = before or about | {"seconds": round(time.perf_counter() - start)}
    write_lines(RESULT, {"about": about, "calls": calls}, 2)
    print(f"{len(calls)} calls in {', '.join(LIBRARIES)}, {len(calls) - len(same)} of them run: {RESULT}")


if __name__ == "__main__":
    main()
