"""What the planner of checks reads."""

from __future__ import annotations

from pathlib import Path

from archive import check_queries
from archive.config import Settings
from archive.records import Kind, format_time
from pipeline.ingest import Archive
from tests.factories import at, page, processed, written


def test_a_days_checks_are_counted_whatever_old_copies_come_in_after_them(tmp_path: Path) -> None:
    url = "https://news.example/denied"
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        for number, hours, reason in (
            (1, 30, "check"),
            (2, 31, "check"),
            (3, 0, "import: old.warc"),
        ):
            made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(hours), reason=reason)
            archive.commit(processed(made), written(made))
        today = format_time(at(30))[:10]
        assert list(check_queries.spent(archive.db, today).values()) == [2]
        assert check_queries.spent(archive.db, format_time(at(80))[:10]) == {}
