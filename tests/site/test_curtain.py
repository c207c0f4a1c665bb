"""The curtain on a page: every way to move it, both results in pixels, and its words, against what Python says."""

import base64
import io
import re

import numpy as np
import pytest
from browser import violations
from budget import crossed
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, drop, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try10 import photos_to_compare
from pooling_book.widgets.curtain import TITLES, Curtain


class ShownCurtain(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "curtain")
        self.picture = self.canvas(0)
        self.detail = self.host.locator(".pool-detail")

    def says(self, python):
        """Wait until menus, curtain and sentence agree with the Python widget."""
        expect(self.picture).to_have_attribute("aria-valuenow", str(python.at))
        expect(self.menu("Left")).to_have_value(python.left)
        expect(self.menu("Right")).to_have_value(python.right)
        size = f"{python.outputs[0].shape[0]} × {python.outputs[0].shape[1]} outputs of windows of "
        expect(self.detail).to_contain_text(f"{size}{python.window} × {python.window}.")
        found = python.compared
        if not found["most"]:
            return expect(self.sentence).to_have_text("The two are the same, number for number.")
        expect(self.sentence).to_have_text(re.compile(r"^On average [\d.]+ grey levels apart, at most [\d.]+\.$"))
        apart, most = map(float, re.findall(r"\d+\.\d+|\d+", self.sentence.inner_text()))
        assert abs(apart - found["apart"]) <= 0.051 and abs(most - found["most"]) <= 0.051, (apart, most, found)
        said = self.detail.inner_text()
        for name, value in zip(("left", "right", "photo"), re.findall(r": (\d+(?:\.\d)?)(?=[;.] )", said)):
            assert abs(float(value) - found[name]) <= 0.051, (said, found)

    def greys(self):
        """The grey of each output as it is drawn, as many as there are."""
        settled(self.page)
        url = self.picture.evaluate("(canvas) => canvas.toDataURL()")
        return np.array(Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB"), int)

    def across(self, share):
        """Where on the page a place of the picture is, so far from its left."""
        self.picture.scroll_into_view_if_needed()
        x, y, width, height = self.cells(self.picture)
        return x + share * width, y + 0.3 * height


@pytest.fixture
def show(show_each):
    return show_each(ShownCurtain, Curtain, height=1000)


def test_it_opens_as_python_made_it(show):
    for settings in (
        dict(),
        dict(left="power", right="soft", power=float("-inf"), temperature=float("inf"), window=5, at=10),
        dict(left="stochastic", right="stochastic", seed=3, source="grass"),
        dict(left="max_blur", right="subsample", window=8, at=100),
    ):
        show(**settings).says(Curtain(**settings))


def test_left_of_the_curtain_stands_the_left_result_and_right_of_it_the_right_one(show):
    shown = show(left="min", right="max", window=8, at=50)
    left, right = Curtain(left="min", right="max", window=8).outputs
    greys, side = shown.greys(), 8
    edge = (int(shown.picture.get_attribute("data-edge") or 0)) or 0
    cell = (greys.shape[0] - 2 - 2 * edge) / side
    for row in (0, 3, 7):
        for column in range(side):
            y, x = (round(edge + (place + 0.3) * cell) for place in (row, column))
            wanted = (left if column < side / 2 else right)[row, column]
            assert np.abs(greys[y, x] - wanted).max() <= 1, (row, column)


def test_the_mouse_drags_the_curtain_and_it_stops_at_the_edges(show):
    shown = show()
    shown.page.mouse.move(*shown.across(0.5))
    shown.page.mouse.down()
    for share, at in ((0.25, 25), (0.8, 80), (1.2, 100), (-0.3, 0)):
        shown.page.mouse.move(*shown.across(share), steps=4)
        shown.says(Curtain(at=at))
    shown.page.mouse.up()
    shown.page.mouse.move(*shown.across(0.7))
    shown.says(Curtain(at=0))


def test_keys_move_the_curtain(show):
    shown = show()
    shown.picture.focus()
    for key, at in (("ArrowRight", 51), ("Shift+ArrowRight", 61), ("ArrowLeft", 60), ("End", 100), ("Home", 0)):
        shown.page.keyboard.press(key)
        shown.says(Curtain(at=at))
        expect(shown.picture).to_have_attribute("aria-valuetext", re.compile(rf"^Average on {at} % from the left, max"))


def test_the_controls_set_methods_window_and_what_belongs_to_a_method(show):
    shown = show()
    p, T = (shown.host.get_by_role("slider", name=name) for name in ("Power p", "Temperature T"))
    expect(p).to_be_hidden()
    expect(shown.button("Draw anew")).to_be_hidden()
    shown.menu("Left").select_option(TITLES["power"])
    shown.button("p = −∞ · minimum").click()
    expect(T).to_be_hidden()
    shown.menu("Right").select_option(TITLES["soft"])
    shown.button("T = 0 · maximum").click()
    shown.host.get_by_role("slider", name="Window").fill("6")
    shown.says(Curtain(left="power", right="soft", power=float("-inf"), temperature=0, window=6))
    assert (
        Curtain(left="min", right="max", window=6).compared
        == Curtain(left="power", right="soft", power=float("-inf"), temperature=0, window=6).compared
    )
    shown.button("Swap").click()
    shown.says(Curtain(left="soft", right="power", power=float("-inf"), temperature=0, window=6))
    shown.menu("Left").select_option(TITLES["stochastic"])
    shown.menu("Right").select_option(TITLES["stochastic"])
    expect(p).to_be_hidden()
    shown.menu("Photo").select_option("brick")
    shown.says(Curtain(source="brick", left="stochastic", right="stochastic", window=6))
    shown.menu("Right").select_option(TITLES["avg"])
    shown.button("Draw anew").click()
    shown.says(Curtain(source="brick", left="stochastic", right="avg", window=6, seed=1))
    shown.button("Reset").click()
    shown.says(Curtain())


def test_a_photo_of_the_reader_s_own_is_pooled(show):
    shown = show(left="min", right="max", window=4)
    grey = np.tile(np.array([[40, 200]], np.uint8).repeat(2, axis=0).repeat(2, axis=1), (32, 16))
    content = io.BytesIO()
    Image.fromarray(grey).save(content, "PNG")
    drop(shown.host, "stripes.png", "image/png", content.getvalue())
    expect(shown.menu("Photo")).to_have_value("photo")
    expect(shown.sentence).to_have_text("On average 160 grey levels apart, at most 160.")
    drop(shown.host, "song.mp3", "audio/mpeg", b"no image")
    expect(shown.host.get_by_role("alert")).to_contain_text("song.mp3")


# ---- Things to try ----


def test_an_open_guess_covers_the_right_result(show):
    shown = show(tasks=photos_to_compare, task=0)
    expect(shown.sentence).to_have_text("The right result is covered until you uncover your guess.")
    expect(shown.picture).to_have_attribute("aria-valuetext", re.compile("covered on the other 50 %$"))
    assert "150" not in shown.host.inner_text()
    for still in (shown.menu("Left"), shown.host.get_by_role("slider", name="Window")):  # what is asked about
        assert still.evaluate("(one) => one.closest('[inert]') !== null")
    assert shown.picture.evaluate("(one) => one.closest('[inert]') === null")
    # No grey of the photo is right of the curtain: paper and lines.
    half = shown.greys()
    half = half[40:90, half.shape[1] // 2 + 20 : -20]
    assert (
        len(np.unique(half.reshape(-1, 3), axis=0)) > 1 and (half.max(axis=(0, 1)) - half.min(axis=(0, 1))).max() > 60
    )
    shown.host.get_by_role("textbox", name="Your guess").fill("155")
    shown.uncover()
    expect(shown.said).to_contain_text("✓ Right: 150.67.")
    shown.says(Curtain(window=4))


def test_the_goals_are_seen_to_be_reached(show):
    shown = show(tasks=photos_to_compare)
    shown.task(4).click()
    shown.button("T = 0 · maximum").click()
    settled(shown.page)
    expect(shown.said).to_be_empty()  # that is the maximum itself
    for _ in range(3):
        shown.host.get_by_role("slider", name="Temperature T").press("ArrowRight")
    expect(shown.said).to_contain_text("✓ Done.")
    shown.task(5).click()
    shown.menu("Right").select_option(TITLES["avg"])
    settled(shown.page)
    expect(shown.said).to_be_empty()
    shown.menu("Right").select_option(TITLES["rms"])
    expect(shown.said).to_contain_text("✓ Done.")


# ---- Fingers, narrow screens, words, time ----


def test_a_finger_that_goes_sideways_moves_the_curtain_and_one_that_goes_up_scrolls(show):
    tall = "<p style='height:900px'>Text</p>"
    shown = show(width=360, height=640, touch=True, before=tall, after=tall)
    swipe(shown.page, shown.across(0.5), shown.across(0.2))
    shown.says(Curtain(at=20))
    home = shown.page.evaluate("scrollY")
    x, y = shown.across(0.6)
    swipe(shown.page, (x, y), (x, y - 150))
    scrolled_beyond(shown.page, home + 40)
    shown.says(Curtain(at=20))


def test_cause_and_effect_are_on_one_small_screen(show):
    tall = "<p style='height:900px'>Text</p>"
    shown = show(left="power", right="soft", width=360, height=640, touch=True, before=tall, after=tall)
    stage = shown.host.locator(".pool-stage")
    for name in ("Window", "Power p", "Temperature T"):
        control = shown.host.get_by_role("slider", name=name)
        control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        settled(shown.page)
        box, at = stage.bounding_box(), control.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= at["y"] and at["y"] + at["height"] <= 640.5, name
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing(show, scheme, width):
    shown = show(tasks=photos_to_compare, left="power", right="soft", scheme=scheme, width=width)
    shown.host.locator("summary").first.click()
    found = violations(shown.page)
    assert not found, "\n".join(found)


def test_every_control_is_reached_by_the_tab_key_and_shows_it(show):
    shown = show(left="power", right="stochastic")
    names = []
    while len(names) < 30 and not (names and names[-1].startswith("Link")):
        name, outline = shown.tab()
        assert outline >= 2, name
        names.append(name)
    assert names[2].startswith("Curtain between the two results: arrow keys move it")
    assert {"Window", "Power p", "p = 1 · average", "Swap", "Draw anew", "Reset"} <= set(names)


@pytest.mark.parametrize("width", [790, 360])
def test_its_place_is_kept_for_every_task(show, width):
    shown = show(tasks=photos_to_compare, width=width, touch=width == 360)

    def guess(task):
        field = shown.host.locator(".pool-guess-place")
        if task["guess"] == "brightness":
            field.get_by_role("textbox").fill("100")
        else:
            field.get_by_role("button").first.click()

    kept, _ = shown.kept()
    for needed in shown.needed_by(photos_to_compare, guess):
        assert needed <= kept + 1, f"{needed} of {kept} pixels"


def test_the_curtain_follows_the_pointer_at_once(show):
    shown = show(left="median", right="soft", window=2)

    def drag():
        shown.page.mouse.move(*shown.across(0.1))
        shown.page.mouse.down()
        for n in range(40):
            shown.page.mouse.move(*shown.across(0.1 + 0.02 * n))
        shown.page.mouse.up()

    assert time_of_a_redraw(shown.page, drag, at_least=10) < 8
