// Pointers and keys on a widget: dragging with reach, and keys that the page does not get.

export const REACH = 14; // pixels around a thing that hold it, too: fingers are blunt

// Let things on a board be dragged. grab(at, touch) gives what the pointer holds, or null: then a finger may scroll the
// page. move(at, held) follows while it is held, beginning with the press. Where nothing is held: cursor(at) names the
// mouse's form, and hover(at) is told; tap(at) is a finger's tap. sideways: what is held goes left and right only, and
// a finger that goes up or down scrolls the page (with touch-action: pan-y).
export function draggable(board, { grab, move, cursor = null, hover = null, tap = null, sideways = false }) {
  const { canvas } = board;
  let held = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const at = board.at(event);
    held = grab(at, event.pointerType === "touch");
    if (held === null) return;
    canvas.setPointerCapture(event.pointerId);
    move(at, held);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = board.at(event);
    if (held !== null) return move(at, held);
    if (cursor) canvas.style.cursor = cursor(at);
    hover?.(at);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (held = null));
  canvas.addEventListener("click", (event) => {
    if (event.pointerType === "touch") tap?.(board.at(event));
  });
  // A finger that holds something moves it; only one beside it scrolls the page.
  const still = (event) => held !== null && !sideways && event.preventDefault();
  canvas.addEventListener("touchstart", still, { passive: false });
}

// Whether a place is in a box, or within reach of it. A box: {start, span} for rows and for columns.
export const isIn = (at, box, reach) =>
  box.every(({ start, span }, axis) => at[axis] > start - reach && at[axis] < start + span + reach);

// Where in a box it is held: at the point pressed; a mouse beside it takes it by its middle, a finger does not.
export function grip(at, box, reach, touch) {
  if (isIn(at, box, reach)) return box.map(({ start }, axis) => at[axis] - start);
  return touch ? null : middle(box);
}
// The place by which a box is held in its middle.
export const middle = (box) => box.map(({ span }) => span / 2);

// Keys for a widget: act(event) gives what to do, if the key is ours; then neither the page nor JupyterLab gets it.
export function keys(element, act) {
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const todo = act(event);
    if (!todo) return;
    event.preventDefault();
    event.stopPropagation();
    todo();
  });
}

// Where an arrow key leads from a row and a column; Home is the first place, End beyond the last. Else undefined.
export const arrow = (key, [row, column], by = 1) =>
  ({
    ArrowUp: [row - by, column],
    ArrowDown: [row + by, column],
    ArrowLeft: [row, column - by],
    ArrowRight: [row, column + by],
    Home: [0, 0],
    End: [Infinity, Infinity],
  })[key];
