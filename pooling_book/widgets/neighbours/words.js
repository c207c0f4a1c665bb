// What is said of a digit and its neighbours. look: what state.looked gives.
import { show } from "../kit/core.js";
import { SIDE } from "./state.js";

// "a 3", "an 8"; and the size of a plane.
const named = (label) => `${label === "8" ? "an" : "a"} ${label}`;
export const size = ({ rows, columns }) => `${rows} × ${columns}`;

// What the digit is taken for, and the distance to the nearest spelled out.
export function explain({ image, label, pushed, compared, found, voters, verdict }) {
  if (!image.some(Boolean)) return "The grid is empty: there is no digit to read.";
  const ways = waysOf(pushed),
    who = `${label === null ? "Your digit" : `This ${label}`}${ways ? `, pushed ${ways},` : ""}`,
    mark = label === null ? "" : verdict === label ? ", which is right" : ", which is wrong";
  const three = found.slice(0, 3).map((one) => one.label);
  const others = voters === 3 ? ` The three nearest are ${three.join(", ")}.` : "";
  const nearest = `The nearest is ${named(found[0].label)} at distance ${worked(compared, found[0])}`;
  return `${who} is taken for ${named(verdict)}${mark}.${others} ${nearest}.`;
}

// How far a digit has been pushed.
function waysOf([down, across]) {
  const ways = [
    [down, "down", "up"],
    [across, "to the right", "to the left"],
  ];
  return ways
    .filter(([by]) => by)
    .map(([by, more, less]) => `${Math.abs(by)} ${by > 0 ? more : less}`)
    .join(" and ");
}

// A distance with its first terms, and how many numbers differ.
function worked(compared, neighbour) {
  const terms = compared.map((value, n) => Math.abs(value - neighbour.compared[n])).filter(Boolean);
  const squares = terms.slice(0, 3).map((term) => `${show(term)}²`);
  const sum = `${squares.join(" + ")}${terms.length > 3 ? " + …" : ""}`;
  const differ =
    compared.length === 1
      ? `the one number ${terms.length ? "differs" : "is the same"}`
      : `${terms.length} of the ${compared.length} numbers differ`;
  return `${terms.length ? `√(${sum}) = ${show(neighbour.distance)}` : "0"}: ${differ}`;
}

// What the settings are worth on the test digits, and what they cost.
export function scoreOf({ right, of }, { compared, training }) {
  const cost = `${training} × ${compared.length} = ${(training * compared.length).toLocaleString("en")}`;
  return `With these settings ${right} of the ${of} test digits are right, at ${cost} multiplications for each.`;
}

// The captions of a neighbour and of the grid.
export const distanceOf = ({ distance }) => `distance ${show(distance, 1)}`;
export const titleOf = ({ label }) => (label === null ? "Your digit" : `A test digit, ${named(label)}`);
// What a screen reader calls the two pictures of a neighbour.
export const pictureNames = ({ label }, look) => [
  `${named(label)} of the training digits`,
  `the same, as it is compared: ${size(look)}`,
];
// Where the cursor is, and how much ink.
export const placeOf = ([row, column], { image }) => `Row ${row}, column ${column}: ${image[row * SIDE + column]}`;
