// Motion with a meaning: what goes from one place to another is seen on its way. Short, and none for who wants none.
import { h } from "./core.js";

export const MOTION_MILLISECONDS = 220;

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Numbers that move to where they are sent, from wherever they are by then. redraw() is asked for each frame.
// {send(numbers, atOnce), now(): where they are, or null before the first}
export function moving(redraw) {
  let from = null,
    to = null,
    began = 0;
  function now() {
    if (!from) return to;
    const done = (performance.now() - began) / MOTION_MILLISECONDS;
    if (done >= 1) {
      from = null;
      return to;
    }
    redraw();
    const eased = 1 - (1 - Math.max(0, done)) ** 3;
    return to.map((end, n) => from[n] + (end - from[n]) * eased);
  }
  function send(numbers, atOnce = false) {
    if (to && String(numbers) === String(to)) return;
    from = to && !atOnce && !still() ? now() : null;
    to = numbers;
    began = performance.now();
  }
  return { send, now };
}

// A word that flies from one box to another over `ground`, a positioned element around both; a new flight ends the old.
// Boxes are those of getBoundingClientRect.
export function flights(ground) {
  let flight = null;
  return function fly(text, from, to) {
    flight?.cancel();
    if (still() || !ground.animate) return;
    const word = h("span", { class: "pool-flying", "aria-hidden": "true" }, text);
    ground.append(word);
    const base = ground.getBoundingClientRect(),
      zoom = ground.offsetWidth ? base.width / ground.offsetWidth : 1;
    const at = ({ left, top, width, height }) => {
      const x = (left + width / 2 - base.left) / zoom,
        y = (top + height / 2 - base.top) / zoom;
      return `translate(${x}px, ${y}px) translate(-50%, -50%)`;
    };
    flight = word.animate([{ transform: at(from) }, { transform: at(to) }], {
      duration: MOTION_MILLISECONDS,
      easing: "ease-out",
    });
    for (const end of ["finish", "cancel"]) flight.addEventListener(end, () => word.remove());
  };
}
