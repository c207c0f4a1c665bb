"""The pixels widget on a page: every way to use it, by mouse, finger and keyboard, against what pooling_lib says."""

import io
import re

import numpy as np
import pytest
from browser import violations
from budget import crossed
from javascript import js
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, drop, scrolled_beyond, swipe

from pooling_book.chapters.try02 import things_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.photos import small_photos
from pooling_book.widgets.pixel_sliders import PixelSliders
from pooling_lib import avg_pool, max_pool

CORNER = (18, 28)  # the window 126, 75 over 172, 161
FILL = '<p style="height:1500px">Much more to read.</p>'


class ShownPixels(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "pixels")
        self.photo = self.canvas(0)
        self.pixels = self.host.get_by_role("slider")
        self.sums = self.host.locator(".pool-pixels-sums")

    def values(self):
        return [int(cell.get_attribute("aria-valuenow")) for cell in self.pixels.all()]

    def hold(self, *values):
        """Wait until the window holds these values, and check both answers of the sentence and of the line."""
        for cell, value in zip(self.pixels.all(), values, strict=True):
            expect(cell).to_have_attribute("aria-valuenow", str(value))
        side = round(len(values) ** 0.5)
        window = np.array(values).reshape(side, side)
        top, mean = max_pool(window, side)[0, 0], two_decimals(avg_pool(window, side)[0, 0])
        listed, summed = ", ".join(map(str, values)), f"({' + '.join(map(str, values))})"
        if side > 2:
            listed, summed = f"{len(values)} pixels", str(sum(values))
        expect(self.sums).to_contain_text(f"max({listed}) = {top}, from row")
        expect(self.sums).to_contain_text(
            re.compile(rf"mean = {re.escape(summed)} / {len(values)} [=≈] {re.escape(mean)}$")
        )
        expect(self.host.locator(".pool-pixels-maxlabel")).to_have_text(re.compile(rf"^maximum {top}( \(|$)"))
        expect(self.host.locator(".pool-pixels-meanlabel")).to_have_text(re.compile(rf"^mean {re.escape(mean)}( \(|$)"))
        for cell, value in zip(self.pixels.all(), values):
            expect(cell.locator("b")).to_have_text(str(value))
            if value < top:
                expect(cell.locator("span")).to_have_text(f"room {top - value}")
                expect(cell).to_have_attribute("aria-valuetext", f"{value}, room {top - value}")

    def at(self, row, column):
        expect(self.host.locator("figcaption", has_text="Pixels from")).to_have_text(
            f"Pixels from row {row}, column {column}"
        )

    def point(self, row, column):
        """Where on the page a place of the photo is."""
        return self.place(self.photo, row, column, 64, 64)

    def drag(self, start, end):
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=6)
        self.page.mouse.up()

    def middle(self, n):
        self.pixels.nth(n).scroll_into_view_if_needed()
        box = self.pixels.nth(n).bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.fixture
def show(show_each):
    """Open a page with one widget."""

    def made(edits=(), corner=CORNER, **settings):
        pixels = PixelSliders(small_photos(), corner=corner, **settings)
        pixels.edits = [list(edit) for edit in edits]
        return pixels

    return show_each(ShownPixels, made)


def scrolled(page):
    return page.evaluate("scrollY")


# ---- Arithmetic ----


def test_the_effects_are_what_pooling_lib_gives():
    rng = np.random.default_rng(2)
    windows = [
        rng.integers(0, rng.choice([3, 256]), (side, side)) for side in rng.integers(2, 5, 600)
    ]  # with many ties, and with few
    found = js("pixel_sliders/state.js", "given.map(it.effects)", [window.ravel().tolist() for window in windows])
    for window, effects in zip(windows, found, strict=True):
        side, flat = len(window), window.ravel()
        top, where = max_pool(window, side, return_indices=True)
        assert (effects["max"], effects["first"]) == (top[0, 0], where[0, 0]), window
        assert effects["mean"] == avg_pool(window, side)[0, 0], window
        assert effects["tied"] == (flat == top[0, 0]).sum() and effects["second"] == np.sort(flat)[-2], window
        for n, room in enumerate(effects["room"]):
            for by, moves in [
                (room, 0),
                (room + 5, 5),
            ]:  # the maximum notices nothing within the room, and everything beyond it
                raised = flat.copy()
                raised[n] += by
                assert max_pool(raised.reshape(window.shape), side)[0, 0] - top[0, 0] == moves, (window, n)


