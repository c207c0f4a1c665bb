// The mouse, a finger and the keys on the rows of cells.
import { clamp } from "../kit/core.js";
import { draggable, keys } from "../kit/pointer.js";
import { chosen } from "./state.js";

const FINE = 50; // presses of an arrow key across the plot

// task: the list of tasks, which may ask for means to be drawn.
export function pointer(state, scene, plot, task) {
  const { canvas } = plot;
  const choose = (name) => state.set(chosen(state.get("pair"), name));
  // Rows fill the plot, whose heights go from 1 at its top to 0.
  const cellAt = ([, height]) => scene().names[Math.floor((1 - height) * scene().names.length)];

  // The place among the cells whose means are asked for, or -1.
  function placeOf(name) {
    const ask = task.asked();
    return ask?.what === "means" && !ask.over ? ask.given.at.indexOf(name) : -1;
  }
  // Drawn no finer than a thousandth of the axis' unit.
  function put(place, value) {
    const { guess, given } = task.asked();
    const at = Number(clamp(value, ...plot.across).toFixed(3));
    task.offer(given.at.map((_, n) => (n === place ? at : (guess?.[n] ?? null))));
  }
  const draw = ([value], name) => placeOf(name) >= 0 && put(placeOf(name), value);
  draggable(plot, {
    patient: true,
    grab: (at) => (placeOf(cellAt(at)) < 0 ? null : cellAt(at)),
    move: draw,
    tap: (at) => draw(at, cellAt(at)),
    cursor: (at) => (placeOf(cellAt(at)) < 0 ? "pointer" : "ew-resize"),
  });
  canvas.addEventListener("click", (event) => {
    const name = cellAt(plot.at(event));
    if (name && placeOf(name) < 0) choose(name);
  });
  canvas.addEventListener("focus", () => state.set({ focused: canvas.matches(":focus-visible") }));
  canvas.addEventListener("blur", () => state.set({ focused: false }));

  // Up and down, Home and End move a cursor; left and right draw a mean that is asked for in its row; Enter and space
  // compare the cell under it.
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

// The row of the cursor: another block may have fewer.
export const cursor = (state, { names }) => Math.min(state.get("cursor"), names.length - 1);
