"""The window explorer: drag a window over numbers, an image or a photo, and see what it gives."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.widgets.base import BookWidget
from pooling_book.widgets.photos import decode, encode
from pooling_lib.geometry import place
from pooling_lib.pooling import avg_pool, max_pool

#: What a new explorer shows: shuffled, signed, with ties, and one window without a positive number.
NUMBERS = """\
 3  1  4 -1  5  9
-2  6  5  3  5  8
 9 -7  9 -3 -2  3
 8  4 -6 -2 -6  4
 3  3  8 -3  2  7
 9  5  0  2  8  8"""


class Explorer(BookWidget):
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

    images = traitlets.Dict().tag(sync=True)
    source = traitlets.Unicode("numbers").tag(sync=True)
    numbers = traitlets.Unicode(NUMBERS).tag(sync=True)
    photo = traitlets.Dict(default_value=None, allow_none=True).tag(sync=True)
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
        identity: str = "explorer",
    ):
        if source != "numbers" and source not in images:
            raise ValueError(f"source={source!r} is not there; use 'numbers' or one of {sorted(images)}")
        # A wrong geometry is refused here, by the library and in its words, not in the browser.
        vertical, horizontal = place(
            _plane(source, numbers, images).shape, window, stride, padding, dilation, ceil_mode
        )
        super().__init__(
            identity,
            images={title: encode(title, image) for title, image in images.items()},
            source=source,
            numbers=numbers,
            operation=operation,
            window=[vertical.window, horizontal.window],
            stride=[vertical.stride, horizontal.stride],
            padding=padding if isinstance(padding, str) else [list(pair) for pair in padding],
            dilation=[vertical.dilation, horizontal.dilation],
            ceil_mode=ceil_mode,
            count_include_pad=count_include_pad,
            covered=covered,
        )

    @property
    def x(self) -> np.ndarray:
        """The input as it stands now: float64 (H, W) for numbers, uint8 (H, W) for an image or the reader's photo."""
        photos = {title: decode(image) for title, image in self.images.items()} | (
            {"photo": decode(self.photo)} if self.photo else {}
        )
        return _plane(self.source, self.numbers, photos)

    @property
    def y(self) -> np.ndarray:
        """The output, computed by pooling_lib from `x` and the settings as they stand now."""
        extra = {"count_include_pad": self.count_include_pad} if self.operation == "avg" else {}
        return {"max": max_pool, "avg": avg_pool}[self.operation](
            self.x, self.window, self.stride, self.padding, dilation=self.dilation, ceil_mode=self.ceil_mode, **extra
        )

    @property
    def call(self) -> str:
        """The call that computes `y` from `x`; defaults are left out."""
        named = [f"window={short(self.window)}"]
        if self.stride != self.window:
            named.append(f"stride={short(self.stride)}")
        if self.padding != "valid":
            named.append(
                'padding="same"' if self.padding == "same" else f"padding={[tuple(pair) for pair in self.padding]}"
            )
        if self.dilation != [1, 1]:
            named.append(f"dilation={short(self.dilation)}")
        if self.ceil_mode:
            named.append("ceil_mode=True")
        if self.operation == "avg" and self.count_include_pad:
            named.append("count_include_pad=True")
        return f"{self.operation}_pool(x, {', '.join(named)})"

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


def _plane(source, numbers, images):
    if source != "numbers":
        return images[source]
    return grid(numbers)


def grid(numbers: str) -> np.ndarray:
    """A grid of numbers from its text, one row on each line.

    >>> grid("3 -1\\n4 2")
    array([[ 3., -1.],
           [ 4.,  2.]])
    """
    try:
        return np.array(
            [[float(word) for word in line.replace(",", " ").split()] for line in numbers.splitlines() if line.strip()]
        )
    except ValueError as error:
        raise ValueError(f"numbers must hold one row of numbers on each line, all of one length ({error})") from None


def short(pair: Sequence[int]) -> str:
    """A pair for rows and columns as a call has it: one number where both are alike."""
    return str(pair[0]) if pair[0] == pair[1] else str(tuple(pair))
