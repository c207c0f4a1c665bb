// What the explorer holds, and what follows from it: no page, no drawing.
import { pool, parsePlane, clamp, shuffled } from "../kit/core.js";
import { planeOf } from "../kit/photo.js";
import { isFlag, isOneOf, isPair, isEither, isList, isPhoto, isSource } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const LARGEST_WINDOW = 16;
export const MOST_PADDING = 9;

export const SIZES = ["window", "stride", "dilation"]; // one number for rows, one for columns

// What a link and a reload keep.
export const settings = withTasks({
  photo: isPhoto,
  source: isSource("numbers"),
  numbers: (value) => typeof value === "string" && isPlane(value),
  operation: isOneOf("max", "avg"),
  window: isPair(1, LARGEST_WINDOW),
  stride: isPair(1, LARGEST_WINDOW),
  padding: isEither(isOneOf("valid", "same"), isList(isPair(0, MOST_PADDING), 2, 2)),
  dilation: isPair(1, 4),
  ceil_mode: isFlag,
  count_include_pad: isFlag,
  covered: isFlag,
  selected: isPair(0, 4096),
});

const LOOKS = ["covered", "selected", "task", "attempts"]; // change nothing that is computed
// What the output follows from.
export const POOLED = ["images", ...Object.keys(settings).filter((key) => !LOOKS.includes(key))];

// {plane, result: what core.pool makes of it, failure: ""}, or why it cannot be pooled: then what there is of it.
export function pooled(values) {
  let plane = null;
  try {
    plane = values.source === "numbers" ? parsePlane(values.numbers) : planeOf(values);
    return { plane, result: pool(plane, values), failure: "" };
  } catch (error) {
    return { plane, result: null, failure: error.message };
  }
}

// The output so many steps on, row by row and round again.
export function stepped([i, j], by, { rows, columns }) {
  const count = rows * columns,
    next = (i * columns + j + by + count) % count;
  return [Math.floor(next / columns), next % columns];
}

// The window of an output on the input: first position and span along each axis.
export const windowBox = (at, placed) =>
  placed.map(({ stride, before, dilation, window }, axis) => ({
    start: at[axis] * stride - before,
    span: dilation * (window - 1) + 1,
  }));

// Where outputs are computed as the window arrives, a number stays covered until then: while the explorer plays, or
// where the author or the reader asks for it; an image, of thousands of outputs, only while it plays.
export const isCovered = ([i, j], { covered, source }, { columns }, playing, visited) =>
  (playing || (covered && source === "numbers")) && !visited.has(i * columns + j);

// Window, stride or dilation changed along one axis, or along both where they go together.
export function resized(values, key, axis, size, apart) {
  const changed = values[key].map((old, other) => (!apart || other === axis ? size : old));
  const follows = key === "window" && String(values.stride) === String(values.window);
  return { [key]: changed, ...(follows ? { stride: changed } : {}) };
}

// The window that reaches from its corner to a place: as large as fits, and square unless rows and columns are apart.
export function pulled(values, placed, corner, at, apart) {
  const sizes = placed.map(({ dilation, size, before, after }, axis) => {
    const fits = values.padding === "same" ? size : Math.floor((size + before + after - 1) / dilation) + 1;
    return clamp(Math.round((at[axis] - corner[axis] - 1) / dilation) + 1, 1, Math.min(LARGEST_WINDOW, fits));
  });
  return apart ? sizes : sizes.fill(Math.max(...sizes));
}

// The numbers of a text in another order; a text that holds no plane stays as it is, for its error to be shown.
export function reordered(text) {
  if (!isPlane(text)) return text;
  const plane = parsePlane(text);
  return textOf({ ...plane, values: shuffled(plane.values) });
}

// The numbers of a text with another one at a place.
export function edited(text, [row, column], value) {
  const plane = parsePlane(text);
  plane.values[row * plane.columns + column] = value;
  return textOf(plane);
}

// A plane as text, which parsePlane reads.
function textOf({ rows, columns, values }) {
  const word = (value) => (Number.isNaN(value) ? "nan" : String(value).replace("Infinity", "inf"));
  return Array.from({ length: rows }, (_, i) =>
    Array.from(values.slice(i * columns, (i + 1) * columns), word).join(" "),
  ).join("\n");
}

function isPlane(text) {
  try {
    parsePlane(text);
    return true;
  } catch {
    return false;
  }
}
