"""Trained networks on a page: every way to push and draw a digit."""

import json
import re

import numpy as np
import pytest
from browser import violations
from budget import crossed
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, swipe, time_of_a_redraw
from told_apart import WAYS, pixels, stands_out, under

from pooling_book.study.pretrained import trained
from pooling_book.widgets.base import values_of
from pooling_book.widgets.pushed_digit import PushedDigit
from pooling_book.widgets.things_to_try import goal, guess

TITLES = ("max", "average", "max-blur")


class ShownNetwork(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "network")
        self.grid = self.canvas(0)

    def says(self, python):
        """Wait until verdicts and bars are those of the Python widget."""
        expect(self.host.locator(".pool-network-column > p")).to_have_text(
            [f"{title}: reads {verdict}" for title, verdict in python.verdicts.items()]
        )
        bars = self.host.locator(".pool-network-bar > :last-child").all_inner_texts()
        shares = [
            np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum() for logits in python.logits.values()
        ]
        np.testing.assert_allclose(
            [int(bar.removesuffix(" %")) for bar in bars], 100 * np.concatenate(shares), atol=0.51
        )
        pushed = [
            (by, words) for by, words in zip(python.pushed, (("up", "down"), ("to the left", "to the right"))) if by
        ]
        wanted = (
            f"pushed {' and '.join(f'{abs(by)} {words[by > 0]}' for by, words in pushed)}:" if pushed else "not pushed:"
        )
        expect(self.sentence).to_contain_text(wanted)

    def point(self, row, column):
        """Where on the page the middle of a pixel of the grid is."""
        return self.place(self.grid, row + 0.5, column + 0.5, 28, 28)


@pytest.fixture
def show(show_each):
    return show_each(ShownNetwork, lambda **settings: PushedDigit(trained(), **settings), height=1100)


# ---- Mouse and buttons ----


def test_it_opens_as_python_made_it(show):
    for settings in (dict(), dict(digit=8, pushed=(-2, 3))):
        show(**settings).says(PushedDigit(trained(), **settings))


def test_buttons_push_choose_and_reset(show):
    shown = show(digit=9)
    for name in ("down", "down", "to the right", "up", "to the left", "to the left"):
        shown.button(f"Push the digit one pixel {name}").click()
    shown.says(PushedDigit(trained(), digit=9, pushed=(1, -1)))
    shown.button("Push back").click()
    shown.says(PushedDigit(trained(), digit=9))
    shown.button("Next test digit").click()
    shown.says(PushedDigit(trained(), digit=0))
    expect(shown.sentence).to_contain_text("This 0, not pushed")
    shown.button("Previous test digit").click()
    shown.button("Previous test digit").click()
    shown.says(PushedDigit(trained(), digit=8))
    shown.button("Reset").click()
    shown.says(PushedDigit(trained(), digit=9))


def test_the_mouse_pushes_the_digit_and_it_stops_at_the_farthest(show):
    shown = show(digit=4)
    shown.page.mouse.move(*shown.point(14, 14))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(11, 16), steps=6)
    shown.says(PushedDigit(trained(), digit=4, pushed=(-3, 2)))
    shown.page.mouse.move(*shown.point(27, 2), steps=6)
    shown.says(PushedDigit(trained(), digit=4, pushed=(8, -8)))
    expect(shown.host.locator(".pool-detail")).to_contain_text("Some ink has left the grid")
    shown.page.mouse.move(*shown.point(14, 14), steps=6)
    shown.page.mouse.up()
    shown.says(PushedDigit(trained(), digit=4))


def test_the_sentence_says_which_readings_have_changed(show):
    networks = trained()
    for digit in range(10):
        for pushed in [(0, 4), (4, 0), (-4, -4), (0, -5)]:
            before, after = (
                PushedDigit(networks, digit=digit).verdicts,
                PushedDigit(networks, digit=digit, pushed=pushed).verdicts,
            )
            if before != after and any(before[title] == after[title] for title in TITLES):
                break
        else:
            continue
        break
    shown = show(digit=digit, pushed=pushed)
    shown.says(PushedDigit(networks, digit=digit, pushed=pushed))
    text = shown.sentence.inner_text()
    for title in TITLES:
        part = rf"\b{title}( now reads)? {after[title]}\b"
        assert (re.search(part, text) is not None) == (before[title] != after[title]), text
        marked = shown.host.locator(f".pool-network-column[aria-label={title}] > p b")
        expect(marked).to_have_attribute("data-changed", str(before[title] != after[title]).lower())


