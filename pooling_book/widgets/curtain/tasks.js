// What the curtain can ask for and wait for. facts: {values: the settings, found: of state.both}.
import { both, compared, pooled } from "./state.js";
import { nameOf } from "./words.js";

const BRIGHTER = ["left", "right", "almost equal"];
const names = (methods) => methods.map((method) => nameOf(method));
const least = (list, how) => list.reduce((best, one) => (how(one) < how(best) ? one : best));

export const guesses = {
  // The mean brightness of the right output.
  brightness: { form: "number", within: 10, truth: ({ found }) => found.compared.right },
  // How far the outputs are apart on average.
  difference: { form: "number", within: 5, truth: ({ found }) => found.compared.apart },
  // Which output is brighter; `within` grey levels they count as equal.
  brighter: {
    form: "choice",
    options: () => BRIGHTER,
    truth({ found }, { near = 2 }) {
      const by = found.compared.left - found.compared.right;
      return BRIGHTER[Math.abs(by) <= near ? 2 : by > 0 ? 0 : 1];
    },
  },
  // Which method's output is nearest to the left one.
  nearest: {
    form: "choice",
    options: (_, { among }) => names(among),
    truth: ({ values, found }, { among }) =>
      nameOf(least(among, (method) => compared(found.left, pooled(method, values), found.plane).apart)),
  },
};

export const goals = {
  // Two different methods, at most `most` grey levels apart on average; `left` and `right` may be asked for.
  close: ({ values, found }, { most, ...wanted }) => ({
    met: Number(
      found.compared.apart <= most && values.left !== values.right && isAsked(values, wanted) && !atLimit(values),
    ),
    of: 1,
  }),
  // At least `least` grey levels apart on average.
  apart: ({ values, found }, { least: by, ...wanted }) => ({
    met: Number(found.compared.apart >= by && isAsked(values, wanted)),
    of: 1,
  }),
};

const isAsked = (values, wanted) =>
  ["left", "right"].every((side) => !(side in wanted) || values[side] === wanted[side]);
// Whether a power or a temperature stands at a limit, which is another method.
function atLimit({ left, right, power, temperature }) {
  const on = (method) => left === method || right === method;
  return (on("power") && typeof power === "string") || (on("soft") && (temperature === 0 || temperature === "inf"));
}

// What both are told of a state.
export const facts = (values, found = both(values)) => ({ values, found });
