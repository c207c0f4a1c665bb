// The mouse, a finger and the keys on the rows of methods.
import { clamp } from "../kit/core.js";
import { keys } from "../kit/pointer.js";
import { ROW } from "./drawing.js";
import { chosen } from "./state.js";

export function pointer(state, scene, plot) {
  const { canvas } = plot;
  const choose = (method) => state.set(chosen(state.get("pair"), method));
  canvas.addEventListener("click", (event) => {
    const row = Math.floor((event.clientY - canvas.getBoundingClientRect().top - plot.top) / ROW),
      method = scene().names[row];
    if (method) choose(method);
  });
  canvas.addEventListener("focus", () => state.set({ focused: canvas.matches(":focus-visible") }));
  canvas.addEventListener("blur", () => state.set({ focused: false }));

  // Up and down, Home and End move a cursor; Enter and space compare the method under it.
  const moves = { ArrowUp: -1, ArrowDown: 1, Home: -99, End: 99, ArrowLeft: 0, ArrowRight: 0 };
  keys(canvas, ({ key, shiftKey }) => {
    const { names } = scene(),
      at = cursor(state, scene());
    if (shiftKey) return null;
    if (key in moves) return () => state.set({ focused: true, cursor: clamp(at + moves[key], 0, names.length - 1) });
    if (key !== "Enter" && key !== " ") return null;
    return () => {
      state.set({ focused: true });
      choose(names[at]);
    };
  });
}

// The row of the cursor: another task may have fewer.
export const cursor = (state, { names }) => Math.min(state.get("cursor"), names.length - 1);
