"""The kinds of exercise, a function to write, an answer to type in and an open question, and what their checks say.

Each has one source of its solution. A verdict says what is wrong, never what is right: that is left
to the hints, one by one, and to the folded solution. An open question has no verdict: readers compare
their words with a model answer.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pooling_book.exercise import attempt, judging
from pooling_book.exercise.answers import canonical, hashed, readings
from pooling_book.exercise.mistakes import Mistake
from pooling_book.exercise.values import kind
from pooling_book.show.markup import code, folded, inline
from pooling_book.show.tables import array_tables
from pooling_book.widgets import base as widget


@dataclass(eq=False, repr=False)
class Verdict:
    """What a check found. Shown by a notebook; in a terminal it prints as text.

    Attributes
    ----------
    status : 'open', 'right', 'wrong' or, of words that nobody grades, 'compare'
    sentence : str
        What was found, in words.
    pictures : sequence of triples (caption, array, index of what is marked or None)
        Small arrays that show it.
    printed : str
        What the reader's function printed.
    """

    exercise: "_Exercise"
    status: str
    sentence: str
    pictures: Sequence[tuple] = ()
    printed: str = ""

    def _word(self) -> str:
        words = {"open": "Not attempted yet.", "right": "Right.", "wrong": "Not yet.", "compare": "Compare."}
        return words[self.status]

    def __repr__(self) -> str:
        blocks = [
            f"Exercise {self.exercise.number}. {self.exercise.title}",
            f"{self._word()} {self.sentence.replace('`', '')}",
        ]
        blocks += [f"{caption}\n{values}" for caption, values, _ in self.pictures]
        blocks += [f"Your function printed:\n{self.printed}"] if self.printed else []
        blocks += self.exercise._told(self)
        return "\n".join(blocks)

    def _repr_html_(self) -> str:
        return self.exercise._html(self)


class _Exercise:
    """What all kinds share: number, title, hints and the way they are shown."""

    number: int
    identity: str
    fewest_hints = 2

    def __init__(self, title: str, hints: Sequence[str]):
        if not self.fewest_hints <= len(hints) <= 3:
            many = " or ".join(map(str, range(self.fewest_hints, 4)))
            raise ValueError(
                f"hints of {title!r} are {len(hints)}, but must be {many}, from a nudge to the way; add or drop some"
            )
        self.title, self.hints = title, tuple(hints)

    def _html(self, verdict: Verdict) -> str:
        """The exercise as a page shows it."""
        raise NotImplementedError(f"{type(self).__name__} has no _html(); return its task and _parts()")

    def _told(self, verdict: Verdict) -> list[str]:
        """What a terminal prints after the verdict."""
        return []

    def _parts(self, verdict: Verdict, solution: str, form: str = "") -> str:
        """Verdict, hints and the solution's fold; the title is a heading of the notebook."""
        printed = f"<p>Your function printed:</p>{code(verdict.printed)}" if verdict.printed else ""
        hints = [
            folded(f"Hint {i} of {len(self.hints)}", f"<p>{inline(hint)}</p>") for i, hint in enumerate(self.hints, 1)
        ]
        return (
            f'<div class="exercise-place">{form}<div class="exercise-verdict" data-status="{verdict.status}">'
            f"<p><strong>{verdict._word()}</strong> {inline(verdict.sentence)}</p>"
            f"{array_tables(verdict.pictures)}{printed}</div></div>"
            f"{''.join(hints)}{solution}"
        )


