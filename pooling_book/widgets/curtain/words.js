// What is said of two outputs of the same photo.
import { show } from "../kit/core.js";
import { numberOf } from "../kit/family.js";
import { METHODS } from "./state.js";

const NAMES = Object.fromEntries(METHODS);
const one = (value) => show(value, 1);
const capital = (words) => words[0].toUpperCase() + words.slice(1);

// A method with the setting that it has.
export function nameOf(method, { power, temperature } = {}) {
  const name = NAMES[method];
  if (method === "power" && power !== undefined) return `${name}, p = ${show(numberOf(power))}`;
  if (method === "soft" && temperature !== undefined) return `${name}, T = ${show(numberOf(temperature))}`;
  return name;
}

// How far the outputs are apart, and how bright they are: [a short sentence, the rest]. found: of state.both.
export function explain(values, { left, compared: { apart, most, ...means } }) {
  const difference = most
    ? `On average ${one(apart)} grey levels apart, at most ${one(most)}.`
    : "The two are the same, number for number.";
  return [difference, `${brightness(values, ["left", "right"], means)} ${sizes(values, left)}`];
}

// The same while it is covered: what is known of the left one only.
export const covered = (values, { left, compared: means }) => [
  "The right result is covered until you uncover your guess.",
  `${brightness(values, ["left"], means)} ${sizes(values, left)}`,
];

function brightness(values, sides, means) {
  const each = sides.map((side) => `${nameOf(values[side], values)}: ${one(means[side])}; `);
  return `Mean brightness: ${each.join("")}photo: ${one(means.photo)}.`;
}
const sizes = ({ window }, { rows, columns }) => `${rows} × ${columns} outputs of windows of ${window} × ${window}.`;

// What a screen reader calls the picture, and where the curtain hangs.
export const PICTURE =
  "Curtain between the two results: arrow keys move it, with Shift by 10; Home and End go to the edges";
export const hanging = (values, isCovered) =>
  `${capital(nameOf(values.left, values))} on ${values.at} % from the left, ` +
  `${isCovered ? "covered" : nameOf(values.right, values)} on the other ${100 - values.at} %`;
