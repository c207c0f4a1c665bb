// Symbols of a formula and parts of a picture that point at each other: what is pointed at lights up in both.
import { h } from "./core.js";
import { keys } from "./pointer.js";

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

// The symbols of an element as one stop of the Tab key, from the one that had the focus last; arrow keys go on from
// there. across(): how many stand in a row, where they are several. mine(event): whether a key is the symbol's own.
export function walkable(element, across = () => 1, mine = () => false) {
  const all = () => [...element.querySelectorAll("[data-lit]")];
  const stop = (one) => all().forEach((other) => (other.tabIndex = other === one ? 0 : -1));
  element.addEventListener("focusin", ({ target }) => all().includes(target) && stop(target));
  keys(element, (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across(), ArrowDown: across() }[event.key];
    const next = by && !event.shiftKey && !mine(event) && all()[all().indexOf(event.target) + by];
    return next && (() => next.focus());
  });
  // After the symbols have changed: one of them is the stop, as before where it is there still.
  return () => all().filter(({ tabIndex }) => tabIndex === 0).length === 1 || stop(all()[0]);
}
