// What is said of the answers to one window.
import { show } from "../kit/core.js";
import { METHODS, POWER_NAMES, TEMPERATURE_NAMES, named, numberOf } from "../kit/family.js";

const NAMES = Object.fromEntries(METHODS);
export const nameOf = (method) => NAMES[method];
const percent = (share) => `${show(100 * share, 0)}\u00a0%`;
const one = (value) => show(value, 1);

// A pixel of the window by its place in it.
export const shortWhere = (n, side) => `pixel ${Math.floor(n / side)}, ${n % side}`;
export const where = (n, side) => `row ${Math.floor(n / side)}, column ${n % side}`;

// Which methods with a name the power mean stands between.
function between(power) {
  const above = POWER_NAMES.findIndex(([value]) => numberOf(value) > power);
  return `between ${POWER_NAMES[above - 1][1]} and ${POWER_NAMES[above][1]}`;
}

// What of the answers a change of the power, of the temperature, of the draws or of the bars has to do with, first in
// short; the rest is seen below. now: {values, answers, weights, drawings, power, temperature}.
export const explain = (changed, now) => (SAYINGS[changed] ?? SAYINGS.bars)(now);

const SAYINGS = {
  bars({ answers, weights }) {
    const [min, median, avg, max] = ["min", "median", "avg", "max"].map((method) => one(answers[method]));
    return [`Minimum ${min}, median ${median}, average ${avg}, maximum ${max}.`, softWords(weights)];
  },
  power({ answers, power, weights }) {
    const name = named(POWER_NAMES, power);
    const what = name ? `this is the ${name}` : between(numberOf(power));
    return [`Power mean with p = ${show(numberOf(power))}: ${one(answers.power)}, ${what}.`, softWords(weights)];
  },
  temperature({ answers, temperature, weights }) {
    const name = named(TEMPERATURE_NAMES, temperature),
      what = name ? `, this is the ${name}` : "";
    return [`Softmax-weighted at T = ${show(numberOf(temperature))}: ${one(answers.soft)}${what}.`, softWords(weights)];
  },
  draws({ values, answers, drawings, weights }) {
    if (!drawings) return SAYINGS.bars({ answers, weights });
    const { count, mean, last } = drawings,
      drawn = last === null ? "Drawn" : `Drawn: ${last}`,
      times = `${count} ${count > 1 ? "draws" : "draw"}`;
    return [
      `${drawn}. ${times}, mean ${one(mean)}; expected ${one(answers.stochastic)}.`,
      values.some(Boolean)
        ? `Chances: ${weights.stochastic.map(percent).join(", ")}.`
        : "All are black: no chance is defined; the answer is 0.",
    ];
  },
};
// What the pixels weigh in the softmax-weighted mean.
const softWords = ({ soft }) => `Softmax weights: ${soft.map(percent).join(", ")}.`;

export const COVERED = ["The answers are covered until you uncover your guess.", "Until then all else stands still."];

// What a row of the answers says.
export const answerName = (method, { power, temperature }) =>
  ({
    power: `power mean, p = ${show(numberOf(power))}`,
    soft: `softmax, T = ${show(numberOf(temperature))}`,
    stochastic: "stochastic, expected",
  })[method] ?? nameOf(method);

// What each method does, in a line.
export const MEANINGS = [
  ["geometric mean", "the n-th root of the product"],
  ["root mean square", "the root of the mean of the squares"],
  ["power mean", "the p-th root of the mean of p-th powers"],
  ["softmax", "a mean with the weights exp(x/T)"],
  ["rank-weighted", "each rank weighs half of the one before it"],
  ["mixed", "half maximum, half average"],
  ["stochastic", "one pixel, drawn with a chance that goes with its value; ring: on average, ✕: the last draw"],
];
