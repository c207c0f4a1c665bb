// The family of pools: what each makes of the values under one window. ../family.py does the same with pooling_lib.
// No value is negative.
import { show } from "./core.js";

// What each is called, from the one that follows the smallest value to the one that follows the largest.
export const METHODS = [
  ["min", "minimum"],
  ["geometric", "geometric mean"],
  ["avg", "average"],
  ["median", "median"],
  ["rms", "root mean square"],
  ["power", "power mean"],
  ["soft", "softmax-weighted"],
  ["rank", "rank-weighted"],
  ["mixed", "mixed"],
  ["stochastic", "stochastic"],
  ["max", "maximum"],
];
// The powers and the temperatures that a slider offers: fine where much happens, and their limits. JSON has no
// infinities: they are words.
export const POWERS = [
  ...["-inf", -100, -50, -20, -10, -7, -5, -4, -3, -2.5, -2, -1.5, -1, -0.8, -0.6, -0.4, -0.2, 0],
  ...[0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 7, 10, 20, 50, 100, "inf"],
];
export const TEMPERATURES = [0, 1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100, 150, 200, 300, 500, 700, 1000, "inf"];
const WORDS = { inf: Infinity, "-inf": -Infinity };
export const numberOf = (setting) => WORDS[setting] ?? setting;

// The limits and the places of the power mean that have names; the same for the temperature.
export const POWER_NAMES = [
  ["-inf", "minimum", "min"],
  [0, "geometric mean", "geom."],
  [1, "average", "avg"],
  [2, "root mean square", "RMS"],
  ["inf", "maximum", "max"],
];
export const TEMPERATURE_NAMES = [
  [0, "maximum", "max"],
  ["inf", "average", "avg"],
];
export const named = (names, setting) => names.find(([value]) => value === setting)?.[1];

// A setting with its name, if it has one: "0 · geometric mean".
export function settingWords(names, setting) {
  const name = named(names, setting);
  return `${show(numberOf(setting))}${name ? ` · ${name}` : ""}`;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
const average = (values) => sum(values) / values.length;
const max = (values) => Math.max(...values),
  min = (values) => Math.min(...values);
const upwards = (values) => [...values].sort((a, b) => a - b);

function median(values) {
  const sorted = upwards(values),
    half = (values.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

// (mean of x ** p) ** (1 / p), and its limits. All are taken as shares of the one that decides, so that no power
// overflows; expm1 and log1p keep the digits that a p near 0 needs.
export function powerMean(values, p) {
  if (p === Infinity) return max(values);
  if (p === -Infinity) return min(values);
  if (p === 0) return min(values) > 0 ? Math.exp(average(values.map(Math.log))) : 0;
  const m = p > 0 ? max(values) : min(values);
  if (m === 0) return 0;
  const less = average(values.map((value) => Math.expm1(p * Math.log(value / m))));
  return m * Math.exp(Math.log1p(less) / p);
}

// The softmax weights exp(x / T), which sum to 1. No exponent is positive.
export function softWeights(values, temperature) {
  const m = max(values),
    raw = values.map((value) => (temperature === 0 ? Number(value === m) : Math.exp((value - m) / temperature)));
  const total = sum(raw);
  return raw.map((weight) => weight / total);
}

// Each rank weighs half of the one before it, and all together 1.
function rankWeighted(values) {
  const raw = values.map((_, rank) => 0.5 ** rank);
  return weighted(upwards(values).reverse(), raw) / sum(raw);
}
const weighted = (values, weights) => sum(values.map((value, n) => (weights[n] ? weights[n] * value : 0)));

// The chance of each value to be drawn: in proportion to it. Of zeros the first is drawn.
export function chances(values) {
  const total = sum(values);
  return values.map((value, n) => (total ? value / total : Number(n === 0)));
}
// Which of them is drawn by a number from 0 to 1, 1 not included.
export function drawn(values, number) {
  let left = number * sum(values);
  for (const [n, value] of values.entries()) {
    left -= value;
    if (left < 0) return n;
  }
  return values.indexOf(max(values)); // of zeros the first; or rounding has left something
}

// power and temperature: of the methods that have one.
const POOLS = {
  min,
  geometric: (values) => powerMean(values, 0),
  avg: average,
  median,
  rms: (values) => powerMean(values, 2),
  power: (values, { power }) => powerMean(values, numberOf(power)),
  soft: (values, { temperature }) => weighted(values, softWeights(values, numberOf(temperature))),
  rank: rankWeighted,
  mixed: (values) => (max(values) + average(values)) / 2,
  stochastic: (values) => weighted(values, chances(values)), // what is drawn on average
  max,
};
export const answer = (method, values, settings) => POOLS[method](values, settings);
