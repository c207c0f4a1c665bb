"""The family of pools for widgets: what each makes of a row or a plane. `kit/family.js` does the same."""

from collections.abc import Callable

import numpy as np

from pooling_book.widgets.base import one_of
from pooling_lib.pooling import avg_pool, max_pool, min_pool, mixed_pool, power_mean_pool, soft_pool, stochastic_pool

#: The powers and the temperatures that a slider offers. JSON has no infinities: they are words in a widget's state.
POWERS = [
    *(-np.inf, -100, -50, -20, -10, -7, -5, -4, -3, -2.5, -2, -1.5, -1, -0.8, -0.6, -0.4, -0.2, 0),
    *(0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 7, 10, 20, 50, 100, np.inf),
]
TEMPERATURES = [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1000, np.inf]


def as_setting(argument: str, value: float, allowed: list[float]) -> float | str:
    """A power or a temperature as a state holds it.

    >>> as_setting("power", np.inf, POWERS), as_setting("power", 2, POWERS)
    ('inf', 2)
    """
    one_of(argument, value, allowed)
    return value if np.isfinite(value) else str(float(value))


def mean_of_powers(x: np.ndarray, window: int, p: float) -> np.ndarray:
    """The power mean of elements that are not negative, and its limits: minimum, geometric mean and maximum.

    >>> [round(float(mean_of_powers(np.array([1.0, 4.0]), 2, p)[0]), 6) for p in (-np.inf, 0, 1, np.inf)]
    [1.0, 2.0, 2.5, 4.0]
    """
    if np.isinf(p):
        return (max_pool if p > 0 else min_pool)(x, window)
    if p == 0:
        with np.errstate(divide="ignore"):  # the logarithm of 0
            return np.exp(avg_pool(np.log(x), window))
    return power_mean_pool(x, window, p=p)


def softmax_weighted(x: np.ndarray, window: int, temperature: float) -> np.ndarray:
    """The mean with the weights ``exp(x / temperature)``, and its limit at 0, the maximum."""
    return soft_pool(x, window, temperature=temperature) if temperature else max_pool(x, window)


def ranked(x: np.ndarray, window: int) -> np.ndarray:
    """The elements under each window that touches the next, largest first, along a new last axis.

    >>> ranked(np.array([1, 3, 2, 5]), 2)
    array([[3, 1],
           [5, 2]])
    """
    whole = x[tuple(slice(size // window * window) for size in x.shape)]
    apart = whole.reshape([part for size in whole.shape for part in (size // window, window)])
    by_window = np.moveaxis(apart, range(1, 2 * x.ndim, 2), range(x.ndim, 2 * x.ndim))
    return -np.sort(-by_window.reshape(*by_window.shape[: x.ndim], -1), axis=-1)


def median(x: np.ndarray, window: int) -> np.ndarray:
    """The median under each window.

    >>> print(median(np.array([1.0, 3.0, 2.0, 5.0]), 4))
    [2.5]
    """
    return np.median(ranked(x, window), axis=-1)


def rank_weighted(x: np.ndarray, window: int) -> np.ndarray:
    """The mean under each window in which each rank weighs half of the one before it.

    >>> print(rank_weighted(np.array([1.0, 4.0]), 2))
    [3.]
    """
    elements = ranked(x, window)
    return np.average(elements, axis=-1, weights=0.5 ** np.arange(elements.shape[-1]))


Answer = Callable[[np.ndarray, int, float, float], np.ndarray]

#: Each method by its name, from the one that follows the smallest element to the one that follows the largest:
#: of an array of floats, a window, a power and a temperature.
METHODS: dict[str, Answer] = {
    "min": lambda x, window, power, temperature: min_pool(x, window),
    "geometric": lambda x, window, power, temperature: mean_of_powers(x, window, 0),
    "avg": lambda x, window, power, temperature: avg_pool(x, window),
    "median": lambda x, window, power, temperature: median(x, window),
    "rms": lambda x, window, power, temperature: mean_of_powers(x, window, 2),
    "power": lambda x, window, power, temperature: mean_of_powers(x, window, power),
    "soft": lambda x, window, power, temperature: softmax_weighted(x, window, temperature),
    "rank": lambda x, window, power, temperature: rank_weighted(x, window),
    "mixed": lambda x, window, power, temperature: mixed_pool(x, window),
    "stochastic": lambda x, window, power, temperature: stochastic_pool(x, window),
    "max": lambda x, window, power, temperature: max_pool(x, window),
}

NAMES = {
    "min": "minimum",
    "geometric": "geometric mean",
    "avg": "average",
    "median": "median",
    "rms": "root mean square",
    "power": "power mean",
    "soft": "softmax-weighted",
    "rank": "rank-weighted",
    "mixed": "mixed",
    "stochastic": "stochastic",
    "max": "maximum",
}
