// A digit, the class that is looked at, and the votes of every place for it: no page, no drawing.
import { binned, binsOf } from "../kit/bins.js";
import { clamp } from "../kit/core.js";
import { decode } from "../kit/photo.js";
import { CLASSES, SIDE, votes } from "../kit/network.js";
import { isEither, isFlag, isOneOf, isWhole } from "../kit/settings.js";
import { INK, own, settings as digits, unpushed } from "../pushed_digit/state.js";

const RUBBER = 2.6; // pixels from the middle of the eraser to where it takes nothing

export const settings = {
  ...digits,
  network: (value, { networks }) => networks.some(({ title }) => title === value),
  looked: isEither(isOneOf(null), isWhole(0, CLASSES - 1)), // the class; null: the one that the network reads
  smooth: isFlag,
};

// What a network says of the digit, for the class that is looked at: {k, votes: a plane, average, bias, score}
export function heard(found, network, looked) {
  const k = looked ?? found.verdict,
    plane = votes(found.last, network.dense, k),
    average = plane.values.reduce((sum, vote) => sum + vote, 0) / plane.values.length;
  return { k, votes: plane, average, bias: network.dense.bias[k], score: found.logits[k] };
}

// The place with the largest vote.
export function strongest({ columns, values }) {
  const n = values.reduce((best, vote, at) => (vote > values[best] ? at : best), 0);
  return [Math.floor(n / columns), n % columns];
}

// The pixels of the input that a place of the votes stands over: {start, end} of an axis.
export const over = (at, side) => ({ start: (at * SIDE) / side, end: ((at + 1) * SIDE) / side });

// Votes between the middles of their places, as a plane so many times as fine: what papers draw.
export function smoothed({ rows, columns, values }, times) {
  const fine = new Float64Array(rows * columns * times ** 2);
  const split = (n, size) => {
    const at = clamp((n + 0.5) / times - 0.5, 0, size - 1),
      low = Math.floor(at);
    return [low, Math.min(low + 1, size - 1), at - low];
  };
  for (let n = 0; n < fine.length; n++) {
    const [top, bottom, down] = split(Math.floor(n / (columns * times)), rows),
      [left, right, across] = split(n % (columns * times), columns);
    const along = (row) => values[row * columns + left] * (1 - across) + values[row * columns + right] * across;
    fine[n] = along(top) * (1 - down) + along(bottom) * down;
  }
  return { rows: rows * times, columns: columns * times, values: fine };
}

// How much of a test digit's ink is left; null if there is ink where it has none.
export function inkLeft({ pixels, test }, digit) {
  const now = unpushed({ pixels }),
    before = unpushed({ pixels: test.pixels[digit] }),
    sum = (values) => values.reduce((a, b) => a + b, 0);
  return now.some((ink, n) => ink > before[n]) ? null : sum(now) / sum(before);
}

// ---- Changes, as settings ----

// With less ink at a place of the grid, where the digit is as it has been pushed.
export function rubbed(values, [y, x]) {
  const [down, across] = values.pushed,
    before = unpushed(values);
  const rest = before.map((ink, n) => {
    const far = Math.hypot(Math.floor(n / SIDE) + 0.5 + down - y, (n % SIDE) + 0.5 + across - x);
    return Math.round(ink * clamp(far - RUBBER + 1, 0, 1));
  });
  return rest.some((ink, n) => ink !== before[n]) ? own(rest) : {};
}

// A photo as a digit: bins of an adaptive average make it small, and ink is what differs from its edge.
export function inked(photo) {
  const small = binned(decode(photo), [binsOf(photo.rows, SIDE), binsOf(photo.columns, SIDE)], "avg").values;
  const edge = Array.from(small).filter((_, n) => isEdge(Math.floor(n / SIDE)) || isEdge(n % SIDE)),
    paper = edge.sort((a, b) => a - b)[Math.floor(edge.length / 2)];
  const ink = Array.from(small, (grey) => (paper > INK / 2 ? paper - grey : grey - paper)),
    most = Math.max(1, ...ink);
  return { ...own(ink.map((one) => Math.round((INK * Math.max(0, one)) / most))), pushed: [0, 0] };
}
const isEdge = (at) => at === 0 || at === SIDE - 1;
