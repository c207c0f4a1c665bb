// What the widget of every library says: what is asked, how many answer alike, and how an answer differs.
import { show } from "../kit/core.js";
import { differing, sameSize } from "./state.js";

export const NAMES = {
  kind: "Kind",
  size: "Input",
  window: "Window",
  stride: "Stride",
  padding: "Padding",
  ceil: "Rounding",
  divisor: "Divisor",
};

export const sizeOf = (values) => `${values.length} × ${values[0].length}`;

// The keys that had to change with a choice, as they are now; nothing where there are none.
export function noteOf({ setting, moved }, choices) {
  if (!moved.length) return "";
  const now = moved.map((key) => {
    const [, words] = choices[key].find(([value]) => value === setting[key]);
    return `${NAMES[key].toLowerCase()} is now “${words}”`;
  });
  return `These were not asked together, so ${now.join(" and ")}.`;
}

export function asked({ kind, size, window, stride, padding, ceil, divisor }) {
  const words = [
    `${kind === "max" ? "Maximum" : "Average"} of ${window} × ${window} on ${size} × ${size}`,
    stride === null ? "stride not said" : `stride ${stride}`,
  ];
  if (padding !== "valid") words.push(padding === "same" ? "padding same" : "padding 1 on each side");
  if (ceil) words.push("size rounded up");
  if (divisor) words.push(divisor === "real" ? "divided by the real elements" : "divided by the whole window");
  return words.join(", ");
}

export function explain(setting, { agree, refuse, others }) {
  const differ = others.reduce((sum, { who }) => sum + who.length, 0),
    libraries = agree.length + differ + refuse.length - 1;
  const counted = (count, one, more) => (count ? `, ${count} ${count === 1 ? one : more}` : "");
  const said = `${agree.length - 1} of ${libraries} libraries agree with pooling_lib`;
  const more =
    counted(differ, "gives other numbers", "give other numbers") + counted(refuse.length, "refuses", "refuse");
  return `${asked(setting)}: ${said}${more}.`;
}

// How an output differs from pooling_lib's.
export function against(values, ours) {
  if (!sameSize(values, ours)) return `${sizeOf(values)} numbers, not ${sizeOf(ours)}.`;
  const found = differing(values, ours),
    [i, j] = found[0],
    total = values.length * values[0].length;
  const first = `the first, in row ${i}, column ${j}, is ${show(values[i][j])} and not ${show(ours[i][j])}`;
  return `${found.length} of ${total} numbers differ; ${first}.`;
}

// ---- Titles of the groups ----

export function titleOfAgreeing({ length }) {
  if (length === 1) return "pooling_lib, and none that agrees";
  return `pooling_lib, and ${length - 1} ${length === 2 ? "that agrees" : "that agree"}`;
}
export const titleOfCalls = ({ length }) => (length > 1 ? `${length} calls` : "Its call");
export const titleOfDiffering = (who) => `≠ ${who.map(([name]) => name).join(", ")}`;
export const titleOfRefusing = ({ length }) => `✕ ${length === 1 ? "One refuses" : `${length} refuse`}`;
