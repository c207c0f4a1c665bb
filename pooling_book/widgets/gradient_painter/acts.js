// What a reader does with the painter, by whatever control: each act changes the state, and nothing else.
import { inside } from "../kit/core.js";
import { middleOf, resized, withPaint, withPattern } from "./state.js";

// state: the live model; scene(): what is pooled, sent and arrived.
export function acts(state, scene) {
  // Only what the reader does changes the selected output in the model: settings that leave it outside do not.
  function select(place) {
    const at = inside(place, scene().result);
    if (String(at) !== String(state.get("selected"))) state.set({ selected: at });
  }

  function paint(places, value) {
    const changes = withPaint(scene(), places, value);
    if (changes.pattern) state.set(changes);
  }

  return {
    select,
    paint,
    follow(pattern) {
      state.set(withPattern(pattern, state.values()));
      if (pattern === "one output" && scene().result) select(middleOf(scene().result));
    },
    resize: (key, size) => state.set(resized(state.values(), key, size)),
    point: (hover) => state.set({ hover }),
    reset: () => state.set({ brush: 1, ...state.home() }),
  };
}
