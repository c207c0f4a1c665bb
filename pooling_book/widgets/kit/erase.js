// Where a page offers it: one button that erases all that the book has kept in this browser, and brings it back.
import { button } from "./controls.js";
import { h, put } from "./core.js";
import { bringBack, forgetAll } from "./store.js";

export function offerErasing(place) {
  let erased = null;
  const said = h("span", { role: "status" });
  const act = button("Erase it all", () => {
    if (erased) bringBack(erased);
    const found = erased ? [] : (forgetAll() ?? []);
    put(said, erased ? "All is as it was." : words(found.length));
    erased = found.length ? found : null;
    put(act, erased ? "Undo" : "Erase it all");
  });
  place.append(" ", act, " ", said);
}

const words = (count) =>
  count ? `Erased: ${count} in number. A page begins afresh when it is next opened.` : "Nothing is kept at present.";
