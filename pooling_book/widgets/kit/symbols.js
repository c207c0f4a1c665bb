// Symbols of a formula and parts of a picture that point at each other: what is pointed at lights up in both.
import { h } from "./core.js";

// state: the live model, with `lit` among what only this view knows: the key of what is pointed at, or null.
// symbol(key, text, name): a piece of a sentence that lights `key`, by mouse, finger or focus; name: what a screen
// reader calls it, where the text does not say it. show(element): marks the lit symbols in there.
export function symbols(state) {
  const light = (lit) => () => state.set({ lit });
  const symbol = (key, text, name = null) =>
    h(
      "span",
      {
        class: "pool-symbol",
        tabindex: "0",
        role: "note",
        "aria-label": name,
        "data-lit": key,
        "data-lm-suppress-shortcuts": "true",
        onpointerenter: light(key),
        onpointerleave: light(null),
        onfocus: light(key),
        onblur: light(null),
      },
      text,
    );
  function show(element) {
    const lit = state.get("lit");
    for (const one of element.querySelectorAll(".pool-symbol"))
      one.classList.toggle("pool-lit", one.dataset.lit === lit);
  }
  return { symbol, show };
}
