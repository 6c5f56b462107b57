from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.config import Settings
from archive.db.held import HeldInDatabase
from archive.db.store import Store
from archive.db.tables import capture_rows, version_rows
from archive.errors import DataFolderError
from archive.folder import DataFolder
from archive.model.fetch import Hop, Location
from archive.model.fixity import WarcFile
from archive.model.rows import RunRow
from archive.model.times import format_time, parse_time
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome
from pipeline.decide.checks.schedule import FIRST, FIRST_MOST, SLACK
from pipeline.run import ingest
from tests.factories import REPORT_URL, at, note, page, processed, report, written


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[ingest.Archive]:
    opened = ingest.Archive.open(tmp_path / "data", Settings(), run="test")
    yield opened
    opened.abandon()


def keep(archive: ingest.Archive, number: int, hours: float, **changes: object) -> ingest.Committed:
    """Commit a report capture that says what `changes` say."""
    fetched = page(number, captured_at=at(hours))
    return archive.commit(processed(fetched, report=report(**changes)), written(fetched))


def versions(archive: ingest.Archive) -> list[tuple[int, int, int, str]]:
    rows = archive.db.execute(
        "SELECT id, version, captures, text FROM versions ORDER BY version"
    ).fetchall()
    return [(i, n, c, t[:8]) for i, n, c, t in rows]


def test_one_report_becomes_rows_that_hang_together(archive: ingest.Archive) -> None:
    keep(archive, 1, 0)
    db = archive.db
    assert db.execute("SELECT id, series, report_date, url FROM reports").fetchall() == [
        ("iran-update/2026-03-03", "iran-update", "2026-03-03", REPORT_URL)
    ]
    cited = db.execute(
        "SELECT label, citations.url, platform, sources.url, report_count, first_cited_at, status "
        "FROM citations JOIN notes ON notes.id = note_id JOIN sources ON sources.id = source_id "
        "ORDER BY citations.id"
    ).fetchall()
    when = format_time(at(0))
    assert cited == [
        (
            "1",
            "https://t.me/portwatch/12",
            "telegram",
            "https://t.me/portwatch/12",
            1,
            when,
            "unchecked",
        ),
        (
            "2",
            "https://news.example/denied",
            "web",
            "https://news.example/denied",
            1,
            when,
            "unchecked",
        ),
    ]
    assert db.execute("SELECT label, note_id IS NOT NULL FROM markers").fetchall() == [
        ("1", 1),
        ("2", 1),
    ]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_edit_is_a_second_version_and_going_back_a_third(archive: ingest.Archive) -> None:
    for number, text in enumerate(("Before the edit.", "Changed since.", "Before the edit."), 1):
        keep(archive, number, number, text=text)
    assert versions(archive) == [
        (1, 1, 1, "Before t"),
        (2, 2, 1, "Changed "),
        (3, 3, 1, "Before t"),
    ]
    kinds = [
        v.change.kinds if v.change else None
        for v in version_rows.stored_versions(archive.db, _publication(archive))
    ]
    assert kinds == [None, ("prose",), ("prose",)]


def test_an_older_capture_is_put_in_its_place(archive: ingest.Archive) -> None:
    keep(archive, 1, 10, text="Second text.")
    keep(archive, 2, 20, text="Second text.")
    keep(archive, 3, 0, text="First text.")
    assert [(i, n, c) for i, n, c, _ in versions(archive)] == [(3, 1, 1), (1, 2, 2)]
    first, second = version_rows.stored_versions(archive.db, _publication(archive))
    assert first.change is None
    assert second.change is not None
    assert archive.db.execute("SELECT min(first_cited_at) FROM sources").fetchone() == (
        format_time(at(0)),
    )


def test_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    texts = ["One.", "One.", "Two words.", "One.", "Three words here."]
    dumps = []
    for order in ([0, 1, 2, 3, 4], [4, 2, 0, 3, 1], [3, 4, 1, 0, 2]):
        archive = ingest.Archive.open(tmp_path / str(order), Settings(), run="test")
        archive.held = HeldInDatabase(
            archive.db,
            lambda number: processed(page(number), report=report(text=texts[number - 1])),
        )
        for n in order:
            keep(archive, n + 1, n, text=texts[n])
        dumps.append(_dump(archive.db.conn))
        archive.close()
    assert dumps[0] == dumps[1] == dumps[2]


def test_a_source_no_longer_cited_and_never_captured_goes_away(archive: ingest.Archive) -> None:
    keep(archive, 1, 5)
    keep(archive, 2, 0)  # the same content, older: the version is written anew from this capture
    assert archive.db.execute("SELECT count(*) FROM sources WHERE report_count = 1").fetchone() == (
        2,
    )


