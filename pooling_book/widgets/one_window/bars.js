// The window's pixels as bars, each a slider that a pointer drags and the keys move.
import { onGrey } from "../kit/colors.js";
import { h, put } from "../kit/core.js";
import { barPointer } from "./pointer.js";
import { WHITE } from "./state.js";
import { shortWhere, where } from "./words.js";

// {element, draw(look)}
export function bars(act, look) {
  const element = h("div", { class: "pool-one-bars", role: "group", "aria-label": "Pixels under the window" });
  let rows = [];
  function draw({ side, values, before }) {
    if (rows.length !== values.length) {
      rows = values.map((_, n) => bar(act, look, n));
      element.replaceChildren(...rows.map((row) => row.element));
    }
    rows.forEach(({ show }, n) => show(values[n], side, before[n]));
  }
  return { element, draw };
}

function bar(act, look, n) {
  const place = h("span", { class: "pool-one-name" }),
    fill = h("span", { class: "pool-one-fill" }),
    was = h("i", { class: "pool-one-was" }), // the photo's own, where the bar has another
    track = h("span", { class: "pool-one-track" }, fill, was),
    number = h("b", {});
  const props = {
    class: "pool-one-row pool-one-bar",
    role: "slider",
    tabindex: "0",
    "aria-valuemin": "0",
    "aria-valuemax": String(WHITE),
    "data-lm-suppress-shortcuts": "true",
  };
  const element = h("div", props, place, track, number);
  barPointer(act, look, n, element, track);
  function show(value, side, before) {
    was.hidden = before === value;
    was.style.left = `${(100 * before) / WHITE}%`;
    fill.style.background = onGrey(value).background; // the pixel's own grey
    fill.style.width = `${(100 * value) / WHITE}%`;
    put(place, shortWhere(n, side));
    put(number, String(value));
    element.setAttribute("aria-label", `Pixel in ${where(n, side)}`);
    element.setAttribute("aria-valuenow", value);
  }
  return { element, show };
}
