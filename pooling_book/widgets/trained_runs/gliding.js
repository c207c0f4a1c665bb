// Where the dots and bars are on their way: they glide where another block, data set or quantity sends them.
import { moving } from "../kit/motion.js";

// glide(by, key): the pixels of each cell, {name: [x, ...]}, as they are now. They glide where `key` has changed, and
// follow at once where it has not: a slider, or the page's width.
export function gliding(redraw) {
  const { send, now } = moving(redraw);
  let last = null,
    rows = null;
  return function glide(by, key) {
    const there = Object.entries(by)
      .map(([name, { length }]) => name + length)
      .join();
    send(Object.values(by).flat(), key === last || there !== rows);
    [last, rows] = [key, there];
    const all = [...now()];
    return Object.fromEntries(Object.entries(by).map(([name, { length }]) => [name, all.splice(0, length)]));
  };
}
