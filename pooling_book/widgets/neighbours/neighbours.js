// Nearest neighbours: a digit on a grid, its pooled form, and the training digits that lie nearest to that.
import { pool, show, clamp, put, h } from "../kit/core.js";
import { Board } from "../kit/board.js";
import { button, group } from "../kit/controls.js";
import { drawn } from "../kit/drawn.js";
import { pushed, brushed, pushButtons, drawButton } from "../kit/digit.js";

const SIDE = 8,
  INK = 16;
const SHOWN = 5; // neighbours in the picture
const STATE = ["digit", "pixels", "pushed", "method", "window", "stride", "voters"];
const CHOICES = [
  ["none", "None"],
  ["max", "Maximum"],
  ["avg", "Average"],
  ["subsample", "Subsample"],
];

// ---- Arithmetic: as pooling_lib.book.neighbours ----

// Images as arrays of 64 values, from letters: "a" is 0, "q" is 16.
function readDigits(letters) {
  const values = Array.from(letters, (letter) => letter.charCodeAt(0) - 97);
  return Array.from({ length: values.length / SIDE ** 2 }, (_, n) => values.slice(n * SIDE ** 2, (n + 1) * SIDE ** 2));
}

const writeDigit = (values) => String.fromCharCode(...values.map((value) => 97 + value));

// What the settings leave of an image: {rows, columns, values}, whole numbers; an average's sums, so that ties are ties.
function features(image, { method, window, stride }) {
  const [w, s] = { none: [1, 1], subsample: [1, stride] }[method] ?? [window, stride];
  const settings = {
    operation: method === "avg" ? "avg" : "max",
    window: [w, w],
    stride: [s, s],
    dilation: [1, 1],
    padding: "valid",
    ceil_mode: false,
    count_include_pad: false,
  };
  const { rows, columns, values, counts } = pool({ rows: SIDE, columns: SIDE, values: image }, settings);
  return {
    rows,
    columns,
    values: Array.from(values, (value, n) => (method === "avg" ? Math.round(value * counts[n]) : value)),
  };
}

const divisor = ({ method, window }) => (method === "avg" ? window ** 2 : 1);

const squareDistance = (a, b) => a.reduce((total, value, n) => total + (value - b[n]) ** 2, 0);

// The places of the `count` nearest training digits, the nearest first; of equals the first.
function nearest(query, training, count) {
  const squares = training.map((one) => squareDistance(query, one));
  return squares
    .map((_, n) => n)
    .sort((a, b) => squares[a] - squares[b] || a - b)
    .slice(0, count)
    .map((n) => ({ n, square: squares[n] }));
}

// The label that occurs most often; of several, the one that comes first.
function vote(labels) {
  const times = (label) => labels.filter((other) => other === label).length;
  return labels.reduce((best, label) => (times(label) > times(best) ? label : best));
}

const named = (label) => `${label === "8" ? "an" : "a"} ${label}`;

// ---- The widget ----

