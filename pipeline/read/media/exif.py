"""EXIF: what a camera or a program wrote into a picture, with its place on earth; kept as read."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any

from pipeline.read.media.blocks import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOST_CLAIMED = 1024 * 1024
"""Bytes that all entries of an EXIF block claim: they may all point to the same ones."""
_MOST_IFD = 500
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of a value by its type (TIFF 6.0)."""
_DULL = frozenset(
    {"ExifOffset", "GPSInfo", "MakerNote", "PrintImageMatching", "JPEGInterchangeFormat",
     "StripOffsets", "StripByteCounts", "TileOffsets"}
)  # fmt: skip
"""Places in the file and makers' own bytes: no words."""
_UTF16 = frozenset({"XPTitle", "XPComment", "XPAuthor", "XPKeywords", "XPSubject"})
"""Windows writes these in UTF-16, little end first, whatever the block's order."""
_CODED = frozenset({"UserComment", "GPSProcessingMethod", "GPSAreaInformation"})
"""Eight bytes before their words say the coding (Exif 3.0, section 4.6.6)."""
_BELOW = frozenset({1, 3})
"""`GPSAltitudeRef`: below the sea, or below the ellipsoid."""


class Unreadable(Exception):
    """A block that is no block, or claims more than is read."""


def exif_of(block: bytes) -> Mapping[str, Any]:
    """What the block says by the names of its tags, without the place.

    Raises:
        Unreadable: It is none, or claims more than is in it; and whatever its library raises.
    """
    from PIL import ExifTags

    whole = _loaded(block)
    named = {**dict(whole), **whole.get_ifd(_EXIF_IFD)}
    told = {ExifTags.TAGS.get(tag, f"tag {tag}"): value for tag, value in named.items()}
    return _values(told, block)


def gps_of(block: bytes) -> Mapping[str, Any]:
    """The place as written, and as `latitude`, `longitude` (degrees) and `altitude` (metres).

    Raises:
        Unreadable: As `exif_of`.
    """
    from PIL import ExifTags

    own = _loaded(block).get_ifd(_GPS_IFD)
    named = {ExifTags.GPSTAGS.get(tag, f"tag {tag}"): value for tag, value in own.items()}
    place = {
        "latitude": _degrees(named.get("GPSLatitude"), named.get("GPSLatitudeRef"), "NS", 90),
        "longitude": _degrees(named.get("GPSLongitude"), named.get("GPSLongitudeRef"), "EW", 180),
        "altitude": _metres(named.get("GPSAltitude"), named.get("GPSAltitudeRef")),
    }
    found = {name: value for name, value in place.items() if value is not None}
    return {**_values(named, block), **found}


def _degrees(parts: Any, side: Any, sides: str, most: int) -> float | None:
    """Degrees, minutes and seconds as degrees; None where they are none, or it is not said of
    which side: the second of `sides` counts below zero."""
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    if not isinstance(side, str) or not side or side[0] not in sides:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    # 60: a second that was rounded up
    if not (0 <= minutes <= 60 and 0 <= seconds <= 60 and degrees >= 0 and whole <= most):
        return None
    return round(-whole if side[0] == sides[1] else whole, 6)


def _metres(height: Any, side: Any) -> float | None:
    number = None if height is None else _value(height)
    if not isinstance(number, int | float):
        return None
    below = side[0] if isinstance(side, bytes) and len(side) == 1 else side
    return round(-abs(number) if below in _BELOW else float(number), 3)


def _loaded(block: bytes) -> Any:
    """The block as Pillow reads it, once it is known to claim no more than is in it."""
    from PIL import Image

    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) > MOST_BYTES:
        raise Unreadable
    claimed = sum(_claims(block, order, _number(block, order, 4)))
    if claimed > _MOST_CLAIMED:
        raise Unreadable
    exif = Image.Exif()
    exif.load(b"Exif\0\0" + block)
    return exif


def _claims(block: bytes, order: str, first: int) -> Iterator[int]:
    """How many bytes each entry of the directories says that it has; each directory once."""
    wait: list[int] = [first]
    done: set[int] = set()
    while wait:
        at = wait.pop()
        if at in done or len(done) > 8:
            continue
        done.add(at)
        (number,) = struct.unpack_from(f"{order}H", block, at)
        if number > _MOST_IFD:
            raise Unreadable
        for place in range(at + 2, at + 2 + 12 * number, 12):
            tag, kind, count = struct.unpack_from(f"{order}HHI", block, place)
            yield _SIZES.get(kind, 1) * count
            if tag in {_EXIF_IFD, _GPS_IFD}:
                wait.append(_number(block, order, place + 8))


def _number(block: bytes, order: str, at: int) -> int:
    (number,) = struct.unpack_from(f"{order}I", block, at)
    return int(number)


# --- values ---------------------------------------------------------------------------------------


def _values(named: Mapping[str, Any], block: bytes) -> dict[str, Any]:
    """Values as they are kept, without those that are no words."""
    found: dict[str, Any] = {}
    for name, value in named.items():
        if name in _UTF16 and isinstance(value, bytes):
            said: Any = value.decode("utf-16-le", "replace").rstrip("\0")
        elif name in _CODED and isinstance(value, bytes):
            said = _coded(value, is_little=block[:2] == b"II")
        else:
            said = _value(value)
        if name not in _DULL and said is not None:
            found[name] = said
    return found


def _value(value: Any) -> Any:
    """A value as it is kept: numbers, words; None for bytes that are no words, and for fractions
    of nothing."""
    if isinstance(value, bytes):
        words = value.rstrip(b"\0 ")
        return words.decode("ascii") if words.isascii() and words else None
    if isinstance(value, tuple):
        parts = [_value(part) for part in value[:16]]
        known = any(part is not None for part in parts)
        # a gap stays one: the numbers behind it mean something else in its place
        return ", ".join("?" if part is None else str(part) for part in parts) if known else None
    if isinstance(value, str):
        return _in_utf8(value)
    if isinstance(value, int):
        return value
    number = float(value)
    return round(number, 6) if math.isfinite(number) else None


def _in_utf8(text: str) -> str:
    """Words that Pillow took byte by byte; programs write UTF-8 where ASCII is asked for."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _coded(value: bytes, *, is_little: bool) -> str | None:
    """Words whose coding is said before them; None for what is in none that is read."""
    coding, words = value[:8].rstrip(b"\0 "), value[8:]
    if coding == b"UNICODE":
        return words.decode(_order(words, is_little=is_little), "replace").rstrip("\0 ") or None
    if coding not in {b"ASCII", b""}:
        return _value(value)  # type: ignore[no-any-return]
    said = words.rstrip(b"\0 ").decode("utf-8", "replace")
    return said if said and "\N{REPLACEMENT CHARACTER}" not in said else None


def _order(words: bytes, *, is_little: bool) -> str:
    """In which order of bytes UTF-16 stands: the block's, by the standard; but many programs have
    one of their own. The high bytes of one alphabet are few."""
    if words[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    even, odd = len(set(words[::2])), len(set(words[1::2]))
    if even == odd:
        return "utf-16-le" if is_little else "utf-16-be"
    return "utf-16-be" if even < odd else "utf-16-le"
