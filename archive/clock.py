"""The one place where the clock is read."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from archive.errors import BadInputError

TEST_CLOCK = "ISW_ARCHIVE_TEST_CLOCK_OFFSET_S"
"""For tests and the demo: seconds added to the real time. The replica's world lies in the past, and
a correction is only seen by who captured before it. Each WARC made under it says so in its
warcinfo."""


def now() -> datetime:
    """The present, UTC, whole seconds.

    Raises:
        BadInputError: `TEST_CLOCK` is no number of seconds, or leads out of the calendar.
    """
    offset, real = os.environ.get(TEST_CLOCK), datetime.now(UTC)
    try:
        told = real if offset is None else real + timedelta(seconds=float(offset))
    except (ValueError, OverflowError):
        raise BadInputError(
            f"{TEST_CLOCK}: {offset!r} is no number of seconds; unset it, it is for tests"
        ) from None
    return told.replace(microsecond=0)


def pretended_offset_s() -> str | None:
    """Seconds by which the clock is off, or None when it is real."""
    return os.environ.get(TEST_CLOCK)


def offset_to(moment: datetime) -> str:
    """The value of `TEST_CLOCK` under which it is `moment` now."""
    return str((moment - datetime.now(UTC)).total_seconds())
