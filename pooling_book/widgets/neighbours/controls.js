// Which digit, where it is pushed, how it is pooled, and who votes.
import { button, group, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { drawButton, pushButtons } from "../kit/digit.js";
import { METHODS, SIDE, emptied, following, painted, pushedBy } from "./state.js";

const NAMES = { none: "None", max: "Maximum", avg: "Average", subsample: "Subsample" };

// {side, show()}: what stands beside the picture; show() sets it to the state.
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
  const row = (...parts) => h("div", { class: "pool-neighbours-controls" }, ...parts);
  const digit = row(
    button("◀", next(-1), { "aria-label": "Previous test digit", title: "previous test digit" }),
    button("Next", next(1), { "aria-label": "Next test digit", title: "next test digit" }),
    drawing.element,
    button(
      "Reset",
      stopped(() => state.set(state.home())),
    ),
  );
  const { parts, show } = pooling(state);
  const pushes = row("Push", ...pushButtons(push));
  pushes.setAttribute("role", "group");
  pushes.setAttribute("aria-label", "Push");
  const side = [pushes, digit, ...parts];
  return { side, show };
}

function pooling(state) {
  const methods = toggles(
    METHODS.map((method) => [method, NAMES[method]]),
    (method) => state.set({ method }),
    "pool-neighbours-methods",
  );
  const voters = toggles(
    [
      [1, "1", { "aria-label": "1 neighbour votes" }],
      [3, "3", { "aria-label": "3 neighbours vote" }],
    ],
    (count) => state.set({ voters: count }),
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
  const parts = [
    group("Pooling", methods.element),
    h("div", { class: "pool-neighbours-sliders" }, window.field, stride.field, group("Who votes", voters.element)),
  ];
  return { parts, show };
}
