// What the convolution can ask for and wait for. facts: {values: the settings} and what state.filtered gives.
import { inside } from "../kit/core.js";
import { SIDE, correlated, filtered, flat, isZero, reweighted, total } from "./state.js";

const named = (n, { columns }) => `${Math.floor(n / columns)}, ${n % columns}`;
const names = ({ values }, { filters }) => filters ?? Object.keys(values.filters);

// Where no window fits, nothing is true. at, off: outputs, [row, column].
export const guesses = {
  output: {
    form: "number",
    truth: ({ result }, { at }) => (result ? result.values[flat(inside(at, result), result)] : NaN),
  },
  // Which of these filters gives most at one output, compared with what it gives at another.
  lights: {
    form: "choice",
    options: names,
    truth({ values, plane }, given) {
      if (!plane) return "";
      const strength = (name) => {
        const map = correlated(plane, values.filters[name]),
          size = (at) => Math.abs(map.sums[flat(inside(at, map), map)]);
        return size(given.at) - size(given.off);
      };
      return names({ values }, given).toSorted((one, other) => strength(other) - strength(one))[0];
    },
  },
  zeros: {
    form: "places",
    truth: ({ result }) =>
      result ? Array.from(result.values, (value, n) => isZero(value) && named(n, result)).filter(Boolean) : [],
  },
};

const NONE = Array.from({ length: SIDE }, () => Array(SIDE).fill(0)),
  MIDDLE = 1,
  ENOUGH = 0.002; // 0.11 is near enough to 1/9
const alike = (filter, other) => filter.flat().every((weight, n) => Math.abs(weight - other.flat()[n]) < ENOUGH);
const once = (isMet) => ({ met: Number(isMet), of: 1 });

// How far the goal is reached: {met, of}.
export const goals = {
  output: ({ result }, { at, value }) =>
    once(result !== null && isZero(result.values[flat(inside(at, result), result)] - value)),
  // Every constant image gives 0, though not every weight is 0.
  silent: ({ values: { filter } }) => once(isZero(total(filter)) && !alike(filter, NONE)),
  // The picture comes out as it is, moved by so many rows and columns.
  copies: ({ values: { filter } }, { by: [down, across] = [0, 0] }) =>
    once(alike(filter, reweighted(NONE, [MIDDLE - down, MIDDLE - across], 1))),
  averages: ({ values: { filter } }) =>
    once(
      alike(
        filter,
        NONE.map((row) => row.map(() => 1 / SIDE ** 2)),
      ),
    ),
};

// What the open task hides: {all}, or the one output, {at}, with all that would tell it; or nothing.
export function hidden(ask, result) {
  if (!ask || ask.over || !result) return {};
  return ask.what === "output" ? { at: inside(ask.given.at, result) } : { all: true };
}

// What both are told of a state.
export const facts = (values, scene = filtered(values)) => ({ values, ...scene });
