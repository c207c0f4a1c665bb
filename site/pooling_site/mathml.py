"""Math as MathML, made at build time, and the math font, cut down to the glyphs that the book uses."""

import hashlib
import html
import re
import shutil
import unicodedata
from importlib.resources import as_file, files
from pathlib import Path

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.errors import SphinxError
from sphinx.util.logging import getLogger
from sphinx.util.math import get_node_equation_number

from .fonts import cut

FONT = "math.woff2"
LICENCE = Path(__file__).resolve().parents[1] / "math-font-licence.txt"
CONVERTER = LatexToMathML(annotation=False, fancy_error=False)
# In prose: 2 × 2, n − k, ⌊(n − k) / S⌋ + 1. What is longer may break, as a sum of many terms must.
CHAIN = re.compile(r"(?<!\S)[^\s×·−±/+]{1,5}(?: [×·−±/+] [^\s×·−±/+]{1,5})+(?!\S)")
LONGEST = 24
AFTER = re.compile(r"</math></span>([.,;:!?)’”]+)")
logger = getLogger(__name__)


class MathError(SphinxError):
    category = "Math error"


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_block, None))
    app.connect("config-inited", lambda app, config: setattr(config, "html_math_renderer", "mathml"))
    app.connect("doctree-resolved", bind_operators)
    app.connect("html-page-context", bind_punctuation)
    app.connect("build-finished", write_font)


# Formulas


def to_mathml(tex, display):
    return CONVERTER.convert_with_local_state(one_number(tex) if display else tex, displaystyle=display)


def one_number(tex):
    """Leave numbering to Sphinx, which gives one number, and let a bare `\\\\` break lines as elsewhere in Sphinx."""
    tex = re.sub(r"\\(begin|end)\{(align|gather|equation|alignat|multline)\}", r"\\\1{\2*}", tex)
    if r"\\" in tex and r"\begin" not in tex:
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return tex


def convert(translator, node, display):
    tex = node.astext().strip()
    try:
        return to_mathml(tex, display)
    except LatexError as error:
        # Raised, not logged: the page must not be written, or the next build would take it for done.
        page = translator.builder.env.doc2path(translator.builder.current_docname, base=False)
        raise MathError(f"{page}, {position(node)}: {error}\n    {tex}") from None


def position(node):
    cell, line = divmod(node.line or 0, 10_000)  # myst-nb counts lines so in a notebook; its first cell is 1
    return f"cell {cell}, line {line}" if cell else f"line {line}"


def visit_inline(translator, node):
    translator.body.append(f'<span class="math notranslate">{convert(translator, node, display=False)}</span>')
    raise nodes.SkipNode


def visit_block(translator, node):
    translator.body.append(translator.starttag(node, "div", CLASS="math notranslate"))
    # A wide formula scrolls in itself; whatever scrolls must be reachable with the keyboard.
    formula = convert(translator, node, display=True)
    translator.body.append(f'<div class="math-scroll" tabindex="0" role="group" aria-label="Formula">{formula}</div>')
    if node["number"]:
        translator.body.append(f'<span class="eqno">({get_node_equation_number(translator, node)})')
        translator.add_permalink_ref(node, "Link to this formula")
        translator.body.append("</span>")
    translator.body.append("</div>\n")
    raise nodes.SkipNode


# What no line may end within


def bind_operators(app, doctree, docname):
    for text in list(doctree.findall(nodes.Text)):
        if not isinstance(
            text.parent, (nodes.FixedTextElement, nodes.literal, nodes.math, nodes.math_block, nodes.raw)
        ):
            bound = CHAIN.sub(bind, text)
            if bound != text:
                text.parent.replace(text, nodes.Text(bound))


def bind(match):
    return match[0].replace(" ", "\u00a0") if len(match[0]) <= LONGEST else match[0]


def bind_punctuation(app, pagename, templatename, context, doctree):
    context["body"] = AFTER.sub(r"</math>\1</span>", context.get("body", ""))


# The font


def write_font(app, exception):
    """Subset STIX Two Math to the book's glyphs and what stretches from them: without it Chromium breaks formulas."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    characters = characters_in(page.read_text(encoding="utf-8") for page in Path(app.outdir).rglob("*.html"))
    cached = Path(app.doctreedir, f"math-{hashlib.sha256(characters.encode()).hexdigest()[:12]}.woff2")
    if not cached.exists():
        logger.info("cutting the math font down to %d characters ...", len(characters))
        with as_file(files("ziamath.fonts") / "STIXTwoMath-Regular.ttf") as font:
            # smaller shapes for indices, dotless letters under accents
            cut(font, characters, cached, layout_features=["ssty", "dtls"])
    shutil.copyfile(cached, static / FONT)
    shutil.copyfile(LICENCE, static / "math-font-licence.txt")


def characters_in(pages):
    """Return, sorted, the characters in the pages' formulas, and those that a browser draws unasked: roots, italics."""
    found = {"√"}
    for page in pages:
        for formula in re.findall(r"<math[ >].*?</math>", page, flags=re.DOTALL):
            found.update(html.unescape(re.sub(r"<[^>]*>", "", formula)))
    italic = {
        unicodedata.normalize("NFKC", letter): letter
        for letter in map(chr, (*range(0x1D434, 0x1D468), 0x210E, *range(0x1D6FC, 0x1D71C)))
    }
    found.update([italic[character] for character in found if character in italic])
    return "".join(sorted(found))
