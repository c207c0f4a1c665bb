"""Debian's WebKitGTK, the engine of Safari, driven by its own WebDriver: as much of a client as one smoke run needs."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

import browsers
from browser import PATIENCE

SECONDS = PATIENCE / 1000


class WebKit:
    """A WebKit on a screen that nobody sees. Commands: https://w3c.github.io/webdriver."""

    def __enter__(self):
        mini, driver, screen = (browsers.found(name) for name in ("webkit", "webkit driver", "screen"))
        self.started, quiet = [], {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        try:
            read, write = os.pipe()
            command = [screen, "-displayfd", str(write), "-screen", "0", "1400x1000x24"]
            self.started.append(subprocess.Popen(command, pass_fds=[write], **quiet))
            os.close(write)
            with os.fdopen(read) as told:
                display = f":{told.readline().strip()}"
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            command = [driver, f"--port={port}"]
            self.started.append(subprocess.Popen(command, env={**os.environ, "DISPLAY": display}, **quiet))
            self.root = f"http://127.0.0.1:{port}/session"
            options = {"webkitgtk:browserOptions": {"binary": mini, "args": ["--automation"]}}
            wanted = {"capabilities": {"alwaysMatch": options}}
            self.root += "/" + self.patiently(lambda: self.send("", wanted))["sessionId"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        for process in reversed(self.started):
            process.terminate()
            process.wait(SECONDS)

    def patiently(self, call):
        end = time.monotonic() + SECONDS
        while True:
            try:
                return call()
            except ConnectionError:
                assert time.monotonic() < end, "WebKit's driver does not answer"
            except urllib.error.URLError as error:
                assert isinstance(error.reason, ConnectionError) and time.monotonic() < end, error
            time.sleep(0.1)

    def send(self, command, body):
        request = urllib.request.Request(
            f"{self.root}{command}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, address):
        self.send("/url", {"url": "about:blank"})  # another place on the same page would be no load
        self.send("/url", {"url": address})

    def evaluate(self, function, *given):
        """What a function of the page returns."""
        return self.send("/execute/sync", {"script": f"return ({function})(...arguments)", "args": list(given)})

    def wait_for(self, function, *given):
        end = time.monotonic() + SECONDS
        while not (value := self.evaluate(function, *given)):
            assert time.monotonic() < end, f"{function} stays {value!r}"
            time.sleep(0.1)