def test_windows_anywhere_with_changes_say_what_python_says(show):
    rng = np.random.default_rng(5)
    for window in (2, 3, 4):
        corner = tuple(int(n) for n in rng.integers(0, 64 - window + 1, 2))
        edits = [(corner[0], corner[1] + 1, 255), (corner[0] + 1, corner[1], 0), (0, 0, 7)]
        pixels = PixelSliders(small_photos(), corner=corner, window=window)
        before = pixels.answers
        pixels.edits = [list(edit) for edit in edits]
        shown = show(edits=edits, corner=corner, window=window)
        shown.at(*corner)
        shown.hold(*pixels.patch.ravel().tolist())
        top = pixels.answers["max"] - before["max"]
        expect(shown.sentence).to_contain_text(f"2 pixels changed: maximum {f'{top:+}' if top else 'stays'}, mean ")
        by = float(re.search(r"[=≈] ([^ ]+)\.$", shown.sentence.inner_text())[1].replace("−", "-"))
        assert abs(by - (pixels.answers["mean"] - before["mean"])) < 0.006


# ---- Mouse ----


def test_dragging_a_pixel_changes_it_one_for_one(show):
    shown = show()
    shown.hold(126, 75, 172, 161)
    expect(shown.sentence).to_contain_text("From row 18, column 28: maximum 172, mean 133.5.")
    x, y = shown.middle(1)
    shown.drag((x, y), (x, y - 60))
    shown.hold(126, 135, 172, 161)
    expect(shown.sentence).to_contain_text("Row 0, column 1 raised by 60: maximum stays, mean +60 / 4 = +15.")
    shown.drag((x, y), (x, y - 47))
    shown.hold(126, 182, 172, 161)
    expect(shown.sentence).to_contain_text("maximum +10, mean +107 / 4 = +26.75.")
    shown.drag((x, y), (x, y + 400))
    shown.hold(126, 0, 172, 161)
    expect(shown.sentence).to_contain_text("Row 0, column 1 lowered by 75: maximum stays, mean −75 / 4 = −18.75.")


def test_the_marks_show_how_far_each_answer_has_moved(show):
    shown = show(motion="reduce")
    expect(shown.host.locator(".pool-pixels-ghost")).to_have_count(0)
    shown.pixels.nth(0).focus()
    shown.page.keyboard.press("PageUp")
    expect(shown.host.locator(".pool-pixels-ghost")).to_have_count(1)
    expect(shown.host.locator(".pool-pixels-meanlabel")).to_have_text("mean 136 (+2.5)")
    shown.pixels.nth(2).focus()
    shown.page.keyboard.press("Home")
    expect(shown.host.locator(".pool-pixels-ghost")).to_have_count(2)
    expect(shown.host.locator(".pool-pixels-maxlabel")).to_have_text("maximum 161 (−11)")
    line = shown.host.locator(".pool-pixels-track").bounding_box()
    for name, value in [("max", 161), ("mean", (136 + 75 + 161) / 4)]:
        mark = shown.host.locator(f".pool-pixels-{name}:not(.pool-pixels-ghost)").bounding_box()
        assert abs(mark["x"] + mark["width"] / 2 - line["x"] - line["width"] * value / 255) < 1.5, name


def test_dragging_the_window_moves_it_and_a_press_brings_it(show):
    shown = show()
    shown.drag(shown.point(19, 29), shown.point(30, 40))
    shown.at(29, 39)
    shown.hold(*small_photos()["camera"][29:31, 39:41].ravel().tolist())
    shown.page.mouse.click(*shown.point(5, 5))
    shown.at(4, 4)
    shown.drag(shown.point(5, 5), shown.point(90, 90))
    shown.at(62, 62)


