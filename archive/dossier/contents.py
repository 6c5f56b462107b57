"""Which captures belong into the dossier of a report, and where their records stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.show.withheld import with_media

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import sqlite_utils

_VERSIONS = """
SELECT versions.id FROM versions JOIN publications ON publications.id = versions.publication_id
WHERE publications.report_id = ?
"""
_SOURCES = f"SELECT source_id FROM citations WHERE version_id IN ({_VERSIONS})"  # noqa: S608 - ours
# A cited report is held as a publication, not as a source.
_CITED = f"""
SELECT publications.id FROM sources
LEFT JOIN publication_aliases ON publication_aliases.key = sources.publication_key
JOIN publications ON publications.key = sources.publication_key
    OR publications.id = publication_aliases.publication_id
WHERE sources.id IN ({_SOURCES})
"""  # noqa: S608 - ours
_OF_REPORT = "SELECT id FROM publications WHERE report_id = :report"
_FIGURES = f"SELECT url FROM figures WHERE version_id IN ({_VERSIONS})"  # noqa: S608 - ours
_FILES = f"""
SELECT url FROM attachments WHERE capture_id IN (
    SELECT id FROM captures WHERE publication_id IN ({_OF_REPORT}))
"""  # noqa: S608 - ours
_WANTED = f"""
SELECT id FROM captures WHERE publication_id IN ({_OF_REPORT})
UNION SELECT id FROM captures WHERE publication_id IN ({_CITED.replace("?", ":report")})
UNION SELECT id FROM captures WHERE source_id IN ({_SOURCES.replace("?", ":report")})
UNION SELECT media_files.capture_id FROM media JOIN media_files ON media_files.media_id = media.id
    WHERE media.source_id IN ({_SOURCES.replace("?", ":report")})
UNION SELECT file_capture_id FROM media
    WHERE file_capture_id IS NOT NULL AND source_id IN ({_SOURCES.replace("?", ":report")})
UNION SELECT capture_id FROM browser_pages WHERE source_id IN ({_SOURCES.replace("?", ":report")})
UNION SELECT browser_parts.capture_id FROM browser_pages
    JOIN captures ON captures.id = browser_pages.capture_id
    JOIN browser_parts ON browser_parts.page_record_id = captures.record_id
    WHERE browser_pages.source_id IN ({_SOURCES.replace("?", ":report")})
UNION SELECT capture_id FROM memento_checks WHERE source_id IN ({_SOURCES.replace("?", ":report")})
UNION SELECT id FROM captures WHERE url IN ({_FIGURES.replace("?", ":report")} UNION {_FILES})
"""  # noqa: S608 - ours
_ROWS = """
SELECT id, kind, url, source_id, publication_id, captured_at, outcome, http_status, final_url, via,
    content_type, text_id, payload_digest, memento_at, evidence, record_id, revisit_of,
    warc_file, warc_offset
FROM captures WHERE id IN (SELECT value FROM json_each(?))
"""
_RESTS_ON = """
SELECT evidence FROM verdicts WHERE source_id IN (
    SELECT source_id FROM captures WHERE id IN (SELECT value FROM json_each(:ids)))
