"""Where the files lie that chapters read: in a checkout beside the package, in a wheel within it."""

from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def folder(*parts: str) -> Path:
    """The folder of that name in the checkout, or the copy of its last part that a wheel carries.

    >>> folder("experiments", "results").name
    'results'
    """
    copy = PACKAGE / parts[-1]
    return copy if copy.is_dir() else PACKAGE.parent.joinpath(*parts)
