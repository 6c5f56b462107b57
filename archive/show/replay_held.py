"""Which captures show what a page refers to."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.errors import BadUrlError
from archive.show.reading import rows
from archive.show.withheld import withheld_among
from archive.urls.normal import publication_key, source_key, stable_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

_GOOD = "captures.outcome = 'ok' AND captures.via IN ('live', 'import', 'wayback')"
_OF_SOURCES = f"""
SELECT source_id AS key, id, captured_at FROM captures
WHERE source_id IN (SELECT value FROM json_each(?)) AND +{_GOOD}
"""  # noqa: S608 - ours
_OF_REPORTS = f"""
SELECT publications.key AS key, captures.id, captures.captured_at FROM publications
JOIN captures ON captures.publication_id = publications.id
WHERE publications.key IN (SELECT value FROM json_each(?)) AND +{_GOOD}
"""  # noqa: S608 - ours
_OF_FILES = """
SELECT url AS key, id, captured_at FROM captures
WHERE url IN (SELECT value FROM json_each(?)) AND +captures.outcome = 'ok'
  AND captures.via IN ('live', 'import', 'wayback', 'browser')
"""


def pages_held(connection: sqlite3.Connection, urls: Sequence[str], near: str) -> dict[str, int]:
    """For addresses of which a page is held, the capture nearest to a moment.

    Args:
        connection: To the archive.
        urls: Whole addresses.
        near: ISO 8601.
    """
    sources = _keyed(urls, lambda url: stable_id(source_key(url)))
    reports = _keyed(urls, publication_key)
    found: dict[str, int] = {}
    for sql, keys in ((_OF_SOURCES, sources), (_OF_REPORTS, reports)):
        nearest = _nearest(connection, sql, list(keys), near)
        for key, number in nearest.items():
            for url in keys[key]:
                found[url.partition("#")[0]] = number
    return found


def files_held(connection: sqlite3.Connection, urls: Sequence[str], near: str) -> dict[str, int]:
    """For addresses of files (pictures, stylesheets) that are held, likewise."""
    return {str(key): n for key, n in _nearest(connection, _OF_FILES, list(urls), near).items()}


def _keyed(urls: Sequence[str], key: Callable[[str], Any]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for url in urls:
        try:
            found.setdefault(key(url), []).append(url)
        except BadUrlError:
            continue
    return found


def _nearest(
    connection: sqlite3.Connection, sql: str, keys: list[Any], near: str
) -> dict[Any, int]:
    listed = rows(connection, sql, [json.dumps(keys)])
    gone = withheld_among(connection, [one["id"] for one in listed])
    moment = datetime.fromisoformat(near)
    best: dict[Any, tuple[float, int]] = {}
    for one in listed:
        if one["id"] in gone:
            continue
        apart = abs((datetime.fromisoformat(one["captured_at"]) - moment).total_seconds())
        best[one["key"]] = min(best.get(one["key"], (apart, one["id"])), (apart, one["id"]))
    return {key: number for key, (_, number) in best.items()}
