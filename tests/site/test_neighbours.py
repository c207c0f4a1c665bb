"""The nearest neighbours of a digit on a page: by mouse, finger and keyboard, against what Python says."""

import json
import re

import numpy as np
import pytest
from browser import violations
from budget import besides
from feel import longest
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, settled, swipe, time_of_a_redraw

from pooling_book.chapters.try04 import things_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.neighbours import Neighbours, images_of, letters_of

NAMES = {"none": "None", "max": "Maximum", "avg": "Average", "subsample": "Subsample"}


class ShownNeighbours(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "neighbours")
        self.grid, self.output = self.canvas(0), self.canvas(1)
        self.score, self.worked = (self.host.locator(f".pool-neighbours-{name}") for name in ("score", "worked"))
        self.labels = self.host.locator(".pool-neighbours-row p")

    def slider(self, name):
        return self.host.get_by_role("slider", name=re.compile(rf"^{name}( \d)?$"))

    def set(self, name, value):
        self.slider(name).fill(str(value))

    def pixels(self):
        return np.array(self.table(self.grid), dtype=int)

    def point(self, row, column):
        """Where on the page the middle of a pixel of the grid is."""
        return self.place(self.grid, row + 0.5, column + 0.5, 8, 8)

    def agrees(self, python):
        """Wait until everything shown is what the Python widget says."""
        cost = f"400 × {python.pooled.size} = {python.multiplications:,} multiplications"
        expect(self.score).to_contain_text(f"{python.right} of 50 unpushed test digits are right, at {cost}")
        votes = lambda n: ", votes" * (n < python.voters)
        nearest = enumerate(python.neighbours)
        expect(self.labels).to_have_text(
            [f"{label} {shortened(distance)}{votes(n)}" for n, (label, distance) in nearest]
        )
        rows = self.output.locator("xpath=..").locator("tr:has(th[scope=row])")
        expect(rows).to_have_text([f"{i}{''.join(map(two_decimals, row))}" for i, row in enumerate(python.pooled)])
        expect(self.sentence).to_contain_text(f"is taken for a{'n' if python.verdict == 8 else ''} {python.verdict}")


def shortened(distance):
    """A distance with one decimal, as the page writes it."""
    return f"{distance:.1f}".removesuffix(".0")


@pytest.fixture
def show(show_each):
    return show_each(ShownNeighbours, Neighbours, height=1000)


# ---- Mouse ----


def test_it_opens_as_python_made_it(show):
    for settings in (dict(digit=48), dict(digit=7, method="avg", window=3, stride=2, voters=3)):
        shown = show(**settings)
        shown.agrees(Neighbours(**settings))
        np.testing.assert_array_equal(shown.pixels(), Neighbours(**settings).x)


def test_the_controls_set_method_window_stride_and_voters(show):
    shown = show(digit=8)
    expect(shown.slider("Window")).to_be_hidden()
    shown.button("Maximum").click()
    expect(shown.button("Maximum")).to_have_attribute("aria-pressed", "true")
    shown.agrees(Neighbours(digit=8, method="max"))
    shown.set("Window", 3)
    shown.set("Stride", 1)
    shown.button("3 neighbours vote").click()
    shown.agrees(Neighbours(digit=8, method="max", window=3, stride=1, voters=3))
    expect(shown.sentence).to_contain_text("the three nearest: ")
    shown.button("Subsample").click()
    expect(shown.slider("Window")).to_be_hidden()
    shown.set("Stride", 3)
    shown.agrees(Neighbours(digit=8, method="subsample", window=3, stride=3, voters=3))
    shown.button("Reset").click()
    shown.agrees(Neighbours(digit=8))


def test_next_and_previous_go_round_the_test_digits(show):
    shown = show(digit=49)
    shown.button("Next test digit").click()
    shown.agrees(Neighbours(digit=0))
    shown.button("Previous test digit").click()
    shown.button("Previous test digit").click()
    shown.agrees(Neighbours(digit=48))


