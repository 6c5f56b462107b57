"""Indexes of a database made anew that are made at its end."""

from __future__ import annotations

import re
from pathlib import Path

from archive import near
from archive.config import Settings
from archive.db.database import open_database
from archive.db.late import indexed_late
from archive.model.fetch import PageText, Processed
from archive.model.vocabulary import Kind, Outcome
from pipeline.run.ingest import Archive
from tests.factories import at, page, processed, report, written

_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name"
STORY = "The bridge over the Ilma is closed since Monday, the district council said. " * 12


def test_a_database_made_anew_has_all_indexes_in_the_end(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    before = db.execute(_INDEXES).fetchall()
    with indexed_late(db):
        assert len(db.execute(_INDEXES).fetchall()) < len(before) - 10
    assert db.execute(_INDEXES).fetchall() == before
    db.close()


def _source(number: int, hours: float, outcome: Outcome) -> Processed:
    fetched = page(
        number, kind=Kind.SOURCE, uri_r="https://news.example/a", captured_at=at(hours)
    )
    if outcome is not Outcome.OK:
        return processed(fetched, outcome)
    return processed(fetched, text=PageText(STORY), signature=near.signature(STORY))


def test_no_capture_needs_an_index_that_is_made_late(tmp_path: Path) -> None:
    asked: list[str] = []
    ends = (Outcome.OK, Outcome.OK, Outcome.GONE, Outcome.DNS_FAILURE, Outcome.OK)
    captures = [processed(page(1), report=report())]
    captures += [_source(n, 50 * n, outcome) for n, outcome in enumerate(ends, 2)]
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        with indexed_late(archive.db):
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
    with indexed_late(db):
        [(*_, step)] = db.execute(
            "EXPLAIN QUERY PLAN SELECT id FROM sources WHERE host = 'news.example'"
        ).fetchall()
    assert "sources_by_host" in step
    db.close()
