"""Bins over a map of any size: an adaptive pool, a pyramid, or a pool of a box, laid out by the reader's hand."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.study import data
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget, small_photos
from pooling_lib.pooling import adaptive_avg_pool, adaptive_max_pool

KINDS_OF_BINS = ("adaptive", "pyramid", "region")
LEVELS = (4, 2, 1)  # of the pyramid
LARGEST_MAP = 16  # rows or columns of the map
MOST_BINS = 7  # and of outputs
SAMPLES = 2  # of RoI align, for each bin and axis
DIGIT = 35  # a 2 of the test digits


def pictures_for_maps() -> dict[str, np.ndarray]:
    """What the map may be made of: small photographs, and a digit.

    >>> {name: image.shape for name, image in pictures_for_maps().items()}
    {'camera': (64, 64), 'cat': (64, 64), 'coffee': (64, 64), 'digit': (28, 28)}
    """
    return small_photos() | {"digit": data.mnist().test_images[DIGIT]}


class Bins(PhotoWidget):
    """A map of any size, the bins that a pool with a fixed number of outputs lays over it, and what comes out.

    The map is a picture in so many rows and columns, as whole grey levels.

    Parameters
    ----------
    images : mapping of str to ndarray of uint8 (H, W), optional
        What the map can be made of; photographs and a digit unless given.
    source : str, optional
        Name of the one shown at first; the first one unless given.
    size : (int, int)
        Rows and columns of the map, 1 to 16.
    pool : 'adaptive', 'pyramid' or 'region'
        So many bins over the whole; 4 x 4, 2 x 2 and one bin; or so many bins in a box.
    operation : 'max' or 'avg'
    outputs : (int, int)
        Bins down and across, 1 to 7; the pyramid has its own.
    level : 'all', '4', '2' or '1'
        Which level of the pyramid is shown.
    box : (float, float, float, float)
        Top, left, bottom and right edge of the box, in cells; at least one cell each way. It lies on tenths of a cell.
    selected : int
        Number of the output that is looked at, row by row; in a pyramid level by level.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If an image has another shape, a name is unknown, a number is outside its range or the box outside the map.

    Examples
    --------
    >>> bins = Bins(size=(5, 7), outputs=(3, 2))
    >>> bins.rows, bins.columns
    ([(0, 2), (1, 4), (3, 5)], [(0, 4), (3, 7)])
    >>> bins.y.shape, Bins(size=(5, 7), pool="pyramid").y.shape
    ((3, 2), (21,))
    """

    guesses = ("lengths", "again", "count", "jump")
    goals = ("once", "size", "apart")

    size = traitlets.List(traitlets.Int(), [10, 7]).tag(sync=True)
    pool = traitlets.Enum(KINDS_OF_BINS, "adaptive").tag(sync=True)
    operation = traitlets.Enum(("max", "avg"), "max").tag(sync=True)
    outputs = traitlets.List(traitlets.Int(), [3, 3]).tag(sync=True)
    level = traitlets.Enum(("all", *map(str, LEVELS)), "4").tag(sync=True)
    box = traitlets.List(traitlets.Float(), [2.2, 1.6, 8.4, 5.9]).tag(sync=True)
    selected = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        images: Mapping[str, np.ndarray] | None = None,
        source: str | None = None,
        size: Sequence[int] = (10, 7),
        pool: str = "adaptive",
        operation: str = "max",
        outputs: Sequence[int] = (3, 3),
        level: str = "4",
        box: Sequence[float] | None = None,
        selected: int = 0,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "map-in-bins",
    ):
        encoded, source = self.checked(pictures_for_maps() if images is None else images, source)
        size, outputs = _pair("size", size, LARGEST_MAP), _pair("outputs", outputs, MOST_BINS)
        super().__init__(
            identity,
            images=encoded,
            source=source,
            size=size,
            pool=one_of("pool", pool, KINDS_OF_BINS),
            operation=one_of("operation", operation, ("max", "avg")),
            outputs=outputs,
            level=one_of("level", level, ("all", *map(str, LEVELS))),
            box=_box(box, size),
            selected=one_of("selected", selected, range(MOST_BINS**2)),
            tasks=tasks,
            task=task,
        )

    @property
    def x(self) -> np.ndarray:
        """The map: each cell the mean of its bin of the picture, as a whole grey level."""
        return np.floor(adaptive_avg_pool(self.image, self.size) + 0.5).astype(np.uint8)

    @property
    def rows(self) -> list[tuple[int, int]]:
        """First row of each bin of the first level, and the one below its last."""
        return self._bins(0)

    @property
    def columns(self) -> list[tuple[int, int]]:
        """The same of the columns."""
        return self._bins(1)

    @property
    def again(self) -> int:
        """Cells of the map that more than one bin of the first level reads."""
        times = np.zeros(self.size, int)
        for rows in self.rows:
            for columns in self.columns:
                times[slice(*rows), slice(*columns)] += 1
        return int((times > 1).sum())

    @property
    def edges(self) -> list[float]:
        """The box: top, left, bottom and right edge on tenths of a cell, at least a cell apart, on the map."""
        (top, bottom), (left, right) = self._tenths()
        return [edge / 10 for edge in (top, left, bottom, right)]

    @property
    def rounded(self) -> list[int]:
        """The edges of the box as RoI pool has them: whole cells, a half rounded up."""
        (top, bottom), (left, right) = self._tenths()
        return [(edge + 5) // 10 for edge in (top, left, bottom, right)]

    @property
    def y(self) -> np.ndarray:
        """The outputs, of a pyramid in one row; of a box those of RoI pool."""
        pools: dict[str, Callable[..., np.ndarray]] = {"max": adaptive_max_pool, "avg": adaptive_avg_pool}
        pool = pools[self.operation]
        if self.pool == "pyramid":
            return np.concatenate([pool(self.x, level).ravel() for level in LEVELS])
        if self.pool == "adaptive":
            return pool(self.x, self.outputs)
        top, left, bottom, right = self.rounded
        return pool(self.x[top:bottom, left:right], self.outputs)

    @property
    def aligned(self) -> np.ndarray:
        """The outputs of RoI align for the box: 2 x 2 samples in each bin, each between four cells, nothing rounded."""
        top, left, bottom, right = self.edges
        rows, columns = (
            start + (np.arange(SAMPLES * count) + 0.5) / SAMPLES * (end - start) / count
            for start, end, count in ((top, bottom, self.outputs[0]), (left, right, self.outputs[1]))
        )
        height, width = np.array(self.x.shape) - 1
        # a cell has its value at its middle, and beyond the last ones there is no other
        along = np.array([np.interp(columns - 0.5, np.arange(width + 1), line) for line in self.x])
        values = np.array([np.interp(rows - 0.5, np.arange(height + 1), line) for line in along.T]).T
        down, across = self.outputs
        samples = values.reshape(down, SAMPLES, across, SAMPLES)
        return samples.max(axis=(1, 3)) if self.operation == "max" else samples.mean(axis=(1, 3))

    def _bins(self, axis):
        start, size = 0, self.size[axis]
        count = LEVELS[0] if self.pool == "pyramid" else self.outputs[axis]
        if self.pool == "region":
            start, end = self.rounded[axis], self.rounded[axis + 2]
            size = end - start
        return [(start + n * size // count, start - (-(n + 1) * size // count)) for n in range(count)]

    def _tenths(self):
        found = []
        for axis in (0, 1):
            start, end = (int(np.floor(10 * edge + 0.5)) for edge in (self.box[axis], self.box[axis + 2]))
            most = 10 * self.size[axis]
            side = min(max(end - start, 10), most)
            start = min(max(start, 0), most - side)
            found.append((start, start + side))
        return found

    def fallback(self) -> str:
        """The map and what comes out, and in words which rows and columns are read: what is seen without a script."""
        y = np.clip(np.round(self.y), 0, 255).reshape(-1, self.y.shape[-1]).astype(np.uint8)
        shown = pictures.images(
            self.x,
            y,
            captions=[f"Map, {self.size[0]} × {self.size[1]}", f"Outputs, {' × '.join(map(str, self.y.shape))}"],
            alts=[f"{self.source}, a small grey picture", "the same in bins"],
        )
        read = "; ".join(
            f"{name} {', '.join(f'{start} to {end - 1}' for start, end in bins)}"
            for name, bins in (("rows", self.rows), ("columns", self.columns))
        )
        return f"{shown.html}<p>The bins read {read}.</p>"


def _pair(argument: str, pair: Sequence[int], most: int) -> list[int]:
    if len(pair) != 2:
        raise ValueError(f"{argument}={tuple(pair)!r} is not allowed; use two whole numbers, for rows and columns")
    return [one_of(argument, side, range(1, most + 1)) for side in pair]


def _box(box: Sequence[float] | None, size: Sequence[int]) -> list[float]:
    """The box, if it lies on the map and has a cell each way; unless given, the middle of the map."""
    if box is None:
        return [edge for far in (0.2, 0.8) for edge in (max(0.0, round(far * side, 1)) for side in size)]
    top, left, bottom, right = box
    least = min(round(10 * (bottom - top)), round(10 * (right - left)))  # in tenths, as it lies
    if top < 0 or left < 0 or bottom > size[0] or right > size[1] or least < 10:
        raise ValueError(
            f"box={tuple(box)!r} is not allowed; use (top, left, bottom, right) on the map of {size[0]} x {size[1]} "
            "cells, at least 1 apart"
        )
    return [float(edge) for edge in box]
