// What the sliding picture holds, and what follows from it. The arithmetic is that of slide/__init__.py.
import { blurPool, maxBlurPool } from "../kit/blur.js";
import { clamp, pool, squarePool } from "../kit/core.js";
import { planeOf } from "../kit/photo.js";
import { withTasks } from "../kit/tasks.js";
import { isList, isOneOf, isPhoto, isSource, isWhole } from "../kit/settings.js";

export const FARTHEST = 16; // pixels that the picture can be shifted
export const SHIFTS = Array.from({ length: FARTHEST + 1 }, (_, shift) => shift);
export const LARGEST = 8; // window and stride
export const OPERATIONS = [
  ["max", "maximum"],
  ["avg", "average"],
  ["subsample", "subsample"],
  ["blur", "blur (binomial)"],
  ["max_blur", "maximum, then blur"],
];

const isShift = isWhole(0, FARTHEST);

export const settings = withTasks({
  photo: isPhoto,
  source: isSource(),
  operation: isOneOf(...OPERATIONS.map(([name]) => name)),
  window: isWhole(1, LARGEST),
  stride: isWhole(1, LARGEST),
  shift: isShift,
  visited: isList(isShift, 0, FARTHEST + 1), // the shifts whose points are on the curve
});

// The shifts on the curve, in order.
export const visited = (values) => [...new Set([...values.visited, values.shift])].sort((a, b) => a - b);

// What the outputs of every shift follow from.
export const POOLED = ["images", "photo", "source", "operation", "window", "stride"];

// What changes with another pool or picture: a new curve begins.
export const newCurve = ({ shift }) => ({ visited: visited({ visited: [0], shift }) });

// The picture shifted to a place, as far as it goes.
export function shiftedTo(values, wanted) {
  const shift = clamp(Math.round(wanted), 0, FARTHEST);
  return shift === values.shift ? {} : { shift, visited: visited({ visited: visited(values), shift }) };
}

// The picture pooled at every shift, with its comparison: the curve's scale must not jump while its points come.
// {plane, y, moved, rest, back: the outputs moved back against the unshifted ones, still: those left where they stand}
export function pooledShifts(values) {
  const picture = planeOf(values);
  const planes = SHIFTS.map((shift) => seen(picture, shift));
  const outputs = planes.map((plane) => pooled(plane, values));
  return planes.map((plane, shift) => {
    const moved = Math.floor(shift / values.stride),
      y = outputs[shift];
    return {
      plane,
      y,
      moved,
      rest: shift % values.stride,
      back: difference(y, outputs[0], moved),
      still: difference(y, outputs[0], 0).mean,
    };
  });
}

// The part of a picture that the pool sees when the picture is shifted to the right.
export function seen({ rows, columns, values }, shift) {
  const height = rows - FARTHEST,
    width = columns - FARTHEST,
    part = new Float64Array(height * width);
  for (let n = 0; n < part.length; n++)
    part[n] = values[(FARTHEST / 2 + Math.floor(n / width)) * columns + FARTHEST - shift + (n % width)];
  return { rows: height, columns: width, values: part };
}

export function pooled(plane, { operation, window, stride }) {
  if (operation === "blur") return blurPool(plane, window, stride, "valid");
  if (operation === "max_blur") return maxBlurPool(plane, window, stride, "valid");
  const size = operation === "subsample" ? 1 : window;
  return pool(plane, squarePool(operation === "avg" ? "avg" : "max", size, stride, "valid"));
}

// Outputs moved back by `moved` places against the unshifted ones: {columns, values: absolute differences}, and what
// share of them is not 0, and their mean.
export function difference(y, y0, moved) {
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
