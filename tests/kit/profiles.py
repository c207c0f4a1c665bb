"""Browser profiles that go from test to test: a new one costs four times what most tests do with it."""

import contextlib
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page

#: What of a page leaves something behind that outlives its address.
TAKING = {
    "add_init_script", "clock", "close", "context", "expose_binding", "expose_function", "on", "once", "route",
    "set_default_timeout", "set_extra_http_headers",
}  # fmt: skip


class KeptPage(Page):
    """A page that writes down its complaints and requests, and whether a test took hold of more than its address."""

    taken = False

    def __getattribute__(self, name):
        if name in TAKING:
            self.taken = True
        return super().__getattribute__(name)


def kept(context):
    """The only page of a new profile."""
    page = context.new_page()
    page.complaints, page.asked = [], []  # what it complains of, and the address of every request
    page.profile, page.tools = context, context.new_cdp_session(page)

    def complain(words):
        page.complaints.append(words)

    def ours(url):
        # Requests beside the page's folder: the theme asks for none, and a class without a network has none.
        return urlsplit(url).scheme in ("data", "blob", "about") or url.startswith(page.home)

    def asked(request):
        page.asked.append(request.url)
        if not ours(request.url):
            complain(f"asks another place: {request.url}")

    page.on("console", lambda one: one.type in ("error", "warning") and complain(f"{one.type}: {one.text}"))
    page.on("pageerror", lambda error: complain(f"uncaught: {error}"))
    page.on("request", asked)
    # A page left while it loads drops what it had asked for: no fault of the page.
    page.on(
        "requestfailed",
        lambda one: one.failure == "net::ERR_ABORTED" or complain(f"failed: {one.url} {one.failure}"),
    )
    page.on("response", lambda answer: answer.status < 400 or complain(f"{answer.status}: {answer.url}"))
    page.__class__ = KeptPage
    return page


def emptied(page):
    """Leave what the page shows and take away what it stored; False if a test left more than that."""
    if page.taken or len(page.profile.pages) > 1:
        return False
    page.mouse.move(0, 0)
    with contextlib.suppress(Error):  # an empty page has no storage
        page.evaluate("sessionStorage.clear(); window.name = ''")
    page.goto("about:blank")
    origin = "file://" if page.home.startswith("file:") else page.home
    page.tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    return True
