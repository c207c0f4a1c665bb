// The window's pixels, large: each a slider that the pointer drags and the keys move, and a place to mark in a guess.
import { onGrey } from "../kit/colors.js";
import { put, h } from "../kit/core.js";
import { draggable, keys } from "../kit/pointer.js";
import { WHITE, withOne } from "./state.js";
import { brief, where } from "./words.js";

// change(values) gives the window's pixels these values; mark(n) takes a pixel into a guess, or out of it.
// {figure, draw({edge, covered, marked}), box(n)}: covered: nothing tells which pixel is the largest; marked: the
// pixels of a guess that is asked for or was judged, or null; box: where a pixel is on the screen.
export function zoom(state, look, change, mark) {
  const grid = h("div", { class: "pool-pixels-grid", role: "group", "aria-label": "Pixels under the window" });
  const caption = h("figcaption", {});
  const figure = h("figure", {}, caption, grid);
  const act = { change, mark, marking: false };
  let cells = [];

  function build({ side, values }) {
    cells = values.map((_, n) => pixel(n, state, look, act));
    grid.style.setProperty("--side", side);
    grid.replaceChildren(...cells.map(({ cell }) => cell));
  }

  function draw({ edge, covered, marked }) {
    const { side, corner, values, now } = look();
    if (cells.length !== values.length) build(look());
    figure.style.width = grid.style.width = `${edge}px`;
    act.marking = covered && marked !== null;
    put(caption, `Pixels from row ${corner[0]}, column ${corner[1]}`);
    cells.forEach(({ show }, n) => show(values[n], { n, side, now, covered, marked: marked?.has(n) }));
  }
  return { figure, draw, box: (n) => cells[n].cell.getBoundingClientRect() };
}

// One pixel: {cell, show(value, {n, side, now, covered, marked})}.
function pixel(n, state, look, act) {
  const number = h("b", {}),
    says = h("span", {});
  const props = {
    class: "pool-pixels-cell",
    role: "slider",
    tabindex: "0",
    "aria-orientation": "vertical",
    "aria-valuemin": "0",
    "aria-valuemax": String(WHITE),
    "data-lm-suppress-shortcuts": "true",
  };
  const cell = h("div", props, number, says);
  const changeTo = (value) => act.change(withOne(look().values, n, value));
  listen(cell, n, state, look, act, changeTo);

  function show(value, { side, now, covered, marked }) {
    number.textContent = value;
    const word = covered ? "" : brief(n, now);
    says.textContent = marked ? "marked" : word;
    Object.assign(cell.style, onGrey(value));
    cell.classList.toggle("pool-pixels-largest", !covered && now.room[n] === 0);
    cell.classList.toggle("pool-pixels-marked", Boolean(marked));
    cell.setAttribute("aria-label", `Pixel in ${where(n, side)}${marked ? ", marked" : ""}`);
    cell.setAttribute("aria-valuenow", value);
    const key = marked ? "Enter takes the mark away" : "Enter marks it";
    cell.setAttribute("aria-valuetext", [value, act.marking ? key : word].filter((one) => one !== "").join(", "));
  }
  return { cell, show };
}

// Up or to the right by one grey for each pixel of the screen, from the value at the press; keys by steps. While pixels
// are to be marked, a press or Enter marks, and nothing drags.
function listen(cell, n, state, look, act, changeTo) {
  const board = { canvas: cell, at: ({ clientX, clientY }) => [clientY, clientX] };
  draggable(board, {
    grab: (at) => (act.marking ? null : { at, value: look().values[n] }),
    move: ([y, x], { at, value }) => changeTo(value + at[0] - y + x - at[1]),
    patient: true,
  });
  cell.addEventListener("click", () => act.marking && act.mark(n));
  for (const [event, held] of Object.entries({ pointerdown: true, pointerup: false, pointercancel: false }))
    cell.addEventListener(event, () => state.set({ held }));
  for (const start of ["focus", "pointerenter"]) cell.addEventListener(start, () => state.set({ active: n }));
  keys(cell, ({ key }) => {
    if (act.marking && (key === "Enter" || key === " ")) return () => act.mark(n);
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 },
      by = { ...steps, Home: -WHITE, End: WHITE }[key];
    return by && (() => !act.marking && changeTo(look().values[n] + by));
  });
}
