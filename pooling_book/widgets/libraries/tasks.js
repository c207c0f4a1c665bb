// What the libraries can be asked for and waited for. They are told a case in groups, as state.grouped gives it.
import { caseOf, grouped, unpack } from "./state.js";

export const guesses = {
  // How many of the others give pooling_lib's numbers, and how many different outputs there are.
  agree: { form: "number", truth: ({ agree }) => agree.length - 1 },
  answers: { form: "number", truth: ({ others }) => others.length + 1 },
  // Who gives other numbers, and who refuses: marked on the list.
  differ: { form: "places", truth: ({ others }) => others.flatMap(({ who }) => who) },
  refuse: { form: "places", truth: ({ refuse }) => refuse },
};

// How far the goal is reached: {met, of}.
export const goals = {
  // All answer, and alike.
  alike: ({ agree, of }) => ({ met: Number(agree.length === Object.keys(of).length), of: 1 }),
  // So many other outputs than pooling_lib's, or more.
  answers: ({ others }, { count }) => ({ met: Math.min(others.length, count), of: count }),
};

export const facts = ({ cases, texts, names, setting, choices }) =>
  grouped(
    caseOf(
      cases.map((line) => unpack(line, texts)),
      { setting, choices },
    ),
    names,
  );
