"""The gradient painter on a page: its arithmetic, and every way to use it, against what pooling_lib says."""

import io
import json
import re

import numpy as np
import pytest
from browser import violations
from budget import besides, many
from feel import longest
from PIL import Image
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, settled, swipe

from pooling_book.chapters.try05 import things_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.widgets.gradient_painter import GradientPainter
from pooling_book.widgets.photos import small_photos
from pooling_lib import avg_pool_backward, max_pool, max_pool_backward
from pooling_lib.geometry import place

CASES = many(4000)
SPECIAL = np.array([np.nan, np.inf, -np.inf])

# ---- The arithmetic ----

BACK = """(cases) => JSON.stringify(JSON.parse(cases).map(({ rows, columns, values, settings, upstream }) => {
  const plane = { rows, columns, values: Float64Array.from(values, Number) };
  const { values: dx, reached } = it.backward(plane, it.pool(plane, settings), settings, upstream);
  return { dx: Array.from(dx), reached: Array.from(reached) };
}))"""


def random_case(rng):
    """An input, settings that fit it, and an upstream gradient: overlap, gaps, ties, padding, NaN and infinities."""
    while True:
        shape = tuple(int(n) for n in rng.integers(1, 10, 2))
        x = rng.integers(-3, 4, shape) / rng.choice([1, 4])
        if rng.random() < 0.2:
            x = -np.abs(x) - 1
        if rng.random() < 0.3:
            x = np.where(rng.random(shape) < rng.choice([0.1, 0.6]), rng.choice(SPECIAL, shape), x)
        pair = lambda low, high: [int(n) for n in rng.integers(low, high, 2)]
        padding = [pair(0, 4), pair(0, 4)] if rng.random() < 0.5 else str(rng.choice(["valid", "same"]))
        where = dict(
            window=pair(1, 6),
            stride=pair(1, 5),
            padding=padding,
            dilation=pair(1, 4) if rng.random() < 0.4 else [1, 1],
            ceil_mode=bool(rng.random() < 0.4),
        )
        try:
            counts = [along.count for along in place(shape, *where.values())]
        except ValueError:
            continue
        dy = rng.integers(-3, 4, counts) / rng.choice([1, 8])
        return (
            x,
            where,
            {"operation": str(rng.choice(["max", "avg"])), "count_include_pad": bool(rng.random() < 0.5)},
            dy,
        )


def word(value):
    return value if np.isfinite(value) else str(value).replace("inf", "Infinity").replace("nan", "NaN")


def test_the_browser_sends_back_what_the_library_does(module):
    page = module("kit/backward.js", 'export const { pool } = need("kit/core.js");')
    rng = np.random.default_rng(5)
    cases = [random_case(rng) for _ in range(CASES)]
    sent = [
        {
            "rows": x.shape[0],
            "columns": x.shape[1],
            "values": [word(v) for v in x.ravel().tolist()],
            "settings": where | how,
            "upstream": dy.ravel().tolist(),
        }
        for x, where, how, dy in cases
    ]
    found = [
        answer
        for start in range(0, CASES, 500)
        for answer in json.loads(page.evaluate(BACK, json.dumps(sent[start : start + 500])))
    ]
    for (x, where, how, dy), answer in zip(cases, found, strict=True):
        said = f"x =\n{x}\nsettings = {where | how}\ndy =\n{dy}\nin the browser: {answer['dx']}"
        if how["operation"] == "max":
            _, indices = max_pool(x, **where, return_indices=True)
            back = lambda g: max_pool_backward(g, indices, x.shape, **where)
        else:
            back = lambda g: avg_pool_backward(g, x.shape, **where, count_include_pad=how["count_include_pad"])
        np.testing.assert_allclose(np.reshape(answer["dx"], x.shape), back(dy), rtol=1e-12, atol=1e-12, err_msg=said)
        np.testing.assert_array_equal(np.reshape(answer["reached"], x.shape), back(np.abs(dy)) > 0, err_msg=said)


# ---- The painter as the reader sees it ----


