"""The pools of the family, each against its definition on one window at a time, in NumPy and float64."""

import math
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

keras = pytest.importorskip("keras")
tf = pytest.importorskip("tensorflow")

from pooling_book.study import family  # noqa: E402
from pooling_book.study.cells import BODIES, Blur, with_cell  # noqa: E402
from pooling_book.study.family import FAMILY, with_pool  # noqa: E402

#: What each pool makes of the four numbers of a window, when it is new.
DEFINED = {
    "subsample": lambda w: w[0],
    "average": np.mean,
    "max": np.max,
    "power 2": lambda w: np.sqrt(np.mean(w**2)),
    "power 3": lambda w: np.cbrt(np.mean(w**3)),
    "GeM": lambda w: np.cbrt(np.mean(w**3)),
    "softmax": lambda w: np.average(w, weights=np.exp(w)),
    "softmax, learnt": lambda w: np.average(w, weights=np.exp(w)),
    "mixed": lambda w: (max(w) + np.mean(w)) / 2,
    "gated": lambda w: (max(w) + np.mean(w)) / 2,
    "median": np.median,
    "rank": lambda w: np.dot(sorted(w, reverse=True), [1 / 2, 1 / 4, 1 / 8, 1 / 16]),
    "by activation": lambda w: np.average(w, weights=w) if w.any() else 0.0,
    "stochastic": lambda w: np.average(w, weights=w) if w.any() else 0.0,
    "LIP": np.mean,
    "max, dropout 0.25": np.max,
    "max, dropout 0.5": np.max,
}
LEARN = {"GeM": 1, "softmax, learnt": 1, "mixed": 1, "gated": 4, "LIP": 3 * 3 + 3}


@pytest.fixture
def maps():
    """Random maps after a ReLU, with windows of zeros, of equal numbers and of two equal maxima."""
    x = np.maximum(np.random.default_rng(0).normal(0, 2, (4, 6, 8, 3)), 0).astype(np.float32)
    x[0, :2, :2] = 0
    x[0, :2, 2:4] = 1.5
    x[0, 2, :2] = 7
    x[1, :2, :2, 0] = [[0, 0], [0, 3]]
    return x


