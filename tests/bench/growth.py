"""An archive made large, to see how cost grows: `python -m tests.bench.growth SEED OUT --times 10`.

SEED is a data folder with reports in it (an import of saved pages). A part of its reports is copied
in SQL as often as asked, each copy a month older than the one before. Of a copy's sources one in
four is its own, most are shared with three more copies, and a few stand in all. Each source is
captured and checked for years, and has a text of its own; posts are short, pages long. There are no
WARC records behind any of it. Nothing is analysed, as no command of ours does.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.db.database import open_database
from archive.db.schema import support
from tests.kept import KEPT_ANEW

CHECKS = 19
"""Captures of a source after its first."""
GONE_FROM = 12
"""The check from which on one source in ten is gone; two later it is dead."""
TODAY = "2026-11-29"
"""The last day on which anything was captured."""
DUE = 300
"""Checks that are due then, however many sources there are; the others are due within 89 days."""
ONE_REPORT_IN = 4
"""Of the seed's."""

APART = 2_000_000
"""Above the span of the seed's capture numbers, which are 1/1000 s; a copy's lie below the last."""
NOTE, CITATION = 100_000, 1_000
"""Notes in a version, citations in a note: what their numbers are multiples of."""
MONTH = 30
FIRST_CHECK, EACH_CHECK = 2**35, 10**9
"""The first round of checks begins above all numbers of captured reports, until 2058, each next one
by so many later. All have 36 bits, so that what is captured after them has numbers, too
(`archive.capture_numbers`)."""

_SOURCE_OF = (
    "(CASE {id} % 64 WHEN 0 THEN 0 ELSE CASE {id} % 4 WHEN 1 THEN :k ELSE :k - :k % 4 END END)"
)
_NEW_SOURCES = "WHERE id % 64 != 0 AND (id % 4 = 1 OR :k % 4 = 0)"
_EARLIER = "strftime('{form}', {{}}, '-' || (:k * {days}) || ' days')"
_DAY = _EARLIER.format(form="%Y-%m-%d", days=MONTH)
_TIME = _EARLIER.format(form="%Y-%m-%dT%H:%M:%SZ", days=MONTH)

MULTIPLIED: dict[str, dict[str, str]] = {
    "reports": {
        "id": "id || '/copy-' || :k",
        "url": "url || '?copy=' || :k",
        "report_date": _DAY.format("report_date"),
    },
    "publications": {
        "id": "id + :k",
        "report_id": "report_id || '/copy-' || :k",
        "url": "url || '?copy=' || :k",
        "key": "key || '?copy=' || :k",
        "first_captured_at": _TIME.format("first_captured_at"),
        "last_captured_at": _TIME.format("last_captured_at"),
    },
    "captures": {
        "id": "id - :apart",
        "publication_id": "publication_id + :k",
        "record_id": "record_id || '-' || :k",
        "origin": "NULL",
        "captured_at": _TIME.format("captured_at"),
    },
    "versions": {
        "id": "id - :apart",
        "publication_id": "publication_id + :k",
        "report_id": "report_id || '/copy-' || :k",
        "report_date": _DAY.format("report_date"),
        "first_captured_at": _TIME.format("first_captured_at"),
        "last_captured_at": _TIME.format("last_captured_at"),
    },
    "figures": {"version_id": "version_id - :apart"},
    "notes": {"id": f"id - :apart * {NOTE}", "version_id": "version_id - :apart"},
    "citations": {
        "id": f"id - :apart * {NOTE * CITATION}",
        "note_id": f"note_id - :apart * {NOTE}",
        "version_id": "version_id - :apart",
        "source_id": f"source_id + {_SOURCE_OF.format(id='source_id')}",
    },
    "markers": {
        "version_id": "version_id - :apart",
        "note_id": f"note_id - :apart * {NOTE}",
    },
    "sentence_support": {"version_id": "version_id - :apart"},
    "sentence_sources": {
        "version_id": "version_id - :apart",
        "source_id": f"source_id + {_SOURCE_OF.format(id='source_id')}",
    },
    "sources": {
        "id": "id + :k",
        "url": "url || '?copy=' || :k",
        "cited_url": "cited_url || '?copy=' || :k",
        "host": "CASE WHEN id % 3 OR platform != 'web' THEN host ELSE host || '.copy' || :k END",
        "domain": "CASE WHEN id % 3 OR platform != 'web' THEN domain ELSE domain || '.copy' || :k END",  # noqa: E501
        "post_id": "post_id || '-' || :k",
        "first_cited_at": _TIME.format("first_cited_at"),
        "first_cited": _DAY.format("first_cited"),
        "last_cited": _DAY.format("last_cited"),
    },
}

