// The arithmetic as it is seen: the window's numbers times the filter's weights, their products, and the sum.
import { onGrey } from "../kit/colors.js";
import { h, put, show as word } from "../kit/core.js";
import { numberOf } from "../kit/guess.js";
import { walkable } from "../kit/symbols.js";
import { MOST, SIDE, TAPS } from "./state.js";
import { spoken, weightOf } from "./words.js";

// lights: of symbols.js; weigh(place, weight): a weight is typed; refuse(sentence): why it is none.
// {element, sum: where the sum stands, show({terms, known, grey, cell})}
export function arithmeticView({ lights }, weigh, refuse) {
  const numbers = seen(lights),
    products = seen(lights),
    filter = typed(lights, weigh, refuse),
    sum = h("output", { class: "pool-convolution-sum" });
  const sign = (text) => h("span", { class: "pool-convolution-sign" }, text);
  const element = h(
    "div",
    { class: "pool-convolution-arithmetic", role: "group", "aria-label": "Arithmetic of the output" },
    matrix("Window", numbers.grid),
    sign("×"),
    matrix("Filter: edit", filter.grid),
    sign("="),
    matrix("Products", products.grid),
    h("span", { class: "pool-convolution-total" }, "sum ", sum),
  );

  // terms: of state.taps; sum: of their products; known: whether what comes out is told; grey: whether the window's
  // numbers are pixels; cell: its edges in pixels.
  function show({ terms, sum: all, known, grey, cell }) {
    element.style.setProperty("--cell", `${cell[0]}px`);
    element.style.setProperty("--cell-high", `${cell[1]}px`);
    numbers.show(
      "Window",
      terms.map(({ value }) => word(value)),
      terms.map(({ value }) => (grey ? onGrey(value) : {})),
    );
    filter.show(terms);
    const most = Math.max(...terms.map(({ product }) => Math.abs(product)));
    products.show(
      "Products",
      terms.map(({ product }) => (known ? word(product, grey ? 1 : 2) : "?")),
      terms.map(({ product }) => (known ? signed(product, most) : {})),
    );
    put(sum, known ? word(all) : "?");
  }
  return { element, sum, show };
}

const matrix = (title, grid) =>
  h("div", { class: "pool-convolution-matrix" }, h("span", { "aria-hidden": "true" }, title), grid);

// Nine numbers to look at: {grid, show(title, texts, looks)}; a look: {class, style}.
function seen(lights) {
  const cells = TAPS.map((_, n) => h("span", { class: "pool-cell", ...lights(String(n)) }));
  const grid = h("div", { class: "pool-convolution-grid", role: "img" }, ...cells);
  function show(title, texts, looks) {
    grid.ariaLabel = spoken(title, texts);
    cells.forEach((cell, n) => {
      put(cell, texts[n]);
      fit(cell, texts[n]);
      cell.dataset.sign = looks[n].sign ?? "";
      cell.style.setProperty("--shade", looks[n].shade ?? "0%");
      cell.style.background = looks[n].background ?? "";
      cell.style.color = looks[n].color ?? "";
    });
  }
  return { grid, show };
}

// Nine weights to type: one stop of the Tab key, arrow keys go from one to the next.
function typed(lights, weigh, refuse) {
  const grid = h("div", { class: "pool-convolution-grid", role: "group", "aria-label": "Filter" });
  const cells = TAPS.map((place, n) => weightField(place, lights(String(n)), weigh, refuse));
  grid.append(...cells.map(({ field }) => field));
  const stop = walkable(grid, () => SIDE, caretIsWithin);
  function show(terms) {
    const most = Math.max(...terms.map(({ weight }) => Math.abs(weight)));
    cells.forEach((cell, n) => cell.show(terms[n].weight, signed(terms[n].weight, most)));
    stop();
  }
  return { grid, show };
}

function caretIsWithin({ key, target: { selectionStart: from, selectionEnd: to, value } }) {
  if (!["ArrowLeft", "ArrowRight"].includes(key) || to - from === value.length) return false;
  return key === "ArrowLeft" ? from > 0 : to < value.length;
}

function weightField([row, column], props, weigh, refuse) {
  let now = "";
  const field = h("input", {
    ...props,
    class: "pool-cell",
    type: "text",
    maxlength: 12,
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": `weight, row ${row}, column ${column}`,
    oninput: () => isWeight() && weigh([row, column], numberOf(field.value)),
    onchange: () =>
      isWeight() || refuse(`“${field.value}” is no weight: type a number from −${MOST} to ${MOST}, such as −1 or 1/9.`),
  });
  const isWeight = () => Math.abs(numberOf(field.value)) <= MOST;
  field.addEventListener("focus", () => field.select());
  field.addEventListener("blur", () => (field.value = now));
  // The weight is taken as it is typed; what is none yet waits, and is refused in the end.
  function show(weight, look) {
    now = weightOf(weight);
    if (field !== document.activeElement) field.value = now;
    fit(field, now);
    field.dataset.sign = look.sign;
    field.style.setProperty("--shade", look.shade);
  }
  return { field, show };
}

// Letters become smaller in a long number: a minus sign is wide.
const fit = (cell, text) => cell.style.setProperty("--letters", Math.max(2, text.length + /−/.test(text) / 2));
const signed = (value, most) => ({
  sign: value < 0 ? "minus" : "plus",
  shade: `${Math.round((100 * Math.abs(value)) / (most || 1))}%`,
});
