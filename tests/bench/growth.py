"""An archive made large, to see how cost grows: `python -m tests.bench.growth SEED --times 25`.

SEED is a data folder with reports in it (an import of saved pages). Its database is copied and its
rows are multiplied in SQL; three of four sources are new in each copy, the others are cited again.
Sources get captures, texts, verdicts. There are no WARC records behind any of it.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import time
from pathlib import Path

from archive.db.database import open_database

CHECKS = 5
"""Captures of a source after its first."""
DAYS = 20
"""Between them."""
TEXT_OF = 8
"""Of so many sources one has a text of its own."""

VERSIONS_APART = 2_000_000
"""Above the span of the seed's capture numbers, which are 1/1000 s."""
NOTE, CITATION = 100_000, 1_000
"""Notes in a version, citations in a note: what their numbers are multiples of."""

MULTIPLIED: dict[str, dict[str, str]] = {
    "reports": {"id": "id || '/copy-' || :k", "url": "url || '?copy=' || :k"},
    "publications": {
        "id": "id + :k",
        "report_id": "report_id || '/copy-' || :k",
        "url": "url || '?copy=' || :k",
        "key": "key || '?copy=' || :k",
    },
    "versions": {
        "id": "id + :apart",
        "publication_id": "publication_id + :k",
        "report_id": "report_id || '/copy-' || :k",
    },
    "figures": {"version_id": "version_id + :apart"},
    "notes": {"id": "id + :apart * 100000", "version_id": "version_id + :apart"},
    "citations": {
        "id": "id + :apart * 100000000",
        "note_id": "note_id + :apart * 100000",
        "version_id": "version_id + :apart",
        "source_id": "source_id + (source_id % 4 > 0) * :k",
    },
    "markers": {"version_id": "version_id + :apart", "note_id": "note_id + :apart * 100000"},
    "sources": {
        "id": "id + :k",
        "url": "url || '?copy=' || :k",
        "cited_url": "cited_url || '?copy=' || :k",
        "host": "CASE WHEN id % 3 THEN host ELSE host || '.copy' || :k END",
    },
}
WHERE = {"sources": "WHERE id % 4 > 0"}

_LATER = """
INSERT INTO captures (id, kind, url, source_id, captured_at, outcome, http_status, final_url, via,
    reason, run, payload_bytes, payload_digest, content_digest, text_id, warc_file, warc_offset,
    warc_length, record_id, complete, evidence, facts)
SELECT :first + row_number() OVER (), 'source', url, id,
    strftime('%Y-%m-%dT%H:%M:%SZ', first_cited_at, :later),
    CASE WHEN :check = 0 THEN 'ok' WHEN id % 10 = 0 THEN 'not-found' ELSE 'not-modified' END,
    CASE WHEN :check = 0 THEN 200 WHEN id % 10 = 0 THEN 404 ELSE 304 END, url, 'live',
    'bench', 'bench', 40000, 'sha256:' || id, '1:' || id,
    CASE WHEN :check = 0 AND id % :text_of = 0 THEN id END, 'bench-' || :check || '.warc.gz',
    row_number() OVER () * 500, 500, 'urn:uuid:' || id || '-' || :check, 1,
    '{"rule": "text", "status": 200}', '{}'
FROM sources
"""
_TEXTS = """
INSERT INTO texts (id, text, title, language, flags, digest)
SELECT s.id, substr(v.text, 1 + s.id % 4000, 1500), 'Post ' || s.id, 'en', '[]', 'text-' || s.id
FROM (SELECT id, 1 + row_number() OVER () % :versions AS place FROM sources WHERE id % :text_of = 0) AS s
JOIN (SELECT text, row_number() OVER () AS place FROM versions LIMIT :versions) AS v USING (place)
"""  # noqa: E501
_VERDICTS = """
INSERT INTO verdicts (source_id, capture_id, decided_at, status, rule, since, evidence)
SELECT source_id, id, captured_at, CASE outcome WHEN 'not-found' THEN 'dead' ELSE 'alive' END,
    CASE outcome WHEN 'not-found' THEN 'gone' ELSE 'there' END, captured_at, '{}'
FROM captures WHERE kind = 'source' AND warc_file = :file AND (outcome = 'not-found' OR :check = 0)
"""
_SOURCES = """
UPDATE sources SET captures = :checks + 1, first_captured_at = first_cited_at,
    status = CASE WHEN id % 10 = 0 THEN 'dead' ELSE 'alive' END,
    last_outcome = CASE WHEN id % 10 = 0 THEN 'not-found' ELSE 'not-modified' END,
    dead_since = CASE WHEN id % 10 = 0
        THEN strftime('%Y-%m-%dT%H:%M:%SZ', first_cited_at, '20 days')
        END,
    seen = 1, first_seen_at = first_cited_at,
    last_seen_at = CASE WHEN id % 10 = 0 THEN first_cited_at
        ELSE strftime('%Y-%m-%dT%H:%M:%SZ', first_cited_at, :followed) END,
    next_due_at = strftime('%Y-%m-%dT%H:%M:%SZ', '2026-12-01', (id % 90) || ' days')
"""
ALL_VERSIONS = 300


def grow(seed: Path, data: Path, times: int) -> None:
    """Make `data` of `seed`, with its reports so many times.

    Raises:
        FileExistsError: There is something at `data`.
    """
    data.mkdir(parents=True)
    shutil.copyfile(seed / "archive.db", data / "archive.db")
    db = open_database(data / "archive.db")
    connection: sqlite3.Connection = db.conn
    connection.executescript("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;")
    with connection:
        for k in range(1, times):
            for table, changed in MULTIPLIED.items():
                connection.execute(
                    _copied(connection, table, changed),
                    {"k": k, "apart": k * VERSIONS_APART},
                )
        for check in range(CHECKS + 1):
            _check(connection, check)
        connection.execute(_TEXTS, {"text_of": TEXT_OF, "versions": ALL_VERSIONS})
        connection.execute(_SOURCES, {"checks": CHECKS, "followed": f"{CHECKS * DAYS} days"})
    connection.execute("ANALYZE")
    connection.close()


def _copied(connection: sqlite3.Connection, table: str, changed: dict[str, str]) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(name, name) for name in names)
    limits = WHERE.get(table, "WHERE true")
    first = {"sources": "sources", "reports": "reports"}.get(table, table)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {values} FROM {first} {limits} AND {_original(table)}"
    )


def _original(table: str) -> str:
    """Rows of the seed alone, told by what copies never have."""
    if table in {"reports", "publications", "sources"}:
        return "url NOT LIKE '%?copy=%'"
    column = "id" if table == "versions" else "version_id"
    return f"{column} IN (SELECT id FROM captures)"


def _check(connection: sqlite3.Connection, check: int) -> None:
    asked = {"first": 10**11 * (check + 1), "later": f"{check * DAYS} days", "check": check}
    connection.execute(_LATER, {**asked, "text_of": TEXT_OF})
    connection.execute(_VERDICTS, {"file": f"bench-{check}.warc.gz", "check": check})


def main() -> None:
    """Make one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("seed", type=Path, help="data folder with reports")
    parser.add_argument("out", type=Path, help="data folder to make")
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    begun = time.perf_counter()
    grow(args.seed, args.out, args.times)
    print(f"{args.out}: {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
