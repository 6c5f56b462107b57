"""The records of reports: what a page says once it is read, and the versions that its captures
make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.model.packed import packed

if TYPE_CHECKING:
    from archive.model.speech import Speech
    from archive.model.vocabulary import Outcome


@packed
@dataclass(frozen=True, slots=True)
class CitedUrl:
    """One URL of a note.

    Attributes:
        url: As cited, whole, defanging undone.
        as_printed: The characters of the page that it was made from.
        repairs: What had to be done, in order: `refanged`, `joined`, `split`, `scheme`, `trailing`,
            `from-href`, …
    """

    url: str
    as_printed: str
    repairs: tuple[str, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Note:
    """One endnote: label as printed without brackets, text as printed, URLs in order without
    repeats.

    Attributes:
        kind: `cited`, `on-request` (the authors' data), or what its words name: see `NoteKind`.
        repairs: `label-implied` where the authors left its label out.
    """

    label: str
    text: str
    urls: tuple[CitedUrl, ...] = ()
    kind: str = "cited"
    repairs: tuple[str, ...] = ()


@packed
@dataclass(frozen=True, slots=True)
class Marker:
    """One occurrence of a note's label in the prose.

    Attributes:
        repairs: `bracket-implied` where a bracket was left out, or was a wrong one.
        speech: How the sentence speaks; None where nobody has asked yet.
    """

    label: str
    sentence: str
    section: str | None = None
    repairs: tuple[str, ...] = ()
    speech: Speech | None = None


@packed
@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text below it; heading None for what stands before the first."""

    heading: str | None
    text: str


@packed
@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of the report.

    Absolute URL (empty where a text names the figure alone) and the caption printed with it.
    """

    url: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file offered beside the report, such as its PDF."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How sure a parse is.

    Attributes:
        flags: Sorted: `labels-incomplete`, `label-implied`, `bracket-implied`, `markers-unmatched`,
            `notes-unused`, `no-notes`, `incomplete`, `unknown-layout`, `no-date`, `unknown-series`,
            … Empty when nothing is doubtful.
        missing_labels: Labels missing from the run of notes.
        unmatched_markers: Labels of markers that no note has.
        unused_notes: Labels of notes that no marker has.
        notes_without_url: How many.
    """

    flags: tuple[str, ...] = ()
    missing_labels: tuple[str, ...] = ()
    unmatched_markers: tuple[str, ...] = ()
    unused_notes: tuple[str, ...] = ()
    notes_without_url: int = 0


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report as one capture shows it.

    Attributes:
        parser: Name and version of the parser, e.g. `isw-wp/3`; part of every content digest.
        url: The publication's address as the page declares it, absolute; else the fetched one.
        aliases: Other absolute addresses the page gives for itself (short link, node address).
        title: As printed, white space collapsed.
        series: Slug, e.g. `iran-update`; `series_name` as printed.
        report_date: `YYYY-MM-DD`, or None when nothing names it.
        edition: Slug such as `evening`, or None.
        cutoff_text: Data cut-off or time line as printed.
        text: The prose: paragraphs divided by a blank line; markers kept as `[n]`; no notes,
            captions or byline.
        published_at, modified_at: As the page declares, ISO 8601 UTC; claims, not identity.
        links: Absolute URLs of other ISW or CTP reports linked in the prose.
        complete: False when the prose has markers and the note list is empty.
    """

    parser: str
    publisher: str
    url: str
    title: str
    series: str
    series_name: str
    report_date: str | None
    edition: str | None
    text: str
    authors: tuple[str, ...] = ()
    cutoff_text: str | None = None
    dateline_text: str | None = None
    takeaways: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    markers: tuple[Marker, ...] = ()
    notes: tuple[Note, ...] = ()
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    published_at: str | None = None
    modified_at: str | None = None
    complete: bool = True
    quality: Quality = field(default_factory=Quality)


@dataclass(frozen=True, slots=True)
class Content:
    """The part of a report that makes a version: what two captures are compared by.

    Attributes:
        complete: False when the note list was still empty; notes are then not compared.
    """

    title: str
    text: str
    notes: tuple[Note, ...]
    figures: tuple[Figure, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class CapturedContent:
    """One capture of a publication, for sorting captures into versions."""

    capture_id: int
    captured_at: str
    digest: str
    complete: bool


@dataclass(frozen=True, slots=True)
class VersionRun:
    """Captures in a row with the same content.

    Attributes:
        captures: Their ids in time order.
        representative: The capture whose parse describes the version: the first complete one, else
            the first.
    """

    captures: tuple[int, ...]
    representative: int
    first_captured_at: str
    last_captured_at: str
    complete: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between a version and the one before it.

    Attributes:
        kinds: Of `title`, `prose`, `notes`, `figures`, in this order.
        words_added, words_removed: Of the prose.
        notes_added, notes_dropped, notes_changed: Labels as printed, in order.
    """

    kinds: tuple[str, ...]
    words_added: int = 0
    words_removed: int = 0
    notes_added: tuple[str, ...] = ()
    notes_dropped: tuple[str, ...] = ()
    notes_changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAReport:
    """A page at a report's address that is none (soft 404, access denied, list, login page), and
    why."""

    outcome: Outcome
    reason: str
