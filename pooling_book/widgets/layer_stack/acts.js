// What a reader does with the stack, by whatever control: each act changes the state, and nothing else.
import { clamp } from "../kit/core.js";
import { PRESETS, kept, poolOf } from "./state.js";

// state: the live model; scene(): {image, rows}; look(): the output looked at, or null; mayMove(): whether the frame is
// there to be moved.
export function acts(state, scene, look, mayMove) {
  const layers = () => state.get("layers");

  // Change the layers, or which of them is looked at; the frame stays about where it is on the image.
  const change = (next, layer) => state.set({ layers: next, layer, ...kept(look(), scene(), next, layer) });

  function select(...at) {
    if (!look()) return;
    const inside = at.map((place) => clamp(Math.round(place), 0, look().placed.count - 1));
    if (String(inside) !== String(state.get("selected"))) state.set({ selected: inside });
  }

  function remove(number) {
    const next = layers().filter((_, n) => n !== number),
      layer = state.get("layer");
    change(next, clamp(layer - (layer > number ? 1 : 0), 0, next.length - 1));
  }

  return {
    mayMove,
    select,
    remove,
    choose: (number) => change(layers(), number),
    alter: (number, changes) =>
      change(
        layers().map((layer, n) => (n === number ? { ...layer, ...changes } : layer)),
        number,
      ),
    add: () => change([...layers(), poolOf(2)], layers().length),
    take: (preset) => change(PRESETS[preset], PRESETS[preset].length - 1),
    reset: () => state.set(state.home()),
  };
}
