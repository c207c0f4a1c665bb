"""What a page does to its reader, in numbers: heights, layout shift, how far a control is from its picture, tasks.

A page script each, with functions around them. Nothing here judges: tests/site/test_feel.py does.
"""

import json
import time

#: Layout shift so far that no input of the reader excuses, and what moved most: {value, moved}.
SHIFT = """() => new Promise((resolve) => {
  const entries = [], observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  setTimeout(() => {
    const counted = entries.filter((one) => !one.hadRecentInput);
    const element = ({ node }) => (node?.nodeType === 1 ? node : node?.parentElement);
    const words = (node) => (node ? `${node.tagName.toLowerCase()}#${node.id}.${node.className}`.slice(0, 60) : "?");
    const [worst] = counted.toSorted((a, b) => b.value - a.value);
    const moved = worst ? worst.sources.map((one) => words(element(one))) : [];
    resolve({ value: counted.reduce((sum, one) => sum + one.value, 0), moved });
  }, 50);
})"""

#: Of every widget, by its id: its kind, whether it lives, its height, and what of it scrolls up and down.
HEIGHTS = """() => Object.fromEntries([...document.querySelectorAll(".pool-widget")].map((host) => {
  const scrolls = [host, ...host.querySelectorAll("*")].filter((one) => one.clientHeight > 0
    && !one.matches("textarea, select, input, .pool-unseen *") && one.scrollHeight > one.clientHeight + 1
    && ["auto", "scroll"].includes(getComputedStyle(one).overflowY));
  const words = (one) => `${one.tagName.toLowerCase()}.${one.className} ${one.scrollHeight}/${one.clientHeight}`;
  return [host.id, { kind: host.dataset.widget, alive: host.dataset.alive === "true", scrolls: scrolls.map(words),
    height: Math.round(host.getBoundingClientRect().height) }];
}))"""

#: For each control that is seen and in use, scrolled to the middle of the screen: how far up or down its picture and
#: its sentence are (0: beside it), and how high a screen must be to hold control and picture together. The picture is
#: the nearest of those at least a quarter as large as the largest; where there is none, what else answers.
DISTANCES = """(host) => {
  const at = (one) => one.getBoundingClientRect(), area = (one) => at(one).width * at(one).height;
  const seen = (one) => area(one) > 0 && one.checkVisibility({ visibilityProperty: true })
    && !one.closest(".pool-unseen, .pool-fallback, .pool-foot");
  const all = (selectors) => [...host.querySelectorAll(selectors)].filter(seen);
  const drawn = all("canvas, svg, img").filter((one) => !one.closest("button, label"));
  const largest = Math.max(0, ...drawn.map(area));
  const answers = ".pool-architecture-row, .pool-libraries-list, [role=status]";
  const pictures = largest > 60 * 60 ? drawn.filter((one) => area(one) >= largest / 4) : all(answers);
  const sentences = all(".pool-sentence");
  const name = (one) => one.ariaLabel || one.closest("label")?.textContent || one.textContent || one.type;
  const gap = (a, b) => Math.max(0, b.top - a.bottom, a.top - b.bottom);
  const span = (a, b) => Math.max(a.bottom, b.bottom) - Math.min(a.top, b.top);
  const least = (how, a, others) => (others.length ? Math.min(...others.map((one) => how(a, at(one)))) : null);
  const was = [scrollX, scrollY];
  const found = all("button, input:not([type=hidden]), select, textarea, [role=slider]").map((control) => {
    control.scrollIntoView({ block: "center", behavior: "instant" });
    return { control: name(control).trim().replaceAll(/\\s+/g, " ").slice(0, 40),
      picture: least(gap, at(control), pictures), sentence: least(gap, at(control), sentences),
      span: least(span, at(control), pictures) };
  });
  scrollTo(...was);
  return found;
}"""

