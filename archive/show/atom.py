"""The events as an Atom feed (RFC 4287), for feed readers and, later, alerts.

An entry's id is made of the WARC record that shows the event: it is the same after a rebuild, and
no other archive's.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from markupsafe import Markup

from archive.show.evidence import event_told
from archive.show.narrowing import Narrowing
from archive.show.reading import Row, rows
from archive.show.withheld import any_withheld, withheld_among, withheld_reason

if TYPE_CHECKING:
    import sqlite3

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 200
"""Events in a feed; readers ask often enough to see each."""
_SENTENCES = 5

NEW_REPORT = "new-report"
"""No event of the table: the first capture of a report."""

_FIRST_SEEN = "The report was captured for the first time."

TITLES = {
    NEW_REPORT: "New report: {subject}",
    "died": "Gone: {subject}",
    "removed": "Removed by its platform: {subject}",
    "came-back": "There again: {subject}",
    "identity-changed": "Another account at the address: {subject}",
    "moved": "Moved: {subject}",
    "edited": "Edited: {subject}",
    "drifted": "No longer says what it said: {subject}",
    "media-removed": "No longer shows its pictures or videos: {subject}",
    "media-restored": "Shows its pictures or videos again: {subject}",
    "observers-differ": "Two observers saw different texts: {subject}",
    "report-edited": "Report edited: {subject}",
    "correction": "Correction: {subject}",
}

_EVENTS = """
SELECT events.id, at, events.kind, subject, detail, captures.record_id, captures.id AS capture_id,
       events.source_id, publications.report_id AS report,
       coalesce(publications.url, sources.cited_url) AS url, coalesce(versions.title, '') AS title
FROM events
JOIN captures ON captures.id = events.capture_id
LEFT JOIN versions ON versions.id = events.capture_id AND events.publication_id IS NOT NULL
LEFT JOIN sources ON sources.id = events.source_id
LEFT JOIN publications ON publications.id = events.publication_id
LEFT JOIN reports ON reports.id = publications.report_id
WHERE at >= :since AND (:kind IS NULL OR events.kind = :kind) AND ({scope})
ORDER BY at DESC, events.id LIMIT :limit
"""
_REPORTS = """
SELECT NULL AS id, versions.first_captured_at AS at, 'new-report' AS kind, reports.id AS subject,
       '{{}}' AS detail, captures.record_id, captures.id AS capture_id, NULL AS source_id,
       reports.id AS report, publications.url, versions.title
FROM {from_}
JOIN captures ON captures.id = versions.id
WHERE versions.id = (
          SELECT v.id FROM publications AS p JOIN versions AS v ON v.publication_id = p.id
          WHERE p.report_id = reports.id ORDER BY v.first_captured_at, v.id LIMIT 1)
      AND versions.first_captured_at >= :since AND (:kind IS NULL OR :kind = 'new-report')
      AND ({scope})
ORDER BY at DESC, versions.id LIMIT :limit
"""
_BY_REPORT = """reports
JOIN publications ON publications.report_id = reports.id
JOIN versions ON versions.publication_id = publications.id"""
# In the order of their time, so that no more are read than are shown.
_BY_TIME = """versions
CROSS JOIN publications ON publications.id = versions.publication_id
CROSS JOIN reports ON reports.id = publications.report_id"""
_CITING = """
SELECT DISTINCT publications.report_id AS report, markers.sentence, versions.id AS version_id
FROM events
JOIN citations ON citations.source_id = events.source_id
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN markers ON markers.note_id = citations.note_id
WHERE events.id = ? AND markers.sentence IS NOT NULL AND versions.version = (
    SELECT max(v.version) FROM versions AS v WHERE v.publication_id = publications.id)
ORDER BY report DESC LIMIT 50
"""

_OF_SOURCES = "events.source_id IN (SELECT id FROM sources WHERE {which})"
# The same, asked of one after the other.
_IS_OF = "EXISTS (SELECT 1 FROM sources AS s WHERE s.id = +events.source_id AND ({which}))"
_CITES_ONE = """EXISTS (
    SELECT 1 FROM citations CROSS JOIN sources ON sources.id = citations.source_id
    WHERE citations.version_id = versions.id AND ({which}))"""
_MANY = 2_000
_ARE_MANY = "SELECT count(*) FROM (SELECT 1 FROM sources WHERE {which} LIMIT :many)"
_CITES_SOURCES = """
versions.id IN (SELECT version_id FROM citations WHERE source_id IN (
    SELECT id FROM sources WHERE {which}))
