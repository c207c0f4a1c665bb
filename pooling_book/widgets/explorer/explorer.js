// The window explorer: an input, a window on it, the output, and the sum or maximum spelled out.
import { pool, readers, elementsUnder, parsePlane, show, clamp, extremes, put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { choice, labelled } from "../kit/controls.js";
import { decode, photoPicker } from "../kit/photo.js";
import { drawn } from "../kit/drawn.js";

const LARGEST_WINDOW = 16;
const STEP_MILLISECONDS = 700;
const SETTINGS = [
  "source",
  "numbers",
  "photo",
  "operation",
  "window",
  "stride",
  "padding",
  "dilation",
  "ceil_mode",
  "count_include_pad",
];
const MORE = ["selected", "covered"]; // what changes without a new computation

function render({ model, el, page }) {
  const get = (key) => model.get(key);
  const visited = new Set(); // the outputs that the window has stood on, by their flat position
  let initial = {}; // what Reset goes back to: the page's settings, or those of the link that opened it
  let plane = null,
    result = null,
    failure = "",
    hover = null,
    timer = null;

  const [schedule, stopDrawing] = drawn(el, () => draw());

  // ---- Model ----

  function set(changes) {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }

  const isNumbers = () => get("source") === "numbers";
  const settings = () => Object.fromEntries(SETTINGS.slice(3).map((key) => [key, get(key)]));

  // Read the source and pool it. What cannot be pooled leaves its reason in `failure`.
  function compute() {
    failure = "";
    result = null;
    try {
      const source = get("source");
      plane =
        source === "numbers"
          ? parsePlane(get("numbers"))
          : decode(source === "photo" ? get("photo") : get("images")[source]);
      result = pool(plane, settings());
    } catch (error) {
      failure = error.message;
    }
  }

  // The selected output. Settings may have left it outside; it is clamped here and not in the model,
  // which only what the reader does may change.
  const inside = ([i, j]) => [clamp(i, 0, result.rows - 1), clamp(j, 0, result.columns - 1)];
  const selection = () => inside(get("selected"));

  function select(i, j) {
    if (!result) return;
    const at = inside([i, j]);
    if (String(at) !== String(get("selected"))) set({ selected: at });
  }

  function step(by) {
    if (!result) return;
    const [i, j] = selection(),
      count = result.rows * result.columns;
    const next = (i * result.columns + j + by + count) % count;
    select(Math.floor(next / result.columns), next % result.columns);
  }

  // Visit the outputs one by one, and uncover each as its window arrives.
  function play(on) {
    on = on && result !== null;
    clearInterval(timer);
    timer = on ? setInterval(visit, STEP_MILLISECONDS) : null;
    if (on) {
      visited.clear();
      select(0, 0);
    }
    playButton.textContent = on ? "❚❚ Pause" : "▶ Play";
    sentence.setAttribute("aria-live", on ? "off" : "polite"); // a reader aloud must not be flooded
    follow();
  }

  // One window on, up to the last.
  function visit() {
    const last = result && String(selection()) === String([result.rows - 1, result.columns - 1]);
    if (!result || last) play(false);
    else step(1);
  }

  // While the explorer plays, or where the author or the reader asks for it, a number of the output stays
  // covered until its window has been visited. An image, of thousands of outputs, only while it plays.
  const covered = (i, j) => (timer !== null || (get("covered") && isNumbers())) && !visited.has(i * result.columns + j);

  // Change window, stride or dilation along one axis, or along both where they go together.
  function resize(key, axis, value) {
    const together = !apart.checked;
    const changed = get(key).map((old, a) => (together || a === axis ? value : old));
    const follows = key === "window" && String(get("stride")) === String(get("window"));
    set({ [key]: changed, ...(follows ? { stride: changed } : {}) });
  }

  // ---- Controls ----

  const source = choice(
    { onchange: () => set({ source: source.value }) },
    ["numbers", ...Object.keys(get("images")), "photo"].map((name) => [name, name === "photo" ? "your photo" : name]),
  );
  const ownPhoto = source.querySelector("[value=photo]");
  const photo = photoPicker(
    el,
    (image) => set({ photo: image, source: "photo" }),
    (problem) => refresh(problem),
  );
  const numbers = h("textarea", {
    rows: "6",
    spellcheck: "false",
    onchange: () => set({ numbers: numbers.value, source: "numbers" }),
  });
  const shuffle = h(
    "button",
    {
      type: "button",
      class: "pool-button",
      onclick: () => set({ numbers: shuffled(numbers.value), source: "numbers" }),
    },
    "Shuffle",
  );

  const operations = [
    ["max", "Maximum"],
    ["avg", "Average"],
  ].map(([value, text]) =>
    h(
      "button",
      { type: "button", class: "pool-button", "data-operation": value, onclick: () => set({ operation: value }) },
      text,
    ),
  );

  const padding = choice(
    {
      onchange: () =>
        set({
          padding:
            padding.value === "pairs"
              ? [
                  [1, 1],
                  [1, 1],
                ]
              : padding.value,
        }),
    },
    [
      ["valid", "valid"],
      ["same", "same"],
      ["pairs", "by hand"],
    ],
  );
  const sides = ["top", "bottom", "left", "right"].map((side, n) =>
    h("input", {
      type: "number",
      min: "0",
      max: "9",
      "aria-label": `padding, ${side}`,
      title: side,
      onchange: (event) => {
        const pairs = get("padding").map((pair) => [...pair]);
        pairs[n >> 1][n & 1] = clamp(Math.round(Number(event.target.value)) || 0, 0, 9);
        set({ padding: pairs });
      },
    }),
  );
  const sidesField = h(
    "div",
    { class: "pool-sides", role: "group", "aria-label": "Padding by hand" },
    ...sides.map((input) => h("label", {}, input.title, input)),
  );

  // A slider for each axis; the second one shows when rows and columns are set apart.
  const sliders = ["window", "stride", "dilation"].flatMap((key) =>
    [0, 1].map((axis) => {
      const value = h("b", {});
      const input = h("input", {
        type: "range",
        min: "1",
        max: key === "dilation" ? "4" : String(LARGEST_WINDOW),
        step: "1",
        oninput: () => resize(key, axis, Number(input.value)),
      });
      const name = h("span", {});
      return {
        key,
        axis,
        input,
        value,
        name,
        field: h("label", { class: "pool-field pool-slider" }, h("span", {}, name, " ", value), input),
      };
    }),
  );
  const slider = (key) => sliders.filter((one) => one.key === key).map((one) => one.field);

  const check = (text, props) => {
    const box = h("input", { type: "checkbox", ...props });
    return [box, h("label", { class: "pool-check" }, box, " ", text)];
  };
  const [apart, apartField] = check("rows and columns apart", { onchange: () => refresh() });
  const [ceilMode, ceilField] = check("ceil mode: keep a window that hangs over the end", {
    onchange: () => set({ ceil_mode: ceilMode.checked }),
  });
  const [cover, coverField] = check("cover each output until the window has been there", {
    onchange: () => {
      visited.clear();
      set({ covered: cover.checked });
    },
  });
  const [countPad, countField] = check("count padding as zeros", {
    onchange: () => set({ count_include_pad: countPad.checked }),
  });

  const playButton = h(
    "button",
    { type: "button", class: "pool-button pool-play", onclick: () => play(!timer) },
    "▶ Play",
  );
  const stepButton = (by, text, label) =>
    h(
      "button",
      {
        type: "button",
        class: "pool-button",
        "aria-label": label,
        title: label,
        onclick: () => {
          play(false);
          step(by);
        },
      },
      text,
    );

  const reset = h(
    "button",
    {
      type: "button",
      class: "pool-button",
      onclick: () => {
        play(false);
        apart.checked = false;
        set(initial);
      },
    },
    "Reset",
  );

  const keys =
    "arrow keys move the window, Home and End go to the first and the last, Shift and arrow keys point at an element";
  const input = new Board(`Input: ${keys}`),
    output = new Board(`Output: ${keys}`);
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const pointed = h("p", { class: "pool-pointed", "aria-live": "polite" });
  const warning = h("p", { class: "pool-warning", role: "alert" });
  const code = h("code", {});
  const link = h("a", { href: "#" }, "Link to these settings");

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-explorer pool-card" },
      h("p", { class: "pool-hint" }, "Drag the window, or pull its corner. Arrow keys move it, too."),
      panels,
      warning,
      sentence,
      pointed,
      h(
        "div",
        { class: "pool-transport" },
        stepButton(-1, "◀ Back", "Back: one window back"),
        playButton,
        stepButton(1, "Step ▶", "Step: one window on"),
        reset,
      ),
      h(
        "div",
        { class: "pool-controls" },
        labelled("Input", source),
        photo,
        h(
          "div",
          { class: "pool-field", role: "group", "aria-label": "Operation" },
          h("span", { "aria-hidden": "true" }, "Operation"),
          h("div", { class: "pool-segments" }, ...operations),
        ),
        labelled("Padding", padding),
        sidesField,
        h("div", { class: "pool-sliders" }, ...slider("window"), ...slider("stride")),
      ),
      h(
        "details",
        { class: "pool-more" },
        h("summary", {}, "More settings"),
        h("div", { class: "pool-controls" }, ...slider("dilation"), apartField, ceilField, countField, coverField),
        h("div", { class: "pool-own" }, labelled("Your own numbers (nan, inf and -inf too)", numbers), shuffle),
      ),
      h("p", { class: "pool-code" }, code),
      page ? h("p", { class: "pool-code" }, link) : null,
    ),
  );

  // ---- Pointer and keys ----

  // The selected window on the input: first position and span along each axis.
  const windowBox = () =>
    result.placed.map((along, axis) => ({
      start: selection()[axis] * along.stride - along.before,
      span: along.dilation * (along.window - 1) + 1,
    }));
  const reach = () => 14 / input.cell; // fingers are blunt
  // The corner's zone lies mostly outside, so that a small window can still be held by its middle.
  const onHandle = (at) =>
    windowBox().every(
      ({ start, span }, axis) =>
        at[axis] - start - span < reach() && start + span - at[axis] < Math.min(reach(), span / 6),
    );
  const inWindow = (at) =>
    windowBox().every(
      ({ start, span }, axis) => at[axis] > start - reach() / 2 && at[axis] < start + span + reach() / 2,
    );

  let drag = null;
  input.canvas.addEventListener("pointerdown", (event) => {
    if (!result || event.button) return;
    play(false);
    const at = input.at(event),
      box = windowBox();
    if (onHandle(at)) drag = { corner: box.map(({ start }) => start) };
    else if (inWindow(at))
      drag = { grip: box.map(({ start }, axis) => at[axis] - start) }; // keep hold of the point grabbed
    else if (event.pointerType !== "touch") drag = middle(box);
    else return; // a finger beside the window may scroll the page; a tap is a click, below
    input.canvas.setPointerCapture(event.pointerId);
    moveDrag(at);
  });
  const middle = (box) => ({ grip: box.map(({ span }) => span / 2) });

  function moveDrag(at) {
    if (drag.corner) return pullCorner(at);
    select(
      ...at.map((position, axis) =>
        Math.round((position - drag.grip[axis] + result.placed[axis].before) / result.placed[axis].stride),
      ),
    );
  }

  // The window reaches from where its corner was when the drag began to where the pointer is.
  function pullCorner(at) {
    const wanted = result.placed.map(({ dilation, size, before, after }, axis) => {
      const fits = get("padding") === "same" ? size : Math.floor((size + before + after - 1) / dilation) + 1;
      return clamp(Math.round((at[axis] - drag.corner[axis] - 1) / dilation) + 1, 1, Math.min(LARGEST_WINDOW, fits));
    });
    if (!apart.checked) wanted.fill(Math.max(...wanted));
    for (const axis of [0, 1]) if (result && wanted[axis] !== get("window")[axis]) resize("window", axis, wanted[axis]);
    if (result)
      select(...result.placed.map(({ stride, before }, axis) => Math.round((drag.corner[axis] + before) / stride)));
  }

  input.canvas.addEventListener("pointermove", (event) => {
    if (!result) return;
    const at = input.at(event);
    if (drag) return moveDrag(at);
    input.canvas.style.cursor = onHandle(at) ? "nwse-resize" : inWindow(at) ? "grab" : "crosshair";
    point({ input: at.map(Math.floor) });
  });
  for (const end of ["pointerup", "pointercancel"]) input.canvas.addEventListener(end, () => (drag = null));
  input.canvas.addEventListener("click", (event) => {
    if (event.pointerType !== "touch" || !result) return;
    drag = middle(windowBox());
    moveDrag(input.at(event));
    drag = null;
  });
  // A finger that holds the window moves it; only one beside it scrolls the page.
  input.canvas.addEventListener(
    "touchstart",
    (event) => {
      if (drag) event.preventDefault();
    },
    { passive: false },
  );

  output.canvas.addEventListener("pointermove", (event) => point({ output: output.at(event).map(Math.floor) }));
  output.canvas.addEventListener("click", (event) => {
    play(false);
    select(...output.at(event).map(Math.floor));
  });
  for (const { canvas } of [input, output]) {
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => point(null));
    canvas.addEventListener("keydown", (event) => {
      if (!result) return;
      const [i, j] = event.shiftKey
        ? (hover?.input ?? windowBox().map(({ start }) => Math.max(0, start)))
        : selection();
      const target = {
        ArrowUp: [i - 1, j],
        ArrowDown: [i + 1, j],
        ArrowLeft: [i, j - 1],
        ArrowRight: [i, j + 1],
        Home: [0, 0],
        End: [Infinity, Infinity],
      }[event.key];
      if (!target || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      play(false);
      if (event.shiftKey)
        point({ input: [clamp(target[0], 0, plane.rows - 1), clamp(target[1], 0, plane.columns - 1)] });
      else select(...target);
    });
  }
  function point(at) {
    hover = at;
    schedule();
  }

  // ---- Words ----

  // Show the settings as they are; `notice` is what else the reader should know.
  function refresh(notice = "") {
    compute();
    ownPhoto.hidden = ownPhoto.disabled = !get("photo");
    source.value = get("source");
    numbers.value = get("numbers");
    for (const button of operations)
      button.setAttribute("aria-pressed", String(button.dataset.operation === get("operation")));
    cover.checked = get("covered");
    for (const key of ["window", "stride", "dilation"]) if (get(key)[0] !== get(key)[1]) apart.checked = true;
    for (const { key, axis, input, value, name, field } of sliders) {
      input.value = get(key)[axis];
      const beside = key === "stride" && get("stride")[axis] === get("window")[axis];
      value.textContent = get(key)[axis] + (beside ? " = window" : "");
      name.textContent = capital(key) + (apart.checked ? [", rows", ", columns"][axis] : "");
      field.hidden = axis === 1 && !apart.checked;
    }
    const byHand = typeof get("padding") !== "string";
    padding.value = byHand ? "pairs" : get("padding");
    sidesField.hidden = !byHand;
    if (byHand) sides.forEach((side, n) => (side.value = get("padding")[n >> 1][n & 1]));
    ceilMode.checked = get("ceil_mode");
    countPad.checked = get("count_include_pad");
    countField.hidden = get("operation") === "max";
    put(warning, notice || failure);
    warning.hidden = !warning.textContent;
    code.textContent = call();
    follow();
  }

  // What follows the selected output: the picture and the link.
  function follow() {
    if (page) link.href = address();
    if (result) visited.add(selection()[0] * result.columns + selection()[1]);
    schedule();
  }

  // The pooling_lib call that does what the explorer shows; defaults are left out.
  function call() {
    const pair = ([a, b]) => (a === b ? String(a) : `(${a}, ${b})`);
    const named = [`window=${pair(get("window"))}`];
    if (String(get("stride")) !== String(get("window"))) named.push(`stride=${pair(get("stride"))}`);
    const pad = get("padding");
    if (pad !== "valid")
      named.push(pad === "same" ? 'padding="same"' : `padding=[${pad.map(([a, b]) => `(${a}, ${b})`).join(", ")}]`);
    if (String(get("dilation")) !== "1,1") named.push(`dilation=${pair(get("dilation"))}`);
    if (get("ceil_mode")) named.push("ceil_mode=True");
    if (get("operation") === "avg" && get("count_include_pad")) named.push("count_include_pad=True");
    return `${get("operation")}_pool(x, ${named.join(", ")})`;
  }

  // The output hovered over, if it may be seen, or else the selected one.
  function current() {
    const at = hover?.output;
    const there = at && at[0] >= 0 && at[1] >= 0 && at[0] < result.rows && at[1] < result.columns;
    return there && !covered(...at) ? at : selection();
  }

  function explain() {
    if (!result) return "";
    const [i, j] = current(),
      o = i * result.columns + j,
      isMax = get("operation") === "max";
    const elements = elementsUnder(plane, result.placed, i, j);
    const padded = elements.filter(({ kind }) => kind === "padding").length,
      over = elements.filter(({ kind }) => kind === "overhang").length;
    const counted = elements.filter(
      ({ kind }) => kind === "real" || (kind === "padding" && (isMax || get("count_include_pad"))),
    );
    const words = counted.map(({ kind, value }) => (kind === "padding" && isMax ? "−∞" : show(value)));
    if (words.length > 16) words.splice(8, words.length - 10, "…");
    const where = `Output (${i}, ${j}): `,
      is = show(result.values[o], 3);
    const left = [
      [padded && !isMax && !get("count_include_pad") ? padded : 0, "of padding"],
      [over, "hanging over"],
    ]
      .filter(([count]) => count)
      .map(([count, what]) => `${count} ${what} not counted`)
      .join("; ");
    if (isMax) {
      const at = result.where[o],
        row = Math.floor(at / plane.columns);
      return `${where}max(${words.join(", ")}) = ${is}, at row ${row}, column ${at - row * plane.columns}.${left ? ` (${left}.)` : ""}`;
    }
    const sum = counted.reduce((total, { value }) => total + value, 0);
    const terms = words.join(" + ").replaceAll("+ −", "− ");
    const worked = counted.length === 1 ? terms : `(${terms}) / ${counted.length} = ${show(sum)}`;
    return `${where}${worked} / ${counted.length} = ${is}.${left ? ` (${left}.)` : ""}`;
  }

  // The element pointed at, and who reads it.
  function explainElement() {
    const [row, column] = hover?.input ?? [-1, -1];
    if (!result || row < 0 || column < 0 || row >= plane.rows || column >= plane.columns) return "";
    const outputs = readers(result.placed[0], row).flatMap((i) =>
      readers(result.placed[1], column).map((j) => `(${i}, ${j})`),
    );
    if (outputs.length > 12) outputs.splice(5, outputs.length - 6, "…");
    const read = outputs.length
      ? `is read by ${outputs.length === 1 ? "output" : "outputs"} ${outputs.join(", ")}`
      : "is read by no window";
    return `Element (${row}, ${column}), ${show(plane.values[row * plane.columns + column])}, ${read}.`;
  }

  function address() {
    const url = new URL(location.href);
    url.hash = page.id;
    const query = new URLSearchParams({ explorer: page.id });
    for (const key of [...SETTINGS, ...MORE]) if (key !== "photo") query.set(key, JSON.stringify(get(key)));
    if (get("source") === "photo") query.delete("source");
    if (!isNumbers()) query.delete("numbers");
    url.search = query;
    return url.href;
  }

  // Take the settings that the page's address carries for this explorer; words of the wrong kind are left.
  function followAddress() {
    const query = new URLSearchParams(location.search);
    if (query.get("explorer") !== page.id) return;
    for (const key of [...SETTINGS, ...MORE]) {
      try {
        const value = JSON.parse(query.get(key));
        if (value !== null && VALID[key]?.(value, get("images"))) model.set(key, value);
      } catch {
        /* not JSON: keep the page's own setting */
      }
    }
  }

  // ---- Drawing ----

  function draw() {
    put(sentence, explain());
    put(pointed, explainElement());
    for (const one of [input, output]) one.figure.classList.toggle("pool-stale", !result);
    if (!result) return;
    const [vertical, horizontal] = result.placed;
    const ends = (along) => [
      -along.before,
      Math.max(
        along.size + along.after,
        (along.count - 1) * along.stride - along.before + along.dilation * (along.window - 1) + 1,
      ),
    ];
    const rows = ends(vertical),
      columns = ends(horizontal);
    const [inputCell, outputCell] = cellSizes(
      columns[1] - columns[0],
      Math.max(rows[1] - rows[0], columns[1] - columns[0]),
    );
    const fill = (board, shown, seen, word) =>
      isNumbers() ? board.numbers(shown, extremes(plane.values), seen, word) : board.image(shown, seen);

    input.frame(rows, columns, inputCell, [vertical, horizontal]);
    fill(input, plane, () => true, get("operation") === "max" ? "−∞" : get("count_include_pad") ? "0" : "");
    const [i, j] = current(),
      o = i * result.columns + j;
    const taps = elementsUnder(plane, result.placed, i, j),
      first = taps[0],
      last = taps[taps.length - 1];
    input.outline(first.row, first.column, last.row - first.row + 1, last.column - first.column + 1);
    if (String(get("dilation")) !== "1,1") for (const { row, column } of taps) input.mark(row, column, "window");
    if (get("operation") === "max")
      input.ring(Math.floor(result.where[o] / plane.columns), result.where[o] % plane.columns);
    input.handle(last.row + 1, last.column + 1, (last.column - first.column + 1) * input.cell);

    output.frame([0, result.rows], [0, result.columns], outputCell);
    fill(output, result, (row, column) => !covered(row, column));
    if (hover?.input)
      // the outputs that read the element pointed at
      for (const row of readers(vertical, hover.input[0]))
        for (const column of readers(horizontal, hover.input[1])) output.mark(row, column, "accent");
    output.outline(i, j);

    input.describe(`Input, ${plane.rows} × ${plane.columns}`, plane, isNumbers(), () => true);
    output.describe(
      `Output, ${result.rows} × ${result.columns}`,
      result,
      isNumbers(),
      (row, column) => !covered(row, column),
    );
  }

  // Widths of a cell of the input and of the output: beside each other where that leaves them large
  // enough, else below each other. Numbers keep one size; an image and its output one width.
  function cellSizes(across, longest) {
    const room = panels.clientWidth - 32,
      caption = 104,
      whole = (size) => Math.floor(size * devicePixelRatio) / devicePixelRatio;
    if (isNumbers()) {
      const beside = Math.min(room / (across + result.columns), (room - caption) / across);
      const cell = whole(Math.min(46, beside >= 26 ? beside : room / across));
      return [cell, cell];
    }
    const width = Math.min(320, room >= 480 ? room / 2 : room);
    return [width / longest, width / Math.max(result.rows, result.columns)];
  }

  // ---- Life ----

  if (page) followAddress();
  initial = Object.fromEntries([...SETTINGS, ...MORE].map((key) => [key, get(key)]));
  const onSettings = () => {
    visited.clear();
    refresh();
  };
  const onSelected = () => follow(),
    onCovered = () => refresh();
  for (const key of SETTINGS) model.on(`change:${key}`, onSettings);
  model.on("change:selected", onSelected);
  model.on("change:covered", onCovered);
  refresh();
  return () => {
    clearInterval(timer);
    stopDrawing();
    for (const key of SETTINGS) model.off(`change:${key}`, onSettings);
    model.off("change:selected", onSelected);
    model.off("change:covered", onCovered);
  };
}

