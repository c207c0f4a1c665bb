"""The bins on a page: a map pulled and a box moved by mouse, finger and keys, against what Python says."""

import io

import numpy as np
import pytest
from browser import violations
from budget import crossed
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, drop, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try11 import bins_to_try
from pooling_book.widgets.bins import LARGEST_MAP, Bins, pictures_for_maps
from pooling_book.widgets.photos import small_photos

PICTURES = pictures_for_maps()
BOX = dict(pool="region", source="camera", size=(12, 14), outputs=(2, 2), box=(2.2, 1.7, 8.4, 7.3))
COVERED = "The bins are covered until you uncover your guess."


class ShownBins(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "map-in-bins")
        self.map, self.output, self.aligned = self.canvas(0), self.canvas(1), self.canvas(2)
        self.detail = self.host.locator(".pool-detail")

    def says(self, python):
        """Wait until the map and the outputs are those of the Python widget."""
        expect(self.host.locator(".pool-bins figcaption").first).to_have_text(
            f"Map, {python.size[0]} × {python.size[1]}"
        )
        settled(self.page)
        np.testing.assert_array_equal(numbers(self.table(self.map)), python.x)
        if python.pool != "pyramid":
            np.testing.assert_allclose(numbers(self.table(self.output)), python.y, atol=0.051)
        if python.pool == "region":
            np.testing.assert_allclose(numbers(self.table(self.aligned)), python.aligned, atol=0.051)
            edges = [f"{edge:g}" for edge in python.edges]
            expect(self.detail).to_contain_text(f"rows {edges[0]} to {edges[2]}, columns {edges[1]} to {edges[3]};")

    def cell(self, row, column):
        """Where on the page a place of the map is, in cells."""
        return self.place(self.map, row, column, LARGEST_MAP, LARGEST_MAP)

    def pull(self, start, *ends, steps=6):
        self.page.mouse.move(*self.cell(*start))
        self.page.mouse.down()
        for end in ends:
            self.page.mouse.move(*self.cell(*end), steps=steps)
        self.page.mouse.up()


def numbers(table):
    return np.array([[float(word) for word in row] for row in table])


def made(**settings):
    return Bins(PICTURES, **settings)


@pytest.fixture
def show(show_each):
    return show_each(ShownBins, made, height=1000)


# ---- Mouse and controls ----


def test_it_opens_as_python_made_it(show):
    for settings in (dict(), dict(size=(3, 16), outputs=(7, 2), operation="avg"), dict(BOX, operation="avg")):
        show(**settings).says(made(**settings))


def test_the_mouse_pulls_the_map_s_corner(show):
    shown = show(size=(6, 8), outputs=(3, 3))
    shown.pull((6, 8), (9, 12))
    shown.says(made(size=(9, 12), outputs=(3, 3)))
    expect(shown.detail).to_contain_text("9 × 12 places in, 3 × 3 out. Every place is read once.")
    shown.pull((9, 12), (-3, 40))
    shown.says(made(size=(1, 16), outputs=(3, 3)))
    expect(shown.sentence).to_contain_text("Read 3 times: row 0.")
    shown.button("Reset").click()
    shown.says(made(size=(6, 8), outputs=(3, 3)))


def test_the_box_is_moved_and_pulled_by_tenths(show):
    shown = show(**BOX)
    shown.says(made(**BOX))
    shown.button("Move the region a tenth of a place to the right").click()
    shown.says(made(**{**BOX, "box": (2.2, 1.8, 8.4, 7.4)}))
    shown.button("Move the region a tenth of a place down").click()
    shown.says(made(**{**BOX, "box": (2.3, 1.8, 8.5, 7.4)}))
    shown.pull((5, 5), (5, 30))  # as far as the map goes
    shown.says(made(**{**BOX, "box": (2.3, 8.4, 8.5, 14)}))
    shown.pull((8.5, 14), (20, 0))
    shown.says(made(**{**BOX, "box": (2.3, 8.4, 12, 9.4)}))


def test_what_is_rounded_stays_and_jumps_and_what_is_aligned_glides(show):
    shown = show(**BOX)
    pools, aligns = [], []
    for _ in range(12):
        settled(shown.page)
        pools.append(str(shown.table(shown.output)))
        aligns.append(str(shown.table(shown.aligned)))
        shown.button("Move the region a tenth of a place to the right").click()
    assert len(set(aligns)) == 12 and len(set(pools)) <= 4
    label = shown.host.locator(".pool-bins-chart").get_attribute("aria-label")
    assert label.startswith("Output (0, 0) while the region goes from the left end to the right: RoI pool jumps ")