INDEXED = {
    "versions": ("id", ("title", "text")),
    "notes": ("id", ("text",)),
    "texts": ("id", ("title", "text")),
    "markers": ("id", ("sentence",)),
}
"""Tables with a full-text index: their number, the columns that it is of."""

FEWER = """
CREATE TEMP TABLE kept AS SELECT id FROM publications WHERE report_id IN (
    SELECT id FROM reports WHERE rowid % {one_in} = 0);
DELETE FROM versions WHERE publication_id NOT IN kept;
DELETE FROM figures WHERE version_id NOT IN (SELECT id FROM versions);
DELETE FROM notes WHERE version_id NOT IN (SELECT id FROM versions);
DELETE FROM citations WHERE version_id NOT IN (SELECT id FROM versions);
DELETE FROM markers WHERE version_id NOT IN (SELECT id FROM versions);
DELETE FROM sentence_support WHERE version_id NOT IN (SELECT id FROM versions);
DELETE FROM sentence_sources WHERE version_id NOT IN (SELECT id FROM versions);
DELETE FROM sentence_edits;
DELETE FROM events;
DELETE FROM attachments;
DELETE FROM publication_aliases;
DELETE FROM captures WHERE publication_id NOT IN kept;
DELETE FROM publications WHERE id NOT IN kept;
DELETE FROM reports WHERE id NOT IN (SELECT report_id FROM publications WHERE report_id IS NOT NULL);
DELETE FROM sources WHERE id NOT IN (SELECT source_id FROM citations WHERE source_id IS NOT NULL);
UPDATE captures SET run = 'bench';  -- what an import took in was not known before it
"""  # noqa: E501

