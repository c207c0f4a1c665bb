// What the trained runs say: titles, numbers, and what two methods' differences tell.
import { show } from "../kit/core.js";
import { pairedInterval, verdictOf } from "./state.js";

export const QUANTITY_NAMES = {
  test: "test accuracy",
  gap: "training accuracy less test accuracy",
  steps: "steps to an accuracy",
  after: "accuracy after so many steps",
};
const VERDICTS = {
  test: { higher: "is more accurate", lower: "is less accurate" },
  gap: { higher: "has the larger gap", lower: "has the smaller gap" },
  steps: { higher: "needs more steps", lower: "needs fewer steps" },
  after: { higher: "is ahead", lower: "is behind" },
};

export const capital = (text) => text[0].toUpperCase() + text.slice(1);

// A percentage as a share of 1.
export const share = (percent) => show(percent / 100);

// A value of a quantity; steps are whole, and their means have one decimal.
export function number({ quantity }, value, digits = 3) {
  if (value === null) return "not reached";
  if (quantity === "steps") return show(value, digits === 3 ? 0 : 1);
  return value.toFixed(digits).replace("-", "−");
}
// A value as it is drawn by hand: no finer than it is shown.
export const rounded = (quantity, value) => (quantity === "steps" ? Math.round(value) : Number(value.toFixed(3)));
const signed = (state, value, digits) => (value > 0 ? "+" : "") + number(state, value, digits);
// A difference of one seed, if there is one.
export const difference = (state, value, none = "none") => (value === null ? none : signed(state, value));

export function title({ quantity, percent, step }) {
  if (quantity === "steps") return `Steps to an accuracy of ${share(percent)}`;
  if (quantity === "after") return `Accuracy after ${step} steps`;
  return capital(QUANTITY_NAMES[quantity]);
}

// The mean difference with its interval, and what it tells. scene: what state.compared gives.
export function explain(state, { names, found }) {
  const [first, second] = state.pair,
    missing = found.filter((value) => value === null).length;
  const start = `${capital(second)} less ${first}, ${title(state).toLowerCase()}`;
  if (missing)
    return (
      `${start}: for ${missing} of ${found.length} seeds one of the two never got there, ` +
      `and there is no difference to average.`
    );
  const interval = pairedInterval(found, state.quantiles["1"]);
  return (
    `${start}: ${signed(state, interval.mean, 4)} ± ${number(state, interval.half, 4)}. ` +
    meaning(state, names, found, verdictOf(interval))
  );
}

// The differences seed by seed, and how the interval comes from them.
export function worked(state, { found }) {
  const list = found.map((value) => difference(state, value, "—")).join(", ");
  if (found.includes(null)) return `${list}.`;
  const t = state.quantiles["1"],
    { mean, deviation, half } = pairedInterval(found, t),
    spread = number(state, deviation, 4);
  return (
    `${list}: mean ${signed(state, mean, 4)}, standard deviation ${spread}; ` +
    `interval ± ${show(t, 3)} · ${spread} / √${found.length} = ± ${number(state, half, 4)}.`
  );
}

// What the interval tells, and whether that stands among all the pairs that could have been looked at.
function meaning(state, names, found, verdict) {
  if (verdict === "cannot tell") return "That holds zero: these seeds cannot tell the two apart.";
  const pairs = (names.length * (names.length - 1)) / 2,
    wide = pairedInterval(found, state.quantiles[pairs]),
    half = number(state, wide.half, 4);
  const words = `That leaves out zero: ${phrase(state, verdict)}.`;
  return verdictOf(wide) === "cannot tell"
    ? `${words} But there are ${pairs} pairs: an interval for all of them, ± ${half}, holds zero. Take this as a hint.`
    : `${words} It stands even if all ${pairs} pairs are compared: ± ${half}.`;
}
// How the second of the pair stands to the first.
const phrase = ({ pair, quantity }, verdict) => `${pair[1]} ${VERDICTS[quantity][verdict]}`;
// The three verdicts that there may be.
export const verdicts = (state) => ({
  higher: phrase(state, "higher"),
  lower: phrase(state, "lower"),
  "cannot tell": "these seeds cannot tell",
});

// A method under the cursor, read aloud.
// covered: its values are not told; guess: the mean that is drawn there, null where it is to be drawn yet.
export function spoken(state, { values }, method, { covered, guess }) {
  const name = `${method}${state.pair.includes(method) ? ", compared" : ""}: `;
  if (!covered) return name + values[method].map((value) => number(state, value)).join(", ");
  if (guess === undefined) return `${name}covered`;
  return (
    name + (guess === null ? "draw its mean with the left and right arrow keys" : `your mean ${number(state, guess)}`)
  );
}

// The caption of the curves, and what a screen reader calls them. at: where the two stand at the step.
export const curvesTitle = ({ pair: [first, second], step }, at) =>
  `Test accuracy by step: ${first} ${at[0]} (dashed), ${second} ${at[1]} at step ${step}`;
export const curvesName = ({ pair: [first, second], step }, { last }, at) =>
  `Learning curves to step ${last}, means over the seeds: ` +
  `at step ${step} ${first} stands at ${at[0]}, ${second} at ${at[1]}`;
export const differencesName = (state, { found }) =>
  `Differences seed by seed: ${found.map((value) => difference(state, value)).join(", ")}`;
