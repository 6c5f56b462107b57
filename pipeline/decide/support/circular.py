"""Circular sources: those that repeat the report which cites them, or its authors. Pure.

Judged by the first good capture alone, which is nearest to what was cited: that a page speaks of
the report later proves nothing.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.support import Behind, Citing

NAMES, LINKS, COPIES, AFTER = "names", "links", "copies", "after"
KINDS = (NAMES, LINKS, COPIES, AFTER)

DAYS_AFTER = 2
"""A report is closed in the evening of Washington, when it is the next day in Kyiv, Tehran and
Taipei: only what is dated two days later cannot have been before the authors."""

_LEAST_WORDS = 10
_LONG_WORDS = 20
_LEAST_SENTENCES = 2
"""One sentence of ten words may be a name and a formula; two of them, or one of twenty, are not."""

_QUOTED = re.compile(
    '[\u201c\u201e\u00ab"][^\u201c\u201d\u00ab\u00bb"]{0,2000}[\u201d\u201c\u00bb"]'
)
_MARKER = re.compile(r"\[[^\[\]\s]{1,12}\]")
_WORDS = re.compile(r"[^\W_]+")
_END = re.compile(r"(?<=[.!?\u2026])\s+|\n+")


def circular_of(source: Behind, citing: Citing, copies: int) -> dict[str, str | int]:
    """What makes a source circular for a version that cites it, by kind; empty: nothing does.

    Args:
        source: As its first good capture has it.
        citing: The version.
        copies: How many sentences it has in common with the version (`copied_sentences`).
    """
    found: dict[str, str | int] = {}
    if source.naming.names:
        found[NAMES] = source.naming.names
    if source.naming.links:
        found[LINKS] = source.naming.links
    if copies and not _is_before(source, citing):
        found[COPIES] = copies
    if source.dated and citing.day and _days_between(citing.day, source.dated) >= DAYS_AFTER:
        found[AFTER] = source.dated
    return found


def may_copy(source: Behind, citing: Citing) -> bool:
    """Whether it is worth reading if a source holds sentences of a version: both are English, and
    the source is not older."""
    return source.text_id is not None and source.language == "en" and not _is_before(source, citing)


def copied_sentences(report: str, text: str) -> int:
    """How many sentences of a text stand in a report word for word.

    What the report quotes does not count. 0 where they are too few or too short to tell.

    Args:
        report: The prose, with its markers.
        text: Of the source.
    """
    prose = f" {_folded_words(_QUOTED.sub(' . ', _MARKER.sub(' ', report)))} "
    lengths = [
        len(words.split())
        for words in {_folded_words(one) for one in _END.split(text)}
        if words.count(" ") + 1 >= _LEAST_WORDS and f" {words} " in prose
    ]
    is_enough = len(lengths) >= _LEAST_SENTENCES or any(one >= _LONG_WORDS for one in lengths)
    return len(lengths) if is_enough else 0


def _folded_words(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _is_before(source: Behind, citing: Citing) -> bool:
    return bool(source.dated and citing.day and source.dated < citing.day)


def _days_between(earlier: str, later: str) -> int:
    try:
        return (date.fromisoformat(later[:10]) - date.fromisoformat(earlier[:10])) // timedelta(1)
    except ValueError:
        return 0
