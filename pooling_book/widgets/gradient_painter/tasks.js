// What the painter can ask for and wait for. facts: {values: the settings} and what state.sent gives.
import { holds } from "../kit/tasks.js";
import { pooled, sent } from "./state.js";

const named = (n, { columns }) => `${Math.floor(n / columns)}, ${n % columns}`;
const flat = ([row, column], { columns }) => row * columns + column;
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

// Where nothing can be pooled, nothing is true. at: an element, [row, column].
export const guesses = {
  // Which elements some gradient comes to.
  receivers: {
    form: "places",
    truth: ({ plane, arrived }) =>
      arrived ? Array.from(arrived.reached, (one, n) => one && named(n, plane)).filter(Boolean) : [],
  },
  // What comes to an element.
  received: {
    form: "number",
    truth: ({ plane, arrived }, { at }) => (arrived ? arrived.values[flat(at, plane)] : NaN),
  },
  // What comes to all of them together.
  total: { form: "number", truth: ({ arrived }) => (arrived ? sum(arrived.values) : NaN) },
  // How many elements nothing comes to.
  idle: {
    form: "number",
    truth: ({ arrived }) => (arrived ? arrived.reached.length - sum(arrived.reached) : NaN),
  },
};

const NEAR = 1e-9; // shares are sums of fractions

// How far the goal is reached: {met, of}. `settings`: what must hold besides.
export const goals = {
  // An element receives so much.
  receives: ({ values, plane, arrived }, { at, value, settings }) => ({
    met: Number(
      arrived !== null && holds(values, settings) && Math.abs(arrived.values[flat(at, plane)] - value) < NEAR,
    ),
    of: 1,
  }),
  // At least two outputs send, and yet every element receives 0.
  cancel({ upstream, arrived }) {
    const send = upstream !== null && upstream.filter((one) => one !== 0).length >= 2;
    return { met: Number(send) + Number(send && arrived.values.every((one) => Math.abs(one) < NEAR)), of: 2 };
  },
};

// What both are told of a state.
export const facts = (values, scene = sent(values, pooled(values))) => ({ values, ...scene });
