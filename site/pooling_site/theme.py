"""Touches to the theme: the links that need a repository, what a page need not load, and what axe found."""

from pathlib import Path


def setup(app):
    # Jupyter Book always sets it, for an extension that this book leaves out (_config.yml)
    app.add_config_value("comments_config", {}, "")
    # A search fetches each page it finds, for an excerpt: from file:// browsers forbid it, with an error for each
    app.add_js_file(None, body='if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;')
    # Copying a cell moves the focus to the page's top: give it back to the button
    app.add_js_file(
        None,
        body='document.addEventListener("click", (event) => { '
        'const button = event.target.closest("button.copybtn"); if (button) setTimeout(() => button.focus()); });',
    )
    app.connect("config-inited", links_to_the_repository)
    app.connect("html-page-context", mend_roles)
    app.connect("html-page-context", name_the_book_once)
    app.connect("build-finished", drop_weight)


def links_to_the_repository(app, config):
    """Show the links that need the repository's address when `repository: url` in _config.yml holds one, only then."""
    options = config.html_theme_options
    known = bool(options.get("repository_url"))
    for button in ("use_repository_button", "use_issues_button"):
        options[button] = known
    if not known:
        for key in ("repository_url", "launch_buttons"):
            options.pop(key, None)


def mend_roles(app, pagename, templatename, context, doctree):
    # docutils puts a role that ARIA has given up on each entry of a list, which asks for another
    context["body"] = context.get("body", "").replace('role="doc-biblioentry"', 'role="listitem"')


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
    for source_map in static.rglob("*.map"):
        source_map.unlink()
