"""Records of other people's files: what tells them apart, and what keeps one from being taken in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.records import format_time
from archive.urls import normal as urls
from archive.warc.http import body_is_short
from archive.warc.reader import MAX_RECORD_BYTES
from archive.warc.record import raw_body

if TYPE_CHECKING:
    from pathlib import Path

    from archive.errors import WarcError
    from archive.warc.reader import WarcRecord

EARLIEST = datetime(1991, 8, 6, tzinfo=UTC)
"""The first web page (https://info.cern.ch); no capture is older."""

CLOCK_SLACK = timedelta(days=1)
"""A capture may come from a machine whose clock is ahead of ours, but not by more."""


@dataclass(slots=True)
class Sorting:
    """One file under way.

    Attributes:
        path: The file as the user named it.
        reading: The WARC under way: `path`, or a copy of what it holds.
        others: Responses at addresses that are no report's: only cited ones are taken in.
        revisits: Records that stand for an earlier payload, for when the rest of the file is in.
        left_out: Reasons, counted.
        taken: Captures kept.
        where: For each reason, the place of the first.
        stopped: Why the file could not be read to its end.
    """

    path: Path
    reading: Path | None = None
    others: set[tuple[str, str]] = field(default_factory=set)
    revisits: set[tuple[str, str]] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    where: dict[str, str] = field(default_factory=dict)
    stopped: WarcError | None = None

    def leave_out(self, record: WarcRecord, why: str) -> None:
        """Note a record that is not taken in."""
        self.left_out[why] += 1
        self.where.setdefault(why, f"{record.uri or 'no address'} at byte {record.location.offset}")

    def complaint(self) -> str | None:
        """One line on all that was left out."""
        if not self.left_out:
            return None
        parts = (f"{n} {why} (first: {self.where[why]})" for why, n in self.left_out.items())
        return f"{self.path}: not taken in: {'; '.join(parts)}"


def place_of(record: WarcRecord) -> str:
    """Address and time: with the record's id, what tells it from all others."""
    return f"{record.uri} {format_time(record.date) if record.date else None}"


def key_of(record: WarcRecord) -> tuple[str, str]:
    """What tells a record from all others; some tools write no ids, and some the same twice."""
    return record.record_id, place_of(record)


def origin_of(record: WarcRecord, known: dict[str, str]) -> str:
    """The name under which an import is remembered: the record's id, where that is its own.

    Args:
        record: From somebody else's file.
        known: Names given so far, each with its address and time.
    """
    place = place_of(record)
    if not record.record_id:
        return f"{place} {record.payload_digest}"
    if known.get(record.record_id, place) == place:
        return record.record_id
    return f"{record.record_id} {place}"


def unusable(record: WarcRecord, now: datetime) -> str | None:
    """Why a response cannot be a capture, or None."""
    if record.uri is None:
        return "without an address"
    if record.date is None:
        return "without a date"
    if not EARLIEST <= record.date <= now + CLOCK_SLACK:
        return "with an impossible date"
    if record.cut:
        return f"larger than {MAX_RECORD_BYTES} bytes"
    return None


def is_report(url: str | None) -> bool:
    """Whether this is the address of an ISW or CTP report."""
    try:
        return url is not None and urls.is_report_url(url)
    except BadUrlError:
        return False


def truncation(record: WarcRecord) -> str | None:
    """`WARC-Truncated` of the copy: as the record says, or where its body is shorter than its headers promise."""
    if record.truncated or record.type == "revisit" or record.http_start_line is None:
        return record.truncated
    return "unspecified" if body_is_short(record.http_headers, raw_body(record)) else None
