// A picture slides under a fixed pool: its outputs, the same moved back, their change, and a curve of it.
import { Board } from "../kit/board.js";
import { h, put } from "../kit/core.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { moving } from "../kit/motion.js";
import { planeOf } from "../kit/photo.js";
import { Plot } from "../kit/plot.js";
import { sketch } from "../kit/sketch.js";
import { tasks } from "../kit/tasks.js";
import { POOLED, SHIFTS, pooledShifts, settings, visited } from "./state.js";
import { acts } from "./acts.js";
import { controls } from "./controls.js";
import { drawBoards, drawCurve } from "./drawing.js";
import { pointer } from "./pointer.js";
import { asked, facts, goals, guesses, heightOf, known } from "./tasks.js";
import { COVERED, COVERED_CURVE, curveName, explain, paused, pointOf, toDraw } from "./words.js";

// atOnce: the picture is under a pointer and does not glide; paused: it has just stopped to play.
const VIEW = { playing: false, paused: false, atOnce: true };
const BOARDS = [
  "What the pool sees: arrow keys shift the picture, Home and End go to the first and the last shift",
  "Outputs",
  "Outputs, moved back",
  "Change",
];

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const shifts = state.from(POOLED, pooledShifts);
  const picture = state.from(["images", "photo", "source"], planeOf);
  const act = acts(state);
  const boards = BOARDS.map(board),
    curve = new Plot({ class: "pool-slide-curve", role: "img" });
  const { side, show } = controls(state, act, el);
  const whole = () => state.values([...Object.keys(settings), "images"]);
  const task = tasks(state, { guesses, goals }, () => facts(whole(), shifts()), HINT, ["shift", "visited"]);
  const said = saying(),
    spoken = h("p", { class: "pool-unseen", role: "status" }),
    trouble = h("p", { class: "pool-warning", role: "alert" });
  // Each press is heard, though the words may be the same.
  function pressed() {
    spoken.replaceChildren();
    state.redraw();
  }
  const drawn = curveGuess(task, curve, { shifts, pressed });
  el.append(laidOut({ task, boards, said, trouble, curve, spoken, side }));
  pointer(state, act, boards[0]);

  // Who listens must not be flooded.
  state.watch(["playing"], () => said.sentence.setAttribute("aria-live", state.get("playing") ? "off" : "polite"));
  const place = moving(state.redraw);
  // Said once as it stops; then the sentence speaks for itself.
  let stop = "";
  const stopped = (values, main) => (stop = state.get("paused") ? stop || paused(values, main) : "");
  state.draws(() => {
    const values = state.values(),
      covered = Object.keys(guesses).some(task.covers),
      words = covered ? [COVERED, ""] : explain(values, shifts());
    show();
    put(trouble, state.get("notice"));
    trouble.hidden = !trouble.textContent;
    said.show(words);
    put(spoken, drawn.spoken() || stopped(values, words[0]));
    place.send([values.shift], state.get("atOnce"));
    drawBoards(boards, { now: shifts()[values.shift], picture: picture(), at: place.now()[0], covered });
    const { shown, sketched } = drawn.now(values, covered);
    drawCurve(curve, { values, shifts: shifts(), shown, sketched }, curve.canvas.parentElement.clientWidth);
    drawn.show(covered ? COVERED_CURVE : curveName(shown, shifts()));
  });
  return state.dispose;
}

const HINT = "Push the picture to the right, with the mouse, a finger or the arrow keys.";

function board(label, n) {
  const one = new Board(label);
  one.caption.removeAttribute("aria-live"); // the sentence says it
  if (n) {
    one.canvas.removeAttribute("tabindex"); // nothing to do there
    one.canvas.setAttribute("role", "img");
  }
  return one;
}

function laidOut({ task, boards, said, trouble, curve, spoken, side }) {
  const chart = h(
    "div",
    { class: "pool-slide-chart" },
    curve.canvas,
    h(
      "p",
      { class: "pool-slide-legend" },
      h("span", {}, "moved back"),
      h("span", { class: "pool-slide-still" }, "left where they stand"),
    ),
  );
  return card("slide", "Sliding picture", {
    tasks: task.element,
    stage: [
      h("div", { class: "pool-slide-boards" }, ...boards.map(({ figure }) => figure)),
      trouble,
      said.element,
      chart,
      spoken,
    ],
    side,
  });
}

// What is drawn on the chart for a guess: {show(label): what it is called while nothing is to be drawn, spoken(),
// now(values, covered): the shifts that are shown and the reader's curve}.
function curveGuess(task, curve, { shifts, pressed }) {
  const guess = () => (task.asked()?.what === "curve" ? task.asked() : null);
  const places = () => asked(guess().given);
  const pen = sketch(curve, {
    open: () => guess()?.over === false,
    places,
    guess: () => guess().guess,
    offer: task.offer,
    moved: pressed,
  });
  function spoken() {
    const n = pen.place();
    if (n === null) return "";
    const end = n === 0 ? ", the first" : n === places().length - 1 ? ", the last" : "";
    return pointOf(places()[n], guess().guess?.[n] ?? null, end);
  }
  function now(values, covered) {
    const of = guess();
    if (!of) return { shown: covered ? [] : visited(values), sketched: null };
    const { given, guess: heights, over, within } = of;
    const truth = over ? { truth: of.truth(), within } : {};
    return {
      shown: over ? SHIFTS : known(given),
      sketched: { places: places(), heights: heights ?? places().map(() => null), cursor: pen.place(), ...truth },
    };
  }
  function show(label) {
    const { given } = guess() ?? {};
    const points = given && known(given).map((shift) => [shift, heightOf(shifts()[shift], given)]);
    pen.show([points ? toDraw(curve.down, points) : "", label]);
  }
  return { show, spoken, now };
}

export default { render, settings };
