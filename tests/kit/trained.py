"""Made-up results in the form of chapter 07's experiment, and things to try with them, for tests that need both."""

import numpy as np

from pooling_book.study.runs import BLOCKS, DATA_SETS
from pooling_book.widgets.things_to_try import goal, guess
from pooling_book.widgets.trained_runs import COMPARISON

#: The cells of each block, and how many seeds each has.
SEEDS = {
    "parts": {"none": 3, "max, stride 1": 3, "dilated": 4, "subsample": 5, "max": 5, "average": 5, "L2": 5},
    "few": {"end subsample": 7, "subsample": 7, "max": 7, "average": 7},
    "whole, global": {"subsample": 4, "max": 4, "average": 4, "L2": 4},
    "whole, flatten": {"end subsample": 3, "max": 4, "average": 4},
    "residual": {"max": 3, "average": 3, "max-blur": 3, "unshuffle": 3},
    "clutter": {"subsample": 3, "max": 3, "average": 3},
    "twice as long": {"max": 3, "average": 3},
}
EVERY, LOOKS = 130, 3


def made(seed=1, spread=0.08, apart=0.3, seeds=SEEDS, looks=LOOKS):
    """A small experiment: the logarithms of its errors are the cell's, the seed's and chance."""
    rng = np.random.default_rng(seed)
    runs, blocks = [], {}
    for block, counts in seeds.items():
        watched = block.startswith("whole")
        blocks[block] = {"steps": EVERY * looks, "looks": looks if watched else 0, "seeds": counts}
        for data in DATA_SETS if block not in ("residual", "twice as long") else ["clothes"]:
            common = rng.normal(0, 0.1, 20)
            for cell, count in counts.items():
                own = rng.normal(5.5, apart)
                for n in range(count):
                    test = int(np.exp(own + common[n] + rng.normal(0, spread))) + 1
                    run = dict(block=block, data=data, cell=cell, rate=0.1, seed=n, parameters=6386, test=test)
                    run["train"] = 0.0 if block == "few" else round(test / 20_000, 4)
                    if watched:
                        later = np.sort(rng.integers(test, 5 * test + 9, looks))[::-1]
                        run["curve"] = [round(min(one, 9000) / 10_000, 4) for one in later.tolist()]
                    runs.append(run | {"seconds": 1.0})
    rng.shuffle(runs)
    about = {"settings": {"blocks": blocks}, "versions": {}, "machine": "", "minutes": 1}
    return {"about": about, "tuning": [], "runs": runs}


assert set(SEEDS) == set(BLOCKS)


def _scene(block, data, *pair, **changes):
    return COMPARISON | {"block": block, "data": data, "pair": pair} | changes


#: One task of each kind; what is true of the runs is computed from them.
TO_TRY = [
    guess(
        "*Subsample* makes the map smaller, *max* looks at the neighbours, too. Draw the means of both.",
        "means",
        _scene("parts", "digits", "none", "dilated"),
        "From *dilated* to *subsample*: a smaller map.",
        at=("subsample", "max"),
    ),
    guess("*Max* and *average* both look at four neighbours. What do these seeds say?", "verdict",
          _scene("parts", "digits", "max", "average")),
    goal(
        "Find a pair that can be told apart, though all pairs are compared.",
        "apart",
        _scene("parts", "clothes", "subsample", "max"),
        settings={"block": "parts", "data": "clothes", "quantity": "test"},
    ),
    guess(
        "300 training images: which makes the fewest test errors?",
        "smallest",
        _scene("few", "digits", "subsample", "max"),
        "Then choose *clothes*, and compare.",
        options=("end subsample", "subsample", "max", "average"),
    ),
    goal(
        "Find two cells that these seeds cannot tell apart.",
        "together",
        _scene("residual", "clothes", "max", "average"),
        "That does not make them equal: more seeds might tell.",
        settings={"block": "residual", "data": "clothes", "quantity": "test"},
    ),
]  # fmt: skip
