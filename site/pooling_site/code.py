"""The switch that hides the code of a page's cells, and the names of what opens a cell that is folded."""

import re
from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".js")
SWITCH = '<div class="code-switch"><button type="button" aria-pressed="false">Hide code</button></div>'

BLOCK = re.compile(r'(?<=<div class="highlight"><pre>).*?(?=</pre>)', re.S)
DEEP = re.compile(r"(?<=\n    )( {4,})(?=\S)")


def setup(app):
    # In the page and not a file: it has to run before the page is drawn
    app.add_js_file(None, body=SCRIPT.read_text(encoding="utf-8"))
    app.connect("html-page-context", add_switch)
    app.connect("html-page-context", mark_indents)


def add_switch(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    # MyST-NB's label stands over the words that say what opens
    body = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    if 'class="cell_input' in body:
        body = body.replace("</h1>", f"</h1>{SWITCH}", 1)
    context["body"] = body


def mark_indents(app, pagename, templatename, context, doctree):
    # On a phone a deep indent alone may fill a line: there the style sheet makes it narrower
    body = context.get("body", "")
    context["body"] = BLOCK.sub(lambda block: DEEP.sub(r'<span class="code-indent">\1</span>', block[0]), body)
