// Nearest neighbours: a digit on a grid, its pooled form, and the training digits that lie nearest to that.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { travelling } from "../kit/digit.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { tasks } from "../kit/tasks.js";
import { LOOKED, POOLED, SCORED, SHOWN, agree, looked, readDigits, scored, settings, trained } from "./state.js";
import { controls } from "./controls.js";
import { drawBoards, place } from "./drawing.js";
import { pointer } from "./pointer.js";
import { facts, goals, guesses } from "./tasks.js";
import { explain, heard, placeOf, scoreOf, spelled } from "./words.js";

// cursor: where the keys are on the grid; focused: whether it shows.
const VIEW = { cursor: [0, 0], focused: false };
const HINT = "Push it, pool it, or draw a digit of your own: by keys, with the arrows and Space.";

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
  for (const { caption } of [board, output]) caption.removeAttribute("aria-live"); // one sentence for each change
  const { side, show } = controls(state, board);
  const places = Array.from({ length: SHOWN }, place);
  const line = (name) => h("p", { class: `pool-${name}` });
  const sentence = line("sentence"),
    worked = line("neighbours-worked"),
    worth = line("neighbours-score"),
    spoken = h("p", { class: "pool-unseen", "aria-live": "polite" });
  const task = tasks(state, { guesses, goals }, () => facts(state.values(), look(), score()), HINT);

  const whole = card("neighbours", "Nearest neighbours of a digit", {
    tasks: task.element,
    stage: [
      h("div", { class: "pool-panels" }, board.figure, output.figure),
      h("p", { class: "pool-neighbours-title" }, `Nearest five of ${digits.length}; framed: who votes`),
      h("div", { class: "pool-neighbours-row", role: "list" }, ...places.map(({ element }) => element)),
      sentence,
      spoken,
    ],
    side,
  });
  whole.append(h("div", { class: "pool-neighbours-notes" }, worked, worth));
  el.append(whole);
  pointer(state, board);

  const away = travelling(state);
  const say = speaker(spoken);
  state.draws(() => {
    const now = look(),
      { found, votes } = now,
      cursor = state.get("focused") ? state.get("cursor") : null,
      covered = ["verdict", "among", "commonest"].some(task.covers);
    show();
    drawBoards(now, { cursor, away: away(), covered: task.covers("commonest") }, board, output);
    found.forEach((one, n) =>
      covered ? places[n].cover() : places[n].show(one, digits[one.n], n < votes, now, board.colors.text),
    );
    const verdict = covered ? "" : explain(now),
      worthNow = task.covers("right") ? null : score();
    put(sentence, verdict);
    put(worked, covered ? "" : spelled(now));
    put(worth, worthNow ? scoreOf(worthNow, now) : "");
    say(verdict, worthNow, cursor ? placeOf(cursor, now) : "");
  });
  return state.dispose;
}

// Says one sentence for each change: the verdict where it or the score has changed, else where the cursor is.
function speaker(spoken) {
  let before = {};
  return (verdict, score, place) => {
    const changed = verdict !== before.verdict || score !== before.score,
      moved = place !== before.place;
    if (changed) put(spoken, heard(verdict, before.score && score !== before.score ? score : null));
    else if (moved) put(spoken, place);
    before = { verdict, score, place };
  };
}

export default { render, settings, agree };
