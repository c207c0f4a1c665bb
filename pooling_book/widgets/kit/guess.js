// Guesses: what forms they have, and how one is judged against the truth. No page.
import { show } from "./core.js";

const NEAR = 0.005; // two decimals are enough
const MOST_PLACES = 6; // that are named

// A typed number, or undefined: 3, −2, 0.75, 1,024, 3/4, inf, nan. A comma before three digits groups them, any other
// is a decimal comma.
export function numberOf(text) {
  const word = String(text)
    .trim()
    .toLowerCase()
    .replaceAll("−", "-")
    .replaceAll(/,(?=\d{3}(\D|$))/g, "")
    .replace(",", ".")
    .replace(/∞|infinity/, "inf");
  if (/^[+-]?inf$/.test(word)) return word[0] === "-" ? -Infinity : Infinity;
  if (word === "nan") return NaN;
  const [top, bottom] = word.split(/\s*\/\s*/);
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
  if (word.split("/").length > 2 || ![top, bottom ?? "1"].every((part) => isNumber.test(part))) return undefined;
  return Number(top) / Number(bottom ?? 1);
}

const near = (guess, truth, within = NEAR) =>
  guess === truth || (Number.isNaN(guess) && Number.isNaN(truth)) || Math.abs(guess - truth) <= within;
const count = (guess, isRight, of = guess.length) => ({ right: guess.filter(isRight).length, of });

// How a guess of each form is judged: {right, of}, parts that are right of how many. `within` is what still counts.
//   number   a typed text          the truth: a number
//   numbers  a list of such texts  a list of numbers
//   choice   one of `options`      that one
//   choices  a list of options     the list of those that hold; each option is a part
//   places   a list of names       the list of those that hold, "2, 1" say, marked on the picture
//   curve    a list of heights     a list as long; null is not drawn, and not right
const JUDGES = {
  number: (guess, truth, { within }) => count([guess], (text) => near(numberOf(text), truth, within)),
  numbers: (guess, truth, { within }) => count(guess, (text, n) => near(numberOf(text), truth[n], within)),
  choice: (guess, truth) => count([guess], (option) => option === truth),
  choices: (guess, truth, { options }) => count(options, (option) => guess.includes(option) === truth.includes(option)),
  places: (guess, truth) => count(guess, (place) => truth.includes(place), Math.max(guess.length, truth.length)),
  curve: (guess, truth, { within }) => count(guess, (height, n) => height !== null && near(height, truth[n], within)),
};
export const judge = (form, guess, truth, more = {}) => JUDGES[form](guess, truth, more);

// Why a guess cannot be judged yet, or "".
export function lacks(form, guess, { names = [] } = {}) {
  if (form === "number") return numberOf(guess) === undefined ? unread(guess) : "";
  if (form === "numbers") {
    const n = names.findIndex((_, each) => numberOf(guess?.[each] ?? "") === undefined);
    return n < 0 ? "" : `${names[n]}: ${unread(guess?.[n])}`;
  }
  if (form === "choice") return guess ? "" : "Choose one first.";
  if (form === "choices") return guess ? "" : "Choose what holds first; none may hold.";
  if (form === "places") return guess?.length ? "" : "Mark a place on the picture first.";
  return guess?.some((height) => height !== null) ? "" : "Draw your guess on the picture first.";
}
const unread = (text) =>
  text ? `“${String(text).slice(0, 40)}” is no number: type one such as 3, −2, 0.75 or 3/4.` : "Type a number first.";

// A truth in words.
const said = {
  number: show,
  numbers: (truth) => truth.map((number) => show(number)).join(", "),
  choice: (truth) => truth,
  choices: (truth) => truth.join(", ") || "none of them",
};
// Places in words, by what became of them.
function sorted(guess, truth) {
  const listed = (word, places) => {
    const some = places.slice(0, MOST_PLACES).map((place) => (place.includes(",") ? `(${place})` : place));
    return places.length ? `${word}: ${some.join(", ")}${places.length > MOST_PLACES ? ", …" : ""}.` : "";
  };
  return [
    listed(
      "Not",
      guess.filter((place) => !truth.includes(place)),
    ),
    listed(
      "Missed",
      truth.filter((place) => !guess.includes(place)),
    ),
  ]
    .filter(Boolean)
    .join(" ");
}
// What is said once a guess is uncovered.
export function verdict(form, guess, truth, { right, of }) {
  const all = right === of;
  if (form === "places") return all ? "✓ Right." : `${right} of ${of} right. ${sorted(guess, truth)}`;
  if (form === "curve") return all ? "✓ Right, all along." : `${right} of ${of} points are near: see the picture.`;
  const truly = said[form](truth);
  if (all) return `✓ Right: ${truly}.`;
  const word = form === "choices" ? "judged right" : "right";
  const half = of > 1 ? `${right} of ${of} ${word}. ` : "";
  return `${half}You said ${[guess].flat().join(", ") || "none of them"}; it is ${truly}.`;
}
