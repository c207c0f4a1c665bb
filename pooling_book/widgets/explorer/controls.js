// The explorer's buttons, menus and sliders.
import { clamp, h, put } from "../kit/core.js";
import { button, check, choice, group, labelled, slider, toggles, transport } from "../kit/controls.js";
import { fold } from "../kit/layout.js";
import { photoField } from "../kit/photo.js";
import { LARGEST_WINDOW, MOST_PADDING, SIZES, reordered } from "./state.js";
import { call } from "./words.js";

// {side}: what goes beside the picture, or below it; show() sets all to the state.
export function controls(state, act, el) {
  const photo = photoField(state, el, { besides: ["numbers"] });
  const operation = toggles(
    [
      ["max", "Maximum"],
      ["avg", "Average"],
    ],
    (value) => state.set({ operation: value }),
  );
  const pad = padding(state),
    sizes = sliders(state, act),
    numbers = ownNumbers(state);
  const apart = check("rows and columns apart", (on) => state.set({ apart: on }));
  const ceil = check("ceil mode: keep a window that hangs over the end", (on) => state.set({ ceil_mode: on }));
  const count = check("count padding as zeros", (on) => state.set({ count_include_pad: on }));
  const cover = check("cover each output until the window has been there", (on) => state.set({ covered: on }));
  const step = (by) => {
    act.play(false);
    act.step(by);
  };
  const walk = transport(step, act.toggle, act.reset);

  function show() {
    photo.show();
    operation.show(state.get("operation"));
    pad.show();
    sizes.show();
    numbers.show();
    apart.show(state.get("apart"));
    ceil.show(state.get("ceil_mode"));
    count.show(state.get("count_include_pad"));
    count.field.hidden = state.get("operation") === "max";
    cover.show(state.get("covered"));
    put(code, call(state.values()));
    walk.playing.show(state.get("playing"));
  }

  const code = h("code", {});
  const side = [
    walk.element,
    group("Operation", operation.element),
    ...sizes.fields("window"),
    ...sizes.fields("stride"),
    labelled("Padding", pad.menu),
    pad.sides,
    labelled("Input", photo.menu),
    fold(
      "More settings",
      photo.picker,
      ...sizes.fields("dilation"),
      apart.field,
      ceil.field,
      count.field,
      cover.field,
      numbers.element,
    ),
    h("p", { class: "pool-code" }, code),
  ];
  return { side, show };
}

// By name, or by hand at each of the four sides.
function padding(state) {
  const oneEach = [
    [1, 1],
    [1, 1],
  ];
  const menu = choice({ onchange: () => state.set({ padding: menu.value === "pairs" ? oneEach : menu.value }) }, [
    ["valid", "valid"],
    ["same", "same"],
    ["pairs", "by hand"],
  ]);
  const boxes = ["top", "bottom", "left", "right"].map((side, n) =>
    h("input", {
      type: "number",
      class: "pool-typed",
      min: "0",
      max: String(MOST_PADDING),
      "aria-label": `padding, ${side}`,
      title: side,
      onchange: ({ target }) => {
        const pairs = state.get("padding").map((pair) => [...pair]),
          size = Number(target.value);
        pairs[n >> 1][n & 1] = clamp(Math.round(size) || 0, 0, MOST_PADDING);
        const taken = `Padding is a whole number from 0 to ${MOST_PADDING}: ${side} is ${pairs[n >> 1][n & 1]}.`;
        state.set({ padding: pairs, notice: target.value !== "" && size === pairs[n >> 1][n & 1] ? "" : taken });
      },
    }),
  );
  const sides = h(
    "div",
    { class: "pool-sides", role: "group", "aria-label": "Padding by hand" },
    ...boxes.map((box) => h("label", {}, box.title, box)),
  );
  function show() {
    const pairs = state.get("padding"),
      byHand = typeof pairs !== "string";
    menu.value = byHand ? "pairs" : pairs;
    sides.hidden = !byHand;
    if (byHand) boxes.forEach((box, n) => (box.value = pairs[n >> 1][n & 1]));
  }
  return { menu, sides, show };
}

// A slider of each size for each axis; the second one shows where rows and columns are apart.
function sliders(state, act) {
  const all = SIZES.flatMap((key) =>
    [0, 1].map((axis) => {
      const largest = key === "dilation" ? 4 : LARGEST_WINDOW;
      return { key, axis, ...slider(key, [1, largest], (size) => act.resize(key, axis, size)) };
    }),
  );
  function show() {
    const apart = state.get("apart");
    for (const { key, axis, field, show: set } of all) {
      const name = key[0].toUpperCase() + key.slice(1) + (apart ? [", rows", ", columns"][axis] : "");
      set(state.get(key)[axis], undefined, name);
      field.hidden = axis === 1 && !apart;
    }
  }
  return { show, fields: (wanted) => all.filter(({ key }) => key === wanted).map(({ field }) => field) };
}

// A field for numbers of the reader's own, and a button that shuffles them.
function ownNumbers(state) {
  const use = (numbers) => state.set({ numbers, source: "numbers" });
  const text = h("textarea", { class: "pool-lines", rows: "6", spellcheck: "false", onchange: () => use(text.value) });
  const shuffle = button("Shuffle", () => use(reordered(text.value)));
  const element = h("div", { class: "pool-own" }, labelled("Your own numbers (nan, inf and -inf too)", text), shuffle);
  return { element, show: () => (text.value = state.get("numbers")) };
}
