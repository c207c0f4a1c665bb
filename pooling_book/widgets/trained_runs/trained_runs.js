// Trained networks as dots: what every seed reached, two cells compared by the ratio of their errors, and how they
// learnt.
import { h, put } from "../kit/core.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { Plot } from "../kit/plot.js";
import { tasks } from "../kit/tasks.js";
import { drawCurves, drawRatio } from "./beside.js";
import { COMPARED, agree, compared, settings } from "./state.js";
import { chartOf, controls } from "./controls.js";
import { drawDots, scaleOf } from "./drawing.js";
import { gliding } from "./gliding.js";
import { cursor, pointer } from "./pointer.js";
import { goals, guesses, hidden } from "./tasks.js";
import { about, explain, spoken, worked } from "./words.js";

// cursor: the row that keys have come to; focused: whether it shows; chart: which of the two beside the dots.
const VIEW = { cursor: 0, focused: false, chart: "ratio" };
const HINT =
  "Each dot is a trained network, the bar the mean of its row with a 95 % interval. " +
  "Click two rows to compare them. Thin lines join two networks that learnt from the same images.";

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const scene = state.from(COMPARED, compared);
  const dots = new Plot({ tabindex: "0", role: "application" }),
    other = {
      ratio: new Plot({ role: "img", "aria-label": "Ratio" }),
      curves: new Plot({ role: "img", "aria-label": "Learning curves" }),
    };
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" }),
    aloud = h("p", { class: "pool-unseen", "aria-live": "polite" }),
    working = h("p", { class: "pool-runs-worked" });
  const { side, beside, show } = controls(state);
  const task = tasks(state, { guesses, goals }, () => ({ values: state.values(COMPARED), scene: scene() }), HINT);
  const panels = h("div", { class: "pool-panels" }, dots.figure),
    charts = h("div", { class: "pool-panels" }, ...Object.values(other).map((one) => one.figure));
  const whole = card("runs", "Trained networks", { tasks: task.element, stage: [panels, sentence, aloud], side });
  whole.append(h("div", { class: "pool-runs-beside" }, beside, charts), working);
  el.append(whole);
  pointer(state, scene, dots, task);
  state.watch(["cursor", "focused", "attempts"], () => put(aloud, heard(state, scene(), task.asked())));

  const glide = gliding(() => state.redraw());
  state.draws(() => {
    const values = state.values(COMPARED),
      covered = Object.keys(guesses).some(task.covers),
      row = state.get("focused") ? cursor(state, scene()) : null,
      chart = chartOf(state),
      isCurves = chart === "curves";
    show();
    put(sentence, covered ? "" : explain(values, scene()));
    put(working, `${about(values)} ${covered || isCurves ? "" : worked(scene())}`.trim());
    for (const [name, { figure }] of Object.entries(other)) figure.hidden = name !== chart;
    drawDots(dots, panels.clientWidth, values, scene(), { row, ask: task.asked(), glide });
    (isCurves ? drawCurves : drawRatio)(other[chart], charts.clientWidth, values, scene(), covered);
  });
  return state.dispose;
}

// What is read aloud of the row that the cursor is on; a comparison says itself.
function heard(state, scene, ask) {
  if (!state.get("focused")) return "";
  const name = scene.names[cursor(state, scene)],
    place = ask?.what === "means" ? ask.given.at.indexOf(name) : -1;
  const values = state.values(COMPARED),
    drawn = ask?.guess?.[place] ?? null;
  const guess = place < 0 ? undefined : drawn && scaleOf(values, scene).back(drawn);
  return spoken(values, scene, name, { covered: hidden(ask, scene.names).includes(name), guess });
}

export default { render, settings, agree };
