// The window explorer: an input, a window on it, the output, and the arithmetic between the two.
import { put, h, inside, isOn } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { marksOf } from "../kit/places.js";
import { symbols } from "../kit/symbols.js";
import { tasks } from "../kit/tasks.js";
import { settings, POOLED, pooled, isCovered } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { formulaView } from "./formula.js";
import { matrixView } from "./matrix.js";
import { pointer } from "./pointer.js";
import { picture } from "./picture.js";
import { explain, explainEdits, explainElement } from "./words.js";
import { editsOf, facts, goals, guesses, hidden, told } from "./tasks.js";

// hover: {input: [row, column]} or {output: [i, j]}, where the pointer is; lit: the key of what a symbol points at;
// held: whether the window is being dragged; apart: rows and columns have sliders of their own; visited: the outputs
// that the window has stood on, by their flat position; ended: how playing came to its end.
const VIEW = { hover: null, lit: null, held: false, apart: false, playing: false, ended: "", visited: new Set() };

const HINT = "Drag the window, or pull its corner. Arrow keys move it, too.",
  TAPPED = "Tap where the window should stand; hold it a moment to drag it. Pull its corner sideways.";
const FREE = ["selected", "covered"]; // no answer depends on where the window stands
const hint = () => (matchMedia("(pointer: coarse)").matches ? TAPPED : HINT);

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const scene = state.from(POOLED, pooled);
  const act = acts(state, scene);
  const keys =
    "arrow keys move the window, Home and End go to the first and the last, Shift and arrow keys point at an element";
  const input = new Board(`Input: ${keys}, Enter or Space marks it where a guess is asked`),
    output = new Board(`Output: ${keys}`);
  const lights = symbols(state),
    arithmetic = matrixView(lights, act.edit, (notice) => state.set({ notice })),
    formula = formulaView(lights);
  const words = { sentence: said("pool-sentence"), pointed: said("pool-pointed") },
    ended = h("p", { class: "pool-unseen", role: "status" });
  const warning = h("p", { class: "pool-warning", role: "alert" });
  const answers = h("div", { class: "pool-answers" }, warning, words.sentence, words.pointed, ended);
  const panels = h("div", { class: "pool-panels" }, input.figure, arithmetic.element, output.figure, answers);
  const { side, show } = controls(state, act, el);
  const open = () => state.get("tasks")[state.get("task")];
  const began = () => state.home().numbers;
  const known = () => facts(state.values(), scene(), { numbers: began(), pointed: state.get("hover")?.input ?? null });
  const task = tasks(state, { guesses, goals }, known, hint(), FREE);

  el.append(
    card("explorer", "Window explorer", {
      tasks: task.element,
      stage: [panels, formula.element],
      side,
    }),
  );
  arrive(state, act, task);
  pointer(state, scene, act, input, output, task);
  const paint = picture(state, { input, output, panels, arithmetic, formula, lights });

  function refresh() {
    show();
    put(warning, state.get("notice") || scene().failure);
    warning.hidden = !warning.textContent;
  }
  state.watch([...Object.keys(settings), "apart", "notice"], refresh);
  state.watch(["playing"], () => {
    show();
    // who listens must not be flooded
    words.sentence.setAttribute("aria-live", state.get("playing") ? "off" : "polite");
  });
  refresh();

  // What there is to see now, of what is selected, pointed at and asked.
  function looked() {
    const values = state.values(),
      { plane, result } = scene(),
      hover = state.get("hover"),
      ask = task.asked(),
      hides = hidden(ask, result);
    const covered = (i, j) =>
      String(hides.output) === String([i, j]) ||
      isCovered([i, j], values, result, state.get("playing"), state.get("visited"));
    const at = result && lookedAt(hover?.output, inside(values.selected, result), result, covered);
    const uncovered = hover ? null : told(ask),
      pointed = hover?.input ?? uncovered;
    return { values, scene: { plane, result }, at, pointed, uncovered, covered, hides, marks: marksOf(ask) };
  }
  let toldEnd = "";
  const edits = () => (state.get("attempts")[state.get("task")]?.met ? null : editsOf(open(), known()));
  function speak({ values, at, hides, pointed }) {
    const isTold = String(hides.output) !== String(at);
    put(words.sentence, at ? (isTold ? explain(values, scene(), at) : `Output (${at.join(", ")}): covered.`) : "");
    const tells = at && pointed && String(hides.element) !== String(pointed);
    put(words.pointed, tells ? explainElement(scene(), pointed) : explainEdits(edits()));
    const end = state.get("ended");
    if (end === toldEnd) return; // once, whatever is said later
    toldEnd = end;
    put(ended, end && `${end} ${words.sentence.textContent}`);
  }
  state.draws(() => {
    const look = looked();
    speak(look);
    paint(look);
  });
  return state.dispose;
}

const said = (name) => h("p", { class: name, "aria-live": "polite" });

// What is uncovered is seen: the window goes to the output that was asked for.
function arrive(state, act, task) {
  let waits = false; // whether there is a guess, not judged yet
  state.watch(["task", "attempts"], () => {
    const ask = task.asked();
    if (waits && ask?.over && guesses[ask.what].stands) {
      act.play(false);
      act.select(...ask.given.at);
    }
    waits = Boolean(ask && !ask.over && ask.guess);
  });
}

// The output hovered over, if it may be seen, or else the selected one.
const lookedAt = (hovered, selected, result, covered) =>
  hovered && isOn(hovered, result) && !covered(...hovered) ? hovered : selected;

export default { render, settings };
