// Pointers and keys on a widget: dragging with reach, and keys that the page does not get.

export const REACH = 14; // pixels around a thing that hold it, too: fingers are blunt

const REST_MILLISECONDS = 300, // a finger that has rested so long wants the thing under it, not the page
  SLIP = 8; // pixels that it may go meanwhile

// Let things on a board be dragged. grab(at, touch) gives what the pointer holds, or null: then a finger may scroll the
// page. move(at, held) follows while it is held, beginning with the press. Where nothing is held: cursor(at) names the
// mouse's form, and hover(at) is told; tap(at) is a finger's tap. sideways: what is held goes left and right only, and
// a finger that goes up or down scrolls the page (with touch-action: pan-y). patient: a finger has to begin sideways,
// or to rest a moment first; one that goes up or down at once scrolls the page, wherever it begins.
export function draggable(board, how) {
  const { grab, move, cursor = null, hover = null, tap = null, sideways = false, patient = false } = how;
  const { canvas } = board;
  let held = null,
    waits = null; // a finger that may still want to scroll: where it began
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const at = board.at(event),
      touch = event.pointerType === "touch";
    held = grab(at, touch);
    if (held === null) return;
    canvas.setPointerCapture(event.pointerId);
    if (patient && touch) wait(event);
    else move(at, held);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = board.at(event);
    if (waits) decide(event);
    if (waits) return;
    if (held !== null) return move(at, held);
    if (cursor) canvas.style.cursor = cursor(at);
    hover?.(at);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => letGo());
  canvas.addEventListener("click", (event) => {
    if (event.pointerType === "touch") tap?.(board.at(event));
  });
  // A finger that holds something moves it; only one beside it scrolls the page.
  const still = (event) => held !== null && !waits && !sideways && event.cancelable && event.preventDefault();
  for (const moves of ["touchstart", "touchmove"]) canvas.addEventListener(moves, still, { passive: false });
  if (patient) canvas.style.touchAction = "pan-y";

  function wait({ clientX, clientY }) {
    waits = { clientX, clientY, timer: setTimeout(() => (waits = null), REST_MILLISECONDS) };
  }
  function decide({ clientX, clientY }) {
    const across = Math.abs(clientX - waits.clientX),
      down = Math.abs(clientY - waits.clientY);
    if (Math.max(across, down) <= SLIP) return;
    if (across <= down) held = null;
    clearTimeout(waits.timer);
    waits = null;
  }
  function letGo() {
    clearTimeout(waits?.timer);
    held = waits = null;
  }
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
