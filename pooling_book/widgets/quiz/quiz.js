// The quiz: every answer is explained at once; the first tries are counted.
import { h, inline } from "../kit/core.js";

// The arrow keys of radio buttons answer as they pass; here they only move, and space or Enter answers.
function moveOnly(event) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (event.key === "Enter") event.target.click();
  else if (!step) return;
  else {
    const radios = [...event.currentTarget.querySelectorAll("input")];
    radios[(radios.indexOf(event.target) + step + radios.length) % radios.length].focus();
  }
  event.preventDefault();
}

function render({ model, el }) {
  const questions = model.get("questions");

  function take(q, c) {
    model.set(
      "answers",
      model.get("answers").map((tries, i) => (i === q ? [...tries, c] : tries)),
    );
    model.save_changes();
  }

  const rows = questions.map(({ text, choices }, q) => {
    const radios = choices.map((_, c) =>
      h("input", { type: "radio", name: `question-${q}`, onchange: () => take(q, c) }),
    );
    const labels = choices.map((choice, c) =>
      h("label", { class: "quiz-choice" }, radios[c], h("span", {}, ...inline(choice.text))),
    );
    const feedback = h("p", { class: "quiz-feedback", role: "status" });
    const row = h(
      "li",
      { class: "quiz-question" },
      h("fieldset", { onkeydown: moveOnly }, h("legend", {}, `${q + 1}. `, ...inline(text)), ...labels),
      feedback,
    );
    return { row, radios, labels, feedback, choices };
  });

  const score = h("p", { class: "quiz-score", role: "status" });
  const again = h("button", { type: "button", class: "pool-button" }, "Start again");
  again.addEventListener("click", () => {
    model.set(
      "answers",
      questions.map(() => []),
    );
    model.save_changes();
    rows[0].radios[0].focus();
  });

  function show() {
    const answers = model.get("answers");
    rows.forEach(({ radios, labels, feedback, choices }, q) => {
      const taken = answers[q].at(-1);
      radios.forEach((radio, c) => (radio.checked = c === taken));
      labels.forEach((label, c) => label.toggleAttribute("data-taken", c === taken));
      const choice = choices[taken];
      const status = choice && (choice.right ? "right" : "wrong");
      if (feedback.dataset.shown === String(taken)) return; // said already: do not say it again
      feedback.dataset.shown = String(taken);
      for (const element of [feedback, ...labels]) element.dataset.status = status ?? "open";
      feedback.replaceChildren(
        ...(choice ? [h("strong", {}, choice.right ? "✓ Right." : "✗ Not quite."), " ", ...inline(choice.why)] : []),
      );
    });
    const first = questions.filter(({ choices }, q) => choices[answers[q][0]]?.right).length;
    const done = answers.every((tries) => tries.length);
    again.hidden = !done;
    const text = done ? `${first} of ${questions.length} at the first try.` : "";
    if (score.textContent !== text) score.textContent = text;
  }

  show();
  model.on("change:answers", show);
  // The form keeps these radio buttons apart from those of another view.
  el.append(
    h(
      "form",
      { class: "pool-root pool-quiz", onsubmit: (event) => event.preventDefault() },
      h("ol", { class: "quiz-questions" }, ...rows.map(({ row }) => row)),
      score,
      again,
    ),
  );
  return () => model.off("change:answers", show);
}

export default { render };
