// What the explorer says: the call, the arithmetic of an output, and who reads an element.
import { elementsUnder, isOn, readers, show } from "../kit/core.js";
import { winners } from "./arithmetic.js";

const MOST_TERMS = 16,
  MOST_READERS = 12, // more are cut short in the middle
  MOST_PLACES = 3; // of a maximum

// The pooling_lib call that does what the explorer shows; defaults are left out.
export function call({ operation, window, stride, padding, dilation, ceil_mode, count_include_pad }) {
  const pair = ([a, b]) => (a === b ? String(a) : `(${a}, ${b})`);
  const sides = padding === "same" ? '"same"' : `[${Array.from(padding, ([a, b]) => `(${a}, ${b})`).join(", ")}]`;
  const named = [
    `window=${pair(window)}`,
    String(stride) !== String(window) && `stride=${pair(stride)}`,
    padding !== "valid" && `padding=${sides}`,
    String(dilation) !== "1,1" && `dilation=${pair(dilation)}`,
    ceil_mode && "ceil_mode=True",
    operation === "avg" && count_include_pad && "count_include_pad=True",
  ];
  return `${operation}_pool(x, ${named.filter(Boolean).join(", ")})`;
}

// An output with its arithmetic, and what of its window is not counted.
export function explain({ operation, count_include_pad }, { plane, result }, [i, j]) {
  const isMax = operation === "max",
    elements = elementsUnder(plane, result.placed, i, j),
    of = (wanted) => elements.filter(({ kind }) => kind === wanted).length;
  const left = [
    [isMax || count_include_pad ? 0 : of("padding"), "of padding"],
    [of("overhang"), "hanging over"],
  ]
    .filter(([count]) => count)
    .map(([count, what]) => `${count} ${what} not counted`)
    .join("; ");
  const counted = elements.filter(
    ({ kind }) => kind === "real" || (kind === "padding" && (isMax || count_include_pad)),
  );
  const worked = isMax ? maximum(counted, winners(plane, result, [i, j])) : mean(counted);
  const value = show(result.values[i * result.columns + j], 3);
  return `Output (${i}, ${j}): ${worked(value)}${left ? ` (${left}.)` : ""}`;
}

function maximum(counted, places) {
  const words = counted.map(({ kind, value }) => (kind === "padding" ? "−∞" : show(value)));
  const stands = places.map(([row, column]) => `row ${row}, column ${column}`);
  if (stands.length > MOST_PLACES) stands.splice(2, stands.length - 2, `at ${stands.length - 2} more places`);
  return (value) => `max(${short(words).join(", ")}) = ${value}, at ${stands.join(", and ")}.`;
}

function mean(counted) {
  const words = short(counted.map(({ value }) => show(value)));
  const sum = counted.reduce((total, { value }) => total + value, 0),
    terms = words.join(" + ").replaceAll("+ −", "− ");
  const worked = counted.length === 1 ? terms : `(${terms}) / ${counted.length} = ${show(sum)}`;
  return (value) => `${worked} / ${counted.length} = ${value}.`;
}

// How many numbers are changed where only so many may be: {changed, most} or null.
export function explainEdits(edits) {
  if (!edits?.changed) return "";
  const { changed, most } = edits;
  if (changed === Infinity) return "These are other numbers: Reset brings back those of the task.";
  if (changed <= most) return `Edits: ${changed} of ${most}.`;
  return `${changed} numbers are changed, and only ${most} may be: put one back, or press Reset.`;
}

const short = (words) => (words.length > MOST_TERMS ? [...words.slice(0, 8), "…", ...words.slice(-2)] : words);

// An element of the input, and the outputs that read it.
export function explainElement({ plane, result }, [row, column]) {
  if (!isOn([row, column], plane)) return "";
  const outputs = readers(result.placed[0], row).flatMap((i) =>
    readers(result.placed[1], column).map((j) => `(${i}, ${j})`),
  );
  const count = outputs.length;
  if (count > MOST_READERS) outputs.splice(5, count - 6, "…");
  const read = count
    ? `is read by ${count === 1 ? "output" : "outputs"} ${outputs.join(", ")}`
    : "is read by no window";
  return `Element (${row}, ${column}), ${show(plane.values[row * plane.columns + column])}, ${read}.`;
}
