// What a reader does with the explorer, by whatever control: each act changes the state, and nothing else.
import { inside } from "../kit/core.js";
import { POOLED, SIZES, edited, stepped, resized } from "./state.js";

const STEP_MILLISECONDS = 1000; // a class follows

// state: the live model; scene(): what is pooled, {plane, result, failure}.
export function acts(state, scene) {
  let timer = null,
    walks = false; // whether the reader moves the window now
  const selection = () => inside(state.get("selected"), scene().result);
  const flat = ([i, j]) => i * scene().result.columns + j;

  // Only what the reader does changes the selected output in the model: settings that leave it outside do not.
  function select(i, j) {
    if (!scene().result) return;
    const at = inside([i, j], scene().result);
    if (String(at) === String(state.get("selected"))) return;
    walks = true;
    state.set({ selected: at });
    walks = false;
  }

  function step(by) {
    if (scene().result) select(...stepped(selection(), by, scene().result));
  }

  // Visit the outputs one by one, and uncover each as its window arrives.
  function play(on) {
    clearInterval(timer);
    timer = null;
    const playing = on && scene().result !== null;
    if (playing) {
      timer = setInterval(onward, STEP_MILLISECONDS);
      select(0, 0);
      forget();
    }
    state.set({ playing, ended: "" });
  }

  // The same by its button, and at the end: who cannot see it is told.
  function toggle() {
    const pauses = state.get("playing");
    play(!pauses);
    if (pauses) state.set({ ended: "Paused." });
  }

  // One window on, up to the last.
  function onward() {
    const { result } = scene();
    const last = result && String(selection()) === String([result.rows - 1, result.columns - 1]);
    if (result && !last) return step(1);
    play(false);
    state.set({ ended: "The end." });
  }

  // Where the window has been: nowhere but where it stands now.
  const forget = () => state.set({ visited: new Set(scene().result ? [flat(selection())] : []) });

  // A window that is set somewhere, by a task or a fresh start, has been nowhere else.
  state.watch(["selected"], () => {
    if (!walks) forget();
    else if (scene().result) state.set({ visited: new Set([...state.get("visited"), flat(selection())]) });
  });
  state.watch([...POOLED, "covered", "task"], forget);
  // Rows and columns that differ are apart, until Reset.
  function part() {
    if (SIZES.some((key) => state.get(key)[0] !== state.get(key)[1])) state.set({ apart: true });
  }
  state.watch([...SIZES, "apart"], part);
  part();
  forget();
  state.ends(() => clearInterval(timer));
  return {
    select,
    step,
    play,
    toggle,
    // Another number in the input, where it stands.
    edit: (place, value) => state.set({ numbers: edited(state.get("numbers"), place, value) }),
    resize: (key, axis, size) => state.set(resized(state.values(), key, axis, size, state.get("apart"))),
    point: (hover) => state.set({ hover }),
    reset() {
      play(false);
      state.set({ apart: false, ...state.home() });
      forget();
    },
  };
}
