"""Tests of the exercises: what a check says about every kind of attempt, and the typed answers in a browser."""

import random
import subprocess
import sys
import time

import nbformat
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from javascript import js
from nbclient import NotebookClient

from pooling_book.chapters import chapter01
from pooling_book.exercise import AnswerExercise, Exercises, FunctionExercise, attempt
from pooling_book.exercise.answers import canonical, hashed, readings
from pooling_book.exercise.mistakes import Mistake, shuffled


def double_rows(x):
    """Twice the sum of each row."""
    return 2 * x.sum(axis=1)


def make(**changes):
    settings = {
        "solution": double_rows,
        "cases": [(shuffled(2, 3, 4),), (shuffled(1, 2, 2),)],
        "hints": ["Sum.", "Double."],
        "mistakes": [Mistake("Not doubled.", lambda x: x.sum(axis=1))],
        "source": lambda index, x: (slice(index[0], index[0] + 1), slice(None)),
    }
    return Exercises(0, [FunctionExercise("Rows", **settings | changes)])[1]


@pytest.fixture
def exercise():
    return make()


@pytest.fixture
def quick(monkeypatch):
    """Checks that lose their patience soon."""
    monkeypatch.setattr(attempt, "LIMIT", 0.3)


# functions: what is said


def test_right(exercise):
    verdict = exercise.check(double_rows)
    assert (verdict.status, verdict.sentence) == ("right", "It agrees with the solution on all cases (2 of 2).")


def test_a_list_method_or_partial_is_a_function_too(exercise):
    class Doubler:
        def __call__(self, x):
            return double_rows(x)

    assert exercise.check(Doubler()).status == "right"


def test_the_title_stands_in_the_text_and_above_the_html(exercise):
    verdict = exercise.check(double_rows)
    assert repr(verdict).startswith("Exercise 1. Rows\nRight. It agrees")
    assert "Exercise 1" not in verdict._repr_html_()


def test_known_mistake_before_a_general_diagnosis(exercise):
    assert exercise.check(lambda x: x.sum(axis=1)).sentence == "Not doubled."


def fails(x):
    y = double_rows(x)
    return y[7]


def exits(x):
    raise SystemExit


def interrupts(x):
    raise KeyboardInterrupt


def recurses(x):
    return recurses(x)


def raises_oddly(x):
    class Odd(Exception):
        def __str__(self):
            raise ValueError

    raise Odd


def braces(x):
    raise ValueError("{case} {0}")


def changes_its_input(x):
    y = double_rows(x)
    x[0, 0] = 99
    return y


def one_off(x):
    y = double_rows(x)
    y[1] += 1
    return y


class Hostile(np.ndarray):
    def __eq__(self, other):
        raise RuntimeError

    def __array_ufunc__(self, *arguments, **settings):
        raise RuntimeError


class Thorny:
    def __getattribute__(self, name):
        raise RuntimeError

    __eq__ = __array__ = __len__ = __repr__ = __bool__ = __getattribute__


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (fails, "It raised `IndexError` (index 7 is out of bounds for axis 0 with size 2) in line "),
        (exits, "It raised `SystemExit` in line "),
        (interrupts, "It raised `KeyboardInterrupt` in line "),
        (recurses, "It raised `RecursionError`"),
        (raises_oddly, "It raised `Odd` in line "),
        (braces, "It raised `ValueError` ({case} {0}) in line "),
        (
            lambda: 1,
            "It raised `TypeError` (<lambda>() takes 0 positional arguments but 1 was given) for x of shape (2, 2).",
        ),
        (lambda x: print(x), "It returned `None`: does it end with `return` and the result?"),
        (
            lambda x: [[1, 2], [3]],
            "It returned a list, but should return an array. Only numbers, in rows of one length, make one.",
        ),
        (
            lambda x: x.reshape(3, 3),
            "It raised `ValueError` (cannot reshape array of size 4 into shape (3,3)) in line ",
        ),
        (lambda x: Thorny(), "It returned a value of type `Thorny`, but should return an array."),
        (lambda x: double_rows(x) > 0, "A wrong value at output [0] for x of shape (2, 2): yours is 0."),
        (
            lambda x: double_rows(x).astype(object),
            "It returned values of type `object`, but should return plain numbers.",
        ),
        (lambda x: x, "It returned shape (2, 2) for x of shape (2, 2): that has too many axes."),
        (lambda x: x.sum(), "It returned a number, but should return an array."),
        (lambda x: np.zeros(1), "It returned shape (1,) for x of shape (2, 2): axis 0 is too short."),
        (changes_its_input, "It changes the array it is given"),
    ],
)
def test_wrong_says_what(exercise, function, sentence):
    verdict = exercise.check(function)
    assert verdict.status == "wrong"
    assert verdict.sentence.startswith(sentence), verdict.sentence
    assert "2 * x.sum" not in repr(verdict)


