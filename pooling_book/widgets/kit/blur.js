// Blur pools: binomial weights, then a stride; pooling_lib.blur_pool and max_blur_pool are the reference.
import { pool, placeAxis, squarePool } from "./core.js";

// 1 for a window of 1, 1 2 1 for a window of 3, 1 4 6 4 1 for a window of 5.
function binomial(window) {
  const weights = [1];
  for (let n = 1; n < window; n++) weights.push((weights[n - 1] * (window - n)) / n);
  return weights;
}

// The mean of a plane under binomial weights; padding is "valid" or "same", where only real elements count.
export function blurPool({ rows, columns, values }, window, stride, padding) {
  const weights = binomial(window),
    [down, across] = [rows, columns].map((size, axis) => placeAxis(size, window, stride, padding, 1, false, axis));
  const between = new Float64Array(down.count * columns),
    result = new Float64Array(down.count * across.count);
  const start = (along, n) => n * along.stride - along.before;
  for (let i = 0; i < down.count; i++) {
    let sum = 0;
    for (let tap = 0; tap < window; tap++) {
      const row = start(down, i) + tap;
      if (row < 0 || row >= rows) continue;
      sum += weights[tap];
      for (let j = 0; j < columns; j++) between[i * columns + j] += weights[tap] * values[row * columns + j];
    }
    for (let j = 0; j < across.count; j++) {
      let total = 0,
        share = 0;
      for (let tap = 0; tap < window; tap++) {
        const column = start(across, j) + tap;
        if (column < 0 || column >= columns) continue;
        share += weights[tap];
        total += weights[tap] * between[i * columns + column];
      }
      result[i * across.count + j] = total / (sum * share);
    }
  }
  return { rows: down.count, columns: across.count, values: result };
}

// The maximum at every place, then a blur at the stride.
export function maxBlurPool(plane, window, stride, padding, blur = 3) {
  return blurPool(pool(plane, squarePool("max", window, 1, padding)), blur, stride, padding);
}
