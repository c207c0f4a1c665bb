// What the networks can be asked and waited for. facts: {titles, label: the test digit's, or null for the reader's own,
// inked: whether there is any ink, first and found: what the networks make of the digit before and after the push}.
import { labelOf } from "../kit/digit.js";
import { unpack } from "../kit/network.js";
import { completed, read, seen, unpushed } from "./state.js";

const change = ({ titles, first, found }) => titles.filter((_, n) => found[n].verdict !== first[n].verdict);

export const guesses = {
  // Which networks read another digit than before the push.
  changes: { form: "choices", options: ({ titles }) => titles, truth: change },
  // What a network gives to the digit that it read before the push, in per cent.
  share: {
    form: "number",
    within: 10,
    truth({ titles, first, found }, { network }) {
      const n = titles.indexOf(network);
      return Math.round(100 * found[n].shares[first[n].verdict]);
    },
  },
};

export const goals = {
  // One network is right and another is wrong about a test digit.
  apart({ label, found }) {
    const right = found.filter(({ verdict }) => verdict === label).length;
    return { met: Number(label !== null && right > 0 && right < found.length), of: 1 };
  },
  // All networks read the reader's own digit as this one.
  drawn: ({ label, inked, found }, { digit }) => ({
    met: label === null && inked ? found.filter(({ verdict }) => verdict === digit).length : 0,
    of: found.length,
  }),
};

// What both are told of a state. answers: {first, found}, where they are known already.
export function facts(state, networks = state.networks.map(unpack), answers = null) {
  const values = { ...state, ...completed(state) };
  const both = answers ?? { first: read(networks, unpushed(values)), found: read(networks, seen(values)) };
  const titles = networks.map(({ title }) => title);
  return { titles, label: labelOf(values), inked: seen(values).some(Boolean), ...both };
}
