// The mouse, a finger and the keys: on the digit they push it, draw or erase; on the votes they point at places.
import { inside, isOn } from "../kit/core.js";
import { cursorKeys } from "../kit/digit.js";
import { arrow, draggable, keys } from "../kit/pointer.js";
import { SIDE } from "../kit/network.js";

// votes(): the plane; act: {pushTo, touch: draw or erase at a pixel, point, mark}; busy(): whether they draw or erase.
export function pointer(state, { digit, map }, { votes, act, busy }) {
  draggable(digit, {
    grab: (at) => (busy() ? null : minus(at, state.get("pushed"))),
    move: (at, held) => act.pushTo(minus(at, held), true),
    hover: (at) => act.point(at.map((one) => Math.floor((one * votes().rows) / SIDE))),
    patient: true,
  });
  cursorKeys(state, digit, SIDE, act.touch, busy);
  keys(digit.canvas, ({ key, shiftKey }) => {
    const to = !busy() && !shiftKey && key !== "End" && arrow(key, state.get("pushed"));
    return to && (() => act.pushTo(to));
  });

  const at = (event) => map.at(event).map(Math.floor);
  map.canvas.addEventListener("pointermove", (event) => act.point(at(event)));
  map.canvas.addEventListener("click", (event) => {
    if (!isOn(at(event), votes())) return;
    act.point(at(event));
    act.mark(at(event));
  });
  for (const { canvas } of [digit, map])
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => act.point(null));
  keys(map.canvas, ({ key }) => {
    const pointed = state.get("pointed"),
      middle = [Math.floor(votes().rows / 2), Math.floor(votes().columns / 2)];
    if (key === " " || key === "Enter") return pointed && (() => act.mark(pointed));
    const to = arrow(key, pointed ?? middle, pointed ? 1 : 0);
    return to && (() => act.point(inside(to, votes())));
  });
}

const minus = (one, other) => one.map((value, axis) => value - other[axis]);
