// What the sliding picture can ask for and wait for. facts: {values: the settings, shifts: of state.pooledShifts}.
import { SHIFTS, pooledShifts, visited } from "./state.js";
import { HEIGHTS } from "./words.js";

const highest = (shifts) => Math.max(...shifts.map(({ back }) => back.mean));

export const guesses = {
  // The share of the outputs that a shift changes, moved back, in per cent: the shift that is `given`, or the present
  // one.
  changed: {
    form: "number",
    truth: ({ values, shifts }, { shift = values.shift }) => 100 * shifts[shift].back.changed,
    within: 5,
  },
  // The curve of the outputs moved back, or `left: true`: of those left where they stand; at all shifts but the
  // `known`.
  curve: {
    form: "curve",
    truth: ({ shifts }, given) => asked(given).map((shift) => heightOf(shifts[shift], given)),
  },
  // How high the curve goes beside that of another pool, `beside`.
  height: {
    form: "choice",
    options: () => HEIGHTS,
    truth({ values, shifts }, { beside }) {
      const ratio = highest(shifts) / highest(pooledShifts({ ...values, operation: beside }));
      return HEIGHTS[ratio > 0.9 ? 0 : ratio >= 0.5 ? 1 : 2];
    },
  },
};

// The shifts whose points are given, and those at which a curve is asked for.
export const known = (given) => given.known ?? [0];
export const asked = (given) => SHIFTS.filter((shift) => !known(given).includes(shift));
export const heightOf = ({ back, still }, { left = false }) => (left ? still : back.mean);

export const goals = {
  // Every shift has been visited, beyond 0, where all begins.
  visited: ({ values }) => ({ met: visited(values).filter(Boolean).length, of: SHIFTS.length - 1 }),
  // The outputs left where they stand change by at most `most`, at every shift.
  steady: ({ shifts }, { most }) => ({ met: Number(shifts.every(({ still }) => still <= most)), of: 1 }),
};

// What both are told of a state.
export const facts = (values, shifts = pooledShifts(values)) => ({ values, shifts });
