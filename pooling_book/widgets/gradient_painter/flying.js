// Gradients on their way back: from each output that has begun to send, to the elements that it reaches.
import { elementsUnder, signed } from "../kit/core.js";
import { flocks } from "../kit/motion.js";
import { isNumbers } from "./state.js";

const MOST = 40; // at once: more is a swarm, in which no one sees who goes where

// panels: a positioned element around both boards. send(values, scene, covered) after each drawing.
export function returning(panels, input, output) {
  const fly = flocks(panels);
  let before = null;
  return (values, scene, covered) => {
    const { result, upstream } = scene,
      last = before;
    before = { result, upstream, covered };
    if (!last || last.upstream === upstream || covered || last.covered || !isNumbers(values)) return;
    const same = last.result === result; // the pool is as it was: only some outputs have changed
    const began = Array.from(upstream.keys()).filter(
      (n) => upstream[n] !== 0 && !(same && last.upstream[n] === upstream[n]),
    );
    const words = began.flatMap((n) => sendings(values, scene, n, input, output));
    if (words.length <= MOST) fly(words);
  };
}

// What one output sends, as words to fly.
function sendings({ operation }, { plane, result, upstream }, n, input, output) {
  const i = Math.floor(n / result.columns),
    j = n % result.columns;
  const isMax = operation === "max",
    share = isMax ? upstream[n] : upstream[n] / result.counts[n];
  const reached = elementsUnder(plane, result.placed, i, j).filter(
    ({ kind, row, column }) => kind === "real" && (!isMax || row * plane.columns + column === result.where[n]),
  );
  return reached.map(({ row, column }) => ({
    text: signed(share),
    from: output.onScreen(i, j),
    to: input.onScreen(row, column),
    look: share > 0 ? "pool-plus" : "pool-minus",
  }));
}
