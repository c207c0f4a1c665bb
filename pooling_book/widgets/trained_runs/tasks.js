// What the trained runs can ask for and wait for. They are told of {values: the settings, scene: what state.compared
// gives}.
import { holds } from "../kit/tasks.js";
import { scaleFor } from "./scale.js";
import { compared, meanOf } from "./state.js";
import { verdicts } from "./words.js";

const NEAR = 0.06; // of a power of ten: 15 % more or fewer errors; a task may say otherwise

export const guesses = {
  // The means of some cells, drawn in their rows: places along the axis, which is logarithmic. at: those cells.
  means: {
    form: "curve",
    truth: ({ values, scene }, { at }) => {
      const { into } = scaleFor(Object.values(scene.values).flat(), values.quantity === "steps");
      return at.map((name) => into(meanOf(scene.values[name])));
    },
    within: NEAR,
  },
  // What the ratio of the pair tells, among all pairs.
  verdict: {
    form: "choice",
    options: ({ values }) => Object.values(verdicts(values)),
    truth: ({ values, scene }) => verdicts(values)[told(scene)],
  },
  // The cell with the largest mean, or the smallest. options: those to choose from, all unless given.
  largest: {
    form: "choice",
    options: ({ scene }, { options = scene.names }) => options,
    truth: ({ scene }, { options = scene.names }) => ordered(scene, options).at(-1),
  },
  smallest: {
    form: "choice",
    options: ({ scene }, { options = scene.names }) => options,
    truth: ({ scene }, { options = scene.names }) => ordered(scene, options)[0],
  },
};

// How far the goal is reached: {met, of}. `settings`: what must hold besides.
const reached = (isTold) => (facts, given) => ({
  met: Number(holds(facts.values, given.settings) && isTold(told(facts.scene))),
  of: 1,
});
export const goals = {
  // The pair can be told apart, even if all pairs are compared; it cannot; it is the same, within the band.
  apart: reached((verdict) => verdict.endsWith("error")),
  together: reached((verdict) => verdict === "cannot tell"),
  same: reached((verdict) => verdict === "the same"),
};

// Without a ratio nothing is told.
const told = ({ found }) => found?.verdict ?? "cannot tell";

function ordered({ values }, names) {
  const means = Object.fromEntries(names.map((name) => [name, meanOf(values[name])]));
  return [...names].sort((one, other) => means[one] - means[other]);
}

// The cells whose networks are covered while something is asked for. ask: what tasks.asked gives.
export const hidden = (ask, names) =>
  ask && !ask.over ? ({ means: ask.given.at, largest: names, smallest: names }[ask.what] ?? []) : [];

export const facts = (state) => ({ values: state, scene: compared(state) });
