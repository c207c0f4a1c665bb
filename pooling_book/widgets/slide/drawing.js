// The slide's four boards and its curve.
import { show } from "../kit/core.js";
import { drawSketch } from "../kit/sketch.js";
import { tint } from "../kit/tint.js";
import { FARTHEST, SHIFTS } from "./state.js";
import { COVERED_CHANGE, axisName, captions, changeName } from "./words.js";

const STRONG = 64; // grey levels of a change that is drawn at full strength
const NARROW = 340, // pixels of the curve's width, on a phone
  CURVE_HEIGHT = 150,
  LOW = 122, // its height there
  ROOM = [44, 10, 12, 36]; // pixels around the curve, for words

// boards: what the pool sees, the outputs, the same moved back, and their change; now: the shift that is shown,
// picture: all of the picture, at: where it is on its way to that shift; covered: whether the change is hidden.
export function drawBoards(boards, { now, picture, at, covered }) {
  const { plane, y, moved, back } = now,
    [input, output, aligned, changes] = boards,
    all = () => true;
  const side = Math.floor(input.figure.clientWidth) - 2;
  for (const board of boards) {
    const { rows, columns } = board === input ? plane : y;
    board.frame([0, rows], [0, columns], side / columns);
  }
  drawInput(input, picture, at);
  output.image(y, all);
  const from = y.values.map((_, n) => ((n % y.columns) + moved < y.columns ? y.values[n + moved] : 0));
  aligned.image({ rows: y.rows, columns: y.columns, values: from }, (_, column) => column + moved < y.columns);
  if (covered) changes.slant(...changes.box(0, 0, y.rows, y.columns));
  else drawChange(changes, back);
  // Columns that have no partner are hatched.
  for (const board of covered ? [aligned] : [aligned, changes])
    if (moved) board.slant(...board.box(0, back.columns, y.rows, y.columns - back.columns));
  frame(changes, y);

  captions(now).forEach((title, n) => {
    boards[n].describe(title, n ? y : plane, false);
    if (n) boards[n].canvas.setAttribute("aria-label", title);
  });
  changes.canvas.setAttribute("aria-label", covered ? COVERED_CHANGE : changeName(now));
}

// The part of the picture that the pool sees: at whole pixels, or between two on its way.
function drawInput(board, { rows, columns, values }, at) {
  const { context, cell } = board,
    edge = FARTHEST / 2;
  context.save();
  context.beginPath();
  context.rect(...board.box(board.top, board.left, board.bottom, board.right));
  context.clip();
  context.translate((at - FARTHEST) * cell, -edge * cell);
  board.image({ rows, columns, values }, () => true);
  context.restore();
}

// Each change as a tint, in a frame: none is the page's own colour.
function drawChange(board, { rows, columns, values }) {
  const strengths = Array.from(values, (value) => Math.round(255 * Math.min(1, value / STRONG)));
  tint(board, { rows, columns, strengths }, "window");
}
function frame(board, { rows, columns }) {
  board.context.strokeStyle = board.colors.border;
  board.context.lineWidth = 1;
  board.context.strokeRect(0.5, 0.5, ...board.box(0, 0, rows, columns).slice(2));
}

// The mean change at the shifts `shown`, moved back and left, on a scale that holds all from the start; over it what
// the reader has drawn: {places, heights, ...more of drawSketch}, or null.
export function drawCurve(plot, { values, shifts, shown, sketched }, width) {
  const most = Math.max(1, ...shifts.map(({ back, still }) => Math.max(back.mean, still)));
  const step = [1, 2, 5, 10, 20, 50, 100].find((size) => most / size <= 4) ?? 200,
    levels = Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
  plot.frame(width, width < NARROW ? LOW : CURVE_HEIGHT, ROOM, [0, FARTHEST], [0, levels.at(-1)]);
  const { colors } = plot;
  plot.beside(levels, show, "grey levels");
  for (const shift of SHIFTS) {
    if (shift % values.stride === 0) plot.light(() => plot.upright(shift, colors.border), 0.8);
    if (shift % 2 === 0) plot.small(String(shift), plot.x(shift), plot.bottom + 12);
  }
  plot.below([], show, axisName(width < NARROW));
  const points = (y) => shown.map((shift) => [shift, plot.x(shift), plot.y(y(shifts[shift]))]);
  drawPoints(
    plot,
    values,
    points(({ still }) => still),
    colors.window,
    false,
  );
  drawPoints(
    plot,
    values,
    points(({ back }) => back.mean),
    colors.accent,
    true,
  );
  if (sketched) drawSketch(plot, sketched.places, sketched.heights, sketched);
}

// The points of one series; neighbours are joined.
function drawPoints(plot, values, points, color, full) {
  points.forEach(([shift, ...to], n) => {
    if (n && points[n - 1][0] === shift - 1) plot.line([points[n - 1].slice(1), to], color, 2);
  });
  for (const [shift, ...at] of points) plot.dot(...at, color, full, shift === values.shift ? 6 : 4, 2);
}
