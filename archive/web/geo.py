"""Where others place what a report cites: its map, and the same as GeoJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from archive.show import geo_reading
from archive.show.versions_named import version_named, versions_of
from archive.show.withheld import require_shown
from archive.web.answering import database_of
from archive.web.geo_map import Point, picture
from archive.web.headers import BODY_POLICY, POLICY_NAME

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from markupsafe import Markup

    from archive.show.reading import Row

MOST_POINTS = 300
"""On one map: a report cites some 200 sources."""
_MOST_LABELS = 3
"""Of the notes at one point."""


async def geo_file(request: Request, datasette: Datasette) -> Response:
    """The places of the version that the report's page shows; `?v=` names another."""
    database = await database_of(datasette, request)
    report_id, wanted = request.url_vars["report"], request.args.get("v")
    found = await database.execute_fn(lambda db: _places(db, report_id, wanted))
    if found is None:
        raise NotFound(f"No such version of a report {report_id} is held here")
    return Response(
        geo_reading.as_geojson(report_id, found),
        headers={POLICY_NAME: BODY_POLICY},
        content_type="application/geo+json",
    )


def _places(connection: sqlite3.Connection, report_id: str, wanted: str | None) -> list[Row] | None:
    """Places of a version; None: it is not held."""
    named = version_named(connection, versions_of(connection, report_id), wanted)
    if named is None:
        return None
    require_shown(connection, named["id"])
    return geo_reading.of_version(connection, named["id"])


def points_of(notes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The places of a report's notes, each point once: `latitude`, `longitude`, the `notes` that
    rest on it with their anchors, and what is said of it, in `places`."""
    found: dict[tuple[float, float], dict[str, Any]] = {}
    for note in notes:
        for cited in note["urls"]:
            for place in cited["places"]:
                at = (place["latitude"], place["longitude"])
                one = found.setdefault(at, {"at": at, "notes": [], "places": []})
                if note["label"] not in (other["label"] for other in one["notes"]):
                    one["notes"].append({"label": note["label"], "anchor": note["anchor"]})
                if all(place is not other for other in one["places"]):
                    one["places"].append(place)
    return list(found.values())[:MOST_POINTS]


def map_of(points: Sequence[Mapping[str, Any]]) -> Markup:
    """The map of what `points_of` found."""
    return picture([_point(one) for one in points], "Where others place what this report cites")


def _point(one: Mapping[str, Any]) -> Point:
    latitude, longitude = one["at"]
    labels = [note["label"] for note in one["notes"]]
    more = "…" if len(labels) > _MOST_LABELS else ""
    titles = {place["title"] for place in one["places"] if place["title"]}
    told = "; ".join([f"{latitude:.5f}, {longitude:.5f}", *sorted(titles)[:2]])
    return Point(
        latitude, longitude, ", ".join(labels[:_MOST_LABELS]) + more, told,
        f"#note-{one['notes'][0]['anchor']}",
    )  # fmt: skip
