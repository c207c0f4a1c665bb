// The explorer's two boards: the input with the window on it, the output with what has been seen of it.
import { clamp, elementsUnder, extremes, readers, show } from "../kit/core.js";
import { drawMarks } from "../kit/places.js";
import { winners } from "./arithmetic.js";

export const GAP = 10; // pixels between the grids
const CAPTION = 84, // what the output's caption needs
  WIDE = 400, // from here on there is more room downwards, too
  EDGES = 6, // what two canvases have beyond their cells
  IMAGE = 216, // an image
  LARGEST = 46, // a cell of numbers
  BESIDE = 28, // the least one with which the arithmetic stands between the grids
  WORDS = 76, // max, brackets and an equals sign
  LETTER = 9.3; // a digit of a wide font

// look: {values, scene, at: the output shown, pointed: the element pointed at, if any, uncovered: one that was asked
// about, if that is what is pointed at, covered(i, j), hides: of tasks.js, marks: of places.js, lit: the key of what a
// symbol points at, window: [row, column] of the window's corner by now, cells: of layoutOf}.
export function draw(look, input, output) {
  const { values, scene, cells, hides } = look,
    { plane, result } = scene;
  output.figure.hidden = !result;
  const isNumbers = values.source === "numbers";
  const fill = (board, shown, seen, word) =>
    isNumbers ? board.numbers(shown, extremes(plane.values), seen, word) : board.image(shown, seen);
  const [rows, columns] = result
    ? result.placed.map(ends)
    : [
        [0, plane.rows],
        [0, plane.columns],
      ];
  input.frame(rows, columns, cells.input, result?.placed);
  fill(input, plane, () => true, paddingWord(values));
  input.describe(`Input, ${plane.rows} × ${plane.columns}`, plane, isNumbers, () => true);
  if (!result) return;
  drawWindow(look, input);
  drawMarks(input, look.marks);
  if (look.uncovered) input.mark(...look.uncovered, "accent");

  const seen = (i, j) => !look.covered(i, j);
  if (hides.size) drawCovered(output, cells.output);
  else {
    output.frame([0, result.rows], [0, result.columns], cells.output);
    fill(output, result, seen);
    if (look.pointed && String(hides.element) !== String(look.pointed))
      markReaders(result.placed, look.pointed, output);
    output.outline(...look.at);
  }
  const size = hides.size ? "covered" : `${result.rows} × ${result.columns}`;
  output.describe(`Output, ${size}`, hides.size ? UNKNOWN : result, isNumbers, hides.size ? () => false : seen);
  if (look.lit) drawLit(look, input, output);
}

const paddingWord = ({ operation, count_include_pad }) => (operation === "max" ? "−∞" : count_include_pad ? "0" : "");
const UNKNOWN = { rows: 1, columns: 1, values: [NaN] };

// An output whose size is not told.
function drawCovered(output, cell) {
  const side = Math.max(40, 2 * cell);
  output.frame([0, 1], [0, 1], side);
  output.slant(0, 0, side, side);
  const { context, colors } = output;
  Object.assign(context, { textAlign: "center", textBaseline: "middle", fillStyle: colors.text });
  context.font = `bold ${side / 2}px system-ui, sans-serif`;
  context.fillText("?", side / 2, side / 2);
}

// From the first position that a window or the padding covers to beyond the last.
const ends = ({ before, size, after, count, stride, dilation, window }) => [
  -before,
  Math.max(size + after, (count - 1) * stride - before + dilation * (window - 1) + 1),
];
const spanOf = ({ dilation, window }) => dilation * (window - 1) + 1;

// The window with its corner to pull, its taps where they lie apart, and where the maximum is.
function drawWindow({ values, scene, at, window, hides }, input) {
  const { plane, result } = scene,
    [down, across] = result.placed.map(spanOf),
    [row, column] = window;
  input.outline(row, column, down, across);
  if (String(values.dilation) !== "1,1")
    for (const tap of elementsUnder(plane, result.placed, ...at)) input.mark(tap.row, tap.column, "window");
  if (values.operation === "max" && String(hides.output) !== String(at))
    winners(plane, result, at).forEach((place, n) => input.ring(...place, n > 0));
  input.handle(row + down, column + across, across * input.cell);
}

function markReaders([vertical, horizontal], [row, column], output) {
  for (const i of readers(vertical, row)) for (const j of readers(horizontal, column)) output.mark(i, j, "accent");
}

