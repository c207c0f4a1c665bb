"""Still pictures as HTML: grids of numbers, rows of images, drawings. Every one has its text.

A picture is HTML and not a bitmap of a plot, so that it follows the page's colours and width, a
screen reader finds its words, and its bytes are the same on every processor.
"""

import base64
import hashlib
import html
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pooling_book import palette

SHEET = Path(__file__).with_suffix(".css")
# What a drawing takes its colours from, by the names that Matplotlib's cells use.
_DRAWN = {name: role for name, role in palette.ROLES.items() if name in ("text", "border") or name.startswith("series")}


@cache
def _notebook_styles() -> str:
    """The rules that each picture brings along in a running notebook: in some editors no output sees another's."""
    text = palette.style_sheet() + re.sub(r"/\*.*?\*/", "", SHEET.read_text(encoding="utf-8"), flags=re.S)
    return f'<style class="pool-style">{" ".join(text.split())}</style>'


@dataclass(frozen=True)
class Picture:
    """HTML that a notebook shows, with one sentence that says what is seen.

    The HTML has classes and shades; what these look like, a page says in its style sheet. In a running notebook the
    picture brings the rules itself. They are not stored: site/notebooks.py leaves them out.
    """

    html: str
    alt: str

    def _repr_html_(self) -> str:
        return _notebook_styles() + self.html

    def __repr__(self) -> str:
        return f"<picture: {self.alt}>"


def grids(
    *arrays: np.ndarray, captions: Sequence[str], marked: Sequence[Sequence[tuple[int, int]]] = (), signed: bool = False
) -> Picture:
    """Small 2-D arrays side by side, as tables shaded from the smallest value, or 0, to the largest.

    Parameters
    ----------
    *arrays : ndarray (H, W)
        Numbers to show, at most two decimals.
    captions : sequence of str
        One for each array.
    marked : sequence of lists of (row, column), optional
        For each array, the cells to frame: a window, say.
    signed : bool
        Shade by the distance from 0, positive numbers amber and negative ones violet, as gradients want it.

    Raises
    ------
    ValueError
        If an array is not 2-D or captions are missing.

    Examples
    --------
    >>> grids(np.array([[3, -1], [4, 2]]), captions=["Input"])
    <picture: Input, 2 by 2>
    """
    _one_each(arrays, captions)
    figures = []
    for n, (array, caption) in enumerate(zip(arrays, captions)):
        array = np.asarray(array)
        if array.ndim != 2:
            raise ValueError(
                f"arrays[{n}] has shape {array.shape}; a grid shows 2-D arrays: choose one image or channel"
            )
        figures.append(_grid(array, caption, set(marked[n]) if n < len(marked) else set(), signed))
    return side_by_side(
        figures,
        captions,
        ", ".join(f"{c}, {a.shape[0]} by {a.shape[1]}" for a, c in zip(map(np.asarray, arrays), captions)),
    )


def _grid(array, caption, framed, signed):
    finite = array[np.isfinite(array)]
    low, high = finite.min(initial=0), finite.max(initial=0)
    rows = ""
    for i, row in enumerate(array):
        cells = ""
        for j, value in enumerate(row):
            number = two_decimals(value)
            content = f"<mark>{number}</mark>" if (i, j) in framed else number
            cells += f"<td{_shade(value, low, high, signed)}>{content}</td>"
        rows += f"<tr>{cells}</tr>"
    # Up to 12 columns fit on a phone, the last four in small print. A wider table scrolls.
    columns = array.shape[1]
    kind = f"pool-grid{' pool-signed' if signed else ''}{' pool-small' if columns > 8 else ''}"
    return scrolling(f'<table class="{kind}"><tbody>{rows}</tbody></table>', caption if columns > 12 else "")


def _shade(value, low, high, signed):
    """How far a finite value is from the least to the largest, or from 0 to the largest of either sign."""
    if not np.isfinite(value):
        return ""
    far = abs(value) / (max(high, -low) or 1) if signed else (value - low) / ((high - low) or 1)
    side = ' class="pool-minus"' if signed and value < 0 else ""
    return f'{side} style="--shade:{100 * far:.0f}%"'


def two_decimals(value: float) -> str:
    """A number as short text: at most two decimals, halves away from zero as in a browser, a true minus sign.

    >>> two_decimals(-0.5), two_decimals(3.0), two_decimals(-4.625), two_decimals(float("-inf"))
    ('−0.5', '3', '−4.63', '−∞')
    """
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else "∞" if value > 0 else "−∞"
    if abs(value) >= 1e21:  # where a browser, too, changes to powers of ten
        return repr(float(value)).replace("-", "−")
    hundredths = Decimal(float(value)).quantize(Decimal("0.01"), ROUND_HALF_UP, Context(prec=400))
    text = f"{hundredths:f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def images(*arrays: np.ndarray, captions: Sequence[str], alts: Sequence[str], width: int = 200) -> Picture:
    """Images side by side, their pixels left sharp; all drawn at one width, so that a smaller image looks coarser.

    Parameters
    ----------
    *arrays : ndarray (H, W) or (H, W, 3)
        Values from 0 to 255; fractions are rounded.
    captions, alts : sequence of str
        For each image, the line above it and the words for who cannot see it.
    width : int
        Width on the page in CSS pixels.

    Raises
    ------
    ValueError
        If a shape, a value or the number of captions does not fit.

    Examples
    --------
    >>> images(np.array([[0, 255]], np.uint8), captions=["two pixels"], alts=["black, then white"])
    <picture: black, then white>
    """
    _one_each(arrays, captions)
    _one_each(arrays, alts)
    figures = [
        f'<img src="{bitmap(array)}" alt="{html.escape(alt)}" '
        f'width="{width}" height="{round(width * array.shape[0] / array.shape[1])}">'
        for array, alt in zip(map(np.asarray, arrays), alts)
    ]
    return side_by_side(figures, captions, "; ".join(alts), f' style="--width:{width}px"')


