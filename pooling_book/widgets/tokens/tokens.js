// Tokens of a sentence or elements of a set as bars, with padding, and every pool's answer beside them.
import { h, put } from "../kit/core.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { tasks } from "../kit/tasks.js";
import { HIGHEST, LOOKED, agree, looked, present, settings } from "./state.js";
import { acts } from "./acts.js";
import { answers } from "./answers.js";
import { bars, percentOf } from "./bars.js";
import { controls } from "./controls.js";
import { facts, goals, guesses } from "./tasks.js";
import { COVERED, explain, keptTitle } from "./words.js";

const HINT = "Drag a bar up or down, or sideways to another place; Delete drops it.";

// active: the token that the buttons change.
const VIEW = { active: 0 };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const look = state.from(LOOKED, looked);
  const act = acts(state);
  const task = tasks(state, { guesses, goals }, () => facts(state.values(), look()), HINT);
  const row = bars(state, act),
    list = answers(),
    said = saying(),
    kept = beside();
  const { side, show } = controls(state, act);
  el.append(
    card("tokens", "Tokens and their pools", {
      tasks: task.element,
      stage: [row.element, list.element, kept.element, said.element],
      side,
    }),
  );
  state.draws(() => {
    const values = state.values(),
      now = look(),
      covered = Object.keys(guesses).some(task.covers);
    show(now);
    row.draw({ values, look: now, covered, active: act.chosen() });
    list.show({ values, look: now, covered });
    kept.show(values.kept);
    said.show(covered ? [COVERED, ""] : explain(values, now));
  });
  return state.dispose;
}

// What is kept to compare with: in words, and as small bars.
function beside() {
  const words = h("span", {}),
    small = h("span", { class: "pool-tokens-small", "aria-hidden": "true" });
  function show(kept) {
    put(words, keptTitle(kept));
    small.replaceChildren(...(kept ? present(kept).map(smallBar) : []));
  }
  return { element: h("p", { class: "pool-tokens-kept" }, words, small), show };
}
const smallBar = (number) =>
  h("i", {
    style: `bottom:${percentOf(Math.min(0, number))};height:${percentOf(Math.abs(number) - HIGHEST)}`,
  });

export default { render, settings, agree };
