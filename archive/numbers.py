"""Numbers of captures: in the order of time, never the same twice, without asking a database or another writer.

A number has 53 bits, so that JavaScript and JSON keep it whole: 41 bits for the milliseconds since 2024 (until 2093), 12 for
whoever writes. One writer counts on where the clock stands still or was set back, so its numbers always grow. Two writers
that begin the same millisecond with the same 12 bits would give one number twice: recovery and `rebuild` then give the
second capture another one, made of its record alone (`of_record`), and say so.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_WRITER_BITS = 12
_TIME_BITS = 41


class CaptureNumbers:
    """The numbers that one writer gives."""

    def __init__(self, last: int, now: Callable[[], datetime], writer: int | None = None) -> None:
        """Begin.

        Args:
            last: The highest number known to be given.
            now: Tells the time.
            writer: 12 bits that tell writers apart; None: drawn by lot.
        """
        self.last = last
        self._now = now
        self._writer = secrets.randbits(_WRITER_BITS) if writer is None else writer

    def next(self) -> int:
        """A number never given before."""
        self.last = max(self.last + 1, _number(self._now(), self._writer))
        return self.last

    def heard(self, number: int) -> None:
        """Another writer gave this one."""
        self.last = max(self.last, number)


def of_record(captured_at: datetime, record_id: str) -> int:
    """A number made of what a record says, for a capture whose own number another one has."""
    digest = hashlib.sha256(record_id.encode()).digest()
    return _number(captured_at, int.from_bytes(digest[:2], "big") % (1 << _WRITER_BITS))


def _number(moment: datetime, writer: int) -> int:
    milliseconds = int((moment - _EPOCH).total_seconds() * 1000)
    # a clock far off must not make a number that is none: it is counted on from the last one
    return (min(max(milliseconds, 0), (1 << _TIME_BITS) - 1) << _WRITER_BITS) | writer