def test_the_readers_line_is_shown(exercise):
    assert "`return y[7]`" in exercise.check(fails).sentence


def test_an_array_of_a_hostile_class_is_taken_for_what_it_holds(exercise):
    assert exercise.check(lambda x: double_rows(x).view(Hostile)).status == "right"


def test_a_wrong_value_shows_where_and_from_what_but_not_the_right_one(exercise):
    verdict = exercise.check(one_off)
    x = exercise.cases[1][0]
    right = double_rows(x)
    found = f"A wrong value at output [1] for x of shape (2, 2): yours is {right[1] + 1}."
    assert verdict.sentence == f"{found} Its window holds {x[1, 0]}, {x[1, 1]}."
    html = verdict._repr_html_()
    assert f"<td><mark>{x[1, 0]}</mark></td><td><mark>{x[1, 1]}</mark></td>" in html
    assert f"<tr><td>{right[0]}</td><td><mark>{right[1] + 1}</mark></td></tr>" in html
    assert f">{right[1]}<" not in html


def sums_of_images(x):
    """The sum of each image."""
    return x.sum(axis=(1, 2))


def first_four(x):
    """The numbers 0 to 3, which belong to no image."""
    return np.arange(4.0)


def test_a_batch_shows_the_image_that_is_wrong_and_what_is_no_batch_shows_none():
    settings = {"cases": [(shuffled(0, 3, 2, 2),)], "mistakes": [], "source": None}
    verdict = make(solution=sums_of_images, **settings).check(lambda x: sums_of_images(x) + [0, 0, 1])
    assert "x[2]" in verdict._repr_html_()
    verdict = make(solution=first_four, **settings).check(lambda x: np.array([0.0, 1, 2, 9]))
    assert "at output [3]" in verdict.sentence and "x[" not in verdict._repr_html_()


@pytest.mark.parametrize("given", [float, np.float32, np.float16, list, tuple, np.int8, np.asfortranarray])
def test_the_same_numbers_in_another_form_are_right(exercise, given):
    def function(x):
        y = double_rows(x)
        return y.astype(given) if isinstance(given, type) and given not in (list, tuple) else given(y)

    assert exercise.check(function).status == "right"


def test_truth_values_may_stand_for_zeros_and_ones_and_an_array_without_axes_for_a_number():
    def which(x):
        """Which are positive?"""
        return (x > 0).astype(int)

    def how_many(x):
        """How many are positive?"""
        return int((x > 0).sum())

    settings = {"mistakes": [], "source": None}
    assert make(solution=which, **settings).check(lambda x: x > 0).status == "right"
    assert make(solution=which, **settings).check(lambda x: x >= 0).status == "wrong"
    assert make(solution=how_many, **settings).check(lambda x: np.array((x > 0).sum())).status == "right"


def ninths(x):
    """Ninths of each element, added up: they cancel."""
    return np.array([(x / 9).sum() - x.sum() / 9, x.sum() / 9])


def test_float32_is_as_right_where_ninths_cancel():
    exercise = make(solution=ninths, cases=[(shuffled(53, 4, 5),), (shuffled(5, 30, 40),)], mistakes=[], source=None)

    def in_float32(x):
        ninth = x.astype(np.float32) / np.float32(9)
        return np.array([sum(ninth.flat) - x.sum() / 9, sum(ninth.flat)])

    assert exercise.check(in_float32).status == "right"
    assert exercise.check(lambda x: ninths(x) + [1e-2, 0]).status == "wrong"


def test_large_whole_numbers_are_compared_exactly():
    def cost(x):
        """Multiplications."""
        return 100_000_000 + x.sum(axis=1)

    exercise = make(solution=cost, mistakes=[], source=None)
    assert exercise.check(lambda x: cost(x) + 1).status == "wrong"
    assert exercise.check(lambda x: cost(x).astype(np.float32)).status == "right"


def test_what_is_printed_is_shown_not_printed(exercise, capsys):
    def chatty(x):
        print("<b>" * 1000)

    verdict = exercise.check(chatty)
    assert capsys.readouterr().out == ""
    assert "&lt;b&gt;" in verdict._repr_html_()
    assert len(repr(verdict)) < 1500


