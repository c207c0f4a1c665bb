// Symbols of a formula and parts of a picture that point at each other: what is pointed at lights up in both.
import { h } from "./core.js";

// state: the live model, with `lit` among what only this view knows: the key of what is pointed at, or null.
// symbol(key, text, name): a piece of a sentence that lights `key`, by mouse, finger or focus; name: what a screen
// reader calls it, where the text does not say it. lights(key): the same as properties for an element of another sort;
// its dataset.lit may change. show(element, also): marks what is lit in there, and what has one of the keys in `also`:
// the reverse, where the picture is pointed at.
export function symbols(state) {
  const light = ({ currentTarget }) => state.set({ lit: currentTarget.dataset.lit }),
    leave = () => state.set({ lit: null });
  const lights = (key) => ({
    "data-lit": key,
    onpointerenter: light,
    onpointerleave: leave,
    onfocus: light,
    onblur: leave,
  });
  const symbol = (key, text, name = null) =>
    h(
      "span",
      {
        class: "pool-symbol",
        tabindex: "0",
        role: "note",
        "aria-label": name,
        "data-lm-suppress-shortcuts": "true",
        ...lights(key),
      },
      text,
    );
  function show(element, also = []) {
    const lit = state.get("lit");
    for (const one of element.querySelectorAll("[data-lit]"))
      one.classList.toggle("pool-lit", one.dataset.lit === lit || also.includes(one.dataset.lit));
  }
  return { symbol, lights, show };
}