def test_a_push_moves_the_ink_and_what_leaves_is_gone(show):
    shown = show(digit=8)
    before = Neighbours(digit=8).x
    shown.button("Push the digit one pixel down").click()
    shown.button("Push the digit one pixel to the left").click()
    expect(shown.sentence).to_contain_text(", pushed 1 down and 1 to the left,")
    after = np.zeros_like(before)
    after[1:, :-1] = before[:-1, 1:]
    np.testing.assert_array_equal(shown.pixels(), after)
    python = Neighbours(digit=8)
    python.pixels = letters_of(after)
    shown.agrees(python)
    shown.button("Push the digit one pixel up").click()
    expect(shown.sentence).to_contain_text(", pushed 1 to the left,")
    after[:-1], after[-1] = after[1:].copy(), 0
    np.testing.assert_array_equal(shown.pixels(), after)


def test_a_line_spells_out_the_distance(show):
    shown = show(digit=48, method="avg", window=4)
    text = shown.worked.inner_text()
    shape = re.search(r"nearest: √\((.+?)( \+ …)?\) = ([\d.]+); (\d+) of the (\d+) numbers differ", text)
    python = Neighbours(digit=48, method="avg", window=4)
    assert float(shape[3]) == pytest.approx(python.neighbours[0][1], abs=0.05)
    nearest = python._squares(python.x[None])[0].argmin()
    terms = abs(python.pooled - python._features(images_of(python.train["pixels"]))[nearest] / 16).ravel()
    terms = terms[terms > 0]
    assert [float(term.removesuffix("²")) for term in shape[1].split(" + ")] == pytest.approx(
        terms[:3].tolist(), abs=0.0051
    )
    assert int(shape[4]) == len(terms) and int(shape[5]) == python.pooled.size


def test_the_mouse_paints_with_a_soft_brush(show):
    shown = show(digit=48)
    shown.button("Draw").click()
    expect(shown.sentence).to_have_text(re.compile("^The grid is empty"))
    expect(shown.host.locator("[data-votes=true]")).to_have_count(0)
    shown.page.mouse.move(*shown.point(1, 1))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(6, 1), steps=12)
    shown.page.mouse.up()
    shown.page.mouse.move(*shown.point(4, 6))
    expect(shown.sentence).to_have_text(re.compile("^Your digit is taken for a"))
    pixels = shown.pixels()
    assert (
        (pixels[1:7, 1] == 16).all()
        and (0 < pixels[2:6, 2]).all()
        and (pixels[2:6, 2] < 16).all()
        and not pixels[:, 4:].any()
    )
    python = Neighbours()
    python.pixels = letters_of(pixels)
    shown.agrees(python)
    shown.button("Reset").click()
    shown.agrees(Neighbours(digit=48))
    expect(shown.button("Draw")).to_have_attribute("aria-pressed", "false")


# ---- Finger ----


def test_a_finger_scrolls_the_page_until_draw_is_pressed_and_then_paints(show):
    shown = show(touch=True, width=360, height=740, after='<p style="height:1500px">Much more to read.</p>')
    before = shown.pixels()
    swipe(shown.page, shown.point(7, 4), shown.point(1, 4))
    scrolled_beyond(shown.page, 40)
    np.testing.assert_array_equal(shown.pixels(), before)
    shown.button("Draw").tap()
    expect(shown.sentence).to_have_text(re.compile("^The grid is empty"))
    start, end = shown.point(6, 4), shown.point(1, 4)
    scrolled = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, steps=14)
    expect(shown.sentence).to_have_text(re.compile("^Your digit"))
    assert (shown.pixels()[1:7, 4] == 16).all()
    assert shown.page.evaluate("scrollY") == scrolled
    for button in shown.host.get_by_role("button").all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 44, button.inner_text()


# ---- Keyboard, screen reader, colours ----


def test_keys_move_a_cursor_and_toggle_ink(show):
    shown = show()
    heard = (
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    shown.page.evaluate(heard)
    shown.grid.focus()
    before = shown.pixels()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "Space"):
        shown.page.keyboard.press(key)
    expect(shown.sentence).to_have_text(re.compile("^Your digit"))
    after = before.copy()
    after[1, 1] = 0 if before[1, 1] else 16
    np.testing.assert_array_equal(shown.pixels(), after)
    shown.page.keyboard.press("Space")
    expect(shown.host.locator(".pool-neighbours figcaption").first).to_have_text("Your digit, 8 × 8")
    settled(shown.page)
    assert shown.pixels()[1, 1] == (0 if after[1, 1] else 16)
    assert shown.page.evaluate("window.heard") == [], "keys leak to the page around"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme):
    shown = show(scheme=scheme, width=360, height=740, digit=8, method="avg", voters=3, tasks=things_to_try)
    assert not violations(shown.page)
    for width in (360, 320):
        shown.page.set_viewport_size({"width": width, "height": 740})
        settled(shown.page)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
        tops = shown.host.locator(".pool-neighbours-row > *").evaluate_all("(all) => all.map((one) => one.offsetTop)")
        assert len(tops) == 5 and len(set(tops)) == 1, "the five do not stand in one row"
    assert shown.host.locator("[aria-live]:visible:not(.pool-task-text)").count() == 1, "a change is said once"
    expect(shown.host.get_by_role("group", name="Nearest neighbours of a digit")).to_be_visible()


