"""The gradient painter: paint an upstream gradient on a pool's output, and see where it lands in the input."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book import palette
from pooling_book.show import pictures
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget
from pooling_book.widgets.texts import NUMBERS, grid, settings
from pooling_lib.geometry import place
from pooling_lib.gradients import avg_pool_backward, max_pool_backward
from pooling_lib.pooling import avg_pool, max_pool

#: A grid in which six of the nine 2 x 2 windows have their maximum more than once.
TIES = """\
0 0 0 0 2 2
0 0 0 5 0 2
0 4 4 0 1 0
0 4 0 3 0 0
7 0 3 0 0 0
7 1 0 3 0 0"""

GRIDS = {"numbers": NUMBERS, "numbers with ties": TIES}
_LETTERS = "abcdefg"  # what an output of a painting sends, from -3 to 3, as one letter: a link has room for it
PATTERNS = ("one output", "all ones", "left and right", "random", "clear", "painted")


class GradientPainter(PhotoWidget):
    """An output to paint an upstream gradient on, beside the input that receives it.

    Parameters
    ----------
    images : mapping of str to ndarray of uint8 (H, W)
        Images the reader can choose beside the grids of numbers; 64 x 64 redraws within a frame.
    source : str
        What is shown at first: 'numbers', 'numbers with ties' or the name of one of the images.
    operation : 'max' or 'avg'
    window, stride, padding, count_include_pad
        As `pooling_lib.max_pool` and `avg_pool`, for two axes; padding 'valid' or 'same'.
    pattern : str
        What is painted at first: 'one output' (the middle one sends 1), 'all ones', 'left and right'
        (the left half sends 1, the right half -1), 'random' (from -3 to 3) or 'clear'.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> painter = GradientPainter(pattern="all ones")
    >>> painter.dx[:2].astype(int)
    array([[0, 0, 0, 0, 0, 1],
           [0, 1, 1, 0, 0, 0]])
    >>> painter.operation = "avg"
    >>> painter.call
    'avg_pool_backward(dy, x.shape, window=2)'
    """

    beside = tuple(GRIDS)
    guesses = ("receivers", "received", "total", "idle")
    goals = ("receives", "cancel")

    grids = traitlets.Dict(default_value=GRIDS).tag(sync=True)
    operation = traitlets.Enum(["max", "avg"], "max").tag(sync=True)
    window = traitlets.List(traitlets.Int()).tag(sync=True)
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.Enum(["valid", "same"], "valid").tag(sync=True)
    count_include_pad = traitlets.Bool(False).tag(sync=True)
    pattern = traitlets.Enum(PATTERNS, "one output").tag(sync=True)
    seed = traitlets.Int(1).tag(sync=True)
    painting = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)  # rows, columns, values: letters
    selected = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)

    def __init__(
        self,
        images: Mapping[str, np.ndarray] = {},
        source: str = "numbers",
        operation: str = "max",
        window: int | Sequence[int] = 2,
        stride: int | Sequence[int] | None = None,
        padding: str = "valid",
        count_include_pad: bool = False,
        pattern: str = "one output",
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "gradient",
    ):
        encoded, source = self.checked(images, source)
        one_of("padding", padding, ("valid", "same"))
        shape = grid(GRIDS[source]).shape if source in GRIDS else np.shape(images[source])
        # A wrong geometry is refused here, by the library and in its words, not in the browser.
        vertical, horizontal = placed = place(shape, window, stride, padding)
        super().__init__(
            identity,
            images=encoded,
            source=source,
            operation=one_of("operation", operation, ("max", "avg")),
            window=[vertical.window, horizontal.window],
            stride=[vertical.stride, horizontal.stride],
            padding=padding,
            count_include_pad=count_include_pad,
            pattern=one_of("pattern", pattern, PATTERNS[:-1]),
            selected=[along.count // 2 for along in placed],
            tasks=tasks,
            task=task,
        )

    @property
    def x(self) -> np.ndarray:
        """The input as it stands now: float64 (H, W) for numbers, uint8 (H, W) for an image or the reader's photo."""
        return grid(self.grids[self.source]) if self.source in self.grids else self.image

    @property
    def y(self) -> np.ndarray:
        """The output of the pool."""
        if self.operation == "max":
            return max_pool(self.x, *self._settings())
        return avg_pool(self.x, *self._settings(), count_include_pad=self.count_include_pad)

    @property
    def dy(self) -> np.ndarray:
        """The upstream gradient as it is painted now: float64, one number for each output."""
        rows, columns = (along.count for along in place(self.x.shape, *self._settings()))
        dy = np.zeros((rows, columns))
        if self.pattern == "one output":
            dy[rows // 2, columns // 2] = 1
        elif self.pattern == "all ones":
            dy[:] = 1
        elif self.pattern == "left and right":
            dy[:, : columns // 2] = 1
            dy[:, (columns + 1) // 2 :] = -1
        elif self.pattern == "random":
            state = self.seed
            for place_ in np.ndindex(dy.shape):
                state = state * 16807 % 2147483647  # the same numbers in the browser
                dy[place_] = state % 7 - 3
        elif self.pattern == "painted" and self.painting:
            old = np.array([_LETTERS.index(letter) - 3.0 for letter in self.painting["values"]])
            old = old.reshape(self.painting["rows"], self.painting["columns"])
            dy = old[np.ix_(np.arange(rows) * old.shape[0] // rows, np.arange(columns) * old.shape[1] // columns)]
        return dy

    @property
    def dx(self) -> np.ndarray:
        """What arrives at each element of `x`, by pooling_lib's gradients."""
        if self.operation == "max":
            _, where = max_pool(self.x, *self._settings(), return_indices=True)
            return max_pool_backward(self.dy, where, self.x.shape, *self._settings())
        return avg_pool_backward(self.dy, self.x.shape, *self._settings(), count_include_pad=self.count_include_pad)

    @property
    def call(self) -> str:
        """The call that computes `dx` from `dy`; defaults are left out."""
        if self.operation == "max":
            return f"max_pool_backward(dy, where, x.shape, {settings(*self._settings())})"
        given = settings(*self._settings(), count_include_pad=self.count_include_pad)
        return f"avg_pool_backward(dy, x.shape, {given})"

    def _settings(self):
        return self.window, self.stride, self.padding

    def fallback(self) -> str:
        """What arrives at the input beside what the outputs send: what is seen where no script runs."""
        x, y, dx, dy = self.x, self.y, self.dx, self.dy
        if self.source in self.grids:
            captions = ["Input", "What arrives", "Output", "What it sends"]
            return pictures.grids(x, dx, y, dy, captions=captions).html
        captions = [f"What arrives by {self.call}", "What the outputs send"]
        alts = [
            f"{self.source}, elements that receive a gradient coloured",
            f"{self.source} pooled, outputs that send one coloured",
        ]
        tints = tinted(x, dx, largest=1), tinted(y, dy, largest=1)
        return pictures.images(*tints, captions=captions, alts=alts).html


def tinted(image: np.ndarray, gradient: np.ndarray, largest: float | None = None) -> np.ndarray:
    """A dimmed grey image with a gradient over it: positive light amber, negative dark blue, the larger the stronger.

    Parameters
    ----------
    image : ndarray (H, W)
        Values from 0 to 255.
    gradient : ndarray (H, W)
        Where it is 0 the image shows.
    largest : float, optional
        The size from which on the colour is full; the largest there is by default.

    Returns
    -------
    ndarray (H, W, 3)
        Values from 0 to 255.

    Examples
    --------
    >>> tinted(np.array([[0, 255]]), np.array([[0, -2]]))[0].astype(int)
    array([[ 92,  92,  92],
           [ 54,  41, 126]])
    """
    grey = (92 + np.asarray(image, float) * 72 / 255)[:, :, None]
    size = np.minimum(1, np.abs(gradient) / (largest or np.abs(gradient).max() or 1))
    alpha = np.where(size > 0, 0.3 + 0.55 * size, 0)[:, :, None]
    colour = np.where(gradient[:, :, None] > 0, palette.rgb("positive"), palette.rgb("negative"))
    return (1 - alpha) * grey + alpha * colour
