// The mouse, a finger and the keys on the photo, where the window is moved.
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";
import { inside } from "./state.js";

// look(): what is under the window; plane(): the photo.
export function photoPointer(state, look, plane, board) {
  const box = () => look().corner.map((start) => ({ start, span: look().side }));
  const reach = () => REACH / board.cell;
  function moveTo(at) {
    const corner = inside(at, look().side, plane());
    if (String(corner) !== String(state.get("corner"))) state.set({ corner });
  }
  const move = (at, held) => moveTo(at.map((place, axis) => Math.round(place - held[axis])));
  draggable(board, {
    grab: (at, touch) => grip(at, box(), reach(), touch),
    move,
    cursor: (at) => (isIn(at, box(), reach()) ? "grab" : "crosshair"),
    patient: true,
    tap: (at) => move(at, middle(box())),
  });
  keys(board.canvas, ({ key, shiftKey }) => {
    const target = arrow(key, look().corner, shiftKey ? 8 : 1);
    return target && (() => moveTo(target));
  });
}
