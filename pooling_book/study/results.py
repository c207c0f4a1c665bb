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
