// What the bins can be asked and waited for. facts: {values: the settings, scene: of state.scene}.
import { holds } from "../kit/tasks.js";
import { scene, untilItJumps } from "./state.js";

const lengths = (bins) => bins.map(({ start, end }) => end - start);

export const guesses = {
  // How many rows the first three bins read.
  lengths: {
    form: "numbers",
    names: ["bin 0", "bin 1", "bin 2"],
    truth: ({ scene: { levels } }) => lengths(levels[0].bins[0]).slice(0, 3),
  },
  // How many cells more than one bin reads.
  again: { form: "number", truth: ({ scene: { again } }) => again },
  // How many numbers come out.
  count: {
    form: "number",
    truth: ({ scene: { levels } }) => levels.reduce((sum, { values }) => sum + values.length, 0),
  },
  // By how many tenths of a cell the box goes to the right until RoI pool reads other cells.
  jump: { form: "number", truth: ({ values }) => untilItJumps(values) },
};

export const goals = {
  // Every cell is read once, on a map of at least so many rows and columns.
  // Not while its corner is held: what is said then would move the map away from the hand.
  once({ values: { size, pool, held }, scene: { again } }, { least }) {
    const met = (again === 0) + size.filter((side, axis) => side >= least[axis]).length;
    return { met: pool === "adaptive" ? Math.min(met, held ? 2 : 3) : 0, of: 3 };
  },
  // The map has this size, whatever else is set.
  size: ({ values }, { size }) => ({ met: Number(holds(values, { size })), of: 1 }),
  // RoI pool and RoI align differ by so much in the output that is looked at.
  apart: ({ values, scene: { levels, region } }, { by }) => {
    const n = Math.min(values.selected, levels[0].values.length - 1);
    return { met: Number(region !== null && Math.abs(levels[0].values[n] - region.align.values[n]) >= by), of: 1 };
  },
};

// What both are told of a state.
export const facts = (values, now = scene(values)) => ({ values, scene: now });
