"""What does a pool buy a small network? Trains the networks of chapter 07 and writes down what they reach.

    python experiments/what_pooling_buys.py            everything: about an hour of one core
    python experiments/what_pooling_buys.py --seeds 1  the first seed only

Results, after every network: `results/what_pooling_buys.json`
    about   settings, versions, minutes of processor time
    steps   for each method the processor time of a training step in ms, and the memory one takes in MiB, on 64 images
            of 112x112
    runs    one entry for each trained network: task, head, method, window, stride, seed; parameters; test, the
            accuracy on the whole test set; train, on at most 2,000 training images; curve, on 2,000 test images after
            every 50 steps; seconds of processor time, beside other work

and `results/small_networks.npz`: weights as float16 of networks trained on 'digits' for 2,000 steps with seed 0, under
HEAD/METHOD/NUMBER, kernel and bias of each layer in turn. They live in chapter 08's page.

The seed draws the task (subset, clutter, patches), the initial weights and the order of the images: with one seed all
methods see the same images in the same order, so that they may be compared in pairs. One thread for each process.
"""

import multiprocessing
import os
import time
from functools import partial

import long_runs

SEEDS = 5
EVERY = 50
STEPS = {"few": 300, "pictures": 300, "digits": 600, "clutter": 700}
POOLED = ("none", "subsample", "strided conv", "max", "average", "L2", "stochastic")
SWEPT = [(2, 1), (3, 1), (3, 2), (4, 2), (3, 3), (4, 4)]  # window and stride; (2, 2) and (1, 2) are among the others
EXPORTED = ("max", "average", "max-blur")


def settings():
    """Every network to be trained with one seed: task, head, method, window, stride."""
    chosen = []
    for task in STEPS:
        chosen += [(task, "global", method, 2, 2) for method in POOLED]
        if task in ("few", "digits"):  # in the others a place means nothing, and the head 'global' suits them
            chosen += [(task, "flatten", method, 2, 2) for method in (*POOLED, "none, matched")]
    chosen += [(task, "global", "max", *sizes) for task in ("few", "pictures") for sizes in SWEPT]
    return chosen


def run(setting):
    """Train one network and return its entry."""
    task_name, head, method, window, stride, seed = setting
    import keras

    from pooling_book.study import tasks, training

    if (task_name, seed) not in _made:
        _made.clear()
        _made[task_name, seed] = tasks.make_task(task_name, seed)
    task = _made[task_name, seed]
    start = time.process_time()
    keras.utils.set_random_seed(seed)
    network = training.small_network(
        method, task.test_images.shape[1:], task.classes, head=head, window=window, stride=stride
    )
    curve = training.train(network, task, seed=seed, steps=STEPS[task_name], every=EVERY)
    entry = dict(
        task=task_name,
        head=head,
        method=method,
        window=window,
        stride=stride,
        seed=seed,
        parameters=network.count_params(),
    )
    some = slice(None, None, max(1, len(task.train_labels) // 2000))
    entry |= {
        "test": round(training.accuracy(network, task.test_images, task.test_labels), 4),
        "train": round(training.accuracy(network, task.train_images[some], task.train_labels[some]), 4),
        "curve": curve,
        "seconds": round(time.process_time() - start, 1),
    }
    keras.backend.clear_session()
    return entry


def export():
    """Train the networks that live in chapter 08's page, and store their weights."""
    import keras
    import numpy as np

    from pooling_book.study import tasks, training

    task, stored = tasks.make_task("digits"), {}
    for head in training.HEADS:
        for method in EXPORTED:
            keras.utils.set_random_seed(0)
            network = training.small_network(method, head=head)
            training.train(network, task, seed=0, steps=2000)
            stored |= {
                f"{head}/{method}/{number}": weights.astype(np.float16)
                for number, weights in enumerate(network.get_weights())
            }
    np.savez_compressed(long_runs.RESULTS / "small_networks.npz", **stored)


def step_costs():
    """For each method the processor time of a training step, and the memory that one takes."""
    from pooling_book.study import training

    methods = [method for method in training.POOL_LAYERS if method != "none, matched"]
    built = {method: partial(training.small_network, method, (112, 112, 1), head="global") for method in methods}
    return {method: cost._asdict() for method, cost in training.step_costs(built).items()}


_made = {}


def main():
    seeds = long_runs.seeds(__doc__, SEEDS)
    long_runs.one_thread()
    export()
    found = {
        "about": long_runs.about({"every": EVERY, "steps": STEPS, "batch": 64, "seeds": seeds}),
        "steps": step_costs(),
        "runs": [],
    }
    with multiprocessing.get_context("spawn").Pool(os.cpu_count(), long_runs.one_thread) as pool:
        for entry in pool.imap(run, [(*setting, seed) for seed in range(seeds) for setting in settings()], chunksize=4):
            found["runs"].append(entry)
            long_runs.store("what_pooling_buys", found)


if __name__ == "__main__":
    main()
