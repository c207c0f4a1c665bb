"""The trained networks on a page: the widget's arithmetic against Python's, and every way to use it."""

import itertools
import re

import numpy as np
import pytest
from browser import violations
from budget import besides, crossed
from feel import longest
from javascript import js
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, swipe
from told_apart import WAYS, difference, under
from trained import made

from pooling_book.chapters.try07 import things_to_try
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
    interval = "const one = it.pairedInterval(d, t); return { ...one, told: it.verdictOf(one) };"
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
        self.worked = self.host.locator(".pool-runs-worked")
        self.aloud = self.host.locator(".pool-unseen[aria-live]")

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
            mean = re.search(r": ([+−]?[0-9.]+) ± ", self.sentence.inner_text())[1]
            assert float(mean.replace("−", "-")) == pytest.approx(
                python.interval.mean, abs=0.051 if python.quantity == "steps" else 0.000051
            )
            said = self.sentence.inner_text()
            assert ("holds zero: these seeds cannot tell" in said) == (python.interval.verdict == "cannot tell")
            assert ("Take this as a hint" in said) == (
                python.interval.verdict != "cannot tell"
                and paired(python.differences, python.compared).verdict == "cannot tell"
            )

    def rows(self, canvas):
        return canvas.evaluate("""(canvas) => {
          const rows = canvas.closest("figure").querySelectorAll("tr:has(th[scope=row])");
          return Array.from(rows, (row) => Array.from(row.children, (cell) => cell.textContent));
        }""")

    def at(self, row, share=None):
        """A point in a row: so far along its plot, or on its name."""
        self.dots.scroll_into_view_if_needed()
        box = self.dots.bounding_box()
        across = 30 if share is None else 116 + share * (box["width"] - 116 - 12)
        return box["x"] + across, box["y"] + 6 + 25 * (row + 0.5)

    def click(self, row, share=None):
        self.page.mouse.click(*self.at(row, share))

    def chart(self, name):
        self.button(name).click()


@pytest.fixture
def show(show_each):
    return show_each(
        ShownRuns, lambda *given, **settings: TrainedRuns(*given, **{"found": FOUND, **settings}), height=1000
    )


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


