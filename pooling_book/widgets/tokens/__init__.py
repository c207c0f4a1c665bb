"""Tokens of a sentence or elements of a set, a number each: move, drop or pad them, and see each pool's answer."""

import html
import math
from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show.pictures import two_decimals
from pooling_book.show.tables import table
from pooling_book.widgets.base import one_of
from pooling_book.widgets.things_to_try import TaskWidget

SET_POOLS = {
    "sum": "sum",
    "mean": "mean",
    "max": "max",
    "first": "first",
    "last": "last",
    "attention": "attention",
    "spread": "mean ± deviation",
    "top": "2 largest in order",
}
SIDES = ("right", "left")
PLACES = 12  # places of a row, padding among them
MOST_PADS = 6
HIGHEST = 6  # a token's number, and -6 the lowest
QUERIES = tuple(n / 2 for n in range(-6, 7))
LONGEST_WORD = 12  # letters


def set_of(*numbers: int) -> list[list]:
    """Elements of a set, by letters.

    >>> set_of(1, 3)
    [['a', 1, True], ['b', 3, True]]
    """
    return [[letter, number, True] for letter, number in zip("abcdefghijkl", numbers, strict=False)]


def sentence(text: str, *numbers: int) -> list[list]:
    """Words of a sentence, a number each.

    >>> sentence("not bad", -3, -2)
    [['not', -3, True], ['bad', -2, True]]
    """
    return [[word, number, True] for word, number in zip(text.split(), numbers, strict=True)]


def row(tokens: list[list], pads: int = 0, side: str = "right") -> dict:
    """Tokens with their padding: what stands beside them, kept to compare with.

    >>> row(set_of(1))
    {'tokens': [['a', 1, True]], 'pads': 0, 'side': 'right'}
    """
    return {"tokens": tokens, "pads": pads, "side": side}


FILM = sentence("the film was not good", 0, 1, 0, -3, 4)
#: Sets to choose from, by their names: the settings that each begins with.
SETS = {
    "the film was not good": row(FILM),
    "not bad, in a batch": row(sentence("not bad", -3, -2), 3) | {"kept": row(FILM)},
    "{1, 1, 1} and {1}": row(set_of(1, 1, 1)) | {"kept": row(set_of(1))},
    "{1, 2} and {1, 1, 2, 2}": row(set_of(1, 2)) | {"kept": row(set_of(1, 1, 2, 2))},
    "two orders": row(sentence("not good but bad", -3, 4, 0, -2))
    | {"kept": row(sentence("not bad but good", -3, -2, 0, 4))},
}


def answers_of(x: np.ndarray, query: float = 1.0) -> dict[str, float | tuple[float, ...]]:
    """What every pool makes of a list of numbers; NaN, or -inf for the largest, where a pool has no answer.

    Attention weighs each number by softmax(query * x). The deviation divides by the count. The two largest stand in
    the order of the list; of equals the first count.

    >>> answers = answers_of(np.array([1.0, 4.0, 3.0]), query=0)
    >>> answers["sum"], answers["top"], answers["attention"] == answers["mean"]
    (8.0, (4.0, 3.0), True)
    """
    x = np.asarray(x, float)
    if not x.size:
        none: dict[str, float | tuple[float, ...]] = dict.fromkeys(SET_POOLS, math.nan)
        return none | {"sum": 0.0, "max": -math.inf, "spread": (math.nan, math.nan), "top": (math.nan, math.nan)}
    places = sorted(np.argsort(-x, kind="stable")[:2])
    return {
        "sum": float(x.sum()),
        "mean": float(x.mean()),
        "max": float(x.max()),
        "first": float(x[0]),
        "last": float(x[-1]),
        "attention": float(weights(x, query) @ x),
        "spread": (float(x.mean()), float(x.std())),
        "top": tuple(float(x[n]) for n in places) if x.size > 1 else (math.nan, math.nan),
    }


def weights(x: np.ndarray, query: float) -> np.ndarray:
    """The weights of attention: softmax of query times each number.

    >>> weights(np.array([0.0, 0.0]), 3.0)
    array([0.5, 0.5])
    """
    scores = query * np.asarray(x, float)
    exponentials = np.exp(scores - scores.max(initial=-math.inf))
    return exponentials / exponentials.sum()


