"""Open exercises: words of the reader's own, compared with a model answer; nothing is graded."""

import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from javascript import js
from playwright.sync_api import expect

from pooling_book.exercise import Exercises, OpenExercise
from pooling_book.exercise.kinds import FEWEST_WORDS, count_words

POINTS = ["A maximum has *no* weights.", "Its rule is fixed.", "`max` compares."]
MODEL = "A maximum compares the elements of its window: the rule is fixed, so that there is nothing to learn."
WRITTEN = "It keeps the largest element of each window, by a rule that never changes whatever the data are."
SHORT = "Because it has none."
LENGTHS = [0, 1, FEWEST_WORDS - 1, FEWEST_WORDS]


def make(**changes):
    settings = {"model_answer": MODEL, "points": POINTS, "hints": ["What would a weight weigh?"]}
    return Exercises(0, [OpenExercise("Nothing to learn", "Why has a max pool no weights?", **settings | changes)])[1]


# in Python


@pytest.mark.parametrize("length", LENGTHS)
def test_the_model_answer_unfolds_for_who_has_written_enough(length):
    verdict = make().check("word " * length)
    assert verdict.status == ("compare" if length >= FEWEST_WORDS else "open")
    html, text = verdict._repr_html_(), repr(verdict)
    assert ("<details open>" in html) == (MODEL in text) == (verdict.status == "compare")
    if verdict.status == "open":
        assert f"That is {length} {'word' if length == 1 else 'words'}. " in text


def test_nothing_says_right_or_wrong():
    for given in (..., SHORT, WRITTEN, MODEL):
        shown = repr(make().check(given))
        assert "Right" not in shown and "wrong" not in shown


@pytest.mark.parametrize("given", [None, ..., 3, ["a"], b"bytes", lambda: 1], ids=range(6))
def test_what_is_no_text_is_answered_kindly(given):
    verdict = make().check(given)
    assert verdict.status == "open" and '"""text"""' in verdict.sentence


def test_a_terminal_prints_the_points():
    assert repr(make().check(WRITTEN)).splitlines()[-3:] == [
        "[ ] A maximum has *no* weights.",
        "[ ] Its rule is fixed.",
        "[ ] max compares.",
    ]


@pytest.mark.parametrize(
    ("changes", "argument", "value", "mend"),
    [
        ({"points": POINTS[:2]}, "points", "Its rule is fixed", "3 to 5"),
        ({"points": POINTS * 2}, "points", "max", "3 to 5"),
        ({"points": "three"}, "points", "'three'", "3 to 5"),
        ({"hints": ["a"] * 4}, "hints", "4", "0 or 1 or 2 or 3"),
        ({"model_answer": SHORT}, "model_answer", "4", "12"),
    ],
)
def test_a_malformed_one_is_refused(refuses, changes, argument, value, mend):
    refuses(ValueError, lambda: make(**changes), argument, value, mend)


def test_words_are_counted_as_in_javascript():
    random.seed(3)
    letters = "ab Z é 3 ½ - . , \n \t 池 化 の カ ß Ω \u00a0 \u2003 ’ – _ 😀 ".split(" ") + [" "] * 12
    texts = ["".join(random.choices(letters, k=random.randint(0, 30))) for _ in range(2000)]
    assert js("open_exercise/open_exercise.js", "given.map(it.countWords)", texts) == list(map(count_words, texts))


# on a page


@pytest.fixture
def page(show):
    return show(make().check(...)._repr_html_())


def parts(page):
    """The field, the button, the status, the model answer, the boxes."""
    host = page.locator(".pool-widget")
    return (
        page.get_by_label("Your answer"),
        page.get_by_role("button", name="Compare"),
        page.get_by_role("status"),
        host.get_by_text(MODEL),
        host.locator("input[type=checkbox]"),
    )


def again(page):
    page.reload()
    page.wait_for_function("document.querySelector('.pool-widget').dataset.alive")


def test_the_reader_writes_compares_and_ticks(page):
    field, compare, status, model, boxes = parts(page)
    expect(model).to_be_hidden()
    field.fill(SHORT)
    compare.click()
    expect(status).to_have_text("That is 4 words. Write at least 12, in whole sentences.")
    expect(model).to_be_hidden()
    field.fill(WRITTEN)
    compare.click()
    expect(status).to_have_text("The model answer is below. Tick what yours says, too.")
    expect(model).to_be_visible()
    page.get_by_label("Its rule is fixed.").check()
    assert [box.is_checked() for box in boxes.all()] == [False, True, False]


