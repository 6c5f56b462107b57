"""What a file says of itself: EXIF with its place on earth, XMP, IPTC, texts; kept as read.

Strangers write it. Each group is bounded in entries and letters, and one that cannot be read is
named as unreadable and costs nothing else. Nothing is worked out that is not written there.
"""

from __future__ import annotations

import json
import math
import struct
import unicodedata
import warnings
from typing import TYPE_CHECKING, Any

from pipeline.read.media.blocks import MOST_BYTES, blocks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml.etree import _Element

MOST_ENTRIES = 60
"""Of one group; cameras write some fifty."""
_MOST_CHARS = 500
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
_IPTC = {
    5: "title", 25: "keywords", 55: "date created", 60: "time created", 65: "program",
    80: "by-line", 90: "city", 92: "sublocation", 95: "state", 101: "country", 105: "headline",
    110: "credit", 115: "source", 116: "copyright", 120: "caption", 122: "caption writer",
}  # fmt: skip
"""Data sets of record 2 (IPTC-NAA Information Interchange Model 4.2)."""
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


class Unreadable(Exception):
    """A block that is no block, or claims more than is read."""


_BROKEN = (
    Unreadable, ValueError, TypeError, LookupError, OSError, struct.error, SyntaxError,
    ArithmeticError, AttributeError,
)  # fmt: skip
"""What readers raise over strangers' bytes."""


def said_by_picture(body: bytes, form: str) -> str | None:
    """What a picture says of itself, as JSON by group; None where it says nothing."""
    found = blocks_of(body, form)
    readers: tuple[tuple[str, object, Callable[[Any], Mapping[str, Any]]], ...] = (
        ("exif", found.exif, _exif),
        ("gps", found.exif, _gps),
        ("xmp", found.xmp, _xmp),
        ("iptc", found.iptc, _iptc),
        ("texts", found.texts, lambda texts: texts),
    )
    said: dict[str, Any] = {}
    unreadable: list[str] = []
    for name, block, read in readers:
        if not block:
            continue
        try:
            with warnings.catch_warnings():
                # what is odd in strangers' files is no matter of a log
                warnings.simplefilter("ignore")
                said[name] = cleaned(read(block))
        except _BROKEN:
            unreadable.append(name)
    return as_json(said, unreadable, has_credentials=found.has_credentials)


def as_json(
    said: Mapping[str, Any], unreadable: Iterable[str] = (), *, has_credentials: bool = False
) -> str | None:
    """Groups that say something, as JSON; None: none does."""
    told: dict[str, Any] = {name: group for name, group in said.items() if group}
    if named := sorted(set(unreadable)):
        told["unreadable"] = named
    if has_credentials:
        told["c2pa"] = True
    return json.dumps(told, ensure_ascii=False, sort_keys=True) if told else None


def cleaned(group: Mapping[str, Any]) -> dict[str, Any]:
    """A group with its values as one line of words or as numbers, no more than are kept."""
    kept: dict[str, Any] = {}
    for name, value in group.items():
        said = value if isinstance(value, int | float) else _line(str(value))
        if said != "" and not (isinstance(said, float) and not math.isfinite(said)):
            kept[_line(str(name))[:80]] = said
        if len(kept) == MOST_ENTRIES:
            break
    return kept


def _line(text: str) -> str:
    """On one line, without what is no letter: control characters, halves of pairs."""
    shown = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text[:5_000])
    return " ".join(shown.split())[:_MOST_CHARS]


# --- EXIF -----------------------------------------------------------------------------------------


def _exif(block: bytes) -> Mapping[str, Any]:
    from PIL import ExifTags

    whole = _loaded(block)
    named = {**dict(whole), **whole.get_ifd(_EXIF_IFD)}
    return {
        name: said
        for tag, value in named.items()
        if (name := ExifTags.TAGS.get(tag, f"tag {tag}")) not in _DULL
        and (said := _value(value)) is not None
    }


