"""Zstandard-compressed WARC files (IIPC, WARC-zstd 1.0): one frame or more a record, a dictionary
perhaps in front."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
_SKIPPABLE = bytes(range(0x50, 0x60))
_HEAD_BYTES = 8
# Dictionaries of ArchiveTeam's projects have 0.1 to 1 MB.
_MAX_DICTIONARY_BYTES = 64 * 1024 * 1024
_MODULES = ("compression.zstd", "backports.zstd")


class NoDictionaryError(ValueError):
    """The frame that should hold a dictionary holds none."""


def zstd_module() -> Any:
    """Python's own zstd from 3.14 on, or its backport.

    Raises:
        ImportError: Neither is there.
    """
    for name in _MODULES:
        try:
            return import_module(name)
        except ImportError:
            continue
    raise ImportError("no zstd in this Python")


def is_zstd(start: bytes) -> bool:
    """Whether a file with these first bytes is a zstandard-compressed WARC, by its magic number."""
    return start.startswith((ZSTD_MAGIC, DICTIONARY_MAGIC))


def skippable_bytes(start: bytes) -> int:
    """Length of the skippable frame (RFC 8878 section 3.1.2) that begins here; 0 where none
    does."""
    if len(start) < _HEAD_BYTES or start[0] not in _SKIPPABLE or start[1:4] != b"\x2a\x4d\x18":
        return 0
    return _HEAD_BYTES + int.from_bytes(start[4:8], "little")


class Frames:
    """Makes decompressors for the frames of one file.

    Raises:
        NoDictionaryError: The file says that it has a dictionary, and it cannot be read.
        ImportError: This Python has no zstd.
        OSError: The file cannot be read.
    """

    def __init__(self, file: int) -> None:
        self._module = zstd_module()
        self.error: type[Exception] = self._module.ZstdError
        start = os.pread(file, _HEAD_BYTES, 0)
        self._dictionary: Any = None
        if start.startswith(DICTIONARY_MAGIC):
            self._dictionary = self._read_dictionary(file, skippable_bytes(start) - _HEAD_BYTES)

    def decompressor(self) -> Any:
        """What unpacks one frame."""
        return self._module.ZstdDecompressor(zstd_dict=self._dictionary)

    def _read_dictionary(self, file: int, size: int) -> Any:
        if size > _MAX_DICTIONARY_BYTES:
            raise NoDictionaryError(f"its dictionary has {size} bytes")
        content = os.pread(file, size, _HEAD_BYTES)
        try:
            if content.startswith(ZSTD_MAGIC):
                content = self._module.ZstdDecompressor().decompress(
                    content, max_length=_MAX_DICTIONARY_BYTES
                )
            return self._module.ZstdDict(content)
        except (self.error, ValueError) as error:
            raise NoDictionaryError(f"its dictionary cannot be read: {error}") from error