class TokenBars(TaskWidget):
    """Up to 12 tokens as bars, padding beside them, and what each pool makes of their numbers.

    Parameters
    ----------
    tokens : sequence of [str, int, bool], optional
        Word, number from -6 to 6 and whether it is there, dropped if not; `sentence` and `set_of` make them. The first
        of `sets` unless given, with its padding and what is kept beside it.
    pads : int
        0 to 6 places of padding; with the tokens at most 12.
    side : 'right' or 'left'
        Where the padding stands.
    masked : bool
        Whether the pools leave padding out. If not, it counts as 0.
    query : float
        -3 to 3 in halves: attention weighs a token of number x by softmax(query * x).
    kept : dict, optional
        Another set, made by `row`, to compare the answers with.
    sets : mapping of str to dict, optional
        Sets to choose from: settings by a name.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        If a number, a word or a count is outside its range.

    Examples
    --------
    >>> padded = TokenBars(sentence("not bad", -3, -2), pads=3, masked=False)
    >>> padded.numbers.tolist(), padded.answers["mean"], padded.alone["mean"]
    ([-3.0, -2.0, 0.0, 0.0, 0.0], -1.0, -2.5)
    >>> padded.wrong
    ['mean', 'max', 'last', 'attention', 'spread', 'top']
    >>> TokenBars(set_of(1, 2), kept=row(set_of(1, 1, 2, 2))).alike
    ['mean', 'max', 'first', 'last', 'attention', 'spread']
    """

    guesses = ("answer", "wrong", "differ")
    goals = ("alike", "near", "whole")

    sets = traitlets.Dict().tag(sync=True)
    tokens: traitlets.List = traitlets.List().tag(sync=True)
    pads = traitlets.Int(0).tag(sync=True)
    side = traitlets.Enum(SIDES, "right").tag(sync=True)
    masked = traitlets.Bool(True).tag(sync=True)
    query = traitlets.Float(1.0).tag(sync=True)
    kept = traitlets.Dict(None, allow_none=True).tag(sync=True)

    def __init__(
        self,
        tokens: Sequence[Sequence] | None = None,
        pads: int = 0,
        side: str = "right",
        masked: bool = True,
        query: float = 1.0,
        kept: Mapping | None = None,
        sets: Mapping[str, Mapping] = SETS,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "tokens",
    ):
        if not sets:
            raise ValueError("sets={} leaves nothing to choose from; give at least one")
        for name, one in sets.items():
            _row(f"sets[{name!r}]", one)
            if one.get("kept"):
                _row(f"sets[{name!r}]['kept']", one["kept"])
        first = next(iter(sets.values()))
        if tokens is None:
            tokens, pads, side = first["tokens"], pads or first["pads"], first["side"] if side == "right" else side
            kept = first.get("kept") if kept is None else kept
        super().__init__(
            identity,
            sets={name: dict(one) for name, one in sets.items()},
            **_row("", {"tokens": tokens, "pads": pads, "side": side}),
            masked=one_of("masked", masked, (True, False)),
            query=float(one_of("query", query, QUERIES)),
            kept=None if kept is None else _row("kept", kept),
            tasks=tasks,
            task=task,
        )

    @property
    def numbers(self) -> np.ndarray:
        """What the pools read: the numbers of the tokens that are there, and 0 for padding that is not masked."""
        return self._read(self.tokens, self.pads, self.side)

    @property
    def answers(self) -> dict[str, float | tuple[float, ...]]:
        """The answer of each pool; see `answers_of`."""
        return answers_of(self.numbers, self.query)

    @property
    def alone(self) -> dict[str, float | tuple[float, ...]]:
        """The answers without any padding."""
        return answers_of(self._read(self.tokens, 0, self.side), self.query)

    @property
    def wrong(self) -> list[str]:
        """The pools whose answer the padding has changed."""
        answers, alone = self.answers, self.alone
        return [name for name in SET_POOLS if not _same(answers[name], alone[name])]

    @property
    def alike(self) -> list[str]:
        """The pools that cannot tell the set from the one that is kept; none if none is kept."""
        if self.kept is None:
            return []
        answers, others = self.answers, answers_of(self._read(**self.kept), self.query)
        return [name for name in SET_POOLS if _same(answers[name], others[name])]

    def _read(self, tokens, pads, side):
        numbers, padding = [float(number) for _, number, here in tokens if here], [0.0] * (0 if self.masked else pads)
        return np.array(numbers + padding if side == "right" else padding + numbers)

    def fallback(self) -> str:
        """The tokens in a line, and a table of the answers: what is seen where no script runs."""
        words = [f"{word} {two_decimals(number)}" for word, number, here in self.tokens if here]
        padding = ["PAD" if self.masked else "PAD 0"] * self.pads
        answers, alone = self.answers, self.alone
        shown = table(
            ["pool", "answer", "without padding"],
            [[title, _words(answers[name]), _words(alone[name])] for name, title in SET_POOLS.items()],
            caption=f"What each pool answers, attention with a query of {two_decimals(self.query)}",
        )
        places = words + padding if self.side == "right" else padding + words
        return f"<p>{html.escape(', '.join(places))}</p>{shown.html}"


def _numbers(answer) -> tuple[float, ...]:
    return answer if isinstance(answer, tuple) else (answer,)


def _same(a, b) -> bool:
    """Whether two answers are one: no answer is like no answer."""
    pairs = zip(_numbers(a), _numbers(b), strict=True)
    return all(one == other or one != one and other != other or abs(one - other) <= 1e-9 for one, other in pairs)


def _words(answer) -> str:
    return ", ".join(two_decimals(one) if math.isfinite(one) else "none" for one in _numbers(answer))


def _row(where: str, given: Mapping) -> dict:
    """Tokens with padding as the state has them, or an error that names what is wrong."""
    name = lambda key: f"{where}[{key!r}]" if where else key
    tokens = [list(one) for one in given["tokens"]]
    if not 1 <= len(tokens) <= PLACES:
        raise ValueError(f"{name('tokens')} has {len(tokens)} tokens; give 1 to {PLACES}")
    for n, token in enumerate(tokens):
        if len(token) != 3 or not isinstance(token[0], str) or not 1 <= len(token[0]) <= LONGEST_WORD:
            raise ValueError(
                f"{name('tokens')}[{n}]={token!r} is no token; give [word, number, True], "
                f"the word of 1 to {LONGEST_WORD} letters"
            )
        one_of(f"{name('tokens')}[{n}][1]", token[1], range(-HIGHEST, HIGHEST + 1))
        one_of(f"{name('tokens')}[{n}][2]", token[2], (True, False))
    pads = one_of(name("pads"), given["pads"], range(MOST_PADS + 1))
    if len(tokens) + pads > PLACES:
        raise ValueError(
            f"{len(tokens)} tokens and {name('pads')}={pads} are more than {PLACES} places; use less padding"
        )
    return {"tokens": tokens, "pads": pads, "side": one_of(name("side"), given["side"], SIDES)}
