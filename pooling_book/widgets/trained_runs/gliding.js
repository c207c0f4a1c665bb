// Where the dots and bars are on their way: they glide where another task, head or quantity sends them.
import { moving } from "../kit/motion.js";

// glide(by, key): the pixels of each method, {name: [x, ...]}, as they are now. They glide where `key` has changed, and
// follow at once where it has not: a slider, or the page's width.
export function gliding(redraw) {
  const { send, now } = moving(redraw);
  let last = null,
    names = null;
  return function glide(by, key) {
    const there = String(Object.keys(by));
    send(Object.values(by).flat(), key === last || there !== names);
    [last, names] = [key, there];
    const all = [...now()];
    return Object.fromEntries(Object.entries(by).map(([name, { length }]) => [name, all.splice(0, length)]));
  };
}
