// What a reader does with the convolution, by whatever control: each act changes the state, and nothing else.
import { inside } from "../kit/core.js";
import { flat, reweighted, stepped } from "./state.js";

const STEP_MILLISECONDS = 700;

// state: the live model; scene(): {plane, result, failure}.
export function acts(state, scene) {
  let timer = null;
  const selection = () => inside(state.get("selected"), scene().result);

  // Only what the reader does changes the selected output in the model: settings that leave it outside do not.
  function select(at) {
    const { result } = scene();
    if (result && String(inside(at, result)) !== String(state.get("selected")))
      state.set({ selected: inside(at, result) });
  }
  const step = (by) => scene().result && select(stepped(selection(), by, scene().result));

  // Visit the outputs from the first to the last; those to come are covered.
  function play(on) {
    clearInterval(timer);
    const playing = on && scene().result !== null;
    state.set({ playing });
    if (!playing) return;
    select([0, 0]);
    timer = setInterval(onward, STEP_MILLISECONDS);
  }
  function onward() {
    const { result } = scene();
    if (!result || flat(selection(), result) === result.values.length - 1) return play(false);
    step(1);
  }

  state.ends(() => clearInterval(timer));
  return {
    play,
    // The reader's own step, or a place for the window: then nothing plays.
    step(by) {
      play(false);
      step(by);
    },
    select(at) {
      play(false);
      select(at);
    },
    weigh: (place, weight) => state.set({ filter: reweighted(state.get("filter"), place, weight) }),
    reset() {
      play(false);
      state.set(state.home());
    },
  };
}
