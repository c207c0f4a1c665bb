// The gradient painter: paint an upstream gradient on the output, and see where it lands in the input.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { live } from "../kit/live.js";
import { POOLED, SENT, inside, isOn, pooled, sent, settings } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { draw } from "./drawing.js";
import { pointer } from "./pointer.js";
import { balance, call, explain, explainElement } from "./words.js";

// hover: {input: [row, column]} or {output: [i, j]}, where the pointer is; brush: what it paints.
const VIEW = { hover: null, brush: 1 };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const pool = state.from(POOLED, pooled);
  const scene = state.from(SENT, (values) => sent(values, pool()));
  const act = acts(state, scene);
  const input = new Board("Input, which receives: arrow keys point at an element"),
    output = new Board(
      "Output, which sends: arrow keys move, Space paints with the brush, " +
        "Delete erases, Shift and arrow keys paint along",
    );
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const words = { balance: said("gradient-balance"), sentence: said("sentence"), pointed: said("pointed") };
  const warning = h("p", { class: "pool-warning", role: "alert" });
  const code = h("code", {});
  const { paints, choices, show } = controls(state, act, el);

  el.append(
    h(
      "div",
      { class: "pool-gradient pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Paint on the output: each cell holds what that output sends back. ",
        "Point at an element of the input to see what it receives.",
      ),
      panels,
      h(
        "p",
        { class: "pool-gradient-legend" },
        h("span", { class: "pool-gradient-positive" }, "positive"),
        h("span", { class: "pool-gradient-negative" }, "negative"),
      ),
      ...Object.values(words),
      paints,
      choices,
      warning,
      h("p", { class: "pool-code" }, code),
    ),
  );
  pointer(state, scene, act, input, output);

  function refresh() {
    show();
    put(warning, state.get("notice") || scene().failure);
    warning.hidden = !warning.textContent;
    code.textContent = call(state.values());
  }
  state.watch([...Object.keys(settings), "brush", "notice"], refresh);
  refresh();
  state.draws(() => {
    const values = state.values(["grids", ...Object.keys(settings)]),
      { plane, result } = scene(),
      { input: element, output: hovered } = state.get("hover") ?? {};
    const at = result && (hovered && isOn(hovered, result) ? hovered : inside(values.selected, result));
    const pointed = result && element && isOn(element, plane) ? element : null;
    put(words.sentence, result ? explain(values, scene(), at) : "");
    put(words.pointed, pointed ? explainElement(values, scene(), pointed) : "");
    put(words.balance, result ? balance(scene()) : "");
    for (const one of [input, output]) one.figure.classList.toggle("pool-gradient-stale", !result);
    if (result) draw({ values, scene: scene(), at, pointed, input, output, room: panels.clientWidth });
  });
  return state.dispose;
}

const said = (name) => h("p", { class: `pool-${name}`, "aria-live": "polite" });

export default { render, settings };
