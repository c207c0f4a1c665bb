"""Tables of words and numbers, as pictures that a notebook shows."""

import html
from collections.abc import Sequence

from pooling_book.show.pictures import Picture

_CELL = "text-align:left;vertical-align:top;padding:.3rem .7rem .3rem 0;border-bottom:1px solid #868e96"


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
    above = "".join(
        f'<th scope="col" style="{_CELL}">{html.escape(text)}</th>' if text else f'<td style="{_CELL}"></td>'
        for text in head
    )
    lines = ""
    for first, *others in rows:
        cells = "".join(f'<td style="{_CELL}">{html.escape(text)}</td>' for text in others)
        lines += f'<tr><th scope="row" style="{_CELL};font-weight:600">{html.escape(first)}</th>{cells}</tr>'
    style = "border-collapse:collapse;width:auto;margin:0;display:table;font-variant-numeric:tabular-nums"
    scroll = f'<div style="overflow-x:auto" tabindex="0" role="group" aria-label="{html.escape(caption)}">'
    content = f'{scroll}<table style="{style}"><thead><tr>{above}</tr></thead><tbody>{lines}</tbody></table></div>'
    words = "; ".join(", ".join(row) for row in rows)
    return Picture(f'<div class="pool-picture" style="margin:.5rem 0">{content}</div>', f"{caption}: {words}")
