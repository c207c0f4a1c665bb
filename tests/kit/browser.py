"""What the browser tests share: one Chromium, local servers, pages that must not complain, and pages of widgets.

What only these fixtures need is imported within them: tests without a browser do without it.
"""

import functools
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

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
PATIENCE = 10_000  # milliseconds until what a test waits for counts as not coming

# The theme's own colours, so that a page without the theme shows a widget as the site does.
THEME = """
html { --pst-color-text-base: #222832; --pst-color-text-muted: #48566b; --pst-color-background: #fff; --pst-color-surface: #f3f4f5; }
html[data-theme="dark"] { --pst-color-text-base: #ced6dd; --pst-color-text-muted: #9ca4af; --pst-color-background: #14181e; --pst-color-surface: #29313d; }
body { background: var(--pst-color-background); color: var(--pst-color-text-base); font: 16px/1.6 sans-serif; margin: 0; padding: 1rem; }
a { color: #0a7d91; } html[data-theme="dark"] a { color: #3fb1c5; }
"""


@pytest.fixture(scope="session")
def browser():
    import chromium
    from playwright.sync_api import sync_playwright

    executable = chromium.find()
    assert executable, (
        "no Chromium for the browser tests: run `python tests/kit/chromium.py`, or put chromium on the PATH"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGS)
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
            threading.Thread(target=running[folder].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{running[folder].server_port}"

    yield serve
    for one in running.values():
        one.shutdown()
        one.server_close()


@pytest.fixture
def open_page(browser, server):
    """Open a file of a folder in a fresh browser profile, over http or from the disk.

    Whatever the page complains about, asks of another place or asks for in vain fails the test at
    its end, unless the test takes it out of `page.complaints`.
    """
    opened = []

    def open_(
        folder, name, over="http", scheme="light", width=1280, height=900, touch=False, motion="no-preference", **more
    ):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            has_touch=touch,
            is_mobile=touch,
            reduced_motion=motion,
            **more,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        home = server(folder) if over == "http" else Path(folder).as_uri()
        page.complaints = complaints = []
        page.asked = []  # the address of every request
        page.home = home
        where = f"{name} ({over}, {scheme}, {width} wide)"
        opened.append((where, context, complaints))

        def ours(url):
            # Requests beside the page's folder: the theme asks for none, and a class without a network has none.
            return urlsplit(url).scheme in ("data", "blob", "about") or url.startswith(home)

        page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and complaints.append(f"{message.type}: {message.text}")
            ),
        )
        page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("request", lambda request: ours(request.url) or complaints.append(f"asks another place: {request.url}"))
        # A page left while it loads drops what it had asked for: no fault of the page.
        page.on(
            "requestfailed",
            lambda request: (
                request.failure == "net::ERR_ABORTED" or complaints.append(f"failed: {request.url} {request.failure}")
            ),
        )
        page.on("response", lambda answer: answer.status < 400 or complaints.append(f"{answer.status}: {answer.url}"))
        page.goto(f"{home}/{name}")
        return page

    yield open_
    found = [f"{where}: {complaint}" for where, _, complaints in opened for complaint in complaints]
    for _, context, _ in opened:
        context.close()
    assert not found, "\n".join(found)


@pytest.fixture
def widget_page(tmp_path):
    """Write a page of widgets, or of what they show as HTML, as the site's build does; return its name in the test's folder."""
    from pooling_book.widgets import page as front

    def write(*widgets, name="page.html", before="", after=""):
        (tmp_path / "pooling.js").write_text(front.page_script(), encoding="utf-8")
        (tmp_path / "pooling.css").write_text(THEME + front.page_styles(), encoding="utf-8")
        (tmp_path / name).write_text(
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Widgets</title><link rel="icon" href="data:,">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="pooling.css">'
            f"<script>document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'</script>"
            f'<script defer src="pooling.js"></script></head><body><main><h1>Widgets</h1>{before}{"".join(one if isinstance(one, str) else one.html() for one in widgets)}{after}</main></body></html>',
            encoding="utf-8",
        )
        return name

    return write


def violations(page, **options):
    """What axe finds on a page, a line for each element."""
    from axe_playwright_python.sync_playwright import Axe

    # Axe would fetch the style sheets a second time, for a rule that is off; from the disk browsers forbid it.
    found = Axe().run(page, options={"preload": False, "resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:150]}\n    {node['failureSummary'][:200]}"
        for one in found
        for node in one["nodes"]
    ]


def load(page, file):
    """Put what a front-end file exports, 'kit/core.js' say, on a page under the name `it`."""
    from pooling_book.widgets import page as front

    text = "async (text) => { window.it = await import(URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))); }"
    page.evaluate(text, front.script(file))
