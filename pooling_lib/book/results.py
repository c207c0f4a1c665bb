"""Loaders of what the long experiments found: the files in experiments/results/, which the scripts beside them write."""

import json
from importlib.resources import files

_FOLDER = files("pooling_lib.experiments") / "results"


def results(name):
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
    >>> results("no_such_experiment")
    Traceback (most recent call last):
        ...
    ValueError: name is 'no_such_experiment', but experiments/results/ has no such file; run python experiments/no_such_experiment.py
    """
    path = _FOLDER / f"{name}.json"
    if not path.is_file():
        raise ValueError(f"name is {name!r}, but experiments/results/ has no such file; run python experiments/{name}.py")
    return json.loads(path.read_text(encoding="utf-8"))
