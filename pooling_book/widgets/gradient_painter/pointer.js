// The mouse, a finger and the keys: they paint on the output, and point at elements of the input or mark them.
import { covered, inside, isOn } from "../kit/core.js";
import { arrow, draggable, keys } from "../kit/pointer.js";
import { line } from "./state.js";

// scene(): what is pooled, sent and arrived; act: what a reader can do; mark(element): put it into a guess or take it
// out, if one is asked for, else false; input and output: the two boards.
export function pointer(state, scene, { act, mark, input, output }) {
  const selection = () => inside(state.get("selected"), scene().result);
  const brush = () => state.get("brush");
  const cells = (at) => at.map(Math.floor);

  // Only a finger that begins sideways, or rests first, paints along its way; one that goes up scrolls the page.
  draggable(output, {
    patient: true,
    grab: (at) => scene().result && { from: cells(at) },
    move: (place, stroke) => (stroke.from = paint(stroke.from, cells(place))),
    tap: (place) => paint(cells(place), cells(place)),
    hover: (at) => act.point({ output: cells(at) }),
  });
  function paint(from, to) {
    if (!scene().result) return to;
    act.select(to);
    act.paint(line(from, to), brush());
    act.point({ output: to });
    return to;
  }
  const point = (event) => act.point({ input: cells(input.at(event)) });
  input.canvas.addEventListener("pointermove", point);
  input.canvas.addEventListener("click", (event) => {
    point(event);
    const element = cells(input.at(event));
    if (scene().result && isOn(element, scene().plane)) mark(element);
  });
  for (const { canvas } of [input, output])
    for (const end of ["pointerleave", "blur"]) canvas.addEventListener(end, () => act.point(null));
  keys(input.canvas, look);
  keys(output.canvas, press);

  // Arrow keys point at elements: at first where the selected window begins. Space and Enter mark the one pointed at.
  function look({ key }) {
    if (!scene().result) return null;
    const from = state.get("hover")?.input,
      start = scene().result.placed.map((along, axis) => Math.max(0, covered(along, selection()[axis])[0]));
    if (key === " " || key === "Enter") return from && isOn(from, scene().plane) ? () => mark(from) : null;
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
