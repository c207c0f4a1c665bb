"""How much do the answers of small networks change when digits are shifted or turned? Trains those of chapter 08.

    python experiments/what_shifts_change.py            all of it: about 20 minutes of one core
    python experiments/what_shifts_change.py --seeds 1  the first seed only

It writes `results/what_shifts_change.json` after every network, and goes on where it stopped:
    about   settings, versions, minutes of processor time
    runs    one entry for each trained network: data (what it was trained on: 'plain' digits or 'moved' ones), body,
            ring (whether its padding is circular), method, seed; test: how many of the 10,000 test digits it reads
            wrongly; then for 500 of them, and for shifts of 0 to 8 pixels, [accuracy, consistency] each, where
            consistency is the fraction of answers that are those of the unshifted digits:
            cut     28x28, zeros come in and ink may leave; means of shifts to the right and down
            around  28x28, shifted circularly, likewise; rings only
            room    every other of them, to the right on a sheet of 52x60 where nothing comes near a border; rings
                    only. What a digit adds to an empty sheet's scores counts as on 28x28 (`steady.scores_on_sheets`)
            turned  the same pair for a turn by 10 degrees, means of both directions
            and seconds of processor time, beside other work
and `results/small_networks.npz`: weights as float16, normalisations folded into the convolutions, of networks that live
in the page or are run there: 'global/max', 'global/average', 'global/max-blur' with zeros around (trained for longer,
and for nothing else), 'ring/max' and 'ring/adaptive'; all from plain digits, seed 0.

**Fixed before any network was trained for a result**. The rates are from parts_of_a_pool.py, 50,000 digits: behind a
global head 0.3 has the least validation error for 'max', 'average' and 'subsample', and before a flatten 0.01 is within
a tenth of a per mille of the least for 'max'. Rings, 'max-blur' and 'adaptive' have none of their own. Steps were
chosen so that networks of every kind read 98 % or more (a first try with less than 98 % was thrown away), and nothing
was chosen by what shifts do:

- 50,000 training images of MNIST, batches of 100. A seed draws the weights and the order of the images, and with
  'moved' by how far each digit is moved, up to 4 pixels each way. It draws no data that two methods share, so means
  have t intervals over seeds, and two methods are compared by Welch's interval. Two distances of one network are
  compared in pairs.
- Eight contrasts, judged together by Holm's method at 5 %: in rings the consistency at a circular shift of 1 of
  subsample, average, max-blur and adaptive against max; with zeros coming in (cut) the consistency at 1 of the ring
  with max against zeros around, and of moved digits against plain ones in both bodies; and the accuracy at 4 of moved
  against plain, global.
"""

import json
import time
from functools import cache

import long_runs
from results_file import RESULTS

SEEDS = 10
FARTHEST = 8
DIGITS = 500  # test digits that are shifted: every twentieth
TURN = 10
MOVED = 4
GLOBAL, FLATTEN = "normalised, global", "plain, flatten"
RATES = {GLOBAL: 0.3, FLATTEN: 0.01}
BATCH = 100
LONGER = 1170  # for those of the page
#: data, body, ring, method, steps
TRAINED = [
    ("plain", GLOBAL, True, "max", 600),
    ("plain", GLOBAL, True, "adaptive", 600),
    ("plain", GLOBAL, True, "max-blur", 600),
    ("plain", GLOBAL, True, "average", 600),
    ("plain", GLOBAL, True, "subsample", 900),
    ("plain", GLOBAL, False, "max", 600),
    ("moved", GLOBAL, False, "max", 900),
    ("plain", FLATTEN, False, "max", 600),
    ("moved", FLATTEN, False, "max", 900),
]
PAGE = ("max", "average", "max-blur")


def trained(data, body, ring, method, steps, seed):
    """Train one network."""
    import keras

    from pooling_book.study import fitting, steady

    keras.utils.set_random_seed(seed)
    network = steady.steady_network(method, body, ring)
    images = digits().train_images
    if data == "moved":
        images = moved(images, seed)
    fitting.fit(network, images, digits().train_labels, rate=RATES[body], steps=steps, batch=BATCH, seed=seed)
    return network


