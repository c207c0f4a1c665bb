// The arithmetic between the two grids, as it is seen: max( ▦ ) = 9. Its numbers can be changed where they stand.
import { onGrey } from "../kit/colors.js";
import { h, put, show as word } from "../kit/core.js";
import { numberOf } from "../kit/guess.js";
import { walkable } from "../kit/symbols.js";

// lights, symbol: of symbols.js; edit(place, value): a number changed; refuse(sentence): why it cannot be.
// {element, show({rows, values, result, at, known, winning, cell})}
export function matrixView({ lights, symbol }, edit, refuse) {
  const grid = h("div", { class: "pool-matrix", role: "group", "aria-label": "Elements under the window" });
  const rule = h("span", { class: "pool-rule" }),
    over = h("span", {}, " / "),
    divisor = symbol("counted", ""),
    value = symbol("output", "");
  const element = h(
    "div",
    { class: "pool-arithmetic", role: "group", "aria-label": "Arithmetic of the output" },
    rule,
    grid,
    h("span", { class: "pool-arithmetic-end" }, over, divisor, h("span", {}, " = "), value),
  );
  let cells = [],
    built = "";
  const caretIsWithin = ({ key, target }) => {
    const { selectionStart: from, selectionEnd: to, value: text } = target;
    if (from === undefined || !["ArrowLeft", "ArrowRight"].includes(key) || to - from === text.length) return false;
    return key === "ArrowLeft" ? from > 0 : to < text.length;
  };
  const stop = walkable(element, () => Number(grid.dataset.across), caretIsWithin);

  function build(rows, isNumbers) {
    const form = `${isNumbers} ${rows.map((row) => row.map(({ kind }) => kind))} ${rows.length}`;
    if (form === built) return;
    built = form;
    cells = rows.flat().map(({ kind }) => cellView(isNumbers && kind === "real", kind, lights, edit, refuse));
    grid.dataset.across = rows[0].length;
    grid.replaceChildren(...cells.map(({ element }) => element));
  }
  function show({ rows, values, result, at, known, winning, cell }) {
    const isNumbers = values.source === "numbers",
      isMax = values.operation === "max",
      n = at[0] * result.columns + at[1];
    build(rows, isNumbers);
    grid.style.setProperty("--across", rows[0].length);
    grid.style.setProperty("--cell", `${cell[0]}px`);
    grid.style.setProperty("--cell-high", `${cell[1]}px`);
    rows.flat().forEach((one, each) => cells[each].show(one, winning.includes(one.key), isNumbers));
    put(rule, isMax ? "max" : "sum");
    over.hidden = divisor.hidden = isMax;
    put(divisor, String(result.counts[n]));
    divisor.ariaLabel = `${result.counts[n]}, the elements that are counted`;
    put(value, known ? word(result.values[n], 3) : "?");
    value.ariaLabel = known ? `${value.textContent}, output ${at.join(", ")}` : "the output, covered";
    stop();
  }
  return { element, show };
}

// One cell: {element, show(cell of arithmetic.js, whether it wins, isNumbers)}.
function cellView(editable, kind, lights, edit, refuse) {
  let now = null;
  const props = { class: `pool-cell pool-cell-${kind}`, ...(kind === "gap" ? { "data-gap": "" } : lights("")) };
  const element = editable
    ? h("input", { ...props, type: "text", maxlength: 24, autocomplete: "off", spellcheck: "false", oninput, onchange })
    : h("span", { ...props, role: "note", tabindex: "-1" });
  if (editable) {
    element.addEventListener("focus", () => element.select());
    element.addEventListener("blur", () => (element.value = now.text));
  }
  // The number is taken as it is typed; what is none yet waits, and is refused in the end.
  function oninput() {
    const value = numberOf(element.value);
    if (value !== undefined) edit([now.row, now.column], value);
  }
  function onchange() {
    if (numberOf(element.value) === undefined)
      refuse(`“${element.value}” is no number: type one such as 3, −2 or 0.75; nan, inf and −inf are numbers here.`);
  }

  function show(cell, wins, isNumbers) {
    now = cell;
    element.dataset.lit = cell.key;
    if (editable && element !== document.activeElement) element.value = cell.text;
    if (!editable) put(element, cell.text);
    const name = `${cell.name ?? "more of the window"}${wins ? ", the maximum" : ""}`;
    element.ariaLabel = editable || cell.kind !== "real" ? name : `${name}: ${cell.text}`;
    element.style.setProperty("--letters", Math.max(2, cell.text.length + /[−∞]/.test(cell.text) / 2)); // wide signs
    element.classList.toggle("pool-wins", wins);
    if (cell.kind !== "real" || isNumbers) return;
    Object.assign(element.style, onGrey(cell.value));
  }
  return { element, show };
}