UNION ALL SELECT evidence FROM captures WHERE id IN (SELECT value FROM json_each(:ids))
"""
_NAMED = frozenset({"capture", "probe", "neighbour", "drift_from"})
"""Where evidence names captures that it rests on."""


@dataclass(frozen=True, slots=True)
class RecordStart:
    """Where a record begins in the archive's WARC files."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Left:
    """A capture that is left out.

    Attributes:
        why: In words: what was said when it was withheld, or how its record is damaged.
    """

    capture: int
    record: str
    url: str
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a dossier.

    Attributes:
        captures: Rows, by number.
        hops: Places of the redirects before each capture, by its number.
        files: WARC files in the order in which they were begun.
        withheld: What is left out on purpose.
    """

    captures: dict[int, dict[str, Any]]
    hops: dict[int, list[RecordStart]]
    files: tuple[str, ...]
    withheld: tuple[Left, ...]

    def places(self) -> list[RecordStart]:
        """The places of the records, in the order in which they were written."""
        order = {name: number for number, name in enumerate(self.files)}
        rows = self.captures.values()
        found = {RecordStart(row["warc_file"], row["warc_offset"]) for row in rows}
        found |= {place for hops in self.hops.values() for place in hops}
        return sorted(found, key=lambda place: (order[place.file], place.offset))


def contents(db: sqlite_utils.Database, report: str) -> Contents:
    """Every capture that the dossier of a report needs.

    Its own of all publications and versions, its figures and files, each cited page with what
    other archives hold of it, and what a revisit or a verdict among them rests on.

    Args:
        db: The archive.
        report: Its id.
    """
    wanted = {row[0] for row in db.execute(_WANTED, {"report": report}).fetchall()}
    hidden, probes = with_media(db.conn), _probes(db)
    captures: dict[int, dict[str, Any]] = {}
    left: dict[int, Left] = {}
    while fresh := wanted - captures.keys() - left.keys():
        for row in db.query(_ROWS, [json.dumps(sorted(fresh))]):
            why = hidden.get(row["record_id"]) or hidden.get(row["revisit_of"])
            if why is None:
                captures[row["id"]] = row
            else:
                left[row["id"]] = _left(row, why)
        wanted &= captures.keys() | left.keys()
        wanted |= set(_needed(db, [captures[one] for one in fresh if one in captures], probes))
    return Contents(
        dict(sorted(captures.items())),
        _hops(db, captures),
        _files(db, captures.values()),
        tuple(left[one] for one in sorted(left)),
    )


def _left(row: dict[str, Any], why: str) -> Left:
    return Left(row["id"], row["record_id"], row["url"], row["captured_at"], why)


def _probes(db: sqlite_utils.Database) -> dict[str, list[int]]:
    """Captures of addresses that cannot exist, by host."""
    found: dict[str, list[int]] = {}
    for number, url in db.execute("SELECT id, url FROM captures WHERE kind = 'probe'").fetchall():
        found.setdefault(urlsplit(url).netloc, []).append(number)
    return found


def _needed(
    db: sqlite_utils.Database, rows: list[dict[str, Any]], probes: Mapping[str, list[int]]
) -> Iterator[int]:
    """Captures that these rest on: the bodies that revisits repeat, the evidence of verdicts and
    outcomes, and what their hosts answer to anything."""
    repeated = json.dumps(sorted({row["revisit_of"] for row in rows if row["revisit_of"]}))
    sql = "SELECT id FROM captures WHERE record_id IN (SELECT value FROM json_each(?))"
    yield from (row[0] for row in db.execute(sql, [repeated]).fetchall())
    ids = json.dumps([row["id"] for row in rows])
    for (evidence,) in db.execute(_RESTS_ON, {"ids": ids}).fetchall():
        yield from _captures_named_in(json.loads(evidence))
    hosts = {urlsplit(row[name]).netloc for row in rows for name in ("url", "final_url")}
    for host in hosts & probes.keys():
        yield from probes[host]


def _captures_named_in(evidence: Any) -> Iterator[int]:
    if isinstance(evidence, list):
        for one in evidence:
            yield from _captures_named_in(one)
    elif isinstance(evidence, dict):
        for name, value in evidence.items():
            if name in _NAMED and isinstance(value, int) and not isinstance(value, bool):
                yield value
            else:
                yield from _captures_named_in(value)


def _hops(db: sqlite_utils.Database, captures: Iterable[int]) -> dict[int, list[RecordStart]]:
    sql = """
    SELECT capture_id, warc_file, warc_offset FROM hops
    WHERE capture_id IN (SELECT value FROM json_each(?)) ORDER BY capture_id, position
    """
    found: dict[int, list[RecordStart]] = {}
    for number, file, offset in db.execute(sql, [json.dumps(sorted(captures))]).fetchall():
        found.setdefault(number, []).append(RecordStart(file, offset))
    return found


def _files(db: sqlite_utils.Database, rows: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The files of these captures and of their hops, by the first number given in each."""
    ids = json.dumps(sorted(row["id"] for row in rows))
    sql = """
    WITH asked AS (SELECT value AS id FROM json_each(?)), named AS (
        SELECT warc_file FROM captures WHERE id IN (SELECT id FROM asked)
        UNION SELECT warc_file FROM hops WHERE capture_id IN (SELECT id FROM asked))
    SELECT warc_file FROM named
    ORDER BY (SELECT min(id) FROM captures WHERE captures.warc_file = named.warc_file), warc_file
    """
    return tuple(row[0] for row in db.execute(sql, [ids]).fetchall())
