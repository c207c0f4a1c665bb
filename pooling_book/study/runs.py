"""The networks of the experiment that takes a pool apart, in the order and with the words in which they are shown."""

from collections.abc import Iterable, Mapping, Sequence

#: The script in experiments/ that trained them.
EXPERIMENT = "parts_of_a_pool"
#: What it found with other seeds.
AGAIN = "parts_of_a_pool_again"
#: Its blocks, networks that are compared with each other: their images, body and head.
BLOCKS = {
    "parts": "3,000 images, normalised, global",
    "few": "300 images, plain, flatten",
    "whole, global": "50,000 images, normalised, global",
    "whole, flatten": "50,000 images, plain, flatten",
    "residual": "3,000 images, residual, global",
    "clutter": "20,000 images in clutter, global",
    "twice as long": "50,000 images, twice the steps, global",
}
DATA_SETS = {"digits": "digits (MNIST)", "clothes": "clothes (Fashion-MNIST)"}
#: What may stand in the place of a pool: the cells of `study.cells`, from nothing to all of a pool.
CELL_WORDS = {
    "none": "nothing",
    "dilated": "wider field",
    "end subsample": "smaller map, at the end",
    "subsample": "wider field, smaller map",
    "max, stride 1": "maximum of neighbours",
    "dilated max": "wider field, maximum",
    "end subsample, max": "smaller map, maximum",
    "max": "wider field, smaller map, maximum",
    "average": "wider field, smaller map, mean",
    "L2": "wider field, smaller map, root of the sum of squares",
    "strided conv": "wider field, smaller map, learnt weights",
    "max 3/2": "maximum of 3 × 3, stride 2",
    "max 4/4": "maximum of 4 × 4, stride 4",
    "max-blur": "maximum, then blur and smaller map",
    "unshuffle": "smaller map, all kept as channels",
}


def by_setting(runs: Iterable[Mapping]) -> dict[tuple[str, str, str], list[Mapping]]:
    """Group runs by what was trained.

    Parameters
    ----------
    runs : iterable of mapping
        The `runs` of the experiment's file, in any order.

    Returns
    -------
    dict
        Under (block, data, cell) the runs in the order of their seeds, up to the first seed that is missing: the same
        place in two lists is the same seed, even if not all networks are trained yet.

    Examples
    --------
    >>> runs = [dict(block="few", data="digits", cell="max", seed=seed) for seed in (3, 1, 0)]
    >>> [run["seed"] for run in by_setting(runs)["few", "digits", "max"]]
    [0, 1]
    """
    ordered = sorted(runs, key=lambda run: run["seed"])
    grouped: dict[tuple[str, str, str], list[Mapping]] = {}
    for run in ordered:
        some = grouped.setdefault((run["block"], run["data"], run["cell"]), [])
        if run["seed"] == ordered[0]["seed"] + len(some):
            some.append(run)
    return {setting: some for setting, some in grouped.items() if some}


def steps_to(curve: Sequence[float], error: float, every: int = 130) -> int | None:
    """After how many steps a curve of errors first stands at an error or below it; None if it never does.

    Parameters
    ----------
    curve : sequence of float
        Errors, one each `every` steps.
    error : float
        Where the curve is to stand.
    every : int
        Steps from one look to the next.

    Examples
    --------
    >>> steps_to([0.5, 0.2, 0.3, 0.1], 0.25), steps_to([0.5, 0.2], 0.1)
    (260, None)
    """
    return next(((place + 1) * every for place, value in enumerate(curve) if value <= error), None)
