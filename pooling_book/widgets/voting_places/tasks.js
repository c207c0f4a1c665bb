// What the votes can be asked and waited for. facts: {values, label, found: what the network makes of the digit,
// network, heard: of state.heard, still: the same before the push}.
import { labelOf } from "../kit/digit.js";
import { unpack } from "../kit/network.js";
import { completed, read, seen, unpushed } from "../pushed_digit/state.js";
import { heard, inkLeft, strongest } from "./state.js";

const most = ({ values }) => Math.max(...values);
const named = ({ columns }, n) => `${Math.floor(n / columns)}, ${n % columns}`;

export const guesses = {
  // The places with the largest votes, so many.
  loudest: {
    form: "places",
    truth: ({ heard: { votes } }, { count }) =>
      Array.from(votes.values, (vote, n) => [vote, n])
        .sort(([a], [b]) => b - a)
        .slice(0, count)
        .map(([, n]) => named(votes, n)),
  },
  score: { form: "number", truth: (known) => known.heard.score, within: 0.05 },
  // By how many columns the largest vote has gone to the right with the push.
  moved: {
    form: "number",
    truth: (known) => strongest(known.heard.votes)[1] - strongest(known.still.votes)[1],
  },
};

// How much ink is left, as the reader sees it while erasing.
function inkWords(left, keep) {
  if (left === null) return "There is other ink: press Reset.";
  const percent = `${Math.floor(100 * left)} %`;
  return 100 * left >= keep ? `${percent} of the ink left` : `${percent} left, too little: press Reset, cut less.`;
}

export const goals = {
  // Another class is looked at than is read, for which a place votes louder than any does for that.
  loud: (known) => ({
    met: Number(known.heard.k !== known.found.verdict && most(known.heard.votes) > most(known.verdictVotes)),
    of: 1,
  }),
  // A test digit is read as another, with so many per cent of its ink still there, and no ink more.
  gone({ values, found }, { digit, keep }) {
    const left = inkLeft(values, digit),
      met = left !== null && 100 * left >= keep && found.verdict !== values.test.labels[digit];
    return { met: Number(met), of: 1, words: inkWords(left, keep) };
  },
};

// What both are told of a state. answers: {network, found, still}, where they are known already.
export function facts(state, answers = null) {
  const values = { ...state, ...completed(state) };
  const network = answers?.network ?? unpack(values.networks.find(({ title }) => title === values.network));
  const found = answers?.found ?? read([network], seen(values))[0],
    still = answers?.still ?? read([network], unpushed(values))[0];
  const now = heard(found, network, values.looked);
  return {
    values,
    label: labelOf(values),
    network,
    found,
    heard: now,
    still: heard(still, network, now.k),
    verdictVotes: heard(found, network, null).votes,
  };
}
