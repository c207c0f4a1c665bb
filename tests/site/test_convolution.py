"""The convolution on a page: every way to use it, against what Python says."""

import io

import numpy as np
import pytest
from browser import violations
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try01 import filters_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.convolution import FILTERS, Convolution
from pooling_book.widgets.photos import small_photos
from pooling_book.widgets.things_to_try import goal, guess, look

TASKS = [
    guess("What comes out here?", "output", {"selected": (0, 0)}, then="Both columns rise.", at=(2, 0)),
    guess("Which filter lights the upright edges?", "lights", {"filter": "copy"}, at=(2, 0), off=(0, 2)),
    guess("Where is the output 0?", "zeros", {"filter": "edge left-right"}),
    goal("Make every constant image 0.", "silent", {"filter": "average"}, then="The weights add up to 0."),
    goal("Make it copy.", "copies", {"filter": "edge up-down"}, by=(0, 0)),
    goal("Make it average.", "averages", {"filter": "copy"}),
    look("See a photo.", {"source": "camera", "relu": True}),
]


class ShownConvolution(Shown):
    """A convolution on a page: its boards, its weights and its arithmetic."""

    def __init__(self, page, name="convolution"):
        super().__init__(page, name)
        self.input, self.output = self.canvas(0), self.canvas(1)
        self.sum = self.host.locator(".pool-convolution-sum")
        self.legend = self.host.locator(".pool-signs")
        self.warning, self.relu = self.host.get_by_role("alert"), self.host.get_by_role("checkbox")

    def weight(self, row, column):
        return self.host.get_by_role("textbox", name=f"weight, row {row}, column {column}")

    def agrees(self, **settings):
        """Wait until the output holds what Python makes of these settings."""
        wanted = Convolution(**settings).y
        cells = self.output.locator("xpath=..").locator("tr:has(th[scope=row])")
        expect(cells).to_have_text([f"{i}{''.join(map(two_decimals, row))}" for i, row in enumerate(wanted)])

    def stands_at(self, i, j):
        expect(self.sentence).to_contain_text(f"Output ({i}, {j}):")


@pytest.fixture
def show(show_each):
    """Open a page with one convolution."""
    return show_each(ShownConvolution, Convolution, height=1000)


# ---- Moving, typing, choosing ----


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 360)])
def test_it_opens_as_python_made_it_and_axe_finds_nothing(show, scheme, width):
    shown = show(over="file", scheme=scheme, width=width, tasks=TASKS, images=small_photos())
    shown.agrees()
    expect(shown.sentence).to_have_text("Output (0, 0): nine products, 4 in all.")
    expect(shown.legend).to_have_text("10 positive5 zero10 negativeBlack is 0 or less, white is 255 or more.")
    assert not violations(shown.page)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_mouse_slides_the_window_and_a_click_on_the_map_brings_it_there(show):
    shown = show()
    mouse = shown.page.mouse
    mouse.move(*shown.place(shown.input, 1.5, 1.5, 7, 7))
    mouse.down()
    mouse.move(*shown.place(shown.input, 3.5, 2.5, 7, 7))
    shown.stands_at(2, 1)
    mouse.move(*shown.place(shown.input, 9, 20, 7, 7))  # beyond the end it stays on the input
    mouse.up()
    shown.stands_at(4, 4)
    mouse.click(*shown.place(shown.output, 2.5, 0.5, 5, 5))
    shown.stands_at(2, 0)
    expect(shown.sum).to_have_text("12")


def test_keys_and_buttons_move_it_and_the_page_stays(show):
    shown = show(after='<p style="height:1500px">More.</p>')
    shown.input.focus()
    home = shown.page.evaluate("scrollY")
    for key, at in (("End", (4, 4)), ("ArrowUp", (3, 4)), ("ArrowLeft", (3, 3)), ("Home", (0, 0))):
        shown.page.keyboard.press(key)
        shown.stands_at(*at)
    assert shown.page.evaluate("scrollY") == home
    shown.button("Back: one window back").click()
    shown.stands_at(4, 4)
    shown.button("Step: one window on").click()
    shown.stands_at(0, 0)


