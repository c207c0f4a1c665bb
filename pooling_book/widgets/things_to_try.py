"""Things to try with a widget, as data of a notebook: a guess before the answer, a goal to reach, a scene to see."""

from collections.abc import Mapping, Sequence

import traitlets

from pooling_book.widgets.base import BookWidget, one_of


def guess(say: str, what: str, scene: Mapping = {}, then: str = "", **given) -> dict:
    """A question whose answer the widget covers until the reader has made a guess.

    Parameters
    ----------
    say : str
        The question; `code` and *emphasis* as in a quiz.
    what : str
        What is asked for: one of the widget's `guesses`.
    scene : mapping of str to setting
        The settings that the task begins with; the others are the page's own.
    then : str
        What is said once the answer is uncovered.
    **given
        What the question is about, such as `at=(2, 0)`; `within` is how far off a number may be.

    >>> guess("What comes out here?", "output", at=(2, 0))["given"]
    {'at': [2, 0]}
    """
    return _task(say, scene, then, given, guess=what)


def goal(say: str, what: str, scene: Mapping = {}, then: str = "", **given) -> dict:
    """Something to bring about; the widget sees when it is done. Parameters as for `guess`; `what`: of its `goals`."""
    return _task(say, scene, then, given, goal=what)


def look(say: str, scene: Mapping = {}, then: str = "") -> dict:
    """A scene to look at, with a remark. Parameters as for `guess`."""
    return _task(say, scene, then, {})


def _task(say: str, scene: Mapping, then: str, given: Mapping, **kind: str) -> dict:
    return {"say": say, "scene": _plain(scene), "then": then, "given": _plain(given), **kind}


def _plain(value):
    """The same with lists for tuples, as JSON has it."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


class TaskWidget(BookWidget):
    """A widget with things to try.

    A subclass takes `tasks` and `task` and gives them to its base; `guesses` and `goals` name what it can ask for, as
    its tasks.js does.
    """

    guesses: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()

    tasks = traitlets.List(traitlets.Dict()).tag(sync=True)
    task = traitlets.Int(None, allow_none=True).tag(sync=True)
    attempts = traitlets.Dict().tag(sync=True)

    def __init__(self, identity: str, tasks: Sequence[dict] = (), task: int | None = None, **state):
        for n, each in enumerate(tasks):
            for kind, known in (("guess", self.guesses), ("goal", self.goals)):
                if kind in each:
                    one_of(f"tasks[{n}][{kind!r}]", each[kind], known)
            for key in each["scene"]:
                one_of(f"a key of tasks[{n}]['scene']", key, self.settings())
        if task is not None:
            state |= tasks[one_of("task", task, [n for n, _ in enumerate(tasks)] or [None])]["scene"]
        super().__init__(identity, tasks=list(tasks), task=task, **state)
