"""Networks that answer at every pixel: their sheets, their parameters, and what each of them can know."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

keras = pytest.importorskip("keras")

from pooling_book.study import pixelwise  # noqa: E402
from pooling_book.study.data import mnist  # noqa: E402
from pooling_lib import max_pool, max_unpool  # noqa: E402


@pytest.fixture(scope="module")
def sheets():
    return pixelwise.sheets(mnist().test_images, 50, seed=3)


def test_a_sheet_holds_its_digit_and_more(sheets):
    assert sheets.images.shape == (50, 40, 40, 1) and sheets.images.dtype == np.uint8
    assert sheets.labels.shape == (50, 40, 40) and set(np.unique(sheets.labels)) == {0, 1}
    ink = sheets.images[..., 0] > 127
    assert (ink | (sheets.labels == 0)).all(), "where the digit is, there is ink"
    other = (ink & (sheets.labels == 0)).sum((1, 2))
    assert (other > 20).all(), "and elsewhere as well"
    assert_array_equal(pixelwise.sheets(mnist().test_images, 50, seed=3).images, sheets.images)


def test_steps_to_a_boundary_are_counted_as_a_king_moves(sheets):
    labels = sheets.labels[:4]
    far = pixelwise.to_boundary(labels)
    for number, row, column in np.ndindex(labels.shape):
        around = [
            max(abs(r - row), abs(c - column))
            for r in range(max(0, row - 2), min(40, row + 3))
            for c in range(max(0, column - 2), min(40, column + 3))
            if labels[number, r, c] != labels[number, row, column]
        ]
        assert far[number, row, column] == min(around, default=3)


def test_all_have_as_many_parameters_and_answer_at_every_pixel(sheets):
    networks = [pixelwise.pixel_network(way) for way in pixelwise.WAYS]
    assert len({network.count_params() for network in networks}) == 1
    assert {network(sheets.images[:2] / 255).shape for network in networks} == {(2, 40, 40, 2)}
    with pytest.raises(ValueError, match="way is 'U-Net', but must be one of 'indices'"):
        pixelwise.pixel_network("U-Net")


def test_a_pool_that_remembers_its_places_is_the_librarys():
    x = np.random.default_rng(0).normal(size=(2, 8, 8, 3)).astype(np.float32)
    largest, places = pixelwise._MaxAndPlaces()(x)
    ours, where = max_pool(x, 2, axes=(1, 2), return_indices=True)
    assert_array_equal(largest, ours)
    assert_array_equal(places, where)
    back = pixelwise.MaxUnpooling(8)([largest, places])
    assert_array_equal(back, max_unpool(ours, where, (8, 8), axes=(1, 2)))


@pytest.mark.parametrize("way", pixelwise.WAYS)
def test_every_way_sees_as_far(way):
    """From one pixel of the answer back: how far away can a pixel of the sheet be and still be heard?"""
    network = pixelwise.pixel_network(way)
    rng = np.random.default_rng(1)
    sheet = rng.random((1, 40, 40, 1)).astype(np.float32)
    network.set_weights([np.abs(weight) for weight in network.get_weights()])  # nothing cancels
    before = network(sheet)[0, 20, 20].numpy()

    def heard(column):
        changed = sheet.copy()
        changed[0, :, column] += 100
        return not np.array_equal(network(changed)[0, 20, 20].numpy(), before)

    assert all(heard(column) for column in range(8, 32))


def test_answers_are_packed_and_unpacked(sheets):
    for label in sheets.labels[:3]:
        assert_array_equal(pixelwise.unpacked(pixelwise.packed(label)), label)
