"""A file of geolocations as places with the addresses that it names there. Pure.

Where an address stands in the properties differs from publisher to publisher; so all values are
gone through, and the name of the property says what the address is to the place. Nothing is lost
by that: a place is shown only where a report cites the very address.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from archive.errors import BadUrlError
from archive.model.geolocations import Address, LeftOut, Place, PlacesFile, Role
from archive.urls.join_key import join_key
from archive.urls.pasted import pasted_address
from pipeline.read.geolocations.features import as_number, collection, is_number
from pipeline.read.geolocations.words import OF_DRESS, OF_GEOLOCATION, OF_SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.read.geolocations.features import Feature

MOST_PLACES = 25
"""Places at which a file may name one address: a thread of footage has a dozen; what stands at more
is a credit, a home page, a channel."""
MOST_ADDRESSES = 50
"""Of one place."""
LONGEST = 200
"""Characters of a title that are kept; what the words say stays with who wrote them."""
_DEEPEST = 6
"""Levels of lists and objects in properties."""
_MOST_TEXT = 20_000
"""Characters of one value that are gone through."""

_WORDS = re.compile(r"[^\W\d_]+")
_URL = re.compile(r"https?://[^\s<>\"'\\|{}\]\u00ab\u00bb\u201c\u201d]+", re.IGNORECASE)
_TAIL = ".,;:!?*_"
_BEFORE = 40
"""Characters before an address in words in which its label may stand."""
_LABEL_ENDS = re.compile(r"https?://\S*|[\n\r]|<br\s*/?>", re.IGNORECASE)

_TITLES = ("title", "name", "location", "place", "city")
_DAYS = ("date", "event_date", "verifieddate", "datetime", "timestamp", "time", "day")
_CREDITS = ("credit", "credits", "author", "geolocator", "geolocated_by", "verified_by")
_LICENCES = ("license", "licence", "copyright", "attribution", "rights")
_LATITUDES, _LONGITUDES = ("latitude", "lat"), ("longitude", "lon", "lng", "long")
_APART = 0.01
"""Degrees, some kilometre, in which a point and what is said of it may differ: many round."""
_PAIR = re.compile(r"(?<![\d.])(-?\d{1,3}\.\d{3,12})\s*[,;]\s*(-?\d{1,3}\.\d{3,12})(?![\d.])")
"""Coordinates in words; three digits behind the point are a hundred metres."""
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?!\d)")
_SECONDS_FROM, _SECONDS_TO = 1e8, 4e9
"""1973 to 2096; a thousand times as much is milliseconds."""


def read_places(body: bytes) -> PlacesFile:
    """What a file of geolocations says.

    Raises:
        BadInputError: It cannot be read as one; the message says why.
    """
    found = collection(body)
    places: list[Place] = []
    left: list[LeftOut] = []
    for number, feature in enumerate(found.features):
        why = feature.why_not or _contradiction(feature)
        addresses = () if why else _addresses(feature)
        if addresses:
            places.append(_place(number, feature, addresses))
        else:
            left.append(LeftOut(number, why or "no address of a source"))
    kept = tuple(_without_credits(places))
    numbers = {one.number for one in kept}
    left += [
        LeftOut(one.number, f"its address stands at more than {MOST_PLACES} places")
        for one in places
        if one.number not in numbers
    ]
    licence = _first(found.about, _LICENCES) or _first(found.about.get("metadata"), _LICENCES)
    ordered = tuple(sorted(left, key=lambda one: one.number))
    return PlacesFile(found.layout, licence, len(found.features), kept, ordered)


def _contradiction(feature: Feature) -> str:
    """Why a point is not believed: its own properties name another, or the same the other way
    round. Which of the two is right is not guessed."""
    lowered = {str(name).lower(): as_number(value) for name, value in feature.said.items()}
    latitude = _number(lowered, _LATITUDES)
    longitude = _number(lowered, _LONGITUDES)
    if latitude is None or longitude is None:
        return _contradicted_in_words(feature)
    if _near(latitude, feature.latitude) and _near(longitude, feature.longitude):
        return ""
    if _near(latitude, feature.longitude) and _near(longitude, feature.latitude):
        return "its properties name latitude and longitude the other way round"
    return "its properties name another point"


def _contradicted_in_words(feature: Feature) -> str:
    """Why a point is not believed: by coordinates in its words, which have latitude first."""
    texts = (text[:_MOST_TEXT] for text in feature.said.values() if isinstance(text, str))
    pairs = [(float(pair[1]), float(pair[2])) for text in texts for pair in _PAIR.finditer(text)]
    if not any(
        _near(one, feature.longitude) and _near(other, feature.latitude) for one, other in pairs
    ):
        return ""
    if any(
        _near(one, feature.latitude) and _near(other, feature.longitude) for one, other in pairs
    ):
        return ""
    return "its words name latitude and longitude the other way round"


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _APART


def _number(said: dict[str, Any], names: tuple[str, ...]) -> float | None:
    found = next((said[name] for name in names if name in said), None)
    return float(found) if found is not None and is_number(found) else None


def _addresses(feature: Feature) -> tuple[Address, ...]:
    """Each once, as the first that was said of it."""
    found: dict[str, Role] = {}
    for url, role in _addresses_within(feature.said, Role.MENTION, _DEEPEST):
        try:
            key = join_key(url)
        except BadUrlError:
            continue
        if _is_a_page(key):
            found.setdefault(key, role)
        if len(found) >= MOST_ADDRESSES:
            break
    return tuple(Address(key, role) for key, role in found.items())


def _is_a_page(key: str) -> bool:
    """Whether an address names more than a host."""
    return "/" in key.partition("://")[2].rstrip("/")


def _addresses_within(value: Any, role: Role, depth: int) -> Iterator[tuple[str, Role]]:
    if isinstance(value, str):
        yield from _in_text(value[:_MOST_TEXT], role)
    elif depth and isinstance(value, list):
        for one in value:
            yield from _addresses_within(one, role, depth - 1)
    elif depth and isinstance(value, dict):
        for name, one in value.items():
            inner = _role_of(str(name))
            if inner is not None:
                yield from _addresses_within(
                    one, role if inner is Role.MENTION else inner, depth - 1
                )


def _role_of(name: str) -> Role | None:
    """What the addresses under a property are; None: dress of the map."""
    words = {word.lower() for word in _WORDS.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))}
    if words & OF_DRESS:
        return None
    if OF_GEOLOCATION.search(name):
        return Role.GEOLOCATION
    return Role.SOURCE if words & OF_SOURCE else Role.MENTION


def _in_text(text: str, role: Role) -> Iterator[tuple[str, Role]]:
    """Addresses in a value: the whole of it, or those in its words, HTML or Markdown."""
    plain = unescape(text)
    found = list(_URL.finditer(plain))
    if not found and len(text) < LONGEST and (whole := pasted_address(text)):
        yield whole, role
    for match in found:
        yield _bare(match.group()), _labelled(plain[: match.start()], role)


def _bare(url: str) -> str:
    """An address without its sentence's punctuation and a bracket that opened before it."""
    url = url.rstrip(_TAIL)
    while url.endswith(")") and url.count(")") > url.count("("):
        url = url[:-1].rstrip(_TAIL)
    return url


