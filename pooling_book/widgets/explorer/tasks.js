// What the explorer can ask for and wait for. facts: {values: the settings, plane, result, pointed: the element
// that is pointed at, or null, numbers: those that the open task began with}.
import { elementsUnder, inside, parsePlane, readers } from "../kit/core.js";
import { keyOf, winners } from "./arithmetic.js";
import { pooled } from "./state.js";

const flat = ([i, j], { columns }) => i * columns + j;
// The output that is asked about: settings may have left it outside.
const asked = ({ at }, result) => inside(at, result);

// given.at: an output, [i, j], on which the window stands once it is uncovered; but for readers an element.
export const guesses = {
  output: {
    form: "number",
    stands: true,
    truth: ({ result }, given) => (result ? result.values[flat(asked(given, result), result)] : NaN),
  },
  size: {
    form: "numbers",
    names: ["rows", "columns"],
    truth: ({ result }) => (result ? [result.rows, result.columns] : [NaN, NaN]),
  },
  winners: {
    form: "places",
    stands: true,
    truth: ({ plane, result }, given) =>
      result ? winners(plane, result, asked(given, result)).map((place) => keyOf(...place)) : [],
  },
  readers: { form: "number", truth: ({ result }, { at }) => (result ? countOf(result, at) : NaN) },
};

const NONE = { met: 0, of: 1 }; // the window fits nowhere

// How far the goal is reached: {met, of}.
export const goals = {
  // Every output is `value`, with at most `edits` numbers changed.
  every({ plane, result, numbers }, { value, edits }) {
    if (!result) return NONE;
    const right = result.values.filter((one) => one === value).length,
      of = result.values.length,
      within = changedIn(plane, numbers) <= edits;
    return { met: right === of && !within ? of - 1 : right, of };
  },
  size: ({ result }, { rows, columns }) =>
    result ? { met: (result.rows === rows) + (result.columns === columns), of: 2 } : NONE,
  // The window stands where the mean is none of its own numbers.
  mean_apart({ values, plane, result }) {
    if (!result || values.operation !== "avg") return NONE;
    const at = inside(values.selected, result),
      mean = result.values[flat(at, result)];
    const own = elementsUnder(plane, result.placed, ...at).filter(({ kind }) => kind === "real");
    return { met: own.some(({ value }) => value === mean) ? 0 : 1, of: 1 };
  },
  // An element that so many outputs read is pointed at.
  readers: ({ result, pointed }, { count }) => ({
    met: result && pointed && countOf(result, pointed) === count ? 1 : 0,
    of: 1,
  }),
};

// How many numbers differ from those of a text; all, where there are more or fewer of them.
function changedIn({ values }, numbers) {
  const before = parsePlane(numbers).values;
  return before.length === values.length ? values.filter((one, n) => !Object.is(one, before[n])).length : Infinity;
}

// Where an open task allows so many edits, {changed, most}; else null.
export const editsOf = ({ goal, given } = {}, { plane, numbers }) =>
  goal === "every" && plane ? { changed: changedIn(plane, numbers), most: given.edits } : null;

const countOf = ({ placed }, element) =>
  placed.map((along, axis) => readers(along, element[axis]).length).reduce((product, count) => product * count);

// What the open task hides: {size}, {output: [i, j]} with all that would tell it, {element: its readers}.
export function hidden(ask, result) {
  if (!ask || ask.over || !result) return {};
  if (ask.what === "size") return { size: true };
  return ask.what === "readers" ? { element: ask.given.at } : { output: asked(ask.given, result) };
}

// The element whose readers were asked for, once they are uncovered.
export const told = (ask) => (ask?.over && ask.what === "readers" ? ask.given.at : null);

// What both are told of a state: before anything is pointed at or changed, unless `view` says more.
export const facts = (values, scene = pooled(values), view = {}) => ({
  values,
  plane: scene.plane,
  result: scene.result,
  numbers: values.numbers,
  pointed: null,
  ...view,
});
