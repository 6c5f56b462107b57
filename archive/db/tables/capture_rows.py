"""Captures: their records, payloads and histories. Nothing here writes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from archive.model.due import Validators
from archive.model.fetch import Location, PayloadRef
from archive.model.past import HeldCapture, PastCapture
from archive.model.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sqlite_utils

_OF_LATE = 1_000
"""Captures looked through for those of a run: there is no index by run."""


def history(db: sqlite_utils.Database, publication: int) -> list[PastCapture]:
    """All captures of a publication, in time order."""
    rows = db.execute(
        "SELECT id, captured_at, outcome, complete, content_digest, text_id FROM captures "
        "WHERE publication_id = ? ORDER BY captured_at, id",
        [publication],
    )
    return [
        PastCapture(i, at, outcome, None if complete is None else bool(complete), digest, text)
        for i, at, outcome, complete, digest, text in rows.fetchall()
    ]


def capture_of_record(db: sqlite_utils.Database, record_id: str) -> HeldCapture | None:
    """The capture whose record has this id, with the record's place."""
    row = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at "
        "FROM captures WHERE record_id = ?",
        [record_id],
    ).fetchone()
    return _held_capture(row) if row else None


def captures_like(db: sqlite_utils.Database, record_id: str, number: int) -> list[HeldCapture]:
    """The capture of the record with this id, and the capture with this number: two, one or
    none."""
    rows = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at FROM "
        "captures WHERE record_id = ? OR id = ?",
        [record_id, number],
    ).fetchall()
    return [_held_capture(row) for row in rows]


def holds_chain(db: sqlite_utils.Database, number: int, url: str) -> bool:
    """Whether the capture with this number is of this address: then a redirect that says that it
    led there is held; its own id is in no table."""
    sql = "SELECT 1 FROM captures WHERE id = ? AND url = ?"
    return db.execute(sql, [number, url]).fetchone() is not None


def capture_of_origin(db: sqlite_utils.Database, origin: str) -> HeldCapture | None:
    """The capture that was imported from the record with this id, with its record's place."""
    row = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at "
        "FROM captures WHERE origin = ?",
        [origin],
    ).fetchone()
    return _held_capture(row) if row else None


def capture_at(db: sqlite_utils.Database, url: str, captured_at: str) -> HeldCapture | None:
    """The imported capture of this address at this time, with its record's place."""
    row = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at FROM "
        "captures WHERE url = ? AND captured_at = ? AND origin IS NOT NULL ORDER BY id LIMIT 1",
        [url, captured_at],
    ).fetchone()
    return _held_capture(row) if row else None


def payloads(db: sqlite_utils.Database, url: str | None) -> list[HeldCapture]:
    """The captures that hold a payload of their own, of one address (as asked for or as it
    answered) or of all."""
    rows = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at FROM "
        "captures WHERE payload_digest IS NOT NULL AND revisit_of IS NULL "
        "AND (:url IS NULL OR url = :url OR final_url = :url) ORDER BY id",
        {"url": url},
    ).fetchall()
    return [_held_capture(row) for row in rows]


def capture(db: sqlite_utils.Database, capture_id: int) -> HeldCapture | None:
    """The capture of this number, with its record's place."""
    row = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at "
        "FROM captures WHERE id = ?",
        [capture_id],
    ).fetchone()
    return _held_capture(row) if row else None


def _held_capture(row: Sequence[Any]) -> HeldCapture:
    return HeldCapture(row[0], Location(row[1], row[2], row[3]), row[4], row[5], row[6])


_SAME_PAYLOAD = """
SELECT id, captured_at, outcome, complete, content_digest, text_id FROM captures
WHERE {subject} = :subject AND (record_id = :record OR revisit_of = :record)
    AND http_status IS NOT 304
ORDER BY captured_at, id LIMIT 1
"""


def unchanged(
    db: sqlite_utils.Database,
    http_status: int | None,
    revisit_of: str | None,
    *,
    source: int | None = None,
    publication: int | None = None,
) -> PastCapture | None:
    """The first capture of a source, or of a publication, that read what a 304 says is still right;
    None for other answers.

    The record that holds the payload may be one of another purpose: a page of ours that is cited
    was read there as a report, here as a text.
    """
    if http_status != HTTPStatus.NOT_MODIFIED or revisit_of is None:
        return None
    subject = "publication_id" if source is None else "source_id"
    given = {"subject": publication if source is None else source, "record": revisit_of}
    row = db.execute(_SAME_PAYLOAD.format(subject=subject), given).fetchone()
    if row is None:
        return None
    return PastCapture(
        row[0], row[1], row[2], None if row[3] is None else bool(row[3]), row[4], row[5]
    )


def payload_ref(db: sqlite_utils.Database, payload_digest: str) -> PayloadRef | None:
    """The first capture that holds this payload whole."""
    row = db.execute(
        "SELECT record_id, final_url, captured_at FROM captures "
        "WHERE payload_digest = ? AND revisit_of IS NULL ORDER BY id LIMIT 1",
        [payload_digest],
    ).fetchone()
    return PayloadRef(row[0], row[1], parse_time(row[2]), payload_digest) if row else None


