"""What a watch finds: citing sentences, texts of cited pages, events; the newest first.

New is what was captured newly: a sentence by the first version of its report that has it, a text by
its first capture of a source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from archive.model.watches import EVENTS, SENTENCES, TEXTS
from archive.show.atom import TITLES
from archive.show.evidence import event_told
from archive.show.reading import Row, rows
from archive.show.search import vocabulary
from archive.show.search.asked import parse_query
from archive.show.search.match import match
from archive.show.withheld import without_hidden
from archive.urls.normal import stable_id

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from archive.model.watches import Watch

NEWEST = 100
"""Finds of each kind; feed readers ask often enough to see all."""
_RECENT = 60
"""Versions of a series that are looked through where nothing else is asked."""
_SHOWN = 500
"""Characters of a text."""


@dataclass(frozen=True, slots=True)
class Find:
    """Something that a watch found.

    Attributes:
        kind: `sentences`, `texts` or `events`.
        key: By which a feed reader knows it again, also after a rebuild.
        at: When it came to be known, ISO 8601.
        title: On one line.
        told: What it says, a paragraph each.
        where: The page of ours that shows it, from the root.
        original: Address of the page cited, or of the report.
    """

    kind: str
    key: str
    at: str
    title: str
    told: tuple[str, ...]
    where: str
    original: str | None = None


_OF_SOURCE = """
(:platform = '' OR (sources.platform = :platform AND sources.account = :account COLLATE NOCASE))
AND (:host = '' OR sources.host = :host)
"""
_BY_WORDS = "(SELECT rowid FROM {index} WHERE {index} MATCH :match)"
_SENTENCES = """
SELECT min(versions.first_captured_at) AS at, markers.sentence, markers.label,
       publications.report_id AS report, versions.title, publications.url
FROM {from_}
JOIN versions ON versions.id = markers.version_id
JOIN publications ON publications.id = versions.publication_id
WHERE (:series = '' OR versions.series = :series) AND markers.sentence IS NOT NULL
  AND publications.report_id IS NOT NULL AND {cites}
GROUP BY publications.report_id, markers.sentence
HAVING at >= :since ORDER BY at DESC, markers.sentence LIMIT :most
"""
_FROM_WORDS = "markers_fts CROSS JOIN markers ON markers.id = markers_fts.rowid"
_FROM_SOURCES = """
sources CROSS JOIN citations ON citations.source_id = sources.id
CROSS JOIN markers ON markers.note_id = citations.note_id
"""
_FROM_SERIES = """
(SELECT id FROM versions WHERE series = :series ORDER BY first_captured_at DESC LIMIT :recent)
  AS newest CROSS JOIN markers ON markers.version_id = newest.id
"""
_CITES = f"""
EXISTS (SELECT 1 FROM citations JOIN sources ON sources.id = citations.source_id
        WHERE citations.note_id = markers.note_id AND {_OF_SOURCE})
"""  # noqa: S608 - of parts that stand here
_CITED_IN_SERIES = """
(:series = '' OR EXISTS (
    SELECT 1 FROM citations JOIN versions ON versions.id = citations.version_id
    WHERE citations.source_id = sources.id AND versions.series = :series))
"""
_TEXTS = f"""
SELECT min(captures.captured_at) AS at, texts.title, substr(texts.text, 1, {_SHOWN}) AS text,
       texts.digest, sources.id AS source_id, sources.url
FROM {{from_}} JOIN texts ON texts.id = captures.text_id
WHERE {_OF_SOURCE} AND {_CITED_IN_SERIES}
GROUP BY sources.id, texts.digest HAVING at >= :since ORDER BY at DESC, sources.id LIMIT :most
"""  # noqa: S608
_TEXTS_BY_WORDS = """
texts_fts CROSS JOIN captures ON captures.text_id = texts_fts.rowid
JOIN sources ON sources.id = captures.source_id
"""
_TEXTS_BY_SOURCE = "sources CROSS JOIN captures ON captures.source_id = sources.id"
_EVENTS = f"""
SELECT events.at, events.kind, events.subject, events.detail, captures.record_id,
       events.source_id, publications.report_id AS report,
       coalesce(publications.url, sources.cited_url) AS url, coalesce(versions.title, '') AS title
