// The gradient painter: paint an upstream gradient on the output, and see where it lands in the input.
import { put, h, inside, isOn } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { marksOf, withPlace } from "../kit/places.js";
import { tasks } from "../kit/tasks.js";
import { POOLED, SENT, isNumbers, pooled, sent, settings } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { draw } from "./drawing.js";
import { returning } from "./flying.js";
import { pointer } from "./pointer.js";
import { facts, goals, guesses } from "./tasks.js";
import { balance, call, elementAt, explain, explainElement, outputAt, paintedAt } from "./words.js";

// hover: {input: [row, column]} or {output: [i, j]}, where the pointer is; brush: what it paints.
const VIEW = { hover: null, brush: 1 };
const HINT = "Paint what the outputs send back. Point at the input to see what it receives.";

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const pool = state.from(POOLED, pooled);
  const scene = state.from(SENT, (values) => sent(values, pool()));
  const act = acts(state, scene);
  const { input, output } = boards();
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const warning = h("p", { class: "pool-warning", role: "alert" }),
    sentence = h("p", { class: "pool-sentence" }),
    worth = h("p", { class: "pool-gradient-balance" }),
    spoken = h("p", { class: "pool-unseen", "aria-live": "polite" }),
    code = h("code", {});
  const { side, show } = controls(state, act, el),
    signs = legend();
  const task = tasks(state, { guesses, goals }, () => facts(state.values(), scene()), HINT);
  const whole = card("gradient", "Gradient painter", {
    tasks: task.element,
    stage: [panels, signs.element, warning, sentence, worth, spoken],
    side,
  });
  whole.append(h("p", { class: "pool-code" }, code));
  el.append(whole);
  // A cell of the input, put into the guess that is asked for, or taken out of it.
  function mark(element) {
    const asked = task.asked();
    if (asked?.form === "places") task.offer(withPlace(asked.guess, element));
  }
  pointer(state, scene, { act, mark, input, output });

  function refresh() {
    show();
    signs.show(isNumbers(state.values(["grids", "source"])));
    put(warning, state.get("notice") || scene().failure);
    warning.hidden = !warning.textContent;
    code.textContent = call(state.values());
  }
  state.watch([...Object.keys(settings), "brush", "notice"], refresh);
  refresh();
  const send = returning(panels, input, output),
    say = speaker(spoken);
  state.draws(() => {
    const values = state.values(["grids", ...Object.keys(settings)]),
      { plane, result } = scene(),
      { input: element, output: hovered } = state.get("hover") ?? {},
      covered = Object.keys(guesses).some(task.covers),
      asked = task.asked();
    const at = result && (hovered && isOn(hovered, result) ? hovered : inside(values.selected, result));
    const pointed = result && element && isOn(element, plane) ? element : null;
    const words =
      !result || covered ? "" : pointed ? explainElement(values, scene(), pointed) : explain(values, scene(), at);
    const sum = result && !covered ? balance(scene()) : "";
    put(sentence, words);
    put(worth, sum);
    const place = !result || !covered ? "" : pointed ? elementAt(scene(), pointed) : outputAt(scene(), at);
    say({ words, sum, place, painted: result && values.pattern === "painted" ? paintedAt(scene(), at) : "" });
    for (const one of [input, output]) one.figure.classList.toggle("pool-stale", !result);
    if (!result) return;
    const framed = asked?.given.at ?? null;
    const seen = { at, pointed, covered, framed, marks: marksOf(asked) };
    draw({ values, scene: scene(), seen, input, output, room: panels.clientWidth });
    send(values, scene(), covered);
  });
  return state.dispose;
}

function boards() {
  const input = new Board(
      "Input, which receives: arrow keys point at an element, Space marks it where a guess is asked",
    ),
    output = new Board(
      "Output, which sends: arrow keys move, Space paints with the brush, " +
        "Delete erases, Shift and arrow keys paint along",
    );
  for (const { caption } of [input, output]) caption.removeAttribute("aria-live"); // one sentence for each change
  return { input, output };
}

// What the colours say. On an image four samples have their numbers; a grid has them in its cells.
function legend() {
  const sample = (look, word) => h("span", { class: look }, word);
  const numbers = [sample("pool-plus", "positive"), sample("pool-minus", "negative")],
    image = [
      sample("pool-plus", "1 or more"),
      sample("pool-plus pool-faint", "1/4"),
      sample("pool-minus pool-faint", "−1/4"),
      sample("pool-minus", "−1 or less"),
    ];
  const element = h("p", { class: "pool-signs" });
  const show = (isGrid) => element.replaceChildren(...(isGrid ? numbers : image));
  return { element, show };
}

// Says one sentence for each change: what was painted and arrived, where that has changed, else what is pointed at;
// while that is covered, the place, once it is another.
function speaker(spoken) {
  let before = {};
  return (now) => {
    const { words, sum, place, painted } = now;
    if (sum && before.sum && sum !== before.sum)
      put(spoken, painted !== before.painted ? `${painted} ${sum}`.trim() : sum);
    else if (words !== before.words) put(spoken, words);
    else if (place !== before.place && before.place) put(spoken, place);
    before = now;
  };
}

export default { render, settings };
