"""Where others place what a source shows: geolocations from files that the operator names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an address is to the place beside which a file names it."""

    SOURCE = "source"
    """The footage, post or page that was placed."""
    GEOLOCATION = "geolocation"
    """Where somebody shows how it was placed."""
    MENTION = "mention"
    """It stands in words about the place."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that a file names at a place.

    Attributes:
        key: As sources are known by.
    """

    key: str
    role: Role


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a file, with the addresses that it names there.

    Attributes:
        number: Among the features of the file, from 0.
        latitude, longitude: In degrees of WGS 84.
        title: What the file calls it; may be empty.
        day: ISO 8601, where the file names one.
        credit: Whom the file names for it.
    """

    number: int
    latitude: float
    longitude: float
    addresses: tuple[Address, ...]
    title: str = ""
    day: str | None = None
    credit: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A feature that is not taken, and why, in words."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """What a file of geolocations says.

    Attributes:
        layout: Whose form it has, as `geojson` or `umap`.
        licence: As the file says; empty: it does not.
        features: How many it has.
    """

    layout: str
    licence: str
    features: int
    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
