// The three drawings of the trained runs: every network as a dot, learning curves, and differences seed by seed.
import { put, show } from "../kit/core.js";
import { ticks } from "../kit/plot.js";
import { meanCurve, pairedInterval } from "./state.js";
import { hidden } from "./tasks.js";
import { capital, curvesName, curvesTitle, difference, differencesName, number, title } from "./words.js";

const ROW = 25, // pixels: a method's row
  NAMES = 116, // and the room for its name
  APART = 4, // between the dots of two seeds
  SEED = 16; // the row of a seed's difference
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

// Each row a method, each dot a network, the bar its mean with an interval. row: the one in focus, or null; ask: the
// guess that is asked for or judged, or null; glide: of gliding.js.
export function drawDots(plot, width, state, { names, values }, { row: focused, ask, glide }) {
  const reached = Object.values(values)
      .flat()
      .filter((value) => value !== null),
    missing = reached.length < names.length * values[names[0]].length,
    covered = hidden(ask, names);
  const across = around(reached, state.quantity === "steps" ? state.every : 0.01);
  plot.frame(width, names.length * ROW + 34, [NAMES, 6, missing ? NEVER : 12, 28], across, [0, 1]);
  const { context, colors } = plot,
    middle = (row) => plot.top + (row + 0.5) * ROW;
  context.fillStyle = colors.raised;
  for (const name of names.filter((name) => state.pair.includes(name)))
    context.fillRect(0, middle(names.indexOf(name)) - ROW / 2 + 1, width, ROW - 2);
  plot.below(ticks(...plot.across, wide(width)), decimals);
  const key = [width, state.learnt, state.head, state.quantity].join(),
    places = glide(Object.fromEntries(names.map((name) => [name, placesOf(plot, state, values[name])])), key);
  if (!state.pair.some((name) => covered.includes(name))) joinSeeds(plot, state, names, places, middle);
  names.forEach((name, row) => drawMethod(plot, state, name, values[name], places[name], middle(row), covered));
  if (ask?.what === "means") drawGuess(plot, ask, (name) => middle(names.indexOf(name)));
  if (missing) plot.small("never", plot.right + NEVER / 2, plot.bottom + 12);
  if (focused !== null) {
    context.strokeStyle = colors.accent;
    context.lineWidth = 2;
    context.strokeRect(1, middle(focused) - ROW / 2 + 1, width - 2, ROW - 2);
  }
  describeDots(plot, state, names, values, covered);
}

function describeDots(plot, state, names, values, covered) {
  const drawing = covered.length ? "; left and right draw the mean of a covered row" : "";
  plot.canvas.setAttribute(
    "aria-label",
    `Methods: up and down arrow keys move a cursor, Enter compares the method under it${drawing}`,
  );
  plot.describe(
    `${title(state)}, task ${state.learnt}`,
    values[names[0]].map((_, seed) => `seed ${seed}`),
    names.map((name) => [
      name,
      ...values[name].map((value) => (covered.includes(name) ? "covered" : number(state, value))),
    ]),
  );
}

// Pixels across of a method's networks, of its mean, and of the ends of its interval: these are nowhere where an
// accuracy was not reached.
function placesOf(plot, { quantiles }, values) {
  const dots = values.map((value) => (value === null ? plot.right + NEVER / 2 : plot.x(value)));
  if (values.includes(null)) return [...dots, NaN, NaN, NaN];
  const { mean, half } = pairedInterval(values, quantiles["1"]),
    [low, high] = plot.across;
  return [...dots, ...[mean, Math.max(low, mean - half), Math.min(high, mean + half)].map((value) => plot.x(value))];
}

// Where the dot of a seed stands around the middle of its row.
const besides = (seed, count) => (seed - (count - 1) / 2) * APART;

// Thin lines between the two networks of one seed.
function joinSeeds(plot, { pair }, names, places, middle) {
  const count = places[names[0]].length - 3;
  for (let seed = 0; seed < count; seed++) {
    const ends = pair.map((name) => [places[name][seed], middle(names.indexOf(name)) + besides(seed, count)]);
    plot.line(ends, plot.colors.border);
  }
}

function drawMethod(plot, { pair }, name, values, places, y, covered) {
  const [color, full, dash] = look(name, pair, plot.colors),
    chosen = pair.includes(name),
    level = (xs, by = 0) => xs.map((x) => [x, y + by]);
  plot.text(name, 4, y - (chosen ? 3 : 0), { weight: chosen ? "600" : "" });
  if (chosen) plot.line(level([4, 48], 8), color, 2.5, dash);
  if (covered.includes(name)) return;
  const [mean, low, high] = places.slice(values.length);
  plot.line(level([low, high]), plot.colors.text, 1.5);
  plot.line(
    [-11, 11].map((by) => [mean, y + by]),
    plot.colors.text,
    2,
  );
  values.forEach((value, seed) => {
    plot.dot(places[seed], y + besides(seed, values.length), color, full && value !== null, 3.5);
  });
}

// The means that the reader has drawn, dashed and with a head; in a row without one, what to do.
function drawGuess(plot, { given, guess, over }, middle) {
  const { accent } = plot.colors;
  given.at.forEach((name, n) => {
    const value = guess?.[n] ?? null,
      y = middle(name);
    if (value === null) return over ? null : plot.small("draw its mean here", (plot.left + plot.right) / 2, y);
    const x = plot.x(value);
    plot.line(
      [-11, 11].map((by) => [x, y + by]),
      accent,
      3,
      [4, 2],
    );
    plot.dot(x, y - 9, accent, !over, 3);
  });
}

// ---- Curves ----

const CURVES = 134; // pixels high

// An empty chart, until the reader has made a guess.
function cover(plot, width, high) {
  plot.frame(width, high, [6, 6, 6, 6], [0, 1], [0, 1]);
  plot.small("covered", width / 2, high / 2);
  plot.canvas.setAttribute("aria-label", "Covered until you have made a guess");
  put(plot.caption, "Covered until you have made a guess");
  plot.words.replaceChildren();
  plot.written = null;
}

export function drawCurves(plot, width, state, scene, covered) {
  if (covered) return cover(plot, width, CURVES);
  const { names, curves, last } = scene,
    { pair, step, every } = state;
  const lowest = Math.min(...Object.values(curves).flat(2));
  plot.frame(width, CURVES, [40, 6, 12, 28], [0, last], [Math.floor(lowest * 10) / 10, 1]);
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

export function drawDifferences(plot, width, state, { found }, covered) {
  const high = (found.length + 1) * SEED + 40;
  if (covered) return cover(plot, width, high);
  const whole = !found.includes(null),
    interval = whole ? pairedInterval(found, state.quantiles["1"]) : null,
    ends = whole ? [interval.mean - interval.half, interval.mean + interval.half] : [];
  const numbers = found.filter((value) => value !== null),
    across = around([0, ...numbers, ...ends], state.quantity === "steps" ? state.every / 2 : 0.002);
  plot.frame(width, high, [64, 6, 12, 28], across, [0, 1]);
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
