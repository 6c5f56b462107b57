"""What is held, and thought, of each address that a document refers to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from archive.errors import BadUrlError
from archive.model.vocabulary import Status
from archive.show.citing import reading as citing
from archive.show.citing.record import Citation, Work, on_one_line
from archive.show.reading import first_row
from archive.show.withheld import WithheldError, without_hidden
from archive.urls.normal import identify

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from archive.model.documents import ReadDocument, Reference
    from archive.model.reports import CitedUrl

_SOURCE = "SELECT id, status, captures, last_outcome, last_captured_at FROM sources WHERE url = ?"
_PUBLICATION = """
SELECT publications.id, report_id, captures, last_captured_at,
       (SELECT outcome FROM captures WHERE publication_id = publications.id
        ORDER BY captured_at DESC, captures.id DESC LIMIT 1) AS last_outcome
FROM publications WHERE key = :key OR publications.id IN (
    SELECT publication_id FROM publication_aliases WHERE key = :key) LIMIT 1
"""
# As to the +, see `report_reading`.
_COPY = """
SELECT id, captured_at, via FROM captures WHERE {which} = ? AND +outcome = 'ok'
ORDER BY via = 'wayback', captured_at, id LIMIT 1
"""
_ELSEWHERE = "SELECT url, memento_at FROM mementos WHERE source_id = ? AND url IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Judged:
    """One address of one reference.

    Attributes:
        number: Of the reference, from 1, in the document's order.
        label: As the document prints it, or None.
        text: The reference's words.
        url: The address, whole; None: the reference has none.
        as_printed: As it stands in the document.
        repairs: What was mended.
        status: What is thought of it; `unchecked` where nobody looked.
        outcome: How the last look ended, or None.
        checked_at: When that was.
        copy_id: Our first good copy's number, or None.
        copied_at: When it was made.
        archived: Where a copy stands: ours, else another archive's.
        citation: How it is cited, with that copy.
    """

    number: int
    label: str | None
    text: str
    url: str | None
    as_printed: str | None = None
    repairs: tuple[str, ...] = ()
    status: str = Status.UNCHECKED
    outcome: str | None = None
    checked_at: str | None = None
    copy_id: int | None = None
    copied_at: str | None = None
    archived: str | None = None
    citation: Citation | None = None

    def told(self) -> dict[str, Any]:
        """For programs."""
        names = (one.name for one in fields(self) if one.name != "citation")
        found = {name: getattr(self, name) for name in names}
        return {**found, "status": str(self.status) if self.url else None}


@dataclass(frozen=True, slots=True)
class Audit:
    """A document and all that is known of what it refers to."""

    name: str
    document: ReadDocument
    rows: tuple[Judged, ...]

    @property
    def counts(self) -> dict[str, int]:
        """References, addresses among them, and how those stand; each address once."""
        once = {one.url: one for one in self.rows if one.url}
        kept = sum(one.copy_id is not None for one in once.values())
        elsewhere = sum(one.copy_id is None and bool(one.archived) for one in once.values())
        return {
            "references": len(self.document.references),
            "without address": sum(not one.urls for one in self.document.references),
            "addresses": len(once),
            "copy held": kept,
            "copy elsewhere only": elsewhere,
            "could not be had": len(once) - kept - elsewhere,
        }

    @property
    def statuses(self) -> dict[str, int]:
        """How many addresses have which status."""
        once = {one.url: str(one.status) for one in self.rows if one.url}
        return dict(Counter(once.values()).most_common())

    def told(self) -> dict[str, Any]:
        """For programs."""
        return {
            "document": self.name,
            "title": self.document.title,
            "format": self.document.format,
            "counts": self.counts,
            "statuses": self.statuses,
            "doubts": list(self.document.doubts),
            "references": [one.told() for one in self.rows],
        }


def judged(connection: sqlite3.Connection, name: str, document: ReadDocument, root: str) -> Audit:
    """Each reference with what is held of it.

    Args:
        connection: To the archive.
        name: The document's, as it was given.
        document: As read.
        root: The address of the archive's pages, without a slash at its end.
    """
    with without_hidden(connection):
        rows = tuple(_rows(connection, document.references, root))
    return Audit(name, document, rows)


def _rows(
    connection: sqlite3.Connection, references: Sequence[Reference], root: str
) -> Iterator[Judged]:
    for number, reference in enumerate(references, 1):
        text = on_one_line(reference.text)
        for cited in reference.urls:
            yield _judged(connection, Judged(number, reference.label, text, cited.url), cited, root)
        if not reference.urls:
            yield Judged(number, reference.label, text, None)


def _judged(
    connection: sqlite3.Connection, blank: Judged, cited: CitedUrl, root: str
) -> Judged:  # fmt: skip
    try:
        key = identify(cited.url).key
    except BadUrlError:
        key = cited.url
    row = first_row(connection, _SOURCE, [key]) or {}
    publication = first_row(connection, _PUBLICATION, {"key": key})
    if publication and (publication["captures"] or not row):
        known = {**publication, "status": _status_of(publication["last_outcome"])}
        copy = first_row(connection, _COPY.format(which="publication_id"), [publication["id"]])
        citation = _cited(connection, root, report=publication["report_id"])
    else:
        known = row
        copy = first_row(connection, _COPY.format(which="source_id"), [row["id"]]) if row else None
        citation = _cited(connection, root, source=row.get("id"))
    elsewhere = first_row(connection, _ELSEWHERE, [row["id"]]) if row else None
    title = blank.text[:200] or cited.url
    plain = Citation(f"reference-{blank.number}", Work.PAGE, title, (), None, None, None, cited.url)
    citation = citation or plain
    return Judged(
        number=blank.number,
        label=blank.label,
        text=blank.text,
        url=cited.url,
        as_printed=cited.as_printed,
        repairs=cited.repairs,
        status=known.get("status") or Status.UNCHECKED,
        outcome=known.get("last_outcome"),
        checked_at=known.get("last_captured_at"),
        copy_id=copy["id"] if copy else None,
        copied_at=copy["captured_at"] if copy else None,
        archived=citation.archived or (elsewhere["url"] if elsewhere else None),
        citation=citation,
    )


def _status_of(outcome: str | None) -> str:
    """The status of a report, which is no source: by the outcome of its last capture."""
    return Status.ALIVE if outcome in {"ok", "not-modified"} else Status.UNCHECKED


def _cited(
    connection: sqlite3.Connection,
    root: str,
    *,
    source: int | None = None,
    report: str | None = None,
) -> Citation | None:
    try:
        if report is not None:
            return citing.report(connection, report, None, root)
        return citing.source(connection, source, root) if source is not None else None
    except WithheldError:
        return None
