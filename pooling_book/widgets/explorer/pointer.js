// The mouse, a finger and the keys on the explorer's two boards.
import { clamp } from "../kit/core.js";
import { REACH, arrow, draggable, grip, isIn, keys, middle } from "../kit/pointer.js";
import { inside, pulled, windowBox } from "./state.js";

// input and output: the two boards; act: what a reader can do.
export function pointer(state, scene, act, input, output) {
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
    if (onCorner(at)) return { corner: box().map(({ start }) => start) };
    const held = grip(at, box(), reach() / 2, touch);
    return held && { held };
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

  const cells = (at) => at.map(Math.floor);
  draggable(input, {
    grab,
    move,
    cursor: (at) =>
      !scene().result || !(onCorner(at) || isIn(at, box(), reach() / 2))
        ? "crosshair"
        : onCorner(at)
          ? "nwse-resize"
          : "grab",
    hover: (at) => act.point({ input: cells(at) }),
    tap: (at) => scene().result && move(at, { held: middle(box()) }),
  });
  output.canvas.addEventListener("pointermove", (event) => act.point({ output: cells(output.at(event)) }));
  output.canvas.addEventListener("click", (event) => {
    act.play(false);
    act.select(...cells(output.at(event)));
  });
  for (const { canvas } of [input, output]) {
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => act.point(null));
    keys(canvas, press);
  }

  // Arrow keys move the window; with Shift they point at an element.
  function press({ key, shiftKey }) {
    if (!scene().result) return;
    const from = state.get("hover")?.input ?? box().map(({ start }) => Math.max(0, start));
    const target = arrow(key, shiftKey ? from : selection());
    if (!target) return;
    const { rows, columns } = scene().plane;
    const element = [clamp(target[0], 0, rows - 1), clamp(target[1], 0, columns - 1)];
    return () => {
      act.play(false);
      if (shiftKey) act.point({ input: element });
      else act.select(...target);
    };
  }
}
