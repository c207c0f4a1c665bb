// What the convolution holds, and what follows from it: no page, no drawing.
import { parsePlane } from "../kit/core.js";
import { planeOf } from "../kit/photo.js";
import { isFlag, isList, isNumber, isPair, isPhoto, isSource } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const SIDE = 3; // of window and filter
export const MOST = 99; // of a weight's size
export const TAPS = Array.from({ length: SIDE * SIDE }, (_, n) => [Math.floor(n / SIDE), n % SIDE]);

// What a link and a reload keep.
export const settings = withTasks({
  photo: isPhoto,
  source: isSource("numbers"),
  numbers: (value) => typeof value === "string" && read(value).failure === "",
  filter: isList(isList(isNumber(-MOST, MOST), SIDE, SIDE), SIDE, SIDE),
  relu: isFlag,
  selected: isPair(0, 4096),
});

// What the output follows from.
export const FILTERED = ["images", "photo", "source", "numbers", "filter", "relu"];

// A plane from typed numbers, {plane, failure: ""}, or why a window finds no room on it.
function read(numbers) {
  try {
    const plane = parsePlane(numbers);
    return { plane, failure: unfit(plane) };
  } catch (error) {
    return { plane: null, failure: error.message };
  }
}

function unfit({ rows, columns, values }) {
  if (Math.min(rows, columns) < SIDE)
    return `the input is ${rows} × ${columns}; a window of 3 × 3 needs at least ${SIDE} rows of ${SIDE} numbers`;
  return values.every(Number.isFinite) ? "" : "nan and inf cannot be added up; give finite numbers";
}

// {plane, result: {rows, columns, sums, values: the sums after the ReLU, if there is one}, failure: ""}, or why not.
export function filtered(values) {
  const { plane, failure } =
    values.source === "numbers" ? read(values.numbers) : { plane: planeOf(values), failure: "" };
  if (failure) return { plane: null, result: null, failure };
  const result = correlated(plane, values.filter);
  return { plane, result: { ...result, values: values.relu ? rectified(result.sums) : result.sums }, failure: "" };
}

// The weights laid on every window as they stand, not flipped: products, and their sum.
export function correlated({ rows, columns, values }, filter) {
  const [down, across] = [rows - SIDE + 1, columns - SIDE + 1],
    sums = new Float64Array(down * across);
  for (let i = 0, o = 0; i < down; i++)
    for (let j = 0; j < across; j++, o++)
      for (let r = 0; r < SIDE; r++)
        for (let c = 0; c < SIDE; c++) sums[o] += values[(i + r) * columns + j + c] * filter[r][c];
  return { rows: down, columns: across, sums };
}

const rectified = (sums) => sums.map((sum) => Math.max(0, sum));

// The nine numbers under the window of an output, with their weights and products.
export const taps = ({ columns, values }, filter, [i, j]) =>
  TAPS.map(([r, c]) => {
    const value = values[(i + r) * columns + j + c],
      weight = filter[r][c];
    return { value, weight, product: value * weight };
  });

export const flat = ([i, j], { columns }) => i * columns + j;

// The output so many steps on, row by row and round again.
export function stepped(at, by, { rows, columns }) {
  const count = rows * columns,
    next = (flat(at, { columns }) + by + count) % count;
  return [Math.floor(next / columns), next % columns];
}

// The filter with another weight at a place.
export const reweighted = (filter, [row, column], weight) =>
  filter.map((line, r) => line.map((old, c) => (r === row && c === column ? weight : old)));

// The name of a filter among those that have one, or null.
export const nameOf = (filter, filters) =>
  Object.keys(filters).find((name) => String(filters[name]) === String(filter)) ?? null;

const NEAR = 1e-9; // ninths do not add up to a whole number
export const isZero = (number) => Math.abs(number) < NEAR;
export const total = (filter) => filter.flat().reduce((sum, weight) => sum + weight, 0);
// Whether the map of an image is drawn by its signs: its filter gives 0 on even ground.
export const isSigned = (filter) => isZero(total(filter));
