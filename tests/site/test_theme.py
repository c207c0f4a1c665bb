"""What the book does to its theme: lean pages, code that waits for the screen, paper, names, what may be missing."""

import re

import pytest
from bs4 import BeautifulSoup
from budget import crossed
from pages import CHAPTERS, PAGES, lay_out

CHAPTER, LIBRARY = "chapters/05_gradients_through_a_pool.html", "appendix/library.html"
ELEMENTS = {
    LIBRARY: 18_500,
    "chapters/10_the_family.html": 9_800,
}  # what a page held when this was written, and some more
ELEMENTS_ELSEWHERE = 7_500
NO_STORE = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
  configurable: true, get() { throw new DOMException("no", "SecurityError"); } })"""
PALE = """() => [...document.querySelectorAll("article *")].filter((one) => {
  if (one.closest(".pool-widget, svg") || !one.checkVisibility()) return false;
  const written = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const [red, green, blue] = getComputedStyle(one).color.match(/[\\d.]+/g).map(Number);
  return written && 0.2126 * red + 0.7152 * green + 0.0722 * blue > 130;
}).map((one) => one.outerHTML.slice(0, 80)).slice(0, 5)"""
HEIGHTS = "() => [...document.querySelectorAll('article pre')].map((one) => one.getBoundingClientRect().height)"


@pytest.fixture
def pages_text(site):
    return {name: (site / name).read_text(encoding="utf-8") for name in PAGES}


# ---- Lean ----


def test_a_page_has_few_elements(pages_text):
    many = {}
    for name, text in pages_text.items():
        count = len(BeautifulSoup(text, "html.parser").find_all(True))
        if count > ELEMENTS.get(name, ELEMENTS_ELSEWHERE):
            many[name] = count
    assert not many, f"more elements than before: {many}"


def test_spans_that_would_colour_nothing_are_left_out(site, pages_text):
    found = {name: count for name, text in pages_text.items() if (count := len(re.findall(r'<span class="p">', text)))}
    assert not found, f"spans for brackets: {found}"
    sheet = (site / "_static" / "pygments.css").read_text(encoding="utf-8")
    for mode in ("light", "dark"):
        rule = rf'html\[data-theme="{mode}"\] \.highlight'
        text = re.search(rule + r" \{ background: #\w+; color: (#\w+) \}", sheet)[1]
        for kind in ("n", "nn", "nx", "p", "w"):
            assert re.search(rf"{rule} \.{kind} \{{ color: (#\w+) \}}", sheet)[1] == text, (mode, kind)


def test_code_far_from_the_screen_has_the_height_that_it_will_have(open_page, site):
    page = open_page(site, CHAPTER)
    waiting = page.evaluate(HEIGHTS)
    assert page.evaluate("getComputedStyle(document.querySelector('article pre')).contentVisibility") == "auto"
    lay_out(page)
    shown = page.evaluate(HEIGHTS)
    assert len(shown) > 50
    off = [(a, b) for a, b in zip(waiting, shown) if abs(a - b) > 1]
    assert not off, f"{len(off)} of {len(shown)} blocks of code change their height: {off[:5]}"


@pytest.mark.parametrize(
    "target, width", crossed([f"{CHAPTER}#exercises", f"{LIBRARY}#pooling_lib.pooling.max_pool"], [1280, 360])
)
def test_a_link_into_what_waits_for_the_screen_lands(open_page, site, target, width):
    page = open_page(site, target, width=width)
    top = "document.getElementById(location.hash.slice(1)).getBoundingClientRect().top"
    page.wait_for_function(f"() => Math.abs({top} - 64) < 3")
    page.wait_for_timeout(500)  # it stays there
    assert abs(page.evaluate(top) - 64) < 3


def test_code_that_scrolls_is_reached_with_the_keyboard_once_it_is_on_the_screen(open_page, site):
    page = open_page(site, CHAPTER, width=360)
    page.add_style_tag(content="article div.cell pre { white-space: pre; width: 8rem }")
    block = page.locator("article pre").filter(visible=True).last
    block.scroll_into_view_if_needed()
    page.wait_for_function("(one) => one.tabIndex === 0", arg=block.element_handle())


# ---- The search ----


def test_only_the_search_page_loads_what_a_search_needs(open_page, site):
    page = open_page(site, CHAPTERS[0])
    loaded = "performance.getEntriesByType('resource').map((one) => one.name).join()"
    assert not re.search("searchindex|searchtools|language_data", page.evaluate(loaded))
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog[open] input").fill("ceil mode")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=ceil+mode")
    page.locator("#search-results .search li").first.wait_for()
    assert "searchindex" in page.evaluate(loaded)


# ---- Paper, names, and what may be missing ----


@pytest.mark.parametrize("name", [CHAPTER, LIBRARY])
def test_paper_is_light_though_the_screen_is_dark(open_page, site, name):
    page = open_page(site, name, scheme="dark")
    assert page.evaluate(PALE), "nothing is pale on a dark screen: the test looks at the wrong things"
    page.emulate_media(media="print")
    page.wait_for_function("() => document.documentElement.dataset.theme === 'light'")
    assert not page.evaluate(PALE)
    page.emulate_media(media="screen")
    page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_colours_stand_before_the_page_is_drawn(open_page, site):
    page = open_page(site, CHAPTERS[0], scheme="dark")
    page.add_init_script(
        """window.themes = []; new MutationObserver(() => themes.push(document.documentElement?.dataset.theme))
        .observe(document, { subtree: true, attributeFilter: ["data-theme"] })"""
    )
    page.evaluate("localStorage.clear()")
    page.reload()
    assert set(page.evaluate("themes")) == {"dark"}, "the page was styled for another theme first"


def test_where_nothing_may_be_kept_the_theme_still_works(open_page, site):
    page = open_page(site, "search.html")
    page.add_init_script(NO_STORE)
    page.goto(f"{page.home}/{CHAPTERS[0]}")
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.locator(".theme-switch-button:visible").first.click()
    page.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    page.keyboard.press("Control+k")
    page.locator("#pst-search-dialog[open]").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_scripts_a_page_follows_the_readers_colours(open_page, site, scheme):
    page = open_page(site, CHAPTERS[0], scheme=scheme, java_script_enabled=False)
    page.complaints[:] = [
        one for one in page.complaints if not one.endswith("csp")
    ]  # scripts that the page names early
    ground, code = (
        page.locator(where).first.evaluate("(one, name) => getComputedStyle(one)[name]", name)
        for where, name in (("body", "backgroundColor"), ("pre .k, pre .kn", "color"))
    )
    assert (ground, code) == {
        "light": ("rgb(255, 255, 255)", "rgb(103, 48, 197)"),
        "dark": ("rgb(20, 24, 30)", "rgb(220, 198, 224)"),
    }[scheme]


# ---- Formulas in prose ----


def test_a_comma_stays_with_its_formula_and_a_product_in_one_line(pages_text):
    loose = {name: len(re.findall(r"</math></span>[,.;:]", text)) for name, text in pages_text.items()}
    assert not any(loose.values()), loose
    assert "2\u00a0×\u00a02" in pages_text[CHAPTERS[0]]
    broken = re.findall(r"\b\d+ × \d+\b", BeautifulSoup(pages_text[CHAPTERS[0]], "html.parser").article.p.get_text())
    assert not broken, broken