def validators(
    db: sqlite_utils.Database, url: str, kind: str, source: int | None = None
) -> Validators | None:
    """Validators of the newest good capture of exactly this address, with the payload they stand
    for.

    A redirected capture gives none: its validators belong to another address. Nor does one for
    another purpose: what a 304 stands for was then read as something else.

    Args:
        db: The archive.
        url: As it would be requested.
        kind: What it would be captured as.
        source: The source that it would be a capture of, if any; two may be fetched at one address.
    """
    row = db.execute(
        """
        SELECT etag, last_modified, coalesce(revisit_of, record_id), final_url, captured_at,
          payload_digest
        FROM captures
        WHERE url = :url AND final_url = url AND http_status = 200 AND payload_digest IS NOT NULL
              AND (complete IS NULL OR complete = 1) AND kind = :kind AND (:source IS NULL OR
                source_id = :source)
        ORDER BY captured_at DESC, id DESC LIMIT 1
        """,
        {"url": url, "kind": kind, "source": source},
    ).fetchone()
    if row is None or (row[0] is None and row[1] is None):
        return None
    return Validators(row[0], row[1], PayloadRef(row[2], row[3], parse_time(row[4]), row[5]))


def newest_robots(db: sqlite_utils.Database, url: str, since: str) -> HeldCapture | None:
    """The newest capture of ours of a robots.txt since a moment; None where no server answered
    then."""
    row = db.execute(
        "SELECT id, warc_file, warc_offset, warc_length, record_id, revisit_of, captured_at, "
        "http_status FROM captures WHERE url = ? AND captured_at >= ? AND kind = 'robots' "
        "AND via = 'live' ORDER BY captured_at DESC, id DESC LIMIT 1",
        [url, since],
    ).fetchone()
    return _held_capture(row) if row and row[-1] is not None else None


def is_asked(db: sqlite_utils.Database, url: str) -> bool:
    """Whether exactly this address was ever asked for."""
    found = db.execute("SELECT 1 FROM captures WHERE url = ? LIMIT 1", [url]).fetchone()
    return found is not None


class ImportedRecords:
    """Names of records that were imported, each with its address and time: two records of other
    people may have one id.

    What the archive holds is looked up name by name, since it may be a million; what was added
    since is held here.
    """

    def __init__(self, db: sqlite_utils.Database) -> None:
        self._db = db
        self._added: dict[str, str] = {}

    def get(self, name: str, default: str | None = None) -> str | None:
        """Its address and time; `default` where no record of that name was imported."""
        if name in self._added:
            return self._added[name]
        sql = "SELECT url, captured_at FROM captures WHERE origin = ?"
        row = self._db.execute(sql, [name]).fetchone()
        return f"{row[0]} {row[1]}" if row else default

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def __setitem__(self, name: str, place: str) -> None:
        self._added[name] = place


def last_capture_id(db: sqlite_utils.Database) -> int:
    """The highest number ever given to a capture, or 0."""
    row = db.execute(
        "SELECT max(coalesce((SELECT max(id) FROM captures), 0), "
        "coalesce((SELECT max(last_capture_id) FROM warc_files), 0))"
    ).fetchone()
    return int(row[0])


def holds_sources(db: sqlite_utils.Database) -> bool:
    """Whether any cited page was ever captured; of a database of any version."""
    asked = "SELECT EXISTS (SELECT 1 FROM captures WHERE source_id IS NOT NULL)"
    return bool(db.execute(asked).fetchone()[0])


def is_cited(db: sqlite_utils.Database, source_id: int) -> bool:
    """Whether this source is held, cited or captured."""
    return db.execute("SELECT 1 FROM sources WHERE id = ?", [source_id]).fetchone() is not None


def last_read(db: sqlite_utils.Database, url: str) -> str | None:
    """When a page was last captured whole or found unchanged, ISO 8601 UTC.

    None when it never was.
    """
    [(moment,)] = db.execute(
        "SELECT max(captured_at) FROM captures WHERE url = ? AND outcome IN ('ok', 'not-modified')",
        [url],
    ).fetchall()
    return str(moment) if moment else None


def captured_by(db: sqlite_utils.Database, run: str, most: int) -> list[dict[str, Any]]:
    """Pages that a run captured of late, the first first: `id`, `url` (a source's, else as it was
    asked for), `source_id`, `outcome`, `http_status`, `drift`; of the archive's newest captures."""
    sql = f"""
        SELECT captured.id, coalesce(sources.url, captured.url) AS url, source_id, outcome,
               http_status, captured.drift
        FROM (SELECT * FROM captures ORDER BY id DESC LIMIT {_OF_LATE}) AS captured
        LEFT JOIN sources ON sources.id = captured.source_id
        WHERE run = ? AND (source_id IS NOT NULL OR publication_id IS NOT NULL)
        ORDER BY captured.id LIMIT ?
        """  # noqa: S608 - ours
    return list(db.query(sql, [run, most]))
