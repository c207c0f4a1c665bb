// The network boxes: a row of layers whose pools can be moved, removed, added and exchanged, with what each costs.
import { clamp, put, h } from "../kit/core.js";
import { button, choice, labelled } from "../kit/controls.js";

const KEPT = ["network", "items", "size", "head", "selected", "previous"];
const MOST_BOXES = 40;
const FILTERS = [4, 8, 16, 32, 64, 128, 256];
const OWN = "one of your own"; // the network whose convolutions come and go, too

// ---- Arithmetic: as pooling_lib.cost, batch normalisations folded into the convolutions ----

// The map behind a window that slides: {side, channels, field: {size, jump}}.
// (core.js's placeAxis looks at every window, which a slider has no time for. Without gaps only the first can be all padding.)
function slid(map, window, stride, padding) {
  const around = typeof padding === "number" ? padding : 0;
  const side =
    padding === "same" ? Math.ceil(map.side / stride) : Math.floor((map.side + 2 * around - window) / stride) + 1;
  if (side < 1 || around >= window) throw new RangeError("the window does not fit");
  return {
    side,
    channels: map.channels,
    field: { size: map.field.size + (window - 1) * map.field.jump, jump: map.field.jump * stride },
  };
}

function convolved(
  map,
  sums,
  { filters, window, stride = 1, padding = "same", groups = 1, seen = [], bias = true, norm = true },
) {
  const next = { ...slid(map, window, stride, padding), channels: filters };
  const weights = (seen.length ? seen.reduce((a, b) => a + b) : (filters * map.channels) / groups) * window * window;
  sums.parameters += weights + (bias ? filters : 0) + (norm ? 4 * filters : 0);
  sums.multiplyAdds += next.side * next.side * weights;
  sums.activations += next.side * next.side * filters;
  return next;
}

const BOXES = {
  conv: (map, sums, item) => convolved(map, sums, item),
  stage(map, sums, { width, blocks, stride }) {
    for (let block = 0; block < blocks; block++) {
      const step = block ? 1 : stride;
      const narrow = convolved(convolved(map, sums, { filters: width, window: 1, stride: step }), sums, {
        filters: width,
        window: 3,
      });
      if (!block) convolved(map, sums, { filters: 4 * width, window: 1, stride: step });
      map = convolved(narrow, sums, { filters: 4 * width, window: 1 });
      sums.activations += map.side * map.side * map.channels; // the sum with the shortcut
    }
    return map;
  },
  separable(map, sums, { filters, stride }) {
    const deep = convolved(map, sums, { filters: map.channels, window: 3, stride, groups: map.channels, bias: false });
    return convolved(deep, sums, { filters, window: 1, bias: false });
  },
  pool(map, sums, { how, window, stride, padding }) {
    const next =
      how === "strided"
        ? slid(map, 1, stride, "valid")
        : how === "trained"
          ? slid(map, 2, 2, "valid")
          : slid(map, window, stride, padding);
    const outputs = next.side * next.side * next.channels;
    sums.activations += outputs;
    if (how === "trained") {
      sums.parameters += 2 * next.channels;
      sums.multiplyAdds += outputs;
    }
    return next;
  },
};