def test_it_lives_on_a_page_from_the_disk_and_redraws_within_a_frame(show):
    shown = show(over="file", method="avg")
    shown.agrees(Neighbours(method="avg"))

    def next_digits():
        for _ in range(12):
            shown.button("Next test digit").click()

    took = time_of_a_redraw(shown.page, next_digits, at_least=12)
    assert took < 12, f"a new digit takes {took:.1f} ms of processor time"


def test_no_task_of_its_own_is_long(show, browser):
    shown = show()
    change = lambda: [shown.button("Average").click(), shown.agrees(Neighbours(method="avg"))]
    assert longest(browser, shown.page, shown.reload, change) < 50  # 200 ms on a processor four times slower


def test_the_state_survives_as_json(show):
    shown = show(digit=3)
    state = json.loads(shown.host.locator("script").inner_text())
    assert state["digit"] == 3 and len(state["train"]["pixels"]) == 400 * 64


def test_the_cursor_is_said_and_the_verdict_is_not_repeated(show):
    shown = show()
    before = shown.pixels()
    shown.grid.focus()
    shown.page.keyboard.press("ArrowDown")
    shown.host.evaluate("""(host) => {
      window.said = 0;
      const all = { childList: true, characterData: true, subtree: true };
      new MutationObserver(() => window.said++).observe(host.querySelector(".pool-sentence"), all);
    }""")
    shown.page.keyboard.press("Home")  # no key of the grid
    shown.page.keyboard.press("ArrowRight")
    spoken = shown.host.locator("p.pool-unseen")
    expect(spoken).to_have_text(re.compile(r"^Row \d, column \d: \d+$"))
    row, column, ink = map(int, re.findall(r"\d+", spoken.inner_text()))
    assert before[row, column] == ink
    shown.page.mouse.wheel(0, 300)
    shown.page.wait_for_timeout(300)
    assert shown.page.evaluate("said") == 0


# ---- Things to try ----


def covered(shown):
    """Wait until nothing on the page gives the neighbours away, to whoever listens neither."""
    expect(shown.labels).to_have_text(["? "] * 5)
    expect(shown.sentence).to_be_empty()
    expect(shown.worked).to_be_empty()
    expect(shown.host.locator("p.pool-unseen")).not_to_contain_text("taken for")
    names = shown.host.locator(".pool-neighbours-pair canvas")
    assert {one.get_attribute("aria-label") for one in names.all()} == {"covered"}
    assert len({one.evaluate("(canvas) => canvas.toDataURL()") for one in names.all()}) == 1, "none of them is drawn"


def test_a_digit_is_guessed_by_mouse_and_what_was_guessed_is_kept(show):
    shown = show(digit=48, tasks=things_to_try)
    shown.task(1).click()
    covered(shown)
    expect(shown.button("Maximum")).to_have_attribute("aria-pressed", "true")
    shown.uncover()
    expect(shown.said).to_have_text("Choose one first.")
    covered(shown)
    shown.button("9").click()
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^You said 9; it is 1. All five are 1s"))
    shown.agrees(Neighbours(digit=48, method="max"))
    shown.keeps("You said 9")
    shown.page.reload()
    expect(shown.said).to_have_text(re.compile("^You said 9; it is 1."))
    expect(shown.task(1)).to_have_attribute("aria-label", "Task 1, seen")
    shown.button("Try again").click()
    covered(shown)


