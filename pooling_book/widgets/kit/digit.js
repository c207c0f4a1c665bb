// A digit on a grid of pixels: pushed by whole pixels, or drawn with a soft brush, by pointers and by keys.
import { clamp } from "./core.js";
import { button } from "./controls.js";
import { moving } from "./motion.js";
import { arrow, keys } from "./pointer.js";

// The values of a square grid moved by whole pixels; what leaves the grid is gone, what enters is paper.
export function pushed(values, side, down, across) {
  return values.map((_, n) => {
    const row = Math.floor(n / side) - down,
      column = (n % side) - across;
    return row < 0 || column < 0 || row >= side || column >= side ? 0 : values[row * side + column];
  });
}

// The values with ink at a place: full near it, less up to `reach` pixels away.
export function brushed(values, side, ink, [y, x], reach) {
  return values.map((old, n) =>
    Math.max(
      old,
      Math.round(ink * clamp(reach - Math.hypot(Math.floor(n / side) + 0.5 - y, (n % side) + 0.5 - x), 0, 1)),
    ),
  );
}

// The place of the reader's own digit among the test digits; it has no label.
export const OWN = -1;
export const labelOf = ({ digit, test }) => (digit === OWN ? null : test.labels[digit]);
// The place so many test digits on and round again; from the reader's own to the first or the last.
export const roundAgain = ({ digit, test: { labels } }, by) =>
  digit === OWN ? (by > 0 ? 0 : labels.length - 1) : (digit + by + labels.length) % labels.length;

// How far a digit has been pushed, in words: "2 down", "1 to the left".
export const waysOf = ([down, across]) =>
  [
    [down, "down", "up"],
    [across, "to the right", "to the left"],
  ]
    .filter(([by]) => by)
    .map(([by, more, less]) => `${Math.abs(by)} ${by > 0 ? more : less}`);

// Four buttons, one pixel each; push(down, across).
export const pushButtons = (push) =>
  [
    ["↑", "up", -1, 0],
    ["↓", "down", 1, 0],
    ["←", "to the left", 0, -1],
    ["→", "to the right", 0, 1],
  ].map(([text, way, down, across]) =>
    button(text, () => push(down, across), {
      "aria-label": `Push the digit one pixel ${way}`,
      title: `one pixel ${way}`,
    }),
  );

// A pushed digit is seen on its way: how far its ink still is from its place, in rows and columns. state holds `digit`
// and `pushed`; atOnce(): whether it is under a pointer, and has to be there.
export function travelling(state, atOnce = () => false) {
  const { send, now } = moving(() => state.redraw());
  let digit = state.get("digit");
  return () => {
    const to = state.get("pushed"),
      same = digit === state.get("digit");
    digit = state.get("digit");
    send(to, !same || atOnce());
    return now().map((at, axis) => at - to[axis]);
  };
}

// The keys on a grid of `side` rows and columns, while on() holds: arrow keys move a cursor, and Space does
// ink(cursor). state has `cursor` and `focused`, whether it shows, among what only this view knows.
export function cursorKeys(state, { canvas }, side, ink, on = () => true) {
  for (const [type, isOn] of [
    ["focus", true],
    ["blur", false],
  ])
    canvas.addEventListener(type, () => state.set({ focused: isOn && canvas.matches(":focus-visible") }));
  keys(canvas, ({ key }) => {
    if (!on()) return null;
    if (key === " ")
      return () => {
        ink(state.get("cursor"));
        state.set({ focused: true });
      };
    if (!key.startsWith("Arrow")) return null;
    const cursor = arrow(key, state.get("cursor")).map((at) => clamp(at, 0, side - 1));
    return () => state.set({ cursor, focused: true });
  });
}

// Painting on a board: {element: the Draw button, pressed(), stop()}. While it is pressed every pointer paints, else
// those that are `free`. clear() empties the grid when drawing begins, paint(place) puts ink at a place of the board.
// name and title: of a button that does something else there.
export function drawButton(board, { clear, paint, free, name = "Draw", title = "empty the grid and draw" }) {
  let painting = false;
  const pressed = () => element.getAttribute("aria-pressed") === "true";
  const press = (on) => {
    element.setAttribute("aria-pressed", String(on));
    board.canvas.style.touchAction = on ? "none" : "";
  };
  const element = button(
    name,
    () => {
      const begins = !pressed();
      if (begins) clear();
      press(begins);
    },
    { "aria-pressed": "false", title },
  );
  board.canvas.addEventListener("pointerdown", (event) => {
    if (event.button || !(pressed() || free(event))) return;
    painting = true;
    board.canvas.setPointerCapture(event.pointerId);
    paint(board.at(event));
  });
  board.canvas.addEventListener("pointermove", (event) => {
    if (painting) paint(board.at(event));
  });
  for (const end of ["pointerup", "pointercancel"]) board.canvas.addEventListener(end, () => (painting = false));
  board.canvas.addEventListener(
    "touchstart",
    (event) => {
      if (painting) event.preventDefault();
    },
    { passive: false },
  );
  return { element, pressed, stop: () => press(false) };
}
