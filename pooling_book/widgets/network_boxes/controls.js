// The controls of the network boxes: the network, the chosen box, and what can be added.
import { h, put } from "../kit/core.js";
import { button, choice, labelled, slider } from "../kit/controls.js";
import { FILTERS, OWN, READ, sizes } from "./state.js";
import { square, titleOf } from "./words.js";

const numbers = (values) => values.map((n) => [String(n), String(n)]);

// The network, its image and its head: {element, show()}.
export function networkControls(state, act) {
  const network = choice(
    { onchange: () => act.choose(network.value) },
    Object.keys(state.get("networks")).map((name) => [name, name]),
  );
  const size = slider("Image:", [1, 1], act.resize);
  const head = choice({ onchange: () => act.exchangeHead(head.value) }, [
    ["flatten", "Flatten"],
    ["global", "global average pool"],
  ]);
  const element = h(
    "div",
    { class: "pool-controls" },
    labelled("Network", network),
    size.field,
    labelled("Behind the last map", head),
    button("Reset", act.reset),
  );
  function show() {
    network.value = state.get("network");
    head.value = state.get("head");
    const [min, max] = sizes(state.values(READ));
    Object.assign(size.input, { min, max });
    size.show(state.get("size"), square(state.get("size")));
  }
  return { element, show };
}

// The chosen box, if there is one: {element, show()}. focus(): where the focus goes when its control is gone.
export function boxControls(state, act, focus) {
  const selected = () => state.get("selected");
  const kind = choice({ onchange: () => act.alter({ how: kind.value }) }, [
    ["max", "max"],
    ["average", "average"],
    ["strided", "strided: no pool"],
    ["trained", "trained (LeNet-5)"],
  ]);
  const number = (key, values) => {
    const menu = choice({ onchange: () => act.alter({ [key]: Number(menu.value) }) }, numbers(values));
    return menu;
  };
  const window = number("window", [2, 3, 4, 5]),
    stride = number("stride", [1, 2, 3, 4]),
    filters = number("filters", FILTERS);
  const mover = (text, by) => {
    const one = button(text, () => {
      act.move(selected(), selected() + by);
      if (one.disabled || one.hidden) focus();
    });
    return one;
  };
  const earlier = mover("← Earlier", -1),
    later = mover("Later →", 1);
  const drop = button("Remove", () => {
    act.remove(selected());
    focus();
  });
  const chosen = h("span", { class: "pool-architecture-chosen" });
  const ofPool = [labelled("Kind", kind), labelled("Window", window), labelled("Stride", stride)],
    ofConvolution = labelled("Filters", filters);
  const element = h(
    "div",
    { class: "pool-controls", role: "group", "aria-label": "The chosen box" },
    chosen,
    ...ofPool,
    ofConvolution,
    earlier,
    later,
    drop,
  );

  function show() {
    const items = state.get("items"),
      at = selected(),
      box = items[at],
      isPool = box?.kind === "pool",
      trained = box?.how === "trained";
    const title = box && `Box ${at + 1}, ${titleOf(box)}`;
    put(chosen, title ?? "There is no pool to choose. You can add one below the row.");
    for (const one of [...ofPool, earlier, later]) one.hidden = !isPool;
    ofConvolution.hidden = !box || isPool;
    drop.hidden = !box;
    drop.disabled = items.length === 1;
    kind.lastElementChild.hidden = state.get("network") !== "LeNet-5";
    if (isPool) {
      kind.value = box.how;
      Object.assign(window, { value: String(box.window), disabled: trained || box.how === "strided" });
      Object.assign(stride, { value: String(box.stride), disabled: trained });
      earlier.disabled = at === 0;
      later.disabled = at === items.length - 1;
    } else if (box) filters.value = String(box.filters);
  }
  return { element, show };
}

// Adding a box behind another: {element, add: its first button, show()}.
export function addControls(state, act) {
  const where = choice({}, []);
  const add = button("Add a max pool", () => act.addPool(Number(where.value)));
  const addConvolution = button("Add a convolution", () => act.addConvolution(Number(where.value)));
  const element = h(
    "div",
    { class: "pool-controls pool-architecture-add" },
    labelled("Behind", where),
    add,
    addConvolution,
  );
  function show() {
    const items = state.get("items"),
      kept = where.value === "" ? items.length : Number(where.value);
    const gaps = ["the image", ...items.map((item, at) => `box ${at + 1}, ${titleOf(item)}`)];
    if (String(gaps) !== String(Array.from(where.options, ({ text }) => text))) {
      where.replaceChildren(...gaps.map((name, at) => h("option", { value: at }, name)));
    }
    where.value = String(Math.min(kept, items.length));
    addConvolution.hidden = state.get("network") !== OWN;
  }
  return { element, add, show };
}
