"""The trained networks on a page: what it says against Python, and every way to use it."""

import re

import numpy as np
import parts_of_a_pool as script
import pytest
from browser import violations
from budget import besides, crossed
from feel import longest
from playwright.sync_api import expect
from shown import Shown, scrolled_beyond, swipe
from told_apart import WAYS, difference, under
from trained import TO_TRY, made

from pooling_book.study.runs import BLOCKS
from pooling_book.widgets.trained_runs import TrainedRuns

FOUND = made()
WHOLE = made(seeds={name: block.seeds for name, block in script.BLOCKS.items()}, looks=9)  # as large as the real one
ROW, NAMES = 16, 134  # pixels, as in drawing.js
WATCHED = dict(block="whole, global", data="clothes", pair=("max", "average"), level=150, step=260)


class ShownRuns(Shown):
    """The widget as the reader sees it."""

    def __init__(self, page):
        super().__init__(page, "runs")
        self.dots = self.canvas(0)
        self.worked = self.host.locator(".pool-runs-worked")
        self.aloud = self.host.locator(".pool-unseen[aria-live]")
        self.title = self.host.locator("figcaption").first
        self.chart = self.host.locator("figcaption:visible").nth(1)

    def compares(self, second, first):
        """Wait until those two are compared."""
        expect(self.sentence).to_have_text(re.compile(f"^{re.escape(second[0].upper() + second[1:])} / {first}, "))

    def agrees(self, python):
        """Wait until what is said and what is drawn are Python's."""
        self.compares(*reversed(python.pair))
        rows = {
            row[0]: [None if text == "not reached" else float(text.replace(" %", "")) for text in row[1:]]
            for row in self.rows(self.dots)
        }
        assert list(rows) == list(python.values)
        for cell, values in python.values.items():
            assert [value is None for value in values] == [value is None for value in rows[cell]], cell
            assert [value for value in rows[cell] if value is not None] == pytest.approx(
                [value for value in values if value is not None], abs=0.0051
            ), cell
        one = python.comparison
        assert ("there is no ratio" in self.sentence.inner_text()) == (one is None)
        if one:
            low, high = (f"{end:.2f}" for end in one.alone)
            expect(self.sentence).to_contain_text(f": ratio {one.ratio:.2f}, 95 % interval {low} to {high}")
            words = {
                "lower error": " Lower error, ",
                "higher error": " Higher error, ",
                "the same": " The same: ",
                "cannot tell": " Cannot tell",
            }
            expect(self.sentence).to_contain_text(words[one.verdict])

    def rows(self, canvas):
        return canvas.evaluate("""(canvas) => {
          const rows = canvas.closest("figure").querySelectorAll("tr:has(th[scope=row])");
          return Array.from(rows, (row) => Array.from(row.children, (cell) => cell.textContent));
        }""")

    def at(self, row, share=None):
        """A point in a row: so far along its plot, or on its name."""
        self.dots.scroll_into_view_if_needed()
        box = self.dots.bounding_box()
        across = 30 if share is None else NAMES + share * (box["width"] - NAMES - 12)
        return box["x"] + across, box["y"] + 6 + ROW * (row + 0.5)

    def click(self, row, share=None):
        self.page.mouse.click(*self.at(row, share))


@pytest.fixture
def show(show_each):
    return show_each(
        ShownRuns, lambda *given, **settings: TrainedRuns(*given, **{"found": FOUND, **settings}), height=1000
    )


def test_every_quantity_says_what_python_says(show):
    shown = show(**WATCHED)
    python = TrainedRuns(**WATCHED, found=FOUND)
    shown.agrees(python)
    titles = {
        "train": "Training error", "after": "Validation error after 260 steps",
        "steps": "Steps to a validation error of 15 %", "test": "Test error",
    }  # fmt: skip
    for quantity, title in titles.items():
        shown.menu("Quantity").select_option(quantity)
        python.quantity = quantity
        expect(shown.title).to_have_text(f"{title}, clothes (Fashion-MNIST)")
        shown.agrees(python) if quantity != "steps" else expect(shown.sentence).to_contain_text("steps to a")


def test_where_no_error_is_made_in_training_there_is_no_ratio(show):
    shown = show("few", quantity="train")
    expect(shown.sentence).to_have_text(re.compile("^Max / subsample, training error: 14 of these 14 networks make no"))
    expect(shown.chart).to_contain_text("Max / subsample")


