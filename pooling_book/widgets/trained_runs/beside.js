// The two charts beside the dots: the ratio of the pair with its intervals, and how the networks learnt.
import { put, show } from "../kit/core.js";
import { clipped, drawInterval, look } from "./drawing.js";
import { RATIOS, around, scaleFor } from "./scale.js";
import { meanCurve } from "./state.js";
import { curvesName, curvesTitle, ratioTitle, times } from "./words.js";

const HIGH = 128, // pixels
  NAMES = 76,
  ROW = 22;
const FAR = Math.log10(1.6); // as much of an interval beside all others as the axis makes room for

// An empty chart, until the reader has made a guess; or one with nothing to show.
function empty(plot, width, words, caption) {
  plot.frame(width, HIGH, [6, 6, 6, 6], [0, 1], [0, 1]);
  plot.small(words, width / 2, HIGH / 2);
  plot.canvas.setAttribute("aria-label", caption);
  put(plot.caption, caption);
  plot.words.replaceChildren();
  plot.written = null;
}
const cover = (plot, width) => empty(plot, width, "covered", "Covered until you have made a guess");

// ---- The ratio ----

export function drawRatio(plot, width, state, { found, ratios, paired }, covered) {
  if (covered) return cover(plot, width);
  if (!found) return empty(plot, width, "no ratio", ratioTitle(state));
  const rows = rowsOf(found),
    place = (ratio) => Math.log10(ratio),
    [low, high] = found.alone.map(place);
  const wide = found.beside.map(place);
  const across = around(
    [
      0,
      ...state.same.map(place),
      ...ratios.map(place),
      low,
      high,
      Math.max(wide[0], low - FAR),
      Math.min(wide[1], high + FAR),
    ],
    0.01,
  );
  plot.frame(width, HIGH, [NAMES, 6, 12, 28], across, [0, 1]);
  const { context, colors } = plot,
    x = (ratio) => plot.x(place(ratio)),
    y = (row) => plot.top + 32 + (row + 0.5) * ROW;
  plot.light(() => {
    context.fillStyle = colors.muted;
    context.fillRect(x(state.same[0]), plot.top, x(state.same[1]) - x(state.same[0]), plot.bottom - plot.top);
  }, 0.22);
  plot.below(RATIOS.ticks(...across, width < 330 ? 4 : 6), (at) => show(RATIOS.back(at)));
  plot.upright(0, colors.text, 1.5);
  plot.text(paired ? "each seed" : "not paired", 4, plot.top + 16, { size: 12 });
  ratios.forEach((ratio, seed) => {
    const by = Math.min(4, 24 / Math.max(1, ratios.length - 1));
    plot.dot(x(ratio), plot.top + 16 + (seed - (ratios.length - 1) / 2) * by, colors.accent, true, 3);
  });
  rows.forEach(([name, ends, thick], row) => {
    plot.text(name, 4, y(row), { size: 12 });
    drawInterval(plot, ends.map(x), y(row), thick, 5);
    plot.dot(x(found.ratio), y(row), colors.text, true, 4);
  });
  const beyond = rows.map(([, ends]) => clipped(plot, ends.map(x)).includes(true));
  const ends = rows.map(([name, pair]) => `${name}: ${said(pair)}`).join("; ");
  plot.canvas.setAttribute("aria-label", `${ratioTitle(state)}. Ratio ${times(found.ratio)}. ${ends}`);
  plot.describe(
    ratioTitle(state) + (beyond.includes(true) ? "; an arrow: it goes on" : ""),
    ["ratio"],
    [
      ...ratios.map((ratio, seed) => [`seed ${seed}`, times(ratio)]),
      ...rows.map(([name, ends]) => [`interval, ${name}`, said(ends)]),
    ],
  );
}

const rowsOf = ({ alone, beside, narrow, pairs }) => [
  ["95 % alone", alone, 3],
  [`of ${pairs} pairs`, beside, 1.5],
  ["90 %", narrow, 3],
];
const said = (ends) => ends.map(times).join(" to ");

// ---- Curves ----

export function drawCurves(plot, width, state, scene, covered) {
  if (covered) return cover(plot, width);
  const { names, curves } = scene,
    { pair, step, every, last } = state;
  const all = Object.values(curves).flat(2),
    scale = scaleFor(all),
    down = around(all.map(scale.into), 0.01);
  plot.frame(width, HIGH, [44, 6, 16, 28], [0, last], down);
  const { colors } = plot,
    percent = (place) => `${show(scale.back(place))} %`;
  plot.beside(scale.ticks(...down, 6), percent);
  plot.below(
    Array.from({ length: 4 }, (_, n) => Math.round((last * n) / 3)),
    (value) => show(value, 0),
  );
  const points = (curve) => curve.map((value, n) => [plot.x((n + 1) * every), plot.y(scale.into(value))]);
  for (const name of names) if (!pair.includes(name)) plot.line(points(meanCurve(curves[name])), colors.border);
  for (const name of pair) {
    const [color, , dash] = look(name, pair, colors);
    for (const curve of curves[name]) plot.line(points(curve), color, 0.75, dash.length ? [2, 3] : []);
    plot.line(points(meanCurve(curves[name])), color, 3, dash);
  }
  plot.upright(step, colors.text, 1.5, [2, 2]);
  if (state.quantity === "steps") levelAt(plot, scale.into(state.level / 10), down);
  const at = pair.map((name) => `${meanCurve(curves[name])[step / every - 1].toFixed(2)} %`);
  plot.canvas.setAttribute("aria-label", curvesName(state, at));
  put(plot.caption, curvesTitle(state, at));
}

// The error that is waited for, if it is on the plot.
function levelAt(plot, place, [low, high]) {
  if (low <= place && place <= high) plot.level(place, plot.colors.text, 1.5, [2, 2]);
}
