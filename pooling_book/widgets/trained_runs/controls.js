// The menus and sliders of the trained runs, and the choice between the two charts beside the dots.
import { button, choice, labelled, slider, toggles } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { QUANTITIES, TASKS, changed, lastStep, methods, placed } from "./state.js";
import { QUANTITY_NAMES, share } from "./words.js";

// {side, beside}: the controls of the dots, and those of the other charts; show() sets all to the state.
export function controls(state) {
  const everything = () => ({ ...state.values(), runs: state.get("runs"), every: state.get("every") });
  const change = (changes) => state.set(changed(everything(), changes));
  const task = choice(
    { onchange: () => change({ learnt: task.value }) },
    TASKS.filter((name) => name in state.get("runs")).map((name) => [name, name]),
  );
  const head = choice({ onchange: () => change({ head: head.value }) }, [
    ["global", "global"],
    ["flatten", "flatten"],
  ]);
  const quantity = choice(
    { onchange: () => state.set({ quantity: quantity.value, ...chartFor(quantity.value) }) },
    QUANTITIES.map((key) => [key, QUANTITY_NAMES[key]]),
  );
  const compared = [0, 1].map((place) =>
    choice({ onchange: ({ target }) => state.set(placed(state.get("pair"), place, target.value)) }, []),
  );
  const every = state.get("every");
  const percent = slider("Accuracy", [1, 100], (value) => state.set({ percent: value }), { "aria-label": "Accuracy" });
  const step = slider("Step", [every, every], (value) => state.set({ step: value }), {
    "aria-label": "Step",
    step: every,
  });
  const chart = toggles(
    [
      ["differences", "Seed by seed"],
      ["curves", "Learning curves"],
    ],
    (value) => state.set({ chart: value }),
  );

  function show() {
    const now = everything(),
      names = methods(now);
    task.value = now.learnt;
    for (const option of head.options) option.disabled = !(option.value in now.runs[now.learnt]);
    head.value = now.head;
    quantity.value = now.quantity;
    compared.forEach((menu, place) => {
      if (menu.dataset.names !== String(names)) {
        menu.replaceChildren(...names.map((name) => h("option", { value: name }, name)));
        menu.dataset.names = String(names);
      }
      menu.value = now.pair[place];
    });
    percent.field.hidden = now.quantity !== "steps";
    percent.show(now.percent, share(now.percent));
    step.input.max = String(lastStep(now));
    step.show(now.step);
    step.field.hidden = now.quantity === "steps" || (now.quantity !== "after" && state.get("chart") !== "curves");
    chart.show(state.get("chart"));
  }
  const side = [
    labelled("Task", task),
    labelled("Head", head),
    labelled("Quantity", quantity),
    labelled("Compare", compared[1]),
    labelled("with", compared[0]),
    percent.field,
    step.field,
  ];
  const reset = button("Reset", () => state.set(state.home()));
  return { side, beside: h("div", { class: "pool-runs-charts" }, chart.element, reset), show };
}

// Steps are seen on the learning curves.
const chartFor = (quantity) => (quantity === "steps" || quantity === "after" ? { chart: "curves" } : {});