# When each source was cited, and by how many reports, of all copies.
_CITED = """
CREATE TEMP TABLE of_versions AS SELECT id, report_id, report_date, first_captured_at FROM versions;
CREATE UNIQUE INDEX temp.of_versions_by_id ON of_versions (id);
CREATE TEMP TABLE cited AS
SELECT source_id AS id, min(v.first_captured_at) AS at, min(report_date) AS first,
    max(report_date) AS last, count(DISTINCT report_id) AS reports
FROM citations CROSS JOIN of_versions AS v ON v.id = version_id
WHERE source_id IS NOT NULL GROUP BY 1
"""
# Of a check, where `last` is the day of the last one; sources go by their place, so that rows are
# written in the order of their numbers.
_ENDS = """
CREATE TEMP TABLE ends AS
SELECT id, at AS begun, first AS first_cited, last AS last_cited, reports,
    julianday('{today}') - id % 90 AS last,
    max(0, julianday('{today}') - id % 90 - julianday(at)) AS days,
    row_number() OVER (ORDER BY id) AS place FROM cited
"""
_BY_ID = "CREATE UNIQUE INDEX temp.ends_by_id ON ends (id)"
_AT = "strftime('%Y-%m-%dT%H:%M:%SZ', last - days * ({checks} - {check}) / {checks})"
_CHECKED = f"""
INSERT INTO captures (id, kind, url, source_id, captured_at, outcome, http_status, final_url, via,
    reason, run, payload_bytes, payload_digest, content_digest, text_id, warc_file, warc_offset,
    warc_length, record_id, revisit_of, complete, evidence, facts, drift)
SELECT {{first}} + {{each}} * :check + place, 'source', url, id, {_AT.format(checks="{checks}", check=":check")},
    CASE WHEN :check < {{gone}} OR id % 10 THEN CASE WHEN :check = 0 THEN 'ok'
        WHEN id % 50 = 1 AND :check = {{checks}} THEN 'timeout' ELSE 'not-modified' END
        ELSE 'gone' END,
    CASE WHEN :check = 0 THEN 200 WHEN :check < {{gone}} OR id % 10 THEN 304 ELSE 404 END, url, 'live',
    iif(:check = 0, 'cited', 'check'), 'bench-' || :check, 40000, 'sha256:' || id, '1:' || id, id,
    'bench-' || :check || '.warc.gz', place * 500, 500,
    printf('urn:uuid:%04d-%010d', :check, place),
    iif(:check = 0, NULL, printf('urn:uuid:%04d-%010d', 0, place)), 1,
    '{{{{"rule": "text", "status": 200}}}}', '{{{{}}}}', iif(:check = 0, NULL, 'same')
FROM ends CROSS JOIN sources USING (id) ORDER BY ends.place
"""  # noqa: E501
_VERDICTS = """
INSERT INTO verdicts (source_id, capture_id, decided_at, status, rule, since, evidence)
SELECT source_id, id, captured_at,
    CASE :check WHEN 0 THEN 'alive' WHEN :dead THEN 'dead' ELSE 'suspect' END,
    CASE :check WHEN 0 THEN 'there' WHEN :dead THEN 'gone' ELSE 'once' END, captured_at, '{{}}'
FROM captures WHERE id > {first} + {each} * :check AND id < {first} + {each} * (:check + 1)
    AND (:check = 0 OR outcome = 'gone')
"""
_EVENTS = """
INSERT INTO events (id, at, kind, subject, source_id, capture_id, detail)
SELECT 'died/' || capture_id, decided_at, 'died', sources.url, source_id, capture_id, '{}'
FROM verdicts JOIN sources ON sources.id = source_id WHERE verdicts.status = 'dead'
"""
_TEXTS = """
INSERT INTO texts (id, text, title, language, flags, digest, published)
SELECT s.id, substr(v.text, 1 + s.id / 7 % 8000, iif(s.platform = 'web', 4000, 100 + s.id / 11 % 600)),
    substr(v.text, 1 + s.id / 7 % 8000, 60), substr('enruukenarfa', 1 + s.id / 13 % 6 * 2, 2), '[]',
    'text-' || s.id, s.first_cited
FROM (SELECT *, 1 + id / 17 % :versions AS place FROM sources) AS s
JOIN (SELECT text, row_number() OVER () AS place FROM versions LIMIT :versions) AS v USING (place)
ORDER BY s.id
"""  # noqa: E501
_HELD_TEXTS = "INSERT INTO source_texts SELECT id, id, id FROM sources"
_MEMENTOS = """
INSERT INTO mementos (source_id, url, memento_at, outcome, checked_at, checks, next_due_at,
    answered_at, round_due_at, died_anew)
SELECT id, iif(id % 2, 'https://web.archive.org/web/2024/' || url, NULL), first_cited_at,
    CASE WHEN id % 2 THEN 'listed' ELSE 'none' END, first_cited_at, 1, NULL, first_cited_at,
    iif(id % 2, NULL, strftime('%Y-%m-%dT%H:%M:%SZ', '{today}', (1 + id % 300) || ' days')),
    coalesce(dead_since > first_cited_at, 0)
FROM sources WHERE asked
"""
_STANDING = f"""
UPDATE sources SET captures = {{checks}} + 1,
    first_cited_at = begun, first_cited = ends.first_cited, last_cited = ends.last_cited,
    report_count = reports, first_captured_at = {_AT.format(checks="{checks}", check="0")},
    last_captured_at = {_AT.format(checks="{checks}", check="{checks}")},
    status = iif(sources.id % 10, 'alive', 'dead'),
    last_outcome = CASE WHEN sources.id % 10 = 0 THEN 'gone' WHEN sources.id % 50 = 1 THEN 'timeout'
        ELSE 'not-modified' END,
    seen = 1, first_seen_at = {_AT.format(checks="{checks}", check="0")}, compared = 1, drift = 'same',
    posted_at = ends.first_cited, asked = sources.id % 3 = 0,
    last_seen_at = CASE WHEN sources.id % 10 = 0 THEN {_AT.format(checks="{checks}", check="({gone} - 1)")}
        WHEN sources.id % 50 = 1 THEN {_AT.format(checks="{checks}", check="({checks} - 1)")}
        ELSE {_AT.format(checks="{checks}", check="{checks}")} END,
    dead_since = iif(sources.id % 10, NULL, {_AT.format(checks="{checks}", check="{gone}")}),
    next_due_at = strftime('%Y-%m-%dT%H:%M:%SZ', '{{today}}',
        iif(place % :apart, 1 + sources.id % 89, 0) || ' days')
FROM ends WHERE ends.id = sources.id
"""  # noqa: E501 - of parts that stand here
# One dead source in six is nowhere else, as an archive said after it had died.
_ONLY_COPIES = """
UPDATE mementos SET answered_at = '{today}', died_anew = 0
WHERE outcome = 'none' AND source_id % 60 = 0 AND died_anew;
UPDATE sources SET only_copy = 1 WHERE id IN (
    SELECT source_id FROM mementos WHERE answered_at = '{today}')
"""
_SUPPORTED = f"""
UPDATE sentence_support SET ({", ".join(support.COUNTED)}) = (
    SELECT {", ".join(f"count(*) FILTER (WHERE {rule.format(row='sources')})" for rule in support.COUNTED.values())}
    FROM sentence_sources AS behind JOIN sources ON sources.id = behind.source_id
    WHERE behind.version_id = sentence_support.version_id
      AND behind.position = sentence_support.position AND voice IS NOT NULL)
"""  # noqa: E501 - names of ours
TEXTS_OF = 80
"""Versions that texts are cut out of."""
_HASH_BYTES = 200_000_000
"""Words that FTS5 holds before it writes them, in place of 1 MB."""
_ONE_BY_ONE = 15
"""Rows behind all others. With them what was written at once goes up to the second or a later
level of FTS5's index, where it would stand had it come row by row; on the first, all of it would be
written anew with the sixteenth row of a day."""


