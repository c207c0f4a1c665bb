// The mouse, a finger and the keys on the image and on the grid of outputs.
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";
import { cornersOf, markedBy, nudged } from "./state.js";

// look(): the output looked at, or null; act: what a reader can do; input and output: the two boards; marking(): the
// guess of a square that is asked for, {guess, offer(guess)}, or null.
export function pointer(state, look, act, { input, output }, marking) {
  const box = () => look().starts.map((start) => ({ start, span: look().field.size }));
  const reach = () => REACH / input.cell;
  const isHeld = (at) => look() && isIn(at, box(), reach());
  function move(at, held) {
    if (!look()) return;
    const { start, jump } = look().field;
    act.select(...at.map((place, axis) => (place - held[axis] - start) / jump));
  }
  const mark = marker(input, reach, marking);
  draggable(input, {
    grab(at, touch) {
      if (marking()) return mark.grab(at, touch);
      return act.mayMove() && look() ? grip(at, box(), reach(), touch) : null;
    },
    move: (at, held) => (held.mark ? mark.move(at, held) : move(at, held)),
    cursor: (at) => (!marking() && act.mayMove() && isHeld(at) ? "grab" : "crosshair"),
    tap: (at) => !marking() && act.mayMove() && look() && !isHeld(at) && move(at, middle(box())),
    patient: true,
  });
  for (const [event, held] of Object.entries({ pointerdown: true, pointerup: false, pointercancel: false }))
    input.canvas.addEventListener(event, () => state.set({ held }));
  output.canvas.addEventListener("click", (event) => act.mayMove() && act.select(...output.at(event).map(Math.floor)));
  keys(input.canvas, (event) => (marking() ? mark.press(event) : press(event)));
  keys(output.canvas, press);

  function press({ key, shiftKey }) {
    const target = act.mayMove() && look() && !shiftKey && arrow(key, look().at);
    return target && (() => act.select(...target));
  }
}

const FINE = 7; // pixels of the screen that a finger goes for one of the image, where it changes a square

// A square is drawn from corner to corner, moved by its inside, and pulled by its far corner.
function marker(input, reach, marking) {
  const limits = () => [Math.ceil(input.top), Math.floor(input.bottom)];
  const cell = (at) => at.map((place) => Math.min(limits()[1] - 1, Math.max(limits()[0], Math.floor(place))));
  const now = () => markedBy(marking()?.guess);
  const offer = (near, far) => marking()?.offer(cornersOf(near, far));

  function grab(at, touch) {
    const square = now();
    if (!square) return { mark: true, anchor: cell(at) };
    const [near, far] = square,
      pulls = far.every((place, axis) => Math.abs(at[axis] - place - 1) < reach());
    const box = near.map((start, axis) => ({ start, span: far[axis] - start + 1 }));
    if (!pulls && !isIn(at, box, 0)) return { mark: true, anchor: cell(at) };
    return { mark: true, from: at, square, pulls, rate: touch ? Math.max(1, FINE / input.cell) : 1 };
  }
  function move(at, { anchor, from, square, pulls, rate }) {
    if (anchor) return offer(anchor, cell(at));
    const by = at.map((place, axis) => Math.round((place - from[axis]) / rate));
    offer(...nudged(square, by, pulls, limits()));
  }
  function press({ key, shiftKey }) {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
    return by && (() => (now() ? offer(...nudged(now(), by, shiftKey, limits())) : offer([0, 0], [0, 0])));
  }
  return { grab, move, press };
}
