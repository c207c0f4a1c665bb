"""Still pictures on a page: what their classes and shades look like in light and dark, on paper, in forced colours."""

import numpy as np
import pytest
from browser import violations
from pages import PAGES

from pooling_book.palette import ROLES
from pooling_book.show import drawing, drawing_style, grids, images, lines, network, table
from pooling_lib.geometry import windows

LOOK = """(cells) => cells.map((cell) => {
  const style = getComputedStyle(cell);
  return [style.backgroundColor, style.color, style.outlineStyle, style.borderStyle, style.printColorAdjust];
})"""
# What is wrong with the still pictures on a phone: small letters, labels that run into each other or over the edge of
# their drawing, marks that are cut off, and pictures (but tables of words) that scroll sideways.
FAULTS = """() => [...document.querySelectorAll(".pool-picture")].flatMap((picture) => {
  for (let one = picture; one; one = one.parentElement) if (one.localName === "details") one.open = true;
  const cut = (one, box) => one.left < box.left - 2 || one.right > box.right + 2 || one.top < box.top - 2
    || one.bottom > box.bottom + 2;
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4; // a line is higher than its letters
  const faults = [], written = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT);
  while (written.nextNode()) {
    const text = written.currentNode.data.trim(), one = written.currentNode.parentElement;
    if (!text || one.closest("style")) continue;
    const { a = 1, b = 0 } = one.getScreenCTM?.() ?? {}; // a drawing's labels are shrunk, and some are turned
    const size = parseFloat(getComputedStyle(one).fontSize) * Math.hypot(a, b);
    if (size < 11) faults.push(`${text}: ${size.toFixed(1)} pixels high`);
  }
  for (const svg of picture.querySelectorAll("svg")) {
    const labels = [...svg.querySelectorAll("text")]
      .map((one) => [one.textContent.trim(), one.getBoundingClientRect()]);
    labels.forEach(([text, box], n) => {
      if (cut(box, svg.getBoundingClientRect())) faults.push(`${text}: beyond the edge`);
      for (const [other, its] of labels.slice(n + 1)) if (overlap(box, its)) faults.push(`${text}: runs into ${other}`);
    });
  }
  for (const mark of picture.querySelectorAll("td:has(mark)")) {
    const box = mark.getBoundingClientRect(), sight = mark.closest(".pool-scroll").getBoundingClientRect();
    if (cut(box, sight)) faults.push(`${mark.textContent}: its frame is cut off`);
  }
  for (const box of picture.querySelectorAll(".pool-scroll:not(:has(.pool-words))"))
    if (box.scrollWidth > box.clientWidth) faults.push(`${box.innerText}: ${box.scrollWidth} > ${box.clientWidth}`);
  return faults;
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
        axes.set(xlabel="x")
        curve = drawing(figure, "a line")
    x = np.array([[9.0, -9, 0], [4, -4, np.inf]])
    shown = [
        grids(x, captions=["plain"], marked=[[(0, 1)]]),
        grids(x, captions=["signed"], signed=True),
        grids(np.ones((1, 30)), captions=["wide"]),
        lines(windows(4, 2, padding=(0, 1)), captions=["pairs"]),
        table(["pool", "costs"], [["max", "nothing"]], "Costs"),
        images(np.full((4, 4), 255), captions=["white"], alts=["a white square"], width=40),
        curve,
    ]
    return "".join(picture.html for picture in shown)


@pytest.fixture
def show(open_page, widget_page, tmp_path, pictures):
    return lambda **more: open_page(tmp_path, widget_page(pictures), motion="reduce", **more)


def looks(page, cells):
    return list(zip(*page.locator(cells).evaluate_all(LOOK)))


def look_of(page, where, what):
    return page.locator(where).first.evaluate("(one, what) => getComputedStyle(one)[what]", what)


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
    stroke = look_of(page, "svg path[style*=series-1]", "stroke")
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
    assert look_of(page, "svg path[style*=series-1]", "stroke") == rgb(ROLES["series-1"].light)
    assert look_of(page, "svg text", "color") == rgb(ROLES["text"].light)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_frames_borders_marks_and_curves(show, scheme):
    page = show(scheme=scheme)
    page.emulate_media(forced_colors="active")
    _, _, frames, borders, _ = looks(page, ".pool-grid:not(.pool-signed) >> nth=0 >> td")
    assert frames.count("solid") == 1 and set(borders) == {"solid"}
    assert page.locator(".pool-line tbody td").all_inner_texts() == [*"●●", "", "", "", "", "", *"●●", ""]
    own = page.locator(".pool-picture").first.evaluate("(picture) => getComputedStyle(picture).color")
    for cells, kinds in [(".pool-grid >> nth=0 >> td", 6), (".pool-signed td", 6), (".pool-line tbody td", 3)]:
        shades, texts, *_ = looks(page, cells)
        assert len(set(shades)) == kinds and set(texts) == {own}, cells
    assert looks(page, ".pool-picture img")[2] == ("solid",)
    stroke = look_of(page, "svg path[style*=series-1]", "stroke")
    assert stroke not in (rgb(ROLES["series-1"].light), rgb(ROLES["series-1"].dark), "none")


def test_a_wide_grid_scrolls_within_reach_of_the_keyboard_and_not_the_page(show):
    page = show(width=360)
    wide = page.get_by_role("group", name="wide")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("(box) => box.scrollLeft > 0", arg=wide.element_handle())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_every_label_has_11_pixels_and_nothing_is_cut_off(open_page, site, name):
    page = open_page(site, name, width=360, height=640)
    page.wait_for_function("() => document.fonts.status === 'loaded'")
    assert not page.evaluate(FAULTS)


@pytest.mark.parametrize(
    "wide, text, fault",
    [
        (656, '<text y="40" font-size="21">small</text>', "small: 10.5 pixels high"),
        (328, '<text x="300" y="40">long</text>', "long: beyond the edge"),
        (328, '<text y="40">one</text><text x="9" y="40">two</text>', "one: runs into two"),
    ],
)
def test_a_drawing_that_a_phone_spoils_is_found(open_page, widget_page, tmp_path, wide, text, fault):
    drawn = f'<div class="pool-picture"><svg width="{wide}" viewBox="0 0 {wide} 99">{text}</svg></div>'
    page = open_page(tmp_path, widget_page(drawn), width=360)
    assert fault in page.evaluate(FAULTS)


def test_the_network_with_all_its_marks_fits_on_a_phone_and_its_kinds_differ(open_page, widget_page, tmp_path):
    drawn = network(mark=["image", "convolution 1", "pool 1", "convolution 2", "relu 2", "pool 2", "flatten", "dense"])
    page = open_page(tmp_path, widget_page(drawn.html), width=360)
    assert not page.evaluate(FAULTS)
    kinds = ["image", "conv", "activation", "pool", "dense"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        fills = {look_of(page, f".pool-network-{kind} > rect", "fill") for kind in kinds}
        assert len(fills) == len(kinds) and CLEAR not in fills
    assert look_of(page, ".pool-network-mark > rect", "stroke") == look_of(page, ".pool-network-mark > text", "fill")


def test_a_grid_of_12_columns_fits_on_a_phone_and_a_cut_frame_is_found(open_page, widget_page, tmp_path):
    x = np.arange(12)[None] - 99
    page = open_page(tmp_path, widget_page(grids(x, captions=["x"], marked=[[(0, 11)]]).html), width=360)
    assert not page.evaluate(FAULTS)
    page.set_viewport_size({"width": 300, "height": 640})
    assert "−88: its frame is cut off" in page.evaluate(FAULTS)