// ---- Small helpers ----

const capital = (word) => word[0].toUpperCase() + word.slice(1);

// The numbers of a text in another order; a text that holds no plane stays as it is, for its error to be shown.
function shuffled(text) {
  if (!isPlane(text)) return text;
  const { rows, columns, values } = parsePlane(text);
  for (let n = values.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [values[n], values[other]] = [values[other], values[n]];
  }
  const word = (value) => (Number.isNaN(value) ? "nan" : String(value).replace("Infinity", "inf"));
  return Array.from({ length: rows }, (_, i) =>
    Array.from(values.slice(i * columns, (i + 1) * columns), word).join(" "),
  ).join("\n");
}

function isPlane(text) {
  try {
    return parsePlane(text).values.length <= 900;
  } catch {
    return false;
  }
}

// What a setting taken from an address must look like.
const isPair = (least, most) => (value) =>
  Array.isArray(value) && value.length === 2 && value.every((n) => Number.isInteger(n) && n >= least && n <= most);
const VALID = {
  source: (value, images) => value === "numbers" || Object.hasOwn(images, value),
  numbers: (value) => typeof value === "string" && isPlane(value),
  operation: (value) => value === "max" || value === "avg",
  window: isPair(1, LARGEST_WINDOW),
  stride: isPair(1, LARGEST_WINDOW),
  dilation: isPair(1, 4),
  padding: (value) =>
    value === "valid" || value === "same" || (Array.isArray(value) && value.length === 2 && value.every(isPair(0, 9))),
  ceil_mode: (value) => typeof value === "boolean",
  covered: (value) => typeof value === "boolean",
  count_include_pad: (value) => typeof value === "boolean",
  selected: isPair(0, 4096),
};

export default { render };
