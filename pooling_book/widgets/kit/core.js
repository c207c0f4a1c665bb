// What the widgets share: the arithmetic of pooling (pooling_lib is its reference) and a few DOM helpers.

// ---- Geometry: as pooling_lib.geometry, error messages included ----

// The windows along one axis: {size, window, stride, dilation, before, after, count}.
export function placeAxis(size, window, stride, padding, dilation, ceilMode, axis) {
  const span = dilation * (window - 1) + 1;
  let before, after, count;
  if (padding === "same") {
    count = Math.ceil(size / stride);
    const total = Math.max(0, (count - 1) * stride + span - size);
    before = Math.floor(total / 2);
    after = total - before;
  } else {
    [before, after] = padding === "valid" ? [0, 0] : padding;
    const room = size + before + after - span;
    count = (ceilMode ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
    // none starts in the end padding
    if (ceilMode) count = Math.min(count, Math.floor((size - 1 + before) / stride) + 1);
  }
  if (count < 1) {
    throw new Error(
      `window=${window} fits nowhere along spatial axis ${axis}: it spans ${span} (dilation=${dilation}), ` +
        `the axis has ` +
        `${size} + padding (${before}, ${after}) = ${size + before + after}; use a smaller window or more padding`,
    );
  }
  // one element has no gaps, however wide
  const placed = { size, window, stride, dilation: window > 1 ? dilation : 1, before, after, count };
  // only windows with wide gaps can step over the axis: of the others an end is empty first
  const asked = placed.dilation > size ? Array.from({ length: count }, (_, output) => output) : [0, count - 1];
  for (const output of asked) {
    if (covered(placed, output).every((position) => position < 0 || position >= size)) {
      throw new Error(
        `padding=${padding === "same" ? "'same'" : `(${before}, ${after})`} along spatial axis ${axis} ` +
          `leaves window ${output} (window=${window}, stride=${stride}, ` +
          `dilation=${dilation}) without a single real element; ` +
          `use ${padding === "same" ? "" : "less padding, "}a larger window or a smaller dilation`,
      );
    }
  }
  return placed;
}

// Positions of every element of window number `output`, those in the padding and the overhang too.
export function covered(placed, output) {
  const start = output * placed.stride - placed.before;
  return Array.from({ length: placed.window }, (_, tap) => start + tap * placed.dilation);
}

// The outputs along one axis whose window reads `position`.
export function readers(along, position) {
  const outputs = [];
  for (let output = 0; output < along.count; output++) {
    const offset = position - (output * along.stride - along.before);
    if (offset >= 0 && offset % along.dilation === 0 && offset / along.dilation < along.window) outputs.push(output);
  }
  return outputs;
}

// Rows and columns of windows for a plane of that size.
// settings: {operation: "max" | "avg", window, stride, dilation: [rows, columns],
//            padding: "valid" | "same" | [[before, after], [before, after]], ceil_mode, count_include_pad}
export function place(rows, columns, settings) {
  const { window, stride, dilation, padding, ceil_mode } = settings;
  if (ceil_mode && padding === "same") {
    throw new Error(
      "ceil_mode=True goes with padding 'valid' or pairs, not with padding='same', " +
        "which rounds the output size up already; drop one of the two",
    );
  }
  const pad = (axis) => (typeof padding === "string" ? padding : padding[axis]);
  return [rows, columns].map((size, axis) =>
    placeAxis(size, window[axis], stride[axis], pad(axis), dilation[axis], ceil_mode, axis),
  );
}

// ---- Pooling ----

// The elements under output (i, j), in row-major order: {row, column, kind, value} with kind
// "real", "padding" or "overhang" (what lies beyond the padding; never counted).
export function elementsUnder(plane, [vertical, horizontal], i, j) {
  const elements = [];
  const kind = (placed, position) =>
    position >= placed.size + placed.after ? "overhang" : position < 0 || position >= placed.size ? "padding" : "real";
  for (const row of covered(vertical, i)) {
    for (const column of covered(horizontal, j)) {
      const kinds = [kind(vertical, row), kind(horizontal, column)];
      const worst = kinds.includes("overhang") ? "overhang" : kinds.includes("padding") ? "padding" : "real";
      const value = worst === "real" ? plane.values[row * plane.columns + column] : 0;
      elements.push({ row, column, kind: worst, value });
    }
  }
  return elements;
}

// Pool one plane {rows, columns, values}: {rows, columns, values, where, counts, placed}.
// where: flat position of the first maximum; counts: the divisor of each average.
export function pool(plane, settings) {
  const placed = place(plane.rows, plane.columns, settings);
  const [vertical, horizontal] = placed;
  const size = vertical.count * horizontal.count;
  const values = new Float64Array(size),
    where = new Int32Array(size).fill(-1),
    counts = new Int32Array(size);
  const isMax = settings.operation === "max";
  const across = Array.from({ length: horizontal.count }, (_, j) => covered(horizontal, j));
  for (let i = 0, o = 0; i < vertical.count; i++) {
    const down = covered(vertical, i);
    for (let j = 0; j < horizontal.count; j++, o++) {
      let best = -Infinity,
        at = -1,
        total = 0,
        count = 0;
      for (const row of down) {
        if (row >= plane.rows + vertical.after) break; // overhang
        for (const column of across[j]) {
          if (column >= plane.columns + horizontal.after) break;
          const real = row >= 0 && row < plane.rows && column >= 0 && column < plane.columns;
          if (!real) {
            if (settings.count_include_pad) count++;
            continue;
          }
          const value = plane.values[row * plane.columns + column];
          total += value;
          count++;
          if (at < 0 || value > best || (Number.isNaN(value) && !Number.isNaN(best))) {
            best = value;
            at = row * plane.columns + column;
          }
        }
      }
      values[o] = isMax ? best : total / count;
      where[o] = at;
      counts[o] = count;
    }
  }
  return { rows: vertical.count, columns: horizontal.count, values, where, counts, placed };
}

// Settings of a pool whose window is square, with the usual rest.
export const squarePool = (operation, window, stride, padding) => ({
  operation,
  window: [window, window],
  stride: [stride, stride],
  padding,
  dilation: [1, 1],
  ceil_mode: false,
  count_include_pad: false,
});

// ---- Places on a plane ----

// Whether a place is on a plane; a place, kept on it: settings may have left it outside.
export const isOn = ([i, j], { rows, columns }) => i >= 0 && j >= 0 && i < rows && j < columns;
export const inside = ([i, j], { rows, columns }) => [clamp(i, 0, rows - 1), clamp(j, 0, columns - 1)];

// ---- Numbers, text and elements ----

export const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

// The smallest and the largest finite number.
export function extremes(values) {
  let low = Infinity,
    high = -Infinity;
  for (const value of values.filter(Number.isFinite)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return [low, high];
}

// A number as short text: at most `digits` decimals, a true minus sign, infinities and NaN by their signs.
export function show(value, digits = 2) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  return String(Number(value.toFixed(digits)) + 0).replace("-", "−");
}

// The same, thousands apart: 3,072. (The browser has a formatter of its own; the first use of it takes 30 ms.)
export const grouped = (number) => show(number).replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

// The same with its sign, plus too.
export const signed = (value, digits = 2) => (value > 0 ? "+" : "") + show(value, digits);

const MOST_SIDE = 64; // rows or columns of typed numbers

// A list in a random order.
export function shuffled(list) {
  const values = [...list];
  for (let n = values.length - 1; n > 0; n--) {
    const other = Math.floor(Math.random() * (n + 1));
    [values[n], values[other]] = [values[other], values[n]];
  }
  return values;
}

// A plane of numbers from text: one row a line, numbers apart by spaces or commas; nan, inf and -inf are welcome, and
// so is the minus sign that the book prints.
export function parsePlane(text) {
  const special = new Map([
    ["nan", NaN],
    ["inf", Infinity],
    ["+inf", Infinity],
    ["-inf", -Infinity],
  ]);
  const rows = text
    .replaceAll("−", "-")
    .split("\n")
    .map((line) =>
      line
        .trim()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .filter((row) => row.length);
  const [down, across] = [rows.length, Math.max(0, ...rows.slice(0, MOST_SIDE).map((row) => row.length))];
  if (down > MOST_SIDE || across > MOST_SIDE)
    throw new Error(
      `there are ${down} rows, and up to ${across} numbers in one; give at most ${MOST_SIDE} rows of ` +
        `${MOST_SIDE} numbers`,
    );
  const numbers = rows.map((row) =>
    row.map((word) => {
      const value =
        special.get(word.toLowerCase()) ??
        (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined);
      if (value === undefined)
        throw new Error(`“${word}” is not a number; write numbers with spaces between them, one row on each line`);
      return value;
    }),
  );
  if (!numbers.length) throw new Error("there is no number; write at least one");
  const short = numbers.findIndex((row) => row.length !== numbers[0].length);
  if (short >= 0)
    throw new Error(
      `row ${short} has ${numbers[short].length} numbers and row 0 has ${numbers[0].length}; give every row as many`,
    );
  return { rows: numbers.length, columns: numbers[0].length, values: Float64Array.from(numbers.flat()) };
}

// Change an element's text only if it differs: a live region is read aloud whenever its text is set.
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// A DOM element: h("button", {type: "button", onclick: f, "aria-label": "Play"}, "text", child, …).
// Properties that are functions become listeners; false and null are left out.
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  // JupyterLab must not take keys pressed in a widget for its own.
  if (["button", "input", "select", "textarea", "summary", "canvas"].includes(tag))
    element.dataset.lmSuppressShortcuts = "true";
  return element;
}

// `code` and *emphasis* as elements; the same pattern as inline() in markup.py.
export function inline(text) {
  return text
    .split(/(`[^`]+`|\*[^*\s][^*]*\*)/)
    .map((part, i) => (i % 2 ? h(part[0] === "`" ? "code" : "em", {}, part.slice(1, -1)) : part));
}
