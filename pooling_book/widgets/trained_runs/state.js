// What the trained runs hold, and what follows from it.
import { isOneOf, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";
import { judge, middle } from "./judging.js";

const UNIT = 10000; // errors travel as whole ten-thousandths
export const LEVELS = { least: 5, most: 400, step: 5 }; // thousandths

export const QUANTITIES = ["test", "train", "after", "steps"];
const ALWAYS = ["test", "train"]; // the others where validation images were looked at on the way

const isKey = (value, of) => typeof value === "string" && Object.hasOwn(of, value);
const compares = {
  block: (value, { runs }) => isKey(value, runs),
  data: (value, { runs, block }) => isKey(value, runs[block]),
  pair: (value, state) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value[0] !== value[1] &&
    value.every((name) => cellsOf(state).includes(name)),
  quantity: (value, state) => isOneOf(...quantities(state))(value),
  level: (value) => isWhole(LEVELS.least, LEVELS.most)(value) && value % LEVELS.step === 0,
  step: (value, { every, last }) => isWhole(every, last)(value) && value % every === 0,
};
export const settings = withTasks(compares);
// Another block may have neither the data set, nor the cells, nor the quantity that stay.
export const agree = (state) => Object.entries(compares).every(([key, isSound]) => isSound(state[key], state));

// What is known of the block, {name, words, paired, curves}; its cells in their order; what can be compared there.
export const blockOf = ({ blocks, block }) => blocks.find(({ name }) => name === block);
export function cellsOf({ runs, block, data, cells }) {
  return cells.map(([name]) => name).filter((name) => Object.hasOwn(runs[block][data], name));
}
export const quantities = (state) => (blockOf(state).curves ? QUANTITIES : ALWAYS);

// {test, train, curve} of each seed of a cell, in ten-thousandths.
export function readRuns(text) {
  return text.split(", ").map((seed) => {
    const [test, train, ...curve] = seed.split(" ").map(Number);
    return { test, train, curve };
  });
}

// ---- What a reader chooses ----

// Another block or data set: the same pair and quantity, as far as they are there.
export function changed(state, changes) {
  const { runs } = state,
    { block, data: wanted } = { ...state, ...changes };
  const data = wanted in runs[block] ? wanted : Object.keys(runs[block])[0],
    now = { ...state, block, data },
    there = cellsOf(now);
  const pair = state.pair.map((name) => (there.includes(name) ? name : null));
  for (const place of [0, 1]) pair[place] ??= there.find((name) => !pair.includes(name));
  return { block, data, pair, quantity: quantities(now).includes(state.quantity) ? state.quantity : "test" };
}

// This cell compared with the one chosen last; one of the two, and they change places.
export function chosen([first, second], name) {
  return { pair: name === first || name === second ? [second, first] : [second, name] };
}

// This cell at that place of the pair; where it is the other of the two, they change places.
export function placed(pair, place, name) {
  const now = [...pair];
  if (now[1 - place] === name) now[1 - place] = now[place];
  now[place] = name;
  return { pair: now };
}

// ---- What follows ----

// What the whole drawing follows from.
export const COMPARED = ["runs", "blocks", "sets", "cells", "every", "last", "same", ...Object.keys(compares)];

// {names: the cells; values: by cell, one of the quantity for each seed, errors in percent, null where an error was not
// reached; curves: by cell, the validation errors of each seed, in percent, or none; paired: whether a seed draws the
// same images for all; ratios: of the pair, seed by seed, where it is paired; found: what judge says}
export function compared(state) {
  const names = cellsOf(state),
    { paired, curves } = blockOf(state);
  const runs = Object.fromEntries(names.map((name) => [name, readRuns(state.runs[state.block][state.data][name])]));
  const ofEach = (take) => Object.fromEntries(names.map((name) => [name, runs[name].map(take)]));
  const values = ofEach((run) => measured(run, state)),
    found = judge(values, state.pair, { paired, same: state.same });
  const [first, second] = state.pair.map((name) => values[name]);
  const ratios = found && paired ? first.slice(0, second.length).map((value, seed) => second[seed] / value) : [];
  return { names, values, curves: curves ? ofEach(({ curve }) => curve.map(percent)) : null, paired, ratios, found };
}

// One quantity of one network: an error in percent, or steps; null where an error was not reached.
export function measured({ test, train, curve }, { quantity, level, step, every }) {
  if (quantity === "steps") return stepsTo(curve, level, every);
  return percent({ test, train, after: curve[step / every - 1] ?? 0 }[quantity]);
}
const percent = (value) => (100 * value) / UNIT;

// After how many steps a curve first stands at an error or below it, or null.
export function stepsTo(curve, level, every) {
  const place = curve.findIndex((value) => value <= (level * UNIT) / 1000);
  return place < 0 ? null : (place + 1) * every;
}

// The mean of some curves, step by step.
export const meanCurve = (curves) =>
  curves[0].map((_, n) => curves.reduce((sum, curve) => sum + curve[n], 0) / curves.length);

// The mean of a cell's values, of their logarithms where none is 0; NaN where an error was not reached.
export const meanOf = (values) => middle(values).mean;
