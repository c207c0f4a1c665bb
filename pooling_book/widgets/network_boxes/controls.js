// The controls of the network boxes: the network, the chosen box and its settings, what can be done with it.
import { h } from "../kit/core.js";
import { button, choice, labelled, slider } from "../kit/controls.js";
import { openPool } from "./opening.js";
import { counted, FILTERS, isLoose, OWN, READ, sizes } from "./state.js";
import { boxAt, facts, square } from "./words.js";

const numbers = (values) => values.map((n) => [String(n), String(n)]);

// The side of the card: {side: its parts, show({numbers, sizes, least}): what is covered}. focus(): where the focus
// goes when its control is gone.
export function controls(state, act, focus) {
  const network = choice(
    { onchange: () => act.choose(network.value) },
    Object.keys(state.get("networks")).map((name) => [name, name]),
  );
  const box = choice({ onchange: () => act.select(Number(box.value)) }, []);
  const told = h("p", { class: "pool-architecture-facts" });
  const settings = boxSettings(state, act),
    doing = deeds(state, act, focus);

  function show(covered) {
    const values = state.values(READ),
      costs = counted(values);
    network.value = values.network;
    fill(box, values, costs);
    const hidden = covered.numbers || covered.sizes,
      lines = hidden ? ["Covered until you have guessed."] : facts(boxAt(values, costs, values.selected));
    told.replaceChildren(...lines.map((line) => h("span", {}, line)));
    settings.show(covered);
    doing.show();
  }
  const side = [labelled("Network", network), labelled("Box", box), told, settings.element, doing.element];
  return { side, show };
}

// The menu of all boxes.
function fill(menu, values, costs) {
  const all = [-1, ...[...costs.rows, ...costs.head].map((_, at) => at)];
  const names = all.map((at) => `${at < 0 ? "" : `${at + 1} `}${boxAt(values, costs, at).title}`);
  if (String(names) !== String(Array.from(menu.options, ({ text }) => text)))
    menu.replaceChildren(...names.map((name, n) => h("option", { value: n - 1 }, name)));
  menu.value = String(values.selected);
}

// What the chosen box can be: {element, show({least})}.
function boxSettings(state, act) {
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
  const size = slider("Image", [1, 1], act.resize);
  const head = choice({ onchange: () => act.exchangeHead(head.value) }, [
    ["flatten", "Flatten"],
    ["global", "global average pool"],
  ]);
  const ofPool = [labelled("Kind", kind), labelled("Window", window), labelled("Stride", stride)],
    ofConvolution = labelled("Filters", filters),
    ofHead = labelled("After the last map", head),
    none = h("p", { class: "pool-hint" }, "This box stays as it is.");
  const element = h(
    "div",
    { class: "pool-architecture-settings", role: "group", "aria-label": "The chosen box" },
    ...ofPool,
    ofConvolution,
    ofHead,
    size.field,
    none,
  );

  function show({ least }) {
    const values = state.values(READ),
      { items, selected: at } = values,
      box = items[at],
      isPool = box?.kind === "pool",
      trained = box?.how === "trained",
      isFree = box !== undefined && !isPool && isLoose(box, values.network);
    for (const one of ofPool) one.hidden = !isPool;
    ofConvolution.hidden = !isFree;
    ofHead.hidden = at !== items.length;
    size.field.hidden = at >= 0 || least;
    none.hidden = isPool || isFree || at === items.length || (at < 0 && !least);
    const own = kind.lastElementChild;
    own.hidden = own.disabled = values.network !== "LeNet-5";
    if (isPool) {
      kind.value = box.how;
      Object.assign(window, { value: String(box.window), disabled: trained || box.how === "strided" });
      Object.assign(stride, { value: String(box.stride), disabled: trained });
    } else if (isFree) filters.value = String(box.filters);
    head.value = values.head;
    if (size.field.hidden) return;
    const [min, max] = sizes(values);
    Object.assign(size.input, { min, max });
    size.show(values.size, square(values.size));
  }
  return { element, show };
}

// What can be done with the chosen box, and after it: {element, show()}.
function deeds(state, act, focus) {
  const selected = () => state.get("selected"),
    after = () => Math.min(selected() + 1, state.get("items").length);
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
  const open = button("Explore it", () => openPool(state.values([...READ, "picture"]), selected()), {
    title: "open it in the explorer",
  });
  const add = button("Add a pool", () => act.addPool(after()), { title: "after the chosen box" }),
    addConvolution = button("Add a convolution", () => act.addConvolution(after()), {
      title: "after the chosen box",
    });
  const element = h(
    "div",
    { class: "pool-architecture-deeds" },
    earlier,
    later,
    drop,
    add,
    open,
    button("Reset", act.reset),
    addConvolution,
  );
  function show() {
    const { items, network } = state.values(READ),
      at = selected(),
      isPool = items[at]?.kind === "pool";
    for (const one of [earlier, later, open]) one.hidden = !isPool;
    drop.hidden = !isLoose(items[at], network);
    drop.disabled = items.length === 1;
    earlier.disabled = at === 0;
    later.disabled = at === items.length - 1;
    addConvolution.hidden = network !== OWN;
  }
  return { element, show };
}
