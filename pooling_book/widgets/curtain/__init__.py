"""The same photo through any two methods, and a curtain between the two results."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.widgets.base import one_of
from pooling_book.widgets.family import METHODS, NAMES, POWERS, TEMPERATURES, as_setting
from pooling_book.widgets.photos import PhotoWidget, small_photos
from pooling_book.widgets.slide import small_textures
from pooling_lib.pooling import max_blur_pool

COMPARABLE = ("subsample", "min", "avg", "median", "rms", "power", "soft", "rank", "stochastic", "max", "max_blur")
TITLES = NAMES | {"subsample": "subsample", "max_blur": "max, then blur"}
SEEDS = range(1000)


def numbers(seed: int) -> Iterator[float]:
    """Numbers from 0 to 1, the same for the same seed here and in the browser.

    >>> first, second = (next(numbers(seed)) for seed in (0, 1))
    >>> 0 <= first < 1 and first != second
    True
    """
    state, bits = seed, 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & bits
        t = ((state ^ (state >> 15)) * (1 | state)) & bits
        t = (t + ((t ^ (t >> 7)) * (61 | t) & bits)) & bits ^ t
        yield (t ^ (t >> 14)) / 2**32


def by_window(x: np.ndarray, window: int) -> np.ndarray:
    """The elements under each window, along its rows, as the last axis of an array."""
    rows, columns = (size // window for size in x.shape)
    whole = x[: rows * window, : columns * window].reshape(rows, window, columns, window)
    return whole.swapaxes(1, 2).reshape(rows, columns, -1)


def drawn(x: np.ndarray, window: int, seed: int) -> np.ndarray:
    """One element under each window, drawn with chances in proportion to the elements; of zeros a 0.

    >>> drawn(np.array([[0, 7], [0, 0]]), 2, seed=0)
    array([[7]])
    """
    elements = by_window(x, window)
    random = numbers(seed)
    share = np.array([[next(random) for _ in row] for row in elements]) * elements.sum(axis=-1)
    place = (elements.cumsum(axis=-1) > share[..., None]).argmax(axis=-1)
    return np.take_along_axis(elements, place[..., None], axis=-1)[..., 0]


def through(x: np.ndarray, method: str, window: int, power: float, temperature: float, seed: int) -> np.ndarray:
    """What a method makes of a photo, its windows side by side; what is left over at the end is left out.

    >>> x = np.array([[0.0, 8.0, 1.0], [4.0, 4.0, 1.0]])
    >>> for method in ("subsample", "avg", "rank", "max"):
    ...     print(f"{method}: {through(x, method, 2, 3, 20, 0)[0, 0]:.2f}")
    subsample: 0.00
    avg: 4.00
    rank: 5.87
    max: 8.00
    """
    whole = x[tuple(slice(size // window * window) for size in x.shape)].astype(float)
    if method == "subsample":
        return whole[::window, ::window]
    if method == "stochastic":
        return drawn(whole, window, seed)
    if method == "max_blur":
        return max_blur_pool(whole, window, window, "same")
    return METHODS[method](whole, window, power, temperature)


class Curtain(PhotoWidget):
    """The same photo through two methods, the two results in one place, and a curtain that divides them.

    Parameters
    ----------
    images : mapping of str to ndarray of uint8 (64, 64), optional
        Photos the reader can choose; photos and textures of the book unless given.
    source : str, optional
        Name of the photo shown at first; the first one unless given.
    left, right : str
        The methods, of `COMPARABLE`. 'subsample' keeps the upper left pixel of each window, 'stochastic' draws one, and
        'max_blur' takes the maximum at every place and then blurs with 1 2 1.
    window : int
        2 to 8, and the stride with it.
    power : float
        That of the power mean, one of `family.POWERS`: from -inf, the minimum, to inf, the maximum.
    temperature : float
        That of the softmax-weighted mean in grey levels, one of `family.TEMPERATURES`: from 0, the maximum, to inf, the
        average.
    seed : int
        0 to 999: what 'stochastic' draws by.
    at : int
        Where the curtain hangs: 0 to 100 per cent from the left.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If an image has another shape, a name is unknown or a number is not allowed.

    Examples
    --------
    >>> curtain = Curtain(left="avg", right="max", window=4)
    >>> left, right = curtain.outputs
    >>> left.shape, bool((left <= right).all())
    ((16, 16), True)
    >>> round(curtain.compared["apart"], 6) == round(curtain.compared["right"] - curtain.compared["left"], 6)
    True
    """

    guesses = ("brightness", "difference", "brighter", "nearest")
    goals = ("close", "apart")

    left = traitlets.Enum(COMPARABLE, "avg").tag(sync=True)
    right = traitlets.Enum(COMPARABLE, "max").tag(sync=True)
    window = traitlets.Int(2).tag(sync=True)
    power = traitlets.Any(3).tag(sync=True)
    temperature = traitlets.Any(20).tag(sync=True)
    seed = traitlets.Int(0).tag(sync=True)
    at = traitlets.Int(50).tag(sync=True)

    def __init__(
        self,
        images: Mapping[str, np.ndarray] | None = None,
        source: str | None = None,
        left: str = "avg",
        right: str = "max",
        window: int = 2,
        power: float = 3,
        temperature: float = 20,
        seed: int = 0,
        at: int = 50,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "curtain",
    ):
        encoded, source = self.checked(small_photos() | small_textures() if images is None else images, source)
        super().__init__(
            identity,
            images=encoded,
            source=source,
            left=one_of("left", left, COMPARABLE),
            right=one_of("right", right, COMPARABLE),
            window=one_of("window", window, range(2, 9)),
            power=as_setting("power", power, POWERS),
            temperature=as_setting("temperature", temperature, TEMPERATURES),
            seed=one_of("seed", seed, SEEDS),
            at=one_of("at", at, range(101)),
            tasks=tasks,
            task=task,
        )

    @staticmethod
    def wanted(rows: int, columns: int) -> str:
        return "" if (rows, columns) == (64, 64) else "an image of shape (64, 64): crop it"

    @property
    def outputs(self) -> tuple[np.ndarray, np.ndarray]:
        """What the left and the right method make of the photo."""
        settings = self.window, float(self.power), float(self.temperature), self.seed
        left, right = (through(self.image, method, *settings) for method in (self.left, self.right))
        return left, right

    @property
    def compared(self) -> dict[str, float]:
        """Mean brightness of both outputs and of the photo under them, and how far the outputs are apart."""
        left, right = self.outputs
        apart = np.abs(left - right)
        photo = by_window(self.image, self.window).mean()
        return {
            "left": float(left.mean()),
            "right": float(right.mean()),
            "photo": float(photo),
            "apart": float(apart.mean()),
            "most": float(apart.max()),
        }

    def fallback(self) -> str:
        """The photo and both results beside each other, and their numbers: what is seen where no script runs."""
        names = [TITLES[method] for method in (self.left, self.right)]
        results = [np.clip(np.round(y), 0, 255) for y in self.outputs]
        captions = ["The photo", *(name.capitalize() for name in names)]
        alts = [f"{self.source}, a grey photo", *(f"the same through {name}" for name in names)]
        shown = pictures.images(self.image, *results, captions=captions, alts=alts)
        found = {key: pictures.two_decimals(value) for key, value in self.compared.items()}
        return (
            f"{shown.html}<p>Windows of {self.window} × {self.window}: the results are {found['apart']} grey levels "
            f"apart on average. Mean brightness: {names[0]} {found['left']}, {names[1]} {found['right']}, "
            f"photo {found['photo']}.</p>"
        )
