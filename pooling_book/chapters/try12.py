"""Chapter 12: what to try with its widget."""

from pooling_book.widgets.things_to_try import goal, guess
from pooling_book.widgets.tokens import row, sentence, set_of

FUNNY = sentence("well made and funny", 2, 1, 0, 3)
PLAIN = {"pads": 0, "side": "right", "masked": True, "query": 1.0}
SLOW = sentence("slow and dull", -2, -1, -3)
PADDED = {"pads": 2, "side": "right", "masked": False}


def _beside(*numbers: int) -> dict:
    """A set to change, beside the same one kept."""
    tokens = set_of(*numbers)
    return PLAIN | {"tokens": tokens, "kept": row(tokens)}


tokens_to_try = [
    guess(
        "2, 1, 0 and 3 have the mean 1.5. Two PADs follow, and no mask is used: "
        "what is the mean now?",
        "answer",
        PLAIN | PADDED | {"tokens": FUNNY, "kept": None},
        "The sum is still 6, now divided by 6 places.",
        pool="mean",
    ),
    guess(
        "All numbers are below 0. Which answers have the two PADs changed?",
        "wrong",
        PLAIN | PADDED | {"tokens": SLOW, "kept": None},
        "On the *left*, `first` instead of `last`.",
        pools=["sum", "mean", "max", "first", "last"],
    ),
    goal(
        "Make another set that the *mean* cannot tell from {1, 3}. "
        "Drag a bar, or press Drop or Add.",
        "alike",
        _beside(1, 3),
        "A mean does not count: {1, 3} twice over has it, too, and so has {2}.",
        pools=["mean"],
        kept=row(set_of(1, 3)),
    ),
    goal(
        "Now another set with the same *max* as {1, 3}, and another mean.",
        "alike",
        _beside(1, 3),
        "What lies below the largest may be anything, and as often as it likes.",
        pools=["max"],
        unlike=["mean"],
        kept=row(set_of(1, 3)),
    ),
    goal(
        "Three elements, 1, 2 and 3. Find another set with the same *sum*, mean and max.",
        "alike",
        _beside(1, 2, 3),
        "{0, 3, 3} shares all three with {1, 2, 3}: a sum of plain numbers is not enough. "
        "The deviation tells them apart.",
        pools=["sum", "mean", "max"],
        kept=row(set_of(1, 2, 3)),
    ),
]
