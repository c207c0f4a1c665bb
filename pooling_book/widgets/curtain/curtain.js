// The same photo through two methods, and a curtain between the two results.
import { Board } from "../kit/board.js";
import { h, put } from "../kit/core.js";
import { card, saying } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { planeOf } from "../kit/photo.js";
import { sceneOfGuess, tasks } from "../kit/tasks.js";
import { controls } from "./controls.js";
import { drawPhoto, drawResults } from "./drawing.js";
import { pointer } from "./pointer.js";
import { POOLED, compared, covered, pooled, settings } from "./state.js";
import { facts, goals, guesses } from "./tasks.js";
import { PICTURE, covered as coveredWords, explain, hanging } from "./words.js";

const HINT = "Drag the curtain: with the mouse, a finger or the arrow keys.";
const PHOTO = 112; // pixels of its edge

function render({ model, el }) {
  const state = live(model, el, settings);
  const plane = state.from(["images", "photo", "source"], planeOf);
  const found = outputs(state);
  const board = slidersBoard(),
    photo = stillBoard("The photo");
  const task = tasks(state, { guesses, goals }, asked, HINT, Object.keys(state.home()));
  const covers = () => Object.keys(guesses).some(task.covers);
  function asked() {
    const scene = sceneOfGuess(state);
    return scene ? facts(scene) : facts(state.values(), found());
  }
  const said = saying(),
    warning = h("p", { class: "pool-warning", role: "alert" });
  const { menus, side, show } = controls(state, el, photo);
  const picture = h("div", { class: "pool-curtain-picture" }, board.figure);
  el.append(
    card("curtain", "Two results and a curtain", {
      tasks: task.element,
      stage: [menus, picture, warning, said.element],
      side,
    }),
  );
  const still = [menus, el.querySelector(".pool-side")];
  pointer(state, board);

  state.draws(() => {
    const values = state.values(),
      isCovered = covers();
    show();
    for (const part of still) part.inert = isCovered; // what is asked about stays as it is
    put(warning, state.get("notice"));
    warning.hidden = !warning.textContent;
    drawResults(board, found(), { at: values.at, covered: isCovered, room: picture.clientWidth });
    board.canvas.setAttribute("aria-valuenow", values.at);
    board.canvas.setAttribute("aria-valuetext", hanging(values, isCovered));
    drawPhoto(photo, plane(), PHOTO, `The photo, ${plane().rows} × ${plane().columns}`);
    said.show((isCovered ? coveredWords : explain)(values, found()));
  });
  return state.dispose;
}

// Both outputs, each kept until what it follows from changes, and how they compare.
function outputs(state) {
  const one = (side) => state.from([...POOLED, side], (values) => pooled(values[side], values));
  const left = one("left"),
    right = one("right");
  const plane = state.from(POOLED, (values) => covered(planeOf(values), values.window));
  return state.from([...POOLED, "left", "right"], () => ({
    left: left(),
    right: right(),
    plane: plane(),
    compared: compared(left(), right(), plane()),
  }));
}

function slidersBoard() {
  const board = new Board(PICTURE);
  board.canvas.setAttribute("role", "slider");
  board.canvas.setAttribute("aria-valuemin", "0");
  board.canvas.setAttribute("aria-valuemax", "100");
  board.caption.remove();
  return board;
}

function stillBoard(label) {
  const board = new Board(label);
  board.caption.removeAttribute("aria-live");
  board.canvas.removeAttribute("tabindex");
  board.canvas.setAttribute("role", "img");
  return board;
}

export default { render, settings };
