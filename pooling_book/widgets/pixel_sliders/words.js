// What is said of a window's pixels, and of what their changes have done to both answers.
import { show } from "../kit/core.js";

// A pixel of the window by its place in it.
export const where = (n, side) => `row ${Math.floor(n / side)}, column ${n % side}`;
// A number with its sign, plus too.
export const signed = (value, digits = 2) => (value > 0 ? "+" : "") + show(value, digits);
const is = (value) => `${Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? "=" : "≈"} ${show(value)}`;
const list = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

// What a pixel does, in two or three words for its cell.
export function brief(n, { tied, room }) {
  if (room[n]) return `room ${room[n]}`;
  return tied > 1 ? "tied max" : "the max";
}

// The same in full.
export function full(n, { second, tied, room }) {
  if (room[n]) return `it may rise by ${room[n]} before the maximum notices`;
  if (tied > 1) return `one of ${tied} equal maxima: the maximum rises with it, but does not fall with it`;
  return `it is the maximum, which rises with it, and falls with it down to ${second}`;
}

// Both answers with their arithmetic, and how far the reader's changes have moved them.
export function explain({ side, values, before, now, was }) {
  const more = now.tied > 1 ? ` and ${now.tied - 1} more` : "";
  const answers =
    `max(${values.join(", ")}) = ${now.max}, from ${where(now.first, side)}${more}. ` +
    `mean = (${values.join(" + ")}) / ${values.length} ${is(now.mean)}.`;
  const changes = values.map((value, n) => [n, value - before[n]]).filter(([, by]) => by);
  const total = now.sum - was.sum;
  const moved =
    `the maximum moved by ${show(now.max - was.max)}, ` +
    `the mean by ${total ? `${show(total)} / ${values.length} ${is(total / values.length)}` : "0"}.`;
  if (!changes.length) return `${answers} No pixel of this window has been changed.`;
  if (String([...values].sort()) === String([...before].sort()))
    return `${answers} The pixels only changed places: ${moved}`;
  if (changes.length === 1) {
    const [[n, by]] = changes;
    return `${answers} You ${by > 0 ? "raised" : "lowered"} ${where(n, side)} by ${Math.abs(by)}: ${moved}`;
  }
  return (
    `${answers} You changed ${changes.length} pixels, by ${list(changes.map(([, by]) => signed(by)))}, ` +
    `${show(total)} in all: ${moved}`
  );
}
