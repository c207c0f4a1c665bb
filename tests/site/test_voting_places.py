"""The votes on a page: a digit pushed, drawn and erased, classes and networks chosen, against what Python says."""

import io
import re

import numpy as np
import pytest
from browser import violations
from budget import crossed
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, drop, scrolled_beyond, settled, swipe, time_of_a_redraw
from told_apart import WAYS, difference, pixels, stands_out, under

from pooling_book.chapters.try11 import votes_to_try
from pooling_book.study.pretrained import trained
from pooling_book.widgets.voting_places import VotingPlaces

NETWORKS = trained()


class ShownVotes(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "voting-places")
        self.digit, self.map = self.canvas(0), self.canvas(1)
        self.detail = self.host.locator(".pool-detail")
        self.classes = self.host.locator(".pool-voting-class")

    def says(self, python):
        """Wait until the sum, the votes and the ten scores are those of the Python widget."""
        expect(self.sentence).to_contain_text(f"The 49 votes for {python.voted}: average ")
        expect(self.classes.nth(python.verdicts[python.network])).to_have_attribute("data-reads", "true")
        expect(self.classes.nth(python.voted)).to_have_attribute("aria-pressed", "true")
        settled(self.page)
        words = re.search(
            r"average (−?[\d.]+) ([+−]) ([\d.]+) \(bias\) = score (−?[\d.]+)\.", self.sentence.inner_text()
        )
        average, bias, score = (float(words[n].replace("−", "-")) for n in (1, 3, 4))
        bias = -bias if words[2] == "−" else bias
        assert average + bias == pytest.approx(score, abs=1e-6)
        np.testing.assert_allclose([average, bias, score], [python.votes.mean(), python.bias, python.score], atol=0.006)
        np.testing.assert_allclose(numbers(self.table(self.map)), python.votes, atol=0.06)
        scores = [float(one.replace("−", "-")) for one in self.classes.locator("span:first-of-type").all_inner_texts()]
        np.testing.assert_allclose(scores, python.logits[python.network], atol=0.06)

    def pixel(self, row, column):
        return self.place(self.digit, row + 0.5, column + 0.5, 28, 28)

    def spot(self, row, column):
        return self.place(self.map, row + 0.5, column + 0.5, 7, 7)

    def stroke(self, *places, steps=8):
        self.page.mouse.move(*self.pixel(*places[0]))
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*self.pixel(*place), steps=steps)
        self.page.mouse.up()


def numbers(table):
    return np.array([[float(word.replace("−", "-")) for word in row] for row in table])


def made(**settings):
    return VotingPlaces(NETWORKS, **settings)


@pytest.fixture
def show(show_each):
    return show_each(ShownVotes, made, height=1000)


# ---- Mouse and buttons ----


def test_it_opens_as_python_made_it(show):
    for settings in (dict(digit=9), dict(digit=4, pushed=(-2, 3), network="max-blur", looked=9, smooth=True)):
        show(**settings).says(made(**settings))


def test_a_class_and_a_network_are_chosen(show):
    shown = show(digit=9)
    shown.classes.nth(4).click()
    shown.says(made(digit=9, looked=4))
    shown.button("average").click()
    shown.says(made(digit=9, looked=4, network="average"))
    shown.classes.nth(4).click()  # pressed again: what is read is looked at
    shown.says(made(digit=9, network="average"))
    shown.button("Reset").click()
    shown.says(made(digit=9))


def test_the_votes_follow_a_push(show):
    shown = show(digit=2)
    shown.stroke((14, 14), (14, 18))
    shown.says(made(digit=2, pushed=(0, 4)))
    shown.button("Push the digit one pixel down").click()
    shown.says(made(digit=2, pushed=(1, 4)))
    shown.button("Next test digit").click()
    shown.says(made(digit=3))


def test_a_part_is_erased_and_its_votes_go(show):
    shown = show(digit=7, looked=7)
    settled(shown.page)
    before = numbers(shown.table(shown.map))
    shown.button("Erase").click()
    shown.stroke((8, 4), (8, 20), (11, 4), (11, 20), (14, 20))
    expect(shown.host.locator(".pool-voting figcaption").first).to_have_text("Your digit")
    settled(shown.page)
    after = numbers(shown.table(shown.map))
    assert after[:3].clip(0).sum() < 0.5 * before[:3].clip(0).sum()
    shown.button("Draw").click()  # one of the two at a time; drawing begins on an empty grid
    expect(shown.button("Erase")).to_have_attribute("aria-pressed", "false")
    expect(shown.sentence).to_contain_text("There is no ink, and the places vote all the same")
    shown.stroke((6, 14), (22, 14), steps=20)
    expect(shown.sentence).to_contain_text("The 49 votes for 7")
    shown.button("Reset").click()
    shown.says(made(digit=7, looked=7))
    expect(shown.button("Draw")).to_have_attribute("aria-pressed", "false")


