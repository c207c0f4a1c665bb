"""Texts, code and small tables as HTML: what a quiz and an exercise show."""

import html
import re
from collections.abc import Sequence

import numpy as np


def inline(text: str) -> str:
    """A text with `code` and *emphasis* as HTML, everything else escaped.

    >>> inline("`x < 0` is *never* <b>bold</b>")
    '<code>x &lt; 0</code> is <em>never</em> &lt;b&gt;bold&lt;/b&gt;'
    """
    # The same pattern as in web/core.js: at odd places stand code and emphasis.
    parts = re.split(r"(`[^`]+`|\*[^*\s][^*]*\*)", text)
    tags = {"`": "code", "*": "em"}
    return "".join(
        f"<{tags[part[0]]}>{html.escape(part[1:-1])}</{tags[part[0]]}>" if i % 2 else html.escape(part)
        for i, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Lines of code or output, which scroll where they are too long."""
    return f'<pre tabindex="0" data-lm-suppress-shortcuts="true"><code>{html.escape(text.rstrip())}</code></pre>'


def folded(summary: str, content: str) -> str:
    """HTML that stays folded until the reader opens it."""
    # JupyterLab must not take keys pressed on a summary for its own.
    return f'<details><summary data-lm-suppress-shortcuts="true">{summary}</summary>{content}</details>'


def number(value) -> str:
    """A number in at most four digits; a large whole number in full.

    >>> number(-0.33333), number(12), number(84672)
    ('-0.3333', '12', '84,672')
    """
    whole = 1e4 <= abs(value) < 1e15 and float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:.4g}"


def tables(pictures: Sequence[tuple]) -> str:
    """Small arrays as tables, side by side, from triples (caption, array, index of what is marked or None).

    >>> tables([("x", np.array([3, -1]), 1)])
    '<div class="exercise-tables"><table><caption>x</caption><tbody><tr><td>3</td><td><mark>-1</mark></td></tr></tbody></table></div>'
    """
    found = []
    for caption, array, mark in pictures:
        marked = np.zeros(array.shape, bool)
        if mark is not None:
            marked[mark] = True
        rows = ""
        for row in zip(np.atleast_2d(array), np.atleast_2d(marked)):
            cells = (f"<mark>{number(value)}</mark>" if m else number(value) for value, m in zip(*row))
            rows += f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        above = f"<caption>{html.escape(caption)}</caption>" if caption else ""
        found.append(f"<table>{above}<tbody>{rows}</tbody></table>")
    return f'<div class="exercise-tables">{"".join(found)}</div>' if found else ""
