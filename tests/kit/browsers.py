"""Finds the Chromium, Firefox and WebKit that the tests drive; run as a script, it installs what is not there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: The programs that are such a browser, and Debian's package of it.
NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("MiniBrowser",),  # with its driver, and a screen that nobody sees
    "webkit driver": ("WebKitWebDriver",),
    "screen": ("Xvfb",),
}
PACKAGES = {
    "chromium": "chromium",
    "firefox": "firefox-esr",
    "webkit": "libwebkit2gtk-4.1-0",
    "webkit driver": "webkit2gtk-driver",
    "screen": "xvfb",
}


def find(browser: str) -> str | None:
    """Path of a browser, one of `NAMES`: the one on the PATH, or else Playwright's own Chromium, Debian's WebKit."""
    for name in NAMES[browser]:
        if path := shutil.which(name):
            return path
    if browser == "webkit":
        return next(map(str, sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))), None)
    if browser != "chromium":
        return None  # Playwright's Firefox is no reader's: it speaks another protocol
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def found(browser: str) -> str:
    """Path of a browser, or an error that says how to get one."""
    path = find(browser)
    assert path, (
        f"no {browser} for the browser tests: run `python tests/kit/browsers.py`, "
        f"or install {' or '.join(NAMES[browser])} so that it is on the PATH"
    )
    return path


def install(browser: str) -> None:
    """Install Debian's package; where that cannot be done for Chromium, Playwright's build."""
    as_root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not as_root or shutil.which("sudo")):
        subprocess.run([*as_root, "apt-get", "update", "-qq"])
        if subprocess.run([*as_root, "apt-get", "install", "-y", "-qq", PACKAGES[browser]]).returncode == 0:
            return
    if browser == "chromium":
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    for browser in NAMES:
        if not find(browser):
            print(f"No {browser} here: installing one for the browser tests", flush=True)
            install(browser)
        try:
            print("Browser tests use", found(browser))
        except AssertionError as error:
            sys.exit(str(error))
