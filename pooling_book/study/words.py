"""Words of sentences: cut out, numbered, and turned into vectors by the company that they keep."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse.linalg import svds

REACH = 4  # how far apart neighbours may stand


def words(text: str) -> list[str]:
    """The words of a sentence in small letters, without punctuation.

    >>> words("Good case, Excellent value.")
    ['good', 'case', 'excellent', 'value']
    """
    return re.findall(r"[a-z0-9']+", text.lower())


def numbered(sentences: Sequence[Sequence[str]], least: int = 2) -> dict[str, int]:
    """Number the words that stand in the sentences at least so often, from 1 on, in alphabetical order.

    >>> numbered([["so", "so", "good"], ["good", "bad"]])
    {'good': 1, 'so': 2}
    """
    counts = Counter(word for sentence in sentences for word in sentence)
    return {word: i for i, word in enumerate(sorted(w for w in counts if counts[w] >= least), 1)}


def word_vectors(sentences: Sequence[Sequence[str]], numbers: Mapping[str, int], width: int) -> np.ndarray:
    """One vector for each numbered word: words with like neighbours get like vectors.

    How often two words stand near each other is compared with how often they would by chance (positive pointwise mutual
    information), and the table of all pairs is reduced to its main directions.

    Parameters
    ----------
    sentences : sequence of sequences of str
        The words of each sentence, in order.
    numbers : mapping
        As of `numbered`.
    width : int
        Numbers in each vector.

    Returns
    -------
    numpy.ndarray
        (number of words + 1, width) float64; row 0, of unknown words, is zero.
    """
    count = len(numbers) + 1
    together = np.zeros((count, count))
    for sentence in sentences:
        line = np.array([numbers.get(word, 0) for word in sentence], int)
        for apart in range(1, REACH + 1):
            np.add.at(together, (line[:-apart], line[apart:]), 1)
    together += together.T
    together[0] = together[:, 0] = 0
    single = together.sum(axis=0)
    by_chance = np.outer(single, single) / single.sum()
    surprise = np.log(np.maximum(together / np.maximum(by_chance, 1e-9), 1))
    directions, strengths, _ = svds(surprise, width, v0=np.ones(count))
    return directions * np.sqrt(strengths)
