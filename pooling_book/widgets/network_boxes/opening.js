// A pool of the row in the explorer. No weights of these networks are in the book: a photo stands for the map.
import { openExplorer } from "../explorer/opened.js";
import { decode } from "../kit/photo.js";
import { counted } from "./state.js";
import { aboutOpened } from "./words.js";

// Open the pool at that place of the items.
export function openPool(values, at) {
  const item = values.items[at],
    whole = decode(values.picture),
    side = readBy(values, at),
    plane = shrunk(whole, Math.min(side, whole.rows));
  const about = aboutOpened(values, at, side, plane.rows);
  openExplorer({ ...about, planes: [{ name: "photo", ...plane }], range: [0, 255], ...asPooled(item) });
}

// The side of the map that a box reads.
export const readBy = (values, at) => counted(values).rows[at].input;

// A box's settings as the explorer has them.
export function asPooled({ how, window, stride, padding }) {
  if (how === "strided") return { operation: "max", window: 1, stride, padding: "valid" };
  const pairs = typeof padding === "number" ? Array(2).fill([padding, padding]) : padding;
  return { operation: how === "max" ? "max" : "avg", window, stride, padding: pairs };
}

// A square plane made smaller: each number the mean of the places that come to lie on it.
export function shrunk({ rows, values }, side) {
  const from = (n) => Math.floor((n * rows) / side),
    to = (n) => Math.ceil(((n + 1) * rows) / side);
  const mean = (_, n) => {
    const [i, j] = [Math.floor(n / side), n % side];
    let sum = 0;
    for (let row = from(i); row < to(i); row++)
      for (let column = from(j); column < to(j); column++) sum += values[row * rows + column];
    return sum / ((to(i) - from(i)) * (to(j) - from(j)));
  };
  return { rows: side, columns: side, values: Float64Array.from({ length: side ** 2 }, mean) };
}
