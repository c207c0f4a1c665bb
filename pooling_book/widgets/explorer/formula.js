// The formula of the output's size, as it is seen: each symbol lights what it stands for.
import { h } from "../kit/core.js";
import { walkable } from "../kit/symbols.js";

// {element, show(lines of arithmetic.js, known): known: whether the size may be seen}
export function formulaView({ symbol }) {
  const element = h("p", { class: "pool-size", role: "group", "aria-label": "How the output’s size follows" });
  const stop = walkable(element);
  let written = "";

  function part(one, known) {
    if (typeof one === "string") return one;
    const covered = one.key[0] === "o" && !known;
    return symbol(one.key, covered ? "?" : one.text, covered ? "the output’s side, covered" : one.name);
  }
  function show(lines, known) {
    const text = JSON.stringify([lines, known]);
    if (text === written) return;
    written = text;
    element.replaceChildren(
      ...lines.map(({ title, parts }) =>
        h("span", { class: "pool-size-line" }, `${title} `, ...parts.map((one) => part(one, known))),
      ),
    );
    if (lines.length) stop();
  }
  return { element, show };
}
