"""What does a training step cost with each cell in the place of the pools: time and memory.

    python experiments/what_a_step_costs.py        about 3 minutes of one core

`results/what_a_step_costs.json`:
    about    settings and versions
    runs     cell; parameters; ms: processor time of a step of 64 images of 112x112, on one thread, the median of
             8; MiB: what the peak memory of a fresh process rises by in three such steps

Times are of one machine, beside other work: read them as ratios.
"""

from functools import partial

import long_runs
from results_file import RESULTS, write_lines

BODY, SIDE, BATCH, ROUNDS = "normalised, global", 112, 64, 8


def main():
    long_runs.one_thread()
    from pooling_book.study import cells, training

    names = [name for name in cells.CELLS if name not in ("max-blur", "unshuffle")]
    built = {name: partial(cells.with_cell, BODY, name, (SIDE, SIDE, 1)) for name in names}
    costs = training.step_costs(built, batch=BATCH, rounds=ROUNDS)
    found = {
        "about": long_runs.about({"body": BODY, "side": SIDE, "batch": BATCH, "rounds": ROUNDS}),
        "runs": [
            {"cell": name, "parameters": built[name]().count_params()} | cost._asdict() for name, cost in costs.items()
        ],
    }
    del found["about"]["minutes"]
    write_lines(RESULTS / "what_a_step_costs.json", found, depth=2)


if __name__ == "__main__":
    main()
