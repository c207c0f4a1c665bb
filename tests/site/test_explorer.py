"""The window explorer on a page: every way to use it, by mouse, finger and keyboard, against what pooling_lib says."""

import io
import json
import re
from urllib.parse import quote, urlencode

import numpy as np
import pytest
from browser import violations
from budget import crossed
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, drop, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try01 import things_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.photos import small_photos
from pooling_book.widgets.texts import NUMBERS

SIDE = 6  # rows and columns of NUMBERS
PERIOD = 1000  # milliseconds from one window to the next while playing


class ShownExplorer(Shown):
    """An explorer as the reader sees it: its words, its tables, its drawings and its controls."""

    def __init__(self, page, name="explorer"):
        super().__init__(page, name)
        self.input, self.output = self.canvas(0), self.canvas(1)
        self.code = self.host.locator(".pool-code code")
        self.warning, self.link = (
            self.host.get_by_role("alert"),
            self.host.get_by_role("link", name="Link to these settings"),
        )
        self.numbers = self.host.get_by_label("Your own numbers")
        self.arithmetic = self.host.get_by_role("group", name="Arithmetic of the output")
        self.size = self.host.get_by_role("group", name="How the output’s size follows")
        self.verdict = self.host.locator(".pool-task-said")

    def slider(self, name):
        return self.host.get_by_role("slider", name=re.compile(rf"^{name}( \d+)?$"))

    def element(self, row, column):
        """The field of the small matrix that holds an element of the input."""
        return self.host.get_by_role("textbox", name=re.compile(rf"^row {row}, column {column}(,|$)"))

    def task(self, number):
        self.host.get_by_role("button", name=re.compile(rf"^Task {number}(,|$)")).click()

    def more(self):
        """Open the fold with rarer settings, if it is closed."""
        if self.host.locator("details.pool-more").get_attribute("open") is None:
            self.host.get_by_text("More settings").click()

    def point(self, canvas, row, column, rows=SIDE, columns=SIDE):
        """Where on the page a place of a drawing of so many cells is; (0.5, 0.5) is the middle of the first."""
        return self.place(canvas, row, column, rows, columns)

    def drag(self, start, end):
        """Drag on the input with the mouse, from one place to another."""
        x, y = self.point(self.input, *end)
        self.page.mouse.move(*self.point(self.input, *start))
        self.page.mouse.down()
        self.page.mouse.move(x, y, steps=6)
        self.page.mouse.up()

    def at(self, i, j):
        """Wait until output (i, j) is spelled out."""
        expect(self.sentence).to_have_text(re.compile(rf"^Output \({i}, {j}\): "))

    def agrees(self, **settings):
        """Wait until the code line is what the Python explorer says with these settings, and compare the outputs."""
        python = Explorer(**settings)
        expect(self.code).to_have_text(python.call)
        expect(self.warning).to_be_hidden()
        wanted = [[two_decimals(value) for value in row] for row in python.y]
        rows = self.output.locator("xpath=..").locator("tr:has(th[scope=row])")
        expect(rows).to_have_text(
            [f"{i}{''.join(row)}" for i, row in enumerate(wanted)]
        )  # it follows with the next frame
        assert self.table(self.output) == wanted, (
            f"{python.call}: the page shows {self.table(self.output)}, pooling_lib gives {wanted}"
        )


@pytest.fixture
def show(show_each):
    """Open a page with one explorer, on which nothing is on its way."""
    return show_each(ShownExplorer, Explorer, motion="reduce")


def pixels(locator):
    """What is drawn, as an array (H, W, 3)."""
    return np.asarray(Image.open(io.BytesIO(locator.screenshot())).convert("RGB")).astype(int)


def changed_cells(before, after, rows, columns):
    """The cells of a drawing whose pixels differ, well within their borders."""
    differs = (before != after).any(axis=2)
    height, width = (differs.shape[0] - 2) / rows, (differs.shape[1] - 2) / columns  # numbers have no edge
    inner = lambda n, side: slice(round(n * side) + 2, round((n + 1) * side) - 2)
    return {(i, j) for i in range(rows) for j in range(columns) if differs[inner(i, height), inner(j, width)].any()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pressed_button_keeps_its_word_where_colours_are_forced(show, scheme):
    shown = show(scheme=scheme)
    shown.page.emulate_media(forced_colors="active")
    pressed, other = (pixels(shown.button(name)).mean(axis=2)[6:-6, 6:-6] for name in ("Maximum", "Average"))
    word = abs(pressed - np.median(pressed)) > 60  # pixels of another lightness than the button's ground
    strokes = abs(np.diff(word.astype(int))).sum(axis=1).max()  # an empty plate has two edges, letters have many
    assert strokes > 8, f"a line through the pressed button meets {strokes} edges"
    assert abs(np.median(pressed) - np.median(other)) > 60, "pressed and not, buttons look alike"


# ---- Mouse ----


def test_dragging_the_window_moves_it_by_whole_strides(show):
    shown = show()
    shown.at(0, 0)
    shown.drag((0.5, 0.5), (2.6, 4.4))
    shown.at(1, 2)
    expect(shown.sentence).to_have_text("Output (1, 2): max(−2, 3, −6, 4) = 4, at row 3, column 5.")
    shown.drag((3, 5), (-3, -3))  # beyond the input: the window stays on it
    shown.at(0, 0)


def test_a_press_outside_brings_the_window_there(show):
    shown = show(window=2, stride=1)
    shown.page.mouse.click(*shown.point(shown.input, 3, 4))
    shown.at(2, 3)


def test_dragging_the_corner_resizes_the_window(show):
    shown = show()
    shown.drag((1.95, 1.95), (3, 3))
    shown.agrees(window=3)
    shown.drag((2.95, 2.95), (1, 1))
    shown.agrees(window=1)


def test_dragging_the_corner_beyond_what_fits_leaves_a_window_that_fits(show):
    shown = show(window=2, dilation=2)
    shown.more()
    shown.host.get_by_label("rows and columns apart").check()
    shown.drag((2.95, 2.95), (6, 6))
    shown.agrees(window=3, stride=3, dilation=2)


def test_a_small_window_on_an_image_can_be_dragged_and_resized(show):
    shown = show(images=small_photos(), source="camera")
    side = 64
    shown.page.mouse.move(*shown.point(shown.input, 0.8, 0.8, side, side))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(shown.input, 20.8, 30.8, side, side), steps=6)
    shown.page.mouse.up()
    expect(shown.code).to_have_text("max_pool(x, window=2)")
    shown.at(10, 15)
    shown.page.mouse.move(*shown.point(shown.input, 22, 32, side, side))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(shown.input, 26, 36, side, side), steps=6)
    shown.page.mouse.up()
    expect(shown.code).to_have_text("max_pool(x, window=6)")


def test_a_click_on_an_output_selects_it(show):
    shown = show(window=2, stride=1)
    shown.page.mouse.click(*shown.point(shown.output, 3.5, 1.5, 5, 5))
    shown.page.mouse.move(0, 0)
    shown.at(3, 1)


def test_hovering_an_output_shows_its_window(show):
    shown = show(window=2, stride=1)
    before = pixels(shown.input)
    shown.page.mouse.move(*shown.point(shown.output, 4.5, 4.5, 5, 5))
    shown.at(4, 4)
    changed = changed_cells(before, pixels(shown.input), SIDE, SIDE)
    assert {(0, 0), (4, 4), (5, 5)} <= changed <= {(i, j) for i in (0, 1, 4, 5) for j in (0, 1, 4, 5)}, (
        f"changed on the input: {sorted(changed)}"
    )
    shown.page.mouse.move(0, 0)
    shown.at(0, 0)


