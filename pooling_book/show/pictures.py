"""Still pictures as HTML: grids of numbers, rows of images, drawings. Every one has its text.

A picture is HTML and not a bitmap of a plot, so that it follows the page's colours and width, a
screen reader finds its words, and its bytes are the same on every processor.
"""

import base64
import hashlib
import html
import io
import re
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

import numpy as np
from PIL import Image

_CELL = "min-width:2.4em;height:2.4em;padding:0 .2em;text-align:center;border:1px solid #868e96;font-variant-numeric:tabular-nums"
_INK = "#010203"  # stands for the page's own text colour in a drawing


@dataclass(frozen=True)
class Picture:
    """HTML that a notebook shows, with one sentence that says what is seen."""

    html: str
    alt: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"<picture: {self.alt}>"


def grids(
    *arrays: np.ndarray, captions: Sequence[str], marked: Sequence[Sequence[tuple[int, int]]] = (), signed: bool = False
) -> Picture:
    """Small 2-D arrays side by side, as tables shaded from the smallest to the largest value.

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
        framed = set(marked[n]) if n < len(marked) else set()
        rows = "".join(
            "<tr>" + "".join(_cell(array, i, j, (i, j) in framed, signed) for j in range(array.shape[1])) + "</tr>"
            for i in range(array.shape[0])
        )
        # Up to 12 columns fit on a phone, the last four in small print. A wider table scrolls, within reach of the keyboard.
        size = ";font-size:.72em" if array.shape[1] > 8 else ""
        scroll = f' tabindex="0" role="group" aria-label="{html.escape(caption)}"' if array.shape[1] > 12 else ""
        table = f'<table style="border-collapse:collapse;width:auto;margin:0;display:table{size}"><tbody>{rows}</tbody></table>'
        figures.append(f'<div style="overflow-x:auto"{scroll}>{table}</div>')
    return _row(
        figures,
        captions,
        ", ".join(f"{c}, {a.shape[0]} by {a.shape[1]}" for a, c in zip(map(np.asarray, arrays), captions)),
    )


def _cell(array, i, j, framed, signed):
    finite = array[np.isfinite(array)]
    value, low, high = array[i, j], finite.min(initial=0), finite.max(initial=0)
    if signed:
        colour = "255,200,61" if value > 0 else "110,90,235"
        shade = 0.36 * abs(value) / (max(high, -low) or 1) if np.isfinite(value) else 0
    else:
        colour = "34,120,230"
        shade = 0.04 + 0.36 * (value - low) / ((high - low) or 1) if np.isfinite(value) else 0
    frame = ";outline:3px solid #e8590c;outline-offset:-3px;font-weight:700" if framed else ""
    return f'<td style="{_CELL};background:rgba({colour},{shade:.2f}){frame}">{number(value)}</td>'


def number(value: float) -> str:
    """A number as short text: at most two decimals, halves away from zero as in a browser, a true minus sign.

    >>> number(-0.5), number(3.0), number(-4.625), number(float("-inf"))
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
        f'<img src="{bitmap(array)}" alt="{html.escape(alt)}" width="{array.shape[1]}" height="{array.shape[0]}" '
        'style="width:100%;height:auto;image-rendering:pixelated">'
        for array, alt in zip(map(np.asarray, arrays), alts)
    ]
    # On a phone two stand side by side.
    return _row(figures, captions, "; ".join(alts), size=f"flex:0 0 min({width}px,45%)")


def bitmap(array: np.ndarray) -> str:
    """An image as a data address. BMP, since its bytes do not depend on a compressor; the site's build turns it into a small file."""
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
def drawing_style():
    """Matplotlib settings for `drawing`: text as text, the page's colours, the same bytes on every run."""
    import matplotlib  # only drawings need it

    settings = {
        "svg.fonttype": "none",
        "svg.hashsalt": "pooling",
        "font.family": "sans-serif",
        "font.size": 12,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.prop_cycle": matplotlib.cycler(color=["#2f7de1", "#e8590c", "#2b9a66", "#9a6dd7"]),
        "legend.frameon": False,
    }
    settings |= {key: _INK for key in ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color")}
    with matplotlib.rc_context(settings):
        yield


def drawing(figure, alt: str) -> Picture:
    """A Matplotlib figure, drawn within `drawing_style`, as an inline SVG that takes the page's text colour.

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
    # The names of groups would repeat from drawing to drawing, and so would those of markers and clips, which are referred to.
    svg = re.sub(r' id="(?:[a-z]+(?:2d)?|matplotlib\.axis)_\d+"', "", svg)
    own = hashlib.sha256(svg.encode()).hexdigest()[:8]
    svg = re.sub(r'(id="|href="#|url\(#)([a-z][0-9a-f]{10})\b', rf"\g<1>\g<2>-{own}", svg)
    svg = svg.replace(_INK, "currentColor").replace("<svg", f'<svg role="img" aria-label="{html.escape(alt)}"', 1)
    return Picture(f'<div class="pool-picture" style="margin:.5rem 0">{svg}</div>', alt)


def _row(figures, captions, alt, size="max-width:100%"):
    parts = "".join(
        f'<figure style="margin:0;{size}"><figcaption style="text-align:left;margin:0 0 .35rem">'
        f"{html.escape(caption)}</figcaption>{figure}</figure>"
        for figure, caption in zip(figures, captions)
    )
    return Picture(
        f'<div class="pool-picture" style="display:flex;flex-wrap:wrap;gap:1rem 1.5rem;margin:.5rem 0">{parts}</div>',
        alt,
    )


def _one_each(arrays, texts):
    if len(texts) != len(arrays):
        raise ValueError(f"there are {len(arrays)} arrays and {len(texts)} captions or alts; give one for each array")
