"""The bytes of a WARC file, unpacked piece by piece, with the places in the file that they came from.

Written here because a reader must tell a file cut short from a whole one and know each record's place and length:
fastwarc 2.0 yields the beginning of a cut record as if it were whole.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

from isal import isal_zlib

from archive.warc.http import head_end

if TYPE_CHECKING:
    from types import TracebackType

GZIP_MAGIC = b"\x1f\x8b"
# zlib's number for "a gzip header and trailer, the largest window".
GZIP_WINDOW = 31
# The stubs of isal 1.9 declare an exception where there is a class of exceptions.
GZIP_ERROR = cast("type[Exception]", isal_zlib.error)
# Read at once. An HTML record of 60 kB packs into 12 to 20 kB, so that most records need one read.
_READ_BYTES = 32 * 1024
# Unpacked at once, so that a bomb is met in pieces.
_PIECE_BYTES = 1024 * 1024
# What a record begins with; the first header line must follow, so that prose on WARC is passed by.
RECORD_START = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n(?=[!-9;-~]{1,64}[ \t]*:)")
START_BYTES = 128
"""No match of `RECORD_START`, with what it looks at, is longer."""
_SIGN = b"WARC/"


class CutError(Exception):
    """The file ends where more must follow."""


class DamagedError(Exception):
    """The bytes cannot be what they should be."""


class OddError(DamagedError):
    """The bytes unpack well, but are no record: what is wrong was there when they were packed."""


class _Origin(Protocol):
    """Where unpacked bytes come from."""

    def pull(self) -> bytes:
        """Some more bytes; `b""` may be followed by more.

        Raises:
            CutError: The file ends within a gzip member.
            DamagedError: No gzip, or its checksum is wrong.
        """

    @property
    def at_unit_end(self) -> bool:
        """Whether all that was pulled ends with a gzip member, or the file does."""

    @property
    def at_file_end(self) -> bool:
        """Whether nothing follows."""

    @property
    def file_offset(self) -> int:
        """Place in the file of the byte after all that was pulled."""

    @property
    def unit_offset(self) -> int:
        """Place in the file where the last gzip member pulled from begins."""

    def seek(self, offset: int) -> None:
        """Go on from another place in the file, where a gzip member or a record begins."""


class _Plain:
    """A file that is not compressed."""

    def __init__(self, file: int, offset: int) -> None:
        self._file = file
        self.file_offset = offset
        self.at_file_end = False

    @property
    def at_unit_end(self) -> bool:
        return self.at_file_end

    @property
    def unit_offset(self) -> int:
        return self.file_offset

    def pull(self) -> bytes:
        piece = os.pread(self._file, _READ_BYTES, self.file_offset)
        self.file_offset += len(piece)
        self.at_file_end = not piece
        return piece

    def seek(self, offset: int) -> None:
        self.file_offset, self.at_file_end = offset, False


class _Gzip:
    """A file of gzip members."""

    def __init__(self, file: int, offset: int) -> None:
        self._file = file
        self._member: Any = None
        self.file_offset = self.unit_offset = offset

    @property
    def at_unit_end(self) -> bool:
        return self._member is None

    @property
    def at_file_end(self) -> bool:
        return self._member is None and not os.pread(self._file, 1, self.file_offset)

    def pull(self) -> bytes:
        packed = os.pread(self._file, _READ_BYTES, self.file_offset)
        if self._member is None:
            if packed[:2] != GZIP_MAGIC[: len(packed)]:
                raise DamagedError("no gzip member")
            self._member = isal_zlib.decompressobj(GZIP_WINDOW)
            self.unit_offset = self.file_offset
        if not packed:
            raise CutError
        try:
            piece: bytes = self._member.decompress(packed, _PIECE_BYTES)
        except GZIP_ERROR as error:
            raise DamagedError(str(error)) from error
        if self._member.eof:
            self.file_offset += len(packed) - len(self._member.unused_data)
            self._member = None
        else:
            self.file_offset += len(packed) - len(self._member.unconsumed_tail)
        return piece

    def seek(self, offset: int) -> None:
        self._member = None
        self.file_offset = self.unit_offset = offset


class Source:
    """A WARC's bytes in order, with a look-ahead; a context manager that closes the file."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        offset: int = 0,
        *,
        compressed: bool | None = None,
    ) -> None:
        """Open the file.

        Args:
            path: A file.
            offset: Where to begin.
            compressed: Whether it is made of gzip members; None: its first byte tells.

        Raises:
            OSError: It cannot be opened.
        """
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            is_gzip = os.pread(self._file, 1, 0) == GZIP_MAGIC[:1]
        except OSError:
            os.close(self._file)
            raise
        self.compressed = is_gzip if compressed is None else compressed
        origin = _Gzip if self.compressed else _Plain
        self._origin: _Origin = origin(self._file, offset)
        self._bytes = b""
        self._position = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

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
                piece = os.pread(self._file, min(_PIECE_BYTES, end - start), start)
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
        while (found := RECORD_START.search(self._bytes, self._position)) is None:
            if self._origin.at_unit_end:
                self._position = len(self._bytes)
                return
            self._position = max(self._position, len(self._bytes) - START_BYTES)
            self._more()
        self._position = found.start()

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, which stay; fewer where the gzip member or the file ends first.

        Raises:
            CutError, DamagedError: As for all reading.
        """
        while len(self._bytes) - self._position < size and not self._origin.at_unit_end:
            self._more()
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
            while self._bytes[self._position : self._position + 1] in {b"\r", b"\n"}:
                self._position += 1
            if self._position < len(self._bytes) or self._origin.at_unit_end:
                return
            self._bytes, self._position = self._origin.pull(), 0

    def take_head(self, limit: int) -> bytes:
        """The lines up to the next empty line, which is stepped over.

        Raises:
            CutError: The file ends first.
            OddError: No empty line within `limit` bytes.
        """
        while (found := head_end(self._bytes, self._position)) is None:
            if len(self._bytes) - self._position > limit:
                raise OddError(f"no end of the header within {limit} bytes")
            self._more()
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

    def _more(self) -> None:
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
        if is_next_member and piece.startswith(_SIGN):
            self.seek(self._origin.unit_offset)
            raise OddError("its Content-Length reaches beyond its gzip member")
        return piece
