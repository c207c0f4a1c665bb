// The mouse, a finger and the keys on the digit: they push it, unless they draw.
import { cursorKeys } from "../kit/digit.js";
import { arrow, draggable, keys } from "../kit/pointer.js";
import { SIDE } from "../kit/network.js";

// pushTo(to, atOnce): rows down and columns to the right; ink(cursor); isDrawing(): whether they leave ink instead.
export function pointer(state, board, { pushTo, ink, isDrawing }) {
  draggable(board, {
    grab: (at) => (isDrawing() ? null : minus(at, state.get("pushed"))),
    move: (at, held) => pushTo(minus(at, held), true),
    patient: true,
  });
  cursorKeys(state, board, SIDE, ink, isDrawing);
  keys(board.canvas, ({ key, shiftKey }) => {
    const to = !isDrawing() && !shiftKey && key !== "End" && arrow(key, state.get("pushed"));
    return to && (() => pushTo(to));
  });
}

const minus = (one, other) => one.map((value, axis) => value - other[axis]);
