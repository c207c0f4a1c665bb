"""The window explorer: drag a window over numbers, an image or a photo, and see what it gives."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget
from pooling_book.widgets.texts import NUMBERS, grid, settings
from pooling_lib.geometry import place
from pooling_lib.pooling import avg_pool, max_pool


class Explorer(PhotoWidget):
    """A window that can be dragged over an input, with its output and its arithmetic spelled out.

    Parameters
    ----------
    numbers : str
        A grid of numbers, one row on each line; nan, inf and -inf are welcome.
    images : mapping of str to ndarray of uint8 (H, W)
        Images the reader can choose beside the numbers; 64 x 64 redraws within a frame.
    source : str
        What is shown at first: 'numbers' or the name of one of the images.
    operation : 'max' or 'avg'
    window, stride, padding, dilation, ceil_mode, count_include_pad
        As `pooling_lib.max_pool` and `avg_pool`, for two axes.
    covered : bool
        Cover each output until the window has been there, so that it can be predicted first.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> explorer = Explorer(window=3, stride=1)
    >>> explorer.y.shape
    (4, 4)
    >>> explorer.operation = "avg"
    >>> explorer.call
    'avg_pool(x, window=3, stride=1)'
    """

    beside = ("numbers",)
    guesses = ("output", "size", "winners", "readers")
    goals = ("every", "size", "mean_apart", "readers")

    numbers = traitlets.Unicode(NUMBERS).tag(sync=True)
    operation = traitlets.Enum(["max", "avg"], "max").tag(sync=True)
    window = traitlets.List(traitlets.Int()).tag(sync=True)
    stride = traitlets.List(traitlets.Int()).tag(sync=True)
    padding = traitlets.Union([traitlets.Enum(["valid", "same"]), traitlets.List(traitlets.List(traitlets.Int()))]).tag(
        sync=True
    )
    dilation = traitlets.List(traitlets.Int()).tag(sync=True)
    ceil_mode = traitlets.Bool(False).tag(sync=True)
    count_include_pad = traitlets.Bool(False).tag(sync=True)
    covered = traitlets.Bool(False).tag(sync=True)
    selected = traitlets.List(traitlets.Int(), [0, 0]).tag(sync=True)

    def __init__(
        self,
        numbers: str = NUMBERS,
        images: Mapping[str, np.ndarray] = {},
        source: str = "numbers",
        operation: str = "max",
        window: int | Sequence[int] = 2,
        stride: int | Sequence[int] | None = None,
        padding: str | Sequence[tuple[int, int]] = "valid",
        dilation: int | Sequence[int] = 1,
        ceil_mode: bool = False,
        count_include_pad: bool = False,
        covered: bool = False,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "explorer",
    ):
        encoded, source = self.checked(images, source)
        shape = grid(numbers).shape if source == "numbers" else np.shape(images[source])
        # A wrong geometry is refused here, by the library and in its words, not in the browser.
        vertical, horizontal = place(shape, window, stride, padding, dilation, ceil_mode)
        super().__init__(
            identity,
            images=encoded,
            source=source,
            numbers=numbers,
            operation=one_of("operation", operation, ("max", "avg")),
            window=[vertical.window, horizontal.window],
            stride=[vertical.stride, horizontal.stride],
            padding=padding if isinstance(padding, str) else [list(pair) for pair in padding],
            dilation=[vertical.dilation, horizontal.dilation],
            ceil_mode=ceil_mode,
            count_include_pad=count_include_pad,
            covered=covered,
            tasks=tasks,
            task=task,
        )

    @property
    def x(self) -> np.ndarray:
        """The input as it stands now: float64 (H, W) for numbers, uint8 (H, W) for an image or the reader's photo."""
        return grid(self.numbers) if self.source == "numbers" else self.image

    @property
    def y(self) -> np.ndarray:
        """The output, computed by pooling_lib from `x` and the settings as they stand now."""
        settings = {"padding": self.padding, "dilation": self.dilation, "ceil_mode": self.ceil_mode}
        if self.operation == "max":
            return max_pool(self.x, self.window, self.stride, **settings)
        return avg_pool(self.x, self.window, self.stride, count_include_pad=self.count_include_pad, **settings)

    @property
    def call(self) -> str:
        """The call that computes `y` from `x`; defaults are left out."""
        include = self.operation == "avg" and self.count_include_pad
        flags = {"ceil_mode": self.ceil_mode, "count_include_pad": include}
        return f"{self.operation}_pool(x, {settings(self.window, self.stride, self.padding, self.dilation, **flags)})"

    def fallback(self) -> str:
        """The input with the first window framed, beside the output: what is seen where no script runs."""
        x, y = self.x, self.y
        captions = [f"Input, {x.shape[0]} × {x.shape[1]}", f"Output of {self.call}, {y.shape[0]} × {y.shape[1]}"]
        if self.source != "numbers":
            return pictures.images(
                x, y, captions=captions, alts=[f"{self.source}, before pooling", f"{self.source}, after pooling"]
            ).html
        rows, columns = place(x.shape, self.window, self.stride, self.padding, self.dilation, self.ceil_mode)
        first = [(i, j) for i in rows.covered(0) for j in columns.covered(0)]
        return pictures.grids(x, y, captions=captions, marked=[first, [(0, 0)]]).html