class ShownGradient(Shown):
    """A painter on a page: its words, its tables, its drawings and its controls."""

    def __init__(self, page, name="gradient"):
        super().__init__(page, name)
        self.input, self.output = self.canvas(0), self.canvas(1)
        self.code = self.host.locator(".pool-code code")
        self.balance, self.warning = self.host.locator(".pool-gradient-balance"), self.host.get_by_role("alert")

    def slider(self, name):
        return self.host.get_by_role("slider", name=re.compile(rf"^{name}"))

    def point(self, canvas, row, column, rows, columns):
        """Where on the page the middle of a cell of a drawing of so many rows and columns is."""
        return self.place(canvas, row + 0.5, column + 0.5, rows, columns)

    def rows(self, canvas):
        return canvas.locator("xpath=..").locator("tr:has(th[scope=row])")

    def agrees(self, dy, **settings):
        """Wait until the tables hold this upstream gradient and what pooling_lib makes of it."""
        python = GradientPainter(**settings)
        dy = np.asarray(dy, float)
        letters = "".join("abcdefg"[int(value) + 3] for value in dy.ravel())
        python.painting = {"rows": dy.shape[0], "columns": dy.shape[1], "values": letters}
        python.pattern = "painted"
        assert python.dy.shape == dy.shape, f"the output has shape {python.dy.shape}"
        expect(self.code).to_have_text(python.call)
        for canvas, plane, verb, wanted in [
            (self.output, python.y, "sends", dy),
            (self.input, python.x, "receives", python.dx),
        ]:
            cells = [
                [f"{two_decimals(value)} {verb} {two_decimals(one)}" for value, one in zip(*row, strict=True)]
                for row in zip(plane, wanted, strict=True)
            ]
            expect(self.rows(canvas)).to_have_text([f"{i}{''.join(row)}" for i, row in enumerate(cells)])


@pytest.fixture
def show(show_each):
    """Open a page with one painter."""
    return show_each(ShownGradient, GradientPainter, height=1000)


MIDDLE = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]


def test_it_opens_with_one_output_that_sends(show):
    shown = show(over="file")
    shown.agrees(MIDDLE)
    expect(shown.sentence).to_have_text("Output (1, 1) sends 1 to row 2, column 2: its maximum, 9.")
    expect(shown.balance).to_have_text("Sent 1, arrived 1; 35 of 36 elements get nothing.")
    assert not violations(shown.page)


def test_the_mouse_paints_along_its_way_with_the_chosen_brush(show):
    shown = show()
    shown.button("Clear").click()
    shown.agrees(np.zeros((3, 3)))
    mouse = shown.page.mouse
    mouse.move(*shown.point(shown.output, 0, 0, 3, 3))
    mouse.down()
    mouse.move(*shown.point(shown.output, 0, 2, 3, 3))  # in one leap: no gap is left
    mouse.move(*shown.point(shown.output, -2, 5, 3, 3))  # beyond the output nothing is painted
    mouse.up()
    mouse.move(*shown.point(shown.output, 2, 2, 3, 3))  # no button pressed: no painting
    shown.agrees([[1, 1, 1], [0, 0, 0], [0, 0, 0]])
    shown.button("−1").click()
    mouse.click(*shown.point(shown.output, 2, 0, 3, 3))
    shown.button("Eraser").click()
    mouse.click(*shown.point(shown.output, 0, 1, 3, 3))
    shown.agrees([[1, 0, 1], [0, 0, 0], [-1, 0, 0]])
    expect(shown.balance).to_have_text("Sent 2 − 1 = 1, arrived 1; 33 of 36 elements get nothing.")
    shown.slider("Stride").fill("4")
    shown.agrees([[1, 0], [0, 0]], stride=4)
    shown.button("Reset").click()
    shown.agrees(MIDDLE)
    expect(shown.button("+1")).to_have_attribute("aria-pressed", "true")


def test_keys_paint_and_do_not_scroll_the_page(show):
    shown = show(after='<p style="height:1500px">More.</p>')
    shown.button("Clear").click()
    shown.output.focus()
    press = shown.page.keyboard.press
    home = shown.page.evaluate("scrollY")
    for key in ("Home", "Space", "ArrowRight", "Enter", "ArrowDown", "Shift+ArrowDown"):
        press(key)
    shown.agrees([[1, 1, 0], [0, 0, 0], [0, 1, 0]])
    for key in ("Home", "Delete", "End", "Space", "Space"):
        press(key)
    shown.agrees([[0, 1, 0], [0, 0, 0], [0, 1, 1]])
    expect(shown.sentence).to_have_text("Output (2, 2) sends 1 to row 5, column 4: the first of its 2 maxima, 8.")
    assert shown.page.evaluate("scrollY") == home


