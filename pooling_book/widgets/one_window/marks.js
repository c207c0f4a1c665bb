// Every method's answer as a mark on the scale of the bars, with its name and its number.
import { h, put, show } from "../kit/core.js";
import { METHODS } from "../kit/family.js";
import { moving } from "../kit/motion.js";
import { WHITE } from "./state.js";
import { answerName } from "./words.js";

const percent = (value) => `${(100 * value) / WHITE}%`;
// Methods whose marks the reader moves by a slider look another way.
const LOOKS = { power: " pool-one-set", soft: " pool-one-set", stochastic: " pool-one-chance" };

// redraw(): asks for a frame while a mark is on its way. {element, draw({values, answers, drawings, ...settings},
// {covered, still})}; still: the marks do not move there, but are there.
export function marks(redraw) {
  const pixels = h("div", { class: "pool-one-pixels", "aria-hidden": "true" });
  const rows = METHODS.map(([method]) => row(method));
  const element = h(
    "div",
    { class: "pool-one-answers" },
    pixels,
    h("ul", { "aria-label": "Answers" }, ...rows.map((one) => one.element)),
    scale(),
  );
  const places = moving(redraw);
  function draw({ values, answers, drawings, ...settings }, { covered, still }) {
    places.send(
      METHODS.map(([method]) => answers[method]),
      still,
    );
    const at = places.now();
    pixels.replaceChildren(...values.map((value) => h("i", { style: `left:${percent(value)}` })));
    rows.forEach((one, n) => one.show(at[n], answers, drawings, settings, covered));
  }
  return { element, draw };
}

function row(method) {
  const name = h("span", { class: "pool-one-name" }),
    mark = h("i", { class: `pool-one-mark${LOOKS[method] ?? ""}` }),
    last = method === "stochastic" ? h("i", { class: "pool-one-last" }, "✕") : null,
    number = h("b", {});
  const track = h("span", { class: "pool-one-track", "aria-hidden": "true" }, mark, last);
  const element = h("li", { class: "pool-one-row" }, name, track, number);
  function showRow(at, answers, drawings, settings, covered) {
    put(name, answerName(method, settings));
    put(number, covered ? "?" : show(answers[method], 1));
    mark.hidden = covered;
    mark.style.left = percent(at);
    if (!last) return;
    last.hidden = covered || drawings?.last == null;
    if (drawings) last.style.left = percent(drawings.last ?? 0);
  }
  return { element, show: showRow };
}

// What the track spans.
const scale = () =>
  h(
    "div",
    { class: "pool-one-row pool-one-scale", "aria-hidden": "true" },
    h("span", {}),
    h("span", { class: "pool-one-ends" }, h("span", {}, "0, black"), h("span", {}, `white, ${WHITE}`)),
    h("span", {}),
  );
