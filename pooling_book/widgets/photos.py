"""Images in widgets: what all that show one share, how an image travels in a state, and small photographs for it."""

from collections.abc import Mapping

import numpy as np
import traitlets

from pooling_book.study import data
from pooling_book.widgets.base import base64_of, one_of, values_of
from pooling_book.widgets.things_to_try import TaskWidget
from pooling_lib.pooling import avg_pool


class PhotoWidget(TaskWidget):
    """A widget that shows one of its images, or a photo that the reader has dropped in.

    A subclass passes what `checked` returns to its base as `images` and `source`. It may give `beside`, what can be
    shown that is no image, and `wanted`.
    """

    beside: tuple[str, ...] = ()

    images = traitlets.Dict().tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    photo = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)

    @classmethod
    def checked(cls, images: Mapping[str, np.ndarray], source: str | None) -> tuple[dict[str, dict], str]:
        """The images as a state holds them, and the name of what is shown at first: the first there is unless given."""
        sources = [*cls.beside, *images]
        if not sources:
            raise ValueError("images={} holds no image to show; give at least one, or small_photos()")
        for title, image in images.items():
            shape = np.shape(image)
            if len(shape) == 2 and (wanted := cls.wanted(*shape)):
                raise ValueError(f"images[{title!r}] has shape {shape}; use {wanted}")
        encoded = {title: encode(title, image) for title, image in images.items()}
        return encoded, one_of("source", sources[0] if source is None else source, sources)

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        """What an image must be, in words, if one of that size cannot be shown; else nothing."""
        return ""

    @property
    def image(self) -> np.ndarray:
        """The image that is shown: uint8 (H, W)."""
        return decode(self.photo if self.source == "photo" and self.photo else self.images[self.source])


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
            f"images[{title!r}] has shape {image.shape} and dtype {image.dtype}; "
            "a widget shows uint8 images of shape (H, W)"
        )
    return {"rows": image.shape[0], "columns": image.shape[1], "pixels": base64_of(image)}


def decode(image: dict) -> np.ndarray:
    """The image that `encode` made.

    >>> decode({"rows": 1, "columns": 2, "pixels": "AP8="})
    array([[  0, 255]], dtype=uint8)
    """
    return values_of(image["pixels"], np.uint8).reshape(image["rows"], image["columns"])
