"""What planners and alarms read is kept as captures, deaths and answers come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from archive.db.database import open_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite_utils.Database]:
    opened = open_database(tmp_path / "archive.db")
    opened.execute(
        "INSERT INTO sources (id, url, cited_url, host, domain, platform) VALUES "
        "(1, 'a', 'a', 'a.example', 'a.example', 'web'), (2, 'b', 'b', 't.me', 't.me', 'telegram')"
    )
    yield opened
    opened.close()


def captured(
    db: sqlite_utils.Database, number: int, source: int | None, outcome: str = "ok"
) -> None:
    db.execute(
        "INSERT INTO captures (id, kind, url, source_id, captured_at, outcome, final_url, via, "
        "reason, warc_file, warc_offset, warc_length, record_id) "
        "VALUES (?, 'source', 'u', ?, '2026-03-01T10:00:00Z', ?, 'u', 'live', '', 'w', 0, 100, ?)",
        [number, source, outcome, str(number)],
    )


def days(db: sqlite_utils.Database) -> list[tuple[object, ...]]:
    return list(db.execute("SELECT * FROM capture_days").fetchall())


def test_the_captures_of_a_day_are_counted_by_platform_or_site(db: sqlite_utils.Database) -> None:
    for number, source, outcome in ((1, 1, "ok"), (2, 1, "gone"), (3, 2, "ok"), (4, None, "ok")):
        captured(db, number, source, outcome)
    assert days(db) == [
        ("2026-03-01", "live", "", "", 1, 1, 100),
        ("2026-03-01", "live", "telegram", "", 1, 1, 100),
        ("2026-03-01", "live", "web", "a.example", 2, 1, 200),
    ]


def test_a_capture_that_is_read_anew_or_taken_away_is_counted_as_it_is(
    db: sqlite_utils.Database,
) -> None:
    captured(db, 1, 1, "gone")
    db.execute("UPDATE captures SET outcome = 'ok', captured_at = '2026-03-02T00:00:00Z'")
    assert days(db) == [("2026-03-02", "live", "web", "a.example", 1, 1, 100)]
    db.execute("DELETE FROM captures")
    assert days(db) == []


def answered(db: sqlite_utils.Database, at: str) -> None:
    db.execute(
        "INSERT OR REPLACE INTO mementos (source_id, outcome, checks, answered_at) "
        "VALUES (1, 'none', 1, ?)",
        [at],
    )


def test_a_source_that_was_asked_about_is_marked_so(db: sqlite_utils.Database) -> None:
    answered(db, "2026-03-01T00:00:00Z")
    assert db.execute("SELECT asked FROM sources ORDER BY id").fetchall() == [(1,), (0,)]


def test_a_death_after_the_last_answer_is_marked_until_the_next(db: sqlite_utils.Database) -> None:
    def anew() -> int:
        return int(db.execute("SELECT died_anew FROM mementos").fetchone()[0])

    answered(db, "2026-03-01T00:00:00Z")
    assert not anew()
    db.execute("UPDATE sources SET dead_since = '2026-03-05T00:00:00Z' WHERE id = 1")
    assert anew()
    answered(db, "2026-03-06T00:00:00Z")
    assert not anew()
    db.execute("UPDATE sources SET dead_since = '2026-03-09T00:00:00Z' WHERE id = 1")
    assert anew()
    db.execute("UPDATE sources SET dead_since = NULL WHERE id = 1")
    assert not anew()
