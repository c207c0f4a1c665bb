"""The code of a page's cells: the words that open a cell which is folded, and indents that a phone has room for."""

import re

BLOCK = re.compile(r'(?<=<div class="highlight"><pre>).*?(?=</pre>)', re.S)
DEEP = re.compile(r"(?<=\n    )( {4,})(?=\S)")


def setup(app):
    app.connect("html-page-context", name_what_opens)
    app.connect("html-page-context", mark_indents)


def name_what_opens(app, pagename, templatename, context, doctree):
    # MyST-NB's label stands over the words that say what opens
    body = context.get("body", "")
    context["body"] = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")


def mark_indents(app, pagename, templatename, context, doctree):
    # On a phone a deep indent alone may fill a line: there the style sheet makes it narrower
    body = context.get("body", "")
    context["body"] = BLOCK.sub(lambda block: DEEP.sub(r'<span class="code-indent">\1</span>', block[0]), body)
