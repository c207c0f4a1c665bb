// Things to try with a widget: each sets the scene; some ask for a guess and cover the answer, some wait for a goal.
import { judge, lacks, verdict } from "./guess.js";
import { panel } from "./tasks_panel.js";
import { keptOnly } from "./settings.js";

const MOST_TEXT = 20_000; // letters of all attempts together, as JSON
const CHANGED = "That is for the scene as you have changed it.";

// The settings of a widget with tasks: the one that is open, and what the reader has done with each, which no link has.
export const withTasks = (settings) => ({
  ...settings,
  task: (value, { tasks }) => value === null || (Number.isInteger(value) && value >= 0 && value < tasks.length),
  attempts: keptOnly(
    (value, { tasks }) =>
      value !== null &&
      typeof value === "object" &&
      JSON.stringify(value).length <= MOST_TEXT &&
      Object.entries(value).every(([n, attempt]) => tasks[n] && attempt !== null && typeof attempt === "object"),
  ),
});

// Whether a state has these settings: what a goal may ask besides.
export const holds = (values, settings) =>
  Object.entries(settings).every(([key, value]) => String(values[key]) === String(value));

// What an attempt is by now: done (right, or the goal met), seen (uncovered, or only looked at) or open.
export function standing({ met, right, of, seen } = {}) {
  if (met || (of !== undefined && right === of)) return "done";
  return seen || of !== undefined ? "seen" : "open";
}

// The settings that an open guess asks about, where it is judged by its task's scene though a link has brought another;
// null where no guess is open.
export function sceneOfGuess(state) {
  const isGuess = state.get("tasks")[state.get("task")]?.guess;
  return isGuess ? { ...state.values(), ...state.home(), images: state.get("images") } : null;
}

// The list of tasks above a widget's picture. guesses and goals: what this kind can ask for (its tasks.js);
// facts(): what those are told; hint: what stands there while no task is open; free: settings that change no answer.
//   guesses: {what: {form, truth(facts, given), names?, options?(facts, given), within?}}
//   goals:   {what: (facts, given) => {met, of, words?}}, how many parts are met of how many, or that in words
// Returns {element, covers(what), asked(), offer(guess)}: whether an answer is hidden now; the guess that is asked for
// or was judged, {what, form, given, guess, over, truth()}, or null; and the way for a picture to take a guess.
export function tasks(state, { guesses = {}, goals = {} }, facts, hint, free = []) {
  const list = state.get("tasks");
  const at = () => state.get("task"),
    open = () => list[at()] ?? null,
    attempt = (n = at()) => state.get("attempts")[n] ?? {};
  const attempted = (now, n = at()) => ({ attempts: { ...state.get("attempts"), [n]: now } });

  // What the open task asks for: its form, and all that field and judge need.
  function wanted() {
    const { guess, given } = open() ?? {};
    if (!guess) return null;
    const { form, names, options, within } = guesses[guess];
    const truth = () => guesses[guess].truth(facts(), given);
    return {
      what: guess,
      form,
      names,
      options: options?.(facts(), given),
      within: given.within ?? within,
      given,
      truth,
    };
  }
  const over = () => attempt().of !== undefined;
  function asked() {
    const now = wanted();
    return now && { ...now, guess: attempt().guess ?? null, over: over() };
  }
  const covers = (what) => open()?.guess === what && !over(); // asked for each drawing: nothing is computed
  const offer = (guess) => open()?.guess && !over() && state.set(attempted({ guess }));

  // A task begins with its scene, the open one, too.
  function choose(n) {
    const { guess, goal, then } = list[n];
    state.set({ ...state.home(n), ...(guess || goal ? {} : attempted({ seen: true, said: then }, n)) });
  }
  const leave = () => state.set({ task: null });
  // A remark is about the scene: where the reader has changed that, it might not be true, and the question neither.
  function remark() {
    const scene = state.home(),
      changed = (key) => !free.includes(key) && JSON.stringify(state.get(key)) !== JSON.stringify(scene[key]);
    return Object.keys(scene).some(changed) ? CHANGED : open().then;
  }
  // The guess is judged by what holds now, and stays judged whatever is changed later. Returns why it cannot be, or "".
  function uncover() {
    const { form, guess, truth, ...more } = asked();
    const lack = lacks(form, guess, more);
    if (lack) return lack;
    const answer = truth(),
      parts = judge(form, guess, answer, more);
    const said = `${verdict(form, guess, answer, parts)} ${remark()}`.trim();
    state.set(attempted({ guess, ...parts, said }));
    return "";
  }
  function progress() {
    const { goal, given } = open() ?? {};
    const now = goal && !attempt().met ? goals[goal](facts(), given) : null;
    if (now && now.met === now.of) state.set(attempted({ met: true, said: `✓ Done. ${open().then}`.trim() }));
    view.progress(now);
  }
  const again = () => state.set(attempted({}));
  const view = panel(list, { choose, leave, offer, uncover, again, hint });
  function show() {
    view.show({ n: at(), marks: list.map((_, n) => standing(attempt(n))), attempt: attempt(), wanted: wanted() });
  }
  state.watch(null, progress);
  state.watch(["task", "attempts"], show);
  show();
  queueMicrotask(progress); // a goal may be open from the start: by then the widget is whole
  return { element: view.element, covers, asked, offer };
}
