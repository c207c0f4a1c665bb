"""A forest plot: ratios of errors with their intervals, a line for each contrast, one mark for each data set."""

from collections.abc import Sequence

from pooling_book.show.pictures import Picture, drawing, drawing_style
from pooling_book.study.contrasts import SAME, Found

_TICKS = (0.25, 0.35, 0.5, 0.7, 1, 1.4, 2, 2.8)
_NEAR = (0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4)
_MARKS = {"digits": ("C0", "o"), "clothes": ("C1", "s")}


def forest(judged: Sequence[Found], blocks: dict[str, str], again: Sequence[Found] = ()) -> Picture:
    """Draw contrasts that were judged together.

    Parameters
    ----------
    judged : sequence of Found
        From `pooling_book.study.contrasts.judge`; the data sets of one contrast stand on one line.
    blocks : dict
        What is written for each block.
    again : sequence of Found
        The same contrasts in a second run: their ratios are drawn as open marks.

    Returns
    -------
    Picture
        On a logarithmic axis: a thick line for the 95 % interval alone, a thin one for that beside all others, and a
        band for what counts as the same.
    """
    import matplotlib.pyplot as plt

    lines: dict[tuple, list[Found]] = {}
    for found in judged:
        lines.setdefault((found.contrast.cell, found.contrast.against, found.contrast.block), []).append(found)
    several = len({block for _, _, block in lines}) > 1
    second = {found.contrast: found.ratio for found in again}
    low = min(found.beside[0] for found in judged)
    high = max(found.beside[1] for found in judged)
    low, high = max(low, _TICKS[0]) / 1.05, min(high, _TICKS[-1]) * 1.05
    with drawing_style() as colours:
        figure, axes = plt.subplots(figsize=(4.8, 0.6 + 0.62 * len(lines)))
        axes.axvspan(*SAME, color=colours["border"], alpha=0.25, linewidth=0)
        axes.axvline(1, color=colours["text"], linewidth=0.8)
        for row, ((cell, against, block), some) in enumerate(lines.items()):
            where = f": {blocks[block]}" if several else ""
            axes.text(low, row - 0.28, f"{cell} / {against}{where}", va="center")
            for place, found in enumerate(some):
                colour, mark = _MARKS[found.contrast.data]
                y = row + 0.02 + 0.24 * place
                for (left, right), width in [(found.beside, 1.2), (found.alone, 4)]:
                    axes.plot([max(left, low), min(right, high)], [y, y], color=colour, linewidth=width)
                for end, arrow in [(found.beside[0], "<"), (found.beside[1], ">")]:
                    if not low < end < high:  # the interval goes on
                        axes.plot(low if arrow == "<" else high, y, arrow, color=colour, clip_on=False)
                axes.plot(found.ratio, y, mark, color=colour, markersize=7, markeredgecolor=colours["text"])
                if found.contrast in second:
                    axes.plot(second[found.contrast], y, mark, markersize=7, color=colours["text"], fillstyle="none")
        for name, (colour, mark) in _MARKS.items():
            if any(found.contrast.data == name for found in judged):
                axes.plot([], [], mark, color=colour, label=name, markeredgecolor=colours["text"])
        if second:
            axes.plot([], [], "o", color=colours["text"], fillstyle="none", label="second run")
        axes.set(xscale="log", xlim=(low, high), ylim=(len(lines) - 0.4, -0.6), yticks=[])
        _ticks(axes, low, high)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("errors of the first for one error of the second")
        figure.legend(loc="outside upper center", ncols=3)
        return drawing(figure, said(judged, blocks))


def said(judged: Sequence[Found], blocks: dict[str, str]) -> str:
    """The plot in words: each ratio with its verdict."""
    sentences = [
        f"{one.contrast.cell} / {one.contrast.against}, {blocks[one.contrast.block]}, {one.contrast.data}: "
        f"{one.ratio:.2f}, {one.verdict}"
        for one in judged
    ]
    return "Ratios of errors. " + "; ".join(sentences) + "."


def _ticks(axes, low, high):
    """Ratios that are easily read, closer to each other where all is near 1."""
    axes.set_xticks([tick for tick in (_NEAR if high / low < 2 else _TICKS) if low < tick < high])
    axes.xaxis.set_major_formatter("{x:g}")
    axes.minorticks_off()
