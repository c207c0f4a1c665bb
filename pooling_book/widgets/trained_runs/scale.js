// Where errors stand along an axis: their logarithms, where none is 0, so that a ratio is as long everywhere.
import { ticks } from "../kit/plot.js";

const MANTISSAS = [
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
];

const LINEAR = { name: "linear", into: (value) => value, back: (value) => value, ticks };
const LOG = { name: "log", into: Math.log10, back: (place) => 10 ** place, ticks: logTicks };

// The scale for some values: {into(value), back(place), ticks(low, high, most): places}.
export const scaleFor = (values, linear = false) => (linear || values.some((value) => value <= 0) ? LINEAR : LOG);
export const RATIOS = LOG;

// The range of some places with a little room, and at least `least` wide.
export function around(places, least) {
  const low = Math.min(...places),
    high = Math.max(...places),
    room = Math.max((high - low) * 0.06, least);
  return places.length ? [low - room, high + room] : [0, 1];
}

// Places of round numbers on a logarithmic axis, at most so many.
export function logTicks(low, high, most) {
  for (const mantissas of MANTISSAS) {
    const found = [];
    for (let power = Math.floor(low); power <= high; power++)
      found.push(...mantissas.map((one) => one * 10 ** power).filter((one) => within(Math.log10(one), low, high)));
    if (found.length > 2 && found.length <= most) return found.map(Math.log10);
  }
  const ends = [10 ** low, 10 ** high];
  if (high - low > 0.6) {
    const powers = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, n) => Math.ceil(low) + n),
      each = Math.ceil(powers.length / most);
    if (powers.length > 1) return powers.filter((_, n) => n % each === 0);
  }
  return ticks(...ends, most - 1).map(Math.log10);
}
const within = (place, low, high) => place >= low - 1e-9 && place <= high + 1e-9;
