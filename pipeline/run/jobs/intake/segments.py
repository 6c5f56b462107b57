"""Records that were written in parts (WARC 1.1, section 6.9), put together again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.warc.reader import MAX_RECORD_BYTES
from archive.warc.record import build_record

if TYPE_CHECKING:
    from archive.warc.reader import WarcRecord

NUMBER, ORIGIN, TOTAL = (
    "warc-segment-number",
    "warc-segment-origin-id",
    "warc-segment-total-length",
)
_MOST_NUMBERED = 6
"""Digits of the highest number believed."""


@dataclass(slots=True)
class Segments:
    """What continues which record, gathered while files are read for the first time.

    Attributes:
        parts: Blocks by the id of the record that they continue, and by their number.
        lengths: Of a whole, as its last part says, by the same id.
        held: Bytes of all parts; no more are held than one record may have.
    """

    parts: dict[str, dict[int, bytes]] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    held: int = 0

    def note(self, record: WarcRecord) -> None:
        """Keep a part in mind."""
        number = _number(record)
        if number == 1 and record.record_id:
            self.begun.add(record.record_id)
        if record.type != "continuation" or number is None or number < 2 or record.cut:
            return
        self.held += len(record.block)
        if self.held > MAX_RECORD_BYTES:
            return
        origin = (record.header(ORIGIN) or "").strip("<> ")
        self.parts.setdefault(origin, {})[number] = record.block
        total = (record.header(TOTAL) or "").strip()
        if total.isascii() and total.isdigit():
            self.lengths[origin] = int(total)

    def is_begun(self, record: WarcRecord) -> bool:
        """Whether a record is the first part of one that others continue."""
        return _number(record) == 1 and record.record_id in self.parts

    def is_used(self, record: WarcRecord) -> bool:
        """Whether a continuation is a part of a record that is whole."""
        origin = (record.header(ORIGIN) or "").strip("<> ")
        return record.type == "continuation" and origin in self.begun and self._is_whole(origin)

    def joined(self, record: WarcRecord) -> WarcRecord:
        """The whole of a first part; as it is where parts are missing, or their length is
        another."""
        if not self.is_begun(record) or not self._is_whole(record.record_id):
            return record
        parts = self.parts[record.record_id]
        block = b"".join((record.block, *(parts[number] for number in sorted(parts))))
        stated = self.lengths.get(record.record_id)
        if len(block) > MAX_RECORD_BYTES or (stated is not None and stated != len(block)):
            return record
        headers = tuple(h for h in record.warc_headers if h[0].lower() != NUMBER)
        return build_record(headers, block, record.location, cut=False)

    def _is_whole(self, origin: str) -> bool:
        """Whether no number is left out, and the last part says that it is the last."""
        numbers = sorted(self.parts.get(origin, ()))
        return origin in self.lengths and numbers == list(range(2, len(numbers) + 2))


def _number(record: WarcRecord) -> int | None:
    said = (record.header(NUMBER) or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= _MOST_NUMBERED else None
