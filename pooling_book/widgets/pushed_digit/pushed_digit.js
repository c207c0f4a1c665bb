// Trained networks in the page: a digit is drawn or chosen and pushed around, and each network says what it reads.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button } from "../kit/controls.js";
import { drawButton, pushButtons } from "../kit/digit.js";
import { live } from "../kit/live.js";
import { settings, agree, emptied, following, labelOf, painted, pushedTo, read, seen, unpushed } from "./state.js";
import { unpack } from "./network.js";
import { column, drawDigit } from "./drawing.js";
import { openPool } from "./opening.js";
import { pointer } from "./pointer.js";
import { explain } from "./words.js";

const READ = ["test", ...Object.keys(settings)];

function render({ model, el }) {
  const state = live(model, el, settings),
    values = () => state.values(READ);
  const networks = state.get("networks").map(unpack),
    titles = networks.map(({ title }) => title);
  // What the networks make of the digit before the push, and after it.
  const first = state.from(["pixels"], (digit) => read(networks, unpushed(digit)));
  const found = state.from(["pixels", "pushed"], (digit) =>
    digit.pushed.some(Boolean) ? read(networks, seen(digit)) : first(),
  );
  const board = new Board("The digit: arrow keys push it, Home brings it back"),
    columns = networks.map((network, m) =>
      column(network, (n, channel) => openPool(network, found()[m].before[n], n, channel)),
    ),
    sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });

  function pushTo(to) {
    const changes = pushedTo(to);
    if (String(changes.pushed) !== String(state.get("pushed"))) state.set(changes);
  }
  const drawing = drawButton(board, {
    clear: () => state.set(emptied()),
    paint: (place) => state.set(painted(values(), place)),
    free: () => false,
  });
  const { choose, push } = controls(state, values, pushTo, drawing);
  pointer(state, pushTo, board, drawing.pressed);

  const hint = (text) => h("p", { class: "pool-hint" }, text);
  el.append(
    h(
      "div",
      { class: "pool-network pool-card" },
      hint("Push the digit with the mouse, a finger or the arrow keys. Or press Draw, and write one of your own."),
      h(
        "div",
        { class: "pool-network-top" },
        h("div", { class: "pool-panels pool-network-digit" }, board.figure),
        h("div", {}, choose, push, sentence),
      ),
      h("div", { class: "pool-network-columns" }, ...columns.map(({ element }) => element)),
      hint("Bars: what each network gives to the ten classes. The upright marks are what it gave before the push."),
    ),
  );

  state.draws(() => {
    const now = values(),
      digit = { label: labelOf(now), pushed: now.pushed, still: unpushed(now), seen: seen(now) };
    put(sentence, explain({ ...digit, titles, first: first(), found: found() }));
    drawDigit(board, digit.seen, digit.label);
    columns.forEach((one, n) => one.show(found()[n], first()[n]));
  });
  return state.dispose;
}

// Two rows of buttons: which digit, and where it is pushed.
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
  return {
    choose: h(
      "div",
      { class: "pool-transport" },
      button("◀", go(-1), { "aria-label": "Previous test digit", title: "previous test digit" }),
      button("Next digit ▶", go(1)),
      drawing.element,
    ),
    push: h(
      "div",
      { class: "pool-transport", role: "group", "aria-label": "Push" },
      ...pushButtons(push),
      button("Push back", () => pushTo([0, 0])),
      button("Reset", reset),
    ),
  };
}

export default { render, settings, agree };