def test_a_number_is_guessed_by_keys(show):
    shown = show(digit=48, tasks=things_to_try)
    shown.task(2).focus()
    shown.page.keyboard.press("Enter")
    covered(shown)
    shown.host.get_by_role("textbox", name="Your guess").focus()
    shown.page.keyboard.type("three")
    shown.page.keyboard.press("Enter")
    expect(shown.said).to_have_text(re.compile("is no number"))
    shown.page.keyboard.press("Control+a")
    shown.page.keyboard.type("3")
    shown.page.keyboard.press("Enter")
    expect(shown.said).to_have_text(re.compile("^✓ Right: 3."))
    expect(shown.task(2)).to_have_attribute("aria-label", "Task 2, done")
    shown.agrees(Neighbours(digit=48, method="avg"))


def test_what_is_compared_and_the_score_are_covered_where_they_are_asked_for(show):
    shown = show(digit=48, tasks=things_to_try)
    table = shown.output.locator("xpath=..").locator("td")
    shown.task(5).click()
    covered(shown)
    assert set(table.all_inner_texts()) <= {"", "covered"}
    shown.task(6).click()
    expect(shown.score).to_be_empty()
    expect(shown.sentence).to_have_text("This 8 is taken for an 8, which is right.")
    shown.host.get_by_role("textbox", name="Your guess").fill("48")
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^✓ Right: 45."))  # within 3
    shown.agrees(Neighbours(digit=48, method="subsample"))


def test_a_goal_is_reached_by_touch_and_keeps_its_tick(show):
    shown = show(digit=3, tasks=things_to_try, touch=True, width=360, height=740)
    shown.task(4).tap()
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 2")
    shown.button("Push the digit one pixel up").tap()
    expect(shown.host.locator(".pool-task-count")).to_have_text("1 of 2")
    shown.button("Push the digit one pixel up").tap()
    expect(shown.said).to_have_text(re.compile("^✓ Done. It forgives this 8"))
    shown.button("Push the digit one pixel to the left").tap()
    expect(shown.task(4)).to_have_attribute("aria-label", "Task 4, done")


# ---- One screen ----


def test_on_a_phone_the_verdict_is_in_sight_while_any_control_is_touched(show):
    shown = show(touch=True, width=360, height=578, tasks=things_to_try, after='<p style="height:1500px">More.</p>')
    controls = shown.host.locator(".pool-side :is(button, input)")
    shown.button("Average").tap()
    for control in controls.all():
        control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        grid, words, touched = (one.bounding_box() for one in (shown.output, shown.sentence, control))
        assert grid["y"] >= 0 and words["y"] + words["height"] <= touched["y"] + 1, control.inner_text()


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1100), *besides((757, 650))])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(digit=48, tasks=things_to_try, touch=width < 400, width=width + 32, voters=3, height=650)
    assert shown.host.bounding_box()["height"] <= room

    def guess(task):
        field = shown.host.locator(".pool-options button, .pool-typed").first
        field.fill("7") if task["guess"] != "verdict" else field.click()

    kept, _ = shown.kept()
    heights = list(shown.needed_by(things_to_try, guess))
    assert max(heights) <= kept, (kept, heights)


# ---- Motion, and who votes ----


def test_a_pushed_digit_is_seen_on_its_way_unless_motion_is_reduced(show):
    drawn = "(canvas) => canvas.toDataURL()"
    for motion, differs in [("no-preference", True), ("reduce", False)]:
        shown = show(digit=48, motion=motion)
        shown.page.clock.install(time=0)
        shown.page.clock.pause_at(1000)
        shown.button("Push the digit one pixel down").click()
        shown.page.clock.run_for(60)
        way = shown.grid.evaluate(drawn)
        shown.page.clock.run_for(400)
        assert (way != shown.grid.evaluate(drawn)) == differs, motion


@pytest.mark.parametrize("forced", ["none", "active"])
def test_who_votes_is_told_by_more_than_colour(show, forced):
    shown = show(digit=48, voters=3)
    shown.page.emulate_media(forced_colors=forced)
    frames = shown.host.locator(".pool-neighbours-pair")
    widths = [one.evaluate("(one) => getComputedStyle(one).borderTopWidth") for one in frames.all()]
    weights = [one.evaluate("(one) => getComputedStyle(one).fontWeight") for one in shown.labels.locator("b").all()]
    assert widths == ["3px"] * 3 + ["1px"] * 2 and weights == ["700"] * 3 + ["400"] * 2
