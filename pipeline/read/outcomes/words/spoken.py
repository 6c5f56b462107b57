"""Which kinds of a notice's words a short text has, in the language of which it has the most."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.read.outcomes.words.matching import fold_word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Table = Mapping[str, Mapping[str, str]]

_WHOLE_CHARS = 3
"""A beginning of so few letters is a word by itself: `su` is Spanish for `your`, and begins
`suspect`."""
_CLITICS = re.compile(r"(?P<ar>[وف]?[بكلس]?(?:ال|ل)?)|(?P<he>[וכ]?ש?[הבכלמ]{0,2})")
"""What Arabic and Hebrew write in front of a word: and, in, to, like, that, the. `enter` in Persian
begins with none of them."""
_MOST_CLITICS = 4
"""Letters of them."""
_JOINED = re.compile("[\u0590-\u07ff]")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")

_LATIN = re.compile("[0-9a-z]+")


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
    def index(self) -> Mapping[str, tuple[Stem, ...]]:
        """Stems by their first letters, so that a word is compared with few of them."""
        found: dict[str, list[Stem]] = {}
        for code, kinds in self.spaced.items():
            for kind, listed in kinds.items():
                for stem in map(fold_word, listed.split()):
                    found.setdefault(stem[:_WHOLE_CHARS], []).append(Stem(code, kind, stem))
        return {begun: tuple(stems) for begun, stems in found.items()}

    @functools.cached_property
    def strings(self) -> tuple[Stem, ...]:
        """Strings of the scripts without blanks."""
        return tuple(
            Stem(code, kind, fold_word(string))
            for code, kinds in self.unspaced.items()
            for kind, listed in kinds.items()
            for string in listed.split()
        )

    @functools.cached_property
    def longer(self) -> Mapping[Stem, tuple[str, ...]]:
        """Of each string of one sign those of its language that hold it and more: a sign is a
        syllable of other words, two are a word."""
        found = {
            one: tuple(
                other.text for other in self.strings
                if other.language == one.language and one.text in other.text != one.text
            )
            for one in self.strings if len(one.text) == 1
        }  # fmt: skip
        return {one: texts for one, texts in found.items() if texts}


@dataclass(frozen=True, slots=True)
class Stem:
    """The beginning of a word of some kind in a language; a short one is a word by itself."""

    language: str
    kind: str
    text: str

    def begins(self, word: str) -> bool:
        """Whether a folded word is of it."""
        return word == self.text if len(self.text) <= _WHOLE_CHARS else word.startswith(self.text)


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
    """What a text has of a lexicon, in the language of which it has the most kinds, or in the one
    named."""
    hits: dict[str, dict[str, dict[str, str]]] = {}
    for word, stem in _stems_of(text, lexicon):
        if language is None or stem.language == language:
            # one word may begin as several stems: `spende`, `spenden`
            hits.setdefault(stem.language, {}).setdefault(stem.kind, {}).setdefault(word, stem.text)
    found = [
        Spoken(code, {kind: tuple(dict.fromkeys(stems.values())) for kind, stems in kinds.items()})
        for code, kinds in hits.items()
    ]
    none = Spoken(language or "")
    return max(found, key=lambda one: (len(one.found), one.many, one.language), default=none)


def _stems_of(text: str, lexicon: Lexicon) -> Iterator[tuple[str, Stem]]:
    """Each stem found, with the word that begins so."""
    for word in dict.fromkeys(words_of(text)):
        for left in _bare(word):
            for stem in lexicon.index.get(left[:_WHOLE_CHARS], ()):
                if stem.begins(left):
                    yield word, stem
    if _UNSPACED.search(text):
        yield from ((stem.text, stem) for stem in _strings_of(fold_word(text), lexicon))


def _strings_of(folded: str, lexicon: Lexicon) -> Iterator[Stem]:
    """Strings of the scripts without blanks; of Latin ones, which stand between, whole words."""
    joined = "".join(folded.split())
    latin = _LATIN.findall(folded)
    for stem in lexicon.strings:
        if stem.text.isascii():
            if any(map(stem.begins, latin)):
                yield stem
        elif stem.text in joined and _stands(stem, joined, lexicon):
            yield stem


def _stands(stem: Stem, joined: str, lexicon: Lexicon) -> bool:
    """Whether a string stands somewhere by itself: in what is called a request there is no
    `please`."""
    for longer in lexicon.longer.get(stem, ()):
        joined = joined.replace(longer, " " * len(longer))
    return stem.text in joined


def _bare(word: str) -> Iterator[str]:
    """A word, and it without what Arabic, Hebrew and, with an apostrophe, French may have written
    in front of it."""
    yield word
    if "'" in word:
        yield word.partition("'")[2]
    if _JOINED.match(word):
        for start in range(1, _MOST_CLITICS + 1):
            if _CLITICS.fullmatch(word, 0, start):
                yield word[start:]
