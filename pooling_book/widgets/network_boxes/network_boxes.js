// The network boxes: a strip of layers whose pools can be moved, removed, added and exchanged, with what each costs.
import { h, put } from "../kit/core.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { marksByName, withPlace } from "../kit/places.js";
import { tasks } from "../kit/tasks.js";
import { settings, agree, counted, isStill, READ } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { drawTable, strip } from "./drawing.js";
import { pointer } from "./pointer.js";
import { facts, goals, guesses } from "./tasks.js";
import { effects, opening, reasons } from "./words.js";

const HINT =
  "Tap a box for its settings. Drag a pool, or move it by Shift and the arrow keys. " +
  "k, M, G: thousand, million, billion.";

// The last change: {before, after: the state, did: what was done, in words, sliding: whether by the slider}.
const VIEW = { past: null, refusals: 0 };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW),
    act = acts(state);
  const boxes = strip();
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });
  const why = h("p", { class: "pool-architecture-why" });
  const totals = h("table", { class: "pool-architecture-totals" });
  const { side, show } = controls(state, act, () => boxes.focus(state.get("selected")));
  const task = tasks(state, { guesses, goals }, () => facts(state.values(READ)), HINT);
  const covered = () => ({
    sizes: ["two", "five", "changed"].some(task.covers),
    numbers: ["two", "five", "changed", "most"].some(task.covers),
    least: task.covers("least"),
    refusal: task.covers("refuses"),
  });

  const whole = card("architecture", "Network boxes", {
    tasks: task.element,
    stage: [totals, boxes.element, sentence, trouble],
    side,
  });
  whole.append(why);
  el.append(whole);
  pointer(state, act, boxes, {
    marking: () => task.asked()?.form === "places" && !task.asked().over,
    mark: (at) => task.offer(withPlace(task.asked().guess, [at + 1])),
  });

  function refresh() {
    const values = state.values(READ),
      past = state.get("past"),
      hides = covered();
    if (counted(values).error) return; // Python is in the middle of a change
    boxes.draw(values, { ...hides, marks: signs(task.asked()), still: Boolean(past?.sliding) });
    drawTable(totals, values, hides.sizes);
    show(hides);
    const notice = state.get("notice") && (hides.refusal ? "Refused: a box would not fit." : state.get("notice"));
    // The same words again would not be said again.
    put(trouble, notice + (state.get("refusals") % 2 ? "\u00a0" : ""));
    trouble.hidden = !notice;
    const isLast = past && isStill(past, values);
    put(sentence, hides.sizes ? "" : isLast ? `${past.did}: ${effects(past.before, values)}` : opening(values));
    put(why, isLast && !hides.sizes && !hides.numbers ? reasons(past.before, values) : "");
  }
  state.watch(null, refresh);
  refresh();
  return state.dispose;
}

// Boxes that are marked for a guess: signs on the strip, and their words, by what becomes of a mark.
const SIGNS = {
  guess: ["●", "marked"],
  right: ["✓", "right"],
  wrong: ["✗", "marked, wrong"],
  missed: ["○", "this one, not marked"],
};
const signs = (asked) =>
  Object.fromEntries(Object.entries(marksByName(asked)).map(([name, mark]) => [name, SIGNS[mark]]));

export default { render, settings, agree };
