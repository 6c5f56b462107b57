"""How sure a parse of notes and markers is: labels complete, markers matched, notes used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.reports import Marker, Note, Quality
from archive.urls.copies import ARCHIVE_TODAY
from pipeline.read.references.labels import label_value
from pipeline.read.references.slips import BRACKET_IMPLIED, LABEL_IMPLIED

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELS_INCOMPLETE = "labels-incomplete"
LABELS_REPEATED = "labels-repeated"
MARKERS_UNMATCHED = "markers-unmatched"
NOTES_UNUSED = "notes-unused"
NO_NOTES = "no-notes"
INCOMPLETE = "incomplete"
CUT_URLS = "cut-urls"
UNTRUSTED_COPY = "untrusted-copy"
"""A note cites a copy in archive.today, which altered copies.

What it shows needs a second witness.
"""

FLAGS: dict[str, str] = {
    BRACKET_IMPLIED: (
        "A marker's bracket was left open or is the wrong one; it is read as a marker."
    ),
    CUT_URLS: "Addresses are printed cut (…); they are kept as printed, and are no sources.",
    INCOMPLETE: "There are markers and no notes, as on pages just published; fetched again soon.",
    LABEL_IMPLIED: "A note's label was left out; its place in the list gives it.",
    LABELS_INCOMPLETE: "Labels are missing between the first and the highest (`missing_labels`).",
    LABELS_REPEATED: "Several notes have one label.",
    MARKERS_UNMATCHED: "Markers in the prose have no note (`unmatched_markers`).",
    NO_NOTES: "No note was found.",
    NOTES_UNUSED: "Notes that no marker names (`unused_notes`).",
    UNTRUSTED_COPY: (
        "A note cites a copy in archive.today, which altered copies: it needs a second witness."
    ),
}
"""What each flag of `quality` says of a version, for docs/reference.md."""

# An address of which a link filter left the beginning of its scheme: `https:…`, `h…`.
_STUB = re.compile(
    r"(?<![\w/])(?:h|ht|htt|https?|https?:/{0,2}|w{1,3}\.?)(?:…|\.\.\.)(?![\w/])", re.IGNORECASE
)

# More missing labels than this are named by their number only, so that a broken page makes no
# endless row.
_MAX_NAMED = 1000


def doubts_of(notes: Sequence[Note], markers: Sequence[Marker]) -> Quality:
    """What is doubtful about notes and markers; flags are sorted, labels keep their order."""
    held = {_key(note.label) for note in notes}
    used = {_key(marker.label) for marker in markers}
    missing = _missing(notes)
    unmatched = tuple(dict.fromkeys(m.label for m in markers if _key(m.label) not in held))
    unused = tuple(dict.fromkeys(n.label for n in notes if _key(n.label) not in used))
    flags = {repair for note in notes for repair in note.repairs}
    flags |= {repair for marker in markers for repair in marker.repairs}
    if not notes:
        flags.update({NO_NOTES, INCOMPLETE} if markers else {NO_NOTES})
    elif unmatched:
        flags.add(MARKERS_UNMATCHED)
    if unused:
        flags.add(NOTES_UNUSED)
    if missing:
        flags.add(LABELS_INCOMPLETE)
    if len(held) < len(notes):
        flags.add(LABELS_REPEATED)
    if any("cut" in url.repairs for note in notes for url in note.urls) or any(map(stubs, notes)):
        flags.add(CUT_URLS)
    if any(_is_untrusted(url.url) for note in notes for url in note.urls):
        flags.add(UNTRUSTED_COPY)
    return Quality(
        flags=tuple(sorted(flags)),
        missing_labels=missing,
        unmatched_markers=unmatched,
        unused_notes=unused,
        notes_without_url=sum(not note.urls for note in notes),
    )


def _is_untrusted(url: str) -> bool:
    host = url.partition("://")[2].partition("/")[0].lower().removeprefix("www.")
    return host in ARCHIVE_TODAY


def stubs(note: Note) -> tuple[str, ...]:
    """Addresses of a note that were cut to nothing, as printed: nobody can tell which they were."""
    if "…" not in note.text and "..." not in note.text:
        return ()
    return tuple(_STUB.findall(note.text))


def _key(label: str) -> int | str:
    value = label_value(label)
    return label if value is None else value


def _missing(notes: Sequence[Note]) -> tuple[str, ...]:
    """Labels between 1 and the highest that no note has."""
    values = {value for note in notes if (value := label_value(note.label)) is not None}
    highest = min(max(values, default=0), len(notes) + _MAX_NAMED)
    return tuple(str(n) for n in range(1, highest + 1) if n not in values)
