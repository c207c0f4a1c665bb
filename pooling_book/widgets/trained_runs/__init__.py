"""What the trained networks of chapter 07 reached, seed by seed, and the widget that compares them."""

import html
import math
from collections.abc import Sequence
from itertools import combinations

import traitlets

from pooling_book.study.results import results
from pooling_book.study.statistics import Interval, paired, quantile
from pooling_book.widgets.base import BookWidget

EXPERIMENT = "what_pooling_buys"
TASKS = ("digits", "few", "clutter", "pictures")
HEADS = ("global", "flatten")
METHODS = ("none", "none, matched", "subsample", "strided conv", "max", "average", "L2", "stochastic")
#: What can be compared, and the words for it.
QUANTITIES = {
    "test": "test accuracy",
    "gap": "training accuracy less test accuracy",
    "steps": "steps to an accuracy",
    "after": "accuracy after so many steps",
}
_UNIT = 10_000  # accuracies are stored with four decimals: as whole numbers they are exact


def steps_to(curve: Sequence[float], accuracy: float, every: int = 50) -> int | None:
    """After how many steps a curve first stands at an accuracy; None if it never does.

    Parameters
    ----------
    curve : sequence of float
        Accuracies, each `every` steps.

    >>> steps_to([0.5, 0.8, 0.7, 0.9], 0.75), steps_to([0.5, 0.8], 0.9)
    (100, None)
    """
    return next(((place + 1) * every for place, value in enumerate(curve) if value >= accuracy), None)


def by_setting(found: dict) -> dict[tuple, list[dict]]:
    """The runs of the experiment under (task, head, method, window, stride), in the order of their seeds."""
    grouped = {}
    for run in sorted(found["runs"], key=lambda run: run["seed"]):
        grouped.setdefault(tuple(run[name] for name in ("task", "head", "method", "window", "stride")), []).append(run)
    return grouped


class TrainedRuns(BookWidget):
    """Every trained network as a dot, two methods compared seed by seed, and how they learnt.

    Parameters
    ----------
    task, head : str
        One of `TASKS`, one of `HEADS`; not every task was tried with both.
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
    identity : str
        The element's id, unique on its page.

    Examples
    --------
    >>> widget = TrainedRuns("few", "global", pair=("none", "max"))
    >>> len(widget.differences) == len(widget.values["max"])
    True
    """

    runs = traitlets.Dict().tag(
        sync=True
    )  # task, head, method: a text for each seed, of test, training and watched accuracies
    every = traitlets.Int().tag(sync=True)
    quantiles = traitlets.Dict().tag(sync=True)  # by the number of intervals
    task = traitlets.Unicode().tag(sync=True)
    head = traitlets.Unicode().tag(sync=True)
    quantity = traitlets.Unicode().tag(sync=True)
    pair = traitlets.List(traitlets.Unicode()).tag(sync=True)
    percent = traitlets.Int(80).tag(sync=True)
    step = traitlets.Int(200).tag(sync=True)

    def __init__(
        self,
        task: str = "digits",
        head: str = "global",
        pair: Sequence[str] = ("subsample", "max"),
        quantity: str = "test",
        percent: int = 80,
        step: int = 200,
        found: dict | None = None,
        identity: str = "runs",
    ):
        found = results(EXPERIMENT) if found is None else found
        for argument, value, allowed in [
            ("task", task, TASKS),
            ("head", head, HEADS),
            ("quantity", quantity, tuple(QUANTITIES)),
        ]:
            if value not in allowed:
                raise ValueError(f"{argument}={value!r} is not allowed; use one of {', '.join(map(repr, allowed))}")
        runs, every = written(found), found["about"]["settings"]["every"]
        if head not in runs[task]:
            raise ValueError(
                f"head={head!r} was not tried on task={task!r}; use one of {', '.join(map(repr, runs[task]))}"
            )
        there = tuple(runs[task][head])
        if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(there):
            raise ValueError(f"pair={pair!r} is not allowed; use two of {', '.join(map(repr, there))}")
        last = found["about"]["settings"]["steps"][task]
        if isinstance(step, bool) or step not in range(every, last + 1, every):
            raise ValueError(f"step={step!r} is not allowed; use a multiple of {every} from {every} to {last}")
        if isinstance(percent, bool) or percent not in range(1, 101):
            raise ValueError(f"percent={percent!r} is not allowed; use a whole number from 1 to 100")
        seeds = len(runs[task][head][there[0]])
        pairs = {1} | {math.comb(len(methods), 2) for heads in runs.values() for methods in heads.values()}
        super().__init__(
            identity,
            runs=runs,
            every=every,
            quantiles={str(count): round(quantile(seeds, count), 6) for count in sorted(pairs)},
            task=task,
            head=head,
            quantity=quantity,
            pair=list(pair),
            percent=percent,
            step=step,
        )

    @property
    def values(self) -> dict[str, list[float | int | None]]:
        """The quantity of every method, a number for each seed; None where an accuracy was not reached."""
        methods = self.runs[self.task][self.head]
        return {method: [self._value(text) for text in seeds] for method, seeds in methods.items()}

    @property
    def differences(self) -> list[float | int | None]:
        """Second method less the first, seed by seed; None where one of them did not reach the accuracy."""
        first, second = (self.values[method] for method in self.pair)
        return [None if None in (a, b) else b - a for a, b in zip(first, second, strict=True)]

    @property
    def interval(self) -> Interval | None:
        """Of the differences; None where one of them is missing."""
        return None if None in self.differences else paired(self.differences)

    @property
    def compared(self) -> int:
        """How many pairs of methods there are for this task and head."""
        return len(list(combinations(self.runs[self.task][self.head], 2)))

    def _value(self, text):
        test, train, *curve = read(text)
        place = min(self.step // self.every, len(curve)) - 1
        return {
            "test": lambda: test,
            "gap": lambda: train - test,
            "steps": lambda: steps_to(curve, self.percent / 100, self.every),
            "after": lambda: curve[place],
        }[self.quantity]()

    def fallback(self) -> str:
        """A table of every seed and the differences: what is seen where no script runs."""
        show = lambda value: (
            "not reached" if value is None else f"{value:.3f}" if isinstance(value, float) else f"{value}"
        )
        seeds = len(self.differences)
        head = "".join(f'<th scope="col">seed {seed}</th>' for seed in range(seeds))
        lines = [(method, values) for method, values in self.values.items()] + [
            (f"{self.pair[1]} less {self.pair[0]}", self.differences)
        ]
        body = "".join(
            f'<tr><th scope="row">{html.escape(name)}</th>{"".join(f"<td>{show(value)}</td>" for value in values)}</tr>'
            for name, values in lines
        )
        title = f"{QUANTITIES[self.quantity].capitalize()}, task {self.task}, head {self.head}"
        return f'<div style="overflow-x:auto"><table><caption>{title}</caption><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def written(found: dict) -> dict:
    """The runs with window and stride 2 as texts, in ten-thousandths: test and training accuracy, then the curve."""
    texts = {}
    grouped = by_setting(found)
    for task in TASKS:
        for head in HEADS:
            for method in METHODS:
                if runs := grouped.get((task, head, method, 2, 2)):
                    numbers = ([run["test"], run["train"], *run["curve"]] for run in runs)
                    texts.setdefault(task, {}).setdefault(head, {})[method] = [
                        " ".join(str(round(_UNIT * value)) for value in line) for line in numbers
                    ]
    return texts


def read(text: str) -> list[float]:
    """The accuracies that `written` wrote.

    >>> read("9125 9987 800")
    [0.9125, 0.9987, 0.08]
    """
    return [int(word) / _UNIT for word in text.split()]
