// What a reader does with the window, by whatever control: each act changes the state, and nothing else.
import { drawnBy, inside, moved, putBack, resized, withBar } from "./state.js";

// look(): what is under the window; plane(): the photo.
export function acts(state, look, plane) {
  // changed: what the sentence is about; held: whether a pointer drags it.
  const set = (changed, changes, held = false) => state.set({ ...changes, changed, held });
  return {
    moveTo(at, held) {
      const corner = inside(at, look().side, plane());
      if (String(corner) !== String(look().corner)) set("bars", moved(corner), held);
    },
    resize: (window) => set("bars", resized(window)),
    barTo(n, value, held) {
      const change = withBar(look().values, n, value);
      if (change.bars[n] !== look().values[n]) set("bars", change, held);
    },
    putBack: () => set("bars", putBack()),
    power: (power, held) => set("power", { power }, held),
    temperature: (temperature, held) => set("temperature", { temperature }, held),
    draw: (times) =>
      set("draws", drawnBy(look().values, state.values(["draws"]), Array.from({ length: times }, Math.random))),
    reset: () => set("bars", state.home()),
  };
}
