"""The part of a text where the words sought stand, with them marked. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.folding import fold
from archive.show.text_diff import DiffPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.show.search.match import Match

CHARS = 300
"""Two to three sentences."""
_MOST_LOOKED_AT = 100_000
"""Characters of a text that are looked through."""

# signs without sound stand within Arabic and Hebrew words; the index leaves them out
_WORD = re.compile("[^\\W_]+(?:[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+[^\\W_]*)*")
_ACCENTS = re.compile("[\u0300-\u036f]")


def snippet(text: str, match: Match, chars: int = CHARS) -> list[DiffPart]:
    """The text around the densest of the words sought, which are the parts marked as `changed`.

    Its beginning where none of them stands in it.
    """
    text = text[:_MOST_LOOKED_AT]
    hits = [(one.start(), one.end()) for one in _WORD.finditer(text) if _is_hit(one[0], match)]
    start, end = _window(text, hits, chars)
    parts: list[DiffPart] = [DiffPart("\N{HORIZONTAL ELLIPSIS}", changed=False)] if start else []
    at = start
    for first, last in hits:
        if first < start or last > end:
            continue
        if first > at:
            parts.append(DiffPart(text[at:first], changed=False))
        parts.append(DiffPart(text[first:last], changed=True))
        at = last
    parts.append(DiffPart(text[at:end], changed=False))
    if end < len(text):
        parts.append(DiffPart("\N{HORIZONTAL ELLIPSIS}", changed=False))
    return [part for part in parts if part.text]


def _is_hit(word: str, match: Match) -> bool:
    plain = _as_indexed(word)
    return plain in match.words or (bool(match.prefixes) and plain.startswith(match.prefixes))


@lru_cache(maxsize=30_000)
def _as_indexed(word: str) -> str:
    """A word as the index has it."""
    small = fold(word).lower()
    if small.isascii() or small[:1] >= "\u0400":
        return small
    import unicodedata

    return _ACCENTS.sub("", unicodedata.normalize("NFD", small))


def _window(text: str, hits: Sequence[tuple[int, int]], chars: int) -> tuple[int, int]:
    if len(text) <= chars:
        return 0, len(text)
    best, most = 0, 0
    for place, (first, _) in enumerate(hits):
        words = {
            text[a:b].lower() for a, b in hits[place : place + 40] if b <= first + chars * 2 // 3
        }
        if len(words) > most:
            best, most = first, len(words)
    start = max(0, best - chars // 3)
    end = min(len(text), start + chars)
    return _at_blank(text, start, 0), _at_blank(text, end, len(text))


def _at_blank(text: str, place: int, edge: int) -> int:
    """The next blank, so that no word is cut; not far."""
    if place == edge:
        return place
    found = text.find(" ", place, place + 30)
    return place if found < 0 else found + (1 if edge == 0 else 0)
