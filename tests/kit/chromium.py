"""Finds the Chromium that the browser tests drive; run as a script, it installs one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of a Chromium: the one on the PATH, or else Playwright's own."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Install Debian's package; where that cannot be done, Playwright's build."""
    as_root = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not as_root or shutil.which("sudo")):
        subprocess.run([*as_root, "apt-get", "update", "-qq"])
        if subprocess.run([*as_root, "apt-get", "install", "-y", "-qq", "chromium"]).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    if not find():
        print("No Chromium here: installing one for the browser tests", flush=True)
        install()
    path = find()
    if not path:
        sys.exit(
            "The browser tests need Chromium and it could not be installed. "
            "Install chromium or google-chrome so that it is on the PATH."
        )
    print("Browser tests use", path)
