// Where a reader puts a guess: fields to type in, buttons to press, or the picture itself.
import { h } from "./core.js";
import { button, toggles } from "./controls.js";
import { flipped } from "./places.js";

const typed = (name, put) =>
  h("input", {
    type: "text",
    class: "pool-typed",
    "aria-label": name,
    maxlength: 40,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "data-lm-suppress-shortcuts": "true",
    oninput: ({ target }) => put(target.value),
  });

const group = (element) => {
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Your guess");
  return element;
};

// Setting a field that is typed in moves its caret: only where it differs.
function fill(field, text = "") {
  if (field.value !== text) field.value = text;
}

// For each form: (given, put) => {element, show(guess)}; put(guess) is told what the reader changes.
const FIELDS = {
  number(_, put) {
    const field = typed("Your guess", put);
    return { element: field, show: (guess) => fill(field, guess) };
  },
  numbers({ names }, put) {
    let now = [];
    const changed = (n) => (text) => put(names.map((_, m) => (m === n ? text : (now[m] ?? ""))));
    const fields = names.map((name, n) => typed(name, changed(n)));
    const show = (guess) => {
      now = guess ?? [];
      fields.forEach((field, n) => fill(field, now[n]));
    };
    const labels = names.map((name, n) => h("label", { class: "pool-typed-name" }, name, " ", fields[n]));
    return { element: h("span", { class: "pool-typed-row" }, ...labels), show };
  },
  choice({ options }, put) {
    const { element, show } = toggles(
      options.map((option) => [option, option]),
      put,
      "pool-options",
    );
    return { element: group(element), show };
  },
  choices({ options }, put) {
    let now = [];
    const buttons = options.map((option) => button(option, () => put(flipped(now, option))));
    const show = (guess) => {
      now = guess ?? [];
      buttons.forEach((one, n) => one.setAttribute("aria-pressed", String(now.includes(options[n]))));
    };
    return { element: group(h("div", { class: "pool-options" }, ...buttons)), show };
  },
  places: () =>
    onPicture((guess) =>
      guess?.length ? `Marked: ${guess.map((place) => `(${place})`).join(" ")}` : "Nothing is marked yet.",
    ),
  // Who draws with keys hears the picture itself.
  curve: () =>
    onPicture((guess) => (guess ? "Drawn: change it as you like." : "Draw it on the picture."), { role: null }),
};

function onPicture(words, { role = "status" } = {}) {
  const element = h("span", { class: "pool-marked", role });
  return { element, onPicture: true, show: (guess) => (element.textContent = words(guess)) };
}

export const guessField = (form, given, put) => FIELDS[form](given, put);
