// The line from black to white: each pixel a tick, both answers marked, with how far they have moved.
import { h, show, signed } from "../kit/core.js";
import { moving } from "../kit/motion.js";
import { WHITE } from "./state.js";

// redraw(): asks for a frame while a mark is on its way. {element, draw(look, {active, covered, still}), at(value): the
// place of a value on the screen}. covered: the answers are not shown; still: they do not move there, but are there.
export function line(redraw) {
  const track = h("div", { class: "pool-pixels-track" });
  const element = h(
    "div",
    { class: "pool-pixels-line", "aria-hidden": "true" },
    h("span", {}, "0"),
    track,
    h("span", {}, String(WHITE)),
  );
  const marks = moving(redraw);
  function draw({ values, now, was }, { active, covered, still }) {
    marks.send([now.max, now.mean], still);
    const [max, mean] = marks.now();
    const answers = [
      ...answer("max", "maximum", max, now.max, was.max),
      ...answer("mean", "mean", mean, now.mean, was.mean),
    ];
    track.replaceChildren(
      ...values.map((value, n) => spot(value, n === active ? "tick pool-pixels-active" : "tick")),
      ...(covered ? [] : answers),
    );
  }
  function at(value) {
    const { left, top, width } = track.getBoundingClientRect();
    return { left: left + (width * value) / WHITE, top, width: 0, height: 0 };
  }
  return { element, draw, at };
}

// at: where the mark is by now.
function answer(name, word, at, is, was) {
  const moved = is === was ? "" : ` (${signed(is - was)})`;
  const past = is === was ? [] : [way(was, at, `${name}way`), spot(was, `${name} pool-pixels-ghost`)];
  return [...past, spot(at, name), label(at, `${name}label`, `${word} ${show(is)}${moved}`)];
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
