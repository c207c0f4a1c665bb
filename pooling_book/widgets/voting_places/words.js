// What the votes of all places say for a class, and how they make its score.
import { show } from "../kit/core.js";
import { SIDE } from "../kit/network.js";
import { percent } from "../pushed_digit/words.js";
import { over } from "./state.js";

// "9.31 + 0.12 = 9.43", with as many decimals as make the printed numbers add up.
export function addition(average, bias, score) {
  const digits = [2, 3, 4, 5].find((n) => adds(n, average, bias, score)) ?? 6;
  return { average: fixed(average, digits), bias: added(bias, digits), score: fixed(score, digits) };
}
const adds = (digits, average, bias, score) =>
  Math.abs([average, bias, -score].reduce((sum, one) => sum + Number(one.toFixed(digits)), 0)) < 0.5 * 10 ** -digits;
const fixed = (value, digits) => value.toFixed(digits).replace("-", "−");
const added = (value, digits) => `${value < 0 ? "−" : "+"} ${Math.abs(value).toFixed(digits)}`;

// [a short sentence, the rest]. heard: of state.heard; hides: {map, scores}, what is covered.
export function explain({ inked, heard, found }, hides) {
  const { k, votes, average, bias, score } = heard;
  if (!inked) return ["There is no ink, and the places vote all the same: a network answers whatever it is shown.", ""];
  const made = addition(average, bias, score);
  const sum = hides.scores
    ? "the score is covered."
    : `average ${made.average} ${made.bias} (bias) = score ${made.score}.`;
  const count = votes.values.length;
  return [
    `The ${count} votes for ${k}: ${hides.map ? "covered." : sum}`,
    hides.map || hides.scores ? "" : verdict(found, votes, k),
  ];
}

// What is read, and how far the votes go.
function verdict({ verdict: reads, shares }, { values }, k) {
  const [low, high] = [Math.min(...values), Math.max(...values)],
    next = shares.reduce((best, share, n) => (n !== reads && (best < 0 || share > shares[best]) ? n : best), -1);
  return (
    `The network reads ${reads} (${percent(shares[reads])}), then ${next} (${percent(shares[next])}). ` +
    `The votes for ${k} go from ${whole(low)} to ${whole(high)}.`
  );
}
const whole = (value) => show(value, 0);

// A place that is pointed at.
export function explainPlace({ k, votes }, [row, column]) {
  const value = votes.values[row * votes.columns + column];
  const [down, across] = [over(row, votes.rows), over(column, votes.columns)].map(
    ({ start, end }) => `${start} to ${end - 1}`,
  );
  return (
    `Place (${row}, ${column}) votes ${show(value, 1)} for ${k}: ` +
    `${show(value / votes.values.length, 2)} of the average. ` +
    `It stands over rows ${down}, columns ${across} of the ${SIDE} × ${SIDE} pixels.`
  );
}
export const coveredPlace = ([row, column]) => `Place (${row}, ${column}): covered.`;

// A class on its button.
export function nameOfClass(k, score, share, isVerdict) {
  const known = score === null ? "covered" : `score ${show(score, 1)}, ${percent(share)}`;
  return `${k}: ${known}${isVerdict ? ", what the network reads" : ""}`;
}

export const titleOfDigit = (label) => (label === null ? "Your digit" : `A test ${label}`);
export const titleOfVotes = ({ k, votes }) => `Votes for ${k}, ${votes.rows} × ${votes.columns}`;
export const PUSHED = "The digit: arrow keys push it, Home brings it back";
export const DRAWN = "The digit: arrow keys move a cursor, the space bar draws or erases under it";
export const MAP = "Votes: arrow keys point at a place, the space bar marks it where a guess is asked";
