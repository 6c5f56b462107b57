"""How citing sentences speak, counted: of what is cited of an account or host, and of a series."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from archive.model.speech import Hedge
from archive.show.plain import HEDGES, ROLES
from archive.show.reading import Row, rows

if TYPE_CHECKING:
    import sqlite3

# Of the newest version of each report, each sentence once for each of its markers.
_OF_SOURCES = """
SELECT hedge, role, count(*) AS count FROM (
    SELECT DISTINCT markers.version_id, markers.position, markers.hedge, markers.role
    FROM json_each(:sources) AS chosen
    CROSS JOIN citations ON citations.source_id = chosen.value
    CROSS JOIN markers ON markers.note_id = citations.note_id
    WHERE citations.version_id IN (SELECT value FROM json_each(:versions)))
WHERE hedge IS NOT NULL GROUP BY hedge, role
"""
_OF_SERIES = """
SELECT spoken.hedge, nullif(spoken.role, '') AS role, sum(spoken.markers) AS count
FROM (SELECT id FROM reports WHERE series = :series ORDER BY report_date DESC LIMIT :most) AS chosen
CROSS JOIN latest_versions ON latest_versions.report = chosen.id
CROSS JOIN version_hedges AS spoken ON spoken.version_id = latest_versions.version_id
GROUP BY spoken.hedge, spoken.role
"""


MOST_REPORTS = 300
"""The newest reports of a series, whose sentences' way of speaking is counted."""


def of_sources(connection: sqlite3.Connection, versions: list[int], sources: str) -> Row | None:
    """How the sentences speak that rest on some sources; None: there are none.

    Args:
        connection: To the archive.
        versions: The newest of the reports that cite them.
        sources: Their numbers, as JSON.
    """
    asked = {"versions": json.dumps(versions), "sources": sources}
    return _summary(rows(connection, _OF_SOURCES, asked))


def of_series(connection: sqlite3.Connection, series: str) -> Row | None:
    """How the citing sentences of the newest reports of a series speak; None: there are none."""
    return _summary(rows(connection, _OF_SERIES, {"series": series, "most": MOST_REPORTS}))


def _summary(found: list[Row]) -> Row | None:
    """`count` of all; `hedges` and `roles` as words and counts, the most frequent first."""
    hedges: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for row in found:
        hedge = Hedge(row["hedge"])
        hedges[HEDGES.get(hedge, "said plainly")] += row["count"]
        if row["role"]:
            roles[ROLES[row["role"]]] += row["count"]
    if not hedges:
        return None
    return {
        "count": hedges.total(),
        "hedges": hedges.most_common(),
        "roles": roles.most_common(),
    }