def test_draw_empties_the_grid_and_the_drawing_can_be_pushed(show):
    shown = show(digit=3, pushed=(2, 0))
    shown.button("Draw").click()
    expect(shown.sentence).to_have_text(re.compile("^The grid is empty"))
    shown.page.mouse.move(*shown.point(6, 14))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(22, 14), steps=20)
    shown.page.mouse.up()
    expect(shown.sentence).to_contain_text("Your digit, not pushed")
    shown.button("Draw").click()  # off: the mouse pushes again, but the drawing stays
    expect(shown.button("Draw")).to_have_attribute("aria-pressed", "false")
    shown.button("Push the digit one pixel to the right").click()
    expect(shown.sentence).to_contain_text("Your digit, pushed 1 to the right:")
    shown.button("Reset").click()
    shown.says(PushedDigit(trained(), digit=3, pushed=(2, 0)))
    expect(shown.button("Draw")).to_have_attribute("aria-pressed", "false")


def test_a_drawing_survives_a_reload_and_a_link_and_a_fresh_start_erases_it(show):
    shown = show(digit=3)
    shown.button("Draw").click()
    shown.page.mouse.move(*shown.point(6, 14))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(22, 14), steps=20)
    shown.page.mouse.up()
    shown.button("Push the digit one pixel down").click()
    expect(shown.sentence).to_contain_text("Your digit, pushed 1 down:")
    said = shown.sentence.inner_text()
    shown.page.wait_for_function("Object.keys(localStorage).length === 1")
    shown.page.reload()
    expect(shown.sentence).to_have_text(said)
    shown.button("Push back").click()
    link = shown.host.get_by_role("link", name="Link to these settings").get_attribute("href")
    shown.button("Start afresh").click()
    shown.says(PushedDigit(trained(), digit=3))
    shown.page.goto(link)
    expect(shown.sentence).to_contain_text("Your digit, not pushed")
    shown.button("Next test digit").click()
    shown.button("Reset").click()
    expect(shown.sentence).to_contain_text("Your digit, not pushed")


# ---- Things to try ----

WHO = guess("Who?", "changes", {"digit": 7, "pushed": [-5, 0]}, "All were sure.")
SHARE = guess("How many per cent?", "share", {"digit": 5, "pushed": [-1, 0]}, network="max")
APART = goal("Push it.", "apart", {"digit": 8, "pushed": [0, 0]}, "So they differ.")
DRAWN = goal("Write a 1.", "drawn", {}, "No network has seen it.", digit=1)


@pytest.fixture
def asked(show):
    """The widget with things to try, one of them opened."""

    def open_(task, **page):
        shown = show(tasks=[task], **page)
        shown.button("Task 1").click()
        shown.said = shown.host.locator(".pool-task-said")
        return shown

    return open_


def covered(shown):
    """Nothing tells what the networks read now: no name, bar or sentence."""
    expect(shown.host.locator(".pool-network-column > p")).to_have_text([re.compile(r": was \d$")] * 3)
    assert set(shown.host.locator(".pool-network-bar > :last-child").all_inner_texts()) == {"?"}
    fills = "(bars) => bars.map((bar) => bar.getBoundingClientRect().width)"
    assert set(shown.host.locator(".pool-network-track i").evaluate_all(fills)) == {0}
    expect(shown.sentence).to_have_text(re.compile(r"^This \d, pushed \d (up|down|to the left|to the right)\.$"))
    expect(shown.host.locator(".pool-detail")).to_contain_text("Before the push")
    expect(shown.host.locator(".pool-detail")).not_to_contain_text("Of the first reading")


def options(shown):
    return shown.host.locator(".pool-options")


