"""Loaders of what the long experiments found: the files in experiments/results/, which the scripts there write."""

import io
import json

import numpy as np

from pooling_book.study.files import folder

_FOLDER = folder("experiments", "results")


def results(name: str) -> dict:
    """Return what an experiment found.

    Parameters
    ----------
    name : str
        Name of the script in experiments/, without its ending.

    Returns
    -------
    dict
        What the script wrote; its docstring says what is in it. `about` holds settings, versions and run time.

    Raises
    ------
    ValueError
        If that experiment has left no results.

    Examples
    --------
    >>> results("dreams")
    Traceback (most recent call last):
        ...
    ValueError: name is 'dreams', but experiments/results/ has no such file; run python experiments/dreams.py
    """
    path = _FOLDER / f"{name}.json"
    if not path.is_file():
        raise ValueError(
            f"name is {name!r}, but experiments/results/ has no such file; run python experiments/{name}.py"
        )
    return json.loads(path.read_text(encoding="utf-8"))


def small_networks() -> dict[str, list[np.ndarray]]:
    """Return the weights of the small networks that live in a page or are run there.

    Returns
    -------
    dict
        For each kind and method, 'global/max' or 'ring/adaptive' for example, a list of arrays, float16: kernel and
        bias of each layer in turn. See `pretrained.Trained`; a 'ring' has circular padding.
    """
    networks: dict[str, list[np.ndarray]] = {}
    with np.load(io.BytesIO((_FOLDER / "small_networks.npz").read_bytes()), allow_pickle=False) as stored:
        for name in sorted(stored, key=lambda name: int(name.rpartition("/")[2])):
            networks.setdefault(name.rpartition("/")[0], []).append(stored[name])
    return networks


def read_wrongly(name: str) -> dict[tuple[str, str, str, int], np.ndarray]:
    """Which test images each network of an experiment reads wrongly.

    Parameters
    ----------
    name : str
        Name of the script in experiments/, without its ending.

    Returns
    -------
    dict
        Under block, data, cell and seed an array of booleans, one for each of the 10,000 test images.
    """
    wrong = {}
    with np.load(io.BytesIO((_FOLDER / f"{name}_wrong.npz").read_bytes()), allow_pickle=False) as stored:
        for key in stored:
            block, data, cell = key.split("/", 2)
            cell, _, seed = cell.rsplit("/", 2)  # the rate is between the two; a cell may have a stroke in its name
            wrong[block, data, cell, int(seed)] = np.unpackbits(stored[key]).astype(bool)
    return wrong
