// What the network boxes say: names of boxes, numbers as words, and what a change did.
import { OWN, counted, published } from "./state.js";

// ---- Numbers ----

export const whole = (number) => number.toLocaleString("en-GB");
export const square = (side) => `${side} × ${side}`;
export const factor = (now, before) => (now === before ? "same" : `× ${Number((now / before).toPrecision(3))}`);

// A number in the largest of these units that it fills; below `least` in full.
const scaled = (units, least) => (number) => {
  const unit = number >= least && units.find(([size]) => number >= size);
  return unit ? `${(number / unit[0]).toFixed(2)} ${unit[1]}` : whole(number);
};
const [BILLION, MILLION, THOUSAND] = [1e9, 1e6, 1e3];
export const spoken = scaled(
  [
    [BILLION, "billion"],
    [MILLION, "million"],
  ],
  MILLION,
);
export const brief = scaled(
  [
    [BILLION, "G"],
    [MILLION, "M"],
    [THOUSAND, "k"],
  ],
  10 * THOUSAND,
);
const bytes = scaled(
  [
    [MILLION, "MB"],
    [THOUSAND, "kB"],
  ],
  THOUSAND,
);
export const megabytes = (activations) => bytes(4 * activations);

// ---- Boxes ----

export function titleOf(item) {
  if (item.kind !== "pool") return item.name;
  if (item.how === "strided") return `stride ${item.stride}`;
  return item.how === "trained" ? "trained pool" : `${item.how} pool`;
}

export function settingsOf(item, folded) {
  if (item.kind === "stage") return `${item.blocks} blocks${item.stride > 1 ? `, stride ${item.stride}` : ""}`;
  if (item.kind === "separable") return `3 × 3, 1 × 1${item.stride > 1 ? `, stride ${item.stride}` : ""}`;
  if (item.how === "strided") return folded ? "of the convolution" : "no window";
  if (item.how === "trained") return "2 × 2, stride 2";
  return `${square(item.window)}${item.stride > 1 ? `, stride ${item.stride}` : ""}`;
}

// In a sentence: a pool has a kind, other boxes a name.
function called(item) {
  if (item.how === "strided") return `stride of ${item.stride}`;
  return item.kind === "pool" ? `${titleOf(item)} of ${settingsOf(item)}` : titleOf(item);
}
const aCalled = (item) => `${/^[aeiou]/.test(called(item)) ? "an" : "a"} ${called(item)}`;
const theCalled = (item) => (item.kind === "pool" ? `The ${called(item)}` : called(item));
function behind(items, at) {
  if (!at) return "the image";
  const before = items[at - 1];
  return before.kind === "pool" ? `the ${titleOf(before)} in box ${at}` : titleOf(before);
}

// ---- What was done ----

export const saidMoved = (before, from, after, to) =>
  `${theCalled(before[from])} stands behind ${behind(after, to)} now, not behind ${behind(before, from)}.`;

export const saidRemoved = (before, at) => `${theCalled(before[at])} behind ${behind(before, at)} is gone.`;

export function saidInserted(after, at) {
  const item = after[at],
    who = item.kind === "pool" ? aCalled(item).replace(/^a/, "A") : called(item);
  return `${who} was added behind ${behind(after, at)}.`;
}

export function saidAltered(before, after, at) {
  const [item, now] = [before[at], after[at]];
  return item.kind === "pool"
    ? `The ${called(item)} behind ${behind(before, at)} became ${aCalled(now)}.`
    : `${item.name} has ${now.filters} filters instead of ${item.filters}.`;
}

export const saidResized = (size, was) => `The image has ${square(size)} pixels instead of ${square(was)}.`;

export function saidHead(head, { hidden }) {
  const layers = `the hidden dense layer${hidden.length > 1 ? "s" : ""} (${hidden.map(whole).join(", ")} units)`;
  return head === "global"
    ? `A global average pool took the place of Flatten${hidden.length ? ` and of ${layers}` : ""}.`
    : `Flatten${hidden.length ? ` and ${layers}` : ""} took the place of the global average pool.`;
}

export function refusal(items, { at, window, side }) {
  const problem =
    `${theCalled(items[at])}, box ${at + 1}, would not fit: ` +
    `its window of ${window} meets a map of ${square(side)}`;
  return `Refused. ${problem}. Make the image larger, or take out a pool before it.`;
}

// ---- What the change from one network to another did to what it costs ----

