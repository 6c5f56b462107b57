"""The one place where jobs read the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present, UTC, whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
