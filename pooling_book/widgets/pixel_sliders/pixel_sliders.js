// A window's pixels: a small window on a photo, each of its pixels a slider, and what they do to both answers.
import { put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { card } from "../kit/layout.js";
import { live } from "../kit/live.js";
import { flights } from "../kit/motion.js";
import { planeOf } from "../kit/photo.js";
import { flipped } from "../kit/places.js";
import { tasks } from "../kit/tasks.js";
import { LOOKED, edges, looked, settings, withPixels } from "./state.js";
import { controls } from "./controls.js";
import { facts, goals, guesses, place } from "./tasks.js";
import { photoPointer } from "./pointer.js";
import { zoom } from "./zoom.js";
import { line } from "./line.js";
import { explain, sums, told } from "./words.js";

const HINT = "Drag the window over the photo; drag a pixel up or to the right to make it lighter.";

// active: the pixel pointed at or in focus last, along the rows; held: whether a pointer drags a pixel.
const VIEW = { active: 0, held: false };

function render({ model, el }) {
  const state = live(model, el, settings, VIEW);
  const plane = state.from(["images", "source", "photo"], planeOf); // the photo, untouched
  const look = state.from(LOOKED, (values) => looked(values, plane()));
  const change = (pixels) => state.set(withPixels(state.values(), plane(), pixels));
  const task = tasks(state, { guesses, goals }, () => facts(state.values(), look()), HINT);
  const board = new Board(
    "Photo: arrow keys move the window, with Shift by 8 pixels; Home and End go to the first and the last",
  );
  const near = zoom(state, look, change, (n) => task.offer(flipped(task.asked().guess ?? [], place(n, look().side)))),
    track = line(state.redraw);
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" }),
    warning = h("p", { class: "pool-warning", role: "alert" }),
    pointed = h("p", { class: "pool-pointed" }),
    worked = h("p", { class: "pool-pixels-sums" });
  const { side, show } = controls(state, el, look, change, [pointed, worked]);
  const panels = h("div", { class: "pool-panels" }, board.figure, near.figure);
  const ground = h("div", { class: "pool-pixels-ground" }, panels, track.element);

  el.append(card("pixels", "Pixels of a window", { tasks: task.element, stage: [ground, warning, sentence], side }));
  photoPointer(state, look, plane, board);
  const flies = winner(flights(ground), near, track);

  function refresh() {
    show();
    put(warning, state.get("notice"));
    warning.hidden = !warning.textContent;
  }
  state.watch(null, refresh);
  state.watch(["window"], () => state.set({ active: Math.min(state.get("active"), state.get("window") ** 2 - 1) }));
  refresh();
  state.draws(() => {
    const asked = task.asked(),
      covered = asked?.over === false;
    const edge = edges(panels.clientWidth, look().side);
    drawPhoto(board, look(), plane(), edge.photo);
    near.draw({ edge: edge.grid, covered, marked: marked(asked, look()) });
    const still = flies.next(look(), covered, state.get("held"));
    track.draw(look(), { active: state.get("active"), covered, still });
    flies.go();
    put(sentence, covered ? "" : explain(look()));
    put(pointed, covered ? "" : told(state.get("active"), look()));
    worked.replaceChildren(...(covered ? [] : sums(look()).map((sum) => h("span", {}, sum))));
  });
  return state.dispose;
}

function drawPhoto(board, { touched, corner, side }, { rows, columns, values }, edge) {
  board.frame([0, rows], [0, columns], edge / Math.max(rows, columns));
  board.figure.style.width = `${edge}px`;
  board.image({ rows, columns, values: touched }, () => true);
  board.outline(...corner, side, side);
  board.describe(`Photo, ${rows} × ${columns}`, { rows, columns, values }, false, () => true);
}

// The pixels that a guess of places has marked, or null where none is asked for.
function marked(asked, { values, side }) {
  if (asked?.form !== "places") return null;
  return new Set(values.map((_, n) => n).filter((n) => asked.guess?.includes(place(n, side))));
}

// The largest value flies from its pixel to its mark on the line, when it is another or comes to light.
function winner(fly, near, track) {
  let last = null,
    due = null;
  // Whether the marks are to be at their places at once: while a pixel or the window is dragged.
  function next({ corner, side, now }, covered, held) {
    const here = { stand: `${corner} ${side}`, max: now.max, covered };
    const still = held || !last || last.stand !== here.stand;
    due = !covered && last && !still && (last.max !== now.max || last.covered) ? now : null;
    last = here;
    return still;
  }
  function go() {
    if (due) fly(String(due.max), near.box(due.first), track.at(due.max));
  }
  return { next, go };
}

export default { render, settings };
