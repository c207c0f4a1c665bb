"""One window on a page: every way to set a bar, a limit and a draw, against what Python says."""

import io
import re

import pytest
from browser import violations
from budget import crossed
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, drop, scrolled_beyond, settled, swipe

from pooling_book.chapters.try10 import windows_to_try
from pooling_book.widgets.family import NAMES
from pooling_book.widgets.one_window import OneWindow

ROWS = {
    "power": re.compile(r"^power mean, p = "),
    "soft": re.compile(r"^softmax, T = "),
    "stochastic": re.compile(r"^stochastic, expected"),
}


class ShownWindow(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "one-window")
        self.photo = self.canvas(0)
        self.p, self.T = (self.host.get_by_role("slider", name=name) for name in ("Power p", "Temperature T"))

    def bar(self, n):
        return self.host.locator(".pool-one-bar").nth(n)

    def row(self, method):
        name = ROWS.get(method, re.compile(f"^{NAMES[method]}"))
        return self.host.get_by_role("listitem").filter(has_text=name).first

    def says(self, python):
        """Wait until bars, numbers and marks agree with the Python widget."""
        for n, value in enumerate(python.values.tolist()):
            expect(self.bar(n)).to_have_attribute("aria-valuenow", str(value))
        for method, answer in python.answers.items():
            expect(self.row(method).locator("b")).to_have_text(re.compile(r"^\d+(\.\d)?$"))
            self.page.wait_for_function(
                """([row, answer]) => Math.abs(Number(row.querySelector("b").textContent) - answer) <= 0.0501
                  && Math.abs(parseFloat(row.querySelector(".pool-one-mark").style.left) - answer / 2.55) < 0.1""",
                arg=[self.row(method).element_handle(), answer],
            )


@pytest.fixture
def show(show_each):
    made = lambda **settings: OneWindow(**{"corner": (18, 28), **settings})
    return show_each(ShownWindow, made, height=1000)


def python(**settings):
    return OneWindow(**{"corner": (18, 28), **settings})


def spot(shown, n, value):
    """Where on the page the end of a bar of that value is."""
    track = shown.bar(n).locator(".pool-one-track")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    return box["x"] + box["width"] * value / 255, box["y"] + box["height"] / 2


def test_it_opens_as_python_made_it(show):
    for settings in (
        dict(),
        dict(window=3, power=float("-inf"), temperature=float("inf")),
        dict(bars=[0, 255, 10, 10], power=-2, temperature=0, source="cat"),
    ):
        show(**settings).says(python(**settings))


def test_the_mouse_drags_a_bar_and_stops_at_the_ends(show):
    shown = show()
    shown.page.mouse.move(*spot(shown, 1, 76))
    shown.page.mouse.down()
    for value, wanted in ((100, None), (300, 255), (-40, 0)):
        shown.page.mouse.move(*spot(shown, 1, value), steps=4)
        if wanted is not None:
            shown.says(python(bars=[126, wanted, 172, 161]))
    shown.page.mouse.up()
    shown.page.mouse.move(*spot(shown, 1, 200))
    shown.says(python(bars=[126, 0, 172, 161]))
    expect(shown.sentence).to_have_text("Minimum 0, median 143.5, average 114.8, maximum 172.")
    shown.button("Put back").click()
    shown.says(python())


def test_keys_move_bars_and_the_frame_and_nothing_else(show):
    shown = show()
    shown.bar(1).focus()
    for key, value in (
        ("ArrowUp", 76),
        ("ArrowRight", 77),
        ("ArrowDown", 76),
        ("PageUp", 86),
        ("Home", 0),
        ("End", 255),
    ):
        shown.page.keyboard.press(key)
        shown.says(python(bars=[126, value, 172, 161]))
    top = shown.page.evaluate("scrollY")
    shown.photo.focus()
    for key, corner in (("ArrowDown", (19, 28)), ("Shift+ArrowRight", (19, 36)), ("End", (62, 62)), ("Home", (0, 0))):
        shown.page.keyboard.press(key)
        shown.says(python(corner=corner))
    assert shown.page.evaluate("scrollY") == top


def test_the_frame_is_dragged_over_the_photo_and_a_wider_window_has_more_bars(show):
    shown = show()
    shown.page.mouse.move(*shown.place(shown.photo, 19, 29, 64, 64))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.place(shown.photo, 31, 41, 64, 64), steps=4)
    shown.page.mouse.up()
    shown.says(python(corner=(30, 40)))
    shown.button("3 × 3").click()
    shown.says(python(corner=(30, 40), window=3))
    expect(shown.host.locator(".pool-one-bar")).to_have_count(9)
    shown.photo.focus()
    shown.page.keyboard.press("End")
    shown.says(python(corner=(61, 61), window=3))
    shown.button("Reset").click()
    shown.says(python())


