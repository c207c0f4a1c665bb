// Which digit, where it is pushed, how it is pooled, and who votes.
import { button, group, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { drawButton, pushButtons } from "../kit/digit.js";
import { METHODS, SIDE, emptied, following, painted, pushedBy } from "./state.js";

const NAMES = { none: "None", max: "Maximum", avg: "Average", subsample: "Subsample" };

// {transport, choices}: two rows of controls; show() sets them to the state.
export function controls(state, board) {
  const values = () => state.values(["test", "digit", "pixels", "pushed"]);
  const drawing = drawButton(board, {
    clear: () => state.set(emptied()),
    paint: (place) => state.set(painted(values(), place)),
    free: (event) => event.pointerType !== "touch", // the finger scrolls the page
  });
  const stopped = (act) => () => {
    drawing.stop();
    act();
  };
  const next = (by) => stopped(() => state.set(following(values(), by)));
  const push = (...by) => state.set(pushedBy(values(), ...by));
  const transport = h(
    "div",
    { class: "pool-transport" },
    button("◀", next(-1), { "aria-label": "Previous test digit", title: "previous test digit" }),
    button("Next digit ▶", next(1)),
    h("span", { class: "pool-neighbours-push", role: "group", "aria-label": "Push" }, ...pushButtons(push)),
    drawing.element,
    button(
      "Reset",
      stopped(() => state.set(state.home())),
    ),
  );
  return { transport, ...pooling(state) };
}

function pooling(state) {
  const row = "pool-neighbours-choice";
  const methods = toggles(
    METHODS.map((method) => [method, NAMES[method]]),
    (method) => state.set({ method }),
    row,
  );
  const voters = toggles(
    [
      [1, "1", { "aria-label": "1 neighbour votes" }],
      [3, "3", { "aria-label": "3 neighbours vote" }],
    ],
    (count) => state.set({ voters: count }),
    row,
  );
  const size = (key, name) => slider(name, [1, SIDE], (now) => state.set({ [key]: now }), { "aria-label": name });
  const window = size("window", "Window"),
    stride = size("stride", "Stride");

  function show() {
    const method = state.get("method");
    methods.show(method);
    voters.show(state.get("voters"));
    window.show(state.get("window"));
    stride.show(state.get("stride"));
    window.field.hidden = method === "none" || method === "subsample";
    stride.field.hidden = method === "none";
  }
  const choices = h(
    "div",
    { class: "pool-controls" },
    group("Pooling", methods.element),
    h("div", { class: "pool-sliders" }, window.field, stride.field),
    group("Who votes", voters.element),
  );
  return { choices, show };
}
