"""The widget of every library on a page: all that was recorded is shown, by mouse, keyboard and on a phone."""

import re

import pytest
from browser import violations
from playwright.sync_api import expect
from shown import Shown

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
    """The widget, with its groups read back from the page."""

    def choose(self, key, value):
        self.menu(LABELS[key]).select_option(label=CHOICES[key][value])

    def groups(self):
        """For each group: its title, its grid, the marked places, and its libraries with call and reason."""
        return self.host.evaluate(
            """(host) => {
            const textOf = (one, what) => one.querySelector(what)?.textContent ?? null;
            const rows = (one) => [...one.querySelectorAll("tr")];
            const differs = (cell) => cell.matches(".pool-libraries-other");
            return [...host.querySelectorAll("section")].map((one) => ({
              title: one.querySelector("p").textContent,
              grid: rows(one).map((row) => [...row.cells].map((cell) => cell.firstChild.textContent)),
              marked: rows(one).flatMap((row, i) =>
                [...row.cells].flatMap((cell, j) => (differs(cell) ? [[i, j]] : []))),
              shared: textOf(one, ".pool-libraries-shared"),
              libraries: [...one.querySelectorAll("li:has(b)")].map((line) =>
                [textOf(line, "b"), textOf(line, "code"), textOf(line, ".pool-libraries-why")]),
            })); }"""
        )


@pytest.fixture
def shown(show_each):
    return show_each(lambda page: Page(page, "libraries"), Libraries, height=1400)


# ---- What it shows ----


def expected(case):
    ours = case["answers"]["pooling_lib"]["output"]
    words = lambda grid: [[two_decimals(float(v)) for v in row] for row in grid]
    return words(ours), [name for name, one in case["answers"].items() if "why" not in one]


@pytest.mark.parametrize("step", range(4))
def test_groups_are_those_recorded(shown, step):
    one = shown()
    for case in FOUND["cases"][step::16]:
        for key in ("kind", "size", "window", "padding", "stride", "ceil", "divisor", "padding", "stride"):
            if not (key == "divisor" and one.menu("Divisor").is_disabled()):
                one.choose(key, case[key])
        first, *others = one.groups()
        ours, agree = expected(case)
        assert first["grid"] == ours and [name for name, *_ in first["libraries"]] == agree, settings(case)
        assert not first["marked"]
        said = {
            name: (call, why or group["shared"]) for group in [first, *others] for name, call, why in group["libraries"]
        }
        assert said.keys() == case["answers"].keys()
        for name, recorded in case["answers"].items():
            call, why = said[name]
            plain = recorded.get("why", "").replace("*", "").replace("`", "")
            assert call == recorded["call"] and (why or "") == (
                f"{recorded['error']} {plain}" if "error" in recorded else plain
            ), f"{name}, {settings(case)}"
        for group in others:
            if group["title"].startswith("≠"):
                assert group["grid"] != ours
                sizes = [(len(grid), len(grid[0])) for grid in (group["grid"], ours)]
                assert bool(group["marked"]) == (sizes[0] == sizes[1])


def test_the_sentence_counts(shown):
    one = shown(kind="avg", window=3, padding=1)
    widget_ = Libraries("avg", window=3, padding=1)
    expect(one.sentence).to_have_text(
        f"Average of 3 × 3 on 6 × 6, stride 2, padding 1 on each side: {len(widget_.agree)} of 12 libraries agree "
        f"with pooling_lib, {len(widget_.differ)} give other numbers, {len(widget_.refuse)} refuse."
    )


def test_what_was_not_asked_together_is_said_and_the_choice_stays(shown):
    one = shown()
    one.choose("padding", "same")
    one.choose("ceil", True)
    expect(one.menu("Rounding")).to_have_value("1")
    expect(one.menu("Padding")).not_to_have_value("1")
    expect(one.host.get_by_role("status")).to_have_text(re.compile(r"not asked together, so padding is now “"))
    one.choose("ceil", False)
    expect(one.host.get_by_role("status")).to_be_empty()


def test_a_maximum_has_no_divisor_and_reset_returns(shown):
    one = shown(kind="avg", padding="same", divisor="whole")
    before = one.groups()
    one.choose("kind", "max")
    expect(one.menu("Divisor")).to_be_disabled()
    assert one.groups() != before
    one.button("Reset").click()
    assert one.groups() == before
    expect(one.menu("Divisor")).to_be_enabled()
    one.choose("padding", "valid")
    expect(one.menu("Divisor")).to_be_disabled()
    expect(one.menu("Divisor")).to_have_value("0")


# ---- Ways to use it ----


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(shown):
    one = shown(kind="avg", padding="same")
    one.menu("Kind").focus()
    for name in list(LABELS.values())[1:] + ["Reset", "9 calls"]:
        label, outline = one.tab()
        assert label.startswith(name) and outline >= 2, label
    one.menu("Window").focus()
    one.page.keyboard.press("ArrowDown")
    expect(one.sentence).to_have_text(re.compile(r"^Average of 3 × 3 "))


@pytest.mark.parametrize("over", ["http", "file"])
def test_on_a_phone_it_fits_and_lists_one_under_the_other(shown, over):
    one = shown(width=360, height=740, touch=True, over=over, kind="avg", window=3)
    one.choose("stride", None)  # the largest grids
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 360
    small = one.host.evaluate(
        """(host) => [...host.querySelectorAll("select, button, summary")]
          .filter((one) => one.getBoundingClientRect().height < 44).length"""
    )
    assert small == 0
    calls = one.host.locator("details").first
    assert not calls.evaluate("(calls) => calls.open")
    calls.locator("summary").tap()
    expect(calls).to_have_attribute("open", "")
    one.choose("size", 5)
    expect(one.host.locator("details").first).to_have_attribute("open", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(shown, scheme):
    one = shown(scheme=scheme, kind="avg", window=3, padding=1)
    found = violations(one.page, rules={"region": {"enabled": False}})
    assert not found, "\n".join(found)


def test_what_differs_is_told_without_colour(shown):
    one = shown(kind="avg", window=3, padding=1)
    cell = one.host.locator("td.pool-libraries-other").first
    expect(cell).to_contain_text("differs")
    assert cell.evaluate("(cell) => getComputedStyle(cell).fontWeight") == "700"
    expect(one.host.get_by_text("numbers differ; the first, in row 0, column 0").first).to_be_visible()
