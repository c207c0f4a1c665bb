"""A thumb that scrolls the page over a widget scrolls the page: wherever on the widget it begins."""

import pytest
from budget import crossed
from feel import thumbed, wake
from kinds import KINDS

PARTS = [0.15, 0.5, 0.85]  # of a drawing's width, and of its height


@pytest.mark.parametrize("kind", KINDS)
def test_a_thumb_scrolls_the_page_and_changes_nothing(open_page, widget_page, tmp_path, kind):
    tall = "<p style='height:700px'>Text</p>"
    made = KINDS[kind][0]()
    page = open_page(tmp_path, widget_page(made, before=tall, after=tall), width=360, height=578, touch=True)
    wake(page)
    found = thumbed(page, page.locator(".pool-widget"), crossed(PARTS, PARTS))
    changed = [f"{place}: {changes}" for place, _, changes in found if changes]
    assert not changed, f"a thumb that scrolls changes {kind} at " + "\n".join(changed)
    scrolled = sum(pixels > 20 for _, pixels, _ in found)
    assert scrolled > 0.8 * len(found), f"the page scrolls from {scrolled} of {len(found)} places"
