// Nearest neighbours: a digit on a grid, its pooled form, and the training digits that lie nearest to that.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { live } from "../kit/live.js";
import { LOOKED, POOLED, SCORED, SHOWN, agree, looked, readDigits, scored, settings, trained } from "./state.js";
import { controls } from "./controls.js";
import { drawBoards, place } from "./drawing.js";
import { pointer } from "./pointer.js";
import { explain, placeOf, scoreOf } from "./words.js";

// cursor: where the keys are on the grid; focused: whether it shows.
const VIEW = { cursor: [0, 0], focused: false };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const digits = readDigits(state.get("train").pixels);
  const training = state.from(POOLED, trained);
  const score = state.from(SCORED, (values) => scored(values, training()));
  const look = state.from(LOOKED, (values) => looked(values, training()));
  const board = new Board("The digit: arrow keys move a cursor, the space bar puts ink under it or takes it away"),
    output = new Board("What is compared");
  output.canvas.removeAttribute("tabindex"); // nothing to do there
  output.canvas.setAttribute("role", "img");
  const { transport, choices, show } = controls(state, board);
  const places = Array.from({ length: SHOWN }, place);
  const said = (name) => h("p", { class: `pool-${name}`, "aria-live": "polite" });
  const sentence = said("sentence"),
    worth = said("neighbours-score"),
    spoken = said("unseen"); // where the cursor is

  el.append(
    h(
      "div",
      { class: "pool-neighbours pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Paint on the grid with the mouse, or with the arrow keys and Space. ",
        "With a finger, press Draw first: then the grid is empty and yours.",
      ),
      h("div", { class: "pool-panels" }, board.figure, output.figure),
      transport,
      choices,
      h(
        "p",
        { class: "pool-neighbours-title" },
        `The five nearest of ${digits.length} training digits, each beside its pooled form`,
      ),
      h("div", { class: "pool-neighbours-row", role: "list" }, ...places.map(({ element }) => element)),
      sentence,
      worth,
      spoken,
    ),
  );
  pointer(state, board);

  state.draws(() => {
    const now = look(),
      { found, voters } = now,
      cursor = state.get("focused") ? state.get("cursor") : null;
    show();
    drawBoards(now, cursor, board, output);
    found.forEach((one, n) => places[n].show(one, digits[one.n], n < voters, now, board.colors.text));
    put(sentence, explain(now));
    put(worth, scoreOf(score(), now));
    put(spoken, cursor ? placeOf(cursor, now) : "");
  });
  return state.dispose;
}

export default { render, settings, agree };