def test_the_sliders_and_their_names_lead_to_the_limits(show):
    shown = show()
    for name, power, what in (
        ("p = −∞ · minimum", float("-inf"), "75, this is the minimum."),
        ("p = 0 · geometric mean", 0, "127.2, this is the geometric mean."),
        ("p = 1 · average", 1, "133.5, this is the average."),
        ("p = 2 · root mean square", 2, "138.7, this is the root mean square."),
        ("p = ∞ · maximum", float("inf"), "172, this is the maximum."),
    ):
        shown.button(name).click()
        shown.says(python(power=power))
        expect(shown.sentence).to_contain_text(what)
        expect(shown.button(name)).to_have_attribute("aria-pressed", "true")
        expect(shown.p).to_have_attribute("aria-valuetext", name.removeprefix("p = "))
    shown.p.press("ArrowLeft")
    shown.says(python(power=100))
    expect(shown.sentence).to_contain_text("between root mean square and maximum")
    for name, temperature in (("T = 0 · maximum", 0), ("T = ∞ · average", float("inf"))):
        shown.button(name).click()
        shown.says(python(power=100, temperature=temperature))
    shown.T.press("ArrowLeft")
    shown.says(python(power=100, temperature=1000))


def test_what_is_drawn_is_marked_and_counted_until_the_bars_change(show):
    shown = show(bars=[0, 0, 90, 0])
    mark = shown.host.locator(".pool-one-last")
    expect(mark).to_be_hidden()
    shown.button("Draw once").click()
    expect(shown.sentence).to_have_text("Drawn: 90. 1 draw, mean 90; expected 90.")
    expect(mark).to_be_visible()
    shown.button("Draw 100").click()
    expect(shown.sentence).to_have_text("Drawn: 90. 101 draws, mean 90; expected 90.")
    shown.bar(0).focus()
    shown.page.keyboard.press("End")
    expect(mark).to_be_hidden()
    shown.button("Draw 100").click()
    expect(shown.sentence).to_have_text(re.compile(r"^Drawn: (90|255)\. 100 draws, mean [\d.]+; expected 212\.$"))


def test_a_photo_of_the_reader_s_own_brings_its_own_pixels(show):
    shown = show(bars=[1, 2, 3, 4])
    content = io.BytesIO()
    Image.new("L", (80, 64), 140).save(content, "PNG")
    drop(shown.host, "grey.png", "image/png", content.getvalue())
    for n in range(4):
        expect(shown.bar(n)).to_have_attribute("aria-valuenow", "140")
    drop(shown.host, "song.mp3", "audio/mpeg", b"no image")
    expect(shown.host.get_by_role("alert")).to_contain_text("song.mp3")


# ---- Things to try ----


def test_an_open_guess_covers_every_answer(show):
    shown = show(tasks=windows_to_try, task=0)
    expect(shown.sentence).to_have_text("The answers are covered until you uncover your guess.")
    for still in (shown.bar(0), shown.p, shown.button("Draw 100"), shown.photo):  # what is asked about
        assert still.evaluate("(one) => one.closest('[inert]') !== null")
    answers = shown.host.locator(".pool-one-answers")
    assert not re.search(r"\d", answers.locator("ul").inner_text().replace("p = 3", "").replace("T = 20", ""))
    expect(answers.locator(".pool-one-mark:visible")).to_have_count(0)
    shown.button("Uncover").click()
    expect(shown.said).to_have_text("Choose what holds first; none may hold.")
    guess = shown.host.get_by_role("group", name="Your guess")
    for name in ("minimum", "geometric mean"):
        guess.get_by_role("button", name=name, exact=True).click()
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right: minimum, geometric mean.")
    shown.says(python(corner=(11, 20), bars=[203, 62, 119, 0]))
    was = [shown.bar(n).locator(".pool-one-was") for n in range(4)]
    expect(was[3]).to_be_visible()  # the photo has 19 there
    expect(was[0]).to_be_hidden()
    shown.p.press("ArrowRight")
    shown.says(python(corner=(11, 20), bars=[203, 62, 119, 0], power=4))


