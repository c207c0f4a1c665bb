// The mouse, a finger and the keys on the strip of boxes: a pool is carried to another gap, a box is chosen or marked.
import { clamp } from "../kit/core.js";
import { draggable, keys, REACH } from "../kit/pointer.js";
import { zoomOf } from "../kit/zoom.js";

const STILL = 6; // pixels that a press may wander and still be a click

const CARRIED = "pool-architecture-carried",
  DROP = "pool-architecture-drop";

// strip: drawing.js's. marking(): whether boxes are marked now, not chosen; mark(at) does it.
export function pointer(state, act, strip, { marking, mark }) {
  const { row } = strip;
  const carrying = carry(state, act, row);
  const choose = (at) => (marking() ? mark(at) : act.select(at));
  // A finger carries the chosen pool; elsewhere it chooses, and goes from box to box.
  function grab(x, touch) {
    const at = boxAt(row, x),
      selected = state.get("selected"),
      isPool = (n) => state.get("items")[n]?.kind === "pool";
    if (marking()) return null;
    if (!touch) return isPool(at) ? carrying.take(at, x) : null;
    const chosen = row.children[selected + 1]?.getBoundingClientRect();
    const near = chosen && x > chosen.left - REACH && x < chosen.right + REACH;
    return near && isPool(selected) ? carrying.take(selected, x) : { looking: true };
  }
  const move = (x, { looking }) => (looking ? act.select(boxAt(row, x)) : carrying.lead(x));
  draggable({ canvas: row, at: ({ clientX }) => clientX }, { grab, move, patient: true });
  // A press that ends on another box means neither of them.
  let pressed = null;
  row.addEventListener("pointerdown", ({ clientX }) => (pressed = boxAt(row, clientX)));
  row.addEventListener("pointerup", () => carrying.release(true));
  row.addEventListener("pointercancel", () => carrying.release(false));
  row.addEventListener("click", (event) => {
    if (carrying.dropped()) return;
    // A key presses the box that has the focus; a pointer has been taken hold of by the row.
    const key = event.detail ? null : event.target.closest("[data-at]"),
      at = key ? Number(key.dataset.at) : boxAt(row, event.clientX);
    if (key || at === pressed) choose(at);
  });
  keys(row, (event) => {
    const { at } = event.target.closest("[data-at]")?.dataset ?? {};
    const todo = at !== undefined && press(event, Number(at));
    return (
      todo &&
      (() => {
        todo();
        strip.focus(state.get("selected"));
      })
    );
  });

  function press({ key, shiftKey }, at) {
    const items = state.get("items"),
      last = row.children.length - 2;
    if (key === "Escape" && carrying.held()) return () => carrying.release(false);
    if (key === "Delete" || key === "Backspace") return () => act.remove(at);
    const by =
      { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[key] ?? { Home: -last - 2, End: last + 2 }[key];
    if (by === undefined) return null;
    if (!shiftKey) return () => act.select(clamp(at + by, -1, last));
    return items[at]?.kind === "pool" && (() => act.move(at, clamp(at + by, 0, items.length - 1)));
  }
}

// A pool under the pointer, and the gap that it would drop into.
function carry(state, act, row) {
  let drag = null, // {from, button, start, gap, moved}
    fell = false; // a pool has just been dropped: the click that ends it chooses nothing

  function take(from, start) {
    fell = false;
    drag = { from, button: row.children[from + 1], start, gap: -1, moved: false };
    return drag;
  }
  function lead(x) {
    if (!drag) return;
    drag.moved ||= Math.abs(x - drag.start) > STILL;
    if (!drag.moved) return;
    drag.gap = gapAt(row, state.get("items").length, x);
    drag.button.style.transform = `translateX(${(x - drag.start) / zoomOf(row)}px)`;
    drag.button.classList.add(CARRIED);
    [...row.children].forEach((box, n) => box.classList.toggle(DROP, n === drag.gap));
  }
  function release(dropped) {
    if (!drag) return;
    const { from, gap, moved, button } = drag;
    button.style.transform = "";
    button.classList.remove(CARRIED);
    for (const box of row.children) box.classList.remove(DROP);
    drag = null;
    fell = moved;
    if (dropped && moved) act.move(from, gap > from ? gap - 1 : gap);
  }
  function dropped() {
    const just = fell;
    fell = false;
    return just;
  }
  state.ends(() => release(false));
  return { held: () => drag !== null, take, lead, release, dropped };
}

// The box nearest to a place: -1 is the image.
function boxAt(row, x) {
  const far = [...row.children].map((box) => {
    const { left, right } = box.getBoundingClientRect();
    return Math.abs(x - (left + right) / 2);
  });
  return far.indexOf(Math.min(...far)) - 1;
}

// The gap nearest to a place, counted by the box before it: 0 is the one after the image.
function gapAt(row, items, x) {
  const far = [...row.children].slice(0, items + 1).map((box) => Math.abs(x - box.getBoundingClientRect().right));
  return far.indexOf(Math.min(...far));
}
