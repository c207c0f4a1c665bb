// Tokens of a sentence or elements of a set, a number each, with padding, and what each pool makes of them. The
// arithmetic is that of tokens/__init__.py.
import { clamp } from "../kit/core.js";
import { isFlag, isList, isNumber, isOneOf, isRecord, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const MOST = 12; // places of a row, padding among them
export const MOST_PADS = 6;
export const HIGHEST = 6; // a token's number, and −6 the lowest
export const MOST_QUERY = 3; // in halves
export const POOLS = ["sum", "mean", "max", "first", "last", "attention", "spread", "top"];
const LONGEST_WORD = 12; // letters
const NEAR = 1e-9;

// A token is [word, number, whether it is there].
const isWord = (text) => typeof text === "string" && text.trim() !== "" && text.length <= LONGEST_WORD;
const isToken = (one) =>
  Array.isArray(one) && one.length === 3 && isWord(one[0]) && isWhole(-HIGHEST, HIGHEST)(one[1]) && isFlag(one[2]);
const isSide = isOneOf("right", "left");
const ROW = { tokens: isList(isToken, 1, MOST), pads: isWhole(0, MOST_PADS), side: isSide };
const isKept = isRecord(ROW);
const isShort = ({ tokens, pads }) => tokens.length + pads <= MOST;

// What a link and a reload keep.
export const settings = withTasks({
  ...ROW,
  masked: isFlag,
  query: (value) => isNumber(-MOST_QUERY, MOST_QUERY)(value) && Number.isInteger(2 * value),
  kept: (value) => value === null || (isKept(value) && isShort(value)),
});
// Tokens and padding fit beside each other.
export const agree = isShort;

// What is looked at follows from these.
export const LOOKED = ["tokens", "pads", "side", "masked", "query", "kept"];

// ---- Arithmetic ----

// The weights of attention: softmax of query times each number.
export function weightsOf(numbers, query) {
  const most = Math.max(...numbers.map((x) => query * x)),
    exponentials = numbers.map((x) => Math.exp(query * x - most));
  const total = exponentials.reduce((sum, one) => sum + one, 0);
  return exponentials.map((one) => one / total);
}

// The answer of every pool, a list of one or two numbers, or null where it has none.
export function pooled(numbers, query) {
  if (!numbers.length) return { ...Object.fromEntries(POOLS.map((name) => [name, null])), sum: [0] };
  const sum = numbers.reduce((total, x) => total + x, 0),
    mean = sum / numbers.length,
    square = numbers.reduce((total, x) => total + (x - mean) ** 2, 0) / numbers.length;
  const weights = weightsOf(numbers, query);
  return {
    sum: [sum],
    mean: [mean],
    max: [Math.max(...numbers)],
    first: [numbers[0]],
    last: [numbers.at(-1)],
    attention: [numbers.reduce((total, x, n) => total + weights[n] * x, 0)],
    spread: [mean, Math.sqrt(square)],
    top: numbers.length > 1 ? largest(numbers, 2) : null,
  };
}

// The largest so many, in the order of the list; of equals the first count.
function largest(numbers, count) {
  const falling = numbers.map((_, n) => n).sort((a, b) => numbers[b] - numbers[a] || a - b);
  return falling
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((n) => numbers[n]);
}

export const isSame = (a, b) =>
  a === null || b === null ? a === b : a.length === b.length && a.every((one, n) => Math.abs(one - b[n]) <= NEAR);

// The numbers of the tokens that are there; what the pools read of a row.
export const present = ({ tokens }) => tokens.filter(([, , here]) => here).map(([, number]) => number);
function readOf(row, masked) {
  const zeros = Array(masked ? 0 : row.pads).fill(0);
  return row.side === "right" ? [...present(row), ...zeros] : [...zeros, ...present(row)];
}

// A row and what follows from it: {numbers: what the pools read, answers: of each pool, T: the row's length, wrong: the
// pools that the padding has changed, alone: the answers without it, weights: of each token, and of one place of
// padding, kept: the answers for the row that is kept, and same: the pools that answer alike, or null}.
export function looked(values) {
  const { tokens, pads, masked, query, kept } = values;
  const numbers = readOf(values, masked),
    answers = pooled(numbers, query),
    alone = pooled(present(values), query);
  const others = kept && pooled(readOf(kept, masked), query);
  return {
    numbers,
    answers,
    alone,
    T: present(values).length + pads,
    wrong: POOLS.filter((name) => !isSame(answers[name], alone[name])),
    weights: placed(weightsOf(numbers, query), values),
    kept: others,
    same: others && POOLS.filter((name) => isSame(answers[name], others[name])),
    isKept: kept !== null && String(readOf(kept, masked)) === String(numbers),
    dropped: tokens.filter(([, , here]) => !here).length,
  };
}

// {tokens: the weight of each, null where it is dropped; pad: that of each place of padding, null where it is masked}
function placed(weights, { tokens, pads, side, masked }) {
  const pad = masked || !pads ? null : side === "right" ? weights.at(-1) : weights[0];
  let next = pad === null || side === "right" ? 0 : pads;
  return { tokens: tokens.map(([, , here]) => (here ? weights[next++] : null)), pad };
}

// ---- Changes, as settings ----

// A token with another number, there or not.
const withToken = ({ tokens }, n, change) => ({ tokens: tokens.map((one, m) => (m === n ? change(one) : one)) });
export const valued = (values, n, wanted) =>
  withToken(values, n, ([word, , here]) => [word, clamp(Math.round(wanted), -HIGHEST, HIGHEST), here]);
export const dropped = (values, n) => withToken(values, n, ([word, number, here]) => [word, number, !here]);

// A token at another place among the tokens.
export function moved({ tokens }, from, to) {
  const rest = tokens.filter((_, n) => n !== from);
  rest.splice(to, 0, tokens[from]);
  return { tokens: rest };
}

// One more token, right of number n: a copy of it, by a letter that is free.
export function added({ tokens }, n) {
  const words = tokens.map(([word]) => word),
    letter = Array.from("abcdefghijklm").find((one) => !words.includes(one));
  return { tokens: tokens.toSpliced(n + 1, 0, [letter, tokens[n][1], true]) };
}

// The row as it stands, without what was dropped, or the whole of it where nothing is left.
export function rowOf({ tokens, pads, side }) {
  const left = tokens.filter(([, , here]) => here);
  return { tokens: left.length ? left : tokens, pads, side };
}
