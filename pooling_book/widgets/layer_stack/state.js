// Stacks of layers: sizes and receptive fields as pooling_lib.geometry and pooling_lib.cost have them.
import { placeAxis, covered, clamp } from "../kit/core.js";
import { planeOf } from "../kit/photo.js";
import { isEither, isList, isOneOf, isPair, isPhoto, isRecord, isSource, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";

export const MOST_LAYERS = 6;
const LARGEST = 4096; // what a link may ask for; the image is much smaller

// What a link and a reload keep.
export const settings = withTasks({
  photo: isPhoto,
  source: isSource(),
  layers: isList(
    isRecord({
      kind: isOneOf("pool", "convolution"),
      window: isWhole(1, LARGEST),
      stride: isWhole(1, LARGEST),
      padding: isEither(isOneOf("valid", "same"), isWhole(0, 64)),
      dilation: isWhole(1, LARGEST),
    }),
    1,
    MOST_LAYERS,
  ),
  layer: isWhole(0, MOST_LAYERS - 1),
  selected: isPair(0, LARGEST),
});

// Layers as the state holds them.
export const poolOf = (window, stride = window) => ({ kind: "pool", window, stride, padding: "valid", dilation: 1 });
const convolution = (window, padding, dilation = 1) => ({ kind: "convolution", window, stride: 1, padding, dilation });
const same = convolution(3, "same"),
  five = convolution(5, "valid");
// Whole stacks to choose from.
export const PRESETS = {
  "one pool": [poolOf(2)],
  "three pools": [poolOf(2), poolOf(2), poolOf(2)],
  overlap: [poolOf(3, 2), poolOf(3, 2), poolOf(3, 2)],
  gaps: [poolOf(2, 3), poolOf(2, 3)],
  "LeNet-like": [five, poolOf(2), five, poolOf(2)],
  "VGG-like": [same, same, poolOf(2), same, same, poolOf(2)],
  dilated: [1, 2, 4].map((dilation) => convolution(3, "same", dilation)),
};

// For each layer, along one axis: {placed, seen: the field before it, field: the one after it}, or {error}, or
// {waits: number of the layer that does not fit}. A field is {size, jump, start}.
export function chain(size, layers) {
  const rows = [];
  let seen = { size: 1, jump: 1, start: 0 };
  for (const { window, stride, padding, dilation } of layers) {
    const failed = rows.findIndex((row) => row.error);
    if (failed >= 0) {
      rows.push({ waits: failed });
      continue;
    }
    try {
      const sides = typeof padding === "string" ? padding : [padding, padding];
      const placed = placeAxis(size, window, stride, sides, dilation, false, 0);
      const field = {
        size: seen.size + (window - 1) * dilation * seen.jump,
        jump: seen.jump * stride,
        start: seen.start - placed.before * seen.jump,
      };
      rows.push({ placed, seen, field });
      [size, seen] = [placed.count, field];
    } catch (error) {
      rows.push({ error: error.message });
    }
  }
  return rows;
}

// In how many ways each real position of the image reaches output number `output` of the last of these rows.
export function ways(rows, output) {
  let reached = new Map([[output, 1]]);
  for (const { placed } of [...rows].reverse()) {
    const before = new Map();
    for (const [at, count] of reached) {
      for (const position of covered(placed, at)) {
        if (position >= 0 && position < placed.size) before.set(position, (before.get(position) ?? 0) + count);
      }
    }
    reached = before;
  }
  return reached;
}

// What the image and the rows of `chain` follow from.
export const STACKED = ["images", "source", "photo", "layers"];

// The image, and what each layer makes of it.
export function stacked(values) {
  const image = planeOf(values);
  return { image, rows: chain(image.rows, values.layers) };
}

// The chosen layer, whose settings are shown, though it may not fit.
export const chosenOf = ({ layer, layers }) => Math.min(layer, layers.length - 1);

// The layer looked at: the chosen one, or the last that fits; −1 if none does.
const lookedAt = (layer, rows) => Math.min(layer, rows.filter((row) => row.placed).length - 1);

// The output looked at: {layer, placed, field, at: its row and column, starts: where its field begins, down, across: in
// how many ways each row and column reaches it}; null where no layer fits. Settings may have left the selected output
// outside: it is brought inside here, and not in the model, which only what the reader does may change.
export function looked({ layer: chosen, selected }, { rows }) {
  const layer = lookedAt(chosen, rows);
  if (layer < 0) return null;
  const { placed, field } = rows[layer];
  const at = selected.map((place) => clamp(place, 0, placed.count - 1));
  const [down, across] = at.map((place) => ways(rows.slice(0, layer + 1), place));
  return { layer, placed, field, at, starts: at.map((place) => field.start + place * field.jump), down, across };
}

// The output of other layers that looks at about the same place of the image, as a change of the state.
export function kept(look, { image }, layers, layer) {
  const rows = chain(image.rows, layers),
    last = lookedAt(layer, rows);
  if (!look || last < 0) return {};
  const { field, placed } = rows[last];
  const selected = look.starts.map((start) => {
    const middle = start + look.field.size / 2;
    return clamp(Math.round((middle - field.start - field.size / 2) / field.jump), 0, placed.count - 1);
  });
  return { selected };
}

// How many pixels of a field lie on the image, along rows and along columns.
export const inside = (starts, size, side) =>
  starts.map((start) => Math.max(0, Math.min(start + size, side) - Math.max(start, 0)));

// A square that a reader marks as what an output sees: from one pixel to another, both in it. As the two places of a
// guess, and back.
export const cornersOf = ([top, left], [bottom, right]) => [
  `${Math.min(top, bottom)}, ${Math.min(left, right)}`,
  `${Math.max(top, bottom)}, ${Math.max(left, right)}`,
];
export const markedBy = (guess) => guess?.map((place) => place.split(", ").map(Number)) ?? null;

// The same square moved by so much, or with its far corner moved, as far as both corners stay within [low, high).
export function nudged([near, far], by, grows, [low, high]) {
  const shift = by.map((step, axis) =>
    clamp(step, (grows ? near : [low, low])[axis] - (grows ? far : near)[axis], high - 1 - far[axis]),
  );
  const moved = (at) => at.map((place, axis) => place + shift[axis]);
  return [grows ? near : moved(near), moved(far)];
}

// The name of the preset that these layers are, or "".
export const presetOf = (layers) => Object.keys(PRESETS).find((name) => alike(PRESETS[name], layers)) ?? "";

const alike = (some, others) =>
  some.length === others.length &&
  some.every((layer, n) => Object.keys(layer).every((key) => layer[key] === others[n][key]));
