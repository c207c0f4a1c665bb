"""Pictures: their words, their bytes, and what they refuse."""

import base64
import io
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from pooling_book.show.pictures import Picture, drawing, drawing_style, grids, images, two_decimals

SHUFFLED = np.array([[3, -1, 4], [-5, 9, -2]])


def test_a_grid_is_a_table_that_holds_every_number():
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", grids(SHUFFLED, captions=["x"]).html)
    assert cells == ["3", "−1", "4", "−5", "9", "−2"]


def test_marked_cells_are_framed_and_no_others():
    html = grids(SHUFFLED, SHUFFLED, captions=["x", "y"], marked=[[(0, 1)], []]).html
    framed = re.findall(r"<td[^>]*><mark>([^<]*)</mark></td>", html)
    assert framed == ["−1"] and html.count("<mark>") == 1


def test_shades_grow_with_the_values_and_leave_out_what_is_not_finite():
    html = grids(np.array([[-np.inf, 1.0, 3.0, 2.0, np.nan]]), captions=["x"]).html
    assert re.findall(r"<td([^>]*)>", html) == [
        "",
        ' style="--shade:33%"',
        ' style="--shade:100%"',
        ' style="--shade:67%"',
        "",
    ]


def test_signed_shades_are_white_at_0_and_of_two_colours():
    html = grids(np.array([[-2.0, 0, 1, np.nan]]), captions=["x"], signed=True).html
    assert 'class="pool-grid pool-signed"' in html
    assert re.findall(r"<td([^>]*)>", html) == [
        ' class="pool-minus" style="--shade:100%"',
        ' style="--shade:0%"',
        ' style="--shade:50%"',
        "",
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
    assert ">x (pixels)<" in html and "currentColor" in html and "var(--pool-series-1,#2f7de1)" in html
    assert not re.search(r"(?<!,)#[0-9a-f]{6}\b", html), "a colour that no page can change"
    assert 'role="img" aria-label="a line &amp; its &quot;name&quot;"' in html
    assert not re.search(r"<metadata|http(?!://www.w3.org)", html)


@pytest.mark.parametrize("height", [3, 9])
def test_a_drawings_letters_are_11_pixels_high_on_a_phone(height):
    with drawing_style():
        figure, panels = plt.subplots(2, figsize=(plt.rcParams["figure.figsize"][0], height))
        for axes in panels:
            axes.plot([0.001, 0.002], [10_000, 20_000], label="a line with a long name")
            axes.set(title="a title", xlabel="x", ylabel="y")
        figure.legend(loc="outside upper center")
        html = drawing(figure, "two panels").html
    sizes = [
        float(size) for size in re.findall(r"font: ([\d.]+)px|font-size: ([\d.]+)px", html) for size in size if size
    ]
    assert len(sizes) > 8 and min(sizes) * 328 / float(re.search(r'<svg[^>]* width="([\d.]+)pt"', html)[1]) >= 11


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
    assert picture.html == "<p>x</p>" and repr(picture) == "<picture: an x>"


def test_a_picture_brings_its_rules_to_a_running_notebook_and_holds_none_itself():
    shown = Picture("<p>x</p>", "an x")._repr_html_()
    assert re.fullmatch(r'<style class="pool-style">[^<\n]*</style><p>x</p>', shown)
    for rule in ("--pool-shade: ", ".pool-grid td:has(mark) {", "forced-colors", "@media print"):
        assert rule in shown


def test_a_drawing_gives_its_colours_by_their_names():
    with drawing_style() as colors:
        figure, axes = plt.subplots()
        axes.plot([1, 2], [2, 1], color=colors["border"])
        axes.plot([1, 2], [1, 2], color=colors["text"])
        axes.plot([1, 2], [2, 2], color="C3")
        axes.plot([1, 2], [1, 1], color="black")
        html = drawing(figure, "four lines").html
    lines = re.findall(r"stroke: ([^;]*); stroke-width: 1.5", html)
    assert lines == ["var(--pool-border,#868e96)", "currentColor", "var(--pool-series-4,#9a6dd7)", "#000000"], lines


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
    assert two_decimals(value) == text
