"""Records of other people's files: what identifies them, and what keeps one from being taken in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.warc.digests import digest_matches
from archive.warc.http import body_is_short
from archive.warc.reader import MAX_RECORD_BYTES
from archive.warc.record import raw_body

if TYPE_CHECKING:
    from pathlib import Path

    from archive.warc.reader import WarcRecord
    from archive.warc.through import Wound

EARLIEST = datetime(1991, 8, 6, tzinfo=UTC)
"""The first web page (https://info.cern.ch); no capture is older."""

CLOCK_SLACK = timedelta(days=1)
"""A capture may come from a machine whose clock is ahead of ours, but not by more."""

ADDRESSED = frozenset({"response", "revisit", "resource", "conversion", "continuation"})
"""Types whose records are of an address; others are extensions, which readers pass by (section
5.5)."""

NAMED = 3
"""Damaged places named in one line."""

_OF_TYPE = {
    "conversion": "of type conversion, which somebody made from another record",
    "continuation": (
        "of type continuation, parts of records in segments of which others are missing"
    ),
}


@dataclass(slots=True)
class Sorting:
    """One file under way.

    Attributes:
        path: The file as the user named it.
        reading: The WARC under way: `path`, or a copy of what it holds.
        others: Records at addresses that are no report's, by WARC and place in it: only cited ones
            are taken in.
        left_out: Reasons, counted.
        taken: Captures kept.
        held: Records that were imported before.
        not_ours: Records at addresses that nobody cites.
        joined: Continuations that are in the captures of what they continue.
        doubted: Records that were taken in though something speaks against them, by reason.
        where: For each reason, the place of the first.
        wounds: What is damaged, in words.
        others_asked: Of each WARC, which answers were to other methods than GET
            (`asked.other_methods`).
        torn_at: Offset of a record that is not whole, at the end of a file that was cut.
        stopped: Why the file, or a part of it, could not be read.
    """

    path: Path
    reading: Path | None = None
    others: set[tuple[str, int]] = field(default_factory=set)
    others_asked: dict[str, frozenset[str]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    held: int = 0
    not_ours: int = 0
    joined: int = 0
    doubted: Counter[str] = field(default_factory=Counter)
    where: dict[str, str] = field(default_factory=dict)
    wounds: list[str] = field(default_factory=list)
    torn_at: int | None = None
    stopped: list[str] = field(default_factory=list)

    def leave_out(self, record: WarcRecord, why: str) -> None:
        """Note a record that is not taken in."""
        self.left_out[why] += 1
        self._note_place(record, why)

    def doubt(self, record: WarcRecord) -> None:
        """Note what speaks against the body of a record that is taken in, if anything does."""
        if record.mismatch is not None and not _body_holds(record):
            why = record.mismatch.partition(":")[0]
            self.doubted[why] += 1
            self._note_place(record, why)

    def _note_place(self, record: WarcRecord, why: str) -> None:
        self.where.setdefault(why, f"{record.uri or 'no address'} at byte {record.location.offset}")

    def note_wound(self, wound: Wound) -> None:
        """Note a damaged place."""
        if wound.is_torn:
            self.torn_at = wound.start
        else:
            self.wounds.append(self.own_name(str(wound)))

    def own_name(self, text: str) -> str:
        """`text` with the file's own name: a WARC from a WACZ has one of ours on disk, which says
        nothing."""
        return text.replace(str(self.reading), str(self.path)) if self.reading else text

    def complaint(self) -> str | None:
        """One line on all that was left out."""
        if not self.left_out:
            return None
        return f"{self.path}: not taken in: {self._reasons_told(self.left_out)}"

    def doubts(self) -> str | None:
        """One line on what was taken in and may not be what was written."""
        if not self.doubted:
            return None
        return (
            f"{self.path}: taken in, but may not be what was captured: "
            f"{self._reasons_told(self.doubted)}"
        )

    def _reasons_told(self, reasons: Counter[str]) -> str:
        return "; ".join(f"{n} {why} (first: {self.where[why]})" for why, n in reasons.items())

    def damage(self) -> str | None:
        """One line on what could not be read, and what could."""
        parts = [*self.stopped, *self.wounds[:NAMED]]
        if (more := len(self.wounds) - NAMED) > 0:
            parts.append(f"and {more} places more")
        if self.torn_at is not None:
            parts.append(f"{self.path}: ends in the middle of a record at byte {self.torn_at}")
        if not parts:
            return None
        rest = (
            "what stands before it" if len(parts) == 1 and self.torn_at is not None else "all else"
        )
        kept = (
            f"{rest} is kept: {counted(self.taken, 'captures')}"
            if self.taken
            else "nothing else is ours"
        )
        next_step = "; get a whole copy and import it again" if self.torn_at is not None else ""
        return f"{'; '.join(parts)}; {kept}{next_step}"


def _body_holds(record: WarcRecord) -> bool:
    """Whether the body is what was captured, though the block is not: some tools mend a head after
    they digest it."""
    stated = record.header("warc-payload-digest")
    if record.type == "revisit" or stated is None:
        return record.type == "revisit"
    return digest_matches(stated, record.payload) is True


def unusable(record: WarcRecord, now: datetime) -> str | None:
    """Why a record at an address of ours cannot be a capture, or None."""
    if record.date is None:
        return "without a date"
    if not EARLIEST <= record.date <= now + CLOCK_SLACK:
        return "with an impossible date"
    if record.type not in {"response", "revisit", "resource"}:
        return _OF_TYPE.get(record.type, "of a type that holds no answer of a server")
    if record.cut:
        return f"larger than {MAX_RECORD_BYTES} bytes"
    if record.type == "resource":
        return None if record.block.strip() else "empty"
    return _no_response(record) if record.http_status is None else None


def _no_response(record: WarcRecord) -> str | None:
    """Why there is no status; None for a revisit that has no block."""
    if not record.block.strip():
        return None if record.type == "revisit" else "empty"
    if record.http_start_line is not None:
        return "with no status in the first line"
    return "without an HTTP response"


def truncation(record: WarcRecord) -> str | None:
    """`WARC-Truncated` of the copy: as the record says, or where its body is shorter than its
    headers promise."""
    if record.truncated or record.type == "revisit" or record.http_start_line is None:
        return record.truncated
    return "unspecified" if body_is_short(record.http_headers, raw_body(record)) else None
