"""Where a picture says something of itself: the blocks of metadata in JPEG, PNG and WebP, unread.

Found by walking from one length to the next: nothing is unpacked but PNG's compressed texts, and
those no further than a bound.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 512 * 1024
"""Of one block that is read; a JPEG's segments have 64 kB at most."""
_MOST_PARTS = 5_000
"""Segments or chunks of one file that are looked at."""
_XMP_START = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF_START = b"Exif\0\0"
_IPTC_START = b"Photoshop 3.0\0"
_PNG_XMP = b"XML:com.adobe.xmp"
_LONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of a JPEG that stand without a length."""


@dataclass(slots=True)
class Blocks:
    """What was found, the first of each.

    Attributes:
        exif: From its byte order on.
        iptc: Photoshop's resources, among which IPTC stands.
        texts: PNG's texts by keyword.
        has_credentials: There is a C2PA block (content credentials).
    """

    exif: bytes | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None
    texts: dict[str, str] = field(default_factory=dict)
    has_credentials: bool = False


def blocks_of(body: bytes, form: str) -> Blocks:
    """The blocks of a picture of this form; what breaks off ends there."""
    found = Blocks()
    for name, data in _PARTS.get(form, _none)(body):
        _TAKERS[form](found, name, data)
    return found


def _none(_body: bytes) -> Iterator[tuple[bytes, bytes]]:
    yield from ()


def _segments(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The segments of a JPEG before its points."""
    at = 2
    for _ in range(_MOST_PARTS):
        if at + 4 > len(body) or body[at] != 0xFF:
            return
        marker = body[at + 1]
        if marker == 0xFF or marker in _LONE:
            at += 1 if marker == 0xFF else 2
            continue
        size = int.from_bytes(body[at + 2 : at + 4], "big")
        if marker in {0xD9, 0xDA} or size < 2:
            return
        yield body[at + 1 : at + 2], body[at + 4 : at + 2 + size]
        at += 2 + size


def _png_chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    for _ in range(_MOST_PARTS):
        if at + 8 > len(body):
            return
        (size,) = struct.unpack(">I", body[at : at + 4])
        yield body[at + 4 : at + 8], body[at + 8 : at + 8 + min(size, MOST_BYTES)]
        at += 12 + size


def _riff_chunks(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    for _ in range(_MOST_PARTS):
        if at + 8 > len(body):
            return
        (size,) = struct.unpack("<I", body[at + 4 : at + 8])
        yield body[at : at + 4], body[at + 8 : at + 8 + min(size, MOST_BYTES)]
        at += 8 + size + size % 2


def _of_jpeg(found: Blocks, marker: bytes, data: bytes) -> None:
    if marker == b"\xe1" and data.startswith(_EXIF_START):
        found.exif = found.exif or data[len(_EXIF_START) :]
    elif marker == b"\xe1" and data.startswith(_XMP_START):
        found.xmp = found.xmp or data[len(_XMP_START) :]
    elif marker == b"\xed" and data.startswith(_IPTC_START):
        found.iptc = found.iptc or data[len(_IPTC_START) :]
    elif marker == b"\xeb" and data.startswith(b"JP") and b"c2pa" in data[:200]:
        found.has_credentials = True


def _of_png(found: Blocks, name: bytes, data: bytes) -> None:
    if name == b"eXIf":
        found.exif = found.exif or data
    elif name == b"caBX":
        found.has_credentials = True
    elif name in {b"tEXt", b"zTXt", b"iTXt"}:
        key, _, rest = data.partition(b"\0")
        said = _png_text(name, rest)
        if key == _PNG_XMP:
            found.xmp = found.xmp or said
        elif len(found.texts) < _MOST_PARTS // 100:
            coding = "utf-8" if name == b"iTXt" else "latin-1"
            found.texts.setdefault(key[:80].decode("latin-1"), said.decode(coding, "replace"))


def _png_text(name: bytes, rest: bytes) -> bytes:
    """What a text chunk says after its keyword."""
    if name == b"tEXt":
        return rest
    if name == b"zTXt":
        return _unpacked(rest[1:])
    is_packed, rest = rest[:1] == b"\1", rest[2:]
    for _ in ("language", "keyword in it"):
        rest = rest.partition(b"\0")[2]
    return _unpacked(rest) if is_packed else rest


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MOST_BYTES)
    except zlib.error:
        return b""


def _of_webp(found: Blocks, name: bytes, data: bytes) -> None:
    if name == b"EXIF":
        found.exif = found.exif or data.removeprefix(_EXIF_START)
    elif name == b"XMP ":
        found.xmp = found.xmp or data
    elif name == b"C2PA":
        found.has_credentials = True


_PARTS = {"jpeg": _segments, "png": _png_chunks, "webp": _riff_chunks}
_TAKERS = {"jpeg": _of_jpeg, "png": _of_png, "webp": _of_webp}
