// A window's pixels: a small window on a photo, each of its pixels a slider, and what they do to both answers.
import { clamp, show, put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button } from "../kit/controls.js";
import { decode, photoPicker } from "../kit/photo.js";
import { drawn } from "../kit/drawn.js";

const WINDOWS = [2, 3, 4];
const WHITE = 255;
const SETTINGS = ["source", "photo", "window", "corner", "edits"];

// Both answers for the values under a window, and what each value has to do with them.
// room: how far a value may rise before the maximum notices; second: the largest of all but the first maximum.
export function effects(values) {
  const max = Math.max(...values),
    first = values.indexOf(max);
  const sum = values.reduce((total, value) => total + value, 0);
  const second = Math.max(...values.filter((_, n) => n !== first));
  const tied = values.filter((value) => value === max).length;
  return { max, sum, mean: sum / values.length, first, second, tied, room: values.map((value) => max - value) };
}

function render({ model, el }) {
  const get = (key) => model.get(key);
  const initial = Object.fromEntries(SETTINGS.map((key) => [key, get(key)]));
  const [schedule, stopDrawing] = drawn(el, () => draw());
  let plane = null; // the photo, untouched
  let active = 0; // the pixel pointed at or in focus last, counted along the rows

  // ---- Model ----

  function set(changes) {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }

  const load = () => (plane = decode(get("source") === "photo" ? get("photo") : get("images")[get("source")]));
  const side = () => get("window");
  // The corner, kept on the photo: another window or another photo may have left it outside.
  const corner = () => [
    clamp(get("corner")[0], 0, plane.rows - side()),
    clamp(get("corner")[1], 0, plane.columns - side()),
  ];
  const place = (n) => [corner()[0] + Math.floor(n / side()), corner()[1] + (n % side())];
  const cellCount = () => side() ** 2;

  // The photo's values with the reader's changes in them.
  function touched() {
    const values = plane.values.slice();
    for (const [row, column, value] of get("edits"))
      if (row < plane.rows && column < plane.columns) values[row * plane.columns + column] = value;
    return values;
  }

  const under = (values) =>
    Array.from({ length: cellCount() }, (_, n) => values[place(n)[0] * plane.columns + place(n)[1]]);

  // Give the window's pixels these values; only what differs from the photo is kept as a change.
  function change(values) {
    const inside = new Set(values.map((_, n) => String(place(n))));
    const others = get("edits").filter(([row, column]) => !inside.has(String([row, column])));
    const changed = values
      .map((value, n) => [...place(n), value])
      .filter(([row, column, value]) => value !== plane.values[row * plane.columns + column]);
    set({ edits: [...others, ...changed] });
  }

  function changeOne(n, value) {
    const values = under(touched());
    values[n] = clamp(Math.round(value), 0, WHITE);
    change(values);
  }

  function moveTo(row, column) {
    const at = [clamp(row, 0, plane.rows - side()), clamp(column, 0, plane.columns - side())];
    if (String(at) !== String(get("corner"))) set({ corner: at });
  }

  // Another order of the window's pixels; a window of equal pixels has none.
  function shuffle() {
    const before = under(touched()),
      values = [...before];
    if (new Set(before).size === 1) return;
    while (String(values) === String(before)) {
      for (let n = values.length - 1; n > 0; n--) {
        const other = Math.floor(Math.random() * (n + 1));
        [values[n], values[other]] = [values[other], values[n]];
      }
    }
    change(values);
  }

  // ---- Controls ----

  const source = h(
    "select",
    { class: "pool-button", onchange: () => set({ source: source.value, edits: [] }) },
    ...[...Object.keys(get("images")), "photo"].map((name) =>
      h("option", { value: name }, name === "photo" ? "your photo" : name),
    ),
  );
  const ownPhoto = source.querySelector("[value=photo]");
  const photo = photoPicker(
    el,
    (image) => set({ photo: image, source: "photo", edits: [] }),
    (problem) => warn(problem),
  );
  const sizes = WINDOWS.map((size) =>
    button(`${size} × ${size}`, () => set({ window: size, corner: corner() }), { "data-size": size }),
  );

  const board = new Board(
    "Photo: arrow keys move the window, with Shift by 8 pixels; Home and End go to the first and the last",
  );
  const grid = h("div", { class: "pool-pixels-grid", role: "group", "aria-label": "Pixels under the window" });
  const caption = h("figcaption", { "aria-live": "polite" }); // says where the window has moved
  const pointed = h("p", { class: "pool-pointed" });
  const track = h("div", { class: "pool-pixels-track" });
  const line = h(
    "div",
    { class: "pool-pixels-line", "aria-hidden": "true" },
    h("span", {}, "0"),
    track,
    h("span", {}, String(WHITE)),
  );
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const warning = h("p", { class: "pool-warning", role: "alert" });

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-pixels pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Drag the window over the photo. Drag a pixel up or down to make it lighter or darker. Arrow keys do both.",
      ),
      h(
        "div",
        { class: "pool-panels" },
        board.figure,
        h("figure", { class: "pool-pixels-zoom" }, caption, grid, pointed),
      ),
      line,
      warning,
      sentence,
      h(
        "div",
        { class: "pool-transport" },
        button("Put the pixels back", () => set({ edits: [] })),
        button("Shuffle the window", shuffle),
        button("Reset", () => set(initial)),
      ),
      h(
        "div",
        { class: "pool-controls" },
        h("label", { class: "pool-field" }, h("span", {}, "Photo"), source),
        photo,
        h(
          "div",
          { class: "pool-field", role: "group", "aria-label": "Window" },
          h("span", { "aria-hidden": "true" }, "Window"),
          h("div", { class: "pool-segments" }, ...sizes),
        ),
      ),
    ),
  );

  function warn(problem) {
    put(warning, problem);
    warning.hidden = !problem;
  }

  // ---- The window on the photo ----

  let grip = null; // where the window is held, from its corner
  const reach = () => 14 / board.cell; // fingers are blunt
  const onWindow = (at) =>
    corner().every((start, axis) => at[axis] > start - reach() && at[axis] < start + side() + reach());
  const drag = (at) => moveTo(...at.map((position, axis) => Math.round(position - grip[axis])));
  const middle = () => [side() / 2, side() / 2];

  board.canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const at = board.at(event);
    if (onWindow(at)) grip = at.map((position, axis) => position - corner()[axis]);
    else if (event.pointerType !== "touch") grip = middle();
    else return; // a finger beside the window may scroll the page; a tap is a click, below
    board.canvas.setPointerCapture(event.pointerId);
    drag(at);
  });
  board.canvas.addEventListener("pointermove", (event) => {
    const at = board.at(event);
    if (grip) drag(at);
    else board.canvas.style.cursor = onWindow(at) ? "grab" : "crosshair";
  });
  for (const end of ["pointerup", "pointercancel"]) board.canvas.addEventListener(end, () => (grip = null));
  board.canvas.addEventListener("click", (event) => {
    if (event.pointerType !== "touch") return;
    grip = middle();
    drag(board.at(event));
    grip = null;
  });
  board.canvas.addEventListener(
    "touchstart",
    (event) => {
      if (grip) event.preventDefault();
    },
    { passive: false },
  );
  board.canvas.addEventListener("keydown", (event) => {
    const [row, column] = corner(),
      by = event.shiftKey ? 8 : 1;
    const target = {
      ArrowUp: [row - by, column],
      ArrowDown: [row + by, column],
      ArrowLeft: [row, column - by],
      ArrowRight: [row, column + by],
      Home: [0, 0],
      End: [Infinity, Infinity],
    }[event.key];
    if (!target || !ours(event)) return;
    moveTo(...target);
  });

  // Whether a key is for the widget; then neither the page nor JupyterLab gets it.
  function ours(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  // ---- The pixels ----

  let cells = [];

  function build() {
    cells = Array.from({ length: cellCount() }, (_, n) => pixel(n));
    grid.style.setProperty("--side", side());
    grid.replaceChildren(...cells.map(({ cell }) => cell));
  }

  function pixel(n) {
    const value = h("b", {}),
      says = h("span", {});
    const cell = h(
      "div",
      {
        class: "pool-pixels-cell",
        role: "slider",
        tabindex: "0",
        "aria-orientation": "vertical",
        "aria-valuemin": "0",
        "aria-valuemax": String(WHITE),
        "data-lm-suppress-shortcuts": "true",
      },
      value,
      says,
    );
    let held = null; // where the drag began, and from which value
    cell.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      held = { y: event.clientY, value: under(touched())[n] };
      cell.setPointerCapture(event.pointerId);
      cell.focus();
      event.preventDefault(); // no text is selected by the drag
    });
    cell.addEventListener("pointermove", (event) => {
      if (held) changeOne(n, held.value + held.y - event.clientY);
    });
    for (const end of ["pointerup", "pointercancel"]) cell.addEventListener(end, () => (held = null));
    for (const start of ["focus", "pointerenter"])
      cell.addEventListener(start, () => {
        active = n;
        schedule();
      });
    cell.addEventListener("keydown", (event) => {
      const by = {
        ArrowUp: 1,
        ArrowRight: 1,
        ArrowDown: -1,
        ArrowLeft: -1,
        PageUp: 10,
        PageDown: -10,
        Home: -WHITE,
        End: WHITE,
      }[event.key];
      if (by && ours(event)) changeOne(n, under(touched())[n] + by);
    });
    return { cell, value, says };
  }

  // ---- Words ----

  const where = (n) => `row ${Math.floor(n / side())}, column ${n % side()}`;
  const signed = (value, digits = 2) => (value > 0 ? "+" : "") + show(value, digits);
  const is = (value) => `${Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? "=" : "≈"} ${show(value)}`;
  const list = (words) =>
    words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

  // What a pixel does, in two or three words for its cell.
  function brief(value, n, { max, tied, room }) {
    if (room[n]) return `room ${room[n]}`;
    return tied > 1 ? "tied max" : "the max";
  }

  // The same in full.
  function full(value, n, { second, tied, room }) {
    if (room[n]) return `it may rise by ${room[n]} before the maximum notices`;
    if (tied > 1) return `one of ${tied} equal maxima: the maximum rises with it, but does not fall with it`;
    return `it is the maximum, which rises with it, and falls with it down to ${second}`;
  }

  function explain(values, before, now, then) {
    const more = now.tied > 1 ? ` and ${now.tied - 1} more` : "";
    const answers = `max(${values.join(", ")}) = ${now.max}, from ${where(now.first)}${more}. mean = (${values.join(" + ")}) / ${values.length} ${is(now.mean)}.`;
    const changes = values.map((value, n) => [n, value - before[n]]).filter(([, by]) => by);
    const total = now.sum - then.sum;
    const moved = `the maximum moved by ${show(now.max - then.max)}, the mean by ${total ? `${show(total)} / ${values.length} ${is(total / values.length)}` : "0"}.`;
    if (!changes.length) return `${answers} No pixel of this window has been changed.`;
    if (String([...values].sort()) === String([...before].sort()))
      return `${answers} The pixels only changed places: ${moved}`;
    if (changes.length === 1) {
      const [[n, by]] = changes;
      return `${answers} You ${by > 0 ? "raised" : "lowered"} ${where(n)} by ${Math.abs(by)}: ${moved}`;
    }
    return `${answers} You changed ${changes.length} pixels, by ${list(changes.map(([, by]) => signed(by)))}, ${show(total)} in all: ${moved}`;
  }

  // ---- Drawing ----

  // Marks on the line. A label starts at its place at the left end, ends there at the right end, and so stays on the line.
  const percent = (value) => `${(100 * value) / WHITE}%`;
  const spot = (value, name) => h("div", { class: `pool-pixels-${name}`, style: `left:${percent(value)}` });
  const way = (from, to, name) =>
    h("div", {
      class: `pool-pixels-way pool-pixels-${name}`,
      style: `left:${percent(Math.min(from, to))};width:${percent(Math.abs(to - from))}`,
    });
  const label = (value, name, text) =>
    h(
      "div",
      {
        class: `pool-pixels-label pool-pixels-${name}`,
        style: `left:${percent(value)};transform:translateX(-${percent(value)})`,
      },
      text,
    );

  function drawLine(values, now, then) {
    const moved = (is, was) => (is === was ? "" : ` (${signed(is - was)})`);
    const marks = values.map((value, n) => spot(value, n === active ? "tick pool-pixels-active" : "tick"));
    for (const [name, word] of [
      ["max", "maximum"],
      ["mean", "mean"],
    ]) {
      if (now[name] !== then[name])
        marks.push(way(then[name], now[name], `${name}way`), spot(then[name], `${name} pool-pixels-ghost`));
      marks.push(
        spot(now[name], name),
        label(now[name], `${name}label`, `${word} ${show(now[name])}${moved(now[name], then[name])}`),
      );
    }
    track.replaceChildren(...marks);
  }

  function draw() {
    if (cells.length !== cellCount()) build();
    active = Math.min(active, cells.length - 1);
    const all = touched(),
      values = under(all),
      before = under(plane.values);
    const now = effects(values),
      then = effects(before);
    const [row, column] = corner();

    const width = Math.min(256, el.clientWidth - 34);
    board.frame([0, plane.rows], [0, plane.columns], width / Math.max(plane.rows, plane.columns));
    board.image({ ...plane, values: all }, () => true);
    board.outline(row, column, side(), side());
    board.describe(`Photo, ${plane.rows} × ${plane.columns}`, plane, false, () => true);
    const title = `Pixels from row ${row}, column ${column}`;
    put(caption, title);

    cells.forEach(({ cell, value, says }, n) => {
      value.textContent = values[n];
      says.textContent = brief(values[n], n, now);
      cell.style.background = `rgb(${values[n]}, ${values[n]}, ${values[n]})`;
      cell.style.color = `var(--pool-on-${values[n] > 117 ? "light" : "dark"})`; // at least 4.5 to 1 on every grey
      cell.classList.toggle("pool-pixels-largest", now.room[n] === 0);
      cell.setAttribute("aria-label", `Pixel in ${where(n)}`);
      cell.setAttribute("aria-valuenow", values[n]);
      cell.setAttribute("aria-valuetext", `${values[n]}: ${full(values[n], n, now)}`);
    });
    const own = full(values[active], active, now);
    pointed.textContent = `${where(active)[0].toUpperCase()}${where(active).slice(1)}: ${own}. +1 moves the mean by 1/${values.length}.`;
    drawLine(values, now, then);
    put(sentence, explain(values, before, now, then));
  }

  function refresh() {
    load();
    ownPhoto.hidden = ownPhoto.disabled = !get("photo");
    source.value = get("source");
    for (const one of sizes) one.setAttribute("aria-pressed", String(Number(one.dataset.size) === side()));
    warn("");
    schedule();
  }

  // ---- Life ----

  for (const key of SETTINGS) model.on(`change:${key}`, refresh);
  refresh();
  return () => {
    stopDrawing();
    for (const key of SETTINGS) model.off(`change:${key}`, refresh);
  };
}

export default { render };
