"""What a page of the book weighs and how soon it lives, beside the same page built the stock way.

    python benchmarks/page_weight.py [--runs 9]

Ours is chapter 1 as it stands in _build/html. Stock is the same notebook run with its widgets' state stored and built
by Jupyter Book with no extension of ours: html-manager draws the widgets, MathJax the formulas. One thing is done for
the stock page: its photos are PNG, as another author's would be, where our notebooks hold bitmaps for the build to
compress.

The stock page loads its scripts from CDNs. Here they come out of npm packages, from a second local server: the
addresses are rewritten as the page is served, so that the browser's network emulation slows these answers like all
others. That server is as near as the first, and asks for no name and no certificate: the stock page is a little faster
here than in the world.

Both servers compress text as `gzip -6` does. Bytes are those of the answers' bodies. Every load has a browser context
of its own, with an empty cache; the four kinds of load take turns, so that whatever else the machine does falls on all
of them.
"""

import argparse
import base64
import gzip
import io
import json
import mimetypes
import os
import re
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import yaml
from nbclient import NotebookClient
from PIL import Image
from playwright.sync_api import TimeoutError, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHAPTER = "chapters/01_a_window_slides"
PACKAGES = ROOT / "_build" / "npm-packages"
MINIFIER = "uglify-js@3"
LOCK = threading.Lock()
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NETWORKS = {
    "unthrottled": None,
    "10 Mbit/s, 40 ms": {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8},
}
KINDS = {".html": "HTML", ".css": "CSS", ".js": "JavaScript", ".woff": "fonts", ".woff2": "fonts", ".ttf": "fonts"}

# Where each page shows that the explorer lives, and that its formulas can be read
SIGNS = {
    "ours": {
        "canvas": '.pool-widget[data-widget="explorer"][data-alive] canvas',
        "formula": "math",
        "font": "STIX Two Math",
    },
    "stock": {"canvas": "canvas", "formula": "mjx-container", "font": "MJX"},
}
WATCH = """
const signs = %s, marks = window.pageMarks = {};
const pixels = (canvas) => canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
const drawn = (canvas) => canvas?.width && pixels(canvas).some(Boolean);
const fontReady = () => {
  const faces = [...document.fonts].filter((face) => face.family.includes(signs.font));
  return faces.some((face) => face.status === "loaded") && !faces.some((face) => face.status === "loading");
};
(function look() {
  if (!marks.live && drawn(document.querySelector(signs.canvas))) marks.live = performance.now();
  if (!marks.math && document.querySelector(signs.formula) && fontReady()) marks.math = performance.now();
  if (!marks.live || !marks.math) requestAnimationFrame(look);
})();
"""
LAST_BYTE = """
Math.max(
  ...["navigation", "resource"].flatMap((type) => performance.getEntriesByType(type)).map((entry) => entry.responseEnd)
)
"""


# The two builds


def build(folder):
    subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", folder], check=True, stdout=subprocess.DEVNULL
    )


def our_site(folder):
    """A copy of the built site: what is measured stays the same when someone builds in between."""
    if not (ROOT / "_build" / "html" / f"{CHAPTER}.html").exists():
        build(ROOT)
    shutil.copytree(ROOT / "_build" / "html", folder)


def stock_site(folder):
    ours = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    # `parse`, and the anchors, say how the chapters' text is to be read: without them the page would not be the same
    anchors = ours["sphinx"]["config"]["myst_heading_anchors"]
    config = {key: ours[key] for key in ("title", "author", "parse", "bibtex_bibfiles")}
    config |= {"execute": {"execute_notebooks": "off"}, "sphinx": {"config": {"myst_heading_anchors": anchors}}}
    contents = {"format": "jb-book", "root": CHAPTER, "chapters": [{"file": "appendix/bibliography"}]}
    texts = {
        "_config.yml": yaml.safe_dump(config),
        "_toc.yml": yaml.safe_dump(contents),
        f"{CHAPTER}.ipynb": stock_notebook(),
        **{
            name: (ROOT / name).read_text(encoding="utf-8")
            for name in [*config["bibtex_bibfiles"], "appendix/bibliography.md"]
        },
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    build(folder)


def stock_notebook():
    os.environ["JUPYTER_PATH"] = str(ROOT / "site" / "jupyter")
    notebook = nbformat.read(ROOT / f"{CHAPTER}.ipynb", as_version=4)
    place = {"metadata": {"path": str(ROOT / "chapters")}}
    NotebookClient(notebook, kernel_name="python3", timeout=600, resources=place, store_widget_state=True).execute(
        stderr=subprocess.DEVNULL
    )
    for output in [output for cell in notebook.cells for output in cell.get("outputs", [])]:
        if WIDGET_VIEW in output.get("data", {}):
            output.data.pop("text/html", None)  # the book's own way; without it html-manager draws the widget
    return re.sub(r"data:image/bmp;base64,([\w+/=]+)", as_png, nbformat.writes(notebook))


def as_png(match):
    file = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(match[1]))).save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


