"""A browser, and pages that carry the book's widgets as a built page does."""

import pytest
from playwright.sync_api import sync_playwright

from pooling_lib.book import widget

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PAGE = """<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8"><title>Widgets</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>html {{ font-family: sans-serif; --pst-color-background: {back}; --pst-color-text-base: {text}; --pst-color-text-muted: {muted};
--pst-color-surface: {raised}; background: {back}; color: {text} }} a {{ color: {text} }} {styles}</style></head>
<body><main><h1>Widgets</h1>{body}</main><script>{script}</script></body></html>"""
COLOURS = {  # the theme's own
    "light": {"back": "#ffffff", "text": "#222832", "muted": "#48566b", "raised": "#f3f4f5"},
    "dark": {"back": "#14181e", "text": "#ced6dd", "muted": "#9ca4af", "raised": "#29313d"},
}


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(browser, tmp_path):
    """Open a file that holds `body`; fails at the end if the page has logged an error."""
    errors, contexts = [], []

    def show(body, theme="light", **options):
        path = tmp_path / f"page{len(contexts)}.html"
        script = widget.page_script().replace("</script", "<\\/script")
        html = PAGE.format(theme=theme, body=body, styles=widget.page_styles(), script=script, **COLOURS[theme])
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri())
        page.wait_for_function("[...document.querySelectorAll('.pool-widget')].every((host) => host.dataset.alive)")
        return page

    yield show
    for context in contexts:
        context.close()
    assert errors == []
