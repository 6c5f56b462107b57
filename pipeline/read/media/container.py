"""What the containers of videos say: MP4 and QuickTime (ISO/IEC 14496-12), WebM (Matroska).

Readers of our own: the libraries that read both are under a licence that ours does not go with
(hachoir), or are a native program's whole set of decoders (MediaInfo, FFmpeg), which strangers'
bytes would meet. Only heads are read, each box by the length that it states, so many and no more.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pipeline.read.media.credentials import credentials_of
from pipeline.read.media.said import BROKEN, CREDENTIALS, as_json, cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.model.body import Viewed

_MOST_BOXES = 3_000
_MOST_TRACKS = 8
_MOST_TEXT = 2_000
_MOST_SIDE = 0xFFFF
"""Points of a side, as much as MP4 can say; Matroska has numbers of 64 bits, which are no size."""
_MP4_DAY = datetime(1904, 1, 1, tzinfo=UTC)
_WEBM_DAY = datetime(2001, 1, 1, tzinfo=UTC)
_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta"})
_APPLE = "com.apple.quicktime."
_CREDITS = {
    b"\xa9xyz": "location", b"\xa9too": "software", b"\xa9swr": "software", b"\xa9mak": "make",
    b"\xa9mod": "model", b"\xa9day": "date", b"\xa9nam": "title",
}  # fmt: skip


@dataclass(slots=True)
class Track:
    """One track, as its container tells it."""

    kind: str = ""
    codec: str = ""
    width: int | None = None
    height: int | None = None

    def told(self) -> str:
        """In words, such as `video avc1 640 x 360`."""
        size = f"{self.width} x {self.height}" if self.width and self.height else ""
        return " ".join(filter(None, (self.kind, self.codec, size)))


@dataclass(slots=True)
class Container:
    """What was read so far."""

    told: dict[str, Any] = field(default_factory=dict)
    tracks: list[Track] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    has_credentials: bool = False
    left: int = _MOST_BOXES

    def size(self) -> tuple[int | None, int | None]:
        """Width and height of the first track that has them."""
        shown = next((one for one in self.tracks if one.width and one.height), None)
        return (shown.width, shown.height) if shown else (None, None)

    def said(self, body: Viewed, form: str, *, unreadable: bool) -> str | None:
        """All of it as JSON, as `pipeline.read.media.said.as_json`, with the content credentials in
        the body of this form."""
        tracks = ", ".join(filter(None, (one.told() for one in self.tracks)))
        group = cleaned({**self.told, "tracks": tracks})
        names = ["container"] if unreadable else []
        said = {"container": group}
        if self.has_credentials:
            try:
                said[CREDENTIALS] = cleaned(credentials_of(body, form))
            except BROKEN:
                names.append(CREDENTIALS)
        return as_json(said, names, has_credentials=self.has_credentials)


def container_of(body: Viewed, form: str) -> tuple[Container, str | None]:
    """What a video's container says, and the same as JSON; a part that is broken ends it."""
    found, broken = Container(), False
    reader: Callable[[Container, Viewed], None] | None = _READERS.get(form)
    if reader is not None:
        try:
            reader(found, body)
        except (struct.error, ValueError, OverflowError, IndexError):
            broken = True
    return found, found.said(body, form, unreadable=broken)


def _mp4(found: Container, body: Viewed) -> None:
    _boxes(found, memoryview(body), 0)


def _boxes(found: Container, data: memoryview, depth: int) -> None:
    for name, inside in _each_box(found, data):
        if name in _INSIDE and depth < 8:
            if name == b"trak" and len(found.tracks) < _MOST_TRACKS:
                found.tracks.append(Track())
            _boxes(found, inside, depth + 1)
        elif name == b"meta" and depth < 8:
            # QuickTime's has no version; the boxes within begin at once
            plain = bytes(inside[4:8]) in {b"hdlr", b"keys"}
            _boxes(found, inside if plain else inside[4:], depth + 1)
        elif name == b"ilst":
            _items(found, inside)
        elif name in _CREDITS:
            found.told.setdefault(_CREDITS[name], _words(inside[4:]))
        elif name in _BOXES:
            _BOXES[name](found, bytes(inside[:_MOST_TEXT]))


