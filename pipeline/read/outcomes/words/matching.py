"""Whether a title or sentence consists of nothing but a language's words for what is missing.

An article about such words has others beside them: `Nothing found in the wreck` names a wreck. So
every word has to be in the language's list, and together they have to say that something is not
there.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.near_duplicates import folded
from pipeline.read.outcomes.words.absent import ABSENT
from pipeline.read.outcomes.words.absent_east import ABSENT_EAST, UNSPACED
from pipeline.read.outcomes.words.absent_middle import ABSENT_MIDDLE
from pipeline.read.outcomes.words.absent_south import ABSENT_SOUTH

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_WORDS = 26
"""Of a title or sentence; error pages are brief."""
_MAX_CHARS = 200
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`-][^\W_]+)*")
# Of the scripts of India and Burma, vowels are no letters to `re`.
_INDIC = re.compile("[\u0900-\u0dff\u1000-\u109f]")
_LETTER = "(?:[^\\W_]|[\u0900-\u0963\u0970-\u0dff\u1000-\u109f])"
_INDIC_WORD = re.compile(rf"{_LETTER}+(?:['’ʼ`-]{_LETTER}+)*")
_APOSTROPHES = str.maketrans("’ʼ`", "'''")
_ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}\b(?:/\S*)?", re.IGNORECASE)
"""Stands for a page, like the word for an address."""
_BLANKS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Stems:
    """Some words: whole ones, and beginnings of others."""

    whole: frozenset[str]
    begun: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Whether a folded word is one of them."""
        return word in self.whole or word.startswith(self.begun)

    @classmethod
    def of(cls, listed: str) -> Stems:
        """From words between blanks, where a star ends the beginning of a word."""
        words = [words_of(w.removesuffix("*")) for w in listed.split() if not w.endswith("*")]
        begun = [fold_word(w.removesuffix("*")) for w in listed.split() if w.endswith("*")]
        return cls(frozenset(piece for pieces in words for piece in pieces), tuple(begun))


def fold_word(text: str) -> str:
    """A text as words are compared: case, marks and kinds of apostrophes folded."""
    return folded(text).translate(_APOSTROPHES)


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    pattern = _INDIC_WORD if not text.isascii() and _INDIC.search(text) else _WORD
    return pattern.findall(fold_word(text))


class Said(StrEnum):
    """What a title or sentence of nothing but a notice's words says of a page."""

    PAGE_ABSENT = "page-absent"
    """There is no such page: articles write of posts and documents that are gone, hardly ever of
    pages."""
    ABSENT = "absent"
    UNAVAILABLE = "unavailable"
    """It is not shown, for whatever reason, or is not there or not for us, and nobody says which:
    no proof of absence."""


_KINDS = ("page", "noun", "gone", "no", "there", "nothing", "shown", "may", "filler")
ABSENCES = frozenset({Said.PAGE_ABSENT, Said.ABSENT})

_NOT_SHOWN = tuple(
    map(
        fold_word,
        """unavailable indisponib недоступ недаступ nepasiekiam suspended deactivated
        gesperrt suspendu suspendid ulaşılam erişilem заблокирован приостановлен заблокован
        призупинен""".split(),  # noqa: SIM905
    )
)
"""These need no negation beside them."""


@functools.cache
def _lexicons() -> tuple[tuple[Stems, tuple[Stems, ...]], ...]:
    """Of each language all its words, and those of each kind."""
    every = {**ABSENT, **ABSENT_MIDDLE, **ABSENT_EAST, **ABSENT_SOUTH}
    return tuple(
        (
            Stems.of(" ".join(words.values())),
            tuple(Stems.of(words.get(kind, "")) for kind in _KINDS),
        )
        for words in every.values()
    )


@functools.cache
def _strings(language: str) -> tuple[Mapping[str, frozenset[str]], tuple[str, ...]]:
    """Strings of a language without blanks by their kind, and all of them, the longest first."""
    kinds = {
        kind: frozenset(_BLANKS.sub("", fold_word(word)) for word in words.split())
        for kind, words in UNSPACED[language].items()
    }
    every = sorted(
        frozenset().union(*kinds.values()) - {""}, key=lambda string: (-len(string), string)
    )
    return kinds, tuple(every)


