"""What was asked, as FTS5 takes it, and as a snippet marks it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from archive.show.search.asked import Both, Either, Near, Without, Words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.show.search.asked import Asked

    Forms = Callable[[str], Sequence[str]]

_MOST_NEAR = 64
"""Pairs of forms that a NEAR is spelled out in."""


@dataclass(frozen=True, slots=True)
class Match:
    """A question to an index.

    Attributes:
        query: As FTS5 takes it.
        words: Forms that a hit may hold.
        prefixes: Beginnings of words that it may hold.
        unknown: Words of which no form is held.
    """

    query: str
    words: frozenset[str]
    prefixes: tuple[str, ...]
    unknown: tuple[str, ...]


def match(asked: Asked, forms: Forms, *, loose: bool = False) -> Match:
    """The question, each plain word with its forms.

    Args:
        asked: What was asked.
        forms: Forms of a word that are held.
        loose: Take every plain word for a beginning.
    """
    held: dict[str, list[str]] = {}
    for one in words_of(asked):
        if not one.exact and not one.prefix:
            held[one.words[0]] = list(forms(one.words[0]))
    writing = _Writing(held, forms, loose=loose)
    query = writing.query(asked)
    words = {form for found in held.values() for form in found}
    prefixes = []
    for one in words_of(asked):
        whole = one.words[:-1] if one.prefix else one.words
        words.update(whole)
        if one.prefix:
            prefixes.append(one.words[-1])
        elif loose and not one.exact:
            prefixes.append(one.words[0])
    unknown = tuple(word for word, found in held.items() if not found)
    return Match(query, frozenset(words), tuple(prefixes), unknown)


class _Writing:
    def __init__(self, held: dict[str, list[str]], forms: Forms, *, loose: bool) -> None:
        self._held, self._forms, self._loose = held, forms, loose

    def query(self, asked: Asked) -> str:
        if isinstance(asked, Words):
            spelled = self._spelled(asked)
            return spelled[0] if len(spelled) == 1 else f"({' OR '.join(spelled)})"
        if isinstance(asked, Near):
            return self._near(asked)
        if isinstance(asked, Without):
            return f"({self.query(asked.wanted)} NOT {self.query(asked.unwanted)})"
        sign = " AND " if isinstance(asked, Both) else " OR "
        assert isinstance(asked, Both | Either)
        return f"({sign.join(self.query(part) for part in asked.parts)})"

    def _spelled(self, asked: Words) -> list[str]:
        if asked.prefix or asked.exact:
            star = "*" if asked.prefix else ""
            return [f'"{" ".join(asked.words)}"{star}']
        word = asked.words[0]
        found = self._held[word] if word in self._held else list(self._forms(word))
        spelled = [f'"{form}"' for form in found] or [f'"{word}"']
        return [*spelled, f'"{word}"*'] if self._loose else spelled

    def _near(self, asked: Near) -> str:
        # FTS5's NEAR takes phrases, and no beginnings or choices within
        pairs = list(product(self._first_spelled(asked.left), self._first_spelled(asked.right)))[
            :_MOST_NEAR
        ]
        spelled = [f"NEAR({one} {other}, {asked.within})" for one, other in pairs]
        return spelled[0] if len(spelled) == 1 else f"({' OR '.join(spelled)})"

    def _first_spelled(self, asked: Words) -> list[str]:
        return self._spelled(asked)[:8]
