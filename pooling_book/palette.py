"""Every colour of the book, once and by its role: in light, in the dark, and where the reader's system forces its own.

Style sheets, drawings and widgets name a role: `var(--pool-window)`. `style_sheet` says what the roles are, and stands
at the head of a page's one sheet, of each widget's in a notebook, and of what a picture brings to a notebook.
"""

from functools import cache
from typing import NamedTuple


class Role(NamedTuple):
    """A role's colours as #rrggbb, what it is where colours are forced, and the themes' variables that it follows."""

    light: str
    dark: str
    forced: str = ""  # a system colour; else it stays, since something is told by it
    theme: tuple[str, ...] = ()


ROLES = {
    "text": Role("#1f2328", "#ced6dd", "CanvasText", ("pst-color-text-base", "jp-ui-font-color1")),
    "muted": Role("#4d5661", "#9ca4af", "CanvasText", ("pst-color-text-muted", "jp-ui-font-color1")),
    "surface": Role("#ffffff", "#14181e", "Canvas", ("pst-color-background", "jp-layout-color1")),
    "raised": Role("#f3f4f5", "#29313d", "Canvas", ("pst-color-surface", "jp-layout-color2")),
    "border": Role("#868e96", "#868e96", "CanvasText"),
    "shadow": Role("#00000066", "#00000066"),
    "accent": Role("#0b62c4", "#7fb6ff", "LinkText"),
    "on-accent": Role("#ffffff", "#0d1117", "Canvas"),
    "window": Role("#c2410c", "#ffa657", "Highlight"),
    "good": Role("#146c2e", "#6fdc8c", "CanvasText"),
    "bad": Role("#b3261e", "#ff9d95", "CanvasText"),
    # A gradient on a photo, whose grey is the same in the dark. Positive is light and negative dark: grey tells them.
    "positive": Role("#ffc83d", "#ffc83d"),
    "negative": Role("#231478", "#231478"),
    "on-light": Role("#000000", "#000000"),
    "on-dark": Role("#ffffff", "#ffffff"),
    # At most 40 % of these, on the surface and behind text, in a grid of numbers.
    "shade": Role("#2278e6", "#4c96f2"),
    "shade-positive": Role("#ffc83d", "#ffc83d"),
    "shade-negative": Role("#231478", "#6e5aeb"),
    # The curves of a drawing, in Matplotlib C0 to C3.
    "series-1": Role("#2f7de1", "#6aa8ff", "LinkText"),
    "series-2": Role("#e8590c", "#ff8f50", "Highlight"),
    "series-3": Role("#2b9a66", "#56c991", "CanvasText"),
    "series-4": Role("#9a6dd7", "#bd9bf0", "VisitedText"),
}

MODES = ("light", "dark")

_WHERE = ":is(.pool-widget, .pool-picture, .pool-root)"
# The site and Colab, JupyterLab, VS Code.
_DARK = ':is(html[data-theme="dark"], html[theme="dark"], [data-jp-theme-light="false"], .vscode-dark)'


def rgb(role: str) -> tuple[int, int, int]:
    """A role's colour in light, as three numbers from 0 to 255: for pixels.

    >>> rgb("positive")
    (255, 200, 61)
    """
    red, green, blue = bytes.fromhex(ROLES[role].light[1:7])
    return red, green, blue


@cache
def style_sheet() -> str:
    """The roles as custom properties of everything of the book's, for light and dark, for paper and for forced colours.

    >>> "--pool-window: #c2410c;" in style_sheet()
    True
    """
    light, dark = ({name: _followed(role, getattr(role, mode)) for name, role in ROLES.items()} for mode in MODES)
    other = _declared({name: colour for name, colour in dark.items() if colour != light[name]})
    paper = _declared({name: role.light for name, role in ROLES.items() if role.theme})
    forced = _declared({name: role.forced for name, role in ROLES.items() if role.forced})
    return (
        f"{_WHERE} {{ {_declared(light)} color: var(--pool-text); }}\n"
        # Paper is white, whatever the screen was.
        f"@media screen {{ {_DARK} {_WHERE} {{ {other} color-scheme: dark; }} }}\n"
        f"@media print {{ {_WHERE} {{ {paper} background: var(--pool-surface); }} }}\n"
        f"@media (forced-colors: active) {{ html:root {_WHERE} {{ {forced} }} }}\n"
    )


def _followed(role: Role, colour: str) -> str:
    for variable in reversed(role.theme):
        colour = f"var(--{variable}, {colour})"
    return colour


def _declared(colours: dict[str, str]) -> str:
    return " ".join(f"--pool-{name}: {colour};" for name, colour in colours.items())
