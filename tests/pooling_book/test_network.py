"""The drawing of the book's one network: its shapes are those of Keras, its marks are seen and said."""

import re

import pytest

from pooling_book.show import network
from pooling_book.show.network import shapes

PARTS = ["image", "convolution 1", "relu 1", "pool 1", "convolution 2", "relu 2", "pool 2", "flatten", "dense"]


def test_its_shapes_are_those_of_keras():
    keras = pytest.importorskip("keras")
    layers = keras.layers
    made = [
        layers.Conv2D(8, 3, padding="same"), layers.ReLU(), layers.MaxPooling2D(2),
        layers.Conv2D(16, 3, padding="same"), layers.ReLU(), layers.MaxPooling2D(2),
        layers.Flatten(), layers.Dense(10),
    ]  # fmt: skip
    keras.Sequential([keras.Input((28, 28, 1)), *made])
    assert list(shapes()) == PARTS
    assert list(shapes().values()) == [(28, 28, 1), *(tuple(one.output.shape[1:]) for one in made)]


def test_every_part_is_drawn_with_its_shape():
    html = network().html
    drawn = re.findall(r'<g class="pool-network-([a-z]+)">', html)
    assert drawn == ["image", *["conv", "activation", "pool"] * 2, "flatten", "dense"]
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", html)
    assert texts[2::3] == ["×".join(map(str, shape)) for shape in shapes().values()]
    assert texts[::3] == ["Image", *["Convolution", "ReLU", "Pool"] * 2, "Flatten", "Dense"]
    assert "mark" not in html


@pytest.mark.parametrize("name", PARTS)
def test_a_mark_is_seen_and_said(name):
    picture = network(mark=name, word="this chapter")
    assert picture.html.count("pool-network-mark") == 1 and "▼ this chapter</text>" in picture.html
    [said] = re.findall(r"([^,:]*) \(this chapter\)", picture.alt)
    assert said.strip().lower().startswith(name) and f'aria-label="{picture.alt}"' in picture.html


def test_several_marks_and_words_that_are_no_html():
    picture = network(mark=("Pool 1", "pool 2"), word="<b>")
    assert picture.html.count("▼ &lt;b&gt;") == 2 and picture.alt.count("(<b>)") == 2 and "<b>" not in picture.html


@pytest.mark.parametrize("mark", ["pool", ["pool 1", "pool 3"]])
def test_an_unknown_mark_is_told_the_choices(mark):
    wrong = mark if isinstance(mark, str) else mark[1]
    with pytest.raises(ValueError, match=f"mark='{wrong}' is no part of the network; use one of 'image', .*, 'dense'"):
        network(mark=mark)


def test_it_has_no_colour_that_a_page_cannot_change_and_nothing_varies():
    assert not re.search(r"#[0-9a-f]{3,6}\b", network().html)
    assert network(mark="dense") == network(mark="dense")
