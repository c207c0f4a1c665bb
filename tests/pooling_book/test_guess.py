"""Things to try with a widget: as data of a notebook, and how a guess is read and judged."""

import pytest
from javascript import js

from pooling_book.widgets.explorer import Explorer
from pooling_book.widgets.things_to_try import goal, guess, look

# ---- As data of a notebook ----


def test_a_task_is_plain_data():
    assert guess("How many?", "size", scene={"stride": (1, 1)}, then="So.", within=0.5) == {
        "say": "How many?",
        "guess": "size",
        "scene": {"stride": [1, 1]},
        "then": "So.",
        "given": {"within": 0.5},
    }
    assert goal("Do it.", "size", rows=2, columns=3)["goal"] == "size"
    assert not {"guess", "goal"} & look("See.", scene={"operation": "avg"}).keys()


def test_the_scene_of_the_task_that_is_open_at_first_is_the_widgets():
    tasks = [look("One."), look("Two.", scene={"operation": "avg", "covered": True})]
    assert Explorer(tasks=tasks).operation == "max"
    opened = Explorer(tasks=tasks, task=1)
    assert (opened.task, opened.operation, opened.covered, opened.attempts) == (1, "avg", True, {})


@pytest.mark.parametrize(
    ("tasks", "task", "message"),
    [
        ([guess("?", "sise")], None, r"tasks\[0\]\['guess'\]='sise' is not allowed; use one of 'output', 'size'"),
        ([look("."), goal(".", "won")], None, r"tasks\[1\]\['goal'\]='won' is not allowed; use one of 'every'"),
        ([look(".", scene={"windov": 3})], None, r"a key of tasks\[0\]\['scene'\]='windov' is not allowed; use one of"),
        ([look(".")], 1, "task=1 is not allowed; use one of 0"),
        ([], 0, "task=0 is not allowed; use one of None"),
    ],
)
def test_a_task_that_the_widget_cannot_set_is_refused(tasks, task, message):
    with pytest.raises(ValueError, match=message):
        Explorer(tasks=tasks, task=task)


# ---- How a guess is read ----


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        (" −2.5 ", -2.5),
        ("+0.75", 0.75),
        ("3/4", 0.75),
        ("-1 / 3", -1 / 3),
        ("1,024", 1024),
        ("1,234,567", 1234567),
        ("0,75", 0.75),
        (".5", 0.5),
        ("1e3", 1000),
    ],
)
def test_a_number_is_read_as_people_write_it(text, number):
    assert js("kit/guess.js", "it.numberOf(given)", text) == pytest.approx(number)


@pytest.mark.parametrize("text", ["", "  ", "two", "1 2", "3/4/5", "--1", "1.2.3", "0x10", "3/", "nine9"])
def test_what_is_no_number_is_refused_in_words(text):
    assert js("kit/guess.js", "it.numberOf(given) === undefined", text)
    lack = js("kit/guess.js", "it.lacks('number', given)", text)
    assert lack == "Type a number first." or (text.strip() in lack and "type one such as 3, −2, 0.75 or 3/4" in lack)


def test_infinities_and_nan_are_numbers_here():
    words = ["inf", "+inf", "−∞", "-infinity", "∞", "NaN"]
    found = js("kit/guess.js", "given.map((word) => String(it.numberOf(word)))", words)
    assert found == ["Infinity", "Infinity", "-Infinity", "-Infinity", "Infinity", "NaN"]


# ---- How it is judged ----


@pytest.mark.parametrize(
    ("form", "given", "truth", "more", "right", "of"),
    [
        ("number", "9", 9, {}, 1, 1),
        ("number", "8", 9, {}, 0, 1),
        ("number", "3.33", 10 / 3, {}, 1, 1),
        ("number", "3.3", 10 / 3, {}, 0, 1),
        ("number", "12", 10, {"within": 2}, 1, 1),
        ("numbers", ["3", "4"], [3, 3], {}, 1, 2),
        ("numbers", ["3", "3"], [3, 3], {}, 2, 2),
        ("choice", "max", "max", {}, 1, 1),
        ("choice", "mean", "max", {}, 0, 1),
        ("choices", ["a"], ["a", "b"], {"options": ["a", "b", "c"]}, 2, 3),
        ("choices", [], [], {"options": ["a", "b"]}, 2, 2),
        ("places", ["0, 1"], ["0, 1", "2, 2"], {}, 1, 2),
        ("places", ["0, 1", "1, 1", "2, 2"], ["0, 1", "2, 2"], {}, 2, 3),
        ("curve", [0, 5, 9], [0, 4, 2], {"within": 1}, 2, 3),
    ],
)
def test_a_guess_is_right_in_so_many_of_its_parts(form, given, truth, more, right, of):
    data = {"form": form, "given": given, "truth": truth, "more": more}
    found = js("kit/guess.js", "it.judge(given.form, given.given, given.truth, given.more)", data)
    assert found == {"right": right, "of": of}


def test_nan_and_infinities_can_be_guessed():
    pairs = {"nan": "NaN", "-inf": "-Infinity"}
    for typed, truth in pairs.items():
        assert js("kit/guess.js", f"it.judge('number', given, {truth})", typed) == {"right": 1, "of": 1}
        assert js("kit/guess.js", f"it.judge('number', '0', {truth})", typed) == {"right": 0, "of": 1}


@pytest.mark.parametrize(
    ("form", "given", "truth", "parts", "said"),
    [
        ("number", "9", 9, (1, 1), "✓ Right: 9."),
        ("number", "7", -2, (0, 1), "You said 7; it is −2."),
        ("numbers", ["3", "4"], [3, 3], (1, 2), "1 of 2 right. You said 3, 4; it is 3, 3."),
        ("choices", [], ["a"], (1, 2), "1 of 2 judged right. You said none of them; it is a."),
        ("places", ["0, 0"], ["0, 1"], (0, 1), "0 of 1 right. Not: (0, 0). Missed: (0, 1)."),
        ("curve", [1, 2], [1, 2], (2, 2), "✓ Right, all along."),
    ],
)
def test_a_verdict_says_what_was_right(form, given, truth, parts, said):
    data = {"form": form, "given": given, "truth": truth, "parts": {"right": parts[0], "of": parts[1]}}
    assert js("kit/guess.js", "it.verdict(given.form, given.given, given.truth, given.parts)", data) == said


@pytest.mark.parametrize(
    ("form", "guess_", "lack"),
    [
        ("numbers", ["3"], "columns: Type a number first."),
        ("numbers", None, "rows: Type a number first."),
        ("choice", None, "Choose one first."),
        ("choices", None, "Choose what holds first; none may hold."),
        ("places", [], "Mark a place on the picture first."),
        ("curve", [None, None], "Draw your guess on the picture first."),
    ],
)
def test_a_guess_that_is_not_whole_is_not_judged(form, guess_, lack):
    data = {"form": form, "guess": guess_}
    assert js("kit/guess.js", "it.lacks(given.form, given.guess, {names: ['rows', 'columns']})", data) == lack


def test_what_an_attempt_is():
    attempts = [{}, {"guess": "3"}, {"guess": "3", "right": 0, "of": 1}, {"right": 2, "of": 2}, {"met": True}]
    found = js("kit/tasks.js", "[...given, {seen: true}, undefined].map((one) => it.standing(one))", attempts)
    assert found == ["open", "open", "seen", "done", "done", "seen", "open"]
