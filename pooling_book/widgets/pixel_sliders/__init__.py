"""A window's pixels as sliders: both answers, and what a change of each pixel does to them."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget
from pooling_lib.pooling import avg_pool, max_pool


class PixelSliders(PhotoWidget):
    """A small window on a photo, its pixels enlarged so that they can be dragged, and both answers on a line.

    Parameters
    ----------
    images : mapping of str to ndarray of uint8 (H, W)
        Photos the reader can choose, each side at least 4; 64 x 64 redraws within a frame.
    source : str, optional
        Name of the photo shown at first; the first one unless given.
    window : int
        2, 3 or 4: the window is as high as wide.
    corner : (int, int)
        Row and column of the window's upper left pixel.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If there is no photo, a photo is not uint8 of shape (H, W) or too small, or the window does not stand on it.

    Examples
    --------
    >>> pixels = PixelSliders({"two": np.array([[40, 200, 0, 0], [60, 100, 0, 0], [0] * 4, [0] * 4], np.uint8)})
    >>> pixels.patch
    array([[ 40, 200],
           [ 60, 100]], dtype=uint8)
    >>> pixels.answers
    {'max': 200, 'mean': 100.0}
    >>> pixels.edits = [[0, 0, 80]]  # as the reader's drag does
    >>> pixels.answers
    {'max': 200, 'mean': 110.0}
    """

    guesses = ("answers", "moves", "moved", "room", "deciders")
    goals = ("equal", "answers", "apart")

    window = traitlets.Int(2).tag(sync=True)
    corner = traitlets.List(traitlets.Int()).tag(sync=True)
    edits = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)

    def __init__(
        self,
        images: Mapping[str, np.ndarray],
        source: str | None = None,
        window: int = 2,
        corner: Sequence[int] = (0, 0),
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "pixels",
    ):
        encoded, source = self.checked(images, source)
        one_of("window", window, range(2, 5))
        corner, shape = [int(place) for place in corner], np.shape(images[source])
        if len(corner) != 2 or not all(0 <= place <= size - window for place, size in zip(corner, shape)):
            last = tuple(size - window for size in shape)
            raise ValueError(
                f"corner={tuple(corner)} leaves the window outside the photo; use row and column from (0, 0) to {last}"
            )
        super().__init__(
            identity, images=encoded, source=source, window=window, corner=corner, edits=[], tasks=tasks, task=task
        )

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        return "" if min(rows, columns) >= 4 else "an image with sides of at least 4: a window is up to 4 x 4"

    @property
    def x(self) -> np.ndarray:
        """The photo as it stands now, the reader's changes in it: uint8 (H, W)."""
        x = self.image.copy()
        for row, column, value in self.edits:
            x[row, column] = value
        return x

    @property
    def patch(self) -> np.ndarray:
        """The pixels under the window as they stand now: uint8 (window, window)."""
        row, column = self.corner
        return self.x[row : row + self.window, column : column + self.window]

    @property
    def answers(self) -> dict[str, float]:
        """What pooling_lib makes of the window: its maximum and its mean."""
        return {
            "max": int(max_pool(self.patch, self.window)[0, 0]),
            "mean": float(avg_pool(self.patch, self.window)[0, 0]),
        }

    def fallback(self) -> str:
        """The photo, its pixels with the largest framed, and both answers: what is seen where no script runs."""
        row, column = self.corner
        where = f"rows {row} to {row + self.window - 1}, columns {column} to {column + self.window - 1}"
        largest = divmod(int(self.patch.argmax()), self.window)
        photo = pictures.images(
            self.x,
            captions=[f"{self.source.capitalize()}, {self.x.shape[0]} × {self.x.shape[1]}"],
            alts=[f"{self.source}, a grey photo"],
        )
        grid = pictures.grids(self.patch, captions=[f"Its pixels in {where}"], marked=[[largest]])
        mean = pictures.two_decimals(self.answers["mean"])
        return f"{photo.html}{grid.html}<p>Maximum {self.answers['max']}, framed. Mean {mean}.</p>"
