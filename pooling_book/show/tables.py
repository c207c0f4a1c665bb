"""Tables: of words, of small arrays, and of windows on a line, a row for each window and a column for each position."""

import html
from collections.abc import Sequence

import numpy as np

from pooling_book.show.markup import four_digits
from pooling_book.show.pictures import Picture, scrolling, side_by_side
from pooling_lib.geometry import Windows


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Picture:
    """A table whose first column names its rows; a wide one scrolls.

    Parameters
    ----------
    head : sequence of str
        A name for each column.
    rows : sequence of sequences of str
        As many texts in each as there are columns.
    caption : str
        What the table holds, for who cannot see it.

    Raises
    ------
    ValueError
        If a row has too many or too few texts.

    Examples
    --------
    >>> table(["pool", "parameters"], [["max", "3,738"]], "What a pool costs")
    <picture: What a pool costs: max, 3,738>
    """
    for row in rows:
        if len(row) != len(head):
            raise ValueError(
                f"rows hold {list(row)!r}, {len(row)} texts for {len(head)} columns; give one for each column"
            )
    # a header without a name is no header
    above = "".join(f'<th scope="col">{html.escape(text)}</th>' if text else "<td></td>" for text in head)
    body = ""
    for first, *others in rows:
        cells = "".join(f"<td>{html.escape(text)}</td>" for text in others)
        body += f'<tr><th scope="row">{html.escape(first)}</th>{cells}</tr>'
    content = f'<table class="pool-words"><thead><tr>{above}</tr></thead><tbody>{body}</tbody></table>'
    words = "; ".join(", ".join(row) for row in rows)
    return Picture(f'<div class="pool-picture">{scrolling(content, caption)}</div>', f"{caption}: {words}")


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