def test_a_judge_accepts_any_right_result():
    def bigger(y, x):
        return None if (y > x).all() else "Not bigger."

    def grow(x):
        """Something bigger."""
        return x + 1

    judged = make(solution=grow, judge=bigger, mistakes=[], source=None)
    assert judged.check(lambda x: x + 5).status == "right"
    assert judged.check(lambda x: x - 5).sentence == "Not bigger."
    assert judged.check(lambda x: x[:1] + 5).status == "wrong"
    assert judged.check(lambda x: (x + 5).tolist()).status == "right"


def wrong_twin(change):
    def twin(x):
        y = x.copy()
        change(y, x)
        return y

    return twin


def zeros_and_the_maximum(y, x):
    y[:2, :2] = 0
    y[0, 0] = x[:2, :2].max()


def lowers(i, j):
    def change(y, x):
        y[i, j] = y.min() - 1

    return change


def puts_for_the_smallest(value):
    def change(y, x):
        window = y[:2, :2]
        window[np.unravel_index(window.argmin(), (2, 2))] = value(window)

    return change


def lowers_all_but_the_largest(y, x):
    y[:2, :2] -= x[:2, :2] < x[:2, :2].max()


def lowers_all_that_are_smallest(y, x):
    y[y == y.min()] -= 1


def swaps_rows(y, x):
    y[:2] = x[1::-1]


def turns(y, x):
    y[:2, :2] = np.rot90(x[:2, :2])


def sorts(y, x):
    y[:2, :2] = np.sort(x[:2, :2], axis=None).reshape(2, 2)


FOR_THE_SMALLEST = [
    lambda w: 0, lambda w: -1, lambda w: -10, lambda w: -1000, lambda w: w.max(), lambda w: w.min() + 1,
    lambda w: -w.min(), lambda w: 2 * w.min(), lambda w: w.min() // 2, lambda w: -abs(w.min()),
]  # fmt: skip
WRONG_TWINS = [
    zeros_and_the_maximum, *(lowers(i, j) for i in range(2) for j in range(2)), lowers(-1, -1),
    lowers_all_but_the_largest, lowers_all_that_are_smallest, swaps_rows, turns, sorts,
    *map(puts_for_the_smallest, FOR_THE_SMALLEST),
]  # fmt: skip


@pytest.mark.parametrize("change", WRONG_TWINS, ids=range(len(WRONG_TWINS)))
def test_a_wrong_twin_is_refused(change):
    verdict = chapter01.exercises[6].check(wrong_twin(change))
    assert verdict.status == "wrong"
    assert verdict.sentence.startswith(("Window [", "It is the same image"))


def test_zeros_are_not_below_everything():
    verdict = chapter01.exercises[6].check(wrong_twin(zeros_and_the_maximum))
    assert verdict.sentence.endswith("now has 0. Zero is larger than any negative number.")


@pytest.mark.parametrize("value", [lambda w: w.min() - 7, lambda w: -1e9, lambda w: -abs(w.min()) - 1])
def test_a_right_twin_of_another_kind_is_accepted(value):
    assert chapter01.exercises[6].check(wrong_twin(puts_for_the_smallest(value))).status == "right"


# functions: endless ones


def endless(x):
    while True:
        pass


def stubborn(x):
    while True:
        try:
            while True:
                try:
                    time.sleep(0.02)
                except:  # noqa: E722
                    pass
        except:  # noqa: E722
            pass


@pytest.mark.parametrize("function", [endless, stubborn])
def test_an_endless_function_is_stopped(exercise, quick, function):
    start = time.monotonic()
    verdict = exercise.check(function)
    assert "still running" in verdict.sentence
    assert time.monotonic() - start < 3
    time.sleep(0.1)  # nothing is left that would interrupt us
    assert exercise.check(double_rows).status == "right"


HURRIED = (
    "from pooling_book.exercise import attempt\nfrom pooling_book.chapters.chapter01 import exercises\n"
    "attempt.LIMIT = 0.3\n"
)


