// What the networks say of a digit that is pushed, in a sentence.
import { show } from "../kit/core.js";
import { waysOf } from "../kit/digit.js";

export const percent = (share) => `${show(100 * share, 0)} %`;
const all = (parts) => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0]);
const inked = (values) => values.reduce((sum, value) => sum + value, 0);

// What a network is trained to do: it names a digit whatever it is shown.
const NOTHING = "there is no digit to read. A network names one all the same.";

// What is known of a digit, and the shares with it: [a short sentence, the rest]. label: the test digit's, or null;
// still and seen: the values before and after the push; titles: the networks'; first and found: what they make of both;
// found is null while that is covered.
export function explain({ label, pushed, still, seen, titles, first, found }) {
  if (!inked(seen)) return [`${inked(still) ? "All ink has left the grid" : "The grid is empty"}: ${NOTHING}`, ""];
  const what = label === null ? "Your digit" : `This ${label}`,
    ways = waysOf(pushed);
  if (!ways.length) return [`${what}, not pushed: ${readings(titles, found)}.`, `How sure: ${shares(titles, found)}.`];
  const lost = inked(seen) < inked(still) ? "Some ink has left the grid. " : "",
    whole = `${what}, pushed ${ways.join(" and ")}`;
  if (!found)
    return [`${whole}.`, `${lost}Before the push ${readings(titles, first)}; how sure: ${shares(titles, first)}.`];
  return [`${whole}: ${changes(titles, first, found)}.`, `${lost}Of the first reading: ${kept(titles, first, found)}.`];
}

// What each network reads, in as few words as will do: "all read 6", "max reads 6, average 0 and max-blur 6".
function readings(titles, found) {
  const [{ verdict }] = found;
  if (found.length > 1 && found.every((one) => one.verdict === verdict)) return `all read ${verdict}`;
  return all(found.map((one, n) => `${titles[n]}${n ? "" : " reads"} ${one.verdict}`));
}
const shares = (titles, found) => all(found.map((one, n) => `${titles[n]} ${percent(one.shares[one.verdict])}`));

// Who reads another digit than before.
function changes(titles, first, found) {
  const changed = titles.flatMap((title, n) =>
    found[n].verdict === first[n].verdict ? [] : [[title, found[n].verdict]],
  );
  if (!changed.length) return titles.length > 1 ? "all read as before" : `${titles[0]} reads as before`;
  return all(changed.map(([title, verdict], n) => `${title}${n ? "" : " now reads"} ${verdict}`));
}
// What became of the share of the first reading.
const kept = (titles, first, found) =>
  all(
    first.map(({ verdict, shares: before }, n) => {
      const after = found[n].shares;
      return `${titles[n]} from ${percent(before[verdict])} to ${percent(after[verdict])}`;
    }),
  );

export const nameOfDigit = (label) => (label === null ? "Your digit, 28 × 28" : "A test digit, 28 × 28");
export const PUSHED = "The digit: arrow keys push it, Home brings it back";
export const DRAWN = "Your digit: arrow keys move a cursor, the space bar draws under it";
export const placeOf = ([row, column], values, side) =>
  `Row ${row}, column ${column}: ${values[row * side + column] ? "ink" : "paper"}`;

// Who reads what, above a network's bars: after the push, or before it while that is covered.
export const reading = (found, first) => (found ? `reads ${found.verdict}` : `was ${first.verdict}`);
export const nameOfMaps = (title, { channels, side }, n) =>
  `${title}: ${channels} feature maps after pool ${n + 1}, ${side} × ${side}; open the pool in the explorer`;

// What is said above a pool that is opened in the explorer.
export const titleOfPool = (title, n) => `${title}, pool ${n + 1}.`;
export function aboutPool(kind, { side, channels }) {
  const maps = `Its ${channels} channels, ${side} × ${side}, as they come from the convolution.`;
  return kind === "max-blur" ? `${maps} Here is its first step, the maximum; a blur with a stride of 2 follows.` : maps;
}
