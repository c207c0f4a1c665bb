// What is said of a digit and its neighbours. look: what state.looked gives.
import { grouped, show } from "../kit/core.js";
import { waysOf } from "../kit/digit.js";
import { SIDE } from "./state.js";

// "a 3", "an 8"; and the size of a plane.
const named = (label) => `${label === "8" ? "an" : "a"} ${label}`;
export const size = ({ rows, columns }) => `${rows} × ${columns}`;

// What the digit is taken for, and by whom.
export function explain({ image, label, pushed, found, voters, verdict }) {
  if (!image.some(Boolean)) return "The grid is empty: there is no digit to read, and no one votes.";
  const ways = waysOf(pushed).join(" and "),
    who = `${label === null ? "Your digit" : `This ${label}`}${ways ? `, pushed ${ways},` : ""}`,
    mark = label === null ? "" : verdict === label ? ", which is right" : ", which is wrong";
  const three = found.slice(0, 3).map((one) => one.label);
  const others = voters === 3 ? ` (the three nearest: ${three.join(", ")})` : "";
  return `${who} is taken for ${named(verdict)}${others}${mark}.`;
}

// The distance to the nearest with its first terms, how many numbers differ, and how many digits are as near; of an
// empty grid nothing.
export function spelled({ image, compared, found: [nearest], tied }) {
  if (!image.some(Boolean)) return "";
  const terms = compared.map((value, n) => Math.abs(value - nearest.compared[n])).filter(Boolean);
  const squares = terms.slice(0, 3).map((term) => `${show(term)}²`);
  const sum = `${squares.join(" + ")}${terms.length > 3 ? " + …" : ""}`;
  const differ =
    compared.length === 1
      ? `the one number ${terms.length ? "differs" : "is the same"}`
      : `${terms.length} of the ${compared.length} numbers differ`;
  const distance = terms.length ? `√(${sum}) = ${distanceOf(nearest)}` : "0";
  const equals = tied > 1 ? ` ${tied} equally near: the first wins.` : "";
  return `Distance to the nearest: ${distance}; ${differ}.${equals}`;
}

// What the settings are worth on the test digits, and what they cost.
export function scoreOf({ right, of }, { compared, training }) {
  const cost = `${training} × ${compared.length} = ${grouped(training * compared.length)}`;
  return `${rightOf({ right, of })}, at ${cost} multiplications for each.`;
}
const rightOf = ({ right, of }) => `With this, ${right} of ${of} unpushed test digits are right`;

// One sentence for who listens: the verdict, with the score where a setting has changed that as well.
export const heard = (verdict, score) =>
  score ? `${[verdict.replace(/\.$/, ""), rightOf(score)].filter(Boolean).join("; ")}.` : verdict;

// The captions of a neighbour and of the grid.
export const distanceOf = ({ distance }) => show(distance, 1);
export const titleOf = ({ label }) => (label === null ? "Your digit" : `A test digit, ${named(label)}`);
// What a screen reader calls the two pictures of a neighbour.
export const pictureNames = ({ label }, look) => [
  `${named(label)} of the training digits`,
  `the same, as it is compared: ${size(look)}`,
];
// Where the cursor is, and how much ink.
export const placeOf = ([row, column], { image }) => `Row ${row}, column ${column}: ${image[row * SIDE + column]}`;
