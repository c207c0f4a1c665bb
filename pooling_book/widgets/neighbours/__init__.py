"""Nearest neighbours of a digit, before and after pooling."""

import math
from collections.abc import Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.study import data
from pooling_book.widgets.base import one_of
from pooling_book.widgets.things_to_try import TaskWidget
from pooling_lib.pooling import max_pool, sum_pool

SIDE = 8  # pixels
DIGIT_METHODS = ("none", "max", "avg", "subsample")
NEAREST = 5  # neighbours in the picture
_LETTERS = "abcdefghijklmnopq"  # a pixel's value 0..16 as one letter: a state without escapes, in a third of the space


class Neighbours(TaskWidget):
    """A digit, what pooling makes of it, and the training digits that lie nearest to that.

    Training and test digits are a fixed choice from the 8x8 digits: 40 and 5 of each class.

    Parameters
    ----------
    digit : int
        Which of the 50 test digits is shown at first.
    method : 'none', 'max', 'avg' or 'subsample'
        'none' compares all 64 pixels. 'subsample' is a window of 1.
    window, stride : int
        1 to 8; 'none' uses neither of them, 'subsample' only the stride.
    voters : 1 or 3
        How many of the nearest digits vote. Where all three differ, the nearest has its way.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> widget = Neighbours(digit=7, method="avg", window=2, stride=2)
    >>> widget.pooled.shape, len(widget.neighbours)
    ((4, 4), 5)
    """

    guesses = ("verdict", "among", "commonest", "right")
    goals = ("change", "hold", "read")

    train = traitlets.Dict().tag(sync=True)
    test = traitlets.Dict().tag(sync=True)
    digit = traitlets.Int(0).tag(sync=True)  # which test digit; -1: the reader's own
    pixels = traitlets.Unicode().tag(sync=True)  # what is on the grid, pushed or painted over as it may be
    pushed = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)  # rows down, columns to the right
    method = traitlets.Enum(DIGIT_METHODS, "none").tag(sync=True)
    window = traitlets.Int(2).tag(sync=True)
    stride = traitlets.Int(2).tag(sync=True)
    voters = traitlets.Enum([1, 3], 1).tag(sync=True)

    def __init__(
        self,
        digit: int = 0,
        method: str = "none",
        window: int = 2,
        stride: int = 2,
        voters: int = 1,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "neighbours",
    ):
        (images, labels), (test_images, test_labels) = split_digits()
        one_of("digit", digit, range(len(test_labels)))
        super().__init__(
            identity,
            train={"pixels": letters_of(images), "labels": "".join(map(str, labels))},
            test={"pixels": letters_of(test_images), "labels": "".join(map(str, test_labels))},
            digit=digit,
            pixels=letters_of(test_images[digit]),
            method=one_of("method", method, DIGIT_METHODS),
            window=one_of("window", window, range(1, SIDE + 1)),
            stride=one_of("stride", stride, range(1, SIDE + 1)),
            voters=one_of("voters", voters, (1, 3)),
            tasks=tasks,
            task=task,
        )

    @property
    def x(self) -> np.ndarray:
        """What is on the grid, (8, 8) integers from 0 to 16."""
        return images_of(self.pixels)[0]

    @property
    def pooled(self) -> np.ndarray:
        """What the settings make of the grid."""
        return self._features(self.x[None])[0] / self._divisor()

    @property
    def neighbours(self) -> list[tuple[int, float]]:
        """Label and distance of the five nearest training digits, the nearest first; of equals the first."""
        squares = self._squares(self.x[None])[0]
        nearest = np.argsort(squares, kind="stable")[:NEAREST]
        return [(int(self.train["labels"][n]), math.sqrt(squares[n]) / self._divisor()) for n in nearest]

    @property
    def verdict(self) -> int:
        """The label that the voters agree on."""
        return vote([label for label, _ in self.neighbours[: self.voters]])

    @property
    def right(self) -> int:
        """How many of the test digits get their own label with these settings."""
        nearest = np.argsort(self._squares(images_of(self.test["pixels"])), axis=1, kind="stable")[:, : self.voters]
        verdicts = [vote([int(self.train["labels"][n]) for n in row]) for row in nearest]
        return sum(verdict == int(label) for verdict, label in zip(verdicts, self.test["labels"]))

    @property
    def multiplications(self) -> int:
        """What one query costs: a multiplication for each number left, with each training digit."""
        return len(self.train["labels"]) * self.pooled.size

    def _features(self, images):
        """Whole numbers: an average's sums, so that equal distances are equal on every machine."""
        if self.method == "none":
            return images
        if self.method == "subsample":
            return images[:, :: self.stride, :: self.stride]
        pool = max_pool if self.method == "max" else sum_pool
        return pool(images, self.window, self.stride, axes=(1, 2))

    def _divisor(self):
        return self.window**2 if self.method == "avg" else 1

    def _squares(self, images):
        queries, training = (
            self._features(one).reshape(len(one), -1) for one in (images, images_of(self.train["pixels"]))
        )
        return ((queries[:, None] - training) ** 2).sum(axis=2)

    def fallback(self) -> str:
        """The digit, its pooled form and the five labels: what is seen where no script runs."""
        found = ", ".join(
            f"{'an' if label == 8 else 'a'} {label} at distance {pictures.two_decimals(distance)}"
            for label, distance in self.neighbours
        )
        captions = [f"A test digit, {SIDE} × {SIDE}", "What is compared, {} × {}".format(*self.pooled.shape)]
        grids = pictures.grids(self.x, self.pooled, captions=captions).html
        return f"{grids}<p>Its nearest neighbours among {len(self.train['labels'])} training digits: {found}.</p>"


def split_digits() -> tuple[data.Digits, data.Digits]:
    """Training and test digits of the widget: of each class every fourth image, and others between them.

    >>> [len(part.labels) for part in split_digits()]
    [400, 50]
    """
    images, labels = data.digits()
    of_class = [np.flatnonzero(labels == label) for label in range(10)]
    training = np.sort(np.concatenate([places[0:160:4] for places in of_class]))
    testing = np.sort(np.concatenate([places[2:160:32] for places in of_class]))
    return data.Digits(images[training], labels[training]), data.Digits(images[testing], labels[testing])


def digit_scene(digit: int, **settings) -> dict:
    """The scene of a task that begins with one of the test digits where it stands, as `tasks.guess` wants it.

    >>> sorted(digit_scene(48, method="avg"))
    ['digit', 'method', 'pixels', 'pushed']
    """
    return {"digit": digit, "pixels": letters_of(split_digits()[1].images[digit]), "pushed": [0, 0], **settings}


def letters_of(images: np.ndarray) -> str:
    """Images of values 0 to 16 as letters, one for each pixel.

    >>> letters_of(np.array([[0, 1], [15, 16]]))
    'abpq'
    """
    return "".join(_LETTERS[value] for value in np.ravel(images))


def images_of(letters: str) -> np.ndarray:
    """The images, (N, 8, 8), that `letters_of` wrote.

    >>> images_of("abpq" * 16)[0, 0]
    array([ 0,  1, 15, 16,  0,  1, 15, 16])
    """
    return (np.frombuffer(letters.encode("ascii"), np.uint8) - ord("a")).astype(int).reshape(-1, SIDE, SIDE)


def vote(labels: Sequence[int]) -> int:
    """The label that occurs most often; of several, the one that comes first.

    >>> vote([3, 8, 8]), vote([3, 8, 5])
    (8, 3)
    """
    return max(labels, key=list(labels).count)