// What a symbol stands for. Its key: an element, "counted", "output", or a letter of the formula and its axis.
function drawLit({ lit, scene, at, hides, values }, input, output) {
  const { plane, result } = scene,
    { placed } = result;
  const [letter, only] = lit,
    axes = only ? [Number(only)] : [0, 1];
  if (lit === "output") return String(hides.output) === String(at) || hides.size || output.lit(...at);
  if (lit === "counted")
    return elementsUnder(plane, placed, ...at)
      .filter(counts(values))
      .forEach(({ row, column }) => input.lit(row, column));
  if (lit.includes(", ")) return input.lit(...lit.split(", ").map(Number));
  const start = at.map((n, axis) => n * placed[axis].stride - placed[axis].before),
    spans = placed.map(spanOf);
  const draws = {
    n: (axis) => input.lit(0, 0, ...(axis ? [1, plane.columns] : [plane.rows, 1])),
    o: (axis) => hides.size || output.lit(0, 0, ...(axis ? [1, result.columns] : [result.rows, 1])),
    p: (axis) => strips(placed, axis).forEach((strip) => input.lit(...strip)),
    k: (axis) => input.lit(...start, ...(axis ? [1, spans[1]] : [spans[0], 1])),
    s: (axis) => nextWindow(at, placed, axis, start, spans, input),
  };
  axes.forEach((axis) => draws[letter]?.(axis));
}

const counts =
  ({ count_include_pad }) =>
  ({ kind }) =>
    kind === "real" || (kind === "padding" && count_include_pad);

// The padding at the two ends of an axis, [row, column, rows, columns] each.
function strips(placed, axis) {
  const { before, size, after } = placed[axis],
    { before: start, size: side, after: end } = placed[1 - axis];
  const across = [-start, start + side + end];
  const strip = (from, length) => (axis ? [across[0], from, across[1], length] : [from, across[0], length, across[1]]);
  return [strip(-before, before), strip(size, after)].filter(([, , rows, columns]) => rows && columns);
}

// Where the window goes next along an axis, or came from, dashed.
function nextWindow(at, placed, axis, start, spans, input) {
  const { count, stride } = placed[axis],
    by = at[axis] + 1 < count ? stride : -stride;
  if (count === 1) return;
  input.context.setLineDash([6, 4]);
  input.outline(...start.map((from, n) => from + (n === axis ? by : 0)), ...spans);
  input.context.setLineDash([]);
}

// How large cells are, in pixels: {input, output, matrix: [across, down], beside}, for a room so many pixels wide.
// Arithmetic stands between the grids where that leaves cells large enough, else below. matrix: its rows and columns;
// longest: letters of the longest output.
export function layoutOf({ plane, result }, isNumbers, room, matrix, longest, isMax) {
  const whole = [
    [0, plane.rows],
    [0, plane.columns],
  ];
  const [down, across] = (result?.placed.map(ends) ?? whole).map(([from, to]) => to - from),
    [outDown, outAcross] = result ? [result.rows, result.columns] : [1, 1];
  const free = room - GAP - EDGES,
    cellHigh = isNumbers ? (room >= WIDE ? 28 : 26) : 20,
    [most, least, both] = room >= WIDE ? [232, 180, 320] : [150, 120, 220], // pixels of grids, and with what is below
    high = clamp(both - matrix.rows * cellHigh, least, most);
  if (!isNumbers) {
    const width = Math.min(IMAGE, free / 2); // the same for every window, which is pulled by its corner
    const [inside, outside] = [Math.max(down, across), Math.max(outDown, outAcross)];
    return {
      input: width / inside,
      output: width / outside,
      matrix: [matrix.columns > 3 ? 28 : 32, cellHigh],
      beside: false,
    };
  }
  const fit = (tall, ...widths) => {
    const cell = Math.min(LARGEST, tall / Math.max(down, outDown), ...widths);
    return Math.floor(cell * devicePixelRatio) / devicePixelRatio;
  };
  const words = WORDS + LETTER * (longest + (isMax ? 0 : 2 + String(result?.counts[0]).length)),
    left = free - GAP - words;
  const cell = fit(most, left / (across + matrix.columns + outAcross), (left - CAPTION) / (across + matrix.columns));
  if (result && cell >= BESIDE) return { input: cell, output: cell, matrix: [cell, cell], beside: true };
  const small = fit(high, free / (across + outAcross), (free - CAPTION) / across);
  return { input: small, output: small, matrix: [32, cellHigh], beside: false };
}

// The letters of the longest output.
export const longestOf = ({ values }) => values.reduce((most, value) => Math.max(most, show(value, 3).length), 1);
