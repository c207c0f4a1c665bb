// What the painter holds, and what follows from it: the pool, what is sent back, and where it arrives.
import { backward } from "../kit/backward.js";
import { isOn, parsePlane, pool, readers } from "../kit/core.js";
import { planeOf } from "../kit/photo.js";
import { isFlag, isOneOf, isPair, isPhoto, isRecord, isSource, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const LARGEST = 8; // of window and stride
export const PATTERNS = ["one output", "all ones", "left and right", "random", "clear"];
const MOST_SIDE = 256; // outputs along one axis of a painting
const MOST_SEED = 1000;
const LOWEST = -3, // of what a pattern or the brush sends,
  LETTERS = "abcdefg"; // and the letters that a painting has for it and the six numbers above it

// What a link and a reload keep.
export const settings = withTasks({
  photo: isPhoto,
  source: (value, state) => isSource(...Object.keys(state.grids))(value, state),
  operation: isOneOf("max", "avg"),
  window: isPair(1, LARGEST),
  stride: isPair(1, LARGEST),
  padding: isOneOf("valid", "same"),
  count_include_pad: isFlag,
  pattern: isOneOf(...PATTERNS, "painted"),
  seed: isWhole(1, MOST_SEED),
  painting: (value) => value === null || isPainting(value),
  selected: isPair(0, 4096),
});

// A letter for each output, row by row: it fits into an address, as a list of numbers would not.
const isPainting = (value) =>
  isRecord({
    rows: isWhole(1, MOST_SIDE),
    columns: isWhole(1, MOST_SIDE),
    values: (text) => typeof text === "string" && /^[a-g]+$/.test(text),
  })(value) && value.values.length === value.rows * value.columns;

// What the output follows from, and what the gradients do.
const POOL = ["operation", "window", "stride", "padding", "count_include_pad"];
export const POOLED = ["images", "grids", "source", "photo", ...POOL];
export const SENT = [...POOLED, "pattern", "seed", "painting"];

// Whether a grid of numbers is shown, and no image.
export const isNumbers = ({ source, grids }) => Object.hasOwn(grids, source);
const poolSettings = (values) => ({ ...values, dilation: [1, 1], ceil_mode: false });

// {plane, result: what core.pool makes of it, failure: ""}, or why it cannot be pooled.
export function pooled(values) {
  try {
    const plane = isNumbers(values) ? parsePlane(values.grids[values.source]) : planeOf(values);
    return { plane, result: pool(plane, poolSettings(values)), failure: "" };
  } catch (error) {
    return { plane: null, result: null, failure: error.message };
  }
}

// What is pooled, with `upstream`: what each output sends; and `arrived`: what came to each element, as `backward` has
// it.
export function sent(values, scene) {
  const { plane, result } = scene;
  if (!result) return { ...scene, upstream: null, arrived: null };
  const upstream = painted(values, result);
  return { ...scene, upstream, arrived: backward(plane, result, poolSettings(values), upstream) };
}

// The upstream gradient as a pattern or a painting has it, for so many outputs; as GradientPainter.dy.
export function painted({ pattern, seed, painting }, { rows, columns }) {
  const middle = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  let state = seed;
  const next = () => (state = (state * 16807) % 2147483647); // the same numbers in Python
  const old = (n, size, before) => Math.floor((n * before) / size);
  const value = {
    "one output": (i, j) => (i * columns + j === middle ? 1 : 0),
    "all ones": () => 1,
    "left and right": (_, j) => Math.sign(columns - 1 - 2 * j),
    random: () => (next() % 7) + LOWEST,
    painted: (i, j) => {
      const at = old(i, rows, painting.rows) * painting.columns + old(j, columns, painting.columns);
      return LETTERS.indexOf(painting.values[at]) + LOWEST;
    },
    clear: () => 0,
  }[pattern === "painted" && !painting ? "clear" : pattern];
  return Float64Array.from({ length: rows * columns }, (_, n) => value(Math.floor(n / columns), n % columns));
}

// ---- Changes, as settings ----

// These outputs, [row, column] each, send `value`; those beside the output are left out. No change where none is.
export function withPaint({ result: { rows, columns }, upstream }, places, value) {
  const values = Array.from(upstream);
  for (const [i, j] of places) if (isOn([i, j], { rows, columns })) values[i * columns + j] = value;
  if (values.every((one, n) => one === upstream[n])) return {};
  const letters = values.map((one) => LETTERS[one - LOWEST]).join("");
  return { painting: { rows, columns, values: letters }, pattern: "painted" };
}

// Another pattern; 'random' has other numbers each time.
export const withPattern = (pattern, now) =>
  pattern === "random" && now.pattern === "random" ? { pattern, seed: (now.seed % MOST_SEED) + 1 } : { pattern };

// Another window or stride; a stride that was the window stays the window.
export function resized({ window, stride }, key, size) {
  const follows = key === "window" && String(stride) === String(window);
  return { [key]: [size, size], ...(follows ? { stride: [size, size] } : {}) };
}

// ---- Places ----

export const middleOf = ({ rows, columns }) => [Math.floor(rows / 2), Math.floor(columns / 2)];

// The places between two, so that a quick stroke leaves no gaps.
export function line([i, j], [k, l]) {
  const steps = Math.max(Math.abs(k - i), Math.abs(l - j), 1);
  return Array.from({ length: steps + 1 }, (_, n) => [
    Math.round(i + ((k - i) * n) / steps),
    Math.round(j + ((l - j) * n) / steps),
  ]);
}

// The outputs that read an element, [row, column] each.
export function outputsOf([row, column], [vertical, horizontal]) {
  const columns = readers(horizontal, column);
  return readers(vertical, row).flatMap((i) => columns.map((j) => [i, j]));
}
