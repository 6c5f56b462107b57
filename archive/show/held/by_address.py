"""What is held of an address, whichever of its spellings, short links and copies was given."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.show.held.answer import MOST, HeldAnswer, Row
from archive.show.reading import first_row, rows
from archive.urls.normal import copied_address, fetchable, identify

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from archive.show.held.asked import HeldQuery

AS_ASKED = "this address"
COPIED = "the page that this copy shows"
LED_TO = "this address was seen to lead there"
LEADS = "was seen to lead to it"
ON_THE_WAY = "was reached through this address"
ELSEWHERE = "this is another archive's copy of it"

_SOURCE = """
SELECT id, url, platform, account, host, status, captures, first_captured_at, last_captured_at,
       last_outcome, report_count FROM sources WHERE url = ?
"""
_URL = "SELECT url FROM sources WHERE id = ?"
_LEADS_TO = """
SELECT DISTINCT leads_to FROM captures
WHERE source_id = (SELECT id FROM sources WHERE url = ?) AND leads_to IS NOT NULL LIMIT 20
"""
_LED_HERE = """
SELECT DISTINCT sources.url FROM captures JOIN sources ON sources.id = captures.source_id
WHERE captures.leads_to = ? LIMIT 50
"""
_HOPS = """
SELECT DISTINCT sources.url FROM hops
JOIN captures ON captures.id = hops.capture_id JOIN sources ON sources.id = captures.source_id
WHERE hops.url IN (SELECT value FROM json_each(?)) LIMIT 20
"""
_MEMENTOS = """
SELECT sources.url FROM mementos JOIN sources ON sources.id = mementos.source_id
WHERE mementos.url IN (SELECT value FROM json_each(?)) LIMIT 20
"""
# As to the +, see `report_reading`.
_COPY = """
SELECT id, captured_at, via FROM captures WHERE source_id = ? AND +outcome = 'ok'
ORDER BY via = 'wayback', captured_at, id LIMIT 1
"""
_ELSEWHERE = "SELECT url, memento_at FROM mementos WHERE source_id = ? AND url IS NOT NULL"
_REPORTS = """
SELECT DISTINCT publications.report_id AS report, reports.title, reports.report_date,
       publications.url, publications.captures,
       (SELECT id FROM versions WHERE publication_id = publications.id
        ORDER BY version DESC LIMIT 1) AS version_id
FROM publications JOIN reports ON reports.id = publications.report_id
WHERE publications.key = :key OR publications.id IN (
    SELECT publication_id FROM publication_aliases WHERE key = :key)
"""
_CITING = """
SELECT DISTINCT markers.sentence, publications.report_id AS report, versions.id AS version_id,
       versions.title, versions.report_date, notes.label, citations.source_id
FROM citations
JOIN versions ON versions.id = citations.version_id
JOIN publications ON publications.id = versions.publication_id
JOIN notes ON notes.id = citations.note_id
JOIN markers ON markers.note_id = notes.id
WHERE citations.source_id = ? AND markers.sentence IS NOT NULL
ORDER BY versions.report_date DESC, versions.version DESC, markers.position LIMIT 400
"""
_CAPTURES = """
SELECT id, url, captured_at, outcome FROM captures
WHERE url IN (SELECT value FROM json_each(:urls)) AND source_id IS NULL
  AND publication_id IS NULL AND outcome IN ('ok', 'not-modified')
