"""The one place where the clock is read."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta

TEST_CLOCK = "ISW_ARCHIVE_TEST_CLOCK"
"""For tests and the demo: the moment (ISO 8601) at which a process believes to start. The replica's world lies in the
past, and a correction is only seen by who captured before it. Each WARC made under it says so in its warcinfo."""

_STARTED = time.monotonic()


def now() -> datetime:
    """The present, UTC, whole seconds."""
    pretended = os.environ.get(TEST_CLOCK)
    if pretended is None:
        return datetime.now(UTC).replace(microsecond=0)
    begun = datetime.fromisoformat(pretended).astimezone(UTC)
    return (begun + timedelta(seconds=time.monotonic() - _STARTED)).replace(microsecond=0)


def pretended() -> str | None:
    """The moment the test clock started at, or None when the clock is real."""
    return os.environ.get(TEST_CLOCK)
