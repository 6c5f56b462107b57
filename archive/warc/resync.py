"""Where the next record may begin behind damaged bytes of a file of gzip members."""

from __future__ import annotations

import os
import re

from isal import isal_zlib

from archive.warc.source import GZIP_ERROR, GZIP_WINDOW

# RFC 1952: magic, deflate, flags of which the upper three are always zero.
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_MEMBER_BYTES = 4
_SIGN = b"WARC/"
_PIECE_BYTES = 1024 * 1024
PAGE_BYTES = 4096
"""Lost where the disk does not give a piece: one page, as disks and systems count."""
# Of a member, read to see what it begins with; some tools put its name and a comment first.
_SNIFF_BYTES = 1024


class Members:
    """The gzip members of an open file that begin like a record, found by their first bytes.

    Each byte is looked at once, and each place that looks like a member costs the same.
    """

    def __init__(self, file: int) -> None:
        """Nothing is read yet.

        Args:
            file: Number of the open file, which stays open.
        """
        self._file = file
        # Kept, since the next question is asked where the last answer was.
        self._offset = 0
        self._piece = b""

    def first_from(self, offset: int) -> int | None:
        """The first place from `offset` on, or None."""
        overlap = _MEMBER_BYTES - 1
        while True:
            if not self._offset <= offset < self._offset + len(self._piece) - overlap:
                self._offset, self._piece = offset, _piece(self._file, offset, _PIECE_BYTES)
            for found in _MEMBER.finditer(self._piece, offset - self._offset):
                place = self._offset + found.start()
                if _begins_record(_piece(self._file, place, _SNIFF_BYTES)):
                    return place
            if len(self._piece) <= overlap:
                return None
            offset = self._offset + len(self._piece) - overlap


def _piece(file: int, offset: int, size: int) -> bytes:
    """Some bytes, at most `size`; zeros for a page that the disk does not give."""
    try:
        return os.pread(file, size, offset)
    except OSError:
        if size > PAGE_BYTES:
            return _piece(file, offset, PAGE_BYTES)
        left = max(0, os.fstat(file).st_size - offset)
        return bytes(min(size, left))


def _begins_record(packed: bytes) -> bool:
    try:
        start = isal_zlib.decompressobj(GZIP_WINDOW).decompress(packed, len(_SIGN))
    except GZIP_ERROR:
        return False
    return bool(start == _SIGN)
