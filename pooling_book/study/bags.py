"""Bags of things, pooled and classified: a small network whose pool is chosen, trained by NumPy alone.

A bag is a sentence of words, or a set of images. All things of all bags lie in one array, one bag after the other, and
`sizes` says how many belong to each: nothing is padded. Each thing becomes a vector, the bag's vectors are pooled to
one, and a linear layer reads a yes or a no from it.
"""

from typing import NamedTuple

import numpy as np

from pooling_book.study.words import numbered

BAG_POOLS = ("mean", "max", "attention")
BATCH, RATE = 64, 0.01
DECAYS = 0.9, 0.999  # of Adam's two averages


class Bags(NamedTuple):
    """`things`, whole numbers (words) or rows of numbers (images), the `sizes` of the bags, and a 0 or 1 for each."""

    things: np.ndarray
    sizes: np.ndarray
    labels: np.ndarray

    def chosen(self, bags: np.ndarray) -> "Bags":
        """The bags of these numbers, in this order."""
        starts, sizes = starts_of(self.sizes), self.sizes[bags]
        place = np.arange(sizes.sum()) - np.repeat(starts_of(sizes), sizes)
        return Bags(self.things[np.repeat(starts[bags], sizes) + place], sizes, self.labels[bags])


def starts_of(sizes: np.ndarray) -> np.ndarray:
    """Where each bag begins.

    >>> starts_of(np.array([2, 3, 1])).tolist()
    [0, 2, 5]
    """
    return np.cumsum(sizes) - sizes


class Network:
    """Vectors, a pool, a linear layer.

    Parameters
    ----------
    pool : str
        One of `BAG_POOLS`.
    kinds : int
        How many different words there are, or how many numbers an image has.
    width : int
        Numbers in each vector.
    words : bool
        Whether things are words, each with a vector of its own, or rows of numbers, seen through a ReLU layer.
    seed : int
        Of the first weights and the order of the bags.
    """

    def __init__(self, pool: str, kinds: int, width: int, words: bool, seed: int) -> None:
        if pool not in BAG_POOLS:
            raise ValueError(f"pool={pool!r} is not known; use one of {', '.join(map(repr, BAG_POOLS))}")
        self.pool, self.words, self.rng = pool, words, np.random.default_rng(seed)
        scale = 0.05 if words else np.sqrt(2 / kinds)
        self.weights = {
            "vectors": self.rng.normal(0, scale, (kinds, width)),
            "shift": np.zeros(width),
            "query": np.zeros(width),
            "head": self.rng.normal(0, 0.1, width),
            "bias": np.zeros(1),
        }
        self.moments = {name: (np.zeros_like(one), np.zeros_like(one)) for name, one in self.weights.items()}
        self.steps = 0

    def vectors(self, things: np.ndarray) -> np.ndarray:
        """One vector for each thing."""
        if self.words:
            return self.weights["vectors"][things]
        return np.maximum(things @ self.weights["vectors"] + self.weights["shift"], 0)

    def attention(self, bags: Bags) -> np.ndarray:
        """The weight of each thing in its bag."""
        return _softmax(self.vectors(bags.things) @ self.weights["query"], bags.sizes)

    def logits(self, bags: Bags) -> np.ndarray:
        """Above 0 means yes."""
        pooled = self._pooled(self.vectors(bags.things), bags.sizes)[0]
        return pooled @ self.weights["head"] + self.weights["bias"]

    def accuracy(self, bags: Bags) -> float:
        """The share of the bags that are read rightly."""
        return float(np.mean((self.logits(bags) > 0) == bags.labels))

    def epoch(self, bags: Bags) -> None:
        """Train on each bag once, in a new order, with Adam on the cross-entropy."""
        order = self.rng.permutation(len(bags.sizes))
        for first in range(0, len(order), BATCH):
            self._update(self.gradients(bags.chosen(order[first : first + BATCH])))

    def gradients(self, bags: Bags) -> dict[str, np.ndarray]:
        """The slope of the mean cross-entropy by each weight."""
        vectors = self.vectors(bags.things)
        pooled, backward = self._pooled(vectors, bags.sizes)
        logits = pooled @ self.weights["head"] + self.weights["bias"]
        error = (1 / (1 + np.exp(-logits)) - bags.labels) / len(logits)
        to_vectors, to_query = backward(np.outer(error, self.weights["head"]))
        slopes = {"query": to_query, "head": pooled.T @ error, "bias": np.array([error.sum()])}
        if self.words:
            slopes["vectors"] = np.zeros_like(self.weights["vectors"])
            np.add.at(slopes["vectors"], bags.things, to_vectors)
            return slopes
        to_vectors = to_vectors * (vectors > 0)
        return slopes | {"vectors": bags.things.T @ to_vectors, "shift": to_vectors.sum(axis=0)}

    def _pooled(self, vectors, sizes):
        """The pooled vectors, and what turns their slopes into those of vectors and query."""
        starts, nothing = starts_of(sizes), np.zeros_like(self.weights["query"])
        if self.pool == "mean":
            pooled = np.add.reduceat(vectors, starts) / sizes[:, None]
            return pooled, lambda slope: (np.repeat(slope / sizes[:, None], sizes, axis=0), nothing)
        if self.pool == "max":
            pooled = np.maximum.reduceat(vectors, starts)
            first = vectors == np.repeat(pooled, sizes, axis=0)
            ties = np.repeat(np.add.reduceat(first.astype(float), starts), sizes, axis=0)
            return pooled, lambda slope: (np.repeat(slope, sizes, axis=0) * first / ties, nothing)
        share = _softmax(vectors @ self.weights["query"], sizes)[:, None]

        def backward(slope):
            slope = np.repeat(slope, sizes, axis=0)
            to_share = (slope * vectors).sum(axis=1, keepdims=True)
            mean = np.repeat(np.add.reduceat(share * to_share, starts), sizes, axis=0)
            to_score = share * (to_share - mean)
            return share * slope + to_score * self.weights["query"], (vectors * to_score).sum(axis=0)

        return np.add.reduceat(share * vectors, starts), backward

    def _update(self, slopes):
        self.steps += 1
        for name, slope in slopes.items():
            mean, square = self.moments[name]
            mean += (1 - DECAYS[0]) * (slope - mean)
            square += (1 - DECAYS[1]) * (slope**2 - square)
            rate = RATE * np.sqrt(1 - DECAYS[1] ** self.steps) / (1 - DECAYS[0] ** self.steps)
            self.weights[name] -= rate * mean / (np.sqrt(square) + 1e-8)