def test_hovering_an_input_shows_the_outputs_that_read_it(show):
    shown = show(window=3, stride=1, padding="same", dilation=2)
    before = pixels(shown.output)
    shown.page.mouse.move(*shown.point(shown.input, 2 + 1.5, 2 + 4.5, 10, 10))
    expect(shown.input).to_have_css("cursor", re.compile("crosshair|grab"))
    settled(shown.page)
    changed = changed_cells(before, pixels(shown.output), SIDE, SIDE)
    assert changed == {(i, j) for i in (1, 3) for j in (2, 4)}, f"changed on the output: {sorted(changed)}"


# ---- Finger ----


FILL = '<p style="height:1500px">Much more to read.</p>'


def scrolled(page):
    return page.evaluate("scrollY")


def test_a_finger_on_the_window_drags_it_and_the_page_stays(show):
    shown = show(touch=True, width=360, height=700, after=FILL)
    home = scrolled(shown.page)
    start, end = shown.point(shown.input, 0.8, 0.8), shown.point(shown.input, 2.8, 4.8)
    home = scrolled(shown.page)
    swipe(shown.page, start, end)
    shown.at(1, 2)
    assert scrolled(shown.page) == home, "the page scrolled while a finger dragged the window"


def test_a_finger_on_the_corner_resizes_the_window(show):
    shown = show(touch=True, width=360, height=700, after=FILL)
    start, end = shown.point(shown.input, 2, 2), shown.point(shown.input, 2.9, 3.1)  # begins sideways
    home = scrolled(shown.page)
    swipe(shown.page, start, end)
    shown.agrees(window=3)
    assert scrolled(shown.page) == home, "the page scrolled while a finger dragged the corner"


def test_a_finger_drags_a_small_window_on_an_image(show):
    shown = show(touch=True, width=360, height=700, after=FILL, images=small_photos(), source="camera")
    start, end = shown.point(shown.input, 1, 1, 64, 64), shown.point(shown.input, 21, 41, 64, 64)
    swipe(shown.page, start, end)
    expect(shown.code).to_have_text("max_pool(x, window=2)")
    shown.at(10, 20)


@pytest.mark.parametrize("place", [(5.5, 5), (1, 1)], ids=["beside", "on"])
def test_a_finger_that_goes_up_scrolls_the_page_and_moves_nothing(show, place):
    shown = show(touch=True, width=360, height=700, after=FILL)
    start = shown.point(shown.input, *place)
    home = scrolled(shown.page)
    swipe(shown.page, start, (start[0], start[1] - 150))
    scrolled_beyond(shown.page, home + 50)
    shown.at(0, 0)


def test_a_tap_beside_the_window_brings_it_there(show):
    shown = show(touch=True, width=360, height=700, after=FILL)
    shown.page.touchscreen.tap(*shown.point(shown.input, 5, 5))
    shown.at(2, 2)
    shown.page.touchscreen.tap(*shown.point(shown.output, 0.5, 1.5, 3, 3))
    shown.at(0, 1)


# ---- Keyboard ----


def test_the_tab_key_visits_every_control_in_order_and_shows_where_it_is(show):
    shown = show(images={"flat": np.zeros((8, 8), np.uint8)})
    names, found = (
        [
            "Input:",
            "row 0, column 0",
            "Output:",
            "6, the input",
            "Back: one window back",
            "Step: one window on",
            "Play",
            "Reset",
            "Maximum",
            "Average",
            "Window 2",
            "Stride 2",
            "Padding",
            "Input",
            "More settings",
            "Link to these settings",
            "Embed",
            "Large",
            "Start afresh",
        ],
        [],
    )
    for _ in names:
        name, outline = shown.tab()
        found.append(name)
        assert outline >= 1, f"no visible focus on {found[-1]!r}"
    assert all(wanted in name for wanted, name in zip(names, found)), f"the Tab key visits {found}"
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement === document.body"), (
        "the Tab key does not leave the explorer after its last control"
    )


@pytest.mark.parametrize("panel", ["input", "output"])
def test_arrow_keys_move_the_window(show, panel):
    shown = show(after=FILL)
    getattr(shown, panel).focus()
    for key, place in [
        ("ArrowRight", (0, 1)),
        ("ArrowDown", (1, 1)),
        ("ArrowLeft", (1, 0)),
        ("ArrowUp", (0, 0)),
        ("ArrowUp", (0, 0)),
        ("End", (2, 2)),
        ("ArrowRight", (2, 2)),
        ("Home", (0, 0)),
    ]:
        shown.page.keyboard.press(key)
        shown.at(*place)
    assert scrolled(shown.page) == 0, "the arrow keys scrolled the page too"


def test_every_setting_can_be_reached_by_keyboard_alone(show):
    shown = show()
    press = shown.page.keyboard.press
    shown.slider("Window").focus()
    press("ArrowRight")
    shown.agrees(window=3)
    shown.slider("Stride").focus()
    press("Home")
    shown.agrees(window=3, stride=1)
    shown.button("Average").focus()
    press("Space")
    shown.agrees(window=3, stride=1, operation="avg")
    shown.menu("Padding").focus()
    press("ArrowDown")
    shown.agrees(window=3, stride=1, operation="avg", padding="same")
    shown.host.locator(".pool-more summary").focus()
    press("Enter")
    shown.slider("Dilation").focus()
    press("ArrowRight")
    shown.agrees(window=3, stride=1, operation="avg", padding="same", dilation=2)
    shown.host.get_by_label("count padding").focus()
    press("Space")
    shown.agrees(window=3, stride=1, operation="avg", padding="same", dilation=2, count_include_pad=True)
    shown.button("Step: one window on").focus()
    press("Enter")
    shown.at(0, 1)
    shown.button("Back: one window back").focus()
    press("Space")
    shown.at(0, 0)


# ---- Play ----


def stop_the_clock(page):
    """From here on, time passes only in `page.clock.run_for`."""
    page.clock.install(time=0)
    page.clock.pause_at(1000)


