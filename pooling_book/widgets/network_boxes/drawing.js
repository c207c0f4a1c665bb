// The row of boxes and the table of totals, made anew from the state.
import { h } from "../kit/core.js";
import { counted, isChoosable } from "./state.js";
import { brief, settingsOf, spoken, square, table, titleOf, whole } from "./words.js";

export function drawRow(row, values) {
  const { networks, network, items, size, selected } = values,
    { rows, head } = counted(values),
    all = [...rows, ...head];
  const most = (key) => Math.max(...all.map((one) => one[key])),
    largest = { multiplyAdds: most("multiplyAdds"), activations: most("activations") };
  const boxes = items.map((item, at) => {
    const cost = rows[at],
      { side, channels, field } = cost;
    const said = [
      titleOf(item),
      settingsOf(item, cost.folded),
      `${square(side)} × ${whole(channels)}`,
      `sees ${whole(field.size)}`,
    ];
    return itemBox(item, at, at === selected, isChoosable(item, network), inside(said, cost, largest));
  });
  const image = inside(["image", "", `${square(size)} × ${networks[network].channels}`, ""], null, largest);
  const ends = head.map((one) => inside([one.name, "", whole(one.numbers), ""], one, largest));
  const held = row.contains(row.getRootNode().activeElement);
  row.replaceChildren(plainBox({}, image), ...boxes, ...ends.map((end) => plainBox({ "data-head": "true" }, end)));
  if (held) row.querySelector("[aria-pressed=true]")?.focus({ preventScroll: true });
}

const plainBox = (more, parts) => h("li", { class: "pool-architecture-box", ...more }, ...parts);

function itemBox({ kind }, at, pressed, choosable, parts) {
  if (!choosable) return plainBox({}, parts);
  const isPool = kind === "pool";
  const held = h(
    "button",
    {
      type: "button",
      "data-at": at,
      "data-pool": isPool ? "true" : null,
      "aria-pressed": String(pressed),
      class: "pool-architecture-choose",
    },
    ...parts,
  );
  return h("li", { class: `pool-architecture-box${isPool ? " pool-architecture-pool" : ""}` }, held);
}

// What stands in a box: its words and, where it costs anything, bars against the largest of the row.
function inside([title, settings, shape, sees], cost, largest) {
  const bar = (kind, value, most) =>
    h(
      "span",
      { class: `pool-architecture-bar pool-architecture-${kind}` },
      h("i", { style: `width:${(100 * value) / (most || 1)}%` }),
      h("b", {}, brief(value)),
    );
  const bars = cost
    ? [bar("work", cost.multiplyAdds, largest.multiplyAdds), bar("kept", cost.activations, largest.activations)]
    : [];
  const said = cost
    ? `; ${spoken(cost.multiplyAdds)} multiply-adds, ${spoken(cost.activations)} activations, ` +
      `${spoken(cost.parameters)} parameters`
    : "";
  return [
    h("strong", {}, title),
    h("span", {}, settings),
    h("span", { class: "pool-architecture-shape" }, shape),
    h("span", {}, sees),
    h("span", {}, cost?.parameters ? `${brief(cost.parameters)} params` : ""),
    h("span", { class: "pool-architecture-bars", "aria-hidden": "true" }, ...bars),
    h("span", { class: "pool-unseen" }, said),
  ];
}

export function drawTable(element, values) {
  const { columns, lines } = table(values);
  const line = ([name, cells]) =>
    h("tr", {}, h("th", { scope: "row" }, name), ...cells.map(({ text, title }) => h("td", { title }, text)));
  element.replaceChildren(
    h("thead", {}, h("tr", {}, h("td", {}), ...columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...lines.map(line)),
  );
}
