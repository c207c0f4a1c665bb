"""The switches below a page's title: one hides the code of its cells, one all that is called Further."""

from pathlib import Path

SCRIPT = Path(__file__).with_suffix(".js")
# By the name that the script and book.css know: the words, and what a page holds that needs the switch
SWITCHES = {"code": ("Hide code", 'class="cell_input'), "further": ("Short way", '<section class="further')}


def setup(app):
    # In the page and not a file: it has to run before the page is drawn
    app.add_js_file(None, body=SCRIPT.read_text(encoding="utf-8"))
    app.connect("html-page-context", add_switches)


def add_switches(app, pagename, templatename, context, doctree):
    body = context.get("body", "")
    switches = "".join(
        f'<button type="button" aria-pressed="false" data-switch="{name}">{words}</button>'
        for name, (words, needed_by) in SWITCHES.items()
        if needed_by in body
    )
    if switches:
        context["body"] = body.replace("</h1>", f'</h1><div class="page-switches">{switches}</div>', 1)
