// What changes the chosen token, the row, the padding and what is kept beside.
import { button, check, choice, group, labelled, slider, toggles } from "../kit/controls.js";
import { h, show } from "../kit/core.js";
import { HIGHEST, MOST, MOST_PADS, MOST_QUERY, present } from "./state.js";
import { lengthOf } from "./words.js";

const OWN = "your own";

// {side, show(look)}: what stands beside the picture; show sets it to the state.
export function controls(state, act) {
  const named = (name, range, pick) => slider(name, range, pick, { "aria-label": name });
  const row = (...parts) => h("div", { class: "pool-transport" }, ...parts);
  const token = ofToken(act),
    beside = ofKept(state, act);
  const value = named("Number", [-HIGHEST, HIGHEST], (wanted) => act.change(act.chosen(), wanted)),
    pads = named("Padding", [0, MOST_PADS], act.pad),
    query = named("Query", [-2 * MOST_QUERY, 2 * MOST_QUERY], (wanted) => state.set({ query: wanted / 2 }));
  const side = toggles(
    [
      ["left", "left"],
      ["right", "right"],
    ],
    (where) => state.set({ side: where }),
  );
  const mask = check("The mask is used", (masked) => state.set({ masked }));
  const names = Object.keys(state.get("sets"));
  const sets = choice(
    { onchange: () => act.open(sets.value) },
    [...names, OWN].map((name) => [name, name]),
  );
  sets.lastChild.disabled = true;

  function refresh(look) {
    const tokens = state.get("tokens"),
      [word, number, here] = tokens[act.chosen()];
    token.show(word, here);
    beside.show();
    value.show(number, show(number), `“${word}”`);
    pads.input.max = Math.min(MOST_PADS, MOST - tokens.length);
    pads.show(state.get("pads"), lengthOf(state.get("pads"), look.T));
    query.show(2 * state.get("query"), show(state.get("query")));
    side.show(state.get("side"));
    mask.show(state.get("masked"));
    sets.value = names.find((name) => isOpen(state, name)) ?? OWN;
  }
  const parts = [
    row(...token.parts),
    row(...beside.parts),
    value.field,
    query.field,
    pads.field,
    group("PADs stand", side.element),
    mask.field,
    labelled("Row", sets),
  ];
  return { side: parts, show: refresh };
}

const isOpen = (state, name) =>
  Object.entries({ kept: null, ...state.get("sets")[name] }).every(
    ([key, value]) => JSON.stringify(state.get(key)) === JSON.stringify(value),
  );

// The buttons for the chosen token: {parts, show(word, here)}.
function ofToken(act) {
  const drop = button("Drop", () => act.drop(act.chosen()), { class: "pool-button pool-tokens-drop" }),
    left = button("◀", () => act.move(act.chosen(), act.chosen() - 1)),
    right = button("▶", () => act.move(act.chosen(), act.chosen() + 1)),
    add = button("Add", () => act.add(act.chosen()), { title: "one more token, with the same number" });
  function refresh(word, here) {
    drop.textContent = here ? "Drop" : "Take back";
    drop.setAttribute("aria-label", `${here ? "Drop" : "Take back"} “${word}”`);
    left.setAttribute("aria-label", `Move “${word}” to the left`);
    right.setAttribute("aria-label", `Move “${word}” to the right`);
    add.disabled = act.room() < 1;
  }
  return { parts: [drop, left, right, add], show: refresh };
}

// The buttons for the set that is kept beside: {parts, show()}.
function ofKept(state, act) {
  const keep = button("Keep", act.keep),
    exchange = button("Swap", act.exchange, { title: "the kept row and this one change places" });
  function refresh() {
    const kept = state.get("kept");
    keep.textContent = kept ? "Let go" : "Keep";
    keep.setAttribute("aria-label", kept ? "Let go of the kept row" : "Keep this row, to compare with");
    exchange.disabled = !kept || present(state.values()).length === 0;
  }
  return { parts: [keep, exchange, button("Reset", act.reset)], show: refresh };
}
