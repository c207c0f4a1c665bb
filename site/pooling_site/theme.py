"""Touches to the theme: the links that need a repository, what a page need not load, and what axe found."""

import re
from pathlib import Path

from sphinx.errors import ExtensionError

HEAD = Path(__file__).with_name("head.js")
# The theme measures whatever may scroll, all of it, once a page is loaded: head.js does it piece by piece
MEASURES_ALL = '"complete"===document.readyState?I():window.addEventListener("load",I)'
WITHOUT_SCRIPT = "without-script.css"
THEMED = re.compile(r"(?<=[}/])\s*([^{}@/]*data-theme=\"?(light|dark)\b[^{}@]*\{[^{}]*\})")
LEFT = '"left to head.js"'


def setup(app):
    # Jupyter Book always sets it, for an extension that this book leaves out (_config.yml)
    app.add_config_value("comments_config", {}, "")
    # A search fetches each page it finds, for an excerpt: from file:// browsers forbid it, with an error for each
    app.add_js_file(None, body='if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;')
    app.connect("config-inited", links_to_the_repository)
    app.connect("html-page-context", put_script_ahead)
    app.connect("html-page-context", mend_markup)
    app.connect("html-page-context", name_the_book_once)
    app.connect("build-finished", drop_weight)
    app.connect(
        "build-finished", write_style_without_script, priority=900
    )  # the theme writes its colours of code there


def links_to_the_repository(app, config):
    """Show the links that need the repository's address when `repository: url` in _config.yml holds one, only then."""
    options = config.html_theme_options
    known = bool(options.get("repository_url"))
    for button in ("use_repository_button", "use_issues_button"):
        options[button] = known
    if not known:
        for key in ("repository_url", "launch_buttons"):
            options.pop(key, None)


def put_script_ahead(app, pagename, templatename, context, doctree):
    script = f"<script>\n{HEAD.read_text(encoding='utf-8')}</script>"
    style = context["pathto"](f"_static/{WITHOUT_SCRIPT}", 1)
    context["metatags"] = (
        context.get("metatags", "") + f'{script}<noscript><link rel="stylesheet" href="{style}"></noscript>'
    )


def mend_markup(app, pagename, templatename, context, doctree):
    # docutils puts a role that ARIA has given up on each entry of a list, which asks for another
    body = context.get("body", "").replace('role="doc-biblioentry"', 'role="listitem"')
    # A table in Markdown has a head, even where a column has no name
    context["body"] = body.replace('<th class="head"><p></p></th>', '<td class="head"></td>')


def name_the_book_once(app, pagename, templatename, context, doctree):
    # A page's title in the browser ends with the book's, which is the landing page's title already
    if pagename == app.config.root_doc:
        context["docstitle"] = ""


def drop_weight(app, exception):
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    # 1.5 MB on every page, for icons that its web font draws as well
    (static / "scripts" / "fontawesome.js").write_text("// The icons come from the web font.\n")
    leave_measuring(static / "scripts" / "pydata-sphinx-theme.js")
    for source_map in static.rglob("*.map"):
        source_map.unlink()


def leave_measuring(script):
    """Take out of the theme's script what head.js does instead; a second build finds it out already."""
    text = script.read_text(encoding="utf-8")
    found = text.count(MEASURES_ALL) + text.count(LEFT)
    if found != 1:
        raise ExtensionError(f"{script.name} holds {MEASURES_ALL} {found} times, not once: the theme has changed")
    script.write_text(text.replace(MEASURES_ALL, LEFT), encoding="utf-8")


def write_style_without_script(app, exception):
    """Where no script chooses between light and dark: the theme's rules for both, each where the reader prefers it."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    rules = {"light": [], "dark": []}
    for sheet in (static / "styles" / "pydata-sphinx-theme.css", static / "pygments.css"):
        for rule, mode in THEMED.findall("/" + sheet.read_text(encoding="utf-8")):
            rules[mode].append(re.sub(r'\[data-theme="?(light|dark)"?\]', "[data-theme=auto]", rule))
    text = "".join(
        f"@media (prefers-color-scheme: {mode}) {{\n" + "\n".join(found) + "\n}\n" for mode, found in rules.items()
    )
    (static / WITHOUT_SCRIPT).write_text(text, encoding="utf-8")