def test_a_python_process_goes_on_and_ends():
    program = (
        f"{HURRIED}"
        "def f(x):\n    while True:\n        try: len(x)\n        except: pass\n"
        "print(exercises[6].check(f).status, exercises[6].check(exercises[6].solution).status)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr, done.returncode) == ("wrong right\n", "", 0)


def test_a_notebook_goes_on():
    cells = [
        HURRIED,
        "def twin(x):\n    ...",
        "exercises[6].check(twin)",
        "def twin(x):\n    while True:\n        x.max()",
        "exercises[6].check(twin)",
        "def twin(x):\n    return x[9, 9, 9]",
        "exercises[6].check(twin)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=30).execute()
    opened, stopped, failed = (notebook.cells[i].outputs for i in (2, 4, 6))
    assert all(len(outputs) == 1 for outputs in (opened, stopped, failed))
    assert "Not attempted yet." in opened[0].data["text/plain"]
    assert "still running" in stopped[0].data["text/html"]
    assert "in line 2, return x[9, 9, 9]," in failed[0].data["text/plain"]


# refused by their author's side


@pytest.mark.parametrize(
    ("build", "argument", "value", "mend"),
    [
        (lambda: make(hints=["one"]), "hints", "1", "2 or 3"),
        (lambda: make(cases=[]), "cases", "empty", "add"),
        (lambda: make(solution=lambda x: x), "solution", "no docstring", "write"),
        (
            lambda: AnswerExercise("T", "t", answer=1, solution="s", hints="ab", foreseen=[(1.0, "no")]),
            "foreseen",
            "1.0",
            "drop",
        ),
        (
            lambda: AnswerExercise("T", "t", answer=1, solution="s", hints="ab", foreseen=[(2, "no"), (2, "no")]),
            "foreseen",
            "2",
            "drop",
        ),
    ],
)
def test_a_malformed_exercise_is_refused(refuses, build, argument, value, mend):
    refuses(ValueError, build, argument, value, mend)


def test_numbers_start_at_one(refuses):
    exercises = Exercises(3, [make()])
    assert exercises[1].identity == "exercise-03-1"
    refuses(IndexError, lambda: exercises[0], "number", "0", "1 to 1")


# answers


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("1, -2  3;4", "1000,-2000,3000,4000"),
        ("[[1 2] [3 4]]", "1000,2000,3000,4000"),
        ("(3×4)", "3000,4000"),
        ("3/4", "750"),
        ("-1 / 3 , +.5, 2.", "-333,500,2000"),
        ("−2", "-2000"),
        ("–2 ‐3 －4", "-2000,-3000,-4000"),
        ("4X5", "4000,5000"),
        ("2 and 3", "2000,3000"),
        ("4 by 5 & 6", "4000,5000,6000"),
        ("\ufeff1\u00a02\u202f3\u200b", "1000,2000,3000"),
        ("{1，2、3；（4）}", "1000,2000,3000,4000"),
        ("-0.0001", "0"),
        ("0.0005", "1"),
        (np.array([[1.5, 2]]), "1500,2000"),
        (np.float32(0.5), "500"),
        (range(3), "0,1000,2000"),
    ],
)
def test_answers_have_one_form(answer, form):
    assert canonical(answer) == form


RANGES = ["18-21", "18–21", "18 - 21", "18 to 21", "18..21", "1, 18…21"]


@pytest.mark.parametrize("answer", RANGES)
def test_a_range_is_answered_politely(answer):
    sentence = halves().check(answer).sentence
    assert sentence.endswith(" looks like a range: type each number of it, such as 3 4 5."), sentence
    assert sentence.startswith("“18")


looped = []
looped.append(looped)


UNREADABLE = [
    "abc",
    "max",
    "band",
    "1/0",
    "1e3",
    ",",
    [],
    {},
    True,
    np.nan,
    [np.inf],
    np.array([True]),
    lambda: 1,
    looped,
    10**400,
]


@pytest.mark.parametrize("answer", UNREADABLE, ids=range(len(UNREADABLE)))
def test_an_unreadable_answer_is_answered_kindly(answer):
    verdict = halves().check(answer)
    assert verdict.status == "wrong"
    assert verdict.sentence


def test_so_is_an_object_that_resists():
    assert halves().check(Thorny()).sentence.startswith("That cannot be read")


def halves(**changes):
    settings = {
        "answer": [1.5, -2],
        "solution": "`3 / 2`",
        "hints": ["One.", "Two."],
        "foreseen": [([-2, 1.5], "The *other* way round.")],
        "table": np.array([[3, -4]]),
    }
    return Exercises(0, [AnswerExercise("Halves", "Half of 3, half of -4?", **settings | changes)])[1]


