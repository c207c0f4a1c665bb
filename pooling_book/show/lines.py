"""Pictures of windows on a line: one row for each window, one column for each position."""

import html

from pooling_book.show.pictures import Picture, _row
from pooling_lib.geometry import Windows

_CELL = "min-width:1.55em;height:1.55em;padding:0 .12em;text-align:center;font-size:.85rem;font-variant-numeric:tabular-nums"
_REAL = "background:rgba(134,142,150,.16);border:1px solid #868e96"
_READ = "background:rgba(232,89,12,.42);border:1px solid #868e96"
_OUTSIDE = "border:1px dashed #868e96"


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
    figures = [_table(one, caption) for one, caption in zip(placed, captions)]
    return _row(figures, captions, "; ".join(_words(one, caption) for one, caption in zip(placed, captions)))


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
    return f"{caption}: {windows} on {placed.size} elements, which start{'s' if placed.count == 1 else ''} at {starts}{gaps}"


def _table(placed, caption):
    span = placed.dilation * (placed.window - 1) + 1
    end = max(placed.size + placed.after, placed.start(placed.count - 1) + span)
    positions = range(-placed.before, end)
    head = "".join(
        f'<th scope="col" style="{_CELL};font-weight:400;opacity:.85">{str(p).replace("-", "−")}</th>'
        for p in positions
    )
    rows = [f"<tr><td></td>{head}</tr>"]
    for output in range(placed.count):
        start = placed.start(output)
        taps = range(start, start + span, placed.dilation)
        rows.append(f"<tr>{_name(f'window {output}')}{''.join(_cell(placed, p, p in taps) for p in positions)}</tr>")
    times = dict(enumerate(times_read(placed)))
    counts = "".join(f'<td style="{_CELL}">{_count(times[p]) if p in times else ""}</td>' for p in positions)
    rows.append(f"<tr>{_name('times read')}{counts}</tr>")
    # A wide line scrolls on a phone, within reach of the keyboard.
    scroll = f' tabindex="0" role="group" aria-label="{html.escape(caption)}"' if len(positions) > 8 else ""
    table = f'<table style="border-collapse:collapse;width:auto;margin:0;display:table"><tbody>{"".join(rows)}</tbody></table>'
    return f'<div style="overflow-x:auto"{scroll}>{table}</div>'


def _name(text):
    return f'<th scope="row" style="font-weight:400;font-size:.85rem;text-align:left;padding:0 .5em 0 0;white-space:nowrap">{text}</th>'


def _count(times):
    return str(times) if times else "<b>0</b>"


def _cell(placed, position, covered):
    real = 0 <= position < placed.size
    mark = "" if not covered else "●" if real else "○" if position < placed.size + placed.after else "×"
    style = (_READ if covered else _REAL) if real else _OUTSIDE
    return f'<td style="{_CELL};{style}">{mark}</td>'
