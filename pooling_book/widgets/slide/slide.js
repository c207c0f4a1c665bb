// A picture slides under a fixed pool: its outputs, the same moved back, their change, and a curve of it.
import { Board } from "../kit/board.js";
import { h, put } from "../kit/core.js";
import { live } from "../kit/live.js";
import { Plot } from "../kit/plot.js";
import { POOLED, pooledShifts, settings } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { drawBoards, drawCurve } from "./drawing.js";
import { pointer } from "./pointer.js";
import { explain } from "./words.js";

function render({ model, el }) {
  const state = live(model, el, settings, { playing: false });
  const shifts = state.from(POOLED, pooledShifts);
  const act = acts(state);
  const boards = [
    "What the pool sees: arrow keys shift the picture, Home and End go to the first and the last shift",
    "Outputs",
    "Outputs, moved back",
    "Change",
  ].map((label) => new Board(label));
  for (const { canvas } of boards.slice(1)) {
    canvas.removeAttribute("tabindex"); // nothing to do there
    canvas.setAttribute("role", "img");
  }
  for (const { caption } of boards) caption.removeAttribute("aria-live"); // the sentence says it
  const curve = new Plot({ class: "pool-slide-curve", role: "img" });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });
  const { moves, choices, show } = controls(state, act, el);

  el.append(
    h(
      "div",
      { class: "pool-slide pool-card" },
      h("p", { class: "pool-hint" }, "Push the picture to the right, with the mouse, a finger or the arrow keys."),
      h("div", { class: "pool-slide-panels" }, ...boards.map(({ figure }) => figure)),
      sentence,
      moves,
      curve.canvas,
      h(
        "p",
        { class: "pool-slide-legend" },
        h("span", {}, "outputs moved back by whole strides"),
        h("span", { class: "pool-slide-still" }, "outputs left where they stand"),
      ),
      trouble,
      choices,
    ),
  );
  pointer(state, act, boards[0]);

  // Who listens must not be flooded.
  state.watch(["playing"], () => sentence.setAttribute("aria-live", state.get("playing") ? "off" : "polite"));
  state.draws(() => {
    const values = state.values();
    show();
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    put(sentence, explain(values, shifts()));
    drawBoards(boards, shifts()[values.shift]);
    drawCurve(curve, values, shifts(), sentence.clientWidth);
  });
  return state.dispose;
}

export default { render, settings };
