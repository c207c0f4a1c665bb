"""Tabs of the same call in several libraries (pooling_book/show/same_call.py): a choice holds for all of them."""

from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".js")


def setup(app):
    app.connect("html-page-context", add_script)


def add_script(app, pagename, templatename, context, doctree):
    if 'class="pool-same"' in context.get("body", ""):
        # In the page and not a file: it has to run before the tabs are seen
        app.add_js_file(None, body=SCRIPT.read_text(encoding="utf-8"))
