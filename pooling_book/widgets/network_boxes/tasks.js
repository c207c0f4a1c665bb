// What the network boxes can ask for and wait for. facts: {values, now, was}: the settings, and what the network costs
// and did cost as it was published.
import { counted, COUNTS, edits, least, MEASURES, moved, published } from "./state.js";

export const facts = (values) => ({ values, now: counted(values), was: counted(published(values)) });

const ratios =
  (...names) =>
  ({ now, was }) =>
    names.map((name) => MEASURES[name](now) / MEASURES[name](was));
const FIVE = Object.keys(MEASURES);

// Boxes are named by their numbers: 0 is the image.
export const guesses = {
  // By how much the published network's counts are multiplied in this one.
  two: { form: "numbers", names: ["work", "params"], truth: ratios("work", "params"), within: 0.15 },
  five: { form: "numbers", names: FIVE, truth: ratios(...FIVE), within: 0.15 },
  // Which of the five differ from the published network's.
  changed: {
    form: "choices",
    options: () => FIVE,
    truth: ({ now, was }) => FIVE.filter((name) => MEASURES[name](now) !== MEASURES[name](was)),
  },
  // The boxes with the most of each of these counts, all of them where they tie. of: names of counts
  most: { form: "places", truth: ({ now }, { of }) => [...new Set(of.flatMap((name) => most(now, COUNTS[name])))] },
  // The box that does not fit once another is moved: {from, to}, both by their places among the items.
  refuses: {
    form: "places",
    truth({ values }, { from, to }) {
      const { error } = counted({ ...values, ...moved(values, from, to) });
      return error ? [String(error.at + 1)] : []; // the reader may have made room meanwhile
    },
  },
  // The side of the least image that fits.
  least: { form: "number", truth: ({ values }) => least(values) },
};

// How far the goal is reached: {met, of}. changes: with at most so many.
export const goals = {
  // The dense layers have at most 1/times of the parameters that they were published with.
  dense({ values, now, was }, { times, changes }) {
    const few = dense(now) * times <= dense(was);
    return { met: Number(few && edits(values) <= changes), of: 1 };
  },
  // The last map has that side.
  map: ({ values, now }, { side, changes }) => ({
    met: Number(now.last.side === side && edits(values) <= changes),
    of: 1,
  }),
  // At most so many multiply-adds, with the published boxes in another order.
  work({ values, now }, { network, most }) {
    const given = values.networks[network],
      sorted = ({ items }) => String(items.map((item) => JSON.stringify(item)).toSorted());
    const same = values.network === network && values.size === given.size && sorted(values) === sorted(given);
    return { met: Number(same && now.totals.multiplyAdds <= most), of: 1 };
  },
};

const dense = ({ head }) => head.reduce((sum, { parameters }) => sum + parameters, 0);

function most({ rows, head }, count) {
  const counts = [...rows, ...head].map((row) => row[count]),
    largest = Math.max(...counts);
  return counts.flatMap((one, n) => (one === largest ? [String(n + 1)] : []));
}
