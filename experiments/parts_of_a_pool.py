"""What does a pool buy a network, and which part of it buys that? Trains the networks of chapter 07.

    python experiments/parts_of_a_pool.py                 all of it: about 100 minutes of two cores
    python experiments/parts_of_a_pool.py --minutes 40    no new network after 40 minutes; run it again to go on
    python experiments/parts_of_a_pool.py --again         once more with other seeds, and the rates already chosen

It writes `results/parts_of_a_pool.json` (with --again `results/parts_of_a_pool_again.json`) after every network, and
goes on where it stopped:
    about    settings, versions, minutes of processor time
    tuning   block, data, cell, rate, seed; watched: errors among the 10,000 validation images, as a fraction
    runs     block, data, cell, rate, seed; parameters; test: how many of the 10,000 test images are read wrongly;
             train: the same of at most 2,000 training images, as a fraction; curve: errors on validation images on the
             way, in the blocks of 50,000 images; seconds of processor time, beside other work
and `results/parts_of_a_pool_wrong.npz`: for each network, which test images it reads wrongly, as packed bits.

**Fixed before any network was trained for a result**, after a pilot that saw validation images only and chose bodies,
steps, grids of rates and the margin:

- Data: MNIST ('digits') and Fashion-MNIST ('clothes'); the last 10,000 training images validate. Test images are read
  once for each network, after its training, and choose nothing.
- The rate is chosen for each block, data set and cell: least mean error on the validation images over the grid; where
  the best stands at an end of the grid, one more rate beyond it, once. Tuning has seeds of its own (100 and up).
- A seed draws the training images (where not all are used), the weights and the order. Where it draws the images,
  cells are compared in pairs, seed by seed; in the blocks of 50,000 images by Welch's test, for there it does not.
- A contrast is the difference of the logarithms of two cells' test errors: its mean is the logarithm of the ratio of
  errors. The primary contrasts (`PRIMARY` in pooling_book/study/contrasts.py) are judged together, by Holm's method at
  5 %; each carries one of four verdicts: lower error, higher error, the same (its 90 % interval lies within ratios
  from 0.87 to 1.15), cannot tell.
- A second run with other seeds: a verdict that it does not repeat becomes *cannot tell*.
"""

import argparse
import io
import itertools
import json
import multiprocessing
import os
import sys
import time
import zipfile
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from typing import NamedTuple

import long_runs
from results_file import RESULTS

DATA = ("digits", "clothes")
TUNING_SEED, AGAIN_SEED = 100, 1000
AT_ONCE = 100  # networks, trained by the same processes


class Block(NamedTuple):
    """Networks that are compared with each other: their body, images, steps, cells, seeds, and the rates to try."""

    body: str
    images: int
    steps: int
    batch: int
    seeds: dict[str, int]  # of each cell
    rates: tuple[float, ...]
    tuning_seeds: int = 1
    data: tuple[str, ...] = DATA
    clutter: bool = False
    looks: int = 0
    rates_of: str = ""  # the block whose rates hold here, too


FULL_SIZE = ("none", "dilated max", "max, stride 1", "end subsample, max", "end subsample")
SHRINKING = ("subsample", "max", "average", "strided conv", "L2")
SIZES = ("max 3/2", "max 4/4")
WHOLE = dict.fromkeys(SHRINKING, 6)

BLOCKS = {
    "parts": Block(
        "normalised, global", 3000, 700, 64,
        dict.fromkeys(FULL_SIZE, 5) | {"dilated": 8} | dict.fromkeys((*SHRINKING, *SIZES), 8), (0.03, 0.1, 0.3),
    ),
    "few": Block(
        "plain, flatten", 300, 400, 50,
        dict.fromkeys(("end subsample", "end subsample, max", *SHRINKING), 16), (0.003, 0.01, 0.03), tuning_seeds=3,
    ),
    "whole, global": Block("normalised, global", 50_000, 1170, 128, WHOLE, (0.03, 0.1, 0.3), looks=9),
    "whole, flatten": Block(
        "plain, flatten", 50_000, 1170, 128, {"end subsample": 6} | WHOLE, (0.003, 0.01, 0.03), looks=9
    ),
    "residual": Block(
        "residual, global", 3000, 700, 64,
        dict.fromkeys(("strided conv", "max", "average", "subsample", "max-blur", "unshuffle"), 6), (0.01, 0.03, 0.1),
        data=("clothes",),
    ),
    "clutter": Block(
        "normalised, global", 20_000, 600, 64, dict.fromkeys(("subsample", "max", "average"), 6), (), clutter=True,
        rates_of="whole, global",
    ),
    "twice as long": Block(
        "normalised, global", 50_000, 2340, 128, dict.fromkeys(("subsample", "max", "average"), 3), (),
        data=("digits",), rates_of="whole, global",
    ),
}  # fmt: skip


