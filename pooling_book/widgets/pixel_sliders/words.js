// What is said of a window's pixels, and of what their changes have done to both answers.
import { show, signed } from "../kit/core.js";

const MOST_TERMS = 4; // more are not written out

// A pixel of the window by its place in it.
export const where = (n, side) => `row ${Math.floor(n / side)}, column ${n % side}`;
const is = (value, say = show) => `${Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? "=" : "≈"} ${say(value)}`;
const capital = (words) => words[0].toUpperCase() + words.slice(1);

// What a pixel does, in two or three words for its cell.
export function brief(n, { tied, room }) {
  if (room[n]) return `room ${room[n]}`;
  return tied > 1 ? "tied max" : "the max";
}

// The same in full, for the pixel pointed at.
export function told(n, { side, values, now: { second, tied, room } }) {
  const does = room[n]
    ? `may rise by ${room[n]} before the maximum notices`
    : tied > 1
      ? `one of ${tied} equal maxima, which rises with it alone, and does not fall with it alone`
      : `the maximum, which rises with it, and falls with it down to ${second}`;
  return `${capital(where(n, side))}: ${does}. +1 moves the mean by 1/${values.length}.`;
}

// Both answers with their arithmetic.
export function sums({ side, values, now }) {
  const written = values.length <= MOST_TERMS,
    more = now.tied > 1 ? ` and ${now.tied - 1} more` : "";
  const listed = written ? values.join(", ") : `${values.length} pixels`;
  return [
    `max(${listed}) = ${now.max}, from ${where(now.first, side)}${more}`,
    `mean = ${written ? `(${values.join(" + ")})` : now.sum} / ${values.length} ${is(now.mean)}`,
  ];
}

// Both answers in a sentence: what they are, or how far the reader's changes have moved them.
export function explain({ side, corner, values, before, now, was }) {
  const changes = values.map((value, n) => [n, value - before[n]]).filter(([, by]) => by);
  if (!changes.length)
    return `From row ${corner[0]}, column ${corner[1]}: maximum ${now.max}, mean ${is(now.mean).replace("= ", "")}.`;
  const total = now.sum - was.sum;
  const moved = [
    `maximum ${now.max === was.max ? "stays" : signed(now.max - was.max)}`,
    `mean ${total ? `${signed(total)} / ${values.length} ${is(total / values.length, signed)}` : "stays"}.`,
  ].join(", ");
  if (String([...values].sort()) === String([...before].sort())) return `The pixels only changed places: ${moved}`;
  if (changes.length > 1) return `${changes.length} pixels changed: ${moved}`;
  const [[n, by]] = changes;
  return `${capital(where(n, side))} ${by > 0 ? "raised" : "lowered"} by ${Math.abs(by)}: ${moved}`;
}
