// The stack calculator: layers one behind the other, the size formula filled in, and what one output sees of an image.
import { placeAxis, covered, clamp, put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button, choice, labelled } from "../kit/controls.js";
import { decode, photoPicker } from "../kit/photo.js";
import { drawn } from "../kit/drawn.js";

const MOST_LAYERS = 6;
const WATCHED = ["source", "photo", "layers", "layer", "selected"];

const poolOf = (window, stride = window) => ({ kind: "pool", window, stride, padding: "valid", dilation: 1 });
const convolution = (window, padding, dilation = 1) => ({ kind: "convolution", window, stride: 1, padding, dilation });
const PRESETS = {
  "one 2 × 2 pool": [poolOf(2)],
  "three 2 × 2 pools": [poolOf(2), poolOf(2), poolOf(2)],
  "overlap: three pools, window 3, stride 2": [poolOf(3, 2), poolOf(3, 2), poolOf(3, 2)],
  "gaps: two pools, window 2, stride 3": [poolOf(2, 3), poolOf(2, 3)],
  "LeNet-like: convolution 5, pool 2, twice": [convolution(5, "valid"), poolOf(2), convolution(5, "valid"), poolOf(2)],
  "VGG-like: two convolutions 3, pool 2, twice": [
    convolution(3, "same"),
    convolution(3, "same"),
    poolOf(2),
    convolution(3, "same"),
    convolution(3, "same"),
    poolOf(2),
  ],
  "dilated: convolutions 3, dilation 1, 2, 4": [
    convolution(3, "same", 1),
    convolution(3, "same", 2),
    convolution(3, "same", 4),
  ],
};

// ---- Arithmetic: as pooling_lib.geometry and pooling_lib.cost ----

// For each layer, along one axis: {placed, seen: the field before it, field: the one behind it}, or {error}, or
// {waits: number of the layer that does not fit}. A field is {size, jump, start}.
export function chain(size, layers) {
  const rows = [];
  let seen = { size: 1, jump: 1, start: 0 };
  for (const { window, stride, padding, dilation } of layers) {
    const failed = rows.findIndex((row) => row.error);
    if (failed >= 0) {
      rows.push({ waits: failed });
      continue;
    }
    try {
      const placed = placeAxis(
        size,
        window,
        stride,
        typeof padding === "string" ? padding : [padding, padding],
        dilation,
        false,
        0,
      );
      const field = {
        size: seen.size + (window - 1) * dilation * seen.jump,
        jump: seen.jump * stride,
        start: seen.start - placed.before * seen.jump,
      };
      rows.push({ placed, seen, field });
      [size, seen] = [placed.count, field];
    } catch (error) {
      rows.push({ error: error.message });
    }
  }
  return rows;
}

// In how many ways each real position of the image reaches output number `output` of the last of these rows.
export function ways(rows, output) {
  let reached = new Map([[output, 1]]);
  for (const { placed } of [...rows].reverse()) {
    const before = new Map();
    for (const [at, count] of reached) {
      for (const position of covered(placed, at)) {
        if (position >= 0 && position < placed.size) before.set(position, (before.get(position) ?? 0) + count);
      }
    }
    reached = before;
  }
  return reached;
}

// The size formula and the recursion of the receptive field with their numbers.
export function filled({ placed, seen, field }, padding) {
  const { size, window, stride, dilation, before, after, count } = placed;
  const formula =
    padding === "same"
      ? `⌈${size} / ${stride}⌉ = ${count}, with padding ${before} before and ${after} after`
      : `⌊(${size} + ${before} + ${after} − ${dilation}·(${window} − 1) − 1) / ${stride}⌋ + 1 = ${count}`;
  return [
    formula,
    `receptive field ${seen.size} + (${window} − 1)·${dilation}·${seen.jump} = ${field.size}, jump ${seen.jump}·${stride} = ${field.jump}`,
  ];
}

// ---- The widget ----