def test_a_finger_slides_it_sideways_or_by_a_tap_and_scrolls_the_page_up_and_down(show):
    shown = show(touch=True, width=360, height=700, after='<p style="height:1500px">More.</p>')
    start = shown.place(shown.input, 1.5, 1.5, 7, 7)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, shown.place(shown.input, 1.5, 3.5, 7, 7))
    shown.stands_at(0, 2)
    assert shown.page.evaluate("scrollY") == home
    shown.page.touchscreen.tap(*shown.place(shown.input, 5.5, 5.5, 7, 7))
    shown.stands_at(4, 4)
    x, y = shown.place(shown.input, 5.5, 5.5, 7, 7)
    swipe(shown.page, (x, y), (x, y - 150))
    scrolled_beyond(shown.page, home + 50)
    shown.stands_at(4, 4)


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_from_the_menu_does_in_the_browser_what_it_does_in_python(show, name):
    shown = show(filter=[[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    expect(shown.menu("Filter")).to_have_value("your own")
    shown.menu("Filter").select_option(name)
    shown.agrees(filter=name)
    shown.relu.check()
    shown.agrees(filter=name, relu=True)
    shown.button("Reset").click()
    expect(shown.menu("Filter")).to_have_value("your own")


def test_weights_are_typed_and_what_is_none_is_refused(show):
    shown = show(filter="copy")
    shown.weight(1, 1).fill("−2")
    shown.weight(0, 2).fill("1/9")
    shown.agrees(filter=[[0, 0, 1 / 9], [0, -2, 0], [0, 0, 0]])
    expect(shown.menu("Filter")).to_have_value("your own")
    for typed in ("two", "100", "nan"):
        shown.weight(1, 1).fill(typed)
        shown.weight(1, 1).press("Enter")
        expect(shown.warning).to_contain_text(f"“{typed}” is no weight")
    shown.weight(0, 0).focus()
    expect(shown.weight(1, 1)).to_have_value("−2")
    shown.weight(2, 2).fill("3")
    expect(shown.warning).to_be_hidden()


def test_the_tab_key_stops_once_at_the_weights_and_arrows_go_on(show):
    shown = show()
    shown.output.focus()
    name, outline = shown.tab()
    assert name == "weight, row 0, column 0" and outline >= 2
    shown.page.keyboard.press("ArrowDown")
    expect(shown.weight(1, 0)).to_be_focused()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.weight(1, 1)).to_be_focused()
    assert shown.tab()[0].startswith("Back")


def test_a_weight_that_is_pointed_at_lights_its_number_and_its_product(show):
    shown = show()
    lit = shown.host.locator(".pool-cell.pool-lit")
    shown.weight(1, 2).focus()
    expect(lit).to_have_count(3)
    shown.weight(1, 2).blur()
    expect(lit).to_have_count(0)
    shown.page.mouse.move(*shown.place(shown.input, 2.5, 2.5, 7, 7))
    expect(lit).to_have_count(3)
    expect(lit.first).to_have_text("5")


def test_play_uncovers_the_map_window_by_window(show):
    shown = show(numbers="1 2 3 4\n5 6 7 8\n9 8 7 6", filter="copy")
    shown.button("▶ Play").click()
    assert shown.table(shown.output) == [["6", "covered"]]
    expect(shown.legend).to_contain_text("? positive")
    shown.agrees(numbers="1 2 3 4\n5 6 7 8\n9 8 7 6", filter="copy")
    expect(shown.button("▶ Play")).to_be_visible()


def test_own_numbers_are_taken_and_what_has_no_room_for_a_window_says_so(show):
    shown = show(filter="average")
    shown.host.get_by_text("More settings").click()
    own = shown.host.get_by_label("Your own numbers")
    own.fill("9 0 9 0\n0 9 0 9\n9 0 9 0")
    own.blur()
    shown.agrees(numbers="9 0 9 0\n0 9 0 9\n9 0 9 0", filter="average")
    own.fill("1 2\n3 4")
    own.blur()
    expect(shown.warning).to_contain_text("needs at least 3 rows of 3 numbers")
    shown.button("Reset").click()
    expect(shown.warning).to_be_hidden()
    shown.agrees(filter="average")


# ---- Photos ----


def test_a_photo_has_its_signs_as_light_and_dark_and_relu_takes_the_dark(show):
    shown = show(images=small_photos(), source="camera")
    before = Convolution(images=small_photos(), source="camera").before
    expect(shown.button("▶ Play")).to_be_hidden()

    def lightness(i, j):
        seen = np.asarray(Image.open(io.BytesIO(shown.output.screenshot())).convert("RGB"))
        left, top, wide, high = shown.cells(shown.output)
        box = shown.output.bounding_box()
        x, y = left - box["x"] + wide * (j + 0.5) / 62, top - box["y"] + high * (i + 0.5) / 62
        return seen[round(y), round(x)] @ [0.299, 0.587, 0.114]

    most, least = (np.unravel_index(pick(before), before.shape) for pick in (np.argmax, np.argmin))
    assert lightness(*most) > 170 and lightness(*least) < 60
    shown.relu.check()
    expect(shown.legend).to_contain_text("0 negative")
    assert lightness(*most) > 170 and abs(lightness(*least) - 128) < 3
    positive = int((before > 0).sum())
    expect(shown.legend).to_contain_text(f"{positive} positive")


def test_it_is_redrawn_within_a_frame_while_the_window_slides_over_a_photo(show):
    shown = show(images=small_photos(), source="camera")
    start = shown.place(shown.input, 1.5, 1.5, 64, 64)

    def drag():
        shown.page.mouse.move(*start)
        shown.page.mouse.down()
        for step in range(1, 40):
            shown.page.mouse.move(start[0] + 3 * step, start[1] + 2 * step)
        shown.page.mouse.up()

    assert time_of_a_redraw(shown.page, drag, at_least=5) < 16


# ---- Things to try ----


def test_an_output_is_covered_with_its_products_until_it_is_guessed(show):
    shown = show(tasks=TASKS)
    shown.task(1).click()
    settled(shown.page)
    assert shown.table(shown.output)[2][:2] == ["covered", "12"]
    shown.page.mouse.click(*shown.place(shown.output, 2.5, 0.5, 5, 5))
    expect(shown.sentence).to_have_text("Output (2, 0): covered.")
    expect(shown.sum).to_have_text("?")
    expect(shown.host.get_by_role("img", name="Products: ?, ?, ?, ?, ?, ?, ?, ?, ?")).to_have_count(1)
    shown.page.mouse.click(*shown.place(shown.output, 0.5, 0.5, 5, 5))
    shown.host.get_by_role("textbox", name="Your guess").fill("12")
    shown.uncover()
    expect(shown.said).to_have_text("✓ Right: 12. Both columns rise.")
    shown.stands_at(2, 0)
    expect(shown.sum).to_have_text("12")


def test_which_filter_lights_an_edge_is_chosen_with_the_map_covered(show):
    shown = show(tasks=TASKS)
    shown.task(2).click()
    settled(shown.page)
    assert {cell for row in shown.table(shown.output) for cell in row} == {"covered"}
    shown.button("edge left-right").click()
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right: edge left-right.")
    shown.agrees(filter="copy")


def test_zeros_are_marked_by_clicks_and_by_keys(show):
    shown = show(tasks=TASKS)
    shown.task(3).click()
    for row in range(4):
        shown.page.mouse.click(*shown.place(shown.output, row + 0.5, 2.5, 5, 5))
    shown.output.focus()
    for key in ("ArrowDown", "Space"):
        shown.page.keyboard.press(key)
    expect(shown.host.locator(".pool-marked")).to_contain_text("(4, 2)")
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right.")


@pytest.mark.parametrize(
    "number, weights",
    [(4, {(0, 0): "-8/9"}), (5, {**{(0, c): "0" for c in range(3)}, **{(2, c): "0" for c in range(3)}, (1, 1): "1"})],
)
def test_a_goal_is_reached_by_typing_and_not_from_the_menu(show, number, weights):
    shown = show(tasks=TASKS)
    shown.task(number).click()
    expect(shown.host.get_by_role("combobox").first).to_be_disabled()
    for place, typed in weights.items():
        shown.weight(*place).fill(typed)
    expect(shown.said).to_contain_text("✓ Done.")
    expect(shown.menu("Filter")).to_be_enabled()


@pytest.mark.parametrize("tasks", [TASKS, filters_to_try], ids=["any", "chapter 01"])
@pytest.mark.parametrize("width, room", [(757, 650), (688, 650), (328, 1250)])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room, tasks):
    shown = show(touch=width < 400, width=width + 32, height=650, tasks=tasks, images=small_photos())
    assert shown.host.bounding_box()["height"] <= room

    def guess(task):
        if task["guess"] == "output":
            return shown.host.locator(".pool-typed").fill("-12345")
        if task["guess"] == "lights":
            return shown.button("average").click()
        shown.output.focus()
        shown.page.keyboard.press("Space")

    kept, _ = shown.kept()
    heights = [shown.needed(), *shown.needed_by(tasks, guess)]
    assert max(heights) <= kept, (kept, heights)
