"""Publications, their versions and what each says: what decisions about a report need. Nothing here
writes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.model.past import StoredVersion
from archive.model.reports import CapturedContent, Change, CitedUrl, Content, Figure, Note
from archive.model.rows import PublicationRow
from archive.urls.publishers.registry import FIRST

if TYPE_CHECKING:
    from collections.abc import Collection

    import sqlite_utils


def publication_id(db: sqlite_utils.Database, key: str) -> int | None:
    """The publication at this address, or that has it as another address."""
    row = db.execute(
        """
        SELECT id, captures > 0 AS held FROM publications WHERE key = :key
        UNION ALL
        SELECT publication_id, 1 FROM publication_aliases WHERE key = :key
        ORDER BY held DESC LIMIT 1
        """,
        {"key": key},
    ).fetchone()
    return row[0] if row else None


_MAX_LINKS = 5  # short links that lead to short links


def publication_behind(db: sqlite_utils.Database, source_url: str) -> int | None:
    """The publication that a short link was seen to lead to, by the link's canonical address."""
    for _ in range(_MAX_LINKS):
        row = db.execute(
            """
            SELECT leads_to FROM captures JOIN sources ON sources.id = captures.source_id
            WHERE sources.url = ? AND leads_to IS NOT NULL ORDER BY captured_at DESC, captures.id
              DESC LIMIT 1
            """,
            [source_url],
        ).fetchone()
        if row is None:
            return None
        found = publication_id(db, row[0])
        if found is not None:
            return found
        source_url = row[0]
    return None


def captured_contents(db: sqlite_utils.Database, publication: int) -> list[CapturedContent]:
    """The captures of a publication that could be read as a report."""
    rows = db.execute(
        "SELECT id, captured_at, content_digest, complete FROM captures "
        "WHERE publication_id = ? AND content_digest IS NOT NULL",
        [publication],
    )
    return [
        CapturedContent(i, at, digest, bool(complete))
        for i, at, digest, complete in rows.fetchall()
    ]


def stored_versions(db: sqlite_utils.Database, publication: int) -> list[StoredVersion]:
    """The versions of a publication, in order."""
    rows = db.execute(
        "SELECT id, version, first_captured_at, last_captured_at, captures, complete, change, "
        "content_digest FROM versions WHERE publication_id = ? ORDER BY version",
        [publication],
    )
    return [
        StoredVersion(i, n, first, last, captures, bool(complete), _change(change), digest)
        for i, n, first, last, captures, complete, change, digest in rows.fetchall()
    ]


def _change(text: str | None) -> Change | None:
    if text is None:
        return None
    fields: dict[str, Any] = json.loads(text)
    listed: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Change(**listed)


# From one parser to the next in an index: they are few, versions are many.
STALE_PUBLICATIONS = """
WITH RECURSIVE used (parser) AS (
    SELECT min(parser) FROM versions UNION ALL
    SELECT (SELECT min(parser) FROM versions WHERE versions.parser > used.parser) FROM used
    WHERE used.parser IS NOT NULL)
SELECT DISTINCT publication_id FROM versions
WHERE parser IN (SELECT parser FROM used WHERE parser NOT IN (SELECT value FROM json_each(?)))
ORDER BY publication_id
"""


def stale_publications(db: sqlite_utils.Database, parsers: Collection[str]) -> list[int]:
    """Publications with a version that none of these parsers made."""
    rows = db.execute(STALE_PUBLICATIONS, [json.dumps(sorted(parsers))])
    return [row[0] for row in rows.fetchall()]


def newest_version(db: sqlite_utils.Database, report: str, *, but: str) -> int | None:
    """The newest complete version of a report, of publications by any publisher but one."""
    row = db.execute(
        """
        SELECT versions.id FROM versions JOIN publications ON publications.id =
          versions.publication_id
        WHERE publications.report_id = ? AND publications.publisher != ? AND versions.complete
        ORDER BY publications.publisher != ?, versions.last_captured_at DESC, versions.id DESC
        LIMIT 1
        """,
        [report, but, FIRST],
    ).fetchone()
    return row[0] if row else None


def publications_by(db: sqlite_utils.Database, report: str, publisher: str) -> list[int]:
    """A report's publications by one publisher."""
    rows = db.execute(
        "SELECT id FROM publications WHERE report_id = ? AND publisher = ? ORDER BY id",
        [report, publisher],
    )
    return [row[0] for row in rows.fetchall()]


def version_content(db: sqlite_utils.Database, version: int) -> Content:
    """What a version is compared by, read back from its rows."""
    title, text, complete = db.execute(
        "SELECT title, text, complete FROM versions WHERE id = ?", [version]
    ).fetchone()
    urls: dict[int, list[CitedUrl]] = {}
    for note_id, url, printed, repairs in db.execute(
        "SELECT note_id, url, as_printed, repairs FROM citations WHERE version_id = ? ORDER BY id",
        [version],
    ).fetchall():
        urls.setdefault(note_id, []).append(CitedUrl(url, printed, tuple(json.loads(repairs))))
    notes = db.execute(
        "SELECT id, label, text FROM notes WHERE version_id = ? ORDER BY position", [version]
    )
    figures = db.execute(
        "SELECT url, caption FROM figures WHERE version_id = ? ORDER BY position", [version]
    )
    return Content(
        title=title,
        text=text,
        notes=tuple(
            Note(label, body, tuple(urls.get(i, ()))) for i, label, body in notes.fetchall()
        ),
        figures=tuple(Figure(url, caption) for url, caption in figures.fetchall()),
        complete=bool(complete),
    )


def publication(db: sqlite_utils.Database, publication_id: int) -> PublicationRow:
    """A publication that is held."""
    row = db.execute(
        "SELECT id, key, url, publisher FROM publications WHERE id = ?", [publication_id]
    ).fetchone()
    return PublicationRow(*row)