def test_keyboard_only(page):
    press, field = page.keyboard.press, parts(page)[0]
    press("Tab")
    page.keyboard.type(WRITTEN)
    for key in ("Tab", "Enter"):
        press(key)
    expect(parts(page)[3]).to_be_visible()
    for _ in range(3):  # over the hint and the fold, to the first point
        press("Tab")
    press(" ")
    assert page.get_by_label("A maximum has no weights.").is_checked()
    assert field.input_value() == WRITTEN


def test_text_and_ticks_survive_a_reload_until_the_field_is_emptied(page):
    field, compare, status, model, boxes = parts(page)
    field.fill(WRITTEN)
    again(page)
    assert field.input_value() == WRITTEN
    expect(model).to_be_hidden()
    compare.click()
    boxes.nth(2).check()
    again(page)
    assert field.input_value() == WRITTEN and boxes.nth(2).is_checked() and not boxes.nth(0).is_checked()
    expect(model).to_be_visible()
    expect(status).to_contain_text("Tick what yours says")
    field.fill("")
    again(page)
    assert field.input_value() == "" and not boxes.nth(2).is_checked()
    expect(model).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_nothing_written_comes_from_an_address(page):
    page.goto(page.url + "?widget=exercise-00-1&text=%22told%22&compared=true")
    page.wait_for_function("document.querySelector('.pool-widget').dataset.alive")
    field, _, _, model, _ = parts(page)
    assert field.input_value() == ""
    expect(model).to_be_hidden()


def test_a_hostile_store_does_no_harm(page):
    field, compare, *_, boxes = parts(page)
    field.fill(WRITTEN)
    compare.click()
    page.wait_for_function("localStorage.length")
    page.evaluate(
        """() => { const [key, text] = Object.entries(localStorage)[0];
          const hostile = { text: 7, ticks: [true], compared: 1 };
          localStorage.setItem(key, JSON.stringify({ ...JSON.parse(text), settings: hostile })); }"""
    )
    page.evaluate("addEventListener('pagehide', (event) => event.stopImmediatePropagation(), true)")
    again(page)
    assert field.input_value() in ("", WRITTEN) and boxes.count() == 3


@pytest.mark.parametrize("width", [1366, 360, 320])
def test_coming_alive_moves_nothing_and_fits(show, width):
    page = show(make().check(...)._repr_html_(), width=width, height=740, touch=width < 600)
    height = "document.querySelector('.pool-widget').getBoundingClientRect().height"
    alive = page.evaluate(height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 600:
        for element in page.locator("textarea, button, summary, label.pool-check:visible").all():
            assert element.bounding_box()["height"] >= 44
    page.route("**/pooling.js", lambda route: route.abort())
    page.reload()
    assert page.locator("[data-alive]").count() == 0
    assert page.evaluate(height) == pytest.approx(alive, abs=2)
    page.unroute("**/pooling.js")
    page.complaints.clear()  # of the script that did not come


def test_without_a_script_the_question_stands_there_and_the_answer_is_folded(page):
    context = page.context.browser.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(page.url)
    assert bare.locator("textarea:visible, button:visible").count() == 0
    expect(bare.get_by_text("Why has a max pool no weights?")).to_be_visible()
    expect(bare.get_by_text(MODEL)).to_be_hidden()
    bare.get_by_text("Model answer").click()
    expect(bare.get_by_text(MODEL)).to_be_visible()
    bare.get_by_label("Its rule is fixed.").check()
    context.close()


def test_paper_has_lines_to_write_on_and_gives_nothing_away(page):
    field, compare, status, model, boxes = parts(page)
    field.fill(WRITTEN)
    compare.click()
    expect(model).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("Why has a max pool no weights?")).to_be_visible()
    for part in (field, compare, status, model, boxes.first, page.get_by_text("Model answer", exact=True)):
        expect(part).to_be_hidden()
    box = page.locator(".exercise-place").bounding_box()
    assert box["height"] > 190 and box["width"] > 400


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(show, theme):
    other = make()
    other.identity = "exercise-00-2"
    page = show(make().check(...)._repr_html_() + other.check(WRITTEN)._repr_html_(), theme)
    page.get_by_label("Your answer").first.fill(WRITTEN)
    page.get_by_role("button", name="Compare").first.click()
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    assert Axe().run(page).response["violations"] == []
