// Trained networks in the page: a digit is drawn or chosen and pushed around, and each network says what it reads.
import { h, put } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button } from "../kit/controls.js";
import { drawButton, labelOf, pushButtons, travelling } from "../kit/digit.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { tasks } from "../kit/tasks.js";
import {
  READ,
  settings,
  agree,
  completed,
  emptied,
  following,
  painted,
  pushedTo,
  read,
  seen,
  unpushed,
} from "./state.js";
import { SIDE, unpack } from "../kit/network.js";
import { drawDigit, mapButtons, readout } from "./drawing.js";
import { openPool } from "./opening.js";
import { pointer } from "./pointer.js";
import { facts, goals, guesses } from "./tasks.js";
import { DRAWN, PUSHED, explain, placeOf } from "./words.js";

// cursor: where the keys draw; focused: whether it shows; atOnce: the digit is under a pointer, and does not glide;
// ready: the networks have read it.
const VIEW = { cursor: [SIDE / 2, SIDE / 2], focused: false, atOnce: false, ready: false };
const HINT = "Push the digit: with the mouse, a finger, or the arrow keys. Or draw one of your own.";

function render({ model, el }) {
  const state = live(model, el, settings, VIEW),
    values = () => state.values(READ);
  const networks = state.get("networks").map(unpack),
    titles = networks.map(({ title }) => title);
  state.watch(["digit", "pixels"], () => state.set(completed(values())));
  // What the networks make of the digit before the push, and after it.
  const firsts = networks.map((network) => state.from(["pixels"], (digit) => read([network], unpushed(digit))[0])),
    first = () => firsts.map((one) => one());
  const found = state.from(["pixels", "pushed"], (digit) =>
    digit.pushed.some(Boolean) ? read(networks, seen(digit)) : first(),
  );
  oneByOne(state, firsts);
  const board = new Board(PUSHED);
  board.caption.removeAttribute("aria-live"); // the sentence says it
  const bars = networks.map(readout),
    maps = networks.map((network, m) =>
      mapButtons(network, (n, channel) => openPool(network, found()[m].before[n], n, channel)),
    );

  function pushTo(to, atOnce = false) {
    const changes = pushedTo(to);
    if (String(changes.pushed) !== String(state.get("pushed"))) state.set({ ...changes, atOnce });
  }
  const paint = (place) => state.set(painted(values(), place));
  const drawing = drawButton(board, { clear: () => state.set(emptied()), paint, free: () => false });
  const ink = (cursor) => paint(cursor.map((at) => at + 0.5));
  pointer(state, board, { pushTo, ink, isDrawing: drawing.pressed });

  const known = () => facts(values(), networks, { first: first(), found: found() });
  const task = tasks(state, { guesses, goals }, known, HINT, ["pixels"]); // they follow the digit
  const said = saying(),
    spoken = h("p", { class: "pool-unseen", role: "status" });
  el.append(
    laidOut({
      task,
      bars,
      maps,
      words: [said.element, spoken],
      board,
      controls: controls(state, values, pushTo, drawing),
    }),
  );

  const away = travelling(state, () => state.get("atOnce"));
  state.draws(() => {
    const now = values(),
      covered = Object.keys(guesses).some(task.covers),
      digit = { label: labelOf(now), pushed: now.pushed, still: unpushed(now), seen: seen(now) },
      cursor = drawing.pressed() && state.get("focused") ? state.get("cursor") : null;
    drawDigit(board, digit.seen, digit.label, { away: away(), cursor });
    if (!state.get("ready")) return;
    said.show(explain({ ...digit, titles, first: first(), found: covered ? null : found() }));
    put(spoken, cursor ? placeOf(cursor, digit.seen, SIDE) : "");
    board.canvas.setAttribute("aria-label", drawing.pressed() ? DRAWN : PUSHED);
    bars.forEach((one, n) => one.show(covered ? null : found()[n], first()[n]));
    // The maps of one network a frame: they are costly, and secondary.
    if (maps.some((one, n) => one.show(found()[n], first()[n]))) state.redraw();
  });
  return state.dispose;
}

// Each network reads for the first time in a task of its own, so that the page is not held up.
function oneByOne(state, firsts) {
  let timer;
  const next = (n) => {
    firsts[n]();
    if (n + 1 < firsts.length) timer = setTimeout(next, 0, n + 1);
    else state.set({ ready: true });
  };
  timer = setTimeout(next, 0, 0);
  state.ends(() => clearTimeout(timer));
}

function laidOut({ task, bars, maps, words, board, controls }) {
  const elements = (parts) => parts.map(({ element }) => element);
  const element = card("network", "Networks that read a digit", {
    tasks: task.element,
    stage: [h("div", { class: "pool-network-columns" }, ...elements(bars)), ...words],
    side: [h("div", { class: "pool-panels pool-network-digit" }, board.figure), ...controls],
  });
  element.append(h("div", { class: "pool-network-columns pool-network-below" }, ...elements(maps)));
  return element;
}

// Rows of buttons: where the digit is pushed, and which one it is.
function controls(state, values, pushTo, drawing) {
  const go = (by) => () => {
    drawing.stop();
    state.set(following(values(), by));
  };
  const reset = () => {
    drawing.stop();
    state.set(state.home());
  };
  const push = (...by) => pushTo(state.get("pushed").map((at, axis) => at + by[axis]));
  return [
    h("div", { class: "pool-transport pool-network-push", role: "group", "aria-label": "Push" }, ...pushButtons(push)),
    h(
      "div",
      { class: "pool-transport" },
      button("Push back", () => pushTo([0, 0])),
      button("Reset", reset),
    ),
    h(
      "div",
      { class: "pool-transport pool-network-choose", role: "group", "aria-label": "Digit" },
      button("◀", go(-1), { "aria-label": "Previous test digit", title: "previous test digit" }),
      button("Next ▶", go(1), { "aria-label": "Next test digit", title: "next test digit" }),
      drawing.element,
    ),
    h("p", { class: "pool-hint" }, "Upright marks: before the push. Maps after each pool: a press opens the pool."),
  ];
}

export default { render, settings, agree };
