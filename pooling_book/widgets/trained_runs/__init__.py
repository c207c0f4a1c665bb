"""What trained networks reached, seed by seed: two methods compared, and how they learnt."""

import html
import math
from collections.abc import Sequence
from itertools import combinations, product

import traitlets

from pooling_book.study.results import results
from pooling_book.study.runs import EXPERIMENT, HEADS, METHODS, TASKS, by_setting, steps_to
from pooling_book.study.statistics import Interval, paired, quantile
from pooling_book.widgets.base import one_of
from pooling_book.widgets.things_to_try import TaskWidget

#: What can be compared, and the words for it.
QUANTITIES = {
    "test": "test accuracy",
    "gap": "training accuracy less test accuracy",
    "steps": "steps to an accuracy",
    "after": "accuracy after so many steps",
}
#: What a scene of a task sets, with a widget's usual values.
COMPARISON = {"head": "global", "pair": ("subsample", "max"), "quantity": "test", "percent": 80, "step": 200}
_UNIT = 10_000  # accuracies are stored with four decimals: as whole numbers they are exact


class TrainedRuns(TaskWidget):
    """Every trained network as a dot, two methods compared seed by seed, and how they learnt.

    Parameters
    ----------
    learnt, head : str
        The task that the networks learnt, one of `study.runs.TASKS`, and one of `HEADS`; not every task was tried with
        both.
    pair : two of the methods
        What is compared: the second less the first.
    quantity : str
        One of `QUANTITIES`.
    percent : int
        The accuracy that 'steps' waits for.
    step : int
        The step that 'after' looks at; every 50th was watched.
    found : dict, optional
        The experiment's file. By default the committed one.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> widget = TrainedRuns("few", "global", pair=("none", "max"))
    >>> len(widget.differences) == len(widget.values["max"])
    True
    """

    guesses = ("largest", "means", "verdict")
    goals = ("apart", "together")

    # Under task, head and method a text for each seed, of test, training and watched accuracies.
    runs = traitlets.Dict().tag(sync=True)
    every = traitlets.Int().tag(sync=True)
    quantiles = traitlets.Dict().tag(sync=True)  # by the number of intervals
    learnt = traitlets.Unicode().tag(sync=True)
    head = traitlets.Unicode().tag(sync=True)
    quantity = traitlets.Unicode().tag(sync=True)
    pair = traitlets.List(traitlets.Unicode()).tag(sync=True)
    percent = traitlets.Int(80).tag(sync=True)
    step = traitlets.Int(200).tag(sync=True)

    def __init__(
        self,
        learnt: str = "digits",
        head: str = "global",
        pair: Sequence[str] = ("subsample", "max"),
        quantity: str = "test",
        percent: int = 80,
        step: int = 200,
        found: dict | None = None,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "runs",
    ):
        found = results(EXPERIMENT) if found is None else found
        runs, settings = texts_of(found), found["about"]["settings"]
        there = tuple(runs[one_of("learnt", learnt, runs)][one_of(f"learnt={learnt!r}, head", head, runs[learnt])])
        if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(there):
            raise ValueError(f"pair={pair!r} is not allowed; use two of {', '.join(map(repr, there))}")
        seeds, every = len(runs[learnt][head][there[0]]), settings["every"]
        pairs = {1} | {math.comb(len(methods), 2) for heads in runs.values() for methods in heads.values()}
        super().__init__(
            identity,
            runs=runs,
            every=every,
            quantiles={str(count): round(quantile(seeds, count), 6) for count in sorted(pairs)},
            learnt=learnt,
            head=head,
            quantity=one_of("quantity", quantity, QUANTITIES),
            pair=list(pair),
            percent=one_of("percent", percent, range(1, 101)),
            step=one_of("step", step, range(every, settings["steps"][learnt] + 1, every)),
            tasks=tasks,
            task=task,
        )

    @property
    def values(self) -> dict[str, list[float | None]]:
        """The quantity of every method, a number for each seed; None where an accuracy was not reached."""
        methods = self.runs[self.learnt][self.head]
        return {method: [self._value(text) for text in seeds] for method, seeds in methods.items()}

    @property
    def differences(self) -> list[float | None]:
        """Second method less the first, seed by seed; None where one of them did not reach the accuracy."""
        first, second = (self.values[method] for method in self.pair)
        return [None if a is None or b is None else b - a for a, b in zip(first, second, strict=True)]

    @property
    def interval(self) -> Interval | None:
        """Of the differences; None where one of them is missing."""
        known = [difference for difference in self.differences if difference is not None]
        return paired(known) if len(known) == len(self.differences) else None

    @property
    def compared(self) -> int:
        """How many pairs of methods there are for this task and head."""
        return len(list(combinations(self.runs[self.learnt][self.head], 2)))

    def _value(self, text: str) -> float | None:
        test, train, *curve = accuracies(text)
        if self.quantity == "steps":
            return steps_to(curve, self.percent / 100, self.every)
        after = curve[min(self.step // self.every, len(curve)) - 1]
        return {"test": test, "gap": train - test, "after": after}[self.quantity]

    def fallback(self) -> str:
        """A table of every seed and the differences: what is seen where no script runs."""
        seeds = "".join(f'<th scope="col">seed {seed}</th>' for seed in range(len(self.differences)))
        lines = {**self.values, f"{self.pair[1]} less {self.pair[0]}": self.differences}
        body = "".join(
            f'<tr><th scope="row">{html.escape(name)}</th>{"".join(map(_cell, values))}</tr>'
            for name, values in lines.items()
        )
        title = f"{QUANTITIES[self.quantity].capitalize()}, task {self.learnt}, head {self.head}"
        return (
            f'<div style="overflow-x:auto"><table><caption>{title}</caption>'
            f"<thead><tr><td></td>{seeds}</tr></thead><tbody>{body}</tbody></table></div>"
        )


def _cell(value: float | None) -> str:
    """A cell of that table."""
    words = "not reached" if value is None else f"{value:.3f}" if isinstance(value, float) else f"{value}"
    return f"<td>{words}</td>"


def texts_of(found: dict) -> dict[str, dict[str, dict[str, list[str]]]]:
    """The runs with window and stride 2 as texts, in ten-thousandths: test and training accuracy, then the curve."""
    texts: dict[str, dict[str, dict[str, list[str]]]] = {}
    grouped = by_setting(found)
    for task, head, method in product(TASKS, HEADS, METHODS):
        if runs := grouped.get((task, head, method, 2, 2)):
            lines = ([run["test"], run["train"], *run["curve"]] for run in runs)
            texts.setdefault(task, {}).setdefault(head, {})[method] = [
                " ".join(str(round(_UNIT * value)) for value in line) for line in lines
            ]
    return texts


def accuracies(text: str) -> list[float]:
    """The accuracies in one of those texts.

    >>> accuracies("9125 9987 800")
    [0.9125, 0.9987, 0.08]
    """
    return [int(word) / _UNIT for word in text.split()]
