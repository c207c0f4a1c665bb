"""Tabs of the same call in several libraries (pooling_book/show/same_call.py): a choice holds for all of them."""

import html
import re
from pathlib import Path

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from . import lean

CALL = re.compile(r'(?<=<div class="highlight"><pre tabindex="0" data-lm-suppress-shortcuts="true"><code>)[^<]*')
SCRIPT = Path(__file__).with_suffix(".js")


def setup(app):
    app.connect("html-page-context", add_script)


def add_script(app, pagename, templatename, context, doctree):
    if 'class="pool-same"' in context.get("body", ""):
        context["body"] = CALL.sub(coloured, context["body"])
        # In the page and not a file: it has to run before the tabs are seen
        app.add_js_file(None, body=SCRIPT.read_text(encoding="utf-8"))


def coloured(call):
    spans = highlight(html.unescape(call[0]), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return lean.PLAIN.sub(r"\1", spans.rstrip("\n"))
