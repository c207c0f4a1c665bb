"""What stands around the widgets of a chapter: code and results that fit, tables, and the switch that hides code."""

import re

import pytest
from browser import PATIENCE
from bs4 import BeautifulSoup
from pages import CHAPTERS, lay_out
from playwright.sync_api import expect

WIDTHS = (360, 1280)
# What scrolls sideways within a cell; a widget's own tests look at the widget.
SCROLLING = """() => [...document.querySelectorAll("div.cell :is(pre, div)")]
  .filter((one) => one.clientWidth && !one.closest(".pool-widget:not([data-widget$=exercise], [data-widget=quiz])"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
  .filter((one) => !one.querySelector(".pool-widget"))
  .map((one) => `${one.scrollWidth - one.clientWidth} px: ${one.textContent.slice(0, 90)}`)"""
UNFOLD = "for (const folded of document.querySelectorAll('details')) folded.open = true"
# A line of text columns: at least three entries with wide gaps between them, and no array.
COLUMNS = re.compile(r"^(?!.*\[) *\S+(?: \S+)*(?: {2,}\S+(?: \S+)*){2,}$")
WITH_CODE = CHAPTERS[0]


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_code_and_no_result_scrolls_sideways(open_page, site, name):
    page = open_page(site, name, motion="reduce")
    page.evaluate(UNFOLD)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        page.wait_for_function("(width) => innerWidth === width", arg=width)
        assert not (found := page.evaluate(SCROLLING)), f"{name} at {width}:\n" + "\n".join(found)


@pytest.mark.parametrize("name", CHAPTERS)
def test_results_in_columns_are_tables_with_captions_and_headers(open_page, site, name):
    page = open_page(site, name, motion="reduce")
    printed = page.locator("div.cell > div.cell_output > div.stream pre").all_text_contents()
    columns = [line for text in printed for line in text.split("\n") if COLUMNS.match(line)]
    assert not columns, f"{name} prints columns:\n" + "\n".join(columns)
    tables = page.locator("table.pool-words").evaluate_all(
        """(tables) => tables.map((one) => [one.caption?.textContent ?? "",
          one.querySelectorAll("thead th[scope=col]").length, one.querySelectorAll("tbody th[scope=row]").length])"""
    )
    assert tables, f"{name} has no table"
    assert all(caption and columns > 1 and rows for caption, columns, rows in tables), tables


def test_wrapped_code_is_copied_as_it_was_written(open_page, site):
    page = open_page(site, WITH_CODE, width=360)
    page.evaluate(UNFOLD)
    lay_out(page)
    written, copied, wrapped = page.evaluate(
        """() => { const all = [...document.querySelectorAll("div.cell_input pre")];
          return [all.map((one) => one.textContent), all.map((one) => one.innerText), all.filter((one) =>
            one.clientHeight > 1.5 * one.textContent.trimEnd().split("\\n").length
              * parseFloat(getComputedStyle(one).lineHeight)).length]; }"""
    )
    assert wrapped, "at 360 no code wraps: nothing is tried here"
    assert [text.rstrip("\n") for text in copied] == [text.rstrip("\n") for text in written]


# ---- The switch ----


def codes(page):
    """How many of a chapter's cells show their code, of those that do not fold it by themselves."""
    inputs = page.locator("div.cell > div.cell_input")
    return inputs.evaluate_all("(all) => all.map((one) => one.lastElementChild.checkVisibility())")


def switch(page):
    return page.get_by_role("button", name="Hide code", exact=True)


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_switch_hides_all_code_here_and_on_the_next_page_and_after_a_reload(open_page, site, over):
    page = open_page(site, WITH_CODE, over=over)
    assert len(codes(page)) > 10 and all(codes(page)) and page.locator(".code-open").count() == 0
    assert switch(page).get_attribute("aria-pressed") == "false"
    results = page.locator("div.cell_output").evaluate_all("(all) => all.filter((one) => one.checkVisibility()).length")
    switch(page).click()
    assert not any(codes(page)) and switch(page).get_attribute("aria-pressed") == "true"
    shown = page.locator("div.cell_output").evaluate_all("(all) => all.filter((one) => one.checkVisibility()).length")
    assert shown == results, "a result went with its code"
    page.reload()
    assert not any(codes(page)) and switch(page).get_attribute("aria-pressed") == "true"
    page.goto(f"{page.home}/{CHAPTERS[1]}")
    assert not any(codes(page))
    switch(page).click()
    page.reload()
    assert all(codes(page))


