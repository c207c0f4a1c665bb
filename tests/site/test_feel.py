"""How the widgets of the built pages feel: they keep their place, and a link finds its own.

Heights and layout shift, never time on a clock. tests/kit/feel.py says how each is measured.
"""

import budget
import pytest
from feel import LANDED, heights, shift, wake
from pages import CHAPTERS

LAPTOP = {"width": 1366, "height": 650}
PHONE = {"width": 360, "height": 578, "touch": True}
TARGETS = ["pitfalls", "exercises", "sources"] if budget.THOROUGH else ["sources"]

SHIFT = 0.02  # a fifth of what Web Vitals call good


def near(page):
    """Wait until the page is loaded and every widget on the screen lives, and what that moves has moved."""
    page.wait_for_load_state("load")
    page.wait_for_function(
        """() => document.fonts.status === "loaded" && [...document.querySelectorAll(".pool-widget")].every((host) => {
          const at = host.getBoundingClientRect();
          return host.dataset.alive === "true" || at.top > innerHeight || at.bottom < 0;
        })"""
    )
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")


@pytest.fixture(scope="module")
def seen():
    """What has been measured of a page, so that each is opened once for all tests of it."""
    return {}


@pytest.fixture
def measured(open_page, site, seen):
    """Layout shift of a page, and height of each widget in life."""

    def measure(name, size):
        key = name, size["width"]
        if key not in seen:
            page = open_page(site, name, **size)
            near(page)
            moved = shift(page)
            wake(page)
            seen[key] = {"shift": moved, "alive": heights(page)}
        return seen[key]

    return measure


@pytest.fixture
def opened_at(open_page, site, seen):
    """How far from its section a page opens."""

    def measure(name, target):
        if (name, target) not in seen:
            page = open_page(site, f"{name}#{target}", **LAPTOP)
            near(page)
            seen[name, target] = {"off": page.evaluate(LANDED)}
        return seen[name, target]

    return measure


sizes = pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
pages = pytest.mark.parametrize("name", ["index.html", *CHAPTERS])
chapters = pytest.mark.parametrize("name", CHAPTERS)
targets = pytest.mark.parametrize("target", TARGETS)


@sizes
@pages
def test_no_widget_scrolls_inside(measured, name, size):
    inner = {identity: one["scrolls"] for identity, one in measured(name, size)["alive"].items() if one["scrolls"]}
    assert not inner, f"{name} scrolls within {inner}"


@pages
def test_a_page_does_not_jump_on_a_phone(measured, name):
    moved = measured(name, PHONE)["shift"]
    assert moved["value"] < SHIFT, f"{name} shifts by {moved['value']:.3f}: {moved['moved']}"


@targets
@chapters
def test_a_link_to_a_section_lands_there(opened_at, name, target):
    off = opened_at(name, target)["off"]
    assert abs(off) <= 8, f"{name}#{target}: the heading is {off} px from where the link leads"


#: What would hold a widget's picture back while the page scrolls: it sticks to the nearest box that scrolls or clips.
HOLDERS = """() => [...document.querySelectorAll(".pool-widget")].flatMap((host) => {
  const found = [];
  for (let one = host; one !== document.body; one = one.parentElement)
    if (!["visible", "clip"].includes(getComputedStyle(one).overflowY)) found.push(`${host.id}: ${one.className}`);
  return found;
})"""


@pytest.mark.parametrize("name", CHAPTERS)
def test_nothing_around_a_widget_keeps_its_picture_from_staying_in_sight(open_page, site, name):
    page = open_page(site, name, **PHONE)
    assert page.locator(".pool-widget").count() and page.evaluate(HOLDERS) == []


#: Below the theme's bar, how far a picture that stays in sight begins, in pixels.
BELOW_THE_BAR = """async () => {
  const card = document.querySelector(".pool-card:has(> .pool-side)"), stage = card.querySelector(".pool-stage");
  const at = (one) => one.getBoundingClientRect(), bar = document.querySelector(".bd-header-article");
  scrollBy({ top: at(stage).top + 100, behavior: "instant" });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [at(card).bottom > innerHeight, Math.round(at(stage).top - at(bar).bottom)];
}"""


@pytest.mark.parametrize("name", CHAPTERS[-1:])
def test_a_picture_that_stays_in_sight_begins_right_below_the_bar(open_page, site, name):
    page = open_page(site, name, **PHONE)
    wake(page)
    assert page.evaluate(BELOW_THE_BAR) == [True, 0]
