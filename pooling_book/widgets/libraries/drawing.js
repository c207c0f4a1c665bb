// Grids of numbers, the list of the libraries, and one library's call and answer in full, as elements.
import { show, h, inline, put } from "../kit/core.js";
import { button } from "../kit/controls.js";
import { differing, sameSize } from "./state.js";
import { captionOf, program, signOf, standingOf, verdictOf } from "./words.js";

// A table of numbers; `marked` are the places [row, column] that differ.
export function grid(values, caption, marked = []) {
  const isMarked = (i, j) => marked.some(([row, column]) => row === i && column === j);
  const cell = (value, differs) =>
    differs
      ? h("td", { class: "pool-libraries-other" }, show(value), h("span", { class: "pool-unseen" }, " differs"))
      : h("td", {}, show(value));
  const rows = values.map((row, i) => h("tr", {}, ...row.map((value, j) => cell(value, isMarked(i, j)))));
  return h("table", { class: "pool-libraries-grid" }, h("caption", {}, caption), h("tbody", {}, ...rows));
}

// A button for each library: {element, show(one, pressed, covered, marks)}; press(name). `one` is a case in groups,
// pressed(name) whether that is chosen or marked, marks what became of a guess, by name.
export function listOf(names, press) {
  const all = names.map((name) => {
    const sign = h("b", {}),
      mark = h("span", { class: "pool-libraries-mark" });
    return { name, sign, mark, element: button("", () => press(name), { class: "pool-button pool-libraries-one" }) };
  });
  for (const { name, sign, mark, element } of all) element.append(sign, h("span", {}, name), mark);
  const element = h("div", { class: "pool-libraries-list", role: "group", "aria-label": "Libraries" });
  element.append(...all.map((each) => each.element));
  function show(one, pressed, covered, marks) {
    for (const { name, sign, mark, element } of all) {
      put(sign, covered ? "?" : signOf(name, one));
      const [judged, words] = (!covered && MARKED[marks[name]]) || ["", null];
      put(mark, judged);
      const said = [name, covered ? "covered" : standingOf(one.of[name]), ...(words ? [words] : [])];
      element.setAttribute("aria-label", said.join(", "));
      element.setAttribute("aria-pressed", String(pressed(name)));
      element.dataset.stands = covered ? "" : signOf(name, one)[0];
    }
  }
  return { element, show };
}
const MARKED = {
  right: ["✓", "rightly marked"],
  wrong: ["✗", "wrongly marked"],
  missed: ["!", "not marked, but it belongs there"],
};

// One library's call, how its numbers stand to pooling_lib's, and the numbers beside the input, which a phone folds:
// {element, show(name, one, input, covered, unfolded, before)}; where the answer is covered, only what is asked is
// seen, and no program.
export function inFull(fold) {
  const call = h("p", { class: "pool-libraries-call" }),
    why = h("p", { class: "pool-libraries-why" }),
    numbers = h("div", { class: "pool-libraries-numbers" });
  const lines = h("code", {}),
    whole = h("details", { class: "pool-libraries-program" }, h("summary", {}, "As a program"), h("pre", {}, lines));
  const more = button("", fold, { class: "pool-button pool-libraries-fold" });
  const element = h(
    "div",
    { class: "pool-libraries-answer", role: "group", "aria-label": "Call and answer" },
    call,
    h("div", { class: "pool-libraries-body" }, why, more, numbers),
    whole,
  );
  function show(name, one, input, covered, unfolded, before) {
    const { call: text, values, why: reason, error } = one.of[name],
      shown = values ?? one.ours,
      marked = values && sameSize(values, one.ours) ? differing(values, one.ours) : [];
    const said = [verdictOf(name, one), error ? h("code", {}, error) : "", error ? " " : "", ...inline(reason ?? "")];
    call.replaceChildren(h("b", {}, name), " ", h("code", {}, text));
    why.replaceChildren(...(covered ? [] : said));
    whole.hidden = covered;
    put(lines, covered ? "" : program(before, text, input));
    put(more, unfolded ? "▾ Numbers" : "▸ Numbers");
    more.setAttribute("aria-expanded", String(unfolded));
    numbers.classList.toggle("pool-libraries-folded", !unfolded);
    const answer = covered ? [] : [grid(shown, captionOf(one.of[name], shown), marked)];
    numbers.replaceChildren(grid(input, "Input x"), ...answer);
  }
  return { element, show };
}
