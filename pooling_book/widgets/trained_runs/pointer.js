// The mouse, a finger and the keys on the rows of methods.
import { clamp } from "../kit/core.js";
import { draggable, keys } from "../kit/pointer.js";
import { chosen } from "./state.js";
import { rounded } from "./words.js";

const FINE = 50; // presses of an arrow key across the plot

// task: the list of tasks, which may ask for means to be drawn.
export function pointer(state, scene, plot, task) {
  const { canvas } = plot;
  const choose = (method) => state.set(chosen(state.get("pair"), method));
  // Rows fill the plot, whose heights go from 1 at its top to 0.
  const methodAt = ([, height]) => scene().names[Math.floor((1 - height) * scene().names.length)];

  // The place among the methods whose means are asked for, or -1.
  function placeOf(method) {
    const ask = task.asked();
    return ask?.what === "means" && !ask.over ? ask.given.at.indexOf(method) : -1;
  }
  function put(place, value) {
    const { guess, given } = task.asked();
    const at = rounded(state.get("quantity"), clamp(value, ...plot.across));
    task.offer(given.at.map((_, n) => (n === place ? at : (guess?.[n] ?? null))));
  }
  const draw = ([value], method) => placeOf(method) >= 0 && put(placeOf(method), value);
  draggable(plot, {
    patient: true,
    grab: (at) => (placeOf(methodAt(at)) < 0 ? null : methodAt(at)),
    move: draw,
    tap: (at) => draw(at, methodAt(at)),
    cursor: (at) => (placeOf(methodAt(at)) < 0 ? "pointer" : "ew-resize"),
  });
  canvas.addEventListener("click", (event) => {
    const method = methodAt(plot.at(event));
    if (method && placeOf(method) < 0) choose(method);
  });
  canvas.addEventListener("focus", () => state.set({ focused: canvas.matches(":focus-visible") }));
  canvas.addEventListener("blur", () => state.set({ focused: false }));

  // Up and down, Home and End move a cursor; left and right draw a mean that is asked for in its row; Enter and space
  // compare the method under it.
  const moves = { ArrowUp: -1, ArrowDown: 1, Home: -99, End: 99 },
    draws = { ArrowLeft: -1, ArrowRight: 1 };
  keys(canvas, ({ key, shiftKey }) => {
    const { names } = scene(),
      at = cursor(state, scene()),
      place = placeOf(names[at]);
    if (shiftKey) return null;
    if (key in moves) return () => state.set({ focused: true, cursor: clamp(at + moves[key], 0, names.length - 1) });
    if (key in draws) {
      const [low, high] = plot.across,
        now = task.asked()?.guess?.[place] ?? null;
      const next = now === null ? (low + high) / 2 : now + (draws[key] * (high - low)) / FINE;
      return () => {
        state.set({ focused: true });
        if (place >= 0) put(place, next);
      };
    }
    if (key !== "Enter" && key !== " ") return null;
    return () => {
      state.set({ focused: true });
      if (place < 0) choose(names[at]);
    };
  });
}

// The row of the cursor: another task may have fewer.
export const cursor = (state, { names }) => Math.min(state.get("cursor"), names.length - 1);