def test_a_misprinted_address_is_kept_without_a_source(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, notes=(note("1", "https://"),))
    assert archive.db.execute("SELECT url, source_id FROM citations").fetchall() == [
        ("https://", None)
    ]


def test_a_page_that_is_no_report_leaves_the_versions_alone(archive: ingest.Archive) -> None:
    keep(archive, 1, 0)
    fetched = page(2, captured_at=at(1))
    archive.commit(processed(fetched, Outcome.LOGIN_WALL, failure="a login page"), written(fetched))
    assert versions(archive) == [(1, 1, 1, "A depot ")]
    row = archive.db.execute("SELECT captures, failures, next_due_at FROM publications").fetchone()
    assert row == (2, 1, format_time(at(3)))
    assert archive.db.execute("SELECT * FROM failures").fetchall() == [(2, "a login page")]


def test_a_304_of_a_cited_report_says_what_the_source_said_not_what_the_report_did(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0)
    holder = written(page(1)).record_id
    for number, status, outcome, text in (
        (2, 200, Outcome.OK, PageText("As a text it says this.")),
        (3, 304, Outcome.NOT_MODIFIED, None),
    ):
        fetched = page(
            number, kind=Kind.SOURCE, captured_at=at(number), http_status=status, body=b""
        )
        archive.commit(processed(fetched, outcome, text=text), written(fetched, revisit_of=holder))
    asked = "SELECT content_digest, text_id, drift FROM captures WHERE kind = 'source' ORDER BY id"
    first, later = archive.db.execute(asked).fetchall()
    assert later == (*first[:2], "same")


def test_not_modified_counts_as_a_capture_of_the_same_content(archive: ingest.Archive) -> None:
    keep(archive, 1, 0)
    fetched = page(2, captured_at=at(4), http_status=304, body=b"")
    archive.commit(
        processed(fetched, Outcome.NOT_MODIFIED),
        written(fetched, revisit_of=written(page(1)).record_id),
    )
    assert versions(archive) == [(1, 1, 2, "A depot ")]


def test_a_cited_page_gets_its_text_once_for_equal_texts(archive: ingest.Archive) -> None:
    keep(archive, 1, 0)
    text = PageText("A denial was issued.", title="Denied", language="en")
    for number in (2, 3):
        fetched = page(
            number,
            kind=Kind.SOURCE,
            final_url="https://news.example/denied",
            captured_at=at(number),
        )
        hop = Hop("https://news.example/d", 301, Location("test.warc.gz", 1, 2))
        archive.commit(processed(fetched, text=text), written(fetched), (hop,))
    db = archive.db
    assert db.execute("SELECT text, title, language FROM texts").fetchall() == [
        ("A denial was issued.", "Denied", "en")
    ]
    status, captures, due_at = db.execute(
        "SELECT status, captures, next_due_at FROM sources WHERE host = 'news.example'"
    ).fetchone()
    assert (status, captures) == ("alive", 2)
    assert FIRST - SLACK <= parse_time(due_at) - at(3) <= FIRST_MOST
    assert db.execute("SELECT count(*) FROM hops").fetchone() == (2,)


def test_an_archive_of_reports_alone_holds_no_sources(archive: ingest.Archive) -> None:
    keep(archive, 1, 0)
    assert not capture_rows.holds_sources(archive.db)
    fetched = page(2, kind=Kind.SOURCE, captured_at=at(1))
    archive.commit(processed(fetched, text=PageText("A denial.")), written(fetched))
    assert capture_rows.holds_sources(archive.db)


def test_two_publications_of_one_report_are_one_report(archive: ingest.Archive) -> None:
    keep(
        archive,
        1,
        0,
        url="https://www.criticalthreats.org/analysis/iran-update-march-3-2026",
        publisher="ctp",
    )
    keep(archive, 2, 1)
    assert archive.db.execute("SELECT id, url FROM reports").fetchall() == [
        ("iran-update/2026-03-03", REPORT_URL)
    ]
    assert archive.db.execute(
        "SELECT count(*) FROM publications WHERE report_id IS NOT NULL"
    ).fetchone() == (2,)


def test_a_corrected_date_moves_the_report(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, report_date="2026-03-13", title="Iran Update, March 13, 2026")
    keep(archive, 2, 1)
    assert archive.db.execute("SELECT id FROM reports").fetchall() == [("iran-update/2026-03-03",)]


