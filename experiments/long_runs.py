"""What the scripts that train networks share: their command line, one thread, a file that grows with every network."""

import argparse
import os
import platform
import sys
from importlib.metadata import version

from results_file import RESULTS, write_lines


def seeds(doc, most):
    """How many seeds to train with, as the command line of a script with that docstring says."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=most, help="how many seeds, from 0 (default: %(default)s)")
    return parser.parse_args().seeds


def one_thread():
    """What every process does first: TensorFlow on one thread, so that processor time is time, and without its log."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)


def about(settings, *packages):
    """What a file of results says of its making; `store` adds the minutes."""
    versions = {"python": platform.python_version()} | {
        name: version(name) for name in ("numpy", *packages, "keras", "tensorflow_cpu")
    }
    return {
        "settings": settings,
        "versions": versions,
        "machine": f"{platform.machine()}, one thread for each process",
        "minutes": 0,
    }


def store(name, found):
    """Write what has been found so far, one line for each network, and say how many there are."""
    found["about"]["minutes"] = round(
        sum(entry["seconds"] for kind in ("tuning", "runs") for entry in found.get(kind, [])) / 60
    )
    write_lines(RESULTS / f"{name}.json", found, depth=2)
    print(f"{len(found['runs'])} networks", file=sys.stderr, end="\r")
