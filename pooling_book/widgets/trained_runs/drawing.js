// The three drawings of the trained runs: every network as a dot, learning curves, and differences seed by seed.
import { put, show } from "../kit/core.js";
import { ticks } from "../kit/plot.js";
import { meanCurve, pairedInterval } from "./state.js";
import { capital, curvesName, curvesTitle, difference, differencesName, number, title } from "./words.js";

export const ROW = 44; // pixels: a method's row
const NAMES = 116, // and the room for its name
  SEED = 20; // the row of a seed's difference
const NEVER = 56; // the room for networks that did not reach an accuracy
const decimals = (value) => show(value, 3);
const wide = (width) => (width < 380 ? 3 : 4); // so many ticks, about

// How a method is drawn: [colour, full dots, dash]. The second of the pair, the first, any other.
function look(name, [first, second], colors) {
  if (name === second) return [colors.accent, true, []];
  return name === first ? [colors.window, false, [6, 4]] : [colors.muted, true, []];
}

// The range of some numbers with a little room, and at least `least` wide.
function around(numbers, least) {
  const low = Math.min(...numbers),
    high = Math.max(...numbers),
    room = Math.max((high - low) * 0.06, least);
  return numbers.length ? [low - room, high + room] : [0, 1];
}

// ---- Dots ----

// Each row a method, each dot a network, the bar its mean with an interval. cursor: the row in focus, or null.
export function drawDots(plot, width, state, { names, values }, cursor) {
  const all = Object.values(values).flat(),
    missing = all.includes(null);
  const reached = all.filter((value) => value !== null);
  const across = around(reached, state.quantity === "steps" ? state.every : 0.01);
  plot.frame(width, names.length * ROW + 34, [NAMES, 6, missing ? NEVER : 12, 28], across, [0, 1]);
  const { context, colors } = plot,
    middle = (row) => plot.top + (row + 0.5) * ROW;
  context.fillStyle = colors.raised;
  for (const name of names.filter((name) => state.pair.includes(name)))
    context.fillRect(0, middle(names.indexOf(name)) - ROW / 2 + 1, width, ROW - 2);
  plot.below(ticks(...plot.across, wide(width)), decimals);
  joinSeeds(plot, state, names, values, middle);
  names.forEach((name, row) => drawMethod(plot, state, name, values[name], middle(row)));
  if (missing) plot.small("never", plot.right + NEVER / 2, plot.bottom + 12);
  if (cursor !== null) {
    context.strokeStyle = colors.accent;
    context.lineWidth = 2;
    context.strokeRect(1, middle(cursor) - ROW / 2 + 1, width - 2, ROW - 2);
  }
  plot.describe(
    `${title(state)}, task ${state.task}`,
    values[names[0]].map((_, seed) => `seed ${seed}`),
    names.map((name) => [name, ...values[name].map((value) => number(state, value))]),
  );
}

// Where a seed's dot stands in the row whose middle is `y`.
const place = (plot, value, y, seed, count) => [
  value === null ? plot.right + NEVER / 2 : plot.x(value),
  y + (seed - (count - 1) / 2) * 6,
];

// Thin lines between the two networks of one seed.
function joinSeeds(plot, { pair }, names, values, middle) {
  const count = values[names[0]].length;
  for (let seed = 0; seed < count; seed++) {
    const ends = pair.map((name) => place(plot, values[name][seed], middle(names.indexOf(name)), seed, count));
    plot.line(ends, plot.colors.border);
  }
}

function drawMethod(plot, { pair, quantiles }, name, values, y) {
  const [color, full, dash] = look(name, pair, plot.colors),
    chosen = pair.includes(name),
    ink = plot.colors.text;
  plot.text(name, 4, y - (chosen ? 6 : 0), { weight: chosen ? "600" : "" });
  if (chosen)
    plot.line(
      [4, 48].map((x) => [x, y + 10]),
      color,
      2.5,
      dash,
    );
  if (!values.includes(null)) {
    const { mean, half } = pairedInterval(values, quantiles["1"]),
      [low, high] = plot.across;
    const ends = [Math.max(low, mean - half), Math.min(high, mean + half)];
    plot.line(
      ends.map((value) => [plot.x(value), y]),
      ink,
      1.5,
    );
    plot.line(
      [-14, 14].map((by) => [plot.x(mean), y + by]),
      ink,
      2,
    );
  }
  values.forEach((value, seed) => {
    plot.dot(...place(plot, value, y, seed, values.length), color, full && value !== null);
  });
}

