// The stack calculator: layers one behind the other, the size formula filled in, and what one output sees of an image.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { labelled } from "../kit/controls.js";
import { live } from "../kit/live.js";
import { photoField } from "../kit/photo.js";
import { settings, STACKED, stacked, looked } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { pointer } from "./pointer.js";
import { explain } from "./words.js";
import { draw } from "./drawing.js";

function render({ model, el }) {
  const state = live(model, el, settings);
  const scene = state.from(STACKED, stacked);
  const look = state.from([...STACKED, "layer", "selected"], (values) => looked(values, scene()));
  const act = acts(state, scene, look);
  const { looks, preset, lines, buttons, show } = controls(state, scene, look, act);
  const photo = photoField(state, el);
  const keys = "arrow keys move to the next output, Home and End go to the first and the last";
  const input = new Board(`Image: ${keys}`),
    output = new Board(`Outputs: ${keys}`);
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });

  el.append(
    h(
      "div",
      { class: "pool-stack pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Drag the frame over the image, or use the arrow keys. " +
          "The stronger a pixel is tinted, the more paths lead from it to the output. " +
          "(A path goes to an output of layer 1 that reads the pixel, from there to one of layer 2, and so on.) " +
          "Hatched is what lies outside the image; outputs in the stronger blue see some of that.",
      ),
      panels,
      looks,
      trouble,
      sentence,
      h("div", { class: "pool-controls" }, labelled("Stack", preset), labelled("Image", photo.menu), photo.picker),
      lines,
      buttons,
    ),
  );
  pointer(look, act, input, output);

  function refresh() {
    photo.show();
    show();
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    for (const one of [input, output]) one.figure.classList.toggle("pool-stack-stale", !look());
  }
  state.watch(null, refresh);
  refresh();
  state.draws(() => {
    put(sentence, explain(scene(), look()));
    if (look()) draw(scene(), look(), input, output, panels.clientWidth - 2);
  });
  return state.dispose;
}

export default { render, settings };
