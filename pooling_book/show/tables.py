"""Tables: of words, of small arrays, and of windows on a line, a row for each window and a column for each position."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pooling_book.show.markup import four_digits
from pooling_book.show.pictures import Picture, scrolling, side_by_side
from pooling_lib.geometry import Windows

NARROW = 44  # characters that fit on a phone side by side
NUMERIC = re.compile(r"[+−]?\d[\d,.]*( ?%)?( ± [\d.,]+)?\**$")  # −0.12 ± 0.01**


@dataclass(frozen=True)
class Table(Picture):
    """A table, and the same as columns of text, where there is no HTML."""

    text: str

    def __repr__(self) -> str:
        return self.text


def table(head: Sequence, rows: Iterable[Sequence], caption: str) -> Table:
    """A table whose first column names its rows: columns of numbers stand to the right, long words wrap.

    Parameters
    ----------
    head : sequence
        A name for each column, a text or a whole number.
    rows : iterable of sequences
        As many whole numbers or texts in each as there are columns.
    caption : str
        What the table holds.

    Raises
    ------
    ValueError
        If a row has too many or too few entries.

    Examples
    --------
    >>> table(["pool", "change"], [["max", "-0.02"], ["average", "0.5"]], "What a pool changes")
    What a pool changes
    pool     change
    max       −0.02
    average     0.5
    """
    head, *rows = ([_shown(entry) for entry in row] for row in (head, *rows))
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"rows hold {row!r}, {len(row)} texts for {len(head)} columns; give one for each column")
    right = [all(NUMERIC.match(text) for text in column if text) for column in zip(*([""] * len(head), *rows))]
    side = [' class="pool-number"' if one else "" for one in right]
    # a header without a name is no header
    above = "".join(
        f'<th scope="col"{kind}>{html.escape(text)}</th>' if text else "<td></td>" for text, kind in zip(head, side)
    )
    body = ""
    for first, *others in rows:
        cells = "".join(f"<td{kind}>{_kept(text)}</td>" for text, kind in zip(others, side[1:]))
        body += f'<tr><th scope="row"{side[0]}>{html.escape(first)}</th>{cells}</tr>'
    content = (
        f'<table class="pool-words"><caption>{html.escape(caption)}</caption>'
        f"<thead><tr>{above}</tr></thead><tbody>{body}</tbody></table>"
    )
    words = "; ".join(", ".join(row) for row in rows)
    across = sum(max(map(len, " ".join(column).split()), default=0) + 1 for column in zip(head, *rows))
    shown = f'<div class="pool-picture">{scrolling(content, caption if across > NARROW else "")}</div>'
    return Table(shown, f"{caption}: {words}", "\n".join([caption, *_columns([head, *rows], right)]))


def _shown(entry):
    text = f"{entry:,}" if isinstance(entry, (int, np.integer)) else str(entry).strip()
    return re.sub(r"(?<![\w.)])-(?=\d)", "−", text)


def _kept(text):
    # a phone may break "0.98 ± 0.01" before the sign, not after it
    return html.escape(text).replace("± ", "±\N{NO-BREAK SPACE}")


def _columns(rows, right):
    widths = [max(map(len, column)) for column in zip(*rows)]
    for row in rows:
        placed = (text.rjust(w) if r else text.ljust(w) for text, w, r in zip(row, widths, right))
        yield "  ".join(placed).rstrip()


def array_tables(pictures: Sequence[tuple]) -> str:
    """Small arrays as tables, side by side, from triples (caption, array, index of what is marked or None).

    >>> "<tr><td>3</td><td><mark>-1</mark></td></tr>" in array_tables([("x", np.array([3, -1]), 1)])
    True
    """
    found = []
    for caption, array, mark in pictures:
        marked = np.zeros(array.shape, bool)
        if mark is not None:
            marked[mark] = True
        rows = ""
        for row in zip(np.atleast_2d(array), np.atleast_2d(marked)):
            cells = (f"<mark>{four_digits(value)}</mark>" if m else four_digits(value) for value, m in zip(*row))
            rows += f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        above = f"<caption>{html.escape(caption)}</caption>" if caption else ""
        found.append(f"<table>{above}<tbody>{rows}</tbody></table>")
    return f'<div class="exercise-tables">{"".join(found)}</div>' if found else ""


def lines(*placed: Windows, captions: list[str]) -> Picture:
    """Windows along one axis each, side by side: which positions every window reads, and how often each is read.

    A dot is an element that is read, a ring one in the padding (not counted), a cross one that hangs
    over the padding's end. Positions outside the line have dashed borders.

    Parameters
    ----------
    *placed : Windows
        Made by `pooling_lib.geometry.windows`.
    captions : list of str
        One for each.

    Examples
    --------
    >>> from pooling_lib.geometry import windows
    >>> lines(windows(5, 2), captions=["Pairs"])
    <picture: Pairs: 2 windows on 5 elements, which start at 0, 2; 1 element is read by none>
    """
    if len(placed) != len(captions):
        raise ValueError(f"there are {len(placed)} lines and {len(captions)} captions; give one for each line")
    figures = [_line(one, caption) for one, caption in zip(placed, captions)]
    return side_by_side(figures, captions, "; ".join(_words(one, caption) for one, caption in zip(placed, captions)))


def times_read(placed: Windows) -> list[int]:
    """How many windows read each real element.

    >>> from pooling_lib.geometry import windows
    >>> times_read(windows(7, 3, 2))
    [1, 1, 2, 1, 2, 1, 1]
    """
    times = [0] * placed.size
    for output in range(placed.count):
        for position in placed.covered(output):
            times[position] += 1
    return times


def _words(placed, caption):
    starts = ", ".join(str(placed.start(output)) for output in range(placed.count))
    unread = times_read(placed).count(0)
    gaps = f"; {unread} element{' is' if unread == 1 else 's are'} read by none" if unread else ""
    windows = "1 window" if placed.count == 1 else f"{placed.count} windows"
    start = f"start{'s' if placed.count == 1 else ''}"
    return f"{caption}: {windows} on {placed.size} elements, which {start} at {starts}{gaps}"


def _line(placed, caption):
    span = placed.dilation * (placed.window - 1) + 1
    end = max(placed.size + placed.after, placed.start(placed.count - 1) + span)
    positions = range(-placed.before, end)
    head = "".join(f'<th scope="col">{str(p).replace("-", "−")}</th>' for p in positions)
    rows = ""
    for output in range(placed.count):
        start = placed.start(output)
        taps = range(start, start + span, placed.dilation)
        cells = "".join(_position(placed, p, p in taps) for p in positions)
        rows += f'<tr><th scope="row">window {output}</th>{cells}</tr>'
    times = dict(enumerate(times_read(placed)))
    counts = "".join(f"<td>{(times[p] or '<b>0</b>') if p in times else ''}</td>" for p in positions)
    content = (
        f'<table class="pool-line"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">times read</th>{counts}</tr></tfoot></table>'
    )
    return scrolling(content, caption if len(positions) > 8 else "")


def _position(placed, position, covered):
    real = 0 <= position < placed.size
    mark = "" if not covered else "●" if real else "○" if position < placed.size + placed.after else "×"
    kind = "" if not real else ' class="pool-read"' if covered else ' class="pool-real"'
    return f"<td{kind}>{mark}</td>"