def test_how_the_interval_comes_about_is_told_for_pairs_and_without(show):
    shown = show("clutter", pair=("max", "average"))
    python = TrainedRuns("clutter", pair=("max", "average"), found=FOUND).comparison
    low, high = (f"{end:.2f}" for end in python.alone)
    expect(shown.worked).to_have_text(
        re.compile(r"^Max: wider field, smaller map, maximum\. Average: .* In pairs of 3 seeds: exp")
    )
    expect(shown.worked).to_contain_text(f"= {low} to {high}, t for 2 degrees of freedom.")
    assert [row[0] for row in shown.rows(shown.canvas(1))[:3]] == ["seed 0", "seed 1", "seed 2"]
    shown.menu("Networks").select_option("whole, global")
    expect(shown.worked).to_contain_text("By Welch's interval, not in pairs")
    assert [row[0] for row in shown.rows(shown.canvas(1))][0] == "interval, 95 % alone"


def test_an_interval_that_goes_on_beyond_the_plot_has_a_mark(show):
    wide = show("residual", "clothes", pair=("max", "average"), found=made(spread=0.4))
    expect(wide.chart).to_have_text("Average / max, grey band: the same; an arrow: it goes on")
    narrow = show("residual", "clothes", pair=("max", "average"), found=made(spread=0.01))
    expect(narrow.chart).to_have_text("Average / max, grey band: the same")


def test_rows_are_chosen_by_clicks_and_by_menus(show):
    shown = show()
    shown.compares("max", "subsample")
    shown.click(0)
    shown.compares("none", "max")
    shown.click(1)
    shown.compares("dilated", "none")
    shown.click(0)  # one of the two: they change places
    shown.compares("none", "dilated")
    shown.menu("Compare").select_option("L2")
    shown.compares("L2", "dilated")
    shown.menu("with").select_option("L2")
    shown.compares("dilated", "L2")
    shown.button("Reset").click()
    shown.compares("max", "subsample")


def test_another_block_or_data_set_keeps_what_it_can(show):
    shown = show("whole, global", pair=("L2", "max"), quantity="after")
    shown.menu("Networks").select_option("residual")  # one data set, and neither L2 nor curves
    expect(shown.title).to_have_text("Test error, clothes (Fashion-MNIST)")
    expect(shown.menu("Images").locator("option", has_text="digits")).to_be_disabled()
    expect(shown.menu("Quantity").locator("option", has_text="Steps")).to_be_disabled()
    expect(shown.button("Learning curves")).to_be_disabled()
    expect(shown.sentence).to_have_text(re.compile("^Max / "))
    shown.menu("Networks").select_option("whole, flatten")
    expect(shown.button("Learning curves")).to_be_enabled()
    expect(shown.menu("Images")).to_have_value("clothes")


def test_sliders_set_the_error_and_the_step(show):
    shown = show(**WATCHED, quantity="steps")
    shown.host.get_by_role("slider", name="Error").fill("300")
    expect(shown.title).to_contain_text("a validation error of 30 %")
    shown.host.get_by_role("slider", name="Error").fill("5")
    expect(shown.sentence).to_contain_text("8 of these 8 networks never got there, so there is no ratio.")
    shown.menu("Quantity").select_option("after")
    expect(shown.host.get_by_role("slider", name="Error")).to_be_hidden()
    shown.host.get_by_role("slider", name="Step").fill("390")
    expect(shown.title).to_contain_text("after 390 steps")
    shown.agrees(TrainedRuns(**WATCHED | {"step": 390}, quantity="after", found=FOUND))
    expect(shown.chart).to_contain_text("at step 390")
    shown.button("Ratio").click()
    expect(shown.chart).to_have_text(re.compile("^Average / max, grey band"))


def test_the_keyboard_chooses_and_says_where_it_is(show):
    shown = show()
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
    expect(said).to_contain_text("L2: ")
    keys.press("ArrowUp")
    keys.press("Enter")
    shown.compares("average", "max")
    expect(said).to_contain_text("average: ")  # the sentence says what is compared now, once
    keys.press("Home")
    keys.press(" ")
    shown.compares("none", "average")
    assert "Arrow" not in (shown.page.evaluate("window.leaked") or "")


