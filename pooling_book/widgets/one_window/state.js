// A window on a photo, its pixels as the reader has set them, and what every method makes of them.
import { clamp } from "../kit/core.js";
import { METHODS, POWERS, TEMPERATURES, answer, chances, drawn, numberOf, softWeights } from "../kit/family.js";
import { isEither, isList, isOneOf, isPair, isPhoto, isSource, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const WINDOWS = [2, 3];
export const WHITE = 255;
const MOST = WINDOWS.at(-1) ** 2, // pixels
  MOST_DRAWS = 9999; // of each pixel
const isNone = isOneOf(null);

// What a link and a reload keep. bars: the pixels' values once the reader has changed them; draws: how often each pixel
// has been drawn; last: which one was drawn last.
export const settings = withTasks({
  photo: isPhoto,
  source: isSource(),
  window: isOneOf(...WINDOWS),
  corner: isPair(0, 4096),
  bars: isEither(isNone, isList(isWhole(0, WHITE), 1, MOST)),
  power: isOneOf(...POWERS),
  temperature: isOneOf(...TEMPERATURES),
  draws: isList(isWhole(0, MOST_DRAWS), 0, MOST),
  last: isEither(isNone, isWhole(0, MOST - 1)),
});

// Whether bars and draws are those of this window.
export const agree = ({ window, bars, draws, last }) =>
  (bars === null || bars.length === window ** 2) &&
  (draws.length === 0 || draws.length === window ** 2) &&
  (last === null || draws[last] > 0);

// What is under the window, and every answer, follow from these.
export const UNDER = ["images", "photo", "source", "window", "corner", "bars"];
export const ANSWERED = ["power", "temperature"];

// The corner, kept on the photo: another window or another photo may have left it outside.
export const inside = (corner, side, { rows, columns }) => [
  clamp(corner[0], 0, rows - side),
  clamp(corner[1], 0, columns - side),
];

// What is under the window: {side, corner, values, before: the pixels as the reader has set them, and as the photo has
// them}.
export function under({ window: side, corner: wanted, bars }, plane) {
  const corner = inside(wanted, side, plane);
  const before = Array.from({ length: side ** 2 }, (_, n) => {
    const [row, column] = [corner[0] + Math.floor(n / side), corner[1] + (n % side)];
    return plane.values[row * plane.columns + column];
  });
  return { side, corner, before, values: bars?.length === side ** 2 ? bars : before };
}

// Every method's answer to these values, by its name.
export const answers = (values, settings) =>
  Object.fromEntries(METHODS.map(([method]) => [method, answer(method, values, settings)]));

// How much each pixel counts: in the softmax-weighted mean, and as the chance to be drawn.
export const weights = (values, { temperature }) => ({
  soft: softWeights(values, numberOf(temperature)),
  stochastic: chances(values),
});

// How often something has been drawn, and the mean of that; null before the first.
export function drawings(values, { draws, last }) {
  const count = draws.reduce((total, one) => total + one, 0);
  if (!count) return null;
  const mean = draws.reduce((total, times, n) => total + times * values[n], 0) / count;
  return { count, mean, last: last === null ? null : values[last] };
}

// ---- Changes, as settings ----

const UNDRAWN = { draws: [], last: null };

export const moved = (corner) => ({ corner, bars: null, ...UNDRAWN });
export const resized = (window) => ({ window, bars: null, ...UNDRAWN });
export const putBack = () => ({ bars: null, ...UNDRAWN });

// One bar at another value.
export const withBar = (values, n, value) => ({
  bars: values.map((old, other) => (other === n ? clamp(Math.round(value), 0, WHITE) : old)),
  ...UNDRAWN,
});

// One more draw for each of these numbers from 0 to 1.
export function drawnBy(values, { draws }, numbers) {
  const now = values.map((_, n) => draws[n] ?? 0);
  let last = null;
  for (const number of numbers) {
    last = drawn(values, number);
    now[last] = Math.min(now[last] + 1, MOST_DRAWS);
  }
  return { draws: now, last };
}
