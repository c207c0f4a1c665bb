// What the networks can be asked and waited for. facts: {titles, label: the test digit's, or null for the reader's own,
// inked: whether there is any ink, first and found: what the networks make of the digit before and after the push}.

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
  apart: ({ label, found }) => ({
    met: [true, false].filter((right) => label !== null && found.some(({ verdict }) => (verdict === label) === right))
      .length,
    of: 2,
  }),
  // All networks read the reader's own digit as this one.
  drawn: ({ label, inked, found }, { digit }) => ({
    met: label === null && inked ? found.filter(({ verdict }) => verdict === digit).length : 0,
    of: found.length,
  }),
};