#: Until a page that was flung has come to rest.
def test_a_thumb_scrolls_from_anywhere_and_a_finger_paints_by_tap_or_sideways(show):
    shown = show(
        touch=True,
        width=360,
        height=700,
        after='<p style="height:1500px">More.</p>',
        images=small_photos(),
        pattern="clear",
    )
    sizes = {"numbers": (3, 6), "camera": (32, 64)}
    for source, (outputs, elements) in sizes.items():
        shown.menu("Input").select_option(source)
        shown.agrees(np.zeros((3, 3))) if source == "numbers" else expect(shown.balance).to_contain_text("of 4,096")
        for canvas, side in ((shown.output, outputs), (shown.input, elements)):
            x, y = shown.point(canvas, side - 1, side // 2, side, side)
            home = shown.page.evaluate("scrollY")
            swipe(shown.page, (x, y), (x, y - 150))
            scrolled_beyond(shown.page, home + 50)
            expect(shown.balance).to_contain_text("Sent 0, arrived 0;")
    shown.menu("Input").select_option("numbers")
    start, end = shown.point(shown.output, 1, 0, 3, 3), shown.point(shown.output, 1, 2, 3, 3)
    home = shown.page.evaluate("scrollY")
    swipe(shown.page, start, end)
    shown.agrees([[0, 0, 0], [1, 1, 1], [0, 0, 0]])
    assert shown.page.evaluate("scrollY") == home, "the page scrolled while a finger painted"
    shown.page.touchscreen.tap(*shown.point(shown.output, 2, 2, 3, 3))
    shown.agrees([[0, 0, 0], [1, 1, 1], [0, 0, 1]])
    shown.page.touchscreen.tap(*shown.point(shown.input, 2, 2, 6, 6))
    expect(shown.sentence).to_have_text("Element (2, 2), 9, receives 1 from output (1, 1).")


@pytest.mark.parametrize(
    "name, pattern",
    [
        ("All ones", "all ones"),
        ("Halves ±1", "left and right"),
        ("Random", "random"),
        ("Clear", "clear"),
        ("One output", "one output"),
    ],
)
def test_a_pattern_sends_the_same_in_the_browser_and_in_python(show, name, pattern):
    for settings in (dict(window=2, stride=1), dict(window=3, padding="same", operation="avg")):
        shown = show(**settings)
        shown.button(name).click()
        expect(shown.button(name)).to_have_attribute("aria-pressed", "true")
        shown.agrees(GradientPainter(**settings, pattern=pattern).dy, **settings)


def test_random_is_another_each_time(show):
    shown = show()
    shown.button("Random").click()
    first = shown.rows(shown.output).all_inner_texts()
    shown.button("Random").click()
    python = GradientPainter(pattern="random")
    python.seed = 2
    shown.agrees(python.dy)
    assert shown.rows(shown.output).all_inner_texts() != first


def test_every_setting_reaches_the_gradient(show):
    shown = show(pattern="all ones")
    shown.button("Average").click()
    shown.agrees(np.ones((3, 3)), operation="avg")
    shown.slider("Window").fill("3")
    shown.agrees(np.ones((2, 2)), operation="avg", window=3)
    shown.slider("Stride").fill("1")
    shown.menu("Padding").select_option("same")
    shown.agrees(np.ones((6, 6)), operation="avg", window=3, stride=1, padding="same")
    expect(shown.balance).to_have_text("Sent 36, arrived 36; 0 of 36 elements get nothing.")
    shown.host.get_by_text("More settings").click()
    shown.host.get_by_label("count padding").check()
    shown.agrees(np.ones((6, 6)), operation="avg", window=3, stride=1, padding="same", count_include_pad=True)
    expect(shown.balance).to_have_text(
        "Sent 36, arrived 28.44, 7.56 went to padding and is lost; 0 of 36 elements get nothing."
    )
    shown.menu("Input").select_option("numbers with ties")
    shown.button("Maximum").click()
    shown.agrees(np.ones((6, 6)), source="numbers with ties", window=3, stride=1, padding="same")
    shown.slider("Window").fill("8")
    shown.menu("Padding").select_option("valid")
    expect(shown.warning).to_contain_text("fits nowhere")
    shown.slider("Window").fill("2")
    expect(shown.warning).to_be_hidden()


OUTPUTS = [
    (dict(operation="avg", pattern="all ones"), (0, 0), "Output (0, 0) sends 1/4 to each of its 4 elements."),
    (
        dict(operation="avg", window=3, stride=1, padding="same", pattern="all ones"),
        (0, 0),
        "Output (0, 0) sends 1/4 to each of the 4 elements it covers; its padding is not counted and receives nothing.",
    ),
    (
        dict(operation="avg", window=3, stride=1, padding="same", pattern="all ones", count_include_pad=True),
        (0, 0),
        "Output (0, 0) sends 1/9 to each of the 4 elements it covers; 5/9 goes to padding and is lost.",
    ),
    (
        dict(source="numbers with ties", pattern="all ones"),
        (0, 2),
        "Output (0, 2) sends 1 to row 0, column 4: the first of its 3 maxima, 2.",
    ),
    (dict(), (0, 1), "Output (0, 1) sends 0 to row 1, column 2: its maximum, 5."),
]


@pytest.mark.parametrize("settings, at, words", OUTPUTS)
def test_an_output_pointed_at_says_where_it_sends(show, settings, at, words):
    shown = show(**settings)
    rows, columns = GradientPainter(**settings).dy.shape
    shown.page.mouse.move(*shown.point(shown.output, *at, rows, columns))
    expect(shown.sentence).to_have_text(words)


ELEMENTS = [
    (
        dict(operation="avg", window=3, stride=1, pattern="all ones"),
        (1, 1),
        "Element (1, 1), 6, receives 1/9 from each of outputs (0, 0), (0, 1), (1, 0), (1, 1): 4/9 in all.",
    ),
    (dict(pattern="all ones"), (0, 0), "Element (0, 0), 3, receives nothing: it wins no window."),
    (dict(pattern="clear"), (1, 1), "Element (1, 1), 6, receives nothing: the output it could hear from sends 0."),
    (dict(window=2, stride=3, pattern="all ones"), (2, 2), "Element (2, 2), 9, receives nothing: no window reads it."),
    (dict(window=2, stride=1, pattern="left and right"), (0, 5), "Element (0, 5), 9, receives −1 from output (0, 4)."),
    (
        dict(operation="avg", window=2, stride=1, pattern="left and right"),
        (0, 2),
        "Element (0, 2), 4, receives 1/4 from output (0, 1).",
    ),
]


@pytest.mark.parametrize("settings, at, words", ELEMENTS)
def test_an_element_pointed_at_says_from_whom_it_receives(show, settings, at, words):
    shown = show(**settings)
    shown.page.mouse.move(*shown.point(shown.input, *at, 6, 6))
    expect(shown.sentence).to_have_text(words)
    shown.page.mouse.move(0, 0)
    expect(shown.sentence).to_have_text(re.compile(r"^Output \("))


def test_arrow_keys_point_at_elements(show):
    shown = show(pattern="all ones")
    shown.input.focus()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.sentence).to_have_text(re.compile(r"^Element \(2, 2\), 9, receives 1 from output \(1, 1\)"))
    shown.page.keyboard.press("ArrowDown")
    expect(shown.sentence).to_have_text(re.compile(r"^Element \(3, 2\)"))
    shown.page.keyboard.press("Home")
    expect(shown.sentence).to_have_text(re.compile(r"^Element \(0, 0\)"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_photo_positive_is_light_and_negative_dark_where_pooling_lib_has_them(show, scheme):
    settings = dict(images=small_photos(), source="camera", window=4, pattern="left and right")
    shown = show(scheme=scheme, **settings)
    expect(shown.balance).to_have_text("Sent 128 − 128 = 0, arrived 0; 3,840 of 4,096 elements get nothing.")
    shown.page.mouse.move(0, 0)
    drawn = np.asarray(Image.open(io.BytesIO(shown.input.screenshot())).convert("L")).astype(int)
    edge = int(shown.input.get_attribute("data-edge"))
    side = (drawn.shape[0] - 2 - 2 * edge) / 64
    middles = [round(edge + (n + 0.5) * side) for n in range(64)]
    lightness, dx = drawn[np.ix_(middles, middles)], GradientPainter(**settings).dx
    away = np.ones(dx.shape, bool)
    away[30:42, 30:42] = False  # the frame of the selected window
    assert lightness[(dx > 0) & away].min() > 165 and lightness[(dx < 0) & away].max() < 80
    assert 85 < lightness[(dx == 0) & away].min() and lightness[(dx == 0) & away].max() < 170


def test_a_little_to_each_is_faint_where_all_to_one_is_full(show):
    """What arrives is tinted by the scale of what is sent: a mean of 64 gives each pixel 1/64."""
    shown = show(images=small_photos(), source="camera", window=8, operation="avg", pattern="left and right")
    expect(shown.balance).to_have_text("Sent 32 − 32 = 0, arrived 0; 0 of 4,096 elements get nothing.")
    signs = shown.host.locator(".pool-signs span")
    expect(signs).to_have_text(["1 or more", "1/4", "−1/4", "−1 or less"])
    shown.page.mouse.move(0, 0)

    def colours(canvas, column):
        drawn = np.asarray(Image.open(io.BytesIO(canvas.screenshot())).convert("RGB")).astype(int)
        edge = int(canvas.get_attribute("data-edge"))
        side = (drawn.shape[0] - 2 - 2 * edge) / 64
        places = [round(edge + (n + 0.5) * side) for n in range(4, 28)]  # away from the frame of the middle output
        return drawn[np.ix_(places, [round(edge + (column + 0.5) * side)])].reshape(-1, 3)

    for column in (4, 60):  # of 64: under the first and under the last column of outputs
        arrives, sent = colours(shown.input, column), colours(shown.output, column)
        tint = lambda many: np.abs(many[:, 2] - many[:, 0]).mean()  # amber lacks blue, blue lacks red
        assert 10 < tint(arrives) < 0.6 * tint(sent)
    shown.menu("Input").select_option("numbers")
    expect(signs).to_have_text(["positive", "negative"])


def test_the_readers_photo_can_be_painted_on(show):
    file = io.BytesIO()
    Image.fromarray(np.full((90, 120), 77, np.uint8)).save(file, "PNG")
    shown = show(pattern="all ones")
    shown.host.get_by_text("More settings").click()
    with shown.page.expect_file_chooser() as chooser:
        shown.button("Use my photo").click()
    chooser.value.set_files({"name": "mine.png", "mimeType": "image/png", "buffer": file.getvalue()})
    expect(shown.menu("Input")).to_have_value("photo")
    expect(shown.balance).to_have_text("Sent 1,024, arrived 1,024; 3,072 of 4,096 elements get nothing.")


def test_a_phone_needs_no_sideways_scrolling_and_targets_are_large(show):
    shown = show(
        touch=True,
        width=360,
        images=small_photos(),
        operation="avg",
        window=3,
        stride=1,
        padding="same",
        pattern="random",
    )
    for source in ("numbers", "coffee"):
        shown.menu("Input").select_option(source)
        settled(shown.page)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= 360
    for one in shown.host.locator("button:visible, select:visible, input[type=range]:visible").all():
        assert one.bounding_box()["height"] >= 44
    assert not violations(shown.page)


# ---- Things to try ----


@pytest.fixture
def tried(show):
    """Open a page with the painter of the chapter."""
    return lambda **more: show(images=small_photos(), tasks=things_to_try, **more)


def covered(shown):
    """Wait until nothing on the page gives away what arrives, to whoever listens neither."""
    expect(shown.sentence).to_be_empty()
    expect(shown.balance).to_be_empty()
    table = shown.table(shown.input)
    assert all(re.fullmatch(r"[−\d]+, covered", word) for row in table for word in row), table
    expect(shown.host.locator("p.pool-unseen")).not_to_contain_text(re.compile("sends|receives|rrived"))


def test_receivers_are_marked_by_mouse_and_judged_on_the_picture(tried):
    shown = tried()
    shown.task(1).click()
    covered(shown)
    before = shown.input.evaluate("(canvas) => canvas.toDataURL()")
    shown.uncover()
    expect(shown.said).to_have_text("Mark a place on the picture first.")
    marks = shown.host.locator(".pool-marked")
    for element in [(1, 1), (0, 0), (3, 3), (3, 3)]:  # the last one is taken back
        shown.page.mouse.click(*shown.point(shown.input, *element, 6, 6))
    expect(marks).to_have_text("Marked: (1, 1) (0, 0)")
    covered(shown)
    shown.page.mouse.move(0, 0)
    marked = shown.input.evaluate("(canvas) => canvas.toDataURL()")
    assert marked != before
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^1 of 3 right. Not: \\(0, 0\\). Missed: "))
    shown.agrees([[1, 0, 0], [0, 1, 0], [1, 0, 0]])
    expect(shown.balance).to_have_text("Sent 3, arrived 3; 33 of 36 elements get nothing.")
    shown.keeps("1 of 3 right")
    shown.page.reload()
    expect(shown.said).to_have_text(re.compile("^1 of 3 right"))
    expect(shown.task(1)).to_have_attribute("aria-label", "Task 1, seen")


def test_receivers_are_marked_by_keys(tried):
    shown = tried()
    shown.task(5).focus()
    shown.page.keyboard.press("Enter")
    covered(shown)
    shown.input.focus()
    for key in ("ArrowRight", "Home", *["ArrowRight"] * 4, "Enter"):
        shown.page.keyboard.press(key)
    expect(shown.host.locator(".pool-marked")).to_have_text("Marked: (0, 4)")
    expect(shown.host.locator("p.pool-unseen")).to_have_text("Row 0, column 4: 2")
    shown.button("Uncover").focus()
    shown.page.keyboard.press("Enter")
    expect(shown.said).to_have_text(re.compile("^✓ Right. The first of the three, row by row"))
    expect(shown.task(5)).to_have_attribute("aria-label", "Task 5, done")


def test_receivers_are_marked_by_touch_and_a_number_is_half_way(tried):
    shown = tried(touch=True, width=360, height=700)
    shown.task(1).tap()
    for element in [(1, 1), (2, 2), (5, 0)]:
        shown.page.touchscreen.tap(*shown.point(shown.input, *element, 6, 6))
    shown.button("Uncover").tap()
    expect(shown.said).to_have_text(re.compile("^✓ Right. No one else"))
    shown.task(4).tap()
    covered(shown)
    shown.host.get_by_role("textbox", name="Your guess").fill("36")
    shown.button("Uncover").tap()
    expect(shown.said).to_have_text(re.compile("^You said 36; it is 28.44. Nothing is handed back"))


def test_a_goal_is_reached_by_painting(tried):
    shown = tried()
    shown.task(7).click()
    count = shown.host.locator(".pool-task-count")
    expect(count).to_have_text("0 of 2")
    shown.page.mouse.click(*shown.point(shown.output, 1, 1, 4, 4))
    shown.button("−1").click()
    shown.page.mouse.click(*shown.point(shown.output, 0, 0, 4, 4))
    expect(count).to_have_text("1 of 2")
    shown.button("Eraser").click()
    shown.page.mouse.click(*shown.point(shown.output, 0, 0, 4, 4))
    shown.button("−1").click()
    shown.page.mouse.click(*shown.point(shown.output, 1, 2, 4, 4))
    expect(shown.said).to_have_text(re.compile("^✓ Done."))
    expect(shown.task(7)).to_have_attribute("aria-label", "Task 7, done")


# ---- One screen, motion, colours that are forced, paper ----


def test_on_a_phone_the_answer_is_in_sight_while_any_control_is_touched(tried):
    shown = tried(touch=True, width=360, height=578, after='<p style="height:1500px">More.</p>')
    for control in shown.host.locator(".pool-side :is(button, input, select):visible").all():
        control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        grid, words, touched = (one.bounding_box() for one in (shown.input, shown.balance, control))
        assert grid["y"] >= 0 and words["y"] + words["height"] <= touched["y"] + 1, control.inner_text()


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1200), *besides((757, 650))])
def test_its_place_is_kept_and_enough_for_every_task(tried, width, room):
    shown = tried(touch=width < 400, width=width + 32, height=650)
    assert shown.host.bounding_box()["height"] <= room

    def guess(task):
        if task["guess"] != "receivers":
            return shown.host.locator(".pool-typed").fill("7")
        for element in [(1, 1), (0, 0)]:
            shown.page.mouse.click(*shown.point(shown.input, *element, 6, 6))

    kept, _ = shown.kept()
    heights = list(shown.needed_by(things_to_try, guess))
    assert max(heights) <= kept, (kept, heights)


