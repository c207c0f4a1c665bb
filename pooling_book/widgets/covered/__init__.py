"""The cover of a plain cell's output on a page: what a notebook says of it, and the HTML around it.

A cell's metadata `guess` holds what the reader may guess before the output is seen:

    {"form": "number", "answer": 1024}                                      and "within": how far off it may be
    {"form": "numbers", "names": ["rows", "columns"], "answer": [3, 3]}
    {"form": "choice", "options": ["the mean", "the maximum"], "answer": "the mean"}
    {"form": "choices", "options": [...], "answer": [those that hold]}

and `then`, a remark. The answer stands in the output, too: a test looks for it there.
"""

from collections.abc import Mapping
from html import escape

from pooling_book.widgets.base import html, one_of

FORMS = ("number", "numbers", "choice", "choices")
KEYS = ("form", "answer", "names", "options", "within", "then")
LEAD = "Your guess"
COVER = '<details class="pool-covered"><summary>Show the answer</summary>'


def covered(identity: str, asked: Mapping) -> tuple[str, str]:
    """What goes before and after the output of a cell, as HTML.

    Parameters
    ----------
    identity : str
        The element's id, unique on its page.
    asked : mapping
        The cell's metadata `guess`.

    >>> before, after = covered("guess-7", {"form": "number", "answer": 9})
    >>> before.endswith(COVER), after
    (True, '</details></div></div>')
    >>> covered("guess-7", {"form": "nummer", "answer": 9})
    Traceback (most recent call last):
        ...
    ValueError: guess['form']='nummer' is not allowed; use one of 'number', 'numbers', 'choice', 'choices'
    """
    one_of("guess['form']", asked.get("form"), FORMS)
    for key in asked:
        one_of("a key of guess", key, KEYS)
    needs = {"numbers": "names", "choice": "options", "choices": "options"}.get(asked["form"], "answer")
    for key in ("answer", needs):
        if key not in asked:
            raise ValueError(f"guess={dict(asked)!r} lacks {key!r}, which the form {asked['form']!r} needs; add it")
    if asked["form"] in ("choice", "choices"):
        answers = asked["answer"] if asked["form"] == "choices" else [asked["answer"]]
        for answer in answers:
            one_of("guess['answer']", answer, asked["options"])
    text = html("covered", {"asked": dict(asked), "guess": None, "judged": False}, "\0", identity)
    before, after = text.split("\0")
    return f"{before}{_held(asked)}{COVER}", f"</details>{after}"


def _held(asked: Mapping) -> str:
    """The place of the form that comes alive: as large, unseen, and not there at all without a script."""
    typed = '<input class="pool-typed">'
    if asked["form"] == "number":
        fields = typed
    elif asked["form"] == "numbers":
        names = "".join(f'<label class="pool-typed-name">{escape(name)} {typed}</label>' for name in asked["names"])
        fields = f'<span class="pool-typed-row">{names}</span>'
    else:
        options = "".join(f'<button class="pool-button">{escape(option)}</button>' for option in asked["options"])
        fields = f'<div class="pool-options">{options}</div>'
    place = f'<span class="pool-guess-place">{fields}</span><button class="pool-button">Uncover</button>'
    return f'<div class="pool-guess pool-held" inert>{LEAD}{place}</div>'
