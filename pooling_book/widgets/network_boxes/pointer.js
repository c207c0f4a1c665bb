// The mouse, a finger and the keys on the row of boxes: a pool is carried to another gap, a box is chosen.
import { clamp } from "../kit/core.js";
import { keys } from "../kit/pointer.js";

const STILL = 6; // pixels that a press may wander and still be a click
const EDGE = 50; // pixels from the window's edge where the page scrolls along,
const SCROLL = 8; // so many a frame

const CARRIED = "pool-architecture-carried",
  DROP = "pool-architecture-drop";

// focus(): the chosen box gets the focus.
export function pointer(state, act, row, focus) {
  const carrying = carry(state, act, row);
  row.addEventListener("click", (event) => {
    const box = event.target.closest("button[data-at]");
    if (box) act.select(Number(box.dataset.at));
  });
  keys(row, (event) => {
    const box = event.target.closest("button[data-at]"),
      todo = box && !event.shiftKey && press(event.key, box.dataset);
    if (!todo) return;
    return () => {
      todo();
      focus();
    };
  });

  function press(key, { at: place, pool }) {
    const at = Number(place),
      last = state.get("items").length - 1;
    const to = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last }[key];
    if (key === "Escape" && carrying.held()) return () => carrying.release(false);
    if (pool && to !== undefined) return () => act.move(at, clamp(to, 0, last));
    if (key === "Delete" || key === "Backspace") return () => act.remove(at);
  }
}

// A pool under the pointer, and the gap that it would drop into: {held(), release(dropped)}.
function carry(state, act, row) {
  let drag = null; // {from, button, start, scrolled, x, y, gap, moved}

  function lead(x, y) {
    Object.assign(drag, { x, y });
    drag.moved ||= Math.hypot(x - drag.start[0], y - drag.start[1]) > STILL;
    if (!drag.moved) return;
    drag.gap = gapAt(row, state.get("items").length, x, y);
    drag.button.style.transform = `translate(${x - drag.start[0]}px, ${y - drag.start[1] + scrollY - drag.scrolled}px)`;
    drag.button.classList.add(CARRIED);
    [...row.children].forEach((box, n) => box.classList.toggle(DROP, n === drag.gap));
  }

  function scroll() {
    if (!drag) return;
    const edge = drag.y < EDGE ? -SCROLL : drag.y > innerHeight - EDGE ? SCROLL : 0;
    if (drag.moved && edge) {
      scrollBy(0, edge);
      lead(drag.x, drag.y);
    }
    requestAnimationFrame(scroll);
  }

  function release(dropped) {
    if (!drag) return;
    const { from, gap, moved, button } = drag;
    button.style.transform = "";
    button.classList.remove(CARRIED);
    for (const box of row.children) box.classList.remove(DROP);
    drag = null;
    if (dropped && moved) act.move(from, gap > from ? gap - 1 : gap);
  }

  row.addEventListener("pointerdown", (event) => {
    const button = event.target.closest("button[data-pool]");
    if (!button || event.button) return;
    const [x, y] = [event.clientX, event.clientY];
    drag = { from: Number(button.dataset.at), button, start: [x, y], scrolled: scrollY, x, y, gap: -1, moved: false };
    button.setPointerCapture(event.pointerId);
    requestAnimationFrame(scroll);
  });
  row.addEventListener("pointermove", (event) => {
    if (drag) lead(event.clientX, event.clientY);
  });
  row.addEventListener("pointerup", () => release(true));
  row.addEventListener("pointercancel", () => release(false));
  state.ends(() => release(false));
  return { held: () => drag !== null, release };
}

// The gap nearest to a place: 0 is the one behind the image. Where boxes stand below each other, only the height
// counts.
function gapAt(row, items, x, y) {
  const boxes = [...row.children].slice(0, items + 1).map((box) => box.getBoundingClientRect());
  const upright = boxes.length > 1 && boxes.every((box) => Math.abs(box.left - boxes[0].left) < 2);
  const far = boxes.map((box) =>
    upright ? Math.abs(y - box.bottom) : Math.hypot(x - box.right, 2 * (y - (box.top + box.bottom) / 2)),
  );
  return far.indexOf(Math.min(...far));
}
