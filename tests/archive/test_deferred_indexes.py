"""Indexes that are made once an empty database is full."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive import near_duplicates
from archive.config import Settings
from archive.db.database import open_database, open_readonly
from archive.db.deferred_indexes import indexes_deferred
from archive.db.lean import sqlite_utils
from archive.db.schema.migrations import migrations
from archive.model.understood import PageText, Processed
from archive.model.vocabulary import Kind, Outcome
from archive.show.lives import By, From, cells
from pipeline.run.ingest import Archive
from tests.factories import REPORT_URL, at, note, page, processed, report, written

_INDEXES = "SELECT name FROM pragma_index_list('sources')"
_ROW = {"id": 1, **dict.fromkeys(("url", "cited_url", "host", "domain", "platform"), "a")}
STORY = "The bridge over the Ilma is closed since Monday, the district council said. " * 12


def test_a_database_that_was_filled_has_all_indexes_in_the_end(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    before = db.execute(_INDEXES).fetchall()
    with indexes_deferred(db):
        assert len(db.execute(_INDEXES).fetchall()) < len(before) - 10
    assert db.execute(_INDEXES).fetchall() == before
    db.close()


def _kill(database: Path) -> list[tuple[str]]:
    """What a process leaves that is killed as it fills a database; the indexes of before."""
    db = open_database(database)
    before: list[tuple[str]] = db.execute(_INDEXES).fetchall()
    filling = indexes_deferred(db)
    filling.__enter__()
    db["sources"].insert(_ROW)
    db.close()
    return before


def test_so_has_one_whose_filling_was_killed_when_it_is_opened_again(tmp_path: Path) -> None:
    before = _kill(tmp_path / "archive.db")
    db = open_database(tmp_path / "archive.db")
    assert db.execute(_INDEXES).fetchall() == before
    assert db.execute("SELECT count(*) FROM sources WHERE domain = 'a'").fetchone() == (1,)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


def test_meanwhile_lives_are_read_without_their_index(tmp_path: Path) -> None:
    _kill(tmp_path / "archive.db")
    db = open_readonly(tmp_path / "archive.db")
    assert cells(db.conn, By.HOST) == {}
    assert cells(db.conn, None, start=From.CITED) == {}
    db.close()


def test_one_of_an_older_version_is_brought_up_to_date_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = migrations._migrations[-1]
    monkeypatch.setattr(migrations, "_migrations", migrations._migrations[:-1])
    _kill(tmp_path / "archive.db")
    monkeypatch.undo()
    db = open_database(tmp_path / "archive.db")
    whole = open_database(tmp_path / "whole.db")
    assert last.name in {one.name for one in migrations.applied(db)}
    assert db.execute(_INDEXES).fetchall() == whole.execute(_INDEXES).fetchall()
    for one in (db, whole):
        one.close()


def test_where_sources_are_indexes_stay(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    db["sources"].insert(_ROW)
    before = db.execute(_INDEXES).fetchall()
    with indexes_deferred(db):
        assert db.execute(_INDEXES).fetchall() == before
    db.close()


def _cite(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """Two reports, one of them twice; what is counted of them so far."""
    two = (note("1", "https://t.me/portwatch/12"), note("2", "https://x.com/harbour/status/2"))
    for number, days, changed in (
        (1, 0, {}),
        (2, 1, {"notes": two}),
        (3, 2, {"url": f"{REPORT_URL}again/", "notes": two, "report_date": "2026-03-05"}),
    ):
        read = report(**changed)
        fetched = page(number, uri_r=read.url, final_url=read.url, captured_at=at(24 * days))
        one = processed(fetched, report=read)
        archive.commit(one, written(one.page))
    return _counts(archive.db)


def _counts(db: sqlite_utils.Database) -> dict[str, list[tuple[object, ...]]]:
    names = ("account_counts", "account_reports", "series_counts", "series_sources")
    return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names}


@pytest.mark.parametrize("killed", [False, True])
def test_what_cites_sources_is_counted_in_the_end(tmp_path: Path, killed: bool) -> None:
    with Archive.open(tmp_path / "one", Settings(), run="test") as archive:
        expected = _cite(archive)
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        filling = indexes_deferred(archive.db)
        filling.__enter__()
        assert not any(_cite(archive).values())
        if not killed:
            filling.__exit__(None, None, None)
    db = open_database(tmp_path / "data" / "archive.db")
    assert _counts(db) == expected
    assert len(expected["account_reports"]) == 4
    db.close()


def _source(number: int, hours: float, outcome: Outcome) -> Processed:
    fetched = page(number, kind=Kind.SOURCE, uri_r="https://news.example/a", captured_at=at(hours))
    if outcome is not Outcome.OK:
        return processed(fetched, outcome)
    return processed(fetched, text=PageText(STORY), signature=near_duplicates.signature(STORY))


def test_no_capture_needs_an_index_that_is_made_late(tmp_path: Path) -> None:
    asked: list[str] = []
    ends = (Outcome.OK, Outcome.OK, Outcome.GONE, Outcome.DNS_FAILURE, Outcome.OK)
    captures = [processed(page(1), report=report())]
    captures += [_source(n, 50 * n, outcome) for n, outcome in enumerate(ends, 2)]
    with (
        Archive.open(tmp_path / "data", Settings(), run="test") as archive,
        indexes_deferred(archive.db),
    ):
        archive.db.conn.set_trace_callback(asked.append)
        for one in captures:
            archive.commit(one, written(one.page))
        archive.db.conn.set_trace_callback(None)
        told = [text.removeprefix("-- ") for text in asked if "_fts" not in text]
        scans = [
            text
            for text in told
            if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b", text)
            for row in archive.db.execute(f"EXPLAIN QUERY PLAN {_bare(text)}").fetchall()
            if re.match(r"SCAN sources\b", row[3])
        ]
    assert len(told) > 150
    assert scans == []


def _bare(text: str) -> str:
    """A statement of a trigger without the row that set it off."""
    return re.sub(r"\b(new|old)\.\w+", "1", text)


def test_sources_of_a_host_are_found_meanwhile(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    with indexes_deferred(db):
        [(*_, step)] = db.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM sources WHERE host = 'news.example'"
        ).fetchall()
    assert "sources_by_host" in step
    db.close()
