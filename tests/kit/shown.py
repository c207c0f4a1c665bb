"""A widget on a page, as the reader sees it and uses it: what the tests of every widget share."""

import base64

import numpy as np
from playwright.sync_api import expect


class Shown:
    """A widget that lives, by its id on the page; each widget's tests add what only it has."""

    def __init__(self, page, name):
        self.page, self.host = page, page.locator(f"#{name}")
        expect(self.host).to_have_attribute("data-alive", "true")
        self.sentence = self.host.locator(".pool-sentence")
        expect(self.sentence).not_to_be_empty()

    def canvas(self, number):
        return self.host.locator("canvas").nth(number)

    def button(self, name):
        return self.host.get_by_role("button", name=name, exact=True)

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
        box = canvas.bounding_box()
        return box["x"] + column * (box["width"] - 2) / columns, box["y"] + row * (box["height"] - 2) / rows

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


def swipe(page, start, end, steps=8):
    """A finger put down, moved and lifted, as the system reports it."""
    session = page.tools  # page.context would take the profile from the tests that follow
    for step in range(steps + 1):
        x, y = (a + (b - a) * step / steps for a, b in zip(start, end))
        session.send(
            "Input.dispatchTouchEvent",
            {"type": "touchMove" if step else "touchStart", "touchPoints": [{"x": x, "y": y}]},
        )
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


TIMED = """() => {
  window.spent = [];
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) =>
    frame((now) => {
      const start = performance.now();
      draw(now);
      window.spent.push(performance.now() - start);
    });
}"""


def slow_redraws(page, drag, at_least=1):
    """Milliseconds that 95 of 100 redraws stay below, the median of three runs of `drag`."""
    page.evaluate(TIMED)
    p95 = []
    for _ in range(3):
        page.evaluate("window.spent = []")
        drag()
        page.wait_for_function("(count) => window.spent.length >= count", arg=at_least)
        p95.append(float(np.percentile(page.evaluate("window.spent"), 95)))
    print("p95 of a redraw in milliseconds, three runs:", [f"{value:.1f}" for value in p95])
    return np.median(p95)
