// Trained networks as dots: what every seed reached, two methods compared seed by seed, and how they learnt.
import { h, put } from "../kit/core.js";
import { live } from "../kit/live.js";
import { Plot } from "../kit/plot.js";
import { COMPARED, agree, compared, settings } from "./state.js";
import { controls } from "./controls.js";
import { drawCurves, drawDifferences, drawDots } from "./drawing.js";
import { cursor, pointer } from "./pointer.js";
import { explain, spoken } from "./words.js";

const BESIDE = 640; // pixels from which the curves stand beside the dots

function render({ model, el }) {
  // cursor: the row that keys have come to; focused: whether it shows
  const state = live(model, el, settings, { cursor: 0, focused: false });
  const scene = state.from(COMPARED, compared);
  const dots = new Plot({
    tabindex: "0",
    role: "application",
    "aria-label": "Methods: up and down arrow keys move a cursor, Enter compares the method under it",
  });
  const curves = new Plot({ role: "img" }),
    differences = new Plot({ role: "img" });
  const beside = h("div", { class: "pool-runs-beside" }, curves.figure, differences.figure),
    panels = h("div", { class: "pool-panels" }, dots.figure, beside);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const aloud = h("p", { class: "pool-unseen", "aria-live": "polite" });
  const { what, which, show } = controls(state);

  el.append(
    h(
      "div",
      { class: "pool-runs pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Each dot is a trained network, each row a method, and the bar its mean with a 95 % interval. " +
          "Click two rows, or use the arrow keys and Enter, " +
          "to compare them seed by seed: thin lines join the two networks of one seed.",
      ),
      what,
      panels,
      which,
      sentence,
      aloud,
    ),
  );
  pointer(state, scene, dots);

  state.draws(() => {
    const values = state.values(COMPARED),
      row = state.get("focused") ? cursor(state, scene()) : null;
    show();
    put(sentence, explain(values, scene()));
    if (row !== null) put(aloud, spoken(values, scene(), scene().names[row]));
    const room = panels.clientWidth - 2,
      width = room >= BESIDE ? Math.min(460, room * 0.54) : room,
      rest = room >= BESIDE ? room - width - 26 : room;
    beside.style.width = `${rest}px`; // a caption does not widen it
    drawDots(dots, width, values, scene(), row);
    drawCurves(curves, rest, values, scene());
    drawDifferences(differences, rest, values, scene());
  });
  return state.dispose;
}

export default { render, settings, agree };
