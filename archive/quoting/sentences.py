"""The citing sentences of a version: where each stands in its text, and an id that lasts.

The id of a sentence is made of its words alone, so that the same sentence has the same id in every
version of its report, wherever it is moved to. Case, punctuation, blanks and the forms of letters
are no words. A sentence that stands in a version more than once has `-2`, `-3`, … behind the id of
its second and further places, in the order of the text: such places are told apart by nothing else.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from archive.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ID_LENGTH = 12
"""Hexadecimal digits: two of a report's 300 sentences share 48 bits once in six billion reports."""
_WORD = re.compile(r"\w+")
# As prose keeps them: `[12]`, `[3, 4]`, `[5–7]`, `[xiv]`, and blanks before.
_MARKER = re.compile(r"\s*\[[\dIVXLCivxlc]{1,9}(?:\s*[,;–-]\s*[\dIVXLCivxlc]{1,9})*\]")
_BLANK = re.compile(r"\s+")
_RUN = re.compile(rf"{_MARKER.pattern}|\s+|[^\s\[]+|\[")


class SentencePlace(NamedTuple):
    """Where a sentence stands in a version's text, in characters (code points); its markers
    within, those behind it not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """One marker of a version, as the table has it: its label, and the sentence it stands in."""

    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One citing sentence of a version.

    Attributes:
        id: Of it, within its report.
        text: Without markers.
        place: In the version's text; None where it is not found there as it is.
        markers: Positions of the markers that stand in it, in order.
    """

    id: str
    text: str
    place: SentencePlace | None
    markers: tuple[int, ...]


def sentences(text: str, markers: Sequence[Marked]) -> list[Sentence]:
    """The citing sentences of a version, in the order of its markers.

    Args:
        text: The version's prose, with its markers.
        markers: In the order of the prose.
    """
    prose = _Prose(text)
    found: list[tuple[str, SentencePlace | None, list[int]]] = []
    since = 0
    for position, marker in enumerate(markers):
        place = prose.find(marker, since)
        last = found[-1] if found else None
        if last is not None and last[0] == marker.sentence and last[1] == place:
            last[2].append(position)
        else:
            found.append((marker.sentence, place, [position]))
        since = place.start if place is not None else since
    return list(_with_ids(found))


def words_id(text: str) -> str:
    """What all places of a sentence have in common."""
    plain = fold(unicodedata.normalize("NFKC", text).casefold())
    words = " ".join(_WORD.findall(plain)) or text
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]


def _with_ids(found: Sequence[tuple[str, SentencePlace | None, list[int]]]) -> Iterator[Sentence]:
    seen: dict[str, int] = {}
    for text, place, markers in found:
        words = words_id(text)
        seen[words] = nth = seen.get(words, 0) + 1
        yield Sentence(words if nth == 1 else f"{words}-{nth}", text, place, tuple(markers))


class _Prose:
    """A version's text, in which sentences are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def find(self, marker: Marked, since: int) -> SentencePlace | None:
        """Where a marker's sentence stands, not before `since`; rather where its label does."""
        start = self._text.find(marker.sentence) if marker.sentence else -1
        if since <= start == self._text.rfind(marker.sentence):
            return SentencePlace(start, start + len(marker.sentence))
        first: SentencePlace | None = None
        for place in self._places(marker.sentence, since):
            if self._has_label(place, marker.label):
                return place
            first = first or place
        return first

    @cached_property
    def _markers(self) -> dict[int, int]:
        """The ranges of the markers in a text."""
        return {found.start(): found.end() for found in _MARKER.finditer(self._text)}

    @cached_property
    def _without_markers(self) -> tuple[str, list[int]]:
        """The text without its markers, blanks collapsed, and where each character stood."""
        pieces: list[str] = []
        at: list[int] = []
        for found in _RUN.finditer(self._text):
            if found.start() in self._markers:
                continue
            if not found.group().isspace():
                pieces.append(found.group())
                at.extend(range(found.start(), found.end()))
            elif pieces and pieces[-1] != " ":
                pieces.append(" ")
                at.append(found.start())
        return "".join(pieces), at

    def _places(self, sentence: str, since: int) -> Iterator[SentencePlace]:
        plain, at = self._without_markers
        wanted = _BLANK.sub(" ", sentence).strip()
        start = plain.find(wanted) if wanted else -1
        while start >= 0:
            place = SentencePlace(at[start], at[start + len(wanted) - 1] + 1)
            if place.start >= since:
                yield place
            start = plain.find(wanted, start + 1)

    def _has_label(self, place: SentencePlace, label: str) -> bool:
        """Whether a marker of this label stands in the sentence, or right behind it."""
        end = place.end
        while (behind := self._markers.get(end)) is not None:
            end = behind
        labels = re.findall(r"\[([^\[\]]+)\]", self._text[place.start : end])
        return any(label in re.split(r"[\s,;–-]+", printed) for printed in labels)
