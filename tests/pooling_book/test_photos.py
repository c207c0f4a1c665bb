"""What all widgets with an image share: the reader's photo, and the errors for a wrong image, name or choice."""

import numpy as np
import pytest

from pooling_book.widgets.base import base64_of, one_of, values_of
from pooling_book.widgets.bins import Bins
from pooling_book.widgets.convolution import Convolution
from pooling_book.widgets.curtain import Curtain
from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.gradient_painter import GradientPainter
from pooling_book.widgets.layer_stack import LayerStack
from pooling_book.widgets.one_window import OneWindow
from pooling_book.widgets.photos import PhotoWidget, encode, small_photos
from pooling_book.widgets.pixel_sliders import PixelSliders
from pooling_book.widgets.slide import Slide

PHOTO = np.random.default_rng(3).integers(0, 256, (64, 64)).astype(np.uint8)
MAKERS = {
    Bins: Bins,
    Curtain: Curtain,
    Convolution: lambda images, **more: Convolution(images=images, **more),
    Explorer: lambda images, **more: Explorer(images=images, **more),
    GradientPainter: GradientPainter,
    LayerStack: lambda images, **more: LayerStack([{}], images, **more),
    OneWindow: OneWindow,
    PixelSliders: PixelSliders,
    Slide: Slide,
}


def test_these_are_all_of_them():
    # Only those of the book: anywidget makes a subclass for each widget.
    own = {each for each in PhotoWidget.__subclasses__() if each.__module__.startswith("pooling_book.")}
    assert own == set(MAKERS)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_readers_photo_takes_the_place_of_the_image(kind):
    widget = MAKERS[kind](small_photos(), source="cat")
    np.testing.assert_array_equal(widget.image, small_photos()["cat"])
    before = widget.fallback()
    widget.photo, widget.source = encode("photo", PHOTO), "photo"
    np.testing.assert_array_equal(widget.image, PHOTO)
    assert widget.fallback() != before


@pytest.mark.parametrize("kind", MAKERS)
def test_a_wrong_name_and_a_wrong_image_are_refused_in_the_same_words(kind):
    there = ", ".join(map(repr, [*kind.beside, "grey"]))
    with pytest.raises(ValueError) as error:
        MAKERS[kind]({"grey": PHOTO}, source="dog")
    assert str(error.value) == f"source='dog' is not allowed; use one of {there}"
    with pytest.raises(ValueError) as error:
        MAKERS[kind]({"grey": PHOTO / 255}, source="grey")
    assert str(error.value).startswith("images['grey'] has shape (64, 64) and dtype float64; a widget shows uint8")


@pytest.mark.parametrize("kind", [kind for kind in MAKERS if not kind.beside])
def test_a_widget_with_nothing_else_to_show_needs_an_image(kind):
    with pytest.raises(ValueError, match="images={} holds no image to show; give at least one"):
        MAKERS[kind]({})


@pytest.mark.parametrize(
    "value, allowed, mend",
    [
        (0, range(1, 9), "a whole number from 1 to 8"),
        (True, range(1, 9), "a whole number from 1 to 8"),
        (1.5, range(1, 9), "a whole number from 1 to 8"),
        ("2", range(1, 9), "a whole number from 1 to 8"),
        (75, range(50, 301, 50), "a multiple of 50 from 50 to 300"),
        (1, (True, False), "one of True, False"),
        (True, (0, 1), "one of 0, 1"),
        (["max"], {"max": 1, "avg": 2}, "one of 'max', 'avg'"),
        (None, ("max", "avg"), "one of 'max', 'avg'"),
    ],
)
def test_a_wrong_choice_names_argument_value_and_mend(value, allowed, mend):
    with pytest.raises(ValueError) as error:
        one_of("choice", value, allowed)
    assert str(error.value) == f"choice={value!r} is not allowed; use {mend}"


@pytest.mark.parametrize(
    "value, allowed", [(8, range(1, 9)), (100, range(50, 301, 50)), (None, (2, None)), (False, (False,))]
)
def test_a_choice_that_is_allowed_comes_back(value, allowed):
    assert one_of("choice", value, allowed) is value


def test_values_survive_their_way_into_a_text():
    halves = np.random.default_rng(4).normal(size=50).astype("<f2")
    np.testing.assert_array_equal(values_of(base64_of(halves), "<f2"), halves)
