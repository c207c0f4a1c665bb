"""Every page of the built site can be read by everyone: its weight, words for pictures, axe, and a phone's width."""

import functools
import gzip
import re
from urllib.parse import unquote, urlsplit

import pytest
from browser import axe, violations
from budget import THOROUGH
from feel import wake
from kinds import KINDS
from pages import CHAPTERS, PAGES, settle
from playwright.sync_api import expect

# Bytes, compressed: what the heaviest page of each kind had when this was written, and 30 % more.
CHAPTER_WEIGHT = 740_000
PAGE_WEIGHT = 450_000

# To weigh the colours of each text by all that lies below it is nearly all of axe's time. A text whose colours and font
# are another's, on ancestors of the same colours, has the other's contrast: two of each kind are enough, and all of
# those that are taken out of the flow, which may lie on anything. A thorough run weighs every text.
WEIGH_TWO_OF_EACH = """() => {
  const above = new Map(), count = new Map();
  const ground = (one) => {
    if (!one) return { kinds: new Set(), free: false, text: "" };
    if (above.has(one)) return above.get(one);
    const style = getComputedStyle(one), before = ground(one.parentElement);
    const kind = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "transform"]
      .map((name) => style[name]).join(" ");
    const free = before.free || style.position === "absolute" || style.position === "fixed";
    const found = { kind, free, text: kind === before.kind ? before.text : `${before.text} > ${kind}` };
    above.set(one, found);
    return found;
  };
  for (const one of document.querySelectorAll("body *")) {
    const style = getComputedStyle(one), { free, text } = ground(one);
    const kind = ["color", "fontSize", "fontWeight", "fontFamily", "textShadow", "webkitTextStroke", "visibility"]
      .map((name) => style[name]).join(" ") + one.localName + text;
    const written = [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (written) count.set(kind, (count.get(kind) ?? 0) + 1);
    one.toggleAttribute("data-weighed", !written || free || count.get(kind) <= 2);
  }
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-weighed]" }] });
}"""
ONLY_COLOURS = {"runOnly": ["color-contrast"]}
SETTLED = """(scheme) => document.documentElement.dataset.theme === scheme
  && document.getAnimations().every((one) => one.playState !== "running")"""
WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 8)
  .map((one) => one.outerHTML.slice(0, 100))"""


FILE_NAME = re.compile(r"(^|/)[\w.-]+\.(png|jpe?g|svg|webp|gif|bmp)$", re.I)
PICTURES = """() => [...document.querySelectorAll("img, svg, canvas")]
  .filter((one) => !one.parentElement.closest("svg, canvas, [aria-hidden=true]") && one.ariaHidden !== "true")
  .map((one) => [one, one.getAttribute("alt") ?? one.ariaLabel ?? one.querySelector("title")?.textContent])
  .map(([one, words]) => [(words ?? "").trim(), one.outerHTML.slice(0, 120)])"""


@functools.cache
def compressed(path):
    data = path.read_bytes()
    return min(len(data), len(gzip.compress(data)))  # a font or a photo is compressed already


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_has_words_for_each_picture_pleases_axe_and_fits_a_phone(open_page, site, name):
    page = open_page(site, name, motion="reduce")
    settle(page)
    files = {unquote(urlsplit(url).path).lstrip("/") for url in page.asked if url.startswith("http")}
    weights = {file: compressed(site / file) for file in files}
    assert sum(weights.values()) < (CHAPTER_WEIGHT if name in CHAPTERS else PAGE_WEIGHT), (
        f"{sum(weights.values())} bytes, compressed: {sorted(weights.items(), key=lambda item: -item[1])[:8]}"
    )
    wordless = [
        f"{words!r}: {html}" for words, html in page.evaluate(PICTURES) if len(words) < 3 or FILE_NAME.search(words)
    ]
    assert not wordless, f"{name} has no words for\n" + "\n".join(wordless)
    axe(page)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(SETTLED, arg=scheme)
        if not THOROUGH:
            page.evaluate(WEIGH_TWO_OF_EACH)
        found = violations(page, **(ONLY_COLOURS if scheme == "dark" else {}))  # in the dark only colours differ
        assert not found, f"{name}, {scheme}:\n" + "\n".join(found)
    for width in (360, 320):  # a phone, and the narrowest screen there is
        page.set_viewport_size({"width": width, "height": 740})
        try:
            fits = "(width) => innerWidth === width && document.documentElement.scrollWidth <= width"
            page.wait_for_function(fits, arg=width)
        except Exception:
            wide = page.evaluate("document.documentElement.scrollWidth")
            pytest.fail(f"{name} is {wide} pixels wide on a screen of {width}; beyond it reach {page.evaluate(WIDE)}")


def test_each_kind_is_a_group_with_a_name_plays_for_everyone_and_offers_what_can_be_chosen(
    open_page, widget_page, tmp_path
):
    page = open_page(tmp_path, widget_page(*(make() for make, _ in KINDS.values())), motion="reduce")
    wake(page)
    names = page.locator(".pool-card[role=group]").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert len(set(names)) == len(KINDS) and all(names), names
    for kind in ("explorer", "slide"):
        play = page.locator(f"[data-widget={kind}]").get_by_role("button", name="▶ Play")
        expect(play).to_be_visible()  # though no motion is wanted: a step is no motion
    hidden = page.locator("option[hidden]")
    assert hidden.count() and hidden.evaluate_all(
        "(all) => all.every((one) => one.disabled)"
    )  # some browsers show them
