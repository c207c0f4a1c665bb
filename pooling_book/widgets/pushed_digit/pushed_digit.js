// Trained networks in the page: a digit is drawn or chosen and pushed around, and each network says what it reads.
import { pool, show, clamp, put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button } from "../kit/controls.js";
import { maxBlurPool } from "../kit/blur.js";
import { pushed, brushed, pushButtons, drawButton } from "../kit/digit.js";
import { drawn } from "../kit/drawn.js";

const SIDE = 28,
  INK = 255,
  FARTHEST = 8,
  CLASSES = 10;
const STATE = ["digit", "pixels", "pushed"];

// ---- Arithmetic: as pooling_lib.book.network ----

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// Numbers of two bytes each: a sign, five bits of exponent, ten of fraction.
function halves(text) {
  const data = bytes(text),
    view = new DataView(data.buffer);
  return Float64Array.from({ length: data.length / 2 }, (_, n) => {
    const bits = view.getUint16(2 * n, true),
      exponent = (bits >> 10) & 31,
      fraction = bits & 1023;
    return (bits >> 15 ? -1 : 1) * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : fraction * 2 ** -24);
  });
}

// {kind, blocks: [{kernel, bias, before, after}], dense: {kernel, bias}} from a network of the state.
function unpack({ pool: kind, channels, weights }) {
  const values = halves(weights);
  let at = 0;
  const take = (count) => values.subarray(at, (at += count));
  const blocks = channels.map((after, n) => {
    const before = n ? channels[n - 1] : 1;
    return { before, after, kernel: take(9 * before * after), bias: take(after) };
  });
  return { kind, blocks, dense: { kernel: take(channels.at(-1) * CLASSES), bias: take(CLASSES) } };
}

// A 3 x 3 convolution with zeros around the map, then ReLU; values lie as in (rows, columns, channels).
function convolve({ side, values }, { kernel, bias, before, after }) {
  const result = new Float64Array(side * side * after);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const out = (row * side + column) * after;
      for (let c = 0; c < after; c++) result[out + c] = bias[c];
      for (let tap = 0; tap < 9; tap++) {
        const i = row + Math.floor(tap / 3) - 1,
          j = column + (tap % 3) - 1;
        if (i < 0 || j < 0 || i >= side || j >= side) continue;
        for (let b = 0; b < before; b++) {
          const value = values[(i * side + j) * before + b],
            from = (tap * before + b) * after;
          if (value) for (let c = 0; c < after; c++) result[out + c] += value * kernel[from + c];
        }
      }
      for (let c = 0; c < after; c++) result[out + c] = Math.max(0, result[out + c]);
    }
  }
  return { side, channels: after, values: result };
}

// Every channel pooled by itself.
function pooledMaps({ side, channels, values }, kind) {
  const size = kind === "subsample" ? 1 : 2;
  const settings = {
    operation: kind === "average" ? "avg" : "max",
    window: [size, size],
    stride: [2, 2],
    dilation: [1, 1],
    padding: "same",
    ceil_mode: false,
    count_include_pad: false,
  };
  const planes = Array.from({ length: channels }, (_, c) => {
    const plane = {
      rows: side,
      columns: side,
      values: Float64Array.from({ length: side * side }, (_, n) => values[n * channels + c]),
    };
    return kind === "max-blur" ? maxBlurPool(plane, 2, 2, "same") : pool(plane, settings);
  });
  const after = planes[0].rows,
    result = new Float64Array(after * after * channels);
  planes.forEach((plane, c) => plane.values.forEach((value, n) => (result[n * channels + c] = value)));
  return { side: after, channels, values: result };
}

// What a network makes of an image of 0 to 1: the maps behind each pool, the logits, and the shares of the ten classes.
function forward({ kind, blocks, dense }, image) {
  const maps = [];
  let now = { side: SIDE, values: image };
  blocks.forEach((block, n) => {
    now = convolve(now, block);
    if (n < blocks.length - 1) maps.push((now = pooledMaps(now, kind)));
  });
  const { side, channels, values } = now,
    logits = Array.from(dense.bias);
  for (let c = 0; c < channels; c++) {
    let total = 0;
    for (let n = 0; n < side * side; n++) total += values[n * channels + c];
    for (let k = 0; k < CLASSES; k++) logits[k] += (total / side ** 2) * dense.kernel[c * CLASSES + k];
  }
  const most = Math.max(...logits),
    powers = logits.map((logit) => Math.exp(logit - most)),
    sum = powers.reduce((a, b) => a + b);
  return { maps, logits, shares: powers.map((power) => power / sum), verdict: logits.indexOf(most) };
}

// ---- The widget ----