// What every box costs: {rows, head, totals, inputs}, or {error: {at, window, side}} if one does not fit. A row is
// {input, side, channels, field, parameters, multiplyAdds, activations, folded}; `head` are the boxes behind the last map.
export function tally({ channels, hidden, classes, bias }, items, side, head) {
  let map = { side, channels, field: { size: 1, jump: 1 } };
  const rows = [],
    none = () => ({ parameters: 0, multiplyAdds: 0, activations: 0 });
  for (let at = 0; at < items.length; at++) {
    const input = map.side,
      sums = none(),
      item = items[at];
    const folded = item.how === "strided" && rows.length > 0 && (rows.at(-1).folded || items[at - 1].kind === "conv");
    if (!folded) {
      let stride = item.stride; // a strided pool behind a convolution is the convolution's stride
      if (item.kind === "conv")
        for (let next = at + 1; items[next]?.how === "strided"; next++) stride *= items[next].stride;
      try {
        map = BOXES[item.kind](map, sums, { norm: false, ...item, stride });
      } catch {
        return { error: { at, window: item.how === "trained" ? 2 : item.window, side: input } };
      }
    }
    rows.push({ ...map, ...sums, input, folded });
  }
  const end = [],
    inputs = head === "flatten" ? map.side * map.side * map.channels : map.channels;
  if (head === "flatten") end.push({ name: "Flatten", numbers: inputs, ...none() });
  else end.push({ name: "global average pool", numbers: inputs, ...none(), activations: inputs });
  for (const [n, units] of [...(head === "flatten" ? hidden : []), classes].entries()) {
    const before = end.at(-1).numbers,
      biased = bias || n < (head === "flatten" ? hidden.length : 0);
    end.push({
      name: "dense",
      numbers: units,
      parameters: units * (before + (biased ? 1 : 0)),
      multiplyAdds: units * before,
      activations: units,
    });
  }
  const totals = none();
  for (const row of [...rows, ...end]) for (const key of Object.keys(totals)) totals[key] += row[key];
  return { rows, head: end, totals, inputs, last: map };
}

// ---- Words ----

const whole = (number) => number.toLocaleString("en-GB");
function scaled(number, units, digits, least) {
  const unit = number >= least && units.find(([size]) => number >= size);
  return unit ? `${(number / unit[0]).toFixed(digits)} ${unit[1]}` : whole(number);
}
const spoken = (number) =>
  scaled(
    number,
    [
      [1e9, "billion"],
      [1e6, "million"],
    ],
    2,
    1e6,
  );
const brief = (number) =>
  scaled(
    number,
    [
      [1e9, "G"],
      [1e6, "M"],
      [1e3, "k"],
    ],
    2,
    1e4,
  );
const megabytes = (activations) =>
  scaled(
    activations * 4,
    [
      [1e6, "MB"],
      [1e3, "kB"],
    ],
    2,
    1e3,
  );
const factor = (now, before) => (now === before ? "same" : `× ${Number((now / before).toPrecision(3))}`);
const square = (side) => `${side} × ${side}`;

function titleOf(item) {
  if (item.kind !== "pool") return item.name;
  if (item.how === "strided") return `stride ${item.stride}`;
  return item.how === "trained" ? "trained pool" : `${item.how} pool`;
}
function settingsOf(item, folded) {
  if (item.kind === "stage") return `${item.blocks} blocks${item.stride > 1 ? `, stride ${item.stride}` : ""}`;
  if (item.kind === "separable") return `3 × 3, 1 × 1${item.stride > 1 ? `, stride ${item.stride}` : ""}`;
  if (item.how === "strided") return folded ? "of the convolution" : "no window";
  if (item.how === "trained") return "2 × 2, stride 2";
  return `${square(item.window)}${item.stride > 1 ? `, stride ${item.stride}` : ""}`;
}
const called = (item) =>
  item.how === "strided"
    ? `stride of ${item.stride}`
    : item.kind === "pool"
      ? `${titleOf(item)} of ${settingsOf(item)}`
      : titleOf(item);
const aCalled = (item) => `${/^[aeiou]/.test(called(item)) ? "an" : "a"} ${called(item)}`;
const theCalled = (item) => (item.kind === "pool" ? `The ${called(item)}` : called(item)); // a pool has a kind, other boxes a name
const behind = (items, at) =>
  at
    ? items[at - 1].kind === "pool"
      ? `the ${titleOf(items[at - 1])} in box ${at}`
      : titleOf(items[at - 1])
    : "the image";

