"""The tabs of the same call in three libraries: without a script, by keys, on paper, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from calls_to_compare import CALLS, LIBRARIES
from playwright.sync_api import expect
from pooling_site import tabs

from pooling_book.show import same_call


@pytest.fixture
def show(open_page, widget_page, tmp_path):
    def show(*names, scheme="light", **options):
        return open_page(
            tmp_path, widget_page("".join(same_call(name).html for name in names)), scheme=scheme, **options
        )

    return show


def panels(page):
    return page.locator(".pool-tab")


def test_one_library_is_seen_at_a_time(show):
    page = show("max_pool", java_script_enabled=False)
    for chosen in (*LIBRARIES[1:], LIBRARIES[0]):
        page.get_by_role("radio", name=chosen).check()
        for panel, library in zip(panels(page).all(), LIBRARIES):
            expect(panel).to_be_visible() if library == chosen else expect(panel).to_be_hidden()
    page.complaints.clear()  # of the scripts that it was forbidden


def test_two_on_a_page_stand_for_themselves_without_a_script(show):
    page = show("max_pool", "avg_pool")
    page.get_by_role("radio", name="JAX").nth(1).check()
    assert page.get_by_role("radio", name="Keras").nth(0).is_checked()


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "refused"])
def test_a_choice_holds_for_all_tabs_and_for_the_next_page(open_page, widget_page, tmp_path, kept):
    shown = "".join(same_call(name).html for name in ("avg_padding", "max_pool", "avg_pool"))
    page = open_page(tmp_path, widget_page(f"{shown}<script>{tabs.SCRIPT.read_text(encoding='utf-8')}</script>"))
    if not kept:
        page.add_init_script("Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error(); };")
        page.reload()
    last = page.get_by_role("radio", name="JAX").nth(2)
    last.scroll_into_view_if_needed()
    before = last.bounding_box()["y"]
    last.check()
    assert [one.is_checked() for one in page.get_by_role("radio", name="JAX").all()] == [True] * 3
    page.wait_for_function(
        "(before) => Math.abs(document.querySelectorAll('[value=JAX]')[2].getBoundingClientRect().y - before) < 2",
        arg=before,
    )
    page.reload()
    assert page.get_by_role("radio", name="JAX" if kept else "Keras").nth(0).is_checked()


def test_keys_alone_reach_each(show):
    page = show("max_pool")
    page.keyboard.press("Tab")
    for library in LIBRARIES[1:]:
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("group", name=library, exact=True)).to_be_visible()


@pytest.mark.parametrize("name", CALLS)
def test_a_phone_and_a_page_hold_it(show, name):
    page = show(name, width=360, height=740, touch=True)
    for library in LIBRARIES:
        page.get_by_role("radio", name=library).tap()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert all(label.bounding_box()["height"] >= 44 for label in page.locator(".pool-same label").all())


def test_paper_has_all_three_each_with_its_name(show):
    page = show("max_pool")
    page.emulate_media(media="print")
    for library, panel in zip(LIBRARIES, panels(page).all()):
        expect(panel).to_be_visible()
        expect(panel.locator(".pool-tab-name")).to_have_text(library)
        expect(panel.locator(".pool-tab-name")).to_be_visible()
    expect(page.locator(".pool-same label").first).to_be_hidden()
    expect(page.get_by_text(CALLS["max_pool"].title)).to_be_visible()


def test_the_chosen_tab_is_told_in_forced_colours(show):
    page = show("max_pool")
    page.emulate_media(forced_colors="active")
    under = page.locator(".pool-same label > span").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).borderBottomColor)"
    )
    assert under[0] != under[1] == under[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show, scheme):
    page = show("max_pool", "avg_padding", scheme=scheme)
    assert Axe().run(page).response["violations"] == []


def test_on_the_site_a_call_has_the_colours_of_other_code_and_its_own_text():
    shown = same_call("max_pool").html
    page = BeautifulSoup(tabs.CALL.sub(tabs.coloured, shown), "html.parser")
    calls = page.select(".highlight code")
    assert [call.get_text() for call in calls] == [
        call.get_text() for call in BeautifulSoup(shown, "html.parser").select(".highlight code")
    ]
    assert all({"kn", "mi"} <= {span["class"][0] for span in call.select("span")} for call in calls)