"""
_IN_SERIES = """
reports.series = :series OR EXISTS (
    SELECT 1 FROM citations JOIN versions AS citing ON citing.id = citations.version_id
    WHERE citations.source_id = events.source_id AND citing.series = :series)
"""
_SOURCES = {
    "source": "id = :source",
    "account": "platform = :platform AND account = :account",
    "host": "host = :host",
}


_HELD = {
    "series": "SELECT 1 FROM reports WHERE series = :series LIMIT 1",
    "account": "SELECT 1 FROM sources WHERE platform = :platform AND account = :account LIMIT 1",
    "host": "SELECT 1 FROM sources WHERE host = :host LIMIT 1",
    "source": "SELECT 1 FROM sources WHERE id = :source",
}


@dataclass(frozen=True, slots=True)
class FeedScope(Narrowing):
    """What a feed is about: all of it, or one series, account, host or source.

    Attributes:
        series: Its slug.
        platform: Of the account.
        account: Its name.
        host: Its name.
        source: Its number.
        since: Only from this day on, `YYYY-MM-DD`.
        kind: Only this kind of event.
    """

    series: str | None = None
    platform: str | None = None
    account: str | None = None
    host: str | None = None
    source: int | None = None
    since: str | None = None
    kind: str | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it is about what is cited of an account, a host or a source."""
        return any(getattr(self, name) is not None for name in _SOURCES)

    def conditions(self) -> tuple[str, str]:
        """SQL that an event, and a new report, has to meet."""
        if self.series is not None:
            return _IN_SERIES, "reports.series = :series"
        for name, which in _SOURCES.items():
            if getattr(self, name) is not None:
                return _OF_SOURCES.format(which=which), _CITES_SOURCES.format(which=which)
        return "1", "1"


