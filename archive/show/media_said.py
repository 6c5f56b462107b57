"""What a file says of itself, and how a player had it, in words for readers. Nothing is worked out
beyond their own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive.counted import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FIRST = (
    "DateTimeOriginal", "OffsetTimeOriginal", "DateTimeDigitized", "DateTime", "Make", "Model",
    "Software", "Artist", "Copyright", "ImageDescription",
)  # fmt: skip
"""Of EXIF: what says when, with what and by whom; all else follows by its name."""
_GROUPS = {
    "exif": "EXIF", "xmp": "XMP", "iptc": "IPTC", "texts": "text", "container": "container",
    "credentials": "content credentials",
}  # fmt: skip
_NOTED = "there is a C2PA block; it was not opened or checked"
_READ = (
    "a C2PA block, read without asking anybody: whom it names was not looked up, nor whether the "
    "certificate is trusted or has expired"
)
_PLACE = re.compile(r"([+-]\d{1,3}(?:\.\d{1,10})?)([+-]\d{1,3}(?:\.\d{1,10})?)")
"""ISO 6709, in degrees, as telephones write it into videos."""


def said_told(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and values, the place in words first.

    Args:
        said: As `media_files.said`.
    """
    return list(_facts(said))


def _facts(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from _placed(said.get("gps", {}))
    found = _PLACE.match(str(said.get("container", {}).get("location", "")))
    if found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180:
        yield "place", place_told(float(found[1]), float(found[2]))
    for name, label in _GROUPS.items():
        group = said.get(name, {})
        for key in sorted(group, key=lambda k: (_FIRST.index(k) if k in _FIRST else 99, k)):
            yield f"{label}: {key}", str(group[key])
    if said.get("c2pa"):
        yield "content credentials", _READ if said.get("credentials") else _NOTED
    for name in said.get("unreadable", ()):
        yield _GROUPS.get(name, name), "there, and unreadable"


def player_told(player: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How a video was had that its platform shows in a player alone: names and values.

    Args:
        player: As `media_files.player`.
    """
    return list(_played(player))


def _played(player: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    reader = f", its reader for {player['extractor']}" if "extractor" in player else ""
    yield "fetched by", f"{player.get('program') or 'yt-dlp'}{reader}"
    if "format_id" in player:
        yield "format, as the reader calls it", str(player["format_id"])
    if "origin" in player:
        yield "came from, without what signs the address", str(player["origin"])
    sides = [str(player[name]) for name in ("width", "height") if name in player]
    if sides:
        yield "size, as the platform says", f"{' × '.join(sides)} pixels"
    if "duration_s" in player:
        yield "length, as the platform says", f"{player['duration_s']:g} seconds"
    if {"connections", "size"} & player.keys():
        moved = counted(player.get("size", 0), "bytes")
        times = counted(player.get("connections", 0), "connections")
        yield "over the network", f"{moved} in {times}"
    for place, why in player.get("refused", ()):
        yield "not reached", f"{place}: {why}"
    if "limit" in player:
        yield "ended by a limit", str(player["limit"])


def _placed(place: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "latitude" in place and "longitude" in place:
        yield "place", place_told(place["latitude"], place["longitude"])
    elif {"GPSLatitude", "GPSLongitude"} & place.keys():
        yield "place", "coordinates that are not whole"
    if "altitude" in place:
        yield "altitude", altitude_told(place["altitude"])


def altitude_told(metres: float) -> str:
    """A height in words, such as `430 m below the sea`."""
    return f"{abs(metres):,.0f} m {'below' if metres < 0 else 'above'} the sea"


def place_told(latitude: float, longitude: float) -> str:
    """A place in words, such as `48.512300° north, 31.200000° east`."""
    sides = ("north" if latitude >= 0 else "south", "east" if longitude >= 0 else "west")
    return f"{abs(latitude):.6f}° {sides[0]}, {abs(longitude):.6f}° {sides[1]}"
