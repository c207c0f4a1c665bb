"""What experiments with a plan share: blocks of networks, rates that are tuned, and work that goes on where it stopped.

Such a script holds its `BLOCKS`, what it trains, and its docstring, which was fixed before a test image was read. Its
file of results has `about`, `tuning` and `runs`; beside it stands which test images each network reads wrongly.
"""

import argparse
import io
import itertools
import json
import multiprocessing
import os
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from typing import NamedTuple

import long_runs
from results_file import RESULTS

DATA = ("digits", "clothes")
TUNING_SEED = 100
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


class Plan(NamedTuple):
    """The blocks of an experiment, and which of their networks are still to be trained."""

    blocks: dict[str, Block]
    further: bool = True  # one more rate is tried where the best stands at an end of the grid

    def settings(self):
        """Block, data and cell of everything that is trained, in the order in which it is."""
        return [
            (name, data, cell) for name, block in self.blocks.items() for data in block.data for cell in block.seeds
        ]

    def to_tune(self, found):
        """The jobs that choose rates, and are not done yet: the grid, and perhaps one more beyond its end."""
        done = {(run["block"], run["data"], run["cell"], run["rate"], run["seed"]) for run in found["tuning"]}
        jobs = []
        for name, data, cell in self.settings():
            block = self.blocks[name]
            more = beyond(block.rates, tried(found, name, data, cell)) if block.rates and self.further else []
            rates = [*block.rates, *more]
            seeds = range(TUNING_SEED, TUNING_SEED + block.tuning_seeds)
            jobs += [Job(name, data, cell, rate, seed, True) for rate in rates for seed in seeds]
        return [job for job in jobs if job[:5] not in done]

    def rate_of(self, found, name, data, cell):
        """The rate with the least validation error."""
        errors = tried(found, self.blocks[name].rates_of or name, data, cell)
        return min(errors, key=errors.get)

    def to_run(self, found, rates_from, first):
        """The jobs whose results count, and are not done yet."""
        done = {(run["block"], run["data"], run["cell"], run["seed"]) for run in found["runs"]}
        jobs = [
            Job(name, data, cell, self.rate_of(rates_from, name, data, cell), seed, False)
            for name, data, cell in self.settings()
            for seed in range(first, first + self.blocks[name].seeds[cell])
        ]
        return [job for job in jobs if (*job[:3], job.seed) not in done]

    def started(self, name):
        """What has been found so far."""
        path = RESULTS / f"{name}.json"
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"tuning": [], "runs": []}
        about = long_runs.about({"blocks": {name: block._asdict() for name, block in self.blocks.items()}})
        return {"about": about, "tuning": found["tuning"], "runs": found["runs"]}


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


def train(job: Job, block: Block, build: Callable, follow: Callable | None = None):
    """Train one network; its entry, and which test images it reads wrongly (None when it tunes).

    `build` makes the network from body, cell and shape. What `follow` says of it, a dict, is written down at the start
    and after every 50 steps, and stands in the entry as `learnt`: under each name a list for each moment.
    """
    import keras
    import numpy as np

    from pooling_book.study import fitting

    start = time.process_time()
    data, images, labels, shown, test = drawn(job, block)
    keras.utils.set_random_seed(job.seed)
    network = build(block.body, job.cell, images.shape[1:])
    moments: list[dict] = []
    curve = fitting.fit(
        network, images, labels, rate=job.rate, steps=block.steps, batch=block.batch, seed=job.seed,
        watched=None if job.tuning or not block.looks else (shown[::5], data.watched_labels[::5]), looks=block.looks,
        each=(lambda: moments.append(follow(network))) if follow else None,
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
        if moments and moments[0]:
            entry["learnt"] = {name: [moment[name] for moment in moments] for name in moments[0]}
        missed = np.packbits(missed)
    entry["seconds"] = round(time.process_time() - start, 1)
    keras.backend.clear_session()
    return job, entry, missed


def drawn(job, block):
    """The data set, and of it the images that a job learns from, watches and is tested on."""
    import numpy as np
    from whole_data import whole

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


def work(name, found, jobs, until, train):
    """Do the jobs, as long as there is time, and say whether there is time left."""
    jobs = iter(jobs)
    # What TensorFlow has traced it keeps: new processes now and then, or memory runs out.
    while time.monotonic() < until and (some := [*itertools.islice(jobs, AT_ONCE)]):
        do(name, found, iter(some), until, train)
    return time.monotonic() < until


def do(name, found, jobs, until, train):
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


def tune(plan, name, found, until, train):
    """Choose all rates, as long as there is time, and say whether all are chosen."""
    while (jobs := plan.to_tune(found)) and work(name, found, jobs, until, train):
        pass
    return not jobs


def command_line(doc):
    """The parser for a script with that docstring; with --minutes no network is started after so many."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=float("inf"), help="start no network after so many minutes")
    return parser