class Job(NamedTuple):
    """One network to be trained."""

    block: str
    data: str
    cell: str
    rate: float
    seed: int
    tuning: bool

    @property
    def key(self):
        return "/".join(map(str, self[:5]))


def settings():
    """Block, data and cell of everything that is trained, the long ones first inside a block."""
    return [
        (name, data, cell) for name, block in BLOCKS.items() for data in block.data for cell in block.seeds
    ]  # fmt: skip


def to_tune(found):
    """The jobs that choose rates, and are not done yet: the grid, and one more where the best stands at its end."""
    done = {(run["block"], run["data"], run["cell"], run["rate"], run["seed"]) for run in found["tuning"]}
    jobs = []
    for name, data, cell in settings():
        block = BLOCKS[name]
        rates = block.rates and [*block.rates, *beyond(block.rates, tried(found, name, data, cell))]
        seeds = range(TUNING_SEED, TUNING_SEED + block.tuning_seeds)
        jobs += [Job(name, data, cell, rate, seed, True) for rate in rates for seed in seeds]
    return [job for job in jobs if job[:5] not in done]


def tried(found, *setting):
    """Mean validation error of each rate that was tried in a block, on a data set, with a cell."""
    errors: dict[float, list[float]] = {}
    for run in found["tuning"]:
        if (run["block"], run["data"], run["cell"]) == setting:
            errors.setdefault(run["rate"], []).append(run["watched"])
    return {rate: sum(some) / len(some) for rate, some in sorted(errors.items())}


def beyond(grid, errors):
    """The rate beyond an end of the grid, if the best of the whole grid stands there.

    >>> beyond((0.01, 0.03, 0.1), {0.01: 0.5, 0.03: 0.4, 0.1: 0.2})
    [0.3]
    >>> beyond((0.01, 0.03, 0.1), {0.01: 0.5, 0.03: 0.1, 0.1: 0.2}), beyond((0.01, 0.03), {0.01: 0.5})
    ([], [])
    """
    if not set(grid) <= set(errors):
        return []
    best = min(grid, key=errors.get)
    factor = 1 / 3.16 if best == grid[0] else 3.16 if best == grid[-1] else None
    return [float(f"{best * factor:.0e}")] if factor else []


def rate_of(found, name, data, cell):
    """The rate with the least validation error."""
    errors = tried(found, BLOCKS[name].rates_of or name, data, cell)
    return min(errors, key=errors.get)


def to_run(found, rates_from, first):
    """The jobs whose results count, and are not done yet."""
    done = {(run["block"], run["data"], run["cell"], run["seed"]) for run in found["runs"]}
    jobs = [
        Job(name, data, cell, rate_of(rates_from, name, data, cell), seed, False)
        for name, data, cell in settings()
        for seed in range(first, first + BLOCKS[name].seeds[cell])
    ]
    return [job for job in jobs if (*job[:3], job.seed) not in done]


