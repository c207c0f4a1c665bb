// The menus above the picture, and the sliders and buttons beside it.
import { button, choice, labelled, slider } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { powerSlider, temperatureSlider } from "../kit/family_controls.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { METHODS, WINDOWS, drawnAnew, swapped } from "./state.js";

// {menus, side, show()}: what goes above the picture and beside it; show() sets all to the state. board: the photo's.
export function controls(state, el, board) {
  const menu = (side) => choice({ onchange: ({ target }) => state.set({ [side]: target.value }) }, METHODS);
  const left = menu("left"),
    right = menu("right");
  const window = slider("Window", WINDOWS, (size) => state.set({ window: size }), { "aria-label": "Window" }),
    power = powerSlider((p) => state.set({ power: p })),
    temperature = temperatureSlider((t) => state.set({ temperature: t }));
  const photo = photoField(state, el);
  const anew = button("Draw anew", () => state.set(drawnAnew(state.values())));
  const beside = h(
    "div",
    { class: "pool-curtain-beside" },
    board.figure,
    button("Swap", () => state.set(swapped(state.values()))),
    button("Reset", () => state.set(state.home())),
    anew,
  );
  const menus = h("div", { class: "pool-curtain-menus" }, labelled("Left", left), labelled("Right", right));
  const side = [
    window.field,
    labelled("Photo", photo.menu),
    power.element,
    temperature.element,
    beside,
    fold("Your photo", photo.picker),
  ];
  function show() {
    left.value = state.get("left");
    right.value = state.get("right");
    photo.show();
    const on = (method) => [left.value, right.value].includes(method);
    power.element.hidden = !on("power");
    temperature.element.hidden = !on("soft");
    anew.hidden = !on("stochastic");
    window.show(state.get("window"), `${state.get("window")} × ${state.get("window")}`);
    power.show(state.get("power"));
    temperature.show(state.get("temperature"));
  }
  return { menus, side, show };
}
