// What the painter says: the call, where an output sends, from whom an element receives, and what was lost.
import { elementsUnder, grouped, show, signed } from "../kit/core.js";
import { outputsOf } from "./state.js";

const MOST_GIVERS = 12; // more are cut short in the middle

// The pooling_lib call that does what is seen; defaults are left out.
export function call({ operation, window, stride, padding, count_include_pad }) {
  const pair = ([a, b]) => (a === b ? String(a) : `(${a}, ${b})`);
  const named = [
    `window=${pair(window)}`,
    String(stride) !== String(window) && `stride=${pair(stride)}`,
    padding !== "valid" && 'padding="same"',
    operation === "avg" && count_include_pad && "count_include_pad=True",
  ].filter(Boolean);
  if (operation === "max") return `max_pool_backward(dy, where, x.shape, ${named.join(", ")})`;
  return `avg_pool_backward(dy, x.shape, ${named.join(", ")})`;
}

// Where the gradient of one output goes. scene: what state.sent gives.
export function explain({ operation, window }, { plane, result, upstream }, [i, j]) {
  const o = i * result.columns + j,
    name = `Output (${i}, ${j}) sends`;
  const real = elementsUnder(plane, result.placed, i, j).filter(({ kind }) => kind === "real");
  if (operation === "max") {
    const at = result.where[o],
      best = plane.values[at],
      tied = real.filter(({ value }) => Object.is(value + 0, best + 0)).length;
    const which = tied > 1 ? `the first of its ${tied} maxima, ${show(best)}` : `its maximum, ${show(best)}`;
    const row = Math.floor(at / plane.columns);
    return `${name} ${show(upstream[o])} to row ${row}, column ${at % plane.columns}: ${which}.`;
  }
  const share = part(upstream[o], result.counts[o]),
    whole = window[0] * window[1];
  if (real.length === whole) return `${name} ${share} to each of its ${many(whole, "element")}.`;
  const rest =
    result.counts[o] > real.length
      ? `${part(upstream[o] * (whole - real.length), whole)} goes to padding and is lost`
      : "its padding is not counted and receives nothing";
  return `${name} ${share} to each of the ${many(real.length, "element")} it covers; ${rest}.`;
}

// What one element receives, and from whom.
export function explainElement({ operation }, { plane, result, upstream, arrived }, element) {
  const isMax = operation === "max",
    at = element[0] * plane.columns + element[1],
    flat = ([i, j]) => i * result.columns + j;
  const reading = outputsOf(element, result.placed),
    givers = reading.filter((output) => !isMax || result.where[flat(output)] === at),
    senders = givers.filter((output) => upstream[flat(output)] !== 0);
  const name = `Element (${element.join(", ")}), ${show(plane.values[at])}, receives`;
  if (!reading.length) return `${name} nothing: no window reads it.`;
  if (!givers.length) return `${name} nothing: it wins no window.`;
  if (!senders.length) {
    const who = givers.length > 1 ? ["the outputs", "send"] : ["the output", "sends"];
    return `${name} nothing: ${who[0]} it could hear from ${who[1]} 0.`;
  }
  const gifts = senders.map((output) => {
    const divisor = isMax ? 1 : result.counts[flat(output)],
      gradient = upstream[flat(output)];
    return { place: `(${output.join(", ")})`, gradient, divisor, share: part(gradient, divisor) };
  });
  const [first] = gifts;
  const from = gifts.length === 1 ? `${first.share} from output ${first.place}` : added(gifts, arrived.values[at]);
  return `${name} ${from}.`;
}

// What several outputs give to an element, and what that makes.
function added(gifts, all) {
  const [{ share, divisor }] = gifts,
    alike = gifts.every((gift) => gift.share === share),
    sum = gifts.reduce((total, { gradient }) => total + gradient, 0);
  const words = gifts.map((gift) => (alike ? gift.place : `${gift.share} from ${gift.place}`));
  if (words.length > MOST_GIVERS) words.splice(5, words.length - 6, "…");
  const total = gifts.every((gift) => gift.divisor === divisor) ? part(sum, divisor) : show(all, 3);
  return `${alike ? `${share} from each of outputs ` : ""}${words.join(", ")}: ${total} in all`;
}

// What was sent and what arrived, and how many elements heard nothing.
export function balance({ upstream, arrived }) {
  const total = (values) => values.reduce((sum, value) => sum + value, 0),
    above = total(upstream.filter((g) => g > 0)),
    below = total(upstream.filter((g) => g < 0));
  const all = above + below,
    came = total(arrived.values),
    idle = arrived.reached.filter((one) => !one).length;
  const terms = above && below ? `${grouped(above)} − ${grouped(-below)} = ${grouped(all)}` : grouped(all);
  const lost = Math.abs(all - came) > 1e-6 ? `, ${grouped(all - came)} went to padding and is lost` : "";
  const unheard = `${grouped(idle)} of ${grouped(arrived.values.length)} elements get nothing`;
  return `Sent ${terms}, arrived ${grouped(came)}${lost}; ${unheard}.`;
}

// The cells of both boards as a table has them: a number, and what arrives there (null while that is covered) or is
// sent.
export const received = (value, gradient) =>
  gradient === null ? `${show(value)}, covered` : `${show(value)} receives ${show(gradient)}`;
export const sends = (value, gradient) => `${show(value)} sends ${show(gradient)}`;

// What is seen at an element or an output though the answer is covered; and an output that has just been painted.
export const elementAt = ({ plane }, [row, column]) =>
  `Row ${row}, column ${column}: ${show(plane.values[row * plane.columns + column])}`;
export function outputAt({ result, upstream }, [i, j]) {
  const o = i * result.columns + j;
  return `Output (${i}, ${j}): ${show(result.values[o])}, upstream gradient ${show(upstream[o])}`;
}
export const paintedAt = ({ result, upstream }, [i, j]) =>
  `Output (${i}, ${j}): ${signed(upstream[i * result.columns + j])}.`;

const part = (g, n) => (n === 1 ? show(g) : `${show(g)}/${n}`);
const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
