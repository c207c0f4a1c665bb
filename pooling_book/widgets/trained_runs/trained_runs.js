// Trained networks as dots: what every seed reached, two methods compared seed by seed, and how they learnt.
import { show, clamp, put, h } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";
import { drawn } from "../kit/drawn.js";

const CHOSEN = ["task", "head", "quantity", "pair", "percent", "step"];
const UNIT = 10000; // accuracies travel as whole ten-thousandths
const WORDS = {
  test: { name: "test accuracy", higher: "is more accurate", lower: "is less accurate" },
  gap: { name: "training accuracy less test accuracy", higher: "has the larger gap", lower: "has the smaller gap" },
  steps: { name: "steps to an accuracy", higher: "needs more steps", lower: "needs fewer steps" },
  after: { name: "accuracy after so many steps", higher: "is ahead", lower: "is behind" },
};
// The order of everything on the page.
const TASKS = ["digits", "few", "clutter", "pictures"];
const METHODS = ["none", "none, matched", "subsample", "strided conv", "max", "average", "L2", "stochastic"];
const ROW = 44,
  NAMES = 116; // pixels: a method's row, and the room for its name

// ---- Arithmetic: as pooling_lib.book.runs ----

// {test, train, curve} of one network, in ten-thousandths.
export function readRun(text) {
  const [test, train, ...curve] = text.split(" ").map(Number);
  return { test, train, curve };
}

// After how many steps a curve first stands at an accuracy, or null.
export function stepsTo(curve, percent, every) {
  const place = curve.findIndex((value) => value >= (percent * UNIT) / 100);
  return place < 0 ? null : (place + 1) * every;
}

// One quantity of one network: an accuracy, a difference of two, or steps; null where an accuracy was not reached.
export function measured({ test, train, curve }, { quantity, percent, step, every }) {
  if (quantity === "test") return test / UNIT;
  if (quantity === "gap") return (train - test) / UNIT;
  if (quantity === "steps") return stepsTo(curve, percent, every);
  return curve[Math.min(step / every, curve.length) - 1] / UNIT;
}

// Mean, standard deviation and half width of the interval of paired differences, given the quantile of t.
export function pairedInterval(differences, quantile) {
  const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const deviation = Math.sqrt(
    differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1),
  );
  return { mean, deviation, half: (quantile * deviation) / Math.sqrt(differences.length) };
}

export const told = ({ mean, half }) => (Math.abs(mean) <= half ? "cannot tell" : mean > 0 ? "higher" : "lower");

// Round numbers, about `count` of them, from low to high.
export function ticks(low, high, count) {
  const rough = (high - low) / count,
    power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999);
  const first = Math.ceil(low / step - 1e-9),
    last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(10)));
}

// ---- A plot ----

class Plot {
  constructor(props) {
    this.canvas = h("canvas", props);
    this.caption = h("figcaption", {});
    this.words = h("div", { class: "pool-unseen" });
    this.figure = h("figure", {}, this.caption, this.canvas, this.words);
  }

