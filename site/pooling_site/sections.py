"""What a page makes of a chapter's form: the opening box, what is Further, the one page that is printed alone."""

import re
from pathlib import Path

from docutils import nodes

SCRIPT = Path(__file__).with_suffix(".js")
BOX = "After this chapter you can"
# A heading in the text of a notebook's file
FURTHER = re.compile(r'"(#{3,4} )Further: (.)')
ONE_PAGE = re.compile(r'<section id="the-chapter-on-one-page">.*?</h2>', re.S)
PRINT = '<div class="print-this"><button type="button">Print this page</button></div>'


def setup(app):
    app.add_js_file(None, body=SCRIPT.read_text(encoding="utf-8"))
    app.connect("source-read", mark_further)
    app.connect("doctree-read", mark_box)
    app.connect("doctree-read", mark_widgets)
    app.connect("html-page-context", add_print)


def mark_further(app, docname, source):
    # Ahead of the parser, which makes ids, links and the list of contents of the heading's words
    source[0] = FURTHER.sub(lambda head: f'"{{.further}}\\n{head[1]}{head[2].upper()}', source[0])


def mark_box(app, doctree):
    for quote in doctree.findall(nodes.block_quote):
        if quote.astext().startswith(BOX):
            quote["classes"].append("opening-box")


def mark_widgets(app, doctree):
    # A style sheet could ask, too; but then each word that a widget changes would have the whole page styled anew
    for shown in doctree.findall(nodes.raw):
        if 'class="pool-widget"' not in shown.astext():
            continue
        section = shown.parent
        while section is not None:
            if isinstance(section, nodes.section) and "with-widget" not in section["classes"]:
                section["classes"].append("with-widget")
            section = section.parent


def add_print(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    context["body"] = ONE_PAGE.sub(lambda head: head[0] + PRINT, body)
