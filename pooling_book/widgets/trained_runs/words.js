// What the trained runs say: titles, numbers, and what two methods' differences tell.
import { show } from "../kit/core.js";
import { pairedInterval, told } from "./state.js";

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
const signed = (state, value, digits) => (value > 0 ? "+" : "") + number(state, value, digits);
// A difference of one seed, if there is one.
export const difference = (state, value, none = "none") => (value === null ? none : signed(state, value));

export function title({ quantity, percent, step }) {
  if (quantity === "steps") return `Steps to an accuracy of ${share(percent)}`;
  if (quantity === "after") return `Accuracy after ${step} steps`;
  return capital(QUANTITY_NAMES[quantity]);
}

// The differences seed by seed, their mean with its interval, and what it tells. scene: what state.compared gives.
export function explain(state, { names, found }) {
  const [first, second] = state.pair,
    seeds = found.length,
    missing = found.filter((value) => value === null).length;
  const list = found.map((value) => difference(state, value, "—")).join(", ");
  const start = `${capital(second)} less ${first}, ${title(state).toLowerCase()}: ${list} for seeds 0 to ${seeds - 1}.`;
  if (missing)
    return (
      `${start} For ${missing} of ${seeds} seeds one of the two never got there, ` +
      `and there is no difference to average.`
    );
  const t = state.quantiles["1"],
    interval = pairedInterval(found, t),
    deviation = number(state, interval.deviation, 4);
  const worked = `± ${show(t, 3)} · ${deviation} / √${seeds} = ± ${number(state, interval.half, 4)}`;
  return (
    `${start} Mean ${signed(state, interval.mean, 4)}, standard deviation ${deviation}. ` +
    `The interval is ${worked}. ${meaning(state, names, found, told(interval))}`
  );
}

// What the interval tells, and whether that stands among all the pairs that could have been looked at.
function meaning(state, names, found, verdict) {
  if (verdict === "cannot tell") return "It holds zero: these seeds cannot tell the two apart.";
  const pairs = (names.length * (names.length - 1)) / 2,
    wide = pairedInterval(found, state.quantiles[pairs]),
    half = number(state, wide.half, 4);
  const words = `It leaves out zero: ${state.pair[1]} ${VERDICTS[state.quantity][verdict]}.`;
  return told(wide) === "cannot tell"
    ? `${words} But there are ${pairs} pairs here. ` +
        `An interval that allows for all of them is ± ${half} and holds zero: take this as a hint.`
    : `${words} That stands even if all ${pairs} pairs are compared: ± ${half}.`;
}

// A method under the cursor, read aloud.
export const spoken = (state, { values }, method) =>
  `${method}${state.pair.includes(method) ? ", compared" : ""}: ` +
  `${values[method].map((value) => number(state, value)).join(", ")}`;

// The caption of the curves, and what a screen reader calls them. at: where the two stand at the step.
export const curvesTitle = ({ pair: [first, second], step }, at) =>
  `Test accuracy by step: ${first} ${at[0]} (dashed), ${second} ${at[1]} at step ${step}`;
export const curvesName = ({ pair: [first, second], step }, { last }, at) =>
  `Learning curves to step ${last}, means over the seeds: ` +
  `at step ${step} ${first} stands at ${at[0]}, ${second} at ${at[1]}`;
export const differencesName = (state, { found }) =>
  `Differences seed by seed: ${found.map((value) => difference(state, value)).join(", ")}`;
