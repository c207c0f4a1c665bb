// The stack's controls: a button for each layer, the settings of the chosen one, and whole stacks to choose from.
import { put, h } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { MOST_LAYERS, PRESETS, chosenOf, presetOf } from "./state.js";
import { brief, filled, named, paths, sizes } from "./words.js";

const upTo = (most) => Array.from({ length: most }, (_, n) => String(n + 1));
// The settings of a layer, each with what a menu offers.
const OFFERED = {
  kind: ["pool", "convolution"],
  window: upTo(11),
  stride: upTo(4),
  padding: ["valid", "same", ...upTo(5)],
  dilation: upTo(4),
};
const option = (key, value) => [value, key === "kind" ? value : `${key} ${value}`];
const LEGEND =
  "A path goes from a pixel to an output of layer 1 that reads it, from there to one of layer 2, and so on. " +
  "Outputs in the stronger blue see beyond the image.";
const read = (word) => (/^\d+$/.test(word) ? Number(word) : word);

// {side, settings, show(covered)}: what stands beside the picture and below it, set to the state; covered: what is not
// to be told, of "sizes" and "words".
export function controls(state, el, scene, look, act) {
  const photo = photoField(state, el);
  const preset = choice({ class: "pool-button", onchange: () => act.take(preset.value) }, [
    ...Object.keys(PRESETS).map((name) => [name, name]),
    ["", "your own"],
  ]);
  const all = Array.from({ length: MOST_LAYERS }, (_, number) => layerButton(number, act));
  const chosen = () => chosenOf({ layer: state.get("layer"), layers: state.get("layers") });
  const focus = () => all[chosen()].element.focus();
  const add = button("Add a layer", () => {
    act.add();
    focus(); // the button may be off now
  });
  const remove = button("✕", () => {
    act.remove(chosen());
    focus();
  });
  const settings = chosenLayer(act, chosen, remove);

  function show(covered) {
    const layers = state.get("layers"),
      rows = scene().rows;
    photo.show();
    preset.value = presetOf(layers);
    const own = preset.lastElementChild;
    own.hidden = own.disabled = preset.value !== "";
    add.disabled = layers.length === MOST_LAYERS;
    remove.disabled = layers.length === 1;
    all.forEach((one, n) => one.show(layers[n], rows[n], n === chosen(), covered.includes("sizes")));
    settings.show(layers[chosen()], rows[chosen()], look() && paths(scene(), look()), covered.includes("words"));
  }

  const side = [
    h("label", { class: "pool-stack-preset" }, h("span", {}, "Stack"), preset),
    h(
      "div",
      { class: "pool-stack-layers", role: "group", "aria-label": "Layers" },
      ...all.map(({ element }) => element),
    ),
    h("div", { class: "pool-transport" }, add, button("Reset", act.reset)),
    fold("More", h("p", { class: "pool-hint" }, LEGEND), labelled("Image", photo.menu), photo.picker),
  ];
  return { side, settings: settings.element, show };
}

// A layer in one row: what it is and what comes out; pressed where its settings are shown.
function layerButton(number, act) {
  const says = h("span", {}),
    comes = h("b", {});
  const element = button(h("span", {}, `${number + 1} `, says), () => act.choose(number), {
    class: "pool-button pool-stack-layer",
  });
  element.append(comes);
  function show(layer, row, isChosen, covered) {
    element.hidden = !layer;
    if (!layer) return;
    put(says, brief(layer));
    put(comes, sizes(row, covered));
    element.classList.toggle("pool-stack-unfit", !row.placed);
    element.setAttribute("aria-pressed", String(isChosen));
    element.setAttribute("aria-label", named(number, layer, row, covered));
  }
  return { element, show };
}

// The settings of the chosen layer, its formulas with their numbers, or why it does not fit.
function chosenLayer(act, chosen, remove) {
  const boxes = Object.fromEntries(Object.keys(OFFERED).map((key) => [key, box(key, chosen, act)]));
  const lines = [h("span", {}), h("span", {}), h("p", {})];
  const said = h("div", { class: "pool-stack-said" }, h("p", {}, lines[0], lines[1]), lines[2]),
    warning = h("p", { class: "pool-warning", role: "alert" }),
    title = h("span", { class: "pool-stack-name", "aria-hidden": "true" });
  const element = h(
    "div",
    { class: "pool-stack-chosen", role: "group" },
    h("div", { class: "pool-controls" }, title, ...Object.values(boxes), remove),
    said,
    warning,
  );

  function show(layer, row, ways, covered) {
    const number = chosen() + 1,
      { placed, error, waits } = row;
    put(title, `Layer ${number}`);
    element.setAttribute("aria-label", `Settings of layer ${number}`);
    for (const [key, one] of Object.entries(boxes)) set(one, key, String(layer[key]), number);
    remove.setAttribute("aria-label", `Remove layer ${number}`);
    remove.title = `Remove layer ${number}`;
    const words = placed && !covered ? [...filled(row, layer.padding), ways] : [waits >= 0 && waiting(waits), "", ""];
    words.forEach((text, n) => put(lines[n], text || ""));
    said.hidden = Boolean(error);
    put(warning, error ? `Layer ${number} does not fit: ${error}` : "");
    warning.hidden = !error;
  }
  return { element, show };
}

const waiting = (number) => `It waits for layer ${number + 1}, which does not fit.`;

function set(one, key, value, number) {
  if (![...one.options].some((option) => option.value === value))
    one.append(h("option", { value }, option(key, value)[1]));
  one.value = value;
  one.setAttribute("aria-label", `${key}, layer ${number}`);
}

const box = (key, chosen, act) =>
  choice(
    { onchange: ({ target }) => act.alter(chosen(), { [key]: read(target.value) }) },
    OFFERED[key].map((value) => option(key, value)),
  );
