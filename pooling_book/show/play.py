"""A place to play with the kernel: controls that drive a function of the reader's own."""

import html
import inspect
from collections.abc import Callable

import ipywidgets

from pooling_book.show.pictures import Picture


class Playground(ipywidgets.VBox):
    """Controls above the picture that a function returns for their values.

    On a built page there is no kernel to run the function: there the picture of the first values
    stands under a line that says which these are.
    """

    def __init__(self, function: Callable[..., Picture], controls: dict):
        self._function = function
        defaults = {name: parameter.default for name, parameter in inspect.signature(function).parameters.items()}
        self._controls = {}
        for name, given in controls.items():
            if name not in defaults:
                raise ValueError(f"{name}={given!r} fits no argument of the function; it takes {', '.join(defaults)}")
            self._controls[name] = ipywidgets.interactive.widget_from_abbrev(given, defaults[name])
            if self._controls[name] is None:
                raise ValueError(
                    f"{name}={given!r} makes no control; give (least, most), a list of choices, True or a number"
                )
            self._controls[name].description = name.replace("_", " ")
            self._controls[name].observe(self._redraw, "value")
        self._view = ipywidgets.HTML()
        super().__init__([*self._controls.values(), self._view])
        self._redraw()

    def _redraw(self, change=None):
        try:
            self._view.value = self._function(
                **{name: control.value for name, control in self._controls.items()}
            )._repr_html_()
        except Exception as error:  # the function is the reader's: say what it raised, and go on
            self._view.value = f"<p><strong>{type(error).__name__}</strong>: {html.escape(str(error))}</p>"

    def _repr_mimebundle_(self, **kwargs):
        data = super()._repr_mimebundle_(**kwargs)
        values = {name.replace("_", " "): control.value for name, control in self._controls.items()}
        *others, last = values
        names = f"{', '.join(others)} and {last}" if others else last
        settings = ", ".join(f"{name} {_said(value)}" for name, value in values.items())
        note = (
            f'<p class="pool-note">Here: {html.escape(settings)}. '
            f"In the running notebook, controls for {html.escape(names)} redraw this picture.</p>"
        )
        return {**data, "text/html": note + self._view.value, "text/plain": f"<playground: {names}>"}


def _said(value):
    return {True: "on", False: "off"}.get(value, value) if isinstance(value, bool) else value


def play(function: Callable[..., Picture], **controls) -> Playground:
    """Let controls drive a function that returns a picture.

    Parameters
    ----------
    function : callable
        Called with the controls' values by name; returns a `Picture`. Its defaults are where the
        controls begin.
    **controls
        One for each argument, abbreviated as ipywidgets does: (least, most) or (least, most, step)
        a slider, a list a menu, True or False a box.

    Returns
    -------
    Playground
        Shown at the end of a cell.

    Examples
    --------
    >>> from pooling_book.show.pictures import Picture
    >>> "<p>2</p>" in play(lambda window=2: Picture(f"<p>{window}</p>", "a number"), window=(1, 5))._view.value
    True
    """
    return Playground(function, controls)
