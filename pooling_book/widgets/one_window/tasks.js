// What the window can ask for and wait for. facts: {values, before, power, temperature, answers, drawings}.
import { METHODS, numberOf } from "../kit/family.js";
import { planeOf } from "../kit/photo.js";
import { answers, drawings, under } from "./state.js";
import { nameOf } from "./words.js";

const SIDES = ["below", "equal", "above"];
const EQUAL = 0.005; // what two decimals do not tell apart
const among = (methods = METHODS.map(([method]) => method)) => methods.map(nameOf);
const namesOf = (given, holds) => (given.among ?? METHODS.map(([method]) => method)).filter(holds).map(nameOf);

export const guesses = {
  // What a method answers.
  answer: { form: "number", within: 1, truth: ({ answers: now }, { method }) => now[method] },
  // Which methods answer with this value.
  equals: {
    form: "choices",
    options: (_, given) => among(given.among),
    truth: ({ answers: now }, given) => namesOf(given, (method) => Math.abs(now[method] - given.value) < EQUAL),
  },
  // Which answers have moved from what the photo's own pixels give, by more than `by`.
  moved: {
    form: "choices",
    options: (_, given) => among(given.among),
    truth({ answers: now, before, ...settings }, given) {
      const was = answers(before, settings);
      return namesOf(given, (method) => Math.abs(now[method] - was[method]) > (given.by ?? EQUAL));
    },
  },
  // Which method has the largest answer.
  largest: {
    form: "choice",
    options: (_, given) => among(given.among),
    truth({ answers: now }, given) {
      const most = Math.max(...given.among.map((method) => now[method]));
      return nameOf(given.among.find((method) => now[method] === most));
    },
  },
  // Where a method's answer lies beside that of another, `than`.
  side: {
    form: "choice",
    options: () => SIDES,
    truth({ answers: now }, { method, than }) {
      const by = now[method] - now[than];
      return SIDES[Math.abs(by) < EQUAL ? 1 : by < 0 ? 0 : 2];
    },
  },
};

export const goals = {
  // Two answers are at most `within` apart; not because all pixels are equal, nor by a limit, which is another method.
  meet: ({ answers: now, values, ...rest }, { method, beside, within = 1 }) => ({
    met: Number(
      Math.abs(now[method] - now[beside]) <= within &&
        new Set(values).size > 1 &&
        ![method, beside].some((one) => atLimit(one, rest)),
    ),
    of: 1,
  }),
  // Two answers are at least `by` apart.
  apart: ({ answers: now }, { method, beside, by }) => ({
    met: Number(Math.abs(now[method] - now[beside]) >= by),
    of: 1,
  }),
  // So many draws.
  drawn: ({ drawings: made }, { times }) => ({ met: Math.min(made?.count ?? 0, times), of: times }),
};
const atLimit = (method, { power, temperature }) =>
  (method === "power" && !Number.isFinite(numberOf(power))) ||
  (method === "soft" && (temperature === 0 || temperature === "inf"));

// What both are told of a state.
export function facts(state, look = under(state, planeOf(state))) {
  const { power, temperature } = state,
    { values, before } = look;
  return {
    values,
    before,
    power,
    temperature,
    answers: answers(values, state),
    drawings: drawings(values, state),
  };
}
