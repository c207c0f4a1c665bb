// Student's t distribution, for any degrees of freedom: tested against SciPy.

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
const TINY = 1e-300;

// The logarithm of the gamma function, for x > 0.
function logGamma(x) {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const [first, ...others] = LANCZOS,
    t = x + 6.5;
  const sum = others.reduce((total, factor, n) => total + factor / (x + n), first);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

// The regularised incomplete beta function of x, whose complement 1 - x is given as well: it may be tiny.
function incompleteBeta(a, b, x, rest) {
  if (x === 0 || rest === 0) return x === 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, rest, x);
  const front = a * Math.log(x) + b * Math.log(rest) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(front) * continued(a, b, x)) / a;
}

// Its continued fraction, by Lentz's method.
function continued(a, b, x) {
  let c = 1,
    d = 1 / away(1 - ((a + b) * x) / (a + 1)),
    result = d;
  for (let m = 1; m < 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let factor = 1;
    for (const step of [even, odd]) {
      d = 1 / away(1 + step * d);
      c = away(1 + step / c);
      factor = c * d;
      result *= factor;
    }
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return result;
}
const away = (value) => (Math.abs(value) < TINY ? TINY : value);

// How often |t| is larger.
export function tails(t, freedom) {
  const all = freedom + t * t;
  return incompleteBeta(freedom / 2, 0.5, freedom / all, (t * t) / all);
}

// The t that |t| exceeds so often.
export function quantile(often, freedom) {
  let low = 0,
    high = 1;
  while (tails(high, freedom) > often) [low, high] = [high, 2 * high];
  for (let n = 0; n < 100 && high - low > 1e-14 * high; n++) {
    const middle = (low + high) / 2;
    if (tails(middle, freedom) > often) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
