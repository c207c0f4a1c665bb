// The mouse, a finger and the keys on the convolution's two boards.
import { inside } from "../kit/core.js";
import { withPlace } from "../kit/places.js";
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";
import { SIDE } from "./state.js";

// act: what a reader can do; task: what is asked, and may be marked on the output.
export function pointer(state, scene, { act, task, input, output }) {
  const selection = () => inside(state.get("selected"), scene().result);
  const box = () => selection().map((start) => ({ start, span: SIDE }));
  const reach = () => REACH / 2 / input.cell;
  const move = (at, held) => scene().result && act.select(at.map((place, axis) => Math.round(place - held[axis])));

  draggable(input, {
    grab(at, touch) {
      const held = scene().result && grip(at, box(), reach(), touch);
      if (held) state.set({ held: true });
      return held;
    },
    move,
    patient: true,
    cursor: (at) => (scene().result && isIn(at, box(), reach()) ? "grab" : "crosshair"),
    hover: (at) => state.set({ lit: scene().result ? tapAt(at) : null }),
    tap: (at) => scene().result && move(at, middle(box())),
  });
  for (const end of ["pointerup", "pointercancel"])
    input.canvas.addEventListener(end, () => state.set({ held: false }));
  input.canvas.addEventListener("pointerleave", () => state.set({ lit: null }));

  // The key of the weight that lies on a place of the input, or null.
  function tapAt(at) {
    const [row, column] = at.map((place, axis) => Math.floor(place) - selection()[axis]);
    return [row, column].every((tap) => tap >= 0 && tap < SIDE) ? String(row * SIDE + column) : null;
  }

  const asks = () => task.asked()?.form === "places" && !task.asked().over;
  const mark = (at) => task.offer(withPlace(task.asked().guess, at));
  output.canvas.addEventListener("click", (event) => {
    const { result } = scene(),
      at = result && inside(output.at(event).map(Math.floor), result);
    if (!at) return;
    act.select(at);
    if (asks()) mark(at);
  });

  for (const { canvas } of [input, output]) keys(canvas, press);
  // Arrow keys move the window; Enter and Space mark its output where a guess asks for that.
  function press({ key, shiftKey }) {
    if (!scene().result || shiftKey) return null;
    if (["Enter", " "].includes(key) && asks()) return () => mark(selection());
    const target = arrow(key, selection());
    return target && (() => act.select(target));
  }
}
