// What the trained runs say: titles, numbers, and what the ratio of two cells' errors tells.
import { show } from "../kit/core.js";

export const capital = (text) => text[0].toUpperCase() + text.slice(1);
const minus = (text) => text.replace("-", "−");

// Thousandths as a percentage.
export const share = (level) => `${show(level / 10, 1)} %`;
// A value of a quantity: percent with two decimals, or whole steps.
export function number({ quantity }, value) {
  if (value === null) return "not reached";
  return quantity === "steps" ? show(value, 0) : `${value.toFixed(2)} %`;
}
// A ratio, with two decimals or as many digits.
export const times = (value) =>
  value < 0.095 ? value.toPrecision(2) : value >= 100 ? show(value, 0) : value.toFixed(2);
const from = ([low, high]) => `${times(low)} to ${times(high)}`;

// What a quantity is called, with its level or its step; where is it from.
export function noun({ quantity, level, step }) {
  if (quantity === "steps") return `steps to a validation error of ${share(level)}`;
  if (quantity === "after") return `validation error after ${step} steps`;
  return quantity === "test" ? "test error" : "training error";
}
export const title = (state) => `${capital(noun(state))}, ${state.sets.find(([name]) => name === state.data)[1]}`;

// The ratio with its intervals, and what it tells. scene: what state.compared gives.
export function explain(state, { values, found }) {
  const [first, second] = state.pair,
    start = `${capital(second)} / ${first}, ${noun(state)}: `;
  if (!found) return start + lacking(state, values);
  const beside = found.pairs > 1 ? `, beside all ${found.pairs} pairs ${from(found.beside)}` : "";
  return `${start}ratio ${times(found.ratio)}, 95 % interval ${from(found.alone)}${beside}. ${meaning(state, found)}`;
}

// Why there is no ratio.
function lacking({ pair }, values) {
  const both = pair.flatMap((name) => values[name]),
    never = both.filter((value) => value === null).length,
    none = both.filter((value) => value === 0).length;
  if (never) return `${never} of these ${both.length} networks never got there, so there is no ratio.`;
  if (none) return `${none} of these ${both.length} networks make no error, so there is no ratio.`;
  return "the seeds are all alike, and without a spread there is no interval.";
}

const holdsOne = ([low, high]) => low <= 1 && 1 <= high;

// What the intervals tell, and why.
function meaning(state, { verdict, alone, beside, narrow, pairs }) {
  const band = from(state.same);
  if (verdict === "the same") return `The same: the 90 % interval, ${from(narrow)}, lies within ${band}.`;
  if (verdict === "cannot tell")
    return holdsOne(alone)
      ? `Cannot tell: the interval holds 1, and that of 90 % reaches beyond ${band}.`
      : `Cannot tell among ${pairs} pairs, though alone it leaves out 1: a hint.`;
  const words = capital(SIDES[state.quantity === "steps" ? "steps" : "error"][verdict]);
  if (pairs === 1) return `${words}.`;
  return holdsOne(beside)
    ? `${words}, by Holm's method, which asks less of a pair once clearer ones are told.`
    : `${words}, even if all ${pairs} pairs are compared.`;
}

const SIDES = {
  error: { "lower error": "lower error", "higher error": "higher error" },
  steps: { "lower error": "fewer steps", "higher error": "more steps" },
};
// The four verdicts that there may be.
export function verdicts({ pair: [, second], quantity }) {
  const sides = Object.entries(SIDES[quantity === "steps" ? "steps" : "error"]);
  return {
    ...Object.fromEntries(sides.map(([verdict, words]) => [verdict, `${second}: ${words}`])),
    "the same": "the same",
    "cannot tell": "cannot tell",
  };
}

// What stands in the place of the pools in the two that are compared.
export function about({ pair, cells }) {
  const words = Object.fromEntries(cells);
  return `${pair.map((name) => `${capital(name)}: ${words[name]}`).join(". ")}.`;
}

// How the interval comes about, and why seeds are paired or not.
export function worked({ paired, ratios, found }) {
  if (!found) return "";
  const { mean, error, t, freedom, alone } = found,
    degrees = Number.isInteger(freedom) ? freedom : freedom.toFixed(1);
  const way =
    `exp(${minus(mean.toFixed(3))} ± ${t.toFixed(3)} · ${error.toFixed(4)}) = ${from(alone)}, ` +
    `t for ${degrees} degrees of freedom.`;
  return paired
    ? `In pairs of ${ratios.length} seeds: ${way}`
    : `By Welch's interval, not in pairs, as all learn from the same images: ${way}`;
}

// A cell under the cursor, read aloud.
// covered: its values are not told; guess: the mean that is drawn there, null where it is to be drawn yet.
export function spoken(state, { values }, name, { covered, guess }) {
  const start = `${name}${state.pair.includes(name) ? ", compared" : ""}: `;
  if (!covered) return start + values[name].map((value) => number(state, value)).join(", ");
  if (guess === undefined) return `${start}covered`;
  return (
    start + (guess === null ? "draw its mean with the left and right arrow keys" : `your mean ${number(state, guess)}`)
  );
}

// The caption of the curves, and what a screen reader calls them. at: where the two stand at the step.
export const curvesTitle = ({ pair: [first, second], step }, at) =>
  `Validation error by step: ${first} ${at[0]} (dashed), ${second} ${at[1]} at step ${step}`;
export const curvesName = ({ pair: [first, second], step, last }, at) =>
  `Learning curves to step ${last}, means over the seeds: ` +
  `at step ${step} ${first} stands at ${at[0]}, ${second} at ${at[1]}`;
export const ratioTitle = ({ pair: [first, second] }) => `${capital(second)} / ${first}, grey band: the same`;