@pytest.mark.parametrize(
    "chosen, said",
    [
        (["average", "max-blur"], "✓ Right: average, max-blur. All were sure."),
        (["max-blur"], "2 of 3 judged right. You said max-blur; it is average, max-blur. All were sure."),
        (["max"], "0 of 3 judged right. You said max; it is average, max-blur. All were sure."),
    ],
)
def test_who_changes_is_chosen_by_mouse(asked, chosen, said):
    shown = asked(WHO)
    covered(shown)
    shown.button("Uncover").click()
    expect(shown.said).to_have_text("Choose what holds first; none may hold.")
    for title in chosen:
        options(shown).get_by_role("button", name=title, exact=True).click()
    covered(shown)
    shown.button("Uncover").click()
    expect(shown.said).to_have_text(said)
    shown.says(PushedDigit(trained(), digit=7, pushed=(-5, 0)))


def test_who_changes_is_chosen_by_touch_and_a_reload_keeps_it(asked):
    shown = asked(WHO, touch=True, width=360, height=640)
    options(shown).get_by_role("button", name="average", exact=True).tap()
    shown.page.wait_for_function("Object.keys(localStorage).length === 1")
    shown.page.reload()
    chosen = options(shown).get_by_role("button", name="average", exact=True)
    expect(chosen).to_have_attribute("aria-pressed", "true")
    covered(shown)
    shown.button("Uncover").tap()
    expect(shown.said).to_contain_text("2 of 3 judged right. You said average")


@pytest.mark.parametrize("typed, said", [("50", "✓ Right: 48."), ("90", "You said 90; it is 48.")])
def test_a_share_is_typed(asked, typed, said):
    shown = asked(SHARE)
    covered(shown)
    shown.host.get_by_label("Your guess").fill(typed)
    shown.page.keyboard.press("Enter")
    expect(shown.said).to_have_text(said)
    shown.says(PushedDigit(trained(), digit=5, pushed=(-1, 0)))


def test_a_push_by_keys_sets_networks_apart(asked):
    shown = asked(APART)
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 1")
    shown.grid.focus()
    for _ in range(3):
        shown.page.keyboard.press("ArrowUp")
    expect(shown.said).to_have_text("✓ Done. So they differ.")
    shown.button("Reset").click()
    expect(shown.button("Task 1, done")).to_be_visible()


def test_a_drawing_that_all_networks_read_reaches_the_goal(asked):
    shown = asked(DRAWN)
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 3")
    shown.button("Draw").click()
    shown.page.mouse.move(*shown.point(5, 14))
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.point(22, 14), steps=20)
    shown.page.mouse.up()
    expect(shown.said).to_have_text("✓ Done. No network has seen it.")


# ---- Colours that the system forces, paper ----


@pytest.mark.parametrize("way", WAYS)
def test_bars_and_marks_stay_in_forced_colours_and_on_paper(show, way):
    shown = show(digit=6, pushed=(2, 0))
    shown.says(PushedDigit(trained(), digit=6, pushed=(2, 0)))
    with under(shown.page, way):
        column = shown.host.locator("[aria-label=max] .pool-network-bar").nth(6)
        assert stands_out(column.locator("i"), margin=1) > 0.5
        mark = column.locator("b")
        assert stands_out(mark, margin=2) > 0.5
        if "paper" in way:
            assert (pixels(shown.grid) < 100).any(), "the digit is on paper, too"
            expect(shown.button("Draw")).to_be_hidden()


# ---- Finger, keyboard, screen reader ----


def test_a_finger_pushes_the_digit_sideways_and_one_that_goes_up_scrolls_the_page(show):
    shown = show(touch=True, width=360, height=740, digit=7, after='<p style="height:1500px">Much more to read.</p>')
    start, end = shown.point(14, 10), shown.point(14, 15)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, steps=14)
    shown.says(PushedDigit(trained(), digit=7, pushed=(0, 5)))
    assert shown.page.evaluate("scrollY") == home
    x, y = shown.point(20, 14)
    swipe(shown.page, (x, y), (x, y - 120))
    scrolled_beyond(shown.page, home + 40)
    shown.says(PushedDigit(trained(), digit=7, pushed=(0, 5)))
    shown.button("Draw").tap()
    start, end = shown.point(8, 14), shown.point(20, 14)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, steps=14)
    expect(shown.sentence).to_contain_text("Your digit, not pushed")
    assert shown.page.evaluate("scrollY") == home
    for button in shown.host.get_by_role("button").all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 43.5, button.inner_text()


