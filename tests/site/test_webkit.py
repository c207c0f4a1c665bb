"""One run through the chapters in WebKit, which keeps nothing in its place by itself: links to a section land there."""

import pytest
from feel import LANDED, NEAR_ONES_LIVE
from pages import CHAPTERS
from webkit import WebKit

# It stands where the link leads, and has done so for a second.
STAYS = f"""() => {{ const there = Math.abs(({LANDED})()) <= 8, now = performance.now();
  window.since = there ? (window.since ?? now) : undefined; return there && now - window.since > 1000; }}"""


@pytest.fixture(scope="module")
def webkit():
    with WebKit() as running:
        yield running


@pytest.mark.parametrize("name, target", [*((name, "sources") for name in CHAPTERS), (CHAPTERS[0], "pitfalls")])
def test_a_link_to_a_section_lands_there(webkit, server, site, name, target):
    webkit.open(f"{server(site)}/{name}#{target}")
    webkit.wait_for(NEAR_ONES_LIVE)
    webkit.wait_for(STAYS)
    assert not webkit.evaluate("() => CSS.supports('overflow-anchor', 'auto')"), (
        "WebKit does it by itself now: test less"
    )