function render({ model, el }) {
  const get = (key) => model.get(key);
  const train = readDigits(get("train").pixels),
    trainLabels = get("train").labels;
  const test = readDigits(get("test").pixels),
    testLabels = get("test").labels;
  const initial = Object.fromEntries(STATE.map((key) => [key, get(key)]));
  const [schedule, stopDrawing] = drawn(el, () => draw());
  let training = null,
    right = 0; // the training digits as the settings leave them, and how many test digits they get right
  let cursor = [0, 0],
    focused = false;

  function set(changes) {
    for (const [key, value] of Object.entries(changes)) model.set(key, value);
    model.save_changes();
  }
  const settings = () => ({ method: get("method"), window: get("window"), stride: get("stride") });
  const image = () => readDigits(get("pixels"))[0];
  const label = () => (get("digit") < 0 ? null : testLabels[get("digit")]);

  // ---- What the reader does ----

  function next(by) {
    drawing.stop();
    const digit = get("digit") < 0 ? (by > 0 ? 0 : test.length - 1) : (get("digit") + by + test.length) % test.length;
    set({ digit, pixels: writeDigit(test[digit]), pushed: [0, 0] });
  }

  function push(down, across) {
    const [a, b] = get("pushed");
    set({ pixels: writeDigit(pushed(image(), SIDE, down, across)), pushed: [a + down, b + across] });
  }

  const own = (values) => set({ digit: -1, pixels: writeDigit(values), pushed: [0, 0] });

  // ---- Controls ----

  const methods = CHOICES.map(([value, text]) => button(text, () => set({ method: value }), { "data-value": value }));
  const voters = [1, 3].map((count) =>
    button(String(count), () => set({ voters: count }), {
      "data-value": count,
      "aria-label": count === 1 ? "1 neighbour votes" : "3 neighbours vote",
    }),
  );
  const sliders = ["window", "stride"].map((key) => {
    const value = h("b", {});
    const input = h("input", {
      type: "range",
      min: "1",
      max: String(SIDE),
      step: "1",
      "aria-label": key === "window" ? "Window" : "Stride",
      oninput: () => set({ [key]: Number(input.value) }),
    });
    return {
      key,
      value,
      input,
      field: h(
        "label",
        { class: "pool-field pool-slider" },
        h("span", {}, key === "window" ? "Window " : "Stride ", value),
        input,
      ),
    };
  });
  const reset = button("Reset", () => {
    drawing.stop();
    set(initial);
  });

  const board = new Board("The digit: arrow keys move a cursor, the space bar puts ink under it or takes it away"),
    output = new Board("What is compared");
  const drawing = drawButton(board, {
    clear: () => own(Array(SIDE ** 2).fill(0)),
    paint: (place) => own(brushed(image(), SIDE, INK, place, 1.5)),
    free: (event) => event.pointerType !== "touch", // the finger scrolls the page
  });
  output.canvas.removeAttribute("tabindex"); // nothing to do there
  output.canvas.setAttribute("role", "img");
  const places = Array.from({ length: SHOWN }, (_, n) => {
    const pair = [1, 2].map(() => h("canvas", { role: "img", width: "112", height: "112" }));
    const name = h("b", {}),
      away = h("span", {});
    return {
      pair,
      name,
      away,
      item: h(
        "div",
        { role: "listitem" },
        h("p", {}, name, away),
        h("div", { class: "pool-neighbours-pair" }, ...pair),
      ),
    };
  });
  const sentence = h("p", { class: "pool-sentence", "aria-live": "polite" });
  const score = h("p", { class: "pool-neighbours-score", "aria-live": "polite" });
  const spoken = h("p", { class: "pool-unseen", "aria-live": "polite" }); // where the cursor is

  el.classList.add("pool-root");
  el.append(
    h(
      "div",
      { class: "pool-neighbours pool-card" },
      h(
        "p",
        { class: "pool-hint" },
        "Paint on the grid with the mouse, or with the arrow keys and Space. With a finger, press Draw first: then the grid is empty and yours.",
      ),
      h("div", { class: "pool-panels" }, board.figure, output.figure),
      h(
        "div",
        { class: "pool-transport" },
        button("◀", () => next(-1), { "aria-label": "Previous test digit", title: "previous test digit" }),
        button("Next digit ▶", () => next(1)),
        h("span", { class: "pool-neighbours-push", role: "group", "aria-label": "Push" }, ...pushButtons(push)),
        drawing.element,
        reset,
      ),
      h(
        "div",
        { class: "pool-controls" },
        group("Pooling", h("div", { class: "pool-neighbours-choice" }, ...methods)),
        h("div", { class: "pool-sliders" }, ...sliders.map(({ field }) => field)),
        group("Who votes", h("div", { class: "pool-neighbours-choice" }, ...voters)),
      ),
      h(
        "p",
        { class: "pool-neighbours-title" },
        `The five nearest of ${train.length} training digits, each beside its pooled form`,
      ),
      h("div", { class: "pool-neighbours-row", role: "list" }, ...places.map(({ item }) => item)),
      sentence,
      score,
      spoken,
    ),
  );

  // ---- Keys ----

  for (const [type, value] of [
    ["focus", true],
    ["blur", false],
  ]) {
    board.canvas.addEventListener(type, () => {
      focused = value && board.canvas.matches(":focus-visible");
      if (focused) sayPlace();
      schedule();
    });
  }
  board.canvas.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], " ": [0, 0] }[
      event.key
    ];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    focused = true;
    cursor = cursor.map((at, axis) => clamp(at + step[axis], 0, SIDE - 1));
    if (event.key === " ") own(image().map((old, n) => (n === cursor[0] * SIDE + cursor[1] ? (old ? 0 : INK) : old)));
    sayPlace();
    schedule();
  });

  function sayPlace() {
    put(spoken, `Row ${cursor[0]}, column ${cursor[1]}: ${image()[cursor[0] * SIDE + cursor[1]]}`);
  }

  // ---- Words and pictures ----

  // Pool the training digits with the settings as they are, and try them on the test digits.
  function prepare() {
    training = train.map((one) => features(one, settings()).values);
    const verdicts = test.map((one) =>
      vote(nearest(features(one, settings()).values, training, get("voters")).map(({ n }) => trainLabels[n])),
    );
    right = verdicts.filter((verdict, n) => verdict === testLabels[n]).length;
  }

  function draw() {
    const { method, window, stride } = settings();
    for (const one of methods) one.setAttribute("aria-pressed", String(one.dataset.value === method));
    for (const one of voters) one.setAttribute("aria-pressed", String(Number(one.dataset.value) === get("voters")));
    for (const { key, value, input, field } of sliders) {
      field.hidden = method === "none" || (method === "subsample" && key === "window");
      input.value = value.textContent = get(key);
    }
    if (!training) prepare();

    const values = image(),
      pooled = features(values, { method, window, stride }),
      by = divisor({ method, window });
    const found = nearest(pooled.values, training, SHOWN);
    const verdict = vote(found.slice(0, get("voters")).map(({ n }) => trainLabels[n]));
    const averaged = { ...pooled, values: pooled.values.map((value) => value / by) };
    showBoards({ rows: SIDE, columns: SIDE, values }, averaged);
    found.forEach(({ n, square }, place) =>
      showNeighbour(places[place], n, Math.sqrt(square) / by, place < get("voters"), pooled),
    );
    say(values, averaged.values, found, verdict, by);
    const cost = `${train.length} × ${pooled.values.length} = ${(train.length * pooled.values.length).toLocaleString("en")}`;
    put(
      score,
      `With these settings ${right} of the ${test.length} test digits are right, at ${cost} multiplications for each.`,
    );
  }

  const size = (plane) => `${plane.rows} × ${plane.columns}`;

  function showBoards(grid, averaged) {
    const room = board.figure.parentElement.clientWidth;
    const cell = Math.floor(Math.min(34, room >= 460 ? (room - 32) / (2 * SIDE) : (room - 8) / SIDE));
    const title = label() === null ? "Your digit" : `A test digit, ${named(label())}`;
    const ink = (plane) => (row, column) => plane.values[row * plane.columns + column] !== 0; // paper without its zeros is easier to read
    for (const [one, plane, text, side] of [
      [board, grid, title, cell],
      [output, averaged, "What is compared", (cell * SIDE) / averaged.columns],
    ]) {
      one.frame([0, plane.rows], [0, plane.columns], side);
      one.numbers(plane, [0, INK], ink(plane), "");
      one.describe(`${text}, ${size(plane)}`, plane, true, () => true);
    }
    output.canvas.setAttribute("aria-label", `What is compared, ${size(averaged)} numbers`);
    if (focused) board.outline(...cursor);
  }

  function showNeighbour({ pair, name, away, item }, n, distance, votes, { rows, columns }) {
    name.textContent = trainLabels[n];
    away.textContent = `distance ${show(distance, 1)}`;
    item.dataset.votes = String(votes);
    const top = INK * divisor(settings());
    picture(pair[0], { rows: SIDE, columns: SIDE, values: train[n] }, INK);
    picture(pair[1], { rows, columns, values: training[n] }, top);
    pair[0].setAttribute("aria-label", `${named(trainLabels[n])} of the training digits`);
    pair[1].setAttribute("aria-label", `the same, as it is compared: ${rows} × ${columns}`);
  }

  function picture(canvas, plane, top) {
    const context = canvas.getContext("2d"),
      width = canvas.width / plane.columns,
      height = canvas.height / plane.rows;
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = board.colors.text;
    plane.values.forEach((value, n) => {
      context.globalAlpha = value / top;
      context.fillRect((n % plane.columns) * width, Math.floor(n / plane.columns) * height, width, height);
    });
  }

  function say(values, averaged, found, verdict, by) {
    const count = averaged.length,
      [{ n, square }] = found;
    const terms = averaged.map((value, place) => Math.abs(value - training[n][place] / by)).filter(Boolean);
    const squares =
      terms
        .slice(0, 3)
        .map((term) => `${show(term)}²`)
        .join(" + ") + (terms.length > 3 ? ` + …` : "");
    const [down, across] = get("pushed");
    const ways = [
      [down, "down", "up"],
      [across, "to the right", "to the left"],
    ]
      .filter(([by]) => by)
      .map(([by, more, less]) => `${Math.abs(by)} ${by > 0 ? more : less}`);
    const who = `${label() === null ? "Your digit" : `This ${label()}`}${ways.length ? `, pushed ${ways.join(" and ")},` : ""}`;
    const mark = label() === null ? "" : verdict === label() ? ", which is right" : ", which is wrong";
    const sum = terms.length ? `√(${squares}) = ${show(Math.sqrt(square) / by)}` : "0";
    const others =
      get("voters") === 3
        ? ` The three nearest are ${found
            .slice(0, 3)
            .map(({ n }) => trainLabels[n])
            .join(", ")}.`
        : "";
    const differ =
      count === 1
        ? `the one number ${terms.length ? "differs" : "is the same"}`
        : `${terms.length} of the ${count} numbers differ`;
    put(
      sentence,
      values.some(Boolean)
        ? `${who} is taken for ${named(verdict)}${mark}.${others} The nearest is ${named(trainLabels[n])} at distance ${sum}: ${differ}.`
        : "The grid is empty: there is no digit to read.",
    );
  }

  // ---- Life ----

  const onSettings = () => {
    training = null;
    schedule();
  };
  const RETRAIN = ["method", "window", "stride", "voters"];
  for (const key of STATE) model.on(`change:${key}`, RETRAIN.includes(key) ? onSettings : schedule);
  schedule();
  return () => {
    stopDrawing();
    for (const key of STATE) model.off(`change:${key}`, RETRAIN.includes(key) ? onSettings : schedule);
  };
}

export default { render };
