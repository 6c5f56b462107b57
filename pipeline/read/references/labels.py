"""Labels of notes, as markers print them and as lists of notes do: `[12]`, `[iv]`, `12.`, a raised
`12`."""

from __future__ import annotations

import functools
import re
from enum import StrEnum
from typing import NamedTuple

_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")

RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LABEL_STARTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹[(^↑.0123456789ivxlcdmIVXLCDM")
"""What a line with a label begins with, blanks aside: a quick look before the close one."""

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Signs without width that copying leaves in front of a label."""

_LINE_LABEL = re.compile(
    r"""
    [\s\u00ad\u200b-\u200f\u2060\ufeff]* (?:
        \[ (?: [\s\u00ad\u200b-\u200f\u2060\ufeff]{0,3} | \^ )
        (?P<bracket> \d{1,5} | [ivxlcdmIVXLCDM]{1,12} )
        [\s\u00ad\u200b-\u200f\u2060\ufeff]{0,3} \] [.:]?
      | \( (?P<round> \d{1,4} | [ivxlcdm]{1,12} ) \) (?=\s)
      | (?P<dotted> \d{1,4} | [ivxlcdm]{1,12} ) [.)] (?=\s|https?:|www\.|$)
      | [\^↑] \s? (?P<caret> \d{1,4} ) \b [.:]?
      | (?P<raised> [⁰¹²³⁴-⁹]{1,4} )
      | (?P<bare> \d{1,4} ) (?= [\t\n] | \s{1,3} \S )
    )
    """,
    re.VERBOSE,
)
_GLUED_LABEL = re.compile(r"\s*\[?\s?(?P<number>\d{1,4})\s?\]?(?=\s?(?:h?t?tps?:|www\.))")


class Style(StrEnum):
    """How a list prints its labels; `linked`: there is no list, the markers in the prose link to
    the sources."""

    BRACKET = "bracket"
    ROMAN = "roman"
    ROUND = "round"
    DOTTED = "dotted"
    CARET = "caret"
    RAISED = "raised"
    BARE = "bare"
    ORDERED = "ordered"
    LINKED = "linked"


class Label(NamedTuple):
    """A label at the beginning of a line.

    Attributes:
        text: As printed, without brackets or dot.
        value: Its number.
        length: How many characters of the line it takes, brackets and blanks before it included.
    """

    text: str
    value: int
    style: Style
    length: int


# Asked for seven times a note, and notes are numbered alike everywhere.
@functools.lru_cache(maxsize=2048)
def label_value(text: str) -> int | None:
    """The number that a label stands for, arabic or roman; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    lower = text.lower()
    if not lower or not _ROMAN.fullmatch(lower):
        return None
    values = [_DIGITS[c] for c in lower]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def line_label(line: str) -> Label | None:
    """The label that a line begins with, in any style that is printed as text."""
    found = _LINE_LABEL.match(line)
    if found is None:
        return None
    name = found.lastgroup or ""
    text = found[name].translate(RAISED_DIGITS)
    value = label_value(text)
    if not value:
        return None
    style = Style(name)
    if not text.isdigit():
        if style is not Style.BRACKET and len(text) > 1 and text != text.lower():
            return None
        style = Style.ROMAN
    return Label(text, value, style, found.end())


def glued_label(line: str, value: int) -> Label | None:
    """The label `value` where its brackets were lost: `2https://…`."""
    found = _GLUED_LABEL.match(line)
    if found is None or int(found["number"]) != value:
        return None
    return Label(found["number"], value, Style.BRACKET, found.end())