ORDER BY captured_at DESC LIMIT :most
"""
_ACCOUNT = """
SELECT count(*) AS sources FROM sources WHERE platform = ? AND account = ? AND report_count > 0
"""
_HOST = "SELECT count(*) AS sources FROM sources WHERE host = ? AND report_count > 0"
_LINKED = """
SELECT count(DISTINCT text_id) AS texts FROM text_links
WHERE url IN (SELECT value FROM json_each(?))
"""


def by_address(connection: sqlite3.Connection, asked: HeldQuery) -> HeldAnswer:
    """What is held of an address: as a cited page, as a report, as a file that a report shows."""
    spellings = json.dumps(_spellings(asked.value))
    ways: dict[str, str] = {}
    for key, how in _ways(connection, asked.value, spellings):
        ways.setdefault(key, how)
    sources = [_source(connection, key, how) for key, how in ways.items()]
    found = [one for one in sources if one is not None]
    captures = rows(connection, _CAPTURES, {"urls": spellings, "most": MOST})
    return HeldAnswer(
        asked,
        sources=tuple(found[:MOST]),
        reports=tuple(_reports(connection, ways)),
        sentences=tuple(sentences(connection, [one["id"] for one in found])),
        captures=tuple({**one, "how": AS_ASKED} for one in captures),
        beside=_beside(connection, asked.value, spellings),
    )


def _ways(connection: sqlite3.Connection, url: str, spellings: str) -> Iterator[tuple[str, str]]:
    """Keys under which it may be held, each with why; the nearest first."""
    key = identify(url).key
    yield key, AS_ASKED
    inner = _key(copied_address(url))
    if inner:
        yield inner, COPIED
    for row in rows(connection, _LEADS_TO, [key]):
        yield row["leads_to"], LED_TO
    for row in rows(connection, _MEMENTOS, [spellings]):
        yield row["url"], ELSEWHERE
    for row in rows(connection, _HOPS, [spellings]):
        yield row["url"], ON_THE_WAY
    for target in filter(None, (key, inner)):
        for row in rows(connection, _LED_HERE, [target]):
            yield row["url"], LEADS


def _key(url: str | None) -> str | None:
    try:
        return identify(url).key if url else None
    except BadUrlError:
        return None


def _spellings(url: str) -> list[str]:
    """Ways in which the very address may have been asked for."""
    found = [url, identify(url).key]
    with contextlib.suppress(BadUrlError):  # of another scheme: it was never asked for
        found.append(fetchable(url))
    plain = [one.partition("://")[2].removeprefix("www.") for one in found if "://" in one]
    written = [f"{start}{one}" for one in plain for start in _STARTS]
    return list(dict.fromkeys([*found, *written, *(f"{one}/" for one in written)]))


_STARTS = ("https://", "http://", "https://www.", "http://www.")


def _source(connection: sqlite3.Connection, key: str, how: str) -> Row | None:
    row = first_row(connection, _SOURCE, [key])
    if row is None:
        return None
    copy = first_row(connection, _COPY, [row["id"]])
    elsewhere = first_row(connection, _ELSEWHERE, [row["id"]])
    return {**row, "how": how, "kept": copy, "elsewhere": elsewhere}


def _reports(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[Row]:
    seen: set[str] = set()
    for key in keys:
        for row in rows(connection, _REPORTS, {"key": key}):
            if row["report"] not in seen and row["version_id"] is not None:
                seen.add(row["report"])
                yield row


def sentences(connection: sqlite3.Connection, sources: Sequence[int]) -> list[Row]:
    """Sentences that rest on any of these sources, each once a report, the newest first."""
    found: dict[tuple[str, str], Row] = {}
    for number in sources:
        for row in rows(connection, _CITING, [number]):
            found.setdefault((row["report"], row["sentence"]), row)
    ordered = sorted(found.values(), key=lambda one: str(one["report_date"] or ""), reverse=True)
    return ordered[:MOST]


def _beside(connection: sqlite3.Connection, url: str, spellings: str) -> Row:
    """What is held of the same account and host, and which texts lead there."""
    identity = identify(copied_address(url) or url)
    found: Row = {}
    if identity.account:
        asked = [identity.platform, identity.account]
        count = rows(connection, _ACCOUNT, asked)[0]["sources"]
        if count:
            named = {"platform": identity.platform, "account": identity.account}
            found["account"] = {**named, "sources": count}
    count = rows(connection, _HOST, [identity.host])[0]["sources"]
    if count:
        found["host"] = {"host": identity.host, "sources": count}
    texts = rows(connection, _LINKED, [spellings])[0]["texts"]
    if texts:
        found["linked_from"] = texts
    return found
