"""The cover of a plain cell's output in a browser: guesses by mouse, touch and keys, what is kept, what paper shows."""

import json

import nbformat
import pytest
from browser import ROOT, violations
from bs4 import BeautifulSoup
from budget import crossed
from pages import CHAPTERS
from playwright.sync_api import expect

from pooling_book.widgets.covered import covered

OUTPUT = "<pre>405 of 1024</pre>"
NUMBER = {"form": "number", "answer": 405, "within": 100, "then": "Many."}
NUMBERS = {"form": "numbers", "names": ["mean", "maximum"], "answer": [0.5, -1]}
CHOICE = {"form": "choice", "options": ["the mean", "the maximum", "neither of them"], "answer": "the mean"}
CHOICES = {"form": "choices", "options": ["jagged", "blurred", "bright"], "answer": ["jagged", "bright"]}
FORMS = [NUMBER, NUMBERS, CHOICE, CHOICES]
of_each_form = pytest.mark.parametrize("asked", FORMS, ids=[asked["form"] for asked in FORMS])


class Covered:
    """A covered output, as a reader finds it."""

    def __init__(self, page):
        self.page, self.host = page, page.locator(".pool-widget")
        expect(self.host).to_have_attribute("data-alive", "true")
        self.output, self.said = self.host.locator("pre"), self.host.get_by_role("status")
        self.uncover, self.again = (self.host.get_by_role("button", name=name) for name in ("Uncover", "Try again"))

    def guess(self, asked, guess):
        """Put a guess into the form, by mouse or finger."""
        if asked["form"] in ("number", "numbers"):
            for name, text in zip(asked.get("names", ["Your guess"]), [guess] if isinstance(guess, str) else guess):
                self.host.get_by_role("textbox", name=name).fill(text)
        for option in [guess] if asked["form"] == "choice" else guess if asked["form"] == "choices" else []:
            self.host.get_by_role("button", name=option, exact=True).click()


@pytest.fixture
def show(open_page, widget_page, tmp_path):
    def open_(asked, **how):
        before, after = covered("guess-1", asked)
        return Covered(open_page(tmp_path, widget_page(f"{before}{OUTPUT}{after}<p>After it.</p>"), **how))

    return open_


GUESSES = [
    (NUMBER, "400", "✓ Right: 405. Many."),
    (NUMBER, "1,024", "You said 1,024; it is 405. Many."),
    (NUMBERS, ["1/2", "−1"], "✓ Right: 0.5, −1."),
    (NUMBERS, ["0,5", "3"], "1 of 2 right. You said 0,5, 3; it is 0.5, −1."),
    (CHOICE, "the mean", "✓ Right: the mean."),
    (CHOICE, "the maximum", "You said the maximum; it is the mean."),
    (CHOICES, ["jagged", "bright"], "✓ Right: jagged, bright."),
    (CHOICES, ["blurred", "bright"], "1 of 3 judged right. You said blurred, bright; it is jagged, bright."),
]


@pytest.mark.parametrize("touch, made", crossed([False, True], GUESSES))
def test_a_guess_is_judged_and_the_answer_is_seen(show, touch, made):
    asked, guess, said = made
    shown = show(asked, touch=touch, width=360 if touch else 1280)
    expect(shown.output).to_be_hidden()
    shown.guess(asked, guess)
    shown.uncover.click()
    expect(shown.said).to_have_text(said)
    expect(shown.output).to_be_visible()
    shown.again.click()
    expect(shown.said).to_be_empty()
    expect(shown.output).to_be_hidden()


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        (NUMBER, ["Tab", "4", "0", "0", "Enter"]),
        (NUMBERS, ["Tab", "1", "/", "2", "Tab", "-", "1", "Tab", "Enter"]),
        (CHOICE, ["Tab", "Enter", "Tab", "Tab", "Tab", "Space"]),
        (CHOICES, ["Tab", "Space", "Tab", "Space", "Space", "Tab", "Space", "Tab", "Enter"]),
    ],
    ids=[asked["form"] for asked in FORMS],
)
def test_keys_alone_guess_uncover_and_try_again(show, asked, keys):
    shown = show(asked)
    for key in keys:
        shown.page.keyboard.press(key)
    expect(shown.said).to_contain_text("✓ Right")
    expect(shown.again).to_be_focused()  # the focus is not lost with the button that was pressed
    shown.page.keyboard.press("Enter")
    expect(shown.output).to_be_hidden()
    expect(shown.host.locator("form").locator("input, button").first).to_be_focused()


