"""Small networks that have been trained already, run by NumPy: what lives in a page, and what chapters compare with."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pooling_book.study.results import small_networks
from pooling_lib.pooling import avg_pool, max_blur_pool, max_pool

POOLS = ("max", "average", "max-blur", "subsample")


class Trained(NamedTuple):
    """A trained network: 3x3 convolutions and ReLUs, a pool between each two of them, a global average, a dense layer.

    The convolutions have padding 'same'.

    Attributes
    ----------
    pool : 'max', 'average', 'max-blur' or 'subsample'
        Window 2 (subsampling: 1), stride 2, padding 'same'.
    weights : sequence of ndarray
        In Keras' order: for each convolution its kernel, (3, 3, channels in, channels out), and its bias; then those of
        the dense layer.
    """

    pool: str
    weights: Sequence[np.ndarray]

    def maps(self, images: np.ndarray) -> list[np.ndarray]:
        """Feature maps (N, H, W, C) after each pool and the last convolution, for images (N, H, W) of 0 to 1."""
        x, found = np.asarray(images, float)[..., None], []
        layers = list(zip(self.weights[:-2:2], self.weights[1:-2:2]))
        for number, (kernel, bias) in enumerate(layers, 1):
            padded = np.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)])
            windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
            x = np.maximum(np.einsum("nijcab,abco->nijo", windows, kernel, optimize=True) + bias, 0)
            x = x if number == len(layers) else self._pool(x)
            found.append(x)
        return found

    def logits(self, images: np.ndarray) -> np.ndarray:
        """What the dense layer says, (N, 10)."""
        kernel, bias = self.weights[-2:]
        return self.maps(images)[-1].mean(axis=(1, 2)) @ kernel + bias

    def _pool(self, x):
        pool = {"max": max_pool, "average": avg_pool, "max-blur": max_blur_pool, "subsample": max_pool}[self.pool]
        return pool(x, 1 if self.pool == "subsample" else 2, 2, "same", axes=(1, 2))


def trained() -> dict[str, Trained]:
    """The networks for the page that `experiments/what_shifts_change.py` has trained, by their pools.

    All end with a global average and have zeros around their maps. The normalisations that they were trained with are
    part of their convolutions (`steady.plain_weights`).

    >>> [name for name in trained()]
    ['max', 'average', 'max-blur']
    """
    return {
        name.removeprefix("global/"): Trained(name.removeprefix("global/"), weights)
        for name, weights in small_networks().items()
        if name.startswith("global/")
    }
