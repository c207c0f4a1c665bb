"""The widget of every library on a page: all that was recorded is shown, by mouse, keyboard and on a phone."""

import re

import pytest
from browser import violations
from budget import besides, crossed
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, swipe
from told_apart import WAYS, difference, under

from pooling_book.chapters.try06 import things_to_try
from pooling_book.show.pictures import two_decimals
from pooling_book.study.results import results
from pooling_book.widgets.libraries import CHOICES, Libraries

FOUND = results("every_library")
LABELS = {
    "kind": "Kind",
    "size": "Input",
    "window": "Window",
    "stride": "Stride",
    "padding": "Padding",
    "ceil": "Rounding",
    "divisor": "Divisor",
}


def settings(case):
    return {key: case[key] for key in CHOICES}


class Page(Shown):
    """The widget, with its answers read back from the page."""

    def __init__(self, page):
        super().__init__(page, "libraries")
        self.answer = self.host.get_by_role("group", name="Call and answer")

    def choose(self, key, value):
        self.menu(LABELS[key]).select_option(label=CHOICES[key][value])

    def library(self, name):
        return self.host.get_by_role("button", name=re.compile(rf"^{re.escape(name)}, "))

    def answers(self):
        """For each library, pressed one after the other: its sign, what a screen reader hears of it, its call, why
        it differs, its numbers, and the places of those that are marked."""
        return self.host.evaluate(
            """(host) => {
            const textOf = (what) => host.querySelector(what)?.textContent ?? null;
            const differs = (cell) => cell.matches(".pool-libraries-other");
            return Object.fromEntries([...host.querySelectorAll(".pool-libraries-one")].map((one) => {
              one.click();
              const rows = [...host.querySelectorAll(".pool-libraries-grid:nth-child(2) tr")];
              return [one.children[1].textContent, { sign: one.children[0].textContent, said: one.ariaLabel,
                call: textOf(".pool-libraries-call code"), why: textOf(".pool-libraries-why"),
                grid: rows.map((row) => [...row.cells].map((cell) => cell.firstChild.textContent)),
                marked: rows.flatMap((row, i) => [...row.cells].flatMap((cell, j) => (differs(cell) ? [[i, j]] : []))),
              }];
            })); }"""
        )


@pytest.fixture
def shown(show_each):
    return show_each(Page, Libraries)


# ---- What it shows ----


def words(grid):
    return [[two_decimals(float(value)) for value in row] for row in grid]


@pytest.mark.parametrize("step", range(4))
def test_answers_are_those_recorded(shown, step):
    one = shown()
    for case in FOUND["cases"][step::16]:
        for key in ("kind", "size", "window", "padding", "stride", "ceil", "divisor", "padding", "stride"):
            if not (key == "divisor" and one.menu("Divisor").is_disabled()):
                one.choose(key, case[key])
        found, ours = one.answers(), case["answers"]["pooling_lib"]["output"]
        assert found.keys() == case["answers"].keys()
        for name, recorded in case["answers"].items():
            said, where = found[name], f"{name}, {settings(case)}"
            plain = recorded.get("why", "").replace("*", "").replace("`", "")
            assert said["call"] == recorded["call"] and said["why"].endswith(plain), where
            if "error" in recorded:
                assert said["sign"] == "✕" and said["why"].startswith(f"It refuses: {recorded['error']} "), where
                assert said["grid"] == words(ours) and said["said"] == f"{name}, refuses"
                continue
            assert said["grid"] == words(recorded["output"]), where
            assert (said["sign"] == "=") == ("why" not in recorded), where
            assert ("gives other numbers" in said["said"]) == ("why" in recorded), where
            sizes = [(len(grid), len(grid[0])) for grid in (recorded["output"], ours)]
            assert bool(said["marked"]) == ("why" in recorded and sizes[0] == sizes[1]), where
        # Libraries have the same letter if, and only if, they give the same numbers.
        signs = {str(recorded.get("output")): set() for recorded in case["answers"].values()}
        for name, recorded in case["answers"].items():
            signs[str(recorded.get("output"))].add(found[name]["sign"])
        assert all(len(each) == 1 for each in signs.values()) and len(set.union(*signs.values())) == len(signs)