EVERYTHING = FeedScope()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed.

    Attributes:
        text: The XML.
        updated: When the newest of it happened, ISO 8601; None: it is empty.
    """

    text: str
    updated: str | None


def feed(db: sqlite3.Connection, wanted: FeedScope = EVERYTHING, root: str = "") -> Feed:
    """New reports and the newest events as Atom.

    Args:
        db: The archive.
        wanted: What of it.
        root: The address of the archive's pages, without a slash at its end; entries lead to our
            evidence there. Empty: it is nowhere to be seen, and they lead to the originals.
    """
    register_namespace("", ATOM)
    found = _happened(db, wanted)
    element = Element(f"{{{ATOM}}}feed")
    named = "".join(f":{name}:{quote(value)}" for name, value in wanted.given.items())
    _text(element, "id", f"tag:isw-archive,2026:events{_own_name(wanted, named)}")
    _text(element, "title", _title(wanted))
    _text(element, "updated", found[0]["at"] if found else "1970-01-01T00:00:00Z")
    SubElement(SubElement(element, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = "isw-archive"
    if root:
        asked = f"?{urlencode(wanted.given)}" if wanted.given else ""
        _link(element, "self", f"{root}/-/atom{asked}", "application/atom+xml")
        _link(element, "alternate", f"{root}/", "text/html")
    for row in found:
        _entry(element, row, _citing(db, row), root)
    indent(element)
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(element, encoding="unicode")
    return Feed(text, found[0]["at"] if found else None)


def queries(wanted: FeedScope, *, common: bool = False) -> tuple[str, str]:
    """What is asked of the archive: for events, and for new reports.

    Args:
        wanted: What of it.
        common: Very many sources are in it: what is newest is then soon found by time.
    """
    events, reports = wanted.conditions()
    from_ = _BY_REPORT if wanted.is_narrow and not common else _BY_TIME
    if common:
        name = "host" if wanted.host is not None else "account"
        events, reports = (part.format(which=_SOURCES[name]) for part in (_IS_OF, _CITES_ONE))
    return _EVENTS.format(scope=events), _REPORTS.format(scope=reports, from_=from_)


def not_held(db: sqlite3.Connection, wanted: FeedScope) -> str | None:
    """What of it names nothing that is held: `series`, `account`, `host` or `source`; None: all
    does."""
    values = {name: getattr(wanted, name) for name in wanted.__slots__}
    for name, sql in _HELD.items():
        if values[name] is not None and not rows(db, sql, values):
            return name
    return None


def _happened(db: sqlite3.Connection, wanted: FeedScope) -> list[Row]:
    """What happened, the newest first, without what is withheld."""
    values = {
        **{name: getattr(wanted, name) for name in wanted.__slots__},
        "since": wanted.since or "", "limit": NEWEST,
    }  # fmt: skip
    common = _is_common(db, wanted, values)
    found = [row for sql in queries(wanted, common=common) for row in rows(db, sql, values)]
    kept = withheld_among(db, [row["capture_id"] for row in found]) if any_withheld(db) else set()
    shown = [row for row in found if row["capture_id"] not in kept]
    return sorted(shown, key=lambda row: str(row["at"]), reverse=True)[:NEWEST]


def _is_common(db: sqlite3.Connection, wanted: FeedScope, values: dict[str, Any]) -> bool:
    if wanted.host is None and wanted.account is None:
        return False
    which = _SOURCES["host" if wanted.host is not None else "account"]
    asked = {**values, "many": _MANY}
    return bool(db.execute(_ARE_MANY.format(which=which), asked).fetchone()[0] == _MANY)


def _citing(db: sqlite3.Connection, row: Row) -> list[Row]:
    found = rows(db, _CITING, [row["id"]])
    shown = [one for one in found if withheld_reason(db, "versions", one["version_id"]) is None]
    return shown[:_SENTENCES]


def _own_name(wanted: FeedScope, named: str) -> str:
    """The part of a feed's id that names what it is about; a feed of one kind keeps the form that
    it always had."""
    return f":{wanted.kind}" if set(wanted.given) == {"kind"} else named


def _title(wanted: FeedScope) -> str:
    about = ", ".join(
        value for name, value in wanted.given.items() if name not in {"since", "kind"}
    )
    general = "What happened to reports of ISW and CTP, and to what they cite"
    return f"{general}: {about}" if about else general


def _entry(parent: Element, row: Row, citing: list[Row], root: str) -> None:
    entry = SubElement(parent, f"{{{ATOM}}}entry")
    record = row["record_id"].strip("<>").removeprefix("urn:uuid:")
    _text(entry, "id", f"tag:isw-archive,2026:event:{row['kind']}:{record}")
    _text(entry, "title", TITLES[row["kind"]].format(subject=row["title"] or row["subject"]))
    _text(entry, "updated", row["at"])
    _text(entry, "published", row["at"])
    SubElement(entry, f"{{{ATOM}}}category", term=row["kind"])
    original = row["url"] if (row["url"] or "").startswith(("http://", "https://")) else None
    evidence = f"{root}{_evidence(row)}" if root else original
    if evidence:
        _link(entry, "alternate", evidence, "text/html" if root else None)
    if root:
        _link(entry, "via", f"{root}/-/capture/{row['capture_id']}", "text/html")
        if original:
            _link(entry, "related", original)
    _text(entry, "content", str(_content(row, citing))).set("type", "html")


def _evidence(row: Row) -> str:
    """The page of ours that shows it."""
    if row["source_id"] is not None:
        return f"/-/source/{row['source_id']}"
    if row["report"] is None:
        return f"/-/capture/{row['capture_id']}"
    rest = "/changes" if row["kind"] == "report-edited" else ""
    return f"/-/report/{quote(str(row['report']))}{rest}"


def _link(parent: Element, rel: str, target: str, kind: str | None = None) -> None:
    element = SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=_legal(target))
    if kind is not None:
        element.set("type", kind)


def _content(row: Row, citing: list[Row]) -> Markup:
    """What is known of the event, and the sentences that rest on the source.

    Strangers' words escaped.
    """
    told = [Markup("<p>{}</p>").format(row["subject"])]
    said = [_FIRST_SEEN] if row["kind"] == NEW_REPORT else None
    told += [
        Markup("<p>{}</p>").format(fact)
        for fact in said or event_told(row["kind"], json.loads(row["detail"]))
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


put_text, put_link = _text, _link
"""For feeds of other things, which are written alike."""
