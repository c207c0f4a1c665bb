// The sliders, buttons and menus beside the bars.
import { button, labelled, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { powerSlider, temperatureSlider } from "../kit/family_controls.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { WINDOWS, putBack } from "./state.js";
import { MEANINGS } from "./words.js";

// {side, show()}: what goes beside the bars; show() sets all to the state. board: the photo's.
export function controls(state, act, el, board) {
  const power = powerSlider(act.power),
    temperature = temperatureSlider(act.temperature);
  const photo = photoField(state, el, { also: putBack });
  const sizes = toggles(
    WINDOWS.map((size) => [size, `${size} × ${size}`]),
    act.resize,
  );
  const draws = h(
    "div",
    { class: "pool-transport" },
    button("Draw once", () => act.draw(1)),
    button("Draw 100", () => act.draw(100)),
  );
  sizes.element.setAttribute("role", "group");
  sizes.element.setAttribute("aria-label", "Window");
  const window = h(
    "div",
    { class: "pool-one-window" },
    board.figure,
    h("div", {}, sizes.element, button("Put back", act.putBack), button("Reset", act.reset)),
  );
  const side = [
    power.element,
    temperature.element,
    draws,
    window,
    fold("What each one does", h("dl", { class: "pool-one-meanings" }, ...MEANINGS.flatMap(meaning))),
    fold("Another photo", labelled("Photo", photo.menu), photo.picker),
  ];
  function show() {
    photo.show();
    sizes.show(state.get("window"));
    power.show(state.get("power"));
    temperature.show(state.get("temperature"));
  }
  return { side, show };
}

const meaning = ([name, what]) => [h("dt", {}, name), h("dd", {}, what)];
