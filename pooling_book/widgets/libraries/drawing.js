// Grids of numbers and groups of libraries with their calls, as elements.
import { show, h, inline } from "../kit/core.js";
import { differing, sameSize } from "./state.js";
import { against, sizeOf, titleOfAgreeing, titleOfCalls, titleOfDiffering, titleOfRefusing } from "./words.js";

const WIDE = 4; // columns; a grid with more has smaller numbers

// A table of numbers; `marked` are the places [row, column] that differ.
export function grid(values, caption, marked = []) {
  const isMarked = (i, j) => marked.some(([row, column]) => row === i && column === j);
  const cell = (value, differs) =>
    differs
      ? h("td", { class: "pool-libraries-other" }, show(value), h("span", { class: "pool-unseen" }, " differs"))
      : h("td", {}, show(value));
  const rows = values.map((row, i) => h("tr", {}, ...row.map((value, j) => cell(value, isMarked(i, j)))));
  const table = h("table", {}, h("caption", {}, caption), h("tbody", {}, ...rows));
  const wide = values[0].length > WIDE ? " pool-libraries-wide" : "";
  return h("div", { class: `pool-libraries-grid${wide}` }, table);
}

// Every group: who agrees with pooling_lib, who gives other numbers, who refuses. The calls of the first can be folded.
export const groups = ({ ours, agree, refuse, others }, unfolded, fold) => [
  group(
    titleOfAgreeing(agree),
    grid(ours, `Output, ${sizeOf(ours)}`),
    h(
      "details",
      { class: "pool-more pool-libraries-calls", open: unfolded, ontoggle: ({ target }) => fold(target.open) },
      h("summary", {}, titleOfCalls(agree)),
      list(agree),
    ),
  ),
  ...others.map((one) => differingGroup(one, ours)),
  ...(refuse.length ? [group(titleOfRefusing(refuse), list(refuse))] : []),
];

const group = (title, ...parts) =>
  h(
    "section",
    { class: "pool-libraries-group", "aria-label": title },
    h("p", { class: "pool-libraries-title" }, title),
    ...parts,
  );

// A reason that all of the group share is said once.
function differingGroup({ values, who, why: shared }, ours) {
  const marked = sameSize(values, ours) ? differing(values, ours) : [];
  const said = h(
    "li",
    {},
    `${against(values, ours)} `,
    shared ? h("span", { class: "pool-libraries-shared" }, ...inline(shared)) : null,
  );
  const lines = who.map(([name, { call, ...more }]) => line([name, shared ? { call } : { call, ...more }]));
  return group(
    titleOfDiffering(who),
    grid(values, `Output, ${sizeOf(values)}`, marked),
    h("ul", { class: "pool-libraries-list" }, said, ...lines),
  );
}

const list = (members) => h("ul", { class: "pool-libraries-list" }, ...members.map(line));

function line([name, { call, why, error }]) {
  const reason = why && [...(error ? [h("code", {}, error), " "] : []), ...inline(why)];
  return h(
    "li",
    {},
    h("b", {}, name),
    h("code", {}, call),
    reason ? h("span", { class: "pool-libraries-why" }, ...reason) : null,
  );
}
