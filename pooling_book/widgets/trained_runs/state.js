// What the trained runs hold, and what follows from it. The arithmetic is that of pooling_book.study: runs and
// statistics.
import { isOneOf, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

const UNIT = 10000; // accuracies travel as whole ten-thousandths

// The order of everything on the page.
export const TASKS = ["digits", "few", "clutter", "pictures"];
export const METHODS = ["none", "none, matched", "subsample", "strided conv", "max", "average", "L2", "stochastic"];
export const QUANTITIES = ["test", "gap", "steps", "after"];

const compares = {
  learnt: (value, { runs }) => typeof value === "string" && Object.hasOwn(runs, value), // the networks' task
  head: (value, { runs, learnt }) => typeof value === "string" && Object.hasOwn(runs[learnt], value),
  pair: (value, state) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value[0] !== value[1] &&
    value.every((method) => methods(state).includes(method)),
  quantity: isOneOf(...QUANTITIES),
  percent: isWhole(1, 100),
  step: (value, state) => isWhole(state.every, lastStep(state))(value) && value % state.every === 0,
};
export const settings = withTasks(compares);
// Another task may have neither the head, nor the methods, nor the step that stay.
export const agree = (state) => Object.entries(compares).every(([key, isSound]) => isSound(state[key], state));

// The methods that were tried for a task and a head, in their order, and the last step that was watched.
export const methods = ({ runs, learnt, head }) =>
  METHODS.filter((method) => Object.hasOwn(runs[learnt][head], method));
export function lastStep(state) {
  const { runs, learnt, head, every } = state;
  return every * readRun(runs[learnt][head][methods(state)[0]][0]).curve.length;
}

// {test, train, curve} of one network, in ten-thousandths.
export function readRun(text) {
  const [test, train, ...curve] = text.split(" ").map(Number);
  return { test, train, curve };
}

// ---- What a reader chooses ----

// Another task or head: the same pair and step, as far as they are there.
export function changed(state, changes) {
  const { runs } = state,
    { learnt, head: wanted } = { ...state, ...changes };
  const head = wanted in runs[learnt] ? wanted : Object.keys(runs[learnt])[0],
    now = { ...state, learnt, head },
    there = methods(now);
  const pair = state.pair.map((method) => (there.includes(method) ? method : null));
  for (const place of [0, 1]) pair[place] ??= there.find((method) => !pair.includes(method));
  return { learnt, head, pair, step: Math.min(state.step, lastStep(now)) };
}

// This method compared with the one chosen last; one of the two, and they change places.
export function chosen([first, second], method) {
  return { pair: method === first || method === second ? [second, first] : [second, method] };
}

// This method at that place of the pair; where it is the other of the two, they change places.
export function placed(pair, place, method) {
  const now = [...pair];
  if (now[1 - place] === method) now[1 - place] = now[place];
  now[place] = method;
  return { pair: now };
}

// ---- What follows ----

// What the whole drawing follows from.
export const COMPARED = ["runs", "every", "quantiles", ...Object.keys(compares)];

// {names: the methods; values: by method, one of the quantity for each seed, null where an accuracy was not reached;
// curves: by method, the accuracies of each seed; found: the second's values less the first's, seed by seed;
// last: the last step}
export function compared(state) {
  const names = methods(state),
    runs = Object.fromEntries(names.map((name) => [name, state.runs[state.learnt][state.head][name].map(readRun)]));
  const ofEach = (take) => Object.fromEntries(names.map((name) => [name, runs[name].map(take)]));
  const values = ofEach((run) => measured(run, state)),
    [first, second] = state.pair.map((name) => values[name]);
  const found = first.map((value, seed) => (value === null || second[seed] === null ? null : second[seed] - value));
  return {
    names,
    values,
    curves: ofEach(({ curve }) => curve.map((value) => value / UNIT)),
    found,
    last: lastStep(state),
  };
}

// One quantity of one network: an accuracy, a difference of two, or steps; null where an accuracy was not reached.
export function measured({ test, train, curve }, { quantity, percent, step, every }) {
  if (quantity === "test") return test / UNIT;
  if (quantity === "gap") return (train - test) / UNIT;
  if (quantity === "steps") return stepsTo(curve, percent, every);
  return curve[Math.min(step / every, curve.length) - 1] / UNIT;
}

// After how many steps a curve first stands at an accuracy, or null.
export function stepsTo(curve, percent, every) {
  const place = curve.findIndex((value) => value >= (percent * UNIT) / 100);
  return place < 0 ? null : (place + 1) * every;
}

// The mean of a method's values; NaN where an accuracy was not reached.
export const meanOf = (values) =>
  values.includes(null) ? NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

// The mean of some curves, step by step.
export const meanCurve = (curves) =>
  curves[0].map((_, n) => curves.reduce((sum, curve) => sum + curve[n], 0) / curves.length);

// Mean, standard deviation and half width of the interval of paired differences, given the quantile of t.
export function pairedInterval(differences, quantile) {
  const mean = meanOf(differences);
  const deviation = Math.sqrt(
    differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1),
  );
  return { mean, deviation, half: (quantile * deviation) / Math.sqrt(differences.length) };
}

// On which side of zero an interval lies.
export const verdictOf = ({ mean, half }) => (Math.abs(mean) <= half ? "cannot tell" : mean > 0 ? "higher" : "lower");