def test_a_cited_report_is_linked_and_queued(archive: ingest.Archive) -> None:
    other = "https://understandingwar.org/research/middle-east/iran-update-march-2-2026/"
    keep(archive, 1, 0, notes=(note("1", other),))
    assert archive.db.execute("SELECT report, cites FROM report_links").fetchall() == [
        ("iran-update/2026-03-03", None)
    ]
    assert archive.db.execute(
        "SELECT found_by FROM publications WHERE captures = 0"
    ).fetchall() == [("cited",)]
    keep(archive, 2, 1, url=other, report_date="2026-03-02", notes=())
    assert archive.db.execute("SELECT report, cites FROM report_links").fetchall() == [
        ("iran-update/2026-03-03", "iran-update/2026-03-02")
    ]


STORE_CALLS: dict[str, Callable[[Store], object]] = {
    "start_run": lambda s: s.start_run(RunRow("r", "collect", {}, "2026-01-01T00:00:00Z")),
    "finish_run": lambda s: s.finish_run("r", at="2026-01-01T00:00:00Z", outcome="done", counts={}),
    "close_killed_runs": lambda s: s.close_killed_runs("2026-01-01T00:00:00Z"),
    "record_step": lambda s: s.record_step(
        "isw", "feed", at="2026-01-01T00:00:00Z", ok=True, found=1, detail=None
    ),
    "close_warc": lambda s: s.close_warc(WarcFile("a.warc.gz", 9, "00", 1), 3),
}


@pytest.mark.parametrize("name", STORE_CALLS)
def test_a_locked_database_is_a_clear_error(tmp_path: Path, name: str) -> None:
    folder = DataFolder(tmp_path)
    folder.make()
    with Store(folder.database) as store:
        store.db.execute("PRAGMA busy_timeout=0")
        other = sqlite3.connect(folder.database, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DataFolderError, match="locked"):
            STORE_CALLS[name](store)
        other.rollback()
        other.close()
        STORE_CALLS[name](store)


def test_a_locked_database_leaves_nothing_half_written(archive: ingest.Archive) -> None:
    archive.db.execute("PRAGMA busy_timeout=0")
    other = sqlite3.connect(archive.folder.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataFolderError, match="locked"):
        keep(archive, 1, 0)
    other.rollback()
    other.close()
    assert versions(archive) == []
    keep(archive, 1, 0)
    assert len(versions(archive)) == 1


def _publication(archive: ingest.Archive) -> int:
    return int(archive.db.execute("SELECT id FROM publications WHERE captures > 0").fetchone()[0])


def _dump(connection: sqlite3.Connection) -> list[str]:
    return sorted(
        line for line in connection.iterdump() if "_fts" not in line and "_sqlite_migr" not in line
    )


def test_what_fails_in_a_group_of_captures_undoes_all_of_it(archive: ingest.Archive) -> None:
    def fail_behind_one() -> None:
        with archive.store.together():
            keep(archive, 1, 0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_behind_one()
    assert versions(archive) == []
    keep(archive, 2, 1)
    assert [row[0] for row in versions(archive)] == [2]


def test_a_capture_in_a_group_takes_no_savepoint(archive: ingest.Archive) -> None:
    said: list[str] = []
    archive.db.conn.set_trace_callback(said.append)
    with archive.store.together():
        keep(archive, 1, 0)
        keep(archive, 2, 1, text="Rafts were seen. They were empty.")
    archive.db.conn.set_trace_callback(None)
    assert said.count("BEGIN") == said.count("COMMIT") == 1
    assert not [one for one in said if one.startswith("SAVEPOINT")]


def test_only_while_many_are_written_temporary_pages_stay_in_memory(
    archive: ingest.Archive,
) -> None:
    def asked() -> int:
        return int(archive.db.execute("PRAGMA temp_store").fetchone()[0])

    with archive.store.in_bulk():
        assert asked() == 2
    assert asked() == 0


def test_a_database_that_is_made_anew_is_logged_once_it_is_whole(tmp_path: Path) -> None:
    """What fills it needs neither log nor syncs; whoever opens it afterwards does."""
    path = tmp_path / "archive.db"
    row = RunRow("20260303-a", "rebuild", {}, "2026-03-03T04:00:00Z", who=None, reason=None)
    ways = ("PRAGMA journal_mode", "PRAGMA synchronous")
    with Store(path) as store:
        before = [store.db.execute(way).fetchone() for way in ways]
        with store.filled(for_good=False):
            store.start_run(row)
            store.finish_run(row.id, at=row.started_at, outcome="done", counts={})
            assert not path.with_name("archive.db-wal").exists()
            assert store.db.execute(ways[1]).fetchone() == (0,)
        assert [store.db.execute(way).fetchone() for way in ways] == before
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT id, outcome FROM runs").fetchall() == [(row.id, "done")]
