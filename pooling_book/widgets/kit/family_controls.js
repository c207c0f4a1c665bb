// Sliders for the power and the temperature of a pool: not even, and with a button for each limit.
import { slider, toggles } from "./controls.js";
import { h } from "./core.js";
import { POWERS, POWER_NAMES, TEMPERATURES, TEMPERATURE_NAMES, settingWords } from "./family.js";

// {element, show(setting)}; pick(setting, held): held: by the slider, which may be on its way.
export function powerSlider(pick) {
  const { field, jumps, show } = scaled(["p", "Power p"], POWERS, POWER_NAMES, pick);
  return { element: h("div", { class: "pool-scaled" }, field, jumps), show };
}
// Its two names are its ends.
export function temperatureSlider(pick) {
  const { field, jumps, show } = scaled(["T", "Temperature T"], TEMPERATURES, TEMPERATURE_NAMES, pick);
  const [low, high] = jumps.children;
  return { element: h("div", { class: "pool-scaled pool-between" }, low, field, high), show };
}

// A slider over the values of a table, and a button for each that has a name.
function scaled([name, label], values, names, pick) {
  const { field, input, show } = slider(name, [0, values.length - 1], (n) => pick(values[n], true), {
    "aria-label": label,
  });
  const jumps = toggles(
    names.map(([value, title, short]) => [
      value,
      jump(value, short),
      { "aria-label": `${name} = ${settingWords(names, value)}`, title },
    ]),
    (value) => pick(value, false),
  );
  function showSetting(value) {
    const words = settingWords(names, value);
    show(values.indexOf(value), `= ${words}`);
    input.setAttribute("aria-valuetext", words);
    jumps.show(value);
  }
  return { field, jumps: jumps.element, show: showSetting };
}
const jump = (value, short) =>
  h("span", { class: "pool-jump" }, h("b", {}, settingWords([], value)), h("small", {}, short));
