// What is asked of every library, and its recorded answers in groups. Nothing is computed here.
import { withTasks } from "../kit/tasks.js";

// The order of a case's settings.
export const KEYS = ["kind", "size", "window", "stride", "padding", "ceil", "divisor"];

export const settings = withTasks({
  // One of the settings that were asked together.
  setting: (value, state) =>
    Object.keys(value).length === KEYS.length &&
    state.cases.some((line) => line.startsWith(`${placesOf(value, state.choices).join("")}|`)),
  library: (value, { names }) => names.includes(value), // whose call and answer are seen in full
});

// A setting as places among the choices, and back.
export const placesOf = (setting, choices) =>
  KEYS.map((key) => choices[key].findIndex(([value]) => value === setting[key]));
export const settingOf = (places, choices) =>
  Object.fromEntries(KEYS.map((key, n) => [key, choices[key][places[n]][0]]));

// A case of the state, as libraries.py packs it: {places, outputs, answers: [{call, output, why, error}]}; output and
// error are undefined where there is none.
export function unpack(line, texts) {
  const [places, outputs, answers] = line.split("|");
  return {
    places: Array.from(places, Number),
    outputs: outputs.split("/").map((grid) => grid.split(";").map((row) => row.split(" ").map(number))),
    answers: answers.split("/").map((answer) => {
      const [call, output, why, error] = answer.split(":");
      return { call: texts[call], output: placeOf(output), why: texts[why], error: texts[error] };
    }),
  };
}
const number = (word) => ({ nan: NaN, inf: Infinity, "-inf": -Infinity })[word] ?? Number(word);
// The first output is pooling_lib's, and so is an answer that names none; an empty place stands for a refusal.
const placeOf = (output = "0") => (output === "" ? undefined : Number(output));

// The recorded case of a setting.
export const caseOf = (cases, { setting, choices }) =>
  cases.find(({ places }) => String(places) === String(placesOf(setting, choices)));

// The recorded case nearest to what is wanted: what was just chosen stays, and as many of the others as can be.
export function nearest(cases, wanted, key) {
  const alike = (one) => one.places.filter((place, n) => place === wanted[n]).length;
  const fitting = cases.filter((one) => one.places[key] === wanted[key]);
  return fitting.reduce((best, one) => (alike(one) > alike(best) ? one : best));
}

// A setting with another choice of one key: {setting, moved: the keys that had to change with it}.
export function chosen(cases, { setting, choices }, key, place) {
  const at = KEYS.indexOf(key),
    wanted = placesOf(setting, choices).with(at, place),
    { places } = nearest(cases, wanted, at);
  return { setting: settingOf(places, choices), moved: KEYS.filter((_, n) => places[n] !== wanted[n]) };
}

// Only a mean with padding has a divisor to choose.
export const hasDivisor = ({ kind, padding }) => kind !== "max" && padding !== "valid";

// Places [row, column] at which two grids of one size differ.
export function differing(grid, other) {
  const found = [];
  grid.forEach((row, i) =>
    row.forEach((value, j) => {
      if (!(Math.abs(value - other[i][j]) <= 1e-4 || Object.is(value, other[i][j]))) found.push([i, j]);
    }),
  );
  return found;
}

export const sameSize = (grid, other) => grid.length === other.length && grid[0].length === other[0].length;

// A case in groups of names: {ours: pooling_lib's output, agree, refuse, others: [{values, who}]}; and `of`, the answer
// of each: {call, values, letter, why, error}. letter: which of the different outputs it is, from A, pooling_lib's.
export function grouped({ outputs, answers }, names) {
  const giving = (output) => names.filter((_, n) => answers[n].output === output),
    [ours, ...others] = outputs;
  return {
    ours,
    agree: giving(0),
    refuse: giving(undefined),
    others: others.map((values, n) => ({ values, who: giving(n + 1) })),
    of: Object.fromEntries(
      answers.map(({ output, ...answer }, n) => [
        names[n],
        { ...answer, values: outputs[output], letter: String.fromCharCode(65 + output) },
      ]),
    ),
  };
}
