// The strip of boxes, each a column with its map and its bars, and the table of totals.
import { h, put } from "../kit/core.js";
import { COUNTS, counted } from "./state.js";
import { boxAt, brief, short, spelled, table } from "./words.js";

const BARS = { params: "Parameters", work: "Multiply-adds", memory: "Activations" };
const LEAST = 3; // percent: what is there is seen
const MANY = 26; // columns: more have no room for names on a phone

// {element, row: what holds the columns, draw(values, how), focus(at)}. The columns stay the same elements, so that
// what changes is seen to glide, one box after the other.
// how: {numbers, sizes: whether they are hidden; marks: {name of a box: [sign, word]}; still: whether nothing glides}
export function strip() {
  const row = h("div", { class: "pool-architecture-row", role: "group", "aria-label": "The network, box by box" });
  const labels = [null, "map", ...Object.keys(BARS)].map(() => h("span", {}));
  const lanes = h("div", { class: "pool-architecture-lanes", "aria-hidden": "true" }, ...labels);
  const element = h("div", { class: "pool-architecture-strip" }, lanes, row);
  let columns = []; // {item, button, show()}

  function draw(values, how) {
    const costs = counted(values),
      all = [...costs.rows, ...costs.head];
    const items = [values.network, ...values.items, ...costs.head.map((_, n) => n)];
    columns = matched(columns, items);
    const held = row.contains(row.getRootNode().activeElement);
    place(
      row,
      columns.map(({ button }) => button),
    );
    const most = Object.fromEntries(
      Object.values(COUNTS).map((key) => [key, Math.max(1, ...all.map((one) => one[key]))]),
    );
    const widest = Math.max(...costs.rows.map(({ channels }) => channels), costs.inputs);
    const sides = [values.size, ...costs.rows.map(({ side }) => side), ...costs.head.map(() => 1)];
    const channels = [
      values.networks[values.network].channels,
      ...costs.rows.map((one) => one.channels),
      ...costs.head.map(({ numbers }) => numbers),
    ];
    columns.forEach((column, n) => {
      const shape = [log(sides[n], Math.max(...sides)), log(channels[n], widest)];
      column.show({ ...how, values, costs, at: n - 1, of: columns.length - 1, shape, most });
    });
    element.classList.toggle("pool-architecture-still", how.still);
    element.classList.toggle("pool-architecture-many", columns.length > MANY);
    named(values, costs, most, how);
    if (held) focus(values.selected);
  }
  function named(values, { last }, most, { numbers, sizes }) {
    put(labels[1], sizes ? "Map: covered" : `Map: side ${values.size} to ${last.side}; its width: channels`);
    Object.entries(BARS).forEach(([name, word], n) =>
      put(labels[n + 2], numbers ? `${word}: covered` : `${word}: the most is ${brief(most[COUNTS[name]])}`),
    );
  }
  const focus = (at) => columns[at + 1]?.button.focus({ preventScroll: true });
  return { element, row, draw, focus };
}

// Percent of a lane: equal steps for equal factors.
const log = (value, most) => Math.max(10, (100 * Math.log2(value + 1)) / Math.log2(most + 1));

// A column for each item: the one that it had, where it is the same or stands where another stood.
function matched(columns, items) {
  const left = new Map(columns.map((one) => [one.item, one]));
  const fresh = new Set(items);
  return items.map((item, n) => {
    const one = left.get(item) ?? (columns[n] && !fresh.has(columns[n].item) ? columns[n] : column());
    left.delete(item);
    one.item = item;
    return one;
  });
}

// Only what comes, goes or moves is touched: what leaves the page for a moment does not glide.
function place(row, elements) {
  for (const one of [...row.children]) if (!elements.includes(one)) one.remove();
  elements.forEach((one, n) => {
    if (row.children[n] !== one) row.insertBefore(one, row.children[n] ?? null);
  });
}

function column() {
  const cell = (name) => h("span", { class: `pool-architecture-${name}` });
  const mark = cell("mark"),
    name = cell("name"),
    said = h("span", { class: "pool-unseen" });
  const map = h("i", {}),
    bars = Object.keys(BARS).map(() => h("i", {}));
  const lane = (one) => h("span", { class: "pool-architecture-lane", "aria-hidden": "true" }, one);
  const button = h(
    "button",
    { type: "button", class: "pool-architecture-box" },
    h("span", { class: "pool-architecture-top", "aria-hidden": "true" }, mark, name),
    lane(map),
    ...bars.map(lane),
    said,
  );
  function show({ values, costs, at, of, shape, most, numbers, sizes, marks }) {
    const item = values.items[at],
      box = boxAt(values, costs, at),
      pressed = at === values.selected;
    const [sign, word] = marks[at + 1] ?? ["", ""];
    put(mark, sign);
    put(name, short(box.title));
    put(said, `${spelled(box, at, of, numbers || sizes)}${word && `, ${word}`}`);
    button.dataset.at = at;
    button.dataset.kind = item ? (item.kind === "pool" ? "pool" : "layer") : at < 0 ? "image" : "head";
    button.title = numbers || sizes ? box.title : `${box.title}: ${box.out}`;
    button.tabIndex = pressed ? 0 : -1;
    button.setAttribute("aria-pressed", String(pressed));
    button.style.setProperty("--at", of ? (at + 1) / of : 0);
    map.style.height = `${sizes ? 0 : shape[0]}%`;
    map.style.width = `${shape[1]}%`;
    bars.forEach((bar, n) => (bar.style.height = `${numbers ? 0 : part(box.cost, Object.values(COUNTS)[n], most)}%`));
  }
  return { item: null, button, show };
}

function part(cost, count, most) {
  const value = cost?.[count] ?? 0;
  return value ? Math.max(LEAST, (100 * value) / most[count]) : 0;
}

export function drawTable(element, values, hidden) {
  const { columns, lines } = table(values, hidden);
  const line = ([name, cells]) =>
    h("tr", {}, h("th", { scope: "row" }, name), ...cells.map(({ text, title }) => h("td", { title }, text)));
  element.replaceChildren(
    h("thead", {}, h("tr", {}, h("td", {}), ...columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, ...lines.map(line)),
  );
}
