"""What posts refer to, read for pages and exports: both ways, with what became of the others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.model.related import Relation
from archive.show.reading import Row, rows
from archive.show.withheld import any_withheld, withheld_among

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST = 40
"""Rows of each list on a page; the view `post_context` has them all."""
MOST_REPORTS = 3
"""Reports named for each post that refers to this one."""

SAID = {
    Relation.REPLIES: ("Answers", "Is answered by"),
    Relation.QUOTES: ("Quotes", "Is quoted by"),
    Relation.FORWARDS: ("Forwards", "Is forwarded by"),
    Relation.ALBUM: ("Is of one album with", "Is of one album with"),
}
"""What a post does, and what is done to the other."""

_WORDS = {
    Relation.REPLIES: ("reply_author", "reply_text"),
    Relation.QUOTES: ("quoted_author", "quoted_text"),
    Relation.FORWARDS: ("forwarded_from", None),
}
"""Facts of a capture about the other: who, and what its words were then."""

_OUT = """
SELECT links.relation, links.url, links.platform, links.account, links.post_id, links.capture_id,
       links.wanted, captures.facts, others.id AS other_id, others.status, others.captures,
       others.report_count
FROM post_links AS links JOIN captures ON captures.id = links.capture_id
LEFT JOIN sources AS others ON others.id = links.other_id
WHERE links.source_id = ? ORDER BY links.relation, links.url LIMIT ?
"""
_IN = """
SELECT links.relation, sources.url, sources.platform, sources.account, links.capture_id,
       sources.id AS other_id, sources.status, sources.captures, sources.report_count
FROM post_links AS links JOIN sources ON sources.id = links.source_id
WHERE links.other_id = ? AND links.relation != 'album'
ORDER BY sources.report_count DESC, links.relation, sources.url LIMIT ?
"""
# Of each of these posts the newest reports that cite it.
_REPORTS = """
SELECT DISTINCT chosen.value AS source_id, publications.report_id AS report
FROM json_each(?) AS chosen
CROSS JOIN citations ON citations.source_id = chosen.value
CROSS JOIN versions ON versions.id = citations.version_id
CROSS JOIN publications ON publications.id = versions.publication_id
ORDER BY versions.report_date DESC, publications.report_id LIMIT 500
"""
_EXPORTED = """
SELECT links.source_id, links.relation, links.url, others.id AS other_id, others.status,
       coalesce(others.captures, 0) AS captures, links.capture_id
FROM json_each(?) AS chosen CROSS JOIN post_links AS links ON links.source_id = chosen.value
LEFT JOIN sources AS others ON others.id = links.other_id
ORDER BY links.source_id, links.relation, links.url
"""


def of_source(connection: sqlite3.Connection, source_id: int) -> dict[str, list[Row]]:
    """What a post refers to (`to`), and what refers to it (`by`) with the `reports` citing that.

    What only a withheld capture shows is left out.
    """
    to = [_relation(row) for row in rows(connection, _OUT, [source_id, MOST])]
    by = rows(connection, _IN, [source_id, MOST])
    if any_withheld(connection):
        kept_back = withheld_among(connection, [one["capture_id"] for one in (*to, *by)])
        to, by = (
            [one for one in those if one["capture_id"] not in kept_back] for those in (to, by)
        )
    reports = _reports(connection, [one["other_id"] for one in by])
    for one in by:
        one["says"] = SAID[Relation(one["relation"])][1]
        one["reports"] = reports.get(one["other_id"], [])[:MOST_REPORTS]
    return {"to": to, "by": by}


def _relation(row: Row) -> Row:
    facts = json.loads(row.pop("facts"))
    who, words = _WORDS.get(Relation(row["relation"]), (None, None))
    return {
        **row,
        "says": SAID[Relation(row["relation"])][0],
        "who": facts.get(who) if who else None,
        "words": facts.get(words) if words else None,
    }


def _reports(connection: sqlite3.Connection, sources: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in rows(connection, _REPORTS, [json.dumps(sources)]) if sources else ():
        if row["report"] is not None:
            found.setdefault(row["source_id"], []).append(row["report"])
    return found


def exported(
    connection: sqlite3.Connection, sources: Iterable[int]
) -> dict[int, list[dict[str, Any]]]:
    """By source the posts that it refers to: relation, address, source (where it is one), status,
    captures."""
    found: dict[int, list[dict[str, Any]]] = {}
    listed = rows(connection, _EXPORTED, [json.dumps(sorted(set(sources)))])
    kept_back = (
        withheld_among(connection, [one["capture_id"] for one in listed])
        if any_withheld(connection)
        else set()
    )
    for row in listed:
        if row.pop("capture_id") not in kept_back:
            found.setdefault(row.pop("source_id"), []).append({
                "relation": row["relation"], "url": row["url"], "source_id": row["other_id"],
                "status": row["status"] or "unchecked", "captures": row["captures"],
            })  # fmt: skip
    return found
