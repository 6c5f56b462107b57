"""How the steps of discovery do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.past import StepTried

if TYPE_CHECKING:
    import sqlite_utils


def last_step(db: sqlite_utils.Database, site: str, step: str) -> StepTried | None:
    """How a step of a site's discovery did; None when it was never tried."""
    row = db.execute(
        "SELECT tried_at, ok FROM discovery_steps WHERE site = ? AND step = ?", [site, step]
    ).fetchone()
    return StepTried(row[0], bool(row[1])) if row else None


def dead_steps(db: sqlite_utils.Database) -> list[tuple[str, str, str]]:
    """Discovery steps that need a person: those that worked once and now fail, and all of a site
    where none works.

    A step that never worked beside others that do (ISW's feed) is only shown by `status`.
    """
    rows = db.execute(
        """
        SELECT site, step, coalesce(detail, 'failed') FROM discovery_steps AS steps
        WHERE NOT ok AND (last_ok_at IS NOT NULL OR NOT EXISTS (
            SELECT 1 FROM discovery_steps AS other WHERE other.site = steps.site AND other.ok))
        ORDER BY site, step
        """
    )
    return [(site, step, detail) for site, step, detail in rows.fetchall()]


def record(
    db: sqlite_utils.Database,
    step: tuple[str, str],
    *,
    at: str,
    ok: bool,
    found: int,
    detail: str | None,
) -> None:
    """Record how one step did; `step` is its site and its name."""
    site, name = step
    db.execute(
        """
        INSERT INTO discovery_steps (site, step, tried_at, ok, last_ok_at, found, detail)
        VALUES (:site, :step, :at, :ok, CASE WHEN :ok THEN :at END, :found, :detail)
        ON CONFLICT (site, step) DO UPDATE SET
            tried_at = excluded.tried_at, ok = excluded.ok,
            last_ok_at = coalesce(excluded.last_ok_at, last_ok_at),
            found = excluded.found, detail = excluded.detail
        """,
        {"site": site, "step": name, "at": at, "ok": ok, "found": found, "detail": detail},
    )
