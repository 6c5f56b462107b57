"""What a file is that should be a WARC and is none."""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from isal import isal_zlib

from archive.warc.packing.arc import ARC_SIGN, ARC_START
from archive.warc.packing.origins import GZIP_ERROR, GZIP_MAGIC, GZIP_WINDOW
from archive.warc.packing.zstd import is_zstd

if TYPE_CHECKING:
    from pathlib import Path

_WARC = b"WARC/"
_SNIFF_BYTES = 4096
# First bytes and what has them, the more telling first.
_KINDS = (
    (b"PK\x03\x04", "a zip archive (a WACZ has the ending .wacz)"),
    (b"\x04\x22\x4d\x18", "compressed with lz4; unpack it first"),
    (b"BZh", "compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "compressed with xz; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a SQLite database"),
    (b"<!doctype html", "an HTML page"),
    (b"<html", "an HTML page"),
    (b"<?xml", "XML"),
    (b"<", "HTML or XML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


@dataclass(frozen=True, slots=True)
class Other:
    """A file that does not begin like a WARC.

    Attributes:
        what: In words.
        certain: It has another format's first bytes, and is no WARC whose beginning is damaged.
    """

    what: str
    certain: bool = False


def describe(path: Path) -> Other | None:
    """What the file seems to be, or None when it begins like a WARC, be it cut anywhere.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_SNIFF_BYTES)
    if not start:
        return Other("it is empty", certain=True)
    if is_zstd(start):
        return Other("it is compressed with zstandard, and no record is in it")
    if not GZIP_MAGIC.startswith(start[:2]):
        return None if _begins(start) else _other_kind("it seems to be", start)
    packed = isal_zlib.decompressobj(GZIP_WINDOW)
    try:
        inside = packed.decompress(start, _SNIFF_BYTES)
    except GZIP_ERROR:
        return Other("it begins like gzip and cannot be unpacked")
    if (inside or not packed.eof) and _begins(inside):
        return None
    return _other_kind("it is gzip, and in it seems to be", inside)


def _begins(start: bytes) -> bool:
    signs = (_WARC, ARC_SIGN)
    return any(start[: len(sign)].upper() == sign.upper()[: len(start)] for sign in signs) or bool(
        ARC_START.match(start)
    )


def _other_kind(words: str, start: bytes) -> Other:
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    lowered = bare[:32].lower()
    for magic, kind in _KINDS:
        if bare.startswith(magic) or lowered.startswith(magic):
            return Other(f"{words} {kind}", certain=True)
    return Other(f"{words} {_kind(start)}")


def _kind(start: bytes) -> str:
    if not start:
        return "nothing"
    if not start.strip(b"\x00"):
        return "nothing but zero bytes"
    text = start.decode("utf-8", "replace")
    odd = sum(not letter.isprintable() and letter not in string.whitespace for letter in text)
    # A letter cut at the end of what was read is one odd character; binary data has them
    # throughout.
    return "text" if odd + text.count("\ufffd") <= 1 + len(text) // 100 else "binary data"
