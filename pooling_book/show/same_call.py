"""The same call in Keras, PyTorch and JAX, in tabs, with what each printed when experiments/same_calls.py ran it."""

import html
import json
from dataclasses import dataclass
from functools import cache

from pooling_book.show.markup import code, inline
from pooling_book.show.pictures import Picture
from pooling_book.study.files import folder


@dataclass(frozen=True)
class Tabs(Picture):
    """Tabs, and the same one below the other as text, where there is no HTML."""

    text: str

    def __repr__(self) -> str:
        return self.text


@cache
def _recorded() -> dict:
    return json.loads((folder("experiments", "results") / "same_calls.json").read_text(encoding="utf-8"))


def same_call(name: str) -> Tabs:
    """A pool in Keras, PyTorch and JAX: for each, code that runs as it stands, and what it printed.

    The tabs are radio buttons with a style sheet: they need no script. Paper has them one below the other.

    Parameters
    ----------
    name : str
        The pool's name in experiments/calls_to_compare.py, such as 'max_pool'.

    Raises
    ------
    ValueError
        If nothing of that name has been recorded.

    Examples
    --------
    >>> repr(same_call("max_pool")).splitlines()[:4]
    ['A 2 × 2 maximum, windows side by side', '', 'Keras', 'import numpy as np']
    """
    calls, versions = _recorded()["calls"], _recorded()["about"]["versions"]
    if name not in calls:
        raise ValueError(f"name={name!r} is not recorded; use one of {', '.join(map(repr, calls))}")
    call, group = calls[name], f"same-{name.replace('_', '-')}"
    choices = "".join(
        f'<label><input type="radio" name="{group}" value="{library}" data-lm-suppress-shortcuts="true"'
        f"{' checked' if library == next(iter(versions)) else ''}><span>{library}</span></label>"
        for library in versions
    )
    panels = "".join(
        f'<div class="pool-tab" role="group" aria-label="{library}"><p class="pool-tab-name">{library}</p>'
        f'<div class="highlight">{code(call[library]["code"])}</div>'  # the site puts a button to copy there
        f"<p>It printed, with {html.escape(version)}:</p>{code(call[library]['printed'])}</div>"
        for library, version in versions.items()
    )
    shown = (
        f'<div class="pool-picture"><div class="pool-same">'
        f"<fieldset><legend>{inline(call['title'])}</legend>{choices}</fieldset>"
        f"{panels}<p>{inline(call['note'])}</p></div></div>"
    )
    texts = [f"{library}\n{call[library]['code']}\n\n{call[library]['printed']}" for library in versions]
    return Tabs(shown, call["title"], "\n\n".join([call["title"], *texts, call["note"].replace("`", "")]))
