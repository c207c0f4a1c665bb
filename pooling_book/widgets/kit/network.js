// What a small trained network makes of a digit: as pooling_book.study.pretrained, in plain loops.
import { pool, squarePool } from "./core.js";
import { maxBlurPool } from "./blur.js";

export const SIDE = 28;
export const CLASSES = 10;

// Plain loops: these run once, before anything is compiled for speed.
export function bytes(text) {
  const letters = atob(text),
    values = new Uint8Array(letters.length);
  for (let n = 0; n < values.length; n++) values[n] = letters.charCodeAt(n);
  return values;
}

// Numbers of two bytes each: a sign, five bits of exponent, ten of fraction.
export function halves(text) {
  const data = bytes(text),
    values = new Float64Array(data.length / 2);
  for (let n = 0; n < values.length; n++) {
    const high = data[2 * n + 1],
      exponent = (high >> 2) & 31,
      fraction = ((high & 3) << 8) | data[2 * n];
    const size = exponent ? (1024 + fraction) * POWERS[exponent] : fraction * POWERS[1];
    values[n] = high >> 7 ? -size : size;
  }
  return values;
}
const POWERS = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 25));

// {title, kind, blocks: [{kernel, bias, before, after}], dense: {kernel, bias}} from a network of the widget's state.
export function unpack({ title, pool: kind, channels, weights }) {
  const values = halves(weights);
  let at = 0;
  const take = (count) => {
    at += count;
    return values.subarray(at - count, at);
  };
  const blocks = channels.map((after, n) => {
    const before = n ? channels[n - 1] : 1;
    return { before, after, kernel: take(9 * before * after), bias: take(after) };
  });
  return { title, kind, blocks, dense: { kernel: take(channels.at(-1) * CLASSES), bias: take(CLASSES) } };
}

// What a network makes of an image of 0 to 1: the maps before and after each pool, those of the last convolution, the
// logits, and the shares of the ten classes.
export function forward({ kind, blocks, dense }, image) {
  const before = [],
    maps = [];
  let now = { side: SIDE, channels: 1, values: image };
  blocks.forEach((block, n) => {
    now = convolved(now, block);
    if (n === blocks.length - 1) return;
    before.push(now);
    now = pooled(now, kind);
    maps.push(now);
  });
  const logits = scored(now, dense),
    most = Math.max(...logits),
    powers = logits.map((logit) => Math.exp(logit - most)),
    sum = powers.reduce((a, b) => a + b);
  return { before, maps, last: now, logits, shares: powers.map((power) => power / sum), verdict: logits.indexOf(most) };
}

// A 3 x 3 convolution with zeros around the map, then ReLU; values lie as in (rows, columns, channels).
function convolved({ side, values }, { kernel, bias, before, after }) {
  const result = new Float64Array(side * side * after);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const out = (row * side + column) * after;
      for (let c = 0; c < after; c++) result[out + c] = bias[c];
      for (let tap = 0; tap < 9; tap++) {
        const i = row + Math.floor(tap / 3) - 1,
          j = column + (tap % 3) - 1;
        if (i < 0 || j < 0 || i >= side || j >= side) continue;
        for (let b = 0; b < before; b++) {
          const value = values[(i * side + j) * before + b],
            from = (tap * before + b) * after;
          if (value) for (let c = 0; c < after; c++) result[out + c] += value * kernel[from + c];
        }
      }
      for (let c = 0; c < after; c++) result[out + c] = Math.max(0, result[out + c]);
    }
  }
  return { side, channels: after, values: result };
}

// The channels of a map as planes.
export const planesOf = ({ side, channels, values }) =>
  Array.from({ length: channels }, (_, c) => ({
    rows: side,
    columns: side,
    values: Float64Array.from({ length: side * side }, (_, n) => values[n * channels + c]),
  }));

// The window and the stride of a pool of that kind; what a max-blur pool does before its blur.
export const POOLS = {
  max: { operation: "max", window: 2, stride: 2 },
  average: { operation: "avg", window: 2, stride: 2 },
  "max-blur": { operation: "max", window: 2, stride: 1 },
  subsample: { operation: "max", window: 1, stride: 2 },
};

// Every channel pooled by itself.
function pooled(map, kind) {
  const { operation, window, stride } = POOLS[kind];
  const { channels } = map,
    settings = squarePool(operation, window, stride, "same");
  const planes = planesOf(map).map((plane) =>
    kind === "max-blur" ? maxBlurPool(plane, window, 2, "same") : pool(plane, settings),
  );
  const after = planes[0].rows,
    result = new Float64Array(after * after * channels);
  planes.forEach((plane, c) => plane.values.forEach((value, n) => (result[n * channels + c] = value)));
  return { side: after, channels, values: result };
}

// What each place of the last maps says for a class before the average: its values by the class's weights. The average
// over all places, and the class's bias, make its logit (Zhou and others, 2016).
export function votes({ side, channels, values }, { kernel }, k) {
  const found = new Float64Array(side * side);
  for (let n = 0; n < found.length; n++)
    for (let c = 0; c < channels; c++) found[n] += values[n * channels + c] * kernel[c * CLASSES + k];
  return { rows: side, columns: side, values: found };
}

// The logits: a global average pool of the last maps, and the dense layer.
function scored({ side, channels, values }, { kernel, bias }) {
  const logits = Array.from(bias);
  for (let c = 0; c < channels; c++) {
    let total = 0;
    for (let n = 0; n < side * side; n++) total += values[n * channels + c];
    for (let k = 0; k < CLASSES; k++) logits[k] += (total / side ** 2) * kernel[c * CLASSES + k];
  }
  return logits;
}