#: Heights before life: of a widget that lives the height of its copy from the page's own text, put in its place.
RESERVED = """async () => {
  const text = await (await fetch(location.pathname)).text();
  const page = new DOMParser().parseFromString(text, "text/html");
  return Object.fromEntries([...document.querySelectorAll(".pool-widget")].map((host) => {
    const copy = document.importNode(page.getElementById(host.id), true);
    host.before(copy);
    host.remove();
    const { height } = copy.getBoundingClientRect();
    copy.replaceWith(host);
    return [host.id, Math.round(height)];
  }));
}"""

# Whether all widgets on the screen live
NEAR_ONES_LIVE = """() => document.readyState === "complete"
  && [...document.querySelectorAll(".pool-widget")].every((host) => {
    const at = host.getBoundingClientRect();
    return host.dataset.alive === "true" || at.top > innerHeight || at.bottom < 0;
  })"""
#: How far the section that the address names is from where the address leads: 0 where the page's end stops it earlier.
LANDED = """() => {
  const section = document.getElementById(location.hash.slice(1)), root = document.documentElement;
  const pixels = (one, name) => parseFloat(getComputedStyle(one)[name]) || 0;
  const room = pixels(root, "scrollPaddingTop") + pixels(section, "scrollMarginTop");
  const off = section.getBoundingClientRect().top - room;
  const atEnd = root.scrollHeight - innerHeight - scrollY < 2;
  return Math.round(atEnd ? Math.min(0, off) : off);
}"""


def shift(page):
    """Layout shift of a page since it was opened, in Chromium: its sum, and what moved most."""
    return page.evaluate(SHIFT)


def heights(page):
    """Height, life and inner scrolling of every widget of a page, by its id."""
    return page.evaluate(HEIGHTS)


def distances(host):
    """Pixels from each control in use to picture and sentence."""
    return host.evaluate(DISTANCES)


def reserved(page):
    """Height that the page keeps for every widget before it lives, by its id, on a page where all live now or some.

    A widget that lives makes room for a moment for a copy of what its page holds of it.
    """
    return page.evaluate(RESERVED)


def wake(page):
    """Bring every widget to life, those too that wait until they are near; the page is back at its top."""
    for host in page.locator(".pool-widget").all():
        if host.get_attribute("data-alive") != "true":
            host.scroll_into_view_if_needed()
            page.wait_for_function("(host) => host.dataset.alive === 'true'", arg=host.element_handle())
    page.evaluate("() => scrollTo({ top: 0, behavior: 'instant' })")


# ---- Tasks ----

CATEGORIES = ["devtools.timeline", "toplevel", "v8.execute", "disabled-by-default-devtools.timeline"]
TASKS = {"RunTask", "ThreadControllerImpl::RunTask"}
CALLS = {"EvaluateScript", "FunctionCall", "v8.compile", "v8.run"}


def traced(browser, page, act):
    """The events of the page's main thread while act() runs."""
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        act()
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    return events


def own_tasks(events, script="pooling.js"):
    """Processor time in milliseconds of what a script did in each task that ran it, longest first."""
    spans = [one for one in events if one.get("ph") == "X" and "dur" in one]
    ours = [one for one in spans if one["name"] in CALLS and script in json.dumps(one.get("args", {}))]
    threads = {(one["pid"], one["tid"]) for one in ours}
    spans = [one for one in spans if (one["pid"], one["tid"]) in threads]
    tasks = outermost([one for one in spans if one["name"] in TASKS])
    # What a promise does next has no address: in a task of ours it is ours.
    promised = [one for one in spans if one["name"] == "RunMicrotasks"]
    found = []
    for task in tasks:
        inside = [one for one in ours if within(one, task)]
        if inside:
            inside += [one for one in promised if within(one, task) and one["ts"] >= inside[0]["ts"]]
            found.append(sum(one.get("tdur", 0) for one in outermost(inside)) / 1000)
    return sorted(found, reverse=True)


def longest(browser, page, *acts):
    """Processor time in milliseconds of the longest task that is ours while each of these acts runs."""
    found = [own_tasks(traced(browser, page, act)) for act in acts]
    print(f"own tasks take {[one[:4] for one in found]} ms of processor time")
    assert all(found), "some act ran nothing of ours"
    return max(one[0] for one in found)


