"""Still pictures on a page: what their classes and shades look like in light and dark, on paper, in forced colours."""

import numpy as np
import pytest
from browser import violations

from pooling_book.palette import ROLES
from pooling_book.show import drawing, drawing_style, grids, lines, table
from pooling_lib.geometry import windows

LOOK = """(cells) => cells.map((cell) => {
  const style = getComputedStyle(cell);
  return [style.backgroundColor, style.color, style.outlineStyle, style.borderStyle, style.printColorAdjust];
})"""
CLEAR = "rgba(0, 0, 0, 0)"


def rgb(colour):
    return f"rgb({', '.join(str(part) for part in bytes.fromhex(colour[1:7]))})"


@pytest.fixture(scope="module")
def pictures():
    import matplotlib.pyplot as plt

    with drawing_style():
        figure, axes = plt.subplots(figsize=(3, 2))
        axes.plot([1, 3, 2])
        curve = drawing(figure, "a line")
    x = np.array([[9.0, -9, 0], [4, -4, np.inf]])
    shown = [
        grids(x, captions=["plain"], marked=[[(0, 1)]]),
        grids(x, captions=["signed"], signed=True),
        grids(np.ones((1, 30)), captions=["wide"]),
        lines(windows(4, 2, padding=(0, 1)), captions=["pairs"]),
        table(["pool", "costs"], [["max", "nothing"]], "Costs"),
        curve,
    ]
    return "".join(picture.html for picture in shown)


@pytest.fixture
def show(open_page, widget_page, tmp_path, pictures):
    return lambda **more: open_page(tmp_path, widget_page(pictures), motion="reduce", **more)


def looks(page, cells):
    return list(zip(*page.locator(cells).evaluate_all(LOOK)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_and_frames_are_seen_and_every_number_can_be_read(show, scheme):
    page = show(scheme=scheme)
    plain, _, frames, borders, _ = looks(page, ".pool-grid:not(.pool-signed) >> nth=0 >> td")
    assert plain[-1] == CLEAR and len(set(plain)) == 6, plain
    assert frames == ("none", "solid", "none", "none", "none", "none") and set(borders) == {"solid"}
    signed, *_ = looks(page, ".pool-signed td")
    assert signed[-1] == CLEAR and len(set(signed)) == 6, signed
    line, _, _, borders, _ = looks(page, ".pool-line tbody td")
    assert len(set(line)) == 3 and borders.count("dashed") == 2
    stroke = page.locator("svg path[style*=series-1]").first.evaluate("(path) => getComputedStyle(path).stroke")
    assert stroke == rgb(getattr(ROLES["series-1"], scheme))
    assert not violations(page, runOnly=["color-contrast"])


def test_paper_is_light_and_keeps_the_shades_whatever_the_screen_was(show):
    page = show(scheme="dark")
    page.emulate_media(media="print")
    shades, text, _, _, adjusts = looks(page, ".pool-grid:not(.pool-signed) >> nth=0 >> td")
    assert set(text) == {rgb(ROLES["text"].light)} and set(adjusts) == {"exact"} and len(set(shades)) == 6
    ground = page.locator(".pool-picture").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert set(ground) == {rgb(ROLES["surface"].light)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_frames_borders_marks_and_curves(show, scheme):
    page = show(scheme=scheme)
    page.emulate_media(forced_colors="active")
    _, _, frames, borders, _ = looks(page, ".pool-grid:not(.pool-signed) >> nth=0 >> td")
    assert frames.count("solid") == 1 and set(borders) == {"solid"}
    assert page.locator(".pool-line tbody td").all_inner_texts() == [*"●●", "", "", "", "", "", *"●●", ""]
    stroke = page.locator("svg path[style*=series-1]").first.evaluate("(path) => getComputedStyle(path).stroke")
    assert stroke not in (rgb(ROLES["series-1"].light), rgb(ROLES["series-1"].dark), "none")


def test_a_wide_grid_scrolls_within_reach_of_the_keyboard_and_not_the_page(show):
    page = show(width=360)
    wide = page.get_by_role("group", name="wide")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(box) => box.scrollLeft > 0", arg=wide.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
