"""What cites sources, counted with the versions that do: by series, and by account and report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.db.schema import life_counts
from archive.db.schema.counts import ADDING, COUNTED, NEW
from archive.db.schema.million import ACCOUNTS_OF, SERIES_COUNTS_OF, SERIES_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlite_utils

COUNTS_WAIT = 2
"""`PRAGMA user_version` while an empty database is filled: all is counted at the end."""
_COUNTS = (
    "account_reports", "account_counts", "series_sources", "series_counts", "life_counts",
)  # fmt: skip
"""Rows of the first, as they go, take from the second."""

_LISTED = "IN (SELECT value FROM json_each(?))"
_DROP_SERIES = f"DELETE FROM series_sources WHERE source_id {_LISTED}"  # noqa: S608 - ours
_PUT_SERIES = (
    f"INSERT INTO series_sources {SERIES_OF.format(chosen=f'citations.source_id {_LISTED}')}"
)
_PUT_COUNTS = (
    "INSERT INTO series_counts "
    f"{SERIES_COUNTS_OF.format(chosen=f'series_sources.source_id {_LISTED}')} "
    f"ON CONFLICT DO UPDATE SET {ADDING}"
)
_TAKE_COUNTS = _PUT_COUNTS.replace(
    ADDING, ", ".join(f"{name} = {name} - excluded.{name}" for name in COUNTED)
)
_PUT_LIVES, _TAKE_LIVES = (
    life_counts.in_series(sign, f"series_sources.source_id {_LISTED}") for sign in (1, -1)
)
_ADD_SERIES = """
INSERT INTO series_sources (source_id, series, reports, first_cited)
SELECT value, series, 1, report_date FROM reports, json_each(:sources) WHERE reports.id = :report
"""
_ADD_COUNTS = f"""
INSERT INTO series_counts (series, {", ".join(COUNTED)})
SELECT series, {", ".join(":number" if name in NEW else "0" for name in COUNTED)}
FROM reports WHERE reports.id = :report ON CONFLICT DO UPDATE SET {ADDING}
"""  # noqa: S608 - ours
_DROP_COUNTS = "DELETE FROM series_counts WHERE sources = 0"
_DROP_ACCOUNTS = f"DELETE FROM account_reports WHERE report {_LISTED}"  # noqa: S608 - ours
_PUT_ACCOUNTS = f"INSERT INTO account_reports {ACCOUNTS_OF.format(chosen=f'reports.id {_LISTED}')}"
_COUNT_ACCOUNTS = f"""
INSERT INTO account_counts (platform, account, reports, citations, last_cited)
SELECT platform, account, count(*), sum(citations), max(report_date) FROM account_reports
WHERE report {_LISTED} GROUP BY 1, 2
ON CONFLICT DO UPDATE SET reports = reports + excluded.reports,
    citations = citations + excluded.citations,
    last_cited = coalesce(max(last_cited, excluded.last_cited), last_cited, excluded.last_cited)
"""  # noqa: S608 - ours


def wait(db: sqlite_utils.Database) -> bool:
    """Whether nothing is counted until all is there (`archive.db.deferred_indexes`)."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] == COUNTS_WAIT)


def count_all(db: sqlite_utils.Database) -> None:
    """Count what cites all sources, and what all reports cite; inside the caller's transaction.
    Tables that a database does not have yet are filled by what makes them."""
    held = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for name in (one for one in _COUNTS if one in held):
        db.execute(f"DELETE FROM {name}")  # noqa: S608 - ours
        db.execute(f"INSERT INTO {name} {life_counts.ANEW[name]}")


def follow(db: sqlite_utils.Database, sources: Iterable[int], reports: Iterable[str]) -> None:
    """Count anew what cites these sources, and what these reports cite; inside the caller's
    transaction.

    Args:
        db: The archive; versions, publications and reports are what they will be.
        sources: All that are cited, or were, by what changed.
        reports: All that changed, or that a publication left or joined.
    """
    if chosen := sorted(sources):
        listed = json.dumps(chosen)
        for sql in (
            _TAKE_COUNTS, _TAKE_LIVES, _DROP_SERIES, _PUT_SERIES, _PUT_COUNTS, _PUT_LIVES,
        ):  # fmt: skip
            db.execute(sql, [listed])
        for sql in (_DROP_COUNTS, life_counts.DROP_EMPTY):
            db.execute(sql)
    changed = json.dumps(sorted(reports))
    for sql in (_DROP_ACCOUNTS, _PUT_ACCOUNTS, _COUNT_ACCOUNTS):
        db.execute(sql, [changed])


def add(db: sqlite_utils.Database, sources: set[int], reports: Iterable[str]) -> None:
    """Count that these reports cite sources which nothing cited before, and of which nothing else
    is known; inside the caller's transaction."""
    if not sources:
        return
    listed = json.dumps(sorted(sources))
    for report in reports:
        db.execute(_ADD_SERIES, {"sources": listed, "report": report})
        db.execute(_ADD_COUNTS, {"number": len(sources), "report": report})
