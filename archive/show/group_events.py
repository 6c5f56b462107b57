"""What happened to the cited sources of an account or a host: the story of a channel."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.show import evidence
from archive.show.reading import Row, rows
from archive.show.withheld import any_withheld, withheld_among

if TYPE_CHECKING:
    import sqlite3

MOST_EVENTS = 40
"""On the page; the feed and the table `events` have more."""

# CROSS JOIN: the sources, which are few, in this order, each by an index
_EVENTS = """
SELECT events.at, events.kind, events.detail, events.capture_id, sources.id AS source_id,
       sources.url
FROM json_each(:chosen) AS chosen
CROSS JOIN events ON events.source_id = chosen.value
CROSS JOIN sources ON sources.id = events.source_id
ORDER BY events.at DESC, events.id LIMIT :most
"""


def happened(connection: sqlite3.Connection, chosen: str) -> list[Row]:
    """The newest events of sources, without what is withheld, each `told` in sentences.

    Args:
        connection: To the archive.
        chosen: The sources' numbers, as JSON.
    """
    found = rows(connection, _EVENTS, {"chosen": chosen, "most": MOST_EVENTS})
    if any_withheld(connection):
        hidden = withheld_among(connection, [one["capture_id"] for one in found])
        found = [one for one in found if one["capture_id"] not in hidden]
    return [
        {**one, "told": evidence.event_told(one["kind"], json.loads(one.pop("detail")))}
        for one in found
    ]
