"""Typed answers: their one canonical form, and its hash. The same in widgets/exercise/answers.js."""

import contextlib
import math
import re
from fractions import Fraction
from typing import Any

import numpy as np

from pooling_book.exercise.values import kind

# White space by name, since Python and JavaScript do not mean the same by \s.
_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_DASH = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")  # hyphens, dashes and the minus sign
_SLASH = re.compile(f"[{_SPACE}]*/[{_SPACE}]*")
_SEPARATOR = re.compile(rf"(?:[{_SPACE},;，、；()（）\[\]{{}}×&]|(?<![A-Za-z])(?:[xX]|[aA]nd|AND|by)(?![A-Za-z]))+")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(?:/([0-9]+\.?[0-9]*|\.[0-9]+))?")
_RANGE = re.compile(rf"[0-9]+(?:-|[{_SPACE}]+-[{_SPACE}]+|[{_SPACE}]*(?:\.\.+|…|to)[{_SPACE}]*)[0-9]+")

# 51,200 and 0,5: not part of 1,2,3, but before the comma of a list
_GROUPED = re.compile(
    r"(?<![0-9.])(?<![0-9],)[0-9]{1,3}([,'’\u00a0\u2009\u202f])[0-9]{3}(?:\1[0-9]{3})*(?![0-9]|,[0-9])"
)
_DECIMAL = re.compile(r"(?<![0-9.])(?<![0-9],)[0-9]+,[0-9]+(?![0-9.]|,[0-9])")


def canonical(answer: object) -> str:
    """An answer in its one form: thousandths, rounded half away from zero, with commas between them.

    Raises ValueError, with a sentence for the reader, where there is no number to be found.

    >>> canonical([[1, -0.5], [0.0004, 2]]), canonical("3/4, -.5"), canonical("(4 x 5)")
    ('1000,-500,0,2000', '750,-500', '4000,5000')
    """
    thousandths = []
    for value in _fractions(answer):
        whole = (abs(value) * 2000 + 1) // 2
        thousandths.append(str(-whole if value < 0 else whole))
    if not thousandths:
        raise ValueError("There is no number in that: type one such as 3, -2, 0.75 or 3/4.")
    return ",".join(thousandths)


def readings(answer: object) -> list[str]:
    """The canonical forms that an answer may have: where a typed comma is taken to part two numbers, to group the
    digits of one, and to stand before its decimals. The first is meant unless another is right.

    >>> readings("1,024"), readings("0,5"), readings([1, 2])
    (['1000,24000', '1024000', '1024'], ['0,5000', '500'], ['1000,2000'])
    >>> readings("0,5 and 51,200")
    ['0,5000,51000,200000', '0,5000,51200000', '500,51200', '500,51200000']
    """
    if not isinstance(answer, str):
        return [canonical(answer)]
    grouped = _GROUPED.sub(lambda word: word[0].replace(word[1], ""), answer)
    decimal = [_DECIMAL.sub(lambda word: word[0].replace(",", "."), text) for text in (answer, grouped)]
    found = {}
    for text in (answer, grouped, *decimal):
        with contextlib.suppress(ValueError):
            found[canonical(text)] = text
    return list(found) or [canonical(answer)]


def _fractions(answer: Any) -> list[Fraction]:
    if isinstance(answer, str):
        text = _SLASH.sub("/", _DASH.sub("-", answer))
        if span := _RANGE.search(text):
            raise ValueError(f"“{span[0][:40]}” looks like a range: type each number of it, such as 3 4 5.")
        return [_fraction(word) for word in _SEPARATOR.split(text) if word]
    if isinstance(answer, (np.ndarray, np.generic)) and answer.dtype.kind in "iuf":
        answer = answer.tolist()
    if isinstance(answer, (list, tuple, range)):
        return [fraction for part in answer for fraction in _fractions(part)]
    readable = isinstance(answer, (int, float, Fraction)) and not isinstance(answer, bool)
    if not readable or (isinstance(answer, float) and not math.isfinite(answer)):
        found = answer if readable else kind(answer)
        raise ValueError(f"There is {found} in that: give a number, a list of numbers, or text such as '3/4, -1'.")
    return [Fraction(answer)]


def _fraction(word: str) -> Fraction:
    match = _NUMBER.fullmatch(word)
    if not match or (match[2] and not Fraction(match[2])):
        raise ValueError(f"“{word[:40]}” cannot be read as a number: type numbers such as 3, -2, 0.75 or 3/4.")
    return Fraction(match[1]) / Fraction(match[2] or 1)


def hashed(text: str) -> str:
    """A 64-bit FNV-1a hash of ASCII text: it hides an answer from a glance at the page, and protects nothing.

    >>> hashed("a")
    'af63dc4c8601ec8c'
    """
    value = 0xCBF29CE484222325
    for byte in text.encode("ascii"):
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"
