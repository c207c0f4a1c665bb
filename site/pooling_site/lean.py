"""Pages of fewer nodes: less to style when a page opens, and code that is styled only near the screen."""

import re

PRE = re.compile(r"<pre>(?:<span></span>)?(.*?)</pre>", re.DOTALL)
# In the theme's colours of code these look like the text around them (tests/site/test_theme.py).
PLAIN = re.compile(r'<span class="(?:n|nn|nx|p|w)">([^<]*)</span>')
# A name in a signature stands in two: the inner one only keeps it in one line.
DOUBLE = re.compile(
    r'(<span class="(?:n|o|sig-[pn]\w+|default_value|property|descname)[^"]*">)<span class="pre">([^<]*)</span>'
)

COLON = re.compile(r'<span class="p"><span class="pre">([^<]*)</span></span>')  # of a property


def setup(app):
    app.connect("html-page-context", lighten)


def lighten(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    context["body"] = PRE.sub(light_code, DOUBLE.sub(r"\1\2", COLON.sub(r"\1", body)))


def light_code(match):
    """Return a block of code without spans that colour nothing; it says its height in lines to book.css."""
    code = PLAIN.sub(r"\1", match[1])
    lines = len(code.replace("&#10;", "\n").rstrip("\n").split("\n"))
    return f'<pre style="--lines: {lines}">{code}</pre>'