def test_the_switch_and_each_cell_open_by_keyboard(open_page, site):
    page = open_page(site, WITH_CODE)
    switch(page).focus()
    page.keyboard.press("Space")
    assert not any(codes(page))
    first = page.locator(".code-open").first
    assert (first.text_content(), first.get_attribute("aria-expanded")) == ("Show this code", "false")
    first.focus()
    page.keyboard.press("Enter")
    assert codes(page)[0] and sum(codes(page)) == 1
    assert (first.text_content(), first.get_attribute("aria-expanded")) == ("Hide this code", "true")
    page.keyboard.press("Enter")
    assert not any(codes(page))


def test_a_browser_that_keeps_nothing_still_hides_code(open_page, site):
    page = open_page(site, WITH_CODE)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }; }")
    switch(page).click()
    assert not any(codes(page))


def test_hiding_code_moves_nothing_while_the_page_loads(open_page, site):
    page = open_page(site, WITH_CODE)
    switch(page).click()
    page.reload()
    page.wait_for_function("document.querySelectorAll('.code-open').length > 10", timeout=PATIENCE)
    cells = page.evaluate(
        """() => [...document.querySelectorAll("div.cell > div.cell_input")].map((one) => {
          const before = one.getBoundingClientRect().height; const button = one.firstElementChild;
          button.remove(); const without = one.getBoundingClientRect().height; one.prepend(button);
          return before - without; })"""
    )
    assert cells and max(map(abs, cells)) < 1, cells


def test_the_exercises_stubs_stay_within_reach(open_page, site):
    page = open_page(site, WITH_CODE)
    switch(page).click()
    stub = page.locator("#exercises div.cell > div.cell_input").first
    stub.get_by_role("button", name="Show this code").press("Enter")  # a key finds it where the page still moves
    expect(stub.locator("pre")).to_contain_text("def ", use_inner_text=True)


def test_the_landing_page_has_no_code_and_no_switch(open_page, site):
    assert open_page(site, "index.html").locator(".page-switches").count() == 0


# ---- Print ----


def test_print_holds_no_buttons_and_hides_the_code_that_is_hidden(open_page, site):
    page = open_page(site, WITH_CODE)
    page.emulate_media(media="print")
    assert all(codes(page)) and not switch(page).is_visible()
    page.emulate_media(media="screen")
    switch(page).click()
    page.emulate_media(media="print")
    assert not any(codes(page)) and not page.locator(".code-open").first.is_visible()


def test_in_print_code_boxes_break_over_two_sheets(open_page, site):
    # A browser breaks neither what scrolls nor a flex box: it left the box empty at the end of a sheet.
    page = open_page(site, WITH_CODE)
    page.emulate_media(media="print")
    whole = page.locator("div.cell > .cell_input, div.cell > .cell_input :is(div, pre)").evaluate_all(
        """(all) => all.map((one) => [one.className, getComputedStyle(one)])
          .filter(([, style]) => style.display !== "block" || style.overflow !== "visible"
            || style.boxDecorationBreak !== "clone").map(([name, style]) => `${name} ${style.display}`)"""
    )
    assert not whole, whole


# ---- What needs no code ----


def test_a_fold_is_heard_as_the_words_that_are_seen_on_it(site):
    pages = [BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser") for name in CHAPTERS]
    folds = [fold for page in pages for fold in page.select("details.hide > summary")]
    assert folds and not [fold for fold in folds if fold.get("aria-label")]


@pytest.mark.parametrize("name", CHAPTERS)
def test_quiz_widgets_and_typed_answers_come_before_their_code(open_page, site, name):
    page = open_page(site, name)
    unfolded = page.locator("div.cell > div.cell_input").all_text_contents()
    needless = re.compile(r"^from pooling_book\.(widgets\.(?!photos)|chapters\.)|^my_answer = ", re.M)
    assert not [text for text in unfolded if needless.search(text)]
    folded = page.locator("div.cell > details.hide > summary")
    assert folded.count() > 2 and folded.first.get_attribute("aria-label") is None