  // Size and clear the canvas; [left, top, right, bottom] is the room for words around the plot.
  frame(width, height, [left, top, right, bottom], across, down) {
    const ratio = devicePixelRatio || 1;
    Object.assign(this.canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    Object.assign(this.canvas.style, { width: `${width}px`, height: `${height}px` });
    this.context = this.canvas.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(this.canvas);
    this.colors = Object.fromEntries(
      ["text", "muted", "surface", "raised", "border", "accent", "window"].map((name) => [
        name,
        style.getPropertyValue(`--pool-${name}`).trim(),
      ]),
    );
    Object.assign(this, { width, height, left, top, right: width - right, bottom: height - bottom, across, down });
  }

  x(value) {
    return this.left + ((value - this.across[0]) / (this.across[1] - this.across[0])) * (this.right - this.left);
  }

  y(value) {
    return this.bottom - ((value - this.down[0]) / (this.down[1] - this.down[0])) * (this.bottom - this.top);
  }

  line(points, color, width = 1, dash = []) {
    const { context } = this;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.beginPath();
    points.forEach(([x, y], n) => context[n ? "lineTo" : "moveTo"](x, y));
    context.stroke();
    context.setLineDash([]);
  }

  // A light line behind everything.
  grid(points) {
    this.context.globalAlpha = 0.3;
    this.line(points, this.colors.border);
    this.context.globalAlpha = 1;
  }

  // A seed: a full dot, or a ring.
  dot(x, y, color, full, radius = 4) {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fillStyle = full ? color : this.colors.surface;
    context.fill();
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.stroke();
  }

  text(text, x, y, { align = "left", color = this.colors.text, weight = "", size = 13 } = {}) {
    Object.assign(this.context, {
      font: `${weight} ${size}px system-ui, sans-serif`,
      textAlign: align,
      textBaseline: "middle",
      fillStyle: color,
    });
    this.context.fillText(text, x, y);
  }

  // The axis below, with light lines up; what it measures stands in the caption.
  axis(count, digits) {
    for (const value of ticks(...this.across, count)) {
      this.grid([
        [this.x(value), this.top],
        [this.x(value), this.bottom],
      ]);
      this.text(show(value, digits), this.x(value), this.bottom + 12, {
        align: "center",
        color: this.colors.muted,
        size: 12,
      });
    }
    this.line(
      [
        [this.left, this.bottom],
        [this.right, this.bottom],
      ],
      this.colors.border,
    );
  }

  // A caption, and a table with the numbers for who cannot see the drawing.
  describe(title, head, rows) {
    put(this.caption, title);
    const written = JSON.stringify([title, head, rows]);
    if (this.written === written) return;
    this.written = written;
    const line = ([name, ...cells]) =>
      h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((text) => h("td", {}, text)));
    const above = h("tr", {}, h("td", {}), ...head.map((text) => h("th", { scope: "col" }, text)));
    this.words.replaceChildren(
      h("table", {}, h("caption", {}, `${title}, numbers`), h("tbody", {}, above, ...rows.map(line))),
    );
  }
}

// ---- The widget ----

