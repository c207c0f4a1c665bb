// What the explorer can ask for and wait for. facts: {values: the settings, plane, result}.
import { elementsUnder, parsePlane } from "../kit/core.js";

const flat = ([i, j], { columns }) => i * columns + j;

// at: an output, [i, j].
export const guesses = {
  output: { form: "number", truth: ({ result }, { at }) => result.values[flat(at, result)] },
  size: { form: "numbers", names: ["rows", "columns"], truth: ({ result }) => [result.rows, result.columns] },
  winners: { form: "places", truth: ({ plane, result }, { at }) => winners(plane, result, at) },
};

// How far the goal is reached: {met, of}.
export const goals = {
  // Every output is `value`, with at most `edits` numbers of the scene changed.
  every({ plane, result }, { value, edits, numbers }) {
    const right = result.values.filter((one) => one === value).length,
      of = result.values.length;
    const before = parsePlane(numbers).values,
      changed = before.length === plane.values.length ? before.filter((one, n) => one !== plane.values[n]).length : of;
    return { met: right === of && changed > edits ? of - 1 : right, of };
  },
  size: ({ result }, { rows, columns }) => ({
    met: (result.rows === rows) + (result.columns === columns),
    of: 2,
  }),
};

// The places of the largest elements under an output: more than one, where they tie.
function winners(plane, result, at) {
  const real = elementsUnder(plane, result.placed, ...at).filter(({ kind }) => kind === "real");
  const most = result.values[flat(at, result)];
  return real.filter(({ value }) => Object.is(value, most)).map(({ row, column }) => `${row}, ${column}`);
}
