"""Reading what is known of other archives' copies: which sources to ask about, and what was asked and taken before."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from archive.queries import SOURCE_TRIES
from archive.records import Memento, Outcome

if TYPE_CHECKING:
    import sqlite_utils

LOST = frozenset(
    {
        Outcome.GONE, Outcome.REMOVED, Outcome.SOFT_404, Outcome.PARKED, Outcome.DNS_FAILURE, Outcome.REDIRECTED_AWAY,
        Outcome.FORBIDDEN, Outcome.CHALLENGE, Outcome.LOGIN_WALL, Outcome.CONSENT_WALL, Outcome.PAYWALL,
        Outcome.TLS_FAILURE, Outcome.THIN, Outcome.REDIRECT_LOOP,
    }
)  # fmt: skip
"""Outcomes with which the live page is not to be had.

Not `robots-disallowed`: a copy is somebody else's, and asking for it breaks no rule of the site; but a site that asks
machines to keep out has not lost its page, and what it does not want kept is not kept by a detour either. Not
`address-refused` and `unsupported`: no archive can have those."""

LOST_AT_LAST = frozenset(
    {Outcome.TIMEOUT, Outcome.CONNECTION_FAILURE, Outcome.SERVER_ERROR, Outcome.RATE_LIMITED}
)
"""The same, once it will not be tried again."""

POINTLESS = frozenset({"wayback", "shortlink"})
"""Platforms whose addresses are copies themselves, or only lead elsewhere."""


@dataclass(frozen=True, slots=True)
class WantedMemento:
    """A source to ask about.

    Attributes:
        cited_on: `YYYY-MM-DD` of the first report that cites it.
    """

    source_id: int
    cited_url: str
    cited_on: str


def wanted(db: sqlite_utils.Database, *, now: str, limit: int) -> list[WantedMemento]:
    """Sources whose live page cannot be had and of which no copy is held, never asked about first, newest first.

    Args:
        db: The archive.
        now: ISO 8601.
        limit: At most so many.
    """
    rows = db.execute(
        f"""
        SELECT sources.id, cited_url,
               (SELECT min(coalesce(versions.report_date, substr(versions.first_captured_at, 1, 10)))
                FROM citations JOIN versions ON versions.id = citations.version_id
                WHERE citations.source_id = sources.id)
        FROM sources LEFT JOIN mementos ON mementos.source_id = sources.id
        WHERE report_count > 0 AND platform NOT IN ({_listed(POINTLESS)})
              AND (last_outcome IN ({_listed(LOST)})
                   OR status = 'dead'
                   OR (last_outcome IN ({_listed(LOST_AT_LAST)}) AND captures >= {SOURCE_TRIES}))
              AND (mementos.source_id IS NULL OR mementos.next_due_at <= :now)
        ORDER BY mementos.source_id IS NOT NULL, last_cited DESC, sources.id
        LIMIT :limit
        """,  # noqa: S608 - names from above
        {"now": now, "limit": limit},
    )
    return [WantedMemento(*row) for row in rows.fetchall()]


def _listed(names: frozenset[str] | frozenset[Outcome]) -> str:
    return ", ".join(f"'{name}'" for name in sorted(names))


@dataclass(frozen=True, slots=True)
class PastCheck:
    """One question that was asked.

    Attributes:
        asked: Its address.
        found: Copies to try, best first; None when there was no answer.
    """

    capture_id: int
    checked_at: str
    asked: str
    found: tuple[Memento, ...] | None


@dataclass(frozen=True, slots=True)
class PastCopy:
    """One copy that was taken, whatever came of it."""

    capture_id: int
    captured_at: str
    outcome: str
    http_status: int | None
    url: str
    memento_at: str | None


def checks(db: sqlite_utils.Database, source: int) -> list[PastCheck]:
    """All questions about a source, in time order."""
    rows = db.execute(
        "SELECT capture_id, checked_at, captures.url, found FROM memento_checks "
        "JOIN captures ON captures.id = capture_id WHERE memento_checks.source_id = ? "
        "ORDER BY checked_at, capture_id",
        [source],
    )
    return [PastCheck(i, at, url, _found(text)) for i, at, url, text in rows.fetchall()]


def copies(db: sqlite_utils.Database, source: int) -> list[PastCopy]:
    """All copies of a source that were taken, in time order."""
    rows = db.execute(
        "SELECT id, captured_at, outcome, http_status, final_url, memento_at FROM captures "
        "WHERE source_id = ? AND via = 'wayback' ORDER BY captured_at, id",
        [source],
    )
    return [PastCopy(*row) for row in rows.fetchall()]


def found_text(found: tuple[Memento, ...] | None) -> str | None:
    """Copies as the table of questions keeps them."""
    return None if found is None else json.dumps([asdict(m) for m in found], ensure_ascii=False)


def _found(text: str | None) -> tuple[Memento, ...] | None:
    return None if text is None else tuple(Memento(**fields) for fields in json.loads(text))
