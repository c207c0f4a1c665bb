"""What every widget of a page has: a link to its settings, a frame that shows it alone, a memory that can be erased.

tests/kit/kinds.py says how a widget of each kind is made, and what a reader does with it.
"""

import html
import json
import re
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from browser import load, violations
from budget import THOROUGH, besides, crossed
from feel import wake
from kinds import KINDS, WITHOUT_LINK, explorer, layer_stack, press
from playwright.sync_api import expect

from pooling_book.widgets import page as front
from pooling_book.widgets.photos import small_photos

every_kind = pytest.mark.parametrize("kind", KINDS)


def test_every_kind_of_widget_is_tried_here():
    assert sorted([*KINDS, *WITHOUT_LINK]) == front.kinds()


class Kept:
    """A widget with the row below it, as a reader finds it."""

    def __init__(self, page, host=None):
        self.page, self.host = page, host or page.locator(".pool-widget").first
        expect(self.host).to_have_attribute("data-alive", "true")
        self.link = self.host.get_by_role("link", name="Link to these settings")
        self.afresh = self.host.get_by_role("button", name="Start afresh")
        self.frame_text = self.host.get_by_role("textbox", name="Text that embeds it")

    def words(self):
        """The settings as the link has them."""
        query = parse_qs(urlsplit(self.link.get_attribute("href", timeout=3000)).query)
        return {key: json.loads(value) for key, [value] in query.items() if key != "widget"}

    def has(self, words):
        """Wait until the settings are these."""
        self.page.wait_for_function(
            """([host, wanted]) => {
              const query = new URL(host.querySelector(".pool-foot a").href).searchParams;
              const ours = [...query].filter(([key]) => key !== "widget");
              const found = ours.map(([key, value]) => [key, JSON.parse(value)]);
              const sorted = (pairs) => JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
              return sorted(found) === sorted(Object.entries(wanted));
            }""",
            arg=[self.host.element_handle(), words],
        )

    def reloaded(self):
        self.page.reload()
        return Kept(self.page)


@pytest.fixture
def show(open_page, widget_page, tmp_path):
    """Open a page with one widget, in a fresh browser profile or in that of another page."""

    def open_(widget, query="", name="page.html", before="", beside="", at=None, **how):
        name = widget_page(widget, name=name, before=before, after=beside)
        if at is None:
            return Kept(open_page(tmp_path, name + query, **how))
        at.goto(f"{at.home}/{name}{query}")
        return Kept(at)

    return open_


# ---- For every kind ----


@every_kind
def test_the_link_opens_what_the_reader_sees(show, kind):
    make, act = KINDS[kind]
    first = show(make())
    own = first.words()
    act(first.host)
    words = first.words()
    assert words != own and words.keys() >= own.keys(), f"the reader's act changes nothing in {words}"
    second = show(make(), query="?" + first.link.get_attribute("href").partition("?")[2])
    second.has(words)
    expect(second.host).to_be_in_viewport()


@pytest.mark.parametrize("over, kind", crossed(["http", "file"], list(KINDS)))
def test_what_the_reader_did_survives_a_reload_and_can_be_erased(show, kind, over):
    make, act = KINDS[kind]
    shown = show(make(), over=over)
    own = shown.words()
    act(shown.host)
    words = shown.words()
    again = shown.reloaded()
    again.has(words)
    again.afresh.click()
    again.has(own)
    again.reloaded().has(own)
    assert again.page.evaluate("localStorage.length") == 0


@every_kind
def test_it_stands_alone_in_a_frame_as_large_as_it_says(show, widget_page, kind):
    make, act = KINDS[kind]
    shown = show(make(), before="<p>Before it.</p>", beside="<p>Beside it.</p>")
    act(shown.host)
    words = shown.words()
    shown.host.get_by_role("button", name="Embed").click()
    text = shown.frame_text.input_value()
    widget_page(text, name="course.html")
    page = shown.page
    page.goto(f"{page.home}/course.html")
    inner = page.frame_locator("iframe")
    expect(inner.locator(".pool-widget")).to_have_attribute("data-alive", "true")
    expect(inner.get_by_text("Before it.")).to_be_hidden()
    expect(inner.get_by_text("Beside it.")).to_be_hidden()
    size = page.frames[1].evaluate(
        "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]"
    )
    assert max(size) <= 0, f"{kind} needs so many more pixels than its frame has, down and across: {size}"
    address = html.unescape(re.search('src="([^"]*)"', text)[1])
    page.goto(address)
    alone = Kept(page)
    alone.has(words)
    expect(alone.frame_text).to_have_count(0)
    found = violations(page)
    assert not found, "\n".join(found)


GARBAGE = [
    None, True, -1, 2.5, 1e9, "", "constructor", "__proto__", "<img src=x onerror=alert(1)>", "9 " * 3000,
    [], {}, [[]], [None], [[0, 0]], [-1, -1], [1e9, 1e9], {"a": 1}, {"length": 3}, [{}], [["a", "b"]],
]  # fmt: skip


