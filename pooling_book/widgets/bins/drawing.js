// The map with its bins, the outputs beside it, and what becomes of one output while a box goes across the map.
import { extremes, show } from "../kit/core.js";
import { ticks } from "../kit/plot.js";
import { MOST, cellsOf } from "./state.js";
import { mapTitle, outputTitle, travelName } from "./words.js";

const WIDE = 400, // pixels of the panels, from here on
  MAP = { wide: 232, narrow: 150 }, // the room for the largest map
  LARGEST = 46, // a cell of outputs
  HALO = 2, // pixels that a line's ground reaches beyond it
  HATCH = 8, // between the lines that mark what is read more than once
  LEGIBLE = 11, // a smaller cell of outputs has no number
  PALE = 117; // from this grey on, text is dark
const CHART = { wide: 118, narrow: 104, room: [34, 8, 10, 36] };

export const isWide = (room) => room >= WIDE;
export const mapCell = (room) => Math.floor((isWide(room) ? MAP.wide : MAP.narrow) / MOST);

// seen: {at: of placeOf, pointed: a cell, covered}
export function drawMap(board, values, scene, seen, room) {
  const { plane, region, levels, times } = scene,
    { at, pointed, covered } = seen;
  board.frame([0, MOST], [0, MOST], mapCell(room));
  room_(board);
  board.image(plane, () => true);
  const several = values.pool === "pyramid" && values.level === "all";
  if (!covered && !several) hatch(board, times);
  if (!covered) levels.forEach(({ bins, shown }, n) => shown && drawEdges(board, bins, several ? n + 1 : 1));
  if (pointed) framed(board, [...pointed, 1, 1], "text", 1.5);
  if (!covered) framed(board, rectangle(cellsOf(at)), "window", 3);
  if (region) drawBox(board, region, covered ? null : at);
  else board.handle(plane.rows, plane.columns, plane.columns * board.cell);
  board.describe(mapTitle(plane), plane, true, () => true);
}

// Where the map could reach.
function room_(board) {
  const { context, colors } = board;
  context.setLineDash([3, 4]);
  context.lineWidth = 1;
  context.strokeStyle = colors.border;
  context.strokeRect(...board.box(0, 0, MOST, MOST, 0.5));
  context.setLineDash([]);
}

const rectangle = ([rows, columns]) => [rows.start, columns.start, rows.end - rows.start, columns.end - columns.start];

// A frame that stands out from any picture.
function framed(board, box, color, width, dash = []) {
  const { context, colors } = board;
  for (const [name, wide, pattern] of [
    ["surface", width + HALO, []],
    [color, width, dash],
  ]) {
    context.strokeStyle = colors[name];
    context.lineWidth = wide;
    context.setLineDash(pattern);
    context.strokeRect(...board.box(...box));
  }
  context.setLineDash([]);
}

// The edges of all bins as lines; where two bins share cells, each has its own.
function drawEdges(board, [down, across], width) {
  const [top, bottom] = [down[0].start, down.at(-1).end],
    [left, right] = [across[0].start, across.at(-1).end];
  const places = (bins) => [...new Set(bins.flatMap(({ start, end }) => [start, end]))];
  for (const row of places(down)) framed(board, [row, left, 0, right - left], "accent", width);
  for (const column of places(across)) framed(board, [top, column, bottom - top, 0], "accent", width);
}

// Cells that more than one bin reads: slanted lines, light beside dark, over any grey.
function hatch(board, [rows, columns]) {
  const { context, cell, colors } = board;
  context.save();
  context.beginPath();
  rows.forEach((down, row) =>
    columns.forEach((across, column) => {
      if (down * across > 1) context.rect(...board.box(row, column));
    }),
  );
  context.clip();
  const [height, width] = [rows.length * cell, columns.length * cell];
  for (const [color, by] of [
    [colors.surface, 0],
    [colors.text, 1.25],
  ]) {
    context.strokeStyle = color;
    context.lineWidth = 1.25;
    context.beginPath();
    for (let x = -height; x < width; x += HATCH) {
      context.moveTo(x + by, height);
      context.lineTo(x + by + height, 0);
    }
    context.stroke();
  }
  context.restore();
}

// The box as it is, dashed, with the corner to pull; and the samples of the output that is looked at.
function drawBox(board, { box, samples }, at) {
  const [[top, bottom], [left, right]] = box;
  framed(board, [top, left, bottom - top, right - left], "text", 2, [5, 4]);
  board.handle(bottom, right, (right - left) * board.cell);
  if (!at) return;
  const { context, colors } = board;
  for (const y of samples[0][at.i]) {
    for (const x of samples[1][at.j]) {
      const [left_, top_] = board.box(y, x);
      context.beginPath();
      context.arc(left_, top_, 3.5, 0, 7);
      Object.assign(context, { fillStyle: colors.window, strokeStyle: colors.surface, lineWidth: 2 });
      context.stroke();
      context.fill();
    }
  }
}