def test_play_walks_over_the_windows_and_uncovers_the_output(show):
    shown = show()
    shown.output.focus()
    full = pixels(shown.output)
    stop_the_clock(shown.page)
    shown.button("▶ Play").focus()
    shown.page.keyboard.press("Space")
    expect(shown.button("❚❚ Pause")).to_be_visible()
    expect(shown.sentence).to_have_attribute("aria-live", "off")
    for n in range(4):
        shown.page.clock.run_for(20 if n == 0 else PERIOD)
        shown.at(n // 3, n % 3)
        told = [word for row in shown.table(shown.output) for word in row]
        assert "covered" not in told[: n + 1] and set(told[n + 1 :]) == {"covered"}, (
            f"at output {n}, a listener is told {told}"
        )
        covered = changed_cells(full, pixels(shown.output), 3, 3)
        assert {(i, j) for i in range(3) for j in range(3) if 3 * i + j > n} <= covered, (
            f"at output {n}, only {sorted(covered)} look covered"
        )
    shown.page.keyboard.press("Space")
    shown.page.clock.run_for(5 * PERIOD)
    shown.at(1, 0)
    expect(shown.button("▶ Play")).to_be_visible()
    shown.button("Back: one window back").click()
    shown.page.clock.run_for(50)
    shown.at(0, 2)
    assert changed_cells(full, pixels(shown.output), 3, 3) <= {(0, 0), (0, 2)}, (
        "the output is still covered after the pause"
    )
    shown.agrees()


def test_play_ends_at_the_last_window(show):
    shown = show()
    stop_the_clock(shown.page)
    shown.button("▶ Play").click()
    shown.page.clock.run_for(12 * PERIOD)
    shown.at(2, 2)
    expect(shown.button("▶ Play")).to_be_visible()
    shown.agrees()


def test_shift_and_arrow_keys_point_at_an_element_and_say_who_reads_it(show):
    shown = show(window=3, stride=1)
    pointed = shown.host.locator(".pool-pointed")
    shown.input.focus()
    shown.page.keyboard.press("Shift+ArrowRight")
    expect(pointed).to_have_text("Element (0, 1), 1, is read by outputs (0, 0), (0, 1).")
    shown.page.keyboard.press("Shift+ArrowDown")
    expect(pointed).to_have_text("Element (1, 1), 6, is read by outputs (0, 0), (0, 1), (1, 0), (1, 1).")
    shown.at(0, 0)  # the window has not moved
    shown.page.keyboard.press("Tab")
    expect(pointed).to_have_text("")


def test_step_and_back_go_round(show):
    shown = show()
    shown.button("Back: one window back").click()
    shown.at(2, 2)
    shown.button("Step: one window on").click()
    shown.at(0, 0)


def test_play_survives_a_window_that_does_not_fit(show):
    shown = show()
    stop_the_clock(shown.page)
    shown.button("▶ Play").click()
    shown.slider("Window").fill("9")
    shown.page.clock.run_for(3 * PERIOD)
    expect(shown.warning).to_be_visible()
    shown.slider("Window").fill("2")
    shown.page.clock.run_for(3 * PERIOD)
    expect(shown.warning).to_be_hidden()


def test_covered_outputs_stay_covered_until_the_window_has_been_there(show):
    plain = show()
    full = pixels(plain.output)
    shown = show(covered=True)
    others = {(i, j) for i in range(3) for j in range(3)} - {(0, 0)}
    assert others <= changed_cells(full, pixels(shown.output), 3, 3), (
        "an output is uncovered before the window has been there"
    )
    assert shown.table(shown.output) == [["6", "covered", "covered"]] + [["covered"] * 3] * 2, (
        "the outputs to come can be read before their time"
    )
    shown.page.mouse.move(*shown.point(shown.output, 2.5, 2.5, 3, 3))  # pointing at a covered output does not tell it
    shown.at(0, 0)
    shown.button("Step: one window on").click()
    shown.at(0, 1)
    covered = changed_cells(full, pixels(shown.output), 3, 3)
    assert others - {(0, 1)} <= covered and (0, 0) in covered, f"covered or framed anew: {sorted(covered)}"


# ---- Settings ----


def test_reset_brings_back_what_the_page_or_its_link_had(show):
    numbers = "1 2 3\n4 5 6\n7 8 9"
    for query, had in [
        ("", {}),
        (
            "?" + urlencode({"widget": "explorer", "window": "[3,2]", "numbers": json.dumps(numbers)}),
            {"window": (3, 2), "stride": 2, "numbers": numbers},
        ),
    ]:
        shown = show(query=query)
        shown.slider("Window, rows" if had else "Window").fill("1")
        shown.button("Average").click()
        shown.output.focus()
        shown.page.keyboard.press("End")
        shown.button("Reset").click()
        shown.agrees(**had)
        shown.at(0, 0)


def set_window(shown):
    shown.slider("Window").fill("3")


def set_padding_by_hand(shown):
    shown.menu("Padding").select_option("by hand")
    shown.host.get_by_label("padding, right").fill("0")
    shown.host.get_by_label("padding, right").press("Enter")


def set_apart(shown):
    shown.more()
    shown.host.get_by_label("rows and columns apart").check()
    shown.slider("Window, rows").fill("3")
    shown.slider("Stride, columns").fill("1")


def set_ceil_mode(shown):
    shown.more()
    shown.slider("Window").fill("4")
    shown.host.get_by_label("ceil mode").check()


def set_count_of_padding(shown):
    shown.more()
    shown.button("Average").click()
    shown.menu("Padding").select_option("by hand")
    shown.host.get_by_label("count padding").check()


def set_dilation(shown):
    shown.more()
    shown.slider("Dilation").fill("3")
    shown.slider("Stride").fill("1")


SETTINGS = [
    (set_window, {"window": 3}),
    (lambda shown: shown.slider("Stride").fill("1"), {"stride": 1}),
    (lambda shown: shown.button("Average").click(), {"operation": "avg"}),
    (lambda shown: shown.menu("Padding").select_option("same"), {"padding": "same"}),
    (set_padding_by_hand, {"padding": [(1, 1), (1, 0)]}),
    (set_apart, {"window": (3, 2), "stride": (3, 1)}),
    (set_ceil_mode, {"window": 4, "ceil_mode": True}),
    (set_count_of_padding, {"operation": "avg", "padding": [(1, 1), (1, 1)], "count_include_pad": True}),
    (set_dilation, {"dilation": 3, "stride": 1}),
]


@pytest.mark.parametrize("act, settings", SETTINGS, ids=[" ".join(settings) for _, settings in SETTINGS])
def test_a_setting_changes_the_code_and_the_output_as_in_python(show, act, settings):
    shown = show()
    act(shown)
    shown.agrees(**{"window": 2} | settings)


def test_a_selection_that_settings_leave_outside_comes_back_with_them(show):
    shown = show()
    shown.output.focus()
    shown.page.keyboard.press("End")
    shown.at(2, 2)
    shown.slider("Window").fill("6")
    shown.at(0, 0)
    shown.slider("Window").fill("2")
    shown.at(2, 2)


def test_padding_is_hatched_and_what_hangs_over_it_is_empty(show):
    shown = show(
        numbers="1 2 3 4\n5 6 7 8\n9 8 7 6\n5 4 3 2", window=2, stride=2, padding=[(1, 0), (1, 0)], ceil_mode=True
    )
    drawn = pixels(shown.input)  # rows and columns from -1, of padding, to 4, of overhang
    side = (drawn.shape[0] - 2) / SIDE
    inner = lambda n: slice(round(n * side) + 5, round((n + 1) * side) - 5)
    spread = np.array([[np.ptp(drawn[inner(i), inner(j)]) for j in range(SIDE)] for i in range(SIDE)])
    assert (spread[:5, :5] > 20).all(), f"a cell of the input or its padding is empty: {spread}"
    assert (spread[5] == 0).all() and (spread[:, 5] == 0).all(), f"a cell beyond the padding is not empty: {spread}"


def test_every_output_is_spelled_out_as_pooling_lib_gives_it(show):
    settings = {"operation": "avg", "window": 3, "stride": 2, "padding": [(1, 0), (0, 1)], "ceil_mode": True}
    shown = show(**settings)
    python = Explorer(**settings)
    shown.input.focus()
    for i in range(python.y.shape[0]):
        shown.page.keyboard.press("Home")
        for key in ["ArrowDown"] * i:
            shown.page.keyboard.press(key)
        for j in range(python.y.shape[1]):
            shown.at(i, j)
            words = shown.sentence.inner_text()
            sum_, count, result = re.search(r": \((.*)\) / (\d+) = .* = ([^ ]*?)\.(?: |$)", words).groups()
            terms = [float(term) for term in sum_.replace("− ", "+ −").replace("−", "-").split(" + ")]
            assert len(terms) == int(count) and np.isclose(np.mean(terms), python.y[i, j]), (
                f"pooling_lib gives {python.y[i, j]}: {words}"
            )
            assert abs(float(result.replace("−", "-")) - python.y[i, j]) < 0.0006, (
                f"pooling_lib gives {python.y[i, j]}: {words}"
            )
            shown.page.keyboard.press("ArrowRight")


def test_a_window_larger_than_the_input_is_refused_in_the_library_s_words(show):
    shown = show()
    shown.slider("Window").fill("9")
    with pytest.raises(ValueError) as refusal:
        Explorer(window=9)
    expect(shown.warning).to_have_text(str(refusal.value))
    expect(shown.sentence).to_be_empty()
    shown.slider("Window").fill("3")
    shown.agrees(window=3)


def test_own_numbers_are_pooled_nan_and_infinities_too(show):
    text = "nan 1 -inf -inf\n2 3 -inf -inf\n-5 inf, 0.5, 4"
    shown = show()
    shown.more()
    shown.numbers.fill(text)
    shown.numbers.blur()
    shown.agrees(numbers=text)
    shown.slider("Stride").fill("1")
    shown.agrees(numbers=text, stride=1)
    shown.button("Average").click()
    shown.agrees(numbers=text, stride=1, operation="avg")


def test_a_word_that_is_no_number_is_named_and_can_be_mended(show):
    shown = show()
    shown.more()
    shown.numbers.fill("1 2\n3 four")
    shown.numbers.blur()
    expect(shown.warning).to_contain_text("“four” is not a number")
    shown.button("Shuffle").click()  # nothing to shuffle: no harm
    expect(shown.warning).to_contain_text("“four” is not a number")
    shown.numbers.fill("1 2\n3 4")
    shown.numbers.blur()
    shown.agrees(numbers="1 2\n3 4")


def test_shuffle_keeps_the_numbers_and_changes_their_places(show):
    shown = show()
    shown.more()
    before = shown.table(shown.input)
    shown.button("Shuffle").click()
    expect(shown.numbers).not_to_have_value(NUMBERS)
    after = shown.table(shown.input)
    assert sorted(sum(before, [])) == sorted(sum(after, [])), f"shuffled into {after}"
    shown.agrees(numbers=shown.numbers.input_value())


def test_an_image_is_chosen_and_pooled(show):
    photos = small_photos()
    shown = show(images=photos)
    shown.menu("Input").select_option("cat")
    expect(shown.host.get_by_text("Input, 64 × 64")).to_be_visible()
    expect(shown.host.get_by_text("Output, 32 × 32")).to_be_visible()
    shown.output.focus()
    shown.page.keyboard.press("End")
    y = Explorer(images=photos, source="cat").y
    expect(shown.sentence).to_have_text(re.compile(rf"^Output \(31, 31\): max\(.*\) = {y[31, 31]}, at row"))
    drawn, (left, _, side, _) = pixels(shown.output), shown.cells(shown.output)
    edge = round(left - shown.output.bounding_box()["x"])
    middles = [edge + round((n + 0.5) * side / 32) for n in range(32)]
    clear = np.s_[:30, :30]  # of the frame around the last output
    assert np.abs(drawn[np.ix_(middles, middles)][..., 0][clear] - y[clear]).max() <= 2, (
        "the drawn output is not the pooled cat"
    )


# ---- The reader's photo ----


def landscape(kind):
    """A picture 300 x 200: a black and a white half, and grey ends that the square in the middle leaves out."""
    picture = np.full((200, 300), 128, np.uint8)
    picture[:, 50:150], picture[:, 150:250] = 0, 255
    file = io.BytesIO()
    Image.fromarray(picture).save(file, kind)
    return file.getvalue()


def black_then_white(shown):
    expect(shown.host.get_by_text("Input, 64 × 64")).to_be_visible()
    shown.output.focus()
    for key, low, high in [("Home", 0, 20), ("End", 235, 255)]:  # scaling down leaves a faint rim
        shown.page.keyboard.press(key)
        shown.at(*{"Home": (0, 0), "End": (31, 31)}[key])
        words = shown.sentence.inner_text()
        values = [int(value) for value in re.search(r"max\((.*)\) =", words)[1].split(", ")]
        assert low <= min(values) <= max(values) <= high, f"the middle square goes from black to white; {key}: {words}"


def choose(shown, name, kind, content):
    """Press the button for a photo, and choose a file."""
    shown.more()
    with shown.page.expect_file_chooser() as chooser:
        shown.button("Use my photo").click()
    chooser.value.set_files({"name": name, "mimeType": kind, "buffer": content})


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_from_the_reader_s_disk_is_pooled(show, kind):
    shown = show(over="file" if kind == "PNG" else "http")
    choose(shown, f"mine.{kind.lower()}", f"image/{kind.lower()}", landscape(kind))
    black_then_white(shown)


def test_the_reader_s_photo_joins_the_menu_once_there_is_one(show):
    shown = show()
    expect(shown.menu("Input").locator("option", has_text="your photo")).to_have_css("display", "none")
    choose(shown, "mine.png", "image/png", landscape("PNG"))
    expect(shown.menu("Input")).to_have_value("photo")
    shown.menu("Input").select_option("numbers")
    shown.agrees()
    shown.menu("Input").select_option("your photo")
    black_then_white(shown)


def test_a_file_chooser_left_without_a_choice_changes_nothing(show):
    shown = show()
    shown.more()
    for _ in range(2):  # and it can be asked for again
        with shown.page.expect_file_chooser():
            shown.button("Use my photo").focus()
            shown.page.keyboard.press("Enter")
        expect(shown.menu("Input")).to_have_value("numbers")
        shown.agrees()


def test_the_same_photo_can_be_chosen_again(show):
    shown = show()
    for _ in range(2):
        choose(shown, "mine.png", "image/png", landscape("PNG"))
        black_then_white(shown)
        shown.menu("Input").select_option("numbers")
        shown.agrees()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photo_dropped_on_the_explorer_is_pooled(show, kind):
    shown = show()
    drop(shown.host, f"mine.{kind.lower()}", f"image/{kind.lower()}", landscape(kind))
    black_then_white(shown)


def test_a_file_that_is_no_image_is_named_and_changes_nothing(show):
    shown = show()
    drop(shown.host, "notes.txt", "text/plain", b"no pixels")
    expect(shown.warning).to_be_visible()
    expect(shown.warning).to_contain_text("“notes.txt” is not an image")
    assert shown.table(shown.input)[0] == ["3", "1", "4", "−1", "5", "9"]
    shown.slider("Window").fill("3")
    shown.agrees(window=3)


# ---- The address ----


@pytest.mark.parametrize("over", ["http", "file"])
@pytest.mark.parametrize(
    "settings",
    [
        {
            "operation": "avg",
            "window": (3, 2),
            "stride": (1, 2),
            "padding": [(1, 0), (0, 1)],
            "dilation": (1, 2),
            "ceil_mode": True,
            "count_include_pad": True,
            "numbers": "1 nan -inf & 5\n6 7 8 9 10".replace("&", "4"),
        },
        {"source": "camera", "window": 5, "padding": "same"},
    ],
    ids=["numbers", "image"],
)
def test_the_link_opens_the_same_settings(show, open_page, widget_page, tmp_path, over, settings):
    photos = small_photos()
    first = show(images=photos, over=over, **settings)
    first.input.focus()
    first.page.keyboard.press("ArrowRight")
    first.at(0, 1)
    address = first.link.get_attribute("href")
    assert address.startswith(first.page.home), address
    wanted = first.code.inner_text(), first.sentence.inner_text(), first.table(first.input), first.numbers.input_value()
    plain = widget_page(Explorer(images=photos), name="other.html")  # the same explorer, with none of the settings
    second = open_page(tmp_path, plain, over=over)
    second.goto(address.replace("page.html", plain))
    again = ShownExplorer(second)
    again.at(0, 1)
    found = again.code.inner_text(), again.sentence.inner_text(), again.table(again.input), again.numbers.input_value()
    assert found == wanted, f"{address} shows {found}, not {wanted}"
    expect(again.menu("Input")).to_have_value(settings.get("source", "numbers"))
    expect(again.host).to_be_in_viewport()


HOSTILE = {
    "source": ["elsewhere", "photo", "constructor", "__proto__", 3, ["numbers"], {"a": 1}],
    "numbers": [7, [], "", "one two", "<img src=x onerror=alert(1)>", "1 2\n3", "9 " * 3000],
    "operation": ["median", "constructor", 1],
    "window": [[0, 0], [-1, 2], [1e9, 1e9], [2.5, 2], [2], "22", {"0": 2, "1": 2, "length": 2}],
    "stride": [[0, 0], [None, None], [True, True]],
    "dilation": [[0, 1], [99, 99]],
    "padding": ["full", [[1, 1]], [[1, 1], [1]], [[-1, 0], [0, 0]], [1, 1]],
    "ceil_mode": [1, "true"],
    "count_include_pad": [[], 0],
    "covered": ["yes", 2],
    "selected": [[-1, -1], ["a", "b"], [0.5, 0]],
}


def test_a_garbage_address_leaves_the_explorer_as_the_page_has_it(show):
    shown = show()
    page = shown.page
    wanted = ["max_pool(x, window=2)", "", NUMBERS], shown.table(shown.output)
    # One wrong value of every setting at a time, so that each must be left by itself.
    queries = [
        urlencode(
            {"widget": "explorer"} | {key: json.dumps(values[n % len(values)]) for key, values in HOSTILE.items()}
        )
        for n in range(max(map(len, HOSTILE.values())))
    ]
    queries += [
        "widget=explorer&window=%5B",
        "widget=explorer&window=%",
        "widget=elsewhere&window=[3,3]",
        "widget=" + quote("<script>"),
        "&&&=?",
    ]
    found = []
    for query in queries:
        page.goto(f"{page.home}/page.html?{query}")
        host = page.locator("#explorer")
        expect(host, query).to_have_attribute("data-alive", "true")
        page.wait_for_function(
            """() => document.querySelector(".pool-panels figcaption").textContent
              || document.querySelector(".pool-warning:not([hidden])")"""
        )
        again = host.evaluate(
            """(host) => [".pool-code code", ".pool-warning", "textarea"].map((part) => host.querySelector(part))
              .map((part) => part.value ?? part.textContent)"""
        )
        if (again, shown.table(shown.output)) != wanted:
            found.append(f"?{query}: {again}")
    assert not found, "\n".join(found)


# ---- The page around it ----


def test_two_explorers_on_one_page_leave_each_other_alone(open_page, widget_page, tmp_path):
    page = open_page(
        tmp_path,
        widget_page(Explorer(identity="first"), Explorer(identity="second", operation="avg"))
        + "?"
        + urlencode({"widget": "second", "window": "[3,3]"}),
    )
    first, second = ShownExplorer(page, "first"), ShownExplorer(page, "second")
    first.agrees()
    first.slider("Stride").fill("1")
    second.output.focus()
    page.keyboard.press("End")
    second.at(1, 1)
    first.at(0, 0)
    first.agrees(stride=1)
    second.agrees(window=3, stride=2, operation="avg")
    first.button("▶ Play").click()
    expect(second.button("▶ Play")).to_be_visible()


def test_a_change_of_theme_redraws(show):
    shown = show()
    light = pixels(shown.input)
    shown.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    settled(shown.page)
    dark = pixels(shown.input)
    assert light.mean() > 150 > 100 > dark.mean(), (
        f"mean brightness {light.mean():.0f} in light and {dark.mean():.0f} in dark"
    )


def test_a_narrower_page_redraws_within_its_width(show):
    shown = show(images=small_photos(), source="camera")
    wide = shown.input.bounding_box()["width"]
    for width in (700, 360):
        shown.page.set_viewport_size({"width": width, "height": 800})
        shown.page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
    shown.page.wait_for_function(
        "(wide) => document.querySelector('canvas').getBoundingClientRect().width < wide", arg=wide
    )
    shown.output.focus()
    shown.page.keyboard.press("End")
    shown.at(31, 31)


SHOWN = {
    "numbers": {
        "operation": "avg",
        "window": (3, 2),
        "padding": [(1, 1), (2, 0)],
        "dilation": (1, 2),
        "count_include_pad": True,
    },
    "image": {"source": "camera", "window": 7, "stride": 3, "ceil_mode": True},
}


@pytest.mark.parametrize("scheme, width, what", crossed(["light", "dark"], [1280, 360], list(SHOWN)))
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme, width, what):
    shown = show(scheme=scheme, width=width, images=small_photos(), **SHOWN[what])
    shown.more()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width, (
        f"the page is {shown.page.evaluate('document.documentElement.scrollWidth')} wide at {width}"
    )
    found = violations(shown.page)
    assert not found, "\n".join(found)


