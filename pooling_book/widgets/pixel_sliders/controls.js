// The buttons and menus beside a window's pixels.
import { h } from "../kit/core.js";
import { button, group, labelled, toggles } from "../kit/controls.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { WINDOWS, reordered } from "./state.js";

// look(): what is under the window; change(values) gives its pixels these values; said: what stands among the controls.
// {side, show()}
export function controls(state, el, look, change, said) {
  const photo = photoField(state, el, { also: () => ({ edits: [] }) });
  const sizes = toggles(
    WINDOWS.map((size) => [size, `${size} × ${size}`]),
    (size) => state.set({ window: size, corner: look().corner }),
  );
  const buttons = h(
    "div",
    { class: "pool-transport" },
    button("Put back", () => state.set({ edits: [] })),
    button("Shuffle", () => change(reordered(look().values))),
    button("Reset", () => state.set(state.home())),
  );
  const show = () => {
    photo.show();
    sizes.show(state.get("window"));
  };
  const side = [
    buttons,
    group("Window", sizes.element),
    ...said,
    fold("Another photo", labelled("Photo", photo.menu), photo.picker),
  ];
  return { side, show };
}
