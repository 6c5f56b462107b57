"""What was edited between two versions of a report, or between two publications of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.show.note_match import NoteChange, NoteKey, changes_of, match
from archive.show.prose_diff import ProseChange, prose_changes

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note as it is compared.

    Attributes:
        sources: What it cites: canonical addresses, in order.
    """

    label: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """All of a version that can be edited.

    Attributes:
        name: As `versions_named` has it: `2`, `ctp:1`.
        figures: Address and caption of each.
        complete: False where the notes were not printed yet; they are not compared then.
    """

    name: str
    version: int
    url: str
    publisher: str
    seen_at: str
    title: str
    text: str
    notes: tuple[ReadNote, ...] = ()
    figures: tuple[tuple[str, str | None], ...] = ()
    corrections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    cutoff: str | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A line of the head that is another; None: it was not there, or is not."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure: `added`, `dropped`, or `captioned` (the same picture, another caption)."""

    kind: str
    url: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """The difference of two versions.

    Attributes:
        prose: The sentences, with the unchanged ones between them as context or as gaps.
        notes: Only those that are not the same; None where one of the versions has none yet.
        words_added: Of the prose, as are `words_removed`.
    """

    before: ReadVersion
    after: ReadVersion
    head: tuple[FieldChange, ...]
    prose: tuple[ProseChange, ...]
    notes: tuple[NoteChange, ...] | None
    figures: tuple[FigureChange, ...]
    corrections_added: tuple[str, ...]
    corrections_dropped: tuple[str, ...]
    words_added: int
    words_removed: int

    @property
    def empty(self) -> bool:
        """Whether nothing was edited."""
        if self.notes is None:
            return False  # nobody knows
        changed = (self.head, self.notes, self.figures)
        said = (self.corrections_added, self.corrections_dropped)
        return not any((*changed, *said)) and not any(one.kind != "same" for one in self.prose)


def diff(before: ReadVersion, after: ReadVersion) -> ReportDiff:
    """What was edited on the way from one version to another."""
    comparable = before.complete and after.complete
    pairs = match(_keys(before), _keys(after)) if comparable else {}
    identity = _identities(before, after, pairs)
    prose, added, removed = prose_changes(
        before.text, after.text, *identity, compare_notes=comparable
    )
    return ReportDiff(
        before,
        after,
        _head(before, after),
        prose,
        changes_of(_keys(before), _keys(after), pairs) if comparable else None,
        _figures(before.figures, after.figures),
        _missing(after.corrections, before.corrections),
        _missing(before.corrections, after.corrections),
        added,
        removed,
    )


def _keys(version: ReadVersion) -> list[NoteKey]:
    return [NoteKey(note.label, note.text, note.sources) for note in version.notes]


def _identities(
    before: ReadVersion, after: ReadVersion, pairs: dict[int, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """For each label of either version, a number that is equal where the note is the same one."""
    old = {note.label: place for place, note in reversed(list(enumerate(before.notes)))}
    back = {new: place for place, new in pairs.items()}
    fresh = len(before.notes)
    new = {
        note.label: back.get(place, fresh + place)
        for place, note in reversed(list(enumerate(after.notes)))
    }
    return old, new


def _head(before: ReadVersion, after: ReadVersion) -> tuple[FieldChange, ...]:
    fields = (
        ("title", before.title, after.title),
        ("authors", ", ".join(before.authors) or None, ", ".join(after.authors) or None),
        ("cut-off", before.cutoff, after.cutoff),
    )
    return tuple(FieldChange(*one) for one in fields if one[1] != one[2])


def _figures(
    before: Sequence[tuple[str, str | None]], after: Sequence[tuple[str, str | None]]
) -> tuple[FigureChange, ...]:
    old, new = dict(before), dict(after)
    changes = [FigureChange("dropped", url, old[url], None) for url in old if url not in new]
    changes += [FigureChange("added", url, None, new[url]) for url in new if url not in old]
    changes += [
        FigureChange("captioned", url, old[url], new[url])
        for url in old
        if url in new and old[url] != new[url]
    ]
    return tuple(changes)


def _missing(held: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in held if one not in other)
