"""Quizzes: questions that answer back, in a notebook and on a page without a kernel."""

from typing import NamedTuple

import traitlets

from pooling_book.show.markup import folded, inline
from pooling_book.widgets.base import BookWidget
from pooling_book.widgets.page import page_styles


class Choice(NamedTuple):
    """One choice of a question: its text, whether it is right, and the sentence that says why."""

    text: str
    why: str
    right: bool


class Question(NamedTuple):
    """A question and its choices, in the order in which the reader sees them."""

    text: str
    choices: tuple[Choice, ...]


def right(text: str, why: str) -> Choice:
    """The right choice of a question, and why it is right.

    >>> right("None", "A pool has nothing to learn.").right
    True
    """
    return Choice(text, why, True)


def wrong(text: str, why: str) -> Choice:
    """A wrong choice of a question: why it tempts, and what is wrong with it.

    >>> wrong("Four", "A convolution would have four; a pool has none.").right
    False
    """
    return Choice(text, why, False)


def question(text: str, *choices: Choice) -> Question:
    """A question with two to five choices, exactly one of them right.

    Parameters
    ----------
    text : str
        The question. Here, as in every text of a quiz, `code` stands in backticks and *emphasis*
        in asterisks.
    choices : Choice
        Made by `right` and `wrong`.

    Raises
    ------
    ValueError
        If a text is empty, if there are too few or too many choices, or not exactly one right.

    >>> question("2 + 2?", right("4", "Count."), wrong("22", "That joins digits.")).choices[0].text
    '4'
    """
    if not 2 <= len(choices) <= 5:
        raise ValueError(f"choices of {text!r} are {len(choices)}, but must be 2 to 5; add or drop some")
    if sum(choice.right for choice in choices) != 1:
        found = sum(choice.right for choice in choices)
        raise ValueError(
            f"choices of {text!r} have {found} right ones, but must have exactly one; "
            "use right() once, wrong() for the rest"
        )
    for part in [text, *(part for choice in choices for part in (choice.text, choice.why))]:
        if not part.strip():
            raise ValueError(
                f"text of {text!r} holds {part!r}, but every question, choice and reason needs words; write them"
            )
    if len({choice.text for choice in choices}) < len(choices):
        raise ValueError(f"choices of {text!r} repeat a text, but must differ; reword one")
    return Question(text, choices)


class Quiz(BookWidget):
    """Three to six questions: each answer is explained at once, and the first tries are counted.

    Parameters
    ----------
    identity : str
        The element's id, unique on its page, such as 'quiz-01'.
    questions : list of Question
        Made by `question`. The right choice must not stand at the same place in all of them.

    Attributes
    ----------
    answers : list of list of int
        For each question the choices the reader took, counted from 0, in the order of taking: the
        first is the first try, the last is what stands. Set by the reader's clicks.

    Raises
    ------
    ValueError
        If the identity is not usable as an id, or the questions are too few, too many or all have
        the right choice at the same place.

    >>> sums = question("2 + 2?", right("4", "Count."), wrong("22", "That joins digits."))
    >>> products = question("3 * 3?", wrong("6", "That is the sum."), right("9", "Three threes."))
    >>> rest = question("1 - 1?", right("0", "Nothing stays."), wrong("1", "That is one."))
    >>> quiz = Quiz("quiz-00", [sums, products, rest])
    >>> quiz
    <quiz quiz-00>
    >>> quiz.answers
    [[], [], []]
    """

    # The verdicts below are plain HTML: in JupyterLab the chapter's quiz, shown before them, brings their style.
    _css = page_styles()
    questions = traitlets.List(traitlets.Dict()).tag(sync=True)
    answers = traitlets.List(traitlets.List(traitlets.Int())).tag(sync=True)

    def __init__(self, identity: str, questions: list[Question]):
        if not 3 <= len(questions) <= 6:
            raise ValueError(f"questions are {len(questions)}, but must be 3 to 6; add or drop some")
        places = {[choice.right for choice in each.choices].index(True) for each in questions}
        if len(places) == 1:
            raise ValueError(
                f"questions all have their right choice at place {places.pop()}, which gives it away; move some"
            )
        super().__init__(
            identity,
            questions=[
                {"text": text, "choices": [choice._asdict() for choice in choices]} for text, choices in questions
            ],
            answers=[[] for _ in questions],
        )

    def fallback(self) -> str:
        """The questions as they stand where no script runs, laid out as if one did: the answers are folded."""
        items = []
        for q, each in enumerate(self.questions):
            choices = "".join(
                f'<label class="quiz-choice"><input type="radio" name="{self.identity}-{q}">'
                f"<span>{inline(choice['text'])}</span></label>"
                for choice in each["choices"]
            )
            answers = "".join(
                f"<li><strong>{inline(choice['text'])}</strong> — {'right' if choice['right'] else 'wrong'}. "
                f"{inline(choice['why'])}</li>"
                for choice in each["choices"]
            )
            fields = f"<fieldset><legend>{q + 1}. {inline(each['text'])}</legend>{choices}</fieldset>"
            items.append(f'<li class="quiz-question">{fields}{folded("Answer", f"<ul>{answers}</ul>")}</li>')
        end = '<div class="quiz-end"></div>'
        return f'<div class="pool-quiz"><ol class="quiz-questions">{"".join(items)}</ol>{end}</div>'
