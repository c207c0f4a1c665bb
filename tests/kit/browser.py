"""What the browser tests share: one Chromium, local servers, pages that must not complain, and pages of widgets.

What only these fixtures need is imported within them: tests without a browser do without it.
"""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000  # milliseconds until what a test waits for counts as not coming: enough for a load of 20

# The theme's own colours, so that a page without the theme shows a widget as the site does.
THEME = """
html {
  --pst-color-text-base: #222832; --pst-color-text-muted: #48566b;
  --pst-color-background: #fff; --pst-color-surface: #f3f4f5;
}
html[data-theme="dark"] {
  --pst-color-text-base: #ced6dd; --pst-color-text-muted: #9ca4af;
  --pst-color-background: #14181e; --pst-color-surface: #29313d;
}
body {
  background: var(--pst-color-background); color: var(--pst-color-text-base);
  font: 16px/1.6 sans-serif; margin: 0; padding: 1rem;
}
a { color: #0a7d91; } html[data-theme="dark"] a { color: #3fb1c5; }
"""

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widgets</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="pooling.css">
<script>
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
</script>
<script defer src="pooling.js"></script></head><body><main><h1>Widgets</h1>{shown}</main></body></html>"""


@pytest.fixture(scope="session")
def browser():
    import browsers
    from playwright.sync_api import expect, sync_playwright

    executable = browsers.found("chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGS, timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server():
    """Serve a folder on a free port, and say under which address; one server for each folder."""
    running = {}

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def handle(self):
            try:
                super().handle()
            except ConnectionError:  # a browser may leave in the middle of an answer
                pass

    def serve(folder):
        if folder not in running:
            running[folder] = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
            # Never asked to stop, so it need not look twice a second whether it was: its thread ends with the process.
            threading.Thread(target=running[folder].serve_forever, args=(3600,), daemon=True).start()
        return f"http://127.0.0.1:{running[folder].server_port}"

    return serve


@pytest.fixture(scope="session")
def idle():
    """Pages that no test uses now: one for a mouse, under False, and one for fingers, under True."""
    return {}


@pytest.fixture
def open_page(request, browser, server, idle):
    """Open a file of a folder in a browser profile that holds nothing, over http or from the disk.

    Whatever the page complains about, asks of another place or asks for in vain fails the test at
    its end, unless the test takes it out of `page.complaints`.
    """
    from profiles import emptied, kept

    opened, failures = [], request.session.testsfailed

    def open_(
        folder, name, over="http", scheme="light", width=1280, height=900, touch=False, motion="no-preference", **more
    ):
        size = {"width": width, "height": height}
        page = None if more else idle.pop(touch, None)
        if page is None:
            context = browser.new_context(viewport=size, has_touch=touch, is_mobile=touch, **more)
            context.set_default_timeout(PATIENCE)
            page = kept(context)
        else:
            page.set_viewport_size(size)
            page.emulate_media(media="null", forced_colors="null", contrast="null")
        page.home = server(folder) if over == "http" else Path(folder).as_uri()
        opened.append((f"{name} ({over}, {scheme}, {width} wide)", page, None if more else touch))
        page.emulate_media(color_scheme=scheme, reduced_motion=motion)
        page.goto(f"{page.home}/{name}")
        return page

    yield open_
    found = [f"{where}: {complaint}" for where, page, _ in opened for complaint in page.complaints]
    for _, page, touch in opened:
        # Only what a test has left in order goes to the next.
        if touch is not None and touch not in idle and request.session.testsfailed == failures and emptied(page):
            idle[touch] = page
            page.complaints, page.asked = [], []
        else:
            page.profile.close()
    assert not found, "\n".join(found)


@pytest.fixture
def widget_page(tmp_path):
    """Write a page of widgets, or of what they show as HTML, as the site's build does; its name in the folder."""
    from pooling_book.widgets import page as front

    def write(*widgets, name="page.html", before="", after=""):
        (tmp_path / "pooling.js").write_text(front.page_script(), encoding="utf-8")
        (tmp_path / "pooling.css").write_text(THEME + front.page_styles(), encoding="utf-8")
        shown = "".join(one if isinstance(one, str) else one.html() for one in widgets)
        (tmp_path / name).write_text(PAGE.replace("{shown}", f"{before}{shown}{after}"), encoding="utf-8")
        return name

    return write


#: What a test says of a page, and what of the text around a widget; all else it gives is of the widget.
OF_THE_PAGE = ("over", "scheme", "width", "height", "touch", "motion", "context")
AROUND = ("before", "after")


@pytest.fixture
def show_each(open_page, widget_page, tmp_path):
    """Make a test file's `show`: it opens a page with one widget, whose settings and the page's come in one call.

    shown(page) is what it returns, make(**settings) the widget; `usual` are the page's usual settings, if not given.
    """

    def each(shown, make, **usual):
        def show(*given, query="", **settings):
            page = usual | {name: settings.pop(name) for name in OF_THE_PAGE if name in settings}
            around = {name: settings.pop(name) for name in AROUND if name in settings}
            name = widget_page(make(*given, **settings), **around)
            return shown(open_page(tmp_path, name + query, **page.pop("context", {}), **page))

        return show

    return each


def axe(page):
    """Bring axe onto a page, once."""
    from axe_playwright_python.sync_playwright import Axe

    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)


def violations(page, **options):
    """What axe finds on a page, a line for each element."""
    axe(page)
    # Axe would fetch the style sheets a second time, for a rule that is off; from the disk browsers forbid it.
    options = {"preload": False, "resultTypes": ["violations"], **options}
    found = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:150]}\n    {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


EMPTY = '<!doctype html><link rel="icon" href="data:,"><title>Empty</title>'
IMPORT = """async (text) => {
  window.it = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}"""


def load(page, file, more=""):
    """Put what a front-end file exports, 'kit/core.js' say, on a page under the name `it`; `more` is appended to it."""
    from pooling_book.widgets import page as front

    page.evaluate(IMPORT, front.script(file) + more)


@pytest.fixture
def module(open_page, tmp_path):
    """Open an empty page that holds what a front-end file exports under the name `it`."""

    def open_(file, more=""):
        (tmp_path / "empty.html").write_text(EMPTY)
        page = open_page(tmp_path, "empty.html")
        load(page, file, more)
        return page

    return open_