export function effects(before, after) {
  const was = counted(before),
    now = counted(after);
  return [...places(before.items, was, after.items, now), ...totals(was, now), ...lastMap(was, now)].join(" ");
}

// The first layer that reads another size; where layers came or went, none.
function places(itemsBefore, was, items, now) {
  const layersOf = (list, { rows }) =>
    rows.map((row, at) => ({ ...row, item: list[at] })).filter(({ item }) => item.kind !== "pool");
  const old = layersOf(itemsBefore, was),
    fresh = layersOf(items, now);
  const changed = old.length === fresh.length ? fresh.filter((row, at) => row.input !== old[at].input) : [];
  if (!changed.length) return [];
  const [first] = changed,
    others = changed.length - 1,
    input = old[fresh.indexOf(first)].input,
    ratio = (first.input / input) ** 2,
    part = Number((1 / ratio).toPrecision(6)),
    few = Number.isInteger(part) ? `1/${part}` : `${Math.round(100 * ratio)} %`;
  const times = ratio < 1 ? `${few} as many` : `${Number(ratio.toPrecision(3))} times as many`;
  const more = others ? `, and the size changes for ${others} more behind it` : "";
  return [`${first.item.name} reads ${square(first.input)} places instead of ${square(input)}, ${times}${more}.`];
}

function totals(was, now) {
  const [past, present] = [was.totals, now.totals];
  const changed = (name, key) =>
    `${name}: ${spoken(past[key])} become ${spoken(present[key])} (${factor(present[key], past[key])})`;
  const stays = (key) => past[key] === present[key];
  const dense =
    now.inputs !== was.inputs && now.head.length === was.head.length
      ? `: the first dense layer reads ${whole(now.inputs)} numbers instead of ${whole(was.inputs)}`
      : "";
  const activations = `Activations: ${megabytes(past.activations)} become ${megabytes(present.activations)}.`;
  return [
    stays("multiplyAdds") ? "Multiply-adds stay." : `${changed("Multiply-adds", "multiplyAdds")}.`,
    stays("parameters") ? "Parameters stay." : `${changed("Parameters", "parameters")}${dense}.`,
    stays("activations") ? "Activations stay." : activations,
  ];
}

function lastMap({ last: was }, { last: now }) {
  const said = [];
  if (now.side !== was.side) said.push(`The last map has ${square(now.side)} places instead of ${square(was.side)}.`);
  if (now.field.size !== was.field.size)
    said.push(`One of its places sees ${whole(now.field.size)} pixels across instead of ${whole(was.field.size)}.`);
  return said;
}

// ---- Before any change, and in the table ----

const CONVOLUTIONS = { conv: () => 1, pool: () => 0, stage: ({ blocks }) => 3 * blocks + 1, separable: () => 2 };

export function opening(values) {
  const { parameters, multiplyAdds, activations } = counted(values).totals;
  const convolutions = values.items.reduce((sum, item) => sum + CONVOLUTIONS[item.kind](item), 0);
  const pools = values.items.filter(({ kind }) => kind === "pool").length;
  const has = `${convolutions} convolutions, ${pools} pool${pools === 1 ? "" : "s"}, ${spoken(parameters)} parameters`;
  const costs = `${spoken(multiplyAdds)} multiply-adds, ${megabytes(activations)} of activations at 4 bytes a number`;
  const who = values.network === OWN ? "This network" : values.network;
  return `${who}: ${has}, ${costs}. Change something, and this line says what it did.`;
}

const COLUMNS = [
  ["Params", ({ totals }) => totals.parameters, brief],
  ["Work", ({ totals }) => totals.multiplyAdds, brief],
  ["Memory", ({ totals }) => totals.activations, megabytes],
  ["Map", ({ last }) => last.side, square],
  ["Sees", ({ last }) => last.field.size, whole],
];

// The table: {columns: names, lines: [[name, [{text, title}]]]}; a title is the number in full.
export function table(values) {
  const then = counted(published(values)),
    now = counted(values);
  const counts = (result) => COLUMNS.map(([, of, words]) => ({ text: words(of(result)), title: whole(of(result)) }));
  const ratios = COLUMNS.map(([, of]) => ({ text: factor(of(now), of(then)), title: null }));
  return {
    columns: COLUMNS.map(([name]) => name),
    lines: [
      [values.network === OWN ? "at first" : "paper", counts(then)],
      ["now", counts(now)],
      ["ratio", ratios],
    ],
  };
}