def hostile(keys, round_):
    """A wrong value for every setting, another one for each, so that each must be left by itself."""
    return {key: GARBAGE[(round_ + 5 * place) % len(GARBAGE)] for place, key in enumerate([*keys, "photo"])}


@every_kind
def test_a_hostile_address_does_no_harm(show, kind):
    make, _ = KINDS[kind]
    shown = show(make())
    own, page, identity = shown.words(), shown.page, shown.host.get_attribute("id")
    spoilt = ["&".join(f"{key}={word}" for key in own) for word in ("%5B", "%", "{")]
    spoilt += [urlencode({key: json.dumps(value) for key, value in hostile(own, round_).items()}) for round_ in (0, 7)]
    for query in [f"widget={identity}&{words}" for words in spoilt] + ["widget=" + quote("<script>"), "embed=&&=?"]:
        again = show(make(), query=f"?{query}", at=page)
        assert again.words().keys() <= own.keys(), query
        again.afresh.click()
        again.has(own)


def test_a_hostile_store_does_no_harm_to_any_kind(open_page, widget_page, tmp_path):
    kinds = [make() for make, _ in KINDS.values()]
    page = open_page(tmp_path, widget_page(*kinds))
    wake(page)
    hosts = [Kept(page, host) for host in page.locator(".pool-widget").all()]
    own = {shown.host.get_attribute("id"): shown.words() for shown in hosts}
    load(page, "kit/store.js")
    for round_ in range(len(GARBAGE) if THOROUGH else 8):
        entries = {identity: hostile(words, round_) for identity, words in own.items()}
        if round_ < 5:
            entries = dict.fromkeys(own, [None, [], "text", 3, {"settings": {}}][round_])
        page.evaluate(STORE, entries)
        page.reload()
        wake(page)
        load(page, "kit/store.js")
        for shown in hosts:
            identity = shown.host.get_attribute("id")
            assert shown.words().keys() <= own[identity].keys(), f"{identity}: {entries[identity]}"
            shown.afresh.click()
            shown.has(own[identity])


# Entries as widgets write them, for the page's settings as they are.
STORE = """(entries) => {
  for (const [id, settings] of Object.entries(entries)) {
    const own = document.getElementById(id).querySelector('script[type="application/json"]').textContent;
    it.remember(it.entryOf(location.pathname, id), { version: it.marked(own), link: "", settings });
  }
}"""


SOME = ["explorer", "libraries"]


@pytest.mark.parametrize("kind", [*SOME, *besides(*(kind for kind in KINDS if kind not in SOME))])
def test_where_a_browser_keeps_nothing_the_widget_works(show, kind):
    make, act = KINDS[kind]
    shown = show(make())
    shown.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    again = shown.reloaded()
    own = again.words()
    act(again.host)
    assert again.words() != own
    again.reloaded().has(own)


# ---- Who comes first ----


def test_the_address_comes_before_what_the_reader_did_and_that_before_the_page_s_own(show):
    shown = show(explorer())
    press("Average")(shown.host)
    average = shown.words()
    linked = show(explorer(), query="?widget=explorer&window=[2,2]", at=shown.page)
    assert linked.words() == average | {"operation": "max", "window": [2, 2]}  # a link shows what it says
    press("Step")(linked.host)
    stepped = linked.words()
    again = linked.reloaded()
    again.has(stepped)  # but a reload keeps what was done since
    again.host.get_by_role("button", name="Reset").click()
    again.has(stepped | {"selected": [0, 0]})  # Reset goes back to the link
    again.afresh.click()
    again.has(average | {"operation": "max"})  # and a fresh start to the page


def test_who_follows_a_link_loses_nothing_of_what_they_did(show):
    shown = show(explorer())
    press("Average")(shown.host)
    mine = shown.words()
    linked = show(explorer(), query="?widget=explorer&window=[2,2]", at=shown.page)
    press("Step")(linked.host)
    linked.reloaded().host.get_by_role("button", name="Reset").click()
    show(explorer(), at=shown.page).has(mine)


def test_a_fresh_start_from_a_link_outlives_a_reload(show):
    shown = show(explorer())
    own = shown.words()
    linked = show(explorer(), query="?widget=explorer&window=[2,2]", at=shown.page)
    press("Step")(linked.host)
    linked.afresh.click()
    linked.has(own)
    linked.reloaded().has(own)
    assert shown.page.evaluate("localStorage.length") == 0


def test_a_link_opened_anew_shows_what_it_says(show):
    query = "?widget=explorer&window=[2,2]"
    shown = show(explorer(), query=query)
    linked = shown.words()
    press("Average")(shown.host)
    shown.page.goto("about:blank")
    show(explorer(), query=query, at=shown.page).has(linked)


