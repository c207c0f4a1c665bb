// An exercise with a typed answer, on a page without a kernel.
import { h, inline } from "../kit/core.js";
import { live } from "../kit/live.js";
import { isText, keptOnly } from "../kit/settings.js";
import { check } from "./answers.js";

const isAnswer = keptOnly(isText(200)); // letters, as the field allows

const settings = { typed: isAnswer, checked: isAnswer }; // checked: what the verdict speaks of

// The static picture is the widget: its form is shown, and its verdict is this one.
function render({ model, el, page }) {
  const state = live(model, el, settings);
  const exercise = page.querySelector(".pool-exercise"),
    form = exercise.querySelector("form"),
    input = form.querySelector("input");
  const verdict = h("p", { class: "exercise-verdict", role: "status" });
  input.value = state.get("typed") ?? "";
  // an empty field leaves nothing in the browser
  input.addEventListener("input", () =>
    state.set(input.value ? { typed: input.value } : { typed: undefined, checked: undefined }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value) state.set({ checked: input.value });
    say(input.value);
  });

  function say(text) {
    const asked = Object.fromEntries(["identity", "right", "foreseen", "places"].map((key) => [key, model.get(key)]));
    const { status, sentence } = check(text, asked);
    verdict.dataset.status = status;
    verdict.replaceChildren(h("strong", {}, status === "right" ? "✓ Right." : "✗ Not yet."), " ", ...inline(sentence));
  }

  if (state.get("checked")) say(state.get("checked"));
  form.hidden = false;
  exercise.querySelector(".exercise-verdict").replaceWith(verdict);
  el.append(exercise);
  return state.dispose;
}

export default { render, settings, foot: false }; // a chapter has many: no row below each
