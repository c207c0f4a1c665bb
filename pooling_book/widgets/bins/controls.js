// The sliders, buttons and menus of the bins.
import { button, group, labelled, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { LEVELS, MOST, MOST_OUT } from "./state.js";

// {side: the elements, show(): set all to the state}
export function controls(state, act, el) {
  const named = (options, key, row) => toggles(options, (value) => state.set({ [key]: value }), row);
  const pool = named(
    [
      ["adaptive", "Adaptive"],
      ["pyramid", "Pyramid"],
      ["region", "Region"],
    ],
    "pool",
  );
  const operation = named(
    [
      ["max", "Max"],
      ["avg", "Average"],
    ],
    "operation",
  );
  const level = named(
    [
      ["all", "All"],
      ...LEVELS.map((side) => [String(side), `${side} × ${side}`, { "aria-label": `${side} by ${side} bins` }]),
    ],
    "level",
  );
  const photo = photoField(state, el);
  const pair = (key, most, names) =>
    names.map((name, axis) =>
      slider(
        name,
        [1, most],
        (side) => state.set({ [key]: state.get(key).map((old, n) => (n === axis ? side : old)) }),
        { "aria-label": name },
      ),
    );
  const size = pair("size", MOST, ["Rows", "Columns"]),
    outputs = pair("outputs", MOST_OUT, ["Bins down", "Bins across"]);
  const box = nudges(act),
    levels = group("Level", level.element);
  const sliders = (pairs) => h("div", { class: "pool-bins-pair" }, ...pairs.map(({ field }) => field));
  const out = sliders(outputs);
  const side = [
    pool.element,
    operation.element,
    sliders(size),
    out,
    levels,
    box,
    labelled("Picture", photo.menu),
    h(
      "div",
      { class: "pool-transport" },
      button("Reset", () => state.set(state.home())),
    ),
    fold("Your photo", photo.picker),
  ];
  function show() {
    const now = state.get("pool");
    pool.show(now);
    operation.show(state.get("operation"));
    level.show(state.get("level"));
    photo.show();
    size.forEach((one, axis) => one.show(state.get("size")[axis]));
    outputs.forEach((one, axis) => one.show(state.get("outputs")[axis]));
    out.hidden = now === "pyramid";
    levels.hidden = now !== "pyramid";
    box.hidden = now !== "region";
  }
  return { side, show };
}

// Four buttons that move the box by a tenth of a cell.
function nudges(act) {
  const one = (text, way, ...by) =>
    button(text, () => act.nudge(by), {
      "aria-label": `Move the region a tenth of a place ${way}`,
      title: `a tenth ${way}`,
    });
  return h(
    "div",
    { class: "pool-transport pool-bins-nudges", role: "group", "aria-label": "Box" },
    h("span", { "aria-hidden": "true" }, "Box"),
    one("←", "to the left", 0, -1),
    one("→", "to the right", 0, 1),
    one("↑", "up", -1, 0),
    one("↓", "down", 1, 0),
  );
}
