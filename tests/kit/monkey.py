"""A monkey: random, but always the same, presses, drags, keys and choices on one widget, by a script in its page."""

#: Acts so many times on a widget, and looks after each: what it finds wrong, and how many acts changed a setting.
MONKEY = r"""async (host, [seed, acts]) => {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const any = (list) => list[Math.floor(random() * list.length)];
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  // Pointers that a script makes up cannot be captured, and it may open no dialog.
  Element.prototype.setPointerCapture = () => {};
  HTMLInputElement.prototype.click = function () {
    if (this.type !== "file") HTMLElement.prototype.click.call(this);
  };
  const seen = (one) => !one.disabled && one.checkVisibility({ visibilityProperty: true })
    && !one.closest(".pool-foot, .pool-fallback");
  const all = (selectors) => [...host.querySelectorAll(selectors)].filter(seen);
  const told = (one, ...kinds) => kinds.forEach((kind) => one.dispatchEvent(new Event(kind, { bubbles: true })));
  const place = (one) => {
    const at = one.getBoundingClientRect(), along = (size) => size * (1.2 * random() - 0.1);
    return { clientX: at.left + along(at.width), clientY: at.top + along(at.height) };
  };
  const point = (one, type, at, pointerType) => {
    const always = { pointerId: 1, isPrimary: true, bubbles: true, cancelable: true };
    const buttons = type === "pointerup" ? 0 : 1;
    one.dispatchEvent(new PointerEvent(type, { ...at, ...always, pointerType, buttons }));
  };
  const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", " ", "Enter", "Delete", "7"];
  const WORDS = ["", "1", "0 −3 4\n7 8 9", "-1 2.5 1e3", "x", "9 9\n9", "1 2 3 4\n5 6 7 8\n9 1 2 3\n4 5 6 7", "−"];
  const ACTS = {
    press: () => any(all("button, summary, input[type=checkbox], input[type=radio]"))?.click(),
    slide: () => {
      const one = any(all("input[type=range], input[type=number]"));
      if (!one) return;
      const [low, high] = [Number(one.min || 0), Number(one.max || 10)];
      one.value = low + random() * (high - low);
      told(one, "input", "change");
    },
    choose: () => {
      const one = any(all("select"));
      const option = one && any([...one.options].filter((each) => !each.disabled && !each.hidden));
      if (!option) return;
      one.value = option.value;
      told(one, "input", "change");
    },
    write: () => {
      const one = any(all("textarea, input[type=text]"));
      if (!one) return;
      one.value = any(WORDS);
      told(one, "input", "change");
    },
    drag: () => {
      const one = any(all("canvas, [role=slider], svg, .pool-architecture-row"));
      if (!one) return;
      const touch = any(["mouse", "mouse", "touch"]);
      point(one, "pointerdown", place(one), touch);
      for (let n = 1 + 3 * random(); n > 0; n--) point(one, "pointermove", place(one), touch);
      point(one, any(["pointerup", "pointerup", "pointercancel"]), place(one), touch);
    },
    key: () => {
      const one = any(all("canvas, button, [tabindex], input, select"));
      if (!one) return;
      one.focus({ preventScroll: true });
      const press = { key: any(KEYS), shiftKey: random() < 0.3, bubbles: true, cancelable: true };
      for (const kind of ["keydown", "keyup"]) one.dispatchEvent(new KeyboardEvent(kind, press));
    },
  };
  const link = () => host.querySelector(".pool-foot a").href;
  const wrong = [], log = [];
  let changes = 0, before = link();
  for (let n = 0; n < acts; n++) {
    const act = any(Object.keys(ACTS));
    log.push(act);
    ACTS[act]();
    await frame();
    document.querySelector("dialog[open]")?.close(); // what it has opened there is no part of the widget
    const bad = host.innerText.match(/.{0,30}(\bNaN\b|\bundefined\b|\bnull\b|\bInfinity\b|\[object).{0,30}/);
    if (bad) wrong.push(`after ${n + 1} acts (${log.slice(-3)}): ${bad[0]}`);
    changes += link() !== before;
    before = link();
  }
  return { wrong: wrong.slice(0, 5), changes };
}"""


def let_loose(host, seed, acts):
    """Let the monkey act so many times on a widget."""
    return host.evaluate(MONKEY, [seed, acts])