def test_a_finger_chooses_a_row_and_scrolls_the_page(show):
    shown = show(touch=True, width=360, height=700, after="<div style='height:2000px'></div>")
    shown.dots.scroll_into_view_if_needed()
    box = shown.dots.bounding_box()
    shown.page.touchscreen.tap(box["x"] + 40, box["y"] + 16)
    shown.compares("none", "max")
    before = shown.page.evaluate("scrollY")
    swipe(shown.page, (box["x"] + 100, 500), (box["x"] + 100, 250))
    scrolled_beyond(shown.page, before + 100)


@pytest.mark.parametrize("width, scheme", crossed([360, 800, 1280], ["light", "dark"]))
def test_it_fits_and_offends_nobody(show, width, scheme):
    shown = show(width=width, scheme=scheme, touch=width == 360, tasks=TO_TRY)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert not violations(shown.page)
    for one in shown.host.locator("button, select, input").all():
        if one.is_visible():
            assert one.bounding_box()["height"] >= (44 if width == 360 else 34)


def test_a_reload_keeps_what_was_chosen_until_the_reader_starts_afresh(show):
    shown = show()
    shown.menu("Networks").select_option("whole, global")
    shown.menu("Quantity").select_option("after")
    shown.host.get_by_role("slider", name="Step").fill("260")
    shown.click(2)
    shown.compares("average", "max")
    shown.page.reload()
    expect(shown.sentence).to_contain_text("Average / max, validation error after 260 steps")
    shown.agrees(TrainedRuns("whole, global", pair=("max", "average"), quantity="after", step=260, found=FOUND))
    shown.button("Start afresh").click()
    expect(shown.sentence).to_contain_text("Max / subsample, test error")
    shown.page.reload()
    expect(shown.sentence).to_contain_text("Max / subsample, test error")


def test_a_link_opens_what_it_was_taken_from_and_takes_nothing_that_was_not_trained(show):
    shown = show()
    shown.menu("Networks").select_option("whole, global")
    shown.menu("Compare").select_option("L2")
    shown.compares("L2", "subsample")
    link = shown.host.get_by_role("link", name="Link to these settings").get_attribute("href")
    shown.page.goto(link)
    shown.compares("L2", "subsample")
    expect(shown.menu("Networks")).to_have_value("whole, global")
    shown.page.goto(f'{shown.page.home}/page.html?embed=runs&block="clutter"&data="cats"&quantity="after"&level=7')
    expect(shown.sentence).to_contain_text("Max / subsample, test error")
    expect(shown.menu("Networks")).to_have_value("clutter")
    expect(shown.page.locator("main").first).to_be_hidden()  # the page around it


def test_it_lives_from_the_disk(show):
    show(over="file").compares("max", "subsample")


def test_three_canvases_have_names(show):
    shown = show("whole, global")
    expect(shown.dots).to_have_attribute("aria-label", re.compile("arrow keys"))
    expect(shown.canvas(1)).to_have_attribute(
        "aria-label", re.compile("^Max / subsample.* Ratio [0-9.]+. 95 % alone: ")
    )
    shown.button("Learning curves").click()
    expect(shown.canvas(2)).to_have_attribute("aria-label", re.compile("^Learning curves"))


# ---- Things to try ----


def covered(shown, *cells):
    """Wait until nothing on the page gives the networks of these cells away, to whoever listens neither."""
    expect(shown.sentence).to_be_empty()
    expect(shown.worked).not_to_contain_text("exp")
    expect(shown.chart).to_have_text("Covered until you have made a guess")
    shown.page.wait_for_function("(canvas) => canvas.ariaLabel.includes('arrow keys')", arg=shown.dots.element_handle())
    for row in shown.rows(shown.dots):
        assert (set(row[1:]) == {"covered"}) == (row[0] in cells), row
    assert not [row for row in shown.rows(shown.canvas(1)) if "0." in "".join(row)]


def test_means_are_drawn_by_mouse_and_judged(show):
    shown = show(tasks=TO_TRY, motion="reduce")
    shown.task(1).click()
    covered(shown, "subsample", "max")
    shown.uncover()
    expect(shown.said).to_have_text("Draw your guess on the picture first.")
    python = TrainedRuns(pair=("none", "dilated"), found=FOUND)
    low, high = across(python)
    truth = float(np.mean(np.log10(python.values["max"])))
    names = list(python.values)
    x, y = shown.at(names.index("max"), 0.5)
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(*shown.at(names.index("max"), (truth - low) / (high - low)))
    shown.page.mouse.up()
    expect(shown.host.locator(".pool-marked")).to_have_text("Drawn: change it as you like.")
    expect(shown.menu("Compare")).to_have_value("dilated")  # to draw is not to compare
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
    """The ends of the dots' axis, which is logarithmic."""
    values = np.log10([value for row in python.values.values() for value in row])
    room = max(np.ptp(values) * 0.06, 0.01)
    return values.min() - room, values.max() + room


