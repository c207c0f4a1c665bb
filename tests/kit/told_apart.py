"""Whether what a picture says can still be seen in forced colours and on paper: elements compared by their pixels.

with under(page, "forced"):
    assert stands_out(bars.first) > 0.5  # a bar, from what is around it
    assert difference(pressed, unpressed) > 0.2  # two buttons, by the colours that they are made of
"""

import io
from contextlib import contextmanager

import numpy as np
from PIL import Image

#: Ways to see a page. A browser prints no backgrounds unless its reader asks for them: "paper" is what is left then.
WAYS = {
    "forced": {"forced_colors": "active", "color_scheme": "light"},
    "forced dark": {"forced_colors": "active", "color_scheme": "dark"},
    "paper": {"media": "print", "color_scheme": "light"},
    "paper from dark": {"media": "print", "color_scheme": "dark"},
}

# What has no print-color-adjust: exact loses its background; so does the page.
WITHOUT_GROUNDS = """() => {
  for (const one of document.querySelectorAll("*"))
    if (getComputedStyle(one).printColorAdjust !== "exact") one.style.setProperty("background", "none", "important");
  document.documentElement.style.setProperty("background", "#fff", "important");
}"""


@contextmanager
def under(page, way):
    """See a page in one of WAYS, its theme with it; afterwards it is loaded anew."""
    page.emulate_media(**WAYS[way])
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", WAYS[way]["color_scheme"])
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    if "media" in WAYS[way]:
        page.evaluate(WITHOUT_GROUNDS)
    yield
    page.emulate_media(media="null", forced_colors="null", color_scheme="light")
    page.reload()


def pixels(locator, margin=0):
    """Colours of an element on the screen, and of so many pixels around it: rows, columns, red, green and blue."""
    locator.scroll_into_view_if_needed()
    box, page = locator.bounding_box(), locator.page
    clip = {
        "x": box["x"] - margin,
        "y": box["y"] - margin,
        "width": max(1, box["width"]) + 2 * margin,
        "height": max(1, box["height"]) + 2 * margin,
    }
    return np.asarray(Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")).astype(int)


def commonest(colours):
    """The commonest of some colours."""
    found, counts = np.unique(colours.reshape(-1, 3), axis=0, return_counts=True)
    return found[counts.argmax()]


def stands_out(locator, by=40, margin=3):
    """Share of an element's pixels whose red, green or blue differs by so much from the commonest colour around it."""
    seen = pixels(locator, margin)
    inside = np.zeros(seen.shape[:2], bool)
    inside[margin:-margin, margin:-margin] = True
    return float((abs(seen[inside] - commonest(seen[~inside])).max(axis=-1) > by).mean())


def difference(one, other):
    """How far the colours of two elements are apart: 0 where both are made of the same, 1 where they share none."""
    shares = []
    for locator in (one, other):
        bins = pixels(locator) // 32 @ [64, 8, 1]
        shares.append(np.bincount(bins.ravel(), minlength=512) / bins.size)
    return float(abs(shares[0] - shares[1]).sum() / 2)
