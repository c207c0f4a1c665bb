"""The trained networks on a page: the widget's arithmetic against Python's, and every way to use it."""

import itertools
import re

import numpy as np
import pytest
from browser import violations
from javascript import js
from playwright.sync_api import expect
from shown import Shown, swipe
from trained import made

from pooling_book.study.runs import steps_to
from pooling_book.study.statistics import paired, quantile
from pooling_book.widgets.trained_runs import TrainedRuns

FOUND = made(seeds=4, length=5)

# ---- Arithmetic ----


def test_intervals_and_verdicts_are_pythons():
    rng, cases = np.random.default_rng(2), []
    for _ in range(500):
        n = int(rng.integers(2, 9))
        d = rng.integers(-400, 401, n) if rng.random() < 0.9 else np.full(n, rng.integers(-1, 2))
        cases.append({"d": (d / rng.choice([1, 10_000])).tolist(), "t": quantile(n, int(rng.integers(1, 30)))})
    interval = "const one = it.pairedInterval(d, t); return { ...one, told: it.told(one) };"
    found = js("trained_runs/state.js", f"given.map(({{ d, t }}) => {{ {interval} }})", cases)
    told = []
    for case, here in zip(cases, found, strict=True):
        python = paired(case["d"])
        half = python.half * case["t"] / quantile(len(case["d"]))
        assert (here["mean"], here["deviation"], here["half"]) == pytest.approx(
            (python.mean, python.deviation, half), rel=1e-9, abs=1e-12
        ), case
        told.append(here["told"])
        if abs(abs(python.mean) - half) > 1e-9:
            assert here["told"] == (
                "cannot tell" if abs(python.mean) <= half else "higher" if python.mean > 0 else "lower"
            ), case
    assert set(told) == {"cannot tell", "higher", "lower"}


def test_steps_to_an_accuracy_are_pythons_on_the_dot_too():
    rng, cases = np.random.default_rng(3), []
    for _ in range(1000):
        percent = int(rng.integers(1, 101))
        curve = rng.integers(0, 10_001, rng.integers(1, 17))
        curve = np.where(rng.random(curve.size) < 0.2, percent * 100, curve)  # exactly there
        cases.append({"curve": curve.tolist(), "percent": percent, "every": int(rng.choice([1, 50]))})
    steps = "given.map(({ curve, percent, every }) => it.stepsTo(curve, percent, every))"
    found = js("trained_runs/state.js", steps, cases)
    for case, here in zip(cases, found, strict=True):
        assert here == steps_to([value / 10_000 for value in case["curve"]], case["percent"] / 100, case["every"]), case
    assert None in found


def test_ticks_are_round_and_within():
    ranges = [(0, 1), (0.4123, 0.9871), (-0.0321, 0.0042), (0, 800), (37, 512), (0.96, 0.9731)]
    cases = [(low, high, count) for low, high in ranges for count in (3, 5)]
    for (low, high, count), ticks in zip(cases, js("kit/plot.js", "given.map((one) => it.ticks(...one))", cases)):
        assert 2 <= len(ticks) <= count + 1 and low - 1e-9 <= ticks[0] and ticks[-1] <= high + 1e-9
        assert len({round(b - a, 9) for a, b in itertools.pairwise(ticks)}) <= 1


# ---- The page ----


class ShownRuns(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "runs")
        self.dots = self.canvas(0)

    def agrees(self, python):
        """Wait until what is said and what is drawn are Python's."""
        expect(self.sentence).to_contain_text(
            f"{python.pair[1].capitalize() if python.pair[1] != 'L2' else 'L2'} less {python.pair[0]}"
        )
        rows = {
            row[0]: [None if text == "not reached" else float(text.replace("−", "-")) for text in row[1:]]
            for row in self.rows(self.dots)
        }
        assert list(rows) == list(python.values)
        for method, values in python.values.items():
            assert [value is None for value in values] == [value is None for value in rows[method]], method
            assert [value for value in rows[method] if value is not None] == pytest.approx(
                [value for value in values if value is not None], abs=0.00051
            ), method
        if python.interval:
            mean = re.search(r"Mean ([+−]?[0-9.]+),", self.sentence.inner_text())[1]
            assert float(mean.replace("−", "-")) == pytest.approx(
                python.interval.mean, abs=0.051 if python.quantity == "steps" else 0.000051
            )
            said = self.sentence.inner_text()
            assert ("holds zero: these seeds cannot tell" in said) == (python.interval.verdict == "cannot tell")
            assert ("take this as a hint" in said) == (
                python.interval.verdict != "cannot tell"
                and paired(python.differences, python.compared).verdict == "cannot tell"
            )

    def rows(self, canvas):
        return canvas.evaluate("""(canvas) => {
          const rows = canvas.closest("figure").querySelectorAll("tr:has(th[scope=row])");
          return Array.from(rows, (row) => Array.from(row.children, (cell) => cell.textContent));
        }""")

    def click(self, row):
        box = self.dots.bounding_box()
        self.page.mouse.click(box["x"] + 30, box["y"] + 6 + 44 * row + 22)