def test_a_change_is_drawn_on_the_photo_and_stays_when_the_window_goes(show):
    shown = show()
    shown.pixels.nth(1).focus()
    shown.page.keyboard.press("End")
    shown.hold(126, 255, 172, 161)
    shown.page.mouse.click(*shown.point(50, 50))
    shown.at(49, 49)
    drawn = np.asarray(Image.open(io.BytesIO(shown.photo.screenshot())).convert("L")).astype(int)
    edge = int(shown.photo.get_attribute("data-edge"))
    at = lambda row, column: drawn[
        tuple(round(edge + place * shown.cells(shown.photo)[2] / 64) for place in (row, column))
    ]
    assert at(18.5, 29.5) > 250, "the changed pixel is not white on the photo"
    assert abs(at(18.5, 28.5) - 126) < 3
    shown.page.mouse.click(*shown.point(19, 29))
    shown.hold(126, 255, 172, 161)


def test_buttons_shuffle_put_back_resize_and_reset(show):
    shown = show()
    for _ in range(3):
        shown.button("Shuffle").click()
        expect(shown.sentence).to_contain_text("The pixels only changed places: maximum stays, mean stays.")
        assert sorted(shown.values()) == [75, 126, 161, 172]
        shown.button("Put back").click()
        shown.hold(126, 75, 172, 161)
    for side in (3, 4, 2):
        shown.button(f"{side} × {side}").click()
        expect(shown.pixels).to_have_count(side * side)
        shown.hold(*small_photos()["camera"][18 : 18 + side, 28 : 28 + side].ravel().tolist())
        expect(shown.button(f"{side} × {side}")).to_have_attribute("aria-pressed", "true")
    shown.button("4 × 4").click()
    shown.photo.focus()
    shown.page.keyboard.press("End")
    shown.at(60, 60)
    shown.pixels.nth(0).focus()
    shown.page.keyboard.press("Home")
    shown.button("Reset").click()
    shown.at(*CORNER)
    shown.hold(126, 75, 172, 161)


def test_ties_are_named(show):
    shown = show(edits=[(18, 28, 172)])
    shown.hold(172, 75, 172, 161)
    expect(shown.sums).to_contain_text("= 172, from row 0, column 0 and 1 more")
    for n in (0, 2):
        expect(shown.pixels.nth(n)).to_have_attribute("aria-valuetext", "172, tied max")


# ---- Finger ----


def test_a_finger_changes_a_pixel_sideways_or_after_a_rest_and_the_page_stays(show):
    shown = show(touch=True, width=360, height=740, after=FILL)
    x, y = shown.middle(1)
    home = scrolled(shown.page)
    swipe(shown.page, (x, y), (x + 40, y))
    shown.hold(126, 115, 172, 161)
    swipe(shown.page, (x, y), (x, y + 30), rest=500)
    shown.hold(126, 85, 172, 161)
    assert scrolled(shown.page) == home, "the page scrolled while a finger dragged a pixel"


def test_a_thumb_that_goes_up_scrolls_the_page_from_a_pixel_and_from_the_window_too(show):
    shown = show(touch=True, width=360, height=578, before="<p>More</p>" * 20, after=FILL)
    for start in [lambda: shown.middle(0), lambda: shown.middle(3), lambda: shown.point(19, 29)]:
        at = start()
        home = scrolled(shown.page)
        swipe(shown.page, at, (at[0] + 4, at[1] - 110))
        scrolled_beyond(shown.page, home + 50)
    shown.at(*CORNER)
    shown.hold(126, 75, 172, 161)


def test_a_finger_beside_the_pixels_and_beside_the_window_scrolls_the_page(show):
    shown = show(touch=True, width=360, height=740, after=FILL)
    for where in ("grid", "photo"):
        shown.page.evaluate("scrollTo(0, 0)")
        if where == "grid":
            shown.pixels.nth(2).scroll_into_view_if_needed()
            box = shown.host.locator(".pool-pixels-grid").bounding_box()
            start = box["x"] + box["width"] + 12, box["y"] + box["height"] - 10
        else:
            start = shown.point(50, 10)
        home = scrolled(shown.page)
        swipe(shown.page, start, (start[0], start[1] - 150))
        scrolled_beyond(shown.page, home + 50)
    shown.at(*CORNER)
    shown.hold(126, 75, 172, 161)


def test_a_finger_drags_the_window_and_a_tap_brings_it(show):
    shown = show(touch=True, width=360, height=740, after=FILL)
    start, end = shown.point(19, 29), shown.point(39, 9)
    home = scrolled(shown.page)
    swipe(shown.page, start, end, rest=500)
    shown.at(38, 8)
    assert scrolled(shown.page) == home, "the page scrolled while a finger dragged the window"
    shown.page.touchscreen.tap(*shown.point(10, 50))
    shown.at(9, 49)