def test_the_interval_is_spelled_out(show):
    shown = show("clutter", "global", pair=("max", "L2"))
    python = TrainedRuns("clutter", "global", pair=("max", "L2"), found=FOUND)
    said = ", ".join(f"{d:+.3f}".replace("-", "−") for d in python.differences)
    expect(shown.sentence).to_contain_text("L2 less max, test accuracy: ")
    expect(shown.worked).to_contain_text(f"{said}: mean ")
    expect(shown.worked).to_contain_text(
        f"interval ± 3.182 · {python.interval.deviation:.4f} / √4 = ± {python.interval.half:.4f}."
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
    expect(shown.sentence).to_contain_text("for 4 of 4 seeds one of the two never got there")
    shown.menu("Quantity").select_option("after")
    expect(shown.host.get_by_role("slider", name="Accuracy")).to_be_hidden()
    shown.host.get_by_role("slider", name="Step").fill("100")
    python.quantity, python.step = "after", 100
    expect(shown.host.locator("figcaption").first).to_contain_text("after 100 steps")
    shown.agrees(python)
    expect(shown.host.locator("figcaption:visible").nth(1)).to_contain_text("at step 100")
    shown.chart("Seed by seed")
    expect(shown.host.locator("figcaption:visible").nth(1)).to_have_text("Max less none")


def test_the_keyboard_chooses_and_says_where_it_is(show):
    shown = show("digits", "global")
    keys = shown.page.keyboard
    shown.page.evaluate(
        "document.addEventListener('keydown', (event) => { window.leaked = (window.leaked ?? '') + event.key; })"
    )
    keys.press("Tab")
    while shown.page.evaluate("document.activeElement.tagName") != "CANVAS":
        keys.press("Tab")
    said = shown.aloud
    expect(said).to_contain_text("none: ")
    keys.press("End")
    expect(said).to_contain_text("stochastic: ")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(shown.sentence).to_contain_text("L2 less max")
    expect(said).to_contain_text("L2: ")  # the sentence says what is compared now, once
    keys.press("Home")
    keys.press(" ")
    expect(shown.sentence).to_contain_text("None less L2")
    assert "Arrow" not in (shown.page.evaluate("window.leaked") or "")


def test_a_finger_chooses_a_row_and_scrolls_the_page(show):
    shown = show("digits", "global", touch=True, width=360, height=700, after="<div style='height:2000px'></div>")
    shown.dots.scroll_into_view_if_needed()
    box = shown.dots.bounding_box()
    shown.page.touchscreen.tap(box["x"] + 40, box["y"] + 18)
    expect(shown.sentence).to_contain_text("None less max")
    before = shown.page.evaluate("scrollY")
    swipe(shown.page, (box["x"] + 100, 500), (box["x"] + 100, 250))
    scrolled_beyond(shown.page, before + 100)


@pytest.mark.parametrize("width, scheme", crossed([360, 800, 1280], ["light", "dark"]))
def test_it_fits_and_offends_nobody(show, width, scheme):
    shown = show("digits", "flatten", width=width, scheme=scheme, touch=width == 360, tasks=things_to_try)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations(shown.page)
    for one in shown.host.locator("button, select, input").all():
        if one.is_visible():
            assert one.bounding_box()["height"] >= (44 if width == 360 else 34)


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
    shown.page.goto(f'{shown.page.home}/page.html?embed=runs&learnt="clutter"&head="flatten"&quantity="gap"&step=75')
    expect(shown.sentence).to_contain_text("Max less subsample, training accuracy less test accuracy")
    expect(shown.page.locator("main").first).to_be_hidden()  # the page around it


def test_it_lives_from_the_disk(show):
    shown = show("digits", "global", over="file")
    expect(shown.sentence).to_contain_text("Max less subsample")


def test_three_canvases_have_names(show):
    shown = show("digits", "global")
    expect(shown.dots).to_have_attribute("aria-label", re.compile("arrow keys"))
    expect(shown.canvas(1)).to_have_attribute("aria-label", re.compile("^Differences"))
    shown.chart("Learning curves")
    expect(shown.canvas(2)).to_have_attribute("aria-label", re.compile("^Learning curves"))


# ---- Things to try ----


def covered(shown, *methods):
    """Wait until nothing on the page gives the networks of these methods away, to whoever listens neither."""
    expect(shown.sentence).to_be_empty()
    expect(shown.worked).to_be_empty()
    expect(shown.host.locator("figcaption:visible").nth(1)).to_have_text("Covered until you have made a guess")
    shown.page.wait_for_function("(canvas) => canvas.ariaLabel.includes('arrow keys')", arg=shown.dots.element_handle())
    for row in shown.rows(shown.dots):
        assert (set(row[1:]) == {"covered"}) == (row[0] in methods), row
    assert not [row for row in shown.rows(shown.canvas(1)) if "0." in "".join(row)]


def test_means_are_drawn_by_mouse_and_judged(show):
    shown = show("digits", "global", tasks=things_to_try, motion="reduce")
    shown.task(1).click()
    covered(shown, "subsample", "max")
    shown.uncover()
    expect(shown.said).to_have_text("Draw your guess on the picture first.")
    python = TrainedRuns("digits", "global", pair=("none", "subsample"), found=FOUND)
    low, high = across(python)
    truth = float(np.mean(python.values["max"]))
    names = list(python.values)
    x, y = shown.at(names.index("max"), 0.5)
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.at(names.index("max"), (truth - low) / (high - low)))
    shown.page.mouse.up()
    expect(shown.host.locator(".pool-marked")).to_have_text("Drawn: change it as you like.")
    expect(shown.menu("Compare")).to_have_value("subsample")  # to draw is not to compare
    covered(shown, "subsample", "max")
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^1 of 2 points are near: see the picture."))
    shown.agrees(python)
    shown.keeps("1 of 2 points")
    shown.page.reload()
    expect(shown.said).to_have_text(re.compile("^1 of 2 points are near"))
    expect(shown.task(1)).to_have_attribute("aria-label", "Task 1, seen")
    shown.button("Try again").click()
    covered(shown, "subsample", "max")