@pytest.fixture
def show(show_each):
    return show_each(ShownRuns, lambda *given, **settings: TrainedRuns(*given, found=FOUND, **settings), height=1000)


def test_every_quantity_says_what_python_says(show):
    shown = show("few", "flatten", pair=("none", "average"))
    python = TrainedRuns("few", "flatten", pair=("none", "average"), found=FOUND)
    shown.agrees(python)
    for quantity in ("gap", "steps", "after", "test"):
        shown.menu("Quantity").select_option(quantity)
        python.quantity = quantity
        expect(shown.host.locator("figcaption").first).to_contain_text(
            {"gap": "Training accuracy less", "steps": "Steps to", "after": "after 200 steps", "test": "Test accuracy"}[
                quantity
            ]
        )
        shown.agrees(python)


def test_the_sentence_spells_the_interval_out(show):
    shown = show("clutter", "global", pair=("max", "L2"))
    python = TrainedRuns("clutter", "global", pair=("max", "L2"), found=FOUND)
    said = ", ".join(f"{d:+.3f}".replace("-", "−") for d in python.differences)
    expect(shown.sentence).to_contain_text(f"L2 less max, test accuracy: {said} for seeds 0 to 3.")
    expect(shown.sentence).to_contain_text(
        f"The interval is ± 3.182 · {python.interval.deviation:.4f} / √4 = ± {python.interval.half:.4f}."
    )


def test_rows_are_chosen_by_clicks_and_by_menus(show):
    shown = show("digits", "global")
    expect(shown.sentence).to_contain_text("Max less subsample")
    shown.click(0)
    expect(shown.sentence).to_contain_text("None less max")
    shown.click(4)
    expect(shown.sentence).to_contain_text("Average less none")
    shown.click(0)  # one of the two: they change places
    expect(shown.sentence).to_contain_text("None less average")
    shown.menu("Compare").select_option("L2")
    expect(shown.sentence).to_contain_text("L2 less average")
    shown.menu("with").select_option("L2")
    expect(shown.sentence).to_contain_text("Average less L2")
    shown.button("Reset").click()
    expect(shown.sentence).to_contain_text("Max less subsample")


def test_another_task_or_head_keeps_what_it_can(show):
    shown = show("digits", "flatten", pair=("none, matched", "max"), step=250)
    shown.menu("Head").select_option("global")
    expect(shown.sentence).to_contain_text("Max less none,")
    shown.menu("Task").select_option("pictures")
    expect(shown.host.locator("figcaption").first).to_have_text("Test accuracy, task pictures")
    expect(shown.menu("Head").locator("option", has_text="flatten")).to_be_disabled()
    shown.menu("Task").select_option("few")
    shown.menu("Head").select_option("flatten")
    expect(shown.sentence).to_contain_text("Max less none,")
    shown.menu("Task").select_option("clutter")  # which has one head only
    expect(shown.menu("Head")).to_have_value("global")


def test_sliders_set_the_accuracy_and_the_step(show):
    shown = show("few", "global", quantity="steps", pair=("none", "max"))
    python = TrainedRuns("few", "global", quantity="steps", pair=("none", "max"), found=FOUND)
    shown.host.get_by_role("slider", name="Accuracy").fill("20")
    python.percent = 20
    expect(shown.host.locator("figcaption").first).to_contain_text("an accuracy of 0.2")
    shown.agrees(python)
    shown.host.get_by_role("slider", name="Accuracy").fill("100")
    expect(shown.sentence).to_contain_text("For 4 of 4 seeds one of the two never got there")
    shown.menu("Quantity").select_option("after")
    expect(shown.host.get_by_role("slider", name="Accuracy")).to_be_hidden()
    shown.host.get_by_role("slider", name="Step").fill("100")
    python.quantity, python.step = "after", 100
    expect(shown.host.locator("figcaption").first).to_contain_text("after 100 steps")
    shown.agrees(python)
    expect(shown.host.locator("figcaption").nth(1)).to_contain_text("at step 100")