@dataclass(frozen=True, slots=True)
class Size:
    """Rows of what grows."""

    citations: int
    sources: int
    captures: int
    bytes: int


def grow(seed: Path, data: Path, times: int, one_report_in: int = ONE_REPORT_IN) -> Size:
    """Make `data` of `seed`.

    Args:
        seed: A data folder.
        data: The folder to make.
        times: How often each report stands in it.
        one_report_in: Of so many of the seed's reports one is taken.

    Raises:
        FileExistsError: There is something at `data`.
    """
    data.mkdir(parents=True)
    path = data / "archive.db"
    shutil.copyfile(seed / "archive.db", path)
    db = open_database(path)
    connection: sqlite3.Connection = db.conn
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;"
        "PRAGMA cache_size = -500000; PRAGMA temp_store = MEMORY;"
    )
    connection.executescript(FEWER.format(one_in=one_report_in))
    with _made_at_once(connection):
        _multiply(connection, times)
        _follow(connection)
    connection.executescript("PRAGMA journal_mode = WAL;")
    citations, sources, captures = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("citations", "sources", "captures")
    )
    connection.close()
    return Size(citations, sources, captures, path.stat().st_size)


@contextmanager
def _made_at_once(connection: sqlite3.Connection) -> Iterator[None]:
    """Indexes, kept counts and the full-text indexes are made when all rows are there, not row by
    row; what triggers do otherwise is done by the statements of this module."""
    made = dict(
        connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
    )
    triggers = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for kind, names in (("TRIGGER", [name for name, _ in triggers]), ("INDEX", made)):
        for name in names:
            connection.execute(f"DROP {kind} {name}")
    yield
    for table, (rowid, columns) in INDEXED.items():
        _index_words(connection, table, rowid, columns)
    for table, sql in KEPT_ANEW.items():
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} {sql}")
    for statement in (*made.values(), *(sql for _, sql in triggers)):
        connection.execute(statement)