def test_means_are_drawn_by_keys(show):
    shown = show(tasks=TO_TRY, motion="reduce")
    shown.task(1).click()
    keys = shown.page.keyboard
    shown.task(1).focus()
    while shown.page.evaluate("document.activeElement.tagName") != "CANVAS":
        keys.press("Tab")
    python = TrainedRuns(pair=("none", "dilated"), found=FOUND)
    low, high = across(python)
    for name in ("subsample", "max"):
        while not shown.aloud.inner_text().startswith(f"{name}: "):
            keys.press("ArrowDown")
        expect(shown.aloud).to_have_text(re.compile("draw its mean with the left and right arrow keys"))
        truth = float(np.mean(np.log10(python.values[name])))
        middle = (low + high) / 2
        for _ in range(1 + round(abs(truth - middle) / (high - low) * 50)):
            keys.press("ArrowRight" if truth > middle else "ArrowLeft")
        expect(shown.aloud).to_have_text(re.compile(r"your mean \d\.\d\d %$"))
    shown.uncover()
    expect(shown.said).to_have_text(re.compile("^✓ Right, all along."))
    expect(shown.task(1)).to_have_attribute("aria-label", "Task 1, done")


def test_a_finger_draws_sideways_and_scrolls_up_without_drawing(show):
    shown = show(tasks=TO_TRY, touch=True, width=360, height=578, after="<p style='height:2000px'></p>")
    shown.task(1).tap()
    covered(shown, "subsample", "max")
    before = shown.page.evaluate("scrollY")
    x, y = shown.at(2, 0.5)
    swipe(shown.page, (x, y), (x, y - 200))
    scrolled_beyond(shown.page, before + 100)
    expect(shown.host.locator(".pool-marked")).to_have_text("Draw it on the picture.")
    x, y = shown.at(2, 0.3)
    swipe(shown.page, (x, y), (x + 60, y))
    expect(shown.host.locator(".pool-marked")).to_have_text("Drawn: change it as you like.")
    shown.page.touchscreen.tap(*shown.at(4, 0.5))
    covered(shown, "subsample", "max")
    shown.uncover()
    expect(shown.said).to_have_text(re.compile(r"^(\d of 2 points are near|✓)"))


def test_a_verdict_is_chosen_and_a_wrong_one_is_told(show):
    shown = show(tasks=TO_TRY)
    shown.task(2).click()
    expect(shown.sentence).to_be_empty()
    python = TrainedRuns(pair=("max", "average"), found=FOUND)
    words = {
        "lower error": "average: lower error",
        "higher error": "average: higher error",
        "the same": "the same",
        "cannot tell": "cannot tell",
    }
    right = words[python.comparison.verdict]
    wrong = next(one for one in words.values() if one != right)
    assert all(shown.button(one).is_visible() for one in words.values())
    shown.button(wrong).click()
    shown.uncover()
    expect(shown.said).to_have_text(re.compile(f"^You said {wrong}; it is {right}."))
    shown.agrees(python)
    shown.button("Try again").click()
    expect(shown.sentence).to_be_empty()
    shown.button(right).click()
    shown.uncover()
    expect(shown.task(2)).to_have_attribute("aria-label", "Task 2, done")


def test_who_has_the_smallest_is_chosen_with_all_covered(show):
    shown = show(tasks=TO_TRY)
    shown.task(4).click()
    python = TrainedRuns("few", found=FOUND)
    covered(shown, *python.values)
    means = {name: np.mean(np.log(values)) for name, values in python.values.items()}
    shown.button(min(TO_TRY[3]["given"]["options"], key=means.get)).click()
    shown.uncover()
    expect(shown.task(4)).to_have_attribute("aria-label", "Task 4, done")
    shown.agrees(python)


