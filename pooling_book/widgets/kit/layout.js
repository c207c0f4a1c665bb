// A widget's card: tasks on top, the picture on its stage, the controls in use beside it, rarer settings folded.
import { h } from "./core.js";

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

// Settings that are seldom wanted, for the side of a card.
export const fold = (title, ...parts) =>
  h("details", { class: "pool-more" }, h("summary", {}, title), h("div", { class: "pool-controls" }, ...parts));