# ---- Keyboard and words ----


def test_keys_change_a_pixel_and_move_the_window_and_nothing_else(show):
    shown = show(after=FILL)
    home = scrolled(shown.page)
    shown.pixels.nth(0).focus()
    for key, value in [
        ("ArrowUp", 127),
        ("ArrowRight", 128),
        ("ArrowDown", 127),
        ("ArrowLeft", 126),
        ("PageUp", 136),
        ("PageDown", 126),
        ("End", 255),
        ("ArrowUp", 255),
        ("Home", 0),
        ("PageDown", 0),
    ]:
        shown.page.keyboard.press(key)
        shown.hold(value, 75, 172, 161)
    shown.button("Put back").click()
    shown.photo.focus()
    for key, place in [
        ("ArrowRight", (18, 29)),
        ("ArrowDown", (19, 29)),
        ("ArrowLeft", (19, 28)),
        ("ArrowUp", (18, 28)),
        ("Shift+ArrowRight", (18, 36)),
        ("Shift+ArrowUp", (10, 36)),
        ("Home", (0, 0)),
        ("ArrowUp", (0, 0)),
        ("End", (62, 62)),
    ]:
        shown.page.keyboard.press(key)
        shown.at(*place)
    assert scrolled(shown.page) == home, "the keys scrolled the page, too"


def test_the_tab_key_visits_every_control_and_shows_where_it_is(show):
    shown = show()
    names = [
        "Photo:",
        "row 0, column 0",
        "row 0, column 1",
        "row 1, column 0",
        "row 1, column 1",
        "Put back",
        "Shuffle",
        "Reset",
        "2 × 2",
        "3 × 3",
        "4 × 4",
        "Another photo",
        "Link to these settings",
        "Embed",
        "Large",
        "Start afresh",
    ]
    found = []
    for _ in names:
        name, outline = shown.tab()
        found.append(name)
        assert outline >= 1, f"no visible focus on {found[-1]!r}"
    assert all(wanted in name for wanted, name in zip(names, found)), f"the Tab key visits {found}"


def test_a_screen_reader_is_told_what_each_pixel_does(show):
    shown = show()
    said = [cell.get_attribute("aria-valuetext") for cell in shown.pixels.all()]
    assert said[1] == "75, room 97"
    assert said[2] == "172, the max"
    expect(shown.sentence).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(show, scheme, width):
    shown = show(scheme=scheme, width=width, window=4, edits=[(18, 28, 255), (19, 29, 0), (18, 29, 117), (18, 30, 118)])
    assert not (found := violations(shown.page)), "\n".join(found)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    small = shown.host.locator("button, select, [role=slider]").evaluate_all(
        """(all) => all.map((one) => [one.textContent, one.getBoundingClientRect()])
          .filter(([, box]) => box.width && Math.min(box.width, box.height) < 34)"""
    )
    assert not small, small


@pytest.mark.parametrize("side", [2, 3, 4])
def test_a_finger_has_room_for_each_pixel_and_sees_the_answer_below(show, side):
    shown = show(touch=True, width=360, height=578, window=side)
    boxes = [pixel.bounding_box() for pixel in shown.pixels.all()]
    assert min(min(box["width"], box["height"]) for box in boxes) > 43.5
    stage = shown.host.locator(".pool-stage").bounding_box()
    assert stage["height"] < 375 and shown.sentence.bounding_box()["y"] < stage["y"] + stage["height"]
    rest = [one.bounding_box()["height"] for one in shown.host.locator(".pool-side button").all()]
    assert min(rest) >= 44


def test_forced_colours_and_paper_keep_greys_ticks_and_the_frame_of_the_maximum(show):
    shown = show()
    greys = lambda: shown.pixels.evaluate_all("(all) => all.map((one) => getComputedStyle(one).backgroundColor)")
    before = greys()
    tick = shown.host.locator(".pool-pixels-tick").first
    shown.page.emulate_media(forced_colors="active")
    assert greys() == before == [f"rgb({value}, {value}, {value})" for value in (126, 75, 172, 161)]
    paint = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).boxShadow]"
    ground = shown.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert tick.evaluate(paint)[0] not in (ground, "rgba(0, 0, 0, 0)")
    frames = [one.evaluate(paint)[1] for one in shown.pixels.all()]
    assert [frame != "none" for frame in frames] == [False, False, True, False]
    shown.page.emulate_media(forced_colors="none", media="print")
    adjust = "(one) => getComputedStyle(one).printColorAdjust"
    track = shown.host.locator(".pool-pixels-track")  # its marks inherit it
    assert {track.evaluate(adjust), shown.pixels.first.evaluate(adjust)} == {"exact"}
    expect(shown.button("Shuffle")).to_be_hidden()
    expect(shown.sentence).to_be_visible()


