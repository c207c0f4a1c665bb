// What a convolution is, on one screen: a window, nine weights, their products and their sum, and the map of the sums.
import { Board } from "../kit/board.js";
import { h, inside, put, show as word } from "../kit/core.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { flights, moving } from "../kit/motion.js";
import { marksOf } from "../kit/places.js";
import { symbols } from "../kit/symbols.js";
import { tasks } from "../kit/tasks.js";
import { FILTERED, filtered, flat, isSigned, settings, taps } from "./state.js";
import { acts } from "./acts.js";
import { arithmeticView } from "./arithmetic.js";
import { controls } from "./controls.js";
import { draw, layoutOf } from "./drawing.js";
import { pointer } from "./pointer.js";
import { facts, goals, guesses, hidden } from "./tasks.js";
import { covered, explain, signs } from "./words.js";

// lit: the key of a weight that is pointed at; held: whether the window is being dragged.
const VIEW = { lit: null, held: false, playing: false };
const HINT = "Slide the window over the input, and type other weights into the filter.",
  KEYS = "arrow keys move the window, Home and End go to the first and the last";
const FREE = ["selected"]; // no answer depends on where the window stands

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const scene = state.from(FILTERED, filtered);
  const whole = () => state.values([...Object.keys(settings), "filters"]);
  const act = acts(state, scene);
  const input = new Board(`Input: ${KEYS}`),
    output = new Board(`Output: ${KEYS}; Enter or Space marks its place where a guess asks for that`);
  const lights = symbols(state),
    arithmetic = arithmeticView(lights, act.weigh, (notice) => state.set({ notice })),
    legend = legendView(),
    said = saying(),
    warning = h("p", { class: "pool-warning", role: "alert" });
  const { side, show } = controls(state, act, el);
  const task = tasks(state, { guesses, goals }, () => facts(whole(), scene()), HINT, FREE);
  const panels = h("div", { class: "pool-panels" }, input.figure, output.figure);
  const ground = h("div", { class: "pool-convolution-ground" }, panels, arithmetic.element, said.element);
  el.append(
    card("convolution", "Convolution", {
      tasks: task.element,
      stage: [warning, ground, legend.element],
      side,
    }),
  );
  pointer(state, scene, { act, task, input, output });
  arrive(state, act, task);

  const waits = () => {
    const { goal } = state.get("tasks")[state.get("task")] ?? {};
    return Boolean(goal) && !state.get("attempts")[state.get("task")]?.met;
  };
  function refresh() {
    show(!waits());
    put(warning, state.get("notice") || scene().failure);
    warning.hidden = !warning.textContent;
    // who listens must not be flooded
    said.sentence.setAttribute("aria-live", state.get("playing") ? "off" : "polite");
  }
  state.watch([...Object.keys(settings), "playing", "notice"], refresh);
  refresh();

  const paint = picture(state, { input, output, panels, ground, arithmetic, lights });
  state.draws(() => {
    const { plane, result } = scene();
    ground.classList.toggle("pool-stale", !result);
    if (!result) return;
    const values = whole(),
      at = inside(values.selected, result),
      asked = task.asked(),
      hides = hidden(asked, result);
    const comes = (n) => state.get("playing") && n > flat(at, result);
    const isKnown = (i, j) => !hides.all && String(hides.at) !== String([i, j]) && !comes(flat([i, j], result));
    said.show(isKnown(...at) ? explain(values, { plane, result }, at) : covered(at));
    legend.show(hides.all || hides.at || state.get("playing") ? null : signs(result), values);
    paint({ values, scene: { plane, result }, at, isKnown, marks: marksOf(asked) });
  });
  return state.dispose;
}

// The two boards and the arithmetic below them, and what is on its way between them.
function picture(state, { input, output, panels, ground, arithmetic, lights }) {
  const corner = moving(state.redraw),
    fly = flights(ground);
  let last = {};
  return function paint(look) {
    const { values, scene, at, isKnown } = look,
      { plane, result } = scene,
      isNumbers = values.source === "numbers",
      cells = layoutOf(scene, isNumbers, panels.clientWidth);
    // The window goes where it is sent by steps and keys; a hand, or another picture, has it there at once.
    const steps = last.result === result && !state.get("held");
    corner.send(at, !steps);
    draw({ ...look, cells, window: corner.now(), lit: state.get("lit") }, input, output);
    const terms = taps(plane, values.filter, at),
      sum = result.sums[flat(at, result)],
      known = isKnown(...at);
    arithmetic.show({ terms, sum, known, grey: !isNumbers, cell: cells.matrix });
    lights.show(arithmetic.element);
    if (steps && known && String(at) !== last.at)
      fly(word(result.values[flat(at, result)]), arithmetic.sum.getBoundingClientRect(), output.onScreen(...at));
    last = { result, at: String(at) };
  };
}

// How many outputs there are of each sign, which says what the colours mean: {element, show(counts or null, values)}.
function legendView() {
  const [positive, zero, negative] = ["plus", "zero", "minus"].map((sign) => h("span", { class: `pool-${sign}` }));
  const grey = h("span", {}, "Black is 0 or less, white is 255 or more.");
  const element = h("p", { class: "pool-signs" }, positive, zero, negative, grey);
  function show(counts, { source, filter }) {
    put(positive, `${counts?.positive ?? "?"} positive`);
    put(zero, `${counts?.zero ?? "?"} zero`);
    put(negative, `${counts?.negative ?? "?"} negative`);
    grey.hidden = source === "numbers" || isSigned(filter);
  }
  return { element, show };
}

// What is uncovered is seen: the window goes to the output that was asked for.
function arrive(state, act, task) {
  let waits = false; // whether there is a guess, not judged yet
  state.watch(["task", "attempts"], () => {
    const ask = task.asked();
    if (waits && ask?.over && ask.what === "output") act.select(ask.given.at);
    waits = Boolean(ask && !ask.over && ask.guess);
  });
}

export default { render, settings };