def bitmap(array: np.ndarray) -> str:
    """An image as a data address: a BMP, which depends on no compressor; the site's build makes a small file of it."""
    array = np.asarray(array)
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] != 3):
        raise ValueError(f"array has shape {array.shape}; an image is (H, W) or (H, W, 3)")
    if not (np.all(array >= 0) and np.all(array <= 255)):
        raise ValueError(
            f"array has values from {array.min()} to {array.max()}; an image's go from 0 to 255: scale it first"
        )
    file = io.BytesIO()
    Image.fromarray(np.round(array).astype(np.uint8)).save(file, "BMP")
    return "data:image/bmp;base64," + base64.b64encode(file.getvalue()).decode()


@contextmanager
def drawing_style() -> Iterator[dict[str, str]]:
    """Matplotlib settings for `drawing`: text as text, the book's colours, the same bytes on every run.

    Gives the colours by their names: "text", "border" and "series-1" to "series-4", which are also Matplotlib's C0 to
    C3. `drawing` turns each into the page's own, in the dark another one; any other colour stays what it is.

    A figure is 4.8 inches wide: a phone shrinks it to 328 pixels and its letters of 12 points to 11 pixels, the least
    that is read with ease. So change a figure's height, not its width, and no letters; put panels below each other.
    """
    import matplotlib  # only drawings need it
    from cycler import cycler  # Matplotlib's own

    colours = {name: role.light for name, role in _DRAWN.items()}
    series = [colour for name, colour in colours.items() if name.startswith("series")]
    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "pooling",
        "font.family": "sans-serif",
        "font.size": 12,
        "axes.titlesize": 12,
        "figure.figsize": (4.8, 3.2),
        "figure.constrained_layout.use": True,
        "savefig.pad_inches": 0.02,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.prop_cycle": cycler(color=series),
        "legend.frameon": False,
    }
    inked = ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")
    settings |= dict.fromkeys(inked, colours["text"])
    with matplotlib.rc_context(settings):
        yield colours


def drawing(figure, alt: str) -> Picture:
    """A Matplotlib figure, drawn within `drawing_style`, as an inline SVG that takes the page's colours.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Closed afterwards.
    alt : str
        What the drawing shows, in a sentence or two.
    """
    import matplotlib.pyplot as plt

    file = io.StringIO()
    figure.savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.S)
    # A line for each element: indentation, and the lines of a path, say nothing.
    svg = re.sub(r"\n +(?=<)", "\n", re.sub(r" \n(?=[MLQCz])", " ", svg))
    # Names of groups would repeat from drawing to drawing, and so would those of markers and clips, which are meant.
    svg = re.sub(r' id="(?:[a-z]+(?:2d)?|matplotlib\.axis)_\d+"', "", svg)
    own = hashlib.sha256(svg.encode()).hexdigest()[:8]
    svg = re.sub(r'(id="|href="#|url\(#)([a-z][0-9a-f]{10})\b', rf"\g<1>\g<2>-{own}", svg)
    for name, role in _DRAWN.items():
        # A viewer that knows no rules of the book's draws the colour for light.
        now = "currentColor" if name == "text" else f"var(--pool-{name},{role.light})"
        svg = re.sub(rf": {role.light}\b", f": {now}", svg)
    svg = svg.replace("<svg", f'<svg role="img" aria-label="{html.escape(alt)}"', 1)
    return Picture(f'<div class="pool-picture">{svg}</div>', alt)


def side_by_side(figures: Sequence[str], captions: Sequence[str], alt: str, attributes: str = "") -> Picture:
    """Pieces of HTML as figures, each below its caption."""
    parts = "".join(
        f"<figure{attributes}><figcaption>{html.escape(caption)}</figcaption>{figure}</figure>"
        for figure, caption in zip(figures, captions)
    )
    return Picture(f'<div class="pool-picture">{parts}</div>', alt)


def scrolling(content: str, name: str) -> str:
    """HTML that scrolls where it is too wide; with a name, within reach of the keyboard."""
    reach = f' tabindex="0" role="group" aria-label="{html.escape(name)}"' if name else ""
    return f'<div class="pool-scroll"{reach}>{content}</div>'


def _one_each(arrays, texts):
    if len(texts) != len(arrays):
        raise ValueError(f"there are {len(arrays)} arrays and {len(texts)} captions or alts; give one for each array")
