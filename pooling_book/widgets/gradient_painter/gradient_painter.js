// The gradient painter: paint an upstream gradient on the output, and see where it lands in the input.
import { pool, covered, readers, elementsUnder, parsePlane, show, clamp, put, h } from "../kit/core.js";
import { backward } from "../kit/backward.js";
import { Board } from "../kit/board.js";
import { button, choice, labelled, group } from "../kit/controls.js";
import { decode, photoPicker } from "../kit/photo.js";
import { drawn } from "../kit/drawn.js";

const LARGEST = 8; // of window and stride
const POOLING = ["source", "photo", "operation", "window", "stride", "padding", "count_include_pad"];
const PAINTING = ["pattern", "seed", "painting"];
const KEPT = [...POOLING, ...PAINTING, "selected"];

// Red, green and blue of a colour as a board has it: #rrggbb.
const channels = (color) => color.match(/[0-9a-f]{2}/gi).map((pair) => parseInt(pair, 16));

function render({ model, el, page }) {
  const get = (key) => model.get(key);
  let plane = null,
    result = null,
    upstream = null,
    arrived = null,
    failure = "";
  let brush = 1,
    hover = null,
    stroke = null;
  const initial = Object.fromEntries(KEPT.map((key) => [key, get(key)]));

  const [schedule, stopDrawing] = drawn(el, () => draw());

  // ---- Model ----

  function set(changes) {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }

  const isNumbers = () => get("source") in get("grids");
  const isMax = () => get("operation") === "max";
  const settings = () => ({
    ...Object.fromEntries(POOLING.slice(2).map((key) => [key, get(key)])),
    dilation: [1, 1],
    ceil_mode: false,
  });

  // Pool the source. What cannot be pooled leaves its reason in `failure`.
  function compute() {
    failure = "";
    result = null;
    try {
      const source = get("source");
      plane = isNumbers()
        ? parsePlane(get("grids")[source])
        : decode(source === "photo" ? get("photo") : get("images")[source]);
      result = pool(plane, settings());
    } catch (error) {
      failure = error.message;
    }
    send();
  }

  // Send what is painted back through the pool.
  function send() {
    if (!result) return;
    upstream = painted(get("pattern"), get("seed"), get("painting"), result.rows, result.columns);
    arrived = backward(plane, result, settings(), upstream);
  }

  // The selected output. Settings may have left it outside; it is clamped here and not in the model.
  const selection = () => {
    const [i, j] = get("selected");
    return [clamp(i, 0, result.rows - 1), clamp(j, 0, result.columns - 1)];
  };

  function select(i, j) {
    const at = [clamp(i, 0, result.rows - 1), clamp(j, 0, result.columns - 1)];
    if (String(at) !== String(get("selected"))) set({ selected: at });
  }

  // Give these outputs a gradient: [row, column] pairs, those beside the output left out.
  function paint(places, value) {
    const values = Array.from(upstream);
    for (const [i, j] of places) if (isOutput([i, j])) values[i * result.columns + j] = value;
    if (values.every((one, n) => one === upstream[n])) return;
    set({ painting: { rows: result.rows, columns: result.columns, values }, pattern: "painted" });
  }
  const isOutput = ([i, j]) => i >= 0 && j >= 0 && i < result.rows && j < result.columns;
  const isElement = ([row, column]) => row >= 0 && column >= 0 && row < plane.rows && column < plane.columns;

  // ---- Controls ----

  const segments = (buttons) => h("div", { class: "pool-segments" }, ...buttons);

  const brushes = [
    [1, "+1"],
    [-1, "−1"],
    [0, "Eraser"],
  ].map(([value, text]) =>
    button(
      text,
      () => {
        brush = value;
        refresh();
      },
      { "data-brush": value },
    ),
  );
  const patterns = [
    ["one output", "One output"],
    ["all ones", "All ones"],
    ["left and right", "Left +1, right −1"],
    ["random", "Random"],
    ["clear", "Clear"],
  ].map(([value, text]) => button(text, () => follow(value), { "data-pattern": value }));
  function follow(pattern) {
    const again = pattern === "random" && get("pattern") === "random"; // other numbers each time
    set({ pattern, ...(again ? { seed: (get("seed") % 1000) + 1 } : {}) });
    if (pattern === "one output" && result) select(Math.floor(result.rows / 2), Math.floor(result.columns / 2));
  }

  const source = choice(
    { onchange: () => set({ source: source.value }) },
    [...Object.keys(get("grids")), ...Object.keys(get("images")), "photo"].map((name) => [
      name,
      name === "photo" ? "your photo" : name,
    ]),
  );
  const ownPhoto = source.querySelector("[value=photo]");
  const photo = photoPicker(
    el,
    (image) => set({ photo: image, source: "photo" }),
    (problem) => refresh(problem),
  );
  const operations = [
    ["max", "Maximum"],
    ["avg", "Average"],
  ].map(([value, text]) => button(text, () => set({ operation: value }), { "data-operation": value }));
  const padding = choice({ onchange: () => set({ padding: padding.value }) }, [
    ["valid", "valid"],
    ["same", "same"],
  ]);
  const countPad = h("input", { type: "checkbox", onchange: () => set({ count_include_pad: countPad.checked }) });
  const countField = h("label", { class: "pool-check" }, countPad, " count padding as zeros");

  const sliders = ["window", "stride"].map((key) => {
    const value = h("b", {});
    const input = h("input", {
      type: "range",
      min: "1",
      max: String(LARGEST),
      step: "1",
      "aria-label": key === "window" ? "Window" : "Stride",
      oninput: () => resize(key, Number(input.value)),
    });
    return {
      key,
      input,
      value,
      field: h(
        "label",
        { class: "pool-field pool-slider" },
        h("span", {}, key === "window" ? "Window" : "Stride", " ", value),
        input,
      ),
    };
  });
  function resize(key, value) {
    const follows = key === "window" && String(get("stride")) === String(get("window"));
    set({ [key]: [value, value], ...(follows ? { stride: [value, value] } : {}) });
  }
  const reset = button("Reset", () => {
    brush = 1;
    set(initial);
    refresh();
  });

  const input = new Board("Input, which receives: arrow keys point at an element");
  const output = new Board(
    "Output, which sends: arrow keys move, Space paints with the brush, Delete erases, Shift and arrow keys paint along",
  );
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const pointed = h("p", { class: "pool-pointed", "aria-live": "polite" });
  const balance = h("p", { class: "pool-gradient-balance", "aria-live": "polite" });
  const warning = h("p", { class: "pool-warning", role: "alert" });
  const code = h("code", {});

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-gradient pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Paint on the output: each cell holds what that output sends back. Point at an element of the input to see what it receives.",
      ),
      panels,
      h(
        "p",
        { class: "pool-gradient-legend" },
        h("span", { class: "pool-gradient-positive" }, "positive"),
        h("span", { class: "pool-gradient-negative" }, "negative"),
      ),
      balance,
      sentence,
      pointed,
      h(
        "div",
        { class: "pool-gradient-brushes" },
        group("Brush", segments(brushes)),
        group("Paint", h("div", { class: "pool-gradient-patterns" }, ...patterns, reset)),
      ),
      h(
        "div",
        { class: "pool-controls" },
        group("Operation", segments(operations)),
        h("div", { class: "pool-sliders" }, ...sliders.map(({ field }) => field)),
        labelled("Padding", padding),
        countField,
        labelled("Input", source),
        photo,
      ),
      warning,
      h("p", { class: "pool-code" }, code),
    ),
  );

  // ---- Pointer and keys ----

  output.canvas.addEventListener("pointerdown", (event) => {
    if (!result || event.button) return;
    const at = output.at(event).map(Math.floor);
    stroke = at;
    output.canvas.setPointerCapture(event.pointerId);
    select(...at);
    paint([at], brush);
  });
  output.canvas.addEventListener("pointermove", (event) => {
    if (!result) return;
    const at = output.at(event).map(Math.floor);
    if (stroke) {
      paint(line(stroke, at), brush);
      stroke = at;
      select(...at);
    }
    point({ output: at });
  });
  for (const end of ["pointerup", "pointercancel"]) output.canvas.addEventListener(end, () => (stroke = null));
  // A finger on the output paints; beside it, and on the input, it scrolls the page.
  output.canvas.addEventListener(
    "touchstart",
    (event) => {
      if (stroke) event.preventDefault();
    },
    { passive: false },
  );
  for (const type of ["pointermove", "click"])
    input.canvas.addEventListener(type, (event) => point({ input: input.at(event).map(Math.floor) }));

  const arrows = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [-Infinity, -Infinity],
    End: [Infinity, Infinity],
  };
  for (const { canvas } of [input, output]) {
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => point(null));
    canvas.addEventListener("keydown", (event) => {
      if (!result || event.ctrlKey || event.metaKey || event.altKey || !keyed(canvas, event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  // Do what a key asks for; false if it asks for nothing.
  function keyed(canvas, { key, shiftKey }) {
    const by = arrows[key];
    if (canvas === input.canvas) {
      if (!by) return false;
      const [row, column] = hover?.input ?? windowStart();
      const first = hover?.input ? by : [0, 0];
      point({
        input: [
          clamp(row + (Number.isFinite(by[0]) ? first[0] : by[0]), 0, plane.rows - 1),
          clamp(column + (Number.isFinite(by[1]) ? first[1] : by[1]), 0, plane.columns - 1),
        ],
      });
      return true;
    }
    const [i, j] = selection();
    if (by) select(i + by[0], j + by[1]);
    else if (key === " " || key === "Enter") paint([[i, j]], brush);
    else if (key === "Delete" || key === "Backspace") paint([[i, j]], 0);
    else return false;
    if (by && shiftKey && Number.isFinite(by[0])) paint([selection()], brush);
    point(null);
    return true;
  }
  const windowStart = () => result.placed.map((along, axis) => Math.max(0, covered(along, selection()[axis])[0]));

  function point(at) {
    hover = at;
    schedule();
  }

  // ---- Words ----

  // Show the settings as they are; `notice` is what else the reader should know.
  function refresh(notice = "") {
    ownPhoto.hidden = ownPhoto.disabled = !get("photo");
    source.value = get("source");
    for (const one of operations) one.setAttribute("aria-pressed", String(one.dataset.operation === get("operation")));
    for (const one of brushes) one.setAttribute("aria-pressed", String(Number(one.dataset.brush) === brush));
    for (const one of patterns) one.setAttribute("aria-pressed", String(one.dataset.pattern === get("pattern")));
    for (const { key, input, value } of sliders) {
      input.value = get(key)[0];
      value.textContent = get(key)[0] + (key === "stride" && get("stride")[0] === get("window")[0] ? " = window" : "");
      input.setAttribute("aria-valuetext", value.textContent);
    }
    padding.value = get("padding");
    countPad.checked = get("count_include_pad");
    countField.hidden = isMax();
    put(warning, notice || failure);
    warning.hidden = !warning.textContent;
    code.textContent = call();
    schedule();
  }

  // The pooling_lib call that does what is seen; defaults are left out.
  function call() {
    const pair = ([a, b]) => (a === b ? String(a) : `(${a}, ${b})`);
    const named = [`window=${pair(get("window"))}`];
    if (String(get("stride")) !== String(get("window"))) named.push(`stride=${pair(get("stride"))}`);
    if (get("padding") !== "valid") named.push('padding="same"');
    if (isMax()) return `max_pool_backward(dy, where, x.shape, ${named.join(", ")})`;
    if (get("count_include_pad")) named.push("count_include_pad=True");
    return `avg_pool_backward(dy, x.shape, ${named.join(", ")})`;
  }

  const current = () => (hover?.output && isOutput(hover.output) ? hover.output : selection());
  const rowOf = (at) => Math.floor(at / plane.columns),
    columnOf = (at) => at % plane.columns;

  // Where the gradient of one output goes.
  function explain() {
    const [i, j] = current(),
      o = i * result.columns + j,
      name = `Output (${i}, ${j}) sends`;
    const real = elementsUnder(plane, result.placed, i, j).filter(({ kind }) => kind === "real");
    if (isMax()) {
      const at = result.where[o],
        best = plane.values[at],
        tied = real.filter(({ value }) => Object.is(value + 0, best + 0)).length;
      const which = tied > 1 ? `the first of its ${tied} maxima, ${show(best)}` : `its maximum, ${show(best)}`;
      return `${name} ${show(upstream[o])} to row ${rowOf(at)}, column ${columnOf(at)}: ${which}.`;
    }
    const share = part(upstream[o], result.counts[o]),
      whole = get("window")[0] * get("window")[1];
    if (real.length === whole) return `${name} ${share} to each of its ${many(whole, "element")}.`;
    const lost = result.counts[o] > real.length;
    const rest = lost
      ? `${part(upstream[o] * (whole - real.length), whole)} goes to padding and is lost`
      : "its padding is not counted and receives nothing";
    return `${name} ${share} to each of the ${many(real.length, "element")} it covers; ${rest}.`;
  }

  // What one element receives, and from whom.
  function explainElement() {
    if (!hover?.input || !isElement(hover.input)) return "";
    const at = hover.input[0] * plane.columns + hover.input[1],
      reading = outputsThatRead(hover.input),
      givers = reading.filter((o) => !isMax() || result.where[o] === at);
    const senders = givers.filter((o) => upstream[o] !== 0),
      name = `Element (${hover.input.join(", ")}), ${show(plane.values[at])}, receives`;
    if (!reading.length) return `${name} nothing: no window reads it.`;
    if (!givers.length) return `${name} nothing: it wins no window.`;
    if (!senders.length)
      return `${name} nothing: ${givers.length > 1 ? "the outputs" : "the output"} it could hear from ${givers.length > 1 ? "send" : "sends"} 0.`;
    const place = (o) => `(${Math.floor(o / result.columns)}, ${o % result.columns})`,
      shares = senders.map((o) => part(upstream[o], isMax() ? 1 : result.counts[o]));
    if (senders.length === 1) return `${name} ${shares[0]} from output ${place(senders[0])}.`;
    const alike = shares.every((share) => share === shares[0]),
      divisors = senders.map((o) => (isMax() ? 1 : result.counts[o]));
    const sum = senders.reduce((total, o) => total + upstream[o], 0);
    const all = divisors.every((n) => n === divisors[0]) ? part(sum, divisors[0]) : show(arrived.values[at], 3);
    const words = senders.map((o, n) => (alike ? place(o) : `${shares[n]} from ${place(o)}`));
    if (words.length > 12) words.splice(5, words.length - 6, "…");
    return `${name} ${alike ? `${shares[0]} from each of outputs ` : ""}${words.join(", ")}: ${all} in all.`;
  }

  function outputsThatRead([row, column]) {
    const columns = readers(result.placed[1], column);
    return readers(result.placed[0], row).flatMap((i) => columns.map((j) => i * result.columns + j));
  }

  // What was sent and what arrived, and how many elements heard nothing.
  function balanced() {
    const total = (values) => values.reduce((sum, value) => sum + value, 0),
      above = total(upstream.filter((g) => g > 0)),
      below = total(upstream.filter((g) => g < 0));
    const sent = above + below,
      came = total(arrived.values),
      idle = arrived.reached.filter((one) => !one).length;
    const terms = above && below ? `${grouped(above)} − ${grouped(-below)} = ${grouped(sent)}` : grouped(sent);
    const lost = Math.abs(sent - came) > 1e-6 ? `: ${grouped(sent - came)} went to padding and is lost` : "";
    return `Sent ${terms}, arrived ${grouped(came)}${lost}. ${grouped(idle)} of ${grouped(arrived.values.length)} elements get nothing.`;
  }

  // ---- Drawing ----

  function draw() {
    put(sentence, result ? explain() : "");
    put(pointed, result ? explainElement() : "");
    const words = result ? balanced() : "";
    put(balance, words);
    for (const one of [input, output]) one.figure.classList.toggle("pool-gradient-stale", !result);
    if (!result) return;
    const [rows, columns] = result.placed.map((along) => [-along.before, along.size + along.after]);
    const [inputCell, outputCell] = cellSizes(
      columns[1] - columns[0],
      Math.max(rows[1] - rows[0], columns[1] - columns[0]),
    );

    input.frame(rows, columns, inputCell, result.placed);
    input.hatch();
    fill(input, plane, arrived.values, (n) => arrived.reached[n]);
    const [i, j] = current(),
      taps = elementsUnder(plane, result.placed, i, j),
      first = taps[0],
      last = taps[taps.length - 1];
    input.outline(first.row, first.column, last.row - first.row + 1, last.column - first.column + 1);
    if (hover?.input && isElement(hover.input)) input.outline(...hover.input);

    output.frame([0, result.rows], [0, result.columns], outputCell);
    fill(output, result, upstream, (n) => upstream[n] !== 0);
    if (hover?.input)
      for (const o of outputsThatRead(hover.input)) mark(output, Math.floor(o / result.columns), o % result.columns);
    output.outline(i, j);

    input.describe(
      `Input, ${plane.rows} × ${plane.columns}: what arrives`,
      { ...plane, values: arrived.values },
      isNumbers(),
      () => true,
    );
    output.describe(
      `Output, ${result.rows} × ${result.columns}: what is sent`,
      { ...result, values: upstream },
      isNumbers(),
      () => true,
    );
  }

  // A plane with a gradient over it: `over(n)` says where. Numbers get theirs on a strip below them, an image is coloured.
  function fill(board, under, gradient, over) {
    if (isNumbers()) {
      for (let n = 0; n < under.values.length; n++)
        numbered(
          board,
          Math.floor(n / under.columns),
          n % under.columns,
          under.values[n],
          over(n) ? gradient[n] : null,
        );
      return;
    }
    const image = new ImageData(under.columns, under.rows),
      positive = channels(board.colors.positive),
      negative = channels(board.colors.negative),
      largest = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0) || 1;
    for (let n = 0; n < under.values.length; n++) {
      const grey = 92 + (under.values[n] * 72) / 255,
        alpha = gradient[n] === 0 ? 0 : 0.3 + (0.55 * Math.abs(gradient[n])) / largest;
      (gradient[n] > 0 ? positive : negative).forEach(
        (color, channel) => (image.data[4 * n + channel] = grey + alpha * (color - grey)),
      );
      image.data[4 * n + 3] = 255;
    }
    const small = h("canvas", { width: under.columns, height: under.rows });
    small.getContext("2d").putImageData(image, 0, 0);
    board.context.imageSmoothingEnabled = false;
    board.context.drawImage(small, ...board.box(0, 0, under.rows, under.columns));
  }

  function numbered(board, row, column, value, gradient) {
    const { context, colors, cell } = board,
      [x, y] = board.box(row, column),
      low = cell * 0.52;
    const write = (text, size, top, color) => {
      context.font = `${Math.min(size, (cell * 1.25) / text.length)}px system-ui, sans-serif`;
      context.fillStyle = color;
      context.fillText(text, x + cell / 2 + 0.5, y + top);
    };
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colors.surface;
    context.fillRect(x, y, cell, cell);
    if (gradient !== null) {
      context.fillStyle = gradient === 0 ? colors.surface : colors[gradient > 0 ? "positive" : "negative"];
      context.fillRect(x, y + low, cell, cell - low);
    }
    context.lineWidth = 1;
    context.strokeStyle = colors.border;
    context.strokeRect(x + 0.5, y + 0.5, cell, cell);
    write(show(value), Math.min(16, cell * 0.34), gradient === null ? cell / 2 + 1 : low / 2 + 1.5, colors.text);
    if (gradient !== null)
      write(
        (gradient > 0 ? "+" : "") + show(gradient),
        Math.min(15, cell * 0.32),
        (low + cell) / 2 + 1,
        gradient > 0 ? colors["on-light"] : gradient < 0 ? colors["on-dark"] : colors.text,
      );
  }

  // A thin frame just within one cell, beside its numbers.
  function mark(board, row, column) {
    for (const [width, color] of [
      [5, "surface"],
      [2, "accent"],
    ]) {
      board.context.lineWidth = width;
      board.context.strokeStyle = board.colors[color];
      board.context.strokeRect(...board.box(row, column, 1, 1, Math.min(3, board.cell / 6)));
    }
  }

  // Widths of a cell of the input and of the output: beside each other where that leaves them large
  // enough, else below each other. Numbers keep one size; an image and its output one width.
  function cellSizes(across, longest) {
    const room = panels.clientWidth - 32,
      whole = (size) => Math.floor(size * devicePixelRatio) / devicePixelRatio;
    if (isNumbers()) {
      const beside = room / (across + Math.max(result.columns, 4));
      const cell = whole(Math.min(50, beside >= 34 ? beside : room / across));
      return [cell, cell];
    }
    const width = Math.min(330, room >= 480 ? room / 2 : room);
    return [width / longest, width / Math.max(result.rows, result.columns)];
  }

  // ---- Life ----

  const onPooling = () => {
    compute();
    refresh();
  };
  const onPainting = () => {
    send();
    refresh();
  };
  const listeners = [
    ...POOLING.map((key) => [key, onPooling]),
    ...PAINTING.map((key) => [key, onPainting]),
    ["selected", schedule],
  ];
  for (const [key, listener] of listeners) model.on(`change:${key}`, listener);
  onPooling();
  return () => {
    stopDrawing();
    for (const [key, listener] of listeners) model.off(`change:${key}`, listener);
  };
}

// ---- Small helpers ----

// The upstream gradient as a pattern or a painting has it, for so many outputs; as GradientPainter.dy.
function painted(pattern, seed, painting, rows, columns) {
  const values = new Float64Array(rows * columns),
    middle = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  let state = seed;
  for (let n = 0; n < values.length; n++) {
    const i = Math.floor(n / columns),
      j = n % columns;
    state = (state * 16807) % 2147483647;
    if (pattern === "one output") values[n] = n === middle ? 1 : 0;
    else if (pattern === "all ones") values[n] = 1;
    else if (pattern === "left and right") values[n] = Math.sign(columns - 1 - 2 * j);
    else if (pattern === "random") values[n] = (state % 7) - 3;
    else if (pattern === "painted" && painting) {
      values[n] =
        painting.values[
          Math.floor((i * painting.rows) / rows) * painting.columns + Math.floor((j * painting.columns) / columns)
        ];
    }
  }
  return values;
}

// The cells between two, so that a quick stroke leaves no gaps.
function line([i, j], [k, l]) {
  const steps = Math.max(Math.abs(k - i), Math.abs(l - j), 1);
  return Array.from({ length: steps + 1 }, (_, n) => [
    Math.round(i + ((k - i) * n) / steps),
    Math.round(j + ((l - j) * n) / steps),
  ]);
}

const part = (g, n) => (n === 1 ? show(g) : `${show(g)}/${n}`);
const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
// Thousands apart: 3,072.
const grouped = (number) => show(number).replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

export default { render };