# The servers


class Server(ThreadingHTTPServer):
    """Answers with what `find(path)` returns.

    It keeps lists of what it sent, (path, bytes of the body), and of what it does not have.
    """

    request_queue_size = 128  # a browser opens many connections at once; five may wait otherwise, and the sixth hangs

    def __init__(self, find):
        super().__init__(("127.0.0.1", 0), Handler)
        self.find, self.sent, self.missing = find, [], []
        self.answers = {}  # compressed once: the warm-up pays for it
        self.address = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, disable_nagle_algorithm = -1, True  # an answer leaves as a whole, at once

    def handle(self):
        try:
            super().handle()
        except ConnectionError:  # a closed page drops its connections
            pass

    def do_GET(self):
        path = unquote(urlsplit(self.path).path)
        if path not in self.server.answers:
            try:
                self.server.answers[path] = self.compressed(path, self.server.find(path))
            except (OSError, KeyError, subprocess.CalledProcessError) as error:
                self.server.missing.append(f"{path}: {error!r}")
                return self.send_error(404)
        body, headers = self.server.answers[path]
        self.server.sent.append((path, len(body)))
        self.send_response(200)
        for name, value in {**headers, "Content-Length": len(body), "Access-Control-Allow-Origin": "*"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def compressed(path, body):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if not (kind.startswith("text/") or kind.endswith(("javascript", "json", "svg+xml"))):
            return body, {"Content-Type": kind}  # images and fonts are compressed already
        return gzip.compress(body, 6), {"Content-Type": f"{kind}; charset=utf-8", "Content-Encoding": "gzip"}

    def log_message(self, *args):
        pass


def from_folder(folder, cdn=None):
    def find(path):
        body = (folder / path.lstrip("/")).read_bytes()
        if cdn and path.endswith(".html"):
            body = re.sub(rb'https://[^/"]+/(npm/|ajax/libs/)', cdn.encode() + rb"/\1", body)
            body = re.sub(rb' integrity="[^"]*"', b"", body)  # require.js, minified here, is not the CDN's to the byte
        return body

    return find


def from_cdn(path):
    """The file that a CDN has at a path: /npm/NAME@VERSION/FILE, or require.js, which another CDN has minified."""
    if match := re.fullmatch(r"/npm/((?:@[^/]+/)?[^/@]+@[^/]+)/(.+)", path):
        return from_package(*match.groups(), path)
    if match := re.fullmatch(r"/ajax/libs/require\.js/([^/]+)/require\.min\.js", path):
        with tempfile.TemporaryDirectory() as folder, tarfile.open(package(MINIFIER)) as minifier:
            source = Path(folder, "require.js")
            source.write_bytes(from_package(f"requirejs@{match[1]}", "require.js", path))
            minifier.extractall(folder, filter="data")
            command = ["node", Path(folder, "package", "bin", "uglifyjs"), source, "--compress", "--mangle"]
            return subprocess.run(command, check=True, capture_output=True).stdout
    raise KeyError("no package is known for this path")


def from_package(spec, name, path):
    with tarfile.open(package(spec)) as archive:
        version = json.load(archive.extractfile("package/package.json"))["version"]
        print(
            f"    {path} <- {spec.rpartition('@')[0]} {version}, {name}\n", end="", flush=True
        )  # in one piece: answers overlap
        return archive.extractfile(f"package/{name}").read()


def package(spec):
    kept = PACKAGES / (re.sub(r"[^\w.@-]", "_", spec) + ".tgz")
    with LOCK:  # a page asks for several files of a package at once
        if not kept.exists():
            PACKAGES.mkdir(parents=True, exist_ok=True)
            done = subprocess.run(
                ["npm", "pack", "--silent", "--pack-destination", PACKAGES, spec],
                check=True,
                capture_output=True,
                text=True,
            )
            (PACKAGES / done.stdout.split()[-1]).rename(kept)
    return kept


# The measurement


def watched(page, known):
    """Return lists that will hold the page's requests to others than `known`, its open requests and its errors."""
    strangers, waiting, errors = [], set(), []
    page.on("request", lambda request: waiting.add(request.url))
    page.on("requestfinished", lambda request: waiting.discard(request.url))
    page.on("requestfailed", lambda request: waiting.discard(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: request.url.startswith(known) or strangers.append(request.url))
    return strangers, waiting, errors


def load(browser, page_kind, site, cdn, network, patience):
    """Load the page once; return its times in ms, and (path, bytes) of what was sent.

    That is what the site sent, what the CDNs sent, and what the site does not have. None if the page does not come
    alive in `patience` seconds.
    """
    for some in (site.sent, site.missing, cdn.sent):
        some.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(patience * 1000)
    page = context.new_page()
    strangers, waiting, errors = watched(page, (site.address, cdn.address, "data:", "blob:"))
    page.add_init_script(WATCH % SIGNS[page_kind])
    if network:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", network)
    page.goto(f"{site.address}/{CHAPTER}.html", wait_until="commit")
    try:
        page.wait_for_function("pageMarks.live && pageMarks.math")
        page.wait_for_load_state("networkidle")
    except TimeoutError:
        # Seen with the stock page on a busy machine: every answer stands still, the page's own too. Told, and not
        # counted against it: that is likely the emulated network, not the page.
        how = "slowed down" if network else "unthrottled"
        open_ones = f"waits for {len(waiting)} answers: {sorted(waiting)}"
        print(f"Not alive after {patience} s: {page_kind}, {how}; {open_ones}; {errors}", file=sys.stderr)
        context.close()
        time.sleep(3)  # let what was under way end, and not count for the next load
        return None
    times = {**page.evaluate("pageMarks"), "last": page.evaluate(LAST_BYTE)}
    context.close()
    # What a site does not have is its own affair, and counts as a request. What a CDN does not have would spoil the
    # comparison.
    if unanswered := strangers + cdn.missing:
        sys.exit(f"The {page_kind} page asked for what nobody here has:\n" + "\n".join(unanswered))
    sent = list(site.sent), list(cdn.sent), [(line.split(":")[0], 0) for line in site.missing]
    least = sum(size for part in sent for _, size in part) / network["downloadThroughput"] * 1000 if network else 0
    assert times["last"] >= least, f"not slowed down: {times['last']:.0f} ms for what takes {least:.0f}"
    return times, sent


def measure(runs):
    results = {(page, network): [] for page in SIGNS for network in NETWORKS}
    given_up = dict.fromkeys(SIGNS, 0)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, stock = Path(folder, "ours"), Path(folder, "stock")
        print("Building: the stock page's notebook is run, which takes a minute", flush=True)
        our_site(ours)
        stock_site(stock)
        cdn = Server(from_cdn)
        sites = {
            "ours": Server(from_folder(ours)),
            "stock": Server(from_folder(stock / "_build" / "html", cdn.address)),
        }
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        print("What answers for the CDNs:", flush=True)
        for run in range(runs + 1):
            print(f"Round {run} of {runs}" if run else "Warming up", file=sys.stderr)
            for page, network in results:
                # The first time, npm fetches the packages meanwhile
                while not (
                    result := load(browser, page, sites[page], cdn, NETWORKS[network], patience=30 if run else 120)
                ):
                    given_up[page] += 1
                if run:  # the first round warms up
                    results[page, network].append(result)
        browser.close()
    print(f"Loads given up and repeated: {given_up}")
    return results


def table(results):
    def both(value, networks=NETWORKS):
        return [[value(*result) for network in networks for result in results[page, network]] for page in SIGNS]

    def weight(kind):
        return lambda times, sent: (
            sum(size for path, size in sum(sent, []) if kind in ("", KINDS.get(Path(path).suffix, "images"))) / 1000
        )

    def show(values, unit):
        low, middle, high = min(values), statistics.median(values), max(values)
        return f"{middle:,.0f}{unit}" + (f" ({low:,.0f} to {high:,.0f})" if round(low) != round(high) else "")

    rows = [("all bytes, gzip -6", both(weight("")), " kB")]
    for kind in dict.fromkeys([*KINDS.values(), "images"]):
        rows.append((f"– {kind}" + " (stock: inside the HTML)" * (kind == "images"), both(weight(kind)), " kB"))
    rows.append(("requests", both(lambda times, sent: sum(map(len, sent))), ""))
    rows.append(("– that leave the server", both(lambda times, sent: len(sent[1])), ""))
    rows.append(("– in vain: its own server has no such file", both(lambda times, sent: len(sent[2])), ""))
    for network in NETWORKS:
        for mark, name in {
            "live": "the explorer is alive",
            "math": "formulas can be read",
            "last": "last byte",
        }.items():
            rows.append((f"{name}, {network}", both(lambda times, sent, mark=mark: times[mark], [network]), " ms"))
    yield "| median (least to most) | ours | stock | ours / stock |\n| --- | ---: | ---: | ---: |"
    for name, (ours, stock), unit in rows:
        ratio = f"{statistics.median(ours) / statistics.median(stock):.2f}" if any(stock) else ""
        yield f"| {name} | {show(ours, unit)} | {show(stock, unit)} | {ratio} |"


def heaviest(results, count=10):
    for page in SIGNS:
        yield f"\nThe heaviest of {page}, in kB:"
        sent = sum(results[page, "unthrottled"][-1][1], [])
        yield from (f"{size / 1000:9.1f}  {path}" for path, size in sorted(sent, key=lambda one: -one[1])[:count])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=9, help="loads of each kind that count (default: 9)")
    results = measure(parser.parse_args().runs)
    print("", *table(results), *heaviest(results), sep="\n")
    print(f"\nThe machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} over the last minute.")