def test_nothing_tells_how_many_numbers_are_asked_for(page):
    sentences = {halves().check(text).sentence for text in ("1.5", "8 8", "1.5 8", "1 2 3")}
    assert sentences == {"That is not it. Try once more, or open a hint."}
    shown = page.locator(".pool-exercise small").inner_text()
    assert shown == "A number, or several with spaces or commas between them; a fraction such as 3/4 is fine."
    assert halves().state()["places"] == []


def test_the_first_wrong_place_is_told_where_the_task_says_how_many():
    exercise = halves(by_place=True)
    for given, place in (("8 8", 1), ("8 -2", 1), ("1.5 8", 2)):
        assert exercise.check(given).sentence.startswith(
            f"Look at place {place} of 2: the first wrong number stands there."
        )
    assert exercise.check("-2 1.5").sentence == "The *other* way round."
    assert exercise.check("1.5").sentence == "There should be 2 numbers, and 1 was read. Try once more, or open a hint."
    assert exercise.check("1 2 3").sentence.startswith("There should be 2 numbers, and 3 were read.")
    assert exercise.check("1.5 -2").status == "right"
    # read in the way in which their number is right
    assert exercise.check("1,5 51,200").sentence.startswith("Look at place 2 of 2")
    assert exercise.check("2,944").sentence.startswith("Look at place 1 of 2")
    assert exercise.check("2,944 7 8").sentence.startswith("There should be 2 numbers, and 4 were read.")


def test_a_comma_that_may_mean_several_things_is_spoken_of():
    found = "wherever its commas belong: between numbers, between thousands or before decimals."
    assert halves(answer=0.5).check("0,7").sentence.startswith(f"That is not it, {found}")
    assert halves(answer=0.5).check("0.7").sentence.startswith("That is not it. ")


# answers in the browser


@pytest.fixture
def page(show):
    return show(halves().check(...)._repr_html_())


def answer(page, text):
    page.get_by_label("Your answer").fill(text)
    page.get_by_label("Your answer").press("Enter")
    return page.locator("[role=status]").inner_text()


@pytest.mark.parametrize("by_place", [False, True])
def test_typed_answers_are_judged_as_in_python(show, by_place):
    exercise = halves(by_place=by_place)
    page = show(exercise.check(...)._repr_html_())
    for text in [
        "3/2, -2",
        "1,5; -2,0",
        "1,500 -2",
        "1,5 51,200",
        "8-9",
        "(1.5 −2)",
        "-2 1.5",
        "1",
        "1 2 3",
        "8 8",
        "1.5 8",
        "8 -2",
        "abc",
        "1/0 3",
        "[]",
    ]:
        verdict = exercise.check(text)
        sentence = verdict.sentence.replace("*", "")
        assert answer(page, text) == ("✓ Right. " if verdict.status == "right" else "✗ Not yet. ") + sentence
        assert page.locator("[role=status]").get_attribute("data-status") == verdict.status