def within(inner, outer):
    """Whether a span of a trace lies in another of the same thread."""
    thread = (inner["pid"], inner["tid"]) == (outer["pid"], outer["tid"])
    return thread and outer["ts"] <= inner["ts"] and inner["ts"] + inner["dur"] <= outer["ts"] + outer["dur"]


def outermost(spans):
    """The spans that lie in no other of them."""
    kept, ends = [], {}
    for one in sorted(spans, key=lambda one: (one["ts"], -one["dur"])):
        thread = one["pid"], one["tid"]
        if one["ts"] + one["dur"] > ends.get(thread, -1):
            kept.append(one)
            ends[thread] = one["ts"] + one["dur"]
    return kept


# ---- Thumbs ----

#: Places of a widget where a thumb may begin: of all that looks and acts alike the first, of a drawing `some`, shares
#: of its width and height. [x, y from the widget's corner]
PLACES = """(host, some) => {
  const corner = host.getBoundingClientRect(), kinds = new Map(), found = [];
  const add = (one, across, down) => {
    const at = one.getBoundingClientRect();
    found.push([at.left + across * at.width - corner.left, at.top + down * at.height - corner.top]);
  };
  for (const one of host.querySelectorAll("*")) {
    const at = one.getBoundingClientRect();
    if (at.width < 8 || at.height < 8 || one.closest("svg *, .pool-unseen, .pool-fallback, .pool-foot")) continue;
    if (!one.checkVisibility({ visibilityProperty: true })) continue;
    if (one.matches("canvas, svg") && Math.min(at.width, at.height) > 100) {
      for (const [across, down] of some) add(one, across, down);
      continue;
    }
    const kind = `${one.tagName}.${one.className.baseVal ?? one.className} ${one.type ?? ""}`;
    kinds.set(kind, kinds.get(kind) ?? one);
  }
  for (const one of kinds.values()) {
    add(one, 0.5, 0.5);
    if (one.type === "range") add(one, 0.1, 0.5);
  }
  return found;
}"""

#: The settings of a widget, as its link has them.
SETTINGS = """(host) => Object.fromEntries(new URL(host.querySelector(".pool-foot a").href).searchParams)"""

#: Bring a place of a widget to the middle of the screen, without motion: where it is then.
TO_THE_MIDDLE = """(host, [x, y]) => {
  scrollBy({ top: host.getBoundingClientRect().top + y - innerHeight / 2, behavior: "instant" });
  const corner = host.getBoundingClientRect();
  const one = document.elementFromPoint(corner.left + x, corner.top + y);
  return [corner.left + x, corner.top + y, scrollY, `${one?.tagName}.${one?.className} ${one?.ariaLabel ?? ""}`];
}"""


def thumb(page, start, up=110, steps=3):
    """A thumb put down there, moved up and kept still before it is lifted, so that the page does not run on."""
    x, y = start
    now = time.time()
    for step in range(steps + 1):
        point = {"x": x, "y": y - up * step / steps}
        kind = "touchMove" if step else "touchStart"
        page.tools.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point], "timestamp": now + 0.03 * step}
        )
    page.tools.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": [], "timestamp": now + 3})


def thumbed(page, host, some):
    """Begin to scroll the page at many places of a widget: each as (what is there, pixels scrolled, what changed).

    `some`: the places of a drawing, (share of its width, share of its height) each.
    """
    found = []
    for x, y in host.evaluate(PLACES, some):
        left, top, before, at = host.evaluate(TO_THE_MIDDLE, [x, y])
        had = host.evaluate(SETTINGS)
        thumb(page, (left, top))
        after = page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done(scrollY)))")
        now = host.evaluate(SETTINGS)
        changed = {key: (had[key], now.get(key)) for key in had if had[key] != now.get(key)}
        found.append((at, round(after - before), changed))
    return found
