// What the widget of every library says: what is asked, how many answer alike, and how an answer differs.
import { show } from "../kit/core.js";
import { differing, sameSize } from "./state.js";

export const NAMES = {
  kind: "Kind",
  size: "Input",
  window: "Window",
  stride: "Stride",
  padding: "Padding",
  ceil: "Rounding",
  divisor: "Divisor",
};

export const HINT =
  "Choose a pool, and see who agrees: = has pooling_lib’s numbers, ≠ others, ✕ refuses. " +
  "Press a library for its call and its answer; its program can be copied and run.";

export const sizeOf = (values) => `${values.length} × ${values[0].length}`;

// The keys that had to change with a choice, as they are now; nothing where there are none.
export function noteOf({ setting, moved }, choices) {
  if (!moved.length) return "";
  const now = moved.map((key) => {
    const [, words] = choices[key].find(([value]) => value === setting[key]);
    return `${NAMES[key].toLowerCase()} is now “${words}”`;
  });
  return `These were not asked together, so ${now.join(" and ")}.`;
}

export function asked({ kind, size, window, stride, padding, ceil, divisor }) {
  const words = [
    `${kind === "max" ? "Maximum" : "Average"} of ${window} × ${window} on ${size} × ${size}`,
    stride === null ? "stride not said" : `stride ${stride}`,
  ];
  if (padding !== "valid") words.push(padding === "same" ? "padding same" : "padding 1 on each side");
  if (ceil) words.push("size rounded up");
  if (divisor) words.push(divisor === "real" ? "divided by the real elements" : "divided by the whole window");
  return words.join(", ");
}

// A whole program that asks a library and prints its answer: the same text as Libraries.program gives.
export function program(before, call, input) {
  const rows = input.map((row) => `    [${row.join(", ")}],\n`).join("");
  return `${before.replace("\n\nx = ", `\n\ngrid = [\n${rows}]\nx = `)}\n\nprint(${call})`;
}

export function explain(setting, { agree, refuse, others }) {
  const differ = others.reduce((sum, { who }) => sum + who.length, 0),
    libraries = agree.length + differ + refuse.length - 1;
  const counted = (count, one, more) => (count ? `, ${count} ${count === 1 ? one : more}` : "");
  const said = `${agree.length - 1} of ${libraries} other ways agree with pooling_lib`;
  const more =
    counted(differ, "gives other numbers", "give other numbers") + counted(refuse.length, "refuses", "refuse");
  return `${asked(setting)}: ${said}${more}.`;
}

// How an output differs from pooling_lib's.
export function against(values, ours) {
  if (!sameSize(values, ours)) return `${sizeOf(values)} numbers, not ${sizeOf(ours)}.`;
  const found = differing(values, ours),
    [i, j] = found[0],
    total = values.length * values[0].length;
  const first = `the first, in row ${i}, column ${j}, is ${show(values[i][j])} and not ${show(ours[i][j])}`;
  return `${found.length} of ${total} numbers differ; ${first}.`;
}

// What stands before a library's name: whose numbers it gives. Other numbers have a letter where they differ, too.
export function signOf(name, { of, others }) {
  const { values, letter } = of[name];
  if (!values) return "✕";
  if (letter === "A") return "=";
  return others.length > 1 ? `≠ ${letter}` : "≠";
}

// How a library stands to pooling_lib, in a word, and in a sentence; its reason comes after that.
export const standingOf = ({ values, letter }) =>
  !values ? "refuses" : letter === "A" ? "gives answer A" : `gives other numbers, answer ${letter}`;
export function verdictOf(name, { agree, ours, of }) {
  const { values } = of[name];
  if (!values) return "It refuses: ";
  if (!agree.includes(name)) return `${against(values, ours)} `;
  if (agree[0] !== name) return "The same numbers as pooling_lib.";
  return agree.length === 1 ? "Nobody gives the same numbers." : "What the others are compared with.";
}

// Above the numbers of an answer; who refuses has pooling_lib's there.
export const captionOf = ({ values, letter }, shown) =>
  `Answer ${values ? letter : "A, pooling_lib’s"}, ${sizeOf(shown)}`;
// What is read aloud of a library that is chosen.
export const spoken = (name, one) => `${name} ${standingOf(one.of[name])}. ${one.of[name].call}`;
