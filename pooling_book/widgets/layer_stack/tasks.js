// What the stack can ask for and wait for. facts: {image, rows, layers, look: the output looked at, or null}.
import { cornersOf, inside, looked, stacked } from "./state.js";

const NO_LAYER = { placed: { count: NaN }, field: { size: NaN }, starts: [NaN, NaN] };
const seen = ({ look }) => look ?? NO_LAYER;

export const guesses = {
  // Rows that come out of the chosen layer, and pixels that one of its outputs sees along an axis.
  size: { form: "number", truth: (facts) => seen(facts).placed.count },
  field: { form: "number", truth: (facts) => seen(facts).field.size },
  // Pixels of the framed field that are on the image.
  inside: {
    form: "number",
    truth: (facts) => inside(seen(facts).starts, seen(facts).field.size, facts.image.rows).reduce((a, b) => a * b),
  },
  // The first and the last pixel that the framed output sees.
  corners: { form: "places", truth: (facts) => corners(seen(facts)) },
};

// What each guess covers: sizes: the numbers of outputs, and the outputs; frame: the field on the image; words: the
// sentences and formulas. A reader who is asked how much of a frame is inside sees the frame.
const HIDES = { size: ["sizes", "frame", "words"], field: ["frame", "words"], corners: ["frame", "words"] };
export const hidden = (asked) => (asked?.over === false ? (HIDES[asked.what] ?? ["words"]) : []);

// How far a goal is reached: {met, of}.
export const goals = {
  // The whole stack gives `size` rows and sees `field` pixels; either may be left out. With at most `layers` layers.
  reach({ rows, layers }, wanted) {
    const { placed, field } = rows[rows.length - 1];
    const reached = {
      size: placed?.count === wanted.size,
      field: field?.size === wanted.field,
    };
    const parts = Object.keys(reached).filter((part) => part in wanted);
    const few = layers.length <= (wanted.layers ?? Infinity);
    return { met: few ? parts.filter((part) => reached[part]).length : 0, of: parts.length };
  },
};

// What both are told of a state.
export function facts(values, scene = stacked(values), look = looked(values, scene)) {
  return { ...scene, layers: values.layers, look };
}

function corners({ starts, field }) {
  return cornersOf(
    starts,
    starts.map((start) => start + field.size - 1),
  );
}
