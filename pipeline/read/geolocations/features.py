"""Features of a file, whatever laid it out: a point, and what is said of it. Pure.

Layouts met: a GeoJSON FeatureCollection (RFC 7946) as Eyes on Russia gave it (`url`), as its
ArcGIS service gives it (`Link`, `Link_geolocation`), as MapHub (`groups`, links in a description),
as exports of KML give it (links in HTML), with `links` or `sources` in lists; uMap's `layers` of
such collections; and the list of incidents of Forensic Architecture's TimeMap, which Bellingcat
publishes (`latitude`, `longitude`, `sources` with a `path` each).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from archive.errors import BadInputError
from archive.writable import writable

MOST_BYTES = 64_000_000
"""Of a file: Eyes on Russia's with 20,000 events had some 20 MB."""
MOST_FEATURES = 500_000

_AXES = ("CRS84", "EPSG::4326", "EPSG:4326", "EPSG/0/4326")
"""How a `crs` of 2008 ends that names degrees of WGS 84, which RFC 7946 takes for granted."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its point, or why it has none that can be taken."""

    latitude: float = math.nan
    longitude: float = math.nan
    why_not: str = ""
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collection:
    """A file's features, its layout, and what it says of itself."""

    layout: str
    features: tuple[Feature, ...]
    about: dict[str, Any]


def collection(body: bytes) -> Collection:
    """The features of a file.

    Raises:
        BadInputError: It is too large, no UTF-8, no JSON, nested too deeply, in another system of
            coordinates, or of no layout known here; the message does not name the file.
    """
    loaded = _loaded(body)
    found = _collected(loaded)
    if found is None:
        raise BadInputError(
            "no layout of geolocations: neither a GeoJSON FeatureCollection, nor uMap's layers, "
            "nor a list of incidents with latitude and longitude"
        )
    if len(found.features) > MOST_FEATURES:
        raise BadInputError(f"{len(found.features):,} features; at most {MOST_FEATURES:,}")
    return found


def _loaded(body: bytes) -> Any:
    if len(body) > MOST_BYTES:
        raise BadInputError(f"{len(body):,} bytes; at most {MOST_BYTES:,}")
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_refused)
    except UnicodeDecodeError as error:
        raise BadInputError(f"not UTF-8 (byte {error.start:,}); save it as UTF-8") from error
    except RecursionError as error:
        raise BadInputError("nested too deeply") from error
    except ValueError as error:
        raise BadInputError(f"no JSON (GeoJSON, uMap or TimeMap are read): {error}") from error


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _collected(loaded: Any) -> Collection | None:
    if isinstance(loaded, list):
        return _incidents(loaded)
    if not isinstance(loaded, dict):
        return None
    if isinstance(layers := loaded.get("layers"), list) and loaded.get("type") == "umap":
        parts = [_features(layer) for layer in layers if isinstance(layer, dict)]
        return Collection("umap", tuple(one for part in parts for one in part), loaded)
    if loaded.get("type") == "Feature":
        return Collection("geojson", (_feature(loaded),), {})
    if isinstance(loaded.get("features"), list):
        layout = "maphub" if isinstance(loaded.get("groups"), list) else "geojson"
        return Collection(layout, _features(loaded), loaded)
    return None


def _features(loaded: dict[str, Any]) -> tuple[Feature, ...]:
    _mind_axes(loaded.get("crs"))
    features = loaded.get("features")
    return tuple(map(_feature, features)) if isinstance(features, list) else ()


def _mind_axes(crs: Any) -> None:
    """Refuse another system of coordinates than degrees; metres would be read as such."""
    if crs is None:
        return
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = _shown(named.get("name") if isinstance(named, dict) else crs, 100)
    if not name.upper().endswith(_AXES):
        raise BadInputError(f"coordinates in {name}; only degrees of WGS 84 are read")


def _shown(value: Any, most: int) -> str:
    """The beginning of what a file says, as it can be told: half a sign (`\\ud800`) is no text."""
    return writable(str(value)[:most])


def _feature(loaded: Any) -> Feature:
    if not isinstance(loaded, dict):
        return Feature(why_not="no feature")
    properties = loaded.get("properties")
    said = dict(properties) if isinstance(properties, dict) else {}
    geometry = loaded.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind is None or not isinstance(geometry, dict):
        return Feature(why_not="no geometry", said=said)
    if kind != "Point":
        return Feature(why_not=f"a {_shown(kind, 40)}, no point", said=said)
    pair = geometry.get("coordinates")
    if not isinstance(pair, list) or len(pair) < 2:
        return Feature(why_not="a point without coordinates", said=said)
    return _placed(pair[1], pair[0], said)


def _placed(latitude: Any, longitude: Any, said: dict[str, Any]) -> Feature:
    """A feature at these coordinates; numbers alone are taken, and none is moved."""
    if not (is_number(latitude) and is_number(longitude)):
        return Feature(why_not="coordinates that are no numbers", said=said)
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return Feature(float(latitude), float(longitude), said=said)
    swapped = abs(longitude) <= 90 and abs(latitude) <= 180
    hint = "; the two may be swapped" if swapped else ""
    return Feature(
        why_not=f"latitude {latitude:.10g}, longitude {longitude:.10g}: out of range{hint}",
        said=said,
    )


def is_number(value: Any, most: float = 1e9) -> TypeGuard[float]:
    """Whether it is a number that can be reckoned with, none larger than `most`: JSON's may be
    longer than any float."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return -most <= value <= most


def _incidents(loaded: list[Any]) -> Collection | None:
    """TimeMap's list; its coordinates stand as texts, too."""
    if not any(isinstance(one, dict) and {"latitude", "longitude"} <= one.keys() for one in loaded):
        return None
    return Collection("timemap", tuple(map(_incident, loaded)), {})


def _incident(one: Any) -> Feature:
    if not isinstance(one, dict):
        return Feature(why_not="no incident")
    said = {name: value for name, value in one.items() if name not in {"latitude", "longitude"}}
    return _placed(as_number(one.get("latitude")), as_number(one.get("longitude")), said)


def as_number(value: Any) -> Any:
    """A number that stands as a text; anything else as it is."""
    if not isinstance(value, str) or len(value) > 40:
        return value
    try:
        return float(value)
    except ValueError:
        return value