// ---- Curves ----

export function drawCurves(plot, width, state, scene) {
  const { names, curves, last } = scene,
    { pair, step, every } = state;
  const lowest = Math.min(...Object.values(curves).flat(2));
  plot.frame(width, 236, [40, 6, 12, 28], [0, last], [Math.floor(lowest * 10) / 10, 1]);
  const { colors } = plot;
  plot.beside(ticks(...plot.down, 5));
  plot.below(ticks(...plot.across, 4), (value) => show(value, 0));
  const points = (curve) => curve.map((value, n) => [plot.x((n + 1) * every), plot.y(value)]);
  for (const name of names) if (!pair.includes(name)) plot.line(points(meanCurve(curves[name])), colors.border);
  for (const name of pair) {
    const [color, , dash] = look(name, pair, colors);
    for (const curve of curves[name]) plot.line(points(curve), color, 0.75, dash.length ? [2, 3] : []);
    plot.line(points(meanCurve(curves[name])), color, 3, dash);
  }
  plot.upright(step, colors.text, 1.5, [2, 2]);
  if (state.quantity === "steps") plot.level(state.percent / 100, colors.text, 1.5, [2, 2]);
  const at = pair.map((name) => meanCurve(curves[name])[Math.min(step, last) / every - 1].toFixed(3));
  plot.canvas.setAttribute("aria-label", curvesName(state, scene, at));
  put(plot.caption, curvesTitle(state, at));
}

// ---- Differences ----

export function drawDifferences(plot, width, state, { found }) {
  const whole = !found.includes(null),
    interval = whole ? pairedInterval(found, state.quantiles["1"]) : null,
    ends = whole ? [interval.mean - interval.half, interval.mean + interval.half] : [];
  const numbers = found.filter((value) => value !== null),
    across = around([0, ...numbers, ...ends], state.quantity === "steps" ? state.every / 2 : 0.002);
  plot.frame(width, (found.length + 1) * SEED + 40, [64, 6, 12, 28], across, [0, 1]);
  const { colors } = plot,
    y = (row) => plot.top + 10 + row * SEED;
  plot.below(ticks(...plot.across, wide(width)), decimals);
  plot.upright(0, colors.text, 1.5);
  found.forEach((value, seed) => {
    plot.text(`seed ${seed}`, 4, y(seed), { size: 12 });
    if (value === null) return plot.small("no difference", plot.x(0) + 8, y(seed), "left");
    plot.line(
      [0, value].map((end) => [plot.x(end), y(seed)]),
      colors.accent,
      2,
    );
    plot.dot(plot.x(value), y(seed), colors.accent, true);
  });
  if (whole) drawMean(plot, interval.mean, ends, y(found.length));
  plot.canvas.setAttribute("aria-label", differencesName(state, { found }));
  plot.describe(
    `${capital(state.pair[1])} less ${state.pair[0]}`,
    ["difference"],
    found.map((value, seed) => [`seed ${seed}`, difference(state, value)]),
  );
}

// The mean of the differences, with its interval.
function drawMean(plot, mean, ends, y) {
  const { text } = plot.colors;
  plot.text("mean", 4, y, { size: 12, weight: "600" });
  plot.line(
    ends.map((end) => [plot.x(end), y]),
    text,
    2,
  );
  for (const end of ends)
    plot.line(
      [-5, 5].map((by) => [plot.x(end), y + by]),
      text,
      2,
    );
  plot.dot(plot.x(mean), y, text, true, 5);
}
