// The way back through a pool: where the gradient of each output lands. pooling_lib.gradients is its reference.
import { covered } from "./core.js";

// result: what core.pool made of the plane; upstream: a gradient for each output. Gives {values, reached}:
// the gradient of each element, and whether any gradient but 0 came to it (two may cancel).
export function backward(plane, result, settings, upstream) {
  const size = plane.rows * plane.columns,
    values = new Float64Array(size),
    reached = new Uint8Array(size);
  const [vertical, horizontal] = result.placed;
  const give = (at, share) => {
    values[at] += share;
    if (share !== 0) reached[at] = 1;
  };
  for (let i = 0, o = 0; i < result.rows; i++) {
    for (let j = 0; j < result.columns; j++, o++) {
      if (settings.operation === "max") {
        give(result.where[o], upstream[o]);
        continue;
      }
      const share = upstream[o] / result.counts[o];
      for (const row of covered(vertical, i)) {
        if (row < 0 || row >= plane.rows) continue; // nothing goes to padding
        for (const column of covered(horizontal, j))
          if (column >= 0 && column < plane.columns) give(row * plane.columns + column, share);
      }
    }
  }
  return { values, reached };
}