def _each_box(found: Container, data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Boxes, each with what is inside; a length that leads out of the whole ends it."""
    at = 0
    while at + 8 <= len(data) and found.left > 0:
        found.left -= 1
        size, name, head = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        size = size or len(data) - at
        if size < head:
            return
        yield name, data[at + head : at + size]
        at += size


def _ftyp(found: Container, box: bytes) -> None:
    found.told["brand"] = box[:4].decode("latin-1")


def _mvhd(found: Container, box: bytes) -> None:
    layout, at = (">QQIQ", 4) if box[0] == 1 else (">IIII", 4)
    made, _, scale, lasts = struct.unpack_from(layout, box, at)
    if made:  # 0: not told
        found.told["created"] = _moment(_MP4_DAY, made)
    unknown = 2**64 - 1 if box[0] == 1 else 2**32 - 1
    if scale and lasts != unknown:
        found.told["duration_s"] = round(lasts / scale, 3)


def _moment(day: datetime, seconds: float) -> str:
    return (day + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tkhd(found: Container, box: bytes) -> None:
    width, height = struct.unpack_from(">II", box, 88 if box[0] == 1 else 76)
    if found.tracks:
        found.tracks[-1].width, found.tracks[-1].height = width >> 16 or None, height >> 16 or None


def _hdlr(found: Container, box: bytes) -> None:
    kind = {b"vide": "video", b"soun": "audio"}.get(box[8:12])
    if found.tracks and kind and not found.tracks[-1].kind:
        found.tracks[-1].kind = kind


def _stsd(found: Container, box: bytes) -> None:
    if found.tracks:
        found.tracks[-1].codec = box[12:16].decode("latin-1")


def _uuid(found: Container, box: bytes) -> None:
    found.has_credentials = found.has_credentials or box.startswith(_C2PA)


def _keys(found: Container, box: bytes) -> None:
    """Names of items, for those that are called by number."""
    at = 8
    while at + 8 <= len(box) and len(found.keys) < 100:
        size = int.from_bytes(box[at : at + 4], "big")
        if size < 8:
            return
        found.keys.append(box[at + 8 : at + size].decode("utf-8", "replace"))
        at += size


def _items(found: Container, data: memoryview) -> None:
    for name, inside in _each_box(found, data):
        number = int.from_bytes(name, "big") - 1
        key = found.keys[number] if number < len(found.keys) else ""
        named = _CREDITS.get(name) or key.removeprefix(_APPLE)
        for part, value in _each_box(found, inside):
            kind = bytes(value[:4])
            if part == b"data" and kind == b"\0\0\0\1" and named:
                named = "location" if named.startswith("location.ISO6709") else named
                found.told.setdefault(named, _words(value[8:]))


def _words(data: memoryview) -> str:
    return bytes(data[:_MOST_TEXT]).decode("utf-8", "replace")


_BOXES: dict[bytes, Callable[[Container, bytes], None]] = {
    b"ftyp": _ftyp, b"mvhd": _mvhd, b"tkhd": _tkhd, b"hdlr": _hdlr, b"stsd": _stsd,
    b"uuid": _uuid, b"keys": _keys,
}  # fmt: skip

# --- Matroska -------------------------------------------------------------------------------------

_SEGMENT, _INFO, _TRACKS, _ENTRY = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE
_VIDEO, _CLUSTER = 0xE0, 0x1F43B675
_SCALE, _DURATION, _DATE = 0x2AD7B1, 0x4489, 0x4461
_TEXTS = {0x7BA9: "title", 0x4D80: "muxer", 0x5741: "software", 0x4282: "brand"}
_CODEC, _TYPE, _WIDTH, _HEIGHT, _HEAD = 0x86, 0x83, 0xB0, 0xBA, 0x1A45DFA3
_KINDS = {1: "video", 2: "audio"}


def _webm(found: Container, body: Viewed) -> None:
    _elements(found, memoryview(body))
    lasts = found.told.pop("lasts", None)
    scale = found.told.pop("scale", 1_000_000)
    if lasts is not None:
        found.told["duration_s"] = round(lasts * scale / 1e9, 3)


def _elements(found: Container, data: memoryview, depth: int = 0) -> None:
    at = 0
    while at < len(data) and found.left > 0:
        found.left -= 1
        number, at = _vint(data, at, keep=True)
        size, at = _vint(data, at, keep=False)
        if number == _CLUSTER:
            return
        inside = data[at : at + size] if size is not None else data[at:]
        if number in {_SEGMENT, _INFO, _TRACKS, _ENTRY, _VIDEO, _HEAD} and depth < 6:
            if number == _ENTRY and len(found.tracks) < _MOST_TRACKS:
                found.tracks.append(Track())
            _elements(found, inside, depth + 1)
        else:
            _element(found, number or 0, bytes(inside[:_MOST_TEXT]))
        if size is None:
            return
        at += size


def _vint(data: memoryview, at: int, *, keep: bool) -> tuple[int | None, int]:
    """A number of variable length, and where it ends; None: its size is not told."""
    first = data[at]
    length = 9 - first.bit_length()
    if length > 8:
        raise ValueError("no number")
    number = int.from_bytes(data[at : at + length], "big")
    own = number & ((1 << 7 * length) - 1)
    unknown = not keep and own == (1 << 7 * length) - 1
    return (None if unknown else number if keep else own), at + length


def _element(found: Container, number: int, value: bytes) -> None:
    if number in _TEXTS:
        found.told[_TEXTS[number]] = value.decode("utf-8", "replace")
    elif number == _DURATION and len(value) in {4, 8}:
        (found.told["lasts"],) = struct.unpack(">f" if len(value) == 4 else ">d", value)
    elif number == _SCALE:
        found.told["scale"] = int.from_bytes(value[:8], "big")
    elif number == _DATE and len(value) == 8:
        (ns,) = struct.unpack(">q", value)
        found.told["created"] = _moment(_WEBM_DAY, ns / 1e9)
    elif found.tracks:
        _of_track(found.tracks[-1], number, value)


def _of_track(track: Track, number: int, value: bytes) -> None:
    whole = int.from_bytes(value[:8], "big")
    if number == _CODEC:
        track.codec = value.decode("ascii", "replace")
    elif number == _TYPE:
        track.kind = _KINDS.get(whole, "")
    elif number == _WIDTH:
        track.width = whole if whole <= _MOST_SIDE else None
    elif number == _HEIGHT:
        track.height = whole if whole <= _MOST_SIDE else None


_READERS: dict[str, Callable[[Container, Viewed], None]] = {"mp4": _mp4, "webm": _webm}
