"""How the widgets of the built pages feel: they keep their place, fit on a laptop's screen, and never hold a page up.

Heights, layout shift and processor time; never time on a clock. tests/kit/feel.py says how each is measured.
"""

import budget
import pytest
from feel import LANDED, heights, own_tasks, reserved, shift, traced, wake
from kinds import KINDS
from pages import CHAPTERS

LAPTOP = {"width": 1366, "height": 650}
PHONE = {"width": 360, "height": 578, "touch": True}
TARGETS = ["pitfalls", "exercises", "sources"] if budget.THOROUGH else ["sources"]

SHIFT = 0.02  # a fifth of what Web Vitals call good
HIGHEST = 650  # pixels: what a laptop of 1366 x 768 leaves of its screen
TASK = 200 / 4  # milliseconds of a task on this processor: 200 on one that is 4 times slower


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
def measured(browser, open_page, site, seen):
    """Layout shift of a page, its tasks that are ours, and height of each widget before and in life."""

    def measure(name, size, again=False):
        key = name, size["width"]
        if again or key not in seen:
            page, found = open_page(site, "search.html", **size), {}

            def read():
                page.goto(f"{page.home}/{name}")
                near(page)
                found["shift"] = shift(page)
                wake(page)

            found["tasks"] = own_tasks(traced(browser, page, read))
            seen[key] = {
                **found,
                "alive": heights(page),
                "kept": reserved(page),
                "holders": page.evaluate(HOLDERS),
            }
        return seen[key]

    return measure


@pytest.fixture
def opened_at(open_page, site, seen):
    """How far from its section a page opens, and how much it shifts."""

    def measure(name, target):
        if (name, target) not in seen:
            page = open_page(site, f"{name}#{target}", **LAPTOP)
            near(page)
            seen[name, target] = {"off": page.evaluate(LANDED), "shift": shift(page)}
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


@sizes
@pages
def test_a_page_does_not_jump(measured, name, size):
    moved = measured(name, size)["shift"]
    assert moved["value"] < SHIFT, f"{name} shifts by {moved['value']:.3f}: {moved['moved']}"


@sizes
@pages
def test_a_widget_is_as_high_before_it_lives(measured, name, size):
    found = measured(name, size)
    jumps = {identity: (found["kept"][identity], one["height"]) for identity, one in found["alive"].items()}
    jumps = {identity: both for identity, both in jumps.items() if abs(both[0] - both[1]) > 2}
    assert not jumps, f"{name}: heights before and in life differ: {jumps}"


@pages
def test_a_widget_fits_on_a_laptop_s_screen(measured, name):
    alive = measured(name, LAPTOP)["alive"]
    high = {
        identity: one["height"] for identity, one in alive.items() if one["kind"] in KINDS and one["height"] > HIGHEST
    }
    assert not high, f"{name}: widgets higher than {HIGHEST} px: {high}"


@pages
def test_no_script_of_ours_holds_a_slow_phone_up(measured, name):
    longest = measured(name, PHONE)["tasks"]
    if longest and longest[0] >= TASK:  # what the page had put off, such as its layout, may fall to the first who asks
        longest = min(longest, measured(name, PHONE, again=True)["tasks"])
    assert longest and longest[0] < TASK, f"{name}: our longest tasks take {longest[:3]} ms of this processor"


@targets
@chapters
def test_a_link_to_a_section_lands_there(opened_at, name, target):
    off = opened_at(name, target)["off"]
    assert abs(off) <= 8, f"{name}#{target}: the heading is {off} px from where the link leads"


@targets
@chapters
def test_a_page_opened_at_a_section_does_not_jump(opened_at, name, target):
    moved = opened_at(name, target)["shift"]
    assert moved["value"] < SHIFT, f"{name}#{target} shifts by {moved['value']:.3f}: {moved['moved']}"


#: What would hold a widget's picture back while the page scrolls: it sticks to the nearest box that scrolls or clips.
HOLDERS = """() => [...document.querySelectorAll(".pool-widget")].flatMap((host) => {
  const found = [];
  for (let one = host; one !== document.body; one = one.parentElement)
    if (!["visible", "clip"].includes(getComputedStyle(one).overflowY)) found.push(`${host.id}: ${one.className}`);
  return found;
})"""


@chapters
def test_nothing_around_a_widget_keeps_its_picture_from_staying_in_sight(measured, name):
    found = measured(name, PHONE)
    assert found["alive"] and found["holders"] == []


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
