// A digit on a grid, what pooling leaves of it, and the training digits nearest to that; as
// pooling_book.widgets.neighbours.
import { clamp, covered, placeAxis } from "../kit/core.js";
import { OWN, brushed, labelOf, pushed, roundAgain } from "../kit/digit.js";
import { isOneOf, isPair, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

// Of the grid and of every digit.
export const SIDE = 8; // pixels
export const INK = 16; // the most of a pixel
export const SHOWN = 5; // neighbours in the picture
export const METHODS = ["none", "max", "avg", "subsample"];
const BRUSH = 1.5; // pixels from the middle of the brush to where it leaves no ink

// What a link and a reload keep.
export const settings = withTasks({
  digit: (value, { test }) => isWhole(OWN, test.labels.length - 1)(value),
  pixels: (value) => typeof value === "string" && /^[a-q]{64}$/.test(value),
  pushed: isPair(-SIDE, SIDE), // so far that nothing is left
  method: isOneOf(...METHODS),
  window: isWhole(1, SIDE),
  stride: isWhole(1, SIDE),
  voters: isOneOf(1, 3),
});

// Whether the pixels are those of the test digit, if it is one, pushed; what left the grid on the way is gone.
export function agree({ digit, pixels, pushed: [down, across], test }) {
  if (digit === OWN) return true;
  const whole = pushed(readDigits(test.pixels)[digit], SIDE, down, across);
  return readDigits(pixels)[0].every((value, n) => value === 0 || value === whole[n]);
}

// What pooling, a neighbour's place and the count of right verdicts follow from.
export const POOLED = ["train", "method", "window", "stride"];
export const SCORED = [...POOLED, "test", "voters"];
export const LOOKED = [...SCORED, "pixels", "digit", "pushed"];

// ---- Digits ----

const FIRST = "a".charCodeAt(0);

// Digits as arrays of 64 values, from letters: "a" is 0, "q" is 16; and one digit back.
export const readDigits = (letters) =>
  Array.from({ length: letters.length / SIDE ** 2 }, (_, digit) =>
    Array.from({ length: SIDE ** 2 }, (_, n) => letters.charCodeAt(digit * SIDE ** 2 + n) - FIRST),
  );
export const writeDigit = (values) => String.fromCharCode(...values.map((value) => FIRST + value));

// ---- Arithmetic ----

// Which pixels each number is made of: {rows, columns, windows: the places of each window's pixels}.
function planOf({ method, window, stride }) {
  const [w, s] = { none: [1, 1], subsample: [1, stride] }[method] ?? [window, stride];
  const placed = placeAxis(SIDE, w, s, "valid", 1, false, 0),
    along = Array.from({ length: placed.count }, (_, n) => covered(placed, n));
  const windows = along.flatMap((rows) =>
    along.map((columns) => rows.flatMap((row) => columns.map((column) => row * SIDE + column))),
  );
  return { rows: placed.count, columns: placed.count, windows };
}

// What the settings leave of an image: {rows, columns, values}, whole numbers; an average's sums, so that ties are
// ties. A plan that is given serves for many images.
export function features(image, values, { rows, columns, windows } = planOf(values)) {
  const sum = (places) => places.reduce((total, n) => total + image[n], 0),
    most = (places) => places.reduce((best, n) => Math.max(best, image[n]), 0);
  return { rows, columns, values: windows.map(values.method === "avg" ? sum : most) };
}

// What features are divided by to be what they are called.
export const divisor = ({ method, window }) => (method === "avg" ? window ** 2 : 1);

function squareDistance(a, b) {
  let total = 0;
  for (let n = 0; n < a.length; n++) total += (a[n] - b[n]) ** 2;
  return total;
}

// The places of the `count` nearest training digits with their square distances, the nearest first; of equals the
// first.
export function nearest(query, training, count) {
  const best = [];
  for (let n = 0; n < training.length; n++) {
    const square = squareDistance(query, training[n]);
    let at = best.length;
    while (at > 0 && best[at - 1].square > square) at--;
    if (at < count) best.splice(at, 0, { n, square });
    if (best.length > count) best.pop();
  }
  return best;
}

// The label that occurs most often; of several, the one that comes first.
export function vote(labels) {
  const times = (label) => labels.filter((other) => other === label).length;
  return labels.reduce((best, label) => (times(label) > times(best) ? label : best));
}

// ---- What is shown ----

// The features of every digit of a text; of every training digit.
function featuresOf(letters, values) {
  const plan = planOf(values);
  return readDigits(letters).map((image) => features(image, values, plan).values);
}
export const trained = (values) => featuresOf(values.train.pixels, values);

// How many of the test digits get their own label: {right, of}.
export function scored(values, training) {
  const verdicts = featuresOf(values.test.pixels, values).map((query) =>
    vote(nearest(query, training, values.voters).map(({ n }) => values.train.labels[n])),
  );
  return { right: verdicts.filter((verdict, n) => verdict === values.test.labels[n]).length, of: verdicts.length };
}

// The digit on the grid: {image, label, pushed, rows, columns, compared: the numbers that are compared, found: its
// neighbours as {n, label, distance, compared}, tied: how many digits are as near as the nearest, voters, votes: how
// many do vote, none on an empty grid, verdict, training: how many digits it is compared with}.
export function looked(values, training) {
  const image = readDigits(values.pixels)[0],
    pooled = features(image, values),
    by = divisor(values),
    divided = (sums) => sums.map((value) => value / by);
  const near = nearest(pooled.values, training, SHOWN),
    [{ square }] = near;
  const found = near.map(({ n, square }) => ({
    n,
    label: values.train.labels[n],
    distance: Math.sqrt(square) / by,
    compared: divided(training[n]),
  }));
  return {
    image,
    label: labelOf(values),
    pushed: values.pushed,
    rows: pooled.rows,
    columns: pooled.columns,
    compared: divided(pooled.values),
    found,
    voters: values.voters,
    votes: image.some(Boolean) ? values.voters : 0,
    tied: training.filter((one) => squareDistance(pooled.values, one) === square).length,
    verdict: vote(found.slice(0, values.voters).map(({ label }) => label)),
    training: training.length,
  };
}

// ---- Changes, as settings ----

// So many test digits on.
export function following(values, by) {
  const digit = roundAgain(values, by);
  return { digit, pixels: writeDigit(readDigits(values.test.pixels)[digit]), pushed: [0, 0] };
}

// Pushed by so many pixels; beyond the grid's side there is nothing left to push.
export const pushedBy = ({ pixels, pushed: before }, ...by) => ({
  pixels: writeDigit(pushed(readDigits(pixels)[0], SIDE, ...by)),
  pushed: before.map((at, axis) => clamp(at + by[axis], -SIDE, SIDE)),
});

// The reader's own digit: an empty grid, and ink at a place of it.
const own = (image) => ({ digit: OWN, pixels: writeDigit(image), pushed: [0, 0] });
export const emptied = () => own(Array(SIDE ** 2).fill(0));
export const painted = ({ pixels }, place) => own(brushed(readDigits(pixels)[0], SIDE, INK, place, BRUSH));

// With ink on one pixel, or without where there is some.
export const toggled = ({ pixels }, [row, column]) =>
  own(readDigits(pixels)[0].map((old, n) => (n === row * SIDE + column ? (old ? 0 : INK) : old)));