def test_input_and_output_stand_side_by_side_where_there_is_room(show):
    shown = show(width=360)
    a, b = shown.input.bounding_box(), shown.output.bounding_box()
    beside = b["x"] > a["x"] + a["width"]
    assert beside or a["width"] / SIDE > 34, (
        f"the output stands below the input, whose cells are only {a['width'] / SIDE:.0f} pixels wide"
    )


def test_a_screen_reader_finds_names_numbers_and_what_changed(show):
    shown = show()
    for canvas, name in [(shown.input, "Input"), (shown.output, "Output")]:
        label = canvas.get_attribute("aria-label")
        assert name in label and "arrow keys" in label, label
    assert shown.table(shown.input) == [line.replace("-", "−").split() for line in NUMBERS.splitlines()]
    expect(shown.sentence).to_have_attribute("aria-live", "polite")
    shown.output.focus()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.sentence).to_have_text("Output (0, 1): max(4, −1, 5, 3) = 5, at row 1, column 2.")


def test_an_image_is_redrawn_within_a_frame_while_the_window_is_dragged(show):
    shown = show(images=small_photos(), source="camera", window=9, stride=1)
    page, side = shown.page, 64

    def drag():
        page.mouse.move(*shown.point(shown.input, 3, 3, side, side))
        page.mouse.down()
        for corner in [(60, 3), (60, 60), (3, 3)]:
            page.mouse.move(*shown.point(shown.input, *corner, side, side), steps=40)
        page.mouse.up()

    took = time_of_a_redraw(page, drag, at_least=100)
    assert 0 < took <= 8, f"a redraw takes {took:.1f} milliseconds: half of a frame is for the browser"


