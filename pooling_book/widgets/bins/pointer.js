// The mouse, a finger and the keys: they pull the map's corner, move the box, and point at cells and outputs.
import { inside, isOn } from "../kit/core.js";
import { REACH, arrow, draggable, isIn, keys } from "../kit/pointer.js";
import { TENTHS, moved, pulled, regionOf, sized } from "./state.js";

// scene(); act: {select, point}; map and outputs: the boards.
export function pointer(state, scene, act, map, outputs) {
  const values = () => state.values(),
    isRegion = () => state.get("pool") === "region",
    reach = () => REACH / map.cell;
  const corner = () => (isRegion() ? regionOf(values()).box.map(([, end]) => end) : state.get("size"));
  const onCorner = (at) =>
    corner().every((end, axis) => at[axis] - end < reach() && end - at[axis] < (isRegion() ? reach() / 2 : reach()));
  const inBox = (at) =>
    isRegion() &&
    isIn(
      at,
      regionOf(values()).box.map(([from, to]) => ({ start: from, span: to - from })),
      0,
    );

  draggable(map, {
    grab(at) {
      if (onCorner(at)) {
        state.set({ held: true });
        return { corner: at.map((place, axis) => place - corner()[axis]) };
      }
      return inBox(at) ? { from: at, before: values() } : null;
    },
    move(at, held) {
      const to = at.map((place, axis) => place - (held.corner ?? [0, 0])[axis]);
      if (held.corner) state.set(isRegion() ? pulled(values(), to.map(inTenths)) : sized(to));
      else
        state.set(
          moved(
            held.before,
            at.map((place, axis) => inTenths(place - held.from[axis])),
          ),
        );
    },
    cursor: (at) => (onCorner(at) ? "nwse-resize" : inBox(at) ? "grab" : "crosshair"),
    hover: (at) => act.point(cellAt(at)),
    tap: (at) => act.point(cellAt(at)),
    patient: true,
  });
  for (const end of ["pointerup", "pointercancel"]) map.canvas.addEventListener(end, () => state.set({ held: false }));
  const cellAt = (at) => {
    const cell = at.map(Math.floor);
    return isOn(cell, scene().plane) ? { cell } : null;
  };
  map.canvas.addEventListener("pointerleave", () => act.point(null));
  keys(map.canvas, ({ key, shiftKey }) => {
    const by = key.startsWith("Arrow") && arrow(key, [0, 0]);
    if (!by) return null;
    if (!isRegion()) return () => state.set(sized(state.get("size").map((side, axis) => side + by[axis])));
    return () => act.nudge(by, shiftKey);
  });

  outputs.forEach((board, n) => {
    const level = () => scene().levels[isRegion() ? 0 : n];
    const at = (event) => inside(board.at(event).map(Math.floor), level());
    const number = ([i, j]) => level().first + i * level().columns + j;
    board.canvas.addEventListener("pointermove", (event) => act.point({ output: number(at(event)) }));
    board.canvas.addEventListener("pointerleave", () => act.point(null));
    board.canvas.addEventListener("click", (event) => act.select(number(at(event))));
    keys(board.canvas, ({ key }) => {
      const now = state.get("selected") - level().first,
        { columns, values: all } = level(),
        here = now >= 0 && now < all.length ? [Math.floor(now / columns), now % columns] : [0, 0];
      const to = arrow(key, here);
      return to && (() => act.select(number(inside(to, level()))));
    });
  });
}

const inTenths = (cells) => Math.round(TENTHS * cells);
