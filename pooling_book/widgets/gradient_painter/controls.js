// The painter's brushes and patterns, and the settings of its pool.
import { button, check, choice, group, labelled, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { photoField } from "../kit/photo.js";
import { LARGEST, PATTERNS } from "./state.js";

const NAMES = { "one output": "One output", "all ones": "All ones", "left and right": "Left +1, right −1" };
const named = (pattern) => [pattern, NAMES[pattern] ?? pattern[0].toUpperCase() + pattern.slice(1)];

// {paints, choices}: two rows of controls; show() sets them to the state.
export function controls(state, act, el) {
  const brushes = toggles(
    [
      [1, "+1"],
      [-1, "−1"],
      [0, "Eraser"],
    ],
    (brush) => state.set({ brush }),
  );
  const patterns = toggles(PATTERNS.map(named), act.follow, "pool-gradient-patterns");
  patterns.element.append(button("Reset", act.reset));
  const { choices, show: showPool } = poolControls(state, act, el);

  function show() {
    brushes.show(state.get("brush"));
    patterns.show(state.get("pattern"));
    showPool();
  }
  const paints = h(
    "div",
    { class: "pool-gradient-brushes" },
    group("Brush", brushes.element),
    group("Paint", patterns.element),
  );
  return { paints, choices, show };
}

function poolControls(state, act, el) {
  const photo = photoField(state, el, { besides: Object.keys(state.get("grids")) });
  const operation = toggles(
    [
      ["max", "Maximum"],
      ["avg", "Average"],
    ],
    (value) => state.set({ operation: value }),
  );
  const size = (key, name) => slider(name, [1, LARGEST], (now) => act.resize(key, now), { "aria-label": name });
  const sliders = { window: size("window", "Window"), stride: size("stride", "Stride") };
  const padding = choice({ onchange: () => state.set({ padding: padding.value }) }, [
    ["valid", "valid"],
    ["same", "same"],
  ]);
  const count = check("count padding as zeros", (on) => state.set({ count_include_pad: on }));

  function show() {
    photo.show();
    operation.show(state.get("operation"));
    for (const [key, one] of Object.entries(sliders)) {
      const [now] = state.get(key),
        words = now + (key === "stride" && now === state.get("window")[0] ? " = window" : "");
      one.show(now, words);
      one.input.setAttribute("aria-valuetext", words);
    }
    padding.value = state.get("padding");
    count.show(state.get("count_include_pad"));
    count.field.hidden = state.get("operation") === "max";
  }
  const choices = h(
    "div",
    { class: "pool-controls" },
    group("Operation", operation.element),
    h("div", { class: "pool-sliders" }, sliders.window.field, sliders.stride.field),
    labelled("Padding", padding),
    count.field,
    labelled("Input", photo.menu),
    photo.picker,
  );
  return { choices, show };
}