def test_a_place_is_pointed_at_on_either_picture(show):
    shown = show(digit=9)
    votes = made(digit=9).votes
    for place in (shown.spot(3, 2), shown.pixel(13, 10)):
        shown.page.mouse.move(*place)
        expect(shown.detail).to_contain_text(f"Place (3, 2) votes {votes[3, 2]:.1f} for 9: ")
        expect(shown.detail).to_contain_text("It stands over rows 12 to 15, columns 8 to 11 of the 28 × 28 pixels.")
        shown.page.mouse.move(2, 2)
        expect(shown.detail).to_contain_text("The network reads 9")


def shades(canvas):
    """How many shades a drawing has: cells have few, what is smoothed many."""
    return len(np.unique(pixels(canvas).reshape(-1, 3), axis=0))


def test_votes_are_cells_unless_they_are_smoothed(show):
    shown = show(digit=7)
    settled(shown.page)
    cells = shades(shown.digit)
    shown.host.get_by_role("checkbox", name="Smoothed, as papers draw it").check()
    settled(shown.page)
    assert shades(shown.digit) > 1.3 * cells
    shown.says(made(digit=7, smooth=True))  # the same numbers


def test_a_photo_becomes_a_digit(show):
    shown = show(digit=3)
    image = np.full((90, 90), 240, np.uint8)
    image[15:75, 40:50] = 20
    written = io.BytesIO()
    Image.fromarray(image).save(written, "PNG")
    drop(shown.host, "one.png", "image/png", written.getvalue())
    expect(shown.host.locator(".pool-voting figcaption").first).to_have_text("Your digit")
    expect(shown.sentence).to_contain_text("The 49 votes for 1")
    drop(shown.host, "no.txt", "text/plain", b"words")
    expect(shown.host.locator(".pool-warning")).to_contain_text("is not an image this browser can read")


# ---- Keys, finger, screen reader ----


def test_keys_push_erase_and_walk_over_the_votes(show):
    shown = show(digit=6)
    shown.page.evaluate(
        "() => { window.heard = []; document.addEventListener('keydown', (event) => window.heard.push(event.key)); }"
    )
    status = shown.host.locator(".pool-stage [role=status]")
    shown.digit.focus()
    for key in ("ArrowRight", "ArrowDown"):
        shown.page.keyboard.press(key)
    shown.says(made(digit=6, pushed=(1, 1)))
    shown.page.keyboard.press("Home")
    shown.says(made(digit=6))
    shown.button("Erase").press("Enter")
    shown.digit.focus()
    expect(shown.digit).to_have_attribute("aria-label", re.compile("the space bar draws or erases"))
    for key in ("ArrowLeft", "Space"):
        shown.page.keyboard.press(key)
    expect(status).to_have_text("Row 14, column 13: paper")
    shown.button("Reset").click()
    shown.map.focus()
    for key in ("ArrowUp", "ArrowLeft"):
        shown.page.keyboard.press(key)
    expect(status).to_contain_text("Place (3, 2) votes ")
    assert shown.page.evaluate("window.heard.filter((key) => key.startsWith('Arrow') || key === ' ')") == []
    shown.classes.first.focus()
    names = [shown.tab() for _ in range(9)]
    assert all(outline >= 1 for _, outline in names), names


def test_a_finger_pushes_sideways_and_one_that_goes_up_scrolls_the_page(show):
    shown = show(touch=True, width=360, height=740, digit=7, after='<p style="height:1500px">Much more to read.</p>')
    start, end = shown.pixel(14, 10), shown.pixel(14, 15)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, steps=14)
    shown.says(made(digit=7, pushed=(0, 5)))
    assert shown.page.evaluate("scrollY") == home
    x, y = shown.pixel(20, 14)
    swipe(shown.page, (x, y), (x, y - 120))
    scrolled_beyond(shown.page, home + 40)
    shown.says(made(digit=7, pushed=(0, 5)))
    shown.button("Erase").tap()
    start, end = shown.pixel(8, 12), shown.pixel(20, 16)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end, steps=14)
    expect(shown.host.locator(".pool-voting figcaption").first).to_have_text("Your digit")
    assert shown.page.evaluate("scrollY") == home
    for button in shown.host.get_by_role("button").all():
        box = button.bounding_box()
        assert box["width"] >= 44 and box["height"] >= 43.5, button.inner_text()


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(show, scheme, width):
    shown = show(scheme=scheme, width=width, digit=5, looked=4, over="file")
    shown.says(made(digit=5, looked=4))
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)
    expect(shown.sentence).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("way", WAYS)
