// An exercise with a typed answer, on a page without a kernel.
import { h, inline } from "../kit/core.js";
import { button } from "../kit/controls.js";
import { live } from "../kit/live.js";
import { isText, keptOnly } from "../kit/settings.js";
import { check } from "./answers.js";

const MOST = 200; // letters

const settings = { typed: keptOnly(isText(MOST)) };

// The static picture is the widget; only its verdict gives way to a place to answer.
function render({ model, el, page }) {
  const state = live(model, el, settings),
    identity = model.get("identity");
  const input = h("input", {
    type: "text",
    id: `${identity}-answer`,
    "aria-describedby": `${identity}-how`,
    maxlength: MOST,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    oninput: () => state.set({ typed: input.value || undefined }), // an empty field leaves nothing in the browser
  });
  input.value = state.get("typed") ?? "";
  const verdict = h("p", { class: "exercise-verdict", role: "status" });

  function answer(event) {
    event.preventDefault();
    const asked = Object.fromEntries(["right", "foreseen", "places"].map((key) => [key, model.get(key)]));
    const { status, sentence } = check(input.value, { identity, ...asked });
    verdict.dataset.status = status;
    verdict.replaceChildren(h("strong", {}, status === "right" ? "✓ Right." : "✗ Not yet."), " ", ...inline(sentence));
  }

  // says not how many
  const how = "A number, or several with spaces or commas between them; a fraction such as 3/4 is fine.";
  const form = h(
    "form",
    { class: "exercise-form", onsubmit: answer },
    h("label", { for: input.id }, "Your answer"),
    h("div", { class: "exercise-row" }, input, button("Check", null, { type: "submit" })),
    h("small", { id: `${identity}-how` }, how),
  );
  const exercise = page.querySelector(".pool-exercise");
  exercise.querySelector(".exercise-verdict").replaceWith(form, verdict);
  el.append(exercise);
  return state.dispose;
}

export default { render, settings, foot: false }; // a chapter has many: no row below each