# ---- The arithmetic between the two grids ----


def lit(shown):
    """The keys of all symbols that are lit."""
    return shown.host.evaluate("(host) => [...host.querySelectorAll('.pool-lit')].map((one) => one.dataset.lit)")


def test_the_small_matrix_stands_level_with_the_window(show):
    shown = show(window=2, stride=1)
    shown.output.focus()
    for key, row in [("Home", 0), ("ArrowDown", 1), ("End", 4)]:
        shown.page.keyboard.press(key)
        settled(shown.page)
        top = shown.host.locator(".pool-matrix").bounding_box()["y"]
        assert abs(top - shown.point(shown.input, row, 0)[1]) < 3, f"the matrix of row {row} is at {top}"


def test_a_number_is_changed_where_it_stands_and_all_that_follows_with_it(show):
    shown = show()
    shown.element(1, 1).fill("−7.5")
    shown.at(0, 0)
    expect(shown.sentence).to_have_text("Output (0, 0): max(3, 1, −2, −7.5) = 3, at row 0, column 0.")
    shown.agrees(numbers=NUMBERS.replace("-2  6", "-2 -7.5"))
    expect(shown.arithmetic).to_contain_text("= 3")
    shown.element(1, 1).fill("-")  # not a number yet
    expect(shown.warning).to_be_hidden()
    shown.element(1, 1).press("Enter")
    expect(shown.warning).to_contain_text("“-” is no number")
    shown.element(1, 1).blur()
    expect(shown.element(1, 1)).to_have_value("−7.5")
    shown.button("Step: one window on").click()
    shown.element(0, 2).press("ArrowDown")
    expect(shown.element(1, 2)).to_be_focused()
    shown.page.keyboard.type("inf")
    shown.at(0, 1)
    expect(shown.sentence).to_contain_text("= ∞, at row 1, column 2.")


def test_padding_in_the_matrix_cannot_be_changed(show):
    shown = show(padding=[(1, 0), (1, 0)])
    expect(shown.arithmetic.get_by_role("textbox")).to_have_count(1)
    expect(shown.arithmetic.get_by_role("note", name="padding, −∞")).to_have_count(3)
    shown.button("Average").click()
    expect(shown.arithmetic.get_by_role("note", name="padding, not counted")).to_have_count(3)
    expect(shown.arithmetic).to_contain_text("/ 1 = 3")


