// The keys on the grid: they move a cursor, and Space toggles the ink under it. (The Draw button paints: kit/digit.js.)
import { clamp } from "../kit/core.js";
import { arrow, keys } from "../kit/pointer.js";
import { SIDE, toggled } from "./state.js";

// Of the board, only the canvas: what hears the keys.
export function pointer(state, { canvas }) {
  for (const [type, on] of [
    ["focus", true],
    ["blur", false],
  ])
    canvas.addEventListener(type, () => state.set({ focused: on && canvas.matches(":focus-visible") }));
  keys(canvas, ({ key }) => {
    if (key === " ") return () => state.set({ ...toggled(state.values(), state.get("cursor")), focused: true });
    if (!key.startsWith("Arrow")) return null;
    const cursor = arrow(key, state.get("cursor")).map((at) => clamp(at, 0, SIDE - 1));
    return () => state.set({ cursor, focused: true });
  });
}