def test_an_output_is_chosen_and_a_cell_says_who_reads_it(show):
    shown = show(size=(5, 5), outputs=(3, 3))
    x, y = shown.place(shown.output, 1.5, 2.5, 3, 3)
    shown.page.mouse.click(x, y)
    expect(shown.sentence).to_contain_text("Bin (1, 2) reads rows 1 to 3 (3 rows), columns 3 to 4 (2 columns).")
    shown.page.mouse.move(*shown.cell(1.5, 1.5))
    expect(shown.detail).to_contain_text("Row 1, column 1: ")
    expect(shown.detail).to_contain_text("; 4 bins read it.")
    shown.page.mouse.move(5, 5)
    expect(shown.sentence).to_contain_text("Bin (1, 2)")


def test_sliders_and_menus_change_map_and_bins(show):
    shown = show()
    slider = lambda name: shown.host.get_by_role("slider", name=name, exact=True)
    slider("Rows").fill("16")
    slider("Bins across").fill("7")
    shown.menu("Picture").select_option("digit")
    shown.button("Average").click()
    shown.says(made(size=(16, 7), outputs=(3, 7), source="digit", operation="avg"))


def test_the_pyramid_shows_a_level_or_all(show):
    shown = show(pool="pyramid", size=(13, 9))
    seen = lambda: shown.host.locator(".pool-bins-outputs figcaption:visible").all_inner_texts()
    assert seen() == ["4 × 4"]
    expect(shown.host.get_by_role("slider", name="Bins down")).to_be_hidden()
    shown.button("All").click()
    expect(shown.host.locator(".pool-bins-outputs figcaption:visible")).to_have_text(["4 × 4", "2 × 2", "1 × 1"])
    python = made(pool="pyramid", size=(13, 9))
    settled(shown.page)
    found = np.concatenate([numbers(shown.table(shown.canvas(n))).ravel() for n in (1, 2, 3)])
    np.testing.assert_array_equal(found, python.y)
    shown.canvas(3).click()
    expect(shown.sentence).to_have_text("The one bin reads rows 0 to 12 (13 rows), columns 0 to 8 (9 columns).")
    shown.button("2 by 2 bins").click()
    expect(shown.host.locator(".pool-bins-outputs figcaption:visible")).to_have_text(["2 × 2"])
    expect(shown.sentence).to_contain_text("Bin (1, 1) reads rows 6 to 12")


# ---- Keys, finger, screen reader ----


def test_keys_change_the_map_the_box_and_the_bin(show):
    shown = show(size=(5, 7), outputs=(3, 3))
    shown.page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    shown.map.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        shown.page.keyboard.press(key)
    shown.says(made(size=(4, 9), outputs=(3, 3)))
    shown.output.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight"):
        shown.page.keyboard.press(key)
    expect(shown.sentence).to_contain_text("Bin (1, 2) reads")
    shown.page.keyboard.press("End")
    expect(shown.sentence).to_contain_text("Bin (2, 2) reads")
    shown.button("Region").click()
    before = made(size=(5, 7)).box
    shown.map.focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        shown.page.keyboard.press(key)
    top, left, bottom, right = before
    box = [round(edge, 1) for edge in (min(top, 4 - 3) + 0, left + 0.1, 4.0, right + 0.2)]
    shown.says(made(size=(4, 9), outputs=(3, 3), pool="region", box=box))
    assert shown.page.evaluate("window.heard.filter((key) => key !== 'Shift')") == []
    expect(shown.map).to_have_attribute(
        "aria-label",
        "The map with a region: arrow keys move the region by a tenth of a place, Shift and arrow keys pull its corner",
    )
    names = [shown.tab() for _ in range(9)]
    assert all(outline >= 1 for _, outline in names), names