class FunctionExercise(_Exercise):
    """The reader writes a function; `check` runs it and says what is wrong with it.

    None of the functions given here may change its arguments.

    Parameters
    ----------
    title : str
    solution : function
        What a student would write. Its source is shown, its results are the reference, and its
        docstring is the task: see `stub`.
    cases : sequence of tuples
        The arguments of each call. Shuffled, signed, with ties: see `mistakes.shuffled`.
    hints : two or three texts
        From a nudge to the way. `code` stands in backticks, *emphasis* in asterisks.
    mistakes : sequence of Mistake
        Known mistakes: the first that explains all of the reader's results is named.
    source : function, optional
        ``source(index, *arguments)`` tells where output `index` comes from: slices into the first
        argument (its window), or a sentence.
    judge : function, optional
        For tasks with many right results: ``judge(result, *arguments)`` returns None, or a sentence
        that says what is wrong. The solution's result is then one example.

    Examples
    --------
    >>> def largest(x):
    ...     \"\"\"Largest element of x.\"\"\"
    ...     return x.max()
    >>> cases, hints = [(np.array([-3, -1]),)], ["Which is it?", "Compare."]
    >>> first = FunctionExercise("The largest", solution=largest, cases=cases, hints=hints)
    >>> exercises = Exercises(0, [first])
    >>> exercises[1].check(lambda x: x.max())
    Exercise 1. The largest
    Right. It agrees with the solution on all cases (1 of 1).
    >>> exercises[1].check(lambda x: max(0, *x))
    Exercise 1. The largest
    Not yet. A wrong value for x of shape (2,): yours is 0.
    x
    [-3 -1]
    """

    def __init__(
        self,
        title: str,
        *,
        solution: Callable,
        cases: Sequence[tuple],
        hints: Sequence[str],
        mistakes: Sequence[Mistake] = (),
        source: Callable | None = None,
        judge: Callable | None = None,
    ):
        super().__init__(title, hints)
        if not inspect.getdoc(solution):
            raise ValueError(f"solution of {title!r} has no docstring, but it is the task; write one")
        if not cases:
            raise ValueError(f"cases of {title!r} are empty, but a check needs some; add tuples of arguments")
        self.solution, self.source, self.judge = solution, source, judge
        self.cases, self.mistakes = list(cases), list(mistakes)
        self.names = list(inspect.signature(solution).parameters)

    @property
    def stub(self) -> str:
        """What the reader starts from: the solution's signature and docstring, and `...` for the rest."""
        source = inspect.getsource(self.solution)
        function = ast.parse(source).body[0]
        assert isinstance(function, ast.FunctionDef)
        docstring = function.body[0]
        return "\n".join(source.splitlines()[: docstring.end_lineno]) + "\n    ...\n"

    def check(self, function: Callable) -> Verdict:
        """Run the reader's function on every case and say what is right or wrong. Never raises."""
        not_yet = Verdict(
            self, "open", "In the running notebook, write your function in the cell above, run it, then run this cell."
        )
        if function is None or function is ...:
            return not_yet
        if not callable(function):
            name = self.solution.__name__
            return Verdict(
                self,
                "wrong",
                f"`check` takes the function itself, `{name}` without brackets after it, not {kind(function)}.",
            )
        cases = sorted(self.cases, key=lambda case: sum(map(np.size, case)))  # what goes wrong is shown on the smallest
        calls, printed = attempt.run(function, cases)
        if attempt.is_stub(function) and all(
            not call.error and (call.value is None or call.value is ...) for call in calls
        ):
            return not_yet
        return Verdict(self, *judging.judged(self, calls), printed)

    def _html(self, verdict: Verdict) -> str:
        parts = self._parts(verdict, folded("Solution", code(inspect.getsource(self.solution))))
        return f'<div class="pool-root pool-exercise" id="{self.identity}">{parts}</div>'


#: What may be typed; it does not say how many numbers are asked for.
MAY_BE_TYPED = "A number, or several with spaces or commas between them; a fraction such as 3/4 is fine."
MOST = 200  # letters of a typed answer
WHEREVER = "wherever its commas belong: between numbers, between thousands or before decimals"


