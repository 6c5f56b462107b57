"""The events as an Atom feed (RFC 4287), for feed readers and, later, alerts.

An entry's id is made of the WARC record that shows the event: it is the same after a rebuild, and
no other archive's.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from markupsafe import Markup

from archive.show.evidence import event_told

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
    "correction": "Correction: {subject}",
}

_EVENTS = """
SELECT events.id, at, events.kind, subject, detail, captures.record_id,
       coalesce(publications.url, sources.cited_url) AS url, coalesce(versions.title, '') AS title
FROM events
JOIN captures ON captures.id = events.capture_id
LEFT JOIN versions ON versions.id = events.capture_id AND events.publication_id IS NOT NULL
LEFT JOIN sources ON sources.id = events.source_id
LEFT JOIN publications ON publications.id = events.publication_id
WHERE at >= :since AND (:kind IS NULL OR events.kind = :kind)
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
    record = row["record_id"].strip("<>").removeprefix("urn:uuid:")
    _text(entry, "id", f"tag:isw-archive,2026:event:{row['kind']}:{record}")
    _text(entry, "title", _TITLES[row["kind"]].format(subject=row["title"] or row["subject"]))
    _text(entry, "updated", row["at"])
    _text(entry, "published", row["at"])
    SubElement(entry, f"{{{ATOM}}}category", term=row["kind"])
    if row["url"].startswith(("http://", "https://")):
        SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=_legal(row["url"]))
    _text(entry, "content", str(_content(row, citing))).set("type", "html")


def _content(row: dict[str, Any], citing: list[dict[str, Any]]) -> Markup:
    """What is known of the event, and the sentences that rest on the source.

    Strangers' words escaped.
    """
    told = [Markup("<p>{}</p>").format(row["subject"])]
    told += [
        Markup("<p>{}</p>").format(fact)
        for fact in event_told(row["kind"], json.loads(row["detail"]))
    ]
    told += [
        Markup("<p>Cited in {}:</p><blockquote>{}</blockquote>").format(
            one["report"], one["sentence"]
        )
        for one in citing
    ]
    return Markup("\n").join(told)


_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold: a single such character would make the whole feed unreadable."""


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = _legal(text)
    return element
