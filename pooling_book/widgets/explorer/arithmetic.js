// The arithmetic between the two grids, as data: a window's small matrix, and the formula of the output's size.
import { elementsUnder, isOn, show } from "../kit/core.js";

const WHOLE = 5; // rows or columns that are all shown; of more, the first three and the last

// The places of the largest elements under an output, [row, column] each: more than one, where they tie.
export function winners(plane, result, at) {
  const real = elementsUnder(plane, result.placed, ...at).filter(({ kind }) => kind === "real"),
    most = Math.max(...real.map(({ value }) => value)); // NaN, where there is one
  return real.filter(({ value }) => value === most || Object.is(value, most)).map(({ row, column }) => [row, column]);
}

// What a key of a symbol says: an element of the input is "2, 3".
export const keyOf = (row, column) => `${row}, ${column}`;

// Where the n-th of so many rows is shown, and what is shown there: null for several that are left out.
const shownAt = (n, count) => (count <= WHOLE || n < 3 ? n : n === count - 1 ? WHOLE - 1 : 3);
const shown = (count) => (count <= WHOLE ? Array.from({ length: count }, (_, n) => n) : [0, 1, 2, null, count - 1]);

// The window of an output as rows of cells, {key, kind, text, name, value, row, column}. kind: as elementsUnder has it,
// or "gap" for what is left out; text: "" where nothing is counted.
export function matrix({ operation, count_include_pad }, { plane, result }, at) {
  const elements = elementsUnder(plane, result.placed, ...at),
    across = result.placed[1].window;
  const padding = operation === "max" ? "−∞" : count_include_pad ? "0" : "";
  function cell(n) {
    const { row, column, kind, value } = elements[n],
      text = { real: show(value), padding, overhang: "" }[kind];
    const outside = `${kind === "padding" ? "padding" : "beyond the padding"}, ${text || "not counted"}`;
    const name = kind === "real" ? `row ${row}, column ${column}` : outside;
    return { key: keyOf(row, column), kind, text, name, value, row, column };
  }
  const gap = (r, c) => ({ key: `gap ${r}, ${c}`, kind: "gap", text: r === null ? (c === null ? "⋱" : "⋮") : "⋯" });
  return shown(result.placed[0].window).map((r) =>
    shown(across).map((c) => (r === null || c === null ? gap(r, c) : cell(r * across + c))),
  );
}

// The cell of that matrix in which an element of the input stands, by its key, or null if the window lacks it.
export function cellOf(rows, { placed }, at, element) {
  const taps = element.map((position, axis) => {
    const { stride, before, dilation } = placed[axis];
    return (position - at[axis] * stride + before) / dilation;
  });
  const isUnder = taps.every((tap, axis) => Number.isInteger(tap) && tap >= 0 && tap < placed[axis].window);
  return isUnder ? rows[shownAt(taps[0], placed[0].window)][shownAt(taps[1], placed[1].window)].key : null;
}

// How the output's size follows: one line where rows and columns agree, else two. A line: {title, parts}, parts being
// words and symbols, {key, text, name}; a symbol's key is its letter, and its axis where there are two lines.
export function sizeLines({ padding, ceil_mode }, { placed }) {
  const lines = placed.map((along) => formula(along, padding, ceil_mode));
  const words = lines.map((line) => line.map((part) => part.text ?? part).join(""));
  const named = (line, axis, side) =>
    line.map((part) =>
      part.text ? { key: part.key + axis, text: part.text, name: `${part.text}, ${part.name(side)}` } : part,
    );
  if (words[0] === words[1]) return [{ title: "Size", parts: named(lines[0], "", "side") }];
  return lines.map((line, axis) => ({ title: ["Rows", "Columns"][axis], parts: named(line, axis, WORDS[axis]) }));
}
const WORDS = ["rows", "columns"];

function formula({ size, window, stride, dilation, before, after, count }, padding, ceil) {
  const symbol = (key, value, name) => ({ key, text: String(value), name });
  const n = symbol("n", size, (side) => `the input’s ${side}`),
    p = symbol("p", before + after, () => "the padding"),
    k = symbol("k", dilation * (window - 1) + 1, () => "the window’s span"),
    s = symbol("s", stride, () => "the stride"),
    o = symbol("o", count, (side) => `the output’s ${side}`);
  if (padding === "same") return ["⌈", n, " / ", s, "⌉ = ", o];
  const room = ["(", n, " + ", p, " − ", k, ") / ", s];
  if (!ceil) return ["⌊", ...room, "⌋ + 1 = ", o];
  const uncapped = Math.ceil((size + before + after - dilation * (window - 1) - 1) / stride) + 1;
  if (count === uncapped) return ["⌈", ...room, "⌉ + 1 = ", o];
  // none starts in the end padding
  return [
    "min(⌈",
    ...room,
    "⌉, ⌊(",
    n,
    " − 1 + ",
    symbol("p", before, () => "the padding before"),
    ") / ",
    s,
    "⌋) + 1 = ",
    o,
  ];
}

// The symbols that light up when the picture is pointed at: an element of the input, or an output.
export function pointedKeys(rows, scene, at, hover) {
  const axes = (letter) => [letter, `${letter}0`, `${letter}1`];
  if (hover?.output) return String(hover.output) === String(at) ? ["output", ...axes("o")] : axes("o");
  if (!hover?.input) return [];
  const { plane, result } = scene;
  const under = cellOf(rows, result, at, hover.input);
  if (under) return [under, ...axes("k")];
  if (isOn(hover.input, plane)) return axes("n");
  const isPadding = hover.input.every((position, axis) => {
    const { before, size, after } = result.placed[axis];
    return position >= -before && position < size + after;
  });
  return isPadding ? axes("p") : [];
}