def test_formula_and_picture_point_at_each_other(show):
    shown = show(window=2, stride=1, padding="same")
    plain = pixels(shown.input)
    shown.element(0, 1).hover()
    settled(shown.page)
    assert lit(shown) == ["0, 1"]
    assert {(0, 1)} == changed_cells(plain, pixels(shown.input), 7, 7)
    shown.page.mouse.move(*shown.point(shown.input, 1.5, 0.5, 7, 7))  # and back
    settled(shown.page)
    assert lit(shown)[0] == "1, 0"
    shown.page.mouse.move(*shown.point(shown.output, 0.5, 0.5))
    settled(shown.page)
    assert lit(shown) == ["output", "o"]
    shown.page.mouse.move(0, 0)
    shown.element(0, 0).focus()
    settled(shown.page)
    assert lit(shown) == ["0, 0"]


@pytest.mark.parametrize(
    "name, cells",
    [
        ("6, the input’s side", {(0, j) for j in range(6)} | {(i, 0) for i in range(6)}),
        ("1, the padding", {(i, 6) for i in range(7)} | {(6, j) for j in range(7)}),
        ("2, the window’s span", {(0, 0), (0, 1), (1, 0)}),
        ("5, the output’s side", set()),
    ],
)
def test_each_symbol_of_the_size_lights_what_it_stands_for(show, name, cells):
    padding, side = ("valid", 6) if "output" in name else ([(0, 1), (0, 1)], 7)
    shown = show(window=2, stride=1, padding=padding)
    before = pixels(shown.input), pixels(shown.output)
    shown.size.get_by_role("note", name=name).hover()
    settled(shown.page)
    after = pixels(shown.input), pixels(shown.output)
    assert changed_cells(before[0], after[0], side, side) == cells
    if not cells:
        row = {(0, j) for j in range(5)} | {(i, 0) for i in range(5)}
        assert changed_cells(before[1], after[1], 5, 5) == row


def test_the_tab_key_stops_once_at_the_matrix_and_once_at_the_size(show):
    shown = show()
    shown.input.focus()
    shown.page.keyboard.press("Tab")
    for key, place in [("ArrowRight", (0, 1)), ("ArrowDown", (1, 1)), ("ArrowLeft", (1, 0))]:
        shown.page.keyboard.press(key)
        expect(shown.element(*place)).to_be_focused()
    shown.page.keyboard.press("Tab")
    expect(shown.output).to_be_focused()
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("ArrowRight")
    assert lit(shown) == ["p"]
    shown.page.keyboard.press("Shift+Tab")
    shown.page.keyboard.press("Shift+Tab")
    expect(shown.element(1, 0)).to_be_focused()  # where it was left


def test_the_matrix_of_an_image_has_its_greys_and_leaves_out_the_middle(show):
    shown = show(images=small_photos(), source="camera", window=8)
    expect(shown.arithmetic.get_by_role("textbox")).to_have_count(0)
    cells = shown.host.locator(".pool-cell")
    expect(cells).to_have_count(25)
    value = small_photos()["camera"][0, 1]
    expect(cells.nth(1)).to_have_text(str(value))
    expect(cells.nth(1)).to_have_css("background-color", f"rgb({value}, {value}, {value})")
    expect(cells.nth(18)).to_have_text("⋱")


TEXTS = """(host) => Array.from(host.querySelectorAll(".pool-cell"), (cell) => {
  const pen = document.createElement("canvas").getContext("2d"), style = getComputedStyle(cell);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const text = cell.value || cell.textContent, wide = pen.measureText(text).width;
  return [text, wide, parseFloat(style.width) - 4, cell.scrollHeight - cell.clientHeight];
})"""  # the winner's ring takes 2 px on either side


@pytest.mark.parametrize("width, scheme", [(1280, "light"), (360, "dark"), (320, "light")])
def test_each_number_fits_its_cell_of_the_matrix(show, width, scheme):
    shown = show(images=small_photos(), numbers="-12 -0.25\n100 -inf", width=width, touch=width < 500, scheme=scheme)
    shown.page.add_style_tag(content="body { font-family: 'DejaVu Sans' }")  # a wide one
    for source, windows in (("camera", range(2, 17)), ("coffee", (2, 3, 16)), ("numbers", (2,))):
        shown.menu("Input").select_option(source)
        for window in windows:
            shown.slider("Window").fill(str(window))
            expect(shown.code).to_have_text(f"max_pool(x, window={window})")
            settled(shown.page)
            texts = shown.host.evaluate(TEXTS)
            assert any(len(text) > 2 for text, *_ in texts)
            assert not [one for one in texts if one[1] > one[2] or one[3] > 0], (source, window)


# ---- Motion ----

FLIGHTS = """() => {
  window.flown = [];
  new MutationObserver((all) => all.forEach(({ addedNodes }) => addedNodes.forEach((node) => {
    if (node.className?.trim?.() === "pool-flying") window.flown.push(node.textContent);
  }))).observe(document.querySelector(".pool-panels"), { childList: true });
}"""


def test_what_comes_out_flies_to_its_cell_when_the_window_steps(show):
    shown = show(motion="no-preference")
    page = shown.page
    page.evaluate(FLIGHTS)
    shown.button("Step: one window on").click()
    shown.at(0, 1)
    page.wait_for_function("() => flown.length === 1 && !document.querySelector('.pool-flying')")
    shown.output.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => flown.length >= 2 && !document.querySelector('.pool-flying')")
    assert page.evaluate("flown[0]") == "5"
    before = page.evaluate("flown.length")
    shown.drag((5, 3), (1, 1))
    shown.at(0, 0)
    shown.slider("Window").fill("3")
    shown.agrees(window=3)
    assert page.evaluate("flown.length") == before, "something flies while the window is dragged or set"


def test_the_window_is_on_its_way_for_a_moment_and_a_hand_has_it_at_once(show):
    shown = show(motion="no-preference", window=2, stride=1)
    stop_the_clock(shown.page)
    still = pixels(shown.input)
    shown.output.focus()
    shown.page.keyboard.press("End")
    shown.page.clock.run_for(60)
    going = pixels(shown.input)
    shown.page.clock.run_for(400)
    there = pixels(shown.input)
    assert (going != still).any() and (going != there).any(), "the window does not glide"


def test_nothing_flies_where_motion_is_reduced_and_play_plays(show):
    shown = show()
    shown.page.evaluate(FLIGHTS)
    stop_the_clock(shown.page)
    shown.button("▶ Play").click()
    shown.page.clock.run_for(2.5 * PERIOD)
    shown.at(0, 2)
    assert shown.page.evaluate("flown") == []


def test_pause_and_the_end_are_said(show):
    shown = show()
    said = shown.host.locator(".pool-answers [role=status]")
    stop_the_clock(shown.page)
    shown.button("▶ Play").click()
    shown.page.clock.run_for(1.5 * PERIOD)
    shown.button("❚❚ Pause").click()
    shown.page.clock.run_for(50)
    expect(said).to_have_text(re.compile(r"^Paused\. Output \(0, 1\): "))
    shown.button("▶ Play").click()
    shown.page.clock.run_for(12 * PERIOD)
    expect(said).to_have_text(re.compile(r"^The end\. Output \(2, 2\): "))


# ---- What is mended ----


def test_a_frame_at_a_photo_s_edge_is_whole(show):
    shown = show(images=small_photos(), source="camera")
    left, top, *_ = shown.cells(shown.input)
    box = shown.input.bounding_box()
    drawn = pixels(shown.input)[: int(top - box["y"]), : int(left - box["x"]) + 8]
    frame = (np.abs(drawn - [0xC2, 0x41, 0x0C]) < 30).all(axis=2)
    assert frame.any(axis=1).sum() >= 2, "the frame's upper side is cut off"


