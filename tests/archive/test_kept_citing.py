"""What cites sources, how long they last and how their captures ended is counted as it changes:
whatever is written, and in what order, it is what counting all rows anew gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.config import Settings
from archive.db.database import open_database
from archive.db.schema import life_counts
from archive.db.schema.counts import COUNTED_ANEW, STATUSES
from archive.db.schema.life_counts import ANEW
from archive.db.schema.sentences import IN_GROUPS
from archive.db.tables import kept_rows
from pipeline.run.ingest import Archive
from tests.factories import at, note, page, processed, report, written
from tests.kept import assert_kept

Change = Callable[[sqlite_utils.Database], None]
SOURCES = (1, 2, 3)
REPORTS = {10: "north/2026-01-02", 20: "north/2026-01-03", 30: "south/2025-12-31"}
"""Versions, each of a publication of its own, and the reports they are of."""
_CHOICE = st.sampled_from


def said(sql: str, *values: object) -> Change:
    return lambda db: db.execute(sql, values) and None


def _cites(version: int, sources: frozenset[int], *, held: bool) -> Change:
    """A version is read, is read anew, or is no more; what follows from it, follows."""

    def change(db: sqlite_utils.Database) -> None:
        before = db.execute("SELECT source_id FROM citations WHERE version_id = ?", [version])
        touched = {row[0] for row in before.fetchall()} | sources
        report = REPORTS[version]
        series, date = report.split("/")
        db.execute("DELETE FROM versions WHERE id = ?", [version])
        if held:
            db.execute("INSERT OR IGNORE INTO reports VALUES (?, ?, ?, NULL, 't', ?)",
                [report, series, date, report])  # fmt: skip
            db.execute("INSERT OR IGNORE INTO publications (id, report_id, url, key, publisher) "
                "VALUES (?, ?, ?, ?, 'p')", [version, report, report, report])  # fmt: skip
            _version(db, version, report, series, date, sources)
        db.execute(
            "UPDATE sources SET report_count = (SELECT count(DISTINCT version_id) FROM citations "
            "WHERE source_id = sources.id), first_cited = (SELECT min(report_date) FROM citations "
            "JOIN versions ON versions.id = version_id WHERE source_id = sources.id)"
        )
        kept_rows.follow(db, touched, [report])

    return change


def _version(
    db: sqlite_utils.Database,
    version: int,
    report: str,
    series: str,
    date: str,
    sources: frozenset[int],
) -> None:
    row = {
        "id": version, "publication_id": version, "report_id": report, "version": 1,
        "first_captured_at": date, "last_captured_at": date, "captures": 1, "complete": 1,
        "title": "t", "report_date": date, "series": series, "doubts": 0, "parser": "1",
        "content_digest": "", "authors": "[]", "corrections": "[]", "quality": "{}",
        "takeaways": "[]", "links": "[]", "text": "", "sections": "[]",
    }  # fmt: skip
    db.table("versions").insert(row)
    note = {"id": version, "version_id": version, "position": 0, "label": "1", "text": "",
        "kind": "cited"}  # fmt: skip
    db.table("notes").insert(note)
    for position, source in enumerate(sorted(sources)):
        db.table("citations").insert(
            {
                "id": version * 10 + position, "note_id": version, "version_id": version,
                "position": position, "source_id": source, "url": "u", "as_printed": "u",
                "repairs": "[]",
            }
        )  # fmt: skip


def _fares(
    number: int, status: str, seen: str | None, last: str | None, dead: str | None
) -> Change:
    return said(
        "UPDATE sources SET status = ?, first_seen_at = ?, last_seen_at = ?, dead_since = ?, "
        "seen = ? IS NOT NULL, captures = ? IS NOT NULL WHERE id = ?",
        status, seen, last, dead, seen, last, number,
    )  # fmt: skip


def _drifts(number: int, at: str | None, compared: int) -> Change:
    return said(
        "UPDATE sources SET drifted_at = ?, compared = ? WHERE id = ?", at, compared, number
    )


def _captured(number: int, source: int, outcome: str, at: str) -> Change:
    return said(
        "INSERT OR IGNORE INTO captures (id, kind, url, source_id, captured_at, outcome, final_url,"
        " via, reason, warc_file, warc_offset, warc_length, record_id) "
        "VALUES (?, 'source', 'u', ?, ?, ?, 'u', 'live', '', 'w', 0, 0, ?)",
        number, source, at, outcome, str(number),
    )  # fmt: skip


NUMBERS = st.integers(1, 4)
OF_SOURCE = _CHOICE(SOURCES)
OUTCOMES = _CHOICE(("ok", "gone"))
TIMES = _CHOICE(
    (
        "2026-01-01T00:00:00Z",
        "2026-01-03T05:00:00Z",
        "2026-02-01T00:00:00Z",
        "2026-02-21T05:00:00Z",
        "2029-01-03T05:00:00Z",
    )
)
MAYBE = st.one_of(st.none(), TIMES)
CHANGES = st.one_of(
    st.builds(_cites, _CHOICE(tuple(REPORTS)), st.frozensets(OF_SOURCE), held=st.booleans()),
    st.builds(_fares, OF_SOURCE, _CHOICE(STATUSES), MAYBE, MAYBE, MAYBE),
    st.builds(_drifts, OF_SOURCE, MAYBE, st.integers(0, 1)),
    st.builds(_captured, NUMBERS, OF_SOURCE, OUTCOMES, TIMES),
    st.builds(lambda n, what, at: said("UPDATE captures SET outcome = ?, captured_at = ? "
        "WHERE id = ?", what, at, n), NUMBERS, OUTCOMES, TIMES),
    st.builds(lambda n: said("DELETE FROM captures WHERE id = ?", n), NUMBERS),
)  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite_utils.Database]:
    opened = open_database(tmp_path_factory.mktemp("citing") / "archive.db")
    for table in IN_GROUPS:  # words are indexed by whoever writes, and have no part in this
        opened.execute(f"DROP TRIGGER {table}_ad")
    for number, (host, account) in enumerate((("t.me", "a"), ("t.me", "b"), ("x.com", "a")), 1):
        opened.execute(
            "INSERT INTO sources (id, url, cited_url, host, domain, platform, account) "
            "VALUES (?, ?, 'u', ?, 'd', 'telegram', ?)",
            [number, str(number), host, account],
        )
    yield opened
    opened.close()


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.lists(CHANGES, max_size=20))
def test_what_is_kept_is_what_is_counted_anew(
    db: sqlite_utils.Database, changes: list[Change]
) -> None:
    assert_kept(db, changes, ANEW)


def test_the_counts_of_an_archive_are_those_of_its_rows(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes((folder / "archive.db").read_bytes())
    db = open_database(path)
    for table, sql in {**ANEW, "host_counts": COUNTED_ANEW}.items():
        kept = sorted(map(repr, db.execute(f"SELECT * FROM {table}").fetchall()))
        assert kept
        assert kept == sorted(map(repr, db.execute(sql).fetchall())), table
    db.close()


def test_an_archive_from_before_is_counted_when_it_is_opened(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes((folder / "archive.db").read_bytes())
    before = open_database(path)
    kept = before.execute("SELECT * FROM life_counts").fetchall()
    assert kept
    for undo in (
        *(f"DROP TRIGGER {name}" for name in ("sources_life_au", "sources_life_ad")),
        "DROP TABLE life_counts",
        *(f"CREATE TABLE {name} (a)" for name in life_counts.EARLIER),
        *(f"CREATE TRIGGER {name} AFTER DELETE ON sources BEGIN SELECT 1; END"
          for name in life_counts.EARLIER_TRIGGERS),
        "DELETE FROM _sqlite_migrations WHERE name = 'm086_life_counts'",
    ):  # fmt: skip
        before.execute(undo)
    before.close()
    after = open_database(path)
    assert after.execute("SELECT * FROM life_counts").fetchall() == kept
    after.close()


def test_what_only_an_earlier_version_cites_moves_with_it_to_another_report(
    tmp_path: Path,
) -> None:
    first, second = "https://news.example/a", "https://news.example/b"
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        for number, (url, date) in enumerate(((first, "2026-03-03"), (second, "2026-03-04")), 1):
            fetched = page(number, captured_at=at(number))
            read = report(report_date=date, notes=(note("1", url),), markers=())
            archive.commit(processed(fetched, report=read), written(fetched))
        kept = archive.db.execute("SELECT * FROM series_sources").fetchall()
        anew = archive.db.execute(ANEW["series_sources"]).fetchall()
    assert sorted(kept) == sorted(anew)
    assert {row[3] for row in kept} == {"2026-03-04"}
