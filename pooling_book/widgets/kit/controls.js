// The controls that widgets are made of, with the classes that base.css styles. show(value) sets what one shows.
import { h } from "./core.js";

const SIDEWAYS = 4; // pixels

// A button; more: further properties, its class among them.
export const button = (text, onclick, more = {}) =>
  h("button", { type: "button", class: "pool-button", onclick, ...more }, text);

// A menu of [value, text] pairs.
export const choice = (props, options) =>
  h("select", { class: "pool-button", ...props }, ...options.map(([value, text]) => h("option", { value }, text)));

// One control under its name, and several under theirs.
export const labelled = (text, control) => h("label", { class: "pool-field" }, h("span", {}, text), control);
export const group = (text, ...parts) =>
  h(
    "div",
    { class: "pool-field", role: "group", "aria-label": text },
    h("span", { "aria-hidden": "true" }, text),
    ...parts,
  );

// Buttons of which one is pressed, from [value, text, more properties] each: {element, show(value)}; pick(value).
// They are joined to one bar, unless `row` names another class for what holds them.
export function toggles(options, pick, row = "pool-segments") {
  const buttons = options.map(([value, text, more]) => [value, button(text, () => pick(value), more)]);
  const show = (chosen) => {
    for (const [value, one] of buttons) one.setAttribute("aria-pressed", String(value === chosen));
  };
  return { element: h("div", { class: row }, ...buttons.map(([, one]) => one)), show };
}

// A slider over whole numbers, under its name and its value: {field, input, show(value, words, name)}; pick(value).
export function slider(name, [min, max], pick, more = {}) {
  const said = h("b", {}),
    title = h("span", {}, name);
  const input = h("input", { type: "range", min, max, step: 1, ...more });
  patiently(input, () => pick(Number(input.value)));
  const show = (value, words = String(value), called = name) => {
    input.value = value;
    said.textContent = words;
    title.textContent = called;
  };
  return {
    field: h("label", { class: "pool-field pool-slider" }, h("span", {}, title, " ", said), input),
    input,
    show,
  };
}

// A thumb that lands on a slider may be about to scroll the page: it sets the slider once it goes sideways, or as a
// tap.
function patiently(input, changed) {
  let before = null, // what the slider stood at when a finger came, until it is clear what it wants
    start = 0;
  const sets = () => {
    if (before === null) return;
    before = null;
    changed();
  };
  input.addEventListener("pointerdown", ({ pointerType, clientX }) => {
    if (pointerType === "touch") [before, start] = [input.value, clientX];
  });
  input.addEventListener("input", () => before === null && changed());
  input.addEventListener("pointermove", ({ clientX }) => Math.abs(clientX - start) > SIDEWAYS && sets());
  input.addEventListener("pointerup", sets);
  input.addEventListener("pointercancel", () => {
    if (before !== null) input.value = before;
    before = null;
  });
}

// A box to tick: {field, show(on)}; pick(on).
export function check(text, pick) {
  const box = h("input", { type: "checkbox", onchange: () => pick(box.checked) });
  return { field: h("label", { class: "pool-check" }, box, " ", text), show: (on) => (box.checked = on) };
}

// A button that plays and pauses: {element, show(playing)}.
export function playButton(toggle, more = {}) {
  const element = button("▶ Play", toggle, more);
  return { element, show: (playing) => (element.textContent = playing ? "❚❚ Pause" : "▶ Play") };
}

// Of a window that visits its outputs: one back and on, play, and the way back: {element, playing: the play button}.
export function transport(step, toggle, reset) {
  const playing = playButton(toggle, { class: "pool-button pool-play" });
  const go = (by, text, label) => button(text, () => step(by), { "aria-label": label, title: label });
  const element = h(
    "div",
    { class: "pool-transport" },
    go(-1, "◀ Back", "Back: one window back"),
    go(1, "Step ▶", "Step: one window on"),
    playing.element,
    button("Reset", reset),
  );
  return { element, playing };
}
