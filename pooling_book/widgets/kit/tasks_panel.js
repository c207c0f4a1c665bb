// The list of things to try, as it is seen: numbered buttons, the open task, a place for the guess, the verdict.
import { button } from "./controls.js";
import { h, inline, put } from "./core.js";
import { guessField } from "./guess_fields.js";

const MARKS = { done: " ✓", seen: " ·", open: "" };
const SPOKEN = { done: ", done", seen: ", seen", open: "" };

// list: the tasks; choose(n), leave(), offer(guess), uncover(), again(): what the reader does.
// {element, show({n, marks, attempt, wanted}), progress({met, of, words?} or null)}
export function panel(list, { choose, leave, offer, uncover, again, hint }) {
  const buttons = list.map((_, n) => button("", () => press(n), { class: "pool-button pool-task" }));
  const out = button("✕", shut, { class: "pool-button pool-out", "aria-label": "Leave the tasks", title: "no task" });
  const count = h("span", { class: "pool-task-count" });
  const row = h("div", { class: "pool-task-row" }, h("span", { "aria-hidden": "true" }, "Try"), ...buttons, out, count);
  const text = h("p", { class: "pool-task-text", "aria-live": "polite" });
  const place = h("span", { class: "pool-guess-place" });
  const said = h("p", { class: "pool-task-said", role: "status" });
  const cover = button("Uncover", null, { type: "submit" }),
    anew = button("Try again", restart),
    next = button("Next ▸", onward);
  const form = h("form", { class: "pool-guess", onsubmit: submit }, place, cover, anew, next);
  let at,
    field = null,
    asks = null, // what the open task asks for, and what became of it
    tried = {};

  // The open task, pressed again, begins again: its question is heard once more.
  function press(n) {
    choose(n);
    turn(n, asks);
    field?.show(tried.guess);
  }
  function shut() {
    leave();
    buttons[0].focus();
  }
  function submit(event) {
    event.preventDefault();
    const lack = uncover();
    if (!lack) return anew.focus();
    said.dataset.words = "a lack"; // over once the guess has changed
    said.replaceChildren(lack); // heard again, though the words may be the same
  }
  // What was pressed is gone: the focus goes where the reader goes on.
  const first = () => place.querySelector("input, button") ?? cover;
  function restart() {
    again();
    first().focus();
  }
  function onward() {
    choose(at + 1);
    (field ? first() : buttons[at]).focus();
  }
  // Another task is open, or none.
  function turn(n, wanted) {
    at = n;
    said.dataset.words = "another"; // what was said of the task before is over
    form.setAttribute("aria-label", list[n]?.say.replaceAll(/[`*]/g, "") ?? "");
    text.replaceChildren(...(list[n] ? inline(list[n].say) : [hint]));
    field = wanted && guessField(wanted.form, wanted, offer);
    place.replaceChildren(...(field ? [field.element] : []));
  }
  function show({ n, marks, attempt, wanted }) {
    [asks, tried] = [wanted, attempt];
    if (n !== at) turn(n, wanted);
    buttons.forEach((one, m) => {
      put(one, `${m + 1}${MARKS[marks[m]]}`);
      one.setAttribute("aria-pressed", String(m === n));
      one.setAttribute("aria-label", `Task ${m + 1}${SPOKEN[marks[m]]}`);
    });
    const over = attempt.of !== undefined;
    place.inert = over;
    place.hidden = over && field?.onPicture === true; // what it says of the picture is over, too
    field?.show(attempt.guess);
    cover.hidden = !field || over;
    anew.hidden = !field || !over;
    next.hidden = !list[n] || marks[n] === "open" || n + 1 >= list.length;
    form.hidden = !list[n] || [cover, anew, next].every(({ hidden }) => hidden);
    out.hidden = !list[n];
    const words = (list[n] && attempt.said) || "";
    if (said.dataset.words === words) return; // said already: do not say it again
    said.dataset.words = words;
    said.replaceChildren(...inline(words));
  }
  const progress = (now) => put(count, now && now.met < now.of ? (now.words ?? `${now.met} of ${now.of}`) : "");
  const element = h(
    "div",
    { class: "pool-tasks", role: "group", "aria-label": "Things to try" },
    list.length ? row : null,
    text,
    form,
    said,
  );
  return { element, show, progress };
}