#: Keep the words that fly, which are gone after a quarter of a second.
FLYING = """() => {
  window.seen = [];
  const added = ({ addedNodes }) => [...addedNodes].filter((node) => node.classList?.contains("pool-flying"));
  new MutationObserver((all) => window.seen.push(...all.flatMap(added).map((node) => node.textContent)))
    .observe(document.body, { childList: true, subtree: true });
}"""


def test_gradients_fly_back_unless_motion_is_reduced_or_they_are_to_be_guessed(tried):
    for motion, words in [("no-preference", ["+0.25"] * 4), ("reduce", [])]:
        shown = tried(motion=motion, operation="avg", pattern="clear")
        shown.page.evaluate(FLYING)
        shown.page.mouse.click(*shown.point(shown.output, 1, 1, 3, 3))
        expect(shown.balance).to_have_text("Sent 1, arrived 1; 32 of 36 elements get nothing.")
        shown.page.wait_for_function("() => !document.querySelector('.pool-flying')")
        assert shown.page.evaluate("window.seen") == words
        shown.task(2).click()
        covered(shown)
        assert shown.page.evaluate("window.seen") == words


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_legend_tells_the_signs_where_colours_are_forced_and_on_paper(tried, scheme):
    shown = tried(scheme=scheme)
    look = """(host) => [...host.querySelectorAll(".pool-signs span")].map((one) => {
      const { backgroundColor, content } = getComputedStyle(one, "::before");
      return [backgroundColor, content];
    })"""
    for media in ({"forced_colors": "active"}, {"media": "print"}):
        shown.page.emulate_media(**media)
        (light, plus), (dark, minus) = shown.host.evaluate(look)
        assert light == "rgb(255, 200, 61)" and dark == "rgb(35, 20, 120)" and (plus, minus) == ('"+"', '"−"')
    expect(shown.button("+1")).to_be_hidden()  # on paper there is nothing to press
    expect(shown.input).to_be_visible()
    shown.page.emulate_media(media="null", forced_colors="null")


