"""What alarms rest on, as it is measured: missing days, watches, hosts, room."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.db import watches
from archive.db.database import open_database, open_readonly
from archive.db.tables import alarm_rows, metric_rows
from archive.model.operations import Alarm, AlarmState
from archive.model.watches import Watch
from archive.show.space import Space, forecast
from pipeline.decide.alarms import to_tell
from pipeline.run import alarm_round
from tests import web_samples

AT = "2026-03-20T12:00:00Z"
ALARM = Alarm("space", "little room", "free some")
DAYS = """
INSERT INTO reports (id, series, report_date, title, url) VALUES ('{series}/{day}', '{series}', '{day}', 't', 'u{series}{day}')
"""  # noqa: E501


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return web_samples.make(tmp_path / "data").root


def with_reports(path: Path, days: dict[str, list[str]]) -> Path:
    db = open_database(path)
    for series, dates in days.items():
        for day in dates:
            db.execute(DAYS.format(series=series, day=day))
    db.close()
    return path


def missing(path: Path) -> list[tuple[str, str, int]]:
    db = open_readonly(path)
    rows = db.execute(
        "SELECT series, day, holiday FROM missing_days ORDER BY series, day"
    ).fetchall()
    db.close()
    return rows


def daily(first: str, last: str) -> list[str]:
    begin, end = (datetime.fromisoformat(d).replace(tzinfo=UTC).toordinal() for d in (first, last))
    return [datetime.fromordinal(n).strftime("%Y-%m-%d") for n in range(begin, end + 1)]


def test_days_without_a_report_are_found_by_each_series_own_rhythm(tmp_path: Path) -> None:
    every_day = set(daily("2024-03-01", "2024-06-30"))
    weekdays = [
        d for d in daily("2024-03-01", "2024-06-30") if datetime.fromisoformat(d).weekday() < 5
    ]
    mondays = [
        d for d in daily("2024-03-01", "2024-06-24") if datetime.fromisoformat(d).weekday() == 0
    ]
    path = with_reports(
        tmp_path / "archive.db",
        {
            "a-daily": sorted(every_day - {"2024-04-10", "2024-05-27"}),
            "b-weekdays": [d for d in weekdays if d != "2024-04-12"],
            "c-mondays": [d for d in mondays if d != "2024-05-06"],
            "d-now-and-then": [
                "2024-03-05",
                "2024-03-20",
                "2024-04-11",
                "2024-05-30",
                "2024-06-25",
            ],
        },
    )
    within = [row for row in missing(path) if row[1] <= "2024-06-24"]
    assert within == [
        ("a-daily", "2024-04-10", 0),
        ("a-daily", "2024-05-27", 1),  # Memorial Day
        ("b-weekdays", "2024-04-12", 0),
        ("c-mondays", "2024-05-06", 0),
    ]


def test_a_series_that_falls_silent_is_missing_until_it_counts_as_ended(tmp_path: Path) -> None:
    path = with_reports(tmp_path / "archive.db", {"a": daily("2024-03-01", "2024-06-30")})
    silent = [day for _, day, _ in missing(path)]
    assert silent == daily("2024-07-01", "2024-08-29")


@pytest.mark.parametrize(
    "day",
    ["2024-01-01", "2024-01-15", "2024-02-19", "2024-05-27", "2024-06-19", "2024-07-04",
        "2024-09-02",
     "2024-10-14", "2024-11-11", "2024-11-28", "2024-11-29", "2024-12-24", "2024-12-25",
     "2024-12-31"],
)  # fmt: skip
def test_federal_holidays_are_marked(tmp_path: Path, day: str) -> None:
    every = set(daily("2023-10-01", "2025-01-31"))
    path = with_reports(tmp_path / "archive.db", {"a": sorted(every - {day})})
    assert [row for row in missing(path) if row[1] < "2025-02-01"] == [("a", day, 1)]


def test_a_real_archive_is_measured_without_an_alarm_of_its_own_making(data: Path) -> None:
    from archive.config import Settings
    from archive.folder import DataFolder

    db = open_readonly(data / "archive.db")
    folder, now = DataFolder(data), datetime(2026, 3, 20, tzinfo=UTC)
    found = alarm_round.measure(db, folder, Settings(), now, forecast(folder, now))
    db.close()
    assert (found.broken_off, found.failed, found.backup_age_days) == ((), (), None)


def test_what_a_watch_finds_within_a_day_is_told_once_and_its_end_is_not(data: Path) -> None:
    from archive.config import Settings
    from archive.folder import DataFolder

    folder = DataFolder(data)
    asked = {"words": "depot", "made_at": "2026-03-01T00:00:00Z"}
    for one in (Watch("port", **asked), Watch("quiet", alarm=False, **asked),
                Watch("late", words="depot", made_at="2026-03-05T00:00:00Z")):  # fmt: skip
        watches.add(folder.people, one)
    told = {}
    with closing(open_readonly(folder.database)) as db:
        for day in (5, 20):
            now = datetime(2026, 3, day, tzinfo=UTC)
            measured = alarm_round.measure(db, folder, Settings(), now, forecast(folder, now))
            told[day] = [(name, at) for name, at, _ in measured.watched]
    for path in data.glob("people.db*"):
        path.unlink()
    assert told == {5: [("port", "2026-03-04")], 20: []}
    raised = AlarmState(Alarm("watch/port/2026-03-03", "1 find", "see"), True, AT, noticed=True)
    assert to_tell([raised, replace(raised, raised=False, noticed=False)]) == []


def test_hosts_are_counted_by_domain_in_both_times_and_platforms_are_not(data: Path) -> None:
    db = open_readonly(data / "archive.db")
    rows = metric_rows.hosts(db, "2000-01-01", "2026-03-04", 0)
    sql = "SELECT count(*) FROM captures JOIN sources ON sources.id = source_id WHERE platform = ?"
    [(whole,)] = db.execute(f"{sql} AND via = 'live'", ["web"]).fetchall()
    assert whole
    assert sum(week + before for _, _, week, _, before in rows) == whole
    assert metric_rows.hosts(db, "2000-01-01", "2026-03-04", 30) == []
    db.close()


@pytest.mark.parametrize(
    ("free", "days", "low"),
    [(10**12, None, False), (10**12, 31.0, False), (10**12, 29.0, True), (10**8, None, True)],
)
def test_room_is_low_when_it_will_not_last_a_month(
    free: int, days: float | None, low: bool
) -> None:
    assert Space(free, 1, 1, 1.0, days).is_low is low


def test_states_outlast_a_rebuild(tmp_path: Path) -> None:
    from archive.db.store import Store

    old = open_database(tmp_path / "old.db")
    alarm_rows.keep(old, [AlarmState(ALARM, True, AT)])
    old.close()
    with Store(tmp_path / "archive.db") as store:
        store.copy_run_logs(tmp_path / "old.db")
        assert [state.alarm for state in alarm_rows.states(store.db)] == [ALARM]
