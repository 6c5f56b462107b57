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
from itertools import islice
from typing import TYPE_CHECKING, Any

from pipeline.read.media.blocks import MOST_BYTES, blocks_of
from pipeline.read.media.credentials import credentials_of
from pipeline.read.media.exif import Unreadable, exif_of, gps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lxml.etree import _Element

CREDENTIALS = "credentials"
"""The group of content credentials."""
MOST_ENTRIES = 60
"""Of one group; cameras write some fifty."""
_MOST_CHARS = 500
_MOST_PARTS = 100
"""Texts of one property of XMP that are read, as of a list of words."""
_MOST_PROPERTIES = 1_000
"""Of one description, many of the same name among them."""
_MOST_SPACES = 500
"""Namespaces that an XMP packet declares; programs declare thirty. All of them are gone through
for the prefix of one."""
_IPTC = {
    5: "title", 25: "keywords", 55: "date created", 60: "time created", 65: "program",
    80: "by-line", 90: "city", 92: "sublocation", 95: "state", 101: "country", 105: "headline",
    110: "credit", 115: "source", 116: "copyright", 120: "caption", 122: "caption writer",
}  # fmt: skip
"""Data sets of record 2 (IPTC-NAA Information Interchange Model 4.2)."""
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


BROKEN = (
    Unreadable, ValueError, TypeError, LookupError, OSError, struct.error, SyntaxError,
    ArithmeticError, AttributeError,
)  # fmt: skip
"""What readers raise over strangers' bytes."""


def said_by_picture(body: bytes, form: str) -> str | None:
    """What a picture says of itself, as JSON by group; None where it says nothing."""
    found = blocks_of(body, form)
    readers: tuple[tuple[str, object, Callable[[Any], Mapping[str, Any]]], ...] = (
        ("exif", found.exif, exif_of),
        ("gps", found.exif, gps_of),
        ("xmp", found.xmp, _xmp),
        ("iptc", found.iptc, _iptc),
        ("texts", found.texts, lambda texts: texts),
        (CREDENTIALS, body if found.has_credentials else None, lambda of: credentials_of(of, form)),
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
        except BROKEN:
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
    """The text on one line, without what is no letter: control characters, halves of pairs."""
    shown = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text[:5_000])
    return " ".join(shown.split())[:_MOST_CHARS]


# --- XMP, IPTC ------------------------------------------------------------------------------------


def _xmp(block: bytes) -> Mapping[str, Any]:
    """Properties of an XMP packet; one that declares a document type is not opened."""
    from lxml import etree

    plain = block.replace(b"\0", b"")  # of UTF-16, too
    if len(block) >= MOST_BYTES or b"<!" in plain.replace(b"<!--", b""):
        raise Unreadable
    if plain.count(b"xmlns") > _MOST_SPACES:
        raise Unreadable
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    root = etree.fromstring(block.strip(b"\0 \t\r\n"), parser)
    told: dict[str, str] = {}
    # each may stand within others, and is read with what is in it
    for described in islice(root.iter(f"{_RDF}Description"), MOST_ENTRIES):
        for tag, prefix, value in islice(_properties(described), _MOST_PROPERTIES):
            _put(told, tag, prefix, value)
            if len(told) > MOST_ENTRIES:
                return told
    return told


def _properties(described: _Element) -> Iterator[tuple[str, str | None, str]]:
    """Name, prefix and value of each: attributes, then elements."""
    prefixes = {uri: prefix for prefix, uri in described.nsmap.items()}
    for name, value in described.attrib.items():
        yield str(name), prefixes.get(str(name)[1:].partition("}")[0]), str(value)
    for child in described.iterchildren("*"):
        texts = (" ".join(text.split()) for text in islice(child.itertext(), _MOST_PARTS))
        yield str(child.tag), child.prefix, "; ".join(filter(None, texts))


def _put(told: dict[str, str], tag: str, prefix: str | None, value: str) -> None:
    """Note one property under the prefix that the packet has for it."""
    space, _, name = tag.rpartition("}")
    if space and space not in {_RDF[:-1], "{http://www.w3.org/XML/1998/namespace"}:
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
