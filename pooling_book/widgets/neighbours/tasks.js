// What the neighbours can ask for and wait for. facts: {values: the settings, look, score}.
import { holds } from "../kit/tasks.js";
import { SIDE, looked, scored, trained } from "./state.js";

const DIGITS = Array.from("0123456789");

export const guesses = {
  // What the digit is taken for; options: the labels to choose from, all ten unless given.
  verdict: { form: "choice", options: (_, { options = DIGITS }) => options, truth: ({ look }) => look.verdict },
  // How many of the five nearest have that label.
  among: { form: "number", truth: ({ look }, { label }) => look.found.filter((one) => one.label === label).length },
  // The number that is compared most often.
  commonest: { form: "number", truth: ({ look }) => commonest(look.compared) },
  // How many of the test digits are read right.
  right: { form: "number", truth: ({ score }) => score.right },
};

// How far the goal is reached: {met, of}. `settings`: what must hold besides.
export const goals = {
  // The test digit is taken for another.
  change: ({ values, look }, { settings }) => ({
    met: Number(holds(values, settings) && look.label !== null && look.verdict !== look.label),
    of: 1,
  }),
  // Pushed by so many pixels, it is still read right.
  hold({ values, look }, { settings, by }) {
    const away = look.pushed.reduce((sum, one) => sum + Math.abs(one), 0);
    return { met: holds(values, settings) && look.verdict === look.label ? Math.min(away, by) : 0, of: by };
  },
  // The reader's own digit is taken for that, and is as high as the grid but for a row.
  read: ({ look }, { label }) => ({
    met: Number(look.label === null && look.verdict === label && rowsWithInk(look.image) >= SIDE - 1),
    of: 1,
  }),
};

const rowsWithInk = (image) =>
  Array.from({ length: SIDE }, (_, row) => image.slice(row * SIDE, (row + 1) * SIDE)).filter((row) => row.some(Boolean))
    .length;

function commonest(numbers) {
  const times = (number) => numbers.filter((other) => other === number).length;
  return numbers.reduce((best, number) => (times(number) > times(best) ? number : best));
}

// What both are told of a state.
export const facts = (values, look = looked(values, trained(values)), score = scored(values, trained(values))) => ({
  values,
  look,
  score,
});
