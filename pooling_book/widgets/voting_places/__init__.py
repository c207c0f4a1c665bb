"""Where a network's score comes from: every place of its last maps votes for a class, live for any digit."""

from collections.abc import Mapping, Sequence

import numpy as np
import traitlets

from pooling_book.show import pictures
from pooling_book.study.pretrained import Trained
from pooling_book.widgets.base import one_of
from pooling_book.widgets.pushed_digit import PushedDigit


class VotingPlaces(PushedDigit):
    """A digit, what a network with a global average pool reads in it, and the votes of every place for a class.

    A vote is the value of a place's feature maps by the class's weights. The average of the votes, and the class's
    bias, is its score: a class activation map (Zhou and others, 2016).

    Parameters
    ----------
    networks : mapping of str to Trained
        One to three of them, by the names they are shown under.
    digit : int
        Which of the ten test digits is shown at first.
    pushed : (int, int)
        Rows down and columns to the right, -8 to 8.
    network : str, optional
        Name of the network that votes at first; the first one unless given.
    looked : int, optional
        The class that is voted for, 0 to 9; the one that the network reads unless given.
    smooth : bool
        Whether the votes over the digit are smoothed, as papers draw them.
    tasks : sequence of dict
        Things to try, made by `pooling_book.widgets.things_to_try`: `guess`, `goal` and `look`.
    task : int or None
        The one that is open at first.
    identity : str
        The element's id, unique on its page.

    Raises
    ------
    ValueError
        As `PushedDigit`; or if a network, a class or a truth value is none.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> shapes = [(3, 3, 1, 4), (4,), (3, 3, 4, 2), (2,), (2, 10), (10,)]
    >>> widget = VotingPlaces({"random": Trained("max", [rng.normal(size=shape) for shape in shapes])}, looked=3)
    >>> widget.votes.shape, bool(np.isclose(widget.votes.mean() + widget.bias, widget.logits["random"][3]))
    ((14, 14), True)
    """

    guesses = ("loudest", "score", "moved")  # type: ignore[assignment]  # one more than its base has
    goals = ("loud", "gone")

    network = traitlets.Unicode().tag(sync=True)
    looked = traitlets.Int(None, allow_none=True).tag(sync=True)
    smooth = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        networks: Mapping[str, Trained],
        digit: int = 0,
        pushed: Sequence[int] = (0, 0),
        network: str | None = None,
        looked: int | None = None,
        smooth: bool = False,
        tasks: Sequence[dict] = (),
        task: int | None = None,
        identity: str = "voting-places",
    ):
        super().__init__(networks, digit, pushed, tasks, task, identity)
        scene = {} if task is None else tasks[task]["scene"]
        titles = list(networks)
        own = {
            "network": one_of("network", titles[0] if network is None else network, titles),
            "looked": one_of("looked", looked, [None, *range(10)]),
            "smooth": one_of("smooth", smooth, (False, True)),
        }
        for name, value in own.items():
            setattr(self, name, scene.get(name, value))
        # as the page has them
        self._voters = {title: Trained(one.pool, list(map(_halves, one.weights))) for title, one in networks.items()}

    @property
    def votes(self) -> np.ndarray:
        """What each place of the last maps says for the class that is looked at."""
        voter = self._voters[self.network]
        return voter.maps(self.x[None] / 255)[-1][0] @ voter.weights[-2][:, self.voted]

    @property
    def voted(self) -> int:
        """The class that is voted for."""
        return self.verdicts[self.network] if self.looked is None else self.looked

    @property
    def bias(self) -> float:
        """What the class has before any vote."""
        return float(self._voters[self.network].weights[-1][self.voted])

    @property
    def score(self) -> float:
        """The average of the votes and the bias: what the network's last layer says for the class."""
        return float(self.votes.mean()) + self.bias

    def fallback(self) -> str:
        """The digit, the votes, and the sum that makes the score: what is seen where no script runs."""
        votes = self.votes
        shown = pictures.images(
            255 - self.x,
            np.clip(np.round(128 + votes), 0, 255),
            captions=["A test digit", f"Votes for {self.voted}: light is for it"],
            alts=[f"a handwritten {self.test['labels'][self.digit]}", "where the votes for it are"],
            width=168,
        )
        average, bias, score = (pictures.two_decimals(one) for one in (votes.mean(), self.bias, self.score))
        return f"{shown.html}<p>The votes' average is {average}, the bias {bias}, the score {score}.</p>"


def _halves(weights: np.ndarray) -> np.ndarray:
    return np.asarray(weights).astype("<f2").astype(np.float32)
