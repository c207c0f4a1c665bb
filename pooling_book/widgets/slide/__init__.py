"""A picture that slides under a fixed pool: what a shift does to the outputs."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.study import data
from pooling_book.widgets.base import one_of
from pooling_book.widgets.photos import PhotoWidget, small_photos
from pooling_lib.pooling import avg_pool, blur_pool, max_blur_pool, max_pool

OPERATIONS = ("max", "avg", "subsample", "blur", "max_blur")
FARTHEST_SHIFT = (
    16  # pixels that the picture can be shifted; the pool sees what is left of its columns, and as many rows
)
LARGEST = 8  # window and stride


def small_textures() -> dict[str, np.ndarray]:
    """Textures for a widget: 64 x 64 pixels cut out of brick and grass, not reduced, so that they stay rough.

    >>> {name: texture.shape for name, texture in small_textures().items()}
    {'brick': (64, 64), 'grass': (64, 64)}
    """
    return {name: data.texture(name)[:64, :64] for name in ("brick", "grass")}


def pooled(x: np.ndarray, operation: str, window: int, stride: int) -> np.ndarray:
    """What a pool of that operation makes of a plane; subsampling has no window, max blur blurs with 1 2 1.

    >>> x = np.array([[0, 0, 8, 0, 0], [0, 0, 8, 0, 0]])
    >>> {operation: pooled(x, operation, 2, 2).tolist() for operation in ("max", "avg", "subsample")}
    {'max': [[0, 8]], 'avg': [[0.0, 4.0]], 'subsample': [[0, 8, 0]]}
    """
    if operation == "subsample":
        return max_pool(x, 1, stride)
    pools: dict[str, Callable[..., np.ndarray]]
    pools = {"max": max_pool, "avg": avg_pool, "blur": blur_pool, "max_blur": max_blur_pool}
    return pools[operation](x, window, stride)


class Slide(PhotoWidget):
    """A picture that slides to the right under a fixed pool, the outputs, and their change against the unshifted ones.

    What enters at the left is real: the pool sees a part of a wider picture.

    Parameters
    ----------
    images : mapping of str to ndarray of uint8 (64, 64), optional
        Pictures the reader can choose; photos and textures of the book unless given.
    source : str, optional
        Name of the picture shown at first; the first one unless given.
    operation : 'max', 'avg', 'subsample', 'blur' or 'max_blur'
        'blur' has binomial weights. 'subsample' has no window.
    window, stride : int
        1 to 8.
    shift : int
        0 to 16 pixels to the right.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If an image has another shape, a name is unknown or a number is outside its range.

    Examples
    --------
    >>> slide = Slide(operation="max", window=2, stride=2, shift=4)
    >>> slide.moved, slide.rest
    (2, 0)
    >>> slide.change["changed"]
    0.0
    """

    guesses = ("changed", "curve", "height")
    goals = ("visited", "steady")

    operation = traitlets.Enum(OPERATIONS, "max").tag(sync=True)
    window = traitlets.Int(2).tag(sync=True)
    stride = traitlets.Int(2).tag(sync=True)
    shift = traitlets.Int(0).tag(sync=True)
    visited = traitlets.List(traitlets.Int()).tag(sync=True)  # shifts whose points are on the curve

    def __init__(
        self,
        images: Mapping[str, np.ndarray] | None = None,
        source: str | None = None,
        operation: str = "max",
        window: int = 2,
        stride: int = 2,
        shift: int = 0,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "slide",
    ):
        encoded, source = self.checked(small_photos() | small_textures() if images is None else images, source)
        one_of("shift", shift, range(FARTHEST_SHIFT + 1))
        super().__init__(
            identity,
            images=encoded,
            source=source,
            operation=one_of("operation", operation, OPERATIONS),
            window=one_of("window", window, range(1, LARGEST + 1)),
            stride=one_of("stride", stride, range(1, LARGEST + 1)),
            shift=shift,
            visited=sorted({0, shift}),
            tasks=tasks,
            task=task,
        )

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        return "" if (rows, columns) == (64, 64) else "an image of shape (64, 64): crop it"

    @property
    def x(self) -> np.ndarray:
        """What the pool sees: 48 x 48 pixels of the picture, shifted to the right."""
        return self._seen(self.shift)

    @property
    def y(self) -> np.ndarray:
        """The outputs."""
        return pooled(self.x, self.operation, self.window, self.stride)

    @property
    def moved(self) -> int:
        """Whole strides in the shift: so many places the outputs have moved, and are moved back for the comparison."""
        return self.shift // self.stride

    @property
    def rest(self) -> int:
        """Pixels of the shift that are left over."""
        return self.shift % self.stride

    @property
    def change(self) -> dict[str, float]:
        """Outputs against those of the unshifted picture.

        'changed' is the share of outputs that differ once they are moved back by whole strides, 'moved' their mean
        absolute difference, and 'still' that of the outputs left where they stand.
        """
        y, y0 = self.y.astype(float), pooled(self._seen(0), self.operation, self.window, self.stride).astype(float)
        back = np.abs(y[:, self.moved :] - y0[:, : y0.shape[1] - self.moved])
        return {"changed": float((back > 0).mean()), "moved": float(back.mean()), "still": float(np.abs(y - y0).mean())}

    def _seen(self, shift):
        image, edge = self.image, FARTHEST_SHIFT // 2
        return image[edge:-edge, FARTHEST_SHIFT - shift : image.shape[1] - shift]

    def fallback(self) -> str:
        """Input and outputs at shift 0 and 1, and the numbers of the comparison: what is seen where no script runs."""
        settings = (self.operation, self.window, self.stride)
        at = {shift: Slide({"image": self.image}, "image", *settings, shift) for shift in (0, 1)}
        rows = [np.clip(np.round(one.y), 0, 255) for one in at.values()]
        captions = ["What the pool sees", "Outputs", "Outputs, picture shifted by 1"]
        alts = [f"{self.source}, a grey picture", "the same, smaller", "almost the same as before"]
        shown = pictures.images(at[0].x, *rows, captions=captions, alts=alts)
        change = at[1].change
        return (
            f"{shown.html}<p>Shifted by 1: {change['changed']:.0%} of the outputs have changed; "
            f"on average an output changes by {pictures.two_decimals(change['moved'])} grey levels.</p>"
        )
