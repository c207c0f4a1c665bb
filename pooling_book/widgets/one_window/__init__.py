"""One window of a photo: its pixels as bars, and every method's answer on the same scale."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.widgets.base import one_of
from pooling_book.widgets.family import METHODS, NAMES, POWERS, TEMPERATURES, as_setting
from pooling_book.widgets.photos import PhotoWidget, small_photos

WINDOWS = (2, 3)


class OneWindow(PhotoWidget):
    """A small window on a photo, its pixels as bars that can be dragged, and what every method answers.

    Parameters
    ----------
    images : mapping of str to ndarray of uint8 (H, W), optional
        Photos the reader can choose, each side at least 3; photos of the book unless given.
    source : str, optional
        Name of the photo shown at first; the first one unless given.
    window : int
        2 or 3: the window is as high as wide.
    corner : (int, int), optional
        Row and column of the window's upper left pixel; in the middle of the photo unless given.
    bars : sequence of int, optional
        The pixels' values, 0 to 255, along the rows; those of the photo unless given.
    power : float
        That of the power mean, one of `family.POWERS`: from -inf, the minimum, to inf, the maximum.
    temperature : float
        That of the softmax-weighted mean in grey levels, one of `family.TEMPERATURES`: from 0, the maximum, to inf, the
        average.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If there is no photo, a photo is not uint8 of shape (H, W) or too small, the window does not stand on it, or a
        value is not allowed.

    Examples
    --------
    >>> one = OneWindow({"two": np.array([[40, 200, 0], [60, 100, 0], [0] * 3], np.uint8)}, corner=(0, 0), power=2)
    >>> one.values.tolist()
    [40, 200, 60, 100]
    >>> {name: round(value, 1) for name, value in one.answers.items() if name in ("avg", "power", "max")}
    {'avg': 100.0, 'power': 117.5, 'max': 200.0}
    >>> one.bars = [100, 100, 100, 100]  # as the reader's drags do
    >>> set(round(value, 6) for value in one.answers.values())
    {100.0}
    """

    guesses = ("answer", "equals", "moved", "largest", "side")
    goals = ("meet", "apart", "drawn")

    window = traitlets.Int(2).tag(sync=True)
    corner = traitlets.List(traitlets.Int()).tag(sync=True)
    bars = traitlets.List(traitlets.Int(), default_value=None, allow_none=True).tag(sync=True)
    power = traitlets.Any(3).tag(sync=True)
    temperature = traitlets.Any(20).tag(sync=True)
    draws = traitlets.List(traitlets.Int()).tag(sync=True)  # how often each pixel has been drawn
    last = traitlets.Int(None, allow_none=True).tag(sync=True)  # which was drawn last

    def __init__(
        self,
        images: Mapping[str, np.ndarray] | None = None,
        source: str | None = None,
        window: int = 2,
        corner: Sequence[int] | None = None,
        bars: Sequence[int] | None = None,
        power: float = 3,
        temperature: float = 20,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "one-window",
    ):
        images = small_photos() if images is None else images
        encoded, source = self.checked(images, source)
        one_of("window", window, WINDOWS)
        shape = np.shape(images[source])
        place = [size // 2 - 1 for size in shape] if corner is None else [int(at) for at in corner]
        if len(place) != 2 or not all(0 <= at <= size - window for at, size in zip(place, shape)):
            last = tuple(size - window for size in shape)
            raise ValueError(
                f"corner={tuple(place)} leaves the window outside the photo; use row and column from (0, 0) to {last}"
            )
        values = None if bars is None else [one_of("a value of bars", int(value), range(256)) for value in bars]
        if values is not None and len(values) != window**2:
            raise ValueError(f"bars={list(bars or [])!r} has {len(values)} values; use {window**2}, one for each pixel")
        super().__init__(
            identity,
            images=encoded,
            source=source,
            window=window,
            corner=place,
            bars=values,
            power=as_setting("power", power, POWERS),
            temperature=as_setting("temperature", temperature, TEMPERATURES),
            draws=[],
            tasks=tasks,
            task=task,
        )

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        return "" if min(rows, columns) >= 3 else "an image with sides of at least 3: a window is up to 3 x 3"

    @property
    def values(self) -> np.ndarray:
        """The pixels' values as they stand now, along the rows: int (window ** 2,)."""
        row, column = self.corner
        patch = self.image[row : row + self.window, column : column + self.window]
        return np.array(patch.ravel() if self.bars is None else self.bars, int)

    @property
    def answers(self) -> dict[str, float]:
        """What each method makes of the pixels, by its name in `family.METHODS`."""
        return {name: float(self._answer(name)) for name in METHODS}

    def _answer(self, name):
        settings = float(self.power), float(self.temperature)
        return METHODS[name](self.values.astype(float), self.values.size, *settings)[0]

    def fallback(self) -> str:
        """The photo, the window's pixels and every answer: what is seen where no script runs."""
        row, column = self.corner
        where = f"rows {row} to {row + self.window - 1}, columns {column} to {column + self.window - 1}"
        photo = pictures.images(
            self.image,
            captions=[f"{self.source.capitalize()}, {self.image.shape[0]} × {self.image.shape[1]}"],
            alts=[f"{self.source}, a grey photo"],
        )
        grid = pictures.grids(self.values.reshape(self.window, -1), captions=[f"Its pixels in {where}"])
        said = [f"{NAMES[name]} {pictures.two_decimals(value)}" for name, value in self.answers.items()]
        set_at = f"with p = {self.power} and T = {self.temperature}".replace("-", "−").replace("inf", "∞")
        return f"{photo.html}{grid.html}<p>The answers {set_at}: {', '.join(said)}.</p>"
