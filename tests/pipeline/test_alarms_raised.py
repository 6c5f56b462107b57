"""Alarms: each raised once, each recovering once; notices really sent to servers of our own."""

from __future__ import annotations

import email
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypeVar

import pytest
from click.testing import CliRunner, Result

from archive.db import watches
from archive.db.database import open_database, open_readonly
from archive.db.tables import alarm_rows, metric_rows
from archive.model.operations import Alarm, AlarmState
from archive.model.watches import Watch
from archive.show.space import Space, forecast
from archive.urls.addresses import Allowed
from crawler.notify import shows_local
from pipeline.cli.main import main
from pipeline.decide.alarms import Measured, Platform, Share, alarms, changes, to_tell
from pipeline.run import alarm_round
from tests import web_samples

AT = "2026-03-20T12:00:00Z"
ALARM = Alarm("space", "little room", "free some")
QUIET = Measured()
S = TypeVar("S", bound=socketserver.TCPServer)


# --- what is an alarm -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "names"),
    [
        (QUIET, []),
        (replace(QUIET, missing=(("a", "2026-03-18"), ("a", "2026-03-19"), ("b", "2026-03-18"))),
            ["missing/a", "missing/b"]),
        (replace(QUIET, dead_steps=(("isw", "sitemap", "404"),)), ["discovery/isw/sitemap"]),
        (replace(QUIET, drops=("iran-update/2026-03-18: 2 notes, where 90 are usual",)),
            ["notes/iran-update"]),
        (replace(QUIET, fixity=("a.warc.gz is missing", "b")), ["fixity"]),
        (replace(QUIET, low_space="1 MB"), ["space"]),
        (replace(QUIET, broken_off=(("check", "power"),)), ["lost/check"]),
        (replace(QUIET, failed=(("check", "code 2"),)), ["failed/check"]),
        (replace(QUIET, imports=(("a.warc", "2026-03-18", "problems"),)), ["import/a.warc"]),
        (replace(QUIET, in_time=Share(44, 50)), ["latency"]),
        (replace(QUIET, in_time=Share(45, 50)), []),
        (replace(QUIET, in_time=Share(0, 49)), []),
        (replace(QUIET, unread=Share(2, 20)), ["parse"]),
        (replace(QUIET, unread=Share(1, 2)), []),
        (replace(QUIET, unread=Share(2, 21)), []),
        (replace(QUIET, platforms=(Platform("telegram", Share(10, 30), Share(90, 100)),)),
            ["platform/telegram"]),
        (replace(QUIET, hosts=(Platform("harbour.org", Share(10, 30), Share(90, 100)),)),
            ["host/harbour.org"]),
        (replace(QUIET, platforms=(Platform("telegram", Share(0, 29), Share(90, 100)),)), []),
        (replace(QUIET, platforms=(Platform("x", Share(0, 30), Share(10, 100)),)), []),
        (replace(QUIET, backup_age_days=3.0), []),
        (replace(QUIET, backup_age_days=float("inf")), ["backup"]),
        (replace(QUIET, watched=(("port", "2026-03-18", "watch port: 1 find"),)),
            ["watch/port/2026-03-18"]),
    ],
)  # fmt: skip
def test_what_is_an_alarm(measured: Measured, names: list[str]) -> None:
    found = alarms(measured)
    assert [alarm.name for alarm in found] == names
    assert all(alarm.text and alarm.remedy for alarm in found)


def test_a_series_of_changes_raises_once_and_recovers_once() -> None:
    """Two alarms over days, one of them twice, in changing words."""
    days = [[], ["space"], ["space", "clock"], ["clock"], [], ["space"], []]
    kept: list[AlarmState] = []
    for number, names in enumerate(days):
        seen = [Alarm(name, f"in words of day {number}", "do") for name in names]
        known = {state.alarm.name: state for state in kept}
        kept += changes(seen, known, f"2026-03-{number + 1:02d}T00:00:00Z")
    told = [(state.alarm.name, state.raised) for state in kept]
    assert told == [
        ("space", True), ("clock", True), ("space", False), ("clock", False), ("space", True),
        ("space", False),
    ]  # fmt: skip


RAISED, OVER = AlarmState(ALARM, True, AT), AlarmState(ALARM, False, AT)


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([], []),
        ([RAISED], [RAISED]),
        ([replace(RAISED, noticed=True)], []),
        ([RAISED, OVER], []),
        ([replace(RAISED, noticed=True), OVER], [OVER]),
        ([replace(RAISED, noticed=True), replace(OVER, noticed=True)], []),
        ([replace(RAISED, noticed=True), OVER, RAISED], [RAISED]),
        ([replace(RAISED, noticed=True), replace(OVER, noticed=True), RAISED, OVER], []),
    ],
)
def test_what_was_over_before_anybody_could_be_told_is_not_told(
    states: list[AlarmState], told: list[AlarmState]
) -> None:
    assert to_tell(states) == told


# --- servers of our own ---------------------------------------------------------------------------


