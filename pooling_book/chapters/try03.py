"""Chapter 03: what its widget asks its readers to try."""

from pooling_book.widgets.things_to_try import goal, guess


def _layer(kind: str, window: int, stride: int, padding: str) -> dict:
    return {
        "kind": kind,
        "window": window,
        "stride": stride,
        "padding": padding,
        "dilation": 1,
    }


def _scene(*layers: dict, at: tuple[int, int]) -> dict:
    """These layers, and an output of the last of them."""
    return {
        "source": "camera",
        "layers": list(layers),
        "layer": len(layers) - 1,
        "selected": at,
    }


_halving = _layer("pool", 2, 2, "valid")
_overlapping = _layer("pool", 3, 2, "valid")
_same = _layer("convolution", 3, 1, "same")

things_to_try = [
    guess(
        "Three pools with window 3 and stride 2. "
        "How many pixels wide is the field of one output of the last?",
        "field",
        _scene(*[_overlapping] * 3, at=(3, 3)),
        "3, 7, 15: press layer 1, 2 and 3 and see the frame grow.",
    ),
    goal(
        "Change window and stride until 31 rows come out.",
        "reach",
        _scene(_halving, at=(16, 16)),
        "The last place of a wider window is one stride earlier.",
        size=31,
    ),
    goal(
        "Now get 33 rows, with padding.",
        "reach",
        _scene(_halving, at=(16, 16)),
        "An element at each end is room for one more stride.",
        size=33,
    ),
    guess(
        "The three pools once more. How many rows come out of the last?",
        "size",
        _scene(*[_overlapping] * 3, at=(3, 3)),
        "64, 31, 15, 7.",
    ),
    guess(
        "Two such pools. Mark on the image the square that the framed output sees.",
        "corners",
        _scene(*[_overlapping] * 2, at=(0, 1)),
        "Its neighbours see as many, 4 pixels farther on.",
    ),
    guess(
        "Twice two convolutions and a pool. The frame stands in a corner. "
        "How many of its 16 × 16 pixels are on the image?",
        "inside",
        _scene(*[_same, _same, _halving] * 2, at=(0, 0)),
        "10 · 10: six rows and six columns lie outside.",
    ),
    goal(
        "Build a stack that gives 8 rows and sees 22 × 22 pixels.",
        "reach",
        _scene(_same, _halving, at=(16, 16)),
        "The same two layers, three times.",
        size=8,
        field=22,
    ),
]
