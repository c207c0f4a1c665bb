"""What a step of training takes with each cell of chapter 07: processor time and memory. About two minutes.

    python experiments/step_costs.py

Run it on a quiet machine. It writes `results/step_costs.json`:
    about   settings, versions, minutes of processor time
    steps   under each cell: milliseconds of processor time of one step, the median and the least of ROUNDS in which the
            cells take turns; and by how many MiB the peak memory of a fresh process rises in three steps

A step: the body 'normalised, global' of pooling_book/study/cells.py, 64 images of 112 x 112 pixels, Adam, one thread.
"""

import multiprocessing
import time
from pathlib import Path

import long_runs
from results_file import RESULTS, write_lines

CELLS = ("none", "dilated", "subsample", "strided conv", "max", "average", "L2", "max-blur")
SIDE, BATCH, ROUNDS = 112, 64, 12


def stepper(cell, side=SIDE):
    """A function that trains a network with this cell for one step."""
    import numpy as np

    from pooling_book.study import cells, fitting

    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (BATCH, side, side, 1), np.uint8)
    return fitting.stepper(
        cells.with_cell("normalised, global", cell, images.shape[1:]), images, np.zeros(BATCH, np.int32)
    )


def times():
    """Median and least processor time of a step, in milliseconds, for each cell."""
    steps = {cell: stepper(cell) for cell in CELLS}
    for step in steps.values():
        step()  # traces it
    taken = {cell: [] for cell in CELLS}
    for _ in range(ROUNDS):
        for cell, step in steps.items():
            start = time.process_time()
            step()
            taken[cell].append(1000 * (time.process_time() - start))
    return {cell: (sorted(each)[ROUNDS // 2], min(each)) for cell, each in taken.items()}


def memory(cell):
    """How much the peak memory of this process rises in three steps, in MiB; on Linux."""

    def peak():
        status = Path("/proc/self/status").read_text()  # what getrusage tells starts at the parent's peak
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    stepper(cell, 8)()  # TensorFlow's own start-up
    step, before = stepper(cell), peak()
    for _ in range(3):
        step()
    return peak() - before


def main():
    start = time.process_time()
    long_runs.one_thread()
    found = {"about": long_runs.about({"side": SIDE, "batch": BATCH, "rounds": ROUNDS}), "steps": {}}
    milliseconds = times()
    with multiprocessing.get_context("spawn").Pool(1, long_runs.one_thread, maxtasksperchild=1) as pool:
        for cell, rise in zip(CELLS, pool.map(memory, CELLS, chunksize=1), strict=True):
            median, least = milliseconds[cell]
            found["steps"][cell] = {"ms": round(median, 1), "least": round(least, 1), "MiB": round(rise, 1)}
    found["about"]["minutes"] = round((time.process_time() - start) / 60)
    write_lines(RESULTS / "step_costs.json", found, depth=2)


if __name__ == "__main__":
    main()
