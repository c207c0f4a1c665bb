// The quiz: every answer is explained at once; the first tries are counted.
import { button } from "../kit/controls.js";
import { h, inline, put } from "../kit/core.js";
import { live } from "../kit/live.js";
import { keys } from "../kit/pointer.js";
import { score, settings, standing, taken, untouched } from "./state.js";

function render({ model, el }) {
  const state = live(model, el, settings, { before: null }); // answers that Undo brings back, until there is a new one
  const questions = model.get("questions");
  const rows = questions.map((question, q) =>
    questionRow(question, q, (c) => state.set({ answers: taken(state.get("answers"), q, c), before: null })),
  );
  const result = h("p", { class: "quiz-score", role: "status" });
  const again = button("Start again", () => {
    const { answers, before } = state.values(["answers", "before"]);
    state.set(before ? { answers: before, before: null } : { answers: untouched(questions), before: answers });
  });

  function show() {
    const { answers, before } = state.values(["answers", "before"]);
    rows.forEach((row, q) => row.show(answers[q]));
    put(result, before ? "All answers are taken back." : score(questions, answers));
    put(again, before ? "Undo" : "Start again");
    again.hidden = !before && !answers.some((tries) => tries.length);
  }
  state.watch(["answers", "before"], show);
  show();
  // The form keeps these radio buttons apart from those of another view.
  el.append(
    h(
      "form",
      { class: "pool-quiz", onsubmit: (event) => event.preventDefault() },
      h("ol", { class: "quiz-questions" }, ...rows.map(({ element }) => element)),
      h("div", { class: "quiz-end" }, result, again),
    ),
  );
  return state.dispose;
}

// One question with its choices; take(c): a choice is taken. {element, show(tries)}
function questionRow(question, q, take) {
  const { text, choices } = question;
  const radios = choices.map((_, c) => h("input", { type: "radio", name: `question-${q}`, onchange: () => take(c) }));
  const labels = choices.map((choice, c) =>
    h("label", { class: "quiz-choice" }, radios[c], h("span", {}, ...inline(choice.text))),
  );
  const feedback = h("p", { class: "quiz-feedback", role: "status" });
  const fields = h("fieldset", {}, h("legend", {}, `${q + 1}. `, ...inline(text)), ...labels);
  moveOnly(fields, radios);

  function show(tries) {
    const { at, status } = standing(question, tries);
    radios.forEach((radio, c) => (radio.checked = c === at));
    labels.forEach((label, c) => label.toggleAttribute("data-taken", c === at));
    if (feedback.dataset.shown === String(at)) return; // said already: do not say it again
    feedback.dataset.shown = String(at);
    for (const element of [feedback, ...labels]) element.dataset.status = status;
    const verdict = h("strong", {}, status === "right" ? "✓ Right." : "✗ Not quite.");
    feedback.replaceChildren(...(status === "open" ? [] : [verdict, " ", ...inline(choices[at].why)]));
  }
  return { element: h("li", { class: "quiz-question" }, fields, feedback), show };
}

// The arrow keys of radio buttons answer as they pass; here they only move, and space or Enter answers.
function moveOnly(fields, radios) {
  keys(fields, ({ key, target }) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (key === "Enter") return () => target.click();
    return step && (() => radios[(radios.indexOf(target) + step + radios.length) % radios.length].focus());
  });
}

export default { render, settings, restarts: true };
