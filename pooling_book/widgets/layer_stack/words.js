// What the stack says: its layers in short and in full, the size formula with its numbers, and what an output sees.
import { show } from "../kit/core.js";
import { inside } from "./state.js";

const MOST_LISTED = 8; // rows or columns; more are cut short in the middle

// A layer for its button, in a few letters: conv 3/2 same d2.
export function brief({ kind, window, stride, padding, dilation }) {
  const pads = padding === "valid" ? "" : padding === "same" ? " same" : ` p${padding}`;
  const name = kind === "pool" ? "pool" : "conv",
    apart = dilation > 1 ? ` d${dilation}` : "";
  return `${name} ${window}${stride > 1 ? `/${stride}` : ""}${pads}${apart}`;
}

// Its sizes, or why it has none yet; covered: what comes out is not told.
export function sizes({ placed, error }, covered) {
  if (placed) return `${covered ? "?" : placed.size} → ${covered ? "?" : placed.count}`;
  return error ? "no fit" : "waits";
}

// The same for who hears it.
export function named(number, { kind, window, stride, padding, dilation }, row, covered) {
  const { placed, error, waits } = row;
  const comes = placed ? `${placed.size} to ${placed.count}` : error ? "does not fit" : `waits for layer ${waits + 1}`;
  return (
    `Layer ${number + 1}: ${kind}, window ${window}, stride ${stride}, padding ${padding}, dilation ${dilation}` +
    (covered ? "" : `; ${comes}`)
  );
}

// The size formula and the recursion of the receptive field with their numbers; padding that is 0, and a dilation of 1,
// are left out of the former.
export function filled({ placed, seen, field }, padding) {
  const { size, window, stride, dilation, before, after, count } = placed;
  const line = before || after ? `(${size} + ${before} + ${after}` : `(${size}`,
    span = dilation > 1 ? `${dilation}·(${window} − 1) − 1` : window;
  const formula =
    padding === "same"
      ? `⌈${size} / ${stride}⌉ = ${count}, with padding ${before} before and ${after} after`
      : `⌊${line} − ${span}) / ${stride}⌋ + 1 = ${count}`;
  return [
    formula,
    `receptive field ${seen.size} + (${window} − 1)·${dilation}·${seen.jump} = ${field.size}, ` +
      `jump ${seen.jump}·${stride} = ${field.jump}`,
  ];
}

// What the output looked at sees of an image.
export function explain({ image }, look) {
  if (!look) return "No layer works with these settings, so there is no output to look at.";
  const { layer, at, starts, field } = look,
    { size } = field;
  const from = (name, start) =>
    size === 1 ? `${name} ${show(start)}` : `${name}s ${show(start)} to ${show(start + size - 1)}`;
  const [rows, columns] = inside(starts, size, image.rows);
  const there = rows * columns < size * size ? `; ${rows * columns} of the ${size * size} lie on the image` : "";
  return (
    `Output (${at.join(", ")}) of layer ${layer + 1} sees ${size} × ${size} ${size === 1 ? "pixel" : "pixels"}, ` +
    `${from("row", starts[0])} and ${from("column", starts[1])}${there}.`
  );
}

// What of it is read, and in how many ways.
export function paths({ image }, { starts, down, across, field }) {
  const read = down.size * across.size,
    [rows, columns] = inside(starts, field.size, image.rows),
    [rowMost, columnMost] = [down, across].map((one) => Math.max(...one.values()));
  const gaps = read < rows * columns;
  return [
    gaps && `It reads ${read} of the ${rows * columns}: rows ${listed(down)} and columns ${listed(across)}.`,
    rowMost * columnMost > 1
      ? `From the strongest tint ${rowMost} · ${columnMost} = ${rowMost * columnMost} paths lead to it.`
      : "From each pixel it reads, one path leads to it.",
  ]
    .filter(Boolean)
    .join(" ");
}

function listed(reached) {
  const places = [...reached.keys()].sort((a, b) => a - b);
  if (places.length > MOST_LISTED) places.splice(3, places.length - 4, "…");
  return places.join(", ");
}