function render({ model, el, page }) {
  const get = (key) => model.get(key);
  const initial = Object.fromEntries(WATCHED.map((key) => [key, get(key)]));
  let image = null,
    rows = [],
    tinted = null,
    notice = "";
  const [schedule, stopDrawing] = drawn(el, () => draw());

  // ---- Model ----

  function set(changes) {
    notice = "";
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }

  function compute() {
    image = decode(get("source") === "photo" ? get("photo") : get("images")[get("source")]);
    rows = chain(image.rows, get("layers"));
  }

  // The layer looked at: the chosen one, or the last that fits; −1 if none does. As the selected output, it is
  // clamped here and not in the model, which only what the reader does may change.
  const shown = () => Math.min(get("layer"), rows.filter((row) => row.placed).length - 1);
  const selection = () => get("selected").map((place) => clamp(place, 0, rows[shown()].placed.count - 1));
  const starts = () => selection().map((place) => rows[shown()].field.start + place * rows[shown()].field.jump);

  function select(...at) {
    if (shown() < 0) return;
    const inside = at.map((place) => clamp(Math.round(place), 0, rows[shown()].placed.count - 1));
    if (String(inside) !== String(get("selected"))) set({ selected: inside });
  }

  // Change the layers, or which of them is looked at; the frame stays about where it is on the image.
  function change(layers, layer) {
    const middle = shown() < 0 ? null : starts().map((start) => start + rows[shown()].field.size / 2);
    const next = chain(image.rows, layers),
      last = Math.min(layer, next.filter((row) => row.placed).length - 1);
    const changes = { layers, layer };
    if (middle && last >= 0) {
      const {
        field: { start, size, jump },
        placed,
      } = next[last];
      changes.selected = middle.map((place) =>
        clamp(Math.round((place - start - size / 2) / jump), 0, placed.count - 1),
      );
    }
    set(changes);
  }
  const alter = (number, changes) =>
    change(
      get("layers").map((layer, n) => (n === number ? { ...layer, ...changes } : layer)),
      get("layer"),
    );

  // ---- Controls ----

  const source = choice(
    { onchange: () => set({ source: source.value }) },
    [...Object.keys(get("images")), "photo"].map((name) => [name, name === "photo" ? "your photo" : name]),
  );
  const ownPhoto = source.querySelector("[value=photo]");
  const photo = photoPicker(
    el,
    (taken) => set({ photo: taken, source: "photo" }),
    (problem) => {
      notice = problem;
      refresh();
    },
  );
  const preset = choice(
    {
      class: "pool-button pool-stack-preset",
      onchange: () => change(PRESETS[preset.value], PRESETS[preset.value].length - 1),
    },
    [...Object.keys(PRESETS).map((name) => [name, name]), ["", "your own"]],
  );
  const add = button("Add a layer", () => {
    const number = get("layers").length;
    change([...get("layers"), poolOf(2)], number);
    lines[number].boxes.kind.focus(); // it stands before the button, which may be off now
  });
  const reset = button("Reset", () => set(initial));

  const count = (most) => Array.from({ length: most }, (_, n) => [String(n + 1), String(n + 1)]);
  const group = `pool-stack-${Math.random().toString(36).slice(2)}`; // one choice among the layers of this widget
  const lines = Array.from({ length: MOST_LAYERS }, (_, number) => {
    const name = `layer ${number + 1}`;
    const control = (key, options, read = Number) => {
      const box = choice(
        { "aria-label": `${key}, ${name}`, onchange: () => alter(number, { [key]: read(box.value) }) },
        options,
      );
      return [key, box];
    };
    const boxes = Object.fromEntries([
      control(
        "kind",
        [
          ["pool", "pool"],
          ["convolution", "convolution"],
        ],
        String,
      ),
      control("window", count(11)),
      control("stride", count(4)),
      control(
        "padding",
        [["valid", "valid"], ["same", "same"], ...[1, 2, 3, 4, 5].map((n) => [String(n), `${n} at each end`])],
        (value) => (value === "valid" || value === "same" ? value : Number(value)),
      ),
      control("dilation", count(4)),
    ]);
    const radio = h("input", {
      type: "radio",
      name: group,
      "aria-label": `Look at ${name}`,
      onchange: () => change(get("layers"), number),
      "data-lm-suppress-shortcuts": "true",
    });
    const remove = button(
      "✕",
      () => {
        const layers = get("layers").filter((_, n) => n !== number);
        change(layers, clamp(get("layer") - (get("layer") > number ? 1 : 0), 0, layers.length - 1));
        lines[Math.min(number, layers.length - 1)].boxes.kind.focus(); // the button may be gone
      },
      { class: "pool-button pool-stack-remove", "aria-label": `Remove ${name}`, title: `Remove ${name}` },
    );
    const look = h("label", { class: "pool-check" }, radio, ` layer ${number + 1}`);
    const sizes = h("b", {}),
      formula = h("span", {}),
      field = h("span", {}),
      warning = h("p", { class: "pool-warning", role: "alert" });
    const said = h("p", { class: "pool-stack-said" }, sizes, formula, field);
    const words = { kind: "Kind", window: "Window", stride: "Stride", padding: "Padding", dilation: "Dilation" };
    const element = h(
      "div",
      { class: "pool-stack-layer", role: "group", "aria-label": `Layer ${number + 1}` },
      h(
        "div",
        { class: "pool-controls" },
        h("span", { class: "pool-stack-name" }, `Layer ${number + 1}`),
        ...Object.entries(boxes).map(([key, box]) => labelled(words[key], box)),
        remove,
      ),
      said,
      warning,
    );
    return { element, boxes, look, radio, remove, sizes, formula, field, said, warning };
  });

  const keys = "arrow keys move to the next output, Home and End go to the first and the last";
  const input = new Board(`Image: ${keys}`),
    output = new Board(`Outputs: ${keys}`);
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-stack pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Drag the frame over the image, or use the arrow keys. The stronger a pixel is tinted, the more paths lead from it to the output. (A path goes to an output of layer 1 that reads the pixel, from there to one of layer 2, and so on.) Hatched is what lies outside the image; outputs in the stronger blue see some of that.",
      ),
      panels,
      h(
        "div",
        { class: "pool-transport pool-stack-looks", role: "group", "aria-label": "Layer looked at" },
        h("span", { "aria-hidden": "true" }, "Look at"),
        ...lines.map((line) => line.look),
      ),
      trouble,
      sentence,
      h("div", { class: "pool-controls" }, labelled("Stack", preset), labelled("Image", source), photo),
      h("div", { class: "pool-stack-layers" }, ...lines.map((line) => line.element)),
      h("div", { class: "pool-transport" }, add, reset),
    ),
  );

  // ---- Pointer and keys ----

  const reach = () => 14 / input.cell; // fingers are blunt
  const inFrame = (at) =>
    starts().every(
      (start, axis) => at[axis] > start - reach() && at[axis] < start + rows[shown()].field.size + reach(),
    );

  let grip = null; // where in the frame the pointer holds it
  const follow = (at) =>
    select(...at.map((place, axis) => (place - grip[axis] - rows[shown()].field.start) / rows[shown()].field.jump));
  const middle = () => [0, 1].map(() => rows[shown()].field.size / 2);

  input.canvas.addEventListener("pointerdown", (event) => {
    if (shown() < 0 || event.button) return;
    const at = input.at(event);
    if (inFrame(at)) grip = starts().map((start, axis) => at[axis] - start);
    else if (event.pointerType !== "touch") grip = middle();
    else return; // a finger beside the frame may scroll the page; a tap is a click, below
    input.canvas.setPointerCapture(event.pointerId);
    follow(at);
  });
  input.canvas.addEventListener("pointermove", (event) => {
    if (shown() < 0) return;
    if (grip) follow(input.at(event));
    else input.canvas.style.cursor = inFrame(input.at(event)) ? "grab" : "crosshair";
  });
  for (const end of ["pointerup", "pointercancel"]) input.canvas.addEventListener(end, () => (grip = null));
  input.canvas.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || shown() < 0 || inFrame(input.at(event))) return;
    grip = middle();
    follow(input.at(event));
    grip = null;
  });
  input.canvas.addEventListener(
    "touchstart",
    (event) => {
      if (grip) event.preventDefault();
    },
    { passive: false },
  );
  output.canvas.addEventListener("click", (event) => select(...output.at(event).map(Math.floor)));

  for (const { canvas } of [input, output]) {
    canvas.addEventListener("keydown", (event) => {
      if (shown() < 0) return;
      const [i, j] = selection(),
        end = rows[shown()].placed.count - 1;
      const target = {
        ArrowUp: [i - 1, j],
        ArrowDown: [i + 1, j],
        ArrowLeft: [i, j - 1],
        ArrowRight: [i, j + 1],
        Home: [0, 0],
        End: [end, end],
      }[event.key];
      if (!target || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      select(...target);
    });
  }

  // ---- Words ----

  function refresh() {
    compute();
    const layers = get("layers");
    ownPhoto.hidden = ownPhoto.disabled = !get("photo");
    source.value = get("source");
    preset.value = Object.keys(PRESETS).find((name) => alike(PRESETS[name], layers)) ?? "";
    preset.lastElementChild.hidden = preset.value !== "";
    add.disabled = layers.length === MOST_LAYERS;
    put(trouble, notice);
    trouble.hidden = !notice;
    lines.forEach((line, number) => {
      const layer = layers[number],
        row = rows[number];
      line.element.hidden = line.look.hidden = !layer;
      if (!layer) return;
      for (const [key, box] of Object.entries(line.boxes)) {
        const value = String(layer[key]);
        if (![...box.options].some((option) => option.value === value)) box.append(h("option", { value }, value));
        box.value = value;
      }
      line.radio.checked = number === shown();
      line.radio.disabled = !row.placed;
      line.remove.disabled = layers.length === 1;
      const words = row.placed ? filled(row, layer.padding) : ["", ""];
      line.sizes.textContent = row.placed
        ? `${row.placed.size} → ${row.placed.count}`
        : row.error
          ? ""
          : `waits for layer ${row.waits + 1}`;
      [line.formula.textContent, line.field.textContent] = words;
      line.said.hidden = Boolean(row.error);
      put(line.warning, row.error ? `Layer ${number + 1} does not fit: ${row.error}` : "");
      line.warning.hidden = !row.error;
    });
    for (const one of [input, output]) one.figure.classList.toggle("pool-stack-stale", shown() < 0);
    schedule();
  }

  // What the selected output sees, in words.
  function explain(down, across) {
    const layer = shown(),
      { size } = rows[layer].field,
      [i, j] = selection(),
      [top, left] = starts();
    const from = (name, start) =>
      size === 1 ? `${name} ${signed(start)}` : `${name}s ${signed(start)} to ${signed(start + size - 1)}`;
    const inside = [top, left].map((start) => Math.min(start + size, image.rows) - Math.max(start, 0));
    const outside = inside.map((count, axis) => [size - count, ["row", "column"][axis]]).filter(([count]) => count);
    const lost = outside.map(([count, name]) => `${count} of its ${name}s`).join(" and ");
    const read = down.size * across.size,
      held = inside[0] * inside[1],
      [rowMost, columnMost] = [down, across].map((one) => Math.max(...one.values()));
    return [
      `Output (${i}, ${j}) of layer ${layer + 1} sees ${from("row", top)} and ${from("column", left)}: ${size} × ${size} ${size === 1 ? "pixel" : "pixels"}.`,
      lost &&
        `${lost} lie${outside.length === 1 && outside[0][0] === 1 ? "s" : ""} outside the image; ${held} of its ${size * size} pixels are there.`,
      read < held &&
        `Of the ${held} pixels inside it reads ${read}: rows ${listed(down)} and columns ${listed(across)}.`,
      rowMost * columnMost > 1
        ? `From the most strongly tinted pixel ${rowMost} · ${columnMost} = ${rowMost * columnMost} paths lead to it.`
        : "From each pixel it reads, one path leads to it.",
    ]
      .filter(Boolean)
      .join(" ");
  }

  // ---- Drawing ----

  function draw() {
    const layer = shown();
    if (layer < 0) {
      put(sentence, "No layer works with these settings, so there is no output to look at.");
      return;
    }
    const {
        placed: { count },
        field,
      } = rows[layer],
      side = image.rows,
      [i, j] = selection(),
      [top, left] = starts();
    const [down, across] = [i, j].map((place) => ways(rows.slice(0, layer + 1), place));
    put(sentence, explain(down, across));

    // The image, and as much around it as the frames of all outputs need.
    const low = Math.max(-side, Math.min(0, field.start)),
      high = Math.min(2 * side, Math.max(side, field.start + (count - 1) * field.jump + field.size));
    const room = panels.clientWidth - 2,
      beside = room >= 520;
    const width = Math.min(384, beside ? room * 0.6 : room),
      grid = Math.min(240, beside ? room * 0.34 : room);
    const around = { before: -low, size: side, after: high - side };
    input.frame([low, high], [low, high], width / (high - low), [around, around]);
    input.image(image, () => true);
    tint(down, across);
    input.outline(top, left, field.size, field.size);

    output.frame([0, count], [0, count], Math.min(44, grid / count));
    outputs(
      count,
      (place) => field.start + place * field.jump >= 0 && field.start + place * field.jump + field.size <= side,
    );
    output.outline(i, j);
    input.describe(`Image, ${side} × ${side}`, image, false);
    output.describe(
      `Outputs of layer ${layer + 1}, ${count} × ${count}`,
      { rows: count, columns: count, values: [] },
      false,
    );
  }

  // Every pixel that is read, the stronger the more paths lead from it.
  function tint(down, across) {
    const most = Math.max(...down.values()) * Math.max(...across.values()),
      side = image.rows;
    tinted ??= h("canvas", {});
    Object.assign(tinted, { width: side, height: side });
    const context = tinted.getContext("2d"),
      data = new ImageData(side, side);
    for (const [row, one] of down)
      for (const [column, other] of across) data.data[4 * (row * side + column) + 3] = 50 + (170 * one * other) / most;
    context.putImageData(data, 0, 0);
    context.globalCompositeOperation = "source-in";
    context.fillStyle = input.colors.window;
    context.fillRect(0, 0, side, side);
    input.context.imageSmoothingEnabled = false;
    input.context.drawImage(tinted, ...input.box(0, 0, side, side));
  }

  // The grid of outputs; those that see beyond the image have a stronger colour.
  function outputs(count, within) {
    const { context, colors, cell } = output,
      places = Array.from({ length: count }, (_, place) => place).filter(within);
    context.fillStyle = colors.accent;
    context.globalAlpha = 0.4;
    context.fillRect(...output.box(0, 0, count, count));
    if (places.length) {
      // they stand together
      const inner = output.box(places[0], places[0], places.length, places.length);
      context.clearRect(...inner);
      context.globalAlpha = 0.12;
      context.fillRect(...inner);
    }
    context.globalAlpha = 1;
    context.strokeStyle = colors.border;
    context.lineWidth = 1;
    context.beginPath();
    for (let line = 0; line <= count; line += cell >= 5 ? 1 : count) {
      const at = line * cell + 0.5,
        end = count * cell + 0.5;
      context.moveTo(at, 0.5);
      context.lineTo(at, end);
      context.moveTo(0.5, at);
      context.lineTo(end, at);
    }
    context.stroke();
  }

  // ---- Life ----

  const onChange = () => refresh();
  for (const key of WATCHED) model.on(`change:${key}`, onChange);
  refresh();
  return () => {
    stopDrawing();
    for (const key of WATCHED) model.off(`change:${key}`, onChange);
  };
}

const listed = (reached) => [...reached.keys()].sort((a, b) => a - b).join(", ");
const signed = (number) => String(number).replace("-", "−");
const alike = (some, others) =>
  some.length === others.length &&
  some.every((layer, n) => Object.keys(layer).every((key) => layer[key] === others[n][key]));

export default { render };
