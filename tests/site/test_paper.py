"""Every widget on paper: the picture, as wide as there is room, and nothing that only works on a screen."""

import pytest
from feel import wake
from kinds import KINDS

#: Of each card, by its widget's id: the share of its width that the picture has, and controls that are seen.
PRINTED = """() => Object.fromEntries([...document.querySelectorAll(".pool-card")].map((card) => {
  const at = (one) => one.getBoundingClientRect(), { paddingLeft } = getComputedStyle(card);
  const parts = [...card.querySelector(":scope > .pool-stage").querySelectorAll("*")].map((one) => at(one).width);
  const all = "select, input:not(.pool-cell), textarea, summary, .pool-side .pool-button"; // numbers may be fields
  const controls = [...card.querySelectorAll(all)];
  const seen = controls.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 60));
  const room = at(card).width - 2 * parseFloat(paddingLeft);
  return [card.closest(".pool-widget").id, { share: Math.max(...parts) / room, seen }];
}))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_has_all_the_width_and_no_control_is_printed(open_page, widget_page, tmp_path, scheme):
    page = open_page(tmp_path, widget_page(*(make() for make, _ in KINDS.values())), scheme=scheme, width=794)
    wake(page)
    page.emulate_media(media="print")
    found = page.evaluate(PRINTED)
    page.emulate_media(media="null")
    assert len(found) == len(KINDS)
    assert {name: one for name, one in found.items() if one["share"] < 0.98 or one["seen"]} == {}
