// What the convolution says: an output with its sum, the call, how many outputs are positive, 0 and negative.
import { show } from "../kit/core.js";
import { flat, isZero, nameOf, taps } from "./state.js";

// The call of SciPy and NumPy that does what is shown.
export function call({ relu }) {
  const inner = 'correlate2d(x, filter, "valid")';
  return relu ? `np.maximum(${inner}, 0)` : inner;
}

// A weight as short text: ninths as fractions.
export function weightOf(weight) {
  const ninths = Math.round(weight * 9);
  if (ninths % 9 === 0 || !isZero(weight * 9 - ninths)) return show(weight);
  const text = ninths % 3 === 0 ? `${ninths / 3}/3` : `${ninths}/9`;
  return text.replace("-", "−");
}

// [what is said, what is only seen] of an output.
export function explain({ relu, filter }, { plane, result }, at) {
  const sum = result.sums[flat(at, result)],
    name = `Output (${at.join(", ")})`;
  const made = sum < 0 && !isZero(sum) ? ` ReLU makes it 0.` : " ReLU leaves it as it is.";
  const terms = taps(plane, filter, at)
    .map(({ product }) => show(product))
    .join(" + ")
    .replaceAll("+ −", "− ");
  return [`${name}: nine products, ${show(sum)} in all.${relu ? made : ""}`, `${terms} = ${show(sum)}`];
}
export const covered = (at) => [`Output (${at.join(", ")}): covered.`, ""];

// How many outputs are positive, 0 and negative: {positive, zero, negative}.
export function signs({ values }) {
  const zero = values.filter(isZero).length,
    positive = values.filter((value) => value > 0 && !isZero(value)).length;
  return { positive, zero, negative: values.length - zero - positive };
}

// What the matrices of the arithmetic hold, for who cannot see them.
export const spoken = (title, numbers) => `${title}: ${numbers.join(", ")}`;

// The name of the filter, for the menu.
export const filterName = ({ filter, filters }) => nameOf(filter, filters) ?? "your own";
