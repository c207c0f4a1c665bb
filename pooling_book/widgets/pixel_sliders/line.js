// The line from black to white: each pixel a tick, both answers marked, with how far they have moved.
import { h, show } from "../kit/core.js";
import { WHITE } from "./state.js";
import { signed } from "./words.js";

// {element, draw(look, active)}.
export function line() {
  const track = h("div", { class: "pool-pixels-track" });
  const element = h(
    "div",
    { class: "pool-pixels-line", "aria-hidden": "true" },
    h("span", {}, "0"),
    track,
    h("span", {}, String(WHITE)),
  );
  const draw = ({ values, now, was }, active) =>
    track.replaceChildren(
      ...values.map((value, n) => spot(value, n === active ? "tick pool-pixels-active" : "tick")),
      ...answer("max", "maximum", now.max, was.max),
      ...answer("mean", "mean", now.mean, was.mean),
    );
  return { element, draw };
}

function answer(name, word, is, was) {
  const moved = is === was ? "" : ` (${signed(is - was)})`;
  const past = is === was ? [] : [way(was, is, `${name}way`), spot(was, `${name} pool-pixels-ghost`)];
  return [...past, spot(is, name), label(is, `${name}label`, `${word} ${show(is)}${moved}`)];
}

const percent = (value) => `${(100 * value) / WHITE}%`;
const spot = (value, name) => h("div", { class: `pool-pixels-${name}`, style: `left:${percent(value)}` });
const way = (from, to, name) =>
  h("div", {
    class: `pool-pixels-way pool-pixels-${name}`,
    style: `left:${percent(Math.min(from, to))};width:${percent(Math.abs(to - from))}`,
  });

// A label starts at its place at the left end, ends there at the right end, and so stays on the line.
const label = (value, name, text) =>
  h(
    "div",
    {
      class: `pool-pixels-label pool-pixels-${name}`,
      style: `left:${percent(value)};transform:translateX(-${percent(value)})`,
    },
    text,
  );
