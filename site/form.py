"""The form of a chapter: its parts, how long they take to read, and what is wrong with it.

    python site/notebooks.py form [files]         prints both for an author

The *core* is all that stands before the exercises and not under a heading `### Further: ...` (or `####`). Minutes are

    words / 180 + 0.5 a code cell + 1 a picture or widget + 1 a prediction, to the nearest 5.

A word is what a reader reads as one in Markdown, with a letter or a digit in it; a formula is one, a citation is
one, a link is its text. A picture or widget is an output that is drawn; a table of words or numbers is none. A
prediction is a covered cell (metadata `guess`), or a widget of which a paragraph above it says *Predict* or *Guess*.
"""

import math
import re
import symtable
from ast import unparse
from builtins import __dict__ as builtin_names
from dataclasses import dataclass

from sources import syntax_tree

ONE_PAGE, EXERCISES = "The chapter on one page", "Exercises"
SECTIONS = ["Concepts", "Formulas", "Code", "Pitfalls", ONE_PAGE, EXERCISES, "Sources"]
CORE_WORDS, CORE_CELLS = 1800, 14
ON_ONE_PAGE = range(150, 301)  # words
ABLE = range(3, 7)  # lines of what a reader will be able to do

BOX = re.compile(r"^> \*\*After this chapter you can\*\*(?:\n>.*)*", re.M)
TIME = re.compile(r"^> \*\*Time:\*\* about (\d+) minutes for the core, (\d+) for the whole\.", re.M)
BUILDS_ON = re.compile(r"^> \*\*It builds on\*\* ", re.M)
HEADING = re.compile(r"^(#{1,4}) (.+)$", re.M)
FENCED = re.compile(r"^(```+).*?^\1", re.M | re.S)
DRAWN = re.compile(r'<img\b|<svg\b|class="(?:[^"]* )?pool-(?:widget|grid|line)\b')
PREDICTS = re.compile(r"\*\*(?:predict|guess)\b|\b(?:Predict|Guess)\b")


@dataclass
class Piece:
    """A code cell, or the Markdown under one heading, heading and all."""

    text: str
    section: str  # the heading of level 2 under which it stands
    further: str | None  # the Further heading under which it stands
    level: int = 0  # of its own heading, if it begins with one
    cell: object = None  # if it is code

    @property
    def core(self):
        return self.further is None

    @property
    def title(self):
        return HEADING.match(self.text)[2]

    @property
    def covered(self):
        return "guess" in self.cell.metadata

    @property
    def drawn(self):
        """How many of its outputs are pictures or widgets."""
        return sum(is_drawn(output.get("data", {})) for output in self.cell.outputs)

    @property
    def widget(self):
        return any("pool-widget" in output.get("data", {}).get("text/html", "") for output in self.cell.outputs)


def is_drawn(data):
    shown = data.get("text/html", "")
    return any(name.startswith("image/") for name in data) or bool(DRAWN.search(shown))


@dataclass
class Counts:
    """What takes a reader's time."""

    words: int
    cells: int
    drawn: int
    predictions: int

    @property
    def minutes(self):
        exact = self.words / 180 + 0.5 * self.cells + self.drawn + self.predictions
        return 5 * math.floor(exact / 5 + 0.5)


# Parts


def pieces(notebook):
    """Return a notebook's pieces in order."""
    found, section, further, depth = [], "", None, 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found.append(Piece(cell.source, section, further, cell=cell))
        for text in split(cell.source) if cell.cell_type == "markdown" else []:
            if not (heading := HEADING.match(text)):
                found.append(Piece(text, section, further))
                continue
            level, title = len(heading[1]), heading[2]
            if level == 2:
                section = title
            if level <= depth or further is None:
                further = title.removeprefix("Further: ") if title.startswith("Further: ") else None
                depth = level if further else 0
            found.append(Piece(text, section, further, level))
    return found


