// A widget's model, live: what its parts read, write and watch. They meet here and nowhere else.
import { drawn } from "./drawn.js";

// model: anywidget's, or a page's; settings: what the model holds, each with its check (settings.js);
// view: what only this view knows, such as what is pointed at, with its first values. Parts use both alike.
export function live(model, el, settings, view = {}) {
  const own = { notice: "", ...view }; // notice: what the reader should know until a setting changes
  const kept = Object.keys(settings);
  const watchers = [],
    ends = [];
  const get = (key) => (Object.hasOwn(own, key) ? own[key] : model.get(key));
  const values = (keys = kept) => Object.fromEntries(keys.map((key) => [key, get(key)]));
  const first = values(kept);
  let redraw = () => {}; // until there is something to draw
  let together = null; // the keys that have changed so far within one `set`

  const changed = (key) => (together ? together.add(key) : tell([key]));
  function tell(keys) {
    for (const { watched, told } of [...watchers]) if (!watched || keys.some((key) => watched.includes(key))) told();
  }

  // Change several at once: who watches them is told once, with all of them changed.
  function set(changes) {
    const shared = Object.keys(changes).filter((key) => !Object.hasOwn(own, key));
    const before = together;
    together = new Set();
    for (const [key, value] of Object.entries(shared.length ? { notice: "", ...changes } : changes)) {
      if (shared.includes(key)) model.set(key, value);
      else if (own[key] !== value) {
        own[key] = value;
        together.add(key);
      }
    }
    const keys = [...together];
    together = before;
    if (shared.length) model.save_changes();
    if (keys.length) tell(keys);
  }

  // told() after any of these keys has changed; after any change at all, where none are named.
  const watch = (watched, told) => watchers.push({ watched, told });

  // compute(values of these keys), kept until one of them changes.
  function from(keys, compute) {
    let read = null,
      result;
    return () => {
      const now = keys.map(get);
      if (!read || now.some((value, n) => value !== read[n])) [read, result] = [now, compute(values(keys))];
      return result;
    };
  }

  // Draw once a frame, after any change, and when the widget's size or the page's colours change.
  function draws(draw) {
    const [schedule, stop] = drawn(el, draw);
    watch(null, schedule);
    ends.push(stop);
    redraw = schedule;
    schedule();
  }

  // What Reset goes back to, and a task begins with: the page's settings, or those of the link that opened it, and the
  // scene of task number n, of the open one if none is named. What only the browser keeps stays as it is.
  function home(n = get("task")) {
    const own = values(kept.filter((key) => settings[key].keptOnly)),
      { scene } = (kept.includes("task") && get("tasks")[n]) || {};
    return { ...(model.home ?? first), ...own, ...(scene ? { ...scene, task: n } : {}) };
  }

  const listeners = kept.map((key) => [`change:${key}`, () => changed(key)]);
  for (const [event, listener] of listeners) model.on(event, listener);
  el.classList.add("pool-root");
  return {
    get,
    set,
    values,
    watch,
    from,
    draws,
    // Ask for a drawing though nothing has changed: something is on its way (motion.js).
    redraw: () => redraw(),
    home,
    // done() when the view is taken away.
    ends: (done) => ends.push(done),
    dispose() {
      for (const [event, listener] of listeners) model.off(event, listener);
      for (const done of ends) done();
    },
  };
}
