"""Loaders of the book's data: photographs, textures, digits, clothes, sentences, speech and a volume.

The files live in data/, and data/README.md gives the source and licence of each. Every call reads its file, checks its
SHA-256 against data/SHA256SUMS before decoding a byte, and returns fresh arrays that the caller may change.
"""

import hashlib
import io
from typing import NamedTuple

import numpy as np
from PIL import Image

from pooling_book.study.files import folder

PHOTOS = ("astronaut", "camera", "cat", "coffee", "hubble")
TEXTURES = ("brick", "grass", "gravel")
#: What the labels of the clothes mean, from 0 on.
CLOTHES = (
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip

_FOLDER = folder("data")
_SUMS = "SHA256SUMS"
_MEND = "restore the file, or run python data/rebuild.py"


class Digits(NamedTuple):
    """The 8x8 digits: `images` (1797, 8, 8) uint8 in 0..16, `labels` (1797,) uint8 in 0..9."""

    images: np.ndarray
    labels: np.ndarray


class Mnist(NamedTuple):
    """MNIST: images (10000, 28, 28) uint8 in 0..255, labels (10000,) uint8 in 0..9.

    `train_index` (10000,) int32 is the position of each training image in the original training set of 60,000.
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    train_index: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


class Sentences(NamedTuple):
    """Sentences of reviews: `positive` (3000,) uint8, 1 for praise and 0 for blame; `reviews` and `texts`, 3000 each.

    `reviews` says whose customers wrote it: 'amazon', 'imdb' or 'yelp'.
    """

    positive: np.ndarray
    reviews: list[str]
    texts: list[str]


class Vowels(NamedTuple):
    """The Japanese Vowels: `frames` (9961, 12) float64, one utterance after the other, and 640 lengths.

    `lengths` (640,) int64 in 7..29, frames in each utterance; `speakers` (640,) uint8 in 1..9; `train` (640,) bool, the
    270 utterances to learn from.
    """

    frames: np.ndarray
    lengths: np.ndarray
    speakers: np.ndarray
    train: np.ndarray


def photo(name: str) -> np.ndarray:
    """Return a photograph.

    Parameters
    ----------
    name : str
        One of `PHOTOS`: 'astronaut', 'camera', 'cat', 'coffee' or 'hubble'.

    Returns
    -------
    numpy.ndarray
        Gamma-encoded intensities in 0..255, uint8: (256, 256) for 'camera', which is grey, and (256, 256, 3), red green
        blue, for the others.

    Raises
    ------
    ValueError
        If `name` is not one of `PHOTOS`.
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Source: the public domain and CC0 pictures in scikit-image, cropped, and some halved by 2x2 means; see
    data/README.md.

    Examples
    --------
    >>> photo("camera").shape
    (256, 256)
    >>> cat = photo("cat")
    >>> cat.shape, cat.dtype
    ((256, 256, 3), dtype('uint8'))
    """
    return _picture(name, PHOTOS)


def texture(name: str) -> np.ndarray:
    """Return a grey texture.

    Parameters
    ----------
    name : str
        One of `TEXTURES`: 'brick', 'grass' or 'gravel'.

    Returns
    -------
    numpy.ndarray
        Gamma-encoded intensities in 0..255, (256, 256) uint8.

    Raises
    ------
    ValueError
        If `name` is not one of `TEXTURES`.
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Source: the CC0 textures in scikit-image, halved by 2x2 means; see data/README.md.

    Examples
    --------
    >>> texture("brick").shape
    (256, 256)
    """
    return _picture(name, TEXTURES)


def digits() -> Digits:
    """Return the 8x8 handwritten digits.

    Returns
    -------
    Digits
        `images` (1797, 8, 8) uint8, each value the count 0..16 of ink pixels in a 4x4 block; `labels` (1797,) uint8 in
        0..9.

    Raises
    ------
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (test part), UCI, 1998,
    doi:10.24432/C50P49, as scikit-learn carries it.

    Examples
    --------
    >>> images, labels = digits()
    >>> images.shape, int(images.max()), int(labels[0])
    ((1797, 8, 8), 16, 0)
    """
    return Digits(**_arrays("digits.npz"))


def mnist() -> Mnist:
    """Return 10,000 training images of MNIST, 1,000 of each class, and its whole test set.

    Returns
    -------
    Mnist
        `train_images` and `test_images` (10000, 28, 28) uint8, 0 for paper to 255 for ink; `train_labels` and
        `test_labels` (10000,) uint8 in 0..9; `train_index` (10000,) int32, positions in the original training set of
        60,000.

    Raises
    ------
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Within each class the training images are spaced evenly through the original order; data/README.md has the rule.

    Source: Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits, 1998.

    Examples
    --------
    >>> m = mnist()
    >>> m.train_images.shape, m.test_images.shape
    ((10000, 28, 28), (10000, 28, 28))
    >>> np.bincount(m.train_labels).tolist()
    [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000]
    """
    return Mnist(**_arrays("mnist.npz"))


def clothes() -> tuple[np.ndarray, np.ndarray]:
    """Return 200 test images of Fashion-MNIST, 20 of each class.

    Returns
    -------
    images : numpy.ndarray
        (200, 28, 28) uint8, 0 for the ground.
    labels : numpy.ndarray
        (200,) uint8 in 0..9, whose names are in `CLOTHES`.

    Raises
    ------
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Within each class they are spaced evenly through the original order; data/README.md has the rule.

    Source: H. Xiao, K. Rasul and R. Vollgraf, Fashion-MNIST, arXiv:1708.07747, 2017.

    Examples
    --------
    >>> images, labels = clothes()
    >>> images.shape, CLOTHES[labels[0]]
    ((200, 28, 28), 'ankle boot')
    """
    arrays = _arrays("clothes.npz")
    return arrays["images"], arrays["labels"]


def sentences() -> Sentences:
    """Return 3,000 sentences of reviews, each with its verdict.

    Returns
    -------
    Sentences
        `positive` (3000,) uint8; `reviews` and `texts`, lists of 3,000 texts. Each of the three sources has 500
        sentences of praise and 500 of blame. 18 sentences stand there twice.

    Raises
    ------
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Source: the fixtures of the npm package sentiment, which are in all likelihood the Sentiment Labelled Sentences of
    D. Kotzias, M. Denil, N. de Freitas and P. Smyth, From group to individual labels using deep features, KDD 2015;
    see data/README.md.

    Examples
    --------
    >>> s = sentences()
    >>> s.reviews[1], int(s.positive[1]), s.texts[1]
    ('amazon', 1, 'Good case, Excellent value.')
    """
    lines = _verified("sentences.tsv").decode().splitlines()
    reviews, positive, texts = zip(*(line.split("\t") for line in lines), strict=True)
    return Sentences(np.array(positive, np.uint8), list(reviews), list(texts))


def vowels() -> Vowels:
    """Return 640 recordings of the Japanese vowels /ae/, spoken by nine men, as cepstra.

    Returns
    -------
    Vowels
        `frames` (9961, 12) float64, every 6.4 ms 12 coefficients that describe the spectrum; `lengths` (640,) int64;
        `speakers` (640,) uint8 in 1..9; `train` (640,) bool, 30 utterances of each speaker.

    Raises
    ------
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Source: M. Kudo, J. Toyama and M. Shimbo, Multidimensional curve classification using passing-through regions,
    Pattern Recognition Letters 20, 1999, as aeon carries it; see data/README.md.

    Examples
    --------
    >>> v = vowels()
    >>> v.frames.shape, int(v.lengths.min()), int(v.lengths.max()), int(v.train.sum())
    ((9961, 12), 7, 29, 270)
    """
    arrays = _arrays("vowels.npz")
    frames, lengths = arrays["frames"] / 1e6, arrays["lengths"].astype(np.int64)
    return Vowels(frames, lengths, arrays["speakers"], arrays["train"])


def volume() -> np.ndarray:
    """Return a magnetic resonance image of the middle of a brain.

    Returns
    -------
    numpy.ndarray
        (33, 41, 25) int16, a voxel every 2 mm, -610 to 30393.

    Raises
    ------
    OSError
        If the file is missing or damaged.

    Notes
    -----
    Source: an example of nibabel's; see data/README.md.

    Examples
    --------
    >>> volume().shape
    (33, 41, 25)
    """
    return _arrays("volume.npz")["voxels"]


def _picture(name, choices):
    if name not in choices:
        raise ValueError(f"name is {name!r}, but must be one of {', '.join(map(repr, choices))}")
    return np.array(Image.open(io.BytesIO(_verified(f"{name}.png"))))


def _arrays(file):
    content = io.BytesIO(_verified(file))
    try:
        with np.load(content, allow_pickle=False) as archive:
            return dict(archive)
    except ValueError as error:  # how NumPy refuses a pickle
        raise OSError(f"data file {file} must hold plain arrays only ({error}); {_MEND}") from error


def _verified(file):
    """Return the bytes of `file`, or raise OSError unless their SHA-256 is the recorded one."""
    content = _content(file)
    lines = (_content(_SUMS) or b"").decode("ascii", "replace").splitlines()
    recorded = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    expected = recorded.get(file, f"one recorded in {_SUMS}, which has none")
    found = "no file" if content is None else hashlib.sha256(content).hexdigest()
    if found != expected:
        problem = "missing" if content is None else "damaged"
        raise OSError(f"data file {file} is {problem}: expected SHA-256 {expected}, found {found}; {_MEND}")
    return content


def _content(file):
    path = _FOLDER / file
    return path.read_bytes() if path.is_file() else None