def _index_words(
    connection: sqlite3.Connection, table: str, rowid: str, columns: tuple[str, ...]
) -> None:
    index, names = f"{table}_fts", ", ".join(columns)
    put = f"INSERT INTO {index} ({index}, rank) VALUES (?, ?)"
    filling = (
        f"INSERT INTO {index} (rowid, {names}) "
        f"SELECT {rowid}, {', '.join(f'fold({name})' for name in columns)} FROM {table} WHERE "
    )
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
    connection.execute(put, ["hashsize", _HASH_BYTES])
    last = connection.execute(f"SELECT {rowid} FROM {table} ORDER BY 1 DESC LIMIT {_ONE_BY_ONE}")
    numbers = [number for (number,) in reversed(last.fetchall())]
    connection.execute(f"{filling} {rowid} < ?", numbers[:1])
    connection.execute(put, ["crisismerge", 2])
    for number in numbers:
        connection.execute(f"{filling} {rowid} = ?", [number])
    connection.execute(put, ["crisismerge", 16])
    connection.execute(put, ["hashsize", 1_048_576])


def _multiply(connection: sqlite3.Connection, times: int) -> None:
    for table in MULTIPLIED:
        connection.execute(f"CREATE TEMP TABLE seed_{table} AS SELECT * FROM {table}")
    for k in range(times - 1, 0, -1):  # so that numbers ascend
        connection.execute("BEGIN")
        for table, changed in MULTIPLIED.items():
            asked = {"k": k, "apart": k * APART}
            connection.execute(_copied(connection, table, changed), asked)
        connection.execute("COMMIT")


def _copied(connection: sqlite3.Connection, table: str, changed: dict[str, str]) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(name, name) for name in names)
    where = _NEW_SOURCES if table == "sources" else ""
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM seed_{table} {where}"


def _follow(connection: sqlite3.Connection) -> None:
    """Captures, texts, verdicts, copies elsewhere of all sources."""
    words = {
        "checks": CHECKS, "today": TODAY, "first": FIRST_CHECK, "each": EACH_CHECK,
        "gone": GONE_FROM,
    }  # fmt: skip
    connection.executescript(f"{_CITED};{_ENDS.format(**words)};{_BY_ID}")
    sources = connection.execute("SELECT count(*) FROM ends").fetchone()[0]
    connection.execute(_STANDING.format(**words), {"apart": max(1, sources // DUE)})
    connection.execute(_TEXTS, {"versions": TEXTS_OF})
    connection.execute(_HELD_TEXTS)
    for check in range(CHECKS + 1):
        connection.execute(_CHECKED.format(**words), {"check": check})
        if check in {0, GONE_FROM, GONE_FROM + 1, GONE_FROM + 2}:
            asked = {"check": check, "dead": GONE_FROM + 2}
            connection.execute(_VERDICTS.format(**words), asked)
    connection.execute(_EVENTS)
    connection.execute(_MEMENTOS.format(**words))
    connection.executescript(_ONLY_COPIES.format(**words))
    connection.execute(_SUPPORTED)


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("seed", type=Path, help="data folder with reports")
    parser.add_argument("out", type=Path, help="data folder to make")
    parser.add_argument("--times", type=int, default=10)
    args = parser.parse_args()
    begun = time.perf_counter()
    size = grow(args.seed, args.out, args.times)
    print(f"{args.out}: {size}, {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
