"""The runs of the experiment that trains small networks with every pool, and what is asked of them."""

from collections.abc import Sequence

#: The script in experiments/ that made them.
EXPERIMENT = "what_pooling_buys"
#: Its tasks, the heads of its networks and what stands in place of their pools, in the order in which they are shown.
TASKS = ("digits", "few", "clutter", "pictures")
HEADS = ("global", "flatten")
METHODS = ("none", "none, matched", "subsample", "strided conv", "max", "average", "L2", "stochastic")


def by_setting(found: dict) -> dict[tuple, list[dict]]:
    """The runs of the experiment under (task, head, method, window, stride), in the order of their seeds."""
    grouped: dict[tuple, list[dict]] = {}
    for run in sorted(found["runs"], key=lambda run: run["seed"]):
        grouped.setdefault(tuple(run[name] for name in ("task", "head", "method", "window", "stride")), []).append(run)
    return grouped


def steps_to(curve: Sequence[float], accuracy: float, every: int = 50) -> int | None:
    """After how many steps a curve first stands at an accuracy; None if it never does.

    Parameters
    ----------
    curve : sequence of float
        Accuracies, each `every` steps.
    accuracy : float
        Where the curve is to stand.
    every : int
        Steps from one accuracy to the next.

    Examples
    --------
    >>> steps_to([0.5, 0.8, 0.7, 0.9], 0.75), steps_to([0.5, 0.8], 0.9)
    (100, None)
    """
    return next(((place + 1) * every for place, value in enumerate(curve) if value >= accuracy), None)
