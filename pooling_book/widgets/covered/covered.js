// The output of a plain cell, covered until the reader has guessed or asks for it.
import { button } from "../kit/controls.js";
import { h, inline, put } from "../kit/core.js";
import { judge, lacks, verdict } from "../kit/guess.js";
import { guessField } from "../kit/guess_fields.js";
import { live } from "../kit/live.js";
import { isFlag, keptOnly } from "../kit/settings.js";

const MOST = 2000; // letters of a guess, as JSON

const settings = {
  guess: keptOnly((value) => value === null || JSON.stringify(value).length <= MOST),
  judged: keptOnly(isFlag),
};

// What is said of a guess, by its form and the answer that the author gave.
export function found({ form, answer, then = "", ...more }, guess) {
  return `${verdict(form, guess, answer, judge(form, guess, answer, more))} ${then}`.trim();
}

// The static picture, a fold around the output, is the widget; a place for the guess comes above it.
function render({ model, el, page }) {
  const state = live(model, el, settings),
    asked = model.get("asked");
  const fold = page.querySelector(".pool-covered"),
    title = fold.querySelector("summary");
  const field = guessField(asked.form, asked, (guess) => state.set({ guess }));
  const said = h("p", { class: "pool-task-said", role: "status" });
  const commit = button("Uncover", null, { type: "submit" }),
    again = button("Try again", anew);
  const place = h("span", { class: "pool-guess-place", role: "group", "aria-label": "Your guess" }, field.element);
  const form = h("form", { class: "pool-guess", onsubmit: uncover }, "Your guess", place, commit, again);
  function uncover(event) {
    event.preventDefault();
    const lack = lacks(asked.form, state.get("guess"), asked);
    if (lack) return say(lack);
    state.set({ judged: true });
    again.focus();
  }
  function anew() {
    state.set({ guess: null, judged: false });
    place.querySelector("input, button").focus();
  }
  // The same words again are news to who listens, too.
  function say(words) {
    said.replaceChildren(...inline(words));
  }
  function show() {
    const judged = state.get("judged");
    place.inert = judged;
    commit.hidden = judged;
    again.hidden = !judged;
    say(judged ? found(asked, state.get("guess")) : "");
    fold.open = judged;
  }
  state.watch(["judged"], show);
  state.watch(["guess"], () => field.show(state.get("guess")));
  fold.addEventListener("toggle", () => put(title, `${fold.open ? "Hide" : "Show"} the answer`));
  field.show(state.get("guess"));
  show();
  el.append(form, said, fold);
  return state.dispose;
}

export default { render, settings, foot: false }; // a chapter has many: no row below each
