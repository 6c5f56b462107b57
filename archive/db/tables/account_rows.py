"""Who was seen behind accounts, by the numbers that platforms give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.tables.verdict_rows import SOURCE
from archive.model.past import JudgedSource, Sighting

if TYPE_CHECKING:
    import sqlite_utils

_OF_ACCOUNT = "platform = ? AND account = ?"
_SIGHTINGS = f"""
SELECT captured_at, captures.id, account_id FROM sources
CROSS JOIN captures ON captures.source_id = sources.id
WHERE {_OF_ACCOUNT} AND account_id IS NOT NULL AND via != 'wayback'
ORDER BY captured_at, captures.id
"""  # noqa: S608 - ours


def account_ids(db: sqlite_utils.Database, source: JudgedSource) -> frozenset[str]:
    """The numbers that were ever seen at the address of a source's account."""
    sql = f"SELECT account_id FROM account_ids WHERE {_OF_ACCOUNT}"  # noqa: S608 - ours
    rows = db.execute(sql, [source.platform, source.account])
    return frozenset(row[0] for row in rows.fetchall())


def sightings(db: sqlite_utils.Database, source: JudgedSource) -> list[Sighting]:
    """The captures that say who held the address of a source's account, in time order."""
    rows = db.execute(_SIGHTINGS, [source.platform, source.account])
    return [Sighting(*row) for row in rows.fetchall()]


def of_account(db: sqlite_utils.Database, source: JudgedSource) -> list[JudgedSource]:
    """Other captured sources of its account."""
    sql = f"{SOURCE} WHERE {_OF_ACCOUNT} AND captures > 0 AND id != ? ORDER BY id"
    rows = db.execute(sql, [source.platform, source.account, source.id])
    return [JudgedSource(*row) for row in rows.fetchall()]
