"""The bytes of a WARC file, unpacked piece by piece, with the places in the file that they came
from.

Written here because a reader must tell a file cut short from a whole one and know each record's
place and length: fastwarc 2.0 yields the beginning of a cut record as if it were whole.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from archive.closing import Closing
from archive.errors import WarcError
from archive.warc.http import head_end
from archive.warc.packing.arc import ARC_LINE, ARC_LINE_BYTES, ARC_START
from archive.warc.packing.origins import (
    MAGIC_BYTES,
    PIECE_BYTES,
    CutError,
    DamagedError,
    Form,
    OddError,
    form_of,
    origin_of,
)
from archive.warc.packing.zstd import NoDictionaryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.warc.packing.origins import Origin

__all__ = ["CutError", "DamagedError", "Form", "OddError", "Source", "begins_record"]

# What a record begins with; the first header line must follow, so that prose on WARC is passed by.
_WARC_START = rb"(?i:WARC)/[0-9]\.[0-9]{1,2}[ \t]*\r?\n(?=[!-9;-~]{1,64}[ \t]*:)"
_RECORD_START = re.compile(_WARC_START + rb"|(?<=\n)" + ARC_LINE.pattern)
_SIGN = b"WARC/"
_LINE_ENDS = re.compile(rb"[\r\n]+")


def begins_record(start: bytes) -> bool:
    """Whether these bytes, be they cut, begin as a record of a WARC or ARC file does."""
    sign = start[: len(_SIGN)].upper()
    return sign == _SIGN[: len(start)] or ARC_START.match(start) is not None


class Source(Closing):
    """A WARC's bytes in order, with a look-ahead; a context manager that closes the file."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        offset: int = 0,
        *,
        form: Form | None = None,
    ) -> None:
        """Open the file.

        Args:
            path: A file.
            offset: Where to begin.
            form: How it is packed; None: its first bytes tell.

        Raises:
            OSError: It cannot be opened.
            WarcError: It is packed in a way that cannot be undone here.
        """
        self.path = os.fspath(path)
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self.form = form or form_of(os.pread(self._file, MAGIC_BYTES, 0))
            self._origin: Origin = origin_of(self._file, self.form, offset)
        except OSError:
            os.close(self._file)
            raise
        except (ImportError, NoDictionaryError) as error:
            os.close(self._file)
            raise WarcError(
                f"{path} is compressed with zstandard and cannot be read ({error}); unpack it first"
            ) from error
        self.compressed = self.form is not Form.PLAIN
        self._bytes = b""
        self._position = 0

    def close(self) -> None:
        """Close the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def place(self) -> tuple[int, bool]:
        """Where the next byte stands in the file, and whether reading can begin there.

        Within a gzip member that is False, and the place is where the member begins.
        """
        left = len(self._bytes) - self._position
        if not self.compressed:
            return self._origin.file_offset - left, True
        if left == 0 and self._origin.at_unit_end:
            return self._origin.file_offset, True
        return self._origin.unit_offset, False

    @property
    def reached(self) -> int:
        """Place in the file up to which bytes were taken from it."""
        return self._origin.file_offset

    def size(self) -> int:
        """How long the file is now."""
        return os.fstat(self._file).st_size

    def fileno(self) -> int:
        """The open file's number."""
        return self._file

    def is_blank(self, start: int, end: int) -> bool:
        """Whether there is nothing but zero bytes in a range of the file that is not empty."""
        while start < end:
            try:
                piece = os.pread(self._file, min(PIECE_BYTES, end - start), start)
            except OSError:
                return False
            if not piece or piece.strip(b"\x00"):
                return False
            start += len(piece)
            if start == end:
                return True
        return False

    def seek(self, offset: int) -> None:
        """Go on from another place, where a gzip member or a record begins; also after an error."""
        self._origin.seek(offset)
        self._bytes, self._position = b"", 0

    def skip_to_record(self) -> None:
        """Step forward to what begins like a record, at most to the end of the gzip member.

        Raises:
            CutError, DamagedError: As for all reading.
        """
        while (found := _RECORD_START.search(self._bytes, self._position)) is None:
            if self._origin.at_unit_end:
                self._position = len(self._bytes)
                return
            self._position = max(self._position, len(self._bytes) - ARC_LINE_BYTES)
            self._read_more()
        self._position = found.start()

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, which stay; fewer where the gzip member or the file ends first.

        Raises:
            CutError, DamagedError: As for all reading.
        """
        while len(self._bytes) - self._position < size and not self._origin.at_unit_end:
            self._read_more()
        return self._bytes[self._position : self._position + size]

    def ended(self) -> bool:
        """Whether nothing is left."""
        while self._position == len(self._bytes):
            if self._origin.at_file_end:
                return True
            self._bytes, self._position = self._origin.pull(), 0
        return False

    def skip_line_ends(self) -> None:
        """Step over CR and LF, up to the end of the gzip member."""
        while True:
            if found := _LINE_ENDS.match(self._bytes, self._position):
                self._position = found.end()
            if self._position < len(self._bytes) or self._origin.at_unit_end:
                return
            self._bytes, self._position = self._origin.pull(), 0

    def next_start(self) -> bytes:
        """As much of what comes next as `begins_record` needs."""
        start = self.peek(len(_SIGN))
        return start if begins_record(start) else self.peek(ARC_LINE_BYTES)

    def take_arc_line(self) -> re.Match[bytes] | None:
        """The line with which a record of an ARC file begins; None, and nothing is taken, where
        none stands."""
        if self.peek(len(_SIGN)).upper() == _SIGN:
            return None
        found = ARC_LINE.match(self.peek(ARC_LINE_BYTES))
        if found is not None:
            self._position += found.end()
        return found

    def take_head(self, limit: int) -> bytes:
        """The lines up to the next empty line, which is stepped over.

        Raises:
            CutError: The file ends first.
            OddError: No empty line within `limit` bytes.
        """
        while (found := head_end(self._bytes, self._position)) is None:
            if len(self._bytes) - self._position > limit:
                raise OddError(f"no end of the header within {limit} bytes")
            self._read_more()
        head = self._bytes[self._position : found[0]]
        self._position = found[1]
        return head

    def take(self, size: int) -> bytes:
        """The next `size` bytes.

        Raises:
            CutError: The file ends first.
        """
        end = self._position + size
        if end > len(self._bytes):
            if not self.compressed and self.place()[0] + size > self.size():
                raise CutError
            pieces = [self._bytes[self._position :]]
            missing = size - len(pieces[0])
            while missing > 0:
                pieces.append(self._pull())
                missing -= len(pieces[-1])
            self._bytes = b"".join(pieces)
            self._position, end = 0, size
        taken = self._bytes[self._position : end]
        self._position = end
        return taken

    def stream(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes, in pieces as they come.

        Raises:
            CutError: The file ends first.
        """
        if not self.compressed and self.place()[0] + size > self.size():
            raise CutError
        while size > 0:
            if self._position == len(self._bytes):
                self._bytes, self._position = self._pull(), 0
            piece = self._bytes[self._position : self._position + size]
            self._position += len(piece)
            size -= len(piece)
            yield piece

    def skip(self, size: int) -> None:
        """Step over `size` bytes, keeping none.

        Raises:
            CutError: The file ends first.
        """
        while (left := len(self._bytes) - self._position) < size:
            size -= left
            if not self.compressed:
                self._skip_within_file(size)
                return
            self._bytes, self._position = self._pull(), 0
        self._position += size

    def _skip_within_file(self, size: int) -> None:
        target = self._origin.file_offset + size
        if target > self.size():
            raise CutError
        self.seek(target)

    def _read_more(self) -> None:
        self._bytes = self._bytes[self._position :] + self._pull()
        self._position = 0

    def _pull(self) -> bytes:
        """More bytes of the record under way.

        Raises:
            OddError: Another record begins where they should be; it is the next to be read.
        """
        if self._origin.at_file_end:
            raise CutError
        is_next_member = self.compressed and self._origin.at_unit_end
        piece = self._origin.pull()
        if is_next_member and len(piece) >= len(_SIGN) and begins_record(piece):
            self.seek(self._origin.unit_offset)
            raise OddError("its Content-Length reaches beyond its gzip member")
        return piece
