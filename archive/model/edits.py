"""Edits of a publisher: what was changed in a report after it was out, sentence by sentence.

What counts as which kind stands in `docs/reading.md`; the rules are in `pipeline.decide.edits`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EditKind(StrEnum):
    """What of a sentence was changed; an edit may be of several kinds."""

    NUMBER = "number"
    """A number, or a day or month of a date: by value, whether in words or digits."""
    PLACE = "place"
    """A place, or a direction of the compass."""
    ATTRIBUTION = "attribution"
    """Who is said to say it, or with which distance."""
    SOURCE = "source"
    """What is cited for it: an address added, removed or replaced."""
    WORDING = "wording"
    """Anything else, and whatever is not surely one of the others."""
    ADDED = "added"
    """A whole sentence is new."""
    REMOVED = "removed"
    """A whole sentence is gone."""


class Admission(StrEnum):
    """Whether the publisher said so, in the version that has the edit."""

    NAMED = "named"
    """A new line of correction has words or numbers that the edit changed."""
    NOTED = "noted"
    """A new line says that something was changed, but not that it was this."""
    SILENT = "silent"
    """No new line says anything."""


class Part(StrEnum):
    """Where in a report an edit stands."""

    TEXT = "text"
    TITLE = "title"
    CUT_OFF = "cut-off"
    AUTHORS = "authors"
    NOTE = "note"
    """A note that no sentence has a marker of."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit.

    Attributes:
        before, after: The sentence, without markers; None where it did not, or does not, stand.
        labels_before, labels_after: Of its notes, as each version prints them.
        sources_added, sources_dropped: Canonical addresses that only one of the two cites.
        said: The lines that admit a change, for `NAMED` and `NOTED`.
    """

    part: Part
    kinds: tuple[EditKind, ...]
    before: str | None
    after: str | None
    labels_before: tuple[str, ...] = ()
    labels_after: tuple[str, ...] = ()
    sources_added: tuple[str, ...] = ()
    sources_dropped: tuple[str, ...] = ()
    admission: Admission = Admission.SILENT
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedEdit:
    """An edit, and since when the earlier words stood.

    Attributes:
        since: The earliest version, of those without a gap before the edit, with the earlier words;
            None for a new sentence.
    """

    edit: Edit
    since: int | None
