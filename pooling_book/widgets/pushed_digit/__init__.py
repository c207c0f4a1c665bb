"""Small trained networks that live in the page: a digit is pushed around, and each says what it reads."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.study import data
from pooling_book.study.pretrained import POOLS, Trained
from pooling_book.study.shifts import shifted
from pooling_book.widgets.base import base64_of, one_of, values_of
from pooling_book.widgets.things_to_try import TaskWidget

FARTHEST_PUSH = 8  # pixels


class PushedDigit(TaskWidget):
    """A digit that the reader draws, chooses and pushes, and what trained networks with different pools make of it.

    Parameters
    ----------
    networks : mapping of str to Trained
        One to three of them, by the names they are shown under.
    digit : int
        Which of the ten test digits is shown at first.
    pushed : (int, int)
        Rows down and columns to the right, -8 to 8.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If there are too few or too many networks, one has arrays that do not fit, or a number is outside its range.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> shapes = [(3, 3, 1, 4), (4,), (3, 3, 4, 2), (2,), (2, 10), (10,)]
    >>> widget = PushedDigit({"random": Trained("max", [rng.normal(size=shape) for shape in shapes])}, digit=3)
    >>> widget.x.shape, widget.logits["random"].shape, widget.verdicts["random"] in range(10)
    ((28, 28), (10,), True)
    """

    guesses = ("changes", "share")
    goals = ("apart", "drawn")

    networks = traitlets.List(traitlets.Dict()).tag(sync=True)
    test = traitlets.Dict().tag(sync=True)
    digit = traitlets.Int(0).tag(sync=True)  # which test digit; -1: the reader's own
    pixels = traitlets.Unicode().tag(sync=True)  # the digit before it is pushed, base64 of a byte for each pixel
    pushed = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)  # rows down, columns to the right

    def __init__(
        self,
        networks: Mapping[str, Trained],
        digit: int = 0,
        pushed: Sequence[int] = (0, 0),
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "network",
    ):
        if not 1 <= len(networks) <= 3:
            raise ValueError(
                f"networks holds {len(networks)} networks, and the page has room for 1 to 3; drop or add some"
            )
        images, labels = one_of_each_class()
        one_of("digit", digit, range(len(labels)))
        if len(pushed) != 2 or any(by not in range(-FARTHEST_PUSH, FARTHEST_PUSH + 1) for by in pushed):
            raise ValueError(
                f"pushed={tuple(pushed)!r} is not allowed; "
                f"use two whole numbers from {-FARTHEST_PUSH} to {FARTHEST_PUSH}"
            )
        if task is not None and task in range(len(tasks)):
            digit = tasks[task]["scene"].get("digit", digit)
        super().__init__(
            identity,
            networks=[_written(title, one) for title, one in networks.items()],
            test={"pixels": [base64_of(image) for image in images], "labels": [int(label) for label in labels]},
            digit=digit,
            pixels=base64_of(images[digit]),
            pushed=[int(by) for by in pushed],
            tasks=tasks,
            task=task,
        )

    @property
    def x(self) -> np.ndarray:
        """What the networks see, (28, 28) bytes: the digit where it has been pushed to; what left the grid is gone."""
        return shifted(values_of(self.pixels, np.uint8).reshape(1, 28, 28), *self.pushed)[0]

    @property
    def logits(self) -> dict[str, np.ndarray]:
        """What each network's last layer says."""
        return {one["title"]: _read(one).logits(self.x[None] / 255)[0] for one in self.networks}

    @property
    def verdicts(self) -> dict[str, int]:
        """The class that each network finds most probable."""
        return {title: int(logits.argmax()) for title, logits in self.logits.items()}

    def fallback(self) -> str:
        """The digit, and what each network says of it: what is seen where no script runs."""
        said = ", ".join(f"{title} {verdict}" for title, verdict in self.verdicts.items())
        shown = pictures.images(
            255 - self.x,
            captions=["A test digit"],
            alts=[f"a handwritten {self.test['labels'][self.digit]}"],
            width=112,
        )
        return f"{shown.html}<p>What the networks read: {said}.</p>"


def one_of_each_class() -> tuple[np.ndarray, np.ndarray]:
    """Ten test digits of MNIST, the first of each class, and their labels.

    >>> one_of_each_class()[1].tolist()
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    mnist = data.mnist()
    places = [int(np.flatnonzero(mnist.test_labels == label)[0]) for label in range(10)]
    return mnist.test_images[places], mnist.test_labels[places]


def _written(title: str, network: Trained) -> dict:
    """A network as JSON can hold it, its weights rounded to float16."""
    one_of(f"networks[{title!r}].pool", network.pool, POOLS)
    shapes, channels = [np.shape(one) for one in network.weights], 1
    for kernel, bias in zip(shapes[:-2:2], shapes[1:-2:2]):
        if len(kernel) != 4 or kernel[:3] != (3, 3, channels) or bias != kernel[3:]:
            raise ValueError(
                f"networks[{title!r}] has weights of shapes {kernel} and {bias} after {channels} channels; "
                f"use (3, 3, {channels}, c) and (c,)"
            )
        channels = kernel[3]
    if len(shapes) < 4 or len(shapes) % 2 or shapes[-2:] != [(channels, 10), (10,)]:
        raise ValueError(
            f"networks[{title!r}] ends with weights of shapes {shapes[-2:]}; "
            f"use convolutions, then ({channels}, 10) and (10,)"
        )
    return {
        "title": title,
        "pool": network.pool,
        "channels": [shape[3] for shape in shapes[:-2:2]],
        "weights": base64_of(np.concatenate([np.ravel(one) for one in network.weights]).astype("<f2")),
    }


def _read(one: Mapping) -> Trained:
    """The network that `_written` wrote."""
    before = [1, *one["channels"]]
    shapes: list[tuple[int, ...]] = []
    for channels, after in zip(before, one["channels"]):
        shapes += [(3, 3, channels, after), (after,)]
    shapes += [(before[-1], 10), (10,)]
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    parts = np.split(values_of(one["weights"], "<f2").astype(np.float32), ends)
    return Trained(one["pool"], [part.reshape(shape) for part, shape in zip(parts, shapes)])
