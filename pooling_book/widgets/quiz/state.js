// What a quiz holds and what it says: the choices that were taken, and how the first tries went. No page.
import { isList, isWhole, keptOnly } from "../kit/settings.js";

const isTries = isList(isWhole(0, 4), 0, Infinity);

// For each question the choices the reader took, in order: the first is the first try, the last is what stands.
export const settings = {
  answers: keptOnly(
    (value, { questions }) =>
      isList(isTries, questions.length, questions.length)(value) &&
      value.every((tries, q) => tries.every((c) => c < questions[q].choices.length)),
  ),
};

export const untouched = (questions) => questions.map(() => []);
export const taken = (answers, q, c) => answers.map((tries, n) => (n === q ? [...tries, c] : tries));

// The number of the choice that stands, or undefined, and what it is: right, wrong or open.
export function standing({ choices }, tries) {
  const at = tries.at(-1);
  return { at, status: at === undefined ? "open" : choices[at].right ? "right" : "wrong" };
}

// Once every question is answered: how many at the first try.
export function score(questions, answers) {
  if (!answers.every((tries) => tries.length)) return "";
  const first = questions.filter(({ choices }, q) => choices[answers[q][0]].right).length;
  return `${first} of ${questions.length} at the first try.`;
}