def test_no_task_of_its_own_is_long(tried, browser):
    shown = tried()
    change = lambda: [shown.menu("Input").select_option("camera"), expect(shown.balance).to_contain_text("of 4,096")]
    assert longest(browser, shown.page, shown.reload, change) < 50  # 200 ms on a processor four times slower


def test_who_listens_hears_one_sentence_for_each_change(tried):
    shown = tried()
    assert shown.host.locator("[aria-live]:visible:not(.pool-task-text)").count() == 1
    spoken = shown.host.locator("p.pool-unseen")
    shown.button("All ones").click()
    expect(spoken).to_have_text("Sent 9, arrived 9; 27 of 36 elements get nothing.")
    shown.input.focus()
    shown.page.keyboard.press("ArrowRight")
    expect(spoken).to_have_text(re.compile(r"^Element \(2, 2\), 9, receives 1 from output"))
    expect(shown.host.get_by_role("group", name="Gradient painter")).to_be_visible()
    shown.button("−1").click()
    shown.output.focus()
    shown.page.keyboard.press("Space")
    expect(spoken).to_have_text("Output (1, 1): −1. Sent 8 − 1 = 7, arrived 7; 27 of 36 elements get nothing.")


def test_who_listens_hears_every_number_that_is_seen_while_the_answer_is_covered(tried):
    shown = tried()
    shown.task(5).click()
    covered(shown)
    spoken = shown.host.locator("p.pool-unseen")
    shown.output.focus()
    shown.page.keyboard.press("ArrowLeft")
    expect(spoken).to_have_text("Output (0, 1): 5, upstream gradient 0")  # drawn, before the next key
    shown.page.keyboard.press("ArrowRight")
    expect(spoken).to_have_text("Output (0, 2): 2, upstream gradient 1")
    assert shown.table(shown.output)[0] == ["0 sends 0", "5 sends 0", "2 sends 1"]
    shown.input.focus()
    shown.page.keyboard.press("ArrowRight")
    expect(spoken).to_have_text("Row 0, column 4: 2")