def test_what_is_no_guess_yet_is_said_each_time(show):
    shown = show(NUMBER)
    shown.page.evaluate(
        """() => {
          window.heard = [];
          const listen = () => heard.push(document.querySelector("[role=status]").textContent);
          new MutationObserver(listen).observe(document.querySelector("[role=status]"), { childList: true });
        }"""
    )
    for _ in range(2):
        shown.uncover.click()
    lack = "Type a number first."
    expect(shown.said).to_have_text(lack)
    assert shown.page.evaluate("heard") == [lack, lack]
    expect(shown.output).to_be_hidden()


@of_each_form
def test_the_answer_is_shown_without_a_guess_and_nothing_is_said_of_one(show, asked):
    shown = show(asked)
    shown.host.get_by_text("Show the answer").click()
    expect(shown.output).to_be_visible()
    expect(shown.said).to_be_empty()
    shown.host.get_by_text("Hide the answer").click()
    expect(shown.output).to_be_hidden()


@pytest.mark.parametrize(("asked", "guess", "said"), GUESSES[1::2])
def test_guess_and_verdict_survive_a_reload(show, asked, guess, said):
    shown = show(asked)
    shown.guess(asked, guess)
    shown.page.reload()
    again = Covered(shown.page)
    expect(again.output).to_be_hidden()
    again.uncover.click()  # the guess is there still
    again.page.reload()
    again = Covered(again.page)
    expect(again.said).to_have_text(said)
    expect(again.output).to_be_visible()
    again.again.click()
    again.page.reload()
    expect(Covered(again.page).output).to_be_hidden()
    assert again.page.evaluate("localStorage.length") == 0


HEIGHT = "document.querySelector('.pool-widget').getBoundingClientRect().height"


@pytest.mark.parametrize("width, asked", crossed([1366, 360, 320], FORMS))
def test_coming_alive_moves_nothing(show, asked, width):
    shown = show(asked, width=width, touch=width < 600)
    alive = shown.page.evaluate(HEIGHT)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    shown.page.route("**/pooling.js", lambda route: route.abort())
    shown.page.reload()
    assert shown.page.evaluate("document.querySelector('.pool-widget').dataset.alive") is None
    assert shown.page.evaluate(HEIGHT) == pytest.approx(alive, abs=1)
    shown.page.unroute("**/pooling.js")
    shown.page.complaints.clear()  # of the script that did not come


def test_without_a_script_only_the_fold_is_there(show):
    shown = show(CHOICE)
    context = shown.page.context.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shown.page.url)
    assert page.locator("button:visible, input:visible").count() == 0
    page.get_by_text("Show the answer").click()
    expect(page.locator("pre")).to_be_visible()
    context.close()


def test_paper_shows_the_answer_and_asks_nothing(show):
    shown = show(CHOICE)
    shown.page.emulate_media(media="print")
    expect(shown.output).to_be_visible()
    assert shown.output.evaluate("(output) => output.checkVisibility({ contentVisibilityAuto: true })")
    for part in (shown.uncover, shown.host.locator("summary"), shown.said):
        expect(part).to_be_hidden()


@pytest.mark.parametrize("scheme, asked", crossed(["light", "dark"], FORMS))
def test_axe_finds_nothing(show, asked, scheme):
    shown = show(asked, scheme=scheme)
    found = violations(shown.page)
    shown.guess(asked, {"number": "4", "numbers": ["1", "2"], "choice": "the mean", "choices": []}[asked["form"]])
    if asked is not CHOICES:
        shown.uncover.click()
        expect(shown.output).to_be_visible()
    found += violations(shown.page)
    assert not found, "\n".join(found)


def test_a_chosen_option_is_told_from_the_others_in_forced_colours(show):
    shown = show(CHOICES)
    shown.page.emulate_media(forced_colors="active")
    shown.guess(CHOICES, ["blurred"])
    looks = "(one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    chosen, other = (shown.host.get_by_role("button", name=name).evaluate(looks) for name in ("blurred", "jagged"))
    assert chosen[0] != other[0] and chosen[1] != chosen[0]


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_page_covers_what_its_notebook_says_and_nothing_else(site, name):
    soup = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    notebook = nbformat.read(ROOT / name.replace(".html", ".ipynb"), 4)
    guesses = [cell.metadata["guess"] for cell in notebook.cells if "guess" in cell.metadata]
    hosts = soup.select("[data-widget=covered]")
    assert [json.loads(host.script.string)["asked"] for host in hosts] == guesses
    for host in hosts:
        assert len(host.select("details.pool-covered .cell_output")) == len(host.select(".cell_output")) == 1
