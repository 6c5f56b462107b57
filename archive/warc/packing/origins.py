"""Where the bytes of a WARC come from: a file as it is, gzip members, or zstandard frames."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, cast

from isal import isal_zlib

from archive.warc.packing.zstd import ZSTD_MAGIC, Frames, is_zstd, skippable_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

GZIP_MAGIC = b"\x1f\x8b"
# zlib's number for "a gzip header and trailer, the largest window".
GZIP_WINDOW = 31
# The stubs of isal 1.9 declare an exception where there is a class of exceptions.
GZIP_ERROR = cast("type[Exception]", isal_zlib.error)
MAGIC_BYTES = 8
# Read at once. An HTML record of 60 kB packs into 12 to 20 kB, so that most records need one read.
_READ_BYTES = 32 * 1024
PIECE_BYTES = 1024 * 1024
"""Unpacked at once, so that a bomb is met in pieces."""


class Form(StrEnum):
    """How a file is packed."""

    PLAIN = "plain"
    GZIP = "gzip"
    ZSTD = "zstd"


def form_of(start: bytes) -> Form:
    """How a file with these first bytes is packed."""
    if is_zstd(start):
        return Form.ZSTD
    return Form.GZIP if start[:1] == GZIP_MAGIC[:1] else Form.PLAIN


class CutError(Exception):
    """The file ends where more must follow."""


class DamagedError(Exception):
    """The bytes cannot be what they should be."""


class OddError(DamagedError):
    """The bytes unpack well, but are no record: what is wrong was there when they were packed."""


class Origin(Protocol):
    """Where unpacked bytes come from."""

    def pull(self) -> bytes:
        """Some more bytes; `b""` may be followed by more.

        Raises:
            CutError: The file ends within a gzip member.
            DamagedError: No gzip, or its checksum is wrong.
        """

    @property
    def at_unit_end(self) -> bool:
        """Whether all that was pulled ends with a member, or the file does."""

    @property
    def at_file_end(self) -> bool:
        """Whether nothing follows."""

    @property
    def file_offset(self) -> int:
        """Place in the file of the byte after all that was pulled."""

    @property
    def unit_offset(self) -> int:
        """Place in the file where the last member pulled from begins."""

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


class _Packed:
    """A file of members that are packed one by one."""

    def __init__(
        self, file: int, offset: int, new: Callable[[], Any], error: type[Exception]
    ) -> None:
        self._file = file
        self._new = new
        self._error = error
        self._member: Any = None
        self.file_offset = self.unit_offset = offset

    @property
    def at_unit_end(self) -> bool:
        return self._member is None

    @property
    def at_file_end(self) -> bool:
        return self._member is None and not os.pread(self._file, 1, self.file_offset)

    def seek(self, offset: int) -> None:
        self._member = None
        self.file_offset = self.unit_offset = offset

    def _begin(self) -> None:
        self._member = self._new()
        self.unit_offset = self.file_offset

    def _unpacked(self, packed: bytes) -> bytes:
        try:
            piece: bytes = self._member.decompress(packed, PIECE_BYTES)
        except self._error as error:
            raise DamagedError(str(error)) from error
        return piece


class _Gzip(_Packed):
    """A file of gzip members."""

    def pull(self) -> bytes:
        packed = os.pread(self._file, _READ_BYTES, self.file_offset)
        if self._member is None:
            if packed[:2] != GZIP_MAGIC[: len(packed)]:
                raise DamagedError("no gzip member")
            self._begin()
        if not packed:
            raise CutError
        piece = self._unpacked(packed)
        if self._member.eof:
            self.file_offset += len(packed) - len(self._member.unused_data)
            self._member = None
        else:
            self.file_offset += len(packed) - len(self._member.unconsumed_tail)
        return piece


class _Zstd(_Packed):
    """A file of zstandard frames; skippable ones say nothing of records."""

    def pull(self) -> bytes:
        if self._member is None:
            start = os.pread(self._file, MAGIC_BYTES, self.file_offset)
            if skipped := skippable_bytes(start):
                self._skip(skipped)
                return b""
            if start[:4] != ZSTD_MAGIC[: len(start[:4])]:
                raise DamagedError("no zstandard frame")
            self._begin()
        packed = b""
        if self._member.needs_input:
            packed = os.pread(self._file, _READ_BYTES, self.file_offset)
            if not packed:
                raise CutError
            self.file_offset += len(packed)
        piece = self._unpacked(packed)
        if self._member.eof:
            self.file_offset -= len(self._member.unused_data)
            self._member = None
        return piece

    def _skip(self, size: int) -> None:
        if self.file_offset + size > os.fstat(self._file).st_size:
            raise CutError
        self.file_offset += size


def decompressors(file: int, form: Form) -> tuple[Callable[[], Any], type[Exception]]:
    """What makes a decompressor for each member of a packed file, and what it raises.

    Raises:
        ImportError: This Python has no zstd.
        NoDictionaryError: The file's dictionary cannot be read.
        OSError: The file cannot be read.
    """
    if form is Form.ZSTD:
        frames = Frames(file)
        return frames.decompressor, frames.error
    return (lambda: isal_zlib.decompressobj(GZIP_WINDOW)), GZIP_ERROR


def origin_of(file: int, form: Form, offset: int) -> Origin:
    """The bytes of an open file from `offset` on; raises as `decompressors` does."""
    if form is Form.PLAIN:
        return _Plain(file, offset)
    return (_Zstd if form is Form.ZSTD else _Gzip)(file, offset, *decompressors(file, form))
