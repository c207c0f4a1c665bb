// The mouse, a finger and the keys on the digit: they push it, unless they draw.
import { arrow, draggable, keys } from "../kit/pointer.js";

// pushTo(to): rows down and columns to the right; isDrawing(): whether the pointer leaves ink instead.
export function pointer(state, pushTo, board, isDrawing) {
  draggable(board, {
    grab: (at) => (isDrawing() ? null : minus(at, state.get("pushed"))),
    move: (at, held) => pushTo(minus(at, held)),
  });
  keys(board.canvas, ({ key, shiftKey }) => {
    const to = !shiftKey && key !== "End" && arrow(key, state.get("pushed"));
    return to && (() => pushTo(to));
  });
}

const minus = (one, other) => one.map((value, axis) => value - other[axis]);
