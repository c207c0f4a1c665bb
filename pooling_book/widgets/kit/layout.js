// A widget's card: tasks on top, the picture on its stage, the controls in use beside it, rarer settings folded.
import { h, put } from "./core.js";

// label: what a screen reader calls the widget. stage: what is looked at; it stays in sight while the controls of
// `side` are used, beside it on a wide screen and below it on a phone. tasks: the element of tasks.js.
export const card = (name, label, { tasks = null, stage, side }) =>
  h(
    "div",
    { class: `pool-card pool-${name}`, role: "group", "aria-label": label },
    tasks,
    h("div", { class: "pool-stage" }, ...stage),
    h("div", { class: "pool-side" }, ...side),
  );

// What is said after each change, a short sentence, and below it what is only seen: {element, sentence, show([said,
// seen])}.
export function saying() {
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" }),
    detail = h("p", { class: "pool-detail" });
  function show([said, seen]) {
    put(sentence, said);
    put(detail, seen);
  }
  return { element: h("div", { class: "pool-saying" }, sentence, detail), sentence, show };
}

// Settings that are seldom wanted, for the side of a card.
export const fold = (title, ...parts) =>
  h("details", { class: "pool-more" }, h("summary", {}, title), h("div", { class: "pool-controls" }, ...parts));