def windows(x):
    """Each window's four numbers on the last axis, row by row."""
    n, height, width, channels = x.shape
    found = np.empty((n, height // 2, width // 2, channels, 4))
    for row in range(height // 2):
        for column in range(width // 2):
            some = x[:, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
            found[:, row, column] = some.reshape(n, 4, channels).transpose(0, 2, 1)
    return found


def by_hand(one, x):
    return np.apply_along_axis(one, -1, windows(x.astype(float)))


def test_every_pool_but_the_blurred_one_is_defined_here():
    assert set(DEFINED) == set(FAMILY) - {"max-blur"}


@pytest.mark.parametrize("pool", DEFINED)
def test_a_pool_is_its_definition(pool, maps):
    assert_allclose(FAMILY[pool]()(maps), by_hand(DEFINED[pool], maps), rtol=2e-5, atol=2e-6)


def test_the_blurred_maximum_is_that_of_chapter_07(maps):
    blurred = next(layer for layer in with_cell("plain, flatten", "max-blur").layers if isinstance(layer, Blur))
    dense = np.pad(maps, [(0, 0), (0, 1), (0, 1), (0, 0)], constant_values=-np.inf)
    dense = np.max([dense[:, a : a + 6, b : b + 8] for a in (0, 1) for b in (0, 1)], axis=0)
    assert_array_equal(FAMILY["max-blur"]()(maps), blurred(dense))


@pytest.mark.parametrize("pool", FAMILY)
def test_gradients_are_finite_even_where_all_is_zero(pool, maps):
    layer, x = FAMILY[pool](), tf.constant(maps)
    for training in (False, True):
        with tf.GradientTape() as tape:
            tape.watch(x)
            out = tf.reduce_sum(layer(x, training=training) ** 2)
        for slope in tape.gradient(out, [x, *layer.trainable_variables]):
            assert np.isfinite(slope).all()


@pytest.mark.parametrize("pool", FAMILY)
def test_a_gradient_is_that_of_small_steps(pool):
    # No ties and nothing near zero.
    x = np.random.default_rng(1).permutation(np.linspace(0.5, 2, 32)).reshape(1, 4, 4, 2)
    layer = FAMILY[pool]()
    layer(tf.constant(x, tf.float32))
    aims = np.random.default_rng(2).normal(size=(1, 2, 2, 2)).astype(np.float32)

    def value(x):
        return tf.reduce_sum(layer(x, training=False) * aims)

    held = tf.constant(x, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(held)
        out = value(held)
    slope = tape.gradient(out, held).numpy()
    steps = np.eye(32).reshape(32, 4, 4, 2) * 1e-2
    assert_allclose(
        slope.ravel(), [float(value(tf.constant(x + h, tf.float32)) - value(tf.constant(x - h, tf.float32))) / 2e-2
                        for h in steps[:, None]], atol=2e-3,
    )  # fmt: skip


def test_a_power_mean_goes_from_the_average_to_the_maximum(maps):
    at = {p: family.Power(p)(maps).numpy() for p in (1.0, 2.0, 5.0, 30.0, 1e4)}
    assert_allclose(at[1.0], by_hand(np.mean, maps), rtol=1e-5, atol=2e-6)
    assert_allclose(at[1e4], by_hand(np.max, maps), rtol=1e-3, atol=2e-6)
    for less, more in pairwise(at.values()):
        assert (less <= more * (1 + 1e-5)).all()


def test_a_softmax_goes_from_the_average_to_the_maximum(maps):
    assert_allclose(family.Softmax(1e4)(maps), by_hand(np.mean, maps), atol=2e-3)
    assert_allclose(family.Softmax(1e-4)(maps), by_hand(np.max, maps), atol=1e-5)
    assert np.isfinite(family.Softmax(1e-4)(100 * maps)).all()


def test_ranks_go_from_the_maximum_on(maps):
    assert_allclose(family.Rank(1.0)(maps), by_hand(np.max, maps), atol=1e-6)
    weights = [0.3 * 0.7**place for place in range(4)]
    assert_allclose(
        family.Rank(0.3)(maps), by_hand(lambda w: np.dot(sorted(w)[::-1], weights), maps), rtol=1e-5, atol=1e-6
    )


def test_a_learnt_number_does_what_it_says(maps):
    def told(pool, **values):
        layer = FAMILY[pool]()
        layer(maps)
        for name, value in values.items():
            getattr(layer, name).assign(value)
        return layer(maps).numpy(), layer.learnt()

    found, said = told("GeM", a=1.0)
    p = 1 + math.log1p(math.e)
    assert said == {"p": pytest.approx(p)}
    assert_allclose(found, by_hand(lambda w: np.mean(w**p) ** (1 / p), maps), rtol=2e-5, atol=2e-6)
    found, said = told("softmax, learnt", a=1.0)
    assert said == {"temperature": pytest.approx(1 / math.log1p(math.e))}
    weight = lambda w: np.average(w, weights=np.exp(w / said["temperature"]))  # noqa: E731
    assert_allclose(found, by_hand(weight, maps), rtol=2e-5, atol=2e-6)
    found, said = told("mixed", a=math.log(3))
    assert said == {"alpha": pytest.approx(0.75)}
    assert_allclose(found, by_hand(lambda w: 0.75 * max(w) + 0.25 * np.mean(w), maps), rtol=1e-5, atol=1e-6)
    mask = np.array([1.0, -0.5, 0.25, 0], np.float32)
    found, said = told("gated", mask=mask)
    assert said == {"mask": mask.tolist()}

    def gated(w):
        share = 1 / (1 + np.exp(-np.dot(w, mask)))
        return share * max(w) + (1 - share) * np.mean(w)

    assert_allclose(found, by_hand(gated, maps), rtol=1e-5, atol=1e-6)


def test_importance_is_of_the_channels_at_each_place(maps):
    rng = np.random.default_rng(3)
    layer = FAMILY["LIP"]()
    layer(maps)
    kernel, bias = rng.normal(size=(1, 1, 3, 3)).astype(np.float32), rng.normal(size=3).astype(np.float32)
    layer.kernel.assign(kernel)
    layer.bias.assign(bias)
    x = maps.astype(float)
    logits = 12 / (1 + np.exp(-(x @ kernel[0, 0] + bias)))
    weights = np.exp(windows(logits))
    assert_allclose(layer(maps), (windows(x) * weights).sum(-1) / weights.sum(-1), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("pool, after", [("GeM", -1e4), ("softmax, learnt", -1e4), ("GeM", 1e4), ("mixed", 1e4)])
def test_learnt_numbers_may_go_far(pool, after, maps):
    layer = FAMILY[pool]()
    layer(maps)
    layer.a.assign(after)
    assert np.isfinite(layer(maps)).all()
    if pool == "GeM":
        assert layer.learnt()["p"] >= 1


def test_stochastic_pooling_draws_with_the_shares_of_the_sum():
    keras.utils.set_random_seed(0)
    window = np.array([0, 1, 3, 6], np.float32)
    x = np.tile(window.reshape(2, 2), (1, 200, 200))[..., None]
    drawn = FAMILY["stochastic"]()(x, training=True).numpy().ravel()
    assert len(drawn) == 40_000
    for number, share in zip(window, window / 10, strict=True):
        assert np.mean(drawn == number) == pytest.approx(share, abs=5 * math.sqrt(share * (1 - share) / 40_000))
    assert_allclose(drawn.mean(), 4.6, atol=0.05)  # what the mean at test time says: (1 + 9 + 36) / 10
    assert_allclose(FAMILY["stochastic"]()(x), 4.6, rtol=1e-6)


def test_stochastic_pooling_draws_what_is_there_and_zero_only_where_all_is_zero(maps):
    layer = FAMILY["stochastic"]()
    for _ in range(20):
        drawn = layer(maps, training=True).numpy()
        assert (drawn[..., None] == windows(maps)).any(-1).all()
        assert_array_equal(drawn == 0, by_hand(np.max, maps) == 0)


def test_a_whole_network_draws_in_training_only():
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).random((2, 28, 28, 1)).astype(np.float32)
    for pool in ("stochastic", "max, dropout 0.5"):
        network = with_pool("plain, flatten", pool)
        quiet, again, loud, louder = (network(x, training=mode).numpy() for mode in (False, False, True, True))
        assert_array_equal(quiet, again)
        assert (quiet != loud).any() and (loud != louder).any()
        other = with_pool("plain, flatten", {"stochastic": "by activation"}.get(pool, "max"))
        other.set_weights(network.get_weights())
        assert_array_equal(other(x), quiet)


def test_a_seed_decides_what_is_drawn(maps):
    def drawn():
        keras.utils.set_random_seed(5)
        return FAMILY["stochastic"]()(maps, training=True).numpy()

    assert_array_equal(drawn(), drawn())


@pytest.mark.parametrize("pool", FAMILY)
def test_parameters(pool):
    layer = FAMILY[pool]()
    layer(np.ones((1, 4, 4, 3), np.float32))
    assert layer.count_params() == LEARN.get(pool, 0)
    for body in ("normalised, global", "plain, flatten"):
        most = with_cell(body, "max").count_params()
        count = with_pool(body, pool).count_params()
        assert count == most + 2 * LEARN.get(pool, 0) if pool != "LIP" else 0.9 * most < count <= most


def test_pools_without_draws_begin_with_the_same_weights():
    def drawn(pool):
        keras.utils.set_random_seed(3)
        return [each.get_weights() for each in with_pool("plain, flatten", pool).layers if each.count_params() > 100]

    first = drawn("max")
    for pool in set(FAMILY) - {"LIP", "stochastic", "max, dropout 0.25", "max, dropout 0.5"}:
        for one, other in zip(first, drawn(pool), strict=True):
            for a, b in zip(one, other, strict=True):
                assert_array_equal(a, b)


def test_what_networks_learnt_stands_in_the_order_of_their_pools():
    network = with_pool("normalised, global", "GeM")
    first, second = (layer for layer in network.layers if isinstance(layer, family.LearntPower))
    first.a.assign(0.0)
    assert family.learnt(network) == {"p": [pytest.approx(1 + math.log(2), abs=1e-4), pytest.approx(3)]}
    assert first.learnt()["p"] < second.learnt()["p"]


@pytest.mark.parametrize(
    "body, pool, words",
    [
        ("plain, flatten", "fuzzy", ["pool", "'fuzzy'", "'GeM'"]),
        ("vgg", "max", ["body", "'vgg'", "'plain, flatten'"]),
        ("residual, global", "max", ["body", "'residual, global'", "'plain, flatten'"]),
    ],
)
def test_what_is_not_there_is_refused(refuses, body, pool, words):
    refuses(ValueError, lambda: with_pool(body, pool), *words)
    assert "residual, global" in BODIES
