// What a reader does with the sliding picture, by whatever control: each act changes the state, and nothing else.
import { FARTHEST, newCurve, shiftedTo } from "./state.js";

const STEP_MILLISECONDS = 700;

export function acts(state) {
  let timer = null;
  const go = (wanted, atOnce = false) => state.set({ ...shiftedTo(state.values(), wanted), atOnce });

  // Visit every shift from the next one to the last.
  function play(on) {
    clearInterval(timer);
    if (on !== state.get("playing")) state.set({ playing: on, paused: !on });
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
    // atOnce: the picture is under a pointer, and does not glide.
    shiftTo(wanted, atOnce) {
      play(false);
      state.set({ paused: false });
      go(wanted, atOnce);
    },
    // Another pool or another picture.
    change: (settings) => state.set({ ...settings, ...newCurve(state.values()) }),
    reset() {
      play(false);
      state.set({ ...state.home(), paused: false });
    },
  };
}
