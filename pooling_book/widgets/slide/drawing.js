// The slide's four boards and its curve.
import { show } from "../kit/core.js";
import { tint } from "../kit/tint.js";
import { FARTHEST, visited } from "./state.js";
import { captions, changeName, curveName } from "./words.js";

const STRONG = 64; // grey levels of a change that is drawn at full strength
const CURVE_HEIGHT = 170,
  ROOM = [44, 10, 12, 36]; // pixels around the curve, for words

// boards: what the pool sees, the outputs, the same moved back, and their change; now: the shift that is shown.
export function drawBoards(boards, now) {
  const { plane, y, moved, back } = now,
    [input, output, aligned, changes] = boards,
    all = () => true;
  const side = Math.floor(input.figure.clientWidth) - 2;
  for (const board of boards) {
    const { rows, columns } = board === input ? plane : y;
    board.frame([0, rows], [0, columns], side / columns);
  }
  input.image(plane, all);
  output.image(y, all);
  const from = y.values.map((_, n) => ((n % y.columns) + moved < y.columns ? y.values[n + moved] : 0));
  aligned.image({ rows: y.rows, columns: y.columns, values: from }, (_, column) => column + moved < y.columns);
  drawChange(changes, back);
  // Columns that have no partner are hatched.
  for (const board of [aligned, changes])
    if (moved) board.slant(...board.box(0, back.columns, y.rows, y.columns - back.columns));

  captions(now).forEach((title, n) => {
    boards[n].describe(title, n ? y : plane, false);
    if (n) boards[n].canvas.setAttribute("aria-label", title);
  });
  changes.canvas.setAttribute("aria-label", changeName(now));
}

// Each change as a tint, in a frame: none is the page's own colour.
function drawChange(board, { rows, columns, values }) {
  const strengths = Array.from(values, (value) => Math.round(255 * Math.min(1, value / STRONG)));
  tint(board, { rows, columns, strengths }, "window");
  board.context.strokeStyle = board.colors.border;
  board.context.lineWidth = 1;
  board.context.strokeRect(0.5, 0.5, ...board.box(0, 0, rows, columns).slice(2));
}

// The mean change at every shift that was visited, moved back and left; its scale holds all of them from the start.
export function drawCurve(plot, values, shifts, width) {
  const most = Math.max(1, ...shifts.map(({ back, still }) => Math.max(back.mean, still)));
  const step = [1, 2, 5, 10, 20, 50, 100].find((size) => most / size <= 4) ?? 200,
    levels = Array.from({ length: Math.ceil(most / step) + 1 }, (_, n) => n * step);
  plot.frame(width, CURVE_HEIGHT, ROOM, [0, FARTHEST], [0, levels.at(-1)]);
  const { colors } = plot;
  plot.beside(levels, show, "grey levels");
  for (let shift = 0; shift <= FARTHEST; shift++) {
    const x = plot.x(shift),
      whole = shift % values.stride === 0;
    if (whole) plot.light(() => plot.upright(shift, colors.border), 0.8);
    else
      plot.light(() =>
        plot.line(
          [
            [x, plot.bottom],
            [x, plot.bottom + 4],
          ],
          colors.border,
        ),
      );
    if (shift % 2 === 0) plot.small(String(shift), x, plot.bottom + 12);
  }
  plot.below([], show, "shift (pixels); upright lines: whole strides");
  drawPoints(plot, values, ({ still }) => plot.y(still), shifts, colors.window, false);
  drawPoints(plot, values, ({ back }) => plot.y(back.mean), shifts, colors.accent, true);
  plot.canvas.setAttribute("aria-label", curveName(values, shifts));
}

// The points of one series; neighbours are joined.
function drawPoints(plot, values, y, shifts, color, full) {
  const points = visited(values).map((shift) => [shift, plot.x(shift), y(shifts[shift])]);
  points.forEach(([shift, ...to], n) => {
    if (n && points[n - 1][0] === shift - 1) plot.line([points[n - 1].slice(1), to], color, 2);
  });
  for (const [shift, ...at] of points) plot.dot(...at, color, full, shift === values.shift ? 6 : 4, 2);
}
