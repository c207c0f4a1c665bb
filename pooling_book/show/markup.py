"""Texts, code and numbers as HTML: what a quiz and an exercise show."""

import html
import re


def inline(text: str) -> str:
    """A text with `code` and *emphasis* as HTML, everything else escaped.

    >>> inline("`x < 0` is *never* <b>bold</b>")
    '<code>x &lt; 0</code> is <em>never</em> &lt;b&gt;bold&lt;/b&gt;'
    """
    # The same pattern as in kit/core.js: at odd places stand code and emphasis.
    parts = re.split(r"(`[^`]+`|\*[^*\s][^*]*\*)", text)
    tags = {"`": "code", "*": "em"}
    return "".join(
        f"<{tags[part[0]]}>{html.escape(part[1:-1])}</{tags[part[0]]}>" if i % 2 else html.escape(part)
        for i, part in enumerate(parts)
    )


def code(text: str) -> str:
    """Lines of code or output, which scroll where they are too long."""
    return f'<pre tabindex="0" data-lm-suppress-shortcuts="true"><code>{html.escape(text.rstrip())}</code></pre>'


def folded(summary: str, content: str, unfolded: bool = False) -> str:
    """HTML that stays folded until the reader opens it, or is unfolded from the start."""
    # JupyterLab must not take keys pressed on a summary for its own.
    start = "<details open>" if unfolded else "<details>"
    return f'{start}<summary data-lm-suppress-shortcuts="true">{summary}</summary>{content}</details>'


def four_digits(value) -> str:
    """A number in at most four digits; a large whole number in full.

    >>> four_digits(-0.33333), four_digits(12), four_digits(84672)
    ('-0.3333', '12', '84,672')
    """
    whole = 1e4 <= abs(value) < 1e15 and float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:.4g}"
