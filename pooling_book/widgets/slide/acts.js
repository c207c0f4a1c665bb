// What a reader does with the sliding picture, by whatever control: each act changes the state, and nothing else.
import { FARTHEST, newCurve, shiftedTo } from "./state.js";

const STEP_MILLISECONDS = 700;

export function acts(state) {
  let timer = null;
  const go = (wanted) => state.set(shiftedTo(state.values(), wanted));

  // Visit every shift from the next one to the last.
  function play(on) {
    clearInterval(timer);
    state.set({ playing: on });
    if (!on) return;
    timer = setInterval(
      () => (state.get("shift") === FARTHEST ? play(false) : go(state.get("shift") + 1)),
      STEP_MILLISECONDS,
    );
    go(state.get("shift") === FARTHEST ? 0 : state.get("shift") + 1);
  }

  state.ends(() => clearInterval(timer));
  return {
    play,
    shiftTo(wanted) {
      play(false);
      go(wanted);
    },
    // Another pool or another picture.
    change: (settings) => state.set({ ...settings, ...newCurve(state.values()) }),
    reset() {
      play(false);
      state.set(state.home());
    },
  };
}