def test_the_sentence_counts(shown):
    one = shown(kind="avg", window=3, padding=1)
    widget_ = Libraries("avg", window=3, padding=1)
    expect(one.sentence).to_have_text(
        f"Average of 3 × 3 on 6 × 6, stride 2, padding 1 on each side: {len(widget_.agree)} of 12 other ways agree "
        f"with pooling_lib, {len(widget_.differ)} give other numbers, {len(widget_.refuse)} refuse."
    )


def test_what_was_not_asked_together_is_said_with_the_count_and_the_choice_stays(shown):
    one = shown()
    one.choose("padding", "same")
    one.choose("ceil", True)
    expect(one.menu("Rounding")).to_have_value("1")
    expect(one.menu("Padding")).not_to_have_value("1")
    expect(one.sentence).to_have_text(
        re.compile(r"^These were not asked together, so padding is now “.+”\. Maximum of .+ other ways agree")
    )
    one.choose("ceil", False)
    expect(one.sentence).to_have_text(re.compile("^Maximum of"))


def test_a_change_is_said_once(shown):
    one = shown()
    aloud = one.host.locator(".pool-unseen[aria-live]")
    one.library("Keras").click()
    expect(aloud).to_have_text("Keras gives answer A. MaxPooling2D(2, 2)(x)")
    one.page.evaluate(
        """() => {
          window.said = [];
          for (const live of document.querySelectorAll("#libraries [aria-live]"))
            new MutationObserver(() => said.push(live.textContent)).observe(live, { childList: true, subtree: true });
        }"""
    )
    one.choose("stride", None)
    expect(one.sentence).to_have_text(re.compile("stride not said"))
    assert [text for text in one.page.evaluate("said") if text] == [one.sentence.inner_text()]


def test_a_maximum_has_no_divisor_and_reset_returns(shown):
    one = shown(kind="avg", padding="same", divisor="whole")
    before = one.answers()
    one.choose("kind", "max")
    expect(one.menu("Divisor")).to_be_disabled()
    assert one.answers() != before
    one.button("Reset").click()
    assert one.answers() == before
    expect(one.menu("Divisor")).to_be_enabled()
    one.choose("padding", "valid")
    expect(one.menu("Divisor")).to_be_disabled()
    expect(one.menu("Divisor")).to_have_value("0")


def test_a_program_is_shown_whole_and_follows_what_is_asked(shown):
    one, expected = shown(window=3), Libraries(window=3)
    one.library("JAX").click()
    text = one.host.locator(".pool-libraries-program code")
    expect(text).to_be_hidden()
    one.host.get_by_text("As a program").click()
    assert text.inner_text() == expected.program("JAX")
    one.choose("stride", None)
    expected.setting = expected.setting | {"stride": None}
    assert text.inner_text() == expected.program("JAX")


# ---- Things to try ----


def covered(one):
    """Wait until nothing on the page tells who agrees, to whoever listens neither."""
    expect(one.host.locator(".pool-libraries-one > b")).to_have_text(["?"] * 13)
    expect(one.sentence).to_be_empty()
    expect(one.host.locator(".pool-libraries-why")).to_be_empty()
    expect(one.host.locator(".pool-libraries-program")).to_be_hidden()
    expect(one.host.locator(".pool-libraries-grid")).to_have_count(1)  # the input
    names = one.host.locator(".pool-libraries-one").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert all(name.endswith(", covered") for name in names)
    assert not re.search("gives|refuses", one.host.locator(".pool-unseen[aria-live]").inner_text())


def test_how_many_agree_is_guessed_by_keys_and_kept(shown):
    one = shown(tasks=things_to_try)
    one.library("Keras").click()
    one.task(1).focus()
    one.page.keyboard.press("Enter")
    covered(one)
    one.host.get_by_role("textbox", name="Your guess").focus()
    one.page.keyboard.type("12")
    one.page.keyboard.press("Enter")
    expect(one.said).to_have_text(re.compile("^You said 12; it is 11. The twelfth refuses"))
    expect(one.sentence).to_contain_text("11 of 12 other ways agree")
    one.keeps("You said 12")
    one.page.reload()
    expect(one.task(1)).to_have_attribute("aria-label", "Task 1, seen")
    expect(one.said).to_have_text(re.compile("^You said 12; it is 11."))
    one.button("Try again").click()
    covered(one)
    one.host.get_by_role("textbox", name="Your guess").fill("11")
    one.uncover()
    expect(one.task(1)).to_have_attribute("aria-label", "Task 1, done")