def _labelled(before: str, role: Role) -> Role:
    """What an address is by the label before it on its line."""
    if role is not Role.MENTION:
        return role
    label = _LABEL_ENDS.split(before[-_BEFORE:])[-1]
    if OF_GEOLOCATION.search(label):
        return Role.GEOLOCATION
    words = {word.lower() for word in _WORDS.findall(label)}
    return Role.SOURCE if words & OF_SOURCE else Role.MENTION


def _place(number: int, feature: Feature, addresses: tuple[Address, ...]) -> Place:
    return Place(
        number=number,
        latitude=feature.latitude,
        longitude=feature.longitude,
        addresses=addresses,
        title=_first(feature.said, _TITLES),
        day=_day(feature.said),
        credit=_first(feature.said, _CREDITS),
    )


def _first(said: Any, names: tuple[str, ...]) -> str:
    """The first text under one of these names, on one line, without marks of its layout."""
    if not isinstance(said, dict):
        return ""
    lowered = {str(name).lower(): value for name, value in said.items()}
    texts = (lowered.get(name) for name in names)
    found = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    plain = unescape(re.sub(r"<[^<>]{0,500}>", " ", found[:_MOST_TEXT]))
    shown = "".join(sign if sign.isprintable() else " " for sign in plain)
    return " ".join(shown.split())[:LONGEST]


def _day(said: dict[str, Any]) -> str | None:
    """The day that a feature names, by ISO 8601 or by seconds since 1970; others are not read."""
    lowered = {str(name).lower(): value for name, value in said.items()}
    for value in (lowered.get(name) for name in _DAYS):
        if isinstance(value, str) and (found := _DAY.match(value)):
            return found[1] if _is_day(found[1]) else None
        if is_number(value, _SECONDS_TO * 1000):
            seconds = value / 1000 if value > _SECONDS_TO else value
            if _SECONDS_FROM <= seconds <= _SECONDS_TO:
                return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return None


def _is_day(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _without_credits(places: list[Place]) -> Iterator[Place]:
    """Places with the addresses alone that do not stand at too many of them."""
    counts = Counter(one.key for place in places for one in place.addresses)
    for place in places:
        kept = tuple(one for one in place.addresses if counts[one.key] <= MOST_PLACES)
        if kept:
            yield Place(
                place.number, place.latitude, place.longitude, kept, place.title, place.day,
                place.credit,
            )  # fmt: skip