class AnswerExercise(_Exercise):
    """The reader types a number, some numbers or a shape: in the page, or as an argument of `check`.

    Parameters
    ----------
    title, task : str
        `code` stands in backticks, *emphasis* in asterisks.
    answer : number, or array or sequence of them
        Compared to three decimals; only the order counts, not the brackets.
    solution : str
        The way to the answer.
    hints : two or three texts
        From a nudge to the way.
    foreseen : sequence of (answer, sentence)
        Wrong answers with a sentence each that says what is wrong, without the right answer.
    table : 2-D array, optional
        Numbers that belong to the task.
    by_place : bool
        Whether an answer is told the first wrong place, or that it has too many or too few numbers.
        Only for a task that says how many it asks for.

    Examples
    --------
    >>> wrong = [(1, "One is left over.")]
    >>> texts = {"solution": "3 / 2.", "hints": ["Share.", "Fairly."]}
    >>> half = AnswerExercise("Halves", "Half of 3?", answer=1.5, foreseen=wrong, **texts)
    >>> exercises = Exercises(0, [half])
    >>> exercises[1].check("3/2")
    Exercise 1. Halves
    Right. That is the answer.
    >>> exercises[1].check(1)
    Exercise 1. Halves
    Not yet. One is left over.
    """

    def __init__(
        self,
        title: str,
        task: str,
        *,
        answer: object,
        solution: str,
        hints: Sequence[str],
        foreseen: Sequence[tuple] = (),
        table: np.ndarray | None = None,
        by_place: bool = False,
    ):
        super().__init__(title, hints)
        self.task, self.answer, self.solution = task, answer, solution
        self.foreseen, self._table = list(foreseen), table
        self._right = canonical(answer)
        self._places = self._right.split(",") if by_place else []
        self._sentences: dict[str, str] = {}
        for wrong, sentence in self.foreseen:
            key = canonical(wrong)
            if key == self._right or key in self._sentences:
                found = "right" if key == self._right else "there already"
                raise ValueError(f"foreseen of {title!r} has {wrong!r}, which is {found}; drop it")
            self._sentences[key] = sentence

    def check(self, answer: object) -> Verdict:
        """Say whether an answer is right: numbers, arrays, or text such as '3/4, -1'. Never raises."""
        if answer is None or answer is ...:
            return Verdict(self, "open", "In the running notebook, put your answer in place of `...` and run the cell.")
        try:
            read = readings(answer)
        except ValueError as error:
            return Verdict(self, "wrong", str(error))
        except Exception:  # a list that holds itself, an object of the reader's own making
            return Verdict(
                self, "wrong", "That cannot be read: give a number, a list of numbers, or text such as '3/4, -1'."
            )
        if self._right in read:
            return Verdict(self, "right", "That is the answer.")
        for each in read:
            if each in self._sentences:
                return Verdict(self, "wrong", self._sentences[each])
        return Verdict(self, "wrong", f"{self._wrong(read)} Try once more, or open a hint.")

    def _wrong(self, read: list[str]) -> str:
        """What is said of a wrong answer that nobody has foreseen, for all its readings."""
        places, counted = self._places, [given.split(",") for given in read]
        values = next((each for each in counted if len(each) == len(places)), counted[0])
        if len(values) == len(places):
            place = [value == right for value, right in zip(values, places)].index(False) + 1
            return f"Look at place {place} of {len(places)}: the first wrong number stands there."
        if places:
            were = "was" if len(values) == 1 else "were"
            return f"There should be {len(places)} numbers, and {len(values)} {were} read."
        return f"That is not it, {WHEREVER}." if len(read) > 1 else "That is not it."

    def state(self) -> dict:
        """What the page needs to check an answer by itself; the answers only as hashes."""
        return {
            "identity": self.identity,
            "right": hashed(f"{self.identity}:{self._right}"),
            "places": [hashed(f"{self.identity}:{place}:{value}") for place, value in enumerate(self._places)],
            "foreseen": {hashed(f"{self.identity}:{key}"): sentence for key, sentence in self._sentences.items()},
        }

    def _html(self, verdict: Verdict) -> str:
        table = "" if self._table is None else array_tables([("", self._table, None)])
        parts = self._parts(verdict, folded("Solution", f"<p>{inline(self.solution)}</p>"), self._form())
        body = f"<p>{inline(self.task)}</p>{table}{parts}"
        return widget.html("exercise", self.state(), f'<div class="pool-exercise">{body}</div>', self.identity)

    def _form(self) -> str:
        """The place to type an answer: unseen until the page's script takes it over."""
        field, how = f"{self.identity}-answer", f"{self.identity}-how"
        return (
            f'<form class="exercise-form" hidden><label for="{field}">Your answer</label><div class="exercise-row">'
            f'<input id="{field}" type="text" aria-describedby="{how}" maxlength="{MOST}" autocomplete="off" '
            'autocapitalize="off" spellcheck="false"><button class="pool-button" type="submit">Check</button></div>'
            f'<small id="{how}">{MAY_BE_TYPED}</small></form>'
        )


FEWEST_WORDS = 12  # of an answer in words, before the model answer unfolds
MOST_LETTERS = 2000


def count_words(text: str) -> int:
    """How many words a text has; a character of Chinese or Japanese is one. The same in widgets/open_exercise.

    >>> count_words("A pool - of what? - has no weights."), count_words("池化没有参数")
    (7, 6)
    """
    # what is Chinese or Japanese, by itself; anything else, up to a space
    parts = re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\s\u3040-\u30ff\u3400-\u9fff]+", text)
    return sum(any(letter.isalnum() for letter in part) for part in parts)


