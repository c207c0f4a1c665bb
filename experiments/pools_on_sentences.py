"""Do a maximum or attention over word vectors read sentences better than a mean? Trains the networks of chapter 12.

    python experiments/pools_on_sentences.py    about three minutes of one core

It writes `results/pools_on_sentences.json`:
    about     settings, versions, seconds
    curves    for each pool and each of six cuts into folds: five lists, one a fold, of the per cent of test sentences
              read rightly after each epoch
"""

import platform
import time

import numpy as np
from results_file import RESULTS, write_lines

from pooling_book.study import data
from pooling_book.study.bags import BAG_POOLS, sentence_curves
from pooling_book.study.words import words

CUTS, EPOCHS = 6, 8


def main():
    began = time.process_time()
    positive, _, texts = data.sentences()
    sentences = [words(text) for text in texts]
    curves = {
        pool: [
            sentence_curves(pool, sentences, positive, cut=cut, epochs=EPOCHS).round(2).tolist() for cut in range(CUTS)
        ]
        for pool in BAG_POOLS
    }
    about = {
        "cuts": CUTS,
        "folds": 5,
        "epochs": EPOCHS,
        "width": 16,
        "versions": {"python": platform.python_version(), "numpy": np.__version__},
        "seconds": round(time.process_time() - began),
    }
    write_lines(RESULTS / "pools_on_sentences.json", {"about": about, "curves": curves}, depth=2)


if __name__ == "__main__":
    main()