@cache
def digits():
    """MNIST, read once."""
    from whole_data import whole

    return whole("digits")


def moved(images, seed):
    """Each image moved by up to MOVED pixels each way."""
    import numpy as np

    from pooling_book.study.shifts import shifted

    ways = np.random.default_rng(seed).integers(-MOVED, MOVED + 1, size=(len(images), 2))
    result = np.empty_like(images)
    for way in np.unique(ways, axis=0):
        chosen = (ways == way).all(axis=1)
        result[chosen] = shifted(images[chosen], *way)
    return result


def run(data, body, ring, method, steps, seed):
    """Train one network, shift what it reads, and return its entry and the network."""
    import numpy as np
    from scipy import ndimage

    from pooling_book.study import fitting, steady

    start = time.process_time()
    network = trained(data, body, ring, method, steps, seed)
    images = digits().test_images[:: 10_000 // DIGITS]
    labels = digits().test_labels[:: 10_000 // DIGITS]

    def measured(versions, score=steady.scores, labels=labels):
        still, found = None, []
        for some in versions:
            answers = [score(network, version).argmax(axis=1) for version in some]
            still = answers[0] if still is None else still
            pairs = [[np.mean(answer == wanted) for answer in answers] for wanted in (labels, still)]
            found.append([round(float(np.mean(pair)), 4) for pair in pairs])
        return found

    turned = [ndimage.rotate(images, sign * TURN, axes=(1, 2), reshape=False, order=1) for sign in (1, -1)]
    entry = {"data": data, "body": body, "ring": ring, "method": method, "seed": seed}
    entry["test"] = int(fitting.missed(network, digits().test_images, digits().test_labels).sum())
    entry["cut"] = measured(steady.moves(images, FARTHEST))
    if ring:
        entry["around"] = measured(steady.rolls(images, FARTHEST))
        entry["room"] = measured(steady.on_a_sheet(images[::2], FARTHEST), steady.scores_on_sheets, labels[::2])
    entry["turned"] = measured([[images], turned])[1]
    entry["seconds"] = round(time.process_time() - start, 1)
    return entry, network


def keep(name, network):
    """Put the weights of a network into the file of those that live in the page."""
    import numpy as np

    from pooling_book.study.steady import plain_weights

    path = RESULTS / "small_networks.npz"
    stored = {}
    if path.is_file():
        with np.load(path) as file:
            stored = {key: file[key] for key in file if not key.startswith(f"{name}/")}
    stored |= {f"{name}/{place}": array.astype(np.float16) for place, array in enumerate(plain_weights(network))}
    np.savez_compressed(path, **stored)


def started():
    """What has been found so far."""
    path = RESULTS / "what_shifts_change.json"
    if path.is_file():
        return json.loads(path.read_text(encoding="utf-8"))
    settings = {
        "batch": BATCH, "rates": RATES, "trained": TRAINED, "digits": DIGITS, "turn": TURN, "moved": MOVED,
        "farthest": FARTHEST,
    }  # fmt: skip
    return {"about": long_runs.about(settings, "scipy"), "page": [], "runs": []}


def main():
    import keras

    seeds = long_runs.seeds(__doc__, SEEDS)
    long_runs.one_thread()
    found = started()
    for method in PAGE:
        if method not in found["page"]:
            keep(f"global/{method}", trained("plain", GLOBAL, False, method, LONGER, 0))
            found["page"].append(method)
            long_runs.store("what_shifts_change", found)
    done = {(run["data"], run["body"], run["ring"], run["method"], run["seed"]) for run in found["runs"]}
    for seed in range(seeds):
        for setting in TRAINED:
            if (*setting[:4], seed) in done:
                continue
            entry, network = run(*setting, seed)
            if entry["ring"] and seed == 0 and entry["method"] in ("max", "adaptive"):
                keep(f"ring/{entry['method']}", network)
            found["runs"].append(entry)
            long_runs.store("what_shifts_change", found)
            keras.backend.clear_session()


if __name__ == "__main__":
    main()
