"""Debian's Firefox, driven by WebDriver BiDi: Playwright drives only a Firefox of its own.

As much of a client as one smoke run needs. Elements answer to the few calls that kinds.py makes.
"""

import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import browsers
import websocket
from browser import PATIENCE

SECONDS = PATIENCE / 1000


class Firefox:
    """A Firefox without a window and with an empty profile; `complaints` are what its pages say of errors.

    Commands: https://w3c.github.io/webdriver-bidi.
    """

    def __enter__(self):
        path = browsers.found("firefox")
        self.profile, self.complaints, self.sent = Path(tempfile.mkdtemp()), [], 0
        arguments = ["--headless", "--no-remote", "--profile", self.profile, "--remote-debugging-port", "0"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([path, *arguments, "about:blank"], **quiet)
        try:
            self.socket = websocket.create_connection(self.address(), suppress_origin=True, timeout=SECONDS)
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded"])
            self.context = self.send("browsingContext.getTree")["contexts"][0]["context"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def address(self):
        """Where it listens: it writes that into its profile."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(FileNotFoundError, json.JSONDecodeError):
                server = json.loads((self.profile / "WebDriverBiDiServer.json").read_text())
                return f"ws://{server['ws_host']}:{server['ws_port']}/session"
            time.sleep(0.05)
        raise AssertionError(f"Firefox did not start; its exit code is {self.process.poll()}")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(SECONDS)
        shutil.rmtree(self.profile, ignore_errors=True)

    def send(self, method, **parameters):
        """One command and its result; what pages complain of meanwhile is written down."""
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] in ("error", "warn"):
                self.complaints.append(answer["params"]["text"])
            elif answer.get("id") == self.sent:
                assert answer["type"] == "success", f"{method} {parameters}: {answer}"
                return answer["result"]

    def open(self, address, width=1280, height=900):
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.context, viewport=size)
        self.send("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, function, *given):
        """What a function of the page returns, by way of JSON."""
        call = f"async () => JSON.stringify(await ({function})(...{json.dumps(given)}))"
        result = self.called(call)
        return json.loads(result["value"]) if result["type"] == "string" else None

    def wait_for(self, function, *given):
        end = time.monotonic() + SECONDS
        while not self.evaluate(function, *given):
            assert time.monotonic() < end, f"this has not come true: {function}{given}; complaints: {self.complaints}"
            time.sleep(0.05)

    def called(self, function, **how):
        target = {"context": self.context}
        given = {"functionDeclaration": function, "target": target, "awaitPromise": True, "userActivation": True}
        answer = self.send("script.callFunction", **given, **how)
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return answer["result"]

    def click(self, find):
        """Press the mouse in the middle of the element that a function of the page returns."""
        element = {"sharedId": self.called(find)["sharedId"]}
        at = {"type": "pointerMove", "x": 0, "y": 0, "origin": {"type": "element", "element": element}}
        press = [at, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": press}
        self.send("input.performActions", context=self.context, actions=[mouse])


#: The controls of a role and a name within an element, in their order.
CONTROLS = """(within, role, name) => [...document.querySelector(within).querySelectorAll(
    { button: "button", combobox: "select", slider: "input[type=range], [role=slider]" }[role])]
  .filter((one) => one.checkVisibility({ visibilityProperty: true })
    && (one.ariaLabel || one.textContent).toLowerCase().includes(name.toLowerCase()))"""


class Controls:
    """Those controls, with the calls of a Playwright locator that kinds.py makes."""

    def __init__(self, firefox, within, role="", name="", place=0):
        self.firefox, self.given, self.place = firefox, (within, role, name), place

    def get_by_role(self, role, name=""):
        return Controls(self.firefox, self.given[0], role, name)

    def nth(self, place):
        return Controls(self.firefox, *self.given, place)

    first = property(lambda self: self.nth(0))

    def found(self):
        return f"({CONTROLS})(...{json.dumps(self.given)})[{self.place}]"

    def click(self):
        near = "it.scrollIntoView({ block: 'center', behavior: 'instant' })"
        self.firefox.click(f"() => {{ const it = {self.found()}; {near}; return it; }}")

    def select_option(self, value=None, index=None):
        chosen = f"it.selectedIndex = {index}" if value is None else f"it.value = {json.dumps(value)}"
        told = "for (const kind of ['input', 'change']) it.dispatchEvent(new Event(kind, { bubbles: true }))"
        self.firefox.evaluate(f"() => {{ const it = {self.found()}; {chosen}; {told}; return 1; }}")
