// What is said of tokens and of the pools' answers. look: what state.looked gives.
import { show } from "../kit/core.js";
import { POOLS } from "./state.js";

export const NAMES = {
  sum: "sum",
  mean: "mean",
  max: "max",
  first: "first",
  last: "last",
  attention: "attention",
  spread: "mean ± deviation",
  top: "2 largest in order",
};
// Where there is little room.
export const shortOf = (name) => ({ spread: "mean ± dev.", top: "2 largest" })[name] ?? NAMES[name];
const NONE = {
  mean: "none, 0 / 0",
  max: "none, −∞",
  first: "none",
  last: "none",
  attention: "none, 0 / 0",
  spread: "none, 0 / 0",
  top: "too few",
};
const MOST_NAMED = 4; // pools; of more the others are named

// An answer of a pool in words.
export function said(name, answer) {
  if (answer === null) return NONE[name];
  return answer.map((one) => show(one)).join(name === "spread" ? " ± " : ", ");
}

// A row in braces, {1, 1, 2}, or where its words are no mere letters with these; and how much padding it has.
export function setOf({ tokens, pads, side }) {
  const here = tokens.filter(([, , isHere]) => isHere),
    named = here.some(([word]) => word.length > 1);
  const each = here.map(([word, number]) => (named ? `${word} ${show(number)}` : show(number))).join(", ");
  return `${named ? each : `{${each}}`}${pads ? `, ${padding(pads)} ${side}` : ""}`;
}
const padding = (pads) => `${pads} PAD${pads > 1 ? "s" : ""}`;

const listed = (pools) => {
  const names = pools.map((name) => NAMES[name]);
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
};
const others = (pools) => POOLS.filter((name) => !pools.includes(name));

// What the padding, or the other set, does to the answers; and how the mean is found: [said, seen].
export function explain(values, look) {
  const seen = worked(values, look);
  if (!look.numbers.length)
    return ["The row is empty: its sum is 0, it has no largest, and a mean would be 0 / 0.", seen];
  const padding = values.pads && (look.wrong.length || !look.kept) ? padded(values, look) : "",
    beside = look.kept ? compared(look) : "";
  return [[padding, beside].filter(Boolean).join(" ") || plain(values, look), seen];
}

function compared({ same, isKept }) {
  if (isKept) return "This is the kept row itself: change it, and see which answers notice.";
  if (!same.length) return "Every pool tells it from the kept row.";
  if (same.length === POOLS.length) return "No pool tells it from the kept row.";
  if (same.length <= MOST_NAMED) return `Cannot tell it from the kept row: ${listed(same)}.`;
  return `Only ${listed(others(same))} can tell it from the kept row.`;
}

function padded({ pads, masked }, { wrong }) {
  const start = `${padding(pads)}, ${masked ? "left out" : "read as 0"}`;
  if (!wrong.length) return `${start}: no answer is changed.`;
  const right = others(wrong);
  if (wrong.length <= MOST_NAMED) return `${start}: this changes ${listed(wrong)}.`;
  return `${start}: this changes all${right.length ? ` but ${listed(right)}` : ""}.`;
}

function plain({ tokens }, { numbers, answers }) {
  const count = `${numbers.length} of ${tokens.length}`,
    who = numbers.length === tokens.length ? numbers.length : count;
  const [mean, max] = ["mean", "max"].map((name) => `${name} ${said(name, answers[name])}`);
  return `${who} token${tokens.length > 1 ? "s" : ""}: ${mean}, ${max}.`;
}

// The mean with its arithmetic, and how attention weighs.
function worked({ query }, { numbers, answers }) {
  const power = query === 1 ? "eˣ" : `exp(${show(query)} · x)`,
    weighs = `Attention weighs ${query ? `each x by ${power}` : "all alike"}.`;
  if (!numbers.length) return weighs;
  const terms = numbers.map((x, n) => (n ? `${x < 0 ? "−" : "+"} ${show(Math.abs(x))}` : show(x))).join(" ");
  const [mean] = answers.mean;
  return `mean = (${terms}) / ${numbers.length} ${isShort(mean) ? "=" : "≈"} ${show(mean)}. ${weighs}`;
}
const isShort = (number) => Math.abs(100 * number - Math.round(100 * number)) < 1e-9;

export const COVERED = "The answers are covered until you uncover your guess.";

// What a screen reader calls a bar and its value, and a place of padding.
export const nameOf = ([word, , here], n, of) => `${word}, token ${n + 1} of ${of}${here ? "" : ", dropped"}`;
export const spokenOf = ([, number, here], weight) =>
  here && weight !== null ? `${show(number)}, weight ${percent(weight)}` : show(number);
export const percent = (weight) => `${show(100 * weight, 0)} %`;
export const padName = (masked) => (masked ? "PAD, left out" : "PAD, read as 0");

// What the number beside the padding's slider says.
export const lengthOf = (pads, T) => `${pads}, T = ${T}`;

// How an answer stands to that for the kept row.
export const verdict = (isSame) => (isSame ? "same" : "differs");
// The head of what is kept beside.
export const keptTitle = (kept) => (kept ? `Kept: ${setOf(kept)}` : "No row is kept to compare with.");
