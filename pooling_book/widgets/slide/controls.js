// The slide's buttons, menus and sliders.
import { button, choice, labelled, playButton, slider } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { photoField } from "../kit/photo.js";
import { FARTHEST, LARGEST, OPERATIONS, newCurve } from "./state.js";

// {moves, choices}: two rows of controls; show() sets them to the state.
export function controls(state, act, el) {
  const operation = choice({ onchange: () => act.change({ operation: operation.value }) }, OPERATIONS);
  const photo = photoField(state, el, { also: () => newCurve(state.values()) });
  const named = (name, range, pick) => slider(name, range, pick, { "aria-label": name });
  const window = named("Window", [1, LARGEST], (size) => act.change({ window: size })),
    stride = named("Stride", [1, LARGEST], (size) => act.change({ stride: size })),
    shift = named("Shift", [0, FARTHEST], act.shiftTo);
  shift.field.classList.add("pool-slide-shift");
  const playing = playButton(() => act.play(!state.get("playing")), { class: "pool-button pool-slide-play" });
  const step = (by, text, label) =>
    button(text, () => act.shiftTo(state.get("shift") + by), { "aria-label": label, title: label.toLowerCase() });

  const moves = h(
    "div",
    { class: "pool-controls" },
    shift.field,
    h(
      "div",
      { class: "pool-transport" },
      step(-1, "◀", "One pixel back"),
      playing.element,
      step(1, "▶", "One pixel on"),
      button("Reset", act.reset),
    ),
  );
  const choices = h(
    "div",
    { class: "pool-controls" },
    labelled("Pool", operation),
    labelled("Picture", photo.menu),
    photo.picker,
    h("div", { class: "pool-sliders" }, window.field, stride.field),
  );
  function show() {
    operation.value = state.get("operation");
    photo.show();
    playing.show(state.get("playing"));
    window.field.hidden = state.get("operation") === "subsample";
    window.show(state.get("window"));
    stride.show(state.get("stride"));
    shift.show(state.get("shift"));
  }
  return { moves, choices, show };
}
