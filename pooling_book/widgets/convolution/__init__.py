"""A convolution: slide a window over numbers or a photo, multiply by the weights of a filter, add, see the map."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget
from pooling_book.widgets.texts import grid

_SIDE = 3  # of the filter

#: What a new widget shows: a bright square on a darker ground, with upright and lying edges.
SQUARE = """\
1 1 1 1 1 1 1
1 1 1 1 1 1 1
1 1 5 5 5 1 1
1 1 5 5 5 1 1
1 1 5 5 5 1 1
1 1 1 1 1 1 1
1 1 1 1 1 1 1"""

#: Filters by their names: nine weights each. 'edge left-right' answers where it is brighter on the right, by 'edge
#: up-down' where it is brighter below; 'average' is what an average pool computes at stride 1.
FILTERS = {
    "edge left-right": [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    "edge up-down": [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
    "average": [[1 / 9] * 3] * 3,
    "copy": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
}
_MOST = 99  # of a weight's size


class Convolution(PhotoWidget):
    """A 3 x 3 window on an input, a filter of nine weights that can be typed, their products, and the map of the sums.

    The filter is laid on as it stands, as networks do it. Mathematics calls that a correlation, and flips the filter
    for what it calls a convolution.

    Parameters
    ----------
    numbers : str
        A grid of finite numbers, one row on each line, at least 3 x 3.
    images : mapping of str to ndarray of uint8 (H, W)
        Images the reader can choose beside the numbers; 64 x 64 redraws within a frame.
    source : str
        What is shown at first: 'numbers' or the name of one of the images.
    filter : str or array of shape (3, 3)
        The weights: one of `FILTERS` by its name, or numbers from -99 to 99. So in the scene of a task.
    relu : bool
        Whether a ReLU follows, which makes every negative output 0.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`. It can be asked for
        'output' (given `at`), 'lights' (which of `filters` gives most at output `at`, compared with output `off`) and
        'zeros' (the outputs that are 0); and wait for 'output' (given `at` and `value`), 'silent' (0 on every constant
        image, not all weights 0), 'copies' (`by` rows and columns, (0, 0) say) and 'averages'.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> widget = Convolution(filter="edge left-right")
    >>> widget.y[2].astype(int)
    array([ 12,  12,   0, -12, -12])
    >>> widget.relu = True
    >>> widget.y[2].astype(int)
    array([12, 12,  0,  0,  0])
    """

    beside = ("numbers",)
    guesses = ("output", "lights", "zeros")
    goals = ("output", "silent", "copies", "averages")

    numbers = traitlets.Unicode(SQUARE).tag(sync=True)
    filters = traitlets.Dict(default_value=FILTERS).tag(sync=True)
    filter = traitlets.List(traitlets.List(traitlets.Float())).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    selected = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)

    def __init__(
        self,
        numbers: str = SQUARE,
        images: Mapping[str, np.ndarray] = {},
        source: str = "numbers",
        filter: str | Sequence[Sequence[float]] = "edge left-right",
        relu: bool = False,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "convolution",
    ):
        encoded, source = self.checked(images, source)
        x = grid(numbers)
        if x.ndim != 2 or min(x.shape) < _SIDE or not np.isfinite(x).all():
            raise ValueError(
                f"numbers={numbers!r} does not fit a window of {_SIDE} x {_SIDE}; "
                f"give finite numbers, at least {_SIDE} rows of {_SIDE}"
            )
        super().__init__(
            identity,
            images=encoded,
            source=source,
            numbers=numbers,
            filter=_weights("filter", filter),
            relu=relu,
            tasks=[_with_weights(n, each) for n, each in enumerate(tasks)],
            task=task,
        )

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        return "" if min(rows, columns) >= _SIDE else f"an image of at least {_SIDE} x {_SIDE} pixels"

    @property
    def x(self) -> np.ndarray:
        """The input as it stands now: float64 (H, W) for numbers, uint8 (H, W) for an image or the reader's photo."""
        return grid(self.numbers) if self.source == "numbers" else self.image

    @property
    def before(self) -> np.ndarray:
        """The map of the sums, float64 (H - 2, W - 2): what a ReLU would get."""
        windows = np.lib.stride_tricks.sliding_window_view(self.x.astype(float), (_SIDE, _SIDE))
        return np.einsum("ijab,ab->ij", windows, np.array(self.filter))

    @property
    def y(self) -> np.ndarray:
        """The output: the map, its negative numbers made 0 where `relu` is set."""
        return np.maximum(self.before, 0) if self.relu else self.before

    @property
    def call(self) -> str:
        """The call of SciPy and NumPy that computes `y` from `x` and `filter`."""
        inner = 'correlate2d(x, filter, "valid")'
        return f"np.maximum({inner}, 0)" if self.relu else inner

    def fallback(self) -> str:
        """The input with the first window framed, the filter and the output: what is seen where no script runs."""
        x, y, weights = self.x, self.y, np.array(self.filter)
        captions = [f"Input, {x.shape[0]} × {x.shape[1]}", "Filter", f"Output, {y.shape[0]} × {y.shape[1]}"]
        if self.source == "numbers":
            first = [(i, j) for i in range(_SIDE) for j in range(_SIDE)]
            return pictures.grids(x, weights, y, captions=captions, marked=[first, [], [(0, 0)]], signed=True).html
        words = "; ".join(" ".join(map(two_decimals, row)) for row in weights)
        alts = [self.source, f"{self.source}, after the filter {words}"]
        grey = np.clip(y + (128 if abs(weights.sum()) < 1e-9 else 0), 0, 255)  # an edge filter has both signs
        return pictures.images(x, grey, captions=captions[::2], alts=alts).html


def _weights(argument, filter):
    """The weights of a filter as lists; a name stands for those that it has in FILTERS."""
    if isinstance(filter, str):
        return FILTERS[one_of(argument, filter, FILTERS)]
    try:
        weights = np.array(filter, float)
    except (TypeError, ValueError):
        weights = np.array(np.nan)
    if weights.shape != (_SIDE, _SIDE) or not (np.abs(weights) <= _MOST).all():
        names = ", ".join(map(repr, FILTERS))
        raise ValueError(
            f"{argument}={filter!r} is no filter; use {_SIDE} rows of {_SIDE} numbers from -{_MOST} to {_MOST}, "
            f"or one of {names}"
        )
    return weights.tolist()


def _with_weights(n, task):
    """A task whose scene has the filter's weights, where it had its name."""
    if "filter" not in task["scene"]:
        return task
    weights = _weights(f"tasks[{n}]['scene']['filter']", task["scene"]["filter"])
    return {**task, "scene": {**task["scene"], "filter": weights}}
