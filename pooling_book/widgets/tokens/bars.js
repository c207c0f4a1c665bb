// The tokens as bars, each a slider: up and down is its number, sideways its place; and the padding.
import { h, put, show } from "../kit/core.js";
import { moving } from "../kit/motion.js";
import { draggable, keys } from "../kit/pointer.js";
import { HIGHEST } from "./state.js";
import { nameOf, padName, percent, spokenOf } from "./words.js";

const SLIP = 5; // pixels until it is clear where a drag goes
const CLOSE = 1.6; // so near to each other the names of two lines would meet

// {element, draw({values, look, covered, active})}
export function bars(state, act) {
  const row = h("div", { class: "pool-tokens-row", role: "group", "aria-label": "Tokens, as bars" });
  const lines = { max: line("max"), mean: line("mean") };
  const scale = h("div", { class: "pool-tokens-lines", "aria-hidden": "true" }, lines.max, lines.mean);
  const name = h("span", { class: "pool-tokens-name-of-weights", "aria-hidden": "true" }, "weight");
  const element = h("div", { class: "pool-tokens-bars" }, scale, row, name);
  const marks = moving(state.redraw);
  let cells = [];

  const reach = { cells: () => cells, state, act };
  function build({ tokens, pads, side }) {
    while (cells.length < tokens.length) cells.push(token(cells.length, reach));
    cells = cells.slice(0, tokens.length);
    const padding = Array.from({ length: pads }, pad);
    const all = cells.map((one) => one.element);
    row.replaceChildren(...(side === "right" ? [...all, ...padding] : [...padding, ...all]));
    row.dataset.shape = shapeOf({ tokens, pads, side });
  }

  function draw({ values, look, covered, active }) {
    if (row.dataset.shape !== shapeOf(values)) keeping(row, () => build(values));
    row.style.setProperty("--count", values.tokens.length + values.pads);
    row.classList.toggle("pool-tokens-many", values.tokens.length + values.pads > 7);
    cells.forEach((one, n) => one.show(values.tokens[n], { of: cells.length, look, covered, isActive: n === active }));
    for (const one of row.querySelectorAll(".pool-tokens-pad")) showPad(one, values, look, covered);
    drawLines(look, covered);
  }
  function drawLines({ answers }, covered) {
    const seen = !covered && answers.max !== null;
    scale.hidden = !seen;
    if (!seen) return;
    marks.send([answers.max[0], answers.mean[0]], false);
    const [max, mean] = marks.now();
    for (const [name, at] of Object.entries({ max, mean })) lines[name].style.bottom = percentOf(at);
    scale.classList.toggle("pool-tokens-close", Math.abs(max - mean) < CLOSE);
  }
  return { element, draw };
}

const shapeOf = ({ tokens, pads, side }) => `${tokens.length} ${pads} ${side}`;
// How high a number stands between the lowest and the highest.
export const percentOf = (value) => `${(100 * (value + HIGHEST)) / (2 * HIGHEST)}%`;
const line = (name) => h("div", { class: `pool-tokens-line pool-tokens-${name}` }, h("span", {}, name));

// Children may be put anew without what is in focus losing it.
function keeping(row, build) {
  const on = row.contains(document.activeElement) ? document.activeElement : null;
  build();
  if (on && row.contains(on)) on.focus({ preventScroll: true });
}

function pad() {
  const weight = h("i", {});
  return h(
    "div",
    { class: "pool-tokens-cell pool-tokens-pad", role: "img" },
    h("div", { class: "pool-tokens-area" }, h("b", {})),
    h("span", { class: "pool-tokens-word", "aria-hidden": "true" }, "PAD"),
    h("div", { class: "pool-tokens-weight" }, weight),
  );
}
function showPad(element, { masked }, { weights }, covered) {
  element.classList.toggle("pool-tokens-out", masked);
  element.setAttribute("aria-label", padName(masked));
  put(element.querySelector("b"), masked ? "–" : "0");
  weigh(element, covered ? null : weights.pad);
}

