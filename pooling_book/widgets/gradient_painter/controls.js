// The painter's brushes and patterns, and the settings of its pool.
import { button, check, choice, group, labelled, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { LARGEST, PATTERNS } from "./state.js";

const NAMES = { "one output": "One output", "all ones": "All ones", "left and right": "Halves ±1" };
const TITLES = { "left and right": "the left half sends +1, the right half −1" };
const named = (pattern) => [
  pattern,
  NAMES[pattern] ?? pattern[0].toUpperCase() + pattern.slice(1),
  { title: TITLES[pattern] ?? null },
];

// {side, show()}: what stands beside the picture; show() sets it to the state.
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
  const { parts, show: showPool } = poolControls(state, act, el);

  function show() {
    brushes.show(state.get("brush"));
    patterns.show(state.get("pattern"));
    showPool();
  }
  const brush = h(
    "div",
    { class: "pool-gradient-brushes", role: "group", "aria-label": "Brush" },
    h("span", { "aria-hidden": "true" }, "Brush"),
    brushes.element,
  );
  return { side: [brush, group("What all outputs send", patterns.element), ...parts], show };
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
  operation.element.setAttribute("role", "group");
  operation.element.setAttribute("aria-label", "Operation");
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
      one.show(now, String(now));
      one.input.setAttribute("aria-valuetext", words);
    }
    padding.value = state.get("padding");
    count.show(state.get("count_include_pad"));
    count.field.hidden = state.get("operation") === "max";
  }
  const pair = (...fields) => h("div", { class: "pool-gradient-pair" }, ...fields);
  const parts = [
    operation.element,
    pair(sliders.window.field, sliders.stride.field),
    pair(labelled("Padding", padding), labelled("Input", photo.menu)),
    fold("More settings", photo.picker, count.field),
  ];
  return { parts, show };
}