function render({ model, el }) {
  const get = (key) => model.get(key),
    every = get("every");
  const runs = Object.fromEntries(
    Object.entries(get("runs")).map(([task, heads]) => [
      task,
      Object.fromEntries(
        Object.entries(heads).map(([head, methods]) => [
          head,
          Object.fromEntries(Object.entries(methods).map(([method, texts]) => [method, texts.map(readRun)])),
        ]),
      ),
    ]),
  );
  const initial = Object.fromEntries(CHOSEN.map((key) => [key, get(key)]));
  const [schedule, stopDrawing] = drawn(el, () => draw());
  let cursor = 0,
    focused = false;

  function set(changes) {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }
  const shown = () => runs[get("task")][get("head")];
  const methods = () => METHODS.filter((method) => method in shown());
  const last = () => every * shown()[methods()[0]][0].curve.length;

  // Another task or head: the same pair and step, as far as they are there.
  function change(changes) {
    const task = changes.task ?? get("task"),
      wanted = changes.head ?? get("head"),
      head = wanted in runs[task] ? wanted : Object.keys(runs[task])[0];
    const there = METHODS.filter((method) => method in runs[task][head]);
    const pair = get("pair").map((method) => (there.includes(method) ? method : null));
    for (const place of [0, 1]) pair[place] ??= there.find((method) => !pair.includes(method));
    set({ task, head, pair, step: Math.min(get("step"), every * runs[task][head][there[0]][0].curve.length) });
  }

  // Compare this method with the one chosen last; one of the two, and they change places.
  function choose(method) {
    const [first, second] = get("pair");
    set({ pair: method === first || method === second ? [second, first] : [second, method] });
  }

  function compare(place, method) {
    const pair = [...get("pair")];
    if (pair[1 - place] === method) pair[1 - place] = pair[place];
    pair[place] = method;
    set({ pair });
  }

  // ---- Controls ----

  const options = (names) => names.map((name) => [name, name]);
  const task = choice({ onchange: () => change({ task: task.value }) }, options(TASKS.filter((name) => name in runs)));
  const head = choice({ onchange: () => change({ head: head.value }) }, [
    ["global", "global average"],
    ["flatten", "flatten"],
  ]);
  const quantity = choice(
    { onchange: () => set({ quantity: quantity.value }) },
    Object.entries(WORDS).map(([key, { name }]) => [key, name]),
  );
  const compared = [0, 1].map((place) => choice({ onchange: (event) => compare(place, event.target.value) }, []));
  const slider = (text, key, props) => {
    const value = h("b", {}),
      input = h("input", {
        type: "range",
        "aria-label": text,
        ...props,
        oninput: () => set({ [key]: Number(input.value) }),
      });
    return {
      key,
      value,
      input,
      field: h("label", { class: "pool-field pool-slider" }, h("span", {}, `${text} `, value), input),
    };
  };
  const percent = slider("Accuracy", "percent", { min: "1", max: "100", step: "1" });
  const step = slider("Step", "step", { min: String(every), step: String(every) });
  const reset = button("Reset", () => set(initial));

  const dots = new Plot({
    tabindex: "0",
    role: "application",
    "aria-label": "Methods: up and down arrow keys move a cursor, Enter compares the method under it",
  });
  const differences = new Plot({ role: "img" }),
    curves = new Plot({ role: "img" });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const spoken = h("p", { class: "pool-unseen", "aria-live": "polite" });

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-runs pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Each dot is a trained network, each row a method, and the bar its mean with a 95 % interval. Click two rows, or use the arrow keys and Enter, to compare them seed by seed: thin lines join the two networks of one seed.",
      ),
      h(
        "div",
        { class: "pool-controls pool-runs-what" },
        labelled("Task", task),
        labelled("Head", head),
        labelled("Quantity", quantity),
        percent.field,
      ),
      h(
        "div",
        { class: "pool-panels" },
        dots.figure,
        h("div", { class: "pool-runs-beside" }, curves.figure, differences.figure),
      ),
      h(
        "div",
        { class: "pool-controls" },
        labelled("Compare", compared[1]),
        labelled("with", compared[0]),
        step.field,
        reset,
      ),
      sentence,
      spoken,
    ),
  );

  // ---- Pointer and keys ----

  const rowAt = (event) => Math.floor((event.clientY - dots.canvas.getBoundingClientRect().top - dots.top) / ROW);
  dots.canvas.addEventListener("click", (event) => {
    const method = methods()[rowAt(event)];
    if (method) choose(method);
  });
  for (const [type, value] of [
    ["focus", true],
    ["blur", false],
  ]) {
    dots.canvas.addEventListener(type, () => {
      focused = value && dots.canvas.matches(":focus-visible");
      if (focused) say();
      schedule();
    });
  }
  dots.canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: -1, ArrowDown: 1, Home: -99, End: 99, ArrowLeft: 0, ArrowRight: 0 };
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.shiftKey ||
      !(event.key in moves || event.key === "Enter" || event.key === " ")
    )
      return;
    event.preventDefault();
    event.stopPropagation();
    focused = true;
    if (event.key in moves) cursor = clamp(cursor + moves[event.key], 0, methods().length - 1);
    else choose(methods()[cursor]);
    say();
    schedule();
  });
  const say = () =>
    put(
      spoken,
      `${methods()[cursor]}${get("pair").includes(methods()[cursor]) ? ", compared" : ""}: ${values(methods()[cursor])
        .map((value) => number(value))
        .join(", ")}`,
    );

  // ---- Numbers and words ----

  const settings = () => ({ quantity: get("quantity"), percent: get("percent"), step: get("step"), every });
  const values = (method) => shown()[method].map((run) => measured(run, settings()));
  const number = (value, digits = 3) =>
    value === null
      ? "not reached"
      : get("quantity") === "steps"
        ? show(value, digits === 3 ? 0 : 1)
        : value.toFixed(digits).replace("-", "−");
  const signed = (value, digits) => (value > 0 ? "+" : "") + number(value, digits);
  const title = () => {
    const { quantity, percent, step } = settings();
    return quantity === "steps"
      ? `Steps to an accuracy of ${show(percent / 100)}`
      : quantity === "after"
        ? `Accuracy after ${step} steps`
        : capital(WORDS[quantity].name);
  };

  function explain(first, second, found) {
    const missing = found.filter((value) => value === null).length,
      seeds = found.length;
    const list = found.map((value) => (value === null ? "—" : signed(value))).join(", ");
    const start = `${capital(second)} less ${first}, ${title().toLowerCase()}: ${list} for seeds 0 to ${seeds - 1}.`;
    if (missing)
      return `${start} For ${missing} of ${seeds} seeds one of the two never got there, and there is no difference to average.`;
    const t = get("quantiles")["1"],
      { mean, deviation, half } = pairedInterval(found, t);
    const pairs = (methods().length * (methods().length - 1)) / 2,
      wide = pairedInterval(found, get("quantiles")[pairs]);
    const verdict = told({ mean, half }),
      strict = told(wide);
    const words =
      verdict === "cannot tell"
        ? "It holds zero: these seeds cannot tell the two apart."
        : `It leaves out zero: ${second} ${WORDS[get("quantity")][verdict]}.`;
    const doubt =
      verdict === "cannot tell"
        ? ""
        : strict === "cannot tell"
          ? ` But there are ${pairs} pairs here. An interval that allows for all of them is ± ${number(wide.half, 4)} and holds zero: take this as a hint.`
          : ` That stands even if all ${pairs} pairs are compared: ± ${number(wide.half, 4)}.`;
    return `${start} Mean ${signed(mean, 4)}, standard deviation ${number(deviation, 4)}. The interval is ± ${show(t, 3)} · ${number(deviation, 4)} / √${seeds} = ± ${number(half, 4)}. ${words}${doubt}`;
  }

  // ---- Drawing ----

  function draw() {
    const names = methods(),
      [first, second] = get("pair"),
      { quantity: what } = settings(),
      all = Object.fromEntries(names.map((name) => [name, values(name)]));
    task.value = get("task");
    for (const option of head.options) option.disabled = !(option.value in runs[get("task")]);
    head.value = get("head");
    quantity.value = what;
    cursor = Math.min(cursor, names.length - 1);
    compared.forEach((menu, place) => {
      if (menu.dataset.names !== String(names)) {
        menu.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
        menu.dataset.names = String(names);
      }
      menu.value = get("pair")[place];
    });
    percent.field.hidden = what !== "steps";
    step.input.max = String(last());
    for (const { key, value, input } of [percent, step]) {
      input.value = String(get(key));
      value.textContent = key === "percent" ? show(get(key) / 100) : String(get(key));
    }
    const found = all[first].map((value, seed) =>
      value === null || all[second][seed] === null ? null : all[second][seed] - value,
    );
    put(sentence, explain(first, second, found));

    const room = el.querySelector(".pool-panels").clientWidth - 2,
      width = room >= 640 ? Math.min(460, room * 0.54) : room;
    drawDots(width, names, all, first, second);
    const beside = room >= 640 ? room - width - 26 : room;
    curves.figure.parentElement.style.width = `${beside}px`; // a caption does not widen it
    drawCurves(beside, names, first, second);
    drawDifferences(beside, found, first, second);
  }

  const style = (name, first, second, colors) =>
    name === second
      ? [colors.accent, true, []]
      : name === first
        ? [colors.window, false, [6, 4]]
        : [colors.muted, true, []];

  function drawDots(width, names, all, first, second) {
    const reached = Object.values(all)
        .flat()
        .filter((value) => value !== null),
      missing = Object.values(all).flat().includes(null);
    const [low, high] = around(reached, get("quantity") === "steps" ? every : 0.01);
    dots.frame(width, names.length * ROW + 34, [NAMES, 6, missing ? 56 : 12, 28], [low, high], [0, 1]);
    const { context, colors } = dots,
      middle = (row) => dots.top + (row + 0.5) * ROW;
    names.forEach((name, row) => {
      if (name !== first && name !== second) return;
      context.fillStyle = colors.raised;
      context.fillRect(0, middle(row) - ROW / 2 + 1, width, ROW - 2);
    });
    dots.axis(width < 380 ? 3 : 4, 3);
    const place = (row, seed, count) => middle(row) + (seed - (count - 1) / 2) * 6;
    const count = all[first].length,
      at = (value) => (value === null ? dots.right + 28 : dots.x(value));
    for (let seed = 0; seed < count; seed++) {
      dots.line(
        [first, second].map((name) => [at(all[name][seed]), place(names.indexOf(name), seed, count)]),
        colors.border,
        1,
      );
    }
    names.forEach((name, row) => {
      const [color, full, dash] = style(name, first, second, colors),
        chosen = name === first || name === second,
        numbers = all[name].filter((value) => value !== null);
      dots.text(name, 4, middle(row) - (chosen ? 6 : 0), { weight: chosen ? "600" : "" });
      if (chosen)
        dots.line(
          [
            [4, middle(row) + 10],
            [48, middle(row) + 10],
          ],
          color,
          2.5,
          dash,
        );
      if (numbers.length === count) {
        const { mean, half } = pairedInterval(numbers, get("quantiles")["1"]);
        const ends = [Math.max(low, mean - half), Math.min(high, mean + half)].map((value) => dots.x(value));
        dots.line(
          ends.map((x) => [x, middle(row)]),
          colors.text,
          1.5,
        );
        dots.line(
          [
            [dots.x(mean), middle(row) - 14],
            [dots.x(mean), middle(row) + 14],
          ],
          colors.text,
          2,
        );
      }
      all[name].forEach((value, seed) => dots.dot(at(value), place(row, seed, count), color, full && value !== null));
    });
    if (missing)
      dots.text("never", dots.right + 28, dots.bottom + 12, { align: "center", size: 12, color: colors.muted });
    if (focused) {
      context.strokeStyle = colors.accent;
      context.lineWidth = 2;
      context.strokeRect(1, middle(cursor) - ROW / 2 + 1, width - 2, ROW - 2);
    }
    dots.describe(
      `${title()}, task ${get("task")}`,
      all[first].map((_, seed) => `seed ${seed}`),
      names.map((name) => [name, ...all[name].map((value) => number(value))]),
    );
  }

  function drawCurves(width, names, first, second) {
    const steps = last(),
      top = 1,
      curve = (name) => shown()[name].map((run) => run.curve.map((value) => value / UNIT));
    const lowest = Math.min(...names.flatMap((name) => curve(name).flat()));
    curves.frame(width, 236, [40, 6, 12, 28], [0, steps], [Math.floor(lowest * 10) / 10, top]);
    const { colors } = curves;
    for (const value of ticks(...curves.down, 5)) {
      curves.grid([
        [curves.left, curves.y(value)],
        [curves.right, curves.y(value)],
      ]);
      curves.text(show(value), curves.left - 6, curves.y(value), { align: "right", color: colors.muted, size: 12 });
    }
    curves.axis(4, 0);
    const points = (values) => values.map((value, n) => [curves.x((n + 1) * every), curves.y(value)]);
    const mean = (lines) => lines[0].map((_, n) => lines.reduce((sum, line) => sum + line[n], 0) / lines.length);
    for (const name of names)
      if (name !== first && name !== second) curves.line(points(mean(curve(name))), colors.border, 1);
    for (const name of [first, second]) {
      const [color, , dash] = style(name, first, second, colors);
      for (const line of curve(name)) curves.line(points(line), color, 0.75, dash.length ? [2, 3] : []);
      curves.line(points(mean(curve(name))), color, 3, dash);
    }
    curves.line(
      [
        [curves.x(get("step")), curves.top],
        [curves.x(get("step")), curves.bottom],
      ],
      colors.text,
      1.5,
      [2, 2],
    );
    if (get("quantity") === "steps")
      curves.line(
        [
          [curves.left, curves.y(get("percent") / 100)],
          [curves.right, curves.y(get("percent") / 100)],
        ],
        colors.text,
        1.5,
        [2, 2],
      );
    const at = [first, second].map((name) => mean(curve(name))[Math.min(get("step"), steps) / every - 1].toFixed(3));
    curves.canvas.setAttribute(
      "aria-label",
      `Learning curves to step ${steps}, means over the seeds: at step ${get("step")} ${first} stands at ${at[0]}, ${second} at ${at[1]}`,
    );
    put(curves.caption, `Test accuracy by step: ${first} ${at[0]} (dashed), ${second} ${at[1]} at step ${get("step")}`);
  }

  function drawDifferences(width, found, first, second) {
    const numbers = found.filter((value) => value !== null),
      whole = numbers.length === found.length;
    const summary = whole ? pairedInterval(numbers, get("quantiles")["1"]) : null;
    const extent = [0, ...numbers, ...(summary ? [summary.mean - summary.half, summary.mean + summary.half] : [])];
    differences.frame(
      width,
      (found.length + 1) * 20 + 40,
      [64, 6, 12, 28],
      around(extent, get("quantity") === "steps" ? every / 2 : 0.002),
      [0, 1],
    );
    const { colors } = differences,
      y = (row) => differences.top + 10 + row * 20;
    differences.axis(width < 380 ? 3 : 4, 3);
    differences.line(
      [
        [differences.x(0), differences.top],
        [differences.x(0), differences.bottom],
      ],
      colors.text,
      1.5,
    );
    found.forEach((value, seed) => {
      differences.text(`seed ${seed}`, 4, y(seed), { size: 12 });
      if (value === null)
        differences.text("no difference", differences.x(0) + 8, y(seed), { size: 12, color: colors.muted });
      else {
        differences.line(
          [
            [differences.x(0), y(seed)],
            [differences.x(value), y(seed)],
          ],
          colors.accent,
          2,
        );
        differences.dot(differences.x(value), y(seed), colors.accent, true);
      }
    });
    if (summary) {
      const row = y(found.length),
        [from, to] = [summary.mean - summary.half, summary.mean + summary.half].map((value) => differences.x(value));
      differences.text("mean", 4, row, { size: 12, weight: "600" });
      differences.line(
        [
          [from, row],
          [to, row],
        ],
        colors.text,
        2,
      );
      for (const end of [from, to])
        differences.line(
          [
            [end, row - 5],
            [end, row + 5],
          ],
          colors.text,
          2,
        );
      differences.dot(differences.x(summary.mean), row, colors.text, true, 5);
    }
    differences.canvas.setAttribute(
      "aria-label",
      `Differences seed by seed: ${found.map((value) => (value === null ? "none" : signed(value))).join(", ")}`,
    );
    differences.describe(
      `${capital(second)} less ${first}`,
      ["difference"],
      found.map((value, seed) => [`seed ${seed}`, value === null ? "none" : signed(value)]),
    );
  }

  // ---- Life ----

  for (const key of CHOSEN) model.on(`change:${key}`, schedule);
  schedule();
  return () => {
    stopDrawing();
    for (const key of CHOSEN) model.off(`change:${key}`, schedule);
  };
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

// The range of some numbers with a little room, and at least `least` wide.
function around(numbers, least) {
  const low = Math.min(...numbers),
    high = Math.max(...numbers),
    room = Math.max((high - low) * 0.06, least);
  return numbers.length ? [low - room, high + room] : [0, 1];
}

export default { render };
