"""Training as the long experiments do it: networks learn, and one seed trains one network."""

import keras
import numpy as np
import pytest

from pooling_book.study import cells, fitting


@pytest.fixture(scope="module")
def halves():
    """Images of noise that are bright above or below; the labels say where."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 400).astype(np.int32)
    images = rng.integers(0, 60, (400, 8, 8, 1)).astype(np.uint8)
    images[labels == 0, :4] += 120
    images[labels == 1, 4:] += 120
    return images, labels


def trained(images, labels, seed=3, **settings):
    keras.utils.set_random_seed(seed)
    network = cells.with_cell("plain, flatten", "max", (8, 8, 1), 2)
    how = dict(rate=0.01, steps=60, batch=32, seed=seed) | settings
    return network, fitting.fit(network, images, labels, **how)


def test_it_learns_and_the_errors_on_the_way_are_those_of_the_end(halves):
    images, labels = halves
    network, curve = trained(*halves, watched=halves, looks=3)
    assert len(curve) == 3 and curve[-1] == np.mean(fitting.missed(network, *halves)) < 0.02
    answers = network.predict(images / np.float32(255), verbose=0).argmax(axis=1)
    assert (fitting.missed(network, images, labels) == (answers != labels)).all()


def test_the_same_seed_trains_the_same_network(halves):
    one, other, third = (trained(*halves, seed=seed)[0].get_weights() for seed in (3, 3, 4))
    assert all(np.allclose(a, b, atol=1e-6) for a, b in zip(one, other))
    assert not all(np.allclose(a, b, atol=1e-2) for a, b in zip(one, third))


def test_a_step_that_is_measured_trains(halves):
    images, labels = (part[:64] for part in halves)
    keras.utils.set_random_seed(0)
    network = cells.with_cell("plain, flatten", "max", (8, 8, 1), 2)
    step = fitting.stepper(network, images, labels)
    before = fitting.missed(network, images, labels).mean()
    for _ in range(60):
        step()
    assert fitting.missed(network, images, labels).mean() < min(before, 0.1)


def test_the_rate_rises_and_falls_to_nothing():
    rate = fitting.RiseAndFall(0.1, 200)
    values = [float(rate(step)) for step in range(201)]
    assert np.argmax(values) == 9 and max(values) == pytest.approx(0.1, rel=0.01)
    assert values[0] == pytest.approx(0.01, rel=0.01) and values[-1] == pytest.approx(0, abs=1e-8)


def test_every_image_is_seen_once_before_any_is_seen_again():
    order = fitting._order(10, 25, 0)
    assert [sorted(order[first : first + 10]) for first in (0, 10)] == [[*range(10)]] * 2
    assert len(order) == 25 and not np.array_equal(order[:10], order[10:20])


@pytest.mark.parametrize(
    "body, cell, named",
    [("large", "max", "body"), ("plain, flatten", "mean", "cell"), ("residual, global", "dilated", "cell")],
)
def test_what_is_not_there_is_refused(body, cell, named):
    with pytest.raises(ValueError, match=f"^{named} is .*, but"):
        cells.with_cell(body, cell)