function render({ model, el }) {
  const get = (key) => model.get(key);
  const initial = Object.fromEntries(STATE.map((key) => [key, get(key)]));
  const networks = get("networks").map((one) => ({ title: one.title, ...unpack(one) })),
    test = get("test");
  const [schedule, stopDrawing] = drawn(el, () => draw());
  let first = null,
    firstOf = null,
    grip = null; // what the networks say of the unpushed digit, and of which digit that is

  function set(changes) {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }
  const still = () => Array.from(bytes(get("pixels")));
  const seen = () => pushed(still(), SIDE, ...get("pushed"));
  const write = (values) => btoa(String.fromCharCode(...values));
  const label = () => (get("digit") < 0 ? null : test.labels[get("digit")]);

  function pushTo(...to) {
    const inside = to.map((by) => clamp(Math.round(by), -FARTHEST, FARTHEST));
    if (String(inside) !== String(get("pushed"))) set({ pushed: inside });
  }
  const push = (down, across) => pushTo(get("pushed")[0] + down, get("pushed")[1] + across);

  function next(by) {
    drawing.stop();
    const count = test.labels.length,
      digit = get("digit") < 0 ? (by > 0 ? 0 : count - 1) : (get("digit") + by + count) % count;
    set({ digit, pixels: test.pixels[digit], pushed: [0, 0] });
  }

  // ---- Controls ----

  const board = new Board("The digit: arrow keys push it, Home brings it back");
  const drawing = drawButton(board, {
    clear: () => set({ digit: -1, pixels: write(Array(SIDE ** 2).fill(0)), pushed: [0, 0] }),
    paint: ([row, column]) => {
      const [down, across] = get("pushed");
      set({ digit: -1, pixels: write(brushed(still(), SIDE, INK, [row - down, column - across], 1.9)) });
    },
    free: () => false,
  });
  const reset = button("Reset", () => {
    drawing.stop();
    set(initial);
  });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const columns = networks.map(({ title, blocks }) => {
    const name = h("b", {}),
      canvases = blocks.slice(1).map(() => h("canvas", { role: "img" }));
    const bars = Array.from({ length: CLASSES }, (_, k) => {
      const fill = h("i", {}),
        mark = h("b", {}),
        share = h("span", {});
      return {
        fill,
        mark,
        share,
        row: h(
          "div",
          { class: "pool-network-bar", role: "listitem" },
          h("span", {}, String(k)),
          h("span", { class: "pool-network-track", "aria-hidden": "true" }, fill, mark),
          share,
        ),
      };
    });
    const maps = h(
      "div",
      { class: "pool-network-maps" },
      ...canvases.flatMap((canvas, n) => [h("span", {}, `behind pool ${n + 1}`), canvas]),
    );
    return {
      name,
      canvases,
      bars,
      element: h(
        "div",
        { class: "pool-network-column", role: "group", "aria-label": title },
        h("p", {}, `${title}: `, name),
        maps,
        h("div", { class: "pool-network-bars", role: "list" }, ...bars.map(({ row }) => row)),
      ),
    };
  });

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-network pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Push the digit with the mouse, a finger or the arrow keys. Or press Draw, and write one of your own.",
      ),
      h(
        "div",
        { class: "pool-network-top" },
        h("div", { class: "pool-panels pool-network-digit" }, board.figure),
        h(
          "div",
          {},
          h(
            "div",
            { class: "pool-transport" },
            button("◀", () => next(-1), { "aria-label": "Previous test digit", title: "previous test digit" }),
            button("Next digit ▶", () => next(1)),
            drawing.element,
          ),
          h(
            "div",
            { class: "pool-transport", role: "group", "aria-label": "Push" },
            ...pushButtons(push),
            button("Push back", () => pushTo(0, 0)),
            reset,
          ),
          sentence,
        ),
      ),
      h("div", { class: "pool-network-columns" }, ...columns.map(({ element }) => element)),
      h(
        "p",
        { class: "pool-hint" },
        "Bars: what each network gives to the ten classes. The upright marks are what it gave before the push.",
      ),
    ),
  );

  // ---- Pointer and keys ----

  board.canvas.addEventListener("pointerdown", (event) => {
    if (event.button || drawing.pressed()) return;
    const [row, column] = board.at(event),
      [down, across] = get("pushed");
    grip = [row - down, column - across];
    board.canvas.setPointerCapture(event.pointerId);
  });
  board.canvas.addEventListener("pointermove", (event) => {
    if (grip) pushTo(...board.at(event).map((place, axis) => place - grip[axis]));
  });
  for (const end of ["pointerup", "pointercancel"]) board.canvas.addEventListener(end, () => (grip = null));
  board.canvas.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [] }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (step.length) push(...step);
    else pushTo(0, 0);
  });

  // ---- Words and pictures ----

  const percent = (share) => `${show(100 * share, 0)} %`;
  const all = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0]);

  function explain(values, found) {
    const [down, across] = get("pushed");
    if (!values.some(Boolean))
      return still().some(Boolean) ? "All ink has left the grid." : "The grid is empty: there is no digit to read.";
    const what = label() === null ? "Your digit" : `This ${label()}`;
    const ways = [
      [down, "down", "up"],
      [across, "to the right", "to the left"],
    ]
      .filter(([by]) => by)
      .map(([by, more, less]) => `${Math.abs(by)} ${by > 0 ? more : less}`);
    if (!ways.length)
      return `${what}, not pushed: ${all(networks.map(({ title }, n) => `${title} reads ${found[n].verdict} (${percent(found[n].shares[found[n].verdict])})`))}.`;
    const lost = values.reduce((a, b) => a + b) < still().reduce((a, b) => a + b) ? " Some ink has left the grid." : "";
    const of = (keep) =>
      networks
        .map(({ title }, n) => ({ title, was: first[n].verdict, is: found[n].verdict }))
        .filter(({ was, is }) => (was === is) === keep);
    const changed = of(false).map(({ title, was, is }) => `${title} (${was} before, ${is} now)`),
      kept = of(true).map(({ title, is }) => `${title} (${is})`);
    const shares = networks.map(
      ({ title }, n) =>
        `${title} from ${percent(first[n].shares[first[n].verdict])} to ${percent(found[n].shares[first[n].verdict])}`,
    );
    return `${what}, pushed ${ways.join(" and ")}.${lost} ${changed.length ? `Changed: ${all(changed)}. ` : ""}${kept.length ? `The same: ${all(kept)}. ` : ""}For the first reading: ${all(shares)}.`;
  }

  function draw() {
    if (firstOf !== get("pixels")) {
      const image = still().map((value) => value / INK);
      first = networks.map((network) => forward(network, image));
      firstOf = get("pixels");
    }
    const values = seen(),
      image = values.map((value) => value / INK);
    const found = get("pushed").some(Boolean) ? networks.map((network) => forward(network, image)) : first;
    put(sentence, explain(values, found));
    board.frame([0, SIDE], [0, SIDE], 8);
    board.context.strokeStyle = board.colors.border;
    board.context.strokeRect(0.5, 0.5, 8 * SIDE, 8 * SIDE);
    board.context.fillStyle = board.colors.text;
    tile(board.context, values, 0, 1, SIDE, INK, 0, 0, 8);
    board.describe(
      label() === null ? "Your digit, 28 × 28" : `A test digit, 28 × 28`,
      { rows: SIDE, columns: SIDE, values },
      false,
    );
    columns.forEach(({ name, canvases, bars }, n) => {
      const { maps, shares, verdict } = found[n];
      name.textContent = `reads ${verdict}`;
      name.dataset.changed = String(verdict !== first[n].verdict);
      maps.forEach((map, place) =>
        showMaps(
          canvases[place],
          map,
          first[n].maps[place],
          `${networks[n].title}: ${map.channels} feature maps behind pool ${place + 1}, ${map.side} × ${map.side}`,
        ),
      );
      bars.forEach(({ fill, mark, share, row }, k) => {
        fill.style.width = `${100 * shares[k]}%`;
        mark.style.left = `${100 * first[n].shares[k]}%`;
        share.textContent = percent(shares[k]);
        row.dataset.verdict = String(k === verdict);
      });
    });
  }

  // One channel as ink of different strength.
  function tile(context, values, channel, channels, side, top, x, y, cell) {
    for (let n = 0; n < side * side; n++) {
      const strength = values[n * channels + channel] / top;
      if (strength <= 0) continue;
      context.globalAlpha = Math.min(1, strength);
      context.fillRect(x + (n % side) * cell, y + Math.floor(n / side) * cell, cell, cell);
    }
    context.globalAlpha = 1;
  }

  // Feature maps side by side; full ink is the largest value of the unpushed digit's maps.
  function showMaps(canvas, { side, channels, values }, unpushed, words) {
    const ratio = devicePixelRatio || 1,
      across = channels <= 8 ? Math.min(4, channels) : 8,
      down = Math.ceil(channels / across);
    const width = canvas.parentElement.clientWidth,
      gap = 3,
      size = (width - gap * (across - 1)) / across,
      height = down * size + gap * (down - 1);
    canvas.setAttribute("aria-label", words);
    canvas.style.height = `${height}px`;
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const context = canvas.getContext("2d"),
      top = unpushed.values.reduce((a, b) => Math.max(a, b), 1e-9);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = board.colors.text;
    context.strokeStyle = board.colors.border;
    context.lineWidth = 1;
    for (let c = 0; c < channels; c++) {
      const x = (c % across) * (size + gap),
        y = Math.floor(c / across) * (size + gap);
      tile(context, values, c, channels, side, top, x, y, size / side);
      context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
    }
  }

  // ---- Life ----

  for (const key of STATE) model.on(`change:${key}`, schedule);
  schedule();
  return () => {
    stopDrawing();
    for (const key of STATE) model.off(`change:${key}`, schedule);
  };
}

export default { render };
