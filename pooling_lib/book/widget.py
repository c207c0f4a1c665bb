"""What every widget of the book shares: one output that lives with a kernel and on a page without one.

With a kernel a widget is an anywidget. Its output also carries HTML: its state as JSON and a static
picture of it. On a built page one classic script turns each of those into the same widget, with no
kernel and no network, from http and from file://.

The front end is `web/`: `core.js` (the arithmetic and what the widgets share) and `base.css`, then one
module and one style sheet for each widget.
"""

import json
import re
from functools import cache
from importlib.resources import files

import anywidget

WEB = files("pooling_lib.book") / "web"

#: Widgets that run on the page; each has a module `web/NAME.js` that exports `render({model, el})`.
NAMES = (
    "explorer",
    "quiz",
    "exercise",
    "pixels",
    "stack",
    "neighbours",
    "gradient",
    "libraries",
    "runs",
    "slide",
    "network",
    "architecture",
)


def _text(name: str) -> str:
    return (WEB / name).read_text(encoding="utf-8")


_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', flags=re.M)


@cache
def module(name: str) -> str:
    """Text of one widget's JavaScript module, with what it imports from its neighbours, so that it stands alone.

    >>> _IMPORT.search(module("explorer")) is None
    True
    """
    return "".join(_parts(name).values())


@cache
def _parts(name: str) -> dict[str, str]:
    """Texts of a module and of those that it imports, directly or not, each once and after those it needs itself."""
    parts = {}
    for other in _IMPORT.findall(_text(f"{name}.js")):
        parts |= {
            needed: re.sub(r"^export ", "", text, flags=re.M)
            for needed, text in _parts(other).items()
            if needed not in parts
        }
    return parts | {name: _IMPORT.sub("", _text(f"{name}.js"))}


@cache
def styles(name: str) -> str:
    """The style sheet of one widget, or of 'pictures', with what all of them share."""
    return _text("base.css") + _text(f"{name}.css")


@cache
def page_styles() -> str:
    """The one style sheet of a built page: every widget's, and that of the pictures."""
    return "".join(_text(f"{name}.css") for name in ("base", "pictures", *NAMES))


@cache
def page_script() -> str:
    """The one classic script of a built page: every widget's module, and what brings them to life.

    What several modules need is in it once; the page joins the parts of those it shows.
    """
    modules = {name: list(_parts(name)) for name in NAMES}
    texts = {part: text for name in NAMES for part, text in _parts(name).items()}
    return (
        _text("page.js").replace("/* MODULES */ {}", json.dumps(modules)).replace("/* TEXTS */ {}", json.dumps(texts))
    )


def html(name: str, state: dict, fallback: str, identity: str) -> str:
    """A widget as HTML: its state, and a static picture for where no script runs.

    Parameters
    ----------
    name : str
        One of `NAMES`.
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
        f'<div class="pool-widget" id="{identity}" data-widget="{name}">'
        f'<script type="application/json">{data}</script>'
        f'<div class="pool-fallback">{fallback}</div></div>'
    )


class BookWidget(anywidget.AnyWidget):
    """An anywidget whose output also works without a kernel.

    A subclass sets `_esm` and `_css`, and gives `name`, `identity()` and `fallback()`.
    """

    name: str

    def state(self) -> dict:
        """The widget's own synchronised traits: what its JavaScript model holds."""
        own = set(self.trait_names(sync=True)) - set(anywidget.AnyWidget.class_trait_names(sync=True))
        return {name: getattr(self, name) for name in sorted(own) if not name.startswith("_")}

    def html(self) -> str:
        """The widget as it stands on a built page."""
        return html(self.name, self.state(), self.fallback(), self.identity())

    def __repr__(self) -> str:
        return f"<{self.name} {self.identity()}>"

    def _repr_mimebundle_(self, **kwargs):
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/html": self.html(), "text/plain": repr(self)}, metadata
