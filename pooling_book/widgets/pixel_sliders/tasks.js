// What the pixels can ask for and wait for. facts: what state.looked gives.
import { planeOf } from "../kit/photo.js";
import { looked } from "./state.js";

const MOVED = ["max", "mean", "both", "none"];

// at: a pixel of the window, [row, column] in it.
export const guesses = {
  answers: { form: "numbers", names: ["max", "mean"], truth: ({ now }) => [now.max, now.mean] },
  moves: {
    form: "numbers",
    names: ["max by", "mean by"],
    truth: ({ now, was }) => [now.max - was.max, now.mean - was.mean],
  },
  moved: { form: "choice", options: () => MOVED, truth: ({ now, was }) => MOVED[which(now, was)] },
  room: { form: "number", truth: ({ now, side }, { at: [row, column] }) => now.room[row * side + column] },
  deciders: { form: "places", truth: ({ now, side }) => deciders(now).map((n) => place(n, side)) },
};

// How far a goal is reached: {met, of}.
export const goals = {
  // Maximum and mean are equal: then all pixels are as large as the first maximum.
  equal: ({ now, values }) => ({ met: now.tied - 1, of: values.length - 1 }),
  // The maximum is `max`, the mean `mean`; either may be left out.
  answers: ({ now }, wanted) => {
    const names = ["max", "mean"].filter((name) => name in wanted);
    return { met: names.filter((name) => now[name] === wanted[name]).length, of: names.length };
  },
  // The maximum is at least `by` away, in so many steps, while the mean is what it was.
  apart: ({ now, was }, { by }) => ({
    met: now.sum === was.sum ? Math.min(Math.abs(now.max - was.max), by) : 0,
    of: by,
  }),
};

// The pixels that the maximum is read from: those it rises with.
const deciders = ({ room }) => room.flatMap((left, n) => (left ? [] : [n]));

// A pixel's name in a guess: its row and its column in the window.
export const place = (n, side) => `${Math.floor(n / side)}, ${n % side}`;

function which(now, was) {
  const [max, mean] = [now.max !== was.max, now.sum !== was.sum];
  return max && mean ? 2 : max ? 0 : mean ? 1 : 3;
}

// What both are told of a state.
export const facts = (values, look = looked(values, planeOf(values))) => look;
