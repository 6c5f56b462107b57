"""Where the next record may begin behind damaged bytes of a file of gzip members or zstandard
frames."""

from __future__ import annotations

import os
import re
from typing import Any

from archive.warc.packing.origins import Form, decompressors
from archive.warc.packing.source import begins_record
from archive.warc.packing.zstd import ZSTD_MAGIC

# RFC 1952: magic, deflate, flags of which the upper three are always zero.
_STARTS = {
    Form.GZIP: re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    Form.ZSTD: re.compile(re.escape(ZSTD_MAGIC)),
}
_MEMBER_BYTES = 4
_SIGN = b"WARC/"
_PIECE_BYTES = 1024 * 1024
PAGE_BYTES = 4096
"""Lost where the disk does not give a piece: one page, as disks and systems count."""
# Of a member, read to see what it begins with; some tools put its name and a comment first.
_SNIFF_BYTES = 1024
# Unpacked of it: the sign of a WARC, or the address with which an ARC record begins.
_START_BYTES = 512


class Members:
    """The members of an open file that begin like a record, found by their first bytes.

    Each byte is looked at once, and each place that looks like a member costs the same.
    """

    def __init__(self, file: int, form: Form) -> None:
        """Nothing is read yet.

        Args:
            file: Number of the open file, which stays open.
            form: How it is packed.

        Raises:
            ImportError, NoDictionaryError, OSError: As `decompressors`.
        """
        self._file = file
        self._pattern = _STARTS[form]
        self._new, self._error = decompressors(file, form)
        # Kept, since the next question is asked where the last answer was.
        self._offset = 0
        self._piece = b""

    def first_from(self, offset: int) -> int | None:
        """The first place from `offset` on, or None."""
        overlap = _MEMBER_BYTES - 1
        while True:
            if not self._offset <= offset < self._offset + len(self._piece) - overlap:
                self._offset, self._piece = offset, _piece(self._file, offset, _PIECE_BYTES)
            for found in self._pattern.finditer(self._piece, offset - self._offset):
                place = self._offset + found.start()
                if self._begins_record(_piece(self._file, place, _SNIFF_BYTES)):
                    return place
            if len(self._piece) <= overlap:
                return None
            offset = self._offset + len(self._piece) - overlap

    def _begins_record(self, packed: bytes) -> bool:
        member: Any = self._new()
        try:
            start = member.decompress(packed, _START_BYTES)
        except self._error:
            return False
        return len(start) >= len(_SIGN) and begins_record(start)


def _piece(file: int, offset: int, size: int) -> bytes:
    """Some bytes, at most `size`; zeros for a page that the disk does not give."""
    try:
        return os.pread(file, size, offset)
    except OSError:
        if size > PAGE_BYTES:
            return _piece(file, offset, PAGE_BYTES)
        left = max(0, os.fstat(file).st_size - offset)
        return bytes(min(size, left))
