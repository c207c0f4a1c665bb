// A window's pixels: a small window on a photo, each of its pixels a slider, and what they do to both answers.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button, group, labelled, toggles } from "../kit/controls.js";
import { live } from "../kit/live.js";
import { photoField, planeOf } from "../kit/photo.js";
import { settings, WINDOWS, looked, shuffled, withPixels } from "./state.js";
import { photoPointer } from "./pointer.js";
import { zoom } from "./zoom.js";
import { line } from "./line.js";
import { explain } from "./words.js";

const LOOKED = ["images", ...Object.keys(settings)];

function render({ model, el }) {
  // active: the pixel pointed at or in focus last, along the rows
  const state = live(model, el, settings, { active: 0 });
  const plane = state.from(["images", "source", "photo"], planeOf); // the photo, untouched
  const look = state.from(LOOKED, (values) => looked(values, plane()));
  const change = (pixels) => state.set(withPixels(state.values(), plane(), pixels));
  const photo = photoField(state, el, { also: () => ({ edits: [] }) });
  const sizes = toggles(
    WINDOWS.map((size) => [size, `${size} × ${size}`]),
    (size) => state.set({ window: size, corner: look().corner }),
  );
  const board = new Board(
    "Photo: arrow keys move the window, with Shift by 8 pixels; Home and End go to the first and the last",
  );
  const near = zoom(state, look, change),
    track = line();
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const warning = h("p", { class: "pool-warning", role: "alert" });

  el.append(
    h(
      "div",
      { class: "pool-pixels pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Drag the window over the photo. Drag a pixel up or down to make it lighter or darker. Arrow keys do both.",
      ),
      h("div", { class: "pool-panels" }, board.figure, near.figure),
      track.element,
      warning,
      sentence,
      h(
        "div",
        { class: "pool-transport" },
        button("Put the pixels back", () => state.set({ edits: [] })),
        button("Shuffle the window", () => change(shuffled(look().values))),
        button("Reset", () => state.set(state.home())),
      ),
      h("div", { class: "pool-controls" }, labelled("Photo", photo.menu), photo.picker, group("Window", sizes.element)),
    ),
  );
  photoPointer(state, look, plane, board);

  function refresh() {
    photo.show();
    sizes.show(state.get("window"));
    put(warning, state.get("notice"));
    warning.hidden = !warning.textContent;
  }
  state.watch(null, refresh);
  state.watch(["window"], () => state.set({ active: Math.min(state.get("active"), state.get("window") ** 2 - 1) }));
  refresh();
  state.draws(() => {
    const { touched, corner, side } = look(),
      { rows, columns } = plane();
    board.frame([0, rows], [0, columns], Math.min(256, el.clientWidth - 34) / Math.max(rows, columns));
    board.image({ rows, columns, values: touched }, () => true);
    board.outline(...corner, side, side);
    board.describe(`Photo, ${rows} × ${columns}`, plane(), false, () => true);
    near.draw();
    track.draw(look(), state.get("active"));
    put(sentence, explain(look()));
  });
  return state.dispose;
}

export default { render, settings };