# ---- Tasks ----


def tasked(show, n, **more):
    """The chapter's task n open, its answers covered."""
    shown = show(tasks=things_to_try, **more)
    shown.button(f"Task {n + 1}").click()
    return shown


def answers_are_hidden(shown):
    expect(shown.sentence).to_be_empty()
    expect(shown.sums).to_be_empty()
    expect(shown.host.locator(".pool-pointed")).to_be_empty()
    expect(shown.host.locator(".pool-pixels-label, .pool-pixels-max, .pool-pixels-mean")).to_have_count(0)
    expect(shown.host.locator(".pool-pixels-largest")).to_have_count(0)
    assert not re.search("room|the max|tied", shown.pixels.first.locator("xpath=..").inner_html())


@pytest.mark.parametrize(
    ("typed", "verdict", "mark"),
    [
        (("0", "5"), "✓ Right: 0, 5. The maximum", "done"),
        (("20", "5"), "1 of 2 right. You said 20, 5; it is 0, 5.", "seen"),
        (("20", "20"), "0 of 2 right. You said 20, 20; it is 0, 5.", "seen"),
    ],
    ids=["right", "half", "wrong"],
)
def test_a_typed_guess_is_judged_and_stays_over_a_reload(show, typed, verdict, mark):
    shown = tasked(show, 0)
    answers_are_hidden(shown)
    for name, text in zip(("max by", "mean by"), typed):
        shown.host.get_by_label(name).fill(text)
    shown.page.keyboard.press("Enter")
    said = shown.host.locator(".pool-task-said")
    expect(said).to_contain_text(verdict)
    shown.hold(126, 95, 172, 161)
    expect(shown.sentence).to_have_text("Row 0, column 1 raised by 20: maximum stays, mean +20 / 4 = +5.")
    shown.keeps(verdict)
    shown.page.reload()
    expect(said).to_contain_text(verdict)
    expect(shown.button(f"Task 1, {mark}")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize(
    ("how", "marks", "verdict"),
    [
        ("mouse", [5, 7], "✓ Right."),
        ("touch", [5], "1 of 2 right"),
        ("keys", [0, 7], "1 of 2 right"),
        ("keys", [0, 1], "0 of 2 right"),
    ],
)
def test_pixels_are_marked_by_mouse_finger_and_key_and_do_not_change_meanwhile(show, how, marks, verdict):
    shown = tasked(show, 3, **({"touch": True, "width": 360, "height": 740} if how == "touch" else {}))
    expect(shown.pixels).to_have_count(9)
    answers_are_hidden(shown)
    before = shown.values()
    for n in [*marks, 3, 3]:  # one is marked, and taken back
        if how == "mouse":
            shown.drag(shown.middle(n), shown.middle(n))
        elif how == "touch":
            shown.page.touchscreen.tap(*shown.middle(n))
        else:
            shown.pixels.nth(n).focus()
            shown.page.keyboard.press("Enter")
    marked = [f"Pixel in row {n // 3}, column {n % 3}, marked" for n in sorted(marks)]
    expect(shown.host.locator(".pool-pixels-marked")).to_have_count(len(marks))
    names = [one.get_attribute("aria-label") for one in shown.host.locator(".pool-pixels-marked").all()]
    assert names == marked and shown.values() == before
    assert shown.pixels.nth(marks[0]).get_attribute("aria-valuetext").endswith(", Enter takes the mark away")
    assert shown.pixels.nth(3).get_attribute("aria-valuetext") == f"{before[3]}, Enter marks it"
    shown.button("Uncover").click()
    expect(shown.host.locator(".pool-task-said")).to_contain_text(verdict)
    expect(shown.host.locator(".pool-pixels-largest")).to_have_count(2)
    shown.pixels.nth(0).focus()
    shown.page.keyboard.press("ArrowUp")
    expect(shown.pixels.nth(0)).to_have_attribute("aria-valuenow", str(before[0] + 1))


def test_a_choice_is_judged(show):
    shown = tasked(show, 4)
    answers_are_hidden(shown)
    shown.button("both").click()
    shown.button("Uncover").click()
    expect(shown.host.locator(".pool-task-said")).to_contain_text("You said both; it is none. Neither asks where")
    shown.button("Try again").click()
    shown.button("none").click()
    shown.button("Uncover").click()
    expect(shown.host.locator(".pool-task-said")).to_contain_text("✓ Right: none.")


def test_the_goal_is_reached_by_keys_and_seen_to_be(show):
    shown = tasked(show, 5)
    count = shown.host.locator(".pool-task-count")
    expect(count).to_have_text("0 of 20")
    for n, key, times in [(2, "ArrowUp", 20), (3, "PageDown", 2)]:
        shown.pixels.nth(n).focus()
        for _ in range(times):
            shown.page.keyboard.press(key)
    expect(shown.host.locator(".pool-task-said")).to_contain_text("✓ Done.")
    expect(count).to_be_empty()
    shown.hold(126, 75, 192, 141)
    shown.button("Reset").click()
    expect(shown.button("Task 6, done")).to_be_visible()


def test_the_maximum_flies_to_the_line_unless_motion_is_reduced(show):
    count = "() => { window.flown = 0; const old = Element.prototype.animate; " + (
        "Element.prototype.animate = function (...how) { window.flown++; return old.apply(this, how); }; }"
    )
    for motion, flights in [("no-preference", 1), ("reduce", 0)]:
        shown = show(motion=motion)
        shown.page.evaluate(count)
        shown.pixels.nth(0).focus()
        shown.page.keyboard.press("End")
        shown.hold(255, 75, 172, 161)
        shown.page.wait_for_timeout(300)
        assert shown.page.evaluate("window.flown") == flights, motion
        expect(shown.host.locator(".pool-flying")).to_have_count(0)
        shown.drag(shown.middle(0), (shown.middle(0)[0], shown.middle(0)[1] + 40))  # not while it is dragged
        shown.hold(215, 75, 172, 161)
        assert shown.page.evaluate("window.flown") == flights, motion


# ---- Photos ----


def test_another_photo_comes_without_the_changes(show):
    shown = show(edits=[(18, 28, 255)])
    shown.host.get_by_text("Another photo").click()
    shown.host.get_by_role("combobox", name="Photo").select_option("coffee")
    shown.hold(*small_photos()["coffee"][18:20, 28:30].ravel().tolist())
    shown.host.get_by_role("combobox", name="Photo").select_option("camera")
    shown.hold(126, 75, 172, 161)


def landscape():
    """A picture 300 x 200: a black and a white half, and grey ends that the square in the middle leaves out."""
    picture = np.full((200, 300), 128, np.uint8)
    picture[:, 50:150], picture[:, 150:250] = 0, 255
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_reader_s_photo_is_shown_and_joins_the_menu(show, over):
    shown = show(over=over)
    shown.host.get_by_text("Another photo").click()
    with shown.page.expect_file_chooser() as chooser:
        shown.button("Use my photo").click()
    chooser.value.set_files({"name": "mine.png", "mimeType": "image/png", "buffer": landscape()})
    menu = shown.host.get_by_role("combobox", name="Photo")
    expect(menu).to_have_value("photo")
    for key, low, high in [("Home", 0, 20), ("End", 235, 255)]:
        shown.photo.focus()
        shown.page.keyboard.press(key)
        shown.at(*{"Home": (0, 0), "End": (62, 62)}[key])
        assert low <= min(shown.values()) <= max(shown.values()) <= high
    shown.button("Reset").click()
    expect(menu).to_have_value("camera")
    shown.hold(126, 75, 172, 161)


def test_a_file_that_is_no_image_is_named_and_changes_nothing(show):
    shown = show()
    drop(shown.host, "notes.txt", "text/plain", b"no pixels")
    expect(shown.host.get_by_role("alert")).to_contain_text("“notes.txt” is not an image")
    shown.hold(126, 75, 172, 161)
