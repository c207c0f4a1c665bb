// A window on a photo, the reader's changes in it, and what both answers have to do with each pixel.
import { clamp, shuffled } from "../kit/core.js";
import { isList, isOneOf, isPair, isPhoto, isSource, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const WINDOWS = [2, 3, 4];
export const WHITE = 255;
const MOST_EDITS = 4096; // every pixel of a photo
const MOST_EDGE = 228, // pixels
  GAP = 16,
  FINGER = 44;

// What a link and a reload keep.
export const settings = withTasks({
  photo: isPhoto,
  source: isSource(),
  window: isOneOf(...WINDOWS),
  corner: isPair(0, 4096),
  edits: isList(isEdit, 0, MOST_EDITS),
});
// What is under the window follows from these.
export const LOOKED = ["images", "photo", "source", "window", "corner", "edits"];

// [row, column, value] of a pixel that the reader has changed.
function isEdit(edit, state) {
  return isList(isWhole(0, 4096), 3, 3)(edit) && edit[2] <= WHITE && isOnPhoto(edit, shape(state));
}
const shape = ({ source, photo, images }) => (source === "photo" ? photo : images[source]);
const isOnPhoto = ([row, column], { rows, columns }) => row < rows && column < columns;

// Both answers for the values under a window, and what each value has to do with them.
// room: how far a value may rise before the maximum notices; second: the largest of all but the first maximum.
export function effects(values) {
  const max = Math.max(...values),
    first = values.indexOf(max);
  const sum = values.reduce((total, value) => total + value, 0);
  const second = Math.max(...values.filter((_, n) => n !== first));
  const tied = values.filter((value) => value === max).length;
  return { max, sum, mean: sum / values.length, first, second, tied, room: values.map((value) => max - value) };
}

// The corner, kept on the photo: another window or another photo may have left it outside.
export const inside = (corner, side, { rows, columns }) => [
  clamp(corner[0], 0, rows - side),
  clamp(corner[1], 0, columns - side),
];

// Row and column on the photo of pixel n of the window, counted along its rows.
const placeOf = (n, [row, column], side) => [row + Math.floor(n / side), column + (n % side)];

// What is under the window: {side, corner, touched: the photo with the changes in it, values and before: the window's
// pixels with and without them, now and was: both answers for these}.
export function looked({ window: side, corner: wanted, edits }, plane) {
  const corner = inside(wanted, side, plane),
    touched = plane.values.slice();
  for (const edit of edits) if (isOnPhoto(edit, plane)) touched[edit[0] * plane.columns + edit[1]] = edit[2];
  const under = (values) =>
    Array.from({ length: side ** 2 }, (_, n) => {
      const [row, column] = placeOf(n, corner, side);
      return values[row * plane.columns + column];
    });
  const [values, before] = [under(touched), under(plane.values)];
  return { side, corner, touched, values, before, now: effects(values), was: effects(before) };
}

// The window's pixels as these values, as a change of the state: only what differs from the photo is kept.
export function withPixels({ window: side, corner: wanted, edits }, plane, values) {
  const corner = inside(wanted, side, plane);
  const places = values.map((_, n) => placeOf(n, corner, side)),
    here = new Set(places.map(String));
  const others = edits.filter(([row, column]) => !here.has(String([row, column])));
  const changed = places
    .map(([row, column], n) => [row, column, values[n]])
    .filter(([row, column, value]) => value !== plane.values[row * plane.columns + column]);
  return { edits: [...others, ...changed] };
}

// The values with one of them at another grey.
export const withOne = (values, n, value) =>
  values.map((old, other) => (other === n ? clamp(Math.round(value), 0, WHITE) : old));

// Edges of photo and enlarged window beside each other, in so much room: equal ones, unless that leaves a finger less
// than it needs of each pixel.
export function edges(room, side) {
  const half = Math.min(MOST_EDGE, (room - GAP) / 2),
    grid = Math.max(half, Math.min(FINGER * side + 3 * (side - 1), 0.63 * room));
  return { photo: Math.min(half, room - GAP - grid), grid };
}

// Another order of these values; equal ones have none.
export function reordered(before) {
  if (new Set(before).size === 1) return before;
  let values = before;
  while (String(values) === String(before)) values = shuffled(before);
  return values;
}