def test_a_goal_is_reached_by_its_menus_and_keeps_its_tick(show):
    shown = show(tasks=TO_TRY)
    shown.task(3).click()
    judged = TrainedRuns(data="clothes", found=FOUND).judged
    unclear, clear = (
        next([one.against, one.cell] for one, found in zip((each.contrast for each in judged.values()), judged.values())
             if ("error" in found.verdict) == wanted)
        for wanted in (False, True)
    )  # fmt: skip

    def compare(first, second):
        for name, cell in (("Compare", second), ("with", first)):
            shown.menu(name).select_option(cell)

    compare(*unclear)
    expect(shown.host.locator(".pool-task-count")).to_have_text("0 of 1")
    expect(shown.task(3)).to_have_attribute("aria-label", "Task 3")
    compare(*clear)
    expect(shown.said).to_have_text("✓ Done.")
    shown.button("Reset").click()
    shown.compares("max", "subsample")
    expect(shown.task(3)).to_have_attribute("aria-label", "Task 3, done")


# ---- One screen, and motion ----


def test_on_a_phone_the_dots_and_the_verdict_are_in_sight_while_a_menu_is_touched(show):
    shown = show(found=WHOLE, touch=True, width=360, height=578, after="<p style='height:2000px'></p>")
    for control in shown.host.locator(".pool-side :is(select, input)").all():
        if not control.is_visible():
            continue
        control.evaluate("(one) => one.scrollIntoView({ block: 'end', behavior: 'instant' })")
        dots, words, touched = (one.bounding_box() for one in (shown.dots, shown.sentence, control))
        assert dots["y"] >= 0 and words["y"] + words["height"] <= touched["y"] + 1


@pytest.mark.parametrize("width, room", [(688, 650), (328, 1290), *besides((757, 650))])
def test_its_place_is_kept_and_enough_for_every_task(show, width, room):
    shown = show(
        found=WHOLE, tasks=TO_TRY, touch=width < 400, width=width + 32, height=650, motion="reduce"
    )  # fmt: skip
    kept, foot = shown.kept()

    def guess(task):
        shown.host.locator(".pool-options button").first.click() if task["guess"] != "means" else shown.click(3, 0.5)

    heights = []
    for height in shown.needed_by(TO_TRY, guess):
        if shown.said.inner_text():  # uncovered
            expect(shown.sentence).not_to_be_empty()
        heights.append(height)
    for block in BLOCKS:
        shown.menu("Networks").select_option(block)
        heights.append(shown.needed())
    shown.menu("Networks").select_option("whole, flatten")
    for quantity in ("train", "steps", "after"):
        shown.menu("Quantity").select_option(quantity)
        expect(shown.title).not_to_have_text(re.compile("^Test"))
        heights.append(shown.needed())
    assert max(heights) <= kept <= max(heights) + 60 and kept + foot <= room, (kept, heights)


def test_dots_glide_to_another_data_set_unless_motion_is_reduced(show):
    picture = "(canvas) => canvas.toDataURL()"
    for motion, differs in [("no-preference", True), ("reduce", False)]:
        shown = show(motion=motion)
        shown.page.clock.install(time=0)
        shown.page.clock.pause_at(1000)
        shown.menu("Images").select_option("clothes")
        shown.page.clock.run_for(60)
        way = shown.dots.evaluate(picture)
        shown.page.clock.run_for(400)
        assert (way != shown.dots.evaluate(picture)) == differs, motion


def test_no_task_of_its_own_is_long(show, browser):
    shown = show(found=WHOLE)
    python = TrainedRuns("few", found=WHOLE)
    change = lambda: [shown.menu("Networks").select_option("few"), shown.agrees(python)]
    assert longest(browser, shown.page, shown.reload, change) < 50  # 200 ms on a processor four times slower


@pytest.mark.parametrize("way", WAYS)
def test_charts_and_the_chosen_one_are_seen_in_forced_colours_and_on_paper(show, way):
    shown = show("whole, global", scheme="dark" if "dark" in way else "light")
    with under(shown.page, way):
        ink = shown.dots.evaluate(
            """(canvas) => { const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              const seen = new Set();
              for (let n = 0; n < data.length; n += 4) if (data[n + 3] > 250) seen.add(data.slice(n, n + 3).join());
              return seen.size; }"""
        )
        assert ink > 3
        if "paper" not in way:
            assert difference(shown.button("Ratio"), shown.button("Learning curves")) > 0.4