def _gps(block: bytes) -> Mapping[str, Any]:
    from PIL import ExifTags

    own = _loaded(block).get_ifd(_GPS_IFD)
    named = {ExifTags.GPSTAGS.get(tag, f"tag {tag}"): value for tag, value in own.items()}
    told = {name: said for name, v in named.items() if (said := _value(v)) is not None}
    place = {
        "latitude": _degrees(named.get("GPSLatitude"), named.get("GPSLatitudeRef"), 90),
        "longitude": _degrees(named.get("GPSLongitude"), named.get("GPSLongitudeRef"), 180),
    }
    return {**told, **{name: value for name, value in place.items() if value is not None}}


def _degrees(parts: Any, side: Any, most: int) -> float | None:
    """Degrees, minutes and seconds as degrees; None where they are none, or it is not said of
    which side."""
    if not isinstance(parts, tuple) or len(parts) != 3:
        return None
    if not isinstance(side, str) or side[:1] not in {"N", "S", "E", "W"}:
        return None
    degrees, minutes, seconds = (float(part) for part in parts)
    whole = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(whole) or not 0 <= whole <= most:
        return None
    return round(-whole if side[0] in "SW" else whole, 6)


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


def _value(value: Any) -> Any:
    """A value as it is kept: numbers, words; None for bytes that are no words."""
    if isinstance(value, bytes):
        words = value.removeprefix(b"ASCII\0\0\0").rstrip(b"\0 ")
        return words.decode("ascii") if words.isascii() and words else None
    if isinstance(value, tuple):
        parts = [_value(part) for part in value[:16]]
        return ", ".join(str(part) for part in parts if part is not None) or None
    if isinstance(value, str | int):
        return value
    number = float(value)
    return round(number, 6) if math.isfinite(number) else None


# --- XMP, IPTC ------------------------------------------------------------------------------------


def _xmp(block: bytes) -> Mapping[str, Any]:
    """Properties of an XMP packet; one that declares a document type is not opened."""
    from lxml import etree

    if len(block) >= MOST_BYTES or b"<!" in block.replace(b"<!--", b""):
        raise Unreadable
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(block.strip(b"\0 \t\r\n"), parser)
    told: dict[str, str] = {}
    for described in root.iter(f"{_RDF}Description"):
        for name, value in described.attrib.items():
            _put(told, described, str(name), str(value))
        for child in described.iterchildren("*"):
            parts = (" ".join(text.split()) for text in child.itertext())
            _put(told, child, str(child.tag), "; ".join(filter(None, parts)))
        if len(told) > MOST_ENTRIES:
            break
    return told


def _put(told: dict[str, str], element: _Element, tag: str, value: str) -> None:
    """Note one property under the prefix that the packet has for it."""
    space, _, name = tag.rpartition("}")
    if not space or space in {_RDF[:-1], "{http://www.w3.org/XML/1998/namespace"}:
        return
    prefix = next((p for p, uri in element.nsmap.items() if uri == space[1:]), None)
    told.setdefault(f"{prefix}:{name}" if prefix else name, value)


def _iptc(block: bytes) -> Mapping[str, Any]:
    """The data sets of the resource that is IPTC's (0x0404)."""
    start = block.find(b"8BIM\x04\x04")
    if start < 0:
        return {}
    at = start + 6
    at += (1 + block[at]) + (1 + block[at]) % 2  # a name, padded
    size = int.from_bytes(block[at : at + 4], "big")
    sets = block[at + 4 : at + 4 + size]
    told: dict[str, str] = {}
    at = 0
    while at + 5 <= len(sets) and sets[at] == 0x1C:
        record, number = sets[at + 1], sets[at + 2]
        size = int.from_bytes(sets[at + 3 : at + 5], "big")
        value = sets[at + 5 : at + 5 + size].decode("utf-8", "replace")
        if record == 2 and number in _IPTC and size < 0x8000:
            name = _IPTC[number]
            told[name] = f"{told[name]}; {value}"[: 2 * _MOST_CHARS] if name in told else value
        at += 5 + size
    return told
