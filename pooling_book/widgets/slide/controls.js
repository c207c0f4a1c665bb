// The slide's buttons, menus and sliders.
import { button, choice, labelled, playButton, slider } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { FARTHEST, LARGEST, OPERATIONS, newCurve } from "./state.js";

// {side, show()}: what goes beside the curve; show() sets all to the state.
export function controls(state, act, el) {
  const operation = choice({ onchange: () => act.change({ operation: operation.value }) }, OPERATIONS);
  const photo = photoField(state, el, { also: () => newCurve(state.values()) });
  const named = (name, range, pick) => slider(name, range, pick, { "aria-label": name });
  const window = named("Window", [1, LARGEST], (size) => act.change({ window: size })),
    stride = named("Stride", [1, LARGEST], (size) => act.change({ stride: size })),
    shift = named("Shift", [0, FARTHEST], (wanted) => act.shiftTo(wanted, true));
  const playing = playButton(() => act.play(!state.get("playing")), { class: "pool-button pool-slide-play" });
  const step = (by, text, label) =>
    button(text, () => act.shiftTo(state.get("shift") + by), { "aria-label": label, title: label.toLowerCase() });

  const transport = h(
    "div",
    { class: "pool-transport" },
    step(-1, "◀", "One pixel back"),
    playing.element,
    step(1, "▶", "One pixel on"),
    button("Reset", act.reset),
  );
  shift.field.classList.add("pool-slide-shift");
  const side = [
    transport,
    fold("Your photo", photo.picker),
    shift.field,
    window.field,
    stride.field,
    labelled("Pool", operation),
    labelled("Picture", photo.menu),
  ];
  function show() {
    operation.value = state.get("operation");
    photo.show();
    playing.show(state.get("playing"));
    window.field.hidden = state.get("operation") === "subsample";
    window.show(state.get("window"));
    stride.show(state.get("stride"));
    shift.show(state.get("shift"));
  }
  return { side, show };
}