def _softmax(scores, sizes):
    starts = starts_of(sizes)
    powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    return powers / np.repeat(np.add.reduceat(powers, starts), sizes)


def digit_bags(
    images: np.ndarray, digits: np.ndarray, *, wanted: int, count: int, size: int, seed: int
) -> tuple[Bags, np.ndarray]:
    """Bags of images, every second of which holds one image of the wanted digit: its label is 1, that of others 0.

    Parameters
    ----------
    images, digits : numpy.ndarray
        (N, ...) of any shape, and the digit of each.
    wanted : int
        The digit that a bag with label 1 holds once, at a random place, and others do not hold.
    count, size : int
        How many bags, and how many images in each.
    seed : int
        Of images and places.

    Returns
    -------
    bags : Bags
    places : numpy.ndarray
        (count,) where in its bag the wanted image stands; of bags without one, where it would.
    """
    rng = np.random.default_rng(seed)
    labels, places = np.arange(count) % 2, rng.integers(0, size, count)
    others, special = np.flatnonzero(digits != wanted), np.flatnonzero(digits == wanted)
    chosen = rng.choice(others, (count, size))
    chosen[labels == 1, places[labels == 1]] = rng.choice(special, int(labels.sum()))
    return Bags(images.reshape(len(images), -1)[chosen.ravel()], np.full(count, size), labels), places


def sentence_curves(
    pool: str, sentences: list[list[str]], positive: np.ndarray, *, cut: int, epochs: int = 8
) -> np.ndarray:
    """Train a network with word vectors of 16 numbers on four fifths of sentences, five times, and test it on the rest.

    Parameters
    ----------
    pool : str
        One of `BAG_POOLS`.
    sentences : list of list of str
        The words of each.
    positive : numpy.ndarray
        For each sentence whether it praises.
    cut : int
        Seed of the way in which they are cut into five folds, and of the networks.
    epochs : int
        How many.

    Returns
    -------
    numpy.ndarray
        (5, epochs) the per cent of a fold's sentences that are read rightly after each epoch.
    """
    fold_of, found = np.random.default_rng(cut).permutation(len(sentences)) % 5, []
    sizes = np.array([len(sentence) for sentence in sentences])
    for fold in range(5):
        rest = fold_of != fold
        numbers = numbered([sentence for sentence, mine in zip(sentences, rest) if mine])
        things = np.array([numbers.get(word, 0) for sentence in sentences for word in sentence])
        bags = Bags(things, sizes, positive.astype(int))
        learnt, tested = bags.chosen(np.flatnonzero(rest)), bags.chosen(np.flatnonzero(~rest))
        network = Network(pool, len(numbers) + 1, 16, words=True, seed=fold + 10 * cut)
        line = []
        for _ in range(epochs):
            network.epoch(learnt)
            line.append(100 * network.accuracy(tested))
        found.append(line)
    return np.array(found)
