// The same pool in every library: recorded calls and answers, grouped by what came out.
import { put, h } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";
import { live } from "../kit/live.js";
import { settings, KEYS, chosen, grouped, hasDivisor, placesOf, settingOf, unpack } from "./state.js";
import { grid, groups } from "./drawing.js";
import { NAMES, explain, noteOf } from "./words.js";

const HINT = [
  "Choose a pool. Libraries that answer alike stand together, pooling_lib’s answer first;",
  "framed and bold is what differs from it.",
].join(" ");

function render({ model, el, page }) {
  // unfolded: whether the calls of those that agree are seen; on a phone they are folded at first.
  const state = live(model, el, settings, { unfolded: matchMedia("(min-width: 40rem)").matches });
  const { texts, choices, names, inputs, ...packed } = state.values(["texts", "choices", "names", "inputs", "cases"]),
    cases = packed.cases.map((line) => unpack(line, texts));
  const places = () => placesOf(state.get("setting"), choices),
    current = () => cases.find((one) => String(one.places) === String(places())) ?? cases[0];

  const boxes = menus(choices, (key, place) => {
    const found = chosen(cases, { setting: state.get("setting"), choices }, key, place);
    state.set({ setting: found.setting, notice: noteOf(found, choices) });
  });
  const note = h("p", { class: "pool-libraries-note", role: "status" }),
    sentence = h("p", { class: "pool-sentence", "aria-live": "polite" }),
    given = h("div", { class: "pool-libraries-given" }),
    answers = h("div", {});
  el.append(
    h(
      "div",
      { class: "pool-libraries pool-card" },
      h("p", { class: "pool-hint" }, HINT),
      h(
        "div",
        { class: "pool-controls" },
        ...KEYS.map((key) => labelled(NAMES[key], boxes[key])),
        button("Reset", () => state.set(state.home())),
      ),
      note,
      sentence,
      given,
      answers,
      page ? sources() : null,
    ),
  );

  function refresh() {
    const one = current(),
      setting = settingOf(one.places, choices),
      groupsOfOne = grouped(one, names);
    KEYS.forEach((key, n) => (boxes[key].value = String(one.places[n])));
    boxes.divisor.disabled = !hasDivisor(setting);
    put(note, state.get("notice"));
    put(sentence, explain(setting, groupsOfOne));
    given.replaceChildren(grid(inputs[setting.size], "Input x"));
    const fold = (unfolded) => state.set({ unfolded });
    answers.replaceChildren(...groups(groupsOfOne, state.get("unfolded"), fold));
  }
  state.watch(["setting", "notice"], refresh);
  refresh();
  return state.dispose;
}

// A menu for each key of the setting; choose(key, place among its choices).
const menus = (choices, choose) =>
  Object.fromEntries(
    KEYS.map((key) => {
      const options = choices[key].map(([, words], place) => [String(place), words]);
      const props = { class: "pool-button pool-libraries-choice" };
      return [key, choice({ ...props, onchange: ({ target }) => choose(key, Number(target.value)) }, options)];
    }),
  );

const sources = () =>
  h(
    "p",
    { class: "pool-code" },
    "More questions, and where these answers come from: ",
    h("a", { href: "../appendix/libraries.html" }, "the same pool in every library"),
    ".",
  );

export default { render, settings };
