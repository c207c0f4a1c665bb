// The drawing of every network as a dot, a row for each cell.
import { show } from "../kit/core.js";
import { middle } from "./judging.js";
import { around, scaleFor } from "./scale.js";
import { hidden } from "./tasks.js";
import { number, title } from "./words.js";

const ROW = 16, // pixels: a cell's row
  NAMES = 134, // and the room for its name
  WIDE = 12; // how far apart the dots of a row's first and last seed stand, at most
const NEVER = 56; // the room for networks that did not reach an error
const HEAD = 6; // the arrow of an interval that goes on

// How a cell is drawn: [colour, full dots, dash]. The second of the pair, the first, any other.
export function look(name, [first, second], colors) {
  if (name === second) return [colors.accent, true, []];
  return name === first ? [colors.window, false, [6, 4]] : [colors.muted, true, []];
}

// An interval along a line, in pixels; where it goes on beyond the plot, an arrow says so. The other ends have a bar.
export function drawInterval(plot, ends, y, width, bar = 0) {
  const { left, right, colors } = plot,
    [low, high] = ends.map((x) => Math.min(right, Math.max(left, x)));
  plot.line(
    [
      [low, y],
      [high, y],
    ],
    colors.text,
    width,
  );
  for (const [at, way] of [
    [0, 1],
    [1, -1],
  ]) {
    const x = [low, high][at];
    if (clipped(plot, ends)[at])
      plot.line(
        [
          [x + way * HEAD, y - HEAD / 2],
          [x, y],
          [x + way * HEAD, y + HEAD / 2],
        ],
        colors.text,
        2,
      );
    else if (bar)
      plot.line(
        [-bar, bar].map((by) => [x, y + by]),
        colors.text,
        width,
      );
  }
}
export const clipped = ({ left, right }, [low, high]) => [low < left - 0.5, high > right + 0.5];

// The scale of the dots' axis, for the values of all cells.
export const scaleOf = ({ quantity }, { values }) => scaleFor(reachedIn(values), quantity === "steps");
const reachedIn = (values) =>
  Object.values(values)
    .flat()
    .filter((value) => value !== null);

// Each row a cell, each dot a network, the bar its mean with an interval. row: the one in focus, or null; ask: the
// guess that is asked for or judged, or null; glide: of gliding.js.
export function drawDots(plot, width, state, scene, { row: focused, ask, glide }) {
  const { names, values, paired } = scene,
    scale = scaleOf(state, scene),
    reached = reachedIn(values);
  const missing = Object.values(values).some((some) => some.includes(null)),
    covered = hidden(ask, names);
  const across = around(reached.map(scale.into), state.quantity === "steps" ? state.every : 0.01);
  plot.frame(width, names.length * ROW + 28, [NAMES, 6, missing ? NEVER : 12, 22], across, [0, 1]);
  const { context, colors } = plot,
    heights = Object.fromEntries(names.map((name, row) => [name, plot.top + (row + 0.5) * ROW]));
  context.fillStyle = colors.raised;
  for (const name of names.filter((name) => state.pair.includes(name)))
    context.fillRect(0, heights[name] - ROW / 2 + 1, width, ROW - 2);
  const unit = state.quantity === "steps" ? "" : " %";
  plot.below(scale.ticks(...across, width < 420 ? 4 : 6), (place) => `${show(scale.back(place))}${unit}`);
  const key = [width, state.block, state.data, state.quantity].join(),
    places = glide(Object.fromEntries(names.map((name) => [name, placesOf(plot, scale, values[name])])), key);
  const apart = Math.min(4, WIDE / (Math.max(...names.map((name) => values[name].length)) - 1)),
    besides = (seed, count) => (seed - (count - 1) / 2) * apart;
  if (paired && !state.pair.some((name) => covered.includes(name)))
    joinSeeds(plot, state, values, places, heights, besides);
  for (const name of names)
    drawCell(plot, state, { name, values: values[name], places: places[name], y: heights[name], besides }, covered);
  if (ask?.what === "means") drawGuess(plot, ask, (name) => heights[name]);
  if (missing) plot.small("never", plot.right + NEVER / 2, plot.bottom + 12);
  if (focused !== null) {
    context.strokeStyle = colors.accent;
    context.lineWidth = 2;
    context.strokeRect(1, plot.top + focused * ROW + 1, width - 2, ROW - 2);
  }
  describeDots(plot, state, scene, covered);
}

function describeDots(plot, state, { names, values }, covered) {
  const drawing = covered.length ? "; left and right draw the mean of a covered row" : "",
    most = Math.max(...names.map((name) => values[name].length));
  plot.canvas.setAttribute(
    "aria-label",
    `Cells: up and down arrow keys move a cursor, Enter compares the cell under it${drawing}`,
  );
  plot.describe(
    title(state),
    Array.from({ length: most }, (_, seed) => `seed ${seed}`),
    names.map((name) => [
      name,
      ...values[name].map((value) => (covered.includes(name) ? "covered" : number(state, value))),
    ]),
  );
}

// Pixels across of a cell's networks, of its mean, and of the ends of its interval: these are nowhere where an error
// was not reached.
function placesOf(plot, scale, values) {
  const x = (value) => plot.x(scale.into(value)),
    dots = values.map((value) => (value === null ? plot.right + NEVER / 2 : x(value)));
  const { mean, ends } = middle(values);
  return [...dots, ...[mean, ...ends].map((value) => (Number.isNaN(value) ? NaN : x(value)))];
}

// Thin lines between the two networks of one seed.
function joinSeeds(plot, { pair }, values, places, heights, besides) {
  const count = Math.min(...pair.map((name) => values[name].length));
  for (let seed = 0; seed < count; seed++) {
    const ends = pair.map((name) => [places[name][seed], heights[name] + besides(seed, values[name].length)]);
    plot.line(ends, plot.colors.border);
  }
}

function drawCell(plot, { pair }, { name, values, places, y, besides }, covered) {
  const [color, full, dash] = look(name, pair, plot.colors),
    chosen = pair.includes(name);
  plot.text(name, 4, y - (chosen ? 2 : 0), { weight: chosen ? "600" : "", size: 12.5 });
  if (chosen)
    plot.line(
      [4, 48].map((x) => [x, y + 6]),
      color,
      2.5,
      dash,
    );
  if (covered.includes(name)) return;
  const [mean, ...ends] = places.slice(values.length);
  if (!Number.isNaN(mean)) {
    drawInterval(plot, ends, y, 1.5);
    plot.line(
      [-9, 9].map((by) => [mean, y + by]),
      plot.colors.text,
      2,
    );
  }
  values.forEach((value, seed) => {
    plot.dot(places[seed], y + besides(seed, values.length), color, full && value !== null, 3);
  });
}

// The means that the reader has drawn, dashed and with a head; in a row without one, what to do.
function drawGuess(plot, { given, guess, over }, heightOf) {
  const { accent } = plot.colors;
  given.at.forEach((name, n) => {
    const place = guess?.[n] ?? null,
      y = heightOf(name);
    if (place === null) return over ? null : plot.small("draw its mean here", (plot.left + plot.right) / 2, y);
    const x = plot.x(place);
    plot.line(
      [-9, 9].map((by) => [x, y + by]),
      accent,
      3,
      [4, 2],
    );
    plot.dot(x, y - 7, accent, !over, 3);
  });
}
