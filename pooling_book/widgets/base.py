"""What every widget of the book shares: one output that lives with a kernel and on a page without one.

With a kernel a widget is an anywidget. Its output also carries HTML: its state as JSON and a static picture of it. On a
built page one classic script turns each of those into the same widget, with no kernel and no network, from http and
from file://. A kind of widget is a folder: its Python, its JavaScript and its style sheet; `kit` is what the front ends
are made of, and `page` joins them.
"""

import base64
import json
import re
from collections.abc import Iterable
from typing import TypeVar

import anywidget
import numpy as np

from pooling_book.widgets import page

Value = TypeVar("Value")


def one_of(argument: str, value: Value, allowed: Iterable) -> Value:
    """The value, if it is one of those allowed; else an error that names the argument, the value and the mend.

    A truth value is no number here.

    >>> one_of("stride", 2, range(1, 9))
    2
    >>> one_of("stride", True, range(1, 9))
    Traceback (most recent call last):
        ...
    ValueError: stride=True is not allowed; use a whole number from 1 to 8
    >>> one_of("method", "mean", ("max", "avg"))
    Traceback (most recent call last):
        ...
    ValueError: method='mean' is not allowed; use one of 'max', 'avg'
    """
    if any(value == each and isinstance(value, bool) == isinstance(each, bool) for each in allowed):
        return value
    if isinstance(allowed, range):
        numbers = "a whole number" if allowed.step == 1 else f"a multiple of {allowed.step}"
        these = f"{numbers} from {allowed[0]} to {allowed[-1]}"
    else:
        these = f"one of {', '.join(map(repr, allowed))}"
    raise ValueError(f"{argument}={value!r} is not allowed; use {these}")


def base64_of(values: np.ndarray) -> str:
    """The bytes of an array as text, for a state in JSON.

    >>> base64_of(np.array([0, 255], np.uint8))
    'AP8='
    """
    return base64.b64encode(values.tobytes()).decode()


def values_of(text: str, dtype: type | str) -> np.ndarray:
    """The values, in one row, whose `base64_of` is that text.

    >>> values_of("AP8=", np.uint8)
    array([  0, 255], dtype=uint8)
    """
    return np.frombuffer(base64.b64decode(text), dtype)


def html(kind: str, state: dict, fallback: str, identity: str) -> str:
    """A widget as HTML: its state, and a static picture for where no script runs.

    Parameters
    ----------
    kind : str
        One of `page.kinds()`.
    state : dict
        What the widget's module reads from its model; JSON without NaN.
    fallback : str
        HTML shown until the widget is alive.
    identity : str
        The element's id, unique on its page.
    """
    # "</" would end the script element early.
    data = json.dumps(state, ensure_ascii=False, allow_nan=False, sort_keys=True).replace("</", "<\\/")
    return (
        f'<div class="pool-widget" id="{identity}" data-widget="{kind}">'
        f'<script type="application/json">{data}</script>'
        f'<div class="pool-fallback">{fallback}</div></div>'
    )


class BookWidget(anywidget.AnyWidget):
    """An anywidget whose output also works without a kernel.

    A subclass lives in a folder of its kind's name and gives `fallback()`.

    Parameters
    ----------
    identity : str
        The element's id, unique on its page: lower-case letters, digits and hyphens.
    **state
        The widget's synchronised traits.
    """

    kind: str

    def __init_subclass__(cls, **more):
        kind = cls.__module__.rpartition(".")[2]
        # anywidget makes a subclass with traits for each widget: that has its script already
        if kind in page.kinds() and "_esm" not in cls.__dict__:
            cls.kind, cls._esm = kind, page.script(f"{kind}/{kind}.js")
            cls._css = cls.__dict__.get("_css", page.styles(kind))
        super().__init_subclass__(**more)

    def __init__(self, identity: str, **state):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", identity):
            raise ValueError(
                f"identity={identity!r} is no id for a page; use lower-case letters, digits and hyphens, "
                "such as 'quiz-01'"
            )
        self.identity = identity
        super().__init__(**state)

    def state(self) -> dict:
        """The widget's own synchronised traits: what its JavaScript model holds."""
        return {name: getattr(self, name) for name in self.settings()}

    @classmethod
    def settings(cls) -> list[str]:
        """The names of the widget's own synchronised traits."""
        own = set(cls.class_trait_names(sync=True)) - set(anywidget.AnyWidget.class_trait_names(sync=True))
        return sorted(name for name in own if not name.startswith("_"))

    def fallback(self) -> str:
        """What is seen where no script runs, as HTML."""
        raise NotImplementedError(
            f"{type(self).__name__} has no fallback(); return HTML that shows its state without a script"
        )

    def html(self) -> str:
        """The widget as it stands on a built page."""
        return html(self.kind, self.state(), self.fallback(), self.identity)

    def __repr__(self) -> str:
        return f"<{self.kind} {self.identity}>"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/html": self.html(), "text/plain": repr(self)}, metadata