def across(python):
    """The ends of the dots' axis."""
    values = [value for row in python.values.values() for value in row]
    room = max((max(values) - min(values)) * 0.06, 0.01)
    return min(values) - room, max(values) + room


def test_means_are_drawn_by_keys(show):
    shown = show("digits", "global", tasks=things_to_try, motion="reduce")
    shown.task(1).click()
    keys = shown.page.keyboard
    shown.task(1).focus()
    while shown.page.evaluate("document.activeElement.tagName") != "CANVAS":
        keys.press("Tab")
    python = TrainedRuns("digits", "global", pair=("none", "subsample"), found=FOUND)
    low, high = across(python)
    for name in ("subsample", "max"):
        while not shown.aloud.inner_text().startswith(name):
            keys.press("ArrowDown")
        expect(shown.aloud).to_have_text(re.compile("draw its mean with the left and right arrow keys"))
        truth = float(np.mean(python.values[name]))
        middle = (low + high) / 2
        for _ in range(1 + round(abs(truth - middle) / (high - low) * 50)):
            keys.press("ArrowRight" if truth > middle else "ArrowLeft")
        expect(shown.aloud).to_have_text(re.compile(r"your mean 0\.\d{3}$"))
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^✓ Right, all along."))
    expect(shown.task(1)).to_have_attribute("aria-label", "Task 1, done")


def test_a_finger_draws_sideways_and_scrolls_up_without_drawing(show):
    shown = show(
        "digits",
        "global",
        tasks=things_to_try,
        touch=True,
        width=360,
        height=578,
        after="<p style='height:2000px'></p>",
    )
    shown.task(1).tap()
    covered(shown, "subsample", "max")
    before = shown.page.evaluate("scrollY")
    x, y = shown.at(1, 0.5)
    swipe(shown.page, (x, y), (x, y - 200))
    scrolled_beyond(shown.page, before + 100)
    expect(shown.host.locator(".pool-marked")).to_have_text("Draw it on the picture.")
    x, y = shown.at(1, 0.3)
    swipe(shown.page, (x, y), (x + 60, y))
    expect(shown.host.locator(".pool-marked")).to_have_text("Drawn: change it as you like.")
    shown.page.touchscreen.tap(*shown.at(3, 0.5))
    covered(shown, "subsample", "max")
    shown.uncover()
    expect(shown.said).to_have_text(re.compile(r"^(\d of 2 points are near|✓)"))


def test_a_verdict_is_chosen_and_a_wrong_one_is_told(show):
    shown = show("digits", "global", tasks=things_to_try)
    shown.task(2).click()
    expect(shown.sentence).to_be_empty()
    python = TrainedRuns("digits", "global", pair=("max", "average"), found=FOUND)
    words = ["average is more accurate", "average is less accurate", "these seeds cannot tell"]
    right = words[["higher", "lower", "cannot tell"].index(python.interval.verdict)]
    wrong = next(one for one in words if one != right)
    shown.button(wrong).click()
    shown.uncover()
    expect(shown.said).to_have_text(re.compile(f"^You said {wrong}; it is {right}."))
    shown.agrees(python)
    shown.button("Try again").click()
    expect(shown.sentence).to_be_empty()
    shown.button(right).click()
    shown.uncover()
    expect(shown.task(2)).to_have_attribute("aria-label", "Task 2, done")


def test_who_has_the_largest_is_chosen_with_all_covered(show):
    shown = show("digits", "global", tasks=things_to_try)
    shown.task(4).click()
    python = TrainedRuns("few", "flatten", pair=("none", "max"), quantity="gap", found=FOUND)
    covered(shown, *python.values)
    means = {name: np.mean(values) for name, values in python.values.items()}
    options = things_to_try[3]["given"]["options"]
    shown.button(max(options, key=means.get)).click()
    shown.uncover()
    expect(shown.task(4)).to_have_attribute("aria-label", "Task 4, done")
    shown.agrees(python)


