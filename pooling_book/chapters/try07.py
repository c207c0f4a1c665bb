"""Chapter 07: what to try with its widget. What is true of the runs is computed from them."""

from pooling_book.widgets.things_to_try import goal, guess
from pooling_book.widgets.trained_runs import COMPARISON


def _scene(learnt: str, *pair: str, **changes) -> dict:
    return COMPARISON | {"learnt": learnt, "pair": pair} | changes


things_to_try = [
    guess(
        "*Subsample* is *none* with smaller maps, and *max* looks at the neighbours, too. "
        "Draw the means of both.",
        "means",
        _scene("digits", "none", "subsample"),
        "From *none* to *subsample*: smaller maps. From there to *max*: the neighbours.",
        at=("subsample", "max"),
    ),
    guess(
        "*Max* and *average* both look at four neighbours. What do these seeds say?",
        "verdict",
        _scene("digits", "max", "average"),
    ),
    goal(
        "The head *flatten*: which differences are left? Find a pair that can be told apart, "
        "though all pairs are compared.",
        "apart",
        _scene("digits", "max", "average", head="flatten"),
        settings={"learnt": "digits", "head": "flatten", "quantity": "test"},
    ),
    guess(
        "300 training images, head *flatten*: whose training accuracy is furthest above its test accuracy?",
        "largest",
        _scene("few", "none", "max", head="flatten", quantity="gap"),
        "Then choose *global*, and compare.",
        options=("none", "none, matched", "subsample", "max", "stochastic"),
    ),
    goal(
        "Task *clutter*: find two methods that these seeds cannot tell apart.",
        "together",
        _scene("clutter", "none", "max"),
        "That does not make them equal: more seeds might tell.",
        settings={"learnt": "clutter", "head": "global", "quantity": "test"},
    ),
]
