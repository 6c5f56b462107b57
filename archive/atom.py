"""The events as an Atom feed (RFC 4287), for feed readers and, later, alerts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

if TYPE_CHECKING:
    import sqlite_utils

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 200
"""Events in a feed; readers ask often enough to see each."""
_SENTENCES = 5

_TITLES = {
    "died": "Gone: {subject}",
    "removed": "Removed by its platform: {subject}",
    "came-back": "There again: {subject}",
    "moved": "Moved: {subject}",
    "edited": "Edited: {subject}",
    "drifted": "No longer says what it said: {subject}",
    "report-edited": "Report edited: {subject}",
    "correction": "Correction in a report: {subject}",
}

_EVENTS = """
SELECT events.id, at, kind, subject, detail, coalesce(publications.url, sources.cited_url) AS url
FROM events
LEFT JOIN sources ON sources.id = events.source_id
LEFT JOIN publications ON publications.id = events.publication_id
WHERE at >= :since AND (:kind IS NULL OR kind = :kind)
ORDER BY at DESC, events.id LIMIT :limit
"""
_CITING = """
SELECT DISTINCT report, sentence FROM event_sentences WHERE event_id = ? AND sentence IS NOT NULL
ORDER BY report DESC LIMIT ?
"""


def feed(
    db: sqlite_utils.Database,
    *,
    since: str | None = None,
    kind: str | None = None,
    limit: int = NEWEST,
) -> str:
    """The newest events as Atom.

    Args:
        db: The archive.
        since: Only from this day on, `YYYY-MM-DD`.
        kind: Only this kind.
        limit: At most so many.
    """
    register_namespace("", ATOM)
    root = Element(f"{{{ATOM}}}feed")
    rows = list(db.query(_EVENTS, {"since": since or "", "kind": kind, "limit": limit}))
    _text(root, "id", f"tag:isw-archive,2026:events{':' + kind if kind else ''}")
    _text(root, "title", "What happened to reports of ISW and CTP, and to what they cite")
    _text(root, "updated", rows[0]["at"] if rows else "1970-01-01T00:00:00Z")
    SubElement(SubElement(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = "isw-archive"
    for row in rows:
        _entry(root, row, list(db.query(_CITING, [row["id"], _SENTENCES])))
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def _entry(root: Element, row: dict[str, Any], citing: list[dict[str, Any]]) -> None:
    entry = SubElement(root, f"{{{ATOM}}}entry")
    _text(entry, "id", f"tag:isw-archive,2026:event:{row['id']}")
    _text(entry, "title", _TITLES[row["kind"]].format(subject=row["subject"]))
    _text(entry, "updated", row["at"])
    SubElement(entry, f"{{{ATOM}}}category", term=row["kind"])
    if row["url"].startswith(("http://", "https://")):
        SubElement(entry, f"{{{ATOM}}}link", href=row["url"])
    _text(entry, "summary", "\n".join(_summary(json.loads(row["detail"]), citing)))


def _summary(detail: dict[str, Any], citing: list[dict[str, Any]]) -> list[str]:
    """What is known of the event, one fact a line; then the sentences that rest on the source."""
    facts = [
        f"{name}: {_plain(value)}" for name, value in detail.items() if value not in (None, [], "")
    ]
    return facts + [f"cited in {row['report']}: {row['sentence']}" for row in citing]


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _text(parent: Element, name: str, text: str) -> None:
    # what XML cannot hold (controls) would make the whole feed unreadable
    SubElement(parent, f"{{{ATOM}}}{name}").text = "".join(
        c
        for c in text
        if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