def test_a_window_that_does_not_fit_leaves_no_hole_after_a_reload(show):
    shown = show()
    shown.slider("Window").fill("9")
    expect(shown.warning).to_be_visible()
    shown.page.wait_for_function("() => localStorage.length > 0")
    shown.page.reload()
    expect(shown.host).to_have_attribute("data-alive", "true")
    expect(shown.warning).to_contain_text("window=9")
    expect(shown.input).to_be_visible()
    assert shown.table(shown.input)[0] == ["3", "1", "4", "−1", "5", "9"]
    expect(shown.output).to_be_hidden()
    shown.slider("Window").fill("2")
    shown.agrees()


def test_numbers_with_a_printed_minus_are_taken_and_too_many_are_refused_in_words(show):
    shown = show(window=1)
    shown.more()
    shown.numbers.fill("−3 4\n5 −6")
    shown.numbers.blur()
    shown.agrees(window=1, numbers="-3 4\n5 -6")
    shown.numbers.fill("\n".join(["7 " * 400] * 400))
    shown.numbers.blur()
    expect(shown.warning).to_contain_text("400 rows")
    for text in ("1\n" * 64, "1 " * 64):
        shown.numbers.fill(text)
        shown.numbers.blur()
        expect(shown.warning).to_be_hidden()
        settled(shown.page)
        box = shown.input.bounding_box()
        assert max(box["width"], box["height"]) < 700 and min(box["width"], box["height"]) > 3, box


def test_a_transparent_photo_lies_on_white_and_a_drop_of_nothing_is_none(show):
    file = io.BytesIO()
    Image.new("RGBA", (64, 64), (0, 0, 0, 0)).save(file, "PNG")
    shown = show()
    drop(shown.host, "clear.png", "image/png", file.getvalue())
    expect(shown.sentence).to_have_text(re.compile(r"max\(255, 255, 255, 255\) = 255"))
    shown.host.evaluate(
        """(host) => host.dispatchEvent(Object.assign(new Event("drop", { bubbles: true, cancelable: true }),
          { dataTransfer: { types: ["Files"], files: [] } }))"""
    )
    expect(shown.warning).to_be_hidden()


# ---- Things to try ----


@pytest.fixture
def trying(show):
    """Open a page with the tasks of chapter 01."""
    return lambda **more: show(images=small_photos(), tasks=things_to_try, **more)


def test_an_output_that_is_asked_for_is_covered_everywhere_until_it_is_guessed(trying):
    shown = trying()
    shown.task(1)
    shown.output.focus()
    for key in ("ArrowDown", "ArrowDown"):
        shown.page.keyboard.press(key)
    expect(shown.sentence).to_have_text("Output (2, 0): covered.")
    assert shown.table(shown.output)[2][0] == "covered" and shown.table(shown.output)[1][0] == "9"
    expect(shown.arithmetic).to_contain_text("= ?")
    expect(shown.host.locator(".pool-wins")).to_have_count(0)
    shown.button("Uncover").click()
    expect(shown.verdict).to_have_text("Type a number first.")
    shown.host.get_by_label("Your guess").fill("8")
    shown.host.get_by_label("Your guess").press("Enter")
    expect(shown.verdict).to_contain_text("You said 8; it is 9.")
    settled(shown.page)
    assert shown.table(shown.output)[2][0] == "9"
    shown.button("Try again").click()
    expect(shown.sentence).to_have_text("Output (2, 0): covered.")
    shown.host.get_by_label("Your guess").fill("9")
    shown.button("Uncover").click()
    expect(shown.verdict).to_contain_text("✓ Right: 9.")
    expect(shown.host.get_by_role("button", name="Task 1, done")).to_be_visible()


def test_a_size_that_is_asked_for_is_covered_everywhere_and_half_of_it_may_be_right(trying):
    shown = trying()
    shown.task(3)
    caption = shown.output.locator("xpath=..").locator("figcaption")
    expect(caption).to_have_text("Output, covered")
    assert shown.table(shown.output) == [["covered"]]
    expect(shown.size).to_have_text("Size ⌊(6 + 0 − 2) / 1⌋ + 1 = ?")
    box = shown.output.bounding_box()
    assert abs(box["width"] - box["height"]) < 1, "the covered output is no square"
    shown.host.get_by_label("rows", exact=True).fill("5")
    shown.host.get_by_label("columns", exact=True).fill("6")
    shown.button("Uncover").click()
    expect(shown.verdict).to_contain_text("1 of 2 right. You said 5, 6; it is 5, 5.")
    expect(caption).to_have_text("Output, 5 × 5")
    expect(shown.size).to_contain_text("= 5")


MARKED = {((2, 0), (0, 0)): 1, ((2, 0), (2, 2)): 2, ((0, 1),): 0}  # places, and how many of them are right


@pytest.mark.parametrize("how, marked", crossed(["mouse", "finger", "keys"], list(MARKED)))
def test_places_are_marked_on_the_picture_and_judged(trying, how, marked):
    shown = trying(touch=how == "finger", width=360 if how == "finger" else 1280)
    shown.task(2)
    expect(shown.sentence).to_have_text("Output (0, 0): covered.")
    before = pixels(shown.input)
    for row, column in marked:
        if how == "keys":
            shown.input.focus()
            shown.page.keyboard.press("Home")
            for key in [*["Shift+ArrowDown"] * row, *["Shift+ArrowRight"] * column]:
                shown.page.keyboard.press(key)
            shown.page.keyboard.press("Enter")
            shown.page.keyboard.press("Tab")  # points at nothing any more
        else:
            place = shown.point(shown.input, row + 0.5, column + 0.5)
            (shown.page.touchscreen.tap if how == "finger" else shown.page.mouse.click)(*place)
    words = "Marked: " + " ".join(f"({row}, {column})" for row, column in marked)
    expect(shown.host.locator(".pool-marked")).to_have_text(words)
    settled(shown.page)
    assert set(marked) <= changed_cells(before, pixels(shown.input), SIDE, SIDE)
    shown.button("Uncover").click()
    right = MARKED[marked]
    expect(shown.verdict).to_contain_text("✓ Right." if right == 2 else f"{right} of 2 right")
    expect(shown.sentence).to_contain_text("at row 2, column 0, and row 2, column 2.")


def test_a_mark_is_taken_back_by_a_second_click_and_a_drag_marks_nothing(trying):
    shown = trying()
    shown.task(2)
    for words in ("Marked: (1, 1)", "Nothing is marked yet."):
        shown.page.mouse.click(*shown.point(shown.input, 1.5, 1.5))
        expect(shown.host.locator(".pool-marked")).to_have_text(words)
    shown.drag((1.5, 1.5), (1.5, 4.5))
    shown.at(0, 1)
    expect(shown.host.locator(".pool-marked")).to_have_text("Nothing is marked yet.")


def test_readers_that_are_asked_for_are_not_shown_at_that_element(trying):
    shown = trying()
    shown.task(6)
    pointed = shown.host.locator(".pool-pointed")
    before = pixels(shown.output)
    shown.page.mouse.move(*shown.point(shown.input, 2.5, 2.5))
    settled(shown.page)
    expect(pointed).to_be_empty()
    assert not changed_cells(before, pixels(shown.output), 4, 4)
    shown.page.mouse.move(*shown.point(shown.input, 2.5, 1.5))
    expect(pointed).to_contain_text("is read by outputs")
    shown.host.get_by_label("Your guess").fill("9")
    shown.button("Uncover").click()
    expect(shown.verdict).to_contain_text("✓ Right: 9.")