def test_keys_draw_while_draw_is_pressed(show):
    shown = show(digit=2)
    status = shown.host.locator(".pool-stage [role=status]")
    shown.button("Draw").press("Enter")
    shown.grid.focus()
    expect(shown.grid).to_have_attribute("aria-label", re.compile("^Your digit: arrow keys move a cursor"))
    expect(status).to_have_text("Row 14, column 14: paper")
    for key in ("ArrowUp", "ArrowUp", "ArrowLeft", "Space"):
        shown.page.keyboard.press(key)
    expect(status).to_have_text("Row 12, column 13: ink")
    expect(shown.sentence).to_contain_text("Your digit, not pushed")
    for _ in range(30):
        shown.page.keyboard.press("ArrowUp")
    expect(status).to_have_text("Row 0, column 13: paper")
    shown.button("Draw").press("Enter")
    shown.grid.focus()
    shown.page.keyboard.press("ArrowUp")  # pushes again
    expect(shown.sentence).to_contain_text("Your digit, pushed 1 up:")
    expect(status).to_have_text("")


def test_keys_push_and_stay_in_the_widget(show):
    shown = show(digit=2)
    shown.page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    shown.grid.focus()
    for key, wanted in [
        ("ArrowRight", (0, 1)),
        ("ArrowDown", (1, 1)),
        ("ArrowLeft", (1, 0)),
        ("ArrowUp", (0, 0)),
        ("ArrowUp", (-1, 0)),
        ("Home", (0, 0)),
    ]:
        shown.page.keyboard.press(key)
        shown.says(PushedDigit(trained(), digit=2, pushed=wanted))
    assert shown.page.evaluate("window.heard") == []
    names = [shown.tab() for _ in range(9)]
    assert all(outline >= 1 for _, outline in names), names


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme, width):
    shown = show(scheme=scheme, width=width, digit=5, pushed=(1, 3), over="file")
    shown.says(PushedDigit(trained(), digit=5, pushed=(1, 3)))
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)
    expect(shown.sentence).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_share_of_100_per_cent_has_room_on_its_line(show, width):
    shown = show(width=width, digit=4)
    shown.page.add_style_tag(content="body { font-family: 'DejaVu Sans' }")  # a wide one
    rows = shown.host.locator(".pool-network-bar")
    full = rows.filter(has_text="100 %")
    expect(full).to_have_count(len(TITLES))
    assert full.evaluate_all("rows => rows.every((row) => row.dataset.verdict === 'true')")
    heights = rows.evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().height)")
    assert max(heights) == pytest.approx(min(heights), abs=0.5)
    beyond = full.locator("> :last-child").evaluate_all("""all => all.map((words) => {
        const range = document.createRange();
        range.selectNodeContents(words);
        return range.getBoundingClientRect().width - words.getBoundingClientRect().width;
    })""")
    assert max(beyond) <= 0, beyond


def test_three_networks_answer_within_two_frames(show):
    shown = show()

    def drag():
        shown.page.mouse.move(*shown.point(14, 14))
        shown.page.mouse.down()
        for target in [(6, 6), (22, 20), (14, 14)]:
            shown.page.mouse.move(*shown.point(*target), steps=20)
        shown.page.mouse.up()

    assert 0 < time_of_a_redraw(shown.page, drag, at_least=10) <= 16


def test_the_state_survives_as_json(show):
    shown = show(digit=3)
    state = json.loads(shown.host.locator("script").inner_text())
    assert [one["title"] for one in state["networks"]] == list(TITLES)
    assert (values_of(state["pixels"], np.uint8) > 0).any()
