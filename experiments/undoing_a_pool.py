"""Which pixels are the digit's? Trains the networks of chapter 09 that undo their pools in different ways.

    python experiments/undoing_a_pool.py                 all of it: about 9 minutes of one core
    python experiments/undoing_a_pool.py --minutes 10    no new network after 10 minutes; run it again to go on

It writes `results/undoing_a_pool.json` after every network, and goes on where it stopped:
    about    settings, versions, minutes of processor time; pixels: how many of the test sheets are 1, 2, and more steps
             away from a pixel of the other class; digit: how many of each are the digit's; threshold: the part of all
             pixels that the best threshold on the ink gets wrong
    tuning   way, rate, seed; watched: the part of the validation sheets' pixels that is answered wrongly; seconds of
             processor time, beside other work
    runs     way, rate, seed; parameters; wrong: how many pixels of the test sheets are answered wrongly, 1, 2, and more
             steps away from the other class; train: the part of 500 training sheets' pixels; seconds; answers: of the
             first seed's networks to the first test sheets, packed

**Fixed before any network was trained for a result**, after a pilot that saw validation sheets only and chose the size
of the pieces, the normalisation, steps and grid:

- The sheets are drawn by `pooling_book.study.pixelwise` from the book's part of MNIST: 3,000 from 8,000 of its training
  digits, 500 to validate from the other 2,000, 1,000 to test from the test digits. The test sheets are read once for
  each network, after its training, and choose nothing.
- The rate is chosen for each way: least error on the validation sheets, one network for each rate, its seed no other's;
  where the best stands at an end of the grid, one more rate beyond it, once.
- A seed draws the training sheets, the weights and the order. Ways are compared in pairs, seed by seed, by logarithms
  of errors: at boundaries (1 or 2 steps) and elsewhere; each way against 'interpolation, skips', and 'indices' against
  'interpolation': eight comparisons, judged together by Holm's method at 5 %.
"""

import argparse
import json
import time
from typing import NamedTuple

import long_runs
from planned import beyond
from results_file import RESULTS

NAME = "undoing_a_pool"
WAYS = ("interpolation, skips", "interpolation", "indices", "dilation")
RATES = (0.01, 0.03, 0.1)
SEEDS, TUNING_SEED, WATCHED_SEED, TESTED_SEED = 5, 100, 101, 102
SHEETS, WATCHED, TESTED, SHOWN = 3000, 500, 1000, 4
STEPS, BATCH = 300, 32
SETTINGS = {
    "rates": RATES, "seeds": SEEDS, "sheets": SHEETS, "steps": STEPS, "batch": BATCH, "optimizer": "Adam",
}  # fmt: skip


class Job(NamedTuple):
    """One network to be trained."""

    way: str
    rate: float
    seed: int


def tried(found, way):
    """The validation error of each rate that was tried."""
    return {run["rate"]: run["watched"] for run in found["tuning"] if run["way"] == way}


def to_tune(found):
    """The jobs that choose rates, and are not done yet."""
    return [
        Job(way, rate, TUNING_SEED)
        for way in WAYS
        for rate in (*RATES, *beyond(RATES, tried(found, way)))
        if rate not in tried(found, way)
    ]


def to_run(found):
    """The jobs whose results count, and are not done yet: all ways with one seed, then with the next."""
    done = {(run["way"], run["seed"]) for run in found["runs"]}
    rates = {way: min(errors := tried(found, way), key=errors.get) for way in WAYS}
    return [Job(way, rates[way], seed) for seed in range(SEEDS) for way in WAYS if (way, seed) not in done]


def drawn(seed):
    """Sheets to learn from, to validate and to test."""
    import numpy as np

    from pooling_book.study.data import mnist
    from pooling_book.study.pixelwise import sheets

    digits = mnist()
    kept = np.arange(len(digits.train_images)) % 5 == 0
    return (
        sheets(digits.train_images[~kept], SHEETS, seed),
        sheets(digits.train_images[kept], WATCHED, WATCHED_SEED),
        sheets(digits.test_images, TESTED, TESTED_SEED),
    )


def train(job, tuning):
    """Train one network; its entry."""
    import keras
    import numpy as np

    from pooling_book.study import fitting, pixelwise

    start = time.process_time()
    learnt, watched, tested = drawn(job.seed)
    keras.utils.set_random_seed(job.seed)
    network = pixelwise.pixel_network(job.way)
    fitting.fit(network, learnt.images, learnt.labels, rate=job.rate, steps=STEPS, batch=BATCH, seed=job.seed)
    entry = job._asdict()
    if tuning:
        entry["watched"] = round(float(fitting.missed(network, *watched).mean()), 5)
    else:
        missed = fitting.missed(network, *tested)
        far = pixelwise.to_boundary(tested.labels)
        entry["parameters"] = network.count_params()
        entry["wrong"] = np.bincount(far[missed], minlength=4)[1:].tolist()
        entry["train"] = round(float(fitting.missed(network, learnt.images[:500], learnt.labels[:500]).mean()), 5)
        if job.seed == 0:
            answers = tested.labels[:SHOWN] != missed[:SHOWN]
            entry["answers"] = [pixelwise.packed(one) for one in answers]
    entry["seconds"] = round(time.process_time() - start, 1)
    keras.backend.clear_session()
    return entry


def started():
    """What has been found so far: at first, settings and what the test sheets hold."""
    path = RESULTS / f"{NAME}.json"
    if path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    import numpy as np

    from pooling_book.study.pixelwise import to_boundary

    *_, tested = drawn(0)
    far = to_boundary(tested.labels)
    wrong = [float(np.mean((tested.images[..., 0] > least) != tested.labels)) for least in range(256)]
    about = long_runs.about(SETTINGS) | {
        "pixels": np.bincount(far.ravel(), minlength=4)[1:].tolist(),
        "digit": np.bincount(far[tested.labels == 1], minlength=4)[1:].tolist(),
        "threshold": round(min(wrong), 5),
    }
    return {"about": about, "tuning": [], "runs": []}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=float("inf"), help="start no network after so many minutes")
    until = time.monotonic() + 60 * parser.parse_args().minutes
    long_runs.one_thread()
    found = started()
    while time.monotonic() < until and (jobs := to_tune(found)):
        found["tuning"].append(train(jobs[0], True))
        long_runs.store(NAME, found)
    while time.monotonic() < until and (jobs := to_run(found)):
        found["runs"].append(train(jobs[0], False))
        long_runs.store(NAME, found)


if __name__ == "__main__":
    main()