@functools.lru_cache(maxsize=512)  # titles and their parts are asked about by several rules
def says(text: str, site: frozenset[str] = frozenset()) -> Said | None:
    """What a title or sentence says of a page, where it says nothing else, in any of the languages
    known.

    Args:
        text: It.
        site: Words by which the site calls itself, folded: they may stand between.
    """
    if len(text) > _MAX_CHARS:
        return None
    words = [w for w in words_of(_ADDRESS.sub(" url ", text)) if w.removesuffix("'s") not in site]
    if not 0 < len(words) <= MAX_WORDS:
        return None
    spoken = (
        _concluded(_kinds_of(words, kinds))
        for every, kinds in _lexicons()
        if all(map(every.has, words))
    )
    found = next(filter(None, spoken), None)
    if found or text.isascii():
        return found
    return next(filter(None, (_unspaced(code, text) for code in UNSPACED)), None)


def _kinds_of(words: list[str], lexicon: tuple[Stems, ...]) -> set[str]:
    """The kinds of words that are all in the lexicon."""
    found: set[str] = set()
    for word in words:
        kinds = {kind for kind, stems in zip(_KINDS, lexicon, strict=True) if stems.has(word)}
        if "shown" in kinds and word.startswith(_NOT_SHOWN):
            kinds.add("no")
        found |= kinds
    return found


def _unspaced(language: str, text: str) -> Said | None:
    kinds, every = _strings(language)
    left = _BLANKS.sub("", fold_word(text))
    found: set[str] = set()
    while left:
        string = next((s for s in every if left.startswith(s)), None)
        if string is None:
            return None
        found |= {kind for kind, strings in kinds.items() if string in strings}
        left = left[len(string) :]
    return _concluded(found | ({"no"} if "shown" in found else set()))


def _concluded(kinds: set[str]) -> Said | None:
    is_gone = "gone" in kinds or {"no", "there"} <= kinds
    if "may" in kinds:  # `not found, or you may not see it`: it may well be there
        return Said.UNAVAILABLE if kinds & {"page", "noun"} and kinds & {"no", "gone"} else None
    if is_gone and "page" in kinds:
        return Said.PAGE_ABSENT
    if is_gone and "noun" in kinds:
        return Said.ABSENT
    if "nothing" in kinds and kinds & {"there", "gone", "no"}:
        return Said.ABSENT
    is_thing = "page" in kinds or "noun" in kinds
    return Said.UNAVAILABLE if is_thing and {"no", "shown"} <= kinds else None


# The number beside the word for an error, in any language; alone beside another word it is a room,
# a train or a car.
_ERROR_NUMBER = re.compile(
    r"(?:(?:http[\s-]?)?(?P<word>[^\W\d_]+)[\s:–-]*(?:n[ro]?[.°º]\s*)?[4٤۴][0٠۰][4٤۴]"
    r"|[4٤۴][0٠۰][4٤۴][\s:–-]*(?P<last>[^\W\d_]+))[.!]?"
)
_ERROR = frozenset(
    map(
        fold_word,
        [
            "error",
            "fehler",
            "erreur",
            "erro",
            "errore",
            "fout",
            "błąd",
            "chyba",
            "hiba",
            "eroare",
            "грешка",
            "greška",
            "pogreška",
            "napaka",
            "σφάλμα",
            "virhe",
            "fel",
            "fejl",
            "feil",
            "viga",
            "klaida",
            "kļūda",
            "xato",
            "хато",
            "ката",
            "қате",
            "xəta",
            "хата",
            "hata",
            "ошибка",
            "помилка",
            "памылка",
            "սխալ",
            "შეცდომა",
            "خطأ",
            "خطا",
            "خطای",
            "שגיאה",
            "hitilafu",
            "khalad",
            "ስህተት",
            "алдаа",
            "gabim",
            "kesalahan",
            "ralat",
            "lỗi",
            "त्रुटि",
            "خرابی",
            "تېروتنه",
            "çewtî",
            "错误",
            "錯誤",
            "エラー",
            "오류",
            "에러",
            "ข้อผิดพลาด",
        ],
    )
)


def is_error_number(title: str) -> bool:
    """Whether a title is the number of a page that is not there, called an error in any
    language."""
    found = _ERROR_NUMBER.fullmatch(title.strip())
    return found is not None and fold_word(found["word"] or found["last"]) in _ERROR


# `Error code 522`, `Ошибка 1015`: beside a number there is the word for an error, and for a code.
_ERROR_CODE = re.compile(
    r"(?P<word>[^\W\d_]+)[\s:#–-]*(?:(?:code|codice|código|kod|kodu|код|status|http|n[ro]?[.°º])"
    r"[\s:#–-]*)?(?P<number>[45]\d\d|1[0-2]\d\d)[.!]?",
    re.IGNORECASE,
)


def error_number(piece: str) -> int | None:
    """The number, of three or four digits, that a title or piece of a page calls an error in any
    language, and nothing else."""
    found = _ERROR_CODE.fullmatch(piece.strip())
    return int(found["number"]) if found and fold_word(found["word"]) in _ERROR else None