def test_the_keyboard_chooses_and_says_where_it_is(show):
    shown = show("digits", "global")
    keys = shown.page.keyboard
    shown.page.evaluate(
        "document.addEventListener('keydown', (event) => { window.leaked = (window.leaked ?? '') + event.key; })"
    )
    keys.press("Tab")
    while shown.page.evaluate("document.activeElement.tagName") != "CANVAS":
        keys.press("Tab")
    said = shown.host.locator(".pool-unseen[aria-live]")
    expect(said).to_contain_text("none: ")
    keys.press("End")
    expect(said).to_contain_text("stochastic: ")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(shown.sentence).to_contain_text("L2 less max")
    expect(said).to_contain_text("L2, compared: ")
    keys.press("Home")
    keys.press(" ")
    expect(shown.sentence).to_contain_text("None less L2")
    assert "Arrow" not in (shown.page.evaluate("window.leaked") or "")


def test_a_finger_chooses_a_row_and_scrolls_the_page(show):
    shown = show("digits", "global", touch=True, width=360, height=700, after="<div style='height:2000px'></div>")
    shown.dots.scroll_into_view_if_needed()
    box = shown.dots.bounding_box()
    shown.page.touchscreen.tap(box["x"] + 40, box["y"] + 28)
    expect(shown.sentence).to_contain_text("None less max")
    before = shown.page.evaluate("scrollY")
    swipe(shown.page, (box["x"] + 100, 500), (box["x"] + 100, 250))
    shown.page.wait_for_function(f"scrollY > {before} + 100")


@pytest.mark.parametrize("width", [360, 800, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_offends_nobody(show, width, scheme):
    shown = show("digits", "flatten", width=width, scheme=scheme, touch=width == 360)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations(shown.page)
    for one in shown.host.locator("button, select, input").all():
        if one.is_visible():
            assert one.bounding_box()["height"] >= 44


def test_a_reload_keeps_what_was_chosen_until_the_reader_starts_afresh(show):
    shown = show("digits", "global")
    shown.menu("Task").select_option("few")
    shown.menu("Quantity").select_option("after")
    shown.host.get_by_role("slider", name="Step").fill("100")
    shown.click(0)
    expect(shown.sentence).to_contain_text("None less max, accuracy after 100 steps")
    shown.page.reload()
    expect(shown.sentence).to_contain_text("None less max, accuracy after 100 steps")
    shown.agrees(TrainedRuns("few", "global", pair=("max", "none"), quantity="after", step=100, found=FOUND))
    shown.button("Start afresh").click()
    expect(shown.sentence).to_contain_text("Max less subsample, test accuracy")
    shown.page.reload()
    expect(shown.sentence).to_contain_text("Max less subsample, test accuracy")


def test_a_link_opens_what_it_was_taken_from_and_takes_nothing_that_was_not_tried(show):
    shown = show("digits", "global")
    shown.menu("Task").select_option("clutter")
    shown.menu("Compare").select_option("L2")
    expect(shown.sentence).to_contain_text("L2 less subsample, test accuracy")
    link = shown.host.get_by_role("link", name="Link to these settings").get_attribute("href")
    shown.page.goto(link)
    expect(shown.sentence).to_contain_text("L2 less subsample, test accuracy")
    expect(shown.menu("Task")).to_have_value("clutter")
    shown.page.goto(f'{shown.page.home}/page.html?embed=runs&task="clutter"&head="flatten"&quantity="gap"&step=75')
    expect(shown.sentence).to_contain_text("Max less subsample, training accuracy less test accuracy")
    expect(shown.page.locator("main").first).to_be_hidden()  # the page around it


def test_it_lives_from_the_disk(show):
    shown = show("digits", "global", over="file")
    expect(shown.sentence).to_contain_text("Max less subsample")


def test_three_canvases_have_names(show):
    shown = show("digits", "global")
    for number, word in [(0, "arrow keys"), (1, "Learning curves"), (2, "Differences")]:
        expect(shown.canvas(number)).to_have_attribute("aria-label", re.compile(word))
