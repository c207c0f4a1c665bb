// The mouse, a finger and the keys on the image and on the grid of outputs.
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";

// look(): the output looked at, or null; act: what a reader can do; input and output: the two boards.
export function pointer(look, act, input, output) {
  const box = () => look().starts.map((start) => ({ start, span: look().field.size }));
  const reach = () => REACH / input.cell;
  const isHeld = (at) => look() && isIn(at, box(), reach());
  function move(at, held) {
    if (!look()) return;
    const { start, jump } = look().field;
    act.select(...at.map((place, axis) => (place - held[axis] - start) / jump));
  }
  draggable(input, {
    grab: (at, touch) => look() && grip(at, box(), reach(), touch),
    move,
    cursor: (at) => (isHeld(at) ? "grab" : "crosshair"),
    tap: (at) => look() && !isHeld(at) && move(at, middle(box())),
  });
  output.canvas.addEventListener("click", (event) => act.select(...output.at(event).map(Math.floor)));
  for (const { canvas } of [input, output]) {
    keys(canvas, ({ key, shiftKey }) => {
      const target = look() && !shiftKey && arrow(key, look().at);
      return target && (() => act.select(...target));
    });
  }
}
