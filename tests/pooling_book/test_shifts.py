"""Images moved by whole pixels."""

import numpy as np
import pytest

from pooling_book.study.shifts import shifted


@pytest.mark.parametrize("down, right", [(0, 0), (2, 0), (-1, 3), (0, -4), (-9, 0)])
@pytest.mark.parametrize("channels", [(), (3,)])
def test_a_shift_moves_whole_pixels_and_lets_zeros_in(down, right, channels):
    images = np.random.default_rng(0).random((2, 5, 6, *channels)).astype(np.float32)
    moved, wanted = shifted(images, down, right), np.zeros_like(images)
    for i, j in np.ndindex(5, 6):
        if 0 <= i - down < 5 and 0 <= j - right < 6:
            wanted[:, i, j] = images[:, i - down, j - right]
    assert np.array_equal(moved, wanted) and moved.dtype == np.float32