def test_a_goal_is_reached_by_its_menus_and_keeps_its_tick(show):
    shown = show("digits", "global", tasks=things_to_try, found=None)  # the runs of the book
    shown.task(3).click()
    verdicts = {
        pair: paired(python.differences, python.compared).verdict
        for pair in itertools.combinations(TrainedRuns("digits", "flatten").values, 2)
        for python in [TrainedRuns("digits", "flatten", pair=pair)]
    }
    unclear, clear = (
        next(pair for pair, verdict in verdicts.items() if (verdict == "cannot tell") == wanted)
        for wanted in (True, False)
    )

    def compare(first, second):
        for name, method in (("Compare", second), ("with", first)):
            shown.menu(name).select_option(method)

    compare(*unclear)
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 1")
    expect(shown.task(3)).to_have_attribute("aria-label", "Task 3")
    compare(*clear)
    expect(shown.said).to_have_text("✓ Done.")
    shown.button("Reset").click()
    expect(shown.sentence).to_contain_text("Average less max")
    expect(shown.task(3)).to_have_attribute("aria-label", "Task 3, done")


# ---- One screen, and motion ----


def test_on_a_phone_the_dots_and_the_verdict_are_in_sight_while_a_menu_is_touched(show):
    shown = show("digits", "flatten", touch=True, width=360, height=578, after="<p style='height:2000px'></p>")
    for control in shown.host.locator(".pool-side :is(select, input)").all():
        if not control.is_visible():
            continue
        control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        dots, words, touched = (one.bounding_box() for one in (shown.dots, shown.sentence, control))
        assert dots["y"] >= 0 and words["y"] + words["height"] <= touched["y"] + 1


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1250), *besides((757, 650))])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(
        "digits", "flatten", tasks=things_to_try, touch=width < 400, width=width + 32, height=650, motion="reduce"
    )
    kept, foot = shown.kept()

    def guess(task):
        shown.host.locator(".pool-options button").first.click() if task["guess"] != "means" else shown.click(1, 0.5)

    heights = []
    for height in shown.needed_by(things_to_try, guess):
        if shown.said.inner_text():  # uncovered
            expect(shown.sentence).not_to_be_empty()
        heights.append(height)
    for quantity in ("gap", "steps", "after"):
        shown.menu("Quantity").select_option(quantity)
        expect(shown.host.locator("figcaption:visible").first).not_to_have_text(re.compile("^Test"))
        heights.append(shown.needed())
    assert max(heights) <= kept <= max(heights) + 60 and kept + foot <= room, (kept, heights)


def test_dots_glide_to_another_task_unless_motion_is_reduced(show):
    picture = "(canvas) => canvas.toDataURL()"
    for motion, differs in [("no-preference", True), ("reduce", False)]:
        shown = show("digits", "global", motion=motion)
        shown.page.clock.install(time=0)
        shown.page.clock.pause_at(1000)
        shown.menu("Task").select_option("few")
        shown.page.clock.run_for(60)
        way = shown.dots.evaluate(picture)
        shown.page.clock.run_for(400)
        assert (way != shown.dots.evaluate(picture)) == differs, motion


def test_no_task_of_its_own_is_long(show, browser):
    shown = show("digits", "global")
    python = TrainedRuns("few", "global", found=FOUND)
    change = lambda: [shown.menu("Task").select_option("few"), shown.agrees(python)]
    assert longest(browser, shown.page, shown.reload, change) < 50  # 200 ms on a processor four times slower


@pytest.mark.parametrize("way", WAYS)
def test_charts_and_the_chosen_one_are_seen_in_forced_colours_and_on_paper(show, way):
    shown = show("digits", "global", scheme="dark" if "dark" in way else "light")
    with under(shown.page, way):
        ink = shown.dots.evaluate(
            """(canvas) => { const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const seen = new Set();
              for (let n = 0; n < data.length; n += 4) if (data[n + 3] > 250) seen.add(data.slice(n, n + 3).join());
              return seen.size; }"""
        )
        assert ink > 3
        if "paper" not in way:
            assert difference(shown.button("Seed by seed"), shown.button("Learning curves")) > 0.4
