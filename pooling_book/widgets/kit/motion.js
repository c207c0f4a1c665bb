// Motion with a meaning: what goes from one place to another is seen on its way. Short, and none for who wants none.
import { h } from "./core.js";
import { zoomOf } from "./zoom.js";

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
  const flock = flocks(ground);
  return (text, from, to) => flock([{ text, from, to }]);
}

// Several at once: fly(words), each {text, from, to, look}, `look` a further class; a new flock ends the old.
export function flocks(ground) {
  let flying = [];
  function one({ text, from, to, look = "" }) {
    const word = h("span", { class: `pool-flying ${look}`, "aria-hidden": "true" }, text);
    ground.append(word);
    const base = ground.getBoundingClientRect(),
      zoom = zoomOf(ground);
    const at = ({ left, top, width, height }) => {
      const x = (left + width / 2 - base.left) / zoom,
        y = (top + height / 2 - base.top) / zoom;
      return `translate(${x}px, ${y}px) translate(-50%, -50%)`;
    };
    const flight = word.animate([{ transform: at(from) }, { transform: at(to) }], {
      duration: MOTION_MILLISECONDS,
      easing: "ease-out",
    });
    for (const end of ["finish", "cancel"]) flight.addEventListener(end, () => word.remove());
    return flight;
  }
  return function fly(words) {
    for (const flight of flying) flight.cancel();
    flying = still() || !ground.animate ? [] : words.map(one);
  };
}
