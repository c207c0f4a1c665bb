// The network that is shown, and how it can change: no page, no drawing. What it costs is counted in tally.js.
import { clamp } from "../kit/core.js";
import { isEither, isList, isOneOf, isRecord, isWhole } from "../kit/settings.js";
import { withTasks } from "../kit/tasks.js";
import { tally } from "./tally.js";

export const MOST_BOXES = 40;
export const FILTERS = [4, 8, 16, 32, 64, 128, 256];
export const HOW = ["max", "average", "strided", "trained"];
export const HEADS = ["flatten", "global"];
export const OWN = "one of your own"; // the network whose convolutions come and go, too

const isNetwork = (value, { networks }) => typeof value === "string" && Object.hasOwn(networks, value);
const isPool = isRecord({
  kind: isOneOf("pool"),
  how: isOneOf(...HOW),
  window: isWhole(1, 9),
  stride: isWhole(1, 9),
  padding: isEither(isOneOf("valid", "same"), isWhole(0, 8)),
});
// A convolution as the reader adds it.
const isConvolution = isRecord({
  kind: isOneOf("conv"),
  name: (value) => typeof value === "string" && /^conv \d{1,4}$/.test(value),
  filters: isOneOf(...FILTERS),
  window: isOneOf(3),
  stride: isOneOf(1),
  padding: isOneOf("same"),
  groups: isOneOf(1),
  seen: isList(() => false, 0, 0),
  bias: isOneOf(true),
  norm: isOneOf(false),
});
const isIn = (boxes, box) => boxes.some((one) => alike(one, box));
const alike = (one, other) =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([key, value]) => JSON.stringify(value) === JSON.stringify(other[key]));
// Other boxes than these are the network's own or the author's: no address brings any.
const isBox = (value, { networks, network, items }) =>
  isPool(value) || (network === OWN && isConvolution(value)) || isIn([...networks[network].items, ...items], value);

const MOST_AFTER = 3; // boxes after the last map

// selected: the box that is looked at: one of the items, one after them, or -1, the image.
export const settings = withTasks({
  network: isNetwork,
  items: isList(isBox, 1, MOST_BOXES),
  size: (value, { networks, network }) => isWhole(1, largest(networks[network]))(value),
  head: isOneOf(...HEADS),
  selected: isWhole(-1, MOST_BOXES + MOST_AFTER - 1),
});

// What a network's costs follow from, and which box is chosen.
export const READ = ["networks", "network", "items", "size", "head", "selected"];

// Whether every box fits, none is another network's, and the chosen one is there.
export function agree({ networks, network, items, size, head, selected }) {
  const { [network]: given, ...others } = networks;
  const strange = (item) =>
    item.kind !== "pool" && !isIn(given.items, item) && Object.values(others).some((other) => isIn(other.items, item));
  const { error, rows, head: after } = tally(given, items, size, head);
  return !error && !items.some(strange) && selected < rows.length + after.length;
}

// Whether a box may be taken out: a pool anywhere, a convolution where it is the reader's own.
export const isLoose = (item, network) => item?.kind === "pool" || (item !== undefined && network === OWN);
export const counted = ({ networks, network, items, size, head }) => tally(networks[network], items, size, head);

// What is compared of two networks: the five columns of the table.
export const MEASURES = {
  params: ({ totals }) => totals.parameters,
  work: ({ totals }) => totals.multiplyAdds,
  memory: ({ totals }) => totals.activations,
  map: ({ last }) => last.side,
  sees: ({ last }) => last.field.size,
};
// The three of them that are told for each box, too, as tally.js names them.
export const COUNTS = { params: "parameters", work: "multiplyAdds", memory: "activations" };

// Whether the state is still the one that the last change led to; Python and a fresh start change it, too.
export const isStill = ({ after }, values) =>
  ["network", "items", "size", "head"].every((key) => JSON.stringify(after[key]) === JSON.stringify(values[key]));

// The network as it was published.
export const published = ({ networks, network }) => ({ networks, network, ...networks[network] });

// A network to begin with: its boxes, and its first pool chosen.
export const begun = (networks, network) => {
  const { items, size, head } = networks[network];
  return { network, items, size, head, selected: items.findIndex(({ kind }) => kind === "pool") };
};

// Sides of the image from the least to the largest that the slider goes to.
const largest = ({ size }) => 2 * size;
export function sizes(values) {
  const given = values.networks[values.network];
  return [Math.max(least(values), Math.min(16, given.size, values.size)), largest(given)];
}

// The least image that fits. A larger image has no smaller map.
export function least(values) {
  let none = 0,
    fits = values.size;
  while (fits - none > 1) {
    const between = Math.floor((none + fits) / 2);
    if (counted({ ...values, size: between }).error) none = between;
    else fits = between;
  }
  return fits;
}

// How many changes lead from the published network to this one: boxes moved, changed, come or gone, the size, the head.
export function edits(values) {
  const was = published(values),
    words = ({ items }) => items.map((item) => JSON.stringify(item));
  const [before, after] = [words(was), words(values)];
  const of = Math.max(before.length, after.length) - common(before, after);
  return of + (was.size !== values.size) + (was.head !== values.head);
}

// How many elements two lists have in the same order.
function common(one, other) {
  let row = Array(other.length + 1).fill(0);
  for (const each of one) {
    const next = [0];
    other.forEach((that, n) => next.push(each === that ? row[n] + 1 : Math.max(row[n + 1], next[n])));
    row = next;
  }
  return row.at(-1);
}

// ---- Changes of the boxes, as settings ----

export function moved({ items }, from, to) {
  const others = items.filter((_, n) => n !== from),
    selected = clamp(to, 0, others.length);
  return { items: others.toSpliced(selected, 0, items[from]), selected };
}

// Then the pool nearest to the gap is chosen.
export function removed({ items }, at) {
  const left = items.filter((_, n) => n !== at);
  const pools = left.flatMap(({ kind }, n) => (kind === "pool" ? [n] : []));
  const selected = pools.length ? pools.reduce((a, b) => (Math.abs(b - at) < Math.abs(a - at) ? b : a)) : -1;
  return { items: left, selected };
}

export const inserted = ({ items }, at, item) => ({ items: items.toSpliced(at, 0, item), selected: at });

export function altered({ items, selected }, changes) {
  const item = { ...items[selected], ...changes };
  if (item.how === "trained") Object.assign(item, { window: 2, stride: 2, padding: "valid" });
  return { items: items.with(selected, item) };
}

// A pool and a convolution as they are added; the convolution is numbered on.
export const newPool = () => ({ kind: "pool", how: "max", window: 2, stride: 2, padding: "valid" });
export function newConvolution({ items }) {
  const used = items.filter(({ kind }) => kind === "conv").map(({ name }) => Number(name.split(" ")[1]));
  return {
    kind: "conv",
    name: `conv ${Math.max(0, ...used) + 1}`,
    filters: 32,
    window: 3,
    stride: 1,
    padding: "same",
    groups: 1,
    seen: [],
    bias: true,
    norm: false,
  };
}
