"""Citations: links of a notebook, which JupyterLab shows as their text, become citations of the bibliography.

`[Serra (1982)](cite:serra1982)` names who has found something; `[(Serra, 1982)](cite:serra1982)` gives the source of
a sentence, and may give several: `[(Lee, 2016; Yu, 2014)](cite:lee2016,yu2014)`.
"""

import re

LINK = re.compile(r"\[(\(?)[^\[\]]*\]\(cite:([\w,]+)\)")


def setup(app):
    app.connect("source-read", make_roles)


def make_roles(app, docname, source):
    source[0] = as_roles(source[0])


def as_roles(text: str) -> str:
    """The text with a role in place of each such link; its words are those of the bibliography then.

    >>> as_roles("as [Serra (1982)](cite:serra1982) shows [(Lee, 2016)](cite:lee2016)")
    'as {cite:t}`serra1982` shows {cite}`lee2016`'
    """
    return LINK.sub(lambda link: f"{{cite{'' if link[1] else ':t'}}}`{link[2]}`", text)
