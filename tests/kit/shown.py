"""A widget on a page, as the reader sees it and uses it: what the tests of every widget share."""

import base64
import re

from playwright.sync_api import expect

NEEDED = """(card) => {
  card.style.minHeight = 0;
  const high = card.getBoundingClientRect().height;
  card.style.minHeight = "";
  return high;
}"""


class Shown:
    """A widget that lives, by its id on the page; each widget's tests add what only it has."""

    def __init__(self, page, name):
        self.page, self.host = page, page.locator(f"#{name}")
        expect(self.host).to_have_attribute("data-alive", "true")
        self.sentence = self.host.locator(".pool-sentence")
        self.said = self.host.locator(".pool-task-said")
        expect(self.sentence).not_to_be_empty()

    def canvas(self, number):
        return self.host.locator("canvas").nth(number)

    def button(self, name):
        return self.host.get_by_role("button", name=name, exact=True)

    def task(self, number):
        """The button of a thing to try, by its number on the page."""
        return self.host.get_by_role("button", name=re.compile(rf"^Task {number}\b"))

    def uncover(self):
        self.button("Uncover").click()
        settled(self.page)

    def reload(self):
        """Open the page anew, and wait until the widget lives."""
        self.page.reload()
        expect(self.host).to_have_attribute("data-alive", "true")

    def keeps(self, words):
        """Wait until the browser keeps what holds these words: it is written a moment after a change."""
        self.page.wait_for_function("(words) => JSON.stringify(localStorage).includes(words)", arg=words)

    def kept(self):
        """Pixels of the place that the page keeps for the widget, without the row below it, and of that row."""
        root = self.host.locator(".pool-root")
        kept = root.evaluate("(root) => parseFloat(getComputedStyle(root).minHeight)")
        return kept, self.host.bounding_box()["height"] - root.bounding_box()["height"]

    def needed(self):
        """Pixels of that place that the widget needs as it stands, once it has drawn what was asked of it."""
        settled(self.page)
        return self.host.locator(".pool-card").evaluate(NEEDED)

    def needed_by(self, tasks, guess):
        """The same with each of these tasks open, and once its guess is uncovered, which guess(task) makes."""
        for n, task in enumerate(tasks, 1):
            self.task(n).click()
            yield self.needed()
            if "guess" in task:
                guess(task)
                self.uncover()
                expect(self.said).not_to_be_empty()
                yield self.needed()

    def menu(self, name):
        return self.host.get_by_role("combobox", name=name, exact=True)

    def table(self, canvas):
        """The numbers a screen reader finds beside a drawing."""
        rows = """(canvas) => Array.from(canvas.closest("figure").querySelectorAll("tr:has(th[scope=row])"),
          (row) => Array.from(row.querySelectorAll("td"), (cell) => cell.textContent))"""
        return canvas.evaluate(rows)

    def place(self, canvas, row, column, rows, columns):
        """Where on the page a place of a drawing of so many cells is; (0.5, 0.5) is the middle of the first."""
        canvas.scroll_into_view_if_needed()
        x, y, width, height = self.cells(canvas)
        return x + column * width / columns, y + row * height / rows

    def cells(self, canvas):
        """Where the cells of a drawing are on the page: left, top, width and height, without the room around them."""
        box, edge = canvas.bounding_box(), int(canvas.get_attribute("data-edge") or 0)
        return box["x"] + edge, box["y"] + edge, box["width"] - 2 - 2 * edge, box["height"] - 2 - 2 * edge

    def tab(self):
        """Press the Tab key; the name of the control it comes to, and how wide its outline is."""
        self.page.keyboard.press("Tab")
        name, outline = self.page.evaluate(
            """() => {
              const on = document.activeElement, style = getComputedStyle(on), label = on.closest("label");
              return [on.getAttribute("aria-label") || (label ? label.innerText : on.textContent),
                style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)];
            }"""
        )
        return " ".join(name.split()), outline


def settled(page):
    """Wait until what has changed is drawn."""
    page.wait_for_function(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))"
    )


def scrolled_beyond(page, home):
    """Wait until the page has scrolled further down than that and rests: what moves is missed by the next touch."""
    page.wait_for_function("(home) => scrollY > home", arg=home)
    page.evaluate(
        """() => new Promise((done) => {
          let last = scrollY;
          const look = () => (scrollY === last ? done() : ((last = scrollY), setTimeout(look, 200)));
          setTimeout(look, 200);
        })"""
    )


def swipe(page, start, end, steps=8, rest=0):
    """A finger put down, moved and lifted, as the system reports it; `rest`: milliseconds before it moves."""
    session = page.tools  # page.context would take the profile from the tests that follow
    for step in range(steps + 1):
        x, y = (a + (b - a) * step / steps for a, b in zip(start, end))
        session.send(
            "Input.dispatchTouchEvent",
            {"type": "touchMove" if step else "touchStart", "touchPoints": [{"x": x, "y": y}]},
        )
        if rest and not step:
            page.wait_for_timeout(rest)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


DROP = """(host, [name, type, text]) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)), dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  for (const event of ["dragover", "drop"])
    host.querySelector("canvas").dispatchEvent(new DragEvent(event, { dataTransfer, bubbles: true, cancelable: true }));
}"""


def drop(host, name, kind, content):
    """A file dropped on a widget, by its name, its media type and its bytes."""
    host.evaluate(DROP, [name, kind, base64.b64encode(content).decode()])


COUNTED = """() => {
  window.drawn = 0;
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => frame((now) => { draw(now); window.drawn++; });
}"""


def time_of_a_redraw(page, drag, at_least=1):
    """Milliseconds of processor time that the page's scripts take for a redraw while `drag` runs, on average.

    Processor time, since on a busy machine a script waits for others: that is no fault of the page.
    """
    page.evaluate(COUNTED)
    page.tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    seconds = lambda: {one["name"]: one["value"] for one in page.tools.send("Performance.getMetrics")["metrics"]}
    before = seconds()["ScriptDuration"]
    drag()
    page.wait_for_function("(count) => window.drawn >= count", arg=at_least)
    took = 1000 * (seconds()["ScriptDuration"] - before) / page.evaluate("window.drawn")
    page.tools.send("Performance.disable")
    print(f"a redraw takes {took:.2f} ms of processor time")
    return took
