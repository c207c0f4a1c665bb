// The convolution's two boards: the input with the window on it, and the map of the sums.
import { clamp, extremes } from "../kit/core.js";
import { drawMarks } from "../kit/places.js";
import { tint } from "../kit/tint.js";
import { SIDE, TAPS, isSigned } from "./state.js";

const GAP = 10, // pixels between the boards
  EDGES = 6, // what two canvases have beyond their cells
  WIDE = 400, // from here on there is more room downwards, too
  LARGEST = 44, // a cell of numbers
  IMAGE = 216, // an image
  SIGNS = 30, // what stands between three matrices
  TOTAL = 84, // the sum beside them; on a phone it stands below
  MIDDLE = 128; // the grey of 0, where an image has both signs

// look: {values, scene, at: the output shown, isKnown(i, j), window: [row, column] of its corner by now, lit: the key
// of a weight that is pointed at, marks: of places.js, cells: of layoutOf}.
export function draw({ values, scene, at, isKnown, window, lit, marks, cells }, input, output) {
  const { plane, result } = scene,
    isNumbers = values.source === "numbers";
  input.frame([0, plane.rows], [0, plane.columns], cells.input);
  if (isNumbers) input.numbers(plane, extremes(plane.values), () => true, "");
  else input.image(plane, () => true);
  if (lit !== null) input.lit(...TAPS[lit].map((tap, axis) => at[axis] + tap));
  input.outline(...window, SIDE, SIDE);
  input.describe(`Input, ${plane.rows} × ${plane.columns}`, plane, isNumbers, () => true);

  output.frame([0, result.rows], [0, result.columns], cells.output);
  if (isNumbers) output.numbers(result, [0, 0], isKnown, "", shadeBySign(result.sums));
  else drawMap(output, values, result);
  output.outline(...at);
  drawMarks(output, marks);
  output.describe(`Output, ${result.rows} × ${result.columns}`, result, isNumbers, isKnown);
}

// How strong a number's shade is, and its colour: the same with and without the ReLU.
function shadeBySign(sums) {
  const most = sums.reduce((largest, sum) => Math.max(largest, Math.abs(sum)), 0) || 1;
  return (value) => [(0.36 * Math.abs(value)) / most, value < 0 ? "shade-negative" : "shade-positive"];
}

// The map of an image: grey, or on a middle grey the positive numbers light and the negative ones dark.
function drawMap(output, { filter }, { rows, columns, values, sums }) {
  const grey = (value) => clamp(Math.round(value), 0, 255);
  if (!isSigned(filter)) return output.image({ rows, columns, values: values.map(grey) }, () => true);
  output.image({ rows, columns, values: values.map(() => MIDDLE) }, () => true);
  const most = sums.reduce((largest, sum) => Math.max(largest, Math.abs(sum)), 0) || 1;
  for (const [sign, color] of [
    [1, "positive"],
    [-1, "negative"],
  ])
    tint(output, { rows, columns, strengths: values.map((v) => Math.max(0, (255 * sign * v) / most)) }, color);
}

// How large cells are, in pixels: {input, output, matrix: [across, down]}, for a room so many pixels wide.
export function layoutOf({ plane, result }, isNumbers, room) {
  const free = room - GAP - EDGES,
    tall = room >= WIDE ? 220 : 200,
    beside = room >= WIDE ? TOTAL : 0,
    matrix = [Math.floor(clamp((room - SIGNS - beside) / (3 * SIDE), 20, 40)), 28];
  if (!isNumbers) {
    const width = Math.min(IMAGE, free / 2);
    const largest = ({ rows, columns }) => Math.max(rows, columns);
    return { input: width / largest(plane), output: width / largest(result), matrix };
  }
  const cell = Math.min(LARGEST, tall / plane.rows, free / (plane.columns + result.columns));
  const whole = Math.floor(cell * devicePixelRatio) / devicePixelRatio;
  return { input: whole, output: whole, matrix };
}
