"""Images moved by whole pixels. NumPy only."""

import numpy as np


def shifted(images: np.ndarray, down: int, right: int) -> np.ndarray:
    """Return images (N, H, W) or (N, H, W, C) moved by whole pixels; what leaves is gone, zeros come in at the border.

    >>> shifted(np.arange(1.0, 5).reshape(1, 2, 2, 1), 0, 1)[0, :, :, 0].tolist()
    [[0.0, 1.0], [0.0, 3.0]]
    """
    height, width = images.shape[1:3]
    canvas = np.pad(images, [(0, 0), (abs(down),) * 2, (abs(right),) * 2, *[(0, 0)] * (images.ndim - 3)])
    top, left = abs(down) - down, abs(right) - right
    return canvas[:, top : top + height, left : left + width]