def split(text):
    """Return the parts of a text that begin at its headings; what stands in a fence is none."""
    bare = FENCED.sub(lambda fence: re.sub("[^\n]", " ", fence[0]), text)
    starts = [heading.start() for heading in HEADING.finditer(bare)]
    bounds = sorted({0, *starts, len(text)})
    return [text[start:end] for start, end in zip(bounds, bounds[1:])]


def before_exercises(all_pieces):
    at = next((i for i, piece in enumerate(all_pieces) if piece.section == EXERCISES), len(all_pieces))
    return all_pieces[:at]


def words(text):
    text = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$|\\begin\{(\w+)\}.*?\\end\{\1\}", " formula ", text, flags=re.S)
    text = re.sub(r"\{[\w:]+\}`([^`]*)`", r"\1", text)  # a role
    text = re.sub(r"\[[^\]]*\]\(cite:[^)]*\)", " citation ", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)  # where a link leads
    return len(re.findall(r"\S*\w\S*", text))


def counts(some):
    code = [piece for piece in some if piece.cell]
    return Counts(
        sum(words(piece.text) for piece in some if not piece.cell),
        len(code),
        sum(piece.drawn for piece in code),
        len([piece for piece in code if piece.covered]) + len(asked_in_widgets(some)),
    )


def paragraphs(text):
    return [one for one in re.split(r"\n\s*\n", text) if not one.startswith(">")]


def predictions(some):
    """Yield each paragraph that asks for a prediction, with the code cells from there to the next one or heading."""
    for i, piece in enumerate(some):
        asking = [one for one in paragraphs(piece.text) if PREDICTS.search(one)] if not piece.cell else []
        for paragraph in asking[:-1]:
            yield paragraph, []
        if asking:
            yield asking[-1], up_to_the_next(some[i + 1 :])


def up_to_the_next(some):
    cells = []
    for piece in some:
        if piece.level or (not piece.cell and any(PREDICTS.search(one) for one in paragraphs(piece.text))):
            break
        cells += [piece] if piece.cell else []
    return cells


def answer(cells):
    """The first cell that covers its output, or else shows a widget."""
    return next((one for one in cells if one.covered or one.widget), None)


def asked_in_widgets(some):
    answers = [answer(cells) for _, cells in predictions(some)]
    return [one for one in answers if one and not one.covered]


# What is wrong


def findings(notebook):
    """Return what a chapter's form lacks, one line each."""
    all_pieces = pieces(notebook)
    return [
        *wrong_order(all_pieces),
        *wrong_box(all_pieces),
        *too_long(all_pieces),
        *wrong_page(all_pieces),
        *uncovered(all_pieces),
        *borrowed(all_pieces),
        *open_in_lab(all_pieces),
    ]


def wrong_order(all_pieces):
    heads = [piece.title for piece in all_pieces if piece.level == 2]
    if heads != SECTIONS:
        yield f"its sections are {', '.join(heads)}; make them {', '.join(SECTIONS)}"
    depth = 0  # of the Further section that is open
    for piece in [one for one in all_pieces if one.level]:
        if piece.core and piece.level == depth:
            yield f"{piece.title!r} stands after a Further section; these end their part: move it up"
        if piece.core or piece.level <= depth or not depth:
            depth = 0 if piece.core else piece.level


def wrong_box(all_pieces):
    opening = "".join(piece.text for piece in all_pieces if not piece.section and not piece.cell)
    box = BOX.search(opening)
    if not box:
        yield "it has no opening box; begin one with '> **After this chapter you can**'"
        return
    able = len(re.findall(r"^> - ", box[0], re.M))
    if able not in ABLE:
        yield f"the box says {able} things that a reader will be able to do; say {ABLE[0]} to {ABLE[-1]}"
    if not BUILDS_ON.search(box[0]):
        yield "the box does not say what the chapter builds on; add '> **It builds on** ...'"
    before = before_exercises(all_pieces)
    core, whole = counts([piece for piece in before if piece.core]).minutes, counts(before).minutes
    right = f"> **Time:** about {core} minutes for the core, {whole} for the whole."
    stated = TIME.search(box[0])
    if not stated or stated[0] != right:
        yield f"the box says {stated[0] if stated else 'no time'!r}; by the formula it is {right!r}"


