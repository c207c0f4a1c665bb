// The explorer's two boards: the input with the window on it, the output with what has been seen of it.
import { elementsUnder, extremes, readers } from "../kit/core.js";

// at: the output shown; pointed: the element of the input pointed at, if any; room: pixels across for both boards.
export function draw({ values, scene, at, pointed, covered, input, output, room }) {
  const { plane, result } = scene;
  for (const one of [input, output]) one.figure.classList.toggle("pool-stale", !result);
  if (!result) return;
  const isNumbers = values.source === "numbers";
  const fill = (board, shown, seen, word) =>
    isNumbers ? board.numbers(shown, extremes(plane.values), seen, word) : board.image(shown, seen);
  const seen = (i, j) => !covered(i, j);
  const [rows, columns] = result.placed.map(ends);
  const [inputCell, outputCell] = cellSizes(columns[1] - columns[0], rows[1] - rows[0], result, isNumbers, room);

  input.frame(rows, columns, inputCell, result.placed);
  fill(input, plane, () => true, paddingWord(values));
  drawWindow(values, scene, at, input);

  output.frame([0, result.rows], [0, result.columns], outputCell);
  fill(output, result, seen);
  if (pointed) markReaders(result.placed, pointed, output);
  output.outline(...at);

  input.describe(`Input, ${plane.rows} × ${plane.columns}`, plane, isNumbers, () => true);
  output.describe(`Output, ${result.rows} × ${result.columns}`, result, isNumbers, seen);
}

const paddingWord = ({ operation, count_include_pad }) => (operation === "max" ? "−∞" : count_include_pad ? "0" : "");

// From the first position that a window or the padding covers to beyond the last.
const ends = ({ before, size, after, count, stride, dilation, window }) => [
  -before,
  Math.max(size + after, (count - 1) * stride - before + dilation * (window - 1) + 1),
];

// The window with its corner to pull, its taps where they lie apart, and where the maximum is.
function drawWindow({ dilation, operation }, { plane, result }, [i, j], input) {
  const taps = elementsUnder(plane, result.placed, i, j),
    first = taps[0],
    last = taps[taps.length - 1];
  input.outline(first.row, first.column, last.row - first.row + 1, last.column - first.column + 1);
  if (String(dilation) !== "1,1") for (const { row, column } of taps) input.mark(row, column, "window");
  const where = result.where[i * result.columns + j];
  if (operation === "max") input.ring(Math.floor(where / plane.columns), where % plane.columns);
  input.handle(last.row + 1, last.column + 1, (last.column - first.column + 1) * input.cell);
}

function markReaders([vertical, horizontal], [row, column], output) {
  for (const i of readers(vertical, row)) for (const j of readers(horizontal, column)) output.mark(i, j, "accent");
}

// Widths of a cell of the input and of the output: beside each other where that leaves them large enough, else below
// each other. Numbers keep one size; an image and its output one width.
function cellSizes(across, down, result, isNumbers, room) {
  const space = room - 32,
    caption = 104,
    whole = (size) => Math.floor(size * devicePixelRatio) / devicePixelRatio;
  if (isNumbers) {
    const beside = Math.min(space / (across + result.columns), (space - caption) / across);
    const cell = whole(Math.min(46, beside >= 26 ? beside : space / across));
    return [cell, cell];
  }
  const width = Math.min(320, space >= 480 ? space / 2 : space);
  return [width / Math.max(down, across), width / Math.max(result.rows, result.columns)];
}
