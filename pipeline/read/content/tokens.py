"""Prose as a row of tokens, so that only what a reader would call a change differs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# Characters that look alike and that editors, tools and encodings exchange for one another. No
# value is a key.
_FOLDED = {
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–−﹘﹣－", "-"),
    **dict.fromkeys("―⸺", "—"),
    # bullets: list items have none, Word-style paragraphs print one
    **dict.fromkeys("•·▪●■◦‣∙⁃\uf0b7", " "),
    "\u00a0": " ",  # as NFKC does; most texts hold nothing else that it would change
    # invisible: soft hyphen, zero-width blanks and joiners, direction marks, byte order mark
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
}  # fmt: skip

_LABEL = r"(?: \d{1,4} | [ivxlcIVXLC]{1,9} )"
# What is read closely. An address begins where no word goes on: see `_WORD`.
_SPECIAL = re.compile(
    r"""
    \[ \s* (?P<marker> LABEL (?: \s* [,;-] \s* LABEL ){0,20} ) \s* \]
    # [12], [xii], [3, 4], [5-7]
  | (?<! \w ) (?<! \w['.:,/&@-] ) (?P<url> (?: https?:// | www\. ) [^\s<>"]+ )
    """.replace("LABEL", _LABEL),
    re.VERBOSE,
)
# T-72A, U.S, 1,000, Israel's, 5:30; possessive, which is faster
_WORD = r"\w++(?:['.:,/&@-]\w++)*+"
_SPECIAL_STARTS = ("[", "http", "www.")
_PLAIN = re.compile(rf"{_WORD}|[^\w\s]")
_LABELS = re.compile(r"\w+")
_YEARS = range(1900, 2100)  # "[2022]" is a year that an editor put in, no note

# Drupal's URL filter showed links as their first 69 characters and "..." (`filter_url_length` 72),
# until it was switched off: what stands after them in a printed address is not compared.
_SHOWN_URL_CHARS = 69
_URL_END = ".,;:!?'\")]"

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


class Mark(NamedTuple):
    """A note's label in the prose: how many words stand before it, and which note it names."""

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text read.

    Attributes:
        words: Words, printed addresses and punctuation, in order, without markers.
        marks: The markers.
    """

    words: tuple[str, ...]
    marks: tuple[Mark, ...]


def fold(text: str) -> str:
    """The text in one spelling: compatibility forms, quotes, dashes and blanks made alike; case is
    kept."""
    if text.isascii():
        return text.replace("`", "'")
    folded = _exchanged(text)
    normal = unicodedata.normalize("NFKC", folded)
    return normal if normal == folded else _exchanged(normal)


def _exchanged(text: str) -> str:
    # one search for each character is ten times as fast as `str.translate` where most are absent
    for odd, plain in _FOLDED.items():
        if odd in text:
            text = text.replace(odd, plain)
    return text


def tokens_of(text: str) -> Tokens:
    """Reads a text into tokens; how many blanks or breaks stand between them makes no
    difference."""
    words: list[str] = []
    marks: list[Mark] = []
    signs = 0  # a marker before or after the full stop is at the same place
    folded = fold(text)
    since = 0
    for found in _specials(folded):
        signs += _read_plain(folded[since : found.start()], words)
        since = found.end()
        if found["url"]:
            words.extend(_printed_url(found["url"]))
            continue
        labels = _note_labels(found["marker"])
        marks.extend(Mark(len(words) - signs, label) for label in labels)
        if not labels:
            words.extend(("[", " ".join(found["marker"].split()), "]"))
            signs += 2
    _read_plain(folded[since:], words)
    return Tokens(tuple(words), tuple(marks))


def _read_plain(text: str, words: list[str]) -> int:
    """Adds the tokens of a text in which nothing is read closely; how many are signs."""
    signs = 0
    for piece in text.split():  # tokens hold no blanks, and most pieces are one word
        if piece.isalnum():
            words.append(piece)
        elif piece[:-1].isalnum() and piece[-1] != "_":
            words += (piece[:-1], piece[-1])
            signs += 1
        else:
            plain = _PLAIN.findall(piece)
            words += plain
            signs += len([1 for one in plain if len(one) == 1 and not one.isalnum() and one != "_"])
    return signs


def _specials(text: str) -> Iterator[re.Match[str]]:
    """What is read closely, where one of its beginnings stands: to try it at each letter takes
    twenty times as long."""
    at = 0
    for start in sorted(start for begins in _SPECIAL_STARTS for start in _places(text, begins)):
        found = _SPECIAL.match(text, start) if start >= at else None
        if found:
            at = found.end()
            yield found


def _places(text: str, begins: str) -> Iterator[int]:
    at = text.find(begins)
    while at >= 0:
        yield at
        at = text.find(begins, at + 1)


def _note_labels(printed: str) -> list[str]:
    """The labels between two brackets, as numbers; empty when they name no notes."""
    keys = [label_key(label) for label in _LABELS.findall(printed)]
    labels = [key for key in keys if key is not None]
    return labels if len(labels) == len(keys) and int(labels[0]) not in _YEARS else []


def counted(words: tuple[str, ...]) -> list[str]:
    """The tokens that count as words: those with a letter or digit in them."""
    return [word for word in words if len(word) > 1 or word.isalnum()]


def label_key(label: str) -> str | None:
    """A label as a number, so that `xii` and `12` are the same; None for roman letters that are no
    number."""
    printed = label.strip().strip("[]").strip()
    if printed.isdecimal():
        return str(int(printed))
    lower = printed.lower()
    if not lower or not _ROMAN.fullmatch(lower):
        return None
    return str(_roman_value(lower))


def squeezed(text: str) -> str:
    """Only the letters and digits, without case: for telling whether two lines say the same."""
    return "".join(char for char in fold(text).casefold() if char.isalnum())


def without_title(title: str, text: str) -> str:
    """The text without a first paragraph that only repeats the title; such lines come and go."""
    most = 2 * len(title) + 20
    first, _, _ = text[: most + 2].partition("\n\n")
    if len(first) > most or squeezed(first) != squeezed(title):
        return text
    return text[len(first) + 2 :]


def _printed_url(printed: str) -> Iterator[str]:
    """A printed address up to where it may have been cut, then the punctuation that only follows
    it."""
    url = printed.rstrip(_URL_END)
    tail = printed[len(url) :]
    address = url[:_SHOWN_URL_CHARS].split("://")[-1].removeprefix("www.")
    yield address
    if "..." not in tail:
        yield from tail


def _roman_value(roman: str) -> int:
    values = [_ROMAN_DIGITS[char] for char in roman]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))