def test_a_finger_pulls_sideways_and_one_that_goes_up_scrolls_the_page(show):
    shown = show(touch=True, width=360, height=740, after='<p style="height:1500px">Much more.</p>', size=(6, 6))
    start, end = shown.cell(6, 6), shown.cell(7, 11)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, steps=14)
    shown.says(made(size=(7, 11)))
    assert shown.page.evaluate("scrollY") == home
    x, y = shown.cell(7, 11)
    swipe(shown.page, (x, y), (x, y - 120))
    scrolled_beyond(shown.page, home + 40)
    shown.says(made(size=(7, 11)))
    for button in shown.host.get_by_role("button").all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 43.5, button.inner_text()


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
@pytest.mark.parametrize("pool", ["adaptive", "pyramid", "region"])
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme, width, pool):
    shown = show(scheme=scheme, width=width, **{**BOX, "pool": pool, "level": "all"}, over="file")
    settled(shown.page)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)
    expect(shown.sentence).to_have_attribute("aria-live", "polite")


def test_it_follows_a_hand_within_a_frame(show):
    shown = show(**{**BOX, "outputs": (7, 7)})

    def drag():
        shown.pull((5, 5), (3, 9), (9, 3), (5, 5), steps=20)

    assert 0 < time_of_a_redraw(shown.page, drag, at_least=10) <= 16


# ---- Things to try ----


@pytest.mark.parametrize(
    "typed, said",
    [((2, 3, 2), "✓ Right: 2, 3, 2. They make 7"), ((2, 2, 1), "1 of 3 right. You said 2, 2, 1; it is 2, 3, 2.")],
)
def test_lengths_are_typed_and_nothing_tells_them_before(show, typed, said):
    shown = show(tasks=bins_to_try, task=0)
    expect(shown.sentence).to_have_text(COVERED)
    assert {word for row in shown.table(shown.output) for word in row} == {"covered"}
    shown.page.mouse.move(*shown.cell(1.5, 1.5))
    expect(shown.detail).to_have_text("A map of 5 × 5 places.")
    for n, number in enumerate(typed):
        shown.host.get_by_label(f"bin {n}").fill(str(number))
    shown.uncover()
    expect(shown.said).to_contain_text(said)
    shown.says(made(**{**bins_to_try[0]["scene"], "source": "camera"}))


def test_the_corner_is_pulled_until_every_cell_is_read_once(show):
    shown = show(tasks=bins_to_try)
    shown.task(3).click()
    expect(shown.host.locator(".pool-task-count")).to_have_text("2 of 3")
    shown.page.mouse.move(*shown.cell(8, 7))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.cell(9, 9), steps=4)
    settled(shown.page)
    before = shown.map.bounding_box()
    expect(shown.said).to_be_empty()  # nothing moves under the hand
    assert shown.map.bounding_box() == before
    shown.page.mouse.up()
    expect(shown.said).to_contain_text("✓ Done. The bins touch")
    expect(shown.host.locator(".pool-bins figcaption").first).to_have_text("Map, 9 × 9")


def test_the_jump_is_guessed_and_then_seen(show):
    shown = show(tasks=bins_to_try)
    shown.task(5).click()
    expect(shown.sentence).to_have_text(COVERED)
    shown.host.get_by_label("Your guess").fill("2")
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right: 2.")
    before = shown.table(shown.output)
    shown.button("Move the region a tenth of a place to the right").click()
    settled(shown.page)
    assert shown.table(shown.output) == before
    shown.button("Move the region a tenth of a place to the right").click()
    settled(shown.page)
    assert shown.table(shown.output) != before


@pytest.mark.parametrize("width, room", [(757, 650), (688, 650), (328, 1250)])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(touch=width < 400, width=width + 32, height=650, tasks=bins_to_try)
    assert shown.host.bounding_box()["height"] <= room

    def guess(task):
        for field in shown.host.locator(".pool-typed").all():
            field.fill("-12345")

    kept, _ = shown.kept()
    heights = [shown.needed(), *shown.needed_by(bins_to_try, guess)]
    for pool in ("Pyramid", "Adaptive", "Region"):
        shown.button(pool).click()
        heights.append(shown.needed())
    assert max(heights) <= kept, (kept, heights)
    assert max(heights) > kept - 60, (kept, heights)


def test_a_photo_of_the_reader_s_own_becomes_the_map(show):
    shown = show()
    written = io.BytesIO()
    Image.fromarray(small_photos()["cat"]).save(written, "PNG")
    drop(shown.host, "cat.png", "image/png", written.getvalue())
    expect(shown.menu("Picture")).to_have_value("photo")
    settled(shown.page)
    wanted = made(source="cat")
    assert np.abs(numbers(shown.table(shown.map)) - wanted.x).max() <= 1
