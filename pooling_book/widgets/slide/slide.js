// A picture slides under a fixed pool: its outputs, the same moved back, their change, and a curve of it.
import { pool, show, clamp, put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button, choice, labelled } from "../kit/controls.js";
import { decode, photoPicker } from "../kit/photo.js";
import { blurPool, maxBlurPool } from "../kit/blur.js";
import { drawn } from "../kit/drawn.js";

const FARTHEST = 16,
  LARGEST = 8,
  STEP_MILLISECONDS = 700;
const STRONG = 64; // grey levels of a change that is drawn at full strength
const SETTINGS = ["source", "photo", "operation", "window", "stride"],
  STATE = [...SETTINGS, "shift", "visited"];
const OPERATIONS = [
  ["max", "maximum"],
  ["avg", "average"],
  ["subsample", "subsample"],
  ["blur", "blur (binomial)"],
  ["max_blur", "maximum, then blur"],
];

// ---- Arithmetic: as pooling_lib.book.slide ----

// The part of a picture that the pool sees when the picture is shifted to the right.
function seen({ rows, columns, values }, shift) {
  const height = rows - FARTHEST,
    width = columns - FARTHEST,
    part = new Float64Array(height * width);
  for (let n = 0; n < part.length; n++)
    part[n] = values[(FARTHEST / 2 + Math.floor(n / width)) * columns + FARTHEST - shift + (n % width)];
  return { rows: height, columns: width, values: part };
}

function pooled(plane, { operation, window, stride }) {
  if (operation === "blur") return blurPool(plane, window, stride, "valid");
  if (operation === "max_blur") return maxBlurPool(plane, window, stride, "valid");
  const size = operation === "subsample" ? 1 : window;
  return pool(plane, {
    operation: operation === "avg" ? "avg" : "max",
    window: [size, size],
    stride: [stride, stride],
    dilation: [1, 1],
    padding: "valid",
    ceil_mode: false,
    count_include_pad: false,
  });
}

// Outputs moved back by `moved` places against the unshifted ones: {columns, values: absolute differences}, and what
// share of them is not 0, and their mean.
function difference(y, y0, moved) {
  const columns = y.columns - moved,
    values = new Float64Array(y.rows * columns);
  let changed = 0,
    total = 0;
  for (let n = 0; n < values.length; n++) {
    const row = Math.floor(n / columns),
      column = n % columns;
    values[n] = Math.abs(y.values[row * y.columns + column + moved] - y0.values[row * y.columns + column]);
    changed += values[n] > 0;
    total += values[n];
  }
  return { rows: y.rows, columns, values, changed: changed / values.length, mean: total / values.length };
}

// ---- The widget ----

