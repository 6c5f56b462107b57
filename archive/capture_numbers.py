"""Numbers of captures: in the order of time, and not the same twice, though no database is asked
for each.

A number has 36 bits: 31 for the seconds since 2024 (until 2092) and 5 more, so that those of a
version's notes and citations, made of it, stay below 63. One writer counts on where it is faster
than that, or the clock stands still or was set back: its numbers always grow. The next writer
begins above what is known, and with what the last one left taken in
(`pipeline.run.jobs.mending.recover`). Should two captures have one number all the same, as in
archives of the first version after a kill, the second gets one made of its record alone
(`of_record`), and that is said.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_EXTRA_BITS = 5
_TIME_BITS = 31
_MOST = 1 << (_TIME_BITS + _EXTRA_BITS)
# What an archive needs in all its time: of ten million captures in a year, a century's.
_LEFT = 1 << 30


class CaptureNumbers:
    """The numbers that one writer gives."""

    def __init__(self, last: int, now: Callable[[], datetime], *, even: bool = False) -> None:
        """Begin.

        Args:
            last: The highest number known to be given.
            now: Tells the time.
            even: Give even numbers alone, for the odd ones are given by workers elsewhere
                (`pipeline.run.cluster`).
        """
        self.last = last
        self._now = now
        self._even = even

    def next(self) -> int:
        """A number never given before."""
        found = max(self.last + 1, _number(self._now(), 0))
        self.last = found + found % 2 if self._even else found
        return self.last

    def heard(self, number: int) -> None:
        """Take account of a number that another writer gave."""
        self.last = max(self.last, number)


class ReservedNumbers(CaptureNumbers):
    """Every second one of a range that nobody else has: those of one job of a cluster."""

    def __init__(self, first: int, count: int) -> None:
        """Begin.

        Args:
            first: The first of them, an odd one.
            count: How many there are.
        """
        self.last = first - 2
        self._end = first + 2 * count

    def next(self) -> int:
        """A number never given before.

        Raises:
            ArchiveError: All of them are.
        """
        if self.last + 2 >= self._end:
            raise ArchiveError("the numbers of this job are used up; what is left stays due")
        self.last += 2
        return self.last

    def heard(self, number: int) -> None:
        """Ignore a number that another writer gave: it is none of this range."""


def is_number(number: int) -> bool:
    """Whether a number is one that could be given, and more after it: a stranger's record may state
    any."""
    return 0 <= number < _MOST - _LEFT


def number_at(moment: datetime) -> int:
    """The least number that a capture made at this moment may have."""
    return _number(moment, 0)


def of_record(captured_at: datetime, record_id: str) -> int:
    """A number made of what a record says, for a capture whose own number another one has."""
    digest = hashlib.sha256(record_id.encode()).digest()
    return _number(captured_at, digest[0] % (1 << _EXTRA_BITS))


def _number(moment: datetime, extra: int) -> int:
    seconds = int((moment - _EPOCH).total_seconds())
    # a clock far off must not make a number that is none: it is counted on from the last one
    return (min(max(seconds, 0), (1 << _TIME_BITS) - 1) << _EXTRA_BITS) | extra
