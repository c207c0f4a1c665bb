"""Tests of the quiz: what it accepts, and how it behaves in a browser for mouse, touch and keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import load
from javascript import js

from pooling_book.show.markup import inline
from pooling_book.widgets.quiz import Quiz, question, right, wrong

SUM = question(
    "What is `2 + 2`?", wrong("22", "That *joins* the digits."), right("4", "Two and two."), wrong("5", "One too many.")
)
TIMES = question("3 times 3?", right("9", "Three threes."), wrong("6", "That is the sum."))
MINUS = question("1 - 1?", wrong("1", "Nothing was taken."), right("0", "All was taken."))


@pytest.fixture
def quiz():
    return Quiz("quiz-00", [SUM, TIMES, MINUS])


@pytest.fixture
def page(quiz, show):
    return show(quiz.html())


# what it accepts


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: question("Q?", right("a", "b")), ["choices", "'Q?'", "1", "2 to 5"]),
        (lambda: question("Q?", *[wrong(str(i), "b") for i in range(5)], right("a", "b")), ["6", "2 to 5"]),
        (lambda: question("Q?", wrong("a", "b"), wrong("c", "d")), ["0 right", "exactly one", "right()"]),
        (lambda: question("Q?", right("a", "b"), right("c", "d")), ["2 right", "exactly one"]),
        (lambda: question("Q?", right("a", "b"), wrong("c", " ")), ["' '", "write"]),
        (lambda: question("Q?", right("a", "b"), wrong("a", "d")), ["repeat", "reword"]),
        (lambda: Quiz("Quiz 1", [SUM, TIMES, MINUS]), ["identity", "'Quiz 1'", "quiz-01"]),
        (lambda: Quiz("quiz-00", [SUM, TIMES]), ["questions", "2", "3 to 6"]),
        (lambda: Quiz("quiz-00", [SUM, MINUS, SUM]), ["place 1", "move"]),
    ],
)
def test_a_malformed_quiz_is_refused_with_its_mend(make, words):
    with pytest.raises(ValueError) as error:
        make()
    assert all(word in str(error.value) for word in words), str(error.value)


def test_marks_are_rendered_and_everything_else_is_escaped():
    assert inline("a *b* `c*d*` <i>") == "a <em>b</em> <code>c*d*</code> &lt;i&gt;"
    assert inline("2 * 3 * 4") == "2 * 3 * 4"


def test_marks_are_rendered_alike_in_javascript(browser):
    texts = ["a *b* `c*d*` <i>", "2 * 3 * 4", "`x < 0` & *not* `", "*`a`* **b** *c *d*", ""]
    page = browser.new_page()
    load(page, "kit/core.js")
    found = page.evaluate("(texts) => texts.map((text) => it.h('p', {}, ...it.inline(text)).innerHTML)", texts)
    page.close()
    assert found == [inline(text) for text in texts]


def test_output_is_the_same_each_time(quiz):
    again = Quiz("quiz-00", [SUM, TIMES, MINUS])
    assert quiz.html() == again.html()
    assert repr(quiz) == repr(again) == "<quiz quiz-00>"


def test_without_a_script_the_answers_are_folded(quiz, browser):
    page = browser.new_page()
    page.set_content(quiz.html())
    assert page.get_by_text("That joins the digits.").is_hidden()
    page.get_by_text("Answer").first.click()
    assert page.get_by_text("That joins the digits.").is_visible()
    page.close()


# in the browser


def test_mouse(page):
    form = page.locator("form")
    assert page.locator(".quiz-feedback").all_inner_texts() == ["", "", ""]
    form.get_by_label("22").click()
    assert page.locator(".quiz-feedback").first.inner_text() == "✗ Not quite. That joins the digits."
    form.get_by_label("4").click()  # a change of mind
    assert page.locator(".quiz-feedback").first.inner_text() == "✓ Right. Two and two."
    form.get_by_label("9").click()
    assert page.locator(".quiz-score").inner_text() == ""
    form.get_by_label("0").click()
    assert page.locator(".quiz-score").inner_text() == "2 of 3 at the first try."


def test_a_new_start_is_told_and_can_be_undone(page):
    start, undo = (page.get_by_role("button", name=name) for name in ("Start again", "Undo"))
    assert start.count() == 0  # nothing to take back
    said = answered(page)
    start.click()
    assert page.locator("input:checked").count() == 0
    assert page.locator(".quiz-feedback").all_inner_texts() == ["", "", ""]
    assert page.locator(".quiz-score").inner_text() == "All answers are taken back."
    assert undo.evaluate("(button) => button === document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator(".quiz-feedback").all_inner_texts() == said
    page.keyboard.press("Enter")
    page.locator("form").get_by_label("9").click()  # a new answer: what was before is over
    assert undo.count() == 0 and start.is_visible()
    assert page.locator(".quiz-score").inner_text() == ""


HEIGHT = "document.querySelector('.pool-widget').getBoundingClientRect().height"


@pytest.mark.parametrize("width", [1366, 360, 320])
def test_coming_alive_moves_nothing(quiz, show, width):
    page = show(quiz.html(), width=width, touch=width < 600)
    alive = page.evaluate(HEIGHT)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.route("**/pooling.js", lambda route: route.abort())
    page.reload()
    assert page.locator("[data-alive]").count() == 0
    assert page.evaluate(HEIGHT) == pytest.approx(alive, abs=2)
    page.unroute("**/pooling.js")
    page.complaints.clear()  # of the script that did not come


def test_touch(quiz, show):
    page = show(quiz.html(), touch=True, width=360, height=640)
    for choice in page.locator("form .quiz-choice").all():
        assert choice.bounding_box()["height"] >= 44
    page.locator("form .quiz-choice").nth(1).tap()
    assert page.locator(".quiz-feedback").first.inner_text() == "✓ Right. Two and two."
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_keyboard_moves_without_answering(page):
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.locator("input:checked").count() == 0
    page.keyboard.press("Space")
    assert page.locator(".quiz-feedback").first.inner_text() == "✓ Right. Two and two."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")  # around, to the last one
    page.keyboard.press("Space")
    assert page.locator(".quiz-score").inner_text() == "3 of 3 at the first try."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("input:checked").count() == 0


def test_a_screen_reader_is_told(page):
    assert page.get_by_role("group", name="1. What is 2 + 2?").get_by_role("radio").count() == 3
    assert page.locator("form [role=status]").count() == 4


def test_state_in_a_text_is_never_html(show):
    evil = question("<img src=x onerror=alert(1)>?", right("</script><b>1</b>", "<b>2</b>"), wrong("3", "4"))
    page = show(Quiz("quiz-00", [evil, MINUS, SUM]).html())
    assert page.locator("main img, main b").count() == 0
    assert page.locator("form").get_by_text("</script><b>1</b>").is_visible()


# what is kept


def answered(page):
    """The quiz after two answers to its first question and one to its second."""
    for label in ("22", "4", "6"):
        page.locator("form").get_by_label(label, exact=True).check()
    return page.locator(".quiz-feedback").all_inner_texts()


def lives_again(page, *query):
    page.goto(page.url.partition("?")[0] + "".join(query))
    page.wait_for_function("document.querySelector('.pool-widget').dataset.alive")


def test_answers_survive_a_reload_and_count_as_before(page):
    said = answered(page)
    assert said == ["✓ Right. Two and two.", "✗ Not quite. That is the sum.", ""]
    lives_again(page)
    assert page.locator(".quiz-feedback").all_inner_texts() == said
    page.locator("form").get_by_label("0", exact=True).check()
    assert page.locator(".quiz-score").inner_text() == "1 of 3 at the first try."
    lives_again(page)
    assert page.locator(".quiz-score").inner_text() == "1 of 3 at the first try."


def test_a_new_start_erases_what_was_kept_and_is_the_only_one(page):
    answered(page)
    page.locator("form").get_by_label("0", exact=True).check()
    lives_again(page)
    assert page.evaluate("localStorage.length") == 1
    assert page.get_by_role("button", name="Start afresh").count() == 0
    page.get_by_role("button", name="Start again").click()
    lives_again(page)
    assert page.locator("input:checked").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_no_answer_is_put_into_an_address_or_taken_from_one(page):
    answered(page)
    assert page.get_by_role("link").count() == 0
    page.get_by_role("button", name="Embed").click()
    text = page.get_by_role("textbox", name="Text that embeds it").input_value()
    assert '?embed=quiz-00"' in text
    page.evaluate("localStorage.clear()")
    page.evaluate("addEventListener('pagehide', () => localStorage.clear())")
    lives_again(page, "?widget=quiz-00&answers=[[0],[0],[0]]")
    assert page.locator("input:checked").count() == 0
    lives_again(page, "?embed=quiz-00")
    assert page.get_by_role("radio").count() == 7
    assert page.get_by_role("heading", name="Widgets").count() == 1  # unseen: the page's own is gone
    assert not Axe().run(page).response["violations"]


@pytest.mark.parametrize(
    ("answers", "sound"),
    [
        ([[], [], []], True),
        ([[0, 2, 1] * 30, [1], [0]], True),
        ([[0], [2], [0]], False),  # the second question has two choices
        ([[0], [0]], False),
        ([[0], [0], [-1]], False),
        ([[0], [0], ["0"]], False),
        ([0, 0, 0], False),
        (None, False),
    ],
)
def test_kept_answers_are_checked(quiz, answers, sound):
    assert js("quiz/state.js", "it.settings.answers(given[0], given[1])", [answers, quiz.state()]) is sound


def test_first_tries_are_counted_and_the_last_one_stands(quiz):
    def front(expression, answers):
        return js("quiz/state.js", f"(([questions, answers]) => {expression})(given)", [quiz.questions, answers])

    assert front("it.score(questions, answers)", [[1], [0, 1], []]) == ""
    assert front("it.score(questions, answers)", [[1], [1, 0], [0, 1]]) == "1 of 3 at the first try."
    standing = "questions.map((question, q) => it.standing(question, answers[q]).status)"
    assert front(standing, [[1, 0], [], [0, 1]]) == ["wrong", "open", "right"]
    assert front("it.taken(answers, 1, 0)", [[1], [1], []]) == [[1], [1, 0], []]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(quiz, show, theme):
    page = show(quiz.html(), theme)
    assert Axe().run(page).response["violations"] == []
    for label in ("22", "9", "0"):
        page.locator("form").get_by_label(label, exact=True).click()
    assert Axe().run(page).response["violations"] == []
