// The explorer in a window of its own, opened by another widget on one of its maps, with that pool's settings.
import { choice, labelled } from "../kit/controls.js";
import { clamp, extremes, h, squarePool } from "../kit/core.js";
import { showLarge } from "../kit/large.js";
import { PageModel } from "../kit/page_model.js";
import { default as explorer } from "./explorer.js";

const MOST_NUMBERS = 900; // the explorer takes no more
const FEW_NUMBERS = 256; // more are shown as a picture first
const PICTURE = "the same as a picture";

// Show the explorer until the reader closes it; then the focus is where it was.
//   title, say: what is opened, and a sentence about it; say may be ""
//   planes: [{name, rows, columns, values}], one or several to choose from, as the channels of a map; at: the first
//   one that is shown; menu: what they are
//   operation "max" or "avg", window and stride as one number, padding: the pool's
//   range: the values that are black and white in the picture; from 0 to a plane's largest unless given
// Returns the dialog.
export function openExplorer({ title, say = "", planes, at = 0, menu = "Channel", range = null, ...pool }) {
  const model = new PageModel(beginning(planes[at], pool, range)),
    el = h("div", { class: "pool-opened-explorer" });
  const channel = choice(
    { onchange: () => turn(model, beginning(planes[channel.value], pool, range)) },
    planes.map(({ name }, n) => [n, name]),
  );
  channel.value = at;
  const head = h(
    "div",
    { class: "pool-opened" },
    h("p", {}, h("b", {}, title), say && ` ${say}`),
    planes.length > 1 ? labelled(menu, channel) : null,
  );
  const stop = explorer.render({ model, el });
  return showLarge(h("div", {}, head, el), title, stop);
}

// The explorer's state on a plane.
export function beginning(plane, { operation, window, stride, padding }, range = null) {
  return {
    ...inputs(plane, range),
    photo: null,
    source: plane.values.length <= FEW_NUMBERS ? "numbers" : PICTURE,
    ...squarePool(operation, window, stride, padding),
    covered: false,
    selected: strongest(plane).map((at) => Math.floor(at / stride)),
    tasks: [],
    task: null,
    attempts: {},
  };
}

// Where a plane has its largest value: what is seen first should not be an empty corner.
function strongest({ columns, values }) {
  const n = values.reduce((best, value, at) => (value > values[best] ? at : best), 0);
  return [Math.floor(n / columns), n % columns];
}

// Another plane, and the rest as the reader has set it; Reset goes back to how that plane is opened.
function turn(model, home) {
  model.home = home;
  for (const key of ["images", "numbers"]) model.set(key, home[key]);
  model.save_changes();
}

// A plane as the explorer takes it in: as a picture, and as numbers with the two decimals that it shows; of a plane too
// large for that, the numbers of its first corner.
function inputs({ rows, columns, values }, range) {
  const [low, high] = range ?? [0, Math.max(extremes(values)[1], 1e-9)];
  const grey = (value) => Math.round(255 * clamp((value - low) / (high - low), 0, 1));
  const pixels = btoa(String.fromCharCode(...Array.from(values, grey)));
  const [down, across] = rows * columns <= MOST_NUMBERS ? [rows, columns] : [rows, columns].map(corner);
  const line = (_, i) =>
    Array.from(values.slice(i * columns, i * columns + across), (value) => Number(value.toFixed(2))).join(" ");
  return {
    images: { [PICTURE]: { rows, columns, pixels } },
    numbers: Array.from({ length: down }, line).join("\n"),
  };
}
const corner = (size) => Math.min(size, Math.sqrt(MOST_NUMBERS));
