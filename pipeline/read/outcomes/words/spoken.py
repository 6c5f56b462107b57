"""Which kinds of a notice's words a short text has, in the language of which it has the most."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.outcomes.words.matching import fold_word, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    Table = Mapping[str, Mapping[str, str]]

_WHOLE_CHARS = 3
"""A beginning of so few letters is a word by itself: `su` is Spanish for `your`, and begins `suspect`."""
_CLITICS = 3
"""Letters that Arabic and Hebrew write in front of a word: and, in, to, the."""
_JOINED = re.compile("[\u0590-\u07ff]")


@dataclass(frozen=True)
class Lexicon:
    """Words of a kind of notice, in all languages.

    Attributes:
        spaced: By language, of each kind the beginnings of words.
        unspaced: The same in scripts without blanks: strings.
    """

    spaced: Table
    unspaced: Table

    @functools.cached_property
    def begun(self) -> Mapping[str, Mapping[str, tuple[frozenset[str], tuple[str, ...]]]]:
        """By language and kind: whole words, and beginnings."""
        return {
            code: {kind: _split(listed) for kind, listed in kinds.items()}
            for code, kinds in self.spaced.items()
        }

    @functools.cached_property
    def strings(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """By language and kind: strings."""
        return {
            code: {kind: tuple(map(fold_word, listed.split())) for kind, listed in kinds.items()}
            for code, kinds in self.unspaced.items()
        }


@dataclass(frozen=True, slots=True)
class Spoken:
    """What of a lexicon a text has.

    Attributes:
        language: In which it has the most.
        found: Of each kind the words found, in their order.
    """

    language: str = ""
    found: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, kind: str, least: int = 1) -> bool:
        """Whether it has so many different words of a kind."""
        return len(self.found.get(kind, ())) >= least

    @property
    def many(self) -> int:
        """How many words it has of all kinds."""
        return sum(map(len, self.found.values()))


def spoken_in(text: str, lexicon: Lexicon, language: str | None = None) -> Spoken:
    """What a text has of a lexicon, in the language of which it has the most kinds, or in the one named."""
    words = dict.fromkeys(words_of(text))
    codes = [language] if language else [*lexicon.begun, *lexicon.strings]
    found = [Spoken(code, _found(code, words, text, lexicon)) for code in codes]
    return max(found, key=lambda one: (len(one.found), one.many), default=Spoken())


def _found(
    code: str, words: Mapping[str, None], text: str, lexicon: Lexicon
) -> dict[str, tuple[str, ...]]:
    if code in lexicon.strings:
        folded = fold_word(text)
        hits = {
            kind: tuple(string for string in strings if string in folded)
            for kind, strings in lexicon.strings[code].items()
        }
    else:
        hits = {
            kind: tuple({stem: None for word in words if (stem := _stem(word, *stems)) is not None})
            for kind, stems in lexicon.begun[code].items()
        }
    return {kind: there for kind, there in hits.items() if there}


def _stem(word: str, whole: frozenset[str], begun: tuple[str, ...]) -> str | None:
    """The listed beginning of a word, whatever is written in front of it."""
    starts = range(_CLITICS + 1) if _JOINED.match(word) else (0,)
    for start in starts:
        left = word[start:]
        if left in whole:
            return left
        found = next((stem for stem in begun if left.startswith(stem)), None)
        if found is not None:
            return found
    return None


def _split(listed: str) -> tuple[frozenset[str], tuple[str, ...]]:
    folded = [fold_word(word) for word in listed.split()]
    whole = frozenset(word for word in folded if len(word) <= _WHOLE_CHARS)
    return whole, tuple(word for word in folded if len(word) > _WHOLE_CHARS)
