// The window's pixels, large: each a slider that the pointer drags up and down and the keys move.
import { put, h } from "../kit/core.js";
import { keys } from "../kit/pointer.js";
import { WHITE, withOne } from "./state.js";
import { brief, full, where } from "./words.js";

// {figure, draw()}; change(values) gives the window's pixels these values.
export function zoom(state, look, change) {
  const grid = h("div", { class: "pool-pixels-grid", role: "group", "aria-label": "Pixels under the window" });
  const caption = h("figcaption", { "aria-live": "polite" }); // says where the window has moved
  const pointed = h("p", { class: "pool-pointed" });
  const figure = h("figure", { class: "pool-pixels-zoom" }, caption, grid, pointed);
  let cells = [];

  function build({ side, values }) {
    cells = values.map((_, n) => pixel(n, state, look, change));
    grid.style.setProperty("--side", side);
    grid.replaceChildren(...cells.map(({ cell }) => cell));
  }

  function draw() {
    const { side, corner, values, now } = look();
    if (cells.length !== values.length) build(look());
    put(caption, `Pixels from row ${corner[0]}, column ${corner[1]}`);
    cells.forEach(({ show }, n) => show(values[n], n, now, side));
    const active = state.get("active"),
      place = where(active, side);
    const mean = `+1 moves the mean by 1/${values.length}.`;
    pointed.textContent = `${place[0].toUpperCase()}${place.slice(1)}: ${full(active, now)}. ${mean}`;
  }
  return { figure, draw };
}

// One pixel: {cell, show(value, n, effects, side)}.
function pixel(n, state, look, change) {
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
  const changeTo = (value) => change(withOne(look().values, n, value));
  dragged(cell, () => look().values[n], changeTo);
  for (const start of ["focus", "pointerenter"]) cell.addEventListener(start, () => state.set({ active: n }));
  keys(cell, ({ key }) => {
    const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 },
      by = { ...steps, Home: -WHITE, End: WHITE }[key];
    return by && (() => changeTo(look().values[n] + by));
  });

  function show(value, place, now, side) {
    number.textContent = value;
    says.textContent = brief(place, now);
    cell.style.background = `rgb(${value}, ${value}, ${value})`;
    cell.style.color = `var(--pool-on-${value > 117 ? "light" : "dark"})`; // at least 4.5 to 1 on every grey
    cell.classList.toggle("pool-pixels-largest", now.room[place] === 0);
    cell.setAttribute("aria-label", `Pixel in ${where(place, side)}`);
    cell.setAttribute("aria-valuenow", value);
    cell.setAttribute("aria-valuetext", `${value}: ${full(place, now)}`);
  }
  return { cell, show };
}

// Up and down by one grey for each pixel of the screen, from the value at the press.
function dragged(cell, value, changeTo) {
  let held = null;
  cell.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    held = { y: event.clientY, value: value() };
    cell.setPointerCapture(event.pointerId);
    cell.focus();
    event.preventDefault(); // no text is selected by the drag
  });
  cell.addEventListener("pointermove", (event) => {
    if (held) changeTo(held.value + held.y - event.clientY);
  });
  for (const end of ["pointerup", "pointercancel"]) cell.addEventListener(end, () => (held = null));
}