def test_a_guess_is_judged_by_the_scene_of_its_task(show):
    shown = show(tasks=windows_to_try, task=1)
    grey = io.BytesIO()
    Image.new("L", (64, 64), 140).save(grey, "PNG")
    drop(shown.host, "grey.png", "image/png", grey.getvalue())
    expect(shown.bar(0)).to_have_attribute("aria-valuenow", "140")
    shown.host.get_by_role("textbox", name="Your guess").fill("200")
    shown.uncover()
    expect(shown.said).to_have_text(f"✓ Right: 200. {windows_to_try[1]['then']}")


def test_the_goals_are_seen_to_be_reached(show):
    shown = show(tasks=windows_to_try)
    shown.task(4).click()
    shown.button("p = ∞ · maximum").click()
    settled(shown.page)
    expect(shown.said).to_be_empty()  # that is the maximum itself
    shown.p.press("ArrowLeft")
    expect(shown.said).to_contain_text("✓ Done.")
    shown.task(5).click()
    for _ in range(4):
        shown.T.press("ArrowRight")
    shown.says(python(corner=(11, 20), temperature=70))
    expect(shown.said).to_be_empty()
    shown.T.press("ArrowRight")
    expect(shown.said).to_contain_text("✓ Done.")
    expect(shown.button("Task 5, done")).to_have_attribute("aria-pressed", "true")


# ---- Fingers, narrow screens, motion, words ----


def test_a_finger_that_goes_sideways_sets_a_bar_and_one_that_goes_up_scrolls(show):
    tall = "<p style='height:900px'>Text</p>"
    shown = show(width=360, height=640, touch=True, before=tall, after=tall)
    x, y = spot(shown, 2, 100)
    swipe(shown.page, (x, y), spot(shown, 2, 60))
    shown.says(python(bars=[126, 75, 60, 161]))
    x, y = spot(shown, 2, 100)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, (x, y), (x, y - 150))
    scrolled_beyond(shown.page, home + 40)
    shown.says(python(bars=[126, 75, 60, 161]))


def test_cause_and_effect_are_on_one_small_screen(show):
    tall = "<p style='height:900px'>Text</p>"
    for window in (2, 3):
        shown = show(width=360, height=640, touch=True, window=window, before=tall, after=tall)
        stage = shown.host.locator(".pool-stage")
        for control in (shown.p, shown.T, shown.button("Draw once"), shown.photo):
            control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
            settled(shown.page)
            box, at = stage.bounding_box(), control.bounding_box()
            assert box["y"] >= 0 and box["y"] + box["height"] <= at["y"] and at["y"] + at["height"] <= 640.5
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_marks_glide_and_not_for_who_wants_less_motion(show):
    def places(motion):
        shown = show(motion=motion)
        shown.row("power").evaluate("""(row) => {
          const mark = row.querySelector(".pool-one-mark");
          window.places = new Set([mark.style.left]);
          const look = () => { window.places.add(mark.style.left); requestAnimationFrame(look); };
          requestAnimationFrame(look);
        }""")
        shown.button("p = −∞ · minimum").click()
        shown.says(python(power=float("-inf")))
        return shown.page.evaluate("window.places.size")

    assert places("reduce") == 2 and places("no-preference") > 2


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing(show, scheme, width):
    shown = show(tasks=windows_to_try, scheme=scheme, width=width, window=3)
    for summary in shown.host.locator("summary").all():
        summary.click()
    found = violations(shown.page)
    assert not found, "\n".join(found)


def test_every_control_is_reached_by_the_tab_key_and_shows_it(show):
    shown = show()
    names = []
    while len(names) < 30 and not (names and names[-1].startswith("Link")):
        name, outline = shown.tab()
        assert outline >= 2, name
        names.append(name)
    assert names[:4] == [f"Pixel in row {n // 2}, column {n % 2}" for n in range(4)]
    assert {"Power p", "Temperature T", "Draw once", "p = 0 · geometric mean", "Put back"} <= set(names)


@pytest.mark.parametrize("width", [790, 360])
def test_its_place_is_kept_for_every_task(show, width):
    shown = show(tasks=windows_to_try, width=width, touch=width == 360)

    def guess(task):
        field = shown.host.locator(".pool-guess-place")
        if task["guess"] == "answer":
            field.get_by_role("textbox").fill("100")
        else:
            field.get_by_role("button").first.click()

    kept, _ = shown.kept()
    for needed in shown.needed_by(windows_to_try, guess):
        assert needed <= kept + 1, f"{needed} of {kept} pixels"