FROM events
JOIN captures ON captures.id = events.capture_id
LEFT JOIN versions ON versions.id = events.capture_id AND events.publication_id IS NOT NULL
LEFT JOIN sources ON sources.id = events.source_id
LEFT JOIN publications ON publications.id = events.publication_id
WHERE events.at >= :since
  AND (:about_source = 0 OR (sources.id IS NOT NULL AND {_OF_SOURCE}))
  AND (:series = '' OR publications.report_id LIKE :series || '/%'
       OR (sources.id IS NOT NULL AND {_CITED_IN_SERIES}))
  AND {{words}}
ORDER BY events.at DESC, events.id LIMIT :most
"""  # noqa: S608
# Words of an event: of the report edited, of what the page said, of what rests on it.
_EVENT_WORDS = f"""
(versions.id IN {_BY_WORDS.format(index="versions_fts")}
 OR events.source_id IN (
    SELECT c.source_id FROM captures AS c WHERE c.text_id IN {_BY_WORDS.format(index="texts_fts")})
 OR events.source_id IN (
    SELECT citations.source_id FROM markers JOIN citations ON citations.note_id = markers.note_id
    WHERE markers.id IN {_BY_WORDS.format(index="markers_fts")}))
"""  # noqa: S608


def new_finds(connection: sqlite3.Connection, watch: Watch, *, since: str = "") -> list[Find]:
    """What a watch finds, the newest first.

    Args:
        connection: To the archive.
        watch: What is asked.
        since: Only what came to be known from then on, ISO 8601.
    """
    asked = parse_query(watch.words).asked
    if watch.words.strip() and asked is None:
        return []
    query = ""
    if asked is not None:
        vocabulary.prepare(connection)
        query = match(asked, partial(vocabulary.forms, connection)).query
    values = {
        "match": query, "platform": watch.platform, "account": watch.account, "host": watch.host,
        "series": watch.series, "since": since, "most": NEWEST, "recent": _RECENT,
        "about_source": int(bool(watch.account or watch.host)),
    }  # fmt: skip
    ways = {SENTENCES: _sentences, TEXTS: _texts, EVENTS: _events}
    with without_hidden(connection):
        found = [one for kind in watch.over for one in ways[kind](connection, values)]
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)[:NEWEST]


def _sentences(connection: sqlite3.Connection, values: dict[str, Any]) -> Iterator[Find]:
    cites = _CITES if values["about_source"] else "1"
    if values["match"]:
        from_, cites = _FROM_WORDS, f"markers_fts MATCH :match AND {cites}"
    elif values["about_source"]:
        from_, cites = _FROM_SOURCES, _OF_SOURCE
    else:
        from_ = _FROM_SERIES
    for row in rows(connection, _SENTENCES.format(from_=from_, cites=cites), values):
        name = f"{row['report']}|{row['sentence']}"
        yield Find(
            SENTENCES, f"sentence:{stable_id(name)}", row["at"],
            f"{row['title']}, note [{row['label']}]", (row["sentence"],),
            f"/-/report/{row['report']}", row["url"],
        )  # fmt: skip


def _texts(connection: sqlite3.Connection, values: dict[str, Any]) -> Iterator[Find]:
    if not values["match"] and not values["about_source"]:
        return  # all that a series cites is no find
    from_ = _TEXTS_BY_WORDS if values["match"] else _TEXTS_BY_SOURCE
    sql = _TEXTS.format(from_=from_)
    if values["match"]:
        sql = sql.replace("WHERE", "WHERE texts_fts MATCH :match AND", 1)
    for row in rows(connection, sql, values):
        yield Find(
            TEXTS, f"text:{row['source_id']}:{row['digest']}", row["at"],
            row["title"] or row["url"], (row["text"],), f"/-/source/{row['source_id']}", row["url"],
        )  # fmt: skip


def _events(connection: sqlite3.Connection, values: dict[str, Any]) -> Iterator[Find]:
    sql = _EVENTS.format(words=_EVENT_WORDS if values["match"] else "1")
    for row in rows(connection, sql, values):
        record = row["record_id"].strip("<>").removeprefix("urn:uuid:")
        told = (str(row["subject"]), *event_told(row["kind"], json.loads(row["detail"])))
        title = TITLES[row["kind"]].format(subject=row["title"] or row["subject"])
        key = f"event:{row['kind']}:{record}"
        yield Find(EVENTS, key, row["at"], title, told, _page_of(row), row["url"])


def _page_of(row: Row) -> str:
    if row["source_id"] is not None:
        return f"/-/source/{row['source_id']}"
    return f"/-/report/{row['report']}/changes" if row["report"] else "/"
