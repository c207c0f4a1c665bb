// The mouse, a finger and the keys on the explorer's two boards.
import { inside, isOn } from "../kit/core.js";
import { withPlace } from "../kit/places.js";
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";
import { pulled, windowBox } from "./state.js";

const STILL = 5; // pixels: a press that moves less is a click

// input and output: the two boards; act: what a reader can do; task: what is asked, and may be marked on the input.
export function pointer(state, scene, act, input, output, task) {
  const marker = marking(task, scene, input);
  const selection = () => inside(state.get("selected"), scene().result);
  const box = () => windowBox(selection(), scene().result.placed);
  const reach = () => REACH / input.cell;
  // The corner's zone lies mostly outside, so that a small window can still be held by its middle.
  const onCorner = (at) =>
    box().every(
      ({ start, span }, axis) =>
        at[axis] - start - span < reach() && start + span - at[axis] < Math.min(reach(), span / 6),
    );

  function grab(at, touch) {
    if (!scene().result) return null;
    act.play(false);
    const held = onCorner(at)
      ? { corner: box().map(({ start }) => start) }
      : { held: grip(at, box(), reach() / 2, touch || marker.asks()) };
    if (held.held === null) return null;
    state.set({ held: true });
    return held;
  }

  function move(at, { corner, held }) {
    if (!scene().result) return;
    if (corner) return pull(at, corner);
    const { placed } = scene().result;
    act.select(...placed.map(({ before, stride }, axis) => Math.round((at[axis] - held[axis] + before) / stride)));
  }

  // The window reaches from where its corner was when the drag began to where the pointer is.
  function pull(at, corner) {
    const sizes = pulled(state.values(), scene().result.placed, corner, at, state.get("apart"));
    sizes.forEach((size, axis) => {
      if (scene().result && size !== state.get("window")[axis]) act.resize("window", axis, size);
    });
    if (!scene().result) return;
    const { placed } = scene().result;
    act.select(...placed.map(({ before, stride }, axis) => Math.round((corner[axis] + before) / stride)));
  }

  draggable(input, {
    grab,
    move,
    patient: true,
    cursor: (at) =>
      !scene().result || !(onCorner(at) || isIn(at, box(), reach() / 2))
        ? "crosshair"
        : onCorner(at)
          ? "nwse-resize"
          : "grab",
    hover: (at) => act.point({ input: cells(at) }),
    tap(at) {
      act.point({ input: cells(at) });
      if (scene().result && !marker.asks()) move(at, { held: middle(box()) });
    },
  });
  for (const end of ["pointerup", "pointercancel"])
    input.canvas.addEventListener(end, () => state.set({ held: false }));
  output.canvas.addEventListener("pointermove", (event) => act.point({ output: cells(output.at(event)) }));
  output.canvas.addEventListener("click", (event) => {
    act.play(false);
    act.select(...cells(output.at(event)));
  });
  for (const { canvas } of [input, output]) {
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => act.point(null));
    keys(canvas, press);
  }

  // Arrow keys move the window; with Shift they point at an element, which Enter and Space mark where a guess asks for
  // it.
  function press({ key, shiftKey }) {
    if (!scene().result) return;
    const pointed = state.get("hover")?.input;
    const from = pointed ?? box().map(({ start }) => Math.max(0, start));
    if (["Enter", " "].includes(key) && marker.asks()) return () => marker.mark(from);
    const target = arrow(key, shiftKey ? from : selection());
    if (!target) return;
    const element = inside(target, scene().plane);
    return () => {
      act.play(false);
      if (shiftKey) act.point({ input: element });
      else act.select(...target);
    };
  }
}

const cells = (at) => at.map(Math.floor);

// Places of a guess, marked by a click on the input: {asks(): whether any are asked for, mark(at)}.
function marking(task, scene, input) {
  const asks = () => task.asked()?.form === "places" && !task.asked().over;
  // Marked, or no longer.
  function mark(at) {
    const place = cells(at);
    if (isOn(place, scene().plane)) task.offer(withPlace(task.asked().guess, place));
  }
  let pressed = null;
  input.canvas.addEventListener("pointerdown", ({ clientX, clientY }) => (pressed = [clientX, clientY]));
  input.canvas.addEventListener("click", (event) => {
    const moved = pressed ? Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) : 0;
    if (asks() && moved < STILL) mark(input.at(event));
  });
  return { asks, mark };
}
