// A photo through two methods, and the curtain between the two. The arithmetic is that of curtain/__init__.py.
import { maxBlurPool } from "../kit/blur.js";
import { clamp } from "../kit/core.js";
import { METHODS as FAMILY, POWERS, TEMPERATURES, answer, drawn } from "../kit/family.js";
import { planeOf } from "../kit/photo.js";
import { isOneOf, isPhoto, isSource, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

// Mixed and geometric mean stand in the window's widget; what needs more than one window stands here besides.
const OF_ONE_WINDOW = ["min", "avg", "median", "rms", "power", "soft", "rank", "stochastic", "max"];
export const METHODS = [
  ["subsample", "subsample"],
  ...FAMILY.filter(([method]) => OF_ONE_WINDOW.includes(method)),
  ["max_blur", "max, then blur"],
];
export const WINDOWS = [2, 8]; // from, to
export const SEEDS = 999;
const isMethod = isOneOf(...METHODS.map(([method]) => method));

// at: how far from the left the curtain hangs, in per cent.
export const settings = withTasks({
  photo: isPhoto,
  source: isSource(),
  left: isMethod,
  right: isMethod,
  window: isWhole(...WINDOWS),
  power: isOneOf(...POWERS),
  temperature: isOneOf(...TEMPERATURES),
  seed: isWhole(0, SEEDS),
  at: isWhole(0, 100),
});

// What the outputs follow from.
export const POOLED = ["images", "photo", "source", "window", "power", "temperature", "seed"];

// The part of a photo that whole windows cover.
export function covered({ rows, columns, values }, window) {
  const high = rows - (rows % window),
    wide = columns - (columns % window);
  const part = new Float64Array(high * wide);
  for (let n = 0; n < part.length; n++) part[n] = values[Math.floor(n / wide) * columns + (n % wide)];
  return { rows: high, columns: wide, values: part };
}

// What a method makes of a photo, its windows side by side.
export function pooled(method, values) {
  const plane = covered(planeOf(values), values.window);
  if (method === "max_blur") return maxBlurPool(plane, values.window, values.window, "same");
  const { rows, columns } = { rows: plane.rows / values.window, columns: plane.columns / values.window };
  const one = ofOne(method, values),
    result = new Float64Array(rows * columns);
  for (let n = 0; n < result.length; n++) result[n] = one(elements(plane, values.window, n, columns));
  return { rows, columns, values: result };
}

function ofOne(method, { power, temperature, seed }) {
  if (method === "subsample") return ([first]) => first;
  if (method === "stochastic") {
    const random = numbers(seed);
    return (under) => under[drawn(under, random())];
  }
  return (under) => answer(method, under, { power, temperature });
}

// What is under window n, along the rows.
function elements(plane, window, n, across) {
  const top = Math.floor(n / across) * window,
    left = (n % across) * window;
  return Array.from(
    { length: window ** 2 },
    (_, tap) => plane.values[(top + Math.floor(tap / window)) * plane.columns + left + (tap % window)],
  );
}

// Numbers from 0 to 1, the same for the same seed here and in Python.
export function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const mean = (values) => values.reduce((total, value) => total + value, 0) / values.length;

// How bright both outputs and the photo are on average, how far the outputs are apart on average and at most.
export function compared(left, right, plane) {
  const apart = left.values.map((value, n) => Math.abs(value - right.values[n]));
  return {
    left: mean(left.values),
    right: mean(right.values),
    photo: mean(plane.values),
    apart: mean(apart),
    most: Math.max(...apart),
  };
}

// Everything at once: {left, right: the outputs, plane: the photo under them, compared}.
export function both(values) {
  const left = pooled(values.left, values),
    right = pooled(values.right, values),
    plane = covered(planeOf(values), values.window);
  return { left, right, plane, compared: compared(left, right, plane) };
}

// ---- Changes, as settings ----

export const hung = (at) => ({ at: clamp(Math.round(at), 0, 100) });
export const swapped = ({ left, right }) => ({ left: right, right: left });
export const drawnAnew = ({ seed }) => ({ seed: (seed + 1) % (SEEDS + 1) });
