"""A WACZ opened for checking: what it lists and what it has, read piece by piece; nothing in it is
believed."""

from __future__ import annotations

import json
import os
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.advice import error_with_advice
from archive.dossier.package import DIGEST, OURS, PACKAGE
from archive.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".wacz"
BLOCK_BYTES = 1 << 20
MOST_FILES = 10_000
MOST_WORDS_BYTES = 64 << 20
"""Of a file that is read whole: lists of the largest dossiers have a few megabytes."""
_SIGN = b"PK\3\4"
_HEAD = struct.Struct("<4s22xHH")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
          ValueError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Opened:
    """An open WACZ.

    Attributes:
        path: The file.
        zip: Open for reading.
        infos: Its entries, in the order of their places.
    """

    path: Path
    zip: zipfile.ZipFile
    infos: tuple[zipfile.ZipInfo, ...]

    def names(self) -> list[str]:
        """Names of all entries; some may stand there twice."""
        return [info.filename for info in self.infos]

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a file.

        Raises:
            BadInputError: It cannot be read, or is not what the zip says.
        """
        try:
            info = self.zip.getinfo(name)
            if info.compress_type == zipfile.ZIP_STORED:
                yield from self._stored(info)
                return
            with self.zip.open(name) as file:
                while piece := file.read(BLOCK_BYTES):
                    yield piece
        except DAMAGE as error:
            raise BadInputError(f"cannot be read: {_why(error)}") from error
        except KeyError as error:
            raise BadInputError("missing") from error

    def _stored(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """All that stands there, also where it is damaged, so that the damage can be named; the
        library gives nothing then."""
        crc = 0
        with self.path.open("rb") as file:
            file.seek(info.header_offset)
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size or not head.startswith(_SIGN):
                raise zipfile.BadZipFile("nothing begins where the directory says")
            *_, name, extra = _HEAD.unpack(head)
            file.seek(name + extra, os.SEEK_CUR)
            left = info.file_size
            while left and (piece := file.read(min(BLOCK_BYTES, left))):
                left -= len(piece)
                crc = zlib.crc32(piece, crc)
                yield piece
        if left or crc != info.CRC:
            raise zipfile.BadZipFile("its CRC-32 is another")

    def content(self, name: str) -> bytes:
        """A small file, whole.

        Raises:
            BadInputError: It is not there, or larger than what it may be.
        """
        found = bytearray()
        for piece in self.pieces(name):
            found += piece
            if len(found) > MOST_WORDS_BYTES:
                raise BadInputError(f"larger than {MOST_WORDS_BYTES} bytes")
        return bytes(found)

    def object(self, name: str) -> dict[str, Any]:
        """A file that holds a JSON object.

        Raises:
            BadInputError: It does not.
        """
        return as_object(self.content(name))


def as_object(content: bytes) -> dict[str, Any]:
    """The JSON object that these bytes are.

    Raises:
        BadInputError: They are none, or name a member twice.
    """
    try:
        found = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"no JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadInputError("no JSON object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands there twice")
    return found


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open a WACZ.

    Raises:
        BadInputError: It is none, or not whole.
    """
    try:
        package = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise BadInputError(f"no whole zip: {_why(error)}") from error
    with package:
        infos = sorted(package.infolist(), key=lambda info: info.header_offset)
        if len(infos) > MOST_FILES:
            raise BadInputError(f"more than {MOST_FILES} files")
        yield Opened(path, package, tuple(infos))


def is_ours(path: Path) -> bool:
    """Whether a file is a dossier that this program made, as far as it says so itself."""
    if path.suffix.lower() != SUFFIX:
        return False
    try:
        with opened(path) as package:
            return {PACKAGE, DIGEST} <= set(package.names()) and OURS in package.object(PACKAGE)
    except BadInputError:
        return False


def _why(error: Exception) -> str:
    return error_with_advice(error) if isinstance(error, OSError) and error.strerror else str(error)
