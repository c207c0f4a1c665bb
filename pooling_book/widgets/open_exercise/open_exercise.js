// An open exercise, on a page without a kernel: the reader's words, then the model answer to compare them with.
import { h } from "../kit/core.js";
import { live } from "../kit/live.js";
import { isFlag, isList, isText, keptOnly } from "../kit/settings.js";

const settings = {
  text: keptOnly(isText(2000)), // letters, as the field allows
  compared: keptOnly(isFlag),
  ticks: keptOnly((value, state) => isList(isFlag, state.ticks.length, state.ticks.length)(value)),
};

// How many words a text has; a character of Chinese or Japanese is one. As count_words() in exercise/kinds.py.
export function countWords(text) {
  const parts = text.match(/[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+/g) ?? [];
  return parts.filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

// What is said to who wants to compare this text.
export function said(text, fewest) {
  const words = countWords(text);
  if (words >= fewest) return "The model answer is below. Tick what yours says, too.";
  return `That is ${words} ${words === 1 ? "word" : "words"}. Write at least ${fewest}, in whole sentences.`;
}

// The static picture is the widget: its form is shown, and its verdict is this one.
function render({ model, el, page }) {
  const state = live(model, el, settings),
    fewest = model.get("fewest");
  const exercise = page.querySelector(".pool-exercise"),
    form = exercise.querySelector("form"),
    field = form.querySelector("textarea"),
    fold = exercise.querySelector(".exercise-model > details"),
    boxes = [...fold.querySelectorAll("input")];
  const verdict = h("p", { class: "exercise-verdict", role: "status" });
  const say = () => verdict.replaceChildren(said(field.value, fewest));
  // an empty field leaves nothing in the browser
  field.addEventListener("input", () =>
    state.set(field.value ? { text: field.value } : { text: "", compared: false, ticks: boxes.map(() => false) }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say();
    if (countWords(field.value) < fewest) return field.focus();
    state.set({ compared: true });
    fold.open = true;
  });
  boxes.forEach((box) =>
    box.addEventListener("change", () => state.set({ ticks: boxes.map(({ checked }) => checked) })),
  );
  state.watch(["ticks"], show);

  function show() {
    boxes.forEach((box, n) => (box.checked = state.get("ticks")[n]));
  }
  field.value = state.get("text");
  show();
  if (state.get("compared")) say();
  fold.open = state.get("compared");
  form.hidden = false;
  exercise.querySelector(".exercise-verdict").replaceWith(verdict);
  el.append(exercise);
  return state.dispose;
}

export default { render, settings, foot: false }; // a chapter has many: no row below each
