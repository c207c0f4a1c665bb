"""What small networks learn: images with labels, made from the book's data. NumPy only."""

from typing import NamedTuple

import numpy as np

from pooling_book.study.data import PHOTOS, TEXTURES, mnist, photo, texture

#: Luma weights of red, green and blue (ITU-R BT.601).
LUMA = np.array([0.299, 0.587, 0.114])


class Task(NamedTuple):
    """Images (N, H, W, 1) float32 and labels (N,) int32 in 0..classes-1, for training and for the test."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    classes: int


def make_task(name: str, seed: int = 0) -> Task:
    """Return one of the tasks.

    Parameters
    ----------
    name : str
        'digits': MNIST, 10,000 training images and the whole test set of 10,000, 28x28, ink 1 on paper 0. 'few': the
        same test with 300 training images, 30 of each class. 'moved': every digit, training and test, moved by up to 4
        pixels each way. 'clutter': a digit anywhere on a 40x40 canvas among 6 pieces of other digits, 8x8 each.
        'pictures': from which of the book's eight pictures is a grey 24x24 patch?
    seed : int, optional
        What is drawn: the 300 images, the moves, the clutter, the patches. Everything else is fixed.

    Returns
    -------
    Task

    Raises
    ------
    ValueError
        If there is no such task.

    Notes
    -----
    Clutter is made as by Mnih, Heess, Graves and Kavukcuoglu, Recurrent models of visual attention, NIPS 2014. Training
    canvases hold training digits and pieces of such only.

    Patches have mean 0 and standard deviation 1, so that brightness and contrast give nothing away. The pictures are
    cut into a chessboard of 32x32 blocks; training patches lie in the white ones, test patches in the black ones.

    Examples
    --------
    >>> few = make_task("few", seed=3)
    >>> few.train_images.shape, few.test_images.shape, few.train_images.dtype
    ((300, 28, 28, 1), (10000, 28, 28, 1), dtype('float32'))
    >>> np.bincount(few.train_labels).tolist()
    [30, 30, 30, 30, 30, 30, 30, 30, 30, 30]
    """
    if name not in MAKERS:
        raise ValueError(f"name is {name!r}, but must be one of {', '.join(map(repr, MAKERS))}")
    return MAKERS[name](np.random.default_rng(seed))


def shifted(images: np.ndarray, down: int, right: int) -> np.ndarray:
    """Return images (N, H, W) or (N, H, W, C) moved by whole pixels; what leaves is gone, zeros come in at the border.

    >>> shifted(np.arange(1.0, 5).reshape(1, 2, 2, 1), 0, 1)[0, :, :, 0].tolist()
    [[0.0, 1.0], [0.0, 3.0]]
    """
    height, width = images.shape[1:3]
    canvas = np.pad(images, [(0, 0), (abs(down),) * 2, (abs(right),) * 2, *[(0, 0)] * (images.ndim - 3)])
    top, left = abs(down) - down, abs(right) - right
    return canvas[:, top : top + height, left : left + width]


def _digits(rng):
    data = mnist()
    scaled = [
        images[..., None].astype(np.float32) / np.float32(255) for images in (data.train_images, data.test_images)
    ]
    return Task(scaled[0], data.train_labels.astype(np.int32), scaled[1], data.test_labels.astype(np.int32), 10)


def _few(rng):
    task = _digits(rng)
    chosen = np.concatenate(
        [rng.choice(np.flatnonzero(task.train_labels == digit), 30, replace=False) for digit in range(10)]
    )
    return task._replace(train_images=task.train_images[chosen], train_labels=task.train_labels[chosen])


def _moved(rng):
    def move(images):
        return np.concatenate([shifted(image[None], *rng.integers(-4, 5, size=2)) for image in images])

    task = _digits(rng)
    return task._replace(train_images=move(task.train_images), test_images=move(task.test_images))


def _clutter(rng):
    def scatter(images):
        canvas = np.zeros((len(images), 40, 40, 1), np.float32)
        for image, digit in zip(canvas, images, strict=True):
            pieces = [(_cut(images[other], 8, rng), 8) for other in rng.integers(len(images), size=6)]
            for piece, size in [*pieces, (digit, 28)]:
                top, left = rng.integers(0, 40 - size + 1, size=2)
                room = image[top : top + size, left : left + size]
                np.maximum(room, piece, out=room)  # ink on ink
        return canvas

    task = _digits(rng)
    return task._replace(train_images=scatter(task.train_images), test_images=scatter(task.test_images))


def _pictures(rng):
    pictures = [texture(name).astype(float) for name in TEXTURES]
    pictures += [photo(name) if name == "camera" else photo(name) @ LUMA for name in PHOTOS]
    blocks = [(top, left) for top in range(0, 256, 32) for left in range(0, 256, 32)]

    def patches(colour, of_each):
        some = [block for block in blocks if (sum(block) // 32) % 2 == colour]
        images, labels = [], []
        for label, picture in enumerate(pictures):
            for number in range(of_each):
                top, left = some[number % len(some)]
                images.append(_cut(picture[top : top + 32, left : left + 32, None], 24, rng))
                labels.append(label)
        stack = np.stack(images)
        spread = stack.std(axis=(1, 2), keepdims=True)
        stack = (stack - stack.mean(axis=(1, 2), keepdims=True)) / np.maximum(spread, 1)  # a flat patch stays flat
        return stack.astype(np.float32), np.array(labels, np.int32)

    return Task(*patches(0, 512), *patches(1, 512), len(pictures))


def _cut(image, size, rng):
    top, left = (rng.integers(0, length - size + 1) for length in image.shape[:2])
    return image[top : top + size, left : left + size]


MAKERS = {"digits": _digits, "few": _few, "moved": _moved, "clutter": _clutter, "pictures": _pictures}