@pytest.mark.parametrize("touch", [False, True])
def test_who_refuses_is_marked_on_the_list_and_half_right_is_said(shown, touch):
    one = shown(tasks=things_to_try, touch=touch, **({"width": 360, "height": 578} if touch else {}))
    press = (lambda control: control.tap()) if touch else (lambda control: control.click())
    press(one.task(3))
    covered(one)
    one.uncover()
    expect(one.said).to_have_text("Mark a place on the picture first.")
    for name in ("TensorFlow", "Keras", "JAX", "ONNX", "ONNX"):  # the second time takes the mark away
        press(one.library(name))
    expect(one.library("JAX")).to_have_attribute("aria-pressed", "true")
    covered(one)
    one.uncover()
    expect(one.said).to_have_text(re.compile(r"^2 of 3 right\. (Not|Missed): .* The others part"))
    said = {name: one.library(name).get_attribute("aria-label") for name in ("Keras", "JAX", "scikit-image", "ONNX")}
    assert said == {
        "Keras": "Keras, refuses, rightly marked",
        "JAX": "JAX, gives other numbers, answer B, wrongly marked",
        "scikit-image": "scikit-image, refuses, not marked, but it belongs there",
        "ONNX": "ONNX, gives answer A",
    }
    press(one.library("JAX"))
    expect(one.answer).to_contain_text("JAX")


def test_marks_are_set_by_keys_and_all_right_is_done(shown):
    one = shown(tasks=things_to_try)
    one.task(4).focus()
    one.page.keyboard.press("Space")
    covered(one)
    one.library("scikit-image").focus()
    one.page.keyboard.press("Space")
    one.uncover()
    expect(one.said).to_have_text(re.compile("^✓ Right"))
    expect(one.task(4)).to_have_attribute("aria-label", "Task 4, done")


def test_a_goal_is_reached_by_its_menus_and_keeps_its_tick(shown):
    one = shown(tasks=things_to_try)
    one.task(7).click()
    count = one.host.locator(".pool-task-count")
    expect(count).to_have_text("0 of 1")
    one.choose("kind", "avg")
    expect(one.said).to_have_text(re.compile("^✓ Done. Only one"))
    one.choose("kind", "max")
    expect(one.task(7)).to_have_attribute("aria-label", "Task 7, done")
    one.task(6).click()
    expect(count).to_have_text("0 of 3")
    for key, value in [("kind", "avg"), ("size", 5), ("padding", "same")]:
        one.choose(key, value)
    expect(one.task(6)).to_have_attribute("aria-label", "Task 6, done")


# ---- Ways to use it ----


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(shown):
    one = shown(kind="avg", padding="same")
    one.library("pooling_lib").focus()
    names = Libraries().names[1:] + ["As a program", *LABELS.values(), "Reset", "More questions"]
    for name in names:
        label, outline = one.tab()
        assert label.startswith(name) and outline >= 2, label
    one.menu("Window").focus()
    one.page.keyboard.press("ArrowDown")
    expect(one.sentence).to_have_text(re.compile(r"^Average of 3 × 3 "))


@pytest.mark.parametrize("over, width", crossed(["http", "file"], [360, 320]))
def test_on_a_phone_it_fits_and_folds_the_numbers(shown, over, width):
    one = shown(width=width, height=740, touch=True, over=over, kind="avg", window=3)
    one.choose("stride", None)  # the largest grids
    one.host.locator(".pool-libraries-fold").tap()
    expect(one.host.locator(".pool-libraries-grid")).to_have_count(2)
    expect(one.host.locator(".pool-libraries-grid").last).to_be_visible()
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    cut = one.host.evaluate(
        """(host) => [...host.querySelectorAll("button, select, td, caption, code")]
          .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1 && one.clientWidth)
          .map((one) => one.textContent)"""
    )
    small = one.host.evaluate(
        """(host) => [...host.querySelectorAll("select, button:not(.pool-foot *)")]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).length"""
    )
    assert not cut and small == 0
    one.choose("size", 5)
    expect(one.host.locator(".pool-libraries-grid").last).to_be_visible()
    one.host.locator(".pool-libraries-fold").tap()
    expect(one.host.locator(".pool-libraries-grid").last).to_be_hidden()


