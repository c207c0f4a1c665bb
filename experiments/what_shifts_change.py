"""How much do the answers of small networks change when digits are shifted or turned? Trains those of chapter 08.

    python experiments/what_shifts_change.py            everything: about ten minutes of one core
    python experiments/what_shifts_change.py --seeds 1  the first seed only

Results, after every network: `results/what_shifts_change.json`
    about   settings, versions, minutes of processor time
    runs    one entry for each trained network: task (what it was trained on: 'digits' as they are, or 'moved' ones),
            head, method, seed; test, the accuracy on 2,000 test digits as they are; shifts, for a shift by 1, 2, 3 and
            4 pixels [accuracy, fraction of answers that are those of the unshifted digits], means over the four
            directions; turns, the same for a turn by each of TURNS degrees, means over both directions; seconds of
            processor time, beside other work

The seed draws the moves of the training digits, the initial weights and the order of the images: with one seed all
methods see the same images in the same order, so that they may be compared in pairs. One thread.
"""

import time

import long_runs

SEEDS = 3
STEPS = 800
TRAINED = [("digits", method) for method in ("subsample", "max", "average", "max-blur", "none")] + [("moved", "max")]
DISTANCES = (1, 2, 3, 4)
TURNS = (5, 10, 20)


def run(task_name, head, method, seed):
    """Train one network and return its entry."""
    import keras
    import numpy as np
    from scipy import ndimage

    from pooling_book.study import tasks, training

    if (task_name, seed) not in _made:
        _made[task_name, seed] = tasks.make_task(task_name, seed)
    plain = _made.setdefault("digits", tasks.make_task("digits"))
    images, labels = plain.test_images[::5], plain.test_labels[::5]
    start = time.process_time()
    keras.utils.set_random_seed(seed)
    network = training.small_network(method, head=head)
    training.train(network, _made[task_name, seed], seed=seed, steps=STEPS, watched=100)
    still = training.answers(network, images)

    def moved(versions):
        answers = [training.answers(network, version) for version in versions]
        return [round(float(np.mean([answer == wanted for answer in answers])), 4) for wanted in (labels, still)]

    ways = [(0, 1), (0, -1), (1, 0), (-1, 0)]
    shifts = [moved([tasks.shifted(images, d * down, d * right) for down, right in ways]) for d in DISTANCES]
    turns = [
        moved([ndimage.rotate(images, sign * angle, axes=(1, 2), reshape=False, order=1) for sign in (1, -1)])
        for angle in TURNS
    ]
    keras.backend.clear_session()
    return {
        "task": task_name,
        "head": head,
        "method": method,
        "seed": seed,
        "test": round(float(np.mean(still == labels)), 4),
        "shifts": shifts,
        "turns": turns,
        "seconds": round(time.process_time() - start, 1),
    }


_made = {}


def main():
    seeds = long_runs.seeds(__doc__, SEEDS)
    long_runs.one_thread()
    settings = {"steps": STEPS, "batch": 64, "distances": DISTANCES, "turns": TURNS, "seeds": seeds}
    found = {"about": long_runs.about(settings, "scipy"), "runs": []}
    for seed in range(seeds):
        for task_name, method in TRAINED:
            for head in ("global", "flatten"):
                found["runs"].append(run(task_name, head, method, seed))
                long_runs.store("what_shifts_change", found)


if __name__ == "__main__":
    main()