@pytest.mark.parametrize("task, guessed, at", [(1, "9", (2, 0)), (2, None, (0, 0))], ids=["an output", "the winners"])
def test_the_window_goes_where_the_answer_is_once_it_is_uncovered(trying, task, guessed, at):
    shown = trying()
    shown.task(task)
    shown.output.focus()
    for key in ("ArrowRight", "ArrowDown") if task == 2 else ("ArrowRight",):
        shown.page.keyboard.press(key)
    shown.at(*((1, 1) if task == 2 else (0, 1)))
    if guessed:
        shown.host.get_by_label("Your guess").fill(guessed)
    else:
        shown.page.mouse.click(*shown.point(shown.input, 2.5, 2.5))
        shown.at(1, 1)
    shown.button("Uncover").click()
    shown.at(*at)
    expect(shown.host.locator(".pool-wins").first).to_be_visible()


def test_readers_are_framed_once_they_are_uncovered(trying):
    shown = trying()
    shown.task(6)
    shown.host.get_by_label("Your guess").fill("9")
    shown.button("Uncover").click()
    expect(shown.host.locator(".pool-pointed")).to_have_text(re.compile(r"^Element \(2, 2\), 9, is read by outputs"))
    shown.page.mouse.move(*shown.point(shown.output, 0.5, 0.5, 4, 4))  # points at another thing
    settled(shown.page)
    before = pixels(shown.output)
    shown.page.mouse.move(0, 0)
    settled(shown.page)
    assert changed_cells(before, pixels(shown.output), 4, 4) == {(i, j) for i in range(3) for j in range(3)}


def test_what_was_seen_before_is_covered_again_in_another_task_and_after_a_fresh_start(trying):
    shown = trying(task=0)

    def walk():
        shown.output.focus()
        for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"):
            shown.page.keyboard.press(key)
        shown.at(0, 0)
        expect(shown.output.locator("xpath=..").locator("td", has_text="covered")).to_have_count(6)

    def covered():
        expect(shown.output.locator("xpath=..").locator("td", has_text="covered")).to_have_count(8)
        assert shown.table(shown.output)[0] == ["6", "covered", "covered"]

    for again in ("Start afresh", "Reset"):
        walk()
        shown.button(again).click()
        covered()
    walk()
    shown.task(1)
    covered()
    shown.output.focus()
    shown.page.keyboard.press("End")
    shown.at(2, 2)
    shown.button("Start afresh").click()
    covered()


def test_space_marks_as_enter_does_and_the_board_says_so(trying):
    shown = trying()
    shown.task(2)
    expect(shown.input).to_have_attribute("aria-label", re.compile("Enter or Space marks"))
    shown.input.focus()
    shown.page.keyboard.press("Shift+ArrowRight")
    marked = shown.host.locator(".pool-marked")
    for key, words in (("Space", "Marked: (0, 1)"), ("Enter", "Nothing is marked yet.")):
        shown.page.keyboard.press(key)
        expect(marked).to_have_text(words)


def test_edits_are_counted_and_one_too_many_is_said(trying):
    shown = trying()
    shown.task(8)
    pointed = shown.host.locator(".pool-pointed")
    shown.element(0, 0).fill("9")
    expect(pointed).to_have_text("Edits: 1 of 2.")
    shown.element(0, 1).fill("9")
    shown.element(1, 0).fill("9")
    expect(pointed).to_have_text("3 numbers are changed, and only 2 may be: put one back, or press Reset.")
    shown.button("Reset").click()
    expect(pointed).to_be_empty()
    assert shown.table(shown.input)[0] == ["1", "4", "2", "6", "3"]


def test_padding_that_is_too_much_is_said(show):
    shown = show()
    shown.menu("Padding").select_option("by hand")
    top = shown.host.get_by_label("padding, top")
    top.fill("12")
    top.press("Tab")
    expect(shown.warning).to_have_text("Padding is a whole number from 0 to 9: top is 9.")
    expect(top).to_have_value("9")
    shown.host.get_by_label("padding, left").fill("2")
    shown.host.get_by_label("padding, left").press("Tab")
    expect(shown.warning).not_to_contain_text("whole number")


def test_a_finger_is_told_of_taps_and_a_tap_points(trying):
    shown = trying(touch=True, width=360)
    expect(shown.host.locator(".pool-task-text")).to_contain_text("Tap where the window should stand")
    shown.task(7)
    shown.page.touchscreen.tap(*shown.point(shown.input, 1.5, 2.5))
    expect(shown.verdict).to_contain_text("✓ Done.")


def test_a_photo_s_window_is_pulled_until_the_goal_is_reached(trying):
    shown = trying()
    shown.task(9)
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 2")
    side = 64
    start, end = (shown.point(shown.input, n, n, side, side) for n in (4, 8))
    shown.page.mouse.move(*start)
    shown.page.mouse.down()
    shown.page.mouse.move(*end, steps=6)
    shown.page.mouse.up()
    expect(shown.verdict).to_contain_text("✓ Done.")


def test_two_edits_where_windows_overlap_reach_the_goal_and_the_tick_survives_a_reload(trying):
    shown = trying()
    shown.task(8)
    count = shown.host.locator(".pool-task-count")
    expect(count).to_have_text("0 of 8")
    shown.element(1, 1).fill("9")
    expect(count).to_have_text("4 of 8")
    shown.output.focus()
    shown.page.keyboard.press("End")
    shown.element(1, 3).fill("9")
    expect(shown.verdict).to_contain_text("✓ Done.")
    shown.task(1)
    shown.host.get_by_label("Your guess").fill("7")
    shown.button("Uncover").click()
    expect(shown.verdict).to_contain_text("You said 7; it is 9.")
    shown.page.wait_for_function("() => JSON.stringify(localStorage).includes('You said 7')")
    shown.page.reload()
    expect(shown.verdict).to_contain_text("You said 7; it is 9.")
    expect(shown.host.get_by_role("button", name="Task 8, done")).to_be_visible()
    expect(shown.host.get_by_role("button", name="Task 1, seen")).to_be_visible()


def test_a_window_whose_mean_is_none_of_its_own_and_an_element_with_six_readers_are_found(trying):
    shown = trying()
    shown.task(5)
    shown.output.focus()
    for key in ("ArrowDown", "ArrowRight"):
        shown.page.keyboard.press(key)
    shown.at(1, 1)
    expect(shown.verdict).to_be_empty()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.verdict).to_contain_text("✓ Done.")
    shown.task(7)
    shown.input.focus()
    for key in ("Shift+ArrowDown", "Shift+ArrowRight", "Shift+ArrowRight"):
        shown.page.keyboard.press(key)
    expect(shown.verdict).to_contain_text("✓ Done.")


def test_signs_of_a_guess_and_the_winner_are_seen_where_colours_are_forced(trying):
    shown = trying()
    shown.page.emulate_media(forced_colors="active")
    shown.task(2)
    for place in ((2.5, 0.5), (0.5, 0.5)):
        shown.page.mouse.click(*shown.point(shown.input, *place))
    shown.button("Uncover").click()
    expect(shown.verdict).to_contain_text("1 of 2 right")
    shown.page.mouse.move(0, 0)
    settled(shown.page)
    drawn = pixels(shown.input)
    side = (drawn.shape[0] - 2) / SIDE
    plate = round(0.35 * side)  # the sign in the corner of a cell

    def corner(i, j):
        top, right = round(i * side) + 2, round((j + 1) * side) - 2
        return drawn[top : top + plate, right - plate : right]

    right, wrong, missed = (corner(*place) for place in ((2, 0), (0, 0), (2, 2)))
    assert (right != wrong).any() and (right != missed).any() and (wrong != missed).any()
    expect(shown.host.locator(".pool-wins").first).to_have_css("outline-style", "solid")


def test_paper_has_the_picture_and_the_call_and_no_controls(show):
    shown = show()
    shown.page.emulate_media(media="print")
    for part in (shown.input, shown.output, shown.arithmetic, shown.size, shown.code):
        expect(part).to_be_visible()
    for part in (shown.slider("Window"), shown.menu("Padding"), shown.button("Maximum"), shown.button("Reset")):
        expect(part).to_be_hidden()
