"""Fonts cut down to the glyphs that the book shows: the theme's icons, and for `mathml` the math font."""

import re
from pathlib import Path

from fontTools import subset
from sphinx.util.logging import getLogger

ICONS = Path("vendor", "fontawesome", "webfonts", "fa-solid-900.woff2")  # in _static
NAMED = re.compile(r'((?:\.fa-[a-z0-9-]+:{1,2}before,?)+)\{content:"\\([0-9a-f]+)"\}')
logger = getLogger(__name__)


def setup(app):
    app.connect("build-finished", cut_icons)


def cut(font, characters, target, **options):
    """Write to `target` a font with only these characters."""
    options = subset.Options(flavor="woff2", **options)
    loaded = subset.load_font(str(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(loaded)
    subset.save_font(loaded, str(target), options)


def cut_icons(app, exception):
    """156 kB of icons, on every page, for the dozen that are shown."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    characters = icons_used(texts(out, "*.html", "*.js"), texts(out, "*.css"))
    logger.info("cutting the icon font down to %d icons ...", len(characters))
    font = out / "_static" / ICONS
    cut(font, characters, font)
    font.with_suffix(".ttf").unlink(missing_ok=True)  # for browsers without woff2: there are none left


def texts(out, *patterns):
    return [path.read_text(encoding="utf-8") for pattern in patterns for path in sorted(out.rglob(pattern))]


def icons_used(pages, styles):
    """The characters of the icons that pages and scripts name, and of those that other style rules draw."""
    named = set().union(*(re.findall(r"\bfa-[a-z0-9-]+", page) for page in pages))
    found = set()
    for style in styles:
        for selectors, code in NAMED.findall(style):
            if named & set(re.findall(r"fa-[a-z0-9-]+", selectors)):
                found.add(chr(int(code, 16)))
        rest = NAMED.sub("", style)
        found.update(re.findall("[\ue000-\uf8ff]", rest))
        found.update(chr(int(code, 16)) for code in re.findall(r'"\\([ef][0-9a-f]{3})"', rest))
    return "".join(sorted(found))
