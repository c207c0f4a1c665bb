// The convolution's buttons and menus.
import { check, choice, labelled, transport } from "../kit/controls.js";
import { h, put } from "../kit/core.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { call, filterName } from "./words.js";

const OWN = "your own",
  NOTE = "The filter is laid on as it stands, not flipped. Mathematics calls that a correlation.";

// {side, show(mayChoose)}: what stands beside the picture; mayChoose: whether a filter may be taken from the menu.
export function controls(state, act, el) {
  const filters = state.get("filters");
  const menu = choice({ onchange: () => filters[menu.value] && state.set({ filter: filters[menu.value] }) }, [
    ...Object.keys(filters).map((name) => [name, name]),
    [OWN, OWN],
  ]);
  const own = menu.querySelector(`[value="${OWN}"]`);
  const relu = check("ReLU: below 0 becomes 0", (on) => state.set({ relu: on }));
  const photo = photoField(state, el, { besides: ["numbers"] }),
    numbers = ownNumbers(state),
    walk = transport(act.step, () => act.play(!state.get("playing")), act.reset),
    code = h("code", {});

  function show(mayChoose) {
    const chosen = filterName(state.values(["filter", "filters"]));
    own.hidden = own.disabled = chosen !== OWN;
    menu.value = chosen;
    menu.disabled = !mayChoose;
    menu.title = mayChoose ? "" : "The task wants weights that you type";
    relu.show(state.get("relu"));
    photo.show();
    numbers.show();
    walk.playing.show(state.get("playing"));
    walk.playing.element.hidden = state.get("source") !== "numbers"; // an image has thousands of windows
    put(code, call(state.values()));
  }
  const side = [
    walk.element,
    labelled("Filter", menu),
    labelled("Input", photo.menu),
    relu.field,
    fold("More settings", photo.picker, numbers.element),
    h("p", { class: "pool-code" }, code),
    h("p", { class: "pool-detail" }, NOTE),
  ];
  return { side, show };
}

// A field for numbers of the reader's own.
function ownNumbers(state) {
  const text = h("textarea", {
    class: "pool-lines",
    rows: "6",
    spellcheck: "false",
    onchange: () => state.set({ numbers: text.value, source: "numbers" }),
  });
  const element = labelled("Your own numbers", text);
  return { element, show: () => (text.value = state.get("numbers")) };
}
