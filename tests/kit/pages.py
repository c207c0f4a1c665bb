"""The pages of the built site, by the table of contents."""

import pytest
import yaml
from browser import ROOT
from feel import wake


def contents(entry):
    """The files that a table of contents names, in its order."""
    if isinstance(entry, list):
        return [name for one in entry for name in contents(one)]
    if not isinstance(entry, dict):
        return []
    return [value for key, value in entry.items() if key in ("root", "file")] + [
        name for value in entry.values() for name in contents(value)
    ]


NAMES = contents(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8")))
PAGES = [f"{name}.html" for name in [*NAMES, "search"]]
CHAPTERS = [f"{name}.html" for name in NAMES if name.startswith("chapters/")]


def lay_out(page):
    """Lay out what waits for the screen."""
    page.add_style_tag(content="article * { content-visibility: visible !important }")


def settle(page):
    """Bring every widget to life, wait until every image and font is there, and unfold whatever is folded."""
    lay_out(page)
    wake(page)
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    dead = "[...document.querySelectorAll('.pool-widget:not([data-alive=true])')].map((host) => host.id)"
    missing = "[...document.images].filter((image) => !image.complete || !image.naturalWidth).map((image) => image.src)"
    try:
        page.wait_for_function(f"() => !{dead}.length && !{missing}.length && document.fonts.status === 'loaded'")
    except Exception:
        gone = f"dead widgets: {page.evaluate(dead)}; missing images: {page.evaluate(missing)}"
        pytest.fail(f"{gone}; complaints: {page.complaints}")
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
