"""Bags that are pooled and classified: by hand, their slopes against differences; and words of sentences."""

import numpy as np
import pytest

from pooling_book.study import bags, words
from pooling_book.study.bags import Bags, Network


def small(is_words, seed=0):
    rng = np.random.default_rng(seed)
    things = rng.integers(0, 7, 12) if is_words else rng.normal(size=(12, 7))
    return Bags(things, np.array([3, 1, 5, 3]), np.array([0, 1, 1, 0]))


def network(pool, is_words, seed=1):
    made = Network(pool, 7, 4, words=is_words, seed=seed)
    rng = np.random.default_rng(seed)
    made.weights["query"] = rng.normal(size=4)
    made.weights["vectors"] *= 5
    return made


def loss(made, some):
    logits = made.logits(some)
    return np.mean(np.logaddexp(0, logits) - some.labels * logits)


def test_chosen_bags_keep_their_things_together():
    some = small(True).chosen(np.array([2, 0]))
    assert some.sizes.tolist() == [5, 3] and some.labels.tolist() == [1, 0]
    every = small(True).things
    assert some.things.tolist() == [*every[4:9], *every[:3]]


@pytest.mark.parametrize("is_words", [True, False])
def test_logits_are_those_of_each_bag_alone(is_words):
    some = small(is_words)
    for pool in bags.BAG_POOLS:
        made = network(pool, is_words)
        for bag, logit in enumerate(made.logits(some)):
            vectors = made.vectors(some.chosen(np.array([bag])).things)
            powers = np.exp(vectors @ made.weights["query"])
            pooled = {
                "mean": vectors.sum(axis=0) / len(vectors),
                "max": np.sort(vectors, axis=0)[-1],
                "attention": powers @ vectors / powers.sum(),
            }[pool]
            assert logit == pytest.approx(pooled @ made.weights["head"])


@pytest.mark.parametrize("pool", bags.BAG_POOLS)
@pytest.mark.parametrize("is_words", [True, False])
def test_slopes_are_differences(pool, is_words):
    some, made = small(is_words), network(pool, is_words)
    for name, slope in made.gradients(some).items():
        for place in np.ndindex(slope.shape):
            kept = made.weights[name][place]
            ends = []
            for nudge in (1e-6, -1e-6):
                made.weights[name][place] = kept + nudge
                ends.append(loss(made, some))
            made.weights[name][place] = kept
            assert slope[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-6)


@pytest.mark.parametrize("pool", bags.BAG_POOLS)
def test_training_lowers_the_loss_and_is_repeated_by_its_seed(pool):
    ends = []
    for _ in range(2):
        some, made = small(False), Network(pool, 7, 4, words=False, seed=3)
        before = loss(made, some)
        for _ in range(80):
            made.epoch(some)
        ends.append(loss(made, some))
        assert ends[-1] < before / 2
    assert ends[0] == ends[1]


def test_attention_weights_sum_to_1_in_each_bag():
    some = small(False)
    weights = network("attention", False).attention(some)
    assert np.add.reduceat(weights, bags.starts_of(some.sizes)) == pytest.approx(np.ones(4))


def test_an_unknown_pool_is_refused():
    with pytest.raises(ValueError, match="pool='median' is not known; use one of 'mean'"):
        Network("median", 7, 4, words=True, seed=0)


def test_digit_bags_hold_the_wanted_digit_once_or_not():
    digits = np.arange(100) % 10
    some, places = bags.digit_bags(digits[:, None], digits, wanted=9, count=40, size=6, seed=0)
    held = some.things.reshape(40, 6) == 9
    assert held.sum(axis=1).tolist() == some.labels.tolist() == [0, 1] * 20
    assert (held.argmax(axis=1) == places)[some.labels == 1].all()


def test_words_with_the_same_neighbours_have_like_vectors():
    sentences = [words.words(f"{one} barks at the {other}") for one in ("dog", "hound") for other in ("man", "postman")]
    sentences += [words.words("Rain falls on dry land.")] * 4
    numbers = words.numbered(sentences)
    vectors = words.word_vectors(sentences, numbers, 3)
    assert vectors.shape == (len(numbers) + 1, 3) and np.abs(vectors[0]).max() < 1e-9

    def cosine(one, other):
        a, b = vectors[numbers[one]], vectors[numbers[other]]
        return a @ b / np.linalg.norm(a) / np.linalg.norm(b)

    assert cosine("dog", "hound") > 0.99 > 0.5 > cosine("dog", "rain")
