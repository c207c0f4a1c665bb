"""Is any pool of the family better than the maximum? Trains the networks of chapter 10.

    python experiments/the_family.py                 all of it: about 40 minutes of two cores
    python experiments/the_family.py --minutes 20    no new network after 20 minutes; run it again to go on

It writes `results/the_family.json` after every network, and goes on where it stopped:
    about    settings, versions, minutes of processor time
    tuning   block, data, cell (a pool of `pooling_book/study/family.py`), rate, seed; watched: errors among the 10,000
             validation images, as a fraction
    runs     block, data, cell, rate, seed; parameters; test: how many of the 10,000 test images are read wrongly;
             train: the same of at most 2,000 training images, as a fraction; learnt, where a pool learns numbers: under
             its name (p, temperature, alpha, mask) a list for the start and for every 50 steps after it, and in it a
             number for each of the two pools, the first the one nearest to the image; seconds of processor time,
             beside other work
and `results/the_family_wrong.npz`: for each network, which test images it reads wrongly, as packed bits.

**Fixed before any network was trained for a result**, after a pilot that saw validation images only, measured the steps
and chose two shares of dropout (among 0.1, 0.25 and 0.5: the best for clothes and for digits, or close to it):

- Data, bodies, steps, images, margin: those of the blocks *parts* and *few* of `parts_of_a_pool.py`.
  Seeds are others (2000 and up), the validation images and test images the same. Test images are read once for each
  network, after its training, and choose nothing.
- A pool stands in the place of both pools of a network; what it learns, it learns with the rate of all other weights.
  Networks have as many parameters as with *max*, up to the few numbers that a pool learns (eight at most); with *LIP*,
  which learns a convolution, the filters are fewer.
- The rate is chosen for each block, data set and pool: the one with the least mean error on the validation images, of
  0.1 and 0.3 (*parts*) or of 0.003, 0.01 and 0.03 (*few*). Tuning has seeds of its own (100 and up). In *parts* 0.03
  was tried for eight pools on digits and 0.9 for three; neither was ever the best.
- A seed draws the training images, the weights, the order and what a pool draws. Pools are compared in pairs.
- Contrasts, their verdicts and the margin are those of `pooling_book/study/contrasts.py`. The primary ones
  (`FAMILY_PRIMARY` in pooling_book/study/family_contrasts.py) are judged together by Holm's method at 5 %: with 3,000
  images each of ten pools against *max*; with 300, where draws may keep a network from overfitting, *stochastic*
  against *max*, against *average*, against *max* with dropout of 0.25 and of 0.5, and against *by activation*, the same
  without its draws.
- The networks of the first seed are trained first, then those of the second, and so on, so that all pools have the same
  seeds wherever time ends. Eight seeds (*parts*) and twelve (*few*) were planned; as time ran short they became seven
  and ten, before any test result was looked at.

Afterwards, on validation images alone, rates beyond the grids were tried where the best stood at an end: in *few* none
was better; in *parts* on clothes 0.03 was, with one seed, better for *max*, *average*, *mixed*, *gated* and *rank*, by
0.3 % of the images at most, and worse for the others. Nothing was changed for it.
"""

import time

import parts_of_a_pool
import planned

from pooling_book.study.family_contrasts import FAMILY_POOLS

FIRST_SEED = 2000
SEEDS, TUNING_SEEDS = {"parts": 7, "few": 10}, {"parts": 1, "few": 2}
RATES = {"parts": (0.1, 0.3), "few": (0.003, 0.01, 0.03)}
BLOCKS = {
    name: parts_of_a_pool.BLOCKS[name]._replace(
        seeds=dict.fromkeys(pools, SEEDS[name]), rates=RATES[name], tuning_seeds=TUNING_SEEDS[name]
    )
    for name, pools in FAMILY_POOLS.items()
}
PLAN = planned.Plan(BLOCKS, further=False)


def train(job):
    """Train one network of chapter 10."""
    from pooling_book.study import family

    return planned.train(job, BLOCKS[job.block], family.with_pool, family.learnt)


def main():
    options = planned.command_line(__doc__).parse_args()
    until = time.monotonic() + 60 * options.minutes
    name = "the_family"
    found = PLAN.started(name)
    if planned.tune(PLAN, name, found, until, train):
        jobs = sorted(PLAN.to_run(found, found, FIRST_SEED), key=lambda job: job.seed)
        planned.work(name, found, jobs, until, train)


if __name__ == "__main__":
    main()
