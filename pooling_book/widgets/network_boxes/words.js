// What the network boxes say: names of boxes, numbers as words, and what a change did.
import { grouped } from "../kit/core.js";
import { MEASURES, OWN, counted, published } from "./state.js";

// ---- Numbers ----

export const square = (side) => `${side} × ${side}`;
export const factor = (now, before) => (now === before ? "same" : `× ${Number((now / before).toPrecision(3))}`);

// A number in the largest of these units that it fills; below `least` in full.
const scaled = (units, least) => (number) => {
  const unit = number >= least && units.find(([size]) => number >= size);
  return unit ? `${(number / unit[0]).toFixed(2)} ${unit[1]}` : grouped(number);
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
const theTitled = (item) => (item.kind === "pool" ? `The ${titleOf(item)}` : titleOf(item));
const theCalled = (item) => (item.kind === "pool" ? `The ${called(item)}` : called(item));
function before(items, at) {
  if (!at) return "the image";
  const item = items[at - 1];
  return item.kind === "pool" ? `the ${titleOf(item)} in box ${at}` : titleOf(item);
}

// The box at that place of a network, the image at -1 and those after the last map at the end.
export function boxAt({ networks, network, items, size }, { rows, head }, at) {
  if (at < 0) return { title: "image", made: "", out: `${square(size)} × ${networks[network].channels}`, cost: null };
  const item = items[at];
  if (!item) {
    const one = head[at - items.length];
    return { title: one.name, made: "", out: `${grouped(one.numbers)} numbers`, cost: one };
  }
  const row = rows[at],
    out = `${square(row.side)} × ${grouped(row.channels)}`;
  return { title: titleOf(item), made: settingsOf(item, row.folded), out, sees: row.field.size, cost: row };
}

// Its name in a narrow column.
export const short = (title) =>
  title.replace("average pool", "avg pool").replace("global avg pool", "global avg").replace("trained pool", "trained");

// What is read out where a box is come to; hidden: without what it costs and what comes out.
export function spelled(box, at, of, hidden) {
  const { title, made, out, sees, cost } = box;
  const name = `${at < 0 ? "The" : `Box ${at + 1} of ${of}:`} ${title}${made ? `, ${made}` : ""}`;
  if (hidden) return name;
  return `${name}; ${out}${sees ? `, sees ${grouped(sees)}` : ""}${cost ? `; ${costs(cost)}` : ""}`;
}
const costs = ({ parameters, multiplyAdds, activations }) =>
  `${spoken(parameters)} parameters, ${spoken(multiplyAdds)} multiply-adds, ${spoken(activations)} activations`;

// The same below its name in the menu, in short lines.
export function facts({ out, sees, cost }) {
  if (!cost) return [out];
  return [
    `${out}${sees ? `, sees ${grouped(sees)}` : ""}`,
    `${brief(cost.parameters)} params, ${brief(cost.multiplyAdds)} work`,
    `${brief(cost.activations)} activations, ${megabytes(cost.activations)}`,
  ];
}

// ---- What was done: the beginning of a sentence ----

export const saidMoved = (was, from, now, to) =>
  `The ${titleOf(was[from])} stands after ${before(now, to)} now, not after ${before(was, from)}`;

export const saidRemoved = (was, at) => `${theTitled(was[at])} after ${before(was, at)} is gone`;

export function saidInserted(now, at) {
  const item = now[at],
    who = item.kind === "pool" ? aCalled(item).replace(/^a/, "A") : called(item);
  return `${who} was added after ${before(now, at)}`;
}

export function saidAltered(was, is, at) {
  const [item, now] = [was[at], is[at]];
  return item.kind === "pool"
    ? `The ${called(item)} after ${before(was, at)} became ${aCalled(now)}`
    : `${item.name} has ${now.filters} filters instead of ${item.filters}`;
}

export const saidResized = (size, was) => `The image has ${square(size)} pixels instead of ${square(was)}`;

export function saidHead(head, { hidden }) {
  const layers = `the hidden dense layer${hidden.length > 1 ? "s" : ""} (${hidden.map(grouped).join(", ")} units)`;
  return head === "global"
    ? `A global average pool took the place of Flatten${hidden.length ? ` and of ${layers}` : ""}`
    : `Flatten${hidden.length ? ` and ${layers}` : ""} took the place of the global average pool`;
}

export function refusal(items, { at, window, side }) {
  const problem =
    `${theCalled(items[at])}, box ${at + 1}, would not fit: ` +
    `its window of ${window} meets a map of ${square(side)}`;
  return `Refused. ${problem}. Make the image larger, or take out a pool before it.`;
}

// ---- What the change from one network to another did to what it costs ----

const CHANGED = { work: "work", params: "parameters", memory: "activations" };

// The end of the sentence whose beginning says what was done.
export function effects(before, after) {
  const was = counted(before),
    now = counted(after);
  const said = Object.entries(CHANGED)
    .map(([name, word]) => [word, MEASURES[name](now), MEASURES[name](was)])
    .filter(([, present, past]) => present !== past)
    .map(([word, present, past]) => `${word} ${factor(present, past)}`);
  const side = MEASURES.map;
  if (side(now) !== side(was)) said.push(`last map ${square(side(now))}`);
  return `${said.join(", ") || "no count changes"}.`;
}

// Why: what other sizes did to the layers after it, for who looks longer.
export function reasons(before, after) {
  const was = counted(before),
    now = counted(after);
  return [...places(before.items, was, after.items, now), ...dense(was, now)].join(" ");
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
  const more = others ? `, and the size changes for ${others} more after it` : "";
  return [`${first.item.name} reads ${square(first.input)} places instead of ${square(input)}, ${times}${more}.`];
}

function dense(was, now) {
  return now.inputs !== was.inputs && now.head.length === was.head.length
    ? [`The first dense layer reads ${grouped(now.inputs)} numbers instead of ${grouped(was.inputs)}.`]
    : [];
}

// ---- Before any change, and in the table ----

const CONVOLUTIONS = { conv: () => 1, pool: () => 0, stage: ({ blocks }) => 3 * blocks + 1, separable: () => 2 };

export function opening(values) {
  const { parameters, multiplyAdds } = counted(values).totals;
  const convolutions = values.items.reduce((sum, item) => sum + CONVOLUTIONS[item.kind](item), 0);
  const pools = values.items.filter(({ kind }) => kind === "pool").length;
  const has = `${convolutions} convolutions, ${pools} pool${pools === 1 ? "" : "s"}, ${spoken(parameters)} parameters`;
  return `${values.network === OWN ? "This network" : values.network}: ${has}, ${spoken(multiplyAdds)} multiply-adds.`;
}

const COLUMNS = [
  ["Params", MEASURES.params, brief],
  ["Work", MEASURES.work, brief],
  ["Memory", MEASURES.memory, megabytes],
  ["Map", MEASURES.map, square],
  ["Sees", MEASURES.sees, grouped],
];
const COVERED = { text: "?", title: null };

// The table: {columns: names, lines: [[name, [{text, title}]]]}; a title is the number in full. hidden: what holds now
// is not told.
export function table(values, hidden = false) {
  const then = counted(published(values)),
    now = counted(values);
  const counts = (result) => COLUMNS.map(([, of, words]) => ({ text: words(of(result)), title: grouped(of(result)) }));
  const ratios = COLUMNS.map(([, of]) => ({ text: factor(of(now), of(then)), title: null }));
  const open = (cells) => (hidden ? cells.map(() => COVERED) : cells);
  return {
    columns: COLUMNS.map(([name]) => name),
    lines: [
      [values.network === OWN ? "at first" : "original", counts(then)],
      ["now", open(counts(now))],
      ["ratio", open(ratios)],
    ],
  };
}

// ---- A pool in the explorer ----

// shown: the side of the photo in its place.
export function aboutOpened({ network, items }, at, side, shown) {
  const item = items[at],
    title = `${network === OWN ? "Your network" : network}, box ${at + 1}: ${called(item)}.`;
  const photo = `The photo at ${square(shown)}${side > shown ? ` (this pool reads ${square(side)})` : ""}`;
  const trained = item.how === "trained" ? " The mean stands for the sum that LeNet-5 scales and shifts." : "";
  return { title, say: `${photo}, not the network's own map: the book has no weights of it.${trained}` };
}