def test_a_page_that_has_changed_starts_afresh(show):
    from pooling_book.widgets.explorer import Explorer

    shown = show(explorer())
    press("Average")(shown.host)
    # Another query of the same page: a browser may answer the same address from memory within its first second.
    changed = show(Explorer(images=small_photos(), window=2), query="?again", at=shown.page)
    assert changed.words()["operation"] == "max" and changed.words()["window"] == [2, 2]


def test_two_pages_and_two_widgets_keep_their_own(show):
    from pooling_book.widgets.explorer import Explorer

    shown = show(explorer(), beside=Explorer(identity="second").html())
    own = shown.words()
    press("Average")(shown.page.locator("#second"))
    shown.reloaded().has(own)
    expect(shown.page.locator("#second .pool-code code").first).to_contain_text("avg_pool")
    other = show(explorer(), name="other.html", beside=Explorer(identity="second").html(), at=shown.page)
    other.has(own)
    expect(other.page.locator("#second .pool-code code").first).to_contain_text("max_pool")


def test_one_button_erases_and_brings_back_what_the_whole_book_has_kept(show):
    shown = show(explorer(), beside=layer_stack().html() + '<p class="pool-memory pool-root">It stays here.</p>')
    press("Average")(shown.host)
    press("Add a layer")(shown.page.locator("#stack"))
    shown.page.evaluate("localStorage.setItem('of another site', '1')")
    shown.reloaded()
    assert shown.page.evaluate("localStorage.length") == 3
    before = shown.page.evaluate("({...localStorage})")
    place = shown.page.locator(".pool-memory")
    act = place.get_by_role("button")
    act.click()
    assert shown.page.evaluate("Object.keys(localStorage)") == ["of another site"]
    expect(place.get_by_role("status")).to_have_text(
        "Erased: 2 in number. A page begins afresh when it is next opened."
    )
    act.click()  # undone
    assert shown.page.evaluate("({...localStorage})") == before
    expect(place.get_by_role("status")).to_have_text("All is as it was.")
    act.click()
    shown.reloaded()
    act.click()
    expect(place.get_by_role("status")).to_have_text("Nothing is kept at present.")
    found = violations(shown.page)
    assert not found, "\n".join(found)


PHOTO = """(host) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 80;
  canvas.getContext("2d").fillRect(10, 10, 40, 40);
  const bytes = Uint8Array.from(atob(canvas.toDataURL("image/png").split(",")[1]), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], "mine.png", { type: "image/png" }));
  host.querySelector("canvas").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize("kind", ["explorer", "gradient_painter", "layer_stack", "pixel_sliders", "slide"])
def test_the_reader_s_photo_survives_a_reload_and_is_in_no_address(show, kind):
    make, _ = KINDS[kind]
    shown = show(make())
    images = "select:has(option[value=photo])"  # it may be folded
    menu = shown.host.locator(images)
    shown.host.evaluate(PHOTO)
    expect(menu).to_have_value("photo")
    assert not {"photo", "source"} & shown.words().keys()
    shown.host.get_by_role("button", name="Embed").click()
    assert len(shown.frame_text.input_value()) < 3000
    again = shown.reloaded()
    expect(again.host.locator(images)).to_have_value("photo")


# ---- The row below ----


@pytest.mark.parametrize("allowed", [True, False], ids=["copied", "refused"])
def test_the_text_of_the_frame_can_be_copied_where_a_browser_refuses_too(show, allowed):
    shown = show(explorer())
    shown.page.evaluate(
        """(allowed) => Object.defineProperty(navigator, "clipboard", { value: {
          writeText: async (text) => {
            if (!allowed) throw new DOMException("no", "NotAllowedError");
            window.copied = text;
          } } })""",
        allowed,
    )
    shown.host.get_by_role("button", name="Embed").click()
    shown.host.get_by_role("button", name="Copy", exact=True).click()
    expect(shown.host.locator(".pool-copy")).to_contain_text("Copied." if allowed else "Selected: copy it with Ctrl+C")
    text = shown.frame_text.input_value()
    if allowed:
        assert shown.page.evaluate("window.copied") == text
    selected = "getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart)"
    assert shown.page.evaluate(selected) == text
    shown.host.get_by_role("button", name="Average").click()
    expect(shown.frame_text).to_have_value(re.compile("operation=%22avg%22"))


@pytest.mark.parametrize("scheme, width", crossed(["light", "dark"], [1280, 360]))
def test_axe_finds_nothing_in_the_row_and_it_is_no_wider_than_a_phone(show, scheme, width):
    shown = show(explorer(), scheme=scheme, width=width)
    shown.host.get_by_role("button", name="Embed").click()
    expect(shown.frame_text).to_be_visible()
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(shown.page)
    assert not found, "\n".join(found)
