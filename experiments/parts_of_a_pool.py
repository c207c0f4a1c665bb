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

import sys
import time

import planned
from planned import Block

AGAIN_SEED = 1000

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


PLAN = planned.Plan(BLOCKS)


def train(job):
    """Train one network of chapter 07."""
    from pooling_book.study.cells import with_cell

    return planned.train(job, BLOCKS[job.block], with_cell)


def main():
    parser = planned.command_line(__doc__)
    parser.add_argument("--again", action="store_true", help="other seeds, and the rates already chosen")
    options = parser.parse_args()
    until = time.monotonic() + 60 * options.minutes
    name = "parts_of_a_pool"
    rates_from = found = PLAN.started(name)
    if PLAN.to_tune(rates_from) and (options.again or not planned.tune(PLAN, name, found, until, train)):
        sys.exit("rates are still to be chosen; run this once more")
    if options.again:
        name = "parts_of_a_pool_again"
        found = PLAN.started(name)
    planned.work(name, found, PLAN.to_run(found, rates_from, AGAIN_SEED if options.again else 0), until, train)


if __name__ == "__main__":
    main()
