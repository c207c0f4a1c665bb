// The menus and sliders of the trained runs, and the choice between the two charts beside the dots.
import { button, choice, labelled, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { COMPARED, LEVELS, QUANTITIES, blockOf, cellsOf, changed, placed, quantities } from "./state.js";
import { share } from "./words.js";

const MENU = { test: "Test error", train: "Training error", after: "Error at a step", steps: "Steps to an error" };

// {side, beside}: the controls of the dots, and those of the other charts; show() sets all to the state.
export function controls(state) {
  const everything = () => state.values(COMPARED);
  const change = (changes) => state.set(changed(everything(), changes));
  const block = choice(
    { onchange: () => change({ block: block.value }) },
    state.get("blocks").map(({ name, words }) => [name, words]),
  );
  const data = choice(
    { onchange: () => change({ data: data.value }) },
    state.get("sets").map(([name]) => [name, name]),
  );
  const quantity = choice(
    { onchange: () => state.set({ quantity: quantity.value, ...chartFor(quantity.value) }) },
    QUANTITIES.map((key) => [key, MENU[key]]),
  );
  const compared = [0, 1].map((place) =>
    choice({ onchange: ({ target }) => state.set(placed(state.get("pair"), place, target.value)) }, []),
  );
  const { least, most, step: by } = LEVELS,
    every = state.get("every");
  const level = slider("Error", [least, most], (value) => state.set({ level: value }), {
    "aria-label": "Error",
    step: by,
  });
  const step = slider("Step", [every, state.get("last")], (value) => state.set({ step: value }), {
    "aria-label": "Step",
    step: every,
  });
  const chart = toggles(
    [
      ["ratio", "Ratio"],
      ["curves", "Learning curves"],
    ],
    (value) => state.set({ chart: value }),
  );
  const curvesButton = chart.element.lastElementChild;

  function show() {
    const now = everything(),
      names = cellsOf(now),
      { curves } = blockOf(now);
    block.value = now.block;
    for (const option of data.options) option.disabled = !(option.value in now.runs[now.block]);
    data.value = now.data;
    for (const option of quantity.options) option.disabled = !quantities(now).includes(option.value);
    quantity.value = now.quantity;
    compared.forEach((menu, place) => {
      if (menu.dataset.names !== String(names)) {
        menu.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
        menu.dataset.names = String(names);
      }
      menu.value = now.pair[place];
    });
    level.field.hidden = now.quantity !== "steps";
    level.show(now.level, share(now.level));
    step.show(now.step);
    step.field.hidden = now.quantity === "steps" || (now.quantity !== "after" && chartOf(state) !== "curves");
    curvesButton.disabled = !curves;
    curvesButton.title = curves ? "" : "No curves here: validation images were watched in the blocks of 50,000 images";
    chart.show(chartOf(state));
  }
  const side = [
    labelled("Networks", block),
    labelled("Images", data),
    labelled("Quantity", quantity),
    labelled("Compare", compared[1]),
    labelled("with", compared[0]),
    level.field,
    step.field,
  ];
  const reset = button("Reset", () => state.set(state.home()));
  return { side, beside: h("div", { class: "pool-runs-charts" }, chart.element, reset), show };
}

// Steps are seen on the learning curves.
const chartFor = (quantity) => (quantity === "steps" || quantity === "after" ? { chart: "curves" } : {});

// The chart that is shown: not every block has curves.
export function chartOf(state) {
  return blockOf(state.values(["blocks", "block"])).curves ? state.get("chart") : "ratio";
}
