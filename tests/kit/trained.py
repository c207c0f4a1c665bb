"""A small experiment in the form of chapter 07's results, for tests that need one that stays as it is."""

import numpy as np

from pooling_book.study.runs import HEADS, METHODS, TASKS


def made(seeds=3, every=50, length=4):
    """A small experiment: accuracies that a seed and a method decide."""
    rng = np.random.default_rng(1)
    runs = []
    for seed in reversed(range(seeds)):
        for task in TASKS:
            for head in HEADS if task in ("digits", "few") else ("global",):
                for method in (
                    METHODS if head == "flatten" else [method for method in METHODS if method != "none, matched"]
                ):
                    curve = np.sort(rng.integers(1000, 10_000, length)) / 10_000
                    runs.append(
                        dict(
                            task=task,
                            head=head,
                            method=method,
                            window=2,
                            stride=2,
                            seed=seed,
                            test=float(curve[-1]),
                            train=1.0,
                            curve=curve.tolist(),
                        )
                    )
    settings = {"every": every, "steps": dict.fromkeys(TASKS, every * length), "seeds": seeds}
    return {"about": {"settings": settings}, "runs": runs}
