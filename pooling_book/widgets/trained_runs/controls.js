// The menus and sliders of the trained runs.
import { button, choice, labelled, slider } from "../kit/controls.js";
import { h } from "../kit/core.js";
import { QUANTITIES, TASKS, changed, lastStep, methods, placed } from "./state.js";
import { QUANTITY_NAMES, share } from "./words.js";

// {what, which}: two rows of controls; show() sets them to the state.
export function controls(state) {
  const everything = () => ({ ...state.values(), runs: state.get("runs"), every: state.get("every") });
  const change = (changes) => state.set(changed(everything(), changes));
  const task = choice(
    { onchange: () => change({ task: task.value }) },
    TASKS.filter((name) => name in state.get("runs")).map((name) => [name, name]),
  );
  const head = choice({ onchange: () => change({ head: head.value }) }, [
    ["global", "global average"],
    ["flatten", "flatten"],
  ]);
  const quantity = choice(
    { onchange: () => state.set({ quantity: quantity.value }) },
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

  function show() {
    const now = everything(),
      names = methods(now);
    task.value = now.task;
    for (const option of head.options) option.disabled = !(option.value in now.runs[now.task]);
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
  }
  const what = h(
    "div",
    { class: "pool-controls pool-runs-what" },
    labelled("Task", task),
    labelled("Head", head),
    labelled("Quantity", quantity),
    percent.field,
  );
  const which = h(
    "div",
    { class: "pool-controls" },
    labelled("Compare", compared[1]),
    labelled("with", compared[0]),
    step.field,
    button("Reset", () => state.set(state.home())),
  );
  return { what, which, show };
}
