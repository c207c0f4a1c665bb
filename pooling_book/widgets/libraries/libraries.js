// The same pool in every library: recorded calls and answers, who gives the same numbers, and one of them in full.
import { put, h } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { marksByName, withPlace } from "../kit/places.js";
import { tasks } from "../kit/tasks.js";
import { settings, KEYS, caseOf, chosen, grouped, hasDivisor, placesOf, unpack } from "./state.js";
import { inFull, listOf } from "./drawing.js";
import { goals, guesses } from "./tasks.js";
import { HINT, NAMES, explain, noteOf, spoken } from "./words.js";

function render({ model, el, page }) {
  const state = live(model, el, settings, { unfolded: false }); // whether a phone shows the numbers
  const { texts, choices, names, inputs, before } = state.values(["texts", "choices", "names", "inputs", "before"]),
    { cases: packed } = state.values(["cases"]),
    cases = packed.map((line) => unpack(line, texts));
  const scene = state.from(["setting"], ({ setting }) => grouped(caseOf(cases, { setting, choices }), names));

  const boxes = menus(choices, (key, place) => {
    const found = chosen(cases, { setting: state.get("setting"), choices }, key, place);
    state.set({ setting: found.setting, notice: noteOf(found, choices) });
  });
  const task = tasks(state, { guesses, goals }, scene, HINT);
  const marking = () => (task.asked()?.form === "places" ? task.asked() : null),
    covered = () => Object.keys(guesses).some(task.covers);
  const list = listOf(names, (name) => {
    const ask = marking();
    if (!ask || ask.over) return state.set({ library: name });
    task.offer(withPlace(ask.guess, [name]));
  });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" }),
    aloud = h("p", { class: "pool-unseen", "aria-live": "polite" }),
    answer = inFull(() => state.set({ unfolded: !state.get("unfolded") }));
  const whole = card("libraries", "The same pool in every library", {
    tasks: task.element,
    stage: [sentence, list.element, aloud],
    side: [
      ...KEYS.map((key) => labelled(NAMES[key], boxes[key])),
      button("Reset", () => state.set(state.home())),
      page ? sources() : null,
    ],
  });
  whole.querySelector(".pool-side").before(answer.element);
  el.append(whole);

  function refresh() {
    const { setting, library } = state.values(),
      hidden = covered(),
      ask = marking(),
      open = ask && !ask.over;
    KEYS.forEach((key, n) => (boxes[key].value = String(placesOf(setting, choices)[n])));
    boxes.divisor.disabled = !hasDivisor(setting);
    put(sentence, `${state.get("notice")} ${hidden ? "" : explain(setting, scene())}`.trim());
    const pressed = (name) => (open ? (ask.guess ?? []).includes(name) : name === library);
    list.show(scene(), pressed, hidden, marksByName(ask));
    answer.show(library, scene(), inputs[setting.size], hidden, state.get("unfolded"), before[library]);
  }
  state.watch(["setting", "library", "notice", "task", "attempts", "unfolded"], refresh);
  // One sentence for each change: who agrees, or the library that was pressed.
  state.watch(["library"], () => put(aloud, covered() ? "" : spoken(state.get("library"), scene())));
  state.watch(["setting"], () => put(aloud, ""));
  refresh();
  return state.dispose;
}

// A menu for each key of the setting; choose(key, place among its choices).
const menus = (choices, choose) =>
  Object.fromEntries(
    KEYS.map((key) => {
      const options = choices[key].map(([, words], place) => [String(place), words]);
      return [key, choice({ onchange: ({ target }) => choose(key, Number(target.value)) }, options)];
    }),
  );

const sources = () =>
  h(
    "p",
    { class: "pool-code pool-libraries-sources" },
    h("a", { href: "../appendix/libraries.html" }, "More questions, and sources"),
  );

export default { render, settings };
