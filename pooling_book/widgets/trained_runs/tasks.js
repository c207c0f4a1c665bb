// What the trained runs can ask for and wait for. They are told of {values: the settings, scene: what state.compared
// gives}.
import { holds } from "../kit/tasks.js";
import { compared, meanOf, pairedInterval, verdictOf } from "./state.js";
import { verdicts } from "./words.js";

const NEAR = 0.02; // of an accuracy; a task may say otherwise

export const guesses = {
  // The means of some methods, drawn in their rows. at: those methods.
  means: {
    form: "curve",
    truth: ({ scene }, { at }) => at.map((name) => meanOf(scene.values[name])),
    within: NEAR,
  },
  // What the differences of the pair tell.
  verdict: {
    form: "choice",
    options: ({ values }) => Object.values(verdicts(values)),
    truth: ({ values, scene }) => verdicts(values)[found(values, scene)],
  },
  // The method with the largest mean. options: those to choose from, all unless given.
  largest: {
    form: "choice",
    options: ({ scene }, { options = scene.names }) => options,
    truth: ({ scene }, { options = scene.names }) => largest(scene, options),
  },
};

// How far the goal is reached: {met, of}. `settings`: what must hold besides.
export const goals = {
  // The pair can be told apart, even if all pairs are compared.
  apart: ({ values, scene }, { settings }) => ({
    met: Number(holds(values, settings) && found(values, scene, pairsOf(scene)) !== "cannot tell"),
    of: 1,
  }),
  // It cannot, not even if it is the only pair that is compared.
  together: ({ values, scene }, { settings }) => ({
    met: Number(holds(values, settings) && found(values, scene) === "cannot tell"),
    of: 1,
  }),
};

const pairsOf = ({ names }) => (names.length * (names.length - 1)) / 2;

// What the differences tell if so many pairs are compared.
const found = ({ quantiles }, scene, pairs = 1) =>
  scene.found.includes(null) ? "cannot tell" : verdictOf(pairedInterval(scene.found, quantiles[pairs]));

function largest({ values }, names) {
  const means = names.map((name) => meanOf(values[name]));
  return names[means.indexOf(Math.max(...means))];
}

// The methods whose networks are covered while something is asked for. ask: what tasks.asked gives.
export const hidden = (ask, names) =>
  ask && !ask.over ? ({ means: ask.given.at, largest: names }[ask.what] ?? []) : [];

export const facts = (state) => ({ values: state, scene: compared(state) });