// What a change from one tally to another did, in words.
export function effects(itemsBefore, before, items, now) {
  const layersOf = (list, { rows }) =>
    rows.map((row, at) => ({ ...row, item: list[at] })).filter(({ item }) => item.kind !== "pool");
  const old = layersOf(itemsBefore, before),
    fresh = layersOf(items, now),
    said = [];
  if (old.length === fresh.length) {
    const first = fresh.findIndex((row, at) => row.input !== old[at].input);
    if (first >= 0) {
      const others = fresh.filter((row, at) => at > first && row.input !== old[at].input).length;
      const row = fresh[first],
        was = old[first].input;
      const ratio = (row.input / was) ** 2,
        times =
          ratio >= 1
            ? `${Number(ratio.toPrecision(3))} times as many`
            : `1/${Number((1 / ratio).toPrecision(3))} as many`;
      said.push(
        `${row.item.name} reads ${square(row.input)} places instead of ${square(was)}, ${times}${others ? `, and the size changes for ${others} more behind it` : ""}.`,
      );
    }
  }
  const { totals } = now,
    past = before.totals;
  said.push(
    totals.multiplyAdds === past.multiplyAdds
      ? "Multiply-adds stay."
      : `Multiply-adds: ${spoken(past.multiplyAdds)} become ${spoken(totals.multiplyAdds)} (${factor(totals.multiplyAdds, past.multiplyAdds)}).`,
  );
  if (totals.parameters === past.parameters) said.push("Parameters stay.");
  else {
    const dense =
      now.inputs !== before.inputs && now.head.length === before.head.length
        ? `: the first dense layer reads ${whole(now.inputs)} numbers instead of ${whole(before.inputs)}`
        : "";
    said.push(
      `Parameters: ${spoken(past.parameters)} become ${spoken(totals.parameters)} (${factor(totals.parameters, past.parameters)})${dense}.`,
    );
  }
  said.push(
    totals.activations === past.activations
      ? "Activations stay."
      : `Activations: ${megabytes(past.activations)} become ${megabytes(totals.activations)}.`,
  );
  if (now.last.side !== before.last.side)
    said.push(`The last map has ${square(now.last.side)} places instead of ${square(before.last.side)}.`);
  if (now.last.field.size !== before.last.field.size)
    said.push(
      `One of its places sees ${whole(now.last.field.size)} pixels across instead of ${whole(before.last.field.size)}.`,
    );
  return said.join(" ");
}

