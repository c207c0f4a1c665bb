// The painter's two boards: what arrives at the input, and what the output sends.
import { elementsUnder, isOn, show, signed } from "../kit/core.js";
import { drawMarks } from "../kit/places.js";
import { tint } from "../kit/tint.js";
import { isNumbers, outputsOf } from "./state.js";
import { received, sends } from "./words.js";

const LEAST_LETTERS = 11, // pixels high: a number that would be smaller is left out
  LARGEST_CELL = 42,
  LARGEST_IMAGE = 250;

// scene: what state.sent gives; room: pixels across for both. seen: {at: the output shown; pointed: the element pointed
// at, or null; covered: whether what arrives is to be guessed; framed: the element that is asked about, or null;
// marks: the guess on the input}.
export function draw({ values, scene, seen, input, output, room }) {
  const { plane, result, upstream, arrived } = scene,
    { at, pointed, covered, framed, marks } = seen,
    numbers = isNumbers(values);
  const [rows, columns] = result.placed.map(({ before, size, after }) => [-before, size + after]);
  const [inputCell, outputCell] = cellSizes(columns[1] - columns[0], rows[1] - rows[0], result, numbers, room);
  const fill = numbers ? fillNumbers : fillImage;
  const nothing = arrived.values.map(() => 0);

  input.frame(rows, columns, inputCell, result.placed);
  fill(input, plane, covered ? nothing : arrived.values, (n) => !covered && arrived.reached[n]);
  outlineWindow(input, plane, result, at);
  for (const one of [framed, pointed]) if (one && isOn(one, plane)) input.outline(...one);
  drawMarks(input, marks);

  output.frame([0, result.rows], [0, result.columns], outputCell);
  fill(output, result, upstream, (n) => upstream[n] !== 0);
  if (pointed) for (const place of outputsOf(pointed, result.placed)) mark(output, ...place);
  output.outline(...at);

  const size = ({ rows, columns }) => `${rows} × ${columns}`;
  const all = () => true,
    inputWord = (n) => received(plane.values[n], covered ? null : arrived.values[n]);
  input.describe(`Input, ${size(plane)}: what arrives`, plane, numbers, all, inputWord);
  output.describe(`Output, ${size(result)}`, result, numbers, all, (n) => sends(result.values[n], upstream[n]));
}

function outlineWindow(input, plane, { placed }, at) {
  const taps = elementsUnder(plane, placed, ...at),
    first = taps[0],
    last = taps[taps.length - 1];
  input.outline(first.row, first.column, last.row - first.row + 1, last.column - first.column + 1);
}

// An image, dimmed, with a gradient over it: the larger, the stronger, up to 1, on both boards alike.
function fillImage(board, { rows, columns, values }, gradient) {
  const strengths = (sign) => gradient.map((g) => (Math.sign(g) === sign ? 255 * opacity(g) : 0));
  board.image({ rows, columns, values: values.map((value) => 92 + (value * 72) / 255) }, () => true);
  tint(board, { rows, columns, strengths: strengths(1) }, "positive");
  tint(board, { rows, columns, strengths: strengths(-1) }, "negative");
}

// How much a gradient other than 0 covers; as `tinted` in Python.
export const opacity = (gradient) => 0.3 + 0.55 * Math.min(1, Math.abs(gradient));

// Numbers, each with its gradient on a strip below it, where `over` says that one came.
function fillNumbers(board, { columns, values }, gradient, over) {
  board.hatch();
  values.forEach((value, n) =>
    drawNumber(board, Math.floor(n / columns), n % columns, value, over(n) ? gradient[n] : null),
  );
}

function drawNumber(board, row, column, value, gradient) {
  const { context, colors, cell } = board,
    [x, y] = board.box(row, column),
    low = cell * 0.52;
  const write = (text, middle, color) => {
    if (text === null) return;
    context.fillStyle = color;
    context.fillText(text, x + cell / 2 + 0.5, y + middle);
  };
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.font = `${Math.max(LEAST_LETTERS, Math.min(16, cell * 0.34))}px system-ui, sans-serif`;
  context.fillStyle = colors.surface;
  context.fillRect(x, y, cell, cell);
  const both = cell >= 2 * LEAST_LETTERS + 2; // there is room for two lines
  if (gradient !== null) {
    const top = both ? low : 0;
    context.fillStyle = gradient === 0 ? colors.surface : colors[gradient > 0 ? "positive" : "negative"];
    context.fillRect(x, y + top, cell, cell - top);
  }
  context.lineWidth = 1;
  context.strokeStyle = colors.border;
  context.strokeRect(x + 0.5, y + 0.5, cell, cell);
  if (both || gradient === null)
    write(
      fitting(context, cell, (n) => show(value, n)),
      gradient === null ? cell / 2 + 1 : low / 2 + 1.5,
      colors.text,
    );
  if (gradient === null) return;
  const color = gradient > 0 ? colors["on-light"] : gradient < 0 ? colors["on-dark"] : colors.text;
  write(
    fitting(context, cell, (n) => signed(gradient, n)),
    both ? (low + cell) / 2 + 1 : cell / 2 + 1,
    color,
  );
}

// A number with as many decimals as its cell has room for; null where there is none for it at all.
function fitting(context, cell, word) {
  return [2, 1].map(word).find((text) => context.measureText(text).width <= cell - 2) ?? null;
}

// A thin frame just within one cell, beside its numbers.
function mark(board, row, column) {
  for (const [width, color] of [
    [5, "surface"],
    [2, "accent"],
  ]) {
    board.context.lineWidth = width;
    board.context.strokeStyle = board.colors[color];
    board.context.strokeRect(...board.box(row, column, 1, 1, Math.min(3, board.cell / 6)));
  }
}

// Widths of a cell of the input and of the output, beside each other. Numbers keep one size; an image and its output
// one width.
function cellSizes(across, down, result, numbers, room) {
  const space = room - 22;
  if (numbers) {
    const cell = Math.min(LARGEST_CELL, LARGEST_IMAGE / down, space / (across + Math.max(result.columns, 2)));
    const whole = Math.floor(cell * devicePixelRatio) / devicePixelRatio;
    return [whole, whole];
  }
  const width = Math.min(LARGEST_IMAGE, space / 2);
  return [width / Math.max(down, across), width / Math.max(result.rows, result.columns)];
}
