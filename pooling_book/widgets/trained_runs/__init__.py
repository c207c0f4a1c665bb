"""What trained networks reached, seed by seed: two cells compared by the ratio of their errors, and how they learnt."""

import html
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import traitlets

from pooling_book.study.contrasts import PAIRED, SAME, Contrast, Found, difference, judge
from pooling_book.study.results import results
from pooling_book.study.runs import BLOCKS, CELL_WORDS, DATA_SETS, EXPERIMENT, by_setting, steps_to
from pooling_book.widgets.base import one_of
from pooling_book.widgets.things_to_try import TaskWidget

#: What can be compared, and the words for it; the last two where validation images were looked at on the way.
QUANTITIES = {
    "test": "test error",
    "train": "training error",
    "after": "validation error after so many steps",
    "steps": "steps to a validation error",
}
#: What a scene of a task sets, with a widget's usual values.
COMPARISON = {
    "block": "parts", "data": "digits", "pair": ("subsample", "max"), "quantity": "test", "level": 50, "step": 390,
}  # fmt: skip
_UNIT = 10_000  # errors have four decimals, or are of so many images: as whole numbers they are exact
_LEVELS = range(5, 401, 5)  # thousandths
_LEAST = 1e-9  # a standard error below it is none: all seeds are alike


class TrainedRuns(TaskWidget):
    """Every trained network as a dot, two cells compared by the ratio of their errors, and how they learnt.

    Parameters
    ----------
    block, data : str
        Which networks, of `study.runs.BLOCKS`, and what they learnt, of `study.runs.DATA_SETS`; not every block was
        trained on both.
    pair : two of the cells
        What is compared: errors of the second, divided by those of the first.
    quantity : str
        One of `QUANTITIES`.
    level : int
        The validation error that 'steps' waits for, in thousandths.
    step : int
        The step that 'after' looks at.
    found : dict, optional
        The experiment's file. By default the committed one. Cells with fewer than two seeds are left out.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.
    """

    guesses = ("largest", "smallest", "means", "verdict")
    goals = ("apart", "together", "same")

    # Under block, data and cell a text for each seed, of test, training and watched errors, joined by commas.
    runs = traitlets.Dict().tag(sync=True)
    blocks: traitlets.List = traitlets.List().tag(sync=True)  # {name, words, paired, curves}
    sets: traitlets.List = traitlets.List().tag(sync=True)  # [name, words] of each data set
    cells: traitlets.List = traitlets.List().tag(sync=True)  # [name, words]
    every = traitlets.Int().tag(sync=True)
    last = traitlets.Int().tag(sync=True)
    same: traitlets.List = traitlets.List().tag(sync=True)
    block = traitlets.Unicode().tag(sync=True)
    data = traitlets.Unicode().tag(sync=True)
    quantity = traitlets.Unicode().tag(sync=True)
    pair = traitlets.List(traitlets.Unicode()).tag(sync=True)
    level = traitlets.Int(50).tag(sync=True)
    step = traitlets.Int(390).tag(sync=True)

    def __init__(
        self,
        block: str = "parts",
        data: str = "digits",
        pair: Sequence[str] = ("subsample", "max"),
        quantity: str = "test",
        level: int = 50,
        step: int = 390,
        found: dict | None = None,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "runs",
    ):
        found = results(EXPERIMENT) if found is None else found
        runs, (watched, every, last) = texts_of(found), _looks(found)
        there = runs[one_of("block", block, runs)][one_of(f"block={block!r}, data", data, runs[block])]
        if len(pair) != 2 or pair[0] == pair[1] or not set(pair) <= set(there):
            raise ValueError(f"pair={pair!r} is not allowed; use two of {', '.join(map(repr, there))}")
        allowed = [one for one in QUANTITIES if block in watched or one in ("test", "train")]
        super().__init__(
            identity,
            runs=runs,
            blocks=[
                {"name": name, "words": BLOCKS[name], "paired": name in PAIRED, "curves": name in watched}
                for name in runs
            ],
            sets=[list(one) for one in DATA_SETS.items()],
            cells=_words_of(runs),
            every=every,
            last=last,
            same=list(SAME),
            block=block,
            data=data,
            quantity=one_of(f"block={block!r}, quantity", quantity, allowed),
            pair=list(pair),
            level=one_of("level", level, _LEVELS),
            step=one_of("step", step, range(every, last + 1, every)),
            tasks=tasks,
            task=task,
        )

    @property
    def values(self) -> dict[str, list[float | None]]:
        """The quantity of every cell, a number for each seed: errors in percent, or steps.

        None where an error was not reached.
        """
        cells = self.runs[self.block][self.data]
        return {cell: [self._value(errors) for errors in errors_in(text)] for cell, text in cells.items()}

    @property
    def judged(self) -> dict[frozenset, Found]:
        """Every pair of cells that has a ratio, all judged together, under the two; the chosen pair as it stands."""
        values = self.values
        pairs = [self.pair if {*pair} == {*self.pair} else pair for pair in combinations(values, 2)]
        some = [pair for pair in pairs if self._has_ratio(*(values[cell] for cell in pair))]
        errors = {(self.block, self.data, cell): np.array(values[cell], float) for pair in some for cell in pair}
        contrasts = [Contrast("", self.block, self.data, cell, against) for against, cell in some]
        return {frozenset(pair): one for pair, one in zip(some, judge(contrasts, errors), strict=True)}

    @property
    def comparison(self) -> Found | None:
        """The chosen pair, beside all the others; None where there is no ratio or no spread."""
        return self.judged.get(frozenset(self.pair))

    def _has_ratio(self, first: list, second: list) -> bool:
        if not all((*first, *second)):  # an error that was not reached, or no error at all
            return False
        logs = np.log(np.array(second, float)), np.log(np.array(first, float))
        paired = self.block in PAIRED
        if not paired and all(np.ptp(one) < _LEAST for one in logs):
            return False
        return difference(*logs, paired)[1] > _LEAST

    def _value(self, errors: list[float]) -> float | None:
        test, train, *curve = errors
        if self.quantity == "steps":
            return steps_to(curve, self.level / 1000, self.every)
        after = curve[self.step // self.every - 1] if curve else 0
        return 100 * {"test": test, "train": train, "after": after}[self.quantity]

    def fallback(self) -> str:
        """A table of every seed and the ratio: what is seen where no script runs."""
        values = self.values
        count = max(map(len, values.values()))
        seeds = "".join(f'<th scope="col">seed {seed}</th>' for seed in range(count))
        body = "".join(
            f'<tr><th scope="row">{html.escape(name)}</th>{"".join(map(_cell, some))}</tr>'
            for name, some in values.items()
        )
        title = f"{QUANTITIES[self.quantity].capitalize()}: {DATA_SETS[self.data]}, {BLOCKS[self.block]}"
        one = self.comparison
        said = (
            f"<p>{html.escape(self.pair[1])} / {html.escape(self.pair[0])}: {one.ratio:.2f}, "
            f"95 % interval {one.alone[0]:.2f} to {one.alone[1]:.2f}, beside all pairs {one.beside[0]:.2f} to "
            f"{one.beside[1]:.2f}: {one.verdict}.</p>"
            if one
            else ""
        )
        return (
            f'<div style="overflow-x:auto"><table><caption>{title}</caption>'
            f"<thead><tr><td></td>{seeds}</tr></thead><tbody>{body}</tbody></table></div>{said}"
        )


def _looks(found):
    """In which blocks validation images were looked at on the way, each how many steps, and the last step."""
    watched = {name: block for name, block in found["about"]["settings"]["blocks"].items() if block["looks"]}
    steps = {(block["steps"] // block["looks"], block["steps"]) for block in watched.values()}
    [(every, last)] = steps  # the same in all of them
    return watched, every, last


def _words_of(runs):
    """Name and words of each cell that was trained somewhere, in their order."""
    cells = {cell for sets in runs.values() for some in sets.values() for cell in some}
    return [[name, words] for name, words in CELL_WORDS.items() if name in cells]


def _cell(value: float | None) -> str:
    """A cell of that table."""
    words = "not reached" if value is None else f"{value:.2f} %" if isinstance(value, float) else f"{value}"
    return f"<td>{words}</td>"


def texts_of(found: dict) -> dict[str, dict[str, dict[str, str]]]:
    """The runs as texts under block, data and cell, in ten-thousandths: test and training error, then the curve.

    Cells with fewer than two seeds are left out, and what is then no longer a pair.
    """
    texts: dict[str, dict[str, dict[str, str]]] = {}
    grouped = by_setting(found["runs"])
    for block in BLOCKS:
        for data in DATA_SETS:
            cells = {
                cell: ", ".join(" ".join(map(str, _whole(run))) for run in grouped[block, data, cell])
                for cell in CELL_WORDS
                if len(grouped.get((block, data, cell), ())) > 1
            }
            if len(cells) > 1:
                texts.setdefault(block, {})[data] = cells
    return texts


def _whole(run):
    return [run["test"], *(round(_UNIT * value) for value in (run["train"], *run.get("curve", ())))]


def errors_in(text: str) -> list[list[float]]:
    """The errors in one of those texts, a list for each seed.

    >>> errors_in("312 5 800, 298 0 790")
    [[0.0312, 0.0005, 0.08], [0.0298, 0.0, 0.079]]
    """
    return [[int(word) / _UNIT for word in seed.split()] for seed in text.split(", ")]
