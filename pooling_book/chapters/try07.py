"""Chapter 07: what to try with its widget. What is true of the runs is computed from them."""

from pooling_book.widgets.things_to_try import goal, guess
from pooling_book.widgets.trained_runs import COMPARISON


def _scene(block: str, data: str, *pair: str, **changes) -> dict:
    return COMPARISON | {"block": block, "data": data, "pair": pair} | changes


things_to_try = [
    guess(
        "*None* sees 7 pixels. *Dilated* sees 15, without a pool; *max* has a pool and sees 18. "
        "Draw the means of *dilated* and *max*.",
        "means",
        _scene("parts", "digits", "none", "subsample"),
        "From *none* to *dilated*: a wider field, and nothing else.",
        at=("dilated", "max"),
    ),
    guess(
        "*Max* and *average* both look at four neighbours. What is the verdict?",
        "verdict",
        _scene("parts", "digits", "average", "max"),
        "Then choose the clothes.",
    ),
    guess(
        "300 images, head *flatten*: which network reads the fewest test digits wrongly?",
        "smallest",
        _scene("few", "digits", "end subsample", "max"),
        options=(
            "end subsample",
            "subsample",
            "max",
            "average",
            "strided conv",
        ),
    ),
    goal(
        "The clothes, 3,000 images: find a pair that is *the same*. That takes a narrow interval.",
        "same",
        _scene("parts", "clothes", "none", "max"),
        settings={"block": "parts", "data": "clothes", "quantity": "test"},
    ),
    goal(
        "50,000 images, head *flatten*: find two networks that these seeds cannot tell apart.",
        "together",
        _scene("whole, flatten", "digits", "end subsample", "max"),
        "That does not make them equal: the 90 % interval reaches beyond the band.",
        settings={"block": "whole, flatten", "quantity": "test"},
    ),
]
