// The mouse, a finger and the keys: they paint on the output, and point at elements of the input.
import { covered } from "../kit/core.js";
import { arrow, draggable, keys } from "../kit/pointer.js";
import { inside, line } from "./state.js";

// scene(): what is pooled, sent and arrived; act: what a reader can do; input and output: the two boards.
export function pointer(state, scene, act, input, output) {
  const selection = () => inside(state.get("selected"), scene().result);
  const brush = () => state.get("brush");
  const cells = (at) => at.map(Math.floor);

  // A finger on the output paints; beside it, and on the input, it scrolls the page.
  draggable(output, {
    grab: (at) => scene().result && { from: cells(at) },
    move(place, stroke) {
      const at = cells(place);
      if (!scene().result) return;
      act.select(at);
      act.paint(line(stroke.from, at), brush());
      stroke.from = at;
      act.point({ output: at });
    },
    hover: (at) => act.point({ output: cells(at) }),
  });
  for (const type of ["pointermove", "click"])
    input.canvas.addEventListener(type, (event) => act.point({ input: cells(input.at(event)) }));
  for (const { canvas } of [input, output])
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => act.point(null));
  keys(input.canvas, look);
  keys(output.canvas, press);

  // Arrow keys point at elements: at first where the selected window begins.
  function look({ key }) {
    if (!scene().result) return null;
    const from = state.get("hover")?.input,
      start = scene().result.placed.map((along, axis) => Math.max(0, covered(along, selection()[axis])[0]));
    const target = arrow(key, from ?? start, from ? 1 : 0);
    return target && (() => act.point({ input: inside(target, scene().plane) }));
  }

  // What a key of the output asks for.
  function press({ key, shiftKey }) {
    if (!scene().result) return null;
    const target = arrow(key, selection()),
      value = { " ": brush(), Enter: brush(), Delete: 0, Backspace: 0 }[key];
    if (!target && value === undefined) return null;
    return () => {
      if (target) act.select(target);
      if (!target || (shiftKey && key.startsWith("Arrow"))) act.paint([selection()], target ? brush() : value);
      act.point(null);
    };
  }
}