def train(job):
    """Train one network; its entry, and which test images it reads wrongly (None when it tunes)."""
    import keras
    import numpy as np

    from pooling_book.study import cells, fitting

    block, start = BLOCKS[job.block], time.process_time()
    data, images, labels, shown, test = drawn(job)
    keras.utils.set_random_seed(job.seed)
    network = cells.with_cell(block.body, job.cell, images.shape[1:])
    curve = fitting.fit(
        network, images, labels, rate=job.rate, steps=block.steps, batch=block.batch, seed=job.seed,
        watched=None if job.tuning or not block.looks else (shown[::5], data.watched_labels[::5]), looks=block.looks,
    )  # fmt: skip
    entry = {**job._asdict()}
    del entry["tuning"]
    missed = None
    if job.tuning:
        entry["watched"] = round(float(np.mean(fitting.missed(network, shown, data.watched_labels))), 4)
    else:
        some = slice(None, None, max(1, len(labels) // 2000))
        missed = fitting.missed(network, test, data.test_labels)
        entry["parameters"] = network.count_params()
        entry["test"] = int(missed.sum())
        entry["train"] = round(float(np.mean(fitting.missed(network, images[some], labels[some]))), 4)
        entry |= {"curve": curve} if curve else {}
        missed = np.packbits(missed)
    entry["seconds"] = round(time.process_time() - start, 1)
    keras.backend.clear_session()
    return job, entry, missed


def drawn(job):
    """The data set, and of it the images that this job learns from, watches and is tested on."""
    import numpy as np
    from whole_data import whole

    block = BLOCKS[job.block]
    if job.data not in _read:
        _read.clear()
        _read[job.data] = whole(job.data)
    data, rng = _read[job.data], np.random.default_rng(job.seed)
    chosen = slice(None)
    if block.images < len(data.train_labels):
        of_each = block.images // 10
        places = [rng.choice(np.flatnonzero(data.train_labels == label), of_each, False) for label in range(10)]
        chosen = np.concatenate(places)
    images, shown, test = data.train_images[chosen], data.watched_images, data.test_images
    if block.clutter:
        images, shown, test = (scattered(some, rng) for some in (images, shown, test))
    return data, images, data.train_labels[chosen], shown, test


def scattered(images, rng):
    """Each image anywhere on a canvas of 48x48, among 8 pieces of 8x8 cut from others of the same set."""
    import numpy as np

    canvas = np.zeros((len(images), 48, 48, 1), np.uint8)
    for image, own in zip(canvas, images, strict=True):
        for other in rng.integers(len(images), size=8):
            (top, left), (down, right) = rng.integers(0, 21, size=2), rng.integers(0, 41, size=2)
            room = image[down : down + 8, right : right + 8]
            np.maximum(room, images[other, top : top + 8, left : left + 8], out=room)
        down, right = rng.integers(0, 21, size=2)
        room = image[down : down + 28, right : right + 28]
        np.maximum(room, own, out=room)
    return canvas


_read = {}


def started(name):
    """What has been found so far."""
    path = RESULTS / f"{name}.json"
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"tuning": [], "runs": []}
    about = long_runs.about({"blocks": {name: block._asdict() for name, block in BLOCKS.items()}})
    return {"about": about, "tuning": found["tuning"], "runs": found["runs"]}


def keep(name, found, job, entry, missed):
    """Write down one network."""
    import numpy as np

    if missed is not None:
        bits = io.BytesIO()
        np.lib.format.write_array(bits, missed)
        with zipfile.ZipFile(RESULTS / f"{name}_wrong.npz", "a", zipfile.ZIP_DEFLATED) as file:
            if f"{job.key}.npy" not in file.namelist():
                file.writestr(zipfile.ZipInfo(f"{job.key}.npy"), bits.getvalue(), zipfile.ZIP_DEFLATED)
    found["tuning" if job.tuning else "runs"].append(entry)
    long_runs.store(name, found)


def work(name, found, jobs, until):
    """Do the jobs, as long as there is time, and say whether there is time left."""
    jobs = iter(jobs)
    # What TensorFlow has traced it keeps: new processes now and then, or memory runs out.
    while time.monotonic() < until and (some := [*itertools.islice(jobs, AT_ONCE)]):
        do(name, found, iter(some), until)
    return time.monotonic() < until


def do(name, found, jobs, until):
    with ProcessPoolExecutor(
        os.cpu_count(), multiprocessing.get_context("spawn"), initializer=long_runs.one_thread
    ) as pool:
        running = {pool.submit(train, job) for job in itertools.islice(jobs, os.cpu_count())}
        while running:
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for each in done:
                keep(name, found, *each.result())
                if time.monotonic() < until:
                    running |= {pool.submit(train, job) for job in itertools.islice(jobs, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=float("inf"), help="start no network after so many minutes")
    parser.add_argument("--again", action="store_true", help="other seeds, and the rates already chosen")
    options = parser.parse_args()
    until = time.monotonic() + 60 * options.minutes
    name = "parts_of_a_pool"
    rates_from = found = started(name)
    while not options.again and (jobs := to_tune(found)) and work(name, found, jobs, until):
        pass
    if to_tune(rates_from):
        sys.exit("rates are still to be chosen; run this once more")
    if options.again:
        name = "parts_of_a_pool_again"
        found = started(name)
    work(name, found, to_run(found, rates_from, AGAIN_SEED if options.again else 0), until)


if __name__ == "__main__":
    main()
