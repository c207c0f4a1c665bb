"""What a page makes of a chapter's form: the box, what is Further and its switch, the page to be printed alone."""

import re

import pytest
from browser import violations
from bs4 import BeautifulSoup
from feel import traced, wake
from pages import CHAPTERS
from sample_chapter import sample_site

SAMPLE = "chapters/sample.html"
PAPER = {"format": "A4", "margin": dict.fromkeys(("top", "right", "bottom", "left"), "12mm")}
TARGETS = ["a-longer-way", "its-end", "another-k"]
LOOKS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Folder of the built site of a sample chapter."""
    return sample_site(tmp_path_factory.mktemp("sample"))


def switch(page):
    return page.get_by_role("button", name="Short way", exact=True)


def shown(page):
    """Which of the Further sections are shown."""
    return page.locator("section.further").evaluate_all("(all) => all.map((one) => one.checkVisibility())")


def lands(page, target):
    """Whether what is wanted stands on the screen."""
    page.wait_for_function(
        """(target) => { const at = document.getElementById(target).getBoundingClientRect();
          return at.height && at.top > -5 && at.top < innerHeight; }""",
        arg=target,
    )
    return True


# ---- Box and headings ----


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_box_and_marks_are_readable_and_fit(open_page, sample, scheme, width):
    page = open_page(sample, SAMPLE, scheme=scheme, width=width)
    box = page.locator("article blockquote.opening-box")
    assert box.count() == 1 and box.locator("li").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not violations(page)


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_section_says_whether_it_holds_a_widget(site, name):
    page = BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")
    sections = page.select("article section")
    assert sections
    for section in sections:
        holds = section.select_one(".pool-widget") is not None
        assert ("with-widget" in section.get("class", [])) == holds, section["id"]


#: How many elements are styled anew when a widget's words change, as DevTools counts them.
RESTYLED = """() => {
  document.querySelector(".pool-sentence").textContent = "Another sentence.";
  return document.body.offsetHeight;
}"""


@pytest.mark.parametrize("name", CHAPTERS[:1])
def test_a_word_that_changes_does_not_have_the_whole_page_styled_anew(open_page, site, browser, name):
    page = open_page(site, name)
    wake(page)
    events = traced(browser, page, lambda: page.evaluate(RESTYLED))
    styled = [one["args"].get("elementCount", 0) for one in events if one["name"] == "UpdateLayoutTree"]
    assert styled and max(styled) < 300, styled


def test_further_stands_in_no_id_no_heading_and_no_list_of_contents(sample):
    text = (sample / SAMPLE).read_text(encoding="utf-8")
    assert not [one for one in re.findall(r'id="([^"]*)"', text) if "further" in one]
    assert "Further:" not in text
    assert text.count('<section class="further') == 2


def test_a_heading_that_may_be_skipped_says_so(open_page, sample):
    page = open_page(sample, SAMPLE)
    assert page.get_by_role("heading", name="Further A longer way").count() == 1
    assert page.get_by_role("heading", name="A window", exact=False).count() == 1


# ---- Tabs ----


def test_a_library_is_chosen_once_and_its_code_can_be_copied(open_page, sample):
    page = open_page(sample, SAMPLE)
    page.get_by_role("radio", name="PyTorch").check()
    page.reload()
    assert page.get_by_role("radio", name="PyTorch").is_checked()
    assert page.locator(".pool-tab:visible .copybtn").count() == 1
    assert "pooling-book library" not in (sample / "index.html").read_text(encoding="utf-8")


# ---- The short way ----


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_switch_hides_what_is_further_and_is_remembered(open_page, sample, over):
    page = open_page(sample, SAMPLE, over=over)
    entries = page.locator(".bd-sidebar-secondary li.further")
    assert shown(page) == [True, True] and switch(page).get_attribute("aria-pressed") == "false"
    assert entries.count() == 2
    switch(page).click()
    assert shown(page) == [False, False] and switch(page).get_attribute("aria-pressed") == "true"
    assert not any(entry.is_visible() for entry in entries.all())
    assert page.get_by_role("heading", name="A window").is_visible()
    page.reload()
    assert shown(page) == [False, False] and switch(page).get_attribute("aria-pressed") == "true"
    switch(page).focus()
    page.keyboard.press("Space")
    assert shown(page) == [True, True]
    page.reload()
    assert shown(page) == [True, True]


def test_either_switch_leaves_the_other_alone(open_page, sample):
    page = open_page(sample, SAMPLE)
    switch(page).click()
    page.get_by_role("button", name="Hide code", exact=True).click()
    switch(page).click()
    assert page.evaluate("({ ...document.documentElement.dataset })").items() >= {
        "code": "hidden", "further": "shown"
    }.items()  # fmt: skip


def test_a_page_with_nothing_further_and_no_code_has_no_switch(open_page, sample):
    assert open_page(sample, "index.html").locator(".page-switches, .print-this").count() == 0


@pytest.mark.parametrize("target", TARGETS)
def test_a_link_from_elsewhere_opens_what_is_hidden_and_lands(open_page, sample, target):
    page = open_page(sample, SAMPLE)
    switch(page).click()
    page.goto(f"{page.home}/index.html")
    page.goto(f"{page.home}/{SAMPLE}#{target}")
    assert lands(page, target) and all(shown(page)) and switch(page).get_attribute("aria-pressed") == "false"
    page.goto(f"{page.home}/index.html")
    page.goto(f"{page.home}/{SAMPLE}")
    assert not any(shown(page)), "the switch was forgotten"


@pytest.mark.parametrize("target", TARGETS[:2])
def test_a_link_on_the_page_opens_what_is_hidden_every_time(open_page, sample, target):
    page = open_page(sample, SAMPLE)
    for _ in range(2):
        switch(page).click()
        assert not any(shown(page))
        page.locator(f'article p a[href="#{target}"]').click()
        assert lands(page, target) and all(shown(page))


def test_what_a_search_finds_is_marked_opened_and_on_the_screen(open_page, sample):
    page = open_page(sample, SAMPLE)
    switch(page).click()
    page.goto(f"{page.home}/search.html?q=hippopotamus")
    page.locator("#search-results a").first.click()
    page.wait_for_url(f"**/{SAMPLE}*")
    mark = page.locator("section.further .highlighted")
    mark.wait_for()
    page.wait_for_function("scrollY > 100")
    assert all(shown(page)) and "hippopotamus" in mark.text_content()


def test_a_search_that_finds_nothing_there_leaves_it_hidden(open_page, sample):
    page = open_page(sample, SAMPLE)
    switch(page).click()
    page.goto(f"{page.home}/search.html?q=arithmetic")
    page.locator("#search-results a").first.click()
    page.wait_for_url(f"**/{SAMPLE}*")
    page.locator("article .highlighted").wait_for()
    page.wait_for_timeout(100)
    assert not any(shown(page))


# ---- Paper ----


def printed_words(page):
    page.emulate_media(media="print")
    return page.locator("body").inner_text()


def test_print_holds_what_is_shown(open_page, sample):
    page = open_page(sample, SAMPLE)
    assert "hippopotamus" in printed_words(page) and not switch(page).is_visible()
    page.emulate_media(media="screen")
    switch(page).click()
    assert "hippopotamus" not in printed_words(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_chapter_on_one_page_is_printed_alone_on_one_page(open_page, sample, width):
    page = open_page(sample, SAMPLE, width=width)
    whole = pages(page.pdf(**PAPER))
    page.evaluate("window.print = () => {}")  # the browser's dialogue, which ends with afterprint
    page.get_by_role("button", name="Print this page").click()
    text = printed_words(page)
    assert re.match(r"\s*A sample\s+The chapter on one page\s", text)
    for other in ("Print this page", "Concepts", "Show code", "hippopotamus", "Sources", "#", "CC BY"):
        assert other not in text, f"{other!r} is printed, too"
    assert "input" in text and "output" in text, "the picture is missing"
    page.emulate_media(media="null")
    assert whole > 1 == pages(page.pdf(**PAPER))
    assert page.evaluate("document.documentElement.dataset.print") is None, "it would print one page for ever"
    assert pages(page.pdf(**PAPER)) == whole


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_s_one_page_is_one_page(open_page, site, name):
    page = open_page(site, name)
    if not (button := page.get_by_role("button", name="Print this page")).count():
        pytest.skip("it has none yet")
    page.evaluate("window.print = () => {}")
    button.press("Enter")  # a key finds it where the page still moves, a click may not
    assert pages(page.pdf(**PAPER)) == 1


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
