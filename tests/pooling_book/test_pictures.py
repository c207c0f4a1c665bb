"""Pictures: their words, their bytes, and what they refuse."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from pooling_book.show.pictures import Picture, drawing, drawing_style, grids, images, number

SHUFFLED = np.array([[3, -1, 4], [-5, 9, -2]])


def test_a_grid_is_a_table_that_holds_every_number():
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", grids(SHUFFLED, captions=["x"]).html)
    assert cells == ["3", "−1", "4", "−5", "9", "−2"]


def test_marked_cells_are_framed_and_no_others():
    html = grids(SHUFFLED, SHUFFLED, captions=["x", "y"], marked=[[(0, 1)], []]).html
    framed = re.findall(r"<td[^>]*outline[^>]*>([^<]*)</td>", html)
    assert framed == ["−1"]


def test_shades_grow_with_the_values_and_leave_out_what_is_not_finite():
    html = grids(np.array([[-np.inf, 1.0, 3.0, 2.0, np.nan]]), captions=["x"]).html
    shades = [float(shade) for shade in re.findall(r"230,([\d.]+)\)", html)]
    assert shades[0] == shades[4] == 0 and shades[1] < shades[3] < shades[2]


def test_signed_shades_are_white_at_0_and_of_two_colours():
    html = grids(np.array([[-2.0, 0, 1, np.nan]]), captions=["x"], signed=True).html
    assert re.findall(r"rgba\((\d+),\d+,\d+,([\d.]+)\)", html) == [
        ("110", "0.36"),
        ("110", "0.00"),
        ("255", "0.18"),
        ("110", "0.00"),
    ]


def test_a_constant_grid_is_drawn():
    assert "7" in grids(np.full((2, 2), 7), captions=["x"]).html


def test_what_the_reader_wrote_is_escaped():
    picture = images(np.zeros((2, 2)), captions=["<b>"], alts=['"quoted" & <b>'])
    assert "<b>" not in picture.html and "&quot;quoted&quot; &amp;" in picture.html


def test_an_image_keeps_every_pixel():
    x = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
    data = re.search(r'base64,([^"]+)"', images(x, captions=["x"], alts=["noise"]).html)[1]
    np.testing.assert_array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))), x)


def test_fractions_of_an_image_are_rounded():
    data = re.search(r'base64,([^"]+)"', images(np.array([[0.4, 254.6]]), captions=["x"], alts=["x"]).html)[1]
    assert np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))).tolist() == [[0, 255]]


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: grids(np.zeros(3), captions=["x"]), ["arrays[0]", "(3,)", "choose"]),
        (lambda: grids(SHUFFLED, captions=[]), ["1 arrays", "0 captions"]),
        (lambda: images(np.zeros((2, 2)), captions=["x"], alts=[]), ["0 captions or alts"]),
        (lambda: images(np.full((2, 2), 256), captions=["x"], alts=["x"]), ["256", "scale"]),
        (lambda: images(np.full((2, 2), np.nan), captions=["x"], alts=["x"]), ["nan", "scale"]),
        (lambda: images(np.zeros((2, 2, 4)), captions=["x"], alts=["x"]), ["(2, 2, 4)", "(H, W, 3)"]),
    ],
)
def test_errors_name_what_is_wrong_and_the_mend(call, words):
    with pytest.raises(ValueError) as error:
        call()
    assert all(word in str(error.value) for word in words)


def a_drawing():
    with drawing_style():
        figure, axes = plt.subplots()
        axes.plot([1, 3, 2], label="a line")
        axes.set(xlabel="x (pixels)")
        axes.legend()
        return drawing(figure, 'a line & its "name"')


def test_a_drawing_has_the_same_bytes_each_time():
    assert a_drawing() == a_drawing()


def test_a_drawing_has_text_as_text_its_words_and_the_pages_colour():
    html = a_drawing().html
    assert ">x (pixels)<" in html and "currentColor" in html and "#010203" not in html
    assert 'role="img" aria-label="a line &amp; its &quot;name&quot;"' in html
    assert not re.search(r"<metadata|http(?!://www.w3.org)", html)


def test_two_drawings_on_a_page_share_no_id_and_refer_to_their_own():
    found = []
    for color in ("black", "red"):
        with drawing_style():
            figure, axes = plt.subplots()
            axes.plot([1, 2], [2, 1], "o-", color=color)
            html = drawing(figure, "two points").html
        ids = re.findall(r' id="([^"]+)"', html)
        assert ids and len(set(ids)) == len(ids)
        assert set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', html)) <= {
            pair for one in ids for pair in ((one, ""), ("", one))
        }
        found.append(set(ids))
    assert not found[0] & found[1]


def test_a_drawing_leaves_no_figure_open():
    a_drawing()
    assert not plt.get_fignums()


def test_a_picture_shows_its_html_and_prints_its_words():
    picture = Picture("<p>x</p>", "an x")
    assert picture._repr_html_() == "<p>x</p>" and repr(picture) == "<picture: an x>"


@pytest.mark.parametrize(
    "value, text",
    [
        (0, "0"),
        (-0.0, "0"),
        (-0.001, "0"),
        (2.0, "2"),
        (0.125, "0.13"),
        (-0.125, "−0.13"),
        (1234567, "1234567"),
        (np.nan, "NaN"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
    ],
)
def test_numbers_are_short(value, text):
    assert number(value) == text
