// The stack's controls: a line for each layer, which layer is looked at, and whole stacks to choose from.
import { put, h } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";
import { MOST_LAYERS, PRESETS, presetOf } from "./state.js";
import { filled } from "./words.js";

const BOXES = { kind: "Kind", window: "Window", stride: "Stride", padding: "Padding", dilation: "Dilation" };
const upTo = (most) => Array.from({ length: most }, (_, n) => [String(n + 1), String(n + 1)]);
const OPTIONS = {
  kind: [
    ["pool", "pool"],
    ["convolution", "convolution"],
  ],
  window: upTo(11),
  stride: upTo(4),
  padding: [["valid", "valid"], ["same", "same"], ...upTo(5).map(([n]) => [n, `${n} at each end`])],
  dilation: upTo(4),
};
const read = (word) => (/^\d+$/.test(word) ? Number(word) : word);

// {looks, preset, lines, buttons}: elements; show() sets them to the state.
export function controls(state, scene, look, act) {
  const preset = choice({ class: "pool-button pool-stack-preset", onchange: () => act.take(preset.value) }, [
    ...Object.keys(PRESETS).map((name) => [name, name]),
    ["", "your own"],
  ]);
  const together = `pool-stack-${Math.random().toString(36).slice(2)}`; // one choice among the layers of this widget
  const all = Array.from({ length: MOST_LAYERS }, (_, number) => line(number, together, act, () => leave(number)));
  const add = button("Add a layer", () => {
    act.add();
    all[state.get("layers").length - 1].focus(); // it stands before the button, which may be off now
  });
  // A layer goes, and its button may with it.
  function leave(number) {
    act.remove(number);
    all[Math.min(number, state.get("layers").length - 1)].focus();
  }

  function show() {
    const layers = state.get("layers");
    preset.value = presetOf(layers);
    preset.lastElementChild.hidden = preset.value !== "";
    add.disabled = layers.length === MOST_LAYERS;
    all.forEach((one, number) =>
      one.show(layers[number], scene().rows[number], number === look()?.layer, layers.length === 1),
    );
  }

  const looks = h(
    "div",
    { class: "pool-transport pool-stack-looks", role: "group", "aria-label": "Layer looked at" },
    h("span", { "aria-hidden": "true" }, "Look at"),
    ...all.map((one) => one.look),
  );
  const lines = h("div", { class: "pool-stack-layers" }, ...all.map((one) => one.element));
  const buttons = h("div", { class: "pool-transport" }, add, button("Reset", act.reset));
  return { looks, preset, lines, buttons, show };
}

// The controls of one layer, and what they come to: {element, look, focus(), show(layer, row, isLookedAt, isOnly)}.
function line(number, together, act, leave) {
  const name = `layer ${number + 1}`;
  const boxes = Object.fromEntries(Object.keys(BOXES).map((key) => [key, box(key, number, act)]));
  const radio = h("input", {
    type: "radio",
    name: together,
    "aria-label": `Look at ${name}`,
    onchange: () => act.lookAt(number),
  });
  const remove = button("✕", leave, {
    class: "pool-button pool-stack-remove",
    "aria-label": `Remove ${name}`,
    title: `Remove ${name}`,
  });
  const look = h("label", { class: "pool-check" }, radio, ` ${name}`);
  const told = result(number);
  const element = h(
    "div",
    { class: "pool-stack-layer", role: "group", "aria-label": `Layer ${number + 1}` },
    h(
      "div",
      { class: "pool-controls" },
      h("span", { class: "pool-stack-name" }, `Layer ${number + 1}`),
      ...Object.keys(BOXES).map((key) => labelled(BOXES[key], boxes[key])),
      remove,
    ),
    ...told.elements,
  );

  function show(layer, row, isLookedAt, isOnly) {
    element.hidden = look.hidden = !layer;
    if (!layer) return;
    for (const [key, one] of Object.entries(boxes)) {
      const value = String(layer[key]);
      if (![...one.options].some((option) => option.value === value)) one.append(h("option", { value }, value));
      one.value = value;
    }
    radio.checked = isLookedAt;
    radio.disabled = !row.placed;
    remove.disabled = isOnly;
    told.show(layer, row);
  }
  return { element, look, show, focus: () => boxes.kind.focus() };
}

const box = (key, number, act) =>
  choice(
    {
      "aria-label": `${key}, layer ${number + 1}`,
      onchange: ({ target }) => act.alter(number, { [key]: read(target.value) }),
    },
    OPTIONS[key],
  );

// The formulas of one layer with their numbers, or why it does not fit.
function result(number) {
  const sizes = h("b", {}),
    formula = h("span", {}),
    field = h("span", {});
  const said = h("p", { class: "pool-stack-said" }, sizes, formula, field),
    warning = h("p", { class: "pool-warning", role: "alert" });
  function show({ padding }, row) {
    const { placed, error, waits } = row;
    sizes.textContent = placed ? `${placed.size} → ${placed.count}` : error ? "" : `waits for layer ${waits + 1}`;
    [formula.textContent, field.textContent] = placed ? filled(row, padding) : ["", ""];
    said.hidden = Boolean(error);
    put(warning, error ? `Layer ${number + 1} does not fit: ${error}` : "");
    warning.hidden = !error;
  }
  return { elements: [said, warning], show };
}
