// The painter's two boards: what arrives at the input, and what the output sends.
import { elementsUnder, show } from "../kit/core.js";
import { tint } from "../kit/tint.js";
import { isNumbers, outputsOf } from "./state.js";
import { signed } from "./words.js";

// scene: what state.sent gives; at: the output shown; pointed: the element pointed at, or null; room: pixels across for
// both.
export function draw({ values, scene, at, pointed, input, output, room }) {
  const { plane, result, upstream, arrived } = scene,
    numbers = isNumbers(values);
  const [rows, columns] = result.placed.map(({ before, size, after }) => [-before, size + after]);
  const [inputCell, outputCell] = cellSizes(columns[1] - columns[0], rows[1] - rows[0], result, numbers, room);
  const fill = numbers ? fillNumbers : fillImage;

  input.frame(rows, columns, inputCell, result.placed);
  fill(input, plane, arrived.values, (n) => arrived.reached[n]);
  outlineWindow(input, plane, result, at);
  if (pointed) input.outline(...pointed);

  output.frame([0, result.rows], [0, result.columns], outputCell);
  fill(output, result, upstream, (n) => upstream[n] !== 0);
  if (pointed) for (const place of outputsOf(pointed, result.placed)) mark(output, ...place);
  output.outline(...at);

  const all = () => true,
    size = ({ rows, columns }) => `${rows} × ${columns}`;
  input.describe(`Input, ${size(plane)}: what arrives`, { ...plane, values: arrived.values }, numbers, all);
  output.describe(`Output, ${size(result)}: what is sent`, { ...result, values: upstream }, numbers, all);
}

function outlineWindow(input, plane, { placed }, at) {
  const taps = elementsUnder(plane, placed, ...at),
    first = taps[0],
    last = taps[taps.length - 1];
  input.outline(first.row, first.column, last.row - first.row + 1, last.column - first.column + 1);
}

// An image, dimmed, with a gradient over it: the larger, the stronger.
function fillImage(board, { rows, columns, values }, gradient) {
  const largest = gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0) || 1;
  const strengths = (sign) =>
    gradient.map((g) => (Math.sign(g) === sign ? 255 * (0.3 + (0.55 * sign * g) / largest) : 0));
  board.image({ rows, columns, values: values.map((value) => 92 + (value * 72) / 255) }, () => true);
  tint(board, { rows, columns, strengths: strengths(1) }, "positive");
  tint(board, { rows, columns, strengths: strengths(-1) }, "negative");
}

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
  const write = (text, size, top, color) => {
    context.font = `${Math.min(size, (cell * 1.25) / text.length)}px system-ui, sans-serif`;
    context.fillStyle = color;
    context.fillText(text, x + cell / 2 + 0.5, y + top);
  };
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colors.surface;
  context.fillRect(x, y, cell, cell);
  if (gradient !== null) {
    context.fillStyle = gradient === 0 ? colors.surface : colors[gradient > 0 ? "positive" : "negative"];
    context.fillRect(x, y + low, cell, cell - low);
  }
  context.lineWidth = 1;
  context.strokeStyle = colors.border;
  context.strokeRect(x + 0.5, y + 0.5, cell, cell);
  write(show(value), Math.min(16, cell * 0.34), gradient === null ? cell / 2 + 1 : low / 2 + 1.5, colors.text);
  if (gradient === null) return;
  const color = gradient > 0 ? colors["on-light"] : gradient < 0 ? colors["on-dark"] : colors.text;
  write(signed(gradient), Math.min(15, cell * 0.32), (low + cell) / 2 + 1, color);
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

// Widths of a cell of the input and of the output: beside each other where that leaves them large enough, else below
// each other. Numbers keep one size; an image and its output one width.
function cellSizes(across, down, result, numbers, room) {
  const space = room - 32,
    whole = (size) => Math.floor(size * devicePixelRatio) / devicePixelRatio;
  if (numbers) {
    const beside = space / (across + Math.max(result.columns, 4));
    const cell = whole(Math.min(50, beside >= 34 ? beside : space / across));
    return [cell, cell];
  }
  const width = Math.min(330, space >= 480 ? space / 2 : space);
  return [width / Math.max(down, across), width / Math.max(result.rows, result.columns)];
}
