"""Moments as text: UTC, ISO 8601 with `Z`, wherever they are kept. Contains no business logic."""

from __future__ import annotations

from datetime import UTC, datetime

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def format_time(moment: datetime) -> str:
    """UTC as `2026-03-16T22:05:13Z`; fractions of a second are dropped.

    Raises:
        ValueError: If `moment` has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment!r}")
    # not `strftime`, which writes the year 1 as `1`, in four times the time
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z"


def shown_time(at: str) -> str:
    """A moment as people read it, to the minute: `2026-03-04 02:00 UTC`; what programs read stays
    as `format_time` has it."""
    return f"{at[:16].replace('T', ' ')} UTC"


def parse_time(text: str) -> datetime:
    """The moment that an ISO 8601 text names; UTC where it names no zone."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# --- fetching and keeping -------------------------------------------------------------------------