def too_long(all_pieces):
    core = counts([piece for piece in before_exercises(all_pieces) if piece.core])
    if core.words > CORE_WORDS:
        yield f"its core has {core.words} words; {CORE_WORDS} at most: cut, or mark as Further"
    if core.cells > CORE_CELLS:
        yield f"its core has {core.cells} code cells; {CORE_CELLS} at most: cut, or mark as Further"


def wrong_page(all_pieces):
    page = counts([piece for piece in all_pieces if piece.section == ONE_PAGE])
    if page.words and page.words not in ON_ONE_PAGE:
        yield f"{ONE_PAGE!r} has {page.words} words; make it {ON_ONE_PAGE[0]} to {ON_ONE_PAGE[-1]}"
    if page.words and page.drawn != 1:
        yield f"{ONE_PAGE!r} has {page.drawn} pictures; show one"


def uncovered(all_pieces):
    for paragraph, cells in predictions(before_exercises(all_pieces)):
        if not answer(cells):
            yield (
                f"nothing covers the answer to {short(paragraph)!r}; give the cell after it the metadata guess, or a "
                "widget that asks"
            )


def borrowed(all_pieces):
    """What would fail, or come out otherwise, for who skips what is Further."""
    last, core = {}, set()  # who bound each name last; what the core has bound
    for piece in [one for one in all_pieces if one.cell]:
        reads, binds, imports = names(piece.text)
        if piece.core:
            for name in sorted(reads - binds):
                if last.get(name) and not (name in last[name][1] and name in core):
                    yield (
                        f"cell {short(piece.text)!r} uses {name}, which Further {last[name][0]!r} binds; bind it in "
                        "the core"
                    )
            core |= binds
        last |= dict.fromkeys(binds, None if piece.core else (piece.further, imports))


def names(source):
    """The names that a cell reads, those that it binds, and those of the latter that it imports."""
    top = symtable.symtable(unparse(syntax_tree(source)), "cell", "exec")
    symbols = top.get_symbols()
    imports = {one.get_name() for one in symbols if one.is_imported()}
    binds = imports | {one.get_name() for one in symbols if one.is_assigned() or one.is_namespace()}
    reads = {one.get_name() for one in symbols if one.is_referenced()}
    waiting = top.get_children()
    while waiting:
        table = waiting.pop()
        waiting += table.get_children()
        reads |= {one.get_name() for one in table.get_symbols() if one.is_referenced() and one.is_global()}
    return reads - builtin_names.keys(), binds, imports


def open_in_lab(all_pieces):
    for piece in all_pieces:
        if piece.cell and folds_source(piece.cell) and not piece.cell.metadata.get("jupyter", {}).get("source_hidden"):
            yield f"JupyterLab shows the source of {short(piece.text)!r}; run the notebook again"


def folds_source(cell):
    """Whether a cell shows its output alone; what a reader is to fill in stays open."""
    return "hide-input" in cell.metadata.get("tags", []) and "= ..." not in cell.source


def short(text):
    first = next(iter(text.strip().splitlines()), "")
    return first if len(first) <= 60 else f"{first[:57]}..."


# For an author


def report(notebook):
    """Return the numbers of a chapter as lines, and what is wrong with it."""
    before = before_exercises(pieces(notebook))
    parts = {
        "core": [piece for piece in before if piece.core],
        "Further": [piece for piece in before if not piece.core],
        "whole": before,
    }
    lines = [f"{'':8}{'words':>8}{'code cells':>12}{'drawn':>8}{'predictions':>13}{'minutes':>9}"]
    for name, some in parts.items():
        n = counts(some)
        lines.append(f"{name:8}{n.words:8,}{n.cells:12}{n.drawn:8}{n.predictions:13}{n.minutes:9}")
    return [*lines, *(f"- {finding}" for finding in findings(notebook))]
