// How cells are compared: ratios of their errors, with intervals and verdicts. As pooling_book.study.contrasts does it.
import { quantile, tails } from "./student.js";

const MISSES = 0.05; // how often an interval of 95 % misses, and how often Holm's method may err among all
const LEAST = 1e-9; // a standard error below it is none: all seeds are alike

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
export const variance = (values) => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};

// Mean difference, its standard error, and the degrees of freedom: of pairs, or Welch's.
export function difference(first, second, paired) {
  if (paired) {
    const count = Math.min(first.length, second.length),
      apart = first.slice(0, count).map((value, seed) => value - second[seed]);
    return { mean: mean(apart), error: Math.sqrt(variance(apart) / count), freedom: count - 1 };
  }
  const both = [first, second],
    shares = both.map((values) => variance(values) / values.length),
    all = shares[0] + shares[1];
  const freedom = all ** 2 / both.reduce((sum, values, n) => sum + shares[n] ** 2 / (values.length - 1), 0);
  return { mean: mean(first) - mean(second), error: Math.sqrt(all), freedom };
}

// Which of n hypotheses Holm's method rejects.
export function holm(pValues) {
  const order = pValues.map((_, place) => place).sort((one, other) => pValues[one] - pValues[other]),
    rejected = pValues.map(() => false);
  for (const [passed, place] of order.entries()) {
    if (pValues[place] > MISSES / (pValues.length - passed)) break;
    rejected[place] = true;
  }
  return rejected;
}

// Whether two cells have a ratio with an interval: every error was reached, none is 0, and the seeds are not all alike.
export function hasRatio(values, paired) {
  if (!values.flat().every((value) => value > 0)) return false;
  const logs = values.map((some) => some.map(Math.log));
  if (!paired && logs.every((some) => Math.max(...some) - Math.min(...some) < LEAST)) return false;
  return difference(...logs, paired).error > LEAST;
}

// The verdict on the pair, judged with every pair of cells that has a ratio: errors of its second divided by those of
// its first. values: of each cell, by name. {ratio, alone, beside, narrow (of 90 %), p, verdict, mean, error, freedom,
// t, pairs}, or null where it has no ratio.
export function judge(values, pair, { paired, same }) {
  const of = (some) => some.map((name) => values[name]);
  if (!hasRatio(of(pair), paired)) return null;
  const pairs = [pair, ...otherPairs(Object.keys(values), pair).filter((some) => hasRatio(of(some), paired))];
  const estimates = pairs.map((some) => {
    const [first, second] = of(some).map((errors) => errors.map(Math.log));
    return difference(second, first, paired);
  });
  const pValues = estimates.map(({ mean, error, freedom }) => tails(Math.abs(mean) / error, freedom));
  const [found] = estimates,
    [told] = holm(pValues),
    ends = (misses) => interval(found, misses);
  const narrow = ends(2 * MISSES);
  const alike = same[0] < narrow[0] && narrow[1] < same[1];
  const side = found.mean < 0 ? "lower error" : "higher error";
  return {
    ...found,
    ratio: Math.exp(found.mean),
    alone: ends(MISSES),
    beside: ends(MISSES / pairs.length),
    narrow,
    p: pValues[0],
    verdict: told ? side : alike ? "the same" : "cannot tell",
    t: quantile(MISSES, found.freedom),
    pairs: pairs.length,
  };
}

// All pairs of some names but for one.
function otherPairs(names, [one, other]) {
  const all = names.flatMap((first, n) => names.slice(n + 1).map((second) => [first, second]));
  return all.filter((pair) => !(pair.includes(one) && pair.includes(other)));
}

// The interval that misses so often, as ratios.
function interval({ mean, error, freedom }, misses) {
  const half = error * quantile(misses, freedom);
  return [mean - half, mean + half].map(Math.exp);
}

// The mean of a cell's values with the ends of its own interval of 95 %, {mean, ends}: of their logarithms, where none
// is 0. NaN where an error was not reached.
export function middle(values) {
  if (values.includes(null)) return { mean: NaN, ends: [NaN, NaN] };
  const [into, back] = values.every((value) => value > 0) ? [Math.log, Math.exp] : [(value) => value, (value) => value];
  const some = values.map(into),
    at = mean(some),
    half = quantile(MISSES, some.length - 1) * Math.sqrt(variance(some) / some.length);
  return { mean: back(at), ends: [back(at - half), back(at + half)] };
}
