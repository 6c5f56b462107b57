"""A report's prose in pieces: sections, paragraphs, and the notes beside each paragraph. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARKER = re.compile(r"\[([^\[\]\s]{1,12})\]")
"""A marker in the prose, as the parser keeps it."""

_OBJECTIVE = re.compile(
    r"\s*\(\s*(?P<whose>[^():]{0,40}?)\s*objective\s*:\s*(?P<what>.+?)\)\s*$", re.IGNORECASE
)
"""A heading's end such as "(Russian objective: Capture the north)"."""

_SAFE = re.compile(r"[^0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or a marker: then `note` is the position of its note and `label` as printed.

    Attributes:
        first: Whether no marker before it, in the whole report, leads to the same note.
    """

    text: str
    note: int | None = None
    first: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the notes (positions) that its markers lead to first in the report."""

    pieces: tuple[Piece, ...]
    notes: tuple[int, ...]
    again: tuple[int, ...]
    """Notes that stand beside an earlier paragraph."""


@dataclass(frozen=True, slots=True)
class LaidOutSection:
    """A section: heading, the objective named in the heading, paragraphs."""

    anchor: str
    heading: str | None
    objective: str | None
    paragraphs: tuple[Paragraph, ...]


def anchors(labels: Sequence[str]) -> list[str]:
    """For each note the end of its anchor: its label as printed; a second of the same, `12-2`.

    A label that is no plain word gives its place in the list, `p7`.
    """
    seen: dict[str, int] = {}
    found = []
    for place, label in enumerate(labels):
        plain = label_anchor(label) or f"p{place}"
        seen[plain] = seen.get(plain, 0) + 1
        found.append(plain if seen[plain] == 1 else f"{plain}-{seen[plain]}")
    return found


def label_anchor(label: str) -> str | None:
    """The label where it can stand in an address; None: it cannot."""
    return label if label and not _SAFE.search(label) else None


def parts(
    sections: Sequence[Mapping[str, Any]], text: str, labels: Sequence[str]
) -> tuple[LaidOutSection, ...]:
    """The prose of a version.

    Args:
        sections: `heading` and `text` of each.
        text: All of the prose, for a version without sections.
        labels: Of the notes, in their order.
    """
    places = {label: place for place, label in reversed(list(enumerate(labels)))}
    laying = _Laying(places)
    given = sections or [{"heading": None, "text": text}]
    return tuple(laying.part(number, one) for number, one in enumerate(given))


class _Laying:
    """Lays out one report: knows which notes had their place already."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._places = places
        self._seen: set[int] = set()

    def part(self, number: int, section: Mapping[str, Any]) -> LaidOutSection:
        heading, objective = parted_heading(section["heading"])
        paragraphs = [self._paragraph(one) for one in section["text"].split("\n\n") if one.strip()]
        return LaidOutSection(f"section-{number}", heading, objective, tuple(paragraphs))

    def _paragraph(self, text: str) -> Paragraph:
        pieces: list[Piece] = []
        notes: dict[int, bool] = {}
        end = 0
        for match in MARKER.finditer(text):
            place = self._places.get(match[1])
            if place is None:
                continue
            if match.start() > end:
                pieces.append(Piece(text[end : match.start()]))
            is_first = place not in self._seen
            self._seen.add(place)
            notes.setdefault(place, is_first)
            pieces.append(Piece(match[1], place, is_first))
            end = match.end()
        if end < len(text):
            pieces.append(Piece(text[end:]))
        new = tuple(place for place, is_first in notes.items() if is_first)
        again = tuple(place for place, is_first in notes.items() if not is_first)
        return Paragraph(tuple(pieces), new, again)


def parted_heading(heading: str | None) -> tuple[str | None, str | None]:
    """A heading without the objective in its brackets, and that objective with whose it is."""
    match = _OBJECTIVE.search(heading or "")
    if heading is None or match is None or not heading[: match.start()].strip():
        return heading, None
    whose = match["whose"].strip()
    return heading[: match.start()].strip(), f"{whose} objective: {match['what']}".strip()
