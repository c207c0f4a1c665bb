// What the bins are laid over, where they lie, and what comes out. The arithmetic is that of bins/__init__.py.
import { binned, binsOf, resized, timesRead } from "../kit/bins.js";
import { clamp } from "../kit/core.js";
import { planeOf } from "../kit/photo.js";
import { isList, isNumber, isOneOf, isPair, isPhoto, isSource, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const MOST = 16; // rows or columns of the map
export const MOST_OUT = 7; // and of outputs
export const LEVELS = [4, 2, 1]; // of the pyramid
export const SAMPLES = 2; // of RoI align, for each bin and axis
export const POOLS = ["adaptive", "pyramid", "region"];
export const TENTHS = 10; // of a cell: the steps of the box

export const settings = withTasks({
  photo: isPhoto,
  source: isSource(),
  size: isPair(1, MOST),
  pool: isOneOf(...POOLS),
  operation: isOneOf("max", "avg"),
  outputs: isPair(1, MOST_OUT),
  level: isOneOf("all", ...LEVELS.map(String)),
  box: isList(isNumber(0, MOST), 4, 4), // top, left, bottom, right, in cells
  selected: isWhole(0, MOST_OUT ** 2 - 1), // the output that is looked at, by its number
});

// What the scene follows from.
export const POOLED = ["images", "photo", "source", "size", "pool", "operation", "outputs", "level", "box"];

// {plane: the map, levels: [{name, rows, columns, values, bins: [down, across], first: the number of its first output,
// shown}], times: how many bins that are shown read each row and each column, again: how many cells more than one bin
// reads, region: what only a box has, or null}
export function scene(values) {
  const plane = mapOf(values),
    { pool, outputs } = values,
    region = pool === "region" ? regionOf(values) : null;
  const sides = { adaptive: [outputs], pyramid: LEVELS.map((side) => [side, side]), region: [outputs] }[pool];
  let first = 0;
  const levels = sides.map((counts) => {
    const bins = counts.map((count, axis) =>
      region ? inBox(region.rounded[axis], count) : binsOf(values.size[axis], count),
    );
    const level = { ...binned(plane, bins, values.operation), bins, first, shown: isShown(values, counts) };
    first += level.values.length;
    return level;
  });
  const [{ bins }] = levels.filter(({ shown }) => shown);
  const times = bins.map((along, axis) => timesRead(along, values.size[axis]));
  const aligned = region && align(plane, region.box, values);
  return { plane, levels, times, again: countAgain(times), region: region && { ...region, ...aligned } };
}
const isShown = ({ pool, level }, [side]) => pool !== "pyramid" || level === "all" || Number(level) === side;

// The map: the picture in so many rows and columns.
export const mapOf = (values) => resized(planeOf(values), ...values.size);

// Cells that more than one bin reads: all but those whose row and column are read once.
function countAgain([rows, columns]) {
  const once = (times) => times.filter((time) => time === 1).length,
    read = (times) => times.filter(Boolean).length;
  return read(rows) * read(columns) - once(rows) * once(columns);
}

// ---- The box of a region ----

// The box as it is: on tenths, at least a cell each way, on the map. [[top, bottom], [left, right]]
export function regionOf({ box: [top, left, bottom, right], size }) {
  const tenths = [
    [top, bottom],
    [left, right],
  ].map(([from, to], axis) => {
    const [start, end] = [from, to].map((edge) => Math.floor(TENTHS * edge + 0.5)),
      most = TENTHS * size[axis],
      side = clamp(end - start, TENTHS, most),
      begin = clamp(start, 0, most - side);
    return [begin, begin + side];
  });
  const rounded = tenths.map((edges) => edges.map((edge) => Math.floor((edge + TENTHS / 2) / TENTHS)));
  return { tenths, box: tenths.map((edges) => edges.map((edge) => edge / TENTHS)), rounded };
}
export const boxOf = ([[top, bottom], [left, right]]) => [top, left, bottom, right].map((edge) => edge / TENTHS);

// RoI pool: the bins of a box whose edges are rounded to whole cells.
const inBox = ([from, to], count) =>
  binsOf(to - from, count).map(({ start, end }) => ({ start: start + from, end: end + from }));

// RoI align: samples between the cells, the same number in each bin; nothing is rounded. Cell n has its value at its
// middle, n + 1/2. {samples: [rows, columns] of each axis's samples, bin by bin, align: {rows, columns, values}}
export function align(plane, box, { outputs, operation }) {
  const samples = box.map((edges, axis) => samplesOf(edges, outputs[axis])),
    [rows, columns] = outputs,
    values = new Float64Array(rows * columns);
  for (let n = 0; n < values.length; n++) {
    const found = samples[0][Math.floor(n / columns)].flatMap((y) =>
      samples[1][n % columns].map((x) => between(plane, y, x)),
    );
    values[n] = operation === "max" ? Math.max(...found) : found.reduce((a, b) => a + b) / found.length;
  }
  return { samples, align: { rows, columns, values } };
}
const samplesOf = ([from, to], count) =>
  Array.from({ length: count }, (_, bin) =>
    Array.from({ length: SAMPLES }, (_, n) => from + ((bin + (n + 0.5) / SAMPLES) * (to - from)) / count),
  );

// The value between four cells; beyond the middle of the last ones it stays as it is there.
export function between({ rows, columns, values }, y, x) {
  const [top, down] = split(y, rows),
    [left, across] = split(x, columns),
    at = (row, column) => values[Math.min(row, rows - 1) * columns + Math.min(column, columns - 1)];
  const above = at(top, left) * (1 - across) + at(top, left + 1) * across,
    below = at(top + 1, left) * (1 - across) + at(top + 1, left + 1) * across;
  return above * (1 - down) + below * down;
}
function split(place, size) {
  const middle = clamp(place - 0.5, 0, size - 1),
    whole = Math.floor(middle);
  return [whole, middle - whole];
}

// One output while the box goes from the left end of the map to the right: [{left, pool, align}], a tenth each.
export function travelled(values, n) {
  const plane = mapOf(values),
    { tenths } = regionOf(values),
    side = tenths[1][1] - tenths[1][0];
  return Array.from({ length: TENTHS * values.size[1] - side + 1 }, (_, left) => {
    const moved = [tenths[0], [left, left + side]],
      there = { ...values, box: boxOf(moved) },
      { box, rounded } = regionOf(there),
      bins = rounded.map((edges, axis) => inBox(edges, values.outputs[axis]));
    const pool = binned(plane, bins, values.operation).values[n];
    return { left: left / TENTHS, pool, align: align(plane, box, values).align.values[n] };
  });
}

// By how many tenths the box has to go to the right until its rounded edges are others; null where the map ends first.
export function untilItJumps(values) {
  const { tenths, rounded } = regionOf(values),
    room = TENTHS * values.size[1] - tenths[1][1];
  for (let by = 1; by <= room; by++) {
    const box = boxOf([tenths[0], tenths[1].map((edge) => edge + by)]);
    if (String(regionOf({ ...values, box }).rounded) !== String(rounded)) return by;
  }
  return null;
}

// ---- Changes, as settings ----

export const sized = (size) => ({ size: size.map((side) => clamp(Math.round(side), 1, MOST)) });

// The box moved by tenths, down and to the right; as far as the map goes.
export function moved(values, by) {
  const { tenths } = regionOf(values);
  return placed(
    tenths.map(([from, to], axis) => {
      const step = clamp(Math.round(by[axis]), -from, TENTHS * values.size[axis] - to);
      return [from + step, to + step];
    }),
  );
}
// Its lower right corner pulled to tenths.
export function pulled(values, to) {
  const { tenths } = regionOf(values);
  return placed(
    tenths.map(([from], axis) => [from, clamp(Math.round(to[axis]), from + TENTHS, TENTHS * values.size[axis])]),
  );
}

const placed = (tenths) => ({ box: boxOf(tenths) });

// ---- Outputs by their numbers ----

// The output that is looked at, among those that are shown: {n, level, i, j}.
export function placeOf(n, { levels }) {
  const shown = levels.filter((one) => one.shown),
    has = (one) => n >= one.first && n < one.first + one.values.length,
    level = shown.find(has) ?? shown.at(n < shown[0].first ? 0 : -1),
    inside = clamp(n - level.first, 0, level.values.length - 1);
  return { n: level.first + inside, level, i: Math.floor(inside / level.columns), j: inside % level.columns };
}

// The cells that an output reads: {start, end} of rows and of columns.
export const cellsOf = ({ level: { bins }, i, j }) => [bins[0][i], bins[1][j]];

// The outputs, of the levels that are shown, that read a cell, as numbers.
export const readersOf = ({ levels }, [row, column]) =>
  levels
    .filter(({ shown }) => shown)
    .flatMap(({ bins, columns, first }) => {
      const reading = (along, at) => along.flatMap(({ start, end }, n) => (start <= at && at < end ? [n] : []));
      return reading(bins[0], row).flatMap((i) => reading(bins[1], column).map((j) => first + i * columns + j));
    });
