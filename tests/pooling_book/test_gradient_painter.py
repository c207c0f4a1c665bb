"""The gradient painter as Python sees it: its arrays, its call, its HTML, and what it refuses."""

import json
import re

import numpy as np
import pytest

from pooling_book import palette
from pooling_book.widgets.gradient_painter import GradientPainter, tinted
from pooling_book.widgets.photos import small_photos
from pooling_lib import avg_pool_backward, max_pool, max_pool_backward


def state_of(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html, re.S)[1])


@pytest.mark.parametrize("pattern", ["one output", "all ones", "left and right", "random", "clear"])
@pytest.mark.parametrize(
    "settings",
    [
        dict(),
        dict(operation="avg", window=3, stride=1, padding="same"),
        dict(operation="avg", window=(2, 3), stride=(1, 2), padding="same", count_include_pad=True),
        dict(window=2, stride=3, source="numbers with ties"),
        dict(images=small_photos(), source="coffee", window=5),
    ],
)
def test_dx_is_what_the_call_computes(settings, pattern):
    painter = GradientPainter(**settings, pattern=pattern)
    names = {
        "dy": painter.dy,
        "x": painter.x,
        "max_pool_backward": max_pool_backward,
        "avg_pool_backward": avg_pool_backward,
    }
    if painter.operation == "max":
        names["where"] = max_pool(painter.x, painter.window, painter.stride, painter.padding, return_indices=True)[1]
    assert painter.dy.shape == painter.y.shape and painter.dx.shape == painter.x.shape
    np.testing.assert_array_equal(painter.dx, eval(painter.call, names))


def test_patterns_send_what_they_say():
    dy = {
        pattern: GradientPainter(window=2, stride=1, pattern=pattern).dy
        for pattern in ("one output", "all ones", "left and right", "random", "clear")
    }
    assert np.argwhere(dy["one output"]).tolist() == [[2, 2]] and dy["one output"].sum() == 1
    assert (dy["all ones"] == 1).all() and (dy["clear"] == 0).all()
    assert (dy["left and right"] == [1, 1, 0, -1, -1]).all()
    assert set(np.unique(dy["random"])) == {-3, -2, -1, 0, 1, 2, 3}


def test_dx_follows_what_the_page_paints_and_a_painting_its_output():
    painter = GradientPainter()
    painter.painting = {"rows": 3, "columns": 3, "values": [0, 0, 1, 0, 0, 0, -1, 0, 0]}
    painter.pattern = "painted"
    assert painter.dy.tolist() == [[0, 0, 1], [0, 0, 0], [-1, 0, 0]]
    assert np.argwhere(painter.dx > 0).tolist() == [[0, 5]] and np.argwhere(painter.dx < 0).tolist() == [[5, 0]]
    painter.window = painter.stride = [1, 1]  # six rows of outputs: each of the three was painted for two
    assert painter.dy[:2].tolist() == [[0, 0, 0, 0, 1, 1]] * 2
    painter.window = painter.stride = [3, 3]
    assert painter.dy.tolist() == [[0, 0], [0, 0]]
    painter.photo, painter.source = GradientPainter(images=small_photos()).images["cat"], "photo"
    assert painter.dx.shape == (64, 64)


def test_the_grid_with_ties_has_the_ties_it_promises():
    x = GradientPainter(source="numbers with ties").x
    windows = x.reshape(3, 2, 3, 2).swapaxes(1, 2).reshape(9, 4)
    assert ((windows == windows.max(1, keepdims=True)).sum(1) > 1).sum() == 6


def test_the_state_in_the_page_is_that_of_the_widget_and_small():
    painter = GradientPainter(images=small_photos(), source="cat", window=(3, 2), pattern="random", identity="here")
    state = state_of(painter.html())
    assert state == json.loads(json.dumps(painter.state()))
    assert state["window"] == [3, 2] and state["pattern"] == "random" and 'id="here"' in painter.html()
    assert len(json.dumps(state)) < 40_000


def test_the_output_of_a_cell_is_the_same_each_time():
    bundles = [GradientPainter(images=small_photos())._repr_mimebundle_()[0] for _ in range(2)]
    assert bundles[0]["text/html"] == bundles[1]["text/html"]
    assert bundles[0]["text/plain"] == "<gradient_painter gradient>"
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


def test_the_fallback_shows_what_is_sent_and_what_arrives():
    numbers, photo = (
        GradientPainter().fallback(),
        GradientPainter(images=small_photos(), source="cat", operation="avg", window=4).fallback(),
    )
    assert numbers.count("<table") == 4
    assert photo.count("<img") == 2 and "avg_pool_backward(dy, x.shape, window=4)" in photo


def test_a_tint_tells_the_sign_by_its_lightness_and_the_size_by_its_strength():
    image = np.arange(256.0).reshape(16, 16)
    lightness = lambda value: tinted(image, np.full(image.shape, value), largest=4) @ [0.299, 0.587, 0.114]
    none, much, little = tinted(image, np.zeros(image.shape)) @ [0.299, 0.587, 0.114], lightness(4), lightness(1)
    assert (much > little).all() and (little > none).all()
    assert (lightness(-4) < lightness(-1)).all() and (lightness(-1) < none).all()
    assert min(palette.rgb("positive")[:2]) - max(palette.rgb("negative")[:2]) > 150


@pytest.mark.parametrize(
    "settings, words",
    [
        (dict(window=9), ["window=9", "fits nowhere"]),
        (dict(source="dog"), ["source='dog'", "numbers with ties"]),
        (dict(operation="sum"), ["operation='sum'", "'max', 'avg'"]),
        (dict(padding=[(1, 1), (1, 1)]), ["padding=[(1, 1), (1, 1)]", "'same'"]),
        (dict(pattern="painted"), ["pattern='painted'", "'clear'"]),
        (dict(images={"grey": np.zeros((2, 2))}), ["images['grey']", "float64", "uint8"]),
    ],
)
def test_errors_come_from_python_and_name_what_is_wrong(settings, words):
    with pytest.raises(ValueError) as error:
        GradientPainter(**settings)
    assert all(word in str(error.value) for word in words)