// The thin bar of attention's weight below a token.
function weigh(element, weight) {
  element.querySelector("i").style.height = weight === null ? "0" : `${100 * weight}%`;
  element.querySelector(".pool-tokens-weight").title = weight === null ? "" : `weight ${percent(weight)}`;
}

// One token: {element, show(token, {of, look, covered, isActive})}.
function token(n, reach) {
  const number = h("b", {}),
    bar = h("div", { class: "pool-tokens-bar" }, number),
    area = h("div", { class: "pool-tokens-area" }, h("div", { class: "pool-tokens-scale" }, bar)),
    word = h("span", { class: "pool-tokens-word" });
  const element = h(
    "div",
    {
      class: "pool-tokens-cell pool-tokens-token",
      role: "slider",
      "aria-orientation": "vertical",
      "aria-valuemin": String(-HIGHEST),
      "aria-valuemax": String(HIGHEST),
      "data-lm-suppress-shortcuts": "true",
      onfocus: () => reach.act.choose(n),
    },
    area,
    word,
    h("div", { class: "pool-tokens-weight" }, h("i", {})),
  );
  dragged(element, area.firstChild, n, reach);
  keyed(element, n, reach);

  function show_(one, { of, look, covered, isActive }) {
    const [text, value, here] = one,
      weight = covered ? null : look.weights.tokens[n];
    put(number, show(value));
    put(word, text);
    bar.style.bottom = percentOf(Math.min(0, value));
    bar.style.height = `${(100 * Math.abs(value)) / (2 * HIGHEST)}%`;
    bar.classList.toggle("pool-tokens-below", value < 0);
    element.classList.toggle("pool-tokens-dropped", !here);
    element.classList.toggle("pool-tokens-active", isActive);
    element.tabIndex = isActive ? 0 : -1;
    element.setAttribute("aria-label", nameOf(one, n, of));
    element.setAttribute("aria-valuenow", value);
    element.setAttribute("aria-valuetext", spokenOf(one, weight));
    weigh(element, weight);
  }
  return { element, show: show_ };
}

// The mouse and the finger: up and down the number, sideways the place; what begins one way goes on that way.
function dragged(element, scale, n, { cells, state, act }) {
  const board = { canvas: element, at: ({ clientX, clientY }) => [clientY, clientX] };
  const unit = () => scale.getBoundingClientRect().height / (2 * HIGHEST);
  function sideways(across, held) {
    const to = Math.max(0, Math.min(held.from + Math.round(across / held.wide), cells().length - 1));
    if (to === held.n) return;
    act.move(held.n, to);
    held.n = to;
    cells()[to].element.focus({ preventScroll: true });
  }
  draggable(board, {
    grab: (at) => ({
      at,
      value: state.get("tokens")[n][1],
      from: n,
      n,
      way: null,
      wide: element.getBoundingClientRect().width,
    }),
    move([y, x], held) {
      const up = held.at[0] - y,
        across = x - held.at[1];
      if (!held.way && Math.max(Math.abs(up), Math.abs(across)) > SLIP)
        held.way = Math.abs(across) > Math.abs(up) ? "sideways" : "up";
      if (held.way === "up") act.change(held.n, held.value + up / unit());
      if (held.way === "sideways") sideways(across, held);
    },
    patient: true,
  });
}

function keyed(element, n, { cells, state, act }) {
  const go = (to) => cells()[to]?.element.focus();
  keys(element, ({ key, shiftKey }) => {
    const value = state.get("tokens")[n][1],
      values = { ArrowUp: value + 1, ArrowDown: value - 1, PageUp: value + 3, PageDown: value - 3 };
    const wanted = { ...values, Home: -HIGHEST, End: HIGHEST }[key],
      by = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (wanted !== undefined) return () => act.change(n, wanted);
    if (key === "Delete" || key === "Backspace") return () => act.drop(n);
    if (!by) return null;
    return () => {
      if (shiftKey) act.move(n, n + by);
      go(n + by);
    };
  });
}
