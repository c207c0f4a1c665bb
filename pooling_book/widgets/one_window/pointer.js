// The mouse, a finger and the keys: on the photo, where the window is moved, and on a bar.
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";
import { WHITE } from "./state.js";

export function photoPointer(act, look, board) {
  const box = () => look().corner.map((start) => ({ start, span: look().side }));
  const reach = () => REACH / board.cell;
  const move = (at, held) =>
    act.moveTo(
      at.map((place, axis) => Math.round(place - held[axis])),
      true,
    );
  draggable(board, {
    grab: (at, touch) => grip(at, box(), reach(), touch),
    move,
    cursor: (at) => (isIn(at, box(), reach()) ? "grab" : "crosshair"),
    patient: true,
    tap: (at) => move(at, middle(box())),
  });
  keys(board.canvas, ({ key, shiftKey }) => {
    const target = arrow(key, look().corner, shiftKey ? 8 : 1);
    return target && (() => act.moveTo(target));
  });
}

// One bar: a pointer takes its end along the track, keys go by steps.
export function barPointer(act, look, n, bar, track) {
  const at = ({ clientX }) => {
    const { left, width } = track.getBoundingClientRect();
    return (WHITE * (clientX - left)) / width;
  };
  draggable(
    { canvas: bar, at },
    { grab: () => n, move: (value) => act.barTo(n, value, true), patient: true, tap: (value) => act.barTo(n, value) },
  );
  keys(bar, ({ key }) => {
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 },
      by = { ...steps, Home: -WHITE, End: WHITE }[key];
    return by && (() => act.barTo(n, look().values[n] + by));
  });
}
