"""Every page of the built site in a browser: alive, quiet, and searched without a network."""

import re

import pytest
from pages import CHAPTERS, PAGES, settle
from playwright.sync_api import expect


@pytest.mark.parametrize("name", PAGES)
def test_a_page_from_the_disk_lives_and_complains_of_nothing(open_page, site, name):
    settle(open_page(site, name, over="file"))


def test_without_scripts_each_widget_still_shows_its_picture(open_page, site):
    page = open_page(site, "index.html", java_script_enabled=False)
    for name in PAGES:
        page.goto(f"{page.home}/{name}")
        fallbacks = page.locator(".pool-fallback")
        count = fallbacks.count()
        assert count == page.locator(".pool-widget").count() and (count or name not in CHAPTERS), name
        expect(page.locator(".pool-fallback:visible", has_text=re.compile(r"\S"))).to_have_count(count)
    # the scripts it was forbidden
    page.complaints[:] = [one for one in page.complaints if not one.endswith(" csp")]


def test_the_explorer_on_the_landing_page_is_seen_without_scrolling(open_page, site):
    page = open_page(site, "index.html", width=1280, height=800)
    settle(page)
    for canvas in page.locator("#start canvas").all():
        expect(canvas).to_be_in_viewport(ratio=1)
    expect(page.locator("#start .pool-sentence")).to_be_in_viewport(ratio=1)


# ---- Search ----


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_search_finds_a_word_and_leads_to_it(open_page, site, over):
    page = open_page(site, "index.html", over=over)
    page.locator("button.search-button-field").first.click()
    page.keyboard.type("maximum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=maximum**")
    results = page.locator("#search-results li a")
    expect(results.first).to_be_visible()
    expect(page.locator("#search-results")).to_contain_text(re.compile(r"found [1-9][0-9]* page", re.I))
    results.first.click()
    page.wait_for_url(lambda url: "search.html" not in url)
    expect(page.locator("main")).to_contain_text(re.compile("maximum", re.I))


@pytest.mark.parametrize("over", ["http", "file"])
def test_the_search_says_so_when_it_finds_nothing(open_page, site, over):
    page = open_page(site, "search.html?q=xylophone", over=over)
    expect(page.locator("#search-results")).to_contain_text("did not match any documents")
