// One window of a photo: its pixels as bars to drag, and the answer of every method as a mark on the same scale.
import { Board } from "../kit/board.js";
import { h, put } from "../kit/core.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { planeOf } from "../kit/photo.js";
import { sceneOfGuess, tasks } from "../kit/tasks.js";
import { acts } from "./acts.js";
import { bars } from "./bars.js";
import { controls } from "./controls.js";
import { marks } from "./marks.js";
import { photoPointer } from "./pointer.js";
import { ANSWERED, UNDER, agree, answers, drawings, settings, under, weights } from "./state.js";
import { facts, goals, guesses } from "./tasks.js";
import { COVERED, explain } from "./words.js";

const HINT = "Drag a bar, or the frame on the photo. Move p and T from limit to limit.";
const KEYS = "Photo: arrow keys move the window, with Shift by 8 pixels; Home and End go to the first and the last";
const PHOTO = 104; // pixels of its edge

// changed: what the reader has changed last, which the sentence is about; held: whether a pointer drags it.
const VIEW = { changed: "bars", held: false };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const plane = state.from(["images", "source", "photo"], planeOf);
  const look = state.from(UNDER, (values) => under(values, plane()));
  const found = state.from([...UNDER, ...ANSWERED], (now) => ({
    answers: answers(look().values, now),
    weights: weights(look().values, now),
  }));
  const act = acts(state, look, plane);
  const board = new Board(KEYS);
  board.caption.removeAttribute("aria-live"); // the sentence says it
  const task = tasks(state, { guesses, goals }, asked, HINT, Object.keys(state.home()));
  const isCovered = () => Object.keys(guesses).some(task.covers);
  function asked() {
    const scene = sceneOfGuess(state);
    return scene ? facts(scene) : facts(state.values(), look());
  }
  const pixels = bars(act, look),
    row = marks(state.redraw),
    said = saying(),
    warning = h("p", { class: "pool-warning", role: "alert" });
  const { side, show } = controls(state, act, el, board);
  const ground = h("div", { class: "pool-one-ground" }, pixels.element, row.element);
  el.append(
    card("one", "One window, every answer", { tasks: task.element, stage: [ground, warning, said.element], side }),
  );
  const still = [pixels.element, el.querySelector(".pool-side")];
  photoPointer(act, look, board);

  state.draws(() => {
    const covered = isCovered(),
      now = { ...look(), ...found(), ...state.values(ANSWERED), drawings: drawings(look().values, state.values()) };
    show();
    for (const part of still) part.inert = covered; // what is asked about stays as it is
    put(warning, state.get("notice"));
    warning.hidden = !warning.textContent;
    drawPhoto(board, look(), plane());
    pixels.draw(look());
    row.draw(now, { covered, still: state.get("held") || covered });
    said.show(covered ? COVERED : explain(state.get("changed"), now));
  });
  return state.dispose;
}

function drawPhoto(board, { corner, side }, plane) {
  const { rows, columns } = plane;
  board.frame([0, rows], [0, columns], PHOTO / Math.max(rows, columns));
  board.image(plane, () => true);
  board.outline(...corner, side, side);
  board.describe(`From ${corner[0]}, ${corner[1]}`, plane, false, () => true);
}

export default { render, settings, agree };