def test_keyboard_only(page):
    page.keyboard.press("Tab")
    page.keyboard.type("1.5 -2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("[role=status]").inner_text() == "✓ Right. That is the answer."
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.get_by_text("One.").is_visible()


def test_touch(show):
    page = show(halves().check(...)._repr_html_(), touch=True, width=360, height=640)
    page.get_by_label("Your answer").fill("1")
    page.get_by_role("button", name="Check").tap()
    assert "That is not it." in page.locator("[role=status]").inner_text()
    for element in page.locator("input, button, summary").all():
        assert element.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_was_typed_survives_a_reload_until_the_field_is_emptied(page):
    def again():
        page.reload()
        page.wait_for_function("document.querySelector('.pool-widget').dataset.alive")
        return page.get_by_label("Your answer").input_value()

    page.get_by_label("Your answer").fill("1")
    assert again() == "1"
    assert page.locator("[role=status]").inner_text() == ""  # not checked yet
    for text in ("1", "1.5 -2"):
        said = answer(page, text)
        assert again() == text
        assert page.locator("[role=status]").inner_text() == said
    assert said == "✓ Right. That is the answer."
    assert page.locator("details:has-text('Embed'), .pool-foot").count() == 0  # a chapter has many exercises
    page.get_by_label("Your answer").fill("")
    assert again() == ""
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("width", [1366, 360, 320])
def test_coming_alive_moves_nothing(show, width):
    page = show(halves().check(...)._repr_html_(), width=width, touch=width < 600)
    height = "document.querySelector('.pool-widget').getBoundingClientRect().height"
    alive = page.evaluate(height)
    page.route("**/pooling.js", lambda route: route.abort())
    page.reload()
    assert page.locator("[data-alive]").count() == 0
    assert page.evaluate(height) == pytest.approx(alive, abs=2)
    assert page.get_by_text("Not attempted yet.").is_visible()
    page.unroute("**/pooling.js")
    page.complaints.clear()  # of the script that did not come


@pytest.mark.parametrize(
    ("right", "texts"),
    [
        (1024, ["1024", "1,024"]),
        (0.5, ["0.5", "0,5", "1/2", "1,0/2"]),
        (-1.5, ["−1,5", "-1.5"]),
        ([1, 24], ["1,24", "1, 24", "1 24"]),
        ([10, 51200], ["10 51,200", "10, 51,200", "10 and 51’200", "10; 51\u202f200"]),
        ([0.5, 1.5], ["0,5, 1,5", "0,5 1,5", "(0,5; 1.5)"]),
        ([1024, 0.5], ["1,024 0,5"]),
        (1234567.25, ["1,234,567.25"]),
    ],
)
def test_a_comma_may_part_numbers_group_digits_or_stand_before_decimals(show, right, texts):
    exercise = halves(answer=right, foreseen=[])
    page = show(exercise.check(...)._repr_html_())
    for text in texts:
        assert exercise.check(text).status == "right", text
        assert answer(page, text) == "✓ Right. That is the answer.", text
    assert exercise.check("7,5").status == "wrong"


def test_nothing_typed_comes_from_an_address(page):
    page.goto(page.url + "?widget=exercise-00-1&typed=%221%22")
    page.wait_for_function("document.querySelector('.pool-widget').dataset.alive")
    assert page.get_by_label("Your answer").input_value() == ""


def read_in_python(text):
    """The readings of a text and the hash of the first, or what is said of it."""
    try:
        return [read := readings(text), hashed(f"exercise-01-1:{read[0]}")]
    except ValueError as error:
        return str(error)


READ_IN_JAVASCRIPT = """given.map((text) => {
  try { const read = it.readings(text); return [read, it.hashed(`exercise-01-1:${read[0]}`)]; }
  catch (error) { return error.message; }
})"""


def test_numbers_are_read_as_in_javascript():
    random.seed(1)

    def word():
        whole, decimal = (
            random.randint(0, 10 ** random.randint(1, 20)),
            f"{random.uniform(0, 9):.{random.randint(0, 6)}f}",
        )
        forms = [str(whole), f"{whole:,}", f"{whole:_}".replace("_", "\u202f"), decimal, decimal.replace(".", ",")]
        top = random.choice(["", "-", "+", "−", "–"]) + random.choice([*forms, ".5", "7."])
        return top + random.choice(["", "", f"/{random.randint(1, 999)}", " / 0.3"])

    def text():
        between = random.choice([" ", ", ", ",", ";", " x ", "X", "] [", " and ", "\u00a0", "，", "-", " to "])
        return random.choice(["", "(", "[[", "\ufeff"]) + between.join(word() for _ in range(random.randint(1, 5)))

    texts = [text() for _ in range(3000)]
    found = js("exercise/answers.js", READ_IN_JAVASCRIPT, texts)
    assert found == list(map(read_in_python, texts))
    assert sum(len(read) > 1 and len(read[0]) > 1 for read in found) > 200
    assert sum("looks like a range" in read for read in found) > 100


def test_whatever_is_typed_is_read_as_in_javascript():
    random.seed(2)
    letters = [
        *"0123456789,..;:-+/()[]{}xX×&'’ \t\n\v\x1c\x85\x00",
        *"−–—‑－·•…，、\u00a0\u200b\u202f\u2028\ufeff\u3000",
    ]
    pieces = [*letters, *" , .", "and", "by", "to", "AND", "é", "ſ", "K", "٣", "½", "池", "😀", "000", "1,234", "nan"]
    texts = ["".join(random.choices(pieces, k=random.randint(0, 9))) for _ in range(8000)]
    assert js("exercise/answers.js", READ_IN_JAVASCRIPT, texts) == list(map(read_in_python, texts))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(show, exercise, theme):
    typed, wrong, right = halves(), exercise.check(one_off), exercise.check(double_rows)
    typed.identity = "exercise-00-2"
    page = show(
        typed.check(...)._repr_html_()
        + wrong._repr_html_()
        + right._repr_html_().replace("exercise-00-1", "exercise-00-3"),
        theme,
    )
    for typed_in in ("1", "1.5 -2"):
        answer(page, typed_in)
        page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        assert Axe().run(page).response["violations"] == []
