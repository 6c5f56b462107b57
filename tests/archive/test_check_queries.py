"""What the planner of checks reads."""

from __future__ import annotations

from email.utils import format_datetime
from pathlib import Path

from archive.config import Settings
from archive.db.tables import capture_rows, check_rows, version_rows
from archive.model.times import format_time
from archive.model.vocabulary import Kind, Outcome
from pipeline.run.choose import is_early_look_due, targets_to_look_at_early
from pipeline.run.ingest import Archive
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
        assert list(check_rows.spent(archive.db, today).values()) == [2]
        assert check_rows.spent(archive.db, format_time(at(80))[:10]) == {}


def committed(
    archive: Archive, url: str, hour: int, outcome: Outcome = Outcome.OK, **changes: object
) -> None:
    number = archive.next_capture_id()
    made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(hour), **changes)
    archive.commit(processed(made, outcome), written(made))


def cited(archive: Archive, *urls: str) -> None:
    for url in urls:
        sql = "UPDATE sources SET report_count = 1, status = 'alive' WHERE cited_url = ?"
        archive.db.execute(sql, [url])


def test_young_posts_of_some_platforms_are_looked_at_early_and_counted(tmp_path: Path) -> None:
    post, old, site = "https://t.me/river/7", "https://t.me/river/1", "https://news.example/1"
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        committed(archive, post, 54)
        committed(archive, old, 2)
        committed(archive, site, 54)
        committed(archive, "https://t.me/river/8", 54)  # nobody cites it
        cited(archive, post, old, site)
        settings = Settings()
        looks = targets_to_look_at_early(archive.db, at(55), settings, limit=None)
        assert [(one.subject, one.reason) for one in looks] == [(post, "early look")]
        assert is_early_look_due(archive.db, at(55))
        committed(archive, post, 55, reason="early look")
        day = format_time(at(54))[:10]
        assert check_rows.spent(archive.db, day) == {"t.me": 1}
        assert check_rows.spent(archive.db, day, ["check"]) == {}
        cited(archive, post)
        assert not is_early_look_due(archive.db, at(56))
        none_left = Settings(checks_per_day=2)
        assert targets_to_look_at_early(archive.db, at(61), none_left, limit=None) == []
        assert len(targets_to_look_at_early(archive.db, at(61), settings, limit=9)) == 1
        [plan] = archive.db.execute(
            f"EXPLAIN QUERY PLAN {check_rows.YOUNG}",
            {"since": "", "platforms": "[]", "statuses": "[]"},
        ).fetchall()[:1]
        assert "sources_by_first_capture" in plan[-1]


def date_of(hours: int) -> dict[str, str]:
    return {"date": format_datetime(at(hours), usegmt=True)}


def test_the_last_capture_by_a_clock_that_others_share_is_the_newest(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        assert check_rows.newest_capture(archive.db, 86_400) is None
        committed(archive, "https://news.example/1", 10, headers=date_of(10))
        committed(
            archive, "https://news.example/2", 900, headers=date_of(11)
        )  # our clock was set forward
        committed(archive, "https://news.example/3", 12, headers={})  # its server does not say
        assert check_rows.newest_capture(archive.db, 86_400) == format_time(at(10))


def test_what_a_command_asks_before_it_begins_is_read_from_indexes(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        asked = {
            check_rows.NEWEST_CAPTURE: "captures_by_shared_clock",
            version_rows.STALE_PUBLICATIONS: "versions_by_parser",
        }
        for sql, index in asked.items():
            steps = archive.db.execute(f"EXPLAIN QUERY PLAN {sql}", ["[]"]).fetchall()
            read = [step[-1] for step in steps if " captures" in step[-1] or "versions" in step[-1]]
            assert all(index in step for step in read), read


def test_records_that_were_imported_are_looked_up_one_by_one(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        committed(archive, "https://news.example/1", 10, headers={})
        archive.db.execute("UPDATE captures SET origin = 'before'")
        asked: list[str] = []
        archive.db.conn.set_trace_callback(asked.append)
        known = capture_rows.ImportedRecords(archive.db)
        assert "before" in known
        assert known.get("before", "") == f"https://news.example/1 {format_time(at(10))}"
        assert "now" not in known
        known["now"] = "https://news.example/2 2026"
        assert known.get("now", "") == "https://news.example/2 2026"
        assert known.get("never", "else") == "else"
        archive.db.conn.set_trace_callback(None)
        assert all("WHERE origin = " in sql for sql in asked)


def test_a_machine_that_was_ahead_by_hours_does_not_hold_up_the_others(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        committed(archive, "https://news.example/1", 15, headers=date_of(10))
        assert check_rows.newest_capture(archive.db, 86_400) == format_time(at(10))
        committed(archive, "https://news.example/2", 16, headers=date_of(20))  # the server is ahead
        assert check_rows.newest_capture(archive.db, 86_400) == format_time(at(16))


def test_hosts_that_answered_when_they_were_asked_last_are_told_newest_first(
    tmp_path: Path,
) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        committed(archive, "https://old.example/1", 10)
        committed(archive, "https://new.example/1", 20)
        committed(archive, "https://new.example/2", 5)
        committed(archive, "https://down.example/1", 30, Outcome.TIMEOUT)
        assert check_rows.answering_hosts(archive.db, 9) == ["new.example", "old.example"]
        assert check_rows.answering_hosts(archive.db, 1) == ["new.example"]