def test_on_a_phone_the_list_is_in_sight_while_any_menu_is_touched(shown):
    one = shown(touch=True, width=360, height=578, tasks=things_to_try, after='<p style="height:1500px">More.</p>')
    for menu in one.host.locator(".pool-side select").all():
        menu.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        words_, last, touched = (each.bounding_box() for each in (one.sentence, one.library("OpenCV"), menu))
        assert words_["y"] >= 0 and last["y"] + last["height"] <= touched["y"] + 1
    one.library("Flax").tap()
    expect(one.answer).to_contain_text("nnx.max_pool")
    middle = one.page.viewport_size["height"] / 2
    before, was = one.page.evaluate("scrollY"), one.sentence.inner_text()
    swipe(one.page, (180, middle), (180, middle - 200))
    scrolled_beyond(one.page, before + 100)
    assert one.sentence.inner_text() == was
    expect(one.library("Flax")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1250), *besides((757, 650))])
def test_its_place_is_kept_and_enough_for_every_task(shown, width, room):
    one = shown(tasks=things_to_try, touch=width < 400, width=width + 32, height=650)
    kept, foot = one.kept()

    def guess(task):
        field = one.host.locator(".pool-typed")
        field.fill("7") if field.count() else [one.library(name).click() for name in ("Keras", "SciPy signal")]

    heights = list(one.needed_by(things_to_try, guess))
    for key, value in [("kind", "avg"), ("padding", "same"), ("window", 3), ("divisor", "real")]:
        one.choose(key, value)
    one.library("SciPy signal").click()  # the longest call
    heights.append(one.needed())
    assert max(heights) <= kept <= max(heights) + 60 and kept + foot <= room, (kept, heights)
    assert one.host.bounding_box()["height"] <= room


def test_beside_a_wide_list_the_numbers_are_always_seen(shown):
    one = shown(library="Keras")
    expect(one.host.locator(".pool-libraries-grid:visible")).to_have_count(2)
    expect(one.host.locator(".pool-libraries-fold")).to_be_hidden()
    under_list = one.answer.bounding_box()["y"] - one.library("OpenCV").bounding_box()["y"]
    assert under_list < 60, "nothing is between the list and the answer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(shown, scheme):
    one = shown(scheme=scheme, kind="avg", window=3, padding=1, library="PyTorch", tasks=things_to_try)
    found = violations(one.page, rules={"region": {"enabled": False}})
    assert not found, "\n".join(found)


def test_what_differs_is_told_without_colour(shown):
    one = shown(kind="avg", window=3, padding=1, library="PyTorch")
    cell = one.host.locator("td.pool-libraries-other").first
    expect(cell).to_contain_text("differs")
    assert cell.evaluate("(cell) => getComputedStyle(cell).fontWeight") == "700"
    expect(one.answer.get_by_text("numbers differ; the first, in row 0, column 0")).to_be_visible()
    styles = {name: one.library(name).evaluate("(one) => getComputedStyle(one).borderStyle") for name in SIGNS}
    assert styles == SIGNS


SIGNS = {"ONNX": "solid", "Flax": "dashed", "Keras": "dotted"}


def test_a_call_that_wraps_keeps_its_box(shown):
    one = shown(width=360, library="SciPy signal", kind="avg", window=3, padding=1)
    code = one.host.locator(".pool-libraries-call code")
    assert code.evaluate("(code) => code.getClientRects().length") > 1
    assert code.evaluate("(code) => getComputedStyle(code).boxDecorationBreak") == "clone"


@pytest.mark.parametrize("way", WAYS)
def test_the_chosen_library_is_seen_in_forced_colours_and_on_paper(shown, way):
    one = shown(library="Keras", scheme="dark" if "dark" in way else "light")
    with under(one.page, way):
        chosen, other = one.library("Keras"), one.library("Flax")
        assert difference(chosen, other) > 0.4