function render({ model, el }) {
  const get = (key) => model.get(key);
  const initial = Object.fromEntries(KEPT.map((key) => [key, get(key)]));
  const given = () => get("networks")[get("network")];
  const now = () => tally(given(), get("items"), get("size"), get("head"));
  let notice = "",
    setting = false;

  // The least image that fits. A larger image has no smaller map.
  function least(fits) {
    let none = 0;
    while (fits - none > 1) {
      const between = Math.floor((none + fits) / 2);
      if (tally(given(), get("items"), between, get("head")).error) none = between;
      else fits = between;
    }
    return fits;
  }

  // ---- Model ----

  // All changes are one: between two of them the boxes of one network would be counted with the head of another.
  function set(changes) {
    notice = "";
    setting = true;
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    setting = false;
    model.save_changes();
    refresh();
  }

  // Change the network, say what was done, and refuse what does not fit.
  function change(changes, did) {
    const next = { items: get("items"), size: get("size"), head: get("head"), ...changes };
    const { error } = tally(given(), next.items, next.size, next.head);
    if (error) {
      const name = theCalled(next.items[error.at]);
      notice = `Refused. ${name}, box ${error.at + 1}, would not fit: its window of ${error.window} meets a map of ${square(error.side)}. Make the image larger, or take out a pool before it.`;
      refresh();
      return false;
    }
    const past = get("previous"),
      sliding = changes.size && past?.sliding; // many small steps of the slider are one change
    const before = sliding ? past : { items: get("items"), size: get("size"), head: get("head") };
    if (sliding) did = resized(changes.size, before.size);
    set({
      ...changes,
      previous: { items: before.items, size: before.size, head: before.head, did, sliding: Boolean(changes.size) },
    });
    return true;
  }
  const resized = (size, was) => `The image has ${square(size)} pixels instead of ${square(was)}.`;

  function choose(network) {
    const { items, size, head } = get("networks")[network];
    set({ network, items, size, head, previous: null, selected: items.findIndex((item) => item.kind === "pool") });
  }

  function move(from, to) {
    const items = [...get("items")],
      [item] = items.splice(from, 1);
    to = clamp(to, 0, items.length);
    if (to === from) return;
    items.splice(to, 0, item);
    change(
      { items, selected: to },
      `${theCalled(item)} stands behind ${behind(items, to)} now, not behind ${behind(get("items"), from)}.`,
    );
  }

  function remove(at) {
    const items = get("items").filter((_, n) => n !== at),
      item = get("items")[at];
    const pools = items
      .map((one, n) => [one.kind, n])
      .filter(([kind]) => kind === "pool")
      .map(([, n]) => n);
    const nearest = pools.length ? pools.reduce((a, b) => (Math.abs(b - at) < Math.abs(a - at) ? b : a)) : -1;
    return change({ items, selected: nearest }, `${theCalled(item)} behind ${behind(get("items"), at)} is gone.`);
  }

  function insert(at, item) {
    if (get("items").length >= MOST_BOXES) {
      notice = `There are ${MOST_BOXES} boxes, which is the most; remove one first.`;
      refresh();
      return;
    }
    const items = [...get("items")];
    items.splice(at, 0, item);
    change(
      { items, selected: at },
      `${item.kind === "pool" ? aCalled(item).replace(/^a/, "A") : called(item)} was added behind ${behind(items, at)}.`,
    );
  }

  function alter(changes) {
    const at = get("selected"),
      item = get("items")[at],
      next = { ...item, ...changes };
    if (next.how === "trained") Object.assign(next, { window: 2, stride: 2, padding: "valid" });
    const items = get("items").map((one, n) => (n === at ? next : one));
    const did =
      item.kind === "pool"
        ? `The ${called(item)} behind ${behind(items, at)} became ${aCalled(next)}.`
        : `${item.name} has ${next.filters} filters instead of ${item.filters}.`;
    change({ items }, did);
  }

  // ---- Controls ----

  const network = choice(
    { onchange: () => choose(network.value) },
    Object.keys(get("networks")).map((name) => [name, name]),
  );
  const sizeWords = h("span", {});
  const size = h("input", {
    type: "range",
    step: "1",
    oninput: () => {
      if (!change({ size: Number(size.value) }, resized(Number(size.value), get("size")))) size.value = get("size");
    },
  });
  const head = choice(
    {
      onchange: () => {
        const { hidden } = given(),
          dense = hidden.length
            ? ` and of the hidden dense layer${hidden.length > 1 ? "s" : ""} (${hidden.map(whole).join(", ")} units)`
            : "";
        change(
          { head: head.value },
          head.value === "global"
            ? `A global average pool took the place of Flatten${dense}.`
            : `Flatten${dense.replace(" and of", " and")} took the place of the global average pool.`,
        );
      },
    },
    [
      ["flatten", "Flatten"],
      ["global", "global average pool"],
    ],
  );
  const reset = button("Reset", () => set(initial));

  const kind = choice({ onchange: () => alter({ how: kind.value }) }, [
    ["max", "max"],
    ["average", "average"],
    ["strided", "strided: no pool"],
    ["trained", "trained (LeNet-5)"],
  ]);
  const numbers = (values) => values.map((n) => [String(n), String(n)]);
  const windowBox = choice({ onchange: () => alter({ window: Number(windowBox.value) }) }, numbers([2, 3, 4, 5]));
  const strideBox = choice({ onchange: () => alter({ stride: Number(strideBox.value) }) }, numbers([1, 2, 3, 4]));
  const filters = choice({ onchange: () => alter({ filters: Number(filters.value) }) }, numbers(FILTERS));
  const refocus = (target) => {
    if (target.disabled || target.hidden) row.querySelector("button")?.focus();
  };
  const earlier = button("← Earlier", () => {
    move(get("selected"), get("selected") - 1);
    refocus(earlier);
  });
  const later = button("Later →", () => {
    move(get("selected"), get("selected") + 1);
    refocus(later);
  });
  const drop = button("Remove", () => {
    remove(get("selected"));
    (row.querySelector("[aria-pressed=true]") ?? add).focus();
  });
  const chosen = h("span", { class: "pool-architecture-chosen" });
  const parts = {
    kind: labelled("Kind", kind),
    window: labelled("Window", windowBox),
    stride: labelled("Stride", strideBox),
    filters: labelled("Filters", filters),
  };
  const edit = h(
    "div",
    { class: "pool-controls", role: "group", "aria-label": "The chosen box" },
    chosen,
    ...Object.values(parts),
    earlier,
    later,
    drop,
  );

  const where = choice({}, []);
  const add = button("Add a max pool", () =>
    insert(Number(where.value), { kind: "pool", how: "max", window: 2, stride: 2, padding: "valid" }),
  );
  const addConvolution = button("Add a convolution", () => {
    const used = get("items")
      .filter((item) => item.kind === "conv")
      .map((item) => Number(item.name.split(" ")[1]));
    insert(Number(where.value), {
      kind: "conv",
      name: `conv ${Math.max(0, ...used) + 1}`,
      filters: 32,
      window: 3,
      stride: 1,
      padding: "same",
      groups: 1,
      seen: [],
      bias: true,
      norm: false,
    });
  });

  const row = h("ol", { class: "pool-architecture-row", "aria-label": "The network, from the image to the answer" });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const trouble = h("p", { class: "pool-warning", role: "alert" });
  const table = h("table", { class: "pool-architecture-totals" });
  // It stays in sight while a long row scrolls by.
  const total = h("div", { class: "pool-architecture-total" }, table, trouble);

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-architecture pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Drag a framed pool to another gap. Or choose it, then use the arrow keys, Delete, or the buttons above the row. Each box says what comes out: height × width × channels, and how many pixels across one place sees. Blue bars are multiply-adds, orange bars activations, each against the largest here. k, M and G: thousand, million, billion.",
      ),
      h(
        "div",
        { class: "pool-controls" },
        labelled("Network", network),
        h("label", { class: "pool-field pool-slider" }, sizeWords, size),
        labelled("Behind the last map", head),
        reset,
      ),
      total,
      sentence,
      edit,
      row,
      h("div", { class: "pool-controls pool-architecture-add" }, labelled("Behind", where), add, addConvolution),
    ),
  );

  // ---- Dragging ----

  let drag = null; // {from, button, start, gap, moved}

  function gapAt(x, y) {
    const boxes = [...row.children].slice(0, get("items").length + 1).map((box) => box.getBoundingClientRect());
    const upright = boxes.length > 1 && boxes.every((box) => Math.abs(box.left - boxes[0].left) < 2);
    const far = boxes.map((box) =>
      upright ? Math.abs(y - box.bottom) : Math.hypot(x - box.right, 2 * (y - (box.top + box.bottom) / 2)),
    );
    return far.indexOf(Math.min(...far));
  }

  function lead(x, y) {
    Object.assign(drag, { x, y });
    drag.moved ||= Math.hypot(x - drag.start[0], y - drag.start[1]) > 6;
    if (!drag.moved) return;
    drag.gap = gapAt(x, y);
    drag.button.style.transform = `translate(${x - drag.start[0]}px, ${y - drag.start[1] + scrollY - drag.scrolled}px)`;
    drag.button.classList.add("pool-architecture-carried");
    [...row.children].forEach((box, n) => box.classList.toggle("pool-architecture-drop", n === drag.gap));
  }

  // Near the window's edge the page scrolls along.
  function scroll() {
    if (!drag) return;
    const edge = drag.y < 50 ? -8 : drag.y > innerHeight - 50 ? 8 : 0;
    if (drag.moved && edge) {
      scrollBy(0, edge);
      lead(drag.x, drag.y);
    }
    requestAnimationFrame(scroll);
  }

  function release(dropped) {
    if (!drag) return;
    const { from, gap, moved, button: held } = drag;
    held.style.transform = "";
    held.classList.remove("pool-architecture-carried");
    for (const box of row.children) box.classList.remove("pool-architecture-drop");
    drag = null;
    if (dropped && moved) move(from, gap > from ? gap - 1 : gap);
  }

  row.addEventListener("pointerdown", (event) => {
    const held = event.target.closest("button[data-pool]");
    if (!held || event.button) return;
    drag = {
      from: Number(held.dataset.at),
      button: held,
      start: [event.clientX, event.clientY],
      scrolled: scrollY,
      gap: -1,
      moved: false,
      x: event.clientX,
      y: event.clientY,
    };
    held.setPointerCapture(event.pointerId);
    requestAnimationFrame(scroll);
  });
  row.addEventListener("pointermove", (event) => {
    if (drag) lead(event.clientX, event.clientY);
  });
  row.addEventListener("pointerup", () => release(true));
  row.addEventListener("pointercancel", () => release(false));
  row.addEventListener("click", (event) => {
    const box = event.target.closest("button[data-at]");
    if (box) set({ selected: Number(box.dataset.at) });
  });
  row.addEventListener("keydown", (event) => {
    const box = event.target.closest("button[data-at]");
    if (!box || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const at = Number(box.dataset.at),
      last = get("items").length - 1,
      mobile = "pool" in box.dataset;
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === "Escape" && drag) release(false);
    else if (mobile && to !== undefined) move(at, clamp(to, 0, last));
    else if (event.key === "Delete" || event.key === "Backspace") remove(at);
    else return;
    event.preventDefault();
    event.stopPropagation();
    (row.querySelector("[aria-pressed=true]") ?? add).focus();
  });

  // ---- What is shown ----

  function box(title, settings, shape, sees, costs, largest, more = {}) {
    const bar = (kindOf, value, most) =>
      h(
        "span",
        { class: `pool-architecture-bar pool-architecture-${kindOf}` },
        h("i", { style: `width:${(100 * value) / (most || 1)}%` }),
        h("b", {}, brief(value)),
      );
    const bars = costs
      ? [bar("work", costs.multiplyAdds, largest.multiplyAdds), bar("kept", costs.activations, largest.activations)]
      : [];
    const said = costs
      ? `; ${spoken(costs.multiplyAdds)} multiply-adds, ${spoken(costs.activations)} activations, ${spoken(costs.parameters)} parameters`
      : "";
    const inside = [
      h("strong", {}, title),
      h("span", {}, settings),
      h("span", { class: "pool-architecture-shape" }, shape),
      h("span", {}, sees),
      h("span", {}, costs?.parameters ? `${brief(costs.parameters)} params` : ""),
      h("span", { class: "pool-architecture-bars", "aria-hidden": "true" }, ...bars),
      h("span", { class: "pool-unseen" }, said),
    ];
    const { at, choosable, poolBox, pressed, ...attributes } = more;
    if (!choosable) return h("li", { class: "pool-architecture-box", ...attributes }, ...inside);
    const held = h(
      "button",
      {
        type: "button",
        "data-at": at,
        "data-pool": poolBox ? "true" : null,
        "aria-pressed": String(pressed),
        class: "pool-architecture-choose",
      },
      ...inside,
    );
    return h("li", { class: `pool-architecture-box${poolBox ? " pool-architecture-pool" : ""}` }, held);
  }

  function drawRow(result) {
    const items = get("items"),
      { channels } = given(),
      side = get("size"),
      all = [...result.rows, ...result.head];
    const largest = {
      multiplyAdds: Math.max(...all.map((one) => one.multiplyAdds)),
      activations: Math.max(...all.map((one) => one.activations)),
    };
    const held = row.contains(row.getRootNode().activeElement);
    row.replaceChildren(
      box("image", "", `${square(side)} × ${channels}`, "", null, largest),
      ...items.map((item, at) => {
        const one = result.rows[at],
          poolBox = item.kind === "pool";
        return box(
          titleOf(item),
          settingsOf(item, one.folded),
          `${square(one.side)} × ${whole(one.channels)}`,
          `sees ${whole(one.field.size)}`,
          one,
          largest,
          { at, poolBox, choosable: poolBox || get("network") === OWN, pressed: at === get("selected") },
        );
      }),
      ...result.head.map((one) => box(one.name, "", whole(one.numbers), "", one, largest, { "data-head": "true" })),
    );
    if (held) row.querySelector("[aria-pressed=true]")?.focus({ preventScroll: true });
  }

  function drawTable(result) {
    const original = given(),
      published = tally(original, original.items, original.size, original.head);
    const columns = [
      ["Params", (one) => one.totals.parameters, brief],
      ["Work", (one) => one.totals.multiplyAdds, brief],
      ["Memory", (one) => one.totals.activations, megabytes],
      ["Map", (one) => one.last.side, square],
      ["Sees", (one) => one.last.field.size, whole],
    ];
    const counts = columns.map(([, of]) => [of(published), of(result)]);
    const line = (name, cell) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, name),
        ...columns.map(([, , words], n) =>
          h(
            "td",
            { title: cell ? whole(counts[n][cell - 1]) : null },
            cell ? words(counts[n][cell - 1]) : factor(counts[n][1], counts[n][0]),
          ),
        ),
      );
    table.replaceChildren(
      h("thead", {}, h("tr", {}, h("td", {}), ...columns.map(([name]) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, line(get("network") === OWN ? "at first" : "paper", 1), line("now", 2), line("ratio", 0)),
    );
  }

  function opening(result) {
    const items = get("items"),
      { parameters, multiplyAdds, activations } = result.totals;
    const convolutions = { conv: () => 1, stage: ({ blocks }) => 3 * blocks + 1, separable: () => 2 };
    const count = items.reduce((sum, item) => sum + (convolutions[item.kind]?.(item) ?? 0), 0);
    const pools = items.filter((item) => item.kind === "pool").length;
    return `${get("network") === OWN ? "This network" : get("network")}: ${count} convolutions, ${pools} pool${pools === 1 ? "" : "s"}, ${spoken(parameters)} parameters, ${spoken(multiplyAdds)} multiply-adds, ${megabytes(activations)} of activations at 4 bytes a number. Change something, and this line says what it did.`;
  }

  function refresh() {
    const result = now();
    if (result.error) return; // Python is in the middle of a change
    const items = get("items"),
      past = get("previous"),
      selected = items[get("selected")];
    const original = given();
    network.value = get("network");
    head.value = get("head");
    Object.assign(size, {
      min: Math.max(least(get("size")), Math.min(16, original.size, get("size"))),
      max: 2 * original.size,
    });
    size.value = get("size");
    put(sizeWords, `Image: ${square(get("size"))}`);
    drawRow(result);
    drawTable(result);

    const poolBox = selected?.kind === "pool",
      fixed = selected?.how === "trained";
    put(
      chosen,
      selected
        ? `Box ${get("selected") + 1}, ${titleOf(selected)}`
        : "There is no pool to choose. You can add one below the row.",
    );
    parts.filters.hidden = !selected || poolBox;
    parts.kind.hidden = parts.stride.hidden = parts.window.hidden = earlier.hidden = later.hidden = !poolBox;
    drop.hidden = !selected;
    drop.disabled = items.length === 1;
    kind.lastElementChild.hidden = get("network") !== "LeNet-5";
    if (poolBox) {
      Object.assign(kind, { value: selected.how });
      Object.assign(windowBox, { value: String(selected.window), disabled: fixed || selected.how === "strided" });
      Object.assign(strideBox, { value: String(selected.stride), disabled: fixed });
      earlier.disabled = get("selected") === 0;
      later.disabled = get("selected") === items.length - 1;
    } else if (selected) filters.value = String(selected.filters);
    const kept = where.value === "" ? String(items.length) : where.value;
    const gaps = ["the image", ...items.map((item, at) => `box ${at + 1}, ${titleOf(item)}`)];
    if (String(gaps) !== String([...where.options].map((option) => option.text)))
      where.replaceChildren(...gaps.map((name, at) => h("option", { value: at }, name)));
    where.value = String(Math.min(Number(kept), items.length));
    addConvolution.hidden = get("network") !== OWN;

    put(trouble, notice);
    trouble.hidden = !notice;
    put(
      sentence,
      past
        ? `${past.did} ${effects(past.items, tally(original, past.items, past.size, past.head), items, result)}`
        : opening(result),
    );
  }

  // ---- Life ----

  const onChange = () => setting || refresh();
  for (const key of KEPT) model.on(`change:${key}`, onChange);
  refresh();
  return () => {
    drag = null;
    for (const key of KEPT) model.off(`change:${key}`, onChange);
  };
}

export default { render };