function render({ model, el }) {
  const get = (key) => model.get(key);
  const initial = Object.fromEntries(STATE.map((key) => [key, get(key)]));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const [schedule, stopDrawing] = drawn(el, () => draw());
  let image = null,
    shifts = null,
    grip = null,
    timer = null,
    notice = "";

  function set(changes) {
    notice = "";
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }
  const settings = () => ({ operation: get("operation"), window: get("window"), stride: get("stride") });
  const change = (changes) => set({ ...changes, visited: [...new Set([0, get("shift")])] }); // another pool, another curve

  function shiftTo(wanted) {
    const shift = clamp(Math.round(wanted), 0, FARTHEST);
    if (shift === get("shift")) return;
    set({ shift, visited: [...new Set([...get("visited"), shift])].sort((a, b) => a - b) });
  }

  // Pool the picture at every shift: the curve's scale must not jump while its points come.
  function compute() {
    image = decode(get("source") === "photo" ? get("photo") : get("images")[get("source")]);
    const planes = Array.from({ length: FARTHEST + 1 }, (_, shift) => seen(image, shift));
    const outputs = planes.map((plane) => pooled(plane, settings()));
    shifts = planes.map((plane, shift) => {
      const moved = Math.floor(shift / get("stride")),
        y = outputs[shift];
      return {
        plane,
        y,
        moved,
        rest: shift % get("stride"),
        back: difference(y, outputs[0], moved),
        still: difference(y, outputs[0], 0).mean,
      };
    });
  }

  // ---- Controls ----

  const operation = choice({ onchange: () => change({ operation: operation.value }) }, OPERATIONS);
  const source = choice(
    { onchange: () => change({ source: source.value }) },
    [...Object.keys(get("images")), "photo"].map((name) => [name, name === "photo" ? "your photo" : name]),
  );
  const ownPhoto = source.querySelector("[value=photo]");
  const photo = photoPicker(
    el,
    (picture) => change({ photo: picture, source: "photo" }),
    (problem) => {
      notice = problem;
      schedule();
    },
  );
  const slider = (key, text, low, high, onvalue, more = "") => {
    const value = h("b", {});
    const input = h("input", {
      type: "range",
      min: String(low),
      max: String(high),
      step: "1",
      "aria-label": text,
      oninput: () => onvalue(Number(input.value)),
    });
    return {
      key,
      value,
      input,
      field: h("label", { class: `pool-field pool-slider ${more}` }, h("span", {}, `${text} `, value), input),
    };
  };
  const sliders = [
    slider("window", "Window", 1, LARGEST, (value) => change({ window: value })),
    slider("stride", "Stride", 1, LARGEST, (value) => change({ stride: value })),
    slider(
      "shift",
      "Shift",
      0,
      FARTHEST,
      (value) => {
        play(false);
        shiftTo(value);
      },
      "pool-slide-shift",
    ),
  ];
  const playButton = button("▶ Play", () => play(timer === null));
  const reset = button("Reset", () => {
    play(false);
    set(initial);
  });

  function play(on) {
    clearInterval(timer);
    timer = on
      ? setInterval(() => (get("shift") === FARTHEST ? play(false) : shiftTo(get("shift") + 1)), STEP_MILLISECONDS)
      : null;
    if (on) shiftTo(get("shift") === FARTHEST ? 0 : get("shift") + 1);
    playButton.textContent = on ? "❚❚ Pause" : "▶ Play";
    sentence.setAttribute("aria-live", on ? "off" : "polite"); // a reader aloud must not be flooded
    if (!on) schedule();
  }

  const boards = [
    "What the pool sees: arrow keys shift the picture, Home and End go to the first and the last shift",
    "Outputs",
    "Outputs, moved back",
    "Change",
  ].map((label) => new Board(label));
  const [input, output, aligned, changes] = boards;
  for (const { canvas } of [output, aligned, changes]) {
    canvas.removeAttribute("tabindex"); // nothing to do there
    canvas.setAttribute("role", "img");
  }
  for (const { caption } of boards) caption.removeAttribute("aria-live"); // the sentence says it
  const curve = h("canvas", { class: "pool-slide-curve", role: "img" });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-slide pool-card" },
      h("p", { class: "pool-hint" }, "Push the picture to the right, with the mouse, a finger or the arrow keys."),
      h("div", { class: "pool-slide-panels" }, ...boards.map(({ figure }) => figure)),
      sentence,
      h(
        "div",
        { class: "pool-controls" },
        sliders[2].field,
        h(
          "div",
          { class: "pool-transport" },
          button(
            "◀",
            () => {
              play(false);
              shiftTo(get("shift") - 1);
            },
            { "aria-label": "One pixel back", title: "one pixel back" },
          ),
          playButton,
          button(
            "▶",
            () => {
              play(false);
              shiftTo(get("shift") + 1);
            },
            { "aria-label": "One pixel on", title: "one pixel on" },
          ),
          reset,
        ),
      ),
      curve,
      h(
        "p",
        { class: "pool-slide-legend" },
        h("span", {}, "outputs moved back by whole strides"),
        h("span", { class: "pool-slide-still" }, "outputs left where they stand"),
      ),
      trouble,
      h(
        "div",
        { class: "pool-controls" },
        labelled("Pool", operation),
        labelled("Picture", source),
        photo,
        h("div", { class: "pool-sliders" }, sliders[0].field, sliders[1].field),
      ),
    ),
  );

  // ---- Pointer and keys ----

  input.canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    play(false);
    grip = input.at(event)[1] - get("shift");
    input.canvas.setPointerCapture(event.pointerId);
  });
  input.canvas.addEventListener("pointermove", (event) => {
    if (grip !== null) shiftTo(input.at(event)[1] - grip);
  });
  for (const end of ["pointerup", "pointercancel"]) input.canvas.addEventListener(end, () => (grip = null));
  input.canvas.addEventListener("keydown", (event) => {
    const now = get("shift"),
      target = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: FARTHEST }[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    play(false);
    shiftTo(target);
  });

  // ---- Words and pictures ----

  function explain() {
    const shift = get("shift"),
      stride = get("stride"),
      { y, moved, rest, back, still } = shifts[shift];
    const count = back.values.length,
      pixels = difference(shifts[shift].plane, shifts[0].plane, 0);
    const size = `${y.rows} × ${y.columns} outputs`;
    const places = (n) => (n === 1 ? "1 place" : `${n} places`);
    if (!shift) return `Not shifted: ${size}. Shift the picture by one pixel, and see how many of them change.`;
    const sum = `Shifted by ${shift} = ${moved} · ${stride} + ${rest}.`;
    const left = `Left where they stand, the outputs change by ${show(still, 1)}, and the pixels themselves by ${show(pixels.mean, 1)}.`;
    if (!rest)
      return `${sum} The same numbers, ${places(moved)} along: all ${count} outputs that have a partner are equal. ${left}`;
    const how = moved ? `Moved back by ${places(moved)}, ` : "Not even one stride: ";
    return `${sum} ${how}${show(100 * back.changed, 0)} % of the outputs have changed; on average an output changes by ${show(back.mean, 1)} grey levels. ${left}`;
  }

  function draw() {
    shifts ?? compute();
    ownPhoto.hidden = ownPhoto.disabled = !get("photo");
    source.value = get("source");
    operation.value = get("operation");
    playButton.hidden = calm.matches; // the step buttons are there
    put(trouble, notice);
    trouble.hidden = !notice;
    for (const { key, value, input: range, field } of sliders) {
      field.hidden = key === "window" && get("operation") === "subsample";
      range.value = value.textContent = get(key);
    }
    const { plane, y, moved, back } = shifts[get("shift")],
      y0 = shifts[0].y;
    put(sentence, explain());
    const side = Math.floor(input.figure.clientWidth) - 2;
    const size = ({ rows, columns }) => `${rows} × ${columns}`;
    const all = () => true;
    for (const [board, one] of [
      [input, plane],
      [output, y],
      [aligned, y],
      [changes, y],
    ])
      board.frame([0, one.rows], [0, one.columns], side / one.columns);
    input.image(plane, all);
    output.image(y, all);
    aligned.image(
      {
        rows: y.rows,
        columns: y.columns,
        values: y.values.map((_, n) => ((n % y.columns) + moved < y.columns ? y.values[n + moved] : 0)),
      },
      (_, column) => column + moved < y.columns,
    );
    strengths(back);
    for (const board of [aligned, changes]) missing(board, back.columns, y);
    input.describe(`What the pool sees, ${size(plane)}`, plane, false);
    output.describe(`Outputs, ${size(y)}`, y, false);
    aligned.describe(moved ? `Moved back by ${moved}` : "Not moved back", y, false);
    changes.describe("Change against shift 0", y0, false);
    for (const { canvas, caption } of [output, aligned, changes])
      canvas.setAttribute("aria-label", caption.textContent);
    changes.canvas.setAttribute(
      "aria-label",
      `Change against shift 0, ${show(100 * back.changed, 0)} % of the outputs`,
    );
    drawCurve();
  }

  // Each change as a tint: none is the page's own colour.
  function strengths(back) {
    const small = h("canvas", { width: back.columns, height: back.rows }),
      context = small.getContext("2d"),
      data = new ImageData(back.columns, back.rows);
    back.values.forEach((value, n) => (data.data[4 * n + 3] = Math.round(255 * Math.min(1, value / STRONG))));
    context.putImageData(data, 0, 0);
    context.globalCompositeOperation = "source-in";
    context.fillStyle = changes.colors.window;
    context.fillRect(0, 0, back.columns, back.rows);
    changes.context.imageSmoothingEnabled = false;
    changes.context.drawImage(small, ...changes.box(0, 0, back.rows, back.columns));
    changes.context.strokeStyle = changes.colors.border;
    changes.context.lineWidth = 1;
    changes.context.strokeRect(0.5, 0.5, ...changes.box(0, 0, back.rows, back.columns).slice(2));
  }

  // Columns that have no partner are hatched.
  function missing(board, from, { rows, columns }) {
    if (from === columns) return;
    board.slant(...board.box(0, from, rows, columns - from));
  }

  function drawCurve() {
    const ratio = devicePixelRatio || 1,
      width = curve.clientWidth,
      height = curve.clientHeight;
    if (!width) return;
    Object.assign(curve, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    const context = curve.getContext("2d"),
      { text, muted, border, accent, window: orange, surface } = input.colors;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const left = 44,
      right = 12,
      top = 10,
      bottom = 36,
      most = Math.max(1, ...shifts.map(({ back, still }) => Math.max(back.mean, still)));
    const step = [1, 2, 5, 10, 20, 50, 100].find((size) => most / size <= 4) ?? 200,
      high = step * Math.ceil(most / step);
    const x = (shift) => left + ((width - left - right) * shift) / FARTHEST,
      y = (value) => height - bottom - ((height - top - bottom) * value) / high;
    context.font = "12px system-ui, sans-serif";
    context.lineWidth = 1;
    context.strokeStyle = border;
    context.fillStyle = muted;
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (let value = 0; value <= high; value += step) {
      context.globalAlpha = value ? 0.35 : 1;
      line(context, left, y(value), width - right, y(value));
      context.globalAlpha = 1;
      context.fillText(show(value), left - 6, y(value));
    }
    context.textAlign = "center";
    for (let shift = 0; shift <= FARTHEST; shift++) {
      const whole = shift % get("stride") === 0;
      context.globalAlpha = whole ? 0.8 : 0.25;
      line(context, x(shift), y(0), x(shift), whole ? top : y(0) + 4);
      context.globalAlpha = 1;
      if (shift % 2 === 0) context.fillText(String(shift), x(shift), y(0) + 12);
    }
    context.fillText("shift (pixels); upright lines: whole strides", left + (width - left - right) / 2, height - 8);
    context.save();
    context.translate(10, (height - bottom + top) / 2);
    context.rotate(-Math.PI / 2);
    context.fillText("grey levels", 0, 0);
    context.restore();
    const visited = get("visited");
    for (const [colour, filled, value] of [
      [orange, false, ({ still }) => still],
      [accent, true, ({ back }) => back.mean],
    ]) {
      context.strokeStyle = context.fillStyle = colour;
      context.lineWidth = 2;
      for (const shift of visited)
        if (visited.includes(shift + 1))
          line(context, x(shift), y(value(shifts[shift])), x(shift + 1), y(value(shifts[shift + 1])));
      for (const shift of visited) {
        context.beginPath();
        context.arc(x(shift), y(value(shifts[shift])), shift === get("shift") ? 6 : 4, 0, 7);
        context.fillStyle = filled ? colour : surface;
        context.fill();
        context.stroke();
      }
    }
    context.fillStyle = text;
    curve.setAttribute(
      "aria-label",
      `Mean change against shift, moved back: ${visited.map((shift) => `${shift}: ${show(shifts[shift].back.mean, 1)}`).join(", ")}`,
    );
  }

  function line(context, x0, y0, x1, y1) {
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  }

  // ---- Life ----

  const onSettings = () => {
    shifts = null;
    schedule();
  };
  const listener = (key) => (SETTINGS.includes(key) ? onSettings : schedule);
  for (const key of STATE) model.on(`change:${key}`, listener(key));
  calm.addEventListener("change", schedule);
  schedule();
  return () => {
    clearInterval(timer);
    stopDrawing();
    calm.removeEventListener("change", schedule);
    for (const key of STATE) model.off(`change:${key}`, listener(key));
  };
}

export default { render };