// The boards of outputs: of an adaptive pool one, of a pyramid one for each level, of a box RoI pool and RoI align.
export function drawOutputs(boards, values, scene, seen, room) {
  const { levels, region } = scene;
  const shown = region
    ? [levels[0], { ...region.align, first: levels[0].first, isAligned: true, shown: true }]
    : levels;
  const left = room - (isWide(room) ? MAP.wide + 34 : MAP.narrow + 22);
  boards.forEach((board, n) => {
    const level = shown[n];
    board.figure.hidden = !level?.shown;
    if (!level?.shown) return;
    drawOutput(
      board,
      level,
      { ...seen, title: outputTitle(values, level, level.isAligned) },
      cellOf(level, { left, room, values }),
    );
  });
}
function cellOf({ rows, columns }, { left, room, values }) {
  const wide = isWide(room),
    isRegion = values.pool === "region";
  const high = isRegion ? (wide ? 92 : 58) : wide ? 216 : 140,
    across = isRegion && wide ? (left - 24) / 2 : left,
    largest = values.pool === "pyramid" ? (wide ? 30 : 24) : LARGEST;
  return Math.max(6, Math.floor(Math.min(largest, high / rows, across / columns)));
}

function drawOutput(board, level, { at, readers, covered, title }, cell) {
  const { rows, columns, values, first } = level,
    digits = cell >= 30 ? 1 : 0;
  board.frame([0, rows], [0, columns], cell);
  if (covered) board.slant(...board.box(0, 0, rows, columns));
  else greys(board, level, digits);
  board.context.lineWidth = 1;
  board.context.strokeStyle = board.colors.border;
  board.context.strokeRect(...board.box(0, 0, rows, columns, 0.5));
  for (const n of covered ? [] : readers)
    if (n >= first && n < first + values.length) framed(board, [...spot(n - first, columns), 1, 1], "text", 1.5);
  if (at.level.first === first) framed(board, [at.i, at.j, 1, 1], "window", 3);
  board.describe(
    title,
    level,
    true,
    () => !covered,
    (n) => show(values[n], 1),
  );
}
const spot = (n, columns) => [Math.floor(n / columns), n % columns];

// Numbers on the grey that they stand for.
function greys(board, { columns, rows, values }, digits) {
  const { context, cell } = board,
    style = getComputedStyle(board.canvas);
  board.image({ rows, columns, values }, () => true);
  if (cell < LEGIBLE) return;
  Object.assign(context, { textAlign: "center", textBaseline: "middle" });
  values.forEach((value, n) => {
    const [x, y] = board.box(...spot(n, columns)),
      text = show(value, digits);
    context.font = `${Math.min(15, cell * 0.5, (cell * 1.3) / text.length)}px system-ui, sans-serif`;
    context.fillStyle = style.getPropertyValue(`--pool-on-${value > PALE ? "light" : "dark"}`);
    context.fillText(text, x + cell / 2, y + cell / 2 + 1);
  });
}

// The output that is looked at, at every place that the box can go to from left to right.
export function drawTravel(plot, points, { left, at, covered }, width) {
  const [low, high] = extremes(points.flatMap(({ pool, align }) => [pool, align])),
    edge = Math.max(2, (high - low) * 0.08);
  const wide = width >= 260;
  plot.frame(
    width,
    wide ? CHART.wide : CHART.narrow,
    CHART.room,
    [0, Math.max(0.1, points.at(-1).left)],
    [low - edge, high + edge],
  );
  const { colors } = plot;
  plot.below(
    ticks(0, Math.max(1, points.at(-1).left), 5).filter((one) => one <= points.at(-1).left),
    show,
    "left edge of the region",
  );
  if (covered) return plot.light(() => slanted(plot), 1);
  plot.beside(ticks(low - edge, high + edge, 3), (value) => show(value, 0));
  const line = (key) => points.map((point) => [plot.x(point.left), plot.y(point[key])]);
  plot.line(line("align"), colors.accent, 2);
  plot.line(stepped(line("pool")), colors.window, 2, [6, 3]);
  const now = points.find((point) => Math.abs(point.left - left) < 0.05);
  if (!now) return;
  plot.upright(now.left, colors.muted);
  plot.dot(plot.x(now.left), plot.y(now.align), colors.accent, true, 4);
  plot.dot(plot.x(now.left), plot.y(now.pool), colors.window, false, 4, 2);
  plot.canvas.setAttribute("aria-label", travelName(points, at));
}
// A jump is upright.
const stepped = (points) =>
  points.flatMap(([x, y], n) =>
    n
      ? [
          [x, points[n - 1][1]],
          [x, y],
        ]
      : [[x, y]],
  );
function slanted(plot) {
  for (let x = plot.left; x < plot.right; x += 9)
    plot.line(
      [
        [x, plot.bottom],
        [Math.min(plot.right, x + 9), plot.top],
      ],
      plot.colors.border,
    );
}
