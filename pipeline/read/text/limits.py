"""Bounds of extraction, and the shape every text has in the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

import lxml.etree

# Control characters and lone surrogates, which neither XML nor SQLite takes; marks of direction
# stay.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# What trafilatura takes out as unprintable, and writing cannot do without: Persian joins letters
# with U+200C, and mixed lines are read in the order of their marks. Each has a stand-in meanwhile,
# printable and of a script that no page is written in (Rumi numerals, U+10E60 and on).
_INVISIBLE = "\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
_STAND_INS = {char: chr(0x10E60 + i) for i, char in enumerate(_INVISIBLE)}
_HIDDEN = {stand_in: char for char, stand_in in _STAND_INS.items()}
_TO_HIDE = re.compile(f"[{_INVISIBLE}]")
_TO_SHOW = re.compile(f"[{''.join(_HIDDEN)}]")
_ITEM = re.compile(r"[-*•–] |\d{1,2}[.)] ")
# The same in UTF-8, but for surrogates, which it has not: what no page in a hundred holds, and is
# looked for in each.
_CONTROLS = bytes((*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F))
_UNPRINTABLE_SIGNS = (re.compile(rb"\xc2[\x80-\x84\x86-\x9f]"), re.compile(rb"\xef\xbf[\xbe\xbf]"))
# The same as numeric references, which a parser turns into what it later refuses.
_UNPRINTABLE_REFERENCE = re.compile(
    rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bef]|1[\da-f])(?![\da-f]));?",
    re.IGNORECASE,
)
BOX_TAGS = re.compile(
    rb"</?(?:div|span|font|section|article|b|i|u|em|strong|center|blockquote|ul|ol|table|tbody|tr|td)"
    rb"\b[^<>]*>",
    re.IGNORECASE,
)
"""Left out where a page is nested more deeply than a parser goes: text is worth more than boxes."""
_EMPTY_LINES = re.compile(r"\n\s*\n")


# What the extraction libraries raise on pages that nobody foresaw; the page then has no text, or no
# date, or no author.
LIBRARY_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError, lxml.etree.LxmlError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextLimits:
    """What extraction may cost.

    Attributes:
        extract_max_bytes: HTML with more than this, scripts and styles taken out, is not searched
            for its article (trafilatura needs 14 s for 5 MB): all its paragraphs are the text.
        max_chars: Longer texts are cut; ten times the longest report of ISW.
        pdf_max_bytes: Larger PDFs are kept without text.
        pdf_max_pages: Pages read of one PDF.
    """

    extract_max_bytes: int = 1_000_000
    max_chars: int = 2_000_000
    pdf_max_bytes: int = 30_000_000
    pdf_max_pages: int = 500


def with_stand_ins(text: str) -> str:
    """`text` with a printable stand-in for each joiner and mark of direction; `without_stand_ins`
    undoes it."""
    if text.isascii() or not any(char in text for char in _INVISIBLE):
        return text  # most pages, in half of the time that the pattern takes
    return _TO_HIDE.sub(lambda match: _STAND_INS[match.group()], text)


def without_stand_ins(text: str) -> str:
    """Joiners and marks of direction put back."""
    return _TO_SHOW.sub(lambda match: _HIDDEN[match.group()], text)


def parsable(text: str) -> bytes:
    """`text` in UTF-8 without what no tree can hold: control characters, also as references, and
    lone surrogates."""
    try:
        source = text.encode()
    except UnicodeEncodeError:
        source = _UNPRINTABLE.sub(" ", text).encode()
    if len(source.translate(None, _CONTROLS)) < len(source) or any(
        sign.search(source) for sign in _UNPRINTABLE_SIGNS
    ):
        source = _UNPRINTABLE.sub(" ", text).encode()
    return _UNPRINTABLE_REFERENCE.sub(b" ", source) if b"&#" in source else source


def inner_text(element: lxml.etree._Element) -> str:
    """All text in an element, without its tail; in a third of the time of joining `itertext`."""
    return lxml.etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def one_line(text: str | None) -> str:
    """`text` without control characters, white space collapsed; empty for None."""
    if not text:
        return ""
    if text.isprintable() and "  " not in text:  # of white space only the blank is printable
        return text.strip(" ")
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_UNPRINTABLE.sub(" ", line).split())


def paragraphs_of_lines(text: str) -> str:
    """Each line a paragraph, divided by a blank line; neighbouring list items only by a line
    break."""
    result = ""
    last = ""
    for line in filter(None, map(one_line, text.splitlines())):
        is_list = _ITEM.match(line) and _ITEM.match(last)
        result += ("\n" if is_list else "\n\n") + line if result else line
        last = line
    return result


def paragraphs(text: str) -> str:
    """Blank lines divide paragraphs already: lines are tidied, breaks within a paragraph kept."""
    clean = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2029", "\n\n")
        .replace("\u2028", "\n")
    )
    blocks = (
        "\n".join(filter(None, map(one_line, block.split("\n"))))
        for block in _EMPTY_LINES.split(clean)
    )
    return "\n\n".join(filter(None, blocks))