class OpenExercise(_Exercise):
    """The reader answers in words, then compares them with a model answer, point by point. Nothing is graded.

    Parameters
    ----------
    title, question : str
        `code` stands in backticks, *emphasis* in asterisks.
    model_answer : str
        What a good student would write, in a few sentences.
    points : three to five texts
        What a good answer says: the reader ticks those that theirs says, too.
    hints : at most three texts
        From a nudge to the way.

    Examples
    --------
    >>> points = ["Nothing is learnt.", "The rule is fixed.", "It works on any size."]
    >>> model = "A maximum has no weights: its rule is fixed, so that nothing is learnt, on maps of any size."
    >>> exercises = Exercises(0, [OpenExercise("Why none?", "Why has a pool no weights?", model, points)])
    >>> exercises[1].check("Because it has none.")
    Exercise 1. Why none?
    Not attempted yet. That is 4 words. Write at least 12, in whole sentences; then the model answer unfolds.
    >>> exercises[1].check("It only compares numbers, which needs no weights, and so there is nothing to learn.")
    Exercise 1. Why none?
    Compare. Below is a model answer. Tick what yours says, too: nobody grades it.
    Model answer: A maximum has no weights: its rule is fixed, so that nothing is learnt, on maps of any size.
    [ ] Nothing is learnt.
    [ ] The rule is fixed.
    [ ] It works on any size.
    """

    fewest_hints = 0

    def __init__(self, title: str, question: str, model_answer: str, points: Sequence[str], hints: Sequence[str] = ()):
        super().__init__(title, hints)
        if isinstance(points, str) or not 3 <= len(points) <= 5:
            raise ValueError(f"points of {title!r} are {points!r}, but must be 3 to 5 texts; add or drop some")
        if (words := count_words(model_answer)) < FEWEST_WORDS:
            raise ValueError(
                f"model_answer of {title!r} has {words} words, but readers write at least {FEWEST_WORDS}; write more"
            )
        self.question, self.model_answer, self.points = question, model_answer, tuple(points)

    def check(self, answer: object) -> Verdict:
        """Show the model answer to who has answered in words of their own. Never raises, and grades nothing."""
        if answer is None or answer is ...:
            sentence = 'In the running notebook, put your answer, as """text""", in place of `...` and run the cell.'
            return Verdict(self, "open", sentence)
        if type(answer) is not str:
            return Verdict(self, "open", f'That is {kind(answer)}: write your answer as """text""", in sentences.')
        if (words := count_words(answer)) < FEWEST_WORDS:
            found = f"That is {words} {'word' if words == 1 else 'words'}. Write at least {FEWEST_WORDS}, "
            return Verdict(self, "open", f"{found}in whole sentences; then the model answer unfolds.")
        return Verdict(self, "compare", "Below is a model answer. Tick what yours says, too: nobody grades it.")

    def _told(self, verdict: Verdict) -> list[str]:
        if verdict.status != "compare":
            return []
        texts = [f"Model answer: {self.model_answer}", *(f"[ ] {point}" for point in self.points)]
        return [text.replace("`", "") for text in texts]

    def state(self) -> dict:
        """What the page begins with: nothing written, nothing ticked."""
        return {"text": "", "compared": False, "ticks": [False] * len(self.points), "fewest": FEWEST_WORDS}

    def _html(self, verdict: Verdict) -> str:
        ticks = "".join(
            f'<label class="pool-check"><input type="checkbox" data-lm-suppress-shortcuts="true">'
            f"<span>{inline(point)}</span></label>"
            for point in self.points
        )
        compared = (
            f"<p>{inline(self.model_answer)}</p>"
            f'<fieldset class="exercise-points"><legend>Does your answer say it, too?</legend>{ticks}</fieldset>'
        )
        fold = f'<div class="exercise-model">{folded("Model answer", compared, verdict.status == "compare")}</div>'
        body = f"<p>{inline(self.question)}</p>{self._parts(verdict, fold, self._form())}"
        return widget.html("open_exercise", self.state(), f'<div class="pool-exercise">{body}</div>', self.identity)

    def _form(self) -> str:
        """The place to write an answer: unseen until the page's script takes it over."""
        field, how = f"{self.identity}-answer", f"{self.identity}-how"
        return (
            f'<form class="exercise-form" hidden><label for="{field}">Your answer</label>'
            f'<textarea id="{field}" aria-describedby="{how}" rows="5" maxlength="{MOST_LETTERS}"></textarea>'
            f'<div class="exercise-row"><button class="pool-button" type="submit">Compare</button>'
            f'<small id="{how}">At least {FEWEST_WORDS} words. They stay in this browser, and nobody grades them.'
            "</small></div></form>"
        )


class Exercises:
    """The exercises of one chapter, numbered from 1.

    Parameters
    ----------
    chapter : int
        Part of each exercise's id: chapter 1 gives 'exercise-01-1', 'exercise-01-2', and so on.
    exercises : sequence of FunctionExercise, AnswerExercise and OpenExercise
    """

    def __init__(self, chapter: int, exercises: Sequence[FunctionExercise | AnswerExercise | OpenExercise]):
        if not isinstance(exercises, Iterable):
            raise TypeError(
                f"exercises={exercises!r} must be a list of exercises; write Exercises({chapter}, [first, second])"
            )
        self._exercises = list(exercises)
        for place, exercise in enumerate(self._exercises, 1):
            exercise.number, exercise.identity = place, f"exercise-{chapter:02}-{place}"

    def __len__(self) -> int:
        return len(self._exercises)

    def __iter__(self):
        return iter(self._exercises)

    def __getitem__(self, number: int) -> FunctionExercise | AnswerExercise | OpenExercise:
        if number not in range(1, len(self) + 1):
            raise IndexError(f"number is {number!r}, but the exercises are 1 to {len(self)}; use one of these")
        return self._exercises[number - 1]

    def __repr__(self) -> str:
        return "\n".join(f"Exercise {exercise.number}: {exercise.title}" for exercise in self)
