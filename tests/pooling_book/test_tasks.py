"""What the small networks learn: each task's promises, and that no test image has helped to make a training image."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from pooling_book.study import tasks
from pooling_book.study.data import PHOTOS, TEXTURES, mnist, photo, texture
from pooling_book.study.tasks import MAKERS, make_task, shifted

SHAPES = {  # training and test images, their side, classes
    "digits": (10_000, 10_000, 28, 10),
    "few": (300, 10_000, 28, 10),
    "moved": (10_000, 10_000, 28, 10),
    "clutter": (10_000, 10_000, 40, 10),
    "pictures": (4_096, 4_096, 24, 8),
}


@pytest.fixture(scope="module")
def made():
    """Every task with seed 0, made once."""
    return {name: make_task(name) for name in MAKERS}


@pytest.mark.parametrize("name", MAKERS)
def test_shapes_types_and_labels_are_as_promised(made, name):
    task, (training, test, side, classes) = made[name], SHAPES[name]
    assert task.train_images.shape == (training, side, side, 1) and task.test_images.shape == (test, side, side, 1)
    assert task.train_images.dtype == task.test_images.dtype == np.float32
    assert task.train_labels.dtype == task.test_labels.dtype == np.int32 and task.classes == classes
    assert task.train_labels.shape == (training,) and task.test_labels.shape == (test,)
    for labels in (task.train_labels, task.test_labels):
        assert np.unique(labels).tolist() == list(range(classes))


@pytest.mark.parametrize("name", ["few", "moved", "clutter", "pictures"])
def test_a_seed_draws_the_task_and_draws_it_again(made, name):
    again, other = make_task(name, 0), make_task(name, 1)
    assert all(np.array_equal(a, b) for a, b in zip(made[name], again, strict=True))
    assert not np.array_equal(made[name].train_images, other.train_images)


def test_digits_are_mnist_in_its_own_order_whatever_the_seed(made):
    data = mnist()
    for task in (made["digits"], make_task("digits", 5)):
        assert np.array_equal(np.round(task.train_images[..., 0] * 255), data.train_images)
        assert np.array_equal(task.test_labels, data.test_labels)
        assert task.train_images.min() == 0 and task.train_images.max() == 1


def test_few_are_thirty_of_each_class_none_twice_and_the_whole_test(made):
    few, digits = made["few"], made["digits"]
    assert np.bincount(few.train_labels).tolist() == [30] * 10
    rows = {image.tobytes(): label for image, label in zip(digits.train_images, digits.train_labels, strict=True)}
    assert [rows[image.tobytes()] for image in few.train_images] == few.train_labels.tolist()
    assert len({image.tobytes() for image in few.train_images}) == 300
    assert np.array_equal(few.test_images, digits.test_images)


def test_moved_digits_are_moved_by_up_to_four_pixels_in_training_and_test(made):
    moved, digits = made["moved"], made["digits"]
    found = set()
    for part in ("train_images", "test_images"):
        for number in range(60):
            original, image = getattr(digits, part)[number][None], getattr(moved, part)[number][None]
            ways = [way for way in np.ndindex(9, 9) if np.array_equal(shifted(original, way[0] - 4, way[1] - 4), image)]
            assert ways, f"{part}[{number}] is no moved digit"
            found |= {ways[0]} if len(ways) == 1 else set()
    assert {down for down, _ in found} == {right for _, right in found} == set(range(9))
    assert np.array_equal(moved.train_labels, digits.train_labels)


@pytest.mark.parametrize("part", ["train_images", "test_images"])
def test_a_cluttered_canvas_holds_its_digit_whole_and_ink_of_its_own_set_only(made, part):
    clutter, digits = made["clutter"], made["digits"]
    more = []
    for canvas, digit in zip(getattr(clutter, part)[:40, ..., 0], getattr(digits, part)[:40, ..., 0], strict=True):
        windows = sliding_window_view(canvas, (28, 28))
        assert (windows >= digit).all(axis=(2, 3)).any(), "the digit is not there whole"
        more.append((canvas > 0).sum() - (digit > 0).sum())
    assert np.mean(more) > 20, "there is hardly any clutter"
    assert canvas.max() <= 1


def test_clutter_takes_its_pieces_from_the_set_it_is_made_for(monkeypatch):
    # Training digits in one shade, test digits in another: no canvas holds the other's.
    data = mnist()
    ones = lambda images, shade: np.where(images > 0, shade, 0).astype(np.uint8)
    painted = data._replace(
        train_images=ones(data.train_images[:50], 51),
        train_labels=data.train_labels[:50],
        test_images=ones(data.test_images[:50], 255),
        test_labels=data.test_labels[:50],
    )
    monkeypatch.setattr(tasks, "mnist", lambda: painted)
    task = make_task("clutter")
    assert set(np.unique(np.round(task.train_images * 255))) == {0, 51} and set(
        np.unique(np.round(task.test_images * 255))
    ) == {0, 255}


def test_patches_lie_in_blocks_of_their_own_colour(monkeypatch):
    # Pictures whose pixels tell the colour of the chessboard's field they stand in.
    i, j = np.indices((256, 256)) // 32
    board = ((i + j) % 2 * 100.0).astype(np.uint8)
    for name in ("texture", "photo"):
        monkeypatch.setattr(
            tasks,
            name,
            lambda which: board if which in TEXTURES or which == "camera" else np.repeat(board[..., None], 3, axis=2),
        )
    monkeypatch.setattr(
        tasks, "_cut", lambda image, size, rng, cut=tasks._cut: seen.append(cut(image, size, rng)) or seen[-1]
    )
    seen = []
    make_task("pictures")
    colours = [set(np.unique(patch)) for patch in seen]
    assert len(colours) == 2 * 4096 and all(len(colour) == 1 for colour in colours)
    assert {min(colour) for colour in colours[:4096]} == {0} and min(min(colour) for colour in colours[4096:]) > 50


def test_patches_have_mean_0_and_deviation_1_and_classes_are_even(made):
    task = made["pictures"]
    for images, labels in (task[:2], task[2:4]):
        assert np.allclose(images.mean(axis=(1, 2)), 0, atol=1e-4)
        spread = images.std(axis=(1, 2))
        assert (spread < 1.001).all() and np.mean(np.isclose(spread, 1, atol=1e-3)) > 0.95  # a flat patch stays flat
        assert np.bincount(labels).tolist() == [512] * 8
    assert task.classes == len(TEXTURES) + len(PHOTOS) and texture(TEXTURES[0]).shape[:2] == photo(PHOTOS[0]).shape[
        :2
    ] == (256, 256)


@pytest.mark.parametrize("down, right", [(0, 0), (2, 0), (-1, 3), (0, -4), (-9, 0)])
def test_a_shift_moves_whole_pixels_and_lets_zeros_in(down, right):
    images = np.random.default_rng(0).random((2, 5, 6, 1)).astype(np.float32)
    moved, wanted = shifted(images, down, right), np.zeros_like(images)
    for i, j in np.ndindex(5, 6):
        if 0 <= i - down < 5 and 0 <= j - right < 6:
            wanted[:, i, j] = images[:, i - down, j - right]
    assert np.array_equal(moved, wanted)


def test_an_unknown_task_is_refused(refuses):
    refuses(ValueError, lambda: make_task("cats"), "name", "'cats'", "'digits'")