def test_the_shares_stay_in_forced_colours_and_on_paper(show, way):
    shown = show(digit=6)
    shown.says(made(digit=6))
    with under(shown.page, way):
        assert stands_out(shown.classes.nth(6).locator("i"), margin=1) > 0.5
        assert difference(shown.classes.nth(6), shown.classes.nth(5)) > 0.2


def test_scores_fit_their_buttons(show):
    shown = show(width=360, digit=6)
    shown.says(made(digit=6))
    shown.page.add_style_tag(content="body { font-family: 'DejaVu Sans' }")  # a wide one
    beyond = shown.classes.evaluate_all("all => all.map((one) => one.scrollWidth - one.clientWidth)")
    assert max(beyond) <= 0, beyond


def test_it_follows_a_hand_within_two_frames(show):
    shown = show(digit=8)

    def drag():
        shown.stroke((14, 14), (6, 6), (22, 20), (14, 14), steps=20)

    assert 0 < time_of_a_redraw(shown.page, drag, at_least=10) <= 16


# ---- Things to try ----


def test_the_loudest_places_are_marked_and_nothing_tells_them_before(show):
    shown = show(tasks=votes_to_try, task=0)
    expect(shown.sentence).to_have_text("The 49 votes for 7: covered.")
    assert {word for row in shown.table(shown.map) for word in row} == {"covered"}
    order = np.argsort(-made(digit=7, looked=7).votes.ravel())
    best, second, wrong = (divmod(int(order[n]), 7) for n in (0, 1, 48))
    shown.page.mouse.move(*shown.spot(*best))
    expect(shown.detail).to_have_text(f"Place ({best[0]}, {best[1]}): covered.")
    shown.page.mouse.click(*shown.spot(*best))
    shown.page.mouse.click(*shown.spot(*wrong))
    shown.map.focus()
    shown.page.keyboard.press("Home")
    for _ in range(second[0]):
        shown.page.keyboard.press("ArrowDown")
    for _ in range(second[1]):
        shown.page.keyboard.press("ArrowRight")
    shown.page.keyboard.press("Space")
    shown.uncover()
    expect(shown.said).to_contain_text("2 of 3 right.")
    shown.says(made(digit=7, looked=7))


def test_a_fourth_mark_takes_the_place_of_the_oldest(show):
    shown = show(tasks=votes_to_try, task=0)
    for n in range(4):
        shown.page.mouse.click(*shown.spot(6, n))
    expect(shown.host.locator(".pool-marked")).to_have_text("Marked: (6, 1) (6, 2) (6, 3)")


def test_what_is_left_of_the_ink_is_told_while_it_is_erased(show):
    task = votes_to_try[4]
    shown = show(tasks=[{**task, "given": {**task["given"], "keep": 99.9}}])
    shown.task(1).click()
    count = shown.host.locator(".pool-task-count")
    expect(count).to_have_text("100 % of the ink left")
    shown.button("Erase").click()
    shown.stroke((0, 8), (27, 8), (0, 12), (27, 12), (0, 16), (27, 16), (0, 20), (27, 20), steps=12)
    expect(count).to_have_text(re.compile(r"\d+ % left, too little: press Reset, cut less\."))


@pytest.mark.parametrize("typed, said", [("12.64", "✓ Right: 12.6"), ("689.8", "You said 689.8; it is 12.6")])
def test_a_score_is_typed_and_covered_before(show, typed, said):
    shown = show(tasks=votes_to_try)
    shown.task(2).click()
    assert set(shown.classes.locator("span:first-of-type").all_inner_texts()) == {"?"}
    expect(shown.sentence).to_have_text("The 49 votes for 6: the score is covered.")
    shown.host.get_by_label("Your guess").fill(typed)
    shown.uncover()
    expect(shown.said).to_contain_text(said)
    shown.says(made(digit=6, looked=6))


def test_the_loud_class_is_found(show):
    shown = show(tasks=votes_to_try)
    shown.task(3).click()
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 1")
    shown.classes.nth(3).click()
    expect(shown.said).to_have_text("✓ Done. And it loses: the average counts, not the largest vote.")


@pytest.mark.parametrize("width, room", [(757, 650), (688, 650), (328, 1250)])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(touch=width < 400, width=width + 32, height=650, tasks=votes_to_try)
    assert shown.host.bounding_box()["height"] <= room

    def guess(task):
        if task["guess"] != "loudest":
            return shown.host.locator(".pool-typed").fill("-12345")
        for n in range(3):
            shown.page.mouse.click(*shown.spot(6, n))

    kept, _ = shown.kept()
    heights = [shown.needed(), *shown.needed_by(votes_to_try, guess)]
    assert max(heights) <= kept, (kept, heights)
    assert max(heights) > kept - 60, (kept, heights)