class Webhook(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.heard: list[dict[str, str]] = []


class Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(json.loads(body))  # type: ignore[attr-defined]
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Mail(socketserver.ThreadingTCPServer):
    """As much SMTP (RFC 5321) as takes one message."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.heard: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 mail.example ready\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.server.heard.append(b"".join(lines))  # type: ignore[attr-defined]
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 well\r\n")


@pytest.fixture
def hook() -> Iterator[Webhook]:
    yield from _served(Webhook())


@pytest.fixture
def mail() -> Iterator[Mail]:
    yield from _served(Mail())


def _served(server: S) -> Iterator[S]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def cli(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words])


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive; every network of this machine may be told of its alarms."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_NETWORKS", "127.0.0.1/32")
    return web_samples.make(tmp_path / "data").root


def test_a_test_notice_arrives_by_mail_and_by_webhook_and_shows_no_secret(
    data: Path, hook: Webhook, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    urls = [
        f"json://127.0.0.1:{hook.server_address[1]}/t0ken",
        f"mailto://127.0.0.1:{mail.server_address[1]}?from=isw@mail.example&to=s3cret@mail.example&mode=insecure",
        "nonsense-s3cret",
    ]
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", "\n".join(urls))
    result = cli(data, "alarms", "--test")
    assert result.exit_code == 1
    assert "address 1 (json): sent" in result.output
    assert "address 2 (mailto): sent" in result.output
    assert "address 3 (no address): not understood" in result.output
    assert [heard["title"] for heard in hook.heard] == ["isw-archive: a test"]
    message = email.message_from_bytes(mail.heard[0])
    assert message["Subject"] == "isw-archive: a test"
    assert not [secret for secret in ("t0ken", "s3cret") if secret in result.output]


def test_a_webhook_at_an_address_that_is_not_public_is_not_told(
    data: Path, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_ALARM_NETWORKS")
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", f"json://127.0.0.1:{hook.server_address[1]}/t0ken")
    result = cli(data, "alarms", "--test")
    assert (result.exit_code, "alarm_networks" in result.output) == (1, True)
    assert hook.heard == []


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("json://127.0.0.1/x", True), ("json://[::1]/x", True), ("json://0x7f000001/x", True),
        ("json://localhost/x", True), ("json://printer.local/x", True), ("json://10.1.2.3/x", True),
        ("mailtos://user:word@mail.example.org", False), ("slack://T0KEN/B0KEN/C0KEN", False),
        ("tgram://123456789:abcdefg/12315544/", False),
    ],
)  # fmt: skip
def test_an_address_that_shows_a_local_host_is_known_also_behind_a_proxy(
    url: str, local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert shows_local(url, Allowed.of(())) is local


def test_without_an_address_a_test_says_how(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_ALARM_URLS", raising=False)
    result = cli(data, "alarms", "--test")
    assert (result.exit_code, "ISW_ARCHIVE_ALARM_URLS" in result.output) == (2, True)


def test_an_alarm_is_told_once_and_its_recovery_once_though_an_address_was_down(
    data: Path, hook: Webhook, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Alarm] = [ALARM]
    monkeypatch.setattr(alarm_round, "look", lambda *_: list(seen))
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", "json://127.0.0.1:9/t0ken")
    down = cli(data, "alarms", "--notify", "--quiet")
    assert (down.exit_code, "t0ken" in down.output) == (0, False)
    assert "notice to address 1 (json): not sent" in down.output
    monkeypatch.setenv("ISW_ARCHIVE_ALARM_URLS", f"json://127.0.0.1:{hook.server_address[1]}/t0ken")
    for seen_now in ([ALARM], [ALARM], [], []):
        seen[:] = seen_now
        cli(data, "alarms", "--notify", "--quiet")
    assert [heard["title"] for heard in hook.heard] == [
        "isw-archive: 1 raised",
        "isw-archive: 1 recovered",
    ]
    assert "little room" in hook.heard[0]["message"]
    assert "free some" in hook.heard[0]["message"]
    db = open_readonly(data / "archive.db")
    rows = db.execute(
        "SELECT alarm, state, noticed_at IS NOT NULL FROM alarms ORDER BY id"
    ).fetchall()
    assert rows == [("space", "raised", 1), ("space", "recovered", 1)]
    assert b"t0ken" not in (data / "archive.db").read_bytes()
    db.close()


def test_alarms_are_printed_with_their_remedies_and_end_with_1(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alarm_round, "look", lambda *_: [ALARM])
    result = cli(data, "alarms")
    assert (result.exit_code, result.output) == (1, "! little room; free some\n")
    assert json.loads(cli(data, "alarms", "--json").stdout)["alarms"][0]["name"] == "space"
    monkeypatch.setattr(alarm_round, "look", lambda *_: [])
    assert cli(data, "alarms").exit_code == 0


# --- what is measured -----------------------------------------------------------------------------

DAYS = """
INSERT INTO reports (id, series, report_date, title, url) VALUES ('{series}/{day}', '{series}', '{day}', 't', 'u{series}{day}')
"""  # noqa: E501


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
    alarm_rows.keep(old, [RAISED])
    old.close()
    with Store(tmp_path / "archive.db") as store:
        store.copy_run_logs(tmp_path / "old.db")
        assert [state.alarm for state in alarm_rows.states(store.db)] == [ALARM]
