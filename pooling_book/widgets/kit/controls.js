// The controls that widgets are made of, with the classes that base.css styles.
import { h } from "./core.js";

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
