// The network boxes: a row of layers whose pools can be moved, removed, added and exchanged, with what each costs.
import { put, h } from "../kit/core.js";
import { live } from "../kit/live.js";
import { settings, agree, counted, isStill, READ } from "./state.js";
import { acts } from "./acts.js";
import { addControls, boxControls, networkControls } from "./controls.js";
import { drawRow, drawTable } from "./drawing.js";
import { pointer } from "./pointer.js";
import { effects, opening } from "./words.js";

const HINT = [
  "Drag a framed pool to another gap. Or choose it, then use the arrow keys, Delete, or the buttons above the row.",
  "Each box says what comes out: height × width × channels, and how many pixels across one place sees.",
  "Blue bars are multiply-adds, orange bars activations, each against the largest here.",
  "k, M and G: thousand, million, billion.",
].join(" ");

// The last change: {before, after: the state, did: what was done, in words, sliding: whether by the slider}.
const VIEW = { past: null };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW),
    act = acts(state);
  const row = h("ol", { class: "pool-architecture-row", "aria-label": "The network, from the image to the answer" });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });
  const totals = h("table", { class: "pool-architecture-totals" });
  const network = networkControls(state, act),
    adding = addControls(state, act),
    focus = () => (row.querySelector("[aria-pressed=true]") ?? adding.add).focus(),
    box = boxControls(state, act, focus);

  el.append(
    h(
      "div",
      { class: "pool-architecture pool-card" },
      h("p", { class: "pool-hint" }, HINT),
      network.element,
      h("div", { class: "pool-architecture-total" }, totals, trouble), // it stays in sight while a long row scrolls by
      sentence,
      box.element,
      row,
      adding.element,
    ),
  );
  pointer(state, act, row, focus);

  function refresh() {
    const values = state.values(READ),
      past = state.get("past");
    if (counted(values).error) return; // Python is in the middle of a change
    drawRow(row, values);
    drawTable(totals, values);
    for (const { show } of [network, box, adding]) show();
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    put(sentence, past && isStill(past, values) ? `${past.did} ${effects(past.before, values)}` : opening(values));
  }
  state.watch(null, refresh);
  refresh();
  return state.dispose;
}

export default { render, settings, agree };
