"""Networks whose answers are to stay: what is exact for any weights, what is folded, and what was trained."""

import keras
import numpy as np
import pytest
import what_shifts_change as script
from long_runs import RESULTS

from pooling_book.study import data, steady
from pooling_book.study.cells import Blur
from pooling_book.study.pretrained import POOLS, Trained, trained
from pooling_book.study.results import results, small_networks
from pooling_lib.keras_layers import MaxBlurPooling

SHIFTS = [(0, 4), (8, 0), (4, 12), (0, 1), (3, 2)]


def drawn(method, ring, body="normalised, global", seed=0):
    """A network whose weights, and what it has seen of means and variances, are random."""
    rng = np.random.default_rng(seed)
    network = steady.steady_network(method, body, ring)
    weights = network.get_weights()
    network.set_weights(
        [rng.normal(0, 0.5, one.shape) if one.ndim > 1 else rng.uniform(0.2, 1, one.shape) for one in weights]
    )
    return network


@pytest.fixture(scope="module")
def digits():
    return data.mnist().test_images[:12, :, :, None]


@pytest.mark.parametrize("method", steady.STEADY)
def test_on_a_ring_whole_strides_change_no_score_and_phases_by_content_change_none_ever(method, digits):
    network = drawn(method, ring=True)
    still = steady.scores(network, digits)
    for shift in SHIFTS:
        moved = steady.scores(network, np.roll(digits, shift, (1, 2)))
        exact = method == "adaptive" or all(by % 4 == 0 for by in shift)
        assert np.allclose(moved, still, rtol=1e-4) == exact, shift


@pytest.mark.parametrize("method", steady.STEADY)
def test_on_a_sheet_whole_strides_change_nothing(method, digits):
    network = drawn(method, ring=True, seed=1)
    at = [steady.scores_on_sheets(network, sheets) for [sheets] in steady.on_a_sheet(digits, 8)]
    spread = np.abs(at[0]).max()
    assert np.abs(at[4] - at[0]).max() < 1e-4 * spread and np.abs(at[8] - at[0]).max() < 1e-4 * spread
    assert np.abs(at[1] - at[0]).max() > 1e-3 * spread or method == "adaptive"


def test_on_a_sheet_a_ring_says_what_it_says_of_a_digit_alone_if_nothing_comes_round(digits):
    dots = np.zeros_like(digits[:1])
    dots[0, 12:16, 12:16] = 200
    network = drawn("max", ring=True, seed=2)
    [sheets] = next(steady.on_a_sheet(dots, 0))
    np.testing.assert_allclose(steady.scores_on_sheets(network, sheets), steady.scores(network, dots), rtol=1e-3)


@pytest.mark.parametrize("method", POOLS)
def test_a_normalisation_is_folded_exactly(method, digits):
    network = drawn(method, ring=False, seed=3)
    found = Trained(method, steady.plain_weights(network)).logits(digits[:, :, :, 0] / 255)
    np.testing.assert_allclose(found, steady.scores(network, digits), rtol=1e-4)


def test_the_blur_is_that_of_the_library():
    x = np.random.default_rng(4).normal(size=(2, 8, 12, 3)).astype(np.float32)
    network = keras.Sequential([keras.Input((8, 12, 3)), keras.layers.MaxPooling2D(2, 1, "same"), Blur()])
    np.testing.assert_allclose(network(x), MaxBlurPooling(2, padding="same")(x), rtol=1e-5, atol=1e-6)


def test_of_four_phases_the_one_with_the_largest_sum_of_squares_is_kept():
    x = np.random.default_rng(5).normal(size=(6, 4, 6, 2)).astype(np.float32)
    phases = np.stack([x[:, a::2, b::2] for a in (0, 1) for b in (0, 1)], axis=1)
    largest = (phases**2).sum(axis=(2, 3, 4)).argmax(axis=1)
    assert len(set(largest)) > 1
    np.testing.assert_array_equal(steady._Adaptive()(x), phases[np.arange(6), largest])


def test_moves_lose_what_leaves_and_rolls_do_not(digits):
    for distance, ([right, down], [around, _]) in enumerate(zip(steady.moves(digits, 3), steady.rolls(digits, 3))):
        np.testing.assert_array_equal(right[:, :, distance:], digits[:, :, : 28 - distance])
        assert not right[:, :, :distance].any() and not down[:, :distance].any()
        assert around.sum() == digits.sum()


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method is 'median', but must be one of 'subsample', "):
        steady.steady_network("median")


# ---- What was trained ----


@pytest.fixture(scope="module")
def found():
    return results("what_shifts_change")


def test_every_network_was_trained_with_the_seeds_in_turn(found):
    for data_, body, ring, method, _ in script.TRAINED:
        seeds = [
            run["seed"]
            for run in found["runs"]
            if (run["data"], run["body"], run["ring"], run["method"]) == (data_, body, ring, method)
        ]
        assert seeds == list(range(len(seeds))) and len(seeds) >= 2, (data_, body, ring, method)
    assert found["about"]["minutes"] > 0 and found["about"]["settings"]["batch"] == script.BATCH


def test_every_run_has_what_the_docstring_says(found):
    for run in found["runs"]:
        ways = ["cut", "around", "room"] if run["ring"] else ["cut"]
        assert not {"around", "room"} - set(ways) & run.keys()
        for way in ways:
            assert np.shape(run[way]) == (script.FARTHEST + 1, 2) and run[way][0][1] == 1, run
            assert 0 <= np.min(run[way]) and np.max(run[way]) <= 1


def test_rings_are_exact_at_whole_strides_and_everywhere_with_phases_by_content(found):
    for run in found["runs"]:
        if run["ring"]:
            exact = range(9) if run["method"] == "adaptive" else (4, 8)
            assert all(run["around"][distance][1] == 1 for distance in exact), run["seed"]


def test_the_networks_are_well_trained(found):
    assert max(run["test"] for run in found["runs"]) < 250
    kinds = {(run["data"], run["body"], run["ring"], run["method"]) for run in found["runs"]}
    for kind in kinds:
        missed = [
            run["test"] for run in found["runs"] if (run["data"], run["body"], run["ring"], run["method"]) == kind
        ]
        assert np.mean(missed) < 210, kind


def test_the_networks_for_the_page_are_whole():
    networks = small_networks()
    assert set(networks) == {"global/max", "global/average", "global/max-blur", "ring/max", "ring/adaptive"}
    shapes = [(3, 3, 1, 8), (8,), (3, 3, 8, 16), (16,), (3, 3, 16, 32), (32,), (32, 10), (10,)]
    for name, weights in networks.items():
        assert [array.shape for array in weights] == shapes, name
        assert all(array.dtype == np.float16 and np.isfinite(array).all() for array in weights), name
    assert (RESULTS / "small_networks.npz").stat().st_size < 80_000


def test_the_networks_for_the_page_read_98_of_100_digits():
    mnist = data.mnist()
    images, labels = mnist.test_images[::5] / 255, mnist.test_labels[::5]
    for name, network in trained().items():
        assert np.mean(network.logits(images).argmax(axis=1) == labels) > 0.98, name
