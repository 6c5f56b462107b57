"""Sources as they are cited: their rows, and what of them follows from the citations."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING

from archive.db.schema.counts import ADDING, COUNTED, NEW
from archive.db.schema.million import UNDATED
from archive.model.sources import SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import sqlite_utils

_COLUMNS = tuple(field.name for field in fields(SourceRow))
_MERGE = f"""
INSERT INTO sources ({", ".join(_COLUMNS)}) VALUES ({", ".join("?" for _ in _COLUMNS)})
ON CONFLICT (id) DO UPDATE SET cited_url = excluded.cited_url WHERE excluded.cited_url < cited_url
"""  # noqa: S608 - names of ours
# What `_REFRESH` would find for a source that one version cites and nobody captured: written at
# once, its row enters the indexes once.
_CITE = f"""
INSERT INTO sources ({", ".join(_COLUMNS)}, first_cited_at, next_due_at, first_cited, last_cited,
    report_count) VALUES ({", ".join("?" for _ in _COLUMNS)}, ?, ?, ?, ?, 1)
"""  # noqa: S608 - names of ours
_NEW = ", ".join(":sources" if name in NEW else "0" for name in COUNTED)
_COUNT_HOST = (
    f"INSERT INTO host_counts (host, platform, cited, {', '.join(COUNTED)}) "  # noqa: S608 - ours
    f"VALUES (:host, :platform, 1, {_NEW}) ON CONFLICT DO UPDATE SET {ADDING}"
)
_COUNT_YEAR = (
    f"INSERT INTO year_counts (year, {', '.join(COUNTED)}) VALUES (:year, {_NEW}) "  # noqa: S608
    f"ON CONFLICT DO UPDATE SET {ADDING}"
)
# Sources are half of all rows: a row as a dictionary takes five times as long.
_values = attrgetter(*_COLUMNS)

# first_cited_at, first_cited, last_cited and report_count follow from the citations, and when a
# source is due that was never captured; one that no version cites any more and that was never
# captured was a misreading of an older parser.
_REFRESH = """
UPDATE sources SET (first_cited_at, first_cited, last_cited, report_count, next_due_at) = (
    SELECT min(versions.first_captured_at), min(versions.report_date), max(versions.report_date),
           count(DISTINCT coalesce(publications.report_id, versions.publication_id)),
           CASE WHEN sources.captures = 0 THEN min(versions.first_captured_at) ELSE
             sources.next_due_at END
    FROM citations
    JOIN versions ON versions.id = citations.version_id
    JOIN publications ON publications.id = versions.publication_id
    WHERE citations.source_id = sources.id)
WHERE id IN (SELECT value FROM json_each(?))
"""
_DROP_UNCITED = """
DELETE FROM sources WHERE report_count = 0 AND captures = 0 AND id IN (SELECT value FROM
    json_each(?))
    AND NOT EXISTS (SELECT 1 FROM captures WHERE captures.source_id = sources.id)  -- another archive's copy
    AND NOT EXISTS (SELECT 1 FROM mementos WHERE mementos.source_id = sources.id)
"""  # noqa: E501


def merge(db: sqlite_utils.Database, rows: Iterable[SourceRow]) -> None:
    """Make sure these sources exist."""
    db.conn.executemany(_MERGE, map(_values, rows))


def cite(
    db: sqlite_utils.Database, cited: Mapping[int, SourceRow], at: str, report_date: str | None
) -> tuple[set[int], set[int]]:
    """Make sure that the sources exist that a version cites.

    Args:
        db: The archive.
        cited: The sources, by id.
        at: When the version was first captured.
        report_date: What day its report is of.

    Returns:
        Those that were there before: what is kept of them has to be refreshed (`refresh`) once the
        citations are written. And those that were not, which are as they should be.
    """
    held = db.execute(
        "SELECT id FROM sources WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(cited))],
    )
    known = {number for (number,) in held.fetchall()}
    merge(db, (cited[number] for number in known))
    follows = (at, at, report_date, report_date)
    fresh = [row for number, row in cited.items() if number not in known]
    db.conn.executemany(_CITE, [(*_values(row), *follows) for row in fresh])
    if fresh:
        _count(db, fresh, report_date[:4] if report_date is not None else UNDATED)
    return known, cited.keys() - known


def _count(db: sqlite_utils.Database, fresh: Sequence[SourceRow], year: str) -> None:
    """Count sources that are cited for the first time: what the triggers of `sources` do for
    changes, once for all that count alike."""
    hosts = Counter((row.host, row.platform) for row in fresh)
    db.conn.executemany(
        _COUNT_HOST,
        [{"host": h, "platform": p, "sources": number} for (h, p), number in hosts.items()],
    )
    db.execute(_COUNT_YEAR, {"year": year, "sources": len(fresh)})


def refresh(db: sqlite_utils.Database, ids: set[int]) -> None:
    """Let sources follow from their citations; those that nothing speaks for go."""
    if not ids:
        return
    listed = json.dumps(sorted(ids))
    for sql in (_REFRESH, _DROP_UNCITED):
        db.execute(sql, [listed])


def sources_of(db: sqlite_utils.Database, versions: Sequence[int]) -> Iterator[int]:
    """The sources that these versions cite."""
    if not versions:
        return iter(())
    rows = db.execute(
        "SELECT DISTINCT source_id FROM citations WHERE source_id IS NOT NULL "
        "AND version_id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(versions))],
    )
    return (row[0] for row in rows.fetchall())
