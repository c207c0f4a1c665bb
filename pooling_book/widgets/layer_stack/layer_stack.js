// The stack calculator: layers one after the other, the size formula filled in, and what one output sees of an image.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { moving } from "../kit/motion.js";
import { tasks } from "../kit/tasks.js";
import { settings, STACKED, looked, markedBy, stacked } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { facts, goals, guesses, hidden } from "./tasks.js";
import { pointer } from "./pointer.js";
import { explain } from "./words.js";
import { draw } from "./drawing.js";

const HINT =
  "Drag the frame over the image. The stronger a pixel’s tint, the more paths lead from it to the output; " +
  "hatched is outside.";

// held: whether a pointer is down on the image.
const VIEW = { held: false };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const scene = state.from(STACKED, stacked);
  const look = state.from([...STACKED, "layer", "selected"], (values) => looked(values, scene()));
  const task = tasks(state, { guesses, goals }, () => facts(state.values(), scene(), look()), HINT);
  const covered = () => hidden(task.asked());
  const act = acts(state, scene, look, () => !covered().includes("frame"));
  const { side, settings: chosen, show } = controls(state, el, scene, look, act);
  const keys = "arrow keys move to the next output, Home and End go to the first and the last";
  const input = new Board(`Image: ${keys}. A square to be marked: arrow keys move it, with Shift its far corner`),
    output = new Board(`Outputs: ${keys}`);
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });
  const frame = moving(state.redraw);

  const whole = card("stack", "Stack calculator", { tasks: task.element, stage: [panels, trouble, sentence], side });
  whole.append(chosen);
  el.append(whole);
  const marking = () => {
    const asked = task.asked();
    return asked?.form === "places" && !asked.over ? { guess: asked.guess, offer: task.offer } : null;
  };
  pointer(state, look, act, { input, output }, marking);

  function refresh() {
    show(covered());
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    for (const one of [input, output]) one.figure.classList.toggle("pool-stale", !look());
  }
  state.watch(null, refresh);
  refresh();
  state.draws(() => {
    const asked = task.asked(),
      hides = covered();
    put(sentence, hides.includes("words") ? "" : explain(scene(), look()));
    if (!look()) return;
    frame.send([...look().starts, look().field.size], state.get("held") || hides.includes("frame"));
    const square = asked?.form === "places" ? markedBy(asked.guess) : null;
    draw(scene(), look(), { input, output, frame: frame.now(), covered: hides, square, room: panels.clientWidth });
  });
  return state.dispose;
}

export default { render, settings };
