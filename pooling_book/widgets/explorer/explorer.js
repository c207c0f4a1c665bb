// The window explorer: an input, a window on it, the output, and the sum or maximum spelled out.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { tasks } from "../kit/tasks.js";
import { settings, POOLED, pooled, inside, isCovered } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { pointer } from "./pointer.js";
import { call, explain, explainElement } from "./words.js";
import { draw } from "./drawing.js";
import { goals, guesses } from "./tasks.js";

// hover: {input: [row, column]} or {output: [i, j]}, where the pointer is; apart: rows and columns have sliders of
// their own; visited: the outputs that the window has stood on, by their flat position.
const VIEW = { hover: null, apart: false, playing: false, visited: new Set() };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const scene = state.from(POOLED, pooled);
  const act = acts(state, scene);
  const keys =
    "arrow keys move the window, Home and End go to the first and the last, Shift and arrow keys point at an element";
  const input = new Board(`Input: ${keys}`),
    output = new Board(`Output: ${keys}`);
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const words = { sentence: said("pool-sentence"), pointed: said("pool-pointed") };
  const warning = h("p", { class: "pool-warning", role: "alert" });
  const code = h("code", {});
  const { transport, side, show } = controls(state, act, el);
  const facts = () => ({ values: state.values(), ...scene() });
  const task = tasks(state, { guesses, goals }, facts, "Drag the window, or pull its corner. Arrow keys move it, too.");

  el.append(
    card("explorer", "Window explorer", {
      tasks: task.element,
      stage: [panels, warning, words.sentence, words.pointed, transport, h("p", { class: "pool-code" }, code)],
      side,
    }),
  );
  pointer(state, scene, act, input, output);

  function refresh() {
    show();
    put(warning, state.get("notice") || scene().failure);
    warning.hidden = !warning.textContent;
    code.textContent = call(state.values());
  }
  state.watch([...Object.keys(settings), "apart", "notice"], refresh);
  state.watch(["playing"], () => {
    show();
    // who listens must not be flooded
    words.sentence.setAttribute("aria-live", state.get("playing") ? "off" : "polite");
  });
  refresh();
  state.draws(() => {
    const values = state.values(),
      { result } = scene(),
      hover = state.get("hover");
    const asked = task.covers("output") || task.covers("size") || task.covers("winners");
    const covered = (i, j) => asked || isCovered([i, j], values, result, state.get("playing"), state.get("visited"));
    const at = result && looked(hover?.output, inside(values.selected, result), result, covered);
    put(words.sentence, result && !asked ? explain(values, scene(), at) : "");
    put(words.pointed, result && hover?.input ? explainElement(scene(), hover.input) : "");
    draw({ values, scene: scene(), at, pointed: hover?.input, covered, input, output, room: panels.clientWidth });
  });
  return state.dispose;
}

const said = (name) => h("p", { class: name, "aria-live": "polite" });

// The output hovered over, if it may be seen, or else the selected one.
function looked(hovered, selected, { rows, columns }, covered) {
  const there =
    hovered && hovered[0] >= 0 && hovered[1] >= 0 && hovered[0] < rows && hovered[1] < columns && !covered(...hovered);
  return there ? hovered : selected;
}

export default { render, settings };
