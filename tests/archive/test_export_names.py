"""Reports by name: the newest of a series."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.db.database import open_database
from archive.errors import BadInputError
from archive.show.reports_named import resolve

ROWS = (
    ("iran/2026-03-15/evening", "iran", "2026-03-15", "evening"),
    ("iran/2026-03-16/evening", "iran", "2026-03-16", "evening"),
    ("iran/2026-03-16/morning", "iran", "2026-03-16", "morning"),
    ("iran/undated", "iran", None, None),
    ("africa/2026-04-01", "africa", "2026-04-01", None),
)


def test_the_newest_of_a_series_is_that_of_its_last_evening(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db") as db:
        db.conn.executemany(
            "INSERT INTO reports (id, series, report_date, edition, title, url) "
            "VALUES (?, ?, ?, ?, 'A report', 'https://a.example/')",
            ROWS,
        )
        assert resolve(db, "iran/newest") == "iran/2026-03-16/evening"
        assert resolve(db, "africa/newest") == "africa/2026-04-01"
        with pytest.raises(BadInputError, match="not held"):
            resolve(db, "moon/newest")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("irna/newest", "nearest: iran/2026-03-16/morning, iran/2026-03-16/evening"),
        ("afrika/2026-01-01", "nearest: africa/2026-04-01"),
        ("moon/newest", "series that are held: iran, africa"),
        ("moon", "series that are held: iran, africa"),
    ],
)
def test_of_a_series_that_is_not_held_the_likest_is_named_else_all(
    tmp_path: Path, name: str, message: str
) -> None:
    with open_database(tmp_path / "archive.db") as db:
        with pytest.raises(BadInputError, match="not held; no report is held"):
            resolve(db, name)
        db.conn.executemany(
            "INSERT INTO reports (id, series, report_date, edition, title, url) "
            "VALUES (?, ?, ?, ?, 'A report', 'https://a.example/')",
            ROWS,
        )
        with pytest.raises(BadInputError, match=f"not held; {message}"):
            resolve(db, name)


def test_of_a_day_without_a_report_the_nearest_days_are_named(tmp_path: Path) -> None:
    with open_database(tmp_path / "archive.db") as db:
        db.conn.executemany(
            "INSERT INTO reports (id, series, report_date, edition, title, url) "
            "VALUES (?, ?, ?, ?, 'A report', 'https://a.example/')",
            ROWS,
        )
        with pytest.raises(
            BadInputError, match="nearest: iran/2026-03-16/evening, iran/2026-03-16"
        ):
            resolve(db, "iran/2026-07-01")
        with pytest.raises(
            BadInputError, match="nearest: iran/2026-03-15/evening, iran/2026-03-16"
        ):
            resolve(db, "iran/2025-12-31")
