"""Photographs small enough for a widget's state, and how they travel in it."""

import base64

import numpy as np

from pooling_book.study import data
from pooling_lib.pooling import avg_pool


def small_photos() -> dict[str, np.ndarray]:
    """Photographs for a widget: grey, 64 x 64, uint8, made from the book's photos by average pooling.

    >>> {name: image.shape for name, image in small_photos().items()}
    {'camera': (64, 64), 'cat': (64, 64), 'coffee': (64, 64)}
    """
    grey = {"camera": data.photo("camera")} | {name: data.photo(name).mean(axis=2) for name in ("cat", "coffee")}
    return {name: np.round(avg_pool(image, window=4)).astype(np.uint8) for name, image in grey.items()}


def encode(title: str, image: np.ndarray) -> dict:
    """An image of shape (H, W), uint8, as JSON can hold it; `title` is its name in the error that refuses another.

    >>> encode("two", np.array([[0, 255]], np.uint8))
    {'rows': 1, 'columns': 2, 'pixels': 'AP8='}
    """
    image = np.asarray(image)
    if image.ndim != 2 or image.dtype != np.uint8:
        raise ValueError(
            f"images[{title!r}] has shape {image.shape} and dtype {image.dtype}; a widget shows uint8 images of shape (H, W)"
        )
    return {"rows": image.shape[0], "columns": image.shape[1], "pixels": base64.b64encode(image.tobytes()).decode()}


def decode(image: dict) -> np.ndarray:
    """The image that `encode` made.

    >>> decode({"rows": 1, "columns": 2, "pixels": "AP8="})
    array([[  0, 255]], dtype=uint8)
    """
    return np.frombuffer(base64.b64decode(image["pixels"]), np.uint8).reshape(image["rows"], image["columns"])
